"""What every part of the inbox needs: the right to it, the way back to its list, other pages."""

from typing import ClassVar

from bot.views.authority import InstructorPress
from bot.views.layout import Button
from bot.views.press import PLACE, Press, turning

WHAT = "look after the inbox"


class InboxPress(InstructorPress):
    """The base of every button of the inbox."""

    what = WHAT


class ToInbox(InboxPress, prefix="ib", parts=(PLACE,)):
    """Leads to a page of the list. ``OpenInbox`` does so, where all that is listed is known."""

    default_label: ClassVar[str] = "Back to the inbox"


def turning_to_older(button: type[Press], page: int, pages: int) -> list[Button]:
    """The buttons to the neighbours of a page of what is listed with the newest first."""
    return turning(button, page=page, pages=pages, back="Newer", onward="Older")
