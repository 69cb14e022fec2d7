"""What the clock does for an assignment: announce it when it opens, remind people of it, close it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.assignment_reminders import due_news
from bot.ids import AssignmentId
from bot.quiz.assignment import Assignment, ClockStep
from bot.store.assignments import find_assignment, save_assignment
from bot.store.attempts import attempts_at, learners_around
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.notices import NoticeKind, add_notice, drop_notices

ACTIVE_LATELY = timedelta(days=60)
"""Whoever has neither come nor answered anything for so long is not reminded, nor counted as missing."""


def tick_assignment(db: Database, *, assignment_id: AssignmentId, at: datetime) -> None:
    """Do what is due for an assignment, all of it that has been missed; nothing if nothing is due (any more)."""
    assignment = find_assignment(db, assignment_id)
    while assignment is not None and assignment.next_step is not None:
        step, due_at = assignment.next_step
        if due_at > at:
            return
        match step:
            case ClockStep.OPEN:
                _announce(db, assignment, at)
                assignment = replace(assignment, opened_at=at)
            case ClockStep.REMIND:
                if at < assignment.due_at:  # after a downtime it may be too late for that
                    _remind(db, assignment, at)
                assignment = replace(assignment, reminded_at=at)
            case ClockStep.CLOSE:
                raise_board(db, BoardKind.ASSIGNMENT, assignment.assignment_id)
                drop_notices(db, NoticeKind.ASSIGNMENT_DUE, assignment.assignment_id, at)
                assignment = replace(assignment, closed_at=at)
        save_assignment(db, assignment)


def _announce(db: Database, assignment: Assignment, at: datetime) -> None:
    channel_id = assignment.channel_id
    if channel_id is not None:
        create_board(db, BoardKind.ASSIGNMENT, assignment.assignment_id, assignment.guild_id, channel_id, at)


def _remind(db: Database, assignment: Assignment, at: datetime) -> None:
    """Remind each learner who has no attempt that is over, unless they said that they want no reminders."""
    done = {each.user_id for each in attempts_at(db, assignment.assignment_id) if each.is_over(at)}
    news = due_news(db, assignment).model_dump_json()
    for learner in learners_around(db, assignment.guild_id, at - ACTIVE_LATELY):
        if learner.unwilling or learner.user_id in done or learner.user_id == assignment.set_by:
            continue
        add_notice(
            db,
            assignment.guild_id,
            learner.user_id,
            NoticeKind.ASSIGNMENT_DUE,
            assignment.assignment_id,
            news,
            at,
        )
