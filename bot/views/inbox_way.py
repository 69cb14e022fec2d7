"""What every part of the inbox needs: the right to it, the way back to its list, other pages."""

from typing import ClassVar

import discord

from bot.views.authority import InstructorPress
from bot.views.layout import Button, Layout
from bot.views.press import PLACE, Press
from bot.views.replies import is_private, replace, reply

WHAT = "look after the inbox"


class InboxPress(InstructorPress):
    """The base of every button of the inbox."""

    what = WHAT


class ToInbox(InboxPress, prefix="ib", parts=(PLACE,)):
    """Leads to a page of the list. ``OpenInbox`` does so, where all that is listed is known."""

    default_label: ClassVar[str] = "Back to the inbox"


async def show(interaction: discord.Interaction, layout: Layout) -> None:
    """Show it in the private message that was pressed; never in one that others can read."""
    if is_private(interaction):
        await replace(interaction, layout)
    else:
        await reply(interaction, layout)


def turning(button: type[Press], page: int, pages: int) -> list[Button]:
    """The buttons to the neighbours of a page, which are pages themselves from 0."""
    return [
        button(to, label=label) for to, label in ((page - 1, "Newer"), (page + 1, "Older")) if 0 <= to < pages
    ]
