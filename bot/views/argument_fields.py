"""The fields in which people write an argument, for a new one and for changing one, and what stands above them."""

from typing import Any

import discord
from discord import ui

from bot.debate.debate import Argument
from bot.debate.sides import Side
from bot.views.layout import quoted


def argument_text(
    name: str, default: str, longest: int, *, long: bool = False, required: bool = True
) -> ui.TextInput[ui.View]:
    """A field of the form for an argument."""
    return ui.TextInput(
        custom_id=name,
        default=default or None,
        max_length=longest,
        required=required,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
    )


def answered_argument(parent: Argument, side: Side | None = None) -> ui.Item[Any]:
    """What an argument answers, above the fields for it: on a phone, a form covers the thread.

    ``side`` is the one that its author argues, where there are sides.
    """
    which = f"**Argument {parent.number}**, {parent.side.words.lower()} the motion"
    if not parent.stands:
        return ui.TextDisplay(f"{which}, was {parent.absence}.")
    # Below the quotation it would read as a part of it.
    argued = "" if side is None else f"; you argue {side.words.lower()} it"
    return ui.TextDisplay(f"{which}{argued}:\n{quoted(parent.text.claim)}")
