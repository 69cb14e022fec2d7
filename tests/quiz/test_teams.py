"""Teams: their names, and that they stay balanced."""

from collections import Counter

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.quiz.options import RunOptions, options_from_text, options_to_text
from bot.quiz.teams import MOST_TEAMS, Team, TeamChoice, smallest_team, teams_of
from bot.views.layout import LETTERS


def test_there_are_six_teams_at_most() -> None:
    assert MOST_TEAMS == 6
    assert teams_of(2) == (Team.BLUE, Team.GREEN)
    assert teams_of(MOST_TEAMS) == tuple(Team)


def test_names_are_words_that_no_option_letter_is_taken_for() -> None:
    for team in Team:
        assert team.words.isalpha()
        assert len(team.words) > 3
        assert team.words not in LETTERS
    assert len({team.words[0] for team in Team}) == len(Team), "each begins with another letter"


@given(st.integers(2, MOST_TEAMS), st.integers(0, 2**48), st.integers(0, 300))
def test_teams_that_fill_up_stay_one_apart(count: int, seed: int, people: int) -> None:
    sizes: Counter[Team] = Counter()
    for _ in range(people):
        sizes[smallest_team(sizes, count, seed)] += 1
    numbers = [sizes[team] for team in teams_of(count)]
    assert sum(numbers) == people
    assert max(numbers) - min(numbers) <= 1


@given(st.integers(0, 2**48))
def test_smallest_team_is_taken_whatever_the_seed(seed: int) -> None:
    assert smallest_team({Team.BLUE: 3, Team.GREEN: 2, Team.ORANGE: 3}, 3, seed) is Team.GREEN


def test_seed_decides_between_equal_teams() -> None:
    assert {smallest_team({}, 4, seed) for seed in range(50)} == set(teams_of(4))
    assert smallest_team({}, 4, 7) is smallest_team({}, 4, 7)


def test_nobody_comes_into_no_team() -> None:
    with pytest.raises(ValueError, match="no teams"):
        smallest_team({}, 0, 1)


def test_options_are_stored_and_found_again() -> None:
    options = RunOptions(teams=3, team_choice=TeamChoice.CHOSEN, speed_points=True, board=True)
    assert options_from_text(options_to_text(options)) == options
    assert options_to_text(RunOptions()) == "{}"
