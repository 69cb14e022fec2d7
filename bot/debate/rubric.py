"""What an instructor grades in a debate, and how much each counts. Pure.

The bot counts and the instructor grades: what is counted is a fact beside a criterion, never points. Where somebody
stands, whether they moved and which side did better is nobody's grade, and this module does not know of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import Invalid

BEST_MARK = 100
LONGEST_COMMENT = 1_000


class Criterion(StrEnum):
    """What is graded."""

    EVIDENCE = "evidence"
    REASONING = "reasoning"
    ENGAGING = "engaging"
    CIVILITY = "civility"
    TIMELINESS = "timeliness"


WEIGHTS: Final = {
    Criterion.EVIDENCE: 30,
    Criterion.REASONING: 25,
    Criterion.ENGAGING: 25,
    Criterion.CIVILITY: 10,
    Criterion.TIMELINESS: 10,
}
"""In percent of the whole."""

Marks = Mapping[Criterion, int]
"""A mark of 0 to ``BEST_MARK`` for each criterion."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bot counts of somebody in a debate.

    ``with_link`` are the arguments whose evidence has a web address; ``cards_cited`` the cards of the bank that were
    posted, or that arguments rest on. ``across`` are answers to the other side. ``timed`` are the arguments of stages
    that are over, and ``early`` those of them that came before the middle of their stage.
    """

    arguments: int
    with_link: int
    cards_cited: int
    across: int
    fair_restatements: int
    reports_dealt_with: int
    early: int
    timed: int


def total(marks: Marks) -> float:
    """All marks together, by their weights: 0 to 100."""
    return sum(WEIGHTS[criterion] * marks[criterion] for criterion in Criterion) / sum(WEIGHTS.values())


def read_mark(criterion: Criterion, typed: str) -> int:
    """The mark that was typed, such as ``80``, ``80 %`` or ``80/100``. Raises ``Invalid``, naming the criterion."""
    text = typed.strip().removesuffix("%").removesuffix(f"/{BEST_MARK}").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= BEST_MARK):
        said = f"it is “{typed.strip()[:20]}”, which is no whole number from 0 to {BEST_MARK}"
        raise Invalid(f"mark for {criterion.value}", said, "Open the form again and write one.")
    return int(text)


def is_early(at: datetime, begun_at: datetime, ended_at: datetime) -> bool:
    """Whether something came before the middle of its stage."""
    return at - begun_at < (ended_at - begun_at) / 2
