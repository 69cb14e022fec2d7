"""What a debate, its arguments and its members are. Plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.bank.kinds.claim import Claim
from bot.debate.argument import ArgumentText, Relation
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance
from bot.ids import ArgumentId, ChannelId, DebateId, GuildId, RevisionId, UserId


class DebateState(StrEnum):
    """Whether a debate still takes stances and arguments."""

    OPEN = "open"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a debate is closed."""

    CLOSED_BY_HOST = "closed_by_host"
    THREAD_DELETED = "thread_deleted"


@dataclass(frozen=True, slots=True)
class Debate:
    """A debate on one claim, in one thread."""

    debate_id: DebateId
    guild_id: GuildId
    revision_id: RevisionId
    claim: Claim
    channel_id: ChannelId
    thread_id: ChannelId
    opened_by: UserId
    state: DebateState
    seed: int
    opened_at: datetime
    closed_at: datetime | None
    close_reason: CloseReason | None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a debate; ``number`` counts from 1 within the debate."""

    argument_id: ArgumentId
    debate_id: DebateId
    number: int
    user_id: UserId
    side: Side
    text: ArgumentText
    parent_number: int | None
    relation: Relation | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StanceEvent:
    """One stance that a learner gave; the last one of a phase counts."""

    user_id: UserId
    phase: Phase
    stance: Stance
    at: datetime
