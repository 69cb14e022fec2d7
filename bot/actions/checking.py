"""Checking a message against the bank: what it touches, and showing that beside it.

The text comes with the command and is never stored; of what an author may show, only the questions are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.evidence import hidden_items
from bot.bank.figure_said import SaidFigure, said_figure
from bot.bank.touching import Touch, passages, touched
from bot.debate.debate import Argument
from bot.errors import NotFound, WrongState
from bot.ids import (
    ArgumentId,
    ChannelId,
    CitationId,
    FindingId,
    GuildId,
    InteractionId,
    ItemId,
    MessageId,
    UserId,
)
from bot.store.arguments import find_argument
from bot.store.boards import BoardKind, board_of_message, create_board
from bot.store.evidence import EvidenceCard as EvidenceCard
from bot.store.evidence import (
    FindingKind,
    add_citation,
    cards_of,
    citation_from,
    find_finding,
    is_shown_with,
    save_finding,
)
from bot.store.item_texts import items_having, touchable_items
from bot.store.learners import learner_for

MOST_TOUCHED = 3
_LOOKED_AT = 12
_COMPARED_COUNTS, _KNOWN_BETTER_COUNTS = 1.5, 1.2
"""Of cards that are as near, those are worth more whose figure can be set beside the message's, and those that know
something better or newer than the source."""


@dataclass(frozen=True, slots=True)
class Touched:
    """An item that a message touches, and the figure of the message that can be set beside the item's."""

    card: EvidenceCard
    said: SaidFigure | None


def check_text(
    db: Database, *, guild_id: GuildId, user_id: UserId, text: str, at: datetime
) -> tuple[Touched, ...]:
    """What a text touches in the server's sets, the nearest first; three at most."""
    read = passages(text)
    usable = touchable_items(db, guild_id)
    among = usable - hidden_items(db, guild_id, user_id, at)
    words = {word for passage in read for word in passage.words}
    touches = touched(read, items_having(db, words, among), len(usable))
    ranked = sorted(
        (found for touch in touches[:_LOOKED_AT] for found in _beside(db, guild_id, touch)),
        key=lambda found: found[0],
        reverse=True,
    )
    return tuple(found for _, found in ranked[:MOST_TOUCHED])


def written_argument(db: Database, *, guild_id: GuildId, message_id: MessageId) -> Argument | None:
    """The argument that one of the bot's own messages shows, or None; nor one that has been withdrawn."""
    board = board_of_message(db, message_id)
    if board is None or board.guild_id != guild_id or board.kind is not BoardKind.ARGUMENT:
        return None
    argument = find_argument(db, ArgumentId(board.subject_id))
    return argument if argument is not None and argument.stands else None


def keep_check(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    channel_id: ChannelId,
    message_id: MessageId,
    items: Sequence[ItemId],
    at: datetime,
) -> FindingId:
    """Keep what somebody's own message touches, so that they can show it; it takes the place of their last check."""
    learner_id = learner_for(db, guild_id, user_id, at)
    return save_finding(db, learner_id, FindingKind.CHECK, channel_id, message_id, items, at)


def show_check(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    finding_id: FindingId,
    interaction_id: InteractionId,
    at: datetime,
) -> CitationId:
    """Post what one's own message touches where the message is, once.

    Raises ``NotFound`` once there is a newer check, ``WrongState`` where it is shown already or its questions are
    being asked.
    """
    repeated = citation_from(db, interaction_id)
    if repeated is not None:
        return repeated
    finding = find_finding(db, guild_id, user_id, finding_id, FindingKind.CHECK)
    if finding is None or finding.message_id is None:
        raise NotFound("check")
    if is_shown_with(db, finding.message_id):
        raise WrongState("result of this check", "shown already")
    hidden = hidden_items(db, guild_id, user_id, at)
    cards = cards_of(db, guild_id, [item_id for item_id in finding.items if item_id not in hidden])
    if not cards:
        raise WrongState("result of this check", "out of reach while its questions are being asked")
    citation_id = add_citation(
        db,
        guild_id=guild_id,
        channel_id=finding.channel_id,
        learner_id=learner_for(db, guild_id, user_id, at),
        debate_id=None,
        side=None,
        message_id=finding.message_id,
        revisions=[card.revision_id for card in cards],
        interaction_id=interaction_id,
        at=at,
    )
    create_board(db, BoardKind.CITATION, citation_id, guild_id, finding.channel_id, at)
    return citation_id


def _beside(db: Database, guild_id: GuildId, touch: Touch[ItemId]) -> Iterator[tuple[float, Touched]]:
    """The card that is touched, and what it is worth."""
    for card in cards_of(db, guild_id, [touch.key]):
        said = said_figure(card.item, touch.passage.text, touch.in_title)
        known_better = card.item.correction is not None or card.item.since is not None
        worth = touch.nearness * (_COMPARED_COUNTS if said is not None else 1)
        yield worth * (_KNOWN_BETTER_COUNTS if known_better else 1), Touched(card, said)
