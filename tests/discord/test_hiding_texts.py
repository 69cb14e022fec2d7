"""Hiding what somebody wrote, in Discord: from the inbox, by deleting the bot's message, and showing it again."""

import discord
import pytest
from simcord import MemberActor

from tests.discord.debating import DebateRoom, newcomers, open_debate
from tests.discord.fair_lesson import report
from tests.discord.room import Classroom, buttons, reply, texts

SLUR = "Those people are vermin."


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its rebuttals: the first student has argued, and the second has answered that."""
    debate = await open_debate(classroom)
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.argue_now()
    await debate.argue(classroom.students[0], claim=SLUR)
    await debate.argue(classroom.students[1], claim="They are not.", answers="1")
    await classroom.env.advance_time(6)
    return debate


def shown(debate: DebateRoom) -> str:
    """All that stands in the thread now."""
    return "\n".join(texts(each) for each in debate.room.posted(debate.thread))


async def hide(debate: DebateRoom) -> str:
    """Somebody reports argument 1 and the instructor hides it; gives what the instructor is told."""
    room = debate.room
    await report(room.students[2], debate.thread, debate.argument(1))
    inbox = reply(await room.instructor.slash(room.channel, "inbox"))
    entry = reply(await room.instructor.click(inbox, label="Open 1"))
    told = texts(reply(await room.instructor.click(entry, label="Hide it")))
    await room.env.advance_time(6)
    return told


async def test_hidden_from_the_inbox_nobody_reads_it_and_its_author_is_told_kindly(
    debate: DebateRoom,
) -> None:
    assert SLUR in shown(debate)
    told = await hide(debate)
    assert told.startswith("### Hidden")
    assert SLUR not in shown(debate)
    assert "Hidden by an instructor." in texts(debate.argument(1))
    assert list(buttons(debate.argument(1))) == []
    assert "Attacks argument 1 (for): hidden by an instructor since." in texts(debate.argument(2)).replace(
        "(against)", "(for)"
    )
    assert "hidden by an instructor" in shown(debate).partition("### Map of the arguments")[2]
    author, _, reporter = debate.room.students[:3]
    [to_author] = debate.room.direct_messages(author)
    assert to_author.startswith(
        "An instructor has hidden your argument 1 in the debate “Scores should be public.”"
    )
    assert SLUR not in to_author
    [to_reporter] = debate.room.direct_messages(reporter)
    assert "dealt with it." in to_reporter


async def test_author_still_reads_it_in_the_own_list(debate: DebateRoom) -> None:
    await hide(debate)
    author = debate.room.students[0]
    mine = reply(await author.click(debate.motion, label="My arguments"))
    assert "Hidden by an instructor." in texts(mine)
    opened = reply(await author.click(mine, label="Open"))
    assert f"> {SLUR}" in texts(opened)
    assert "Only you see its text, and nothing of it is lost." in texts(opened)
    assert list(buttons(opened)) == ["Withdraw it", "All of mine"]


async def test_picture_of_the_map_says_nothing_of_it_either(debate: DebateRoom) -> None:
    await hide(debate)
    alternatives = [
        str(each.to_dict()) for message in debate.room.posted(debate.thread) for each in message.components
    ]
    assert not any(SLUR in each for each in alternatives)


@pytest.mark.parametrize("how", ["at once", "later", "after a restart"])
async def test_it_is_shown_again(debate: DebateRoom, how: str) -> None:
    room = debate.room
    await report(room.students[2], debate.thread, debate.argument(1))
    entry = reply(
        await room.instructor.click(reply(await room.instructor.slash(room.channel, "inbox")), label="Open 1")
    )
    done = reply(await room.instructor.click(entry, label="Hide it"))
    await room.env.advance_time(6)
    if how == "at once":
        listed = reply(await room.instructor.click(done, label="Show it again"))
    else:
        if how == "after a restart":
            await room.restart()
        inbox = reply(await room.instructor.slash(room.channel, "inbox"))
        texts_hidden = reply(await room.instructor.click(inbox, label="Hidden texts"))
        assert f"**1. Argument 1:** ||{SLUR}||" in texts(texts_hidden)
        listed = reply(await room.instructor.click(texts_hidden, label="Show 1 again"))
    assert "; shown again <t:" in texts(listed)
    await room.env.advance_time(6)
    assert f"> {SLUR}" in texts(debate.argument(1))
    assert f"“{SLUR}”" in texts(debate.argument(2))


async def test_message_deleted_by_hand_is_hidden_and_can_be_shown_again(debate: DebateRoom) -> None:
    room = debate.room
    room.env.backend.delete_message(debate.thread.id, debate.argument(1).id)
    await room.env.advance_time(6)
    assert SLUR not in shown(debate)
    assert "hidden by an instructor since." in texts(debate.argument(2))
    inbox = reply(await room.instructor.slash(room.channel, "inbox"))
    listed = reply(await room.instructor.click(inbox, label="Hidden texts"))
    assert "its message was deleted" in texts(listed)
    await room.instructor.click(listed, label="Show 1 again")
    await room.env.advance_time(6)
    assert f"> {SLUR}" in texts(debate.argument(1)), "it is posted anew"


async def test_message_deleted_while_the_bot_was_away_is_hidden_when_it_shows(debate: DebateRoom) -> None:
    room = debate.room
    message = debate.argument(1)
    room.env.inject_error(
        "PATCH", f"/channels/{debate.thread.id}/messages/{message.id}", status=404, code=10008
    )
    author = room.students[0]
    mine = reply(await author.click(debate.motion, label="My arguments"))
    opened = reply(await author.click(mine, label="Open"))
    form = await author.click(opened, label="Change it")
    await author.submit_modal(form, {"claim": f"{SLUR}!", "evidence": "None.", "reasoning": "None."})
    await room.env.advance_time(10)
    assert room.value("select count(*) from hiding where hidden_by is null") == 1


async def test_hiding_is_for_instructors(debate: DebateRoom) -> None:
    room = debate.room
    await report(room.students[2], debate.thread, debate.argument(1))
    inbox = reply(await room.instructor.slash(room.channel, "inbox"))
    entry = reply(await room.instructor.click(inbox, label="Open 1"))
    hiding = buttons(entry)["Hide it"]
    (stranger,) = newcomers(room, 1)
    refused = await room.press_late(stranger, entry.message, hiding)
    assert texts(refused).startswith("Only instructors")
    done = reply(await room.instructor.click(entry, label="Hide it"))
    for custom_id in buttons(done).values():
        assert texts(await room.press_late(stranger, done.message, custom_id)).startswith("Only instructors")
    assert room.value("select count(*) from hiding where shown_at is null") == 1


async def test_press_that_is_delivered_twice_hides_once(debate: DebateRoom) -> None:
    await hide(debate)
    await debate.room.deliver_again()
    assert debate.room.value("select count(*) from hiding") == 1
    assert len(debate.room.direct_messages(debate.room.students[0])) == 1


# The joint statement


async def write(debate: DebateRoom, member: MemberActor, text: str, label: str = "Joint statement") -> None:
    message = debate.motion if label == "Joint statement" else statement(debate)
    await member.submit_modal(await member.click(message, label=label), {"text": text})
    await debate.room.env.advance_time(6)


def statement(debate: DebateRoom) -> discord.Message:
    return next(
        each
        for each in reversed(debate.room.posted(debate.thread))
        if texts(each).startswith("### Joint statement")
    )


async def test_deleted_statement_comes_back_with_the_wording_before(classroom: Classroom) -> None:
    debate = await open_debate(classroom, format="open")
    one, other = classroom.students[:2]
    for student in (one, other):
        await debate.stance(student, "undecided")
    await debate.advance()
    while "Joint statement" not in buttons(debate.motion):
        await debate.advance()
    await write(debate, one, "We agree.")
    await write(debate, other, SLUR, "Change it")
    classroom.env.backend.delete_message(debate.thread.id, statement(debate).id)
    await classroom.env.advance_time(6)
    assert SLUR not in shown(debate)
    assert "> We agree." in texts(statement(debate))
    assert "A later wording was hidden by an instructor." in texts(statement(debate))
    [told] = classroom.direct_messages(other)
    assert "your wording of the joint statement" in told
    mine = texts(reply(await other.click(debate.motion, label="My arguments")))
    assert f"A wording of the joint statement of yours. Hidden by an instructor.\n> {SLUR}" in mine
