"""What instructors and the class are shown of an assignment, read from the database. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from sqlite_utils import Database

from bot.actions.assigning import assignment_in
from bot.actions.assignment_clock import ACTIVE_LATELY
from bot.ids import AssignmentId, GuildId, UserId
from bot.quiz.assignment import Assignment, Phase, score_that_counts
from bot.store.assignments import assignments_of, find_assignment
from bot.store.attempts import Attempt, attempts_at, learners_around


class Standing(StrEnum):
    """How far a learner is."""

    FINISHED = "finished"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class LearnerStanding:
    """How far a learner is with an assignment.

    ``score`` (0 to 1) is what counts so far, of the attempts that are over; ``answered`` of ``asked`` questions are
    answered in the attempt that is under way.
    """

    user_id: UserId
    standing: Standing
    attempts: int
    score: float | None = None
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class AssignmentStatus:
    """An assignment and how far everybody is.

    Those who have not begun are known only if they came or answered something in this server in the last
    ``ACTIVE_LATELY``: Discord does not tell the bot who else is there.
    """

    assignment: Assignment
    phase: Phase
    learners: tuple[LearnerStanding, ...]

    def of(self, standing: Standing) -> tuple[LearnerStanding, ...]:
        """Those who are so far."""
        return tuple(each for each in self.learners if each.standing is standing)


def assignment_status(
    db: Database, *, guild_id: GuildId, assignment_id: AssignmentId, at: datetime
) -> AssignmentStatus:
    """How far everybody is: the finished first, the best of them on top. Raises ``NotFound``."""
    assignment = assignment_in(db, guild_id, assignment_id)
    begun = [
        _standing(assignment, user_id, list(attempts), at)
        for user_id, attempts in groupby(attempts_at(db, assignment_id), key=lambda each: each.user_id)
    ]
    known = {each.user_id for each in begun}
    missing = [
        LearnerStanding(learner.user_id, Standing.NOT_BEGUN, 0)
        for learner in learners_around(db, guild_id, at - ACTIVE_LATELY)
        if learner.user_id not in known and learner.user_id != assignment.set_by
    ]
    order = list(Standing)
    everybody = sorted(
        [*begun, *missing],
        key=lambda each: (order.index(each.standing), -(each.score or 0), -each.answered, each.user_id),
    )
    return AssignmentStatus(assignment, assignment.phase(at), tuple(everybody))


def assignments_in(db: Database, *, guild_id: GuildId, at: datetime) -> list[tuple[Assignment, Phase]]:
    """The assignments that are set in a server: open ones first, then later ones, then past ones."""
    return [(each, each.phase(at)) for each in assignments_of(db, guild_id, at)]


def assignment_board(
    db: Database, *, assignment_id: AssignmentId, at: datetime
) -> tuple[Assignment, Phase] | None:
    """The announcement of an assignment, or None if there is none (any more)."""
    assignment = find_assignment(db, assignment_id)
    return None if assignment is None else (assignment, assignment.phase(at))


def _standing(
    assignment: Assignment, user_id: UserId, attempts: list[Attempt], at: datetime
) -> LearnerStanding:
    over = [each for each in attempts if each.is_over(at)]
    under_way = next((each for each in attempts if not each.is_over(at)), None)
    standing = Standing.FINISHED if over else Standing.UNDER_WAY
    return LearnerStanding(
        user_id=user_id,
        standing=standing,
        attempts=len(attempts),
        score=score_that_counts([each.score for each in over if each.counting], assignment.counting),
        answered=0 if under_way is None else under_way.answered,
        asked=0 if under_way is None else under_way.asked,
    )
