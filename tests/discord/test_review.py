"""Spaced review as a learner meets it: agreed to, asked, graded, reminded, and ended."""

import re

from simcord import ResponseMessage

from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, Message, buttons, reply, texts

REPORT = "Something wrong with this question?"
ALL_BUT_KNOWN = ["Did not know", "Was hard", "Was easy"]
"""On the day of a miss every grade leads to the next day, so the buttons name no other."""


async def command(classroom: Classroom, student: int = 0, **options: object) -> ResponseMessage:
    """A student uses ``/review``; gives the private message."""
    return reply(await classroom.students[student].slash(classroom.channel, "review", **options))


async def press(classroom: Classroom, message: Message, label: str, student: int = 0) -> ResponseMessage:
    return reply(await classroom.students[student].click(message, label=label))


async def miss(classroom: Classroom, questions: int = 2, student: int = 0) -> ResponseMessage:
    """A student takes a private quiz and misses everything; gives the result."""
    shown = reply(
        await classroom.students[student].slash(
            classroom.channel, "quiz take", set="rivers", questions=questions
        )
    )
    while "Your result" not in texts(shown):
        feedback = await classroom.answer(classroom.students[student], shown, WRONG)
        onward = "See my result" if "See my result" in buttons(feedback) else "Next question"
        shown = await press(classroom, feedback, onward, student)
    return shown


async def agree(classroom: Classroom, student: int = 0) -> ResponseMessage:
    return await press(classroom, await command(classroom, student), "Yes, remember for me", student)


async def agreed_with_two(classroom: Classroom) -> ResponseMessage:
    """A student has missed two questions and agreed; gives the message that says so."""
    await miss(classroom)
    return await agree(classroom)


def kept(classroom: Classroom) -> tuple[int, int]:
    """How many agreements and cards there are."""
    return (
        classroom.value("select count(*) from review_plan"),
        classroom.value("select count(*) from card"),
    )


# The agreement


async def test_first_time_explains_and_keeps_nothing(classroom: Classroom) -> None:
    await miss(classroom)
    offer = await command(classroom)
    assert "Shall I remember what you miss or only guess" in texts(offer)
    assert list(buttons(offer)) == ["Yes, remember for me", "No, thanks"]
    declined = await press(classroom, offer, "No, thanks")
    assert "I keep no cards" in texts(declined)
    assert buttons(declined) == {}
    assert kept(classroom) == (0, 0)
    assert "Shall I remember" in texts(await command(classroom))


async def test_yes_shows_what_is_due(classroom: Classroom) -> None:
    home = await agreed_with_two(classroom)
    assert "**2 questions for today.**" in texts(home)
    assert "At most 20 a day" in texts(home)
    assert "Reminder: off" in texts(home)
    assert list(buttons(home)) == ["Begin", "Stop and delete"]
    assert kept(classroom) == (1, 2)
    assert classroom.posted() == []


async def test_yes_pressed_twice_agrees_once(classroom: Classroom) -> None:
    await miss(classroom)
    await press(classroom, await command(classroom), "Yes, remember for me")
    await classroom.deliver_again()
    assert kept(classroom) == (1, 2)


async def test_agreed_without_a_miss(classroom: Classroom) -> None:
    home = await agree(classroom)
    assert (
        "**Nothing to review yet.** What you miss or guess in a quiz from now on comes back here."
        in texts(home)
    )
    assert list(buttons(home)) == ["Stop and delete"]


async def test_choice_before_the_agreement_is_not_kept_and_says_so(classroom: Classroom) -> None:
    offer = await command(classroom, daily=5, reminder="18")
    assert "Your choice was not kept" in texts(offer)
    assert kept(classroom) == (0, 0)


async def test_results_point_to_review_until_it_is_agreed(classroom: Classroom) -> None:
    assert "`/review` can ask you again what you missed" in texts(await miss(classroom))
    question = await classroom.first_question(questions=1)
    await classroom.answer(classroom.students[0], question, WRONG)
    await classroom.answer(classroom.students[1], question, RIGHT)
    await classroom.close(question)
    summary = classroom.newest()
    assert "`/review` can ask you again" in texts(await press(classroom, summary, "My result"))
    assert "`/review`" not in texts(await press(classroom, summary, "My result", student=1))
    await agree(classroom)
    assert "`/review`" not in texts(await press(classroom, summary, "My result"))
    assert "`/review`" not in texts(await miss(classroom))


# A session


