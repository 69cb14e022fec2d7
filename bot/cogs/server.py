"""``/settings`` and ``/help``."""

from typing import Any

import discord
from discord import app_commands

from bot.actions.settings import Choice, GuildSettings, choose_settings, settings_of
from bot.cogs.explained import explained
from bot.cogs.suggestions import suggest_time_zone
from bot.errors import Invalid
from bot.ids import ChannelId
from bot.views.authority import is_instructor, require_instructor, require_manager
from bot.views.desk import desk_of, guild_of
from bot.views.help import help_card, settings_card
from bot.views.replies import reply

FORGETTABLE = [
    app_commands.Choice(name="the instructor role", value=Choice.INSTRUCTOR_ROLE.value),
    app_commands.Choice(name="the default channel", value=Choice.DEFAULT_CHANNEL.value),
    app_commands.Choice(name="the time zone", value=Choice.TIME_ZONE.value),
]


@app_commands.command(
    name="settings", description="Choose the instructor role, the default channel and the time zone"
)
@app_commands.describe(
    instructor_role="Who may run quizzes and debates, besides those who manage the server",
    default_channel="Where quizzes and debates open unless another channel is named",
    time_zone="By which clock due dates and reminders count, such as Europe/Berlin",
    forget="A choice to take back",
)
@app_commands.choices(forget=FORGETTABLE)
@app_commands.autocomplete(time_zone=suggest_time_zone)
@explained
async def settings(
    interaction: discord.Interaction,
    instructor_role: discord.Role | None = None,
    default_channel: discord.TextChannel | None = None,
    time_zone: str | None = None,
    forget: str | None = None,
) -> None:
    """Show the server's settings, or change those that are given."""
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    if instructor_role is None and default_channel is None and time_zone is None and forget is None:
        await require_instructor(interaction, "look at the settings")
        chosen: GuildSettings = await desk.read(settings_of, guild_id=guild_id)
    else:
        require_manager(interaction, "change the settings")
        if instructor_role is not None and instructor_role.is_default():
            raise Invalid("role", "everybody has this role", "Choose a role that only instructors have.")
        chosen = await desk.run(
            choose_settings,
            guild_id=guild_id,
            instructor_role_id=None if instructor_role is None else instructor_role.id,
            default_channel_id=None if default_channel is None else ChannelId(default_channel.id),
            time_zone=time_zone,
            forget=None if forget is None else Choice(forget),
            at=desk.now(),
        )
    await reply(interaction, settings_card(chosen))


@app_commands.command(name="help", description="What you can do here")
@explained
async def help_command(interaction: discord.Interaction) -> None:
    """Explain what there is, by role."""
    instructor = await is_instructor(interaction)
    await reply(interaction, help_card(in_server=True, instructor=instructor))


def server_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The commands that belong to no group."""
    return [settings, help_command]
