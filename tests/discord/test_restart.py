"""The bot's process ends and another one starts on the same file: everything goes on."""

import pytest

from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import posts

AWAY = pytest.mark.parametrize("away", [0, 8])
"""Seconds between the two processes: none (killed and started again), or some (shut down and started later)."""


def answers(classroom: Classroom) -> int:
    return classroom.value("select count(*) from answer")


@AWAY
async def test_restart_in_the_lobby(classroom: Classroom, away: float) -> None:
    lobby = await classroom.lobby(questions=2)
    await classroom.restart(away=away)
    assert len(classroom.posted()) == 1
    refused = reply(await classroom.students[0].click(lobby, label="Start"))
    assert "Only the host" in texts(refused)
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "1 of 1" in texts(await classroom.close(question))


@AWAY
async def test_restart_in_the_middle_of_a_question(classroom: Classroom, away: float) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(questions=2, seconds=30)
    await classroom.answer(one, question, WRONG)
    await classroom.env.advance_time(5)
    closes = classroom.value("select closes_at from round where state = 'open'")
    await classroom.restart(away=away)
    assert classroom.value("select closes_at from round where state = 'open'") == closes
    assert len(classroom.posted()) == 2, "nothing is posted twice"
    await classroom.answer(one, question, RIGHT)
    await classroom.answer(two, question, RIGHT)
    await classroom.env.advance_time(30 - away)
    assert "2 of 2" in texts(classroom.now(question))
    second = await classroom.next_question()
    assert texts(second).startswith("### Question 2 of 2")
    await classroom.close(second, seconds=30)
    assert "2 people, 2 of 2 answers right." in texts(classroom.newest())


async def test_answers_of_the_last_moment_are_shown_after_a_restart(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=60)
    for student in classroom.students:
        await classroom.answer(student, question, RIGHT)
    await classroom.restart()
    await classroom.env.advance_time(3)
    assert "6 people have answered." in texts(classroom.now(question))


