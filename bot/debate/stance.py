"""What a person says of the motion, before and after the debate, and how sure they are.

Knows nothing of who the person is: stances are private, and only counts of them are ever shown.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Phase(StrEnum):
    """When a stance was given: before the arguments or after them."""

    BEFORE = "before"
    AFTER = "after"


class Standing(StrEnum):
    """Where a person stands. ``UNDECIDED`` is an opinion; ``DECLINED`` is the choice not to tell it."""

    FOR = "for"
    AGAINST = "against"
    UNDECIDED = "undecided"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        """The standing as a person reads it."""
        match self:
            case Standing.FOR:
                return "For"
            case Standing.AGAINST:
                return "Against"
            case Standing.UNDECIDED:
                return "Undecided"
            case Standing.DECLINED:
                return "Rather not say"


VOTES = (Standing.FOR, Standing.UNDECIDED, Standing.AGAINST)
"""The standings that are votes, in the order in which they are shown."""


class Certainty(IntEnum):
    """The steps that a person is offered, as percent."""

    GUESS = 25
    LEANING = 50
    FAIRLY_SURE = 75
    CERTAIN = 100

    @property
    def words(self) -> str:
        """The step as a person reads it."""
        match self:
            case Certainty.GUESS:
                return "a guess"
            case Certainty.LEANING:
                return "leaning"
            case Certainty.FAIRLY_SURE:
                return "fairly sure"
            case Certainty.CERTAIN:
                return "certain"


@dataclass(frozen=True, slots=True)
class Stance:
    """A standing with its certainty in percent (0-100), or None where none was given.

    Raises ``ValueError`` for a certainty outside 0-100, or for one that goes with ``DECLINED``.
    """

    standing: Standing
    certainty: int | None = None

    def __post_init__(self) -> None:
        if self.certainty is None:
            return
        if self.standing is Standing.DECLINED:
            raise ValueError("who declines to tell a stance gives no certainty")
        if not 0 <= self.certainty <= 100:
            raise ValueError(f"certainty is 0-100, not {self.certainty}")

    def describe(self) -> str:
        """The stance in words, such as ``"For, fairly sure"``."""
        if self.certainty is None:
            return self.standing.words
        return f"{self.standing.words}, {nearest_step(self.certainty).words}"


def nearest_step(certainty: int) -> Certainty:
    """The offered step nearest to a certainty in percent; the lower of two: nobody is made surer."""
    return min(Certainty, key=lambda step: (abs(step - certainty), step))
