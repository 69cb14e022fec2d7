"""How teams and people stand at the end of a live run: for everybody, and for each person alone. Changes nothing."""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.ids import UserId
from bot.insight.standing import Place, Score, Standing, TeamScore, standing, team_scores
from bot.quiz.run import Run
from bot.quiz.teams import Team, teams_of
from bot.store.participants import Participant, Record, records_of


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


def team_table(db: Database, run: Run) -> tuple[TeamScore[Team], ...]:
    """The teams of a run; empty where there are none."""
    if not run.options.teams:
        return ()
    records = records_of(db, run.run_id)
    return tuple(
        team_scores(
            [
                (record.participant.team, record.answered, record.right)
                for record in records
                if record.participant.team is not None
            ],
            teams_of(run.options.teams),
        )
    )


def ranking_of(db: Database, run: Run, questions: int) -> Ranking | None:
    """The public board after so many questions; None in a run that was opened without."""
    return _ranking(run, records_of(db, run.run_id), questions) if run.options.board else None


def own_standing(db: Database, run: Run, user_id: UserId, questions: int) -> OwnStanding | None:
    """Where a person stands after so many questions; None for somebody who took no part."""
    records = records_of(db, run.run_id)
    own = next((record for record in records if record.user_id == user_id), None)
    if own is None:
        return None
    points = own.points if run.options.speed_points else None
    if not run.options.board:
        return OwnStanding(own.participant, points, None, 0)
    ranked = _ranking(run, records, questions).standing
    return OwnStanding(own.participant, points, ranked.place_of(user_id), ranked.of)


def _ranking(run: Run, records: list[Record], questions: int) -> Ranking:
    scores = [
        Score(
            record.user_id,
            record.asked,
            record.answered,
            record.right,
            record.points if run.options.speed_points else None,
        )
        for record in records
    ]
    people = {record.user_id: record.participant for record in records}
    return Ranking(standing(scores, questions), people)
