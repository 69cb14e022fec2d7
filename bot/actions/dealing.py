"""Evidence cards in a debate: dealing them when it opens, and one's own side's cards."""

import random
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlite_utils import Database

from bot.actions.debate_sides import argued_side
from bot.actions.debates import debate_of
from bot.debate.debate import Debate, DebateState
from bot.debate.evidence import HAND, deal
from bot.debate.sides import Side
from bot.errors import NotFound
from bot.ids import DebateId, GuildId, UserId
from bot.store.asked import asked_items
from bot.store.debaters import debater_of
from bot.store.debates import find_debate
from bot.store.evidence import EvidenceCard as EvidenceCard
from bot.store.evidence import card_of_revision, cards_of, dealt_to, save_dealt
from bot.store.item_texts import items_named, items_with_tags, with_those_apart
from bot.store.learners import find_learner

MOST_RELATED = 200
"""Of a large set, so many items with topics of a claim are looked at: nobody's answer waits while cards are dealt."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The evidence cards of the side that one argues; in a debate without sides (None) those of both.

    ``wanted`` is how many a side should have, ``dealt`` how many there are. Cards whose question is being asked just
    now are not among ``cards``.
    """

    debate: Debate
    side: Side | None
    cards: tuple[EvidenceCard, ...]
    dealt: int
    wanted: int = HAND

    @property
    def may_cite(self) -> bool:
        """Whether cards can be posted into the thread."""
        return self.debate.state is DebateState.OPEN

    @property
    def may_argue(self) -> bool:
        """Whether arguments can be added, which may rest on them."""
        return self.may_cite and self.debate.stage.takes_arguments


class NoHand(Enum):
    """Why somebody has no cards: they take no part, or their side is not given yet."""

    NOT_JOINED = auto()
    NO_SIDE = auto()


def deal_evidence(db: Database, debate_id: DebateId) -> int:
    """Deal the cards of a debate that has just been opened; gives how many each side has.

    They are drawn with the debate's own seed from the set of its claim; a motion in an instructor's own words has none.
    """
    debate = find_debate(db, debate_id)
    if debate is None:
        raise NotFound("debate")
    claim = debate.claim
    card = None if debate.revision_id is None else card_of_revision(db, debate.guild_id, debate.revision_id)
    if claim is None or card is None:
        return 0
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
) -> Hand | NoHand:
    """The cards of the side that one argues now, or why there are none. Raises ``NotFound``."""
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate_id, learner_id)
    if me is None or not me.takes_part:
        return NoHand.NOT_JOINED
    side = argued_side(debate, me)
    if side is None and debate.format.has_sides:
        return NoHand.NO_SIDE
    dealt = [each for of in Side if side in (None, of) for each in dealt_to(db, debate_id, of)]
    hidden = with_those_apart(db, asked_items(db, guild_id, user_id, at))
    found = [card_of_revision(db, guild_id, revision_id) for revision_id in dealt]
    cards = tuple(card for card in found if card is not None and card.item_id not in hidden)
    return Hand(debate, side, cards, len(dealt))
