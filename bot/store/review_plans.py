"""Who agreed to spaced review, how much of it a day, and when they want to be reminded."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from bot.ids import GuildId, LearnerId, UserId
from bot.store.moments import from_text_or_none, to_text, to_text_or_none
from bot.store.sql import Row, change, first, insert, many

PLAN = """
    SELECT p.learner_id, l.guild_id, l.user_id, p.daily, p.reminder_hour, p.reminder_at, p.reminded_on,
           p.unreachable_at
    FROM review_plan AS p
    JOIN learner AS l ON l.learner_id = p.learner_id
"""
PLAN_OF = PLAN + " WHERE p.learner_id = :learner_id"
PLAN_FOR = PLAN + " WHERE l.guild_id = :guild_id AND l.user_id = :user_id"
REMINDED_IN_GUILD = PLAN + " WHERE l.guild_id = :guild_id AND p.reminder_at IS NOT NULL"
SET_DAILY = """
    UPDATE review_plan SET daily = :daily WHERE learner_id = :learner_id
"""
SET_REMINDER = """
    UPDATE review_plan
    SET reminder_hour = :hour, reminder_at = :reminder_at, unreachable_at = :unreachable_at
    WHERE learner_id = :learner_id
"""
NOTE_REMINDED = """
    UPDATE review_plan SET reminded_on = :day WHERE learner_id = :learner_id
"""
DELETE = """
    DELETE FROM review_plan WHERE learner_id = :learner_id
"""
DUE = """
    SELECT learner_id FROM review_plan WHERE reminder_at <= :at ORDER BY reminder_at LIMIT 100
"""
NEXT_DUE = """
    SELECT MIN(reminder_at) FROM review_plan WHERE reminder_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """A learner's agreement. ``reminder_hour`` is by the server's clock, ``reminder_at`` its next moment.

    ``unreachable_at`` is when reminders ended because no direct message could be sent; None after a new choice.
    """

    learner_id: LearnerId
    guild_id: GuildId
    user_id: UserId
    daily: int
    reminder_hour: int | None
    reminder_at: datetime | None
    reminded_on: date | None
    unreachable_at: datetime | None


def add_plan(db: Database, learner_id: LearnerId, daily: int, at: datetime) -> None:
    """Note that a learner agreed."""
    insert(db, "review_plan", learner_id=learner_id, agreed_at=to_text(at), daily=daily)


def plan_of(db: Database, learner_id: LearnerId) -> Plan | None:
    """A learner's plan, or None without an agreement."""
    row = first(db, PLAN_OF, learner_id=learner_id)
    return None if row is None else _plan(row)


def plan_for(db: Database, guild_id: GuildId, user_id: UserId) -> Plan | None:
    """The plan of a person in a server, or None without an agreement."""
    row = first(db, PLAN_FOR, guild_id=guild_id, user_id=user_id)
    return None if row is None else _plan(row)


def plans_with_reminders(db: Database, guild_id: GuildId) -> list[Plan]:
    """The plans of a server whose learners want to be reminded."""
    return [_plan(row) for row in many(db, REMINDED_IN_GUILD, guild_id=guild_id)]


def set_daily(db: Database, learner_id: LearnerId, daily: int) -> None:
    """Choose how many questions come a day."""
    change(db, SET_DAILY, learner_id=learner_id, daily=daily)


def set_reminder(
    db: Database,
    learner_id: LearnerId,
    hour: int | None,
    reminder_at: datetime | None,
    *,
    unreachable_at: datetime | None = None,
) -> None:
    """Choose an hour and its next moment, or None for no reminders."""
    change(
        db,
        SET_REMINDER,
        learner_id=learner_id,
        hour=hour,
        reminder_at=to_text_or_none(reminder_at),
        unreachable_at=to_text_or_none(unreachable_at),
    )


def note_reminded(db: Database, learner_id: LearnerId, day: date) -> None:
    """Note the day of a reminder, so that there is no second one on it."""
    change(db, NOTE_REMINDED, learner_id=learner_id, day=day.isoformat())


def delete_plan(db: Database, learner_id: LearnerId) -> None:
    """Forget that a learner agreed."""
    change(db, DELETE, learner_id=learner_id)


def due_reminders(db: Database, at: datetime) -> list[int]:
    """The learners whose moment to be reminded has come, the longest waiting first; at most 100."""
    return [row[0] for row in many(db, DUE, at=to_text(at))]


def next_reminder_due(db: Database) -> datetime | None:
    """The earliest moment at which anybody is to be reminded."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def _plan(row: Row) -> Plan:
    learner_id, guild_id, user_id, daily, hour, reminder_at, reminded_on, unreachable_at = row
    return Plan(
        LearnerId(learner_id),
        GuildId(guild_id),
        UserId(user_id),
        daily,
        hour,
        from_text_or_none(reminder_at),
        None if reminded_on is None else date.fromisoformat(reminded_on),
        from_text_or_none(unreachable_at),
    )
