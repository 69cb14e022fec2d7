"""Nudges: when a stage is far enough for them, who was nudged in which debate, and who wants none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.debate.nudging import NudgeKind
from bot.ids import DebateId, LearnerId, NudgeId, StageId, UserId
from bot.store.moments import from_text_or_none, to_text, to_text_or_none
from bot.store.sql import change, first, insert, many

SAVE_MOMENT = """
    INSERT INTO nudge_moment (stage_id, debate_id, length, due_at)
    VALUES (:stage_id, :debate_id, :length, :due_at)
    ON CONFLICT (stage_id) DO UPDATE SET
        length = excluded.length,
        due_at = CASE WHEN nudge_moment.done_at IS NULL THEN excluded.due_at END
"""
LENGTH = """
    SELECT length FROM nudge_moment WHERE stage_id = :stage_id
"""
DONE = """
    UPDATE nudge_moment SET due_at = NULL, done_at = COALESCE(done_at, :at) WHERE debate_id = :debate_id
"""
DUE = """
    SELECT debate_id FROM nudge_moment WHERE due_at <= :at ORDER BY due_at LIMIT 100
"""
NEXT_DUE = """
    SELECT MIN(due_at) FROM nudge_moment WHERE due_at IS NOT NULL
"""
DUE_AT = """
    SELECT MIN(due_at) FROM nudge_moment WHERE debate_id = :debate_id AND due_at IS NOT NULL
"""
NUDGED = """
    SELECT learner_id FROM nudge WHERE debate_id = :debate_id
"""
UNWILLING = """
    SELECT r.learner_id
    FROM nudge_refusal AS r
    JOIN debater AS m ON m.learner_id = r.learner_id
    WHERE m.debate_id = :debate_id
"""
NUDGE = """
    SELECT n.nudge_id, n.debate_id, n.learner_id, l.user_id, n.kind
    FROM nudge AS n
    JOIN learner AS l ON l.learner_id = n.learner_id
    WHERE n.nudge_id = :nudge_id
"""
OF_LEARNER = """
    SELECT nudge_id FROM nudge WHERE learner_id = :learner_id
"""
OF_DEBATE = """
    SELECT nudge_id FROM nudge WHERE debate_id = :debate_id
"""
REFUSE = """
    INSERT INTO nudge_refusal (learner_id, refused_at) VALUES (:learner_id, :at)
    ON CONFLICT (learner_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Nudge:
    """A nudge that somebody was given."""

    nudge_id: NudgeId
    debate_id: DebateId
    learner_id: LearnerId
    user_id: UserId
    kind: NudgeKind


def set_nudge_moment(
    db: Database, stage_id: StageId, debate_id: DebateId, length: timedelta, due_at: datetime | None
) -> None:
    """Note when people are nudged in a stage that lasts so long; None: not while no clock runs. Once is enough."""
    change(
        db,
        SAVE_MOMENT,
        stage_id=stage_id,
        debate_id=debate_id,
        length=length.total_seconds(),
        due_at=to_text_or_none(due_at),
    )


def length_of_stage(db: Database, stage_id: StageId) -> timedelta | None:
    """How long a stage lasts, as far as that was noted."""
    row = first(db, LENGTH, stage_id=stage_id)
    return None if row is None else timedelta(seconds=row[0])


def nudge_due_at(db: Database, debate_id: DebateId) -> datetime | None:
    """When the people in a debate are nudged next, or None."""
    row = first(db, DUE_AT, debate_id=debate_id)
    return None if row is None else from_text_or_none(row[0])


def nudging_done(db: Database, debate_id: DebateId, at: datetime) -> None:
    """Note that nobody is nudged any more in the stages of a debate so far."""
    change(db, DONE, debate_id=debate_id, at=to_text(at))


def due_nudges(db: Database, at: datetime) -> list[int]:
    """The debates in which people are to be nudged, the longest waiting first; at most 100."""
    return [row[0] for row in many(db, DUE, at=to_text(at))]


def next_nudge_due(db: Database) -> datetime | None:
    """The earliest moment at which people are to be nudged."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def not_to_nudge(db: Database, debate_id: DebateId) -> set[LearnerId]:
    """Who was nudged in this debate already, or wants no nudges at all."""
    nudged = many(db, NUDGED, debate_id=debate_id)
    return {LearnerId(row[0]) for row in (*nudged, *many(db, UNWILLING, debate_id=debate_id))}


def add_nudge(
    db: Database, debate_id: DebateId, learner_id: LearnerId, kind: NudgeKind, at: datetime
) -> NudgeId:
    """Note that somebody is nudged: once a debate."""
    return NudgeId(
        insert(
            db,
            "nudge",
            debate_id=debate_id,
            learner_id=learner_id,
            kind=kind.value,
            nudged_at=to_text(at),
        )
    )


def find_nudge(db: Database, nudge_id: NudgeId) -> Nudge | None:
    """The nudge, or None."""
    row = first(db, NUDGE, nudge_id=nudge_id)
    if row is None:
        return None
    found_id, debate_id, learner_id, user_id, kind = row
    return Nudge(
        NudgeId(found_id), DebateId(debate_id), LearnerId(learner_id), UserId(user_id), NudgeKind(kind)
    )


def nudges_of_learner(db: Database, learner_id: LearnerId) -> list[NudgeId]:
    """All nudges that a learner was given."""
    return [NudgeId(row[0]) for row in many(db, OF_LEARNER, learner_id=learner_id)]


def nudges_in(db: Database, debate_id: DebateId) -> list[NudgeId]:
    """All nudges of a debate."""
    return [NudgeId(row[0]) for row in many(db, OF_DEBATE, debate_id=debate_id)]


def refuse_nudges(db: Database, learner_id: LearnerId, at: datetime) -> None:
    """Note that a learner wants no nudges any more."""
    change(db, REFUSE, learner_id=learner_id, at=to_text(at))
