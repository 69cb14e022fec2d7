"""Evidence for a person alone: what a search found, the cards of one's side in a debate, and their buttons."""

from collections.abc import Iterable
from typing import ClassVar

import discord

from bot.actions.dealing import Hand, NoHand, my_evidence
from bot.actions.evidence import EvidenceCard, FoundCards, Searched, cite_evidence, found_cards
from bot.debate.sides import Side
from bot.ids import DebateId, FindingId, RevisionId
from bot.views.debate_buttons import show_argument_form
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.evidence_cards import WITHHELD, CardTexts, card_texts, source_note, split_pages
from bot.views.layout import DEBATE_COLOUR, DIVIDER, QUIET_COLOUR, Aside, Button, Layout, Part, card, plural
from bot.views.press import ID, Press, turning
from bot.views.replies import replace, reply, show_privately

PAGE = "[0-9]{1,2}"

NO_HAND = {
    NoHand.NOT_JOINED: "You have not joined this debate. **My place** says how.",
    NoHand.NO_SIDE: "The cards come with your side. **My place** says what is missing.",
}


class TurnEvidence(Press, prefix="ev", parts=(ID, PAGE)):
    """Turns to another page of one's last search."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        found = await desk.read(
            found_cards,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            finding_id=FindingId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, evidence_list(found, self.number(1)))


class CiteCard(Press, prefix="ec", parts=(ID, ID)):
    """Posts a card into the debate's thread, with the name of who cites it."""

    default_label: ClassVar[str] = "Cite here"

    async def pressed(self, interaction: discord.Interaction) -> None:
        interaction_id, at = stamp(interaction)
        await desk_of(interaction).run(
            cite_evidence,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            revision_id=RevisionId(self.number(1)),
            interaction_id=interaction_id,
            at=at,
        )
        await reply(interaction, "The card comes up in the thread in a moment, with your name.")


class ArgueWithCard(Press, prefix="eu", parts=(ID, ID)):
    """Opens the form for an argument whose evidence names a card."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_argument_form(interaction, DebateId(self.number(0)), card=self.number(1))


class MyEvidence(Press, prefix="em", parts=(ID, PAGE)):
    """Shows a person privately a page of the cards that their side was dealt."""

    default_label: ClassVar[str] = "My evidence"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        hand = await desk.read(
            my_evidence,
            guild_id=guild_of(interaction),
            debate_id=DebateId(self.number(0)),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        if isinstance(hand, NoHand):
            await reply(interaction, NO_HAND[hand])
        else:
            await show_privately(interaction, hand_card(hand, self.number(1)))


def evidence_list(found: FoundCards, page: int = 0, how: Searched = Searched.ALL) -> Layout:
    """A page of what a search found, for the person alone, with a button to cite each card where that is possible."""
    texts = [card_texts(each, brief=True) for each in found.cards]
    pages = split_pages(texts)
    page = max(0, min(page, len(pages) - 1))
    here = pages[page]
    neighbours = turning(TurnEvidence, found.finding_id, page=page, pages=len(pages))
    place = f" · page {page + 1} of {len(pages)}" if len(pages) > 1 else ""
    return card(
        "### Evidence in the bank",
        _how_words(how) if page == 0 else None,
        *_listed([(found.cards[at], texts[at]) for at in here], found.citing),
        DIVIDER,
        source_note([found.cards[at] for at in here]),
        f"-# {plural(len(texts), 'card')} found{place}. Only you can see this.",
        WITHHELD if found.withheld else None,
        buttons=[neighbours],
    )


def hand_card(hand: Hand, page: int = 0) -> Layout:
    """The cards that one's side of a debate was dealt, for the person alone."""
    title = (
        "### Evidence cards"
        if hand.side is None
        else f"### Evidence cards {hand.side.words.lower()} the motion"
    )
    if not hand.dealt:
        return card(
            title,
            "No cards were dealt: the bank has too few facts on this motion to give both sides equally many. "
            "`/evidence search` finds what there is.",
            colour=QUIET_COLOUR,
        )
    texts = [card_texts(each) for each in hand.cards]
    pages = split_pages(texts)
    page = max(0, min(page, len(pages) - 1))
    debate_id = hand.debate.debate_id
    listed = [(hand.cards[at], texts[at]) for at in pages[page]]
    arguing: list[Button] = [
        ArgueWithCard(debate_id, each.item_id, label=f"Argue with card {each.item_id}")
        for each, _ in listed
        if hand.may_argue
    ]
    neighbours = turning(MyEvidence, debate_id, page=page, pages=len(pages))
    away = hand.dealt - len(hand.cards)
    return card(
        title,
        f"{_dealt(hand)} The status belongs to a card: say it when you use one.",
        _too_few(hand),
        *_listed(listed, debate_id if hand.may_cite else None),
        DIVIDER if listed else None,
        source_note([each for each, _ in listed]),
        f"-# {plural(away, 'card is', 'cards are')} out of sight while a question is being asked."
        if away
        else None,
        f"-# Page {page + 1} of {len(pages)}." if len(pages) > 1 else None,
        "-# Only you can see this; others have the same cards."
        if hand.side is None
        else "-# Only you can see this; others of your side have the same cards.",
        buttons=[arguing, neighbours],
        colour=DEBATE_COLOUR,
    )


def _listed(cards: Iterable[tuple[EvidenceCard, CardTexts]], citing: DebateId | None) -> list[Part]:
    parts: list[Part] = []
    for shown, texts in cards:
        parts += [DIVIDER, *texts.parts]
        if citing is None:
            parts.append(texts.status)
        else:
            parts.append(Aside(texts.status, CiteCard(citing, shown.revision_id)))
    return parts


def _how_words(how: Searched) -> str | None:
    match how:
        case Searched.ALL:
            return None
        case Searched.SOME:
            return "Nothing in the bank has all of these words; this has some of them."
        case Searched.ALIKE:
            return "Nothing in the bank has these words; this has words that begin alike."


def _dealt(hand: Hand) -> str:
    if hand.side is None:
        return f"{plural(hand.dealt, 'card')} from the bank, half of them on either side."
    return f"Each side was dealt {plural(hand.dealt, 'card')} from the bank."


def _too_few(hand: Hand) -> str | None:
    wanted = hand.wanted if hand.side is not None else len(Side) * hand.wanted
    if hand.dealt >= wanted:
        return None
    return f"That is fewer than {wanted}: the bank has too few facts on this motion for equally many more."
