"""The fields in which people write an argument, for a new one and for changing one."""

import discord
from discord import ui


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
