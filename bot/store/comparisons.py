"""Pairs of arguments as they were shown to people, and what these said of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.debate.judging import Better, Judged
from bot.ids import ArgumentId, ComparisonId, DebateId, LearnerId, UserId
from bot.store.moments import to_text
from bot.store.sql import Row, change, first, insert, many

COMPARISONS = """
    SELECT c.comparison_id, c.debate_id, l.user_id, c.left_id, c.right_id, c.better
    FROM comparison AS c
    JOIN learner AS l ON l.learner_id = c.learner_id
"""
COMPARISON = COMPARISONS + " WHERE c.comparison_id = :comparison_id"
BY_LEARNER = COMPARISONS + " WHERE c.debate_id = :debate_id AND c.learner_id = :learner_id"
# What was said of an argument that was withdrawn or hidden since says nothing of those that stand.
OF_DEBATE = (
    COMPARISONS
    + """
    JOIN argument AS a ON a.argument_id = c.left_id
    JOIN argument AS b ON b.argument_id = c.right_id
    WHERE c.debate_id = :debate_id AND c.better IS NOT NULL AND c.better <> 'skipped'
          AND a.withdrawn_at IS NULL AND b.withdrawn_at IS NULL
          AND NOT EXISTS (
              SELECT 1 FROM hiding AS h
              WHERE h.kind = 'argument' AND h.subject_id IN (a.argument_id, b.argument_id) AND h.shown_at IS NULL
          )
    ORDER BY c.comparison_id
"""
)
JUDGE = """
    UPDATE comparison SET better = :better, judged_at = :at
    WHERE comparison_id = :comparison_id AND better IS NULL
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pair for one person; ``better`` is None until they have said something of it."""

    comparison_id: ComparisonId
    debate_id: DebateId
    user_id: UserId
    left: ArgumentId
    right: ArgumentId
    better: Better | None


def add_comparison(
    db: Database,
    debate_id: DebateId,
    learner_id: LearnerId,
    left: ArgumentId,
    right: ArgumentId,
    at: datetime,
) -> ComparisonId:
    """Note that a pair is shown to somebody."""
    return ComparisonId(
        insert(
            db,
            "comparison",
            debate_id=debate_id,
            learner_id=learner_id,
            left_id=left,
            right_id=right,
            shown_at=to_text(at),
        )
    )


def find_comparison(db: Database, comparison_id: ComparisonId) -> Comparison | None:
    """The comparison, or None."""
    row = first(db, COMPARISON, comparison_id=comparison_id)
    return None if row is None else _comparison(row)


def comparisons_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> list[Comparison]:
    """All pairs that were shown to one person in a debate."""
    return [_comparison(row) for row in many(db, BY_LEARNER, debate_id=debate_id, learner_id=learner_id)]


def judged_in(db: Database, debate_id: DebateId) -> list[tuple[UserId, Judged[ArgumentId]]]:
    """What people said of pairs in a debate, each with who; only of arguments that stand, and nothing skipped."""
    found = [_comparison(row) for row in many(db, OF_DEBATE, debate_id=debate_id)]
    return [
        (each.user_id, Judged(each.left, each.right, each.better))
        for each in found
        if each.better is not None
    ]


def judge_comparison(db: Database, comparison_id: ComparisonId, better: Better, at: datetime) -> bool:
    """Note what somebody says of a pair; False, and nothing changed, where that has been said."""
    return change(db, JUDGE, comparison_id=comparison_id, better=better.value, at=to_text(at)) == 1


def _comparison(row: Row) -> Comparison:
    comparison_id, debate_id, user_id, left, right, better = row
    return Comparison(
        ComparisonId(comparison_id),
        DebateId(debate_id),
        UserId(user_id),
        ArgumentId(left),
        ArgumentId(right),
        None if better is None else Better(better),
    )
