"""The hour of a reminder, by the clock on the wall of a place. Pure; the zone and the moment come in."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LATEST: Final = timedelta(hours=3)
"""A reminder that could not be sent in time, as after a downtime, is sent so much later, and then not at all."""


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day of a moment in a place."""
    return at.astimezone(zone).date()


def next_reminder(hour: int, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment (UTC) after ``after`` at which it is that full hour in a place.

    An hour that the clocks skip comes when they have been put forward, and one that they repeat the first time.
    """
    day = day_of(after, zone)
    while (moment := _moment(day, hour, zone)) <= after:
        day += timedelta(days=1)
    return moment


def is_too_late(due_at: datetime, at: datetime) -> bool:
    """Whether it would be impolite to remind somebody only now."""
    return at - due_at > LATEST


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    # Of an hour that is not there, Python takes the offset before the change: with the jump, that is right after it.
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
