"""Teams of a live quiz: their names, and which one a person comes into. Pure; knows nothing of answers."""

import random
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Team(StrEnum):
    """The teams, in the order in which a quiz takes them. Words that no option letter could be mistaken for."""

    BLUE = "blue"
    GREEN = "green"
    ORANGE = "orange"
    PURPLE = "purple"
    SILVER = "silver"
    YELLOW = "yellow"

    @property
    def words(self) -> str:
        """The team as a person reads it."""
        return self.value.capitalize()


class TeamChoice(StrEnum):
    """How people come into teams."""

    BALANCED = "balanced"
    CHOSEN = "chosen"


FEWEST_TEAMS: Final = 2
MOST_TEAMS: Final = len(Team)


def teams_of(count: int) -> tuple[Team, ...]:
    """The first ``count`` teams."""
    return tuple(Team)[:count]


def smallest_team(sizes: Mapping[Team, int], count: int, seed: int) -> Team:
    """The team for the next person where there are ``count``: the smallest; equal ones in an order by the seed.

    Teams that only grow this way are never more than one person apart. ``ValueError`` for under one team.
    """
    teams = list(teams_of(count))
    if not teams:
        raise ValueError("there are no teams")
    random.Random(seed).shuffle(teams)
    return min(teams, key=lambda team: sizes.get(team, 0))
