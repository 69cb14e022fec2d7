"""People join a live quiz: by a button, or by their first answer. They may choose how the public board shows them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.live_run import live_run
from bot.actions.overtime import end_for
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, LearnerId, RunId, UserId
from bot.quiz.accommodation import Accommodation, live_limit
from bot.quiz.aliases import Appearance
from bot.quiz.run import Round, RoundState, Run, RunState
from bot.quiz.teams import Team, TeamChoice, smallest_team, teams_of
from bot.store.boards import BoardKind, raise_board
from bot.store.learners import find_learner, learner_for
from bot.store.participants import Participant as Participant
from bot.store.participants import (
    Seat,
    add_participant,
    find_participant,
    free_alias,
    joined_earlier,
    seat_of,
    set_showing,
    set_team,
    team_sizes,
)
from bot.store.runs import round_at


@dataclass(frozen=True, slots=True)
class Allowance:
    """A learner's own time for a question, beside the class's; ``untimed``: no limit but what a class can wait."""

    own: timedelta
    usual: timedelta
    untimed: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody in a run. ``new`` is False for who took part already."""

    run: Run
    participant: Participant
    new: bool
    allowance: Allowance | None


def join_run(
    db: Database, *, guild_id: GuildId, run_id: RunId, user_id: UserId, team: Team | None = None, at: datetime
) -> Joined:
    """Take part in a live quiz, in a team if it has any. Pressing again shows where one is.

    ``team`` is a choice, where people choose; it may be changed until the quiz begins. Raises ``NotFound`` for a team
    that the quiz does not have, and ``WrongState`` once the quiz has ended or the choice is over.
    """
    run = live_run(db, guild_id, run_id)
    if run.state is RunState.ENDED:
        raise WrongState("quiz", "over")
    if team is not None:
        _refuse_team(run, team)
    learner_id = learner_for(db, guild_id, user_id, at)
    seat = seat_of(db, run_id, learner_id)
    begun = run.position >= 0
    if not seat.joined:
        chosen = None if begun else team
        given = chosen or (_next_team(db, run_id, seat) if begun or not _chooses(run) else None)
        _add(
            db,
            run_id,
            learner_id,
            seat,
            position=_next_question(db, run, seat.accommodation, at),
            team=given,
            at=at,
        )
    elif team is not None and team is not seat.team:
        if begun:
            raise WrongState("choice of teams", "over since the quiz began")
        set_team(db, run_id, learner_id, team)
    if not begun:  # the lobby says how many have joined
        raise_board(db, BoardKind.RUN, run_id)
    participant = find_participant(db, run_id, learner_id)
    if participant is None:
        raise NotFound("quiz")
    return Joined(run, participant, not seat.joined, allowance_of(run.time_limit, seat.accommodation))


def seat_at_answer(
    db: Database, asked: Round, learner_id: LearnerId, seat: Seat, at: datetime
) -> Team | None:
    """Make who answers a participant from this question on; gives the team, if they came into it only now."""
    if seat.joined and asked.vote > 1:  # joined after the first vote on the question that they now answer
        joined_earlier(db, asked.run_id, learner_id, asked.position)
    lacks_team = seat.options.teams > 0 and seat.team is None
    if seat.joined and not lacks_team:
        return None
    team = _next_team(db, asked.run_id, seat) if lacks_team else None
    if not seat.joined:
        _add(db, asked.run_id, learner_id, seat, position=asked.position, team=team, at=at)
    elif team is not None:
        set_team(db, asked.run_id, learner_id, team)
    return team


def show_as(
    db: Database, *, guild_id: GuildId, run_id: RunId, user_id: UserId, showing: Appearance
) -> Participant:
    """Choose how the public board shows one, now or when it comes. Raises ``NotFound`` for who takes no part."""
    run = live_run(db, guild_id, run_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None or not run.options.board or not set_showing(db, run_id, learner_id, showing):
        raise NotFound("place on the board")
    raise_board(db, BoardKind.SUMMARY, run_id)
    participant = find_participant(db, run_id, learner_id)
    if participant is None:
        raise NotFound("place on the board")
    return participant


def allowance_of(usual: timedelta | None, accommodation: Accommodation) -> Allowance | None:
    """What to tell a learner of their own time; None for who has the usual time."""
    if usual is None or not accommodation.given:
        return None
    return Allowance(live_limit(usual, accommodation), usual, accommodation.untimed)


def _add(
    db: Database,
    run_id: RunId,
    learner_id: LearnerId,
    seat: Seat,
    *,
    position: int,
    team: Team | None,
    at: datetime,
) -> None:
    # Drawn from what nobody sees, so that no alias can be worked out from a person's id.
    rng = random.Random(f"{seat.seed}/{learner_id}")
    alias = free_alias(db, run_id, rng) if seat.options.board else None
    add_participant(db, run_id, learner_id, position=position, team=team, alias=alias, at=at)


def _next_team(db: Database, run_id: RunId, seat: Seat) -> Team | None:
    if not seat.options.teams:
        return None
    return smallest_team(team_sizes(db, run_id), seat.options.teams, seat.seed)


def _next_question(db: Database, run: Run, accommodation: Accommodation, at: datetime) -> int:
    """The first question that somebody who joins now can answer."""
    asked = round_at(db, run.run_id, run.position)
    if asked is None or asked.state not in (RoundState.OPEN, RoundState.HELD):
        return run.position + 1
    end = end_for(asked, accommodation)
    return run.position if end is None or at <= end else run.position + 1


def _chooses(run: Run) -> bool:
    return run.options.team_choice is TeamChoice.CHOSEN


def _refuse_team(run: Run, team: Team) -> None:
    if not _chooses(run) or team not in teams_of(run.options.teams):
        raise NotFound("team")
