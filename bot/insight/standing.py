"""Who stands where in a run, and what of it everybody may see. Pure; knows people and teams only as keys.

People are measured over the questions since they joined, so that nothing before counts against them. Nobody in the
lower half is ever named, and nobody at all where under ``FEWEST_RANKED`` can be placed.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

from bot.insight.proportion import percent

Person = TypeVar("Person", bound=Hashable)
Team = TypeVar("Team", bound=Hashable)

FEWEST_RANKED = 5
MOST_NAMED = 5

FEWEST_IN_TEAM = 5
"""A team's figure is of so many people at least: the same rule by which debates withhold theirs."""


@dataclass(frozen=True, slots=True)
class Score(Generic[Person]):
    """What somebody achieved of the ``asked`` questions since joining. ``points`` is None where speed is no measure."""

    person: Person
    asked: int
    answered: int
    right: int
    points: int | None = None

    @property
    def measure(self) -> Fraction:
        """What people are ranked by: the share of right answers, or speed points a question in whole points."""
        if not self.asked:
            return Fraction(0)
        if self.points is None:
            return Fraction(self.right, self.asked)
        return Fraction(self.mean_points or 0)

    @property
    def mean_points(self) -> int | None:
        """Speed points a question asked, halves rounded up: what is shown is what is ranked by."""
        if self.points is None or not self.asked:
            return None
        return (2 * self.points + self.asked) // (2 * self.asked)


@dataclass(frozen=True, slots=True)
class Place(Generic[Person]):
    """A place (from 1) with all who share it, in the order in which they were given."""

    number: int
    scores: tuple[Score[Person], ...]


@dataclass(frozen=True, slots=True)
class Standing(Generic[Person]):
    """All places; ``of`` is how many people have one."""

    places: tuple[Place[Person], ...]
    of: int

    @property
    def enough(self) -> bool:
        """Whether so many have a place that a board may be shown."""
        return self.of >= FEWEST_RANKED

    def place_of(self, person: Person) -> Place[Person] | None:
        """The place of a person; None for who has none."""
        for place in self.places:
            if any(score.person == person for score in place.scores):
                return place
        return None

    def best(self) -> tuple[tuple[Place[Person], ...], Place[Person] | None]:
        """The places whose people may be named, and the next one if it is shared by too many to name them all.

        Named are five people at most, and never more than half of all; nobody without a single right answer.
        """
        if not self.enough:
            return (), None
        room = min(MOST_NAMED, self.of // 2)
        named: list[Place[Person]] = []
        for place in self.places:
            if place.scores[0].measure == 0 or room == 0:
                break
            if len(place.scores) > room:
                return tuple(named), place
            named.append(place)
            room -= len(place.scores)
        return tuple(named), None


def standing(scores: Iterable[Score[Person]], questions: int) -> Standing[Person]:
    """Rank people by their measure; equal ones share a place, and the next place counts them all (1, 2, 2, 4).

    A place has who answered, and was there for at least half of the ``questions``: one answer alone is luck.
    """
    placed = [score for score in scores if score.answered and 2 * score.asked >= questions]
    by_measure: dict[Fraction, list[Score[Person]]] = {}
    for score in placed:
        by_measure.setdefault(score.measure, []).append(score)
    places: list[Place[Person]] = []
    number = 1
    for measure in sorted(by_measure, reverse=True):
        places.append(Place(number, tuple(by_measure[measure])))
        number += len(by_measure[measure])
    return Standing(tuple(places), len(placed))


@dataclass(frozen=True, slots=True)
class TeamScore(Generic[Team]):
    """A team: ``members`` who answered at least once, and how many of their answers were right.

    ``shown`` is False where the figure could tell on single people.
    """

    team: Team
    members: int
    right: int
    answers: int
    shown: bool = True

    def describe(self) -> str:
        """The figure in words: ``"41 of 60 answers right, 68%"``."""
        return f"{self.right} of {self.answers} answers right, {percent(self.right, self.answers)}"


def team_scores(members: Iterable[tuple[Team, int, int]], order: Sequence[Team]) -> list[TeamScore[Team]]:
    """The teams by their share of right answers among those given, from each member's team, answers and right ones;
    equal ones in the given order.

    Withheld are the figures of teams with under ``FEWEST_IN_TEAM`` members who answered, and of teams whose answers
    were all alike: whoever knows who was in them would know how each one answered. Nor may that follow from the
    class's total: if it holds for the withheld teams together, the smallest of the others goes with them. Withheld
    teams come last.
    """
    sums: dict[Team, tuple[int, int, int]] = {}
    for team, answers, right in members:
        if answers:
            size, so_far, right_so_far = sums.get(team, (0, 0, 0))
            sums[team] = size + 1, so_far + answers, right_so_far + right
    scores = [TeamScore(team, size, right, answers) for team, (size, answers, right) in sums.items()]
    scores.sort(key=lambda score: -score.members)
    shown = [score for score in scores if not _tells([score])]
    withheld = [score for score in scores if _tells([score])]
    while shown and withheld and _tells(withheld):
        withheld.append(shown.pop())
    shown.sort(key=lambda score: (-Fraction(score.right, score.answers), order.index(score.team)))
    withheld.sort(key=lambda score: order.index(score.team))
    return shown + [replace(score, shown=False) for score in withheld]


def _tells(scores: Sequence[TeamScore[Team]]) -> bool:
    """Whether the figure of these teams together could tell on single people."""
    right, answers = sum(score.right for score in scores), sum(score.answers for score in scores)
    return sum(score.members for score in scores) < FEWEST_IN_TEAM or right in (0, answers)
