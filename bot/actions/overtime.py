"""A live question waits for those with extra time: the class's time is over, the result comes when theirs is too.

Only participants hold a question open, and only until they have answered. Nothing here changes what the class may
do: its clicks are refused from its own end on.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.quiz.accommodation import CHANGE_OF_MIND, Accommodation, own_end
from bot.quiz.run import Round, Run
from bot.store.accommodations import awaited_accommodations, begin_overtime, overtime_of
from bot.store.boards import BoardKind, raise_board
from bot.store.runs import find_run, set_due


def end_for(asked: Round, accommodation: Accommodation) -> datetime | None:
    """When a question ends for one learner; None while it has not been posted. Nearly all have no time of their own."""
    if not accommodation.given or asked.opened_at is None or asked.closes_at is None:
        return asked.closes_at
    return own_end(asked.opened_at, asked.closes_at, accommodation)


def goes_into_overtime(db: Database, run: Run, asked: Round | None, at: datetime) -> bool:
    """Whether the question that is due must wait for somebody; it is then due again when their time is over.

    Answers are judged by Discord's clock and the run is due by this machine's: what is added to the one is added to
    the other.
    """
    if asked is None or asked.closes_at is None or run.due_at is None or in_overtime(db, asked):
        return False
    due_at = run.due_at + (_last_end(db, asked, asked.closes_at) - asked.closes_at)
    if due_at <= at:
        return False
    begin_overtime(db, asked.round_id, asked.closes_at, run.due_at)
    set_due(db, run.run_id, due_at)
    raise_board(db, BoardKind.ROUND, asked.round_id)
    return True


def in_overtime(db: Database, asked: Round) -> bool:
    """Whether a question waits for those with extra time."""
    return overtime_of(db, asked.round_id, asked.closes_at) is not None


def answered_in_overtime(db: Database, asked: Round, at: datetime) -> None:
    """Somebody with extra time has answered: the class waits no longer than for the others, and a moment."""
    run = find_run(db, asked.run_id)
    overtime = overtime_of(db, asked.round_id, asked.closes_at)
    if run is None or run.due_at is None or overtime is None:
        return
    last_end = _last_end(db, asked, at + CHANGE_OF_MIND)
    due_at = overtime.due_at + (last_end - overtime.closes_at)
    if due_at < run.due_at:
        set_due(db, run.run_id, due_at)


def _last_end(db: Database, asked: Round, earliest: datetime) -> datetime:
    ends = (end_for(asked, each) for each in awaited_accommodations(db, asked.run_id, asked.round_id))
    return max([earliest, *(end for end in ends if end is not None)])
