"""Who takes part in a live run: since when, in which team, under which name; and what they have achieved."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.ids import LearnerId, RoundId, RunId, UserId
from bot.quiz.accommodation import Accommodation
from bot.quiz.aliases import Appearance, alias_candidates
from bot.quiz.options import RunOptions, options_from_text
from bot.quiz.teams import Team
from bot.store.accommodations import accommodation_from
from bot.store.moments import to_text
from bot.store.rulings import NOT_DROPPED
from bot.store.sql import Row, change, first, many

PARTICIPANT = """
    SELECT joined_position, team, alias, showing
    FROM participant WHERE run_id = :run_id AND learner_id = :learner_id
"""
# One statement, because every answer of a class that answers at once asks for it.
SEAT = """
    SELECT r.options, r.seed, r.seconds, p.learner_id, p.team, a.factor, a.untimed
    FROM run AS r
    LEFT JOIN participant AS p ON p.run_id = r.run_id AND p.learner_id = :learner_id
    LEFT JOIN accommodation AS a ON a.learner_id = :learner_id
    WHERE r.run_id = :run_id
"""
ADD = """
    INSERT INTO participant (run_id, learner_id, joined_at, joined_position, team, alias, showing)
    VALUES (:run_id, :learner_id, :at, :position, :team, :alias, 'alias')
    ON CONFLICT (run_id, learner_id) DO NOTHING
"""
ALIAS_TAKEN = """
    SELECT 1 FROM participant WHERE run_id = :run_id AND alias = :alias
"""
SET_TEAM = """
    UPDATE participant SET team = :team WHERE run_id = :run_id AND learner_id = :learner_id
"""
SET_SHOWING = """
    UPDATE participant SET showing = :showing WHERE run_id = :run_id AND learner_id = :learner_id
"""
SIZES = """
    SELECT team, COUNT(*) FROM participant WHERE run_id = :run_id AND team IS NOT NULL GROUP BY team
"""
COUNT = """
    SELECT COUNT(*) FROM participant WHERE run_id = :run_id
"""
SET_WORTH = """
    UPDATE answer SET worth = :worth WHERE round_id = :round_id AND learner_id = :learner_id
"""
RECORDS = f"""
    SELECT l.user_id, p.joined_position, p.team, p.alias, p.showing,
           COUNT(o.round_id), COUNT(w.answer_id), TOTAL(w.outcome = 'right'), TOTAL(w.fraction * w.worth)
    FROM participant AS p
    JOIN learner AS l ON l.learner_id = p.learner_id
    JOIN run AS r ON r.run_id = p.run_id
    LEFT JOIN round AS o
        ON o.run_id = p.run_id AND o.position >= p.joined_position AND o.state = 'closed' AND {NOT_DROPPED}
    LEFT JOIN answer AS w ON w.round_id = o.round_id AND w.learner_id = p.learner_id
    WHERE p.run_id = :run_id
"""
RECORDS_OF_RUN = RECORDS + " GROUP BY p.learner_id ORDER BY p.learner_id"
RECORD_OF = RECORDS + " AND p.learner_id = :learner_id GROUP BY p.learner_id"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. ``joined_position`` is the first question that counts for them, from 0.

    ``team`` is None in a run without teams, and where a choice is still to be made; ``alias`` is None in a run without
    a public board.
    """

    joined_position: int
    team: Team | None
    alias: str | None
    showing: Appearance


@dataclass(frozen=True, slots=True)
class Seat:
    """All of a run that matters for one learner's answer. ``joined`` is whether the learner is a participant yet."""

    options: RunOptions
    seed: int
    time_limit: timedelta | None
    joined: bool
    team: Team | None
    accommodation: Accommodation


@dataclass(frozen=True, slots=True)
class Record:
    """What a participant has achieved in the closed questions since joining. ``points`` are speed points."""

    user_id: UserId
    participant: Participant
    asked: int
    answered: int
    right: int
    points: int


def find_participant(db: Database, run_id: RunId, learner_id: LearnerId) -> Participant | None:
    """The participant, or None."""
    row = first(db, PARTICIPANT, run_id=run_id, learner_id=learner_id)
    return None if row is None else _participant(*row)


def seat_of(db: Database, run_id: RunId, learner_id: LearnerId | None) -> Seat:
    """The seat of a learner, or of somebody who is not known yet. ``KeyError`` for a run that does not exist."""
    row = first(db, SEAT, run_id=run_id, learner_id=learner_id)
    if row is None:
        raise KeyError(run_id)
    options, seed, seconds, joined, team, factor, untimed = row
    return Seat(
        options=options_from_text(options),
        seed=seed,
        time_limit=None if seconds is None else timedelta(seconds=seconds),
        joined=joined is not None,
        team=None if team is None else Team(team),
        accommodation=accommodation_from(factor, untimed),
    )


def add_participant(
    db: Database,
    run_id: RunId,
    learner_id: LearnerId,
    *,
    position: int,
    team: Team | None,
    alias: str | None,
    at: datetime,
) -> bool:
    """Make somebody a participant from question ``position`` on; False, and no change, for one who is."""
    added = change(
        db,
        ADD,
        run_id=run_id,
        learner_id=learner_id,
        position=position,
        team=team,
        alias=alias,
        at=to_text(at),
    )
    return added == 1


def free_alias(db: Database, run_id: RunId, rng: random.Random) -> str:
    """A name that nobody in the run bears."""
    candidates = alias_candidates(rng)
    return next(name for name in candidates if first(db, ALIAS_TAKEN, run_id=run_id, alias=name) is None)


def set_team(db: Database, run_id: RunId, learner_id: LearnerId, team: Team) -> None:
    """Put a participant into a team."""
    change(db, SET_TEAM, run_id=run_id, learner_id=learner_id, team=team.value)


def set_showing(db: Database, run_id: RunId, learner_id: LearnerId, showing: Appearance) -> bool:
    """Set how a participant appears on the board; False for somebody who is none."""
    return change(db, SET_SHOWING, run_id=run_id, learner_id=learner_id, showing=showing.value) == 1


def team_sizes(db: Database, run_id: RunId) -> dict[Team, int]:
    """How many are in each team that has anybody."""
    return {Team(team): size for team, size in many(db, SIZES, run_id=run_id)}


def count_participants(db: Database, run_id: RunId) -> int:
    """How many take part."""
    row = first(db, COUNT, run_id=run_id)
    return 0 if row is None else int(row[0])


def set_worth(db: Database, round_id: RoundId, learner_id: LearnerId, worth: int) -> None:
    """Note what the answer that stands now would earn for its speed, if it is right."""
    change(db, SET_WORTH, round_id=round_id, learner_id=learner_id, worth=worth)


def records_of(db: Database, run_id: RunId) -> list[Record]:
    """What each participant has achieved in the closed questions."""
    return [_record(row) for row in many(db, RECORDS_OF_RUN, run_id=run_id)]


def record_of(db: Database, run_id: RunId, learner_id: LearnerId) -> Record | None:
    """What one participant has achieved; None for somebody who is none."""
    row = first(db, RECORD_OF, run_id=run_id, learner_id=learner_id)
    return None if row is None else _record(row)


def _record(row: Row) -> Record:
    user_id, position, team, alias, showing, asked, answered, right, points = row
    return Record(
        UserId(user_id),
        _participant(position, team, alias, showing),
        asked,
        answered,
        int(right),
        round(points),
    )


def _participant(position: int, team: str | None, alias: str | None, showing: str) -> Participant:
    return Participant(position, None if team is None else Team(team), alias, Appearance(showing))
