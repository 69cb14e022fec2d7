"""What was hidden in debates: as the thread shows it, as its author is told of it, as instructors see it.

Pure rendering: the buttons stand in ``inbox``.
"""

from collections.abc import Sequence

from bot.actions.hiding import HiddenNews, HiddenText, Hideable, HideableKind, HidingsPage
from bot.actions.message_reports import HiddenAndDecided
from bot.views.layout import QUIET_COLOUR, Aside, Button, Layout, card, learner_text, quoted, shorten

HIDDEN = "Hidden by an instructor."

TEXT_ROOM = 150
WORDING_ROOM = 800
MOTION_ROOM = 100


def what_was_written(kind: HideableKind, number: int | None) -> str:
    """What somebody wrote, as it stands in a sentence."""
    match kind:
        case HideableKind.ARGUMENT:
            return f"argument {number}"
        case HideableKind.RESTATEMENT:
            return f"restatement of argument {number}"
        case HideableKind.STATEMENT:
            return "wording of the joint statement"


def to_hide(written: Hideable) -> str | None:
    """What an instructor would hide, where the message alone does not say it: one of several wordings."""
    if written.kind is not HideableKind.STATEMENT:
        return None
    return (
        f"It is the joint statement, which says now:\n{quoted(shorten(written.text, WORDING_ROOM))}\n"
        "-# Hiding it hides each wording since the report too; the one before them comes back."
    )


def hidden_card(done: HiddenAndDecided, buttons: Sequence[Button]) -> Layout:
    """What an instructor reads after hiding what was reported."""
    authors = "Its author is" if len(done.hidings) == 1 else "Their authors are"
    who = "the person who reported it is" if done.told == 1 else f"the {done.told} people who reported it are"
    return card(
        "### Hidden",
        "Nobody but who wrote it reads it any more. It keeps its place, with the words “Hidden by an instructor.”",
        f"{authors} told so, privately, and {who} told that it was dealt with.",
        "-# You can show it again, now or later under **Hidden texts** in the inbox.",
        buttons=[buttons],
        colour=QUIET_COLOUR,
    )


def hidings_card(shown: HidingsPage, showers: Sequence[Button | None], turning: Sequence[Button]) -> Layout:
    """The record of what was hidden; what still is has a button."""
    lines: list[str | Aside] = []
    for number, (hidden, shower) in enumerate(zip(shown.hidden, showers, strict=True), start=1):
        text = _line(number, hidden)
        lines.append(text if shower is None else Aside(text, shower))
    return card(
        "### Hidden texts",
        *(lines or ["Nothing has been hidden yet."]),
        f"-# Page {shown.page + 1} of {shown.pages}" if shown.pages > 1 else None,
        buttons=[turning],
        colour=QUIET_COLOUR,
    )


def hidden_news(news: HiddenNews) -> str:
    """A private message to the author of what was hidden."""
    what = what_was_written(news.kind, news.number)
    return (
        f"An instructor has hidden your {what} in the debate “{shorten(news.motion, MOTION_ROOM)}”, so the others do "
        "not read it any more. Nothing of it is lost, and you go on taking part: you find it under **My arguments**. "
        "If you do not see why, please speak with an instructor; it can be shown again."
    )


def _line(number: int, hidden: HiddenText) -> str:
    hiding, written = hidden.hiding, hidden.written
    what = what_was_written(hiding.kind, written.number)
    said = learner_text(shorten(" ".join(written.text.split()), TEXT_ROOM)) or "deleted by its author since"
    by = "its message was deleted" if hiding.hidden_by is None else f"by <@{hiding.hidden_by}>"
    again = "" if hiding.shown_at is None else f"; shown again <t:{int(hiding.shown_at.timestamp())}:f>"
    return (
        f"**{number}. {what[:1].upper()}{what[1:]}:** ||{said}||\n"
        f"-# {shorten(hidden.debate.motion, MOTION_ROOM)} · <t:{int(hiding.hidden_at.timestamp())}:f>, {by}{again}"
    )
