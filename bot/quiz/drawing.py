"""Which items a run asks, and in which order their options stand. Pure; randomness comes in as ``rng``."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """Something that may be drawn: its key, the keys it must not be drawn with, and what it stands for.

    What is not ``fresh`` is drawn only where fresh candidates do not suffice.
    """

    key: str
    not_with: frozenset[str]
    value: T
    fresh: bool = True


def draw(candidates: Iterable[Candidate[T]], count: int, rng: random.Random) -> list[T]:
    """Draw at most ``count`` candidates in random order, fresh ones first, never two that exclude each other.

    An exclusion named on either side holds. Fewer than ``count`` come back when no more fit.
    """
    pool = sorted(candidates, key=lambda candidate: candidate.key)
    rng.shuffle(pool)
    pool.sort(key=lambda candidate: not candidate.fresh)
    drawn: list[Candidate[T]] = []
    for candidate in pool:
        if len(drawn) == count:
            break
        if not any(_exclude(candidate, other) for other in drawn):
            drawn.append(candidate)
    return [candidate.value for candidate in drawn]


def option_order(options: Sequence[str], *, keep: bool, rng: random.Random) -> tuple[int, ...]:
    """The order in which options are shown: ``order[slot]`` is the index in the file's order."""
    order = list(range(len(options)))
    if not keep:
        rng.shuffle(order)
    return tuple(order)


def _exclude(one: Candidate[T], other: Candidate[T]) -> bool:
    return other.key in one.not_with or one.key in other.not_with
