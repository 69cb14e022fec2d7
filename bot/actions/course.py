"""How a live quiz moves from question to question: each is opened, held, opened again, closed, and its result shown.

Who or what moves it is the business of ``hosting`` and ``course_clock``: they have checked where the run stands.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.ending import show_standing, take_last_step
from bot.actions.live_run import current_round
from bot.actions.overtime import in_overtime
from bot.actions.votes import begin_discussion, discussion_left, first_vote, raise_votes
from bot.errors import NotFound
from bot.quiz.pacing import GRACE, PAUSE_LIMIT, Course, Step, after_question, next_question
from bot.quiz.revote import hides_result
from bot.quiz.run import PauseReason, Round, RoundState, Run, RunState
from bot.store.answers import count_answers
from bot.store.boards import BoardKind, board_for, create_board, raise_board
from bot.store.runs import round_at, set_due, set_round, settle_hidden, take_step, votes_at


def open_next(db: Database, run: Run, at: datetime, *, quiet_rounds: int | None = None) -> None:
    """Ask the next question, or end the run after the last one."""
    shown = current_round(db, run)
    step = next_question(course_of(run, quiet_rounds))
    if step.state is RunState.ENDED:
        take_last_step(db, run, step, at)
        return
    upcoming = round_at(db, run.run_id, step.position)
    if upcoming is None or run.channel_id is None:
        raise NotFound("question")
    take_step(db, run.run_id, step, at)
    set_round(db, upcoming.round_id, RoundState.OPEN)
    raise_board(db, BoardKind.RUN, run.run_id)
    if shown is not None:  # its message loses the button that led here
        raise_board(db, BoardKind.ROUND, shown.round_id)
        raise_board(db, BoardKind.PAUSE, shown.round_id)
    create_board(db, BoardKind.ROUND, upcoming.round_id, run.guild_id, run.channel_id, at)


def hold(db: Database, run: Run, reason: PauseReason, at: datetime) -> None:
    """Pause a run in whatever state it is; an open question or a discussion keeps the time that was left."""
    asked = current_round(db, run) if run.state is RunState.ASKING else None
    remaining = discussion_left(run, at) if run.state is RunState.DISCUSSING else None
    if asked is not None:
        if asked.closes_at is not None:
            remaining = asked.closes_at - at
            if not in_overtime(db, asked):
                remaining = max(remaining, GRACE)
        set_round(db, asked.round_id, RoundState.HELD)
        raise_board(db, BoardKind.ROUND, asked.round_id)
    step = Step(RunState.PAUSED, run.position, run.quiet_rounds, due_in=PAUSE_LIMIT, pause_reason=reason)
    take_step(db, run.run_id, step, at, remaining=remaining)
    show_standing(db, run)


def reopen(db: Database, run: Run, held: Round, at: datetime) -> None:
    """Go on with the question that was held, with the time that was left."""
    take_step(db, run.run_id, Step(RunState.ASKING, run.position, run.quiet_rounds), at)
    remaining = run.remaining or _posted_while_held(db, run, held)
    if remaining is None:  # it was never posted: its clock starts when it is
        set_round(db, held.round_id, RoundState.OPEN)
    else:
        closes_at = at + remaining
        # Moved by the pause, so that the time since then is the time that there was to think.
        opened_at = at if held.opened_at is None else held.opened_at + _pause_so_far(run, at)
        set_round(db, held.round_id, RoundState.OPEN, opened_at=opened_at, closes_at=closes_at)
        set_due(db, run.run_id, closes_at + GRACE)
    raise_board(db, BoardKind.ROUND, held.round_id)
    raise_board(db, BoardKind.RUN, run.run_id)


def close_question(db: Database, run: Run, at: datetime) -> None:
    """Close the open question: show its result, or let the class discuss it first."""
    asked = current_round(db, run)
    if asked is None:
        raise NotFound("question")
    if asked.vote == 1 and hides_result(run.options.revote, first_vote(db, asked)):
        begin_discussion(db, run, asked, at)
    else:
        show_result(db, run, asked, at)


def show_result(db: Database, run: Run, asked: Round, at: datetime) -> None:
    """Close the vote ``asked`` and show the result of its question, with a first vote that was hidden so far."""
    if asked.state is not RoundState.HIDDEN:
        set_round(db, asked.round_id, RoundState.CLOSED, closes_at=asked.closes_at, closed_at=at)
    settle_hidden(db, run.run_id, run.position, RoundState.CLOSED)
    raise_votes(db, run)
    answers = sum(count_answers(db, vote.round_id) for vote in votes_at(db, run.run_id, run.position))
    step = after_question(course_of(run), answers=answers, explanation=asked.item.explanation)
    if step.state is RunState.ENDED:
        take_last_step(db, run, step, at)
        return
    take_step(db, run.run_id, step, at)
    if step.state is RunState.PAUSED and run.channel_id is not None:
        create_board(db, BoardKind.PAUSE, asked.round_id, run.guild_id, run.channel_id, at)
        raise_board(db, BoardKind.RUN, run.run_id)


def course_of(run: Run, quiet_rounds: int | None = None) -> Course:
    """Where a run stands in its course."""
    quiet = run.quiet_rounds if quiet_rounds is None else quiet_rounds
    return Course(run.position, run.total, run.pace, quiet)


def _pause_so_far(run: Run, at: datetime) -> timedelta:
    # A paused run is due when its pause has lasted PAUSE_LIMIT.
    return timedelta() if run.due_at is None else at - (run.due_at - PAUSE_LIMIT)


def _posted_while_held(db: Database, run: Run, held: Round) -> timedelta | None:
    # The clock would otherwise start at the moment of the message, which lies before the resumption.
    board = board_for(db, BoardKind.ROUND, held.round_id)
    return None if board is None or board.message_id is None else run.time_limit
