"""Moments as text: ISO 8601 in UTC with microseconds, so that the order of texts is the order of time."""

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """Write an aware moment as, for instance, ``2026-01-31T09:00:00.000000Z``."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_text_or_none(at: datetime | None) -> str | None:
    """Write a moment that may be missing."""
    return None if at is None else to_text(at)


def from_text(text: str) -> datetime:
    """Read what ``to_text`` wrote, as an aware UTC moment."""
    return datetime.fromisoformat(text)


def from_text_or_none(text: str | None) -> datetime | None:
    """Read a moment that may be missing."""
    return None if text is None else from_text(text)
