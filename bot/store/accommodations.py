"""Accommodations of learners, set once for every quiz, and the live questions that wait because of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import GuildId, LearnerId, RoundId, RunId, UserId
from bot.quiz.accommodation import NO_ACCOMMODATION, Accommodation
from bot.store.moments import from_text, to_text
from bot.store.sql import change, first, many

OF_LEARNER = """
    SELECT a.factor, a.untimed
    FROM accommodation AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    WHERE l.guild_id = :guild_id AND l.user_id = :user_id
"""
OF_GUILD = """
    SELECT l.user_id, a.factor, a.untimed
    FROM accommodation AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    WHERE l.guild_id = :guild_id
    ORDER BY l.user_id
"""
SAVE = """
    INSERT INTO accommodation (learner_id, factor, untimed, set_by, set_at)
    VALUES (:learner_id, :factor, :untimed, :set_by, :at)
    ON CONFLICT (learner_id) DO UPDATE SET
        factor = excluded.factor, untimed = excluded.untimed, set_by = excluded.set_by, set_at = excluded.set_at
"""
REMOVE = """
    DELETE FROM accommodation WHERE learner_id = :learner_id
"""
AWAITED = """
    SELECT a.factor, a.untimed
    FROM participant AS p
    JOIN accommodation AS a ON a.learner_id = p.learner_id
    WHERE p.run_id = :run_id
          AND NOT EXISTS (
              SELECT 1 FROM answer AS w WHERE w.round_id = :round_id AND w.learner_id = p.learner_id
          )
"""
BEGIN_OVERTIME = """
    INSERT INTO overtime (round_id, closes_at, due_at) VALUES (:round_id, :closes_at, :due_at)
    ON CONFLICT (round_id) DO UPDATE SET closes_at = excluded.closes_at, due_at = excluded.due_at
"""
OVERTIME = """
    SELECT closes_at, due_at FROM overtime WHERE round_id = :round_id
"""


@dataclass(frozen=True, slots=True)
class Overtime:
    """A question whose end for the class, ``closes_at``, has passed while somebody has time left.

    ``due_at`` is when the run was due for that end, by this machine's clock.
    """

    closes_at: datetime
    due_at: datetime


def accommodation_of(db: Database, guild_id: GuildId, user_id: UserId) -> Accommodation:
    """What a person has in this server; ``NO_ACCOMMODATION`` where nothing was set."""
    row = first(db, OF_LEARNER, guild_id=guild_id, user_id=user_id)
    return NO_ACCOMMODATION if row is None else accommodation_from(*row)


def accommodations_of_guild(db: Database, guild_id: GuildId) -> list[tuple[UserId, Accommodation]]:
    """Everybody in this server who has one."""
    rows = many(db, OF_GUILD, guild_id=guild_id)
    return [(UserId(user_id), accommodation_from(factor, untimed)) for user_id, factor, untimed in rows]


def save_accommodation(
    db: Database, learner_id: LearnerId, accommodation: Accommodation, set_by: UserId, at: datetime
) -> None:
    """Set a learner's accommodation, in place of an earlier one."""
    change(
        db,
        SAVE,
        learner_id=learner_id,
        factor=accommodation.factor,
        untimed=int(accommodation.untimed),
        set_by=set_by,
        at=to_text(at),
    )


def remove_accommodation_of(db: Database, learner_id: LearnerId) -> bool:
    """Take a learner's accommodation back; False where there was none."""
    return change(db, REMOVE, learner_id=learner_id) == 1


def awaited_accommodations(db: Database, run_id: RunId, round_id: RoundId) -> list[Accommodation]:
    """The accommodations of those participants who have one and have not answered this question."""
    return [accommodation_from(*row) for row in many(db, AWAITED, run_id=run_id, round_id=round_id)]


def begin_overtime(db: Database, round_id: RoundId, closes_at: datetime, due_at: datetime) -> None:
    """Note that the class's time for a question is over, and somebody's is not."""
    change(db, BEGIN_OVERTIME, round_id=round_id, closes_at=to_text(closes_at), due_at=to_text(due_at))


def overtime_of(db: Database, round_id: RoundId, closes_at: datetime | None) -> Overtime | None:
    """The overtime of a question that ends for the class at ``closes_at``; None if that end has not passed.

    An end that was moved since, by more time or by a pause, is another end.
    """
    row = first(db, OVERTIME, round_id=round_id)
    if row is None or closes_at is None or from_text(row[0]) != closes_at:
        return None
    return Overtime(closes_at, from_text(row[1]))


def accommodation_from(factor: float | None, untimed: int | None) -> Accommodation:
    """The accommodation in two columns; none where they are empty."""
    return NO_ACCOMMODATION if factor is None else Accommodation(factor, bool(untimed))
