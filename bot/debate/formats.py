"""The formats of a debate and the stages that each goes through. Plain values; ``timetable`` moves a debate."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Format(StrEnum):
    """How a debate is held.

    ``OPEN`` is one thread without sides; in ``OXFORD`` two sides open, rebut and close; in ``SWITCH`` each argues both
    sides and all write a joint statement (structured academic controversy); in ``FISHBOWL`` a few argue in turn while
    the rest judge.
    """

    OPEN = "open"
    OXFORD = "oxford"
    SWITCH = "switch"
    FISHBOWL = "fishbowl"

    @property
    def has_sides(self) -> bool:
        """Whether people are given a side."""
        return self is not Format.OPEN


class Stage(StrEnum):
    """What a debate is at."""

    JOINING = "joining"
    FLOOR = "floor"
    OPENING = "opening"
    REBUTTAL = "rebuttal"
    CLOSING = "closing"
    SWITCHED = "switched"
    FISHBOWL = "fishbowl"
    STATEMENT = "statement"
    VOTING = "voting"

    @property
    def takes_arguments(self) -> bool:
        """Whether arguments can be added in it."""
        return self in _ARGUED

    @property
    def takes_answers(self) -> bool:
        """Whether an argument may answer another one in it: openings stand by themselves."""
        return self in _ARGUED and self is not Stage.OPENING


_ARGUED: Final = frozenset(
    {Stage.FLOOR, Stage.OPENING, Stage.REBUTTAL, Stage.CLOSING, Stage.SWITCHED, Stage.FISHBOWL}
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A stage of a debate and how long it lasts; None: until the instructor goes on."""

    stage: Stage
    length: timedelta | None = None


Timetable = tuple[Planned, ...]

FLOOR_SHARE: Final = {
    Stage.JOINING: 0.5,
    Stage.FLOOR: 1.0,
    Stage.OPENING: 1.0,
    Stage.REBUTTAL: 1.0,
    Stage.CLOSING: 0.5,
    Stage.SWITCHED: 1.0,
    Stage.FISHBOWL: 1.0,
    Stage.STATEMENT: 1.0,
    Stage.VOTING: 0.5,
}
"""How long a stage lasts, in shares of the length that an instructor chooses for the main ones."""

STAGES: Final = {
    Format.OPEN: (Stage.FLOOR, Stage.VOTING),
    Format.OXFORD: (Stage.JOINING, Stage.OPENING, Stage.REBUTTAL, Stage.CLOSING, Stage.VOTING),
    Format.SWITCH: (Stage.JOINING, Stage.OPENING, Stage.SWITCHED, Stage.STATEMENT, Stage.VOTING),
    Format.FISHBOWL: (Stage.JOINING, Stage.FISHBOWL, Stage.FISHBOWL, Stage.FISHBOWL, Stage.VOTING),
}


def timetable(format: Format, length: timedelta | None) -> Timetable:
    """The stages of a format, the main ones of that length, whole minutes; None: all until the instructor goes on."""
    return tuple(
        Planned(stage, None if length is None else _minutes(length * FLOOR_SHARE[stage]))
        for stage in STAGES[format]
    )


def _minutes(length: timedelta) -> timedelta:
    return timedelta(minutes=max(round(length / timedelta(minutes=1)), 1))
