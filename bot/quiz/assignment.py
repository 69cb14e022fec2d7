"""What an assignment is: a quiz that each learner takes alone, by a date. Pure; knows nothing of who has done it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import fmean
from typing import Final

from bot.bank.item import Category
from bot.ids import AssignmentId, ChannelId, GuildId, SetId, UserId
from bot.quiz.focus import Focus
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE

MOST_ATTEMPTS: Final = 20
SHORTEST_LIMIT: Final = timedelta(minutes=1)
LONGEST_LIMIT: Final = timedelta(hours=12)
LONGEST_AHEAD: Final = timedelta(days=366)

REMINDER_AHEAD: Final = timedelta(hours=24)
REMINDER_SHARE: Final = 0.25
"""An assignment of a few hours reminds when this share of its time is left."""
SHORTEST_REMINDER: Final = timedelta(minutes=15)
"""No reminder comes later than this before the due date: nobody could do much about it."""


class Drawn(StrEnum):
    """Whether all learners get the same questions, or each attempt draws its own."""

    SAME = "same"
    EACH = "each"


class Counting(StrEnum):
    """Which of several attempts counts."""

    HIGHEST = "highest"
    FIRST = "first"
    LAST = "last"
    AVERAGE = "average"


class AssignmentState(StrEnum):
    """A draft that only its instructor has seen; one that is set; one that was withdrawn before it opened."""

    DRAFT = "draft"
    SET = "set"
    WITHDRAWN = "withdrawn"


class Phase(StrEnum):
    """Where an assignment is at a moment."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class ClockStep(StrEnum):
    """What the clock does for an assignment."""

    OPEN = "open"
    REMIND = "remind"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment. ``questions`` is how many an attempt asks, ``attempts`` how many each learner has (None: any).

    ``time_limit`` is for one attempt, before anybody's extra time. ``opened_at``, ``reminded_at`` and ``closed_at``
    are when the clock did what was due then; None before. ``reminds`` says whether there is a reminder at all.
    """

    assignment_id: AssignmentId
    guild_id: GuildId
    set_by: UserId
    set_id: SetId
    set_title: str
    category: Category | None
    focus: Focus
    drawn: Drawn
    questions: int
    opens_at: datetime
    due_at: datetime
    attempts: int | None
    counting: Counting
    time_limit: timedelta | None
    options: RunOptions
    channel_id: ChannelId | None
    reminds: bool
    state: AssignmentState
    seed: int
    opened_at: datetime | None = None
    reminded_at: datetime | None = None
    closed_at: datetime | None = None

    def phase(self, at: datetime) -> Phase:
        """Where it is at a moment: the clock decides, not whether anybody has acted on it."""
        match self.state:
            case AssignmentState.DRAFT:
                return Phase.DRAFT
            case AssignmentState.WITHDRAWN:
                return Phase.WITHDRAWN
            case AssignmentState.SET:
                pass
        if at < self.opens_at:
            return Phase.SCHEDULED
        return Phase.OPEN if at <= self.due_at else Phase.CLOSED

    @property
    def next_step(self) -> tuple["ClockStep", datetime] | None:
        """What the clock has to do for it next, and when; None when all is done."""
        if self.state is not AssignmentState.SET or self.closed_at is not None:
            return None
        if self.opened_at is None:
            return ClockStep.OPEN, self.opens_at
        reminder = reminder_moment(self)
        if reminder is not None and self.reminded_at is None:
            return ClockStep.REMIND, reminder
        return ClockStep.CLOSE, self.due_at + GRACE

    @property
    def next_at(self) -> datetime | None:
        """When the clock has to do something for it next."""
        return None if self.next_step is None else self.next_step[1]


def reminder_moment(assignment: Assignment) -> datetime | None:
    """When those who are not done are reminded: a day before, sooner where there is less than four days' time."""
    if not assignment.reminds:
        return None
    ahead = min(REMINDER_AHEAD, (assignment.due_at - assignment.opens_at) * REMINDER_SHARE)
    return assignment.due_at - ahead if ahead >= SHORTEST_REMINDER else None


def attempt_end(started_at: datetime, limit: timedelta | None, due_at: datetime) -> datetime:
    """When an attempt ends: with its own limit or on the due date, whichever comes first."""
    return due_at if limit is None else min(started_at + limit, due_at)


def score_that_counts(scores: Sequence[float], counting: Counting) -> float | None:
    """The score of a learner from those of their attempts (the first one first); None without any."""
    if not scores:
        return None
    match counting:
        case Counting.HIGHEST:
            return max(scores)
        case Counting.FIRST:
            return scores[0]
        case Counting.LAST:
            return scores[-1]
        case Counting.AVERAGE:
            return fmean(scores)
