"""Runs of one learner alone, whatever they were begun for: what they are, where they go on, how they end.

Where feedback comes at once, a question is closed as soon as its feedback has been shown. Where it comes later,
an answer can be changed until the run ends. Answers are ``own_answers``' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.review_cards import follow_round, upcoming_of
from bot.bank.grade import Grade, Outcome
from bot.bank.item import Category
from bot.bank.question_set import SetInfo
from bot.bank.response import Response
from bot.errors import NotAllowed, NotFound
from bot.ids import AssignmentId, DebateId, GuildId, RevisionId, RoundId, RunId, SetId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Focus
from bot.quiz.options import RunOptions
from bot.quiz.pacing import Step
from bot.quiz.run import SELF_PACED, EndReason, Pace, Round, RoundState, Run, RunMode, RunState
from bot.quiz.showing import Shown
from bot.review.upcoming import NextReview, Upcoming
from bot.store.answers import StoredAnswer, answers_of_run
from bot.store.assignments import held_back_items
from bot.store.debaters import debate_of_gate
from bot.store.learners import find_learner
from bot.store.review_plans import plan_for
from bot.store.runs import (
    count_open_rounds,
    count_unanswered,
    create_run,
    find_run,
    held_back_rounds,
    rounds_of,
    set_round,
    take_step,
)


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question to answer; ``resumed`` if the learner had left the run half way."""

    run: Run
    asked: Round
    number: int
    resumed: bool = False
    standing: Response | None = None


@dataclass(frozen=True, slots=True)
class OwnKept:
    """An answer that is stored and that no feedback has been shown for; ``certainty`` is how sure the learner is.

    ``is_last`` says that no question is left without an answer.
    """

    run: Run
    asked: Round
    response: Response
    certainty: Certainty | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class OwnFeedback:
    """What a learner sees after an answer; ``repeated`` if the feedback to this question had been shown before.

    ``next_review`` says when it comes again, if the answer moved a card of spaced review.
    """

    run: Run
    asked: Round
    source: SetInfo
    response: Response
    grade: Grade
    certainty: Certainty | None
    shown: Shown
    repeated: bool
    is_last: bool
    next_review: NextReview | None = None


