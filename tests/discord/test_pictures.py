"""The picture at the end of a live quiz: that it is there, says its words, and never stands in a message's way."""

import dataclasses
from io import BytesIO
from typing import Any

import discord
import pytest
from PIL import Image

from bot.bank import limits
from bot.bank.question_set import QuestionSet
from bot.ids import RunId
from bot.store.boards import BoardKind, raise_board
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.lessons import RIGHT, RIVERS, WRONG
from tests.discord.room import Classroom, buttons, parts, texts
from tests.discord.sent import edits, posts

Json = dict[str, Any]

GALLERY = 12
NO_FILES = discord.Permissions(BOT_PERMISSIONS.value & ~discord.Permissions(attach_files=True).value)
REFUSALS = [(403, 50013), (403, 50001), (413, 40005), (400, 50045)]


def alts(message: discord.Message) -> list[str]:
    """The words of the pictures that a message shows; each picture is a file of the message."""
    items = [item for part in parts(message) if part["type"] == GALLERY for item in part["items"]]
    assert [item["media"]["url"] for item in items] == [file.url for file in message.attachments]
    return [item["description"] for item in items]


async def last_question(classroom: Classroom) -> discord.Message:
    """A quiz of one question, answered by two: one right, one wrong."""
    question = await classroom.first_question(questions=1)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.answer(classroom.students[1], question, WRONG)
    return question


async def summary(classroom: Classroom) -> discord.Message:
    await classroom.close(await last_question(classroom))
    found = classroom.newest()
    assert texts(found).startswith("## Results")
    return found


def refuse_post(classroom: Classroom, status: int, code: int, *, times: int | None = 1) -> None:
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=status, code=code, message="No", times=times)


def with_pictures(messages: list[Json]) -> list[bool]:
    return [bool(message.get("attachments")) for message in messages]


def summaries(classroom: Classroom) -> list[Json]:
    """The posts of the summary, refused ones too."""
    return [
        each for each in posts(classroom.env.http_requests, classroom.channel.id) if "## Results" in str(each)
    ]


async def show_again(classroom: Classroom) -> None:
    """Something of the run has changed, so its summary is shown anew."""
    run_id = RunId(classroom.value("select run_id from run"))
    await classroom.office.run(raise_board, BoardKind.SUMMARY, run_id)
    await classroom.env.advance_time(5)


async def test_summary_has_a_picture_with_all_its_words(classroom: Classroom) -> None:
    found = await summary(classroom)
    (alt,) = alts(found)
    assert alt.startswith("Bars of 1 question: 2 people, 1 of 2 answers right. 1 “Which river has number ")
    assert alt.endswith("?”: 1 right, 1 not right.")
    picture = Image.open(BytesIO(await found.attachments[0].read()))
    assert (picture.format, picture.width) == ("PNG", 1_200)
    assert "1 of 2 right" in texts(found), "the text says it, too"


async def test_question_nobody_answered_needs_no_picture(classroom: Classroom) -> None:
    await classroom.close(await classroom.first_question(questions=1))
    assert texts(classroom.newest()).startswith("## Results")
    assert alts(classroom.newest()) == []


async def test_other_messages_have_no_pictures(classroom: Classroom) -> None:
    await summary(classroom)
    assert [len(message.attachments) for message in classroom.posted()] == [0, 0, 1]


async def test_server_that_lets_me_attach_no_files_gets_the_same_words(classroom: Classroom) -> None:
    classroom.allow(NO_FILES)
    found = await summary(classroom)
    assert alts(found) == []
    assert "1 of 2 right" in texts(found)
    assert list(buttons(found)) == ["My result"]
    assert with_pictures(summaries(classroom)) == [False], "none is drawn and refused"
    assert classroom.direct_messages(classroom.instructor) == []


async def test_channel_that_lets_me_attach_no_files_counts(classroom: Classroom) -> None:
    bot_role = classroom.guild.roles[classroom.env.backend.bot_user.name]
    overwrite = discord.PermissionOverwrite(attach_files=False)
    channel = classroom.guild.create_text_channel("words", overwrites={bot_role: overwrite})
    await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=1, channel=channel
    )
    await classroom.instructor.click(classroom.newest(channel), label="Start")
    await classroom.answer(classroom.students[0], classroom.newest(channel), RIGHT)
    await classroom.env.advance_time(60)
    assert texts(classroom.newest(channel)).startswith("## Results")
    assert alts(classroom.newest(channel)) == []


