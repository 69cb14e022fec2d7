"""Who stands where in a run, and what of it everybody may see. Pure; knows people only as keys.

People are measured over the questions since they joined, so that nothing before counts against them. Nobody in the
lower half is ever named, and nobody at all where under ``FEWEST_RANKED`` can be placed.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from bot.insight.proportion import FEWEST_FOR_PERCENT, tally
from bot.quiz.teams import Team

Person = TypeVar("Person", bound=Hashable)

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
class TeamScore:
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
        counts, _, share = tally(self.right, self.answers).partition(", ")
        enough = share and self.members >= FEWEST_FOR_PERCENT
        return f"{counts} answers right" + (f", {share}" if enough else "")


def team_scores(members: Iterable[tuple[Team, int, int]]) -> list[TeamScore]:
    """The teams by their share of right answers among those given, from each member's team, answers and right ones.

    Withheld are the figures of teams with under ``FEWEST_IN_TEAM`` members who answered, and of teams whose answers
    were all alike. What is withheld must not follow from the class's total either: if the withheld teams have under
    ``FEWEST_IN_TEAM`` members together, the smallest of the others goes with them. Withheld teams come last.
    """
    sums: dict[Team, tuple[int, int, int]] = {}
    for team, answers, right in members:
        if answers:
            size, so_far, right_so_far = sums.get(team, (0, 0, 0))
            sums[team] = size + 1, so_far + answers, right_so_far + right
    scores = [
        TeamScore(team, size, right, answers, shown=size >= FEWEST_IN_TEAM and 0 < right < answers)
        for team, (size, answers, right) in sums.items()
    ]
    shown = sorted((score for score in scores if score.shown), key=lambda score: -score.members)
    withheld = [score for score in scores if not score.shown]
    while shown and withheld and sum(score.members for score in withheld) < FEWEST_IN_TEAM:
        withheld.append(shown.pop())
    order = list(Team)
    shown.sort(key=lambda score: (-Fraction(score.right, score.answers), order.index(score.team)))
    withheld.sort(key=lambda score: order.index(score.team))
    return shown + [TeamScore(each.team, each.members, each.right, each.answers, False) for each in withheld]
