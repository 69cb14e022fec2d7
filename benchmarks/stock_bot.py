"""The measure of `clicks.py`: a plain discord.py bot that answers a click at once and stores nothing.

Its reply has the components and the text of the real bot's reply. It knows nothing of the real bot.
`python -m benchmarks.stock_bot` runs it with the real bot's settings of the environment; `--same-gc` also gives
it the real bot's settings of Python's garbage collector.
"""

import gc
import logging
import os
import re
import sys
from datetime import timedelta
from typing import Any, Self

import discord
import uvloop
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.utils import format_dt, utcnow

OPTIONS = (
    "A few thousand, most of them fishermen",
    "About a million, most of them in the old town",
    "Some forty million, in towns and villages",
    "Nobody has ever counted them, and nobody will",
)
LETTERS = "ABCD"


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=r"sa:(?P<option>\d+)"):
    """Answers the question with an option."""

    def __init__(self, option: int) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=LETTERS[option], custom_id=f"sa:{option}", style=style))
        self.option = option

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button that was pressed."""
        return cls(int(match["option"]))

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Acknowledge, in private."""
        chosen = f"{LETTERS[self.option]} · {OPTIONS[self.option]}"
        await interaction.response.send_message(view=Reply(chosen), ephemeral=True)


class ControlButton(ui.DynamicItem[ui.Button[Any]], template=r"sc:host"):
    """Stands where the real bot has its host's controls."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Host controls", custom_id="sc:host"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button that was pressed."""
        return cls()


class Reply(ui.LayoutView):
    """The private confirmation of an answer."""

    def __init__(self, chosen: str) -> None:
        super().__init__(timeout=None)
        closing = format_dt(utcnow() + timedelta(minutes=10), "R")
        words = f"Your answer is in: **{chosen}**. You can change it until the question closes, {closing}."
        self.add_item(ui.TextDisplay[Any](words))


class Question(ui.LayoutView):
    """A question. What else stands on it, `clicks.py` takes from the real bot's."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        answers = ui.ActionRow[Any](*(AnswerButton(option) for option in range(len(OPTIONS))))
        self.add_item(answers).add_item(ui.ActionRow[Any](ControlButton()))


class StockBot(discord.Client):
    """A client with one command, ``/ask``."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Make the buttons work, and make the command known."""
        self.add_dynamic_items(AnswerButton, ControlButton)
        self.tree.add_command(ask)  # pyright: ignore[reportUnknownArgumentType]
        await self.tree.sync()


@app_commands.command(description="Asks a question.")
async def ask(interaction: discord.Interaction) -> None:
    """Ask the question."""
    await interaction.response.send_message(view=Question())


async def main() -> None:
    """Run until killed."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    async with StockBot() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    # As the real bot logs, and on the loop on which it runs.
    logging.basicConfig(level=os.environ["SEMINAR_LOG_LEVEL"], stream=sys.stderr)
    logging.getLogger("discord").setLevel(logging.WARNING)
    if "--same-gc" in sys.argv:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000)
    uvloop.run(main())
