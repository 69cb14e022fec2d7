"""Comparing arguments by their reasons: two arguments side by side, private to the judge."""

from typing import ClassVar

import discord

from bot.actions.judging import NoPair, Pair, compare_next, judge_pair
from bot.debate.debate import Argument
from bot.debate.judging import Better
from bot.ids import ComparisonId, DebateId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import DEBATE_COLOUR, DIVIDER, QUIET_COLOUR, Button, Layout, card, plural, quoted
from bot.views.press import ID, Press
from bot.views.replies import replace, reply

LABELS = {
    Better.LEFT: "The first",
    Better.RIGHT: "The second",
    Better.EQUAL: "Equally good",
    Better.SKIPPED: "Skip",
}


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
            words = "There is no pair to compare yet: it takes an argument of either side that is not yours."
            return card("### Judge the reasons", words, colour=QUIET_COLOUR)
        case NoPair():
            words = f"Thank you: you have compared {plural(shown.judged, 'pair')}, and there is none left for now."
            return card("### Judge the reasons", words, colour=QUIET_COLOUR)
        case Pair():
            pass
    buttons: list[Button] = [
        JudgePair(shown.comparison_id, better.value, label=label) for better, label in LABELS.items()
    ]
    return card(
        "### Which has the better reasons?",
        "Judge the evidence and the reasoning, not whether you agree.",
        DIVIDER,
        f"**The first** · argument {shown.left.number}",
        *_words(shown.left),
        DIVIDER,
        f"**The second** · argument {shown.right.number}",
        *_words(shown.right),
        f"-# {plural(shown.judged, 'pair')} compared so far. Only you can see this; nobody is shown who said what.",
        buttons=[buttons],
        colour=DEBATE_COLOUR,
    )


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
