"""Grades of debates: one a learner and debate, private, released by an instructor."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.debate.rubric import Criterion, Marks
from bot.ids import DebateId, GradeId, InteractionId, LearnerId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.sql import Row, change, first, many

GRADES = """
    SELECT g.grade_id, g.debate_id, g.learner_id, l.user_id, g.evidence, g.reasoning, g.engaging, g.civility,
           g.timeliness, g.comment, g.graded_by, g.graded_at, g.interaction_id, g.released_at
    FROM debate_grade AS g
    JOIN learner AS l ON l.learner_id = g.learner_id
"""
GRADE_OF = GRADES + " WHERE g.debate_id = :debate_id AND g.learner_id = :learner_id"
GRADES_OF = GRADES + " WHERE g.debate_id = :debate_id"
SAVE_MARKS = """
    INSERT INTO debate_grade (
        debate_id, learner_id, evidence, reasoning, engaging, civility, timeliness, comment, graded_by, graded_at,
        interaction_id
    )
    VALUES (
        :debate_id, :learner_id, :evidence, :reasoning, :engaging, :civility, :timeliness, '', :graded_by, :at,
        :interaction_id
    )
    ON CONFLICT (debate_id, learner_id) DO UPDATE SET
        evidence = excluded.evidence,
        reasoning = excluded.reasoning,
        engaging = excluded.engaging,
        civility = excluded.civility,
        timeliness = excluded.timeliness,
        graded_by = excluded.graded_by,
        graded_at = excluded.graded_at,
        interaction_id = excluded.interaction_id
"""
SAVE_COMMENT = """
    UPDATE debate_grade
    SET comment = :comment, graded_by = :graded_by, graded_at = :at, interaction_id = :interaction_id
    WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
RELEASE = """
    UPDATE debate_grade SET released_at = :at WHERE grade_id = :grade_id AND released_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class StoredGrade:
    """What an instructor gave somebody. ``version`` is the form that changed it last; it is not released at None."""

    grade_id: GradeId
    debate_id: DebateId
    learner_id: LearnerId
    user_id: UserId
    marks: Marks
    comment: str
    graded_by: UserId
    graded_at: datetime
    version: InteractionId
    released_at: datetime | None


def grade_of(db: Database, debate_id: DebateId, learner_id: LearnerId) -> StoredGrade | None:
    """A learner's grade in a debate, or None."""
    row = first(db, GRADE_OF, debate_id=debate_id, learner_id=learner_id)
    return None if row is None else _grade(row)


def grades_of(db: Database, debate_id: DebateId) -> dict[LearnerId, StoredGrade]:
    """All grades of a debate."""
    found = [_grade(row) for row in many(db, GRADES_OF, debate_id=debate_id)]
    return {each.learner_id: each for each in found}


def save_marks(
    db: Database,
    debate_id: DebateId,
    learner_id: LearnerId,
    marks: Marks,
    graded_by: UserId,
    interaction_id: InteractionId,
    at: datetime,
) -> None:
    """Store marks, or others in place of those before; a comment stays."""
    change(
        db,
        SAVE_MARKS,
        debate_id=debate_id,
        learner_id=learner_id,
        graded_by=graded_by,
        interaction_id=interaction_id,
        at=to_text(at),
        **{criterion.value: marks[criterion] for criterion in Criterion},
    )


def save_comment(
    db: Database,
    debate_id: DebateId,
    learner_id: LearnerId,
    comment: str,
    graded_by: UserId,
    interaction_id: InteractionId,
    at: datetime,
) -> None:
    """Store the comment that goes with marks."""
    change(
        db,
        SAVE_COMMENT,
        debate_id=debate_id,
        learner_id=learner_id,
        comment=comment,
        graded_by=graded_by,
        interaction_id=interaction_id,
        at=to_text(at),
    )


def release_grade(db: Database, grade_id: GradeId, at: datetime) -> bool:
    """Note that a grade is told to its learner; False if it was already."""
    return change(db, RELEASE, grade_id=grade_id, at=to_text(at)) == 1


def _grade(row: Row) -> StoredGrade:
    (
        grade_id, debate_id, learner_id, user_id, evidence, reasoning, engaging, civility, timeliness, comment,
        graded_by, graded_at, version, released_at,
    ) = row  # fmt: skip
    return StoredGrade(
        grade_id=GradeId(grade_id),
        debate_id=DebateId(debate_id),
        learner_id=LearnerId(learner_id),
        user_id=UserId(user_id),
        marks={
            Criterion.EVIDENCE: evidence,
            Criterion.REASONING: reasoning,
            Criterion.ENGAGING: engaging,
            Criterion.CIVILITY: civility,
            Criterion.TIMELINESS: timeliness,
        },
        comment=comment,
        graded_by=UserId(graded_by),
        graded_at=from_text(graded_at),
        version=InteractionId(version),
        released_at=from_text_or_none(released_at),
    )
