"""Which arguments have the better reasons, from comparisons of pairs. Knows no names, and nothing of who compared.

A pair always has an argument of either side, so that nobody judges only their own.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=int)

FEWEST_COMPARISONS = 3
"""An argument is ranked only with so many comparisons: with fewer, its place is chance."""

PRIOR = 1.0
"""Each argument is taken to have been found equal once to an average one: nobody is infinitely good or bad."""

MOST_STEPS = 200
CLOSE_ENOUGH = 1e-4
NORMAL_95 = 1.96


class Better(StrEnum):
    """What somebody says of a pair; ``SKIPPED`` says nothing of it."""

    LEFT = "left"
    RIGHT = "right"
    EQUAL = "equal"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Judged(Generic[Key]):
    """A pair that somebody compared."""

    left: Key
    right: Key
    better: Better


@dataclass(frozen=True, slots=True)
class Strength(Generic[Key]):
    """How an argument does: the chance (0 to 1) that it is found better than an average one, with its 95 % interval."""

    key: Key
    chance: float
    low: float
    high: float
    comparisons: int


def bradley_terry(judged: Iterable[Judged[Key]]) -> list[Strength[Key]]:
    """The strengths of all arguments that were compared, the strongest first.

    The model of Bradley and Terry (1952): P(i beats j) = pᵢ / (pᵢ + pⱼ), fitted by the minorise-maximise steps of
    Hunter (2004, Annals of Statistics 32), pᵢ ← Wᵢ / Σⱼ nᵢⱼ / (pᵢ + pⱼ), where two that were found equal have half a
    win each, and ``PRIOR`` comparisons of each with an argument of strength 1 were equal. The uncertainty of log pᵢ
    is that of the observed information on its diagonal, Σⱼ nᵢⱼ·P(i)·P(j): an approximation that leaves out how the
    others' strengths are uncertain, too.
    """
    wins: dict[Key, float] = {}
    met: dict[Key, Counter[Key]] = {}
    for each in judged:
        if each.better is Better.SKIPPED:
            continue
        share = {Better.LEFT: 1.0, Better.RIGHT: 0.0}.get(each.better, 0.5)
        for key, other, won in ((each.left, each.right, share), (each.right, each.left, 1 - share)):
            wins[key] = wins.get(key, 0.0) + won
            met.setdefault(key, Counter())[other] += 1
    strength = dict.fromkeys(wins, 1.0)
    for _ in range(MOST_STEPS):
        moved = {key: (won + PRIOR / 2) / _pull(key, strength, met[key]) for key, won in wins.items()}
        change = max((abs(log(moved[key] / strength[key])) for key in wins), default=0.0)
        strength = moved
        if change < CLOSE_ENOUGH:
            break
    found = [_strength(key, strength, met[key]) for key in wins]
    return sorted(found, key=lambda each: (-each.chance, each.key))


def best_reasoned(judged: Sequence[Judged[Key]], side: Collection[Key], most: int = 3) -> list[Strength[Key]]:
    """The strongest arguments of a side, of those that were compared often enough."""
    return [
        each for each in bradley_terry(judged) if each.key in side and each.comparisons >= FEWEST_COMPARISONS
    ][:most]


def next_pair(
    one_side: Iterable[Key],
    other_side: Iterable[Key],
    seen: Collection[frozenset[Key]],
    counts: Mapping[Key, int],
    rng: random.Random,
) -> tuple[Key, Key] | None:
    """A pair that its judge has not seen: of either side those that were compared least, in random order of place."""
    ones, others = list(one_side), list(other_side)
    rng.shuffle(ones)
    rng.shuffle(others)
    ones.sort(key=lambda key: counts.get(key, 0))
    others.sort(key=lambda key: counts.get(key, 0))
    for one in ones:
        for other in others:
            if frozenset((one, other)) not in seen:
                return (one, other) if rng.random() < 0.5 else (other, one)
    return None


def _pull(key: Key, strength: Mapping[Key, float], met: Mapping[Key, int]) -> float:
    own = strength[key]
    return sum(count / (own + strength[other]) for other, count in met.items()) + PRIOR / (own + 1)


def _strength(key: Key, strength: Mapping[Key, float], met: Mapping[Key, int]) -> Strength[Key]:
    own = strength[key]
    information = PRIOR * own / (own + 1) ** 2 + sum(
        count * own * strength[other] / (own + strength[other]) ** 2 for other, count in met.items()
    )
    spread = NORMAL_95 / sqrt(information)
    ability = log(own)
    return Strength(
        key,
        _chance(ability),
        _chance(ability - spread),
        _chance(ability + spread),
        sum(met.values()),
    )


def _chance(ability: float) -> float:
    """That an argument of that ability is found better than one of ability 0."""
    return 1 / (1 + exp(-ability))
