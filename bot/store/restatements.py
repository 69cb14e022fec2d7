"""Restatements of arguments by those who want to answer them, and what the authors say of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.debate.steelman import Fairness
from bot.ids import ArgumentId, DebateId, InteractionId, LearnerId, RestatementId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.sql import Row, change, first, insert, many

RESTATEMENTS = """
    SELECT s.restatement_id, s.argument_id, l.user_id, s.text, s.at, s.verdict, s.judged_at, h.hidden_at
    FROM restatement AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
    LEFT JOIN hiding AS h ON h.kind = 'restatement' AND h.subject_id = s.restatement_id AND h.shown_at IS NULL
"""
RESTATEMENT = RESTATEMENTS + " WHERE s.restatement_id = :restatement_id"
FROM_INTERACTION = RESTATEMENTS + " WHERE s.interaction_id = :interaction_id"
BY_LEARNER = (
    RESTATEMENTS
    + " WHERE s.argument_id = :argument_id AND s.learner_id = :learner_id ORDER BY s.restatement_id"
)
OF_ARGUMENT = """
    SELECT restatement_id FROM restatement WHERE argument_id = :argument_id
"""
HIDDEN_BY_LEARNER = (
    RESTATEMENTS
    + """
    JOIN argument AS a ON a.argument_id = s.argument_id
    WHERE a.debate_id = :debate_id AND s.learner_id = :learner_id AND h.hiding_id IS NOT NULL
    ORDER BY s.restatement_id
"""
)
COUNT_FAIR = """
    SELECT COUNT(DISTINCT s.argument_id)
    FROM restatement AS s
    JOIN argument AS a ON a.argument_id = s.argument_id
    LEFT JOIN hiding AS h ON h.kind = 'restatement' AND h.subject_id = s.restatement_id AND h.shown_at IS NULL
    WHERE a.debate_id = :debate_id AND s.learner_id = :learner_id AND s.verdict = 'fair' AND h.hiding_id IS NULL
"""
COUNT_BY_PERSON = """
    SELECT l.user_id, COUNT(*)
    FROM restatement AS s
    JOIN argument AS a ON a.argument_id = s.argument_id
    JOIN learner AS l ON l.learner_id = s.learner_id
    WHERE a.debate_id = :debate_id
    GROUP BY l.user_id
"""
JUDGE = """
    UPDATE restatement SET verdict = :verdict, judged_at = :at
    WHERE restatement_id = :restatement_id AND verdict IS NULL
"""


@dataclass(frozen=True, slots=True)
class Restatement:
    """An argument in an opponent's words; ``fairness`` is what its author says of that, None so far.

    One that an instructor has hidden keeps its place; only whoever wrote it is shown its text.
    """

    restatement_id: RestatementId
    argument_id: ArgumentId
    user_id: UserId
    text: str
    at: datetime
    fairness: Fairness | None
    judged_at: datetime | None
    hidden_at: datetime | None = None

    @property
    def counts_as(self) -> Fairness | None:
        """What it is taken for when its writer wants to answer: a hidden one opens the way to nothing."""
        return self.fairness if self.hidden_at is None else Fairness.NOT_YET


def add_restatement(
    db: Database,
    argument_id: ArgumentId,
    learner_id: LearnerId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> RestatementId:
    """Store a restatement, which waits for the author's word."""
    return RestatementId(
        insert(
            db,
            "restatement",
            argument_id=argument_id,
            learner_id=learner_id,
            text=text,
            interaction_id=interaction_id,
            at=to_text(at),
        )
    )


def find_restatement(db: Database, restatement_id: RestatementId) -> Restatement | None:
    """The restatement, or None."""
    row = first(db, RESTATEMENT, restatement_id=restatement_id)
    return None if row is None else _restatement(row)


def restatement_from(db: Database, interaction_id: InteractionId) -> Restatement | None:
    """The restatement that this interaction has already stored, or None."""
    row = first(db, FROM_INTERACTION, interaction_id=interaction_id)
    return None if row is None else _restatement(row)


def restatements_by(db: Database, argument_id: ArgumentId, learner_id: LearnerId) -> list[Restatement]:
    """What a learner has made of an argument, the oldest first."""
    rows = many(db, BY_LEARNER, argument_id=argument_id, learner_id=learner_id)
    return [_restatement(row) for row in rows]


def restatements_of(db: Database, argument_id: ArgumentId) -> list[RestatementId]:
    """What anybody has made of an argument."""
    return [RestatementId(row[0]) for row in many(db, OF_ARGUMENT, argument_id=argument_id)]


def hidden_restatements_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> list[Restatement]:
    """A learner's restatements in a debate that are hidden, the oldest first."""
    rows = many(db, HIDDEN_BY_LEARNER, debate_id=debate_id, learner_id=learner_id)
    return [_restatement(row) for row in rows]


def count_fair_restatements(db: Database, debate_id: DebateId, learner_id: LearnerId) -> int:
    """How many arguments of a debate a learner has restated so that their authors found it fair."""
    row = first(db, COUNT_FAIR, debate_id=debate_id, learner_id=learner_id)
    return 0 if row is None else int(row[0])


def restatement_counts(db: Database, debate_id: DebateId) -> dict[UserId, int]:
    """How many restatements each person has made in a debate, whatever became of them."""
    return {UserId(user_id): count for user_id, count in many(db, COUNT_BY_PERSON, debate_id=debate_id)}


def judge_restatement(db: Database, restatement_id: RestatementId, fairness: Fairness, at: datetime) -> bool:
    """Note what the author says; False, and nothing changed, where that has been said."""
    return change(db, JUDGE, restatement_id=restatement_id, verdict=fairness.value, at=to_text(at)) == 1


def _restatement(row: Row) -> Restatement:
    restatement_id, argument_id, user_id, text, at, verdict, judged_at, hidden_at = row
    return Restatement(
        restatement_id=RestatementId(restatement_id),
        argument_id=ArgumentId(argument_id),
        user_id=UserId(user_id),
        text=text,
        at=from_text(at),
        fairness=None if verdict is None else Fairness(verdict),
        judged_at=from_text_or_none(judged_at),
        hidden_at=from_text_or_none(hidden_at),
    )
