"""What hosts do with a quiz that runs: by the panel, by the buttons on the messages, and by ``/quiz host``."""

import discord
import pytest

from tests.discord.lessons import RIGHT
from tests.discord.room import Classroom, buttons, option_id, reply, texts

CONTROLS = ["Close the question now", "30 seconds more", "Pause", "Skip this question", "End the quiz"]


def state(classroom: Classroom) -> str:
    return classroom.value("select state from run order by run_id desc limit 1")


async def panel(classroom: Classroom, message: discord.Message):
    return reply(await classroom.instructor.click(message, label="Host controls"))


# Who may


async def test_panel_is_for_hosts(classroom: Classroom) -> None:
    question = await classroom.first_question()
    refused = await classroom.students[0].click(question, label="Host controls")
    assert texts(reply(refused)) == "Only the host and other instructors can use the host controls."
    for member in (classroom.instructor, classroom.manager):
        shown = reply(await member.click(question, label="Host controls"))
        assert "Question 1 of 2 is open." in texts(shown)
        assert list(buttons(shown)) == CONTROLS


async def test_command_is_for_hosts(classroom: Classroom) -> None:
    await classroom.first_question()
    for action in (None, "close", "extend", "pause", "skip", "stop"):
        refused = await classroom.host(action, classroom.students[0])
        assert refused == "Only the host and other instructors can control this quiz."
    assert state(classroom) == "asking"


@pytest.mark.parametrize("control", ["close", "extend", "pause", "skip", "stop"])
async def test_students_cannot_use_a_control_that_they_have_seen(classroom: Classroom, control: str) -> None:
    question = await classroom.first_question()
    shown = await panel(classroom, question)
    forged = next(custom_id for custom_id in buttons(shown).values() if custom_id.endswith(control))
    refused = await classroom.press_late(classroom.students[0], shown.message, forged)
    assert texts(refused) == "Only the host and other instructors can run this quiz."
    assert state(classroom) == "asking"


async def test_who_loses_the_role_loses_the_controls(classroom: Classroom) -> None:
    question = await classroom.first_question()
    backend = classroom.env.backend
    for student, role in ((classroom.students[0], "Teaching"), (classroom.students[1], "Managing")):
        backend.add_member_role(classroom.guild.id, student.id, classroom.guild.roles[role].id)
        shown = reply(await student.click(question, label="Host controls"))
        assert list(buttons(shown)) == CONTROLS
        backend.remove_member_role(classroom.guild.id, student.id, classroom.guild.roles[role].id)
        refused = reply(await student.click(shown, label="Pause"))
        assert "Only the host" in texts(refused)


async def test_whoever_opened_it_keeps_the_controls(classroom: Classroom) -> None:
    question = await classroom.first_question()
    role = classroom.guild.roles["Teaching"].id
    classroom.env.backend.remove_member_role(classroom.guild.id, classroom.instructor.id, role)
    assert list(buttons(await panel(classroom, question))) == CONTROLS


# What each control does


async def by_panel(classroom: Classroom, message: discord.Message, label: str) -> str:
    shown = await panel(classroom, message)
    pressed = await classroom.instructor.click(shown, label=label)
    return texts(reply(pressed)) if pressed.response is not None else texts(shown)


async def by_command(classroom: Classroom, message: discord.Message, label: str) -> str:
    actions = {
        "Close the question now": "close",
        "30 seconds more": "extend",
        "Pause": "pause",
        "Go on": "resume",
        "Skip this question": "skip",
        "End the quiz": "stop",
        "Next question": "next",
        "Start": "start",
    }
    return await classroom.host(actions[label])


HOW = pytest.mark.parametrize("use", [by_panel, by_command])


@HOW
async def test_start(classroom: Classroom, use) -> None:
    lobby = await classroom.lobby()
    assert "Question 1 of 2 is open." in await use(classroom, lobby, "Start")
    assert texts(classroom.newest()).startswith("### Question 1 of 2")


@HOW
async def test_close_now(classroom: Classroom, use) -> None:
    question = await classroom.first_question(seconds=600)
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "The result of question 1 of 2 is shown." in await use(
        classroom, question, "Close the question now"
    )
    await classroom.env.advance_time(3)
    assert "1 of 1" in texts(classroom.now(question))
    assert texts(await classroom.next_question()).startswith("### Question 2 of 2")


@HOW
async def test_more_time(classroom: Classroom, use) -> None:
    question = await classroom.first_question(seconds=20)
    await classroom.env.advance_time(15)
    assert "Question 1 of 2 is open." in await use(classroom, question, "30 seconds more")
    await classroom.env.advance_time(30)
    assert "Closes <t:" in texts(classroom.now(question))
    assert "Your answer is in" in texts(await classroom.answer(classroom.students[0], question, RIGHT))
    await classroom.env.advance_time(10)
    assert "Right answer" in texts(classroom.now(question))


