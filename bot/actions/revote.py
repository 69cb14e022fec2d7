"""What a host does between a first and a second vote, and what only a host may see then.

Each action checks that the class is discussing the question that the host was looking at: a press that comes
second, or late, raises ``WrongState`` and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.course import show_result
from bot.actions.live_run import live_run_at, standing_words
from bot.actions.votes import first_vote, is_timed, open_second_vote, raise_votes
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, RunId
from bot.quiz.revote import LONGER_DISCUSSION, FirstVote
from bot.quiz.run import Round, RoundState, Run, RunState
from bot.store.runs import find_run, round_at, set_due


@dataclass(frozen=True, slots=True)
class HostBoard:
    """A live run for its host alone. ``first_vote`` is there while a question is discussed."""

    run: Run
    first_vote: FirstVote | None


def host_board(db: Database, *, guild_id: GuildId, run_id: RunId) -> HostBoard:
    """What the host's private panel shows. Raises ``NotFound``."""
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id:
        raise NotFound("quiz")
    asked = round_at(db, run_id, run.position)
    hidden = asked is not None and asked.state is RoundState.HIDDEN
    return HostBoard(run, first_vote(db, asked) if asked is not None and hidden else None)


def begin_second_vote(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> None:
    """Open the second vote now. ``position`` is the question that the host was looking at, where it is known."""
    run, _ = _discussed(db, guild_id, run_id, position)
    open_second_vote(db, run, at)


def skip_second_vote(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> None:
    """Show the result of the first vote, without a second one; ``position`` as in ``begin_second_vote``."""
    run, asked = _discussed(db, guild_id, run_id, position)
    show_result(db, run, asked, at)


def extend_discussion(
    db: Database, *, guild_id: GuildId, run_id: RunId, at: datetime, position: int | None = None
) -> datetime:
    """Give a timed discussion ``LONGER_DISCUSSION`` more; gives its new end. ``position`` as above."""
    run, _ = _discussed(db, guild_id, run_id, position)
    if not is_timed(run) or run.due_at is None:
        raise WrongState("discussion", "without a time limit")
    ends_at = run.due_at + LONGER_DISCUSSION
    set_due(db, run_id, ends_at)
    raise_votes(db, run)
    return ends_at


def _discussed(db: Database, guild_id: GuildId, run_id: RunId, position: int | None) -> tuple[Run, Round]:
    run = live_run_at(db, guild_id, run_id, position)
    asked = round_at(db, run_id, run.position)
    if run.state is not RunState.DISCUSSING or asked is None:
        raise WrongState("quiz", standing_words(run, "not between two votes"))
    return run, asked
