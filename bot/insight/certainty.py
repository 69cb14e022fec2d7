"""What answers say that came with how sure their learner was: marks, bonus, calibration. Pure.

Certainty-based marking after A. R. Gardner-Medwin, as Moodle's documentation has it: a right answer earns 1, 2 or
3, a wrong one 0, −2 or −6. Each step earns most, on average, in its own span of the chance to be right: a guess
up to 67 %, fairly sure up to 80 %, certain above. So it pays to say how sure one really is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.insight.proportion import FEWEST_FOR_CERTAINTY, FEWEST_FOR_PERCENT, percent, plausible_range, wilson
from bot.quiz.certainty import Certainty

RIGHT_MARK: Mapping[Certainty, int] = {Certainty.GUESS: 1, Certainty.FAIRLY: 2, Certainty.CERTAIN: 3}
WRONG_MARK: Mapping[Certainty, int] = {Certainty.GUESS: 0, Certainty.FAIRLY: -2, Certainty.CERTAIN: -6}

SPANS: Mapping[Certainty, tuple[float, float]] = {
    Certainty.GUESS: (0.0, 2 / 3),
    Certainty.FAIRLY: (2 / 3, 0.8),
    Certainty.CERTAIN: (0.8, 1.0),
}
"""The chances to be right at which each step earns most: a = 4a − 2 at 67 %, 4a − 2 = 9a − 6 at 80 %."""

STATED: Mapping[Certainty, float] = {
    Certainty.GUESS: 1 / 3,
    Certainty.FAIRLY: 11 / 15,
    Certainty.CERTAIN: 0.9,
}
"""The probability that each step stands for, the middle of its span: 33 %, 73 % and 90 %.

