"""A server's choices."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import ChannelId, GuildId
from bot.store.guilds import GuildSettings as GuildSettings
from bot.store.guilds import guild_settings, save_guild_settings


class Choice(StrEnum):
    """A choice that can be taken back."""

    INSTRUCTOR_ROLE = "instructor_role"
    DEFAULT_CHANNEL = "default_channel"


def settings_of(db: Database, *, guild_id: GuildId) -> GuildSettings:
    """What the server has chosen, or the defaults."""
    return guild_settings(db, guild_id)


def choose_settings(
    db: Database,
    *,
    guild_id: GuildId,
    instructor_role_id: int | None,
    default_channel_id: ChannelId | None,
    forget: Choice | None = None,
    at: datetime,
) -> GuildSettings:
    """Set what is given, take back what is to be forgotten, keep the rest; gives what holds now."""
    now = guild_settings(db, guild_id)
    match forget:
        case Choice.INSTRUCTOR_ROLE:
            now = replace(now, instructor_role_id=None)
        case Choice.DEFAULT_CHANNEL:
            now = replace(now, default_channel_id=None)
        case None:
            pass
    chosen = GuildSettings(
        guild_id,
        now.instructor_role_id if instructor_role_id is None else instructor_role_id,
        now.default_channel_id if default_channel_id is None else default_channel_id,
    )
    save_guild_settings(db, chosen, at)
    return chosen
