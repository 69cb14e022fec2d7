"""“Report to the instructors”: as the reporter, the instructors and the author see it."""

import logging

import discord
import pytest
from simcord import MemberActor, ResponseMessage
from sqlite_utils import Database

from tests.discord.fair_lesson import FairLesson, fair_lesson, report, report_form
from tests.discord.room import Classroom, buttons, reply, texts

RUDE = "You are a Nincompoop"


async def rude_message(classroom: Classroom) -> discord.Message:
    """A message of a student in the class's channel."""
    await classroom.students[1].send(classroom.channel, RUDE)
    return classroom.channel.history()[-1]


async def inbox(classroom: Classroom, member: MemberActor | None = None) -> ResponseMessage:
    return reply(await (member or classroom.instructor).slash(classroom.channel, "inbox"))


async def press(
    classroom: Classroom, message: ResponseMessage, label: str, member: MemberActor | None = None
) -> ResponseMessage:
    return reply(await (member or classroom.instructor).click(message, label=label))


async def opened_report(classroom: Classroom) -> ResponseMessage:
    return await press(classroom, await inbox(classroom), "Open 1")


async def test_any_message_is_reported_privately_and_without_its_text(
    classroom: Classroom, caplog: pytest.LogCaptureFixture
) -> None:
    message = await rude_message(classroom)
    with caplog.at_level(logging.DEBUG):
        said = await report(classroom.students[0], classroom.channel, message, "It is *rude* <@1>.")
    assert "in the instructors’ inbox, without your name" in texts(said)
    assert classroom.posted() == []
    tables = [name for (name,) in classroom.rows("select name from sqlite_master where type = 'table'")]
    kept = [row for name in tables for row in classroom.rows(f"select * from {name}")]
    assert not any("Nincompoop" in str(row) for row in kept)
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "Nincompoop" not in ours
    assert "rude" not in ours


async def test_form_says_what_becomes_of_it_and_words_are_optional(classroom: Classroom) -> None:
    message = await rude_message(classroom)
    form = await report_form(classroom.students[0], classroom.channel, message)
    assert form.modal is not None
    shown = str(form.modal)
    assert "without your name" in shown
    assert "I keep no text of the message, and its author is told nothing" in shown
    assert RUDE not in shown
    await report(classroom.students[0], classroom.channel, message)
    assert classroom.rows("select content from message_report") == [("",)]


async def test_form_shows_what_was_written_before(classroom: Classroom) -> None:
    message = await rude_message(classroom)
    await report(classroom.students[0], classroom.channel, message, "First.")
    form = await report_form(classroom.students[0], classroom.channel, message)
    assert form.modal is not None
    assert form.modal["components"][1]["component"]["value"] == "First."
    await classroom.students[0].submit_modal(form, {"text": "Second."})
    assert classroom.rows("select content from message_report") == [("Second.",)]


async def test_entry_has_a_link_and_the_author_but_no_reporter(classroom: Classroom) -> None:
    message = await rude_message(classroom)
    await report(classroom.students[0], classroom.channel, message, "It is *rude* <@1>.")
    await report(classroom.students[2], classroom.channel, message)
    listed = texts(await inbox(classroom))
    assert "**1. Message reported by 2 people:** “It is \\*rude\\* <\u200b@1>.”" in listed
    shown = texts(await opened_report(classroom))
    place = f"{classroom.guild.id}/{classroom.channel.id}/{message.id}"
    assert f"By <@{classroom.students[1].id}> in <#{classroom.channel.id}>" in shown
    assert f"(https://discord.com/channels/{place})" in shown
    assert "> It is \\*rude\\* <\u200b@1>." in shown
    assert "Nincompoop" not in shown
    for reporter in (classroom.students[0], classroom.students[2]):
        assert str(reporter.id) not in shown + listed


@pytest.mark.parametrize(
    ("label", "words"),
    [("Dealt with", "dealt with it."), ("Nothing to do", "found nothing that had to be done.")],
)
async def test_reporter_hears_what_became_of_it_and_the_author_nothing(
    classroom: Classroom, label: str, words: str
) -> None:
    message = await rude_message(classroom)
    await report(classroom.students[0], classroom.channel, message)
    done = await press(classroom, await opened_report(classroom), label)
    assert "The person who reported it is told so, privately." in texts(done)
    await classroom.env.settle()
    [told] = classroom.direct_messages(classroom.students[0])
    assert words in told
    assert f"/{message.id})" in told
    assert classroom.direct_messages(classroom.students[1]) == []
    assert "Nothing is waiting." in texts(await press(classroom, done, "Back to the inbox"))


async def test_person_who_takes_no_direct_messages_changes_nothing_for_the_others(
    classroom: Classroom,
) -> None:
    message = await rude_message(classroom)
    await report(classroom.students[0], classroom.channel, message)
    classroom.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await press(classroom, await opened_report(classroom), "Dealt with")
    await classroom.env.settle()
    assert classroom.direct_messages(classroom.students[0]) == []
    refused = texts(reply(await report_form(classroom.students[0], classroom.channel, message)))
    assert refused.startswith("The report is decided already: an instructor has looked at this message")


async def test_report_that_comes_too_late_is_given_back(classroom: Classroom) -> None:
    reporter, message = classroom.students[0], await rude_message(classroom)
    await report(reporter, classroom.channel, message, "First.")
    form = await report_form(reporter, classroom.channel, message)
    await press(classroom, await opened_report(classroom), "Dealt with")
    words = "It goes on, and this is why: " + "again and " * 90 + "again."
    late = texts(reply(await reporter.submit_modal(form, {"text": words})))
    assert late == (
        "The report is decided already: an instructor has looked at this message, so nothing was changed. This is "
        f"what you wrote; only you can see it.\n> {words}"
    )