async def test_whole_review(classroom: Classroom) -> None:
    student = classroom.students[0]
    home = await agreed_with_two(classroom)
    asked = await press(classroom, home, "Begin")
    assert asked.id == home.id, "one message from the overview to the result"
    assert texts(asked).startswith("### Question 1 of 2 · Statistic")
    assert "For a break, just leave: `/review` goes on here later." in texts(asked)
    sure = await classroom.answer(student, asked, RIGHT)
    assert "How sure are you?" in texts(sure)
    feedback = await press(classroom, sure, "Fairly sure")
    assert "**Right!**" in texts(feedback)
    assert "I ask this again **tomorrow**, noted as **Knew it**." in texts(feedback)
    assert list(buttons(feedback)) == [*ALL_BUT_KNOWN, "Next question", REPORT]
    second = await press(classroom, feedback, "Next question")
    last = await press(classroom, await classroom.answer(student, second, WRONG), "Just show me")
    assert "noted as **Did not know**" in texts(last)
    result = await press(classroom, last, "See my result")
    assert "### Your review" in texts(result)
    assert "**1 of 2 questions right.** Only you can see this." in texts(result)
    assert "The next 2 questions come tomorrow." in texts(result)
    assert buttons(result) == {}
    done = await command(classroom)
    assert "**Done for today.** You have answered 2 today. The next 2 questions come tomorrow." in texts(done)
    assert list(buttons(done)) == ["Stop and delete"]


async def test_review_left_half_way_goes_on_after_a_restart(classroom: Classroom) -> None:
    home = await agreed_with_two(classroom)
    sure = await classroom.answer(classroom.students[0], await press(classroom, home, "Begin"), RIGHT)
    await press(classroom, sure, "Certain")
    await classroom.restart()
    again = await command(classroom)
    assert "**1 question for today.** You have answered 1 today." in texts(again)
    asked = await press(classroom, again, "Go on")
    assert texts(asked).startswith("### Question 2 of 2")
    assert "You go on with the review of 2 questions that you began." in texts(asked)


async def test_begin_pressed_twice_is_one_review(classroom: Classroom) -> None:
    home = await agreed_with_two(classroom)
    await press(classroom, home, "Begin")
    await classroom.deliver_again()
    again = await command(classroom)
    await press(classroom, again, "Go on")
    assert classroom.value("select count(*) from run where mode = 'review'") == 1


async def test_review_can_be_finished_early(classroom: Classroom) -> None:
    asked = await press(classroom, await agreed_with_two(classroom), "Begin")
    result = await press(classroom, asked, "Finish now")
    assert "You ended this review before the first answer." in texts(result)
    assert "**2 more questions** for today: `/review` goes on." in texts(result)


async def test_old_message_of_a_review_that_is_over(classroom: Classroom) -> None:
    asked = await press(classroom, await agreed_with_two(classroom), "Begin")
    before, option = asked.message, next(iter(buttons(asked).values()))
    await press(classroom, asked, "Finish now")
    late = await classroom.press_late(classroom.students[0], before, option)
    assert texts(late) == "This review is over. `/review` shows what is due and goes on."


# Grades


async def test_grade_is_changed_and_changed_back(classroom: Classroom) -> None:
    asked = await press(classroom, await agreed_with_two(classroom), "Begin")
    sure = await classroom.answer(classroom.students[0], asked, RIGHT)
    feedback = await press(classroom, sure, "Just show me")
    before = classroom.rows("select * from card order by card_id")
    changed = await press(classroom, feedback, "Did not know")
    assert changed.id == feedback.id
    assert "noted as **Did not know**" in texts(changed)
    assert "**Right!**" in texts(changed)
    assert "answered this question before" not in texts(changed)
    assert classroom.rows("select * from card order by card_id") != before
    back = await press(classroom, changed, "Knew it")
    assert texts(back) == texts(feedback)
    assert classroom.rows("select * from card order by card_id") == before


async def test_buttons_name_the_days_that_another_grade_would_give(classroom: Classroom) -> None:
    await agreed_with_two(classroom)
    await classroom.env.advance_time(24 * 3600)
    asked = await press(classroom, await command(classroom), "Begin")
    feedback = await press(
        classroom, await classroom.answer(classroom.students[0], asked, RIGHT), "Just show me"
    )
    assert "I ask this again **in 2 days**" in texts(feedback)
    labels = ["Did not know: tomorrow", "Was hard: tomorrow", "Was easy: in 3 days", "Next question", REPORT]
    assert list(buttons(feedback)) == labels
    changed = await press(classroom, feedback, "Was easy: in 3 days")
    assert "I ask this again **in 3 days**, noted as **Was easy**" in texts(changed)


