"""What a check of weak items sees, and the list of all of them. Knows no check itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.bank.fault import Fault
from bot.bank.kinds import Item

HEAD: Final = -1
"""The place of a warning that is about the set as a whole: its head."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A set's items, and the figures of its source by paragraph as far as they are known.

    ``whole`` says that ``figures`` has every paragraph of the source; ``dates`` are the year, month and day of
    the source, which any of its items may name.
    """

    items: Sequence[Item]
    figures: Mapping[int, Set[Decimal]] | None = None
    whole: bool = False
    dates: Set[Decimal] = frozenset()


ItemCheck = Callable[[Item], Iterator[Fault]]
SetCheck = Callable[[Examined], Iterator[tuple[int, Fault]]]
"""Gives faults with the index of the item each is about, or HEAD."""

ITEM_CHECKS: Final[list[ItemCheck]] = []
SET_CHECKS: Final[list[SetCheck]] = []
CODES: Final[set[str]] = set()
"""The codes of all warnings."""


def item_check(*codes: str) -> Callable[[ItemCheck], ItemCheck]:
    """Register a check of one item by itself with the codes that it can give."""

    def register(check: ItemCheck) -> ItemCheck:
        CODES.update(codes)
        ITEM_CHECKS.append(check)
        return check

    return register


def set_check(*codes: str) -> Callable[[SetCheck], SetCheck]:
    """Register a check that needs all items, or the source, with the codes that it can give."""

    def register(check: SetCheck) -> SetCheck:
        CODES.update(codes)
        SET_CHECKS.append(check)
        return check

    return register
