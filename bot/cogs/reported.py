"""The message command "Report to the instructors": any message in a server, privately."""

import discord
from discord import app_commands

from bot.cogs.explained import explained
from bot.views.message_reports import show_report_form


@app_commands.context_menu(name="Report to the instructors")
@explained
async def report_to_instructors(interaction: discord.Interaction, message: discord.Message) -> None:
    """Open the form for the report."""
    await show_report_form(interaction, message)


def report_commands() -> list[app_commands.ContextMenu]:
    """The command on messages."""
    return [report_to_instructors]