@dataclass(frozen=True, slots=True)
class OwnResult:
    """How a run went: the rounds with the answers that were given, and what may be shown of them now.

    ``upcoming`` is there for a review: what comes next. ``agreed`` says whether the learner has spaced review.
    ``gate_of`` is the debate whose knowledge gate it is.
    """

    run: Run
    rounds: tuple[tuple[Round, StoredAnswer | None], ...]
    shown: Shown
    upcoming: Upcoming | None = None
    agreed: bool = False
    gate_of: DebateId | None = None

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(1 for answer in self._counting() if answer.outcome is Outcome.RIGHT)

    @property
    def points(self) -> float:
        """The sum of credit, 1 a question, a part of it for what is partly right."""
        return sum(answer.fraction for answer in self._counting())

    @property
    def answered(self) -> int:
        """How many questions that count were answered."""
        return len(self._counting())

    @property
    def counting(self) -> int:
        """How many questions count, answered or not."""
        return sum(1 for asked, _ in self.rounds if not asked.dropped)

    @property
    def missed(self) -> int:
        """How many questions were answered, but not rightly."""
        return self.answered - self.right

    def _counting(self) -> list[StoredAnswer]:
        return [answer for asked, answer in self.rounds if answer is not None and not asked.dropped]


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A run with later feedback whose questions are all answered, or that was looked over: it can be handed in."""

    run: Run
    rounds: tuple[tuple[Round, StoredAnswer | None], ...]

    @property
    def unanswered(self) -> int:
        """How many questions have no answer."""
        return sum(1 for _, answer in self.rounds if answer is None)


OwnStep = OwnQuestion | OwnKept | OwnSheet | OwnResult
"""Where a learner goes on."""


def create_own_run(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    mode: RunMode,
    set_id: SetId,
    category: Category | None,
    focus: Focus,
    options: RunOptions,
    seed: int,
    rounds: Sequence[tuple[RevisionId, tuple[int, ...]]],
    at: datetime,
    closes_at: datetime | None = None,
    due_at: datetime | None = None,
    assignment_id: AssignmentId | None = None,
) -> RunId:
    """Store a run of one learner alone, all its questions open; as an attempt at an assignment if there is one.

    After ``closes_at`` no answer counts; at ``due_at`` (a little later) the run is ended if nobody has done so.
    """
    run_id = create_run(
        db,
        guild_id=guild_id,
        mode=mode,
        owner_id=user_id,
        set_id=set_id,
        category=category,
        focus=focus,
        options=options,
        time_limit=None,
        pace=Pace.HOST,
        channel_id=None,
        state=RunState.ASKING,
        position=0,
        seed=seed,
        due_at=due_at,
        closes_at=closes_at,
        assignment_id=assignment_id,
        rounds=rounds,
        at=at,
    )
    for asked in rounds_of(db, run_id):
        set_round(db, asked.round_id, RoundState.OPEN, opened_at=at)
    return run_id


def next_step(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    run_id: RunId,
    at: datetime,
    resumed: bool = False,
    past: int = -1,
) -> OwnStep:
    """The first question of a run that waits for an answer or for its feedback.

    Those behind the place ``past`` come first. If none waits: the result, or all answers where they can still be
    changed. What must not be asked any more is passed over.
    """
    run = own_run(db, guild_id, user_id, run_id)
    if run.state is not RunState.ENDED and run.assignment_id is None:
        pass_over(db, run, at)
        if count_open_rounds(db, run_id) == 0:
            end_own(db, run, EndReason.FINISHED, at)
            run = own_run(db, guild_id, user_id, run_id)
    rounds = rounds_of(db, run_id)
    answers = {answer.round_id: answer for answer in answers_of_run(db, run_id)}
    if run.state is RunState.ENDED or is_over(run, at):
        return _result(db, run, rounds, answers, at)
    for asked in sorted(rounds, key=lambda each: (each.position <= past, each.position)):
        given = answers.get(asked.round_id)
        if asked.state is RoundState.OPEN and given is None:
            return OwnQuestion(run, asked, asked.position + 1, resumed)
        if asked.state is RoundState.OPEN and given is not None and run.options.showing.during:
            return kept_answer(db, run, asked, given)
    if not run.options.showing.during:
        return _sheet(run, rounds, answers)
    return _result(db, run, rounds, answers, at)


def look_over(
    db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, at: datetime
) -> OwnSheet | OwnResult:
    """All questions of a run with the answers so far, while they can be changed; then the result."""
    run = own_run(db, guild_id, user_id, run_id)
    rounds = rounds_of(db, run_id)
    answers = {answer.round_id: answer for answer in answers_of_run(db, run_id)}
    if run.state is RunState.ENDED or is_over(run, at) or run.options.showing.during:
        return _result(db, run, rounds, answers, at)
    return _sheet(run, rounds, answers)


def leave_own(db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, at: datetime) -> OwnResult:
    """End a run before its last question; gives the result so far. A run that has ended stays as it is."""
    run = own_run(db, guild_id, user_id, run_id)
    if run.state is not RunState.ENDED:
        end_own(db, run, EndReason.TIME_UP if is_over(run, at) else EndReason.STOPPED, at)
    return own_result(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def own_result(db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, at: datetime) -> OwnResult:
    """How a run of the learner's own has gone so far."""
    run = own_run(db, guild_id, user_id, run_id)
    answers = {answer.round_id: answer for answer in answers_of_run(db, run_id)}
    return _result(db, run, rounds_of(db, run_id), answers, at)


