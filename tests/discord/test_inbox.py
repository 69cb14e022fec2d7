"""Reports, near misses, and what instructors decide: as people press and read it."""

import logging

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from tests.discord.lessons import OTHER, RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts

REPORT = "Something wrong with this question?"


async def report(
    classroom: Classroom, member: MemberActor, message: discord.Message | ResponseMessage, text: str
) -> ResponseMessage:
    form = await member.click(message, label=REPORT)
    return reply(await member.submit_modal(form, {"text": text}))


async def inbox(classroom: Classroom, member: MemberActor | None = None) -> ResponseMessage:
    return reply(await (member or classroom.instructor).slash(classroom.channel, "inbox"))


async def press(
    classroom: Classroom, message: ResponseMessage, label: str, member: MemberActor | None = None
) -> ResponseMessage:
    return reply(await (member or classroom.instructor).click(message, label=label))


async def closed_question(classroom: Classroom, name: str = "rivers") -> discord.Message:
    """A live question that three people answered: one right, two wrong."""
    question = await classroom.first_question(name, questions=1)
    for student, option in zip(classroom.students, (RIGHT, WRONG, WRONG), strict=False):
        await classroom.answer(student, question, option)
    return await classroom.close(question)


async def near_misses(classroom: Classroom) -> None:
    """Two people miss by little, in another spelling each; a third one is right."""
    question = await classroom.first_question("words", questions=1)
    for student, text in zip(classroom.students, ("Rongchabc", " RONGCHABC!", "Rongcheng"), strict=False):
        await classroom.type_answer(student, question, text)
    await classroom.close(question)


def outcomes(classroom: Classroom) -> list[str]:
    return [outcome for (outcome,) in classroom.rows("select outcome from answer order by answer_id")]


# Reporting


