import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.stance import VOTES, Standing
from bot.debate.suppression import publishable, publishable_parts


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


def test_one_withheld_part_takes_another_with_it() -> None:
    # Total less the two big parts would be the small one.
    parts = {"a": votes(9, 3, 0), "b": votes(4, 2, 1), "c": votes(1, 1, 0)}
    assert publishable_parts(parts) == {"a"}


def test_parts_that_hide_each_other_cost_nothing_more() -> None:
    parts = {"a": votes(9, 3, 0), "b": votes(2, 2, 0), "c": votes(1, 1, 0)}
    assert publishable_parts(parts) == {"a"}


def test_all_parts_are_shown_when_none_needs_hiding() -> None:
    parts = {"a": votes(9, 3, 0), "b": votes(3, 2, 0), "c": votes(0, 0, 0)}
    assert publishable_parts(parts) == {"a", "b"}


@given(st.lists(COUNTS, max_size=4))
def test_neither_a_shown_part_nor_the_rest_tells_on_anybody(parts: list[dict[Standing, int]]) -> None:
    numbered = dict(enumerate(parts))
    shown = publishable_parts(numbered)
    assert all(publishable(numbered[key]) for key in shown)
    if shown:
        rest = {
            standing: sum(part[standing] for key, part in numbered.items() if key not in shown)
            for standing in VOTES
        }
        assert sum(rest.values()) == 0 or publishable(rest)
