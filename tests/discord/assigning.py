"""What instructors and learners do with an assignment on the simulated Discord."""

from typing import Any

import discord
from simcord import MemberActor, ResponseMessage

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts

HOUR, DAY = 3_600, 86_400

SILENT = discord.Permissions(BOT_PERMISSIONS.value & ~discord.Permissions(send_messages=True).value)

ANSWERS = {"Which river": (RIGHT, WRONG), "lake froze": ("True", "False")}
"""The right option and a wrong one, by words of the question."""
WRITTEN = {"How many towns": ("80", "5"), "Which city": ("Rongcheng", "Suining")}
"""What to write to be right, and to be wrong, by words of the question."""


async def press(member: MemberActor, message: Any, label: str) -> ResponseMessage:
    """Press a button; gives the private message that answers, or that is changed by it."""
    return reply(await member.click(message, label=label))


async def draft(classroom: Classroom, member: MemberActor | None = None, **options: Any) -> ResponseMessage:
    """The instructor (or somebody else) gives the command; gives the preview or the refusal."""
    given = {"set": "rivers", "due": "in 3 days", **options}
    return reply(await (member or classroom.instructor).slash(classroom.channel, "quiz assign", **given))


async def assigned(classroom: Classroom, **options: Any) -> discord.Message:
    """The instructor sets an assignment that opens at once; gives its announcement."""
    posted = len(classroom.posted())
    await press(classroom.instructor, await draft(classroom, **options), "Set it")
    await classroom.until(lambda: len(classroom.posted()) > posted, seconds=10)
    return classroom.newest()


async def begin(classroom: Classroom, announcement: discord.Message, student: int = 0) -> ResponseMessage:
    """A learner presses Start and Begin (or Go on, or Begin attempt 2); gives the question."""
    member = classroom.students[student]
    overview = await press(member, classroom.now(announcement), "Start")
    (way,) = [label for label in buttons(overview) if label.startswith(("Begin", "Go on"))]
    return await press(member, overview, way)


async def answer(member: MemberActor, question: ResponseMessage, *, right: bool = True) -> ResponseMessage:
    """Answer a question of the sets in ``lessons``, by a button or in the form; gives what comes then."""
    said = texts(question)
    for words, options in ANSWERS.items():
        if words in said:
            return reply(await member.click(question, custom_id=option_id(question, options[not right])))
    (options,) = [options for words, options in WRITTEN.items() if words in said]
    form = await member.click(question, label="Answer")
    return reply(await member.submit_modal(form, {"answer-0": options[not right]}))


async def work(member: MemberActor, question: ResponseMessage, *right: bool) -> ResponseMessage:
    """Answer one question after the other, rightly or not; gives what comes after the last of them."""
    for is_right in right:
        kept = await answer(member, question, right=is_right)
        (onward,) = [label for label in ("Next question", "See my result") if label in buttons(kept)] or [
            "Look over my answers"
        ]
        question = await press(member, kept, onward)
    return question


async def done(
    classroom: Classroom, announcement: discord.Message, *right: bool, student: int = 0
) -> ResponseMessage:
    """A learner begins an attempt, answers all its questions and hands in; gives the result."""
    question = await begin(classroom, announcement, student)
    sheet = await work(classroom.students[student], question, *right)
    return await press(classroom.students[student], sheet, "Hand in")


async def status(classroom: Classroom, member: MemberActor | None = None, **options: Any) -> ResponseMessage:
    """The instructor (or somebody else) looks at ``/quiz status``."""
    return reply(await (member or classroom.instructor).slash(classroom.channel, "quiz status", **options))


def due_at(classroom: Classroom) -> str:
    """The due date of the newest assignment, as it is stored."""
    return classroom.value("select due_at from assignment order by assignment_id desc limit 1")
