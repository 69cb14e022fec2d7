"""A server's choices."""

from datetime import datetime

from sqlite_utils import Database

from bot.ids import ChannelId, GuildId
from bot.store.guilds import GuildSettings as GuildSettings
from bot.store.guilds import guild_settings, save_guild_settings


def settings_of(db: Database, *, guild_id: GuildId) -> GuildSettings:
    """What the server has chosen, or the defaults."""
    return guild_settings(db, guild_id)


def choose_settings(
    db: Database,
    *,
    guild_id: GuildId,
    instructor_role_id: int | None,
    default_channel_id: ChannelId | None,
    at: datetime,
) -> GuildSettings:
    """Set what is given and keep the rest; gives what holds now."""
    now = guild_settings(db, guild_id)
    chosen = GuildSettings(
        guild_id,
        now.instructor_role_id if instructor_role_id is None else instructor_role_id,
        now.default_channel_id if default_channel_id is None else default_channel_id,
    )
    save_guild_settings(db, chosen, at)
    return chosen
