"""The clock of assignments on Discord: limits, extra time, the due date, and reminders before it."""

import json
import logging

import pytest
from simcord import MemberActor

from tests.discord.assigning import DAY, HOUR, answer, assigned, begin, done, press, status, work
from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts
from tests.discord.sent import messages_in

MINUTE = 60


async def extra_time(classroom: Classroom, member: MemberActor, **options: object) -> None:
    await classroom.instructor.slash(classroom.channel, "accommodate", learner=member.user, **options)


# Limits


async def test_time_limit_is_the_servers(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=3, minutes=10)
    question = await begin(classroom, announcement)
    second = await press(student, await answer(student, question), "Next question")
    await classroom.env.advance_time(10 * MINUTE - 1)
    kept = await answer(student, second)
    assert "Your answer is in" in texts(kept)
    third = await press(student, kept, "Next question")
    await classroom.env.advance_time(2)
    assert texts(await answer(student, third)).startswith("Time is up for this question")
    overview = await press(student, announcement, "Start")
    assert "Attempt 1: 2 of 3 points" in texts(overview)
    assert "No attempt is left." in texts(overview)


async def test_answer_after_the_end_is_refused_with_what_counts(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=2, minutes=10))
    before, right, wrong = question.message, option_id(question, RIGHT), option_id(question, WRONG)
    kept = await classroom.answer(student, question, RIGHT)
    second = await press(student, kept, "Next question")
    await classroom.env.advance_time(10 * MINUTE + 1)
    late = await classroom.press_late(student, before, wrong)
    assert texts(late) == f"Time is up for this question. Your answer counts: **{RIGHT}**."
    unanswered = await classroom.answer(student, second, RIGHT)
    assert texts(unanswered) == "Time is up for this question, so this answer could not be taken."
    await classroom.env.advance_time(10)
    again = await classroom.press_late(student, before, right)
    assert texts(again) == texts(late)
    result = await press(student, second, "Look over my answers")
    assert "**1 of 2 questions right.**" in texts(result)
    assert classroom.rows("select state, end_reason from run") == [("ended", "time_up")]


async def test_limit_ends_with_the_due_date_and_says_so(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=2, minutes=60, due="in 2 hours")
    await classroom.env.advance_time(90 * MINUTE)
    overview = await press(student, announcement, "Start")
    assert "The clock starts when you begin, and you have only until the due date, <t:" in texts(overview)
    question = await press(student, overview, "Begin")
    assert "-# Due <t:" in texts(question)
    await classroom.env.advance_time(30 * MINUTE + 5)
    assert texts(await classroom.answer(student, question, RIGHT)).startswith("Time is up")
    assert "This assignment is over." in texts(await status(classroom, student, assignment="1"))


async def test_begin_after_the_due_date_begins_nothing(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, due="in 1 hour")
    overview = await press(student, announcement, "Start")
    await classroom.env.advance_time(HOUR + 5)
    refused = await press(student, overview, "Begin")
    assert texts(refused) == "The assignment is over, so nothing was changed."
    assert classroom.rows("select * from run") == []


async def test_attempt_that_ran_out_while_the_bot_was_away_is_ended(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=2, minutes=10))
    await answer(student, question)
    await classroom.restart(away=HOUR)
    await classroom.env.advance_time(3)
    assert classroom.rows("select state, end_reason from run") == [("ended", "time_up")]
    overview = await press(student, classroom.newest(), "Start")
    result = await press(student, overview, "Result of attempt 1")
    assert "**1 of 2 questions right.**" in texts(result)


# Extra time


@pytest.mark.parametrize(
    ("options", "told", "then"),
    [
        (
            {"factor": 1.5},
            "Your time for each attempt: 15 minutes (class: 10 minutes)",
            "you then have 15 minutes.",
        ),
        ({"no_limits": True}, "No time limit for you (class: 10 minutes for each attempt)", ""),
    ],
)
async def test_both_limits_are_shown_to_the_person_alone(
    classroom: Classroom, caplog: pytest.LogCaptureFixture, options: dict[str, object], told: str, then: str
) -> None:
    one, two = classroom.students[:2]
    await extra_time(classroom, one, **options)
    with caplog.at_level(logging.INFO):
        announcement = await assigned(classroom, questions=2, minutes=10)
        overview = await press(one, announcement, "Start")
        assert told in texts(overview).splitlines()
        assert then in texts(overview)
        others = await press(two, announcement, "Start")
        assert "10 minutes for each attempt" in texts(others)
        question = await press(one, overview, "Begin")
        await press(two, others, "Begin")
        await classroom.env.advance_time(14 * MINUTE)
        kept = await classroom.answer(one, question, RIGHT)
        assert "Your answer is in" in texts(kept)
        shown = texts(await status(classroom, assignment="1"))
        await done_by_now(classroom, one, kept)
    assert "15 minutes" not in shown
    for request, message in messages_in(classroom.env.http_requests):
        if request.path.startswith("/channels/"):
            said = json.dumps(message)
            for word in (str(one.id), one.user.name, "1.5", "15 minutes", "No time limit", "class:"):
                assert word not in said, f"{word} in {said}"
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert lines
    assert not [line for line in lines if "accommodat" in line or "1.5" in line]


