"""Restating an argument before answering it: the step that makes people argue with what was said. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.debate.argument import Relation
from bot.debate.sides import Side

LONGEST_RESTATEMENT = 600

WAIT_FOR_WORD = timedelta(minutes=5)
"""So long at most one waits for the author's word: nobody is held up by somebody who left."""

SHARE_OF_STAGE = 4
"""And at most such a part of the stage, in which answers are still to be written."""

HONEST_TRIES = 3
"""So many restatements one makes of an argument at most; then one may answer all the same: nobody keeps answers away by
never agreeing."""


class Fairness(StrEnum):
    """What the author of an argument says of a restatement."""

    FAIR = "fair"
    NOT_YET = "not_yet"


def needs_restatement(own: Side, parent: Side, relation: Relation) -> bool:
    """Whether one restates an argument before one answers it: only to attack or undercut the other side's."""
    return own is not parent and relation is not Relation.SUPPORTS


def wait_for_word(stage_length: timedelta | None) -> timedelta:
    """How long one waits for the author's word in a stage of that length; None: it ends by hand."""
    return WAIT_FOR_WORD if stage_length is None else min(WAIT_FOR_WORD, stage_length / SHARE_OF_STAGE)


def may_answer(
    at: datetime, restated: Sequence[tuple[datetime, Fairness | None]], wait: timedelta = WAIT_FOR_WORD
) -> bool:
    """Whether an argument may be answered by one who has restated it at those moments, with what its author said.

    It takes a fair one, one that has waited long enough without a word since the author last spoke, or all the tries
    that there are.
    """
    words = [fairness for _, fairness in restated]
    if Fairness.FAIR in words or len(words) >= HONEST_TRIES:
        return True
    waits = waiting_since(restated)
    return waits is not None and at - waits >= wait


def waiting_since(restated: Sequence[tuple[datetime, Fairness | None]]) -> datetime | None:
    """Since when the author's word is awaited; None where there is nothing to say it of.

    Another try does not make the wait begin anew: only a word of the author's does.
    """
    since: datetime | None = None
    for at, fairness in restated:
        if fairness is not None:
            since = None
        elif since is None:
            since = at
    return since
