"""Answers: one a learner and round, changeable by a newer click only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from bot.bank.grade import Grade, Outcome
from bot.bank.response import Response, response_from_json, response_to_json
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, RunId, SetId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Seen
from bot.store.known import RESULT_COUNTS
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.sql import Row, change, first, many

ANSWER = """
    SELECT a.round_id, l.user_id, a.response, a.outcome, a.fraction, a.near_miss, a.interaction_id,
           a.certainty, a.answered_at, a.revealed_at
    FROM answer AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
"""
ANSWER_OF = ANSWER + " WHERE a.round_id = :round_id AND a.learner_id = :learner_id"
ANSWERS_OF_ROUND = ANSWER + " WHERE a.round_id = :round_id ORDER BY a.answer_id"
ANSWERS_OF_RUN = (
    ANSWER
    + """
    JOIN round AS o ON o.round_id = a.round_id
    WHERE o.run_id = :run_id
    ORDER BY o.position, o.vote, a.answer_id
"""
)
LATEST_BY_ITEM = f"""
    SELECT i.key, a.outcome, a.answered_at, MAX(a.interaction_id)
    FROM answer AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    JOIN round AS o ON o.round_id = a.round_id
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    JOIN item AS i ON i.item_id = v.item_id
    WHERE l.guild_id = :guild_id AND l.user_id = :user_id AND i.set_id = :set_id AND {RESULT_COUNTS}
    GROUP BY i.item_id
"""
SCORES = """
    SELECT o.run_id, COUNT(*), TOTAL(a.fraction)
    FROM round AS o
    LEFT JOIN answer AS a ON a.round_id = o.round_id
    WHERE o.run_id IN (SELECT value FROM json_each(:run_ids)) AND o.state <> 'skipped'
    GROUP BY o.run_id
"""
COUNT = """
    SELECT COUNT(*) FROM answer WHERE round_id = :round_id
"""
SAVE = """
    INSERT INTO answer (round_id, learner_id, response, outcome, fraction, near_miss, interaction_id,
                        changes, first_at, answered_at)
    VALUES (:round_id, :learner_id, :response, :outcome, :fraction, :near_miss, :interaction_id,
            0, :at, :at)
    ON CONFLICT (round_id, learner_id) DO UPDATE SET
        response = excluded.response,
        outcome = excluded.outcome,
        fraction = excluded.fraction,
        near_miss = excluded.near_miss,
        interaction_id = excluded.interaction_id,
        certainty = NULL,
        changes = answer.changes + 1,
        answered_at = excluded.answered_at
    WHERE excluded.interaction_id > answer.interaction_id
"""
SAY_CERTAINTY = """
    UPDATE answer SET certainty = :certainty, certainty_id = COALESCE(:interaction_id, certainty_id)
    WHERE round_id = :round_id AND learner_id = :learner_id AND revealed_at IS NULL
          AND (:interaction_id IS NULL OR :interaction_id > MAX(interaction_id, COALESCE(certainty_id, 0)))