async def test_thread_of_a_quiz_has_the_picture_too(classroom: Classroom) -> None:
    await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=1, seconds=20, place="thread"
    )
    (thread,) = classroom.channel.threads
    await classroom.instructor.click(classroom.newest(thread), label="Start")
    await classroom.answer(classroom.students[0], classroom.newest(thread), RIGHT)
    await classroom.env.advance_time(30)
    assert len(alts(classroom.newest(thread))) == 1


@pytest.mark.parametrize(("status", "code"), REFUSALS)
async def test_refused_picture_does_not_hold_up_its_message(
    classroom: Classroom, status: int, code: int
) -> None:
    question = await last_question(classroom)
    refuse_post(classroom, status, code)
    await classroom.close(question)
    found = classroom.newest()
    assert texts(found).startswith("## Results")
    assert alts(found) == []
    assert list(buttons(found)) == ["My result"]
    await classroom.env.advance_time(300)
    assert with_pictures(summaries(classroom)) == [True, False]
    assert classroom.value("select state from board where kind = 'summary'") == "live"
    assert classroom.direct_messages(classroom.instructor) == []


async def test_refused_picture_is_not_tried_again_for_a_while(classroom: Classroom) -> None:
    question = await last_question(classroom)
    refuse_post(classroom, 403, 50013)
    await classroom.close(question)
    found = classroom.newest()
    for _ in range(3):
        await show_again(classroom)
    assert with_pictures(edits(classroom.env.http_requests, found.id)) == [False, False, False]
    await classroom.env.advance_time(600)
    await show_again(classroom)
    assert len(alts(classroom.now(found))) == 1, "somebody may have allowed it since"


@pytest.mark.parametrize(("status", "code"), REFUSALS)
async def test_refused_picture_of_an_edit_does_not_hold_it_up(
    classroom: Classroom, status: int, code: int
) -> None:
    found = await summary(classroom)
    path = f"/channels/{classroom.channel.id}/messages/{found.id}"
    classroom.env.inject_error("PATCH", path, status=status, code=code, message="No")
    await show_again(classroom)
    assert with_pictures(edits(classroom.env.http_requests, found.id)) == [True, False]
    assert alts(classroom.now(found)) == []
    assert texts(classroom.now(found)) == texts(found)


async def test_edit_keeps_one_picture(classroom: Classroom) -> None:
    found = await summary(classroom)
    await show_again(classroom)
    assert alts(classroom.now(found)) == alts(found)
    classroom.allow(NO_FILES)
    await show_again(classroom)
    assert alts(classroom.now(found)) == []
    assert texts(classroom.now(found)) == texts(found)


async def test_summary_that_is_refused_altogether_is_given_up_as_ever(classroom: Classroom) -> None:
    question = await last_question(classroom)
    await classroom.env.settle()
    refuse_post(classroom, 403, 50013, times=None)
    await classroom.close(question)
    await classroom.env.advance_time(120)
    assert with_pictures(summaries(classroom)) == [True, False]
    (told,) = classroom.direct_messages(classroom.instructor)
    assert "I may no longer write in" in told


async def test_picture_comes_after_a_server_error_and_a_restart(classroom: Classroom) -> None:
    question = await last_question(classroom)
    refuse_post(classroom, 503, 0, times=None)
    await classroom.close(question)
    await classroom.restart()
    classroom.env.backend.faults.clear()
    await classroom.until(lambda: texts(classroom.newest()).startswith("## Results"))
    assert len(alts(classroom.newest())) == 1


async def test_deleted_summary_comes_back_with_its_picture(classroom: Classroom) -> None:
    found = await summary(classroom)
    classroom.env.backend.delete_message(found.channel.id, found.id)
    await classroom.env.advance_time(5)
    assert classroom.newest().id != found.id
    assert alts(classroom.newest()) == alts(found)


@pytest.fixture
def question_sets() -> list[QuestionSet]:
    """The title of the set stands in the picture: one that no typeface has must not matter."""
    title = ("Rivers 江 $\\frac{1}{0}$ 🦄 " + "and more " * 20)[: limits.TITLE]
    return [dataclasses.replace(RIVERS, info=RIVERS.info.model_copy(update={"title": title}))]