async def test_public_result_can_be_reported_privately(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    thanks = await report(classroom, classroom.students[1], result, "The *atlas* says the Rhine.")
    assert "in the instructors’ inbox, with your answer and without your name" in texts(thanks)
    assert classroom.rows("select content from report") == [("The *atlas* says the Rhine.",)]
    assert REPORT in buttons(classroom.now(result))


async def test_open_question_has_no_button_for_reports(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1)
    assert REPORT not in buttons(question)


async def test_form_shows_what_was_reported_before(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    student = classroom.students[1]
    await report(classroom, student, result, "First.")
    form = await student.click(result, label=REPORT)
    assert form.modal is not None
    assert form.modal["components"][1]["component"]["value"] == "First."
    await student.submit_modal(form, {"text": "Second."})
    assert classroom.rows("select content from report") == [("Second.",)]


async def test_private_question_can_be_reported_after_the_answer(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = reply(await student.slash(classroom.channel, "quiz take", set="rivers", questions=1))
    assert REPORT not in buttons(asked)
    feedback = await classroom.answer(student, asked, WRONG)
    await report(classroom, student, feedback, "No.")
    assert classroom.value("select count(*) from report") == 1


# The inbox


async def test_inbox_is_for_instructors(classroom: Classroom) -> None:
    refused = await inbox(classroom, classroom.students[0])
    assert texts(refused).startswith("Only instructors")
    assert "Nothing is waiting." in texts(await inbox(classroom))
    assert "Nothing is waiting." in texts(await inbox(classroom, classroom.manager))


async def test_entry_tells_everything_but_the_names(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    await report(classroom, classroom.students[1], result, "Look <@1> *here*")
    listed = await inbox(classroom)
    assert "### Inbox: 1 matter to decide" in texts(listed)
    opened = await press(classroom, listed, "Open 1")
    shown = texts(opened)
    assert "### Reported by 1 person" in shown
    assert "> Look <\u200b@1> \\*here\\*" in shown
    assert f"Had answered: {WRONG}" in shown
    assert f"**Right answer: {RIGHT}**" in shown
    assert "Source: An atlas" in shown
    assert "All answers to it in this server: 1 right, 2 not right." in shown
    for student in classroom.students:
        assert str(student.id) not in shown
        assert student.user.name not in shown
    assert list(buttons(opened)) == [
        f"Accept for all: {WRONG}",
        "Change the right answer",
        "Drop the question",
        "It is right as it is",
        "Back to the inbox",
    ]


async def test_near_miss_is_accepted_with_one_click_and_a_look(classroom: Classroom) -> None:
    await near_misses(classroom)
    listed = await inbox(classroom)
    assert "Missed by little, by 2 people" in texts(listed)
    shown = await press(classroom, await press(classroom, listed, "Open 1"), "Accept for all")
    assert "is accepted for everybody." in texts(shown)
    assert "Of 3 results so far, 2 would change:\n- **2 answers**: now right, before not right" in texts(
        shown
    )
    assert "**2 people** would be told, privately." in texts(shown)
    assert outcomes(classroom) == ["wrong", "wrong", "right"], "nothing yet"
    done = await press(classroom, shown, "Apply")
    assert "### Done" in texts(done)
    assert outcomes(classroom) == ["right", "right", "right"]
    await classroom.env.settle()
    for student in classroom.students[:2]:
        [told] = classroom.direct_messages(student)
        assert "Your answer counts as **right** now (before: not right)." in told
    assert classroom.direct_messages(classroom.students[2]) == []
    assert "Nothing is waiting." in texts(await inbox(classroom))


async def test_key_is_changed_by_answering_with_the_same_buttons(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    await report(classroom, classroom.students[1], result, "It is the Rhine.")
    opened = await press(classroom, await inbox(classroom), "Open 1")
    asked = await press(classroom, opened, "Change the right answer")
    assert "### Which answer is right?" in texts(asked)
    assert list(buttons(asked)) == [f"A · {RIGHT}", f"B · {WRONG}", f"C · {OTHER}", "Do not change it"]
    shown = reply(await classroom.instructor.click(asked, custom_id=option_id(asked, f"B · {WRONG}")))
    assert f"Right answer before: {RIGHT}\nRight answer after: {WRONG}" in texts(shown)
    await press(classroom, shown, "Apply")
    assert outcomes(classroom) == ["wrong", "right", "right"]
    await classroom.env.advance_time(5)
    public = texts(classroom.now(result))
    assert f"{WRONG} (right)**" in public
    assert "An instructor has corrected the right answer." in public
    assert "2 of 3 answers right" in texts(classroom.newest())
    thanked = classroom.direct_messages(classroom.students[1])[0]
    assert thanked.startswith("Thank you for reporting this question. Your result has changed.")


async def test_typed_key_is_changed_in_the_same_form(classroom: Classroom) -> None:
    await near_misses(classroom)
    opened = await press(classroom, await inbox(classroom), "Open 1")
    form = await classroom.instructor.click(opened, label="Change the right answer")
    shown = reply(await classroom.instructor.submit_modal(form, {"answer-0": "Rongchabc"}))
    assert "The right answer is “Rongchabc”." in texts(shown)
    await press(classroom, shown, "Apply")
    assert outcomes(classroom) == ["right", "right", "wrong"]


async def test_dropped_question_is_shown_as_not_counting(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    await report(classroom, classroom.students[0], result, "Unclear.")
    opened = await press(classroom, await inbox(classroom), "Open 1")
    shown = await press(classroom, opened, "Drop the question")
    assert "- **2 answers**: now not counted, before not right" in texts(shown)
    assert "- **1 answer**: now not counted, before right" in texts(shown)
    await press(classroom, shown, "Apply")
    await classroom.env.advance_time(5)
    assert "This question does not count" in texts(classroom.now(result))
    assert "Question 1 does not count" in texts(classroom.newest())
    mine = reply(await classroom.students[0].click(classroom.newest(), label="My result"))
    assert "**None of these questions counts.**" in texts(mine)
    assert "1. **Does not count**: Which river" in texts(mine)
    assert buttons(mine) == {}


async def test_report_can_be_set_aside(classroom: Classroom) -> None:
    result = await closed_question(classroom)
    await report(classroom, classroom.students[1], result, "No!")
    left = await press(
        classroom, await press(classroom, await inbox(classroom), "Open 1"), "It is right as it is"
    )
    assert "1 person who reported it is told so, privately." in texts(left)
    await classroom.env.settle()
    [told] = classroom.direct_messages(classroom.students[1])
    assert "An instructor has looked at the question, and it stays as it is." in told
    assert outcomes(classroom) == ["right", "wrong", "wrong"]


async def test_preview_can_be_left_without_a_trace(classroom: Classroom) -> None:
    await near_misses(classroom)
    opened = await press(classroom, await inbox(classroom), "Open 1")
    shown = await press(classroom, opened, "Accept for all")
    again = await press(classroom, shown, "Do not apply")
    assert texts(again) == texts(opened)
    assert "Missed by little" in texts(await press(classroom, again, "Back to the inbox"))
    assert outcomes(classroom) == ["wrong", "wrong", "right"]


async def test_second_instructor_is_told(classroom: Classroom) -> None:
    await near_misses(classroom)
    mine = await press(classroom, await inbox(classroom), "Open 1")
    theirs = await press(classroom, await inbox(classroom, classroom.manager), "Open 1", classroom.manager)
    await press(classroom, await press(classroom, mine, "Accept for all"), "Apply")
    refused = await press(classroom, theirs, "Drop the question", classroom.manager)
    assert texts(refused) == (
        "The matter is decided already, perhaps by another instructor, so nothing was changed."
    )


async def test_decision_is_taken_back_from_the_record(classroom: Classroom) -> None:
    await near_misses(classroom)
    opened = await press(classroom, await inbox(classroom), "Open 1")
    done = await press(classroom, await press(classroom, opened, "Accept for all"), "Apply")
    record = await press(classroom, done, "Past decisions")
    assert f"by <@{classroom.instructor.id}>: 2 answers of 3 changed, 2 people told." in texts(record)
    await classroom.restart()
    shown = await press(classroom, record, "Take back 1")
    assert "Taken back: “" in texts(shown)
    await press(classroom, shown, "Apply")
    assert outcomes(classroom) == ["wrong", "wrong", "right"]
    assert "Missed by little" in texts(await inbox(classroom))


async def test_students_cannot_press_what_they_cannot_see(classroom: Classroom) -> None:
    await near_misses(classroom)
    listed = await inbox(classroom)
    opened = await press(classroom, listed, "Open 1")
    shown = await press(classroom, opened, "Accept for all")
    before = classroom.rows("select * from answer")
    for message in (listed, opened, shown):
        for custom_id in buttons(message).values():
            said = await classroom.press_late(classroom.students[0], message.message, custom_id)
            assert texts(said).startswith("Only instructors")
    assert classroom.rows("select * from answer") == before
    assert classroom.value("select count(*) from regrade") == 0


async def test_nothing_written_goes_to_the_log(
    classroom: Classroom, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = await closed_question(classroom)
        await report(classroom, classroom.students[1], result, "Secretive words")
        opened = await press(classroom, await inbox(classroom), "Open 1")
        await press(classroom, await press(classroom, opened, f"Accept for all: {WRONG}"), "Apply")
        await classroom.env.settle()
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "Secretive" not in logged
    assert WRONG not in logged
