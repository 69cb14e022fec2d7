"""What instructors have hidden of what people wrote in debates, and what they have shown again since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import DebateId, GuildId, HidingId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.sql import Row, change, first, insert, many


class HideableKind(StrEnum):
    """What can be hidden; the subject is an argument, a restatement, or a version of a joint statement, by its id."""

    ARGUMENT = "argument"
    RESTATEMENT = "restatement"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Hiding:
    """A text that was hidden; ``shown_at`` is None while it is. ``hidden_by`` is None: its message was deleted."""

    hiding_id: HidingId
    guild_id: GuildId
    debate_id: DebateId
    kind: HideableKind
    subject_id: int
    hidden_by: UserId | None
    hidden_at: datetime
    shown_at: datetime | None


HIDINGS = """
    SELECT hiding_id, guild_id, debate_id, kind, subject_id, hidden_by, hidden_at, shown_at FROM hiding
"""
HIDING = HIDINGS + " WHERE hiding_id = :hiding_id AND guild_id = :guild_id"
IN_FORCE = HIDINGS + " WHERE kind = :kind AND subject_id = :subject_id AND shown_at IS NULL"
OF_GUILD = HIDINGS + " WHERE guild_id = :guild_id ORDER BY hiding_id DESC LIMIT :most OFFSET :skip"
COUNT = """
    SELECT COUNT(*) FROM hiding WHERE guild_id = :guild_id
"""
SHOW = """
    UPDATE hiding SET shown_by = :shown_by, shown_at = :at WHERE hiding_id = :hiding_id AND shown_at IS NULL
"""


def add_hiding(
    db: Database,
    guild_id: GuildId,
    debate_id: DebateId,
    kind: HideableKind,
    subject_id: int,
    hidden_by: UserId | None,
    at: datetime,
) -> HidingId:
    """Hide a text that is not hidden."""
    return HidingId(
        insert(
            db,
            "hiding",
            guild_id=guild_id,
            debate_id=debate_id,
            kind=kind.value,
            subject_id=subject_id,
            hidden_by=hidden_by,
            hidden_at=to_text(at),
        )
    )


def find_hiding(db: Database, guild_id: GuildId, hiding_id: HidingId) -> Hiding | None:
    """What that server has hidden, or None."""
    row = first(db, HIDING, hiding_id=hiding_id, guild_id=guild_id)
    return None if row is None else _hiding(row)


def is_hidden(db: Database, kind: HideableKind, subject_id: int) -> bool:
    """Whether a text is hidden now."""
    return first(db, IN_FORCE, kind=kind.value, subject_id=subject_id) is not None


def end_hiding(db: Database, hiding_id: HidingId, shown_by: UserId, at: datetime) -> bool:
    """Show a text again; False, and nothing changed, where somebody has."""
    return change(db, SHOW, hiding_id=hiding_id, shown_by=shown_by, at=to_text(at)) == 1


def hidings_of(db: Database, guild_id: GuildId, *, skip: int, most: int) -> list[Hiding]:
    """What a server has hidden, the newest first."""
    return [_hiding(row) for row in many(db, OF_GUILD, guild_id=guild_id, skip=skip, most=most)]


def count_hidings(db: Database, guild_id: GuildId) -> int:
    """How often a server has hidden something."""
    row = first(db, COUNT, guild_id=guild_id)
    return 0 if row is None else int(row[0])


def _hiding(row: Row) -> Hiding:
    hiding_id, guild_id, debate_id, kind, subject_id, hidden_by, hidden_at, shown_at = row
    return Hiding(
        HidingId(hiding_id),
        GuildId(guild_id),
        DebateId(debate_id),
        HideableKind(kind),
        subject_id,
        None if hidden_by is None else UserId(hidden_by),
        from_text(hidden_at),
        from_text_or_none(shown_at),
    )