@HOW
async def test_pause_and_go_on(classroom: Classroom, use) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(seconds=20)
    await classroom.answer(one, question, RIGHT)
    await classroom.env.advance_time(5)
    assert "The quiz is paused." in await use(classroom, question, "Pause")
    await classroom.env.advance_time(600)
    held = classroom.now(question)
    assert "The host has paused the quiz. Answers so far are kept. 1 person has answered." in texts(held)
    assert list(buttons(held)) == ["Go on", "Host controls"]
    assert "Question 1 of 2 is open." in await use(classroom, held, "Go on")
    await classroom.env.advance_time(13)
    reopened = classroom.now(question)
    assert "Your answer is in" in texts(await classroom.answer(two, reopened, RIGHT))
    await classroom.env.advance_time(6)
    assert "2 of 2" in texts(classroom.now(question))


@HOW
async def test_skip(classroom: Classroom, use) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "Question 2 of 2 is open." in await use(classroom, question, "Skip this question")
    assert texts(classroom.newest()).startswith("### Question 2 of 2")
    await classroom.env.advance_time(3)
    assert "The host skipped this question." in texts(classroom.now(question))
    assert "Right answer" not in texts(classroom.now(question))
    await classroom.answer(classroom.students[0], classroom.newest(), RIGHT)
    await classroom.close(classroom.newest())
    summary = texts(classroom.newest())
    assert "1 person, 1 of 1 answers right." in summary
    assert "2. Which river" in summary
    assert "1. Which river" not in summary


@HOW
async def test_stop(classroom: Classroom, use) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "The quiz has ended. All answers are kept." in await use(classroom, question, "End the quiz")
    summary = classroom.newest()
    assert "The host has ended the quiz. All answers so far are kept." in texts(summary)
    assert "1 person, 1 of 1 answers right." in texts(summary)
    await classroom.env.advance_time(3)
    assert "Right answer" in texts(classroom.now(question))
    mine = reply(await classroom.students[0].click(summary, label="My result"))
    assert "**1 of 1 question right.**" in texts(mine)


@HOW
async def test_next(classroom: Classroom, use) -> None:
    result = await classroom.close(await classroom.first_question(pace="host"))
    assert "Question 2 of 2 is open." in await use(classroom, result, "Next question")
    assert texts(classroom.newest()).startswith("### Question 2 of 2")


async def test_next_comes_at_once_in_an_automatic_quiz_too(classroom: Classroom) -> None:
    result = await classroom.close(await classroom.first_question())
    await by_panel(classroom, result, "Next question")
    assert texts(classroom.newest()).startswith("### Question 2 of 2")
    await classroom.env.advance_time(15)
    assert classroom.value("select position from run") == 1


async def test_pause_between_questions(classroom: Classroom) -> None:
    result = await classroom.close(await classroom.first_question())
    await by_panel(classroom, result, "Pause")
    await classroom.env.advance_time(600)
    assert len(classroom.posted()) == 2
    assert "Question 2 of 2 is open." in await classroom.host("resume")
    assert texts(classroom.newest()).startswith("### Question 2 of 2")


