"""How far a debate was everybody's: who spoke, who was silent, who spoke for many, and whether the sides answered
each other.

Counts contributions, never their worth, and knows nothing of stances.
"""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.debate.sides import Side

Person = TypeVar("Person", bound=Hashable)

SIMULATIONS = 1_000
"""With fewer the 95th percentile is itself a matter of chance."""


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


@dataclass(frozen=True, slots=True)
class Spread(Generic[Person]):
    """Whether contributions are spread more unevenly than chance explains, and who contributed more than chance lets
    the most active person contribute.
    """

    uneven: bool
    dominating: tuple[Person, ...]


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
    """Whether contributions are spread more unevenly than chance alone would spread them: see ``spread``."""
    return spread(dict(enumerate(counts)), rng, simulations=simulations).uneven


def spread(
    counts: Mapping[Person, int], rng: random.Random, *, simulations: int = SIMULATIONS
) -> Spread[Person]:
    """How contributions are spread, measured against chance.

    Equally keen people do not contribute equally: chance alone gives a Gini well above 0, and in every class somebody
    contributes most. So the class's Gini is compared with its 95th percentile over as many contributions dealt at
    random to as many people, and each person's count with that of the largest count in the same simulation.
    """
    seen = gini(list(counts.values()))
    if seen is None:
        return Spread(uneven=False, dominating=())
    people, contributions = len(counts), sum(counts.values())
    chance = np.random.default_rng(rng.getrandbits(64))
    dealt = np.sort(chance.multinomial(contributions, [1 / people] * people, size=simulations), axis=1)
    # As ``gini``, of all of them at once.
    ginis = dealt @ np.arange(1 - people, people, 2) / (contributions * (people - 1))
    largest = _percentile_95(dealt[:, -1])
    return Spread(
        uneven=seen > _percentile_95(ginis) + 1e-9,
        dominating=tuple(person for person, count in counts.items() if count > largest),
    )


def _percentile_95(figures: NDArray[Any]) -> float:
    """The figure that one more, of the same chance, is greater than in one case of twenty or fewer."""
    place = min(ceil(0.95 * (len(figures) + 1)), len(figures))
    return float(np.sort(figures)[place - 1])
