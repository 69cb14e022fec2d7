"""What is due by the clock: each subject that waits for moments says when, and what is done then.

A new subject is one more ``Waiting`` in ``SUBJECTS``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from bot.actions.assignment_clock import tick_assignment
from bot.actions.course_clock import tick_run
from bot.actions.debate_course import tick_debate
from bot.actions.nudging import nudge_by_clock
from bot.actions.opinions import close_opinion_in_time
from bot.actions.own_runs import close_in_time
from bot.actions.reminding import remind
from bot.ids import AssignmentId, DebateId, LearnerId, OpinionId, RunId
from bot.quiz.run import SELF_PACED
from bot.store.assignments import due_assignments, next_assignment_due
from bot.store.debates import due_debates, next_debate_due
from bot.store.nudges import due_nudges, next_nudge_due
from bot.store.opinions import due_opinions, next_opinion_due
from bot.store.review_plans import due_reminders, next_reminder_due
from bot.store.runs import due_runs, find_run, next_due


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subject that waits for moments. Each look-up goes by an index: it is asked after every batch of actions.

    ``next_due`` gives the earliest moment, ``due`` the ids of what is due (the longest waiting first, a bounded
    number), ``act`` does what is due for one of them, and nothing if it is not due any more.
    """

    name: str
    next_due: Callable[[Database], datetime | None]
    due: Callable[[Database, datetime], Sequence[int]]
    act: Callable[[Database, int, datetime], None]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due: which subject, and which one of it."""

    subject: str
    due_id: int


def _tick_run(db: Database, run_id: int, at: datetime) -> None:
    run = find_run(db, RunId(run_id))
    if run is not None and run.mode in SELF_PACED:
        close_in_time(db, run_id=run.run_id, at=at)
    else:
        tick_run(db, run_id=RunId(run_id), at=at)


def _remind(db: Database, learner_id: int, at: datetime) -> None:
    remind(db, learner_id=LearnerId(learner_id), at=at)


def _tick_assignment(db: Database, assignment_id: int, at: datetime) -> None:
    tick_assignment(db, assignment_id=AssignmentId(assignment_id), at=at)


def _close_opinion(db: Database, opinion_id: int, at: datetime) -> None:
    close_opinion_in_time(db, opinion_id=OpinionId(opinion_id), at=at)


def _tick_debate(db: Database, debate_id: int, at: datetime) -> None:
    tick_debate(db, debate_id=DebateId(debate_id), at=at)


def _nudge(db: Database, debate_id: int, at: datetime) -> None:
    nudge_by_clock(db, debate_id=DebateId(debate_id), at=at)


SUBJECTS: Final[tuple[Waiting, ...]] = (
    Waiting("run", next_due, due_runs, _tick_run),
    Waiting("review reminder", next_reminder_due, due_reminders, _remind),
    Waiting("debate", next_debate_due, due_debates, _tick_debate),
    # After the debates: where a stage is over by now, nobody is told that it is two thirds over.
    Waiting("nudge", next_nudge_due, due_nudges, _nudge),
    Waiting("assignment", next_assignment_due, due_assignments, _tick_assignment),
    Waiting("class opinion", next_opinion_due, due_opinions, _close_opinion),
)


def next_due_moment(db: Database) -> datetime | None:
    """When the next thing is due, or None."""
    return min((moment for each in SUBJECTS if (moment := each.next_due(db)) is not None), default=None)


def everything_due(db: Database, *, at: datetime) -> list[Due]:
    """All that is due, subject by subject."""
    return [Due(each.name, due_id) for each in SUBJECTS for due_id in each.due(db, at)]


def do_what_is_due(db: Database, *, due: Due, at: datetime) -> None:
    """Do one thing that is due; nothing if it is not (any more)."""
    subject = next(each for each in SUBJECTS if each.name == due.subject)
    subject.act(db, due.due_id, at)
