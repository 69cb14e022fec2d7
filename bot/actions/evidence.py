"""Finding evidence in the bank and citing it in a debate.

What a search shows can be had with a private quiz as well, with its answer, but for the questions that are being asked
just now: those, and what would give their answers away, are not found at all. To show them without their answers
would not do: that a guess finds them tells that it is right.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debate_sides import argued_side
from bot.actions.debates import debate_of, going_on
from bot.bank.looked_for import search_words
from bot.debate.debate import DebateState
from bot.debate.sides import Side
from bot.errors import NotAllowed, NotFound, WrongState
from bot.ids import (
    ChannelId,
    CitationId,
    DebateId,
    FindingId,
    GuildId,
    InteractionId,
    ItemId,
    RevisionId,
    UserId,
)
from bot.store.asked import asked_items
from bot.store.boards import BoardKind, create_board
from bot.store.debaters import debater_of
from bot.store.debates import debate_in_thread
from bot.store.evidence import Citation as Citation
from bot.store.evidence import EvidenceCard as EvidenceCard
from bot.store.evidence import (
    FindingKind,
    add_citation,
    card_of_revision,
    cards_of,
    citation_from,
    find_citation,
    find_finding,
    is_cited,
    save_finding,
)
from bot.store.item_texts import Searched as Searched
from bot.store.item_texts import search_items, with_those_apart
from bot.store.learners import find_learner, learner_for

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first, and how its words were taken; ``withheld`` says that questions are being
    asked which no search finds, whatever it looks for."""

    items: tuple[ItemId, ...]
    how: Searched
    withheld: bool


@dataclass(frozen=True, slots=True)
class FoundCards:
    """The cards that somebody found, as they may be shown now. ``citing`` is the debate into which they can be posted
    from here."""

    finding_id: FindingId
    cards: tuple[EvidenceCard, ...]
    citing: DebateId | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class CitationBoard:
    """A public message with cards: who posted them, and for which side if it is in a debate."""

    citation: Citation
    cards: tuple[EvidenceCard, ...]

    @property
    def side(self) -> Side | None:
        """The side that the person argues."""
        return self.citation.side


def hidden_items(db: Database, guild_id: GuildId, user_id: UserId, at: datetime) -> frozenset[ItemId]:
    """What this person may not find in this server now."""
    return with_those_apart(db, asked_items(db, guild_id, user_id, at))


def find_evidence(db: Database, *, guild_id: GuildId, user_id: UserId, words: str, at: datetime) -> Found:
    """The items that have all of the words; where there are none, those with some, or with words that begin alike."""
    terms, hidden = search_words(words), hidden_items(db, guild_id, user_id, at)
    for how in Searched:
        items = search_items(db, guild_id, terms, how, without=hidden, most=MOST_FOUND)
        if items:
            return Found(tuple(items), how, bool(hidden))
    return Found((), Searched.ALL, bool(hidden))


def keep_found(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    channel_id: ChannelId,
    items: tuple[ItemId, ...],
    at: datetime,
) -> FindingId:
    """Keep what a search found, so that its pages can be turned; the words are not kept."""
    learner_id = learner_for(db, guild_id, user_id, at)
    return save_finding(db, learner_id, FindingKind.SEARCH, channel_id, None, items, at)


def found_cards(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    finding_id: FindingId,
    at: datetime,
) -> FoundCards:
    """The cards of one's last search. Raises ``NotFound`` once there is a newer one."""
    finding = find_finding(db, guild_id, user_id, finding_id, FindingKind.SEARCH)
    if finding is None:
        raise NotFound("list of evidence")
    hidden = hidden_items(db, guild_id, user_id, at)
    cards = cards_of(db, guild_id, [item_id for item_id in finding.items if item_id not in hidden])
    debate_id = _citing_in(db, guild_id, user_id, finding.channel_id)
    return FoundCards(finding_id, tuple(cards), debate_id, bool(hidden))


def cite_evidence(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    revision_id: RevisionId,
    interaction_id: InteractionId,
    at: datetime,
) -> CitationId:
    """Post a card into a debate; the same press delivered twice posts it once.

    Raises ``NotFound``, ``WrongState`` (the debate is closed or paused, the card is in the thread already, its question
    is being asked) or ``NotAllowed`` for somebody who has not joined.
    """
    repeated = citation_from(db, interaction_id)
    if repeated is not None:
        return repeated
    debate = going_on(debate_of(db, guild_id, debate_id))
    learner_id = find_learner(db, guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate_id, learner_id)
    if learner_id is None or me is None or not me.takes_part:
        raise NotAllowed("cite evidence in this debate", "those who have joined it")
    card = card_of_revision(db, guild_id, revision_id)
    if card is None:
        raise NotFound("evidence card")
    if card.item_id in hidden_items(db, guild_id, user_id, at):
        raise WrongState("card", "out of reach while its question is being asked")
    if is_cited(db, debate_id, revision_id):
        raise WrongState("card", "in this thread already")
    citation_id = add_citation(
        db,
        guild_id=guild_id,
        channel_id=debate.thread_id,
        learner_id=learner_id,
        debate_id=debate_id,
        side=argued_side(debate, me),
        message_id=None,
        revisions=[revision_id],
        interaction_id=interaction_id,
        at=at,
    )
    create_board(db, BoardKind.CITATION, citation_id, guild_id, debate.thread_id, at)
    return citation_id


def citation_board(db: Database, *, citation_id: CitationId) -> CitationBoard | None:
    """What the message of a citation shows, or None."""
    citation = find_citation(db, citation_id)
    if citation is None:
        return None
    found = [card_of_revision(db, citation.guild_id, each) for each in citation.revisions]
    return CitationBoard(citation, tuple(card for card in found if card is not None))


def _citing_in(db: Database, guild_id: GuildId, user_id: UserId, channel_id: ChannelId) -> DebateId | None:
    """The open debate in this thread, if this person takes part in it."""
    debate = debate_in_thread(db, channel_id)
    if debate is None or debate.guild_id != guild_id or debate.state is not DebateState.OPEN:
        return None
    learner_id = find_learner(db, guild_id, user_id)
    me = None if learner_id is None else debater_of(db, debate.debate_id, learner_id)
    return debate.debate_id if me is not None and me.takes_part else None