def close_in_time(db: Database, *, run_id: RunId, at: datetime) -> None:
    """End a run whose time is up, with all answers kept. Does nothing when it is not due (any more)."""
    run = find_run(db, run_id)
    if run is None or run.due_at is None or run.due_at > at:
        return
    if run.state is not RunState.ENDED:
        end_own(db, run, EndReason.TIME_UP, at)


def end_own(db: Database, run: Run, reason: EndReason, at: datetime) -> None:
    """End a run of one learner. What was answered counts, whether or not its feedback was shown."""
    answered = {answer.round_id for answer in answers_of_run(db, run.run_id)}
    learner_id = find_learner(db, run.guild_id, run.owner_id)
    for asked in rounds_of(db, run.run_id):
        if asked.state is RoundState.OPEN and asked.round_id in answered:
            set_round(db, asked.round_id, RoundState.CLOSED, closed_at=at)
            if run.mode is RunMode.REVIEW and learner_id is not None:
                follow_round(db, learner_id, asked.round_id, at)
    take_step(db, run.run_id, Step(RunState.ENDED, run.position, 0, end_reason=reason), at)


def pass_over(db: Database, run: Run, at: datetime) -> None:
    """Skip questions without an answer that were dropped since, or that an assignment opened since holds back.

    An assignment asks what it asks: there, nothing is passed over.
    """
    if run.assignment_id is not None:
        return
    held = held_back_rounds(db, run.run_id, held_back_items(db, run.guild_id, at))
    answered = {answer.round_id for answer in answers_of_run(db, run.run_id)}
    for asked in rounds_of(db, run.run_id):
        waits = asked.state is RoundState.OPEN and asked.round_id not in answered
        if waits and (asked.dropped or asked.round_id in held):
            set_round(db, asked.round_id, RoundState.SKIPPED, closed_at=at)


def own_run(db: Database, guild_id: GuildId, user_id: UserId, run_id: RunId) -> Run:
    """A run of this learner alone. Raises ``NotFound``, or ``NotAllowed`` for somebody else's."""
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id or run.mode not in SELF_PACED:
        raise NotFound("quiz")
    if run.owner_id != user_id:
        raise NotAllowed("answer in this private quiz", "the learner who began it")
    return run


def kept_answer(db: Database, run: Run, asked: Round, given: StoredAnswer) -> OwnKept:
    """An answer that is stored and that no feedback has been shown for."""
    is_last = count_unanswered(db, run.run_id) == 0
    return OwnKept(run, asked, given.response, given.certainty, is_last)


def _result(
    db: Database, run: Run, rounds: list[Round], answers: dict[RoundId, StoredAnswer], at: datetime
) -> OwnResult:
    plan = plan_for(db, run.guild_id, run.owner_id)
    return OwnResult(
        run,
        _asked(rounds, answers),
        shown_now(run, at),
        upcoming_of(db, plan, at) if plan is not None and run.mode is RunMode.REVIEW else None,
        agreed=plan is not None,
        gate_of=debate_of_gate(db, run.guild_id, run.owner_id, run.run_id)
        if run.mode is RunMode.GATE
        else None,
    )


def _sheet(run: Run, rounds: list[Round], answers: dict[RoundId, StoredAnswer]) -> OwnSheet:
    return OwnSheet(run, _asked(rounds, answers))


def _asked(
    rounds: list[Round], answers: dict[RoundId, StoredAnswer]
) -> tuple[tuple[Round, StoredAnswer | None], ...]:
    """The questions with their answers, without those that were passed over."""
    return tuple(
        (asked, answers.get(asked.round_id)) for asked in rounds if asked.state is not RoundState.SKIPPED
    )


def shown_now(run: Run, at: datetime) -> Shown:
    """What a learner may be shown of their own run now."""
    ended = run.state is RunState.ENDED or is_over(run, at)
    return run.options.showing.now(ended=ended, due_over=run.deadline is None or at > run.deadline)


def is_over(run: Run, at: datetime) -> bool:
    """Whether the time of a run with an end is up."""
    return run.closes_at is not None and at > run.closes_at
