"""What a run and its rounds are. Plain values; the rules that move them are in ``pacing``."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.bank.form import Filled, FormField
from bot.bank.grade import Grade
from bot.bank.item import Category
from bot.bank.kinds import Item
from bot.bank.response import Picked, Response
from bot.bank.ruling import NO_RULINGS, Rulings
from bot.ids import AssignmentId, ChannelId, GuildId, RevisionId, RoundId, RunId, SetId, UserId
from bot.quiz.focus import EVERYTHING, Focus
from bot.quiz.options import NO_OPTIONS, RunOptions


class RunMode(StrEnum):
    """Who takes the run: a class together, or one learner alone, by themselves or as one is asked to."""

    LIVE = "live"
    PRACTICE = "practice"
    REVIEW = "review"
    ASSIGNMENT = "assignment"
    GATE = "gate"


SELF_PACED = frozenset({RunMode.PRACTICE, RunMode.REVIEW, RunMode.ASSIGNMENT, RunMode.GATE})
"""Runs of one learner, in private, at any time and in any number of sittings."""


class RunState(StrEnum):
    """Where a run stands. ``DISCUSSING`` is the time after a first vote, whose result is hidden."""

    LOBBY = "lobby"
    ASKING = "asking"
    DISCUSSING = "discussing"
    REVEALING = "revealing"
    PAUSED = "paused"
    ENDED = "ended"


class RoundState(StrEnum):
    """Where one vote on a question stands.

    ``HELD`` is an open one while its run is paused. ``HIDDEN`` is a first vote that takes no answers any more and
    of which nobody may learn how it went, until the question is done with.
    """

    WAITING = "waiting"
    OPEN = "open"
    HELD = "held"
    HIDDEN = "hidden"
    CLOSED = "closed"
    SKIPPED = "skipped"


class Pace(StrEnum):
    """Who moves a live run on: the clock or the host."""

    AUTO = "auto"
    HOST = "host"


class PauseReason(StrEnum):
    """Why a run is paused."""

    HOST = "host"
    NOBODY = "nobody"
    CANNOT_POST = "cannot_post"


class EndReason(StrEnum):
    """Why a run has ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    NEVER_STARTED = "never_started"
    PAUSED_TOO_LONG = "paused_too_long"
    LEFT_WAITING = "left_waiting"
    TIME_UP = "time_up"
    CHANNEL_LOST = "channel_lost"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands. ``position`` counts questions from 0 and is -1 before the first one.

    ``vote`` is 2 while the class votes on that question a second time, and from then on. ``remaining`` is the time
    left of a question that was open, or of a discussion, when the run was paused. ``closes_at`` is the end of a
    whole run that has one; answers after it do not count. An attempt at an assignment has that assignment's
    ``deadline``, the date that it is due.
    """

    run_id: RunId
    guild_id: GuildId
    mode: RunMode
    owner_id: UserId
    set_id: SetId
    set_title: str
    category: Category | None
    total: int
    time_limit: timedelta | None
    pace: Pace
    channel_id: ChannelId | None
    state: RunState
    position: int
    quiet_rounds: int
    seed: int
    due_at: datetime | None
    remaining: timedelta | None
    pause_reason: PauseReason | None
    end_reason: EndReason | None
    focus: Focus = EVERYTHING
    options: RunOptions = NO_OPTIONS
    closes_at: datetime | None = None
    vote: int = 1
    assignment_id: AssignmentId | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One vote on a question of a run, the first or the second one.

    ``option_order[slot]`` is the option (in the file's order) shown at that slot. ``item`` has the right answer that
    holds in the run's server by its ``rulings`` on the revision. ``options`` are the run's.
    """

    round_id: RoundId
    run_id: RunId
    guild_id: GuildId
    mode: RunMode
    position: int
    revision_id: RevisionId
    item: Item
    option_order: tuple[int, ...]
    state: RoundState
    opened_at: datetime | None
    closes_at: datetime | None
    vote: int = 1
    options: RunOptions = NO_OPTIONS
    rulings: Rulings = NO_RULINGS

    @property
    def dropped(self) -> bool:
        """Whether the question does not count."""
        return self.rulings.dropped

    def shown_options(self) -> tuple[str, ...]:
        """The option texts in the order in which the class sees them."""
        texts = self.item.choices()
        return tuple(texts[option] for option in self.option_order)

    def form(self, given: Response | None = None) -> tuple[FormField, ...]:
        """The form in which it is answered, filled with the answer so far; empty where one press answers."""
        return self.item.form(self.option_order, given)

    def picked(self, slot: int) -> Picked:
        """The response that stands for the option shown at ``slot``; IndexError if there is none."""
        if slot < 0 or self.form():
            raise IndexError(slot)
        return Picked(self.option_order[slot])

    def from_form(self, filled: Filled) -> Response:
        """The response in a form. Raises ``UnreadableAnswer`` or ``ValueError`` as the item does."""
        return self.item.from_form(self.option_order, filled)

    def grade(self, response: Response) -> Grade:
        """Judge an answer by the rulings in force; raises as the item's own ``grade`` does."""
        return self.rulings.grade(self.item, response)
