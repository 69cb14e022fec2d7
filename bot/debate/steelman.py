"""Restating an argument before answering it: the step that makes people argue with what was said. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.debate.argument import Relation
from bot.debate.sides import Side

LONGEST_RESTATEMENT = 600

WAIT_FOR_WORD = timedelta(minutes=5)
"""So long one waits for the author's word; then one may answer without it: nobody is held up by somebody who left."""


class Fairness(StrEnum):
    """What the author of an argument says of a restatement."""

    FAIR = "fair"
    NOT_YET = "not_yet"


def needs_restatement(own: Side, parent: Side, relation: Relation) -> bool:
    """Whether one restates an argument before one answers it: only to attack or undercut the other side's."""
    return own is not parent and relation is not Relation.SUPPORTS


def may_answer(at: datetime, restated: list[tuple[datetime, Fairness | None]]) -> bool:
    """Whether an argument may be answered by one who has restated it at those moments, with what its author said.

    It takes a fair one, or a newest one that has waited long enough without a word.
    """
    if any(fairness is Fairness.FAIR for _, fairness in restated):
        return True
    if not restated:
        return False
    said_at, fairness = restated[-1]
    return fairness is None and at - said_at >= WAIT_FOR_WORD
