"""A class opinion while things go wrong: channels and messages vanish, permissions are revoked, the bot restarts."""

import discord
import pytest

from bot.bank.question_set import QuestionSet
from bot.store.boards import BoardKind, raise_board
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.lessons import LESSONS
from tests.discord.opining import AGREE, DISAGREE, begin, class_answers, close, invitation, preview, say
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import posts
from tests.discord.test_pictures import alts
from tests.opinions import VIEWS

UNKNOWN_CHANNEL = 10003


@pytest.fixture
def question_sets() -> list[QuestionSet]:
    return [*LESSONS, VIEWS]


async def answered(classroom: Classroom) -> discord.Message:
    """A class opinion that one student has begun."""
    posted = await invitation(classroom)
    student = classroom.students[0]
    await say(student, await begin(student, posted), AGREE)
    await classroom.env.advance_time(3)
    return posted


async def test_deleted_channel_closes_it_and_tells_who_opened_it(classroom: Classroom) -> None:
    posted = await answered(classroom)
    classroom.env.backend.delete_channel(posted.channel.id)
    await classroom.env.settle()
    assert classroom.rows("select state, close_reason from opinion") == [("closed", "channel_deleted")]
    assert classroom.direct_messages(classroom.instructor) == [
        "Your class opinion is closed, because its channel was deleted. What people said is kept, but there is no "
        "place to show the result."
    ]
    assert classroom.value("select count(*) from opinion_vote") == 1
    assert classroom.value("select count(*) from board where kind <> 'opinion'") == 0


async def test_channel_deleted_before_the_preview_is_posted(classroom: Classroom) -> None:
    other = classroom.guild.create_text_channel("other")
    shown = await preview(classroom, channel=other)
    classroom.env.backend.delete_channel(other.id)
    await classroom.env.settle()
    await classroom.instructor.click(shown, label="Post it")
    await classroom.env.advance_time(3)
    assert classroom.value("select state from opinion") == "closed"
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_deleted_invitation_comes_back_with_a_button_that_works(classroom: Classroom) -> None:
    posted = await answered(classroom)
    classroom.env.backend.delete_message(posted.channel.id, posted.id)
    await classroom.env.advance_time(3)
    again = classroom.newest()
    assert again.id != posted.id
    assert "1 person has answered." in texts(again)
    assert texts(await begin(classroom.students[0], again)).startswith("### Statement 2 of 16")


async def test_deleted_result_stays_deleted(classroom: Classroom) -> None:
    await answered(classroom)
    await close(classroom)
    await classroom.env.advance_time(5)
    shown = classroom.newest()
    classroom.env.backend.delete_message(shown.channel.id, shown.id)
    await classroom.env.advance_time(10)
    assert texts(classroom.newest()).startswith("## What the class thinks")


async def test_revoked_permission_loses_nothing(classroom: Classroom) -> None:
    posted = await answered(classroom)
    less = discord.Permissions(BOT_PERMISSIONS.value)
    less.update(send_messages=False)
    classroom.allow(less)
    student = classroom.students[1]
    await say(student, await begin(student, posted), DISAGREE)
    await close(classroom)
    await classroom.env.advance_time(5)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert told.startswith(
        "Something of your class opinion could not be shown, because I may no longer write in"
    )
    classroom.allow(BOT_PERMISSIONS)
    await invitation(classroom, tag="odd")
    await classroom.env.advance_time(5)
    headings = [texts(message).splitlines()[0] for message in classroom.posted()]
    assert sorted(headings[1:]) == [
        "## Class opinion · Views of towns",
        "## Opinion map · Views of towns",
        "## What the class thinks · Views of towns",
    ]
    assert len(classroom.direct_messages(classroom.instructor)) == 1


@pytest.mark.parametrize("away", [0, 30])
async def test_restart_between_the_end_and_the_result(classroom: Classroom, away: float) -> None:
    await invitation(classroom)
    await class_answers(classroom, 24)
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=500, times=None)
    await close(classroom)
    assert len(classroom.posted()) == 1
    await classroom.restart(away=away)
    classroom.env.backend.faults.clear()
    await classroom.until(lambda: len(classroom.posted()) == 3)
    assert "make 2 groups" in texts(classroom.newest())
    assert len(alts(classroom.newest())) == 1
    nonces = [body["nonce"] for body in posts(classroom.env.http_requests, classroom.channel.id)]
    assert len(set(nonces)) == 3, "each message is tried under a name of its own"


async def test_restart_keeps_every_button(classroom: Classroom) -> None:
    shown = await preview(classroom)
    await classroom.restart()
    await classroom.instructor.click(shown, label="Post it")
    posted = classroom.newest()
    await classroom.restart()
    card = await begin(classroom.students[0], posted)
    await classroom.restart()
    card = await say(classroom.students[0], card, AGREE)
    await classroom.restart()
    back = reply(await classroom.students[0].click(card, label="Back"))
    assert "You have said: **Agree**." in texts(back)


async def test_form_that_was_open_during_a_restart_is_taken(classroom: Classroom) -> None:
    shown = await preview(classroom)
    form = await classroom.instructor.click(shown, label="Choose statements")
    assert form.modal is not None
    values = [option["value"] for option in form.modal["components"][0]["component"]["options"]]
    await classroom.restart(away=5)
    changed = reply(await classroom.instructor.submit_modal(form, {"statements-0": values[:3]}))
    assert "**3 of 16 statements**" in texts(changed)


async def test_picture_that_is_refused_does_not_hold_up_the_map(classroom: Classroom) -> None:
    await invitation(classroom)
    await class_answers(classroom, 24)
    await close(classroom)
    await classroom.env.advance_time(5)
    shown = classroom.newest()
    assert len(alts(shown)) == 1
    path = f"/channels/{classroom.channel.id}/messages/{shown.id}"
    classroom.env.inject_error("PATCH", path, status=413, code=40005, message="Too large")
    opinion_id = classroom.value("select opinion_id from opinion")
    await classroom.office.run(raise_board, BoardKind.OPINION_MAP, opinion_id)
    await classroom.env.advance_time(5)
    assert alts(classroom.now(shown)) == []
    assert texts(classroom.now(shown)) == texts(shown)
    assert classroom.direct_messages(classroom.instructor) == []


async def test_instructor_whose_role_was_taken_cannot_post_a_preview(classroom: Classroom) -> None:
    shown = await preview(classroom)
    people = classroom.guild.roles["People"]
    classroom.env.backend.edit_member(classroom.guild.id, classroom.instructor.id, {"role_ids": [people.id]})
    told = texts(reply(await classroom.instructor.click(shown, label="Post it")))
    assert told.startswith("Only instructors (")
    assert classroom.posted() == []


async def test_question_set_that_is_gone_leaves_the_class_opinion_as_it_is(classroom: Classroom) -> None:
    posted = await answered(classroom)
    classroom.sets = LESSONS
    await classroom.restart(away=5)
    card = await begin(classroom.students[1], posted)
    assert "City number" in texts(card)
    await say(classroom.students[1], card, DISAGREE)
    await close(classroom)
    await classroom.env.advance_time(5)
    assert texts(classroom.posted()[1]).endswith(", 14, 15, 16."), "each statement is still known"
    assert buttons(classroom.posted()[1]) == {}