async def test_report_is_given_back_where_something_unforeseen_goes_wrong(classroom: Classroom) -> None:
    reporter, message = classroom.students[0], await rude_message(classroom)
    form = await report_form(reporter, classroom.channel, message)
    await classroom.office.run(_refuse_reports)
    said = texts(reply(await reporter.submit_modal(form, {"text": "It is rude."})))
    assert said.startswith("Sorry, something went wrong on my side.")
    assert said.endswith("This is what you wrote; only you can see it.\n> It is rude.")


def _refuse_reports(db: Database) -> None:
    db.execute("create trigger refuses before insert on message_report begin select raise(abort, 'no'); end")


async def test_inbox_and_its_buttons_are_for_instructors(classroom: Classroom) -> None:
    lesson = await fair_lesson(classroom)
    await lesson.argue(classroom.students[1])
    await report(classroom.students[0], lesson.thread, lesson.argument(1))
    opened = await opened_report(classroom)
    before = classroom.rows("select * from message_report"), classroom.rows("select state from debate")
    for custom_id in buttons(opened).values():
        said = await classroom.press_late(classroom.students[1], opened.message, custom_id)
        assert texts(said).startswith("Only instructors")
    assert (
        classroom.rows("select * from message_report"),
        classroom.rows("select state from debate"),
    ) == before


async def test_second_instructor_is_told_that_it_is_decided(classroom: Classroom) -> None:
    await report(classroom.students[0], classroom.channel, await rude_message(classroom))
    mine = await opened_report(classroom)
    theirs = await press(classroom, await inbox(classroom, classroom.manager), "Open 1", classroom.manager)
    await press(classroom, mine, "Dealt with")
    refused = await press(classroom, theirs, "Nothing to do", classroom.manager)
    assert texts(refused).startswith("The matter is decided already")
    assert classroom.rows("select verdict from message_report") == [("dealt_with",)]


async def test_press_that_is_delivered_twice_tells_once(classroom: Classroom) -> None:
    await report(classroom.students[0], classroom.channel, await rude_message(classroom))
    await press(classroom, await opened_report(classroom), "Dealt with")
    await classroom.deliver_again()
    assert len(classroom.direct_messages(classroom.students[0])) == 1


async def test_buttons_work_after_a_restart(classroom: Classroom) -> None:
    await report(classroom.students[0], classroom.channel, await rude_message(classroom))
    opened = await opened_report(classroom)
    await classroom.restart()
    assert "### Dealt with" in texts(await press(classroom, opened, "Dealt with"))
    assert len(classroom.direct_messages(classroom.students[0])) == 1


# In a debate


async def reported_argument(classroom: Classroom) -> FairLesson:
    lesson = await fair_lesson(classroom)
    await lesson.argue(classroom.students[1], "Those people are bad.")
    await report(classroom.students[0], lesson.thread, lesson.argument(1), "It is about a people.")
    return lesson


async def test_argument_is_named_with_its_author_not_the_bot(classroom: Classroom) -> None:
    await reported_argument(classroom)
    shown = texts(await opened_report(classroom))
    assert "### Argument 1 reported by 1 person" in shown
    assert f"By <@{classroom.students[1].id}>" in shown
    assert "Debate: **Scores should be public.**" in shown
    assert "Those people" not in shown


async def test_motion_itself_can_be_reported(classroom: Classroom) -> None:
    lesson = await fair_lesson(classroom)
    await report(classroom.students[0], lesson.thread, lesson.motion, "The motion is loaded.")
    assert "Posted by me in <#" in texts(await opened_report(classroom))


async def test_debate_is_paused_from_the_entry(classroom: Classroom) -> None:
    lesson = await reported_argument(classroom)
    opened = await opened_report(classroom)
    assert list(buttons(opened)) == [
        "Hide it",
        "Dealt with",
        "Nothing to do",
        "Pause the debate",
        "Back to the inbox",
    ]
    paused = await press(classroom, opened, "Pause the debate")
    assert "**This debate is paused.**" in texts(paused)
    await lesson.settle()
    assert "**Paused.**" in texts(lesson.motion)
    refused = reply(await classroom.students[2].click(lesson.motion, label="Add argument"))
    assert texts(refused).startswith("The debate is paused")
    going_on = await press(classroom, paused, "Let the debate go on")
    assert "paused" not in texts(going_on)
    await lesson.settle()
    assert "**Paused.**" not in texts(lesson.motion)


async def test_status_of_the_debate_points_to_the_inbox(classroom: Classroom) -> None:
    lesson = await reported_argument(classroom)
    assert "**1 reported message waits** in `/inbox`." in texts(await lesson.host("status"))
    await press(classroom, await opened_report(classroom), "Nothing to do")
    assert "/inbox" not in texts(await lesson.host("status"))


async def test_message_that_was_deleted_is_said_to_be_gone(classroom: Classroom) -> None:
    lesson = await fair_lesson(classroom)
    await classroom.students[1].send(lesson.thread, RUDE)
    message = lesson.thread.history()[-1]
    await report(classroom.students[0], lesson.thread, message)
    await classroom.students[1].delete(message)
    assert "**The message is gone:**" in texts(await opened_report(classroom))
