"""What a server has chosen: its instructor role, its default channel and its time zone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.ids import ChannelId, GuildId
from bot.store.moments import to_text
from bot.store.sql import change, first

SETTINGS = """
    SELECT instructor_role_id, default_channel_id, time_zone FROM guild WHERE guild_id = :guild_id
"""
SAVE = """
    INSERT INTO guild (guild_id, instructor_role_id, default_channel_id, time_zone, created_at)
    VALUES (:guild_id, :instructor_role_id, :default_channel_id, :time_zone, :at)
    ON CONFLICT (guild_id) DO UPDATE SET
        instructor_role_id = excluded.instructor_role_id,
        default_channel_id = excluded.default_channel_id,
        time_zone = excluded.time_zone
"""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """A server's choices; None where nothing has been chosen."""

    guild_id: GuildId
    instructor_role_id: int | None = None
    default_channel_id: ChannelId | None = None
    time_zone: str | None = None


def guild_settings(db: Database, guild_id: GuildId) -> GuildSettings:
    """The server's choices, or the defaults."""
    row = first(db, SETTINGS, guild_id=guild_id)
    if row is None:
        return GuildSettings(guild_id)
    role, channel, time_zone = row
    return GuildSettings(guild_id, role, None if channel is None else ChannelId(channel), time_zone)


def time_zone_of(db: Database, guild_id: GuildId) -> ZoneInfo:
    """The time zone in which the server counts days and hours; UTC unless it has chosen one."""
    return ZoneInfo(guild_settings(db, guild_id).time_zone or "UTC")


def save_guild_settings(db: Database, settings: GuildSettings, at: datetime) -> None:
    """Store the server's choices."""
    change(
        db,
        SAVE,
        guild_id=settings.guild_id,
        instructor_role_id=settings.instructor_role_id,
        default_channel_id=settings.default_channel_id,
        time_zone=settings.time_zone,
        at=to_text(at),
    )
