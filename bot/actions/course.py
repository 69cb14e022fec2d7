"""How a live quiz moves: opening and closing questions, by the clock or by its host.

Each function checks where the run stands. A press that comes second, or late, finds the run moved on and
raises ``WrongState``; the clock's calls then simply do nothing.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.overtime import goes_into_overtime, in_overtime
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, RunId
from bot.quiz.pacing import (
    EXTENSION,
    GRACE,
    PAUSE_LIMIT,
    SLOWEST_POST,
    Course,
    Step,
    after_question,
    next_question,
    waited_too_long,
)
from bot.quiz.run import EndReason, Pace, PauseReason, Round, RoundState, Run, RunMode, RunState
from bot.store.answers import count_answers
from bot.store.boards import BoardKind, board_for, create_board, raise_board, revive_boards
from bot.store.runs import find_run, round_at, set_due, set_round, take_step


def tick_run(db: Database, *, run_id: RunId, at: datetime) -> None:
    """Do what is due for a run: close the question, open the next one, or end a run left waiting.

    Does nothing when the run is not due (any more).
    """
    run = find_run(db, run_id)
    if run is None or run.due_at is None or run.due_at > at:
        return
    match run.state:
        case RunState.ASKING:
            if not goes_into_overtime(db, run, _current(db, run), at):
                _close_question(db, run, at)
        case RunState.REVEALING if run.pace is Pace.AUTO:
            _open_next(db, run, at)
        case RunState.LOBBY | RunState.REVEALING | RunState.PAUSED:
            _close_if_open(db, run, at)
            _end(db, run, waited_too_long(_course(run), run.state), at)
        case RunState.ENDED:
            set_due(db, run.run_id, None)


def start_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Leave the lobby and ask the first question."""
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.LOBBY:
        raise WrongState("quiz", "ended" if run.state is RunState.ENDED else "already started")
    _open_next(db, run, at)


def move_on(db: Database, *, guild_id: GuildId, run_id: RunId, position: int, at: datetime) -> None:
    """Ask the question after ``position``: the one whose result the host was looking at.

    Two presses of the same button move the run on once.
    """
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.REVEALING or run.position != position:
        raise WrongState("quiz", _standing(run, "not waiting for the next question"))
    _open_next(db, run, at)


