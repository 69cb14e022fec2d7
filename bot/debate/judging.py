"""Which arguments have the better reasons, from comparisons of pairs. Knows no names, and nothing of who compared.

A pair always has an argument of either side, so that nobody judges only their own. Strengths are told only among the
arguments of one side: on a common scale they would say which side did better.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, sqrt
from statistics import NormalDist
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=int)

PRIOR = 1.0
"""Each argument is taken to have been found equal once to an average one: nobody is infinitely good or bad."""

MOST_SWEEPS = 1_000
CLOSE_ENOUGH = 1e-6
LONGEST_STEP = 1.0
"""Of a logarithm: far from its place Newton's step may go too far."""

NORMAL_95 = 1.96
CLEAR = 0.05
"""In at most so many debates of arguments that are equally good is any argument said to stand out."""


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
    """How an argument does among others: the chance (0 to 1) that it is found better than their average, with its 95 %
    interval. ``stands_out`` says that it is better beyond what chance explains, in a debate of so many: see ``among``.
    """

    key: Key
    chance: float
    low: float
    high: float
    comparisons: int
    stands_out: bool


@dataclass(frozen=True, slots=True, eq=False)
class Fit(Generic[Key]):
    """The abilities of all arguments that were compared, and how uncertain these are together: the covariance has a
    row and a column for each, in the order of ``abilities``.

    ``first_steps`` and ``chance_covariance`` are the same as they look from where all are equally good: one step of
    Newton's from there, and how far chance alone spreads such steps.
    """

    abilities: Mapping[Key, float]
    covariance: NDArray[np.floating[Any]]
    first_steps: NDArray[np.floating[Any]]
    chance_covariance: NDArray[np.floating[Any]]
    comparisons: Mapping[Key, int]

    def among(self, keys: Collection[Key]) -> list[Strength[Key]]:
        """The strengths of those of ``keys`` that were compared, each against the mean ability of these, the strongest
        first.

        What all of them have in common drops out: a side that is found better as a whole is not told from another.

        Of many arguments some do well by chance. One stands out if Rao's score test (1948) of "all are equally good"
        finds it above the mean at a level of ``CLEAR`` divided by the number of all arguments that were compared, of
        either side (Bonferroni), and its own interval does too. Not the interval alone at that level: it grows faster
        than the ability of one that nearly always wins (Hauck and Donner 1977), which would seldom be named.
        """
        chosen = [key in keys for key in self.abilities]
        count = sum(chosen)
        if not count:
            return []
        mean = np.array(chosen) / count
        middle = (
            sum(ability for ability, one in zip(self.abilities.values(), chosen, strict=True) if one) / count
        )
        beyond_chance = NormalDist().inv_cdf(1 - CLEAR / len(self.abilities))
        found: list[Strength[Key]] = []
        for at, (key, ability) in enumerate(self.abilities.items()):
            if chosen[at]:
                contrast = -mean
                contrast[at] += 1
                above = ability - middle
                spread = NORMAL_95 * _deviation(contrast, self.covariance)
                low, high = _chance(above - spread), _chance(above + spread)
                by_chance = beyond_chance * _deviation(contrast, self.chance_covariance)
                stands_out = low > 0.5 and float(contrast @ self.first_steps) > by_chance
                found.append(Strength(key, _chance(above), low, high, self.comparisons[key], stands_out))
        return sorted(found, key=lambda each: (-each.chance, each.key))


def bradley_terry(judged: Iterable[Judged[Key]]) -> Fit[Key]:
    """The abilities of all arguments that were compared.

    The model of Bradley and Terry (1952): P(i beats j) = 1 / (1 + exp(aⱼ − aᵢ)) with an ability a for each, fitted to
    the greatest likelihood, where two that were found equal have half a win each, and ``PRIOR`` comparisons of each
    with an argument of ability 0 were equal. The covariance is the inverse of the information, prior included.
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
    comparisons = {key: counts.total() for key, counts in met.items()}
    chance_covariance = np.linalg.inv(_information(dict.fromkeys(wins, 0.0), met))
    surplus = np.array([won - comparisons[key] / 2 for key, won in wins.items()])
    return Fit(
        abilities,
        covariance=np.linalg.inv(_information(abilities, met)),
        first_steps=chance_covariance @ surplus,
        chance_covariance=chance_covariance,
        comparisons=comparisons,
    )


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


def _information(abilities: Mapping[Key, float], met: Mapping[Key, Mapping[Key, int]]) -> NDArray[np.float64]:
    """How much the comparisons and the prior tell of all abilities together."""
    place = {key: at for at, key in enumerate(abilities)}
    information = np.zeros((len(place), len(place)))
    for key, at in place.items():
        _, information[at, at] = _expected(abilities[key], abilities, met[key])
        for other, count in met[key].items():
            chance = _chance(abilities[key] - abilities[other])
            information[at, place[other]] = -count * chance * (1 - chance)
    return information


def _deviation(contrast: NDArray[np.float64], covariance: NDArray[np.floating[Any]]) -> float:
    """The standard deviation of a weighted sum."""
    return sqrt(max(float(contrast @ covariance @ contrast), 0.0))


def _chance(ability: float) -> float:
    """That an argument of that ability is found better than one of ability 0."""
    return 1 / (1 + exp(-ability))
