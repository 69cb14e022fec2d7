"""The hour of a reminder where clocks are put forward and back, and where a day is left out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.reminding import LATEST, day_of, is_too_late, next_reminder

BERLIN, NEW_YORK, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@given(st.integers(0, 23), ZONES, MOMENTS)
def test_next_reminder_is_later_and_within_about_a_day(hour: int, zone: ZoneInfo, after: datetime) -> None:
    moment = next_reminder(hour, zone, after)
    assert moment.tzinfo is UTC
    assert timedelta(0) < moment - after <= timedelta(hours=26)
    local = moment.astimezone(zone)
    skipped = (local - timedelta(hours=3)).utcoffset() != local.utcoffset()
    assert local.hour == hour or skipped


@given(st.integers(0, 23), ZONES, MOMENTS)
def test_one_reminder_a_day(hour: int, zone: ZoneInfo, after: datetime) -> None:
    first = next_reminder(hour, zone, after)
    second = next_reminder(hour, zone, first)
    assert day_of(second, zone) > day_of(first, zone)


def test_hour_before_and_after_it_has_struck() -> None:
    assert next_reminder(18, BERLIN, utc(2026, 1, 10, 16, 59)) == utc(2026, 1, 10, 17)
    assert next_reminder(18, BERLIN, utc(2026, 1, 10, 17)) == utc(2026, 1, 11, 17)
    assert next_reminder(0, BERLIN, utc(2026, 1, 10, 23)) == utc(2026, 1, 11, 23)


def test_reminder_keeps_its_hour_when_the_clocks_change() -> None:
    moments = [next_reminder(18, BERLIN, utc(2026, 3, day, 18)) for day in (27, 28, 29)]
    assert moments == [utc(2026, 3, 28, 17), utc(2026, 3, 29, 16), utc(2026, 3, 30, 16)]


def test_hour_that_is_skipped_comes_with_the_jump() -> None:
    assert next_reminder(2, BERLIN, utc(2026, 3, 28, 12)) == utc(2026, 3, 29, 1)
    assert utc(2026, 3, 29, 1).astimezone(BERLIN).hour == 3


def test_hour_that_is_repeated_comes_once() -> None:
    first = next_reminder(1, NEW_YORK, utc(2026, 11, 1, 4))
    assert first == utc(2026, 11, 1, 5)
    assert next_reminder(1, NEW_YORK, first) == utc(2026, 11, 2, 6)


def test_half_an_hour_of_summer_time() -> None:
    assert next_reminder(2, LORD_HOWE, utc(2026, 10, 3, 12)) == utc(2026, 10, 3, 15, 30)


def test_day_that_was_left_out() -> None:
    before = next_reminder(18, APIA, utc(2011, 12, 29, 12))
    after = next_reminder(18, APIA, before)
    assert (before, after) == (utc(2011, 12, 30, 4), utc(2011, 12, 31, 4))
    assert [day_of(moment, APIA).day for moment in (before, after)] == [29, 31]


@pytest.mark.parametrize(
    ("late", "too_late"),
    [
        (timedelta(0), False),
        (LATEST, False),
        (LATEST + timedelta(seconds=1), True),
        (timedelta(days=9), True),
    ],
)
def test_reminder_hours_late_is_left_out(late: timedelta, *, too_late: bool) -> None:
    due_at = utc(2026, 3, 2, 18)
    assert is_too_late(due_at, due_at + late) is too_late
