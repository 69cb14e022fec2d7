"""The real bot, under its supervisor, while Discord refuses, delays or loses its requests."""

from pathlib import Path

import pytest

from tests.wire.faults import Fault
from tests.wire.lesson import CONFIRMED, Lesson, answers, option_buttons, supervised
from tests.wire.server import LoopbackDiscord, all_settled

POSTS = "/channels/*/messages"
EDITS = "/channels/*/messages/*"
CALLBACKS = "/interactions/*/callback"


async def test_rate_limited_edit_is_made_all_the_same(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    students = server.add_people(3)
    limit = server.rate_limit("PATCH", EDITS, times=2)
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        assert all(
            await all_settled([server.click(question, option_buttons(question)[0], who) for who in students])
        )
        await server.wait_for_message("3 people have answered")
        await lesson.end(1)
    assert limit.hits == 2


async def test_edits_that_are_limited_for_long_do_not_hold_up_the_next_question(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=2)
        limit = server.rate_limit("PATCH", EDITS, retry_after=3_600, times=100)
        await server.click(question, option_buttons(question)[0], student)
        await lesson.host("quiz host", action="close")
        while not limit.hits:
            await server.slash("help", student)
        await lesson.host("quiz host", action="next")
        second = await lesson.question(2)
        assert CONFIRMED in (await server.click(second, option_buttons(second)[0], student)).text
        await lesson.end(2)
    assert 1 <= limit.hits <= 3, "each message is tried once, and then left alone for as long as Discord says"


@pytest.mark.parametrize("applied", [False, True])
async def test_question_is_posted_once_though_the_first_request_fails(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, applied: bool
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        lesson.total = 1
        await lesson.host("quiz live", set="rivers", questions=1, seconds=600, pace="host")
        lobby = await server.wait_for_message("Live quiz")
        fault = server.inject(Fault("POST", POSTS, status=502, applied=applied))
        await server.click(lobby, lobby.button("Start"), server.instructor)
        question = await lesson.question(1)
        assert CONFIRMED in (await server.click(question, option_buttons(question)[0], student)).text
        await lesson.end(1)
    assert fault.hits == 1
    assert len(lesson.messages(1)) == 1
    assert len(answers(tmp_path / "class.db")) == 1


async def test_question_whose_post_is_cut_off_is_posted_once_and_kept_up_to_date(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        await lesson.host("quiz live", set="rivers", questions=1, seconds=600, pace="host")
        lesson.total = 1
        lobby = await server.wait_for_message("Live quiz")
        # discord.py does not repeat a request whose connection breaks: the publisher does, with the same nonce.
        server.inject(Fault("POST", POSTS, drop=True, applied=True))
        await server.click(lobby, lobby.button("Start"), server.instructor)
        question = await lesson.question(1)
        assert CONFIRMED in (await server.click(question, option_buttons(question)[0], student)).text
        await server.wait_for_message("1 person has answered")
        await lesson.end(1)
    assert [message.id for message in lesson.messages(1)] == [question.id]


async def test_callback_that_took_effect_but_failed_counts_as_answered(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        server.inject(Fault("POST", CALLBACKS, status=500, applied=True))
        clicked = await server.click(question, option_buttons(question)[0], student)
        assert clicked.text.startswith(CONFIRMED)
        # discord.py repeats the callback only after a second, while the quiz goes on.
        await lesson.end(1)
        while len(server.sent("POST", clicked.token)) < 2:
            await server.slash("help", student)
    statuses = [request.status for request in server.sent("POST", clicked.token)]
    assert statuses == [500, 400]
    assert clicked.followups == []
    assert "Traceback" not in caplog.text
    assert len(answers(tmp_path / "class.db")) == 1


@pytest.mark.parametrize("applied", [False, True])
async def test_callback_whose_connection_breaks_is_sent_again(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, applied: bool
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        server.inject(Fault("POST", CALLBACKS, drop=True, applied=applied))
        clicked = await server.click(question, option_buttons(question)[0], student)
        assert clicked.text.startswith(CONFIRMED)
        await lesson.end(1)
    assert clicked.followups == []
    assert len(answers(tmp_path / "class.db")) == 1


@pytest.mark.parametrize("applied", [False, True])
async def test_private_message_is_replaced_though_the_connection_breaks(
    server: LoopbackDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture, applied: bool
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        quiz = await server.slash("quiz take", student, set="rivers")
        assert quiz.reply is not None
        option = next(each for each in quiz.reply.controls if each.startswith("pa:"))
        server.inject(Fault("POST", CALLBACKS, drop=True, applied=applied))
        clicked = await server.click(quiz.reply, option, student)
        await clicked.answered()
        await server.slash("help", student)
    assert "You answered" in clicked.text
    assert clicked.followups == []
    assert "Traceback" not in caplog.text
    assert len(answers(tmp_path / "class.db")) == 1


@pytest.mark.parametrize("applied", [False, True])
async def test_reply_that_takes_time_comes_though_the_connection_breaks(
    server: LoopbackDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture, applied: bool
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        server.inject(Fault("POST", CALLBACKS, drop=True, applied=applied))
        asked = await server.slash("progress", student)
        await asked.answered()
    assert "progress" in asked.text
    assert "Traceback" not in caplog.text


async def test_answer_is_stored_though_no_reply_gets_through(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    students = server.add_people(2)
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        fault = server.inject(Fault("POST", CALLBACKS, drop=True, times=None))
        unheard = server.click(question, option_buttons(question)[0], students[0])
        await server.wait_for_message("1 person has answered")
        server.faults.remove(fault)
        heard = await server.click(question, option_buttons(question)[1], students[1])
        await lesson.end(1)
    assert {given.interaction_id for given in answers(tmp_path / "class.db")} == {unheard.id, heard.id}
