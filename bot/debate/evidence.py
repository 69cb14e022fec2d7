"""Which evidence cards either side of a debate is dealt: equally many, and none twice.

First come the cards that the claim's own author chose for a case, to neither side more than to the other. What is
missing is made up from facts that bear on the claim without belonging to a side, the closest first. Knows nothing of
where items are kept.
"""

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.bank.findable import is_evidence
from bot.bank.item import ItemBase, Label
from bot.bank.kinds.claim import Claim
from bot.debate.sides import Side

K = TypeVar("K", bound=Hashable)

HAND: Final = 3
"""The cards of a side: what one can read and use in a debate."""
LEAST_CLOSE: Final = 3
"""A fact that shares less with a claim than this does not bear on it."""

_LINKED, _SAME_PARAGRAPH, _SAME_TOPIC = 3, 1, 1


@dataclass(frozen=True, slots=True)
class Deal(Generic[K]):
    """The cards of each side, equally many."""

    hands: Mapping[Side, tuple[K, ...]]

    @property
    def size(self) -> int:
        """How many cards each side has."""
        return len(self.hands[Side.FOR])


def deal(claim: Claim, items: Mapping[K, ItemBase], rng: random.Random) -> Deal[K]:
    """Deal cards from the items of the claim's own set; fewer than ``HAND`` a side where there are too few."""
    fit = {key: item for key, item in items.items() if may_be_dealt(item)}
    by_name = {item.id: key for key, item in fit.items()}
    chosen = {side: [by_name[name] for name in _chosen(claim, side) if name in by_name] for side in Side}
    for cards in chosen.values():
        rng.shuffle(cards)
    own = min(HAND, *map(len, chosen.values()))
    hands = {side: cards[:own] for side, cards in chosen.items()}
    common = _common(claim, fit, [fit[key] for hand in hands.values() for key in hand], rng)
    size = min(HAND, own + len(common) // len(Side))
    drawn = common[: (size - own) * len(Side)]
    rng.shuffle(drawn)
    for hand in hands.values():
        while len(hand) < size:
            hand.append(drawn.pop())
    return Deal({side: tuple(hand) for side, hand in hands.items()})


def _common(
    claim: Claim, items: Mapping[K, ItemBase], dealt: Sequence[ItemBase], rng: random.Random
) -> list[K]:
    """The facts that bear on a claim and belong to no side, the closest first, none beside one that says the same."""
    named = {name for side in Side for name in _chosen(claim, side)}
    keys = [
        key for key, item in items.items() if closeness(claim, item) >= LEAST_CLOSE and item.id not in named
    ]
    rng.shuffle(keys)
    keys.sort(key=lambda key: closeness(claim, items[key]), reverse=True)
    taken, common = list(dealt), list[K]()
    for key in keys:
        item = items[key]
        if not any(item.id in other.not_with or other.id in item.not_with for other in taken):
            taken.append(item)
            common.append(key)
    return common


def may_be_dealt(item: ItemBase) -> bool:
    """Whether an item can be a card: a fact, and none that could only help by being wrong.

    A misconception, or what is out of date, is dealt with that label, and only with what is known better.
    """
    if item.label in (Label.MISCONCEPTION, Label.OUTDATED) and item.correction is None and item.since is None:
        return False
    return is_evidence(item)


def closeness(claim: Claim, item: ItemBase) -> int:
    """How much an item shares with a claim: a link on either side, paragraphs of the source, topics."""
    linked = item.id in claim.not_with or claim.id in item.not_with
    same_source = item.source == claim.source
    return (
        _LINKED * linked
        + _SAME_PARAGRAPH * (same_source and not set(item.paragraph).isdisjoint(claim.paragraph))
        + _SAME_TOPIC * len(set(item.tags) & set(claim.tags))
    )


def _chosen(claim: Claim, side: Side) -> Sequence[str]:
    return claim.case_for.cards if side is Side.FOR else claim.case_against.cards
