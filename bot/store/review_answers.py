"""The answers that spaced review goes by: each learner's latest one to each item, whatever it was asked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.ids import InteractionId, ItemId, LearnerId, RoundId
from bot.quiz.certainty import Certainty
from bot.quiz.run import RunMode
from bot.store.known import ANSWER_KNOWN
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, first, many

ANSWERS = """
    FROM answer AS a
    JOIN round AS o ON o.round_id = a.round_id
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE a.learner_id = :learner_id
"""
# A card tells that an answer was not right, and its review shows everything.
# SQLite takes the columns beside MAX from the row that has the maximum; interactions are numbered by time.
LATEST = f"""
    SELECT v.item_id, a.round_id, r.mode, a.outcome, a.certainty, a.answered_at, MAX(a.interaction_id)
    {ANSWERS} AND {ANSWER_KNOWN}
    GROUP BY v.item_id
"""
OF_ROUND = f"""
    SELECT v.item_id, a.round_id, r.mode, a.outcome, a.certainty, a.answered_at, a.interaction_id
    {ANSWERS} AND a.round_id = :round_id AND o.state = 'closed'
"""


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An answer to an item whose question is closed."""

    item_id: ItemId
    round_id: RoundId
    mode: RunMode
    outcome: Outcome
    certainty: Certainty | None
    answered_at: datetime
    interaction_id: InteractionId


def latest_answers(db: Database, learner_id: LearnerId, at: datetime) -> list[ItemAnswer]:
    """A learner's latest answer to each item, of those of which nothing is held back."""
    return [_answer(row) for row in many(db, LATEST, learner_id=learner_id, at=to_text(at))]


def answer_to_round(db: Database, learner_id: LearnerId, round_id: RoundId) -> ItemAnswer | None:
    """A learner's answer to a round that is closed, or None."""
    row = first(db, OF_ROUND, learner_id=learner_id, round_id=round_id)
    return None if row is None else _answer(row)


def _answer(row: Row) -> ItemAnswer:
    item_id, round_id, mode, outcome, certainty, answered_at, interaction_id = row
    return ItemAnswer(
        ItemId(item_id),
        RoundId(round_id),
        RunMode(mode),
        Outcome(outcome),
        None if certainty is None else Certainty(certainty),
        from_text(answered_at),
        InteractionId(interaction_id),
    )
