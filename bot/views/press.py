"""Buttons that work after any restart: their custom id carries ids only, and all that can fail is caught.

A button class names its prefix and says what pressing does; the prefixes are disjoint, because discord.py
calls every class whose pattern matches.
"""

import re
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.views.layout import Button, shorten
from bot.views.replies import guarded

LONGEST_LABEL = 80
SEPARATOR = ":"
NEVER = re.compile(r"(?!)")


class Press(ui.DynamicItem[ui.Button[Any]], template=NEVER):
    """The base of every button.

    A subclass is made with ``prefix`` and ``parts``: what its custom id begins with, and a regular expression for
    each of the texts after it, in order. ``pressed`` does the work; what it raises is explained to the person.

    Where two modules lead to each other, the lower one shows a class without ``pressed``, and the upper one has a
    subclass of it that does the work. Only the subclass is registered, so whatever was shown comes to it.
    """

    prefix: ClassVar[str]
    shape: ClassVar[re.Pattern[str]] = NEVER
    """What its custom ids look like. A subclass without a prefix of its own has that of its base."""
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary
    default_label: ClassVar[str] = "Button"
    routine: ClassVar[bool] = False
    """Whether it is pressed too often for the log."""

    def __init_subclass__(cls, *, prefix: str | None = None, parts: tuple[str, ...] = ()) -> None:
        if prefix is not None:
            cls.prefix, cls.shape = prefix, _shape(prefix, parts)
        super().__init_subclass__(template=cls.shape)

    def __init__(
        self, *parts: object, label: str | None = None, style: discord.ButtonStyle | None = None
    ) -> None:
        self.parts = tuple(map(str, parts))
        button: ui.Button[Any] = ui.Button(
            label=shorten(label or self.default_label, LONGEST_LABEL),
            style=style or self.style,
            custom_id=SEPARATOR.join((self.prefix, *self.parts)),
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button that was pressed from its custom id."""
        return cls(*match.groups())

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button is for, and tell the person if it fails."""
        # The first part is an id. A later one may be the answer, which never goes to the log.
        what = "press " + SEPARATOR.join((self.prefix, *self.parts[:1]))
        await guarded(interaction, what, lambda: self._press(interaction), routine=self.routine)

    async def _press(self, interaction: discord.Interaction) -> None:
        await self.admit(interaction)
        await self.pressed(interaction)

    async def admit(self, interaction: discord.Interaction) -> None:
        """Raise ``NotAllowed`` unless the person may press it at all, which everybody may here."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        """What pressing the button does."""
        raise NotImplementedError

    def number(self, index: int) -> int:
        """The part at ``index`` as a number; the pattern has checked that it is one."""
        return int(self.parts[index])


def _shape(prefix: str, parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(SEPARATOR.join((re.escape(prefix), *(f"({part})" for part in parts))))


def turning(
    button: type[Press], *parts: object, page: int, pages: int, back: str = "Back", onward: str = "Next"
) -> list[Button]:
    """The buttons to the neighbours of a page, as far as there are any; pages count from 0.

    ``parts`` of the button's custom id stand before the page, which is the last one.
    """
    neighbours = ((page - 1, back), (page + 1, onward))
    return [button(*parts, to, label=label) for to, label in neighbours if 0 <= to < pages]


ID = r"[0-9]{1,19}"
KEY = r"[a-z0-9-]{1,60}"
SLOT = r"[0-9]{1,2}"
PLACE = r"-?[0-9]{1,4}"
NUMBER = r"[0-9]{1,4}"
SECONDS = r"[0-9]{1,11}"
"""A moment, in seconds since 1970."""
