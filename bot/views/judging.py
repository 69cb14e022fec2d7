"""Comparing arguments by their reasons: two arguments side by side, private to the judge."""

from typing import ClassVar

import discord

from bot.actions.judging import NoPair, Pair, compare_next, judge_pair
from bot.debate.debate import Argument
from bot.debate.judging import Better
from bot.ids import ComparisonId, DebateId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    LONGEST_TEXT,
    QUIET_COLOUR,
    Button,
    Layout,
    card,
    fit,
    message_link,
    plural,
    quoted,
)
from bot.views.press import ID, Press
from bot.views.replies import replace, reply

LABELS = {
    Better.LEFT: "The first",
    Better.RIGHT: "The second",
    Better.EQUAL: "Equally good",
    Better.SKIPPED: "Skip",
}

PAIR_ROOM = LONGEST_TEXT - 600
"""Characters for the two arguments of a pair, half of them for either, so that neither looks the better for its length;
what one leaves is the other's. The rest is for the words around them, with two links."""


class CompareReasons(Press, prefix="dj", parts=(ID,)):
    """Shows a pair of arguments to compare."""

    default_label: ClassVar[str] = "Judge the reasons"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            compare_next,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            rng=desk.rng,
            at=desk.now(),
        )
        await reply(interaction, pair_card(shown))


class JudgePair(Press, prefix="db", parts=(ID, "left|right|equal|skipped")):
    """Says which of two arguments has the better reasons; the next pair follows."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            judge_pair,
            guild_id=guild_of(interaction),
            comparison_id=ComparisonId(self.number(0)),
            user_id=user_of(interaction),
            better=Better(self.parts[1]),
            rng=desk.rng,
            at=desk.now(),
        )
        await replace(interaction, pair_card(shown))


def pair_card(shown: Pair | NoPair) -> Layout:
    """Two arguments, and the question which has the better reasons; or that there is nothing to compare."""
    match shown:
        case NoPair(judged=0):
            words = "There is no pair to compare yet: it takes one argument from each side, neither of them yours."
            return card("### Judge the reasons", words, colour=QUIET_COLOUR)
        case NoPair():
            words = f"Thank you: you have compared {plural(shown.judged, 'pair')}, and there is none left for now."
            return card("### Judge the reasons", words, colour=QUIET_COLOUR)
        case Pair():
            pass
    buttons: list[Button] = [
        JudgePair(shown.comparison_id, better.value, label=label) for better, label in LABELS.items()
    ]
    left, right = _words(shown.left), _words(shown.right)
    half, room = PAIR_ROOM // 2, PAIR_ROOM
    return card(
        "### Which has the better reasons?",
        "Judge the evidence and the reasoning, not whether you agree.",
        DIVIDER,
        f"**The first** · argument {shown.left.number}",
        *_fitted(left, max(half, room - _length(right)), shown.left_link),
        DIVIDER,
        f"**The second** · argument {shown.right.number}",
        *_fitted(right, max(half, room - _length(left)), shown.right_link),
        f"-# {plural(shown.judged, 'pair')} compared so far. Only you can see this; nobody is shown who said what.",
        buttons=[buttons],
        colour=DEBATE_COLOUR,
    )


def _fitted(texts: list[str], room: int, link: str | None) -> list[str]:
    """The texts of an argument as far as they have room, and where to read all of it if they do not."""
    if _length(texts) <= room:
        return texts
    whole = (
        "its message in the thread has all of it" if link is None else message_link("Read it in full", link)
    )
    return [*fit(texts, room), f"-# Shortened: {whole}."]


def _length(texts: list[str]) -> int:
    return sum(map(len, texts))


def _words(argument: Argument) -> list[str]:
    # A text each: in one text, the name of a part would belong to the quotation above it.
    text = argument.text
    return [
        f"**{name}**\n{quoted(words)}"
        for name, words in (
            ("Claim", text.claim),
            ("Evidence", text.evidence),
            ("Reasoning", text.reasoning),
        )
    ]
