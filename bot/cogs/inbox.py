"""``/inbox``: what people report about questions and messages, and what instructors decide."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.explained import explained
from bot.views.authority import require_instructor
from bot.views.inbox import inbox
from bot.views.inbox_way import WHAT
from bot.views.replies import reply


@app_commands.command(
    name="inbox",
    description="Instructors: reports on questions and messages, and answers that missed by little",
)
@explained
async def inbox_command(interaction: discord.Interaction) -> None:
    """Show the inbox."""
    await require_instructor(interaction, WHAT)
    await reply(interaction, await inbox(interaction))


def inbox_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The command that is there for the inbox."""
    return [inbox_command]
