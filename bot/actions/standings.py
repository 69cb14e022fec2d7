"""How teams and people stand at the end of a live run: for everybody, and for each person alone. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlite_utils import Database

from bot.ids import LearnerId, UserId
from bot.insight.standing import Place, Score, Standing, TeamScore, standing, team_scores
from bot.quiz.run import Run
from bot.quiz.teams import Team, teams_of
from bot.store.participants import Participant, Record, record_of, records_of


@dataclass(frozen=True, slots=True)
class Ranking:
    """The public board of persons: who stands where, and how each of them is shown."""

    standing: Standing[UserId]
    people: dict[UserId, Participant]


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """What a participant is told alone. ``place`` is None without a public board, and for who has no place on it.

    ``points`` are speed points, None in a run without them. ``placed`` is how many have a place.
    """

    participant: Participant
    points: int | None
    place: Place[UserId] | None
    placed: int


def team_table(run: Run, records: Sequence[Record]) -> tuple[TeamScore[Team], ...]:
    """The teams of a run; empty where there are none."""
    members = [
        (record.participant.team, record.answered, record.right)
        for record in records
        if record.participant.team is not None
    ]
    return tuple(team_scores(members, teams_of(run.options.teams)))


def ranking_of(run: Run, records: Sequence[Record], questions: int) -> Ranking | None:
    """The public board after so many questions; None in a run that was opened without."""
    if not run.options.board:
        return None
    people = {record.user_id: record.participant for record in records}
    return Ranking(standing(map(partial(_score, run), records), questions), people)


def own_standing(db: Database, run: Run, learner_id: LearnerId, questions: int) -> OwnStanding | None:
    """Where a learner stands after so many questions; None for somebody who took no part."""
    own = record_of(db, run.run_id, learner_id)
    if own is None:
        return None
    points = own.points if run.options.speed_points else None
    # A place takes the records of all: that is much to read for each of a class that looks at once.
    ranking = ranking_of(run, records_of(db, run.run_id), questions) if run.options.board else None
    if ranking is None:
        return OwnStanding(own.participant, points, None, 0)
    return OwnStanding(own.participant, points, ranking.standing.place_of(own.user_id), ranking.standing.of)


def _score(run: Run, record: Record) -> Score[UserId]:
    points = record.points if run.options.speed_points else None
    return Score(record.user_id, record.asked, record.answered, record.right, points)
