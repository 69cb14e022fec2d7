"""A live run as it is found by whoever presses something: whether it is there, and where it stands. Changes nothing."""

from sqlite_utils import Database

from bot.errors import NotFound, WrongState
from bot.ids import GuildId, RunId
from bot.quiz.run import Round, Run, RunMode, RunState
from bot.store.runs import find_run, round_at


def live_run(db: Database, guild_id: GuildId, run_id: RunId) -> Run:
    """The live run of this server. Raises ``NotFound`` for any other, in whichever server it is."""
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id or run.mode is not RunMode.LIVE:
        raise NotFound("quiz")
    return run


def live_run_at(
    db: Database, guild_id: GuildId, run_id: RunId, position: int | None, vote: int | None = None
) -> Run:
    """The live run, if it is at that question and vote (None: at any), or over. Raises ``WrongState``."""
    run = live_run(db, guild_id, run_id)
    if run.state is RunState.ENDED:
        return run
    if position is not None and run.position != position:
        raise WrongState("quiz", "at another question by now")
    if vote is not None and run.vote != vote:
        raise WrongState("quiz", "at another vote by now")
    return run


def current_round(db: Database, run: Run) -> Round | None:
    """The question that a run is at, or was at last, by its latest vote; None before the first one."""
    return round_at(db, run.run_id, run.position)


def standing_words(run: Run, otherwise: str) -> str:
    """Where a run stands, to be told to whoever cannot do what was asked for."""
    match run.state:
        case RunState.ENDED:
            return "ended"
        case RunState.PAUSED:
            return "paused"
        case RunState.LOBBY:
            return "not started yet"
        case RunState.ASKING | RunState.DISCUSSING | RunState.REVEALING:
            return otherwise