async def test_late_change_of_a_grade_is_harmless(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await press(classroom, await agreed_with_two(classroom), "Begin")
    feedback = await press(classroom, await classroom.answer(student, asked, RIGHT), "Just show me")
    early, easy = feedback.message, buttons(feedback)["Was easy"]
    await press(classroom, feedback, "Next question")
    await classroom.env.advance_time(24 * 3600)
    again = await press(classroom, await command(classroom), "Begin")
    for label in ("Next question", "See my result"):
        told = await press(classroom, await classroom.answer(student, again, RIGHT), "Just show me")
        again = await press(classroom, told, label)
    before = classroom.rows("select * from card order by card_id")
    late = await classroom.press_late(student, early, easy)
    assert "I ask this again" not in texts(late)
    assert list(buttons(late)) == ["Next question", REPORT]
    assert classroom.rows("select * from card order by card_id") == before


async def test_grade_of_somebody_else_is_out_of_reach(classroom: Classroom) -> None:
    asked = await press(classroom, await agreed_with_two(classroom), "Begin")
    feedback = await press(
        classroom, await classroom.answer(classroom.students[0], asked, RIGHT), "Just show me"
    )
    early, easy = feedback.message, buttons(feedback)["Was easy"]
    refused = await classroom.press_late(classroom.students[1], early, easy)
    assert texts(refused).startswith("Only the learner who began it")


# Choices and the way out


async def test_daily_number(classroom: Classroom) -> None:
    await agreed_with_two(classroom)
    assert "At most 5 a day" in texts(await command(classroom, daily=5))


async def test_stopping_is_confirmed_and_deletes(classroom: Classroom) -> None:
    home = await agreed_with_two(classroom)
    sure = await press(classroom, home, "Stop and delete")
    assert "This deletes 2 cards and your reminder." in texts(sure)
    assert "**2 questions for today.**" in texts(await press(classroom, sure, "Keep it"))
    assert kept(classroom) == (1, 2)
    sure = await press(classroom, await command(classroom), "Stop and delete")
    gone = await press(classroom, sure, "Yes, delete")
    assert "I keep no cards of yours any more" in texts(gone)
    assert kept(classroom) == (0, 0)
    assert classroom.value("select count(*) from answer") == 2
    assert "Shall I remember" in texts(await command(classroom))


async def test_stop_in_an_old_message_after_everything_was_deleted(classroom: Classroom) -> None:
    home = await agreed_with_two(classroom)
    other = await command(classroom)
    await press(classroom, await press(classroom, home, "Stop and delete"), "Yes, delete")
    assert "There is nothing to delete" in texts(await press(classroom, other, "Stop and delete"))


# Reminders


async def test_reminder_is_sent_and_switched_off_in_the_direct_message(classroom: Classroom) -> None:
    student = classroom.students[0]
    await agreed_with_two(classroom)
    hour = (classroom.office.now().hour + 2) % 24
    home = await command(classroom, reminder=str(hour))
    assert f"Reminder: at {hour:02}:00 (UTC), if something is due" in texts(home)
    await classroom.restart(away=2 * 3600)
    (reminder,) = classroom.posted(student.user.dm_channel)
    assert "**2 questions** for today." in texts(reminder)
    assert f"https://discord.com/channels/{classroom.guild.id}" in texts(reminder)
    assert list(buttons(reminder)) == ["No more reminders"]
    await student.user.click(reminder, label="No more reminders")
    (after,) = classroom.posted(student.user.dm_channel)
    assert texts(after).startswith("No more reminders.")
    assert "Reminder: off" in texts(await command(classroom))
    await classroom.env.advance_time(2 * 24 * 3600)
    assert len(classroom.posted(student.user.dm_channel)) == 1


async def test_closed_messages_end_reminders_and_are_explained(classroom: Classroom) -> None:
    await agreed_with_two(classroom)
    await command(classroom, reminder=str((classroom.office.now().hour + 1) % 24))
    classroom.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await classroom.env.advance_time(3600)
    await classroom.env.settle()
    home = await command(classroom)
    assert "**Your reminders are off**, because I could not send you a direct message." in texts(home)
    again = await command(classroom, reminder="7")
    assert "Your reminders are off" not in texts(again)
    assert "Reminder: at 07:00" in texts(again)


async def test_reminder_can_be_switched_off_by_command(classroom: Classroom) -> None:
    await agreed_with_two(classroom)
    await command(classroom, reminder="7")
    assert "Reminder: off" in texts(await command(classroom, reminder="off"))
    assert classroom.value("select count(*) from review_plan where reminder_at is not null") == 0


async def test_review_needs_a_server(classroom: Classroom) -> None:
    student = classroom.students[0]
    said = await student.user.slash("review")
    assert re.search("Seminar works in a server", texts(reply(said)))
