"""Which side a person argues, and why. A side is assigned; it says nothing of what the person thinks.

Only ``opposite`` knows of stances, because it must; whoever joins is told beforehand that sides then tell of them.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from bot.debate.options import SideMode
from bot.debate.stance import Standing

Person = TypeVar("Person")


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
    LOT = "lot"
    TURNS = "turns"
    CHOSEN = "chosen"
    CHOSEN_FULL = "chosen_full"
    OPPOSITE = "opposite"
    HOST = "host"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        match self:
            case Reason.SMALLER_SIDE:
                return "this side had fewer people"
            case Reason.DRAWN:
                return "both sides were equal, so it was drawn at random"
            case Reason.LOT:
                return "it was drawn by lot"
            case Reason.TURNS:
                return "you have argued the other side more often before"
            case Reason.CHOSEN:
                return "you chose it"
            case Reason.CHOSEN_FULL:
                return "the side that you chose was full"
            case Reason.OPPOSITE:
                return "here, people argue the opposite of what they think"
            case Reason.HOST:
                return "an instructor asked you to"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A side, and why."""

    side: Side
    reason: Reason


@dataclass(frozen=True, slots=True)
class Seat(Generic[Person]):
    """Somebody who waits for a side: how often they argued for and against before, what they wish, what they think."""

    person: Person
    on_for: int = 0
    on_against: int = 0
    wish: Side | None = None
    standing: Standing | None = None

    def cost(self, side: Side) -> int:
        """How unfair that side would be once more: 4·lead², where one argued it ``lead`` times more than the other."""
        lead = self.on_for - self.on_against
        return 4 * max(0, lead if side is Side.FOR else -lead) ** 2


def assign_side(counts: Mapping[Side, int], rng: random.Random) -> Assignment:
    """The side for the next person to join, given how many each side has now.

    It is the smaller side, and on a tie a fair draw: sides that only grow this way are never more than one
    apart, and if people left, the next to join fill the gap.
    """
    on_for, on_against = counts.get(Side.FOR, 0), counts.get(Side.AGAINST, 0)
    if on_for == on_against:
        return Assignment(rng.choice((Side.FOR, Side.AGAINST)), Reason.DRAWN)
    return Assignment(Side.FOR if on_for < on_against else Side.AGAINST, Reason.SMALLER_SIDE)


def balanced(seats: Sequence[Seat[Person]], rng: random.Random) -> dict[Person, Assignment]:
    """Sides as equal in number as can be, taking turns over debates: at most half (rounded up) a side.

    Those whose past is most one-sided choose first, in effect; ties are drawn. The same seats and seed give the
    same sides.
    """
    waiting = list(seats)
    rng.shuffle(waiting)
    waiting.sort(key=lambda seat: -abs(seat.on_for - seat.on_against))
    placing: _Placing[Person] = _Placing(len(waiting), rng)
    for seat in waiting:
        for_cost, against_cost = seat.cost(Side.FOR), seat.cost(Side.AGAINST)
        if for_cost != against_cost:
            cheaper = Side.FOR if for_cost < against_cost else Side.AGAINST
            placing.place(seat.person, cheaper, Reason.TURNS)
        else:
            placing.place(seat.person)
    return placing.placed


def at_random(seats: Sequence[Seat[Person]], rng: random.Random) -> dict[Person, Assignment]:
    """Sides drawn by lot, as equal in number as can be, whatever was before."""
    return balanced([replace(seat, on_for=0, on_against=0) for seat in seats], rng)


def as_chosen(seats: Sequence[Seat[Person]], rng: random.Random) -> dict[Person, Assignment]:
    """The sides that people chose, the first to join first, at most half (rounded up) a side; others fill up."""
    placing: _Placing[Person] = _Placing(len(seats), rng)
    for seat in seats:
        if seat.wish is not None:
            placing.place(seat.person, seat.wish, Reason.CHOSEN, instead=Reason.CHOSEN_FULL)
    for seat in seats:
        if seat.wish is None:
            placing.place(seat.person)
    return placing.placed


def opposite_to_stances(seats: Sequence[Seat[Person]], rng: random.Random) -> dict[Person, Assignment]:
    """Each on the other side than they think, whatever that does to the numbers; by lot who has not said what.

    Whoever declines to tell, or is undecided, has a side that says nothing: were the numbers evened out with them, all
    would be on the smaller one, where everybody else thinks alike.
    """
    return {seat.person: _opposite(seat, rng) for seat in seats}


def _opposite(seat: Seat[Person], rng: random.Random) -> Assignment:
    match seat.standing:
        case Standing.FOR:
            return Assignment(Side.AGAINST, Reason.OPPOSITE)
        case Standing.AGAINST:
            return Assignment(Side.FOR, Reason.OPPOSITE)
        case _:
            return Assignment(rng.choice((Side.FOR, Side.AGAINST)), Reason.LOT)


def side_of_latecomer(
    mode: SideMode,
    seat: Seat[Person],
    counts: Mapping[Side, int],
    rng: random.Random,
    *,
    argues: bool = False,
) -> Assignment | None:
    """The side of one who comes when all others have theirs, given how many each side has now.

    It is the smaller one, unless a view or a wish decides. Of two equal ones it is drawn or, where sides are balanced,
    the one that they argued less often before. None where people choose and this one has not yet: then it waits until
    they wish for one or argue (``argues``).
    """
    even = counts.get(Side.FOR, 0) == counts.get(Side.AGAINST, 0)
    match mode:
        case SideMode.OPPOSITE:
            return _opposite(seat, rng)
        case SideMode.CHOSEN if seat.wish is not None:
            full = counts.get(seat.wish, 0) > counts.get(seat.wish.opposite, 0)
            return (
                Assignment(seat.wish.opposite, Reason.CHOSEN_FULL)
                if full
                else Assignment(seat.wish, Reason.CHOSEN)
            )
        case SideMode.CHOSEN if not argues:
            return None
        case SideMode.BALANCED if even:
            return balanced([seat], rng)[seat.person]
        case _:
            return assign_side(counts, rng)


class _Placing(Generic[Person]):
    """Places people one after the other; no side gets more than half of all, rounded up."""

    def __init__(self, people: int, rng: random.Random) -> None:
        self.placed: dict[Person, Assignment] = {}
        self._most = -(-people // 2)
        self._counts = dict.fromkeys(Side, 0)
        self._rng = rng

    def place(
        self,
        person: Person,
        side: Side | None = None,
        reason: Reason = Reason.SMALLER_SIDE,
        *,
        instead: Reason = Reason.SMALLER_SIDE,
    ) -> None:
        """Put a person on a side, or on the other one if it is full; without a side, on the smaller one."""
        if side is None:
            given = assign_side(self._counts, self._rng)
        elif self._counts[side] < self._most:
            given = Assignment(side, reason)
        else:
            given = Assignment(side.opposite, instead)
        self.placed[person] = given
        self._counts[given.side] += 1


def speaking_turns(
    sides: Mapping[Person, Side], rounds: Sequence[int], rng: random.Random
) -> dict[Person, int]:
    """In which of the rounds of a fishbowl each argues: all once, each side spread evenly over the rounds."""
    turns: dict[Person, int] = {}
    for side in Side:
        people = [person for person, own in sides.items() if own is side]
        rng.shuffle(people)
        turns.update({person: rounds[at % len(rounds)] for at, person in enumerate(people)})
    return turns