async def done_by_now(classroom: Classroom, member: MemberActor, kept: object) -> None:
    """The learner with extra time finishes; the others' time has been over for a while."""
    question = await press(member, kept, "Next question")
    result = await press(member, await work(member, question, True), "Hand in")
    assert "**2 of 2 questions right.**" in texts(result)
    over = classroom.rows("select owner_id, end_reason from run order by run_id")
    assert over == [(member.id, "finished"), (classroom.students[1].id, "time_up")]


async def test_extra_time_in_the_middle_moves_the_end(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=2, minutes=10))
    await extra_time(classroom, student, factor=2)
    await classroom.env.advance_time(15 * MINUTE)
    assert "Your answer is in" in texts(await answer(student, question))


# Reminders


async def known(classroom: Classroom, *students: int) -> None:
    """These learners have done something here before."""
    for student in students:
        member = classroom.students[student]
        alone = reply(await member.slash(classroom.channel, "quiz take", set="rivers", questions=1))
        await classroom.answer(member, alone, RIGHT)


async def test_those_who_are_not_done_are_reminded_once_and_privately(classroom: Classroom) -> None:
    await known(classroom, 0, 1, 2)
    announcement = await assigned(classroom, questions=1, due="2026-01-06 12:00")
    await done(classroom, announcement, True, student=0)
    await begin(classroom, announcement, student=1)
    for _ in range(4):
        await classroom.env.advance_time(DAY)
    await classroom.env.advance_time(11 * HOUR)
    assert [classroom.direct_messages(each) for each in classroom.students] == [[]] * 6
    await classroom.env.advance_time(2 * HOUR)
    link = f"https://discord.com/channels/{classroom.guild.id}/{classroom.channel.id}/{announcement.id}"
    words = (
        "### Assignment due soon\n**Rivers of Europe** is due <t:1767700800:f> (<t:1767700800:R>). Press **Start** "
        f"below [its announcement]({link})."
    )
    for student, told in ((0, []), (1, [words]), (2, [words]), (3, [])):
        assert classroom.direct_messages(classroom.students[student]) == told
    assert classroom.direct_messages(classroom.instructor) == []
    await classroom.env.advance_time(DAY)
    assert len(classroom.direct_messages(classroom.students[1])) == 1
    assert [message.id for message in classroom.posted()] == [announcement.id]


async def test_reminders_are_stopped_from_the_message_itself(classroom: Classroom) -> None:
    await known(classroom, 0)
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=1, due="in 2 hours")
    await classroom.env.advance_time(100 * MINUTE)
    (reminder,) = classroom.posted(student.user.dm_channel)
    stopped = reply(await student.user.click(reminder, label="No more reminders"))
    assert texts(stopped).startswith("No more reminders of assignments in that server.")
    assert len(classroom.direct_messages(student)) == 1, "the reminder itself stays"
    overview = await press(student, announcement, "Start")
    assert "Remind me before it is due" in buttons(overview)
    await assigned(classroom, questions=1, due="in 2 hours")
    await classroom.env.advance_time(100 * MINUTE)
    assert len(classroom.direct_messages(student)) == 1


async def test_reminders_are_chosen_in_the_assignment(classroom: Classroom) -> None:
    await known(classroom, 0, 1)
    announcement = await assigned(classroom, questions=1, due="in 2 hours")
    for student, wish in (
        (0, ("Do not remind me",)),
        (1, ("Do not remind me", "Remind me before it is due")),
    ):
        overview = await press(classroom.students[student], announcement, "Start")
        for label in wish:
            overview = await press(classroom.students[student], overview, label)
            assert label not in buttons(overview)
            assert "Begin" in buttons(overview)
    await classroom.env.advance_time(100 * MINUTE)
    assert classroom.direct_messages(classroom.students[0]) == []
    assert len(classroom.direct_messages(classroom.students[1])) == 1


async def test_closed_direct_messages_do_no_harm(classroom: Classroom) -> None:
    await known(classroom, 0, 1)
    await assigned(classroom, questions=1, due="in 2 hours")
    classroom.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await classroom.env.advance_time(100 * MINUTE)
    assert [len(classroom.direct_messages(each)) for each in classroom.students[:2]].count(1) == 1
    await classroom.env.advance_time(HOUR)
    assert "This assignment is over" in texts(classroom.newest())
    assert classroom.rows("select notice_id from notice where sent_at is null and failed_at is null") == []


async def test_without_reminders_there_are_none(classroom: Classroom) -> None:
    await known(classroom, 0)
    announcement = await assigned(classroom, questions=1, due="in 2 hours", remind=False)
    assert list(buttons(await press(classroom.students[0], announcement, "Start"))) == ["Begin"]
    await classroom.env.advance_time(110 * MINUTE)
    assert classroom.direct_messages(classroom.students[0]) == []
