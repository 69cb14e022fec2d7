"""Evidence cards: reading them, what was dealt in a debate, and what people found, cited and showed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlite_utils import Database

from bot.bank.kinds import Item
from bot.bank.question_set import SetInfo
from bot.debate.sides import Side
from bot.ids import (
    NOBODY,
    ChannelId,
    CitationId,
    DebateId,
    FindingId,
    GuildId,
    InteractionId,
    ItemId,
    LearnerId,
    MessageId,
    RevisionId,
    SetId,
    UserId,
)
from bot.store.item_texts import USABLE
from bot.store.moments import to_text
from bot.store.questions import parse_item
from bot.store.rulings import rulings_of
from bot.store.sql import Row, change, first, insert, many

CARD = """
    SELECT i.item_id, v.revision_id, i.set_id, v.content, s.info
    FROM revision AS v
    JOIN item AS i ON i.item_id = v.item_id
    JOIN question_set AS s ON s.set_id = i.set_id
"""
CARDS_IN_USE = (
    CARD
    + f"""
    WHERE i.item_id IN (SELECT value FROM json_each(:items)) AND v.revision_id = i.revision_id
          AND i.retired_at IS NULL AND {USABLE}
"""
)
CARD_OF_REVISION = CARD + " WHERE v.revision_id = :revision_id AND s.guild_id IN (0, :guild_id)"
DEAL = """
    INSERT INTO dealt_card (debate_id, revision_id, side, position)
    VALUES (:debate_id, :revision_id, :side, :position)
"""
DEALT = """
    SELECT revision_id FROM dealt_card WHERE debate_id = :debate_id AND side = :side ORDER BY position
"""
DROP_FINDING = """
    DELETE FROM finding WHERE learner_id = :learner_id AND kind = :kind
"""
FINDING = """
    SELECT f.finding_id, f.channel_id, f.message_id, f.items
    FROM finding AS f
    JOIN learner AS l ON l.learner_id = f.learner_id
    WHERE f.finding_id = :finding_id AND f.kind = :kind AND l.guild_id = :guild_id AND l.user_id = :user_id
"""
ADD_CITED = """
    INSERT INTO citation_card (citation_id, position, revision_id)
    VALUES (:citation_id, :position, :revision_id)
"""
CITATION = """
    SELECT c.citation_id, c.guild_id, c.channel_id, l.user_id, c.debate_id, c.message_id,
           COALESCE(c.side, m.side)
    FROM citation AS c
    JOIN learner AS l ON l.learner_id = c.learner_id
    LEFT JOIN debater AS m ON m.debate_id = c.debate_id AND m.learner_id = c.learner_id
    WHERE c.citation_id = :citation_id
"""
CITED_CARDS = """
    SELECT revision_id FROM citation_card WHERE citation_id = :citation_id ORDER BY position
"""
CITED_IN_DEBATE = """
    SELECT c.citation_id
    FROM citation AS c
    JOIN citation_card AS k ON k.citation_id = c.citation_id
    WHERE c.debate_id = :debate_id AND k.revision_id = :revision_id
"""
COUNT_BY_PERSON = """
    SELECT l.user_id, COUNT(*)
    FROM citation AS c
    JOIN learner AS l ON l.learner_id = c.learner_id
    WHERE c.debate_id = :debate_id
    GROUP BY l.user_id
"""
SHOWN_WITH_MESSAGE = """
    SELECT citation_id FROM citation WHERE message_id = :message_id
"""
CITATION_FROM = """
    SELECT citation_id FROM citation WHERE interaction_id = :interaction_id
"""


class FindingKind(StrEnum):
    """What somebody did to find something."""

    SEARCH = "search"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """An item of the bank as it stands in one revision, with the key that holds in the server, and its set."""

    item_id: ItemId
    revision_id: RevisionId
    set_id: SetId
    item: Item
    info: SetInfo


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found: the items, the best first; where, and by which message if it was a check of one."""

    finding_id: FindingId
    channel_id: ChannelId
    message_id: MessageId | None
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Cards that somebody posted: into a debate for their side, or with a message of theirs.

    ``user_id`` is None for one who has left and deleted what they wrote.
    """

    citation_id: CitationId
    guild_id: GuildId
    channel_id: ChannelId
    user_id: UserId | None
    debate_id: DebateId | None
    message_id: MessageId | None
    side: Side | None
    revisions: tuple[RevisionId, ...]


def cards_of(db: Database, guild_id: GuildId, items: Sequence[ItemId]) -> list[EvidenceCard]:
    """The cards of items, in the same order; those are left out that the server may not use, or not any more."""
    rows = many(db, CARDS_IN_USE, guild_id=guild_id, items=json.dumps(items))
    found = {row[0]: row for row in rows}
    return [_card(db, guild_id, found[item_id]) for item_id in items if item_id in found]


def card_of_revision(db: Database, guild_id: GuildId, revision_id: RevisionId) -> EvidenceCard | None:
    """The card of a revision, in use or not; None for one of another server's."""
    row = first(db, CARD_OF_REVISION, guild_id=guild_id, revision_id=revision_id)
    return None if row is None else _card(db, guild_id, row)


