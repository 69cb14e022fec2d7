"""How a live quiz ends, in whatever state it is: what was answered is kept and summed up."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.live_run import current_round
from bot.actions.votes import raise_votes
from bot.quiz.pacing import Step
from bot.quiz.run import EndReason, RoundState, Run, RunState
from bot.store.answers import count_answers
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.runs import set_round, settle_hidden, take_step


def end_run(db: Database, run: Run, reason: EndReason, at: datetime) -> None:
    """End a run in whatever state it is. An open question is closed with the answers that it has."""
    close_if_open(db, run, at)
    take_last_step(db, run, Step(RunState.ENDED, run.position, run.quiet_rounds, end_reason=reason), at)


def close_if_open(db: Database, run: Run, at: datetime) -> None:
    """Close the question that is open or held, if there is one; without any answer it is skipped."""
    asked = current_round(db, run)
    if asked is not None and asked.state in (RoundState.OPEN, RoundState.HELD):
        state = RoundState.CLOSED if count_answers(db, asked.round_id) else RoundState.SKIPPED
        set_round(db, asked.round_id, state, closed_at=at)
    settle_hidden(db, run.run_id, run.position, RoundState.CLOSED)


def take_last_step(db: Database, run: Run, step: Step, at: datetime) -> None:
    """Take the last ``step`` of a run whose questions are closed, and sum it up if any was asked."""
    take_step(db, run.run_id, step, at)
    show_standing(db, run)
    if run.position >= 0 and run.channel_id is not None:
        create_board(db, BoardKind.SUMMARY, run.run_id, run.guild_id, run.channel_id, at)


def show_standing(db: Database, run: Run) -> None:
    """Say that every message has changed which shows where the run stands."""
    raise_board(db, BoardKind.RUN, run.run_id)
    raise_votes(db, run)
    raise_votes(db, run, BoardKind.PAUSE)
