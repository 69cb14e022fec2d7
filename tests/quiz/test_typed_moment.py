"""Moments as instructors type them, by the clock of the server's time zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from bot.errors import Invalid
from bot.quiz.typed_moment import END_OF_DAY, LONGEST_TEXT, START_OF_DAY, read_moment

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 16, 0, tzinfo=BERLIN)
"""A Wednesday."""

SHAPE = "%Y-%m-%d %H:%M"
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
)

SCRAPS = (
    "in", "on", "at", "next", "last", "friday", "wed", "tomorrow", "3", "days", "weeks", "hours", "18:00", "6pm",
    "25:00", "31", "29", "Feb", "dec", ".", "/", "-", ":", "2026", "0", "99999999999", "years", "ago", "noon",
    "UTC", "+05:00", "st", "T", "Z", "W49", "century", "½", "²", "AM",
)  # fmt: skip


def read(text: str, *, zone: ZoneInfo = BERLIN, at: datetime = NOW, day_means: time = END_OF_DAY) -> datetime:
    return read_moment(text, what="due date", zone=zone, at=at.astimezone(UTC), day_means=day_means)


def local(text: str, *, at: datetime = NOW, day_means: time = END_OF_DAY) -> str:
    """What was read, as a clock in Berlin shows it."""
    return read(text, at=at, day_means=day_means).astimezone(BERLIN).strftime("%a " + SHAPE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-01 18:00", "Tue 2026-12-01 18:00"),
        ("2026-01-12 18:00", "Mon 2026-01-12 18:00"),  # the month first, as ISO has it
        ("2026-12-01T18:00", "Tue 2026-12-01 18:00"),
        ("2026-12-01T17:00Z", "Tue 2026-12-01 18:00"),
        ("2026-12-01 22:00+05:00", "Tue 2026-12-01 18:00"),
        ("friday 18:00", "Fri 2026-11-27 18:00"),
        ("Fri 6pm", "Fri 2026-11-27 18:00"),
        ("next friday at 18:00", "Fri 2026-11-27 18:00"),
        ("in 3 days 18:00", "Sat 2026-11-28 18:00"),
        ("tomorrow 18:00", "Thu 2026-11-26 18:00"),
        ("tomorrow 17:00 UTC", "Thu 2026-11-26 18:00"),
        ("1 Dec 18:00", "Tue 2026-12-01 18:00"),
        ("December 1st, 6pm", "Tue 2026-12-01 18:00"),
        ("1/12 18:00", "Tue 2026-12-01 18:00"),
        ("1.12. 18:00", "Tue 2026-12-01 18:00"),
        ("1.12.2026 18:00", "Tue 2026-12-01 18:00"),
        ("1 February 9:00", "Mon 2027-02-01 09:00"),
        ("18:00", "Wed 2026-11-25 18:00"),
        ("15:00", "Thu 2026-11-26 15:00"),
        ("in 2 hours", "Wed 2026-11-25 18:00"),
        ("in 90 minutes", "Wed 2026-11-25 17:30"),
        ("  friday 18:00\n", "Fri 2026-11-27 18:00"),
    ],
)
def test_moment_with_a_time_of_day(text: str, meant: str) -> None:
    assert local(text) == local(text, day_means=START_OF_DAY) == meant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in 3 days", "Sat 2026-11-28"),
        ("in two weeks", "Wed 2026-12-09"),
        ("tomorrow", "Thu 2026-11-26"),
        ("friday", "Fri 2026-11-27"),
        ("1 December", "Tue 2026-12-01"),
        ("1.12.", "Tue 2026-12-01"),
        ("2026-12-01", "Tue 2026-12-01"),
        ("20261201", "Tue 2026-12-01"),
        ("29 February", "Tue 2028-02-29"),
    ],
)
def test_day_alone_is_its_end_for_a_due_date_and_its_start_for_an_opening(text: str, day: str) -> None:
    assert local(text) == f"{day} 23:59"
    assert local(text, day_means=START_OF_DAY) == f"{day} 00:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("wednesday 18:00", "Wed 2026-11-25 18:00"),
        ("wednesday 12:00", "Wed 2026-12-02 12:00"),
        ("wednesday", "Wed 2026-11-25 23:59"),
        ("25 November", "Wed 2026-11-25 23:59"),
        ("25 November 18:00", "Wed 2026-11-25 18:00"),
        ("25 November 10:00", "Thu 2027-11-25 10:00"),
        ("next wednesday", "Wed 2026-12-02 23:59"),
    ],
)
def test_of_several_moments_the_next_one_is_meant_today_is_one_of_them(text: str, meant: str) -> None:
    assert local(text) == meant


def test_day_that_has_begun_opens_a_week_later() -> None:
    assert local("wednesday", day_means=START_OF_DAY) == "Wed 2026-12-02 00:00"


@pytest.mark.parametrize("text", ["29 March 02:30", "sunday 02:30", "2026-03-29 02:30"])
def test_time_that_the_clocks_skip_is_an_hour_later(text: str) -> None:
    friday = datetime(2026, 3, 27, 12, 0, tzinfo=BERLIN)
    assert read(text, at=friday) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert local(text, at=friday) == "Sun 2026-03-29 03:30"


@pytest.mark.parametrize("text", ["25 October 02:30", "sunday 02:30", "2026-10-25 02:30"])
def test_time_that_comes_twice_is_the_first_one(text: str) -> None:
    friday = datetime(2026, 10, 23, 12, 0, tzinfo=BERLIN)
    assert read(text, at=friday) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("friday", "monday"),
    [(datetime(2026, 3, 27, 12, 0), "2026-03-30"), (datetime(2026, 10, 23, 12, 0), "2026-10-26")],
)
def test_days_are_counted_by_the_calendar_when_the_clocks_change(friday: datetime, monday: str) -> None:
    at = friday.replace(tzinfo=BERLIN)
    assert local("in 3 days", at=at) == f"Mon {monday} 23:59"
    assert local("in 3 days 18:00", at=at) == local("monday 18:00", at=at) == f"Mon {monday} 18:00"


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati", "Factory"])
def test_words_and_numbers_agree_in_every_time_zone(zone: str) -> None:
    spoken, written = (
        read("1 december 18:00", zone=ZoneInfo(zone)),
        read("2026-12-01 18:00", zone=ZoneInfo(zone)),
    )
    assert spoken == written == datetime(2026, 12, 1, 18, 0, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yesterday", "Tue 2026-11-24 23:59"),
        ("2 hours ago", "Wed 2026-11-25 14:00"),
        ("2025-11-25 18:00", "Tue 2025-11-25 18:00"),
        ("1 December 2025", "Mon 2025-12-01 23:59"),
    ],
)
def test_past_is_read_as_it_is(text: str, meant: str) -> None:
    assert local(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "when everybody is done",
        "friday 25:00",
        "31 February",
        "2026-02-30",
        "in 99999999 days",
        "0001-01-01 00:00",
        "5",
        "2027",
        "1764612000",
        "friday " + "18:00 " * 20,
        "1" * 10_000,
    ],
)
def test_what_names_no_moment_is_refused_with_examples_that_do(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)
    assert refused.value.what == "due date"
    assert len(refused.value.reason) < LONGEST_TEXT + 60
    examples = refused.value.remedy.split("`")[1::2]
    assert len(examples) >= 4
    assert all(read(example) > NOW for example in examples)


def test_end_of_the_calendar_is_no_date_where_it_is_another_year_in_utc() -> None:
    with pytest.raises(Invalid):
        read("9999-12-31 23:59", zone=ZoneInfo("America/New_York"))


@given(
    moment=st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31)).map(
        lambda each: each.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_what_is_written_as_a_moment_reads_back(moment: datetime, zone: ZoneInfo) -> None:
    written = moment.astimezone(zone).strftime(SHAPE)
    found = read(written, zone=zone)
    assert found.astimezone(zone).strftime(SHAPE) == written
    assert moment - found in (timedelta(0), timedelta(hours=1), timedelta(minutes=30)), (
        "an hour may come twice"
    )


@settings(max_examples=200)
@given(
    text=st.one_of(
        st.text(max_size=LONGEST_TEXT + 5),
        st.lists(
            st.sampled_from(SCRAPS),
            max_size=6,
        ).map(" ".join),
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except Invalid:
        return
    assert found.tzinfo is UTC