def pause_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Stop the clock. An open question takes no answers until the run is resumed."""
    run = live_run(db, guild_id, run_id)
    if run.state not in (RunState.ASKING, RunState.REVEALING):
        raise WrongState("quiz", _standing(run, "not running"))
    hold(db, run, PauseReason.HOST, at)


def hold(db: Database, run: Run, reason: PauseReason, at: datetime) -> None:
    """Pause a run in whatever state it is; an open question keeps the time that was left."""
    asked = _current(db, run) if run.state is RunState.ASKING else None
    remaining = None
    if asked is not None:
        if asked.closes_at is not None:
            remaining = asked.closes_at - at
            if not in_overtime(db, asked):
                remaining = max(remaining, GRACE)
        set_round(db, asked.round_id, RoundState.HELD)
        raise_board(db, BoardKind.ROUND, asked.round_id)
    step = Step(RunState.PAUSED, run.position, run.quiet_rounds, due_in=PAUSE_LIMIT, pause_reason=reason)
    take_step(db, run.run_id, step, at, remaining=remaining)
    _show_standing(db, run)


def resume_run(db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime) -> None:
    """Go on after a pause: with the question that was open, or else with the next one.

    Messages that could not be posted are tried again.
    """
    run = live_run(db, guild_id, run_id)
    if run.state is not RunState.PAUSED:
        raise WrongState("quiz", _standing(run, "not paused"))
    if run.channel_id is not None:
        revive_boards(db, run.channel_id)
    held = _current(db, run)
    if held is None and run.position < 0:
        take_step(db, run.run_id, Step(RunState.LOBBY, run.position, 0, due_in=PAUSE_LIMIT), at)
        raise_board(db, BoardKind.RUN, run.run_id)
    elif held is None or held.state is not RoundState.HELD:
        _open_next(db, run, at, quiet_rounds=0)
    else:
        _reopen(db, run, held, at)


def skip_question(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> None:
    """Drop the open question, whatever was answered, and go on with the next one (or end).

    ``position`` is the question that the host was looking at, where it is known: two presses skip one.
    """
    run = _live_run_at(db, guild_id, run_id, position)
    asked = _current(db, run)
    if run.state not in (RunState.ASKING, RunState.PAUSED) or asked is None:
        raise WrongState("quiz", _standing(run, "not asking a question"))
    if asked.state not in (RoundState.OPEN, RoundState.HELD):
        raise WrongState("question", "already closed")
    if run.state is RunState.PAUSED and run.channel_id is not None:
        revive_boards(db, run.channel_id)
    set_round(db, asked.round_id, RoundState.SKIPPED, closed_at=at)
    raise_board(db, BoardKind.ROUND, asked.round_id)
    _open_next(db, run, at)


def close_now(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> None:
    """Close the open question at once and show its result; ``position`` as in ``skip_question``."""
    run = _live_run_at(db, guild_id, run_id, position)
    if run.state is not RunState.ASKING:
        raise WrongState("quiz", _standing(run, "not asking a question"))
    _close_question(db, run, at)


def extend_question(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> datetime:
    """Give the open question ``EXTENSION`` more; gives its new end. ``position`` as in ``skip_question``.

    A question that has not been posted yet has no end to move: ``WrongState``.
    """
    run = _live_run_at(db, guild_id, run_id, position)
    asked = _current(db, run)
    if run.state is not RunState.ASKING or asked is None or asked.closes_at is None or run.due_at is None:
        raise WrongState("quiz", _standing(run, "not asking a question"))
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


def end_run(db: Database, run: Run, reason: EndReason, at: datetime) -> None:
    """End a run in whatever state it is. An open question is closed with the answers that it has."""
    _close_if_open(db, run, at)
    _end(db, run, Step(RunState.ENDED, run.position, run.quiet_rounds, end_reason=reason), at)


def question_posted(db: Database, asked: Round, *, posted_at: datetime, at: datetime) -> None:
    """Start the clock of a question: the class sees it since ``posted_at`` (Discord's clock).

    Answers are judged by Discord's clock; the run is due by this machine's clock ``at``, so that neither
    a slow post nor a wrong clock takes time from the class.
    """
    run = find_run(db, asked.run_id)
    if run is None or run.time_limit is None or asked.opened_at is not None:
        return
    if asked.state is RoundState.OPEN and run.state is RunState.ASKING:
        # A post that a crash cut short is found again, minutes old: the class has its whole time from now on.
        opened_at = max(posted_at, at - SLOWEST_POST)
        closes_at = opened_at + run.time_limit
        set_round(db, asked.round_id, RoundState.OPEN, opened_at=opened_at, closes_at=closes_at)
        set_due(db, run.run_id, at + run.time_limit + GRACE)


def live_run(db: Database, guild_id: GuildId, run_id: RunId) -> Run:
    """The live run of this server. Raises ``NotFound`` for any other, in whichever server it is."""
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id or run.mode is not RunMode.LIVE:
        raise NotFound("quiz")
    return run


def _live_run_at(db: Database, guild_id: GuildId, run_id: RunId, position: int | None) -> Run:
    run = live_run(db, guild_id, run_id)
    if position is not None and run.position != position and run.state is not RunState.ENDED:
        raise WrongState("quiz", "at another question by now")
    return run


def _open_next(db: Database, run: Run, at: datetime, *, quiet_rounds: int | None = None) -> None:
    shown = _current(db, run)
    step = next_question(_course(run, quiet_rounds))
    if step.state is RunState.ENDED:
        _end(db, run, step, at)
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


def _reopen(db: Database, run: Run, held: Round, at: datetime) -> None:
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


def _pause_so_far(run: Run, at: datetime) -> timedelta:
    # A paused run is due when its pause has lasted PAUSE_LIMIT.
    return timedelta() if run.due_at is None else at - (run.due_at - PAUSE_LIMIT)


def _posted_while_held(db: Database, run: Run, held: Round) -> timedelta | None:
    # The clock would otherwise start at the moment of the message, which lies before the resumption.
    board = board_for(db, BoardKind.ROUND, held.round_id)
    return None if board is None or board.message_id is None else run.time_limit


def _close_question(db: Database, run: Run, at: datetime) -> None:
    asked = _current(db, run)
    if asked is None:
        raise NotFound("question")
    set_round(db, asked.round_id, RoundState.CLOSED, closes_at=asked.closes_at, closed_at=at)
    raise_board(db, BoardKind.ROUND, asked.round_id)
    answers = count_answers(db, asked.round_id)
    step = after_question(_course(run), answers=answers, explanation=asked.item.explanation)
    if step.state is RunState.ENDED:
        _end(db, run, step, at)
        return
    take_step(db, run.run_id, step, at)
    if step.state is RunState.PAUSED and run.channel_id is not None:
        create_board(db, BoardKind.PAUSE, asked.round_id, run.guild_id, run.channel_id, at)
        raise_board(db, BoardKind.RUN, run.run_id)


def _close_if_open(db: Database, run: Run, at: datetime) -> None:
    asked = _current(db, run)
    if asked is not None and asked.state in (RoundState.OPEN, RoundState.HELD):
        state = RoundState.CLOSED if count_answers(db, asked.round_id) else RoundState.SKIPPED
        set_round(db, asked.round_id, state, closed_at=at)


def _end(db: Database, run: Run, step: Step, at: datetime) -> None:
    take_step(db, run.run_id, step, at)
    _show_standing(db, run)
    if run.position >= 0 and run.channel_id is not None:
        create_board(db, BoardKind.SUMMARY, run.run_id, run.guild_id, run.channel_id, at)


def _show_standing(db: Database, run: Run) -> None:
    raise_board(db, BoardKind.RUN, run.run_id)
    current = _current(db, run)
    if current is not None:
        raise_board(db, BoardKind.ROUND, current.round_id)
        raise_board(db, BoardKind.PAUSE, current.round_id)


def _current(db: Database, run: Run) -> Round | None:
    return round_at(db, run.run_id, run.position)


def _course(run: Run, quiet_rounds: int | None = None) -> Course:
    quiet = run.quiet_rounds if quiet_rounds is None else quiet_rounds
    return Course(run.position, run.total, run.pace, quiet)


def _standing(run: Run, otherwise: str) -> str:
    match run.state:
        case RunState.ENDED:
            return "ended"
        case RunState.PAUSED:
            return "paused"
        case RunState.LOBBY:
            return "not started yet"
        case RunState.ASKING | RunState.REVEALING:
            return otherwise
