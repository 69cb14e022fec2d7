"""What the host of a live quiz presses.

Each action checks where the run stands. A press that comes second, or late, finds the run moved on and raises
``WrongState``.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.course import close_question, hold, open_next, reopen
from bot.actions.ending import end_run
from bot.actions.live_run import current_round, live_run, live_run_at, standing_words
from bot.actions.overtime import in_overtime
from bot.actions.votes import raise_votes, resume_discussion
from bot.errors import WrongState
from bot.ids import GuildId, RunId
from bot.quiz.pacing import EXTENSION, GRACE, PAUSE_LIMIT, Step
from bot.quiz.run import EndReason, PauseReason, RoundState, RunState
from bot.store.boards import BoardKind, raise_board, revive_boards
from bot.store.runs import set_due, set_round, settle_hidden, take_step


def start_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Leave the lobby and ask the first question."""
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.LOBBY:
        raise WrongState("quiz", "ended" if run.state is RunState.ENDED else "already started")
    open_next(db, run, at)


def move_on(db: Database, *, guild_id: GuildId, run_id: RunId, position: int, at: datetime) -> None:
    """Ask the question after ``position``: the one whose result the host was looking at.

    Two presses of the same button move the run on once.
    """
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.REVEALING or run.position != position:
        raise WrongState("quiz", standing_words(run, "not waiting for the next question"))
    open_next(db, run, at)


def pause_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Stop the clock. An open question takes no answers until the run is resumed; a discussion keeps its time."""
    run = live_run(db, guild_id, run_id)
    if run.state not in (RunState.ASKING, RunState.DISCUSSING, RunState.REVEALING):
        raise WrongState("quiz", standing_words(run, "not running"))
    hold(db, run, PauseReason.HOST, at)


def resume_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Go on after a pause: with the question that was open or discussed, or else with the next one.

    Messages that could not be posted are tried again.
    """
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.PAUSED:
        raise WrongState("quiz", standing_words(run, "not paused"))
    if run.channel_id is not None:
        revive_boards(db, run.channel_id)
    held = current_round(db, run)
    if held is None and run.position < 0:
        take_step(db, run.run_id, Step(RunState.LOBBY, run.position, 0, due_in=PAUSE_LIMIT), at)
        raise_board(db, BoardKind.RUN, run.run_id)
    elif held is not None and held.state is RoundState.HIDDEN:
        resume_discussion(db, run, at)
    elif held is None or held.state is not RoundState.HELD:
        open_next(db, run, at, quiet_rounds=0)
    else:
        reopen(db, run, held, at)


def skip_question(
    db: Database,
    *,
    guild_id: GuildId,
    run_id: RunId,
    at: datetime,
    position: int | None = None,
    vote: int | None = None,
) -> None:
    """Drop the open question, whatever was answered in one vote or two, and go on with the next one (or end).

    ``position`` is the question that the host was looking at and ``vote`` which vote on it, where that is known:
    two presses skip one.
    """
    run = live_run_at(db, guild_id, run_id, position, vote)
    asked = current_round(db, run)
    if run.state not in (RunState.ASKING, RunState.PAUSED) or asked is None:
        raise WrongState("quiz", standing_words(run, "not asking a question"))
    if asked.state not in (RoundState.OPEN, RoundState.HELD):
        raise WrongState("question", "already closed")
    if run.state is RunState.PAUSED and run.channel_id is not None:
        revive_boards(db, run.channel_id)
    set_round(db, asked.round_id, RoundState.SKIPPED, closed_at=at)
    settle_hidden(db, run.run_id, run.position, RoundState.SKIPPED)
    raise_votes(db, run)
    open_next(db, run, at)


def close_now(
    db: Database,
    *,
    guild_id: GuildId,
    run_id: RunId,
    at: datetime,
    position: int | None = None,
    vote: int | None = None,
) -> None:
    """Close the open question at once, as when its time is up; ``position`` and ``vote`` as in ``skip_question``."""
    run = live_run_at(db, guild_id, run_id, position, vote)
    if run.state is not RunState.ASKING:
        raise WrongState("quiz", standing_words(run, "not asking a question"))
    close_question(db, run, at)


def extend_question(
    db: Database,
    *,
    guild_id: GuildId,
    run_id: RunId,
    at: datetime,
    position: int | None = None,
    vote: int | None = None,
) -> datetime:
    """Give the open question ``EXTENSION`` more; gives its new end. ``position`` and ``vote`` as in ``skip_question``.

    A question that has not been posted yet has no end to move: ``WrongState``.
    """
    run = live_run_at(db, guild_id, run_id, position, vote)
    asked = current_round(db, run)
    if run.state is not RunState.ASKING or asked is None or asked.closes_at is None or run.due_at is None:
        raise WrongState("quiz", standing_words(run, "not asking a question"))
    if in_overtime(db, asked):  # the class's time is over: it gets more from now on
        closes_at = at + EXTENSION
        set_due(db, run.run_id, closes_at + GRACE)
    else:
        closes_at = asked.closes_at + EXTENSION
        set_due(db, run.run_id, run.due_at + EXTENSION)
    set_round(db, asked.round_id, RoundState.OPEN, closes_at=closes_at)
    raise_board(db, BoardKind.ROUND, asked.round_id)
    return closes_at


def stop_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """End the run now; what has been answered is kept and summed up."""
    run = live_run(db, guild_id, run_id)
    if run.state is RunState.ENDED:
        raise WrongState("quiz", "ended")
    end_run(db, run, EndReason.STOPPED, at)
