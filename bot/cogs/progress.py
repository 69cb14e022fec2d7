"""``/progress``: one's own results, and a learner's for instructors."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.explained import explained
from bot.cogs.suggestions import suggest_set
from bot.errors import Invalid
from bot.ids import UserId
from bot.views.desk import user_of
from bot.views.progress import PAGE_LABELS, Page, show_progress

PAGES = [app_commands.Choice(name=label.lower(), value=page.value) for page, label in PAGE_LABELS.items()]


@app_commands.command(
    name="progress", description="How you are getting on, privately, and what to study next"
)
@app_commands.describe(
    learner="Instructors: somebody else's results",
    set="Only one question set (all if left out)",
    view="Which page (the summary if left out)",
)
@app_commands.choices(view=PAGES)
@app_commands.autocomplete(set=suggest_set)
@explained
async def progress(
    interaction: discord.Interaction,
    learner: discord.User | None = None,
    set: str | None = None,
    view: str = Page.SUMMARY.value,
) -> None:
    """Show a page of one's own progress, or of a learner's."""
    if learner is not None and learner.bot:
        raise Invalid("learner", "it is a bot", "Choose a person.")
    user_id = user_of(interaction) if learner is None else UserId(learner.id)
    await show_progress(interaction, user_id, Page(view), set_key=set)


def progress_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The commands on how far people have come."""
    return [progress]
