"""Extra time: how much, and until when."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.actions.open_live import LONGEST_QUESTION
from bot.quiz.accommodation import (
    LARGEST_FACTOR,
    LONGEST_WAIT,
    NO_ACCOMMODATION,
    SMALLEST_FACTOR,
    Accommodation,
    live_limit,
    own_end,
    own_limit,
)

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
HALF_MINUTE = timedelta(seconds=30)
UNTIMED = Accommodation(untimed=True)

factors = st.floats(SMALLEST_FACTOR, LARGEST_FACTOR)
limits = st.timedeltas(timedelta(seconds=5), LONGEST_QUESTION)


@pytest.mark.parametrize(("factor", "seconds"), [(1.25, 37.5), (1.5, 45), (2, 60), (3, 90)])
def test_factor_multiplies_the_limit(factor: float, seconds: float) -> None:
    assert own_limit(HALF_MINUTE, Accommodation(factor)) == timedelta(seconds=seconds)


def test_without_accommodation_the_limit_is_the_usual_one() -> None:
    assert own_limit(HALF_MINUTE, NO_ACCOMMODATION) == HALF_MINUTE
    assert not NO_ACCOMMODATION.given


def test_no_limit_is_no_limit() -> None:
    assert own_limit(HALF_MINUTE, UNTIMED) is None
    assert own_limit(None, Accommodation(1.5)) is None
    assert UNTIMED.given


def test_class_waits_no_longer_than_the_longest_question() -> None:
    assert live_limit(HALF_MINUTE, UNTIMED) == LONGEST_WAIT == LONGEST_QUESTION
    assert live_limit(LONGEST_QUESTION + HALF_MINUTE, UNTIMED) == LONGEST_QUESTION + HALF_MINUTE


@given(limits, factors)
def test_extra_time_is_never_less_time(limit: timedelta, factor: float) -> None:
    for accommodation in (Accommodation(factor), UNTIMED, NO_ACCOMMODATION):
        assert live_limit(limit, accommodation) >= limit
        assert own_end(OPENED, OPENED + limit, accommodation) >= OPENED + limit


def test_more_time_for_the_class_is_more_for_those_with_extra_time_too() -> None:
    before = own_end(OPENED, OPENED + HALF_MINUTE, Accommodation(1.5))
    after = own_end(OPENED, OPENED + 2 * HALF_MINUTE, Accommodation(1.5))
    assert after - before == timedelta(seconds=45)
