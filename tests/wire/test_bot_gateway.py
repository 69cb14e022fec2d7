"""The real bot, under its supervisor, while its connection to the gateway is disturbed: the quiz goes on."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.supervisor import UNAVAILABLE
from tests.wire.faults import Fault
from tests.wire.lesson import CONFIRMED, Lesson, answers, option_buttons, supervised
from tests.wire.server import LoopbackDiscord
from tests.wire.world import Message

SHORT_PATIENCE = timedelta(milliseconds=500)


async def asked(server: LoopbackDiscord, lesson: Lesson) -> tuple[Message, int]:
    """A quiz with its first question open, and a student."""
    await server.gateway.ready()
    return await lesson.open(questions=2), server.add_person("Ada")


async def finish(
    server: LoopbackDiscord, lesson: Lesson, question: Message, student: int, folder: Path
) -> None:
    """The student's click counts, and the quiz gets to its end."""
    clicked = await server.click(question, option_buttons(question)[0], student)
    assert CONFIRMED in clicked.text
    await lesson.end(1)
    assert [given.interaction_id for given in answers(folder / "class.db")] == [clicked.id]
    assert [len(lesson.messages(number)) for number in (1, 2)] == [1, 1]


async def test_click_during_a_dropped_connection_is_answered_after_the_resume(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    async with supervised(server, tmp_path) as bot:
        question, student = await asked(server, lesson)
        server.gateway.drop()
        waiting = server.click(question, option_buttons(question)[1], student)
        await server.gateway.ready(resumed=1)
        assert CONFIRMED in (await waiting).text
        assert len(bot.started) == server.gateway.identified == 1
        await lesson.end(1)


async def test_bot_resumes_when_discord_asks_it_to_reconnect(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    async with supervised(server, tmp_path) as bot:
        question, student = await asked(server, lesson)
        server.gateway.ask_to_reconnect()
        await server.gateway.ready(resumed=1)
        await finish(server, lesson, question, student, tmp_path)
        assert len(bot.started) == server.gateway.identified == 1


async def test_bot_begins_anew_when_its_session_is_invalid(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    async with supervised(server, tmp_path) as bot:
        question, student = await asked(server, lesson)
        server.gateway.invalidate()
        await server.gateway.ready(identified=2)
        await finish(server, lesson, question, student, tmp_path)
        assert len(bot.started) == 1


async def test_first_handshake_that_fails_is_followed_by_another_client(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    server.gateway.refuse_handshakes = 1
    async with supervised(server, tmp_path) as bot:
        question, student = await asked(server, lesson)
        assert len(bot.started) == 2
        await finish(server, lesson, question, student, tmp_path)


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("INTERACTION_CREATE", b'{"id":"1","type":3,"data":null}'),
        ("GUILD_CREATE", b'{"id":"not a number","unavailable":false}'),
        ("READY", b"[]"),
    ],
)
async def test_poisoned_event_brings_a_new_client_and_the_quiz_goes_on(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, event: str, data: bytes
) -> None:
    async with supervised(server, tmp_path) as bot:
        question, student = await asked(server, lesson)
        server.gateway.emit_encoded(event, data, None)
        await server.gateway.ready(identified=2)
        await finish(server, lesson, question, student, tmp_path)
        assert len(bot.started) == 2


async def test_bot_that_is_never_ready_ends_with_an_error(
    server: LoopbackDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.gateway.refuse_handshakes = 1_000_000
    async with supervised(server, tmp_path, patience=SHORT_PATIENCE) as bot:
        assert await bot.status() == UNAVAILABLE
    assert "giving up" in caplog.text


async def test_bot_that_cannot_even_log_in_ends_while_discord_py_still_waits(
    server: LoopbackDiscord, tmp_path: Path
) -> None:
    server.inject(Fault("GET", "/users/@me", status=503, times=None))
    async with supervised(server, tmp_path, patience=SHORT_PATIENCE) as bot:
        assert await bot.status() == UNAVAILABLE


async def test_bot_that_cannot_come_back_ends_though_discord_py_would_try_for_ever(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "discord")
    async with supervised(server, tmp_path, patience=SHORT_PATIENCE) as bot:
        await asked(server, lesson)
        server.gateway.refuse_handshakes = 1_000_000
        server.gateway.drop()
        assert await bot.status() == UNAVAILABLE
        assert len(bot.started) == 1
