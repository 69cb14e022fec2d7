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


FURTHEST = 3
"""A stance is −3 (strongly against) to 3 (strongly for)."""


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

    ``value`` is how far for (1 to 3) or against (−1 to −3) it is, 0 for undecided; None where it was not asked for.
    Raises ``ValueError`` for a certainty outside 0-100, for one that goes with ``DECLINED``, or for a value that does
    not go with the standing.
    """

    standing: Standing
    certainty: int | None = None
    value: int | None = None

    @classmethod
    def of(cls, value: int | None, certainty: int | None = None) -> "Stance":
        """The stance at a value of −3 to 3; None: declined to tell. Raises ``ValueError`` as the class does."""
        return cls(_standing_at(value), certainty, value)

    def __post_init__(self) -> None:
        if self.value is not None:
            if not -FURTHEST <= self.value <= FURTHEST:
                raise ValueError(f"a stance is -{FURTHEST} to {FURTHEST}, not {self.value}")
            if self.standing is not _standing_at(self.value):
                raise ValueError(f"{self.value} is not {self.standing}")
        if self.certainty is None:
            return
        if self.standing is Standing.DECLINED:
            raise ValueError("who declines to tell a stance gives no certainty")
        if not 0 <= self.certainty <= 100:
            raise ValueError(f"certainty is 0-100, not {self.certainty}")

    def describe(self) -> str:
        """The stance in words, such as ``"For, fairly sure"``."""
        words = self.standing.words if self.value is None else value_words(self.value)
        return words if self.certainty is None else f"{words}, {nearest_step(self.certainty).words}"


def value_words(value: int) -> str:
    """How far for or against, in words: ``Strongly for`` (3), ``For``, ``Slightly for``, ``Undecided`` (0)."""
    if value == 0:
        return Standing.UNDECIDED.words
    side = Standing.FOR if value > 0 else Standing.AGAINST
    match abs(value):
        case 1:
            return f"Slightly {side.value}"
        case 2:
            return side.words
        case _:
            return f"Strongly {side.value}"


def _standing_at(value: int | None) -> Standing:
    if value is None:
        return Standing.DECLINED
    if value == 0:
        return Standing.UNDECIDED
    return Standing.FOR if value > 0 else Standing.AGAINST


def nearest_step(certainty: int) -> Certainty:
    """The offered step nearest to a certainty in percent; the lower of two: nobody is made surer."""
    return min(Certainty, key=lambda step: (abs(step - certainty), step))
