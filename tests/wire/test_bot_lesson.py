"""A class with the real bot, as a process, over the wire."""

import json
import logging
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.wire.lesson import (
    Lesson,
    answers,
    confirmed,
    new_process,
    option_buttons,
    soundness,
    supervised,
)
from tests.wire.server import LoopbackDiscord, all_settled
from tests.wire.transport import TOKEN
from tests.wire.world import Message

TYPED = "Zanzibar 17"


async def answer(server: LoopbackDiscord, question: Message, student: int, choice: int) -> str:
    """Answer as the question asks for it; gives what the student is told."""
    buttons = option_buttons(question)
    if buttons:
        return (await server.click(question, buttons[choice % len(buttons)], student)).text
    opened = await server.click(question, question.button("Answer"), student)
    text = "80" if "number" in str(opened.modal).lower() else TYPED
    return (await server.submit_modal(opened, {"Answer": text})).text


async def test_live_quiz_from_the_lobby_to_everybodys_result(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    students = server.add_people(5)
    async with new_process(server, tmp_path) as bot:
        await server.gateway.ready()
        question = await lesson.open(questions=4, chosen="mixed")
        for number in range(1, 5):
            for choice, student in enumerate(students):
                assert "Your answer is in" in await answer(server, question, student, choice)
            if number == 1:
                shown = await lesson.result(1)
                discussion = await server.click(shown, shown.button("Discuss"), students[0]).answered()
                assert f"<#{shown.id}>" in discussion.text
                late = server.click(question.id, shown.button("Discuss"), students[1])
                assert f"<#{shown.id}>" in (await late.answered()).text
            if number < 4:
                if number > 1:
                    await lesson.host("quiz host", action="close")
                await lesson.host("quiz host", action="next")
                question = await lesson.question(number + 1)
        summary = await lesson.end(4)
        results = [await server.click(summary, summary.button("My result"), who) for who in students]
        assert all("of 4 questions right" in result.text for result in results)
        assert all(result.ephemeral for result in results)
        assert await bot.stop() == 0
    stored = answers(tmp_path / "class.db")
    assert Counter(given.user_id for given in stored) == dict.fromkeys(students, 4)
    assert json.dumps({"typed": TYPED}, separators=(",", ":")) in [given.response for given in stored]
    assert [len(lesson.messages(number)) for number in range(1, 5)] == [1, 1, 1, 1]
    log = bot.output()
    assert "ready as" in log
    assert "start_run" in log
    assert not any(word in log for word in (TOKEN, "Zanzibar", "picked", "typed", "Traceback"))


async def test_three_hundred_click_at_once_and_some_clicks_come_twice(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    students = server.add_people(300)
    async with new_process(server, tmp_path) as bot:
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        buttons = option_buttons(question)
        clicks = [
            server.click(question, buttons[place % len(buttons)], who, deliveries=2 if place % 3 == 0 else 1)
            for place, who in enumerate(students)
        ]
        assert all(await all_settled(clicks))
        assert len(confirmed(clicks)) == 300
        await server.wait_for_message("300 people have answered")
        # The message was two seconds old at most: one edit at once, one when these were over.
        assert len(server.sent("PATCH", f"/messages/{question.id}")) <= 2
        await lesson.end(1)
        assert await bot.stop() == 0
    stored = answers(tmp_path / "class.db")
    assert {given.interaction_id for given in stored} == {click.id for click in clicks}
    assert {given.user_id for given in stored} == set(students)
    assert {given.changes for given in stored} == {0}
    callbacks = Counter(request.status for request in server.sent("POST", "/callback"))
    assert callbacks[400] == 100
    assert "Traceback" not in bot.output()
    # The second deliveries are in the log, without a word of what was answered.
    assert not any(button in bot.output() for button in buttons)


async def test_hasty_changes_of_mind_leave_the_last_answer(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    students, rng = server.add_people(20), random.Random(20260302)
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        buttons = option_buttons(question)
        clicks = [
            server.click(question, rng.choice(buttons), who, deliveries=rng.choice((1, 2)))
            for _ in range(5)
            for who in students
        ]
        assert all(await all_settled(clicks))
    last = {click.user_id: click.id for click in clicks}
    assert {given.user_id: given.interaction_id for given in answers(tmp_path / "class.db")} == last
    assert soundness(tmp_path / "class.db") == []


async def test_click_that_is_delivered_late_does_not_undo_the_one_after_it(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    student = server.add_person("Ada")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        first, second = option_buttons(question)[:2]
        after = await server.click(question, second, student)
        # Pressed before, but it comes late: the person reads which answer stands.
        before = await server.click(question, first, student, age=1.0)
    [given] = answers(tmp_path / "class.db")
    assert (given.interaction_id, given.changes) == (after.id, 0)
    assert before.text == after.text


async def test_late_click_is_refused_without_a_word_of_it_in_the_log(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    student = server.add_person("Ada")
    caplog.set_level(logging.INFO, "bot")
    async with supervised(server, tmp_path):
        await server.gateway.ready()
        question = await lesson.open(questions=2)
        pressed = option_buttons(question)[1]
        await lesson.host("quiz host", action="close")
        late = await server.click(question, pressed, student)
        assert "Time is up" in late.text
    assert answers(tmp_path / "class.db") == []
    assert f"press qa:1 by {student}" in caplog.text
    assert pressed not in caplog.text
