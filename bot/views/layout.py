"""Small building blocks of messages: text, rows, cards. One view a message, made of dynamic buttons only.

discord.py drops all buttons of a class when a view that mixes them with ordinary ones times out; so no view
here ever has an ordinary button or a second message, and discord.py is never left to watch one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.insight.charts.picture import Picture

ROW_WIDTH = 5

HOURS_FROM = 120
"""Lengths of time from so many minutes on are said in hours."""

LONGEST_TEXT = 4_000
"""Characters that Discord takes in one message of this sort, all texts together."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"

QUIZ_COLOUR = discord.Colour(0x3B6EA8)
RESULT_COLOUR = discord.Colour(0x2E7D5B)
DEBATE_COLOUR = discord.Colour(0x7A4FA3)
QUIET_COLOUR = discord.Colour(0x6B7280)

Button = ui.Item[Any]


class Layout(ui.LayoutView):
    """A message of layout components.

    Its buttons are found by their ids, not by the view that they were sent with. So the view counts as finished
    from the start: else discord.py would keep each private reply, with a timer of its own, for 15 minutes.

    ``pictures`` are shown by it and have to be sent with it; its texts say all that they do.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.pictures: tuple[Picture, ...] = ()
        self.stop()

    def drop_pictures(self) -> None:
        """Do without the pictures, as where Discord takes none."""
        self.pictures = ()
        for frame in self.children:
            if isinstance(frame, ui.Container):
                for shown in [each for each in frame.children if isinstance(each, ui.MediaGallery)]:
                    frame.remove_item(shown)


class Divider:
    """A line between two parts of a card."""


DIVIDER = Divider()


@dataclass(frozen=True, slots=True)
class Aside:
    """A text with one button beside it."""

    text: str
    button: Button


Shown = str | Divider | Aside | Picture
Part = Shown | None


def card(
    *parts: Part,
    buttons: Iterable[Sequence[Button]] = (),
    foot: Aside | None = None,
    colour: discord.Colour = QUIZ_COLOUR,
) -> Layout:
    """A message: its parts one below the other, its rows of buttons (five at most in a row), then its foot.

    Parts that are None or empty are left out, and dividers that then divide nothing. Texts that are too long
    together are shortened, the longest first. A picture is shown at its place, with its words for those who cannot
    see it.
    """
    kept = _undivided([part for part in parts if part])
    texts = iter(fit([text for part in (*kept, foot) if (text := _text(part)) is not None]))
    body: list[ui.Item[Any]] = []
    for part in kept:
        match part:
            case Divider():
                body.append(ui.Separator())
            case Aside(button=button):
                body.append(ui.Section(ui.TextDisplay(next(texts)), accessory=button))
            case Picture():
                body.append(_gallery(part))
            case str():
                body.append(ui.TextDisplay(next(texts)))
    body += [ui.ActionRow(*row) for row in buttons if row]
    if foot is not None:
        body.append(ui.Section(ui.TextDisplay(next(texts)), accessory=foot.button))
    layout = Layout()
    layout.add_item(ui.Container(*body, accent_colour=colour))
    layout.pictures = tuple(part for part in kept if isinstance(part, Picture))
    return layout


def _gallery(picture: Picture) -> ui.Item[Any]:
    shown = discord.MediaGalleryItem(f"attachment://{picture.name}", description=picture.alt)
    return ui.MediaGallery(shown)


def _text(part: Part) -> str | None:
    match part:
        case Divider() | Picture() | None:
            return None
        case Aside(text=text):
            return text
        case str():
            return part


def _undivided(parts: Sequence[Shown]) -> list[Shown]:
    kept: list[Shown] = []
    for part in parts:
        if not (isinstance(part, Divider) and (not kept or isinstance(kept[-1], Divider))):
            kept.append(part)
    while kept and isinstance(kept[-1], Divider):
        kept.pop()
    return kept


def note(text: str) -> Layout:
    """A short private reply without a frame."""
    layout = Layout()
    layout.add_item(ui.TextDisplay(shorten(text, LONGEST_TEXT)))
    return layout


def rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Buttons in rows of five."""
    return [buttons[start : start + ROW_WIDTH] for start in range(0, len(buttons), ROW_WIDTH)]


def fit(texts: Sequence[str], longest: int = LONGEST_TEXT) -> list[str]:
    """The texts, the longest ones shortened until all of them fit into one message."""
    fitted = list(texts)
    excess = sum(map(len, fitted)) - longest
    while excess > 0:
        index = max(range(len(fitted)), key=lambda at: len(fitted[at]))
        keep = max(len(fitted[index]) - excess, len(fitted[index]) // 2, 1)
        fitted[index] = shorten(fitted[index], keep)
        excess = sum(map(len, fitted)) - longest
    return fitted


def shorten(text: str, longest: int) -> str:
    """The text, cut at a word where that is possible, with an ellipsis where something is missing."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > longest // 2 else cut).rstrip() + "…"


def letter(slot: int) -> str:
    """The letter of an option by the place at which it is shown: 0 is A."""
    return LETTERS[slot]


def learner_text(text: str) -> str:
    """What a learner wrote, so that it cannot format, mention or disguise a link. A bare address stays one."""
    # Behind every "<" may stand a mention, a command, a channel or a time; a space of no width undoes it.
    return escape_markdown(text).replace("<", "<\u200b")


def quoted(text: str) -> str:
    """What a learner wrote, as a quotation, line by line."""
    return "\n".join(f"> {line}" for line in learner_text(text).splitlines())


def message_link(label: str, path: str) -> str:
    """A link into Discord; the path is that of a message, ``server/channel/message``, or of a channel."""
    return f"[{label}](https://discord.com/channels/{path})"


def soon(at: datetime) -> str:
    """A moment that each person's own device counts down to: "in 20 seconds"."""
    return discord.utils.format_dt(at, "R")


def duration(length: timedelta) -> str:
    """A length of time in words, in whole seconds: ``45 seconds``, ``2 minutes 30 seconds``, ``2 hours``."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60) if minutes >= HOURS_FROM else (0, minutes)
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    return " ".join(plural(count, unit) for count, unit in parts if count) or plural(0, "second")


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 question``, ``2 questions``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
