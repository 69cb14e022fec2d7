"""A plain discord.py bot, as a tutorial would write it: it acknowledges what people do and stores nothing.

The harness is tested with it, and measurements compare against it. `python -m tests.wire.stock_bot` runs it
as a process of its own, with the same settings in the environment as the real bot.
"""

import os
import re
from typing import Any, Self, cast

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=r"stock:(?P<option>\d+)"):
    def __init__(self, option: int) -> None:
        super().__init__(ui.Button(label=f"Answer {option}", custom_id=f"stock:{option}"))
        self.option = option

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(int(match["option"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You chose {self.option}.", ephemeral=True)


class FormButton(ui.DynamicItem[ui.Button[Any]], template=r"stock:form"):
    def __init__(self) -> None:
        super().__init__(ui.Button(label="Write", custom_id="stock:form"))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, __: ui.Item[Any], ___: re.Match[str], /) -> Self:
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())


class Form(ui.Modal, title="Write"):
    words = ui.Label[Any](text="Your words", component=ui.TextInput[Any]())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = cast("ui.TextInput[Any]", self.words.component).value
        await interaction.followup.send(f"You wrote: {text}", ephemeral=True)


class Question(ui.LayoutView):
    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        row = ui.ActionRow[Any](AnswerButton(1), AnswerButton(2), FormButton())
        self.add_item(ui.Container(ui.TextDisplay(text), row))


class StockBot(discord.Client):
    def __init__(self) -> None:
        # A short wait for guilds: the loopback gateway sends them at once.
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.resumes = 0

    async def setup_hook(self) -> None:
        self.add_dynamic_items(AnswerButton, FormButton)
        self.tree.add_command(ask)  # pyright: ignore[reportUnknownArgumentType]
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No five seconds' pause: this gateway limits no IDENTIFYs."""

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message)

    async def on_resumed(self) -> None:
        self.resumes += 1


@app_commands.command(description="Asks a question.")
async def ask(interaction: discord.Interaction, text: app_commands.Range[str, 1, 200] = "Which one?") -> None:
    await interaction.response.send_message(view=Question(text))


@ask.autocomplete("text")
async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed}?", value=f"{typed}?")]


async def main() -> None:
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    async with StockBot() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    # The real bot runs on uvloop too: a comparison must not measure the loops.
    import uvloop

    uvloop.run(main())
