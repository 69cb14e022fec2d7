import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.sides import Assignment, Reason, Side, assign_side


@given(st.integers(0, 2**32), st.integers(0, 60))
def test_sides_are_never_more_than_one_apart(seed: int, joiners: int) -> None:
    rng, counts = random.Random(seed), Counter[Side]()
    for _ in range(joiners):
        counts[assign_side(counts, rng).side] += 1
        assert abs(counts[Side.FOR] - counts[Side.AGAINST]) <= 1


@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(0, 30))
def test_after_people_left_the_gap_is_filled(seed: int, on_for: int, on_against: int) -> None:
    given_side = assign_side({Side.FOR: on_for, Side.AGAINST: on_against}, random.Random(seed))
    if on_for < on_against:
        assert given_side == Assignment(Side.FOR, Reason.SMALLER_SIDE)
    elif on_against < on_for:
        assert given_side == Assignment(Side.AGAINST, Reason.SMALLER_SIDE)
    else:
        assert given_side.reason is Reason.DRAWN


def test_tie_is_drawn_fairly() -> None:
    rng = random.Random(11)
    drawn = Counter(assign_side({}, rng).side for _ in range(1000))
    # Five standard deviations of a fair coin are 79.
    assert abs(drawn[Side.FOR] - 500) < 79


def test_same_seed_draws_the_same_side() -> None:
    assert assign_side({}, random.Random(5)) == assign_side({}, random.Random(5))


@pytest.mark.parametrize("side", Side)
def test_opposite_of_the_opposite_is_the_side(side: Side) -> None:
    assert side.opposite is not side
    assert side.opposite.opposite is side


def test_everything_has_words() -> None:
    assert [side.words for side in Side] == ["For", "Against"]
    assert all(reason.words for reason in Reason)
