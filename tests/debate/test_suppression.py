import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.stance import VOTES, Standing
from bot.debate.suppression import publishable


def votes(for_: int, against: int, undecided: int, declined: int = 0) -> dict[Standing, int]:
    return {
        Standing.FOR: for_,
        Standing.AGAINST: against,
        Standing.UNDECIDED: undecided,
        Standing.DECLINED: declined,
    }


COUNTS = st.builds(votes, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        (votes(3, 2, 0), True),
        (votes(4, 0, 1), True),
        (votes(2, 1, 1), False),
        (votes(5, 0, 0), False),
        (votes(0, 0, 30), False),
        (votes(2, 2, 0, declined=6), False),
        (votes(5, 0, 0, declined=1), False),
        (votes(0, 0, 0, declined=9), False),
        ({}, False),
        ({Standing.FOR: 4, Standing.AGAINST: 1}, True),
    ],
)
def test_few_or_unanimous_votes_are_withheld(counts: dict[Standing, int], shown: bool) -> None:
    assert publishable(counts) is shown


@given(COUNTS)
def test_whatever_is_shown_has_enough_votes_of_two_sorts(counts: dict[Standing, int]) -> None:
    if publishable(counts):
        votes_given = [counts[standing] for standing in VOTES]
        assert sum(votes_given) >= 5
        assert sum(1 for count in votes_given if count) >= 2
