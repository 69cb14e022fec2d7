"""The steps of a question that is voted on twice: hide the first result, discuss, vote again.

For ``course``, which decides when; what hosts press stands in ``revote``.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.errors import NotFound
from bot.quiz.pacing import WAITING_LIMIT, Step
from bot.quiz.revote import DISCUSSION, FirstVote, Revote
from bot.quiz.run import Round, RoundState, Run, RunState
from bot.store.answers import answers_of_round
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.runs import create_second_vote, round_at, set_round, take_step, votes_at


def first_vote(db: Database, asked: Round) -> FirstVote:
    """How a vote went. Only for the rules and the host while its result is hidden."""
    answers = answers_of_round(db, asked.round_id)
    return FirstVote(sum(given.outcome is Outcome.RIGHT for given in answers), len(answers))


def begin_discussion(db: Database, run: Run, asked: Round, at: datetime) -> None:
    """Close a first vote and hide its result. The second vote opens by itself, or waits for the host."""
    set_round(db, asked.round_id, RoundState.HIDDEN, closes_at=asked.closes_at, closed_at=at)
    _discuss(db, run, DISCUSSION if is_timed(run) else WAITING_LIMIT, at)


def resume_discussion(db: Database, run: Run, at: datetime) -> None:
    """Go on with a discussion after a pause: a timed one has the time that was left."""
    _discuss(db, run, run.remaining or WAITING_LIMIT, at)


def open_second_vote(db: Database, run: Run, at: datetime) -> None:
    """Ask the question once more, with the same options in the same order."""
    first = round_at(db, run.run_id, run.position)
    if first is None or run.channel_id is None:
        raise NotFound("question")
    create_second_vote(db, first)
    second = round_at(db, run.run_id, run.position)
    if second is None:
        raise NotFound("question")
    take_step(db, run.run_id, Step(RunState.ASKING, run.position, run.quiet_rounds), at)
    set_round(db, second.round_id, RoundState.OPEN)
    raise_board(db, BoardKind.RUN, run.run_id)
    raise_board(db, BoardKind.ROUND, first.round_id)
    create_board(db, BoardKind.ROUND, second.round_id, run.guild_id, run.channel_id, at)


def is_timed(run: Run) -> bool:
    """Whether the second vote opens by itself when the discussion's time is over."""
    return run.options.revote is Revote.AUTO


def discussion_left(run: Run, at: datetime) -> timedelta | None:
    """The time left of a timed discussion, a moment at least; None where it waits for the host."""
    if not is_timed(run) or run.due_at is None:
        return None
    return max(run.due_at - at, timedelta(seconds=1))


def raise_votes(db: Database, run: Run, kind: BoardKind = BoardKind.ROUND) -> None:
    """Say that the messages of the votes on the run's question have changed."""
    for vote in votes_at(db, run.run_id, run.position):
        raise_board(db, kind, vote.round_id)


def _discuss(db: Database, run: Run, due_in: timedelta, at: datetime) -> None:
    take_step(db, run.run_id, Step(RunState.DISCUSSING, run.position, run.quiet_rounds, due_in=due_in), at)
    raise_board(db, BoardKind.RUN, run.run_id)
    raise_votes(db, run)