"""
REVEAL = """
    UPDATE answer SET revealed_at = :at
    WHERE round_id = :round_id AND learner_id = :learner_id AND revealed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What a learner answered and how it was graded.

    ``revealed_at`` is when a learner who works alone was shown whether the answer is right.
    """

    round_id: RoundId
    user_id: UserId
    response: Response
    outcome: Outcome
    fraction: float
    near_miss: bool
    interaction_id: InteractionId
    certainty: Certainty | None
    answered_at: datetime
    revealed_at: datetime | None


def save_answer(
    db: Database,
    *,
    round_id: RoundId,
    learner_id: LearnerId,
    response: Response,
    grade: Grade,
    interaction_id: InteractionId,
    at: datetime,
) -> bool:
    """Store an answer, or replace the learner's earlier one, and with it how sure the learner was of that.

    Gives False, and changes nothing, if the stored answer came from this very click or a later one:
    Discord may deliver a click twice, or late.
    """
    return (
        change(
            db,
            SAVE,
            round_id=round_id,
            learner_id=learner_id,
            response=_stored(response),
            outcome=grade.outcome.value,
            fraction=grade.fraction,
            near_miss=int(grade.near_miss),
            interaction_id=interaction_id,
            at=to_text(at),
        )
        == 1
    )


def save_certainty(
    db: Database,
    round_id: RoundId,
    learner_id: LearnerId,
    certainty: Certainty,
    interaction_id: InteractionId | None = None,
) -> bool:
    """Note how sure a learner is of the answer given; False where there is none, or it has been revealed.

    With the press that said so: False also where the answer, or what is known of it, came from a later one.
    """
    return (
        change(
            db,
            SAY_CERTAINTY,
            round_id=round_id,
            learner_id=learner_id,
            certainty=certainty.value,
            interaction_id=interaction_id,
        )
        == 1
    )


def mark_revealed(db: Database, round_id: RoundId, learner_id: LearnerId, at: datetime) -> None:
    """Note that the learner has seen whether the answer is right; the first time stays."""
    change(db, REVEAL, round_id=round_id, learner_id=learner_id, at=to_text(at))


def answer_of(db: Database, round_id: RoundId, learner_id: LearnerId) -> StoredAnswer | None:
    """A learner's answer to a round, or None."""
    row = first(db, ANSWER_OF, round_id=round_id, learner_id=learner_id)
    return None if row is None else _answer(row)


def answers_of_round(db: Database, round_id: RoundId) -> list[StoredAnswer]:
    """All answers to a round, in the order in which they first came."""
    return [_answer(row) for row in many(db, ANSWERS_OF_ROUND, round_id=round_id)]


def answers_of_run(db: Database, run_id: RunId) -> list[StoredAnswer]:
    """All answers of a run, round by round."""
    return [_answer(row) for row in many(db, ANSWERS_OF_RUN, run_id=run_id)]


def seen_items(
    db: Database, guild_id: GuildId, user_id: UserId, set_id: SetId, at: datetime
) -> dict[str, Seen]:
    """A learner's latest answer to each item of a set, by the item's key, as far as its result may be known.

    Questions that the server has dropped are not among them.
    """
    rows = many(db, LATEST_BY_ITEM, guild_id=guild_id, user_id=user_id, set_id=set_id, at=to_text(at))
    # SQLite takes the columns beside MAX from the row that has the maximum; interactions are numbered by time.
    return {key: Seen(Outcome(outcome), from_text(at)) for key, outcome, at, _ in rows}


def scores_of_runs(db: Database, run_ids: Sequence[RunId]) -> dict[RunId, float]:
    """The share of the credit (0 to 1) that was earned in runs of one learner; what was not answered counts as 0.

    Runs are left out in which nothing was asked, and questions that were passed over.
    """
    rows = many(db, SCORES, run_ids=json.dumps(list(run_ids)))
    return {RunId(run_id): points / questions for run_id, questions, points in rows}


def count_answers(db: Database, round_id: RoundId) -> int:
    """How many learners have answered a round."""
    row = first(db, COUNT, round_id=round_id)
    return 0 if row is None else int(row[0])


# A class gives few different answers to a question, and a response never changes.
@lru_cache(maxsize=1024)
def _stored(response: Response) -> str:
    return response_to_json(response)


@lru_cache(maxsize=1024)
def _response(stored: str) -> Response:
    return response_from_json(stored)


def _answer(row: Row) -> StoredAnswer:
    (
        round_id, user_id, response, outcome, fraction, near_miss, interaction_id,
        certainty, answered_at, revealed_at,
    ) = row  # fmt: skip
    return StoredAnswer(
        RoundId(round_id),
        UserId(user_id),
        _response(response),
        Outcome(outcome),
        fraction,
        bool(near_miss),
        InteractionId(interaction_id),
        None if certainty is None else Certainty(certainty),
        from_text(answered_at),
        from_text_or_none(revealed_at),
    )
