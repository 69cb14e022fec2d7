"""How far a debate was everybody's: who spoke, who was silent, and whether the sides answered each other.

Counts contributions, never their worth, and knows nothing of stances.
"""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.debate.sides import Side

Person = TypeVar("Person", bound=Hashable)

SIMULATIONS = 200


@dataclass(frozen=True, slots=True)
class Contribution(Generic[Person]):
    """One argument: who made it, on which side, and the side of the argument that it answers, if any."""

    author: Person
    side: Side
    answers: Side | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """Participation in figures.

    ``by_side`` counts arguments. ``gini`` is 0 when all contributed equally and 1 when one person did it all;
    it is None for fewer than two people or no arguments. Do not show it raw: see ``is_uneven``.
    """

    members: int
    participants: int
    silent: int
    arguments: int
    by_side: Mapping[Side, int]
    replies: int
    replies_across: int
    gini: float | None


def participation(members: Iterable[Person], contributions: Iterable[Contribution[Person]]) -> Participation:
    """The figures of a debate: ``members`` is everybody who joined; authors who since left count as well."""
    made = list(contributions)
    counts = contribution_counts(members, made)
    silent = sum(count == 0 for count in counts.values())
    replies = [(each.side, each.answers) for each in made if each.answers is not None]
    return Participation(
        members=len(counts),
        participants=len(counts) - silent,
        silent=silent,
        arguments=len(made),
        by_side={side: sum(each.side is side for each in made) for side in Side},
        replies=len(replies),
        replies_across=sum(side is not answered for side, answered in replies),
        gini=gini(list(counts.values())),
    )


def contribution_counts(
    members: Iterable[Person], contributions: Iterable[Contribution[Person]]
) -> Counter[Person]:
    """Contributions per person, with a zero for each silent member."""
    counts: Counter[Person] = Counter(dict.fromkeys(members, 0))
    counts.update(each.author for each in contributions)
    return counts


def gini(counts: Sequence[int]) -> float | None:
    """The Gini coefficient with the small-sample correction, 0-1; None for under two counts or a sum of 0.

    G = Σ(2i − n − 1)·x₍ᵢ₎ / (n·Σx) · n/(n − 1), with the counts in ascending order and i from 1. Silent
    members belong in ``counts`` as zeros.
    """
    n, total = len(counts), sum(counts)
    if n < 2 or total == 0:
        return None
    weighted = sum((2 * i - n - 1) * count for i, count in enumerate(sorted(counts), start=1))
    return weighted / (total * (n - 1))


def is_uneven(counts: Sequence[int], rng: random.Random, *, simulations: int = SIMULATIONS) -> bool:
    """Whether contributions are spread more unevenly than chance alone would spread them.

    Equally keen people do not contribute equally: chance alone gives a Gini well above 0. So the class's
    figure is compared with the 95th percentile of as many contributions dealt at random to as many people.
    """
    seen = gini(counts)
    if seen is None:
        return False
    chance = sorted(_gini_by_chance(len(counts), sum(counts), rng) for _ in range(simulations))
    return seen > chance[int(0.95 * (simulations - 1))] + 1e-9


def _gini_by_chance(people: int, contributions: int, rng: random.Random) -> float:
    dealt = Counter(rng.choices(range(people), k=contributions))
    figure = gini([dealt[person] for person in range(people)])
    return 0.0 if figure is None else figure