async def test_stop_in_the_lobby_closes_it(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    await by_panel(classroom, lobby, "End the quiz")
    await classroom.env.advance_time(3)
    assert "The host has ended the quiz." in texts(classroom.now(lobby))
    assert len(classroom.posted()) == 1


async def test_answers_wait_while_the_quiz_is_paused(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question()
    right = option_id(question, RIGHT)
    await classroom.answer(one, question, RIGHT)
    await classroom.host("pause")
    kept = texts(await classroom.press_late(one, question, right))
    assert kept.startswith("The quiz is paused. Your answer so far is kept: **")
    assert "as soon as it goes on" in texts(await classroom.press_late(two, question, right))
    assert classroom.value("select count(*) from answer") == 1


async def test_pause_of_an_hour_ends_the_quiz(classroom: Classroom) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.host("pause")
    await classroom.env.advance_time(3_605)
    assert state(classroom) == "ended"
    summary = texts(classroom.newest())
    assert "The quiz was paused for an hour, so it has ended. All answers are kept." in summary
    assert "1 person, 1 of 1 answers right." in summary


async def test_hosts_pace_ends_after_an_hour_without_a_host(classroom: Classroom) -> None:
    await classroom.close(await classroom.first_question(pace="host"))
    await classroom.env.advance_time(3_605)
    assert "Nobody went on with the quiz for an hour, so it has ended." in texts(classroom.newest())


# Presses that come late or twice


async def test_control_of_an_earlier_question_does_not_touch_the_next(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=3)
    shown = await panel(classroom, question)
    await classroom.host("skip")
    assert texts(classroom.newest()).startswith("### Question 2 of 3")
    for label in ("Close the question now", "Skip this question", "30 seconds more"):
        late = reply(await classroom.instructor.click(shown, label=label))
        assert "so nothing was changed" in texts(late)
    assert classroom.value("select position from run") == 1
    assert state(classroom) == "asking"


@pytest.mark.parametrize("label", ["Close the question now", "Skip this question", "Pause", "End the quiz"])
async def test_control_that_is_delivered_twice_works_once(classroom: Classroom, label: str) -> None:
    question = await classroom.first_question(questions=3)
    shown = await panel(classroom, question)
    await classroom.instructor.click(shown, label=label)
    before = classroom.rows("select state, position from run"), classroom.rows("select state from round")
    await classroom.deliver_again()
    assert (
        classroom.rows("select state, position from run"),
        classroom.rows("select state from round"),
    ) == before


async def test_controls_after_the_end_say_so(classroom: Classroom) -> None:
    question = await classroom.first_question()
    shown = await panel(classroom, question)
    await classroom.host("stop")
    for label in CONTROLS:
        assert texts(reply(await classroom.instructor.click(shown, label=label))) == (
            "The quiz is ended, so nothing was changed."
        )


async def test_panel_that_is_behind_says_so(classroom: Classroom) -> None:
    question = await classroom.first_question()
    shown = await panel(classroom, question)
    await classroom.host("pause")
    assert "so nothing was changed" in texts(reply(await classroom.instructor.click(shown, label="Pause")))


# /quiz host


async def test_command_without_an_action_shows_the_panel(classroom: Classroom) -> None:
    await classroom.first_question()
    shown = reply(await classroom.instructor.slash(classroom.channel, "quiz host"))
    assert texts(shown).startswith("### Host controls · Rivers of Europe")
    assert list(buttons(shown)) == CONTROLS


async def test_command_without_a_quiz_says_so(classroom: Classroom) -> None:
    assert await classroom.host() == ("No live quiz is running in this server. Start one with `/quiz live`.")


async def test_command_works_from_another_channel_if_the_quiz_is_named(classroom: Classroom) -> None:
    await classroom.first_question()
    other = classroom.guild.create_text_channel("staff")
    unclear = reply(await classroom.instructor.slash(other, "quiz host", action="stop"))
    assert "Say which one under `run`." in texts(unclear), "nobody's quiz is ended from afar by mistake"
    panel = reply(await classroom.instructor.slash(other, "quiz host"))
    assert "Question 1 of" in texts(panel)
    run_id = str(classroom.value("select run_id from run"))
    said = reply(await classroom.instructor.slash(other, "quiz host", action="pause", run=run_id))
    assert "The quiz is paused." in texts(said)


async def test_quizzes_come_up_while_one_types(classroom: Classroom) -> None:
    await classroom.first_question()
    other = classroom.guild.create_text_channel("other")
    await classroom.instructor.slash(other, "quiz live", set="kinds")
    (running, waiting) = classroom.rows("select run_id from run order by run_id")
    every = await classroom.instructor.autocomplete(classroom.channel, "quiz host", "run", "")
    assert {choice["name"]: choice["value"] for choice in every} == {
        "Rivers of Europe in #class (running)": str(running[0]),
        "All kinds of questions in #other (not started)": str(waiting[0]),
    }
    said = await classroom.host("stop", run=str(waiting[0]))
    assert "All kinds of questions" in said
    assert classroom.rows("select state from run order by run_id") == [("asking",), ("ended",)]
    left = await classroom.instructor.autocomplete(classroom.channel, "quiz host", "run", "")
    assert len(left) == 1


async def test_quiz_in_this_channel_is_meant_among_several(classroom: Classroom) -> None:
    await classroom.first_question()
    other = classroom.guild.create_text_channel("other")
    await classroom.instructor.slash(other, "quiz live", set="kinds")
    assert "Rivers of Europe" in await classroom.host("pause")
    third = classroom.guild.create_text_channel("third")
    unclear = texts(reply(await classroom.instructor.slash(third, "quiz host", action="stop")))
    assert "Say which one under `run`." in unclear
    assert "No quiz is running in this channel" in unclear


async def test_unknown_quiz_is_explained(classroom: Classroom) -> None:
    await classroom.first_question()
    for wrong in ("7000", "the quiz", "٣"):
        assert (await classroom.host("stop", run=wrong)).startswith(
            f"I cannot find a running quiz named “{wrong}” here."
        )


async def test_quiz_of_another_server_is_out_of_reach(classroom: Classroom) -> None:
    question = await classroom.first_question()
    run_id = classroom.value("select run_id from run")
    elsewhere = classroom.env.create_guild("Another school")
    boss = elsewhere.add_member(
        classroom.manager.user,
        roles=[elsewhere.create_role("All", permissions=discord.Permissions(manage_guild=True))],
    )
    place = elsewhere.create_text_channel("class")
    assert await boss.autocomplete(place, "quiz host", "run", "") == []
    refused = reply(await boss.slash(place, "quiz host", action="stop", run=str(run_id)))
    assert texts(refused).startswith("I cannot find a running quiz")
    assert state(classroom) == "asking"
    assert "Closes" in texts(classroom.now(question))
