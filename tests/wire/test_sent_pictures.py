"""Pictures in private replies, over the wire: sent, replaced, taken away, and refused by Discord."""

import discord
import pytest
from discord import app_commands

from bot.insight.charts.picture import Picture
from bot.views.layout import Layout, card
from bot.views.press import Press
from bot.views.replies import replace, reply
from tests.openapi import complaints, needs_openapi
from tests.wire.interactions import Interaction
from tests.wire.server import LoopbackDiscord
from tests.wire.shapes import Json, walk

GALLERY = 12
CALLBACK = "/interactions/*/callback"


def page(number: int) -> Layout:
    """A card with a picture but for page 0, and buttons to the others."""
    picture = (
        Picture(f"page-{number}.png", f"picture {number}".encode(), f"Picture {number}") if number else None
    )
    return card(f"Page {number}", picture, buttons=[[Turn(to, label=f"To {to}") for to in (0, 1, 2)]])


class Turn(Press, prefix="zz", parts=("[0-9]",)):
    async def pressed(self, interaction: discord.Interaction) -> None:
        await replace(interaction, page(self.number(0)))


@app_commands.command(description="Shows a page.")
async def show(interaction: discord.Interaction, defer: bool = False) -> None:
    if defer:
        await interaction.response.defer(ephemeral=True, thinking=True)
    await reply(interaction, page(1))


class Album(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Turn)
        self.tree.add_command(show)  # pyright: ignore[reportUnknownArgumentType]
        await self.tree.sync()


def shown(interaction: Interaction) -> tuple[str, list[str], list[str]]:
    """The text of the answer, the words of its pictures, and the names of its files."""
    assert interaction.reply is not None
    assert interaction.ephemeral
    payload: Json = interaction.reply.payload
    galleries = [part for part in walk(payload["components"]) if part["type"] == GALLERY]
    alts = [item["description"] for gallery in galleries for item in gallery["items"]]
    return interaction.reply.text, alts, [file["filename"] for file in payload["attachments"]]


FIRST = ("Page 1", ["Picture 1"], ["page-1.png"])
BARE = ("Page 1", [], [])


@pytest.mark.parametrize("defer", [False, True])
async def test_private_reply_carries_its_picture(server: LoopbackDiscord, defer: bool) -> None:
    async with server.running(Album()):
        opened = await server.slash("show", server.instructor, defer=defer).answered()
        assert shown(opened) == FIRST
        assert b"picture 1" in server.world.files.values()


async def test_next_page_takes_the_place_of_the_picture_before(server: LoopbackDiscord) -> None:
    async with server.running(Album()):
        opened = await server.slash("show", server.instructor)
        assert opened.reply is not None
        turned = await server.click(opened.reply, "zz:2", server.instructor)
        assert shown(turned) == ("Page 2", ["Picture 2"], ["page-2.png"])
        assert turned.reply is not None
        without = await server.click(turned.reply, "zz:0", server.instructor)
        assert shown(without) == ("Page 0", [], [])


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (403, 50001), (413, 40005), (400, 50045)])
async def test_reply_goes_out_without_a_picture_that_discord_refuses(
    server: LoopbackDiscord, status: int, code: int
) -> None:
    async with server.running(Album()):
        fault = server.refuse("POST", CALLBACK, status, code, times=1)
        opened = await server.slash("show", server.instructor)
        assert shown(opened) == BARE
        server.refuse("POST", CALLBACK, status, code, times=1)
        assert opened.reply is not None
        turned = await server.click(opened.reply, "zz:2", server.instructor)
        assert shown(turned) == ("Page 2", [], [])
        assert fault.hits == 1
        assert len(server.sent("POST", "/callback")) == 4


async def test_follow_up_goes_out_without_a_picture_that_discord_refuses(server: LoopbackDiscord) -> None:
    async with server.running(Album()):
        server.refuse("POST", "/webhooks/*", 403, 50013, times=1)
        opened = await server.slash("show", server.instructor, defer=True).answered()
        assert shown(opened) == BARE


async def test_what_is_refused_for_another_reason_is_not_tried_again(server: LoopbackDiscord) -> None:
    async with server.running(Album()):
        server.refuse("POST", CALLBACK, 404, 10062)
        opened = server.slash("show", server.instructor)
        assert not await opened.settled()
        assert len(server.sent("POST", "/callback")) == 1


@needs_openapi
async def test_discord_would_take_every_request_with_pictures(server: LoopbackDiscord) -> None:
    async with server.running(Album()):
        opened = await server.slash("show", server.instructor)
        assert opened.reply is not None
        await server.click(opened.reply, "zz:2", server.instructor)
        await server.slash("show", server.instructor, defer=True).answered()
    assert complaints(server.requests) == []
