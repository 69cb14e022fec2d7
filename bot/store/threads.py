"""Tracked threads and the metadata of their messages: never a message's text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import ChannelId, GuildId, MessageId, UserId
from bot.store.moments import to_text
from bot.store.sql import change, first, many


class ThreadKind(StrEnum):
    """What a tracked thread is for; ``subject_id`` is a run, a round or a debate."""

    RUN = "run"
    DISCUSSION = "discussion"
    DEBATE = "debate"


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What is kept of a message: who, when, in answer to what, how long (None: the text was not visible)."""

    message_id: MessageId
    thread_id: ChannelId
    user_id: UserId
    posted_at: datetime
    reply_to: MessageId | None
    length: int | None


TRACK = """
    INSERT INTO thread (thread_id, guild_id, kind, subject_id, opened_at)
    VALUES (:thread_id, :guild_id, :kind, :subject_id, :at)
    ON CONFLICT (thread_id) DO UPDATE SET deleted_at = NULL
"""
TRACKED = """
    SELECT 1 FROM thread WHERE thread_id = :thread_id AND deleted_at IS NULL
"""
THREAD_OF = """
    SELECT thread_id FROM thread
    WHERE kind = :kind AND subject_id = :subject_id AND deleted_at IS NULL
    ORDER BY opened_at DESC
"""
KIND_OF = """
    SELECT kind, subject_id FROM thread WHERE thread_id = :thread_id
"""
GONE = """
    UPDATE thread SET deleted_at = :at WHERE thread_id = :thread_id AND deleted_at IS NULL
"""
ADD = """
    INSERT INTO message (message_id, thread_id, user_id, reply_to, length, posted_at)
    VALUES (:message_id, :thread_id, :user_id, :reply_to, :length, :posted_at)
    ON CONFLICT (message_id) DO NOTHING
"""
EDITED = """
    UPDATE message SET edited_at = :at, length = COALESCE(:length, length) WHERE message_id = :message_id
"""
DELETED = """
    UPDATE message SET deleted_at = :at WHERE message_id = :message_id AND deleted_at IS NULL
"""
COUNTS = """
    SELECT user_id, COUNT(*) FROM message
    WHERE thread_id = :thread_id AND deleted_at IS NULL
    GROUP BY user_id
"""


def track_thread(
    db: Database, thread_id: ChannelId, guild_id: GuildId, kind: ThreadKind, subject_id: int, at: datetime
) -> None:
    """Begin to note the messages of a thread. A thread that is tracked already stays as it is; one that
    was deleted and opened anew (from the same message, so with the same id) is tracked again."""
    change(
        db,
        TRACK,
        thread_id=thread_id,
        guild_id=guild_id,
        kind=kind.value,
        subject_id=subject_id,
        at=to_text(at),
    )


def is_tracked(db: Database, thread_id: ChannelId) -> bool:
    """Whether the messages of this thread are noted."""
    return first(db, TRACKED, thread_id=thread_id) is not None


def thread_for(db: Database, kind: ThreadKind, subject_id: int) -> ChannelId | None:
    """The newest thread that is there for this, or None."""
    row = first(db, THREAD_OF, kind=kind.value, subject_id=subject_id)
    return None if row is None else ChannelId(row[0])


def thread_subject(db: Database, thread_id: ChannelId) -> tuple[ThreadKind, int] | None:
    """What a tracked thread is for, or None."""
    row = first(db, KIND_OF, thread_id=thread_id)
    return None if row is None else (ThreadKind(row[0]), int(row[1]))


def thread_gone(db: Database, thread_id: ChannelId, at: datetime) -> bool:
    """Note that a thread was deleted; False if it was not tracked or gone already."""
    return change(db, GONE, thread_id=thread_id, at=to_text(at)) == 1


def add_message(db: Database, facts: MessageFacts) -> None:
    """Note a message. The same message delivered twice is noted once."""
    change(
        db,
        ADD,
        message_id=facts.message_id,
        thread_id=facts.thread_id,
        user_id=facts.user_id,
        reply_to=facts.reply_to,
        length=facts.length,
        posted_at=to_text(facts.posted_at),
    )


def message_edited(db: Database, message_id: MessageId, length: int | None, at: datetime) -> None:
    """Note that a message was edited; ``length`` None keeps the one known."""
    change(db, EDITED, message_id=message_id, length=length, at=to_text(at))


def message_deleted(db: Database, message_id: MessageId, at: datetime) -> None:
    """Note that a message was deleted."""
    change(db, DELETED, message_id=message_id, at=to_text(at))


def message_counts(db: Database, thread_id: ChannelId) -> dict[UserId, int]:
    """How many messages (not deleted) each person has in a thread."""
    return {UserId(user_id): count for user_id, count in many(db, COUNTS, thread_id=thread_id)}
