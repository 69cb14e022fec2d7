"""A server's choices."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from sqlite_utils import Database

from bot.actions.reminding import aim_reminders
from bot.errors import NotFound
from bot.ids import ChannelId, GuildId
from bot.store.guilds import GuildSettings as GuildSettings
from bot.store.guilds import guild_settings, save_guild_settings, time_zone_of

NO_ZONES: Final = frozenset({"Factory", "localtime"})
"""What the files of some machines name beside the zones: nothing, and the zone of the machine itself."""


class Choice(StrEnum):
    """A choice that can be taken back."""

    INSTRUCTOR_ROLE = "instructor_role"
    DEFAULT_CHANNEL = "default_channel"
    TIME_ZONE = "time_zone"


def settings_of(db: Database, *, guild_id: GuildId) -> GuildSettings:
    """What the server has chosen, or the defaults."""
    return guild_settings(db, guild_id)


def choose_settings(
    db: Database,
    *,
    guild_id: GuildId,
    instructor_role_id: int | None,
    default_channel_id: ChannelId | None,
    time_zone: str | None = None,
    forget: Choice | None = None,
    at: datetime,
) -> GuildSettings:
    """Set what is given, take back what is to be forgotten, keep the rest; gives what holds now.

    With a new time zone, reminders aim at its hours. Raises ``NotFound`` for one that does not exist.
    """
    if time_zone is not None and time_zone not in time_zones():
        raise NotFound("time zone", time_zone)
    before = now = guild_settings(db, guild_id)
    match forget:
        case Choice.INSTRUCTOR_ROLE:
            now = replace(now, instructor_role_id=None)
        case Choice.DEFAULT_CHANNEL:
            now = replace(now, default_channel_id=None)
        case Choice.TIME_ZONE:
            now = replace(now, time_zone=None)
        case None:
            pass
    chosen = GuildSettings(
        guild_id,
        now.instructor_role_id if instructor_role_id is None else instructor_role_id,
        now.default_channel_id if default_channel_id is None else default_channel_id,
        time_zone or now.time_zone,
    )
    save_guild_settings(db, chosen, at)
    if chosen.time_zone != before.time_zone:
        aim_reminders(db, guild_id=guild_id, at=at)
    return chosen


def time_zone_for(db: Database, *, guild_id: GuildId) -> ZoneInfo:
    """The time zone by which the server's days and hours count; UTC unless it has chosen one."""
    return time_zone_of(db, guild_id)


@cache
def time_zones() -> tuple[str, ...]:
    """All time zones by their names, such as ``Europe/Berlin``, in order."""
    return tuple(sorted(available_timezones() - NO_ZONES))
