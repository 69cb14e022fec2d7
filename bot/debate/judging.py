"""Which arguments have the better reasons, from comparisons of pairs. Knows no names, and nothing of who compared.

A pair always has an argument of either side, so that nobody judges only their own.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, sqrt
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=int)

FEWEST_COMPARISONS = 3
"""An argument is ranked only with so many comparisons: with fewer, its place is chance."""

PRIOR = 1.0
"""Each argument is taken to have been found equal once to an average one: nobody is infinitely good or bad."""

MOST_SWEEPS = 1_000
CLOSE_ENOUGH = 1e-6
LONGEST_STEP = 1.0
"""Of a logarithm: far from its place Newton's step may go too far."""

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

    The model of Bradley and Terry (1952): P(i beats j) = 1 / (1 + exp(aⱼ − aᵢ)) with an ability a for each, fitted to
    the greatest likelihood, where two that were found equal have half a win each, and ``PRIOR`` comparisons of each
    with an argument of ability 0 were equal. The uncertainty of an ability is that of the observed information on
    its diagonal, Σⱼ nᵢⱼ·P(i)·P(j): an approximation that leaves out how the others' are uncertain, too.
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
    # One after the other, each with the newest of the others: some twenty sweeps in a class, where steps of all at
    # once that cannot go too far (Hunter 2004) take hundreds.
    abilities = dict.fromkeys(wins, 0.0)
    for _ in range(MOST_SWEEPS):
        furthest = 0.0
        for key, won in wins.items():
            expected, information = _expected(abilities[key], abilities, met[key])
            step = (won + PRIOR / 2 - expected) / information
            step = max(-LONGEST_STEP, min(LONGEST_STEP, step))
            abilities[key] += step
            furthest = max(furthest, abs(step))
        if furthest < CLOSE_ENOUGH:
            break
    found = [_strength(key, abilities, met[key]) for key in wins]
    return sorted(found, key=lambda each: (-each.chance, each.key))


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


def _expected(ability: float, abilities: Mapping[Key, float], met: Mapping[Key, int]) -> tuple[float, float]:
    """How many of its comparisons an argument of that ability wins on average, and how much they tell of it."""
    chance = _chance(ability)
    expected, information = PRIOR * chance, PRIOR * chance * (1 - chance)
    for other, count in met.items():
        chance = _chance(ability - abilities[other])
        expected += count * chance
        information += count * chance * (1 - chance)
    return expected, information


def _strength(key: Key, abilities: Mapping[Key, float], met: Mapping[Key, int]) -> Strength[Key]:
    ability = abilities[key]
    _, information = _expected(ability, abilities, met)
    spread = NORMAL_95 / sqrt(information)
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
