"""``/review``: what one missed or guessed comes back, spread over the days."""

from typing import Any

import discord
from discord import app_commands

from bot.actions.reminding import choose_reminder
from bot.actions.reviewing import choose_daily, review_home
from bot.cogs.explained import explained
from bot.review.today import DAILY_CHOICES
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.replies import reply
from bot.views.review import home_or_offer

OFF = "off"

DAILY = [app_commands.Choice(name=f"at most {count} a day", value=count) for count in DAILY_CHOICES]
REMINDERS = [
    app_commands.Choice(name="off", value=OFF),
    *(app_commands.Choice(name=f"{hour:02}:00", value=str(hour)) for hour in range(24)),
]

NOT_KEPT = (
    "-# Your choice was not kept, as there is nothing to choose for yet: say yes first, then use it again."
)


@app_commands.command(
    name="review", description="Repeat what you missed or guessed, spread over the days: private"
)
@app_commands.describe(
    daily="How many questions come a day (20 if you never choose)",
    reminder="At which hour a direct message reminds you, if something is due (off if you never choose)",
)
@app_commands.choices(daily=DAILY)
@app_commands.choices(reminder=REMINDERS)
@explained
async def review(
    interaction: discord.Interaction, daily: int | None = None, reminder: str | None = None
) -> None:
    """Show what is due and begin or go on; first of all ask whether anything is to be kept."""
    desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
    if daily is not None:
        await desk.run(choose_daily, guild_id=guild_id, user_id=user_id, daily=daily, at=desk.now())
    if reminder is not None:
        hour = None if reminder == OFF else int(reminder)
        await desk.run(choose_reminder, guild_id=guild_id, user_id=user_id, hour=hour, at=desk.now())
    home = await desk.run(review_home, guild_id=guild_id, user_id=user_id, at=desk.now())
    chosen = daily is not None or reminder is not None
    await reply(interaction, home_or_offer(home, NOT_KEPT if chosen else None))


def review_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The one command of spaced review."""
    return [review]