Three steps are no probabilities. The middle is what a person who picks the step that earns most means on average,
as long as nothing else is known; for a guess it is that of one among three options.
"""

WORDS: Mapping[Certainty, str] = {
    Certainty.GUESS: "guess",
    Certainty.FAIRLY: "are fairly sure",
    Certainty.CERTAIN: "are certain",
}
"""What follows after "When you …"."""

CLEAR = 0.5
"""A step is flagged when (share − limit)² · answers is more than this (Moodle's rule)."""

COIN_TOSS = 0.25
"""The Brier score of somebody who says 50 % every time."""


class Bias(StrEnum):
    """How a step is off: more is said than is known, or less."""

    OVER = "over-confident"
    UNDER = "under-confident"


def mark(certainty: Certainty | None, fraction: float) -> float:
    """The mark of an answer worth ``fraction`` (0-1) at a certainty; 0 without an answer (None).

    A part of the credit earns that part of the way from the wrong to the right mark, so that it pays the same as a
    chance of that size to be right. (Moodle pays that part of the right mark instead, which would reward "certain"
    for next to nothing.) Raises ``ValueError`` for a fraction outside 0-1.
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"an answer is worth 0-1, not {fraction}")
    if certainty is None:
        return 0.0
    low, high = WRONG_MARK[certainty], RIGHT_MARK[certainty]
    return low + fraction * (high - low)


def best_mean_mark(accuracy: float) -> float:
    """The most that one step for all answers earns on average, at a share of credit of 0-1."""
    return max(mark(certainty, accuracy) for certainty in Certainty)


@dataclass(frozen=True, slots=True)
class Level:
    """The answers at one certainty: how many, how many were wholly right or partly right, their credit in all."""

    certainty: Certainty
    answers: int
    right: int
    partly: int
    credit: float

    @property
    def share(self) -> float | None:
        """The share that was wholly right, 0-1; None without answers."""
        return self.right / self.answers if self.answers else None

    @property
    def range(self) -> tuple[float, float]:
        """What the share may be in truth: its 95 % Wilson interval; (0, 1) without answers."""
        return wilson(self.right, self.answers)

    @property
    def bias(self) -> Bias | None:
        """Whether the step is clearly off; None where it is not, or where there are too few answers to say.

        Too much is said where even the credit, parts counted, lies under the step's span; too little where the
        wholly right answers alone lie over it. So a flag never contradicts what the person can count.
        """
        if self.answers < FEWEST_FOR_CERTAINTY:
            return None
        low, high = SPANS[self.certainty]
        credit, right = self.credit / self.answers, self.right / self.answers
        if credit < low and (credit - low) ** 2 * self.answers > CLEAR:
            return Bias.OVER
        if right > high and (right - high) ** 2 * self.answers > CLEAR:
            return Bias.UNDER
        return None

    def describe(self) -> str | None:
        """In a sentence: ``"When you are certain, you are right 71% of the time (17 of 24)."``; None without answers.

        Under five answers it only counts them; under twenty it adds the range that is plausible.
        """
        if not self.answers:
            return None
        when, counts = f"When you {WORDS[self.certainty]}", f"{self.right} of {self.answers}"
        if self.answers < FEWEST_FOR_PERCENT:
            return f"{when}: {counts} right{self._partly()}."
        plausible = plausible_range(self.right, self.answers)
        hedge = "" if plausible is None else f"; few answers, so {plausible} is plausible"
        share = percent(self.right, self.answers)
        return f"{when}, you are right {share} of the time ({counts}{self._partly()}{hedge})."

    def _partly(self) -> str:
        return f", {self.partly} partly right" if self.partly else ""

    def advice(self) -> str | None:
        """What to do about a step that is clearly off, in a sentence; None where nothing is flagged."""
        match self.bias, self.certainty:
            case None, _:
                return None
            case Bias.OVER, Certainty.CERTAIN:
                return "That is less often than “certain” needs (80%): say “fairly sure” more often."
            case Bias.OVER, _:
                return "That is less often than “fairly sure” needs (67%): say “guess” more often."
            case Bias.UNDER, Certainty.GUESS:
                return "You know more than you say: above 67%, “fairly sure” earns more."
            case Bias.UNDER, _:
                return "You know more than you say: above 80%, “certain” earns more."


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well somebody knows what they know. ``levels`` are guess, fairly sure, certain; ``marks`` their sum.

    ``brier`` is the mean squared distance between what was stated (``STATED``) and the credit, 0 at best; None
    without answers.
    """

    levels: tuple[Level, ...]
    marks: float
    brier: float | None

    @property
    def answers(self) -> int:
        """How many answers came with a certainty."""
        return sum(level.answers for level in self.levels)

    @property
    def right(self) -> int:
        """How many of them were wholly right."""
        return sum(level.right for level in self.levels)

    @property
    def accuracy(self) -> float | None:
        """The share of the credit, 0-1, parts counted; None without answers."""
        return sum(level.credit for level in self.levels) / self.answers if self.answers else None

    @property
    def bonus(self) -> float | None:
        """Moodle's CB bonus: a tenth of (mean mark − the best mean mark at that accuracy with one step for all).

        Above 0 for somebody who tells sure from unsure answers; None without answers.
        """
        accuracy = self.accuracy
        if accuracy is None:
            return None
        return 0.1 * (self.marks / self.answers - best_mean_mark(accuracy))

    @property
    def certainty_accuracy(self) -> float | None:
        """Moodle's CBM accuracy: the accuracy and the bonus together; None without answers."""
        return None if self.accuracy is None or self.bonus is None else self.accuracy + self.bonus

    @property
    def tells(self) -> bool:
        """Whether there are enough answers for more than counts."""
        return self.answers >= FEWEST_FOR_CERTAINTY

    def level(self, certainty: Certainty) -> Level:
        """The answers at one certainty."""
        return self.levels[certainty - 1]

    def sentences(self) -> list[str]:
        """The profile in plain English, the surest step first; with few answers counts only, and a word of that."""
        if not self.answers:
            return ["You have not said yet how sure you are of an answer."]
        lines = [(level.describe(), level.advice()) for level in reversed(self.levels)]
        said = [" ".join(filter(None, line)) for line in lines if line[0]]
        if not self.tells:
            few = f"With {FEWEST_FOR_CERTAINTY} answers or more, this says how well you know what you know."
            return [*said, few]
        return [*said, *self._overall()]

    def _overall(self) -> list[str]:
        if self.bonus is None or self.brier is None:
            return []
        mean = f"{self.marks / self.answers:.2f}".replace("-", "−")
        gained = round(self.bonus * 10, 2)
        if gained > 0:
            compared = f"That is {gained:.2f} more than any single step for all of them would have earned"
        elif gained < 0:
            compared = f"The best single step for all of them would have earned {-gained:.2f} more"
        else:
            compared = "That is what the best single step for all of them would have earned"
        return [
            f"On average an answer earned {mean} marks (between −6 and 3). {compared}.",
            f"Brier score {self.brier:.2f}: 0 is perfect, {COIN_TOSS} is what “50%” every time would get.",
        ]


def calibration(marked: Iterable[tuple[Certainty, float]]) -> Calibration:
    """The profile of answers, each with its certainty and its worth from 0 to 1 (``Grade.fraction``).

    Raises ``ValueError`` for a worth outside 0-1.
    """
    answers = list(marked)
    levels = tuple(
        _level(certainty, [fraction for each, fraction in answers if each == certainty])
        for certainty in Certainty
    )
    marks = sum(mark(certainty, fraction) for certainty, fraction in answers)
    missed = [(STATED[certainty] - fraction) ** 2 for certainty, fraction in answers]
    return Calibration(levels, marks, sum(missed) / len(missed) if missed else None)


def _level(certainty: Certainty, fractions: list[float]) -> Level:
    right = sum(fraction >= 1 for fraction in fractions)
    partly = sum(0 < fraction < 1 for fraction in fractions)
    return Level(certainty, len(fractions), right, partly, sum(fractions))
