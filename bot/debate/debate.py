"""What a debate, its arguments and its members are. Plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.bank.kinds.claim import Claim
from bot.debate.argument import ArgumentText, Relation
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Reason, Side
from bot.debate.stance import Phase, Stance
from bot.debate.timetable import Course
from bot.ids import (
    ArgumentId,
    ChannelId,
    DebateId,
    GuildId,
    LearnerId,
    RevisionId,
    RunId,
    StageId,
    UserId,
)

SLIP = timedelta(minutes=2)
"""So long anybody can correct a stance that they have just given."""


class DebateState(StrEnum):
    """Whether a debate goes on, rests, or is over."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a debate is closed."""

    CLOSED_BY_HOST = "closed_by_host"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    THREAD_DELETED = "thread_deleted"

    @property
    def has_outcome(self) -> bool:
        """Whether the debate counts as held: its figures are kept. Without a thread, only instructors see them."""
        return self is not CloseReason.CANCELLED


@dataclass(frozen=True, slots=True)
class Debate:
    """A debate on one motion, in one thread; the motion is that of a ``claim``, or was typed by an instructor.

    ``seed`` decides every draw. A debate that is closed keeps the place in its timetable at which it ended.
    """

    debate_id: DebateId
    guild_id: GuildId
    revision_id: RevisionId | None
    claim: Claim | None
    motion: str
    channel_id: ChannelId
    thread_id: ChannelId
    opened_by: UserId
    state: DebateState
    format: Format
    course: Course
    options: DebateOptions
    seed: int
    opened_at: datetime
    closed_at: datetime | None
    close_reason: CloseReason | None

    @property
    def stage(self) -> Stage:
        """What it is at, or was when it ended."""
        return self.course.stage

    @property
    def has_joining(self) -> bool:
        """Whether people join before sides are given; else each gets a side on joining."""
        return self.course.timetable[0].stage is Stage.JOINING

    @property
    def rounds(self) -> tuple[int, ...]:
        """The places in its timetable of the rounds of a fishbowl, in order; none in other formats."""
        return tuple(
            position
            for position, planned in enumerate(self.course.timetable)
            if planned.stage is Stage.FISHBOWL
        )

    @property
    def sides_tell(self) -> bool:
        """Whether a person's side tells of their stance before: it is the opposite."""
        return self.format.has_sides and self.options.sides is SideMode.OPPOSITE

    @property
    def takes_answers(self) -> bool:
        """Whether arguments can be answered in the stage that it is at. A pause changes nothing of that."""
        return self.state is not DebateState.CLOSED and self.stage.takes_answers

    @property
    def hides_arguments(self) -> bool:
        """Whether what people argue now is kept from the others until the stage is over.

        For good where the debate ended in that stage without an outcome.
        """
        shown_at_end = self.close_reason in (CloseReason.CLOSED_BY_HOST, CloseReason.FINISHED)
        return self.options.hide_openings and self.stage is Stage.OPENING and not shown_at_end

    @property
    def takes_stance_before(self) -> bool:
        """Whether somebody can still say where they stood before: until all vote."""
        return self.stage is not Stage.VOTING

    def may_change_stance_before(self, *, argued: bool, given_at: datetime, at: datetime) -> bool:
        """Whether who has given the stance before, for the first time at ``given_at``, can still change it.

        Until joining ends, or, where people do not join first, until somebody has ``argued``; and in any case for a
        moment, because a thumb slips. Whoever could change it later would have heard the arguments.
        """
        heard = self.stage is not Stage.JOINING if self.has_joining else argued
        return self.takes_stance_before and (not heard or at - given_at < SLIP)

    @property
    def takes_stance_after(self) -> bool:
        """Whether the stance afterwards can be given now: while all vote, or any time where no vote is planned."""
        planned = any(each.stage is Stage.VOTING for each in self.course.timetable)
        return self.stage is Stage.VOTING or not planned


@dataclass(frozen=True, slots=True)
class Debater:
    """Somebody who has joined. ``side`` is None before it is given, and in a format without sides.

    ``reason`` says why it is that side, ``wish`` which they would choose where they may. ``speaks_in`` is the place in
    the timetable in which they argue in a fishbowl. ``named`` says whether a transcript may name them.
    """

    learner_id: LearnerId
    user_id: UserId
    side: Side | None
    reason: Reason | None
    wish: Side | None
    joined_at: datetime
    left_at: datetime | None
    gate_run_id: RunId | None
    gate_done: bool
    speaks_in: int | None
    named: bool

    @property
    def takes_part(self) -> bool:
        """Whether they have not left."""
        return self.left_at is None

    def round_in(self, debate: Debate) -> str | None:
        """Which round of a fishbowl is theirs, as ``round 2 of 3``; None where none is."""
        if self.speaks_in not in debate.rounds:
            return None
        return f"round {debate.rounds.index(self.speaks_in) + 1} of {len(debate.rounds)}"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a debate; ``number`` counts from 1 within the debate.

    ``side`` is the one it argues, which in a format that switches is not always its author's. An argument that was
    withdrawn, or that an instructor has hidden, keeps its number and its place; nobody else is shown its text any more.
    """

    argument_id: ArgumentId
    debate_id: DebateId
    number: int
    user_id: UserId
    side: Side
    text: ArgumentText
    parent_number: int | None
    relation: Relation | None
    at: datetime
    stage_id: StageId | None = None
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it has been neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def absence(self) -> str:
        """In a word or two, why others are not shown its text."""
        return "hidden by an instructor" if self.withdrawn_at is None else "withdrawn"


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage that a debate is at or has been at; ``ended_by`` is None where the clock ended it."""

    stage_id: StageId
    debate_id: DebateId
    position: int
    stage: Stage
    begun_at: datetime
    ended_at: datetime | None
    ended_by: UserId | None


@dataclass(frozen=True, slots=True)
class StanceEvent:
    """One stance that a learner gave; the last one of a phase counts."""

    user_id: UserId
    phase: Phase
    stance: Stance
    at: datetime