async def test_question_that_ended_while_the_bot_was_away_is_closed(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=2, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.restart(away=300)
    # The count of answers may be shown first, and an edit waits two seconds for the one before it.
    await classroom.env.advance_time(3)
    result = classroom.now(question)
    assert "1 of 1" in texts(result)
    assert len(classroom.posted()) == 2, "the class has time to read the result"
    assert texts(await classroom.next_question()).startswith("### Question 2 of 2")


@AWAY
async def test_restart_while_a_result_is_shown(classroom: Classroom, away: float) -> None:
    question = await classroom.first_question(questions=2)
    await classroom.answer(classroom.students[0], question, RIGHT)
    result = await classroom.close(question)
    await classroom.restart(away=away)
    assert "The discussion" in texts(reply(await classroom.students[1].click(result, label="Discuss")))
    if len(classroom.posted()) == 2:
        await classroom.next_question()
    assert texts(classroom.newest()).startswith("### Question 2 of 2")


async def test_restart_at_the_hosts_pace(classroom: Classroom) -> None:
    result = await classroom.close(await classroom.first_question(questions=2, pace="host"))
    await classroom.restart(away=60)
    assert len(classroom.posted()) == 2
    await classroom.instructor.click(result, label="Next question")
    assert texts(classroom.newest()).startswith("### Question 2 of 2")


async def test_restart_in_a_pause(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=2, seconds=20)
    await classroom.host("pause")
    await classroom.env.advance_time(3)
    await classroom.restart(away=600)
    held = classroom.now(question)
    await classroom.instructor.click(held, label="Go on")
    await classroom.env.advance_time(3)
    assert "Your answer is in" in texts(
        await classroom.answer(classroom.students[0], classroom.now(question), RIGHT)
    )
    await classroom.env.advance_time(25)
    assert "1 of 1" in texts(classroom.now(question))


async def test_pause_that_became_too_long_while_the_bot_was_away_ends_the_quiz(classroom: Classroom) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.host("pause")
    await classroom.restart(away=4_000)
    assert "The quiz was paused for an hour" in texts(classroom.newest())
    assert "1 person, 1 of 1 answers right." in texts(classroom.newest())


async def test_lobby_that_became_too_old_while_the_bot_was_away_closes(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    await classroom.restart(away=4_000)
    assert "was not started within an hour" in texts(classroom.now(lobby))


async def test_own_result_works_after_a_restart(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1)
    await classroom.answer(classroom.students[0], question, WRONG)
    await classroom.close(question)
    summary = classroom.newest()
    await classroom.restart(away=60)
    mine = reply(await classroom.students[0].click(summary, label="My result"))
    assert "**0 of 1 question right.**" in texts(mine)
    await classroom.restart()
    again = reply(await classroom.students[0].click(mine, label="Retake what I missed"))
    assert "Question 1 of 1" in texts(again)


async def test_form_that_was_open_during_a_restart_is_taken(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("numbers", questions=1, seconds=60)
    form = await student.click(question, label="Answer")
    await classroom.restart(away=5)
    taken = reply(await student.submit_modal(form, {"answer-0": "80"}))
    assert "Your answer is in: **80 towns**." in texts(taken)
    assert answers(classroom) == 1


async def test_panel_that_was_open_during_a_restart_works(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=60)
    shown = reply(await classroom.instructor.click(question, label="Host controls"))
    await classroom.restart()
    pressed = reply(await classroom.instructor.click(shown, label="Pause"))
    assert "The quiz is paused." in texts(pressed)
    assert list(buttons(pressed)) == ["Go on", "Skip this question", "End the quiz"]


@AWAY
async def test_restart_in_a_private_quiz(classroom: Classroom, away: float) -> None:
    student = classroom.students[0]
    first = reply(await student.slash(classroom.channel, "quiz take", set="rivers", questions=2))
    await classroom.restart(away=away)
    feedback = await classroom.answer(student, first, RIGHT)
    assert "**Right!**" in texts(feedback)
    await classroom.restart()
    second = reply(await student.click(feedback, label="Next question"))
    assert texts(second).startswith("### Question 2 of 2")
    await classroom.restart()
    again = reply(await student.slash(classroom.channel, "quiz take", set="rivers", questions=2))
    assert "You go on with the quiz of " in texts(again)
    assert texts(again).startswith("### Question 2 of 2")


async def test_form_of_a_private_quiz_is_taken_after_a_restart(classroom: Classroom) -> None:
    student = classroom.students[0]
    first = reply(await student.slash(classroom.channel, "quiz take", set="numbers", questions=1))
    form = await student.click(first, label="Answer")
    await classroom.restart()
    assert "**Right!**" in texts(reply(await student.submit_modal(form, {"answer-0": "80"})))


async def test_post_that_discord_refused_before_a_restart_is_made_after_it(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=500)
    await classroom.instructor.click(lobby, label="Start")
    assert len(classroom.posted()) == 1
    await classroom.restart()
    assert texts(classroom.newest()).startswith("### Question 1 of 2")
    tries = [body["nonce"] for body in posts(classroom.env.http_requests, classroom.channel.id)][1:]
    assert len(tries) == 2
    assert len(set(tries)) == 1, "Discord can tell that it is the same message"


async def test_notice_that_was_not_sent_before_a_restart_is_sent_after_it(classroom: Classroom) -> None:
    await classroom.first_question()
    await classroom.bot.close()
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.restart(away=30)
    await classroom.env.advance_time(30)
    await classroom.restart()
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_two_quizzes_go_on_after_a_restart(classroom: Classroom) -> None:
    other = classroom.guild.create_text_channel("other")
    first = await classroom.first_question(questions=2)
    await classroom.instructor.slash(other, "quiz live", set="kinds", questions=1, seconds=20)
    await classroom.restart()
    await classroom.instructor.click(classroom.newest(other), label="Start")
    await classroom.answer(classroom.students[0], first, RIGHT)
    await classroom.env.advance_time(25)
    assert "1 of 1" in texts(classroom.now(first))
    assert texts(classroom.newest(other)).startswith("## Results")


async def test_many_restarts_lose_nothing(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, seconds=60)
    for student in classroom.students:
        await classroom.answer(student, question, RIGHT)
        await classroom.restart()
    await classroom.close(question, seconds=60)
    assert "6 people, 6 of 6 answers right, 100%." in texts(classroom.newest())
    assert len(classroom.posted()) == 3
