"""Tracked threads: what is discussed where, and the metadata of messages. Never a message's text."""

from datetime import datetime

from sqlite_utils import Database

from bot.errors import NotFound
from bot.ids import ChannelId, GuildId, MessageId, RoundId
from bot.quiz.run import Round, RoundState, RunMode
from bot.store.boards import BoardKind, board_for, raise_board
from bot.store.runs import find_round, votes_at
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

    A first vote that is over may be discussed, and the second one then goes on in the same thread. Raises
    ``NotFound`` for a question of another server or one that is still open.
    """
    asked = find_round(db, round_id)
    if asked is None or asked.guild_id != guild_id or asked.mode is not RunMode.LIVE:
        raise NotFound("question")
    if asked.state not in (RoundState.CLOSED, RoundState.HIDDEN):
        raise NotFound("result of this question")
    board = board_for(db, BoardKind.ROUND, round_id)
    return asked, discussion_of(db, asked), None if board is None else board.message_id


def discussion_of(db: Database, asked: Round) -> ChannelId | None:
    """The thread in which a question is discussed, begun with either of its votes; or None."""
    votes = [asked] if asked.vote == 1 else reversed(votes_at(db, asked.run_id, asked.position))
    threads = (thread_for(db, ThreadKind.DISCUSSION, vote.round_id) for vote in votes)
    return next((thread_id for thread_id in threads if thread_id is not None), None)


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
