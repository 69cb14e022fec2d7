"""Attempts of a learner at an assignment: how they stand, beginning or resuming one, handing it in."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.assigning import assignment_in
from bot.actions.open_live import draw_rounds, shuffled
from bot.actions.own_runs import (
    OwnResult,
    OwnStep,
    create_own_run,
    end_own,
    is_over,
    next_step,
    own_result,
    own_run,
)
from bot.errors import NotFound, WrongState
from bot.ids import AssignmentId, GuildId, RevisionId, RunId, UserId
from bot.quiz.accommodation import own_limit
from bot.quiz.assignment import Assignment, Drawn, Phase, attempt_end, score_that_counts
from bot.quiz.pacing import GRACE
from bot.quiz.run import EndReason, RunMode, RunState
from bot.quiz.showing import Shown
from bot.store.accommodations import accommodation_of
from bot.store.assignments import assigned_questions, assignments_of, find_assignment
from bot.store.attempts import (
    Attempt,
    attempts_of,
    choose_reminders,
    move_end,
    open_attempts_of,
    wants_reminders,
)
from bot.store.learners import find_learner, learner_for
from bot.store.rulings import dropped_revisions


@dataclass(frozen=True, slots=True)
class Overview:
    """An assignment for one learner. ``own_limit`` is the time for an attempt with the learner's extra time.

    ``left`` is how many attempts are left (None: any number), ``ends_at`` when an attempt begun now would end.
    ``score`` is what counts so far, 0 to 1, where marks may be shown; ``shown`` is what is shown of past attempts.
    """

    assignment: Assignment
    phase: Phase
    attempts: tuple[Attempt, ...]
    under_way: Attempt | None
    left: int | None
    own_limit: timedelta | None
    ends_at: datetime
    score: float | None
    shown: Shown
    reminders: bool

    @property
    def done(self) -> tuple[Attempt, ...]:
        """The attempts that are over."""
        return tuple(each for each in self.attempts if each is not self.under_way)

    @property
    def may_begin(self) -> bool:
        """Whether another attempt can be begun now."""
        return self.phase is Phase.OPEN and self.under_way is None and self.left != 0


def assignment_overview(
    db: Database, *, guild_id: GuildId, user_id: UserId, assignment_id: AssignmentId, at: datetime
) -> Overview:
    """How an assignment stands for a learner. Raises ``NotFound`` for one that is not open to learners (yet)."""
    assignment = _visible(db, guild_id, assignment_id, at)
    attempts = tuple(attempts_of(db, assignment_id, user_id))
    under_way = next((each for each in attempts if not each.is_over(at)), None)
    limit = own_limit(assignment.time_limit, accommodation_of(db, guild_id, user_id))
    phase = assignment.phase(at)
    shown = assignment.options.showing.now(ended=True, due_over=phase is Phase.CLOSED)
    scores = [each.score for each in attempts if each is not under_way and each.counting]
    learner_id = find_learner(db, guild_id, user_id)
    return Overview(
        assignment=assignment,
        phase=phase,
        attempts=attempts,
        under_way=under_way,
        left=None if assignment.attempts is None else max(assignment.attempts - len(attempts), 0),
        own_limit=limit,
        ends_at=attempt_end(at, limit, assignment.due_at),
        score=score_that_counts(scores, assignment.counting) if shown.marks else None,
        shown=shown,
        reminders=learner_id is None or wants_reminders(db, learner_id),
    )


def own_assignments(db: Database, *, guild_id: GuildId, user_id: UserId, at: datetime) -> list[Overview]:
    """The assignments that are open to learners in a server, the soonest due first, then those that are over."""
    return [
        assignment_overview(db, guild_id=guild_id, user_id=user_id, assignment_id=each.assignment_id, at=at)
        for each in assignments_of(db, guild_id, at, most=25)
        if each.phase(at) in (Phase.OPEN, Phase.CLOSED)
    ]


def begin_attempt(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    assignment_id: AssignmentId,
    number: int,
    rng: random.Random,
    at: datetime,
) -> OwnStep:
    """Begin the learner's attempt of that number (from 1), or go on with the one under way.

    A press that is late, or comes twice, begins nothing. Raises ``NotFound``, or ``WrongState`` where the
    assignment is over or no attempt is left.
    """
    overview = assignment_overview(db, guild_id=guild_id, user_id=user_id, assignment_id=assignment_id, at=at)
    assignment = overview.assignment
    if overview.under_way is not None:
        run_id = overview.under_way.run_id
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at, resumed=True)
    if overview.phase is Phase.CLOSED:
        raise WrongState("assignment", "over")
    if overview.left == 0:
        raise WrongState("assignment", "done: no attempt is left")
    if number != len(overview.attempts) + 1:
        last = overview.attempts[-1].run_id if overview.attempts else None
        if last is None:
            raise NotFound("attempt")
        return own_result(db, guild_id=guild_id, user_id=user_id, run_id=last, at=at)
    learner_for(db, guild_id, user_id, at)
    seed = rng.getrandbits(48)
    run_id = create_own_run(
        db,
        guild_id=guild_id,
        user_id=user_id,
        mode=RunMode.ASSIGNMENT,
        set_id=assignment.set_id,
        category=assignment.category,
        focus=assignment.focus,
        options=assignment.options,
        seed=seed,
        rounds=_questions(db, assignment, random.Random(seed)),
        at=at,
        closes_at=overview.ends_at,
        due_at=overview.ends_at + GRACE,
        assignment_id=assignment_id,
    )
    return next_step(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def hand_in(db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, at: datetime) -> OwnResult:
    """End an attempt; what was not answered counts as wrong. One that is over stays as it is."""
    run = own_run(db, guild_id, user_id, run_id)
    if run.state is not RunState.ENDED:
        end_own(db, run, EndReason.TIME_UP if is_over(run, at) else EndReason.FINISHED, at)
    return own_result(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def follow_accommodation(db: Database, *, guild_id: GuildId, user_id: UserId, at: datetime) -> None:
    """Let a learner's attempts that are under way end when they end with the extra time that the learner has now.

    One whose time is up stays so, whether or not the clock has ended it: its results may have been seen. One
    that has had more than its time now ends now.
    """
    accommodation = accommodation_of(db, guild_id, user_id)
    for run_id, assignment_id, begun_at in open_attempts_of(db, guild_id, user_id, at):
        assignment = find_assignment(db, assignment_id)
        if assignment is not None:
            limit = own_limit(assignment.time_limit, accommodation)
            closes_at = max(attempt_end(begun_at, limit, assignment.due_at), at)
            move_end(db, run_id, closes_at, closes_at + GRACE)


def remind_of_assignments(
    db: Database, *, guild_id: GuildId, user_id: UserId, wanted: bool, at: datetime
) -> None:
    """Note whether a learner wants to be reminded of assignments in this server. Harmless when repeated."""
    choose_reminders(db, learner_for(db, guild_id, user_id, at), None if wanted else at)


def _visible(db: Database, guild_id: GuildId, assignment_id: AssignmentId, at: datetime) -> Assignment:
    assignment = assignment_in(db, guild_id, assignment_id)
    if assignment.phase(at) not in (Phase.OPEN, Phase.CLOSED):
        raise NotFound("assignment")
    return assignment


def _questions(
    db: Database, assignment: Assignment, rng: random.Random
) -> list[tuple[RevisionId, tuple[int, ...]]]:
    pool = assigned_questions(db, assignment.assignment_id)
    match assignment.drawn:
        case Drawn.SAME:
            rng.shuffle(pool)
            return [shuffled(stored, rng) for stored in pool]
        case Drawn.EACH:
            dropped = dropped_revisions(db, assignment.guild_id)
            left = [stored for stored in pool if stored.revision_id not in dropped]
            return draw_rounds(left or pool, assignment.questions, rng)
