"""A moment as an instructor types it, "friday 18:00" or "in 3 days", by the clock of the server's time zone. Pure.

Reading is dateparser's work. It is loaded only when the first moment is read: few sessions of the bot need it.
"""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import Invalid

END_OF_DAY = time(23, 59)
START_OF_DAY = time(0, 0)
LONGEST_TEXT = 60

REMEDY = "Write it like `friday 18:00`, `in 3 days`, `1 December` or `2026-12-01 18:00`."

DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?=\s|$)")
"""``1.12.``, which dateparser would take for a time of day."""


def read_moment(text: str, *, what: str, zone: ZoneInfo, at: datetime, day_means: time) -> datetime:
    """The moment that a text names, in UTC, the next one that fits where several do.

    A day without a time of day means ``day_means`` of it. Days stand before months where only the order can tell.
    ``what`` (a noun such as ``"due date"``) names it in the error. Raises ``Invalid`` for what cannot be read.
    """
    said, local = text.strip(), at.astimezone(zone)
    # isoformat's own form is read as it is: dateparser would take 2026-01-12 for December 1 with days first.
    found = _iso(said) if len(said) <= LONGEST_TEXT else None
    candidates = _words(said, local) if found is None else [found]
    moments = [
        moment
        for each in candidates
        if (moment := _placed(*each, zone=zone, day_means=day_means)) is not None
    ]
    if not moments:
        raise Invalid(what, f"I cannot read “{said[:LONGEST_TEXT]}” as a date", REMEDY)
    return min((moment for moment in moments if moment >= at), default=moments[-1])


def _placed(moment: datetime, has_time: bool, *, zone: ZoneInfo, day_means: time) -> datetime | None:
    """A moment in UTC; one without a time zone is one by the server's clock. None outside of the calendar."""
    timed = moment if has_time else datetime.combine(moment.date(), day_means)
    try:
        return (timed if timed.tzinfo is not None else timed.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def _iso(text: str) -> tuple[datetime, bool] | None:
    try:
        return datetime.fromisoformat(text), len(text) > len("2026-12-01")
    except ValueError:
        return None


def _words(text: str, local: datetime) -> list[tuple[datetime, bool]]:
    """What a text may mean: by the present week, month or year, and by the next one. A number alone means nothing."""
    if not text or len(text) > LONGEST_TEXT or text.isnumeric():
        return []
    from dateparser.date import DateDataParser

    found = [
        DateDataParser(
            languages=["en"],
            settings={
                "TIMEZONE": "UTC",  # of the server's zone dateparser has rules of its own; the result has no zone
                "PREFER_DATES_FROM": preferred,
                "RELATIVE_BASE": local.replace(tzinfo=None),
                "RETURN_TIME_AS_PERIOD": True,
                "DATE_ORDER": "DMY",
            },
        ).get_date_data(DAY_AND_MONTH.sub(r"\1/\2", text))
        for preferred in ("current_period", "future")
    ]
    return [(each.date_obj, each.period == "time") for each in found if each.date_obj is not None]
