"""How threads are meant to be, as far as a bot may make them so."""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.ids import ChannelId, GuildId
from bot.store.sql import Row, change, first, many

WISHES = """
    SELECT thread_id, guild_id, locked, slowmode, tag, revision, problem FROM thread_wish
"""
WAITING = WISHES + " WHERE revision > done_revision ORDER BY thread_id LIMIT 100"
WISH = WISHES + " WHERE thread_id = :thread_id"
ANY_WAITING = """
    SELECT 1 FROM thread_wish WHERE revision > done_revision LIMIT 1
"""
SAVE = """
    INSERT INTO thread_wish (thread_id, guild_id, locked, slowmode, tag, revision, done_revision)
    VALUES (:thread_id, :guild_id, :locked, :slowmode, :tag, 1, 0)
    ON CONFLICT (thread_id) DO UPDATE SET
        locked = excluded.locked, slowmode = excluded.slowmode, tag = excluded.tag,
        revision = thread_wish.revision + 1
    WHERE excluded.locked <> thread_wish.locked OR excluded.slowmode <> thread_wish.slowmode
          OR excluded.tag IS NOT thread_wish.tag
"""
DONE = """
    UPDATE thread_wish
    SET done_revision = MAX(done_revision, :revision), problem = COALESCE(:problem, problem)
    WHERE thread_id = :thread_id
"""


@dataclass(frozen=True, slots=True)
class ThreadWish:
    """What a thread should be like: ``slowmode`` in seconds, 0 for none; ``tag`` for a forum's post.

    ``problem`` is why it could not be made so the last time that it could not.
    """

    thread_id: ChannelId
    guild_id: GuildId
    locked: bool
    slowmode: int
    tag: str | None
    revision: int
    problem: str | None


def wish_for(
    db: Database,
    thread_id: ChannelId,
    guild_id: GuildId,
    *,
    locked: bool,
    slowmode: int,
    tag: str | None = None,
) -> None:
    """Say how a thread should be; nothing happens where that has been said."""
    change(
        db,
        SAVE,
        thread_id=thread_id,
        guild_id=guild_id,
        locked=int(locked),
        slowmode=slowmode,
        tag=tag,
    )


def waiting_wishes(db: Database) -> list[ThreadWish]:
    """The threads that are not known to be as they should, at most 100."""
    return [_wish(row) for row in many(db, WAITING)]


def any_wish_waits(db: Database) -> bool:
    """Whether there is such a thread."""
    return first(db, ANY_WAITING) is not None


def find_wish(db: Database, thread_id: ChannelId) -> ThreadWish | None:
    """What is wished of a thread, or None."""
    row = first(db, WISH, thread_id=thread_id)
    return None if row is None else _wish(row)


def wish_done(db: Database, thread_id: ChannelId, revision: int, problem: str | None) -> None:
    """Note that a thread is as it should be, or why it cannot be made so."""
    change(db, DONE, thread_id=thread_id, revision=revision, problem=problem)


def _wish(row: Row) -> ThreadWish:
    thread_id, guild_id, locked, slowmode, tag, revision, problem = row
    return ThreadWish(ChannelId(thread_id), GuildId(guild_id), bool(locked), slowmode, tag, revision, problem)
