"""What a message touches in the bank, told to the person who asked, and the button that shows it to the others."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot.actions.checking import Touched, show_check
from bot.bank.kinds import Estimate, Numeric
from bot.bank.numbers import write_number
from bot.errors import Invalid
from bot.ids import FindingId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.evidence_cards import card_texts, source_note, split_pages
from bot.views.layout import DIVIDER, QUIET_COLOUR, Button, Layout, Part, card
from bot.views.press import ID, Press
from bot.views.replies import replace

NO_VERDICT = "-# A card is no verdict on the message: read its status, its date and who says it."


class ShowCheck(Press, prefix="eh", parts=(ID,)):
    """Posts what one's own message touches beside it."""

    default_label: ClassVar[str] = "Show it in the channel"

    async def pressed(self, interaction: discord.Interaction) -> None:
        _check_place(interaction)
        interaction_id, at = stamp(interaction)
        await desk_of(interaction).run(
            show_check,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            finding_id=FindingId(self.number(0)),
            interaction_id=interaction_id,
            at=at,
        )
        await replace(interaction, card("It comes up here in a moment, with your name.", colour=QUIET_COLOUR))


def _check_place(interaction: discord.Interaction) -> None:
    """Raise ``Invalid`` where the bot may not post: what is shown comes as a message of its own."""
    granted = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    if not (granted.send_messages_in_threads if in_thread else granted.send_messages):
        missing = "Send Messages in Threads" if in_thread else "Send Messages"
        raise Invalid(
            "channel",
            f"I lack {missing} here",
            "Ask somebody who manages the server to allow it, or quote it yourself.",
        )


def that_fit(found: Sequence[Touched]) -> list[Touched]:
    """Those of the cards that fit into one message whole; always one of them."""
    (first, *_) = split_pages([card_texts(each.card) for each in found])
    return [found[at] for at in first]


def checked_card(
    found: Sequence[Touched], *, own: bool, finding_id: FindingId | None = None, in_thread: bool = False
) -> Layout:
    """What a message touches; with ``finding_id``, its author can show it to the others."""
    parts: list[Part] = []
    for each in found:
        texts = card_texts(each.card)
        parts += [DIVIDER, _beside(each, own=own), *texts.parts, texts.status]
    label = "Show it in the thread" if in_thread else None
    buttons: list[Button] = [] if finding_id is None else [ShowCheck(finding_id, label=label)]
    return card(
        f"### What the bank has on {'your' if own else 'this'} message",
        *parts,
        DIVIDER,
        source_note([each.card for each in found]),
        NO_VERDICT,
        "-# Only you can see this. The text of the message is not kept.",
        buttons=[buttons],
    )


def nothing_touched() -> Layout:
    """What is said where a message touches nothing."""
    return card(
        "I found nothing in the bank that this message touches. That says nothing about whether it is right: the bank "
        "knows its own topics only. `/evidence search` looks for single words.",
        colour=QUIET_COLOUR,
    )


def _beside(found: Touched, *, own: bool) -> str | None:
    """The figure of the message beside that of the bank."""
    item, said = found.card.item, found.said
    if said is None or not isinstance(item, Numeric | Estimate):
        return None
    ours = f"**{write_number(item.answer, item.unit)}**"
    if item.as_of is not None:
        ours += f" (as of {item.as_of})"
    if said.same:
        return f"The bank has the same figure: {ours}."
    theirs = f"**{write_number(said.value, item.unit)}**"
    return (
        f"The bank has {ours}; {'your' if own else 'the'} message says {theirs}. They may not count the same thing: "
        "compare what was counted, and when."
    )
