"""Cards of the bank that an argument names by their numbers: finding them, and giving them to what shows arguments."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.evidence import hidden_items
from bot.debate.argument import MOST_CARDS, card_numbers
from bot.debate.debate import Debate
from bot.debate.sides import Side
from bot.errors import Invalid
from bot.ids import GuildId, ItemId, RevisionId, UserId
from bot.store.evidence import EvidenceCard as EvidenceCard
from bot.store.evidence import card_of_revision, cards_of, dealt_to


def cards_named(
    db: Database, debate: Debate, user_id: UserId, evidence: str, at: datetime
) -> list[RevisionId]:
    """The cards that evidence names: as they were dealt in the debate, else as they are now.

    Raises ``Invalid`` for a number that no card has, or whose question is being asked, and for too many of them.
    """
    numbers = card_numbers(evidence)
    if not numbers:
        return []
    if len(numbers) > MOST_CARDS:
        raise Invalid("evidence", f"it names {len(numbers)} cards", f"Keep to {MOST_CARDS} in one argument.")
    hidden = hidden_items(db, debate.guild_id, user_id, at)
    dealt = {card.item_id: card for card in _dealt(db, debate)}
    current = {card.item_id: card for card in cards_of(db, debate.guild_id, [ItemId(n) for n in numbers])}
    named = {number: dealt.get(ItemId(number)) or current.get(ItemId(number)) for number in numbers}
    for number, card in named.items():
        if card is None or card.item_id in hidden:
            raise Invalid(
                "evidence",
                f"there is no card {number} that you can use now",
                "**My evidence** and `/evidence search` show the number of each card.",
            )
    return [card.revision_id for card in named.values() if card is not None]


def cards_shown(db: Database, guild_id: GuildId, revisions: list[RevisionId]) -> tuple[EvidenceCard, ...]:
    """The cards of these revisions, without those that the server may not use any more."""
    found = (card_of_revision(db, guild_id, each) for each in revisions)
    return tuple(card for card in found if card is not None)


def _dealt(db: Database, debate: Debate) -> list[EvidenceCard]:
    revisions = [each for side in Side for each in dealt_to(db, debate.debate_id, side)]
    return list(cards_shown(db, debate.guild_id, revisions))
