"""Attempts at assignments, which are runs: a learner's own, everybody's, and who has not begun."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import AssignmentId, GuildId, LearnerId, RunId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.rulings import NOT_DROPPED
from bot.store.sql import Row, change, first, many

ATTEMPTS = f"""
    SELECT r.run_id, r.owner_id, r.created_at, r.closes_at, r.ended_at, COUNT(*),
           TOTAL(a.answer_id IS NOT NULL), TOTAL({NOT_DROPPED}), TOTAL(a.fraction * ({NOT_DROPPED}))
    FROM run AS r
    JOIN round AS o ON o.run_id = r.run_id
    LEFT JOIN answer AS a ON a.round_id = o.round_id
    WHERE r.assignment_id = :assignment_id
"""
ATTEMPTS_OF = ATTEMPTS + " AND r.owner_id = :owner_id GROUP BY r.run_id ORDER BY r.run_id"
ATTEMPTS_OF_ALL = ATTEMPTS + " GROUP BY r.run_id ORDER BY r.owner_id, r.run_id"
# Whoever has not answered anything for long may have left the server, which the bot is not told.
AROUND = """
    SELECT l.learner_id, l.user_id, l.reminders_off_at IS NOT NULL
    FROM learner AS l
    WHERE l.guild_id = :guild_id
          AND (l.first_seen_at >= :since
               OR EXISTS (SELECT 1 FROM answer AS a
                          WHERE a.learner_id = l.learner_id AND a.answered_at >= :since))
    ORDER BY l.learner_id
"""
OPEN_ATTEMPTS = """
    SELECT run_id, owner_id, created_at FROM run
    WHERE assignment_id = :assignment_id AND state <> 'ended' AND closes_at >= :at
"""
OPEN_ATTEMPTS_OF_PERSON = """
    SELECT r.run_id, r.assignment_id, r.created_at
    FROM run AS r
    WHERE r.guild_id = :guild_id AND r.mode = 'assignment' AND r.owner_id = :owner_id AND r.state <> 'ended'
          AND r.closes_at >= :at
"""
MOVE_END = """
    UPDATE run SET closes_at = :closes_at, due_at = :due_at WHERE run_id = :run_id AND state <> 'ended'
"""
REMINDERS = """
    SELECT reminders_off_at FROM learner WHERE learner_id = :learner_id
"""
SET_REMINDERS = """
    UPDATE learner SET reminders_off_at = :off_at WHERE learner_id = :learner_id
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt of a learner. ``points`` is the sum of credit (1 a question) over the ``counting`` questions.

    ``asked`` counts all questions, ``counting`` those that the server has not dropped.
    """

    run_id: RunId
    user_id: UserId
    begun_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    asked: int
    answered: int
    counting: int
    points: float

    @property
    def score(self) -> float:
        """The share of the credit there was, 0 to 1; what was not answered counts as 0. 0 where nothing counts."""
        return self.points / self.counting if self.counting else 0.0

    def is_over(self, at: datetime) -> bool:
        """Whether it was handed in, or its time is up."""
        return self.ended_at is not None or at > self.closes_at


@dataclass(frozen=True, slots=True)
class Around:
    """A learner who has been active lately; ``unwilling`` to be reminded of assignments."""

    learner_id: LearnerId
    user_id: UserId
    unwilling: bool


def attempts_of(db: Database, assignment_id: AssignmentId, owner_id: UserId) -> list[Attempt]:
    """A learner's attempts, the first one first."""
    return [_attempt(row) for row in many(db, ATTEMPTS_OF, assignment_id=assignment_id, owner_id=owner_id)]


def attempts_at(db: Database, assignment_id: AssignmentId) -> list[Attempt]:
    """Everybody's attempts, learner by learner, the first one first."""
    return [_attempt(row) for row in many(db, ATTEMPTS_OF_ALL, assignment_id=assignment_id)]


def open_attempts(
    db: Database, assignment_id: AssignmentId, at: datetime
) -> list[tuple[RunId, UserId, datetime]]:
    """The attempts that take answers: run, learner, and when it was begun."""
    rows = many(db, OPEN_ATTEMPTS, assignment_id=assignment_id, at=to_text(at))
    return [(RunId(run_id), UserId(owner_id), from_text(begun_at)) for run_id, owner_id, begun_at in rows]


def open_attempts_of(
    db: Database, guild_id: GuildId, owner_id: UserId, at: datetime
) -> list[tuple[RunId, AssignmentId, datetime]]:
    """A learner's attempts that take answers: run, assignment, and when it was begun."""
    rows = many(db, OPEN_ATTEMPTS_OF_PERSON, guild_id=guild_id, owner_id=owner_id, at=to_text(at))
    return [(RunId(run_id), AssignmentId(of), from_text(begun_at)) for run_id, of, begun_at in rows]


def move_end(db: Database, run_id: RunId, closes_at: datetime, due_at: datetime) -> None:
    """Set until when an open attempt takes answers, and when the clock ends it."""
    change(db, MOVE_END, run_id=run_id, closes_at=to_text(closes_at), due_at=to_text(due_at))


def learners_around(db: Database, guild_id: GuildId, since: datetime) -> list[Around]:
    """The learners of a server who came or answered something since then."""
    rows = many(db, AROUND, guild_id=guild_id, since=to_text(since))
    return [
        Around(LearnerId(learner_id), UserId(user_id), bool(unwilling))
        for learner_id, user_id, unwilling in rows
    ]


def wants_reminders(db: Database, learner_id: LearnerId) -> bool:
    """Whether a learner has not said that reminders of assignments are unwanted."""
    row = first(db, REMINDERS, learner_id=learner_id)
    return row is not None and row[0] is None


def choose_reminders(db: Database, learner_id: LearnerId, off_at: datetime | None) -> None:
    """Note since when a learner wants no reminders of assignments; None: they are welcome."""
    change(db, SET_REMINDERS, learner_id=learner_id, off_at=to_text_or_none(off_at))


def _attempt(row: Row) -> Attempt:
    run_id, owner_id, begun_at, closes_at, ended_at, asked, answered, counting, points = row
    return Attempt(
        run_id=RunId(run_id),
        user_id=UserId(owner_id),
        begun_at=from_text(begun_at),
        closes_at=from_text(closes_at),
        ended_at=from_text_or_none(ended_at),
        asked=asked,
        answered=int(answered),
        counting=int(counting),
        points=points,
    )
