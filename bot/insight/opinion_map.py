"""The opinion map: who answered alike, what each group says, and what all groups agree on, after the method of Polis.

A map is drawn only where its groups are more than chance; otherwise there is a reason why not. Formulas: C. Small,
M. Bjorkegren, T. Erkkilä, L. Shaw and C. Megill, "Polis: scaling deliberation by mapping high dimensional opinion
spaces", Recerca 26 (2021), and the documentation of Polis. Knows nothing of who the people are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod, sqrt

from bot.debate.opinion import Vote
from bot.debate.suppression import FEWEST_SHOWN, tells_on_nobody
from bot.insight.opinion_space import find_map

FEWEST_PEOPLE = 20
FEWEST_STATEMENTS = 15
FEWEST_VOTES = 7
"""A person with fewer votes has no place on the map; where there are fewer statements, all of them."""

SHUFFLES = 99
HIGHEST_P = 0.05
"""Groups as good as these may come of shuffled votes in one case of twenty; more often, and there is no map."""

Z_90 = 1.2816
"""The standard normal value that is passed by chance in one case of ten."""

MOST_NAMED = 3
"""Statements named of a group's agreement, of its disagreement, and of what all groups share."""

Votes = Sequence[Vote | None]
"""What one person says to each statement, None for nothing."""


class NoMapReason(StrEnum):
    """Why there is no map."""

    FEW_STATEMENTS = "few_statements"
    FEW_PEOPLE = "few_people"
    NO_GROUPS = "no_groups"
    SMALL_GROUPS = "small_groups"


@dataclass(frozen=True, slots=True)
class NoMap:
    """That there is no map, and why; ``counted`` people gave enough votes."""

    reason: NoMapReason
    counted: int
    statements: int

    @property
    def fewest_votes(self) -> int:
        """So many votes make a person count."""
        return fewest_votes(self.statements)


