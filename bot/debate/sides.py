"""Which side a person argues. A side is assigned; it says nothing of what the person thinks.

Knows nothing of stances: a side that depended on one would give it away.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The side that a person argues."""

    FOR = "for"
    AGAINST = "against"

    @property
    def opposite(self) -> "Side":
        """The other side."""
        return Side.AGAINST if self is Side.FOR else Side.FOR

    @property
    def words(self) -> str:
        """The side as a person reads it."""
        return "For" if self is Side.FOR else "Against"


class Reason(StrEnum):
    """Why a person was given a side; kept, so that anybody who asks can be told."""

    SMALLER_SIDE = "smaller_side"
    DRAWN = "drawn"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        match self:
            case Reason.SMALLER_SIDE:
                return "this side had fewer people"
            case Reason.DRAWN:
                return "both sides were equal, so it was drawn at random"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A side, and why."""

    side: Side
    reason: Reason


def assign_side(counts: Mapping[Side, int], rng: random.Random) -> Assignment:
    """The side for the next person to join, given how many each side has now.

    It is the smaller side, and on a tie a fair draw: sides that only grow this way are never more than one
    apart, and if people left, the next to join fill the gap.
    """
    on_for, on_against = counts.get(Side.FOR, 0), counts.get(Side.AGAINST, 0)
    if on_for == on_against:
        return Assignment(rng.choice((Side.FOR, Side.AGAINST)), Reason.DRAWN)
    return Assignment(Side.FOR if on_for < on_against else Side.AGAINST, Reason.SMALLER_SIDE)