def save_dealt(db: Database, debate_id: DebateId, side: Side, revisions: Iterable[RevisionId]) -> None:
    """Store the cards that one side of a debate was dealt."""
    for position, revision_id in enumerate(revisions):
        change(db, DEAL, debate_id=debate_id, revision_id=revision_id, side=side.value, position=position)


def dealt_to(db: Database, debate_id: DebateId, side: Side) -> list[RevisionId]:
    """The cards that one side of a debate was dealt."""
    return [RevisionId(row[0]) for row in many(db, DEALT, debate_id=debate_id, side=side.value)]


def save_finding(
    db: Database,
    learner_id: LearnerId,
    kind: FindingKind,
    channel_id: ChannelId,
    message_id: MessageId | None,
    items: Sequence[ItemId],
    at: datetime,
) -> FindingId:
    """Keep what somebody found, in place of what they found before in that way."""
    change(db, DROP_FINDING, learner_id=learner_id, kind=kind.value)
    return FindingId(
        insert(
            db,
            "finding",
            learner_id=learner_id,
            kind=kind.value,
            channel_id=channel_id,
            message_id=message_id,
            items=json.dumps(items),
            found_at=to_text(at),
        )
    )


def find_finding(
    db: Database, guild_id: GuildId, user_id: UserId, finding_id: FindingId, kind: FindingKind
) -> Finding | None:
    """What this person found in this server, if it is still kept."""
    row = first(db, FINDING, finding_id=finding_id, kind=kind.value, guild_id=guild_id, user_id=user_id)
    if row is None:
        return None
    found_id, channel_id, message_id, items = row
    return Finding(
        FindingId(found_id),
        ChannelId(channel_id),
        None if message_id is None else MessageId(message_id),
        tuple(ItemId(item_id) for item_id in json.loads(items)),
    )


def add_citation(
    db: Database,
    *,
    guild_id: GuildId,
    channel_id: ChannelId,
    learner_id: LearnerId,
    debate_id: DebateId | None,
    side: Side | None,
    message_id: MessageId | None,
    revisions: Sequence[RevisionId],
    interaction_id: InteractionId,
    at: datetime,
) -> CitationId:
    """Store cards that somebody posts."""
    citation_id = CitationId(
        insert(
            db,
            "citation",
            guild_id=guild_id,
            channel_id=channel_id,
            learner_id=learner_id,
            debate_id=debate_id,
            side=None if side is None else side.value,
            message_id=message_id,
            interaction_id=interaction_id,
            cited_at=to_text(at),
        )
    )
    for position, revision_id in enumerate(revisions):
        change(db, ADD_CITED, citation_id=citation_id, position=position, revision_id=revision_id)
    return citation_id


def find_citation(db: Database, citation_id: CitationId) -> Citation | None:
    """The citation, or None."""
    row = first(db, CITATION, citation_id=citation_id)
    if row is None:
        return None
    found_id, guild_id, channel_id, user_id, debate_id, message_id, side = row
    return Citation(
        citation_id=CitationId(found_id),
        guild_id=GuildId(guild_id),
        channel_id=ChannelId(channel_id),
        user_id=None if user_id == NOBODY else UserId(user_id),
        debate_id=None if debate_id is None else DebateId(debate_id),
        message_id=None if message_id is None else MessageId(message_id),
        side=None if side is None else Side(side),
        revisions=tuple(RevisionId(each[0]) for each in many(db, CITED_CARDS, citation_id=citation_id)),
    )


def is_cited(db: Database, debate_id: DebateId, revision_id: RevisionId) -> bool:
    """Whether a card has been cited in a debate."""
    return first(db, CITED_IN_DEBATE, debate_id=debate_id, revision_id=revision_id) is not None


def citation_counts(db: Database, debate_id: DebateId) -> dict[UserId, int]:
    """How often each person has posted a card into a debate."""
    return {UserId(user_id): count for user_id, count in many(db, COUNT_BY_PERSON, debate_id=debate_id)}


def is_shown_with(db: Database, message_id: MessageId) -> bool:
    """Whether what a message touches has been shown."""
    return first(db, SHOWN_WITH_MESSAGE, message_id=message_id) is not None


def citation_from(db: Database, interaction_id: InteractionId) -> CitationId | None:
    """The citation that this interaction has already stored, or None."""
    row = first(db, CITATION_FROM, interaction_id=interaction_id)
    return None if row is None else CitationId(row[0])


def _card(db: Database, guild_id: GuildId, row: Row) -> EvidenceCard:
    item_id, revision_id, set_id, content, info = row
    rulings = rulings_of(db, guild_id, RevisionId(revision_id))
    return EvidenceCard(
        ItemId(item_id),
        RevisionId(revision_id),
        SetId(set_id),
        rulings.keyed(parse_item(content)),
        _parse_info(info),
    )


@lru_cache(maxsize=256)
def _parse_info(info: str) -> SetInfo:
    # Many cards come from one set, whose head may hold all figures of its source.
    return SetInfo.model_validate_json(info)
