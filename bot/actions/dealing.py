"""Evidence cards in a debate: dealing them when it opens, and one's own side's cards."""

import random
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.debate.debate import Debate, DebateState
from bot.debate.evidence import HAND, deal
from bot.debate.sides import Side
from bot.errors import NotFound
from bot.ids import DebateId, GuildId, UserId
from bot.store.asked import asked_items
from bot.store.debates import find_debate, side_of
from bot.store.evidence import EvidenceCard as EvidenceCard
from bot.store.evidence import card_of_revision, cards_of, dealt_to, save_dealt
from bot.store.item_texts import items_named, items_with_tags, with_those_apart
from bot.store.learners import find_learner

MOST_RELATED = 200
"""Of a large set, so many items with topics of a claim are looked at: nobody's answer waits while cards are dealt."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The evidence cards of one's side. ``wanted`` is how many a side should have, ``dealt`` how many it has.

    Cards whose question is being asked just now are not among ``cards``.
    """

    debate: Debate
    side: Side
    cards: tuple[EvidenceCard, ...]
    dealt: int
    wanted: int = HAND

    @property
    def may_cite(self) -> bool:
        """Whether cards can be posted into the thread."""
        return self.debate.state is DebateState.OPEN


def deal_evidence(db: Database, debate_id: DebateId) -> int:
    """Deal the cards of a debate that has just been opened; gives how many each side has.

    They are drawn with the debate's own seed from the set of its claim.
    """
    debate = find_debate(db, debate_id)
    card = None if debate is None else card_of_revision(db, debate.guild_id, debate.revision_id)
    if debate is None or card is None:
        raise NotFound("debate")
    claim = debate.claim
    named = [*claim.case_for.cards, *claim.case_against.cards, *claim.not_with]
    linked = with_those_apart(db, frozenset({card.item_id}))
    related = items_with_tags(db, debate.guild_id, card.set_id, claim.tags, most=MOST_RELATED)
    found = linked | related | items_named(db, card.set_id, named)
    cards = cards_of(db, debate.guild_id, sorted(found))
    dealt = deal(claim, {each.revision_id: each.item for each in cards}, random.Random(debate.seed))
    for side, hand in dealt.hands.items():
        save_dealt(db, debate_id, side, hand)
    return dealt.size


def my_evidence(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Hand | None:
    """The cards of one's own side, or None before joining. Raises ``NotFound``."""
    debate = find_debate(db, debate_id)
    if debate is None or debate.guild_id != guild_id:
        raise NotFound("debate")
    learner_id = find_learner(db, guild_id, user_id)
    side = None if learner_id is None else side_of(db, debate_id, learner_id)
    if side is None:
        return None
    dealt = dealt_to(db, debate_id, side)
    hidden = with_those_apart(db, asked_items(db, guild_id, user_id, at))
    found = [card_of_revision(db, guild_id, revision_id) for revision_id in dealt]
    cards = tuple(card for card in found if card is not None and card.item_id not in hidden)
    return Hand(debate, side, cards, len(dealt))
