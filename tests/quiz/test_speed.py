"""Speed points, against Kahoot!'s own examples of its formula."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.quiz.accommodation import Accommodation, live_limit
from bot.quiz.speed import AT_ONCE, MOST_POINTS, worth

HALF_MINUTE = timedelta(seconds=30)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.mark.parametrize(
    ("elapsed", "points"),
    [(0, 1_000), (0.499, 1_000), (0.5, 992), (2, 967), (15, 750), (30, 500), (45, 500), (-1, 1_000)],
)
def test_worth_of_an_answer_within_thirty_seconds(elapsed: float, points: int) -> None:
    assert worth(seconds(elapsed), HALF_MINUTE) == points


def test_halves_are_rounded_up() -> None:
    assert worth(seconds(1), seconds(1_000)) == 1_000  # 999.5
    assert worth(seconds(3), seconds(1_000)) == 999  # 998.5


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_must_be_longer_than_nothing(limit: float) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        worth(seconds(1), seconds(limit))


elapsed_times = st.floats(0, 700).map(seconds)
limits = st.floats(5, 600).map(seconds)


@given(elapsed_times, limits)
def test_right_answer_is_worth_half_to_all(elapsed: timedelta, limit: timedelta) -> None:
    assert MOST_POINTS // 2 <= worth(elapsed, limit) <= MOST_POINTS


@given(elapsed_times, elapsed_times, limits)
def test_later_answer_is_never_worth_more(one: timedelta, other: timedelta, limit: timedelta) -> None:
    assert worth(min(one, other), limit) >= worth(max(one, other), limit)


@given(st.floats(0, 1), limits, st.floats(1.1, 4))
def test_extra_time_costs_no_point(share: float, limit: timedelta, factor: float) -> None:
    own = live_limit(limit, Accommodation(factor))
    if share * limit >= AT_ONCE:  # below that everybody has all points
        assert abs(worth(share * own, own) - worth(share * limit, limit)) <= 1
    assert worth(share * limit, own) >= worth(share * limit, limit)
