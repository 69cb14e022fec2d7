"""Pictures on their way to Discord: the files of a message, and what a refusal of them looks like."""

from io import BytesIO

import discord

from bot.views.layout import Layout

MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
TOO_LARGE = frozenset({40005, 50045})
ENTITY_TOO_LARGE = 413


def files_of(layout: Layout) -> list[discord.File]:
    """The files that a message refers to, new ones each time: sending uses them up."""
    return [discord.File(BytesIO(picture.png), filename=picture.name) for picture in layout.pictures]


def may_be_for_its_pictures(layout: Layout, error: Exception) -> bool:
    """Whether Discord may have refused a message only for its pictures: not allowed here, or too large.

    A message without them says the same, so it is worth a second try.
    """
    if not layout.pictures or not isinstance(error, discord.HTTPException):
        return False
    if error.status == ENTITY_TOO_LARGE or error.code in TOO_LARGE:
        return True
    return error.code in (MISSING_ACCESS, MISSING_PERMISSIONS)
