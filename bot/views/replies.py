"""The one responder: private replies, and what happens when something goes wrong.

A reply that Discord refuses (too late, answered already, channel gone) is logged, never raised: what was
stored before it stays stored.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO

import aiohttp
import discord

from bot.errors import SeminarError, UnreadableAnswer
from bot.views.given_back import given_back
from bot.views.layout import Layout, note
from bot.views.pictures import files_of, may_be_for_its_pictures
from bot.views.words import apologise, explain

log = logging.getLogger(__name__)

NOBODY = discord.AllowedMentions.none()

ANSWERED_ALREADY = 40060
TOO_LATE_TO_REPLY = frozenset({10062, ANSWERED_ALREADY, 10015, 50027})
"""Discord's codes for an interaction that has expired or has been answered: there is nobody to tell."""

ACKNOWLEDGED = "acknowledged"
"""Marks, among the extras of an interaction, one that Discord knows to be acknowledged and discord.py does not."""


async def reply(interaction: discord.Interaction, layout: Layout | str) -> None:
    """Answer privately, or follow up if the interaction has been acknowledged already.

    Pictures that Discord does not take are left out: the texts say what they say.
    """
    view = note(layout) if isinstance(layout, str) else layout

    async def send() -> None:
        files = files_of(view) or discord.utils.MISSING
        if _is_acknowledged(interaction):
            await interaction.followup.send(view=view, files=files, ephemeral=True, allowed_mentions=NOBODY)
        else:
            await interaction.response.send_message(
                view=view, files=files, ephemeral=True, allowed_mentions=NOBODY
            )

    await _once_more(lambda: _with_or_without_pictures(view, send))


async def reply_with_file(interaction: discord.Interaction, text: str, name: str, content: str) -> None:
    """Answer privately with a text file."""

    async def send() -> None:
        file = discord.File(BytesIO(content.encode()), filename=name)
        if _is_acknowledged(interaction):
            await interaction.followup.send(text, file=file, ephemeral=True, allowed_mentions=NOBODY)
        else:
            await interaction.response.send_message(text, file=file, ephemeral=True, allowed_mentions=NOBODY)

    await _once_more(send)


def is_private(interaction: discord.Interaction) -> bool:
    """Whether a button was pressed in a private message, which can be replaced."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def replace(interaction: discord.Interaction, layout: Layout) -> None:
    """Show something else in the private message whose button was pressed, with its own pictures or none."""

    async def edit() -> None:
        if _is_acknowledged(interaction):
            await interaction.edit_original_response(
                view=layout, attachments=files_of(layout), allowed_mentions=NOBODY
            )
        else:
            await interaction.response.edit_message(
                view=layout, attachments=files_of(layout), allowed_mentions=NOBODY
            )

    await _once_more(lambda: _with_or_without_pictures(layout, edit))


async def show_privately(interaction: discord.Interaction, layout: Layout) -> None:
    """Show it in the private message that was pressed, or in a new one below a message that others can read."""
    if is_private(interaction):
        await replace(interaction, layout)
    else:
        await reply(interaction, layout)


async def show_form(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Open a form."""
    await _once_more(lambda: interaction.response.send_modal(form))


async def acknowledge(interaction: discord.Interaction) -> None:
    """Take a press silently: the message below which it is will show what it did, or ``replace`` does."""
    await _defer(interaction, thinking=False)


async def take_time(interaction: discord.Interaction) -> None:
    """Say that a private reply is on its way: without a sign, Discord gives up after three seconds."""
    await _defer(interaction, thinking=True)


async def _defer(interaction: discord.Interaction, *, thinking: bool) -> None:
    try:
        await _once_more(lambda: interaction.response.defer(ephemeral=thinking, thinking=thinking))
    except discord.HTTPException as error:
        if error.code != ANSWERED_ALREADY:
            raise
        # The first attempt has arrived, though its connection broke: discord.py does not know.
        interaction.extras[ACKNOWLEDGED] = True


def _is_acknowledged(interaction: discord.Interaction) -> bool:
    return interaction.response.is_done() or bool(interaction.extras.get(ACKNOWLEDGED))


async def _once_more(send: Callable[[], Awaitable[object]]) -> None:
    """Send something; once more where its connection breaks.

    Discord drops connections that lie idle, which shows only when one is used. Should the first attempt have
    arrived after all, Discord refuses the second one.
    """
    try:
        await send()
    except aiohttp.ClientConnectionError:
        await send()


async def _with_or_without_pictures(view: Layout, send: Callable[[], Awaitable[None]]) -> None:
    try:
        await send()
    except discord.HTTPException as error:
        if not may_be_for_its_pictures(view, error):
            raise
        log.warning("a reply goes out without its picture: %s", error)
        view.drop_pictures()
        await send()


async def guarded(
    interaction: discord.Interaction,
    what: str,
    work: Callable[[], Awaitable[object]],
    *,
    routine: bool = False,
    typed: Sequence[str] = (),
) -> None:
    """Do the work of a press, a form or a command, and tell the person if it fails, giving back what they ``typed``.

    ``what`` names it in the log, where it stands with who did it; what is ``routine``, such as an answer, stands
    there at the level DEBUG only. Nothing is raised but cancellation.
    """
    try:
        await work()
        level = logging.DEBUG if routine else logging.INFO
        log.log(level, "%s by %s in %s", what, interaction.user.id, interaction.guild_id)
    except SeminarError as error:
        log.info("%s by %s in %s: %r", what, interaction.user.id, interaction.guild_id, type(error).__name__)
        named = error.text.strip() if isinstance(error, UnreadableAnswer) else None
        await _tell(interaction, explain(error), [text for text in typed if text.strip() != named])
    except Exception as error:
        if isinstance(error, discord.HTTPException) and error.code in TOO_LATE_TO_REPLY:
            log.warning("%s by %s: no reply any more: %s", what, interaction.user.id, error)
            return
        if interaction.client.is_closed():
            log.info("%s by %s: no reply any more: the bot is leaving", what, interaction.user.id)
            return
        reference = secrets.token_hex(4)
        log.exception(
            "%s by %s in %s failed [%s]", what, interaction.user.id, interaction.guild_id, reference
        )
        await _tell(interaction, apologise(reference), typed)


async def _tell(interaction: discord.Interaction, words: str, typed: Sequence[str]) -> None:
    try:
        await reply(interaction, given_back(words, *typed) if typed else words)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("could not tell %s what went wrong: %s", interaction.user.id, error)
