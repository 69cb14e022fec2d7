"""What a discussion changed: the first and the second vote on a question side by side. Counts only.

How a class voted is told as everywhere, but how people moved is not told of every class: somebody's first answer
is known to those who discussed it, and a group of few then tells the second one. So the moves are withheld unless
each group (right at first, not right at first) is empty or has five people or more, and unless somebody in it was
right in the end: else all of that group are known to have been wrong. Knows nothing of who anybody is.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.insight.bars import bar
from bot.insight.proportion import FEWEST_FOR_CERTAINTY, tally

FEWEST_IN_A_GROUP = 5
BAR = 8
"""Blocks of a whole bar: few, so that it stands in a line with its words on a phone."""

Voter = TypeVar("Voter", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many were right."""

    right: int
    answers: int

    def describe(self) -> str:
        """In words, with a bar: ``"9 of 20 right, 45% ████"``."""
        counts, _, share = tally(self.right, self.answers).partition(", ")
        blocks = bar(self.right / self.answers if self.answers else 0.0, BAR)
        return f"{counts} right{f', {share}' if share else ''} {blocks}".rstrip()


@dataclass(frozen=True, slots=True)
class Shift:
    """Both votes; and of those who voted twice how many stayed right, became right, stopped being right, and were
    right neither time.
    """

    first: Tally
    second: Tally
    kept: int
    gained: int
    lost: int
    neither: int

    @property
    def twice(self) -> int:
        """How many voted twice."""
        return self.kept + self.gained + self.lost + self.neither

    @property
    def moves_shown(self) -> bool:
        """Whether it may be told how people moved."""
        groups = ((self.kept + self.lost, self.kept), (self.gained + self.neither, self.gained))
        return self.twice > 0 and all(
            not size or (size >= FEWEST_IN_A_GROUP and ended_right > 0) for size, ended_right in groups
        )

    def describe(self) -> str:
        """The shift in words and bars, a line for each vote and one for those who voted twice."""
        first = f"First vote: {self.first.describe()}"
        if not self.second.answers:
            return f"{first}\nNobody voted a second time."
        return f"{first}\nSecond vote: {self.second.describe()}\n{self._moves()}"

    def _moves(self) -> str:
        if not self.twice:
            return "Nobody took part in both votes."
        people = "1 person" if self.twice == 1 else f"{self.twice} people"
        if not self.moves_shown:
            return f"{people} voted twice. Who moved is not shown where it could tell on a single person."
        few = " With so few votes this may be chance." if self.twice < FEWEST_FOR_CERTAINTY else ""
        return f"Of the {people} who voted twice: {self._moved()}.{few}"

    def _moved(self) -> str:
        match self.gained, self.lost:
            case 0, 0:
                return "nobody moved from not right to right, or the other way"
            case gained, 0:
                return f"{gained} went from not right to right, nobody the other way"
            case 0, lost:
                return f"nobody went from not right to right, {lost} the other way"
            case gained, lost:
                return f"{gained} went from not right to right, {lost} the other way"


def measure_shift(first: Mapping[Voter, bool], second: Mapping[Voter, bool]) -> Shift:
    """Compare two votes, each a voter's answer being right or not."""
    both = [(first[voter], second[voter]) for voter in first.keys() & second.keys()]
    return Shift(
        first=_tally(first),
        second=_tally(second),
        kept=both.count((True, True)),
        gained=both.count((False, True)),
        lost=both.count((True, False)),
        neither=both.count((False, False)),
    )


def _tally(votes: Mapping[Voter, bool]) -> Tally:
    return Tally(sum(votes.values()), len(votes))
