"""Reports, nudges, ways out and grades of one server: out of reach from another one, whatever is pressed there."""

import re
from collections.abc import Sequence

import pytest

from tests.discord.fair_lesson import FairLesson, fair_lesson, report
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.test_grades import MARKS, grade
from tests.discord.test_isolation import contents, forge, second_school, shown_buttons, submit_forged

OURS = ("fo", "fd", "fp", "fn", "fl", "fm", "fc", "fg", "ft", "fy")
"""The buttons of this subject; the one in a direct message (``fn``) has a person, not a server."""

REFUSED = re.compile(
    r"I cannot find this (debate|place in this debate) here\.|The matter is decided already|Only "
)


async def everything(school: Classroom) -> FairLesson:
    """A lesson in which every button of this subject is shown once."""
    one = school.students[0]
    lesson = await fair_lesson(school, minutes=30)
    for student in school.students:
        await lesson.stance(student, "0")
    for _ in range(8):
        await lesson.argue(one)
    for student in school.students[1:4]:
        await lesson.argue(student)
    await report(school.students[1], lesson.thread, lesson.argument(1), "A word of alpha.")
    listed = reply(await school.instructor.slash(school.channel, "inbox"))
    await school.instructor.click(listed, label="Open 1")
    await school.env.advance_time(21 * 60)
    await school.students[5].click(
        await lesson.my_place(school.students[5]), label="Leave and delete what I wrote"
    )
    await lesson.host("advance")
    await lesson.settle()
    await grade(lesson, one)
    await lesson.host("close")
    await school.instructor.click(await lesson.host("grades"), label="Tell 1 person their grade")
    await lesson.settle()
    await grade(lesson, school.students[1])
    await lesson.host("grades")
    await one.slash(lesson.thread, "debate status")
    return lesson


@pytest.fixture
async def lesson(classroom: Classroom) -> FairLesson:
    return await everything(classroom)


async def other_school(lesson: FairLesson) -> Classroom:
    other = second_school(lesson.room)
    await other.manager.slash(other.channel, "settings", instructor_role=other.guild.roles["Teaching"])
    return other


def shown(lesson: FairLesson) -> Sequence[str]:
    """The buttons of this subject that were shown."""
    return [each for each in dict.fromkeys(shown_buttons(lesson.room.env.http_requests)) if each[:2] in OURS]


async def test_buttons_of_one_server_do_nothing_in_another(lesson: FairLesson) -> None:
    other = await other_school(lesson)
    assert {each[:2] for each in shown(lesson)} == set(OURS)
    foreign = [each for each in shown(lesson) if each[:2] != "fn"]
    before = contents(lesson.room)
    forged = [await forge(other, foreign[at : at + 25]) for at in range(0, len(foreign), 25)]
    for member in (other.students[0], other.instructor, other.manager):
        for message in forged:
            for custom_id in buttons(message).values():
                pressed = await member.click(message, custom_id=custom_id)
                assert pressed.modal is None, custom_id
                assert REFUSED.match(texts(reply(pressed))), (custom_id, texts(reply(pressed)))
    assert contents(lesson.room) == before


async def test_forms_of_one_server_do_nothing_in_another(lesson: FairLesson) -> None:
    other = await other_school(lesson)
    await forge(other, ["zz:1"])
    before = contents(lesson.room)
    for custom_id, fields in (("fm!1!1!0!9", MARKS), ("fc!1!1!0!9", {"comment": "Mine."})):
        for member in (other.students[0], other.instructor, other.manager):
            told = texts(reply(await submit_forged(other, member, custom_id, **fields)))
            assert REFUSED.match(told), (custom_id, told)
    assert contents(lesson.room) == before


async def test_lists_and_commands_of_one_server_know_nothing_of_the_other(lesson: FairLesson) -> None:
    other = await other_school(lesson)
    assert "Nothing is waiting." in texts(reply(await other.instructor.slash(other.channel, "inbox")))
    for command in ("status", "grade", "grades", "transcript"):
        offered = await other.instructor.autocomplete(other.channel, f"debate {command}", "debate", "")
        assert offered == [], command
        options = {"learner": lesson.room.students[0].user} if command == "grade" else {}
        used = await other.instructor.slash(
            other.channel, f"debate {command}", debate=str(lesson.debate_id), **options
        )
        told = texts(reply(used))
        assert told.startswith(f"I cannot find a debate named “{lesson.debate_id}” here."), told