@dataclass(frozen=True, slots=True)
class Group:
    """People who answered alike. ``agrees`` and ``disagrees`` are the statements (from 0) that tell it from the others,
    the most telling first; ``points`` are its people on the map."""

    size: int
    agrees: tuple[int, ...]
    disagrees: tuple[int, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """A map that may be shown. ``groups`` have five people or more, the largest first; ``left_out`` are the people in
    smaller ones. ``shared`` are the statements (from 0) that every group agrees with, the surest first.

    ``as_good`` of the ``shuffles`` of the votes fell into groups as good as these.
    """

    counted: int
    groups: tuple[Group, ...]
    left_out: int
    shared: tuple[int, ...]
    as_good: int
    shuffles: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How a group voted on a statement."""

    agree: int
    disagree: int
    votes: int

    def of(self, vote: Vote) -> int:
        """How many voted so."""
        match vote:
            case Vote.AGREE:
                return self.agree
            case Vote.DISAGREE:
                return self.disagree
            case Vote.PASS:
                return self.votes - self.agree - self.disagree


def opinion_map(people: Sequence[Votes], seed: int) -> OpinionMap | NoMap:
    """The map of what people said, a row each, or why there is none. The same votes and seed give the same map.

    It takes 20 people with ``fewest_votes`` votes, 15 statements, groups that shuffled votes seldom equal, and two of
    them with five people or more.
    """
    statements = max(map(len, people), default=0)
    counted = [votes for votes in people if _given(votes) >= max(fewest_votes(statements), 1)]
    if statements < FEWEST_STATEMENTS:
        return NoMap(NoMapReason.FEW_STATEMENTS, len(counted), statements)
    if len(counted) < FEWEST_PEOPLE:
        return NoMap(NoMapReason.FEW_PEOPLE, len(counted), statements)
    found = find_map(counted, seed, shuffles=SHUFFLES, highest_p=HIGHEST_P)
    if found is None:
        return NoMap(NoMapReason.NO_GROUPS, len(counted), statements)
    sizes = [found.labels.count(group) for group in range(max(found.labels) + 1)]
    tallies = [
        [
            _tally(votes[at] for votes, label in zip(counted, found.labels, strict=True) if label == group)
            for group in range(len(sizes))
        ]
        for at in range(statements)
    ]
    large = sorted((at for at, size in enumerate(sizes) if size >= FEWEST_SHOWN), key=lambda at: -sizes[at])
    if len(large) < 2:
        return NoMap(NoMapReason.SMALL_GROUPS, len(counted), statements)
    shown = [at for at in range(statements) if tells_on_nobody(_each(votes[at] for votes in people))]
    return OpinionMap(
        counted=len(counted),
        groups=tuple(
            Group(
                sizes[group],
                _telling(tallies, group, Vote.AGREE, shown),
                _telling(tallies, group, Vote.DISAGREE, shown),
                tuple(p for p, label in zip(found.points, found.labels, strict=True) if label == group),
            )
            for group in large
        ),
        left_out=len(counted) - sum(sizes[group] for group in large),
        shared=_shared(tallies, shown),
        as_good=found.as_good,
        shuffles=SHUFFLES,
    )


def fewest_votes(statements: int) -> int:
    """So many votes make a person count: min(7, C)."""
    return min(FEWEST_VOTES, statements)


def probability(count: int, votes: int) -> float:
    """How likely somebody of a group votes so, smoothed: P_v(g, c) = (n_v + 1) / (n + 2)."""
    return (count + 1) / (votes + 2)


def stands_out(count: int, votes: int) -> float:
    """The z of one proportion, whether more than half of a group vote so: 2 sqrt(n + 1) ((n_v + 1) / (n + 1) - 1/2)."""
    return 2 * sqrt(votes + 1) * ((count + 1) / (votes + 1) - 0.5)


def differs(count: int, votes: int, other_count: int, other_votes: int) -> float:
    """The z of two proportions, whether a group votes so more often than the others; each count has one more.

    (p1 - p2) / sqrt(p (1 - p) (1 / n1 + 1 / n2)), where p is the proportion of both together.
    """
    a, n, b, m = count + 1, votes + 1, other_count + 1, other_votes + 1
    both = (a + b) / (n + m)
    return 0.0 if both == 1 else (a / n - b / m) / sqrt(both * (1 - both) * (1 / n + 1 / m))


def representativeness(count: int, votes: int, other_count: int, other_votes: int) -> float | None:
    """How far a vote tells a group from the others, None where it does not: both z must pass 1.2816.

    R = P_v(g, c) / P_v(not g, c), weighed with both z and P_v(g, c) itself.
    """
    own, apart = stands_out(count, votes), differs(count, votes, other_count, other_votes)
    if min(own, apart) <= Z_90:
        return None
    share = probability(count, votes)
    return share / probability(other_count, other_votes) * apart * share * own


def consensus(groups: Iterable[Tally]) -> float:
    """How far all groups agree with a statement: the product over the groups of (A_gc + 1) / (S_gc + 2)."""
    return prod(probability(each.agree, each.votes) for each in groups)


def _given(votes: Votes) -> int:
    return sum(vote is not None for vote in votes)


def _each(votes: Iterable[Vote | None]) -> list[int]:
    given = list(votes)
    return [given.count(vote) for vote in Vote]


def _tally(votes: Iterable[Vote | None]) -> Tally:
    given = [vote for vote in votes if vote is not None]
    return Tally(given.count(Vote.AGREE), given.count(Vote.DISAGREE), len(given))


def _telling(
    tallies: Sequence[Sequence[Tally]], group: int, vote: Vote, shown: Iterable[int]
) -> tuple[int, ...]:
    weights: dict[int, float] = {}
    for at in shown:
        own = tallies[at][group]
        others = [each for place, each in enumerate(tallies[at]) if place != group]
        weight = representativeness(
            own.of(vote), own.votes, sum(each.of(vote) for each in others), sum(each.votes for each in others)
        )
        if weight is not None and own.votes >= FEWEST_SHOWN:
            weights[at] = weight
    return tuple(sorted(weights, key=lambda at: -weights[at])[:MOST_NAMED])


def _shared(tallies: Sequence[Sequence[Tally]], shown: Iterable[int]) -> tuple[int, ...]:
    agreed = [at for at in shown if all(probability(each.agree, each.votes) > 0.5 for each in tallies[at])]
    return tuple(sorted(agreed, key=lambda at: -consensus(tallies[at]))[:MOST_NAMED])
