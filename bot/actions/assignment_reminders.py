"""Reminders of assignments: what a person is told shortly before the due date, and that they want no more of it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.ids import AssignmentId, UserId
from bot.quiz.assignment import Assignment
from bot.store.assignments import find_assignment
from bot.store.attempts import choose_reminders
from bot.store.boards import BoardKind, board_for
from bot.store.learners import find_learner


class DueNews(BaseModel):
    """A reminder, stored with the notice as JSON. ``link`` is the path of the announcement, or of the server."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    due_at: datetime
    link: str
    announced: bool


def due_news(db: Database, assignment: Assignment) -> DueNews:
    """What the reminder of an assignment says."""
    board = board_for(db, BoardKind.ASSIGNMENT, assignment.assignment_id)
    announced = board is not None and board.message_id is not None
    place = (assignment.guild_id,)
    if board is not None and board.message_id is not None:
        place = (assignment.guild_id, board.channel_id, board.message_id)
    link = "/".join(map(str, place))
    return DueNews(title=assignment.set_title, due_at=assignment.due_at, link=link, announced=announced)


def no_more_assignment_reminders(
    db: Database, *, assignment_id: AssignmentId, user_id: UserId, at: datetime
) -> None:
    """Stop reminders from within a direct message, for the server of an assignment. Harmless when repeated.

    Whoever is no learner there gets none, and does not become one.
    """
    assignment = find_assignment(db, assignment_id)
    learner_id = None if assignment is None else find_learner(db, assignment.guild_id, user_id)
    if learner_id is not None:
        choose_reminders(db, learner_id, at)
