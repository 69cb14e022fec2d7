"""The knowledge gate: which questions of the bank have to do with a claim. Pure; knows nothing of who tries them."""

import random
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from bot.bank.item import ItemBase
from bot.bank.kinds.claim import Claim

SAME_PARAGRAPH = 2


class HasItem(Protocol):
    """Something that stands for an item."""

    @property
    def item(self) -> ItemBase: ...


Stored = TypeVar("Stored", bound=HasItem)


def linked(claim: Claim, candidates: Iterable[Stored]) -> list[Stored]:
    """The questions that share a topic or a paragraph of the source with a claim, the closest first.

    Each shared tag counts 1, a shared paragraph 2; ties stand in the order of the ids.
    """
    scored = [(_closeness(claim, each.item), each) for each in candidates if each.item.graded]
    close = [(score, each) for score, each in scored if score > 0]
    close.sort(key=lambda pair: (-pair[0], pair[1].item.id))
    return [each for _, each in close]


def gate_questions(
    claim: Claim,
    candidates: Iterable[Stored],
    count: int,
    rng: random.Random,
    *,
    beside: Sequence[HasItem] = (),
) -> list[Stored]:
    """So many of the closest questions, in random order, none excluded by another; fewer if there are not more.

    Those that are asked ``beside`` them count among so many, and are not asked twice.
    """
    chosen: list[Stored] = []
    for each in linked(claim, candidates):
        if len(beside) + len(chosen) >= count:
            break
        others = (other.item for other in (*beside, *chosen))
        if not any(each.item.id == other.id or _exclude(each.item, other) for other in others):
            chosen.append(each)
    rng.shuffle(chosen)
    return chosen


def _closeness(claim: Claim, item: ItemBase) -> int:
    shared = set(claim.paragraph) & set(item.paragraph)
    return len(set(claim.tags) & set(item.tags)) + (SAME_PARAGRAPH if shared else 0)


def _exclude(one: ItemBase, other: ItemBase) -> bool:
    return other.id in one.not_with or one.id in other.not_with
