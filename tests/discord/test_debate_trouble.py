"""A debate while things go wrong: the thread is deleted, archived or locked, messages vanish, the bot restarts."""

import discord
import pytest
from simcord.enums import MessageType

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import DebateRoom, argument, open_debate
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import posts

THREAD_LOCKED, THREAD_ARCHIVED, DIRECT_MESSAGES_CLOSED = 160005, 50083, 50007


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate in which one student has taken a stance and argued."""
    debate = await open_debate(classroom)
    await debate.stance(classroom.students[0], "for")
    await debate.argue_now()
    await debate.argue(classroom.students[0])
    await classroom.env.advance_time(3)
    return debate


async def settled(debate: DebateRoom) -> None:
    """The bot has shown what it may: a message is edited at most once in two seconds."""
    await debate.room.env.advance_time(3)


# The thread


async def test_deleted_thread_closes_the_debate_and_tells_who_opened_it(debate: DebateRoom) -> None:
    room = debate.room
    room.env.backend.delete_channel(debate.thread.id)
    await room.env.settle()
    assert room.rows("select state, close_reason from debate") == [("closed", "thread_deleted")]
    assert room.direct_messages(room.instructor) == [
        "Your debate is closed, because its thread was deleted. Stances and arguments are kept: "
        "`/debate status` shows you the outcome."
    ]
    assert room.value("select count(*) from argument") == 1
    assert room.value("select count(*) from stance") == 1
    assert room.direct_messages(room.manager) == []
    closed = await room.instructor.slash(room.channel, "debate close")
    assert "No debate is open in this server" in texts(reply(closed))
    await open_debate(room)


async def test_deleted_channel_takes_its_threads_with_it(debate: DebateRoom) -> None:
    """Discord sends one event for the channel and none for its threads: the next attempt finds out."""
    room = debate.room
    form = await room.students[1].click(debate.motion, label="My stance before")
    path = f"/channels/{debate.thread.id}/messages*"
    for method in ("POST", "PATCH"):
        room.env.inject_error(method, path, status=404, code=10003, message="Unknown Channel", times=None)
    assert "Kept, privately" in texts(reply(await room.students[1].submit_modal(form, {"stance": "2"})))
    await settled(debate)
    assert room.rows("select state, close_reason from debate") == [("closed", "thread_deleted")]
    assert room.value("select count(*) from stance") == 2
    assert len(room.direct_messages(room.instructor)) == 1


async def test_closed_direct_messages_of_the_opener_end_nothing(debate: DebateRoom) -> None:
    room = debate.room
    room.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=DIRECT_MESSAGES_CLOSED, message="Cannot send"
    )
    room.env.backend.delete_channel(debate.thread.id)
    await room.env.settle()
    assert room.rows("select sent_at is null, failed_at is null from notice") == [(1, 0)]
    again = await open_debate(room)
    await again.argue_now()
    assert "is in" in await again.argue(room.students[0])


async def test_locked_thread_keeps_arguments_until_it_is_unlocked(debate: DebateRoom) -> None:
    room = debate.room
    path = f"/channels/{debate.thread.id}/messages"
    room.env.inject_error("POST", path, status=400, code=THREAD_LOCKED, message="Thread is locked", times=2)
    for student in room.students[1:3]:
        assert "Your argument is in" in await debate.argue(student)
        await settled(debate)
    assert room.value("select count(*) from argument") == 3
    (told,) = room.direct_messages(room.instructor)
    assert told.startswith("Something of your debate could not be shown in its thread")
    assert f"because the thread <#{debate.thread.id}> is locked" in told
    assert "What people wrote and voted is kept. It comes up with my next message there" in told
    await debate.argue(room.students[3])
    await settled(debate)
    assert [texts(debate.argument(number)).splitlines()[0][:14] for number in (2, 3, 4)] == [
        "### Argument 2",
        "### Argument 3",
        "### Argument 4",
    ]


async def test_archived_thread_is_opened_again_for_an_edit(debate: DebateRoom) -> None:
    room = debate.room
    # Discord lets whoever may write in a thread open it again, unless it is locked; SimCord asks for more.
    room.allow(BOT_PERMISSIONS | discord.Permissions(manage_channels=True))
    room.env.backend.edit_channel(debate.thread.id, {}, thread_metadata={"archived": True})
    await room.env.settle()
    path = f"/channels/{debate.thread.id}/messages/*"
    room.env.inject_error("PATCH", path, status=400, code=THREAD_ARCHIVED, message="Thread is archived")
    await debate.stance(room.students[1], "for")
    await settled(debate)
    await settled(debate)
    assert "-# 2 people have joined" in texts(debate.motion)
    opened = [each.json for each in room.env.http_requests if each.path == f"/channels/{debate.thread.id}"]
    assert {"archived": False} in opened
    assert room.direct_messages(room.instructor) == []


async def test_archived_thread_that_stays_closed_is_named_to_the_opener(debate: DebateRoom) -> None:
    room = debate.room
    path = f"/channels/{debate.thread.id}/messages/*"
    room.env.inject_error(
        "PATCH", path, status=400, code=THREAD_ARCHIVED, message="Thread is archived", times=None
    )
    assert "Kept, privately" in await debate.stance(room.students[1], "for")
    await settled(debate)
    (told,) = room.direct_messages(room.instructor)
    assert f"the thread <#{debate.thread.id}> is closed and I may not open it again" in told


async def test_revoked_permission_loses_nothing(debate: DebateRoom) -> None:
    room = debate.room
    less = discord.Permissions(BOT_PERMISSIONS.value)
    less.update(send_messages_in_threads=False)
    room.allow(less)
    assert "as number **2**" in await debate.argue(room.students[1])
    await settled(debate)
    (told,) = room.direct_messages(room.instructor)
    assert "Send Messages in Threads" in told
    room.allow(BOT_PERMISSIONS)
    await debate.argue(room.students[2])
    await settled(debate)
    assert [buttons(debate.argument(number)) != {} for number in (2, 3)] == [True, True]
    assert "3 arguments" in texts(debate.motion)


# Messages that vanish


async def test_deleted_motion_is_posted_again_with_working_buttons(debate: DebateRoom) -> None:
    room = debate.room
    first = debate.motion
    room.env.backend.delete_message(debate.thread.id, first.id)
    await settled(debate)
    assert debate.motion.id != first.id
    assert "-# 1 person has joined · 1 argument." in texts(debate.motion)
    assert "Kept, privately" in await debate.stance(room.students[1], "against")
    await settled(debate)
    assert "-# 2 people have joined" in texts(debate.motion)


async def test_motion_that_is_deleted_for_good_is_left_in_the_end(debate: DebateRoom) -> None:
    room = debate.room
    await debate.stance(room.students[1], "declined")
    for _ in range(10):
        found = [each for each in room.posted(debate.thread) if texts(each).startswith("## Motion:")]
        for message in found:
            room.env.backend.delete_message(debate.thread.id, message.id)
        await settled(debate)
    motions = [each for each in posts(room.env.http_requests, debate.thread.id) if "## Motion:" in str(each)]
    assert len(motions) == 4
    assert "Your argument is in" in texts(
        reply(
            await room.students[1].submit_modal(
                await room.students[1].click(debate.argument(1), label="Answer argument 1"),
                argument(),
            )
        )
    )


async def test_argument_that_a_moderator_deleted_stays_away_and_takes_no_answers(debate: DebateRoom) -> None:
    room = debate.room
    room.env.backend.delete_message(debate.thread.id, debate.argument(1).id)
    await settled(debate)
    assert all("### Argument 1 " not in texts(each) for each in room.posted(debate.thread))
    refused = await debate.argue(room.students[1], answers="1")
    assert refused.startswith("The argument is hidden by an instructor, so nothing was changed.")
    assert "as number **2**" in await debate.argue(room.students[1])


async def test_outcome_is_posted_once_whatever_becomes_of_the_motion(debate: DebateRoom) -> None:
    room = debate.room
    room.env.backend.delete_message(debate.thread.id, debate.motion.id)
    await room.env.settle()
    await debate.close()
    await settled(debate)
    outcomes = [each for each in room.posted(debate.thread) if texts(each).startswith("## Outcome")]
    assert len(outcomes) == 1


# Discord is unwell


async def test_argument_is_shown_once_discord_takes_messages_again(debate: DebateRoom) -> None:
    room = debate.room
    path = f"/channels/{debate.thread.id}/messages"
    room.env.inject_error("POST", path, status=503, times=None)
    assert "as number **2**" in await debate.argue(room.students[1])
    await room.env.advance_time(20)
    room.env.backend.faults.clear()
    await room.env.advance_time(70)
    assert "### Argument 2 ·" in texts(debate.argument(2))
    assert room.direct_messages(room.instructor) == []


async def test_debate_without_its_thread_is_not_left_behind(classroom: Classroom) -> None:
    classroom.env.inject_error("POST", f"/channels/{classroom.channel.id}/threads", status=500, times=None)
    offered = await classroom.instructor.autocomplete(classroom.channel, "debate open", "claim", "public")
    preview = await classroom.instructor.slash(classroom.channel, "debate open", claim=offered[0]["value"])
    opened = await classroom.instructor.click(reply(preview), label="Open it")
    told = texts(opened.followups[-1])
    assert "something went wrong on my side" in told or "try again" in told
    assert classroom.rows("select * from debate") == []
    classroom.env.backend.faults.clear()
    await open_debate(classroom)


# Restarts


async def test_everything_goes_on_after_a_restart(debate: DebateRoom) -> None:
    room = debate.room
    before = buttons(debate.motion)
    await room.restart()
    assert buttons(debate.motion) == before
    student, other = room.students[:2]
    assert "Your stance before: **For**." in await debate.press(student, "My place")
    assert "Kept, privately" in await debate.stance(other, "against")
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert "as number **2**" in await debate.write(other, form)
    await settled(debate)
    assert "-# 2 people have joined · 2 arguments." in texts(debate.motion)
    assert "2 people joined and 2 of them argued" in await debate.outcome()


async def test_forms_that_were_open_during_a_restart_are_taken(debate: DebateRoom) -> None:
    room = debate.room
    student, other = room.students[1:3]
    stance = await student.click(debate.motion, label="My stance before")
    await debate.stance(student, "declined")
    new_argument = await debate.form(other)
    answer = await student.click(debate.argument(1), label="Answer argument 1")
    await room.restart(away=30)
    told = texts(reply(await student.submit_modal(stance, {"stance": "0", "certainty": "25"})))
    assert told.startswith("Kept, privately: **Undecided, a guess**.")
    assert "as number **2**" in await debate.write(other, new_argument)
    assert "as number **3**" in await debate.write(student, answer)


async def test_what_was_not_shown_before_a_restart_is_shown_after_it(debate: DebateRoom) -> None:
    room = debate.room
    path = f"/channels/{debate.thread.id}/messages"
    room.env.inject_error("POST", path, status=503, times=None)
    await debate.argue(room.students[1])
    room.env.backend.faults.clear()
    await room.restart(away=600)
    assert "### Argument 2 ·" in texts(debate.argument(2))
    await debate.close()
    await room.restart()
    outcomes = [each for each in room.posted(debate.thread) if texts(each).startswith("## Outcome")]
    assert len(outcomes) == 1


async def test_thread_that_was_deleted_while_the_bot_was_away_is_found_out_later(debate: DebateRoom) -> None:
    room = debate.room
    await room.bot.close()
    room.env.backend.delete_channel(debate.thread.id)
    await room.restart()
    asked = await room.instructor.slash(room.channel, "debate close", debate=str(debate.debate_id))
    await room.instructor.click(reply(asked), label="Yes, close it")
    await settled(debate)
    assert room.value("select state from debate") == "closed"
    again = await open_debate(room)
    await again.argue_now()
    assert "is in" in await again.argue(room.students[0])


# Free chat


def noted(classroom: Classroom) -> list[tuple[object, ...]]:
    """What is kept of free chat, in all its columns."""
    return classroom.rows(
        "select user_id, reply_to, length, edited_at is not null, deleted_at is not null from message "
        "order by message_id"
    )


async def test_free_chat_is_kept_as_metadata_only(debate: DebateRoom) -> None:
    room = debate.room
    one, other = room.students[:2]
    first = await one.send(debate.thread, "I have a secret to tell: xylophone.")
    await other.send(debate.thread, "Tell me.", reply_to=first)
    await one.send(room.channel, "This is elsewhere.")
    assert noted(room) == [(one.id, None, None, 0, 0), (other.id, first.id, None, 0, 0)]
    assert room.value("select posted_at from message limit 1").startswith("2026-01-01T")
    assert "xylophone" not in "".join(map(str, everything(room)))


def everything(classroom: Classroom) -> list[tuple[object, ...]]:
    """All rows of all tables."""
    tables = classroom.rows("select name from sqlite_master where type = 'table'")
    return [row for (table,) in tables for row in classroom.rows(f'select * from "{table}"')]


async def test_edits_and_deletions_of_free_chat_are_followed(debate: DebateRoom) -> None:
    room = debate.room
    one, other = room.students[:2]
    sent = [await one.send(debate.thread, f"Message {number}.") for number in range(4)]
    await one.edit(sent[0], "Message zero.")
    await one.delete(sent[1])
    room.env.backend.bulk_delete_messages(debate.thread.id, [sent[2].id, sent[3].id])
    await room.env.settle()
    assert [row[3:] for row in noted(room)] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    await other.send(debate.thread, "Hello.")
    assert "Beside the arguments, 2 people posted 2 messages here." in await debate.outcome()


async def test_messages_of_the_bot_are_no_chat(debate: DebateRoom) -> None:
    await debate.argue(debate.room.students[1])
    assert noted(debate.room) == []
    assert "Beside the arguments" not in await debate.outcome()


async def test_lines_that_discord_writes_are_no_chat(debate: DebateRoom) -> None:
    room = debate.room
    said = await room.students[0].send(debate.thread, "Look at this.")
    room.guild.create_system_message(
        debate.thread, MessageType.PINS_ADD, author=room.students[0], referenced_message=said
    )
    await room.env.settle()
    assert len(noted(room)) == 1
