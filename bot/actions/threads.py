"""Tracked threads: what is discussed where, and the metadata of messages. Never a message's text."""

from datetime import datetime

from sqlite_utils import Database

from bot.errors import NotFound
from bot.ids import ChannelId, GuildId, MessageId, RoundId
from bot.quiz.run import Round, RoundState, RunMode
from bot.store.boards import BoardKind, board_for, raise_board
from bot.store.runs import find_round
from bot.store.threads import MessageFacts as MessageFacts
from bot.store.threads import (
    ThreadKind,
    add_message,
    is_tracked,
    message_deleted,
    message_edited,
    thread_for,
    track_thread,
)


def discussion_place(
    db: Database, *, guild_id: GuildId, round_id: RoundId
) -> tuple[Round, ChannelId | None, MessageId | None]:
    """Where a closed question is discussed: the round, its thread if there is one, its message if known.

    Raises ``NotFound`` for a question of another server or one that is still open.
    """
    asked = find_round(db, round_id)
    if asked is None or asked.guild_id != guild_id or asked.mode is not RunMode.LIVE:
        raise NotFound("question")
    if asked.state is not RoundState.CLOSED:
        raise NotFound("result of this question")
    board = board_for(db, BoardKind.ROUND, round_id)
    return asked, thread_for(db, ThreadKind.DISCUSSION, round_id), None if board is None else board.message_id


def track_discussion(
    db: Database, *, guild_id: GuildId, round_id: RoundId, thread_id: ChannelId, at: datetime
) -> None:
    """Note the thread in which a question is discussed; its message then links to it. Raises ``NotFound``."""
    discussion_place(db, guild_id=guild_id, round_id=round_id)
    track_thread(db, thread_id, guild_id, ThreadKind.DISCUSSION, round_id, at)
    raise_board(db, BoardKind.ROUND, round_id)


def note_message(db: Database, *, facts: MessageFacts) -> bool:
    """Keep a message's metadata if its thread is tracked; gives whether it is."""
    if not is_tracked(db, facts.thread_id):
        return False
    add_message(db, facts)
    return True


def note_edit(db: Database, *, message_id: MessageId, length: int | None, at: datetime) -> None:
    """Follow an edit."""
    message_edited(db, message_id, length, at)


def forget_message(db: Database, *, message_ids: list[MessageId], at: datetime) -> None:
    """Follow a deletion, of one message or many."""
    for message_id in message_ids:
        message_deleted(db, message_id, at)
