"""Tracked threads: what is discussed where, and what is kept of a message."""

import pytest

from bot.actions.boards import waiting_boards
from bot.actions.lost_channels import channel_gone
from bot.actions.quiz_reports import round_board
from bot.actions.threads import (
    MessageFacts,
    discussion_place,
    forget_message,
    note_edit,
    note_message,
    track_discussion,
)
from bot.errors import NotFound
from bot.ids import MessageId
from bot.quiz.run import Round
from bot.store.boards import BoardKind
from bot.store.threads import ThreadKind, is_tracked, message_counts, thread_subject
from tests.classroom import ANNA, BEN, CHANNEL, GUILD, OTHER_CHANNEL, THREAD, Classroom, plan


@pytest.fixture
def asked(room: Classroom) -> Round:
    """A question whose result is shown."""
    run_id = room.open_live()
    asked = room.start(run_id)
    room.run_out(run_id)
    room.publish()
    return asked


def track(room: Classroom, asked: Round) -> None:
    room.do(track_discussion, guild_id=GUILD, round_id=asked.round_id, thread_id=THREAD, at=room.now)


def facts(
    room: Classroom, number: int, *, reply_to: int | None = None, length: int | None = 10
) -> MessageFacts:
    answered = None if reply_to is None else MessageId(reply_to)
    return MessageFacts(MessageId(number), THREAD, ANNA, room.now, reply_to=answered, length=length)


def test_question_links_to_its_discussion(room: Classroom, asked: Round) -> None:
    place = {"guild_id": GUILD, "round_id": asked.round_id}
    _, thread_id, message_id = discussion_place(room.db, **place)
    assert thread_id is None
    assert message_id is not None
    track(room, asked)
    assert discussion_place(room.db, **place)[1] == THREAD
    assert [board.kind for board in waiting_boards(room.db)] == [BoardKind.ROUND]
    shown = round_board(room.db, round_id=asked.round_id)
    assert shown is not None
    assert shown.discussion == THREAD
    assert thread_subject(room.db, THREAD) == (ThreadKind.DISCUSSION, asked.round_id)


def test_open_question_is_not_discussed(room: Classroom) -> None:
    asked = room.start(room.open_live())
    with pytest.raises(NotFound):
        discussion_place(room.db, guild_id=GUILD, round_id=asked.round_id)
    with pytest.raises(NotFound):
        track(room, asked)


def test_deleted_thread_makes_room_for_another(room: Classroom, asked: Round) -> None:
    track(room, asked)
    room.do(channel_gone, guild_id=GUILD, channel_id=THREAD, at=room.now)
    assert discussion_place(room.db, guild_id=GUILD, round_id=asked.round_id)[1] is None
    assert not is_tracked(room.db, THREAD)


def test_threads_of_quizzes_and_discussions_are_tracked(room: Classroom, asked: Round) -> None:
    track(room, asked)
    room.open_live(channel_id=OTHER_CHANNEL, asked_for=plan(own_thread=True))
    assert is_tracked(room.db, THREAD)
    assert is_tracked(room.db, OTHER_CHANNEL)
    assert not is_tracked(room.db, CHANNEL)


def test_only_metadata_of_tracked_threads_is_kept(room: Classroom, asked: Round) -> None:
    assert not room.do(note_message, facts=facts(room, 1))
    track(room, asked)
    assert room.do(note_message, facts=facts(room, 2, length=42))
    assert room.do(note_message, facts=facts(room, 3, reply_to=2, length=None))
    assert room.rows("SELECT message_id, user_id, reply_to, length FROM message") == [
        (2, ANNA, None, 42),
        (3, ANNA, 2, None),
    ]


def test_message_delivered_twice_is_noted_once(room: Classroom, asked: Round) -> None:
    track(room, asked)
    room.do(note_message, facts=facts(room, 2))
    before = room.contents()
    assert room.do(note_message, facts=facts(room, 2))
    assert room.contents() == before


def test_edits_and_deletions_follow(room: Classroom, asked: Round) -> None:
    track(room, asked)
    for number in (1, 2, 3):
        room.do(note_message, facts=facts(room, number))
    room.do(note_edit, message_id=MessageId(1), length=99, at=room.later(5))
    room.do(note_edit, message_id=MessageId(2), length=None, at=room.now)
    room.do(forget_message, message_ids=[MessageId(2), MessageId(3), MessageId(77)], at=room.later(5))
    before = room.contents()
    room.do(forget_message, message_ids=[MessageId(2)], at=room.later(5))
    assert room.contents() == before, "the first deletion is the one that counts"
    assert room.rows("SELECT length, edited_at <> '', deleted_at <> '' FROM message ORDER BY message_id") == [
        (99, 1, None),
        (10, 1, 1),
        (10, None, 1),
    ]
    assert message_counts(room.db, THREAD) == {ANNA: 1}
    assert BEN not in message_counts(room.db, THREAD)
