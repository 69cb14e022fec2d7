"""What an answer is worth. Knows nothing of kinds, points or certainty."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Whether an answer is right."""

    RIGHT = "right"
    WRONG = "wrong"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Grade:
    """The judgement of one answer; ``fraction`` is its worth from 0 to 1.

    ``feedback`` names the misconception where the item knows it. A ``near_miss`` is wrong, but close enough
    that an instructor may want to accept it.
    """

    outcome: Outcome
    fraction: float
    feedback: str | None = None
    near_miss: bool = False


def right(feedback: str | None = None) -> Grade:
    """A full mark."""
    return Grade(Outcome.RIGHT, 1.0, feedback)


def wrong(feedback: str | None = None, *, near_miss: bool = False) -> Grade:
    """No mark."""
    return Grade(Outcome.WRONG, 0.0, feedback, near_miss)


def graded(fraction: float, feedback: str | None = None) -> Grade:
    """The mark for a share of the credit, from 0 to 1; ``feedback`` only for what is not wholly right."""
    if fraction >= 1:
        return right()
    return Grade(Outcome.PARTIAL, fraction, feedback) if fraction > 0 else wrong(feedback)
