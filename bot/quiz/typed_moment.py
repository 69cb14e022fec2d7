"""A moment as an instructor types it, "friday 18:00" or "in 3 days", by the clock of the server's time zone. Pure.

Reading is dateparser's work. It is loaded only when the first moment is read: few sessions of the bot need it.
"""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import Invalid

END_OF_DAY = time(23, 59)
START_OF_DAY = time(0, 0)
LONGEST_TEXT = 60

REMEDY = "Write it like `friday 18:00`, `in 3 days`, `1 December` or `2026-12-01 18:00`."


def read_moment(text: str, *, what: str, zone: ZoneInfo, at: datetime, day_means: time) -> datetime:
    """The moment that a text names, in UTC, the next one that fits where several do.

    A day without a time of day means ``day_means`` of it. Days stand before months where only the order can tell.
    ``what`` (a noun such as ``"due date"``) names it in the error. Raises ``Invalid`` for what cannot be read.
    """
    local = at.astimezone(zone)
    # isoformat's own form is read as it is: dateparser would take 2026-01-12 for December 1 with days first.
    found = _iso(text.strip(), local) or _words(text.strip(), local, zone)
    if found is None:
        raise Invalid(what, f"I cannot read “{text.strip()[:LONGEST_TEXT]}” as a date", REMEDY)
    moment, has_time = found
    if not has_time:
        moment = datetime.combine(moment.date(), day_means, zone)
    return moment.astimezone(UTC)


def _iso(text: str, local: datetime) -> tuple[datetime, bool] | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=local.tzinfo)
    return aware, len(text) > len("2026-12-01")


def _words(text: str, local: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    if not text or len(text) > LONGEST_TEXT:
        return None
    from dateparser.date import DateDataParser

    found = DateDataParser(
        languages=["en"],
        settings={
            "TIMEZONE": zone.key,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": local.replace(tzinfo=None),
            "RETURN_TIME_AS_PERIOD": True,
            "DATE_ORDER": "DMY",
        },
    ).get_date_data(text)
    if found.date_obj is None:
        return None
    return found.date_obj, found.period == "time"
