"""What two votes say of a discussion, and what they must not say of anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.shift import FEWEST_IN_A_GROUP, Shift, measure_shift

votes = st.dictionaries(st.integers(0, 40), st.booleans())


def shift(
    kept: int, gained: int, lost: int, neither: int, *, only_first: int = 0, only_second: int = 0
) -> Shift:
    """A class of which so many moved so; those who voted once were right."""
    moves = (
        [(True, True)] * kept + [(False, True)] * gained + [(True, False)] * lost + [(False, False)] * neither
    )
    first = {f"both {n}": before for n, (before, _) in enumerate(moves)}
    second = {f"both {n}": after for n, (_, after) in enumerate(moves)}
    first |= {f"first {n}": True for n in range(only_first)}
    second |= {f"second {n}": True for n in range(only_second)}
    return measure_shift(first, second)


def test_both_votes_and_the_moves_are_told() -> None:
    assert shift(8, 7, 1, 4).describe().splitlines() == [
        "First vote: 9 of 20 right, 45% ████",
        "Second vote: 15 of 20 right, 75% ██████",
        "Of the 20 people who voted twice: 7 went from not right to right, 1 the other way.",
    ]


def test_few_votes_come_with_a_warning() -> None:
    assert (
        shift(5, 5, 0, 1).describe().endswith("nobody the other way. With so few votes this may be chance.")
    )


def test_moves_are_those_of_people_who_voted_twice() -> None:
    moved = shift(6, 6, 0, 0, only_first=5, only_second=2)
    assert (moved.twice, moved.gained, moved.first.answers, moved.second.answers) == (12, 6, 17, 14)
    assert "Of the 12 people who voted twice" in moved.describe()


@pytest.mark.parametrize(
    ("few", "why"),
    [
        (shift(4, 2, 0, 0), "two groups of few"),
        (shift(8, 1, 1, 0), "one person was not right at first"),
        (shift(0, 0, 5, 6), "nobody of a group was right in the end"),
        (shift(6, 0, 0, 6), "whoever was not right stayed so"),
        (shift(1, 0, 0, 0), "one person"),
    ],
)
def test_moves_that_could_tell_on_somebody_are_withheld(few: Shift, why: str) -> None:
    assert not few.moves_shown, why
    assert "is not shown where it could tell on a single person" in few.describe()
    assert "the other way" not in few.describe()


def test_nobody_in_the_second_vote_is_said() -> None:
    words = shift(0, 0, 0, 0, only_first=6).describe()
    assert words == "First vote: 6 of 6 right, 100% ████████\nNobody voted a second time."


def test_strangers_to_the_first_vote_are_no_move() -> None:
    words = shift(0, 0, 0, 0, only_first=3, only_second=2).describe().splitlines()
    assert words == [
        "First vote: 3 of 3 right ████████",
        "Second vote: 2 of 2 right ████████",
        "Nobody took part in both votes.",
    ]


@given(votes, votes)
def test_counts_add_up_and_small_groups_stay_private(first: dict[int, bool], second: dict[int, bool]) -> None:
    found = measure_shift(first, second)
    assert found.twice == len(first.keys() & second.keys())
    assert (found.first.right, found.first.answers) == (sum(first.values()), len(first))
    assert (found.second.right, found.second.answers) == (sum(second.values()), len(second))
    told = found.describe()
    for group in (found.kept + found.lost, found.gained + found.neither):
        if 0 < group < FEWEST_IN_A_GROUP:
            assert not re.search(r"right to right|the other way", told)


@given(votes)
def test_votes_that_are_alike_moved_nobody(votes: dict[int, bool]) -> None:
    found = measure_shift(votes, votes)
    assert (found.gained, found.lost) == (0, 0)
    assert found.first == found.second
