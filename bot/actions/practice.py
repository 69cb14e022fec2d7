"""Private runs: one learner alone, with feedback after each answer, at any time, in any number of sittings."""

import random
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.answering import response_to
from bot.actions.open_live import MOST_QUESTIONS, askable, draw_rounds, shuffled
from bot.bank.form import Filled
from bot.bank.grade import Grade, Outcome
from bot.bank.item import Category
from bot.bank.question_set import SetInfo
from bot.bank.response import Response
from bot.errors import Invalid, NotAllowed, NotFound
from bot.ids import GuildId, InteractionId, RevisionId, RoundId, RunId, SetId, UserId
from bot.quiz.focus import EVERYTHING, Focus, is_fresh
from bot.quiz.pacing import Step
from bot.quiz.run import EndReason, Pace, Round, RoundState, Run, RunMode, RunState
from bot.store.answers import StoredAnswer, answer_of, answers_of_run, save_answer, seen_items
from bot.store.learners import learner_for
from bot.store.questions import find_set, items_of, set_info
from bot.store.runs import (
    create_run,
    find_round,
    find_run,
    rounds_of,
    set_round,
    take_step,
    unfinished_practice,
)


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """The next question of a private run; ``resumed`` if the learner had left it half way."""

    run: Run
    asked: Round
    number: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class PracticeFeedback:
    """What a learner sees after an answer; ``repeated`` if this question had been answered before."""

    run: Run
    asked: Round
    source: SetInfo
    response: Response
    grade: Grade
    repeated: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """How a private run went: the rounds with the answers that were given."""

    run: Run
    rounds: tuple[tuple[Round, StoredAnswer | None], ...]

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(
            1
            for asked, answer in self.rounds
            if answer is not None and not asked.dropped and answer.outcome is Outcome.RIGHT
        )

    @property
    def missed(self) -> int:
        """How many questions were answered, but not rightly."""
        return sum(
            1
            for asked, answer in self.rounds
            if answer is not None and not asked.dropped and answer.outcome is not Outcome.RIGHT
        )


def begin_practice(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    set_key: str,
    category: Category | None,
    questions: int,
    rng: random.Random,
    at: datetime,
    focus: Focus = EVERYTHING,
) -> PracticeQuestion | PracticeResult:
    """Take up the learner's unfinished run of this set, category and focus, or draw a new one.

    Questions that the learner answered in the last days come only where others do not suffice. Raises
    ``NotFound`` or ``Invalid`` as ``open_live`` does.
    """
    if not 1 <= questions <= MOST_QUESTIONS:
        raise Invalid("number of questions", "it is out of range", f"Choose 1 to {MOST_QUESTIONS}.")
    stored_set = find_set(db, guild_id, set_key)
    if stored_set is not None:
        unfinished = unfinished_practice(db, guild_id, user_id, stored_set.set_id, category, focus)
        if unfinished is not None:
            return next_practice(db, guild_id=guild_id, user_id=user_id, run_id=unfinished, resumed=True)
    seen = {} if stored_set is None else seen_items(db, guild_id, user_id, stored_set.set_id)
    stored_set, items = askable(db, guild_id, set_key, category, focus, seen)
    seed = rng.getrandbits(48)
    stale = {key for key, answer in seen.items() if not is_fresh(answer, at)}
    rounds = draw_rounds(items, questions, random.Random(seed), stale)
    run_id = _create(db, guild_id, user_id, stored_set.set_id, category, focus, seed, rounds, at)
    return next_practice(db, guild_id=guild_id, user_id=user_id, run_id=run_id)


def retake_missed(
    db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, rng: random.Random, at: datetime
) -> PracticeQuestion | PracticeResult:
    """Ask what was missed in an earlier run again, in its newest wording and a new order.

    Works for the learner's own private runs and for any live run the learner took part in. A second press goes
    on with the quiz that the first one began.
    """
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id:
        raise NotFound("quiz")
    learner_id = learner_for(db, guild_id, user_id, at)
    missed = {
        asked.item.id
        for asked in rounds_of(db, run_id)
        if asked.state is RoundState.CLOSED
        and not asked.dropped
        and (answer := answer_of(db, asked.round_id, learner_id)) is not None
        and answer.outcome is not Outcome.RIGHT
    }
    current = [stored for stored in items_of(db, run.set_id) if stored.item.id in missed]
    if not current:
        raise NotFound("missed question")
    begun = unfinished_practice(db, guild_id, user_id, run.set_id, run.category, run.focus)
    if begun is not None and _asks(db, begun) == {stored.item.id for stored in current}:
        return next_practice(db, guild_id=guild_id, user_id=user_id, run_id=begun, resumed=True)
    seed = rng.getrandbits(48)
    shuffle = random.Random(seed)
    shuffle.shuffle(current)
    rounds = [shuffled(stored, shuffle) for stored in current]
    new_run = _create(db, guild_id, user_id, run.set_id, run.category, run.focus, seed, rounds, at)
    return next_practice(db, guild_id=guild_id, user_id=user_id, run_id=new_run)


def next_practice(
    db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, resumed: bool = False
) -> PracticeQuestion | PracticeResult:
    """The first question of a private run that has no answer yet, or the result if there is none."""
    run = _own_run(db, guild_id, user_id, run_id)
    rounds = rounds_of(db, run_id)
    for number, asked in enumerate(rounds, start=1):
        if run.state is not RunState.ENDED and asked.state is RoundState.OPEN:
            return PracticeQuestion(run, asked, number, resumed)
    answers = {answer.round_id: answer for answer in answers_of_run(db, run_id)}
    return PracticeResult(run, tuple((asked, answers.get(asked.round_id)) for asked in rounds))


def practice_question(db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId) -> Round:
    """A question of the learner's own private run. Raises ``NotFound`` or ``NotAllowed``."""
    asked = find_round(db, round_id)
    if asked is None or asked.guild_id != guild_id or asked.mode is not RunMode.PRACTICE:
        raise NotFound("question")
    _own_run(db, guild_id, user_id, asked.run_id)
    return asked


def answer_practice(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    round_id: RoundId,
    answer: int | Filled,
    interaction_id: InteractionId,
    at: datetime,
) -> PracticeFeedback:
    """Store the answer to a question of a private run, once; gives the feedback.

    The feedback shows the right answer, so a second answer changes nothing. Raises ``UnreadableAnswer`` for
    a text that cannot be read (the question then stays open).
    """
    asked = practice_question(db, guild_id=guild_id, user_id=user_id, round_id=round_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    run = _own_run(db, guild_id, user_id, asked.run_id)
    earlier = answer_of(db, round_id, learner_id)
    if earlier is not None:
        return _feedback(db, run, asked, earlier.response, repeated=True)
    if asked.state is not RoundState.OPEN or run.state is RunState.ENDED:
        raise NotFound("open private quiz")
    response = response_to(asked, answer)
    grade = asked.grade(response)
    save_answer(
        db,
        round_id=round_id,
        learner_id=learner_id,
        response=response,
        grade=grade,
        interaction_id=interaction_id,
        at=at,
    )
    set_round(db, round_id, RoundState.CLOSED, closed_at=at)
    if _open_rounds(db, run.run_id) == 0:
        _finish(db, run, EndReason.FINISHED, at)
    return _feedback(db, run, asked, response, repeated=False)


def leave_practice(
    db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, at: datetime
) -> PracticeResult:
    """End a private run before its last question; gives the result so far."""
    run = _own_run(db, guild_id, user_id, run_id)
    if run.state is not RunState.ENDED:
        _finish(db, run, EndReason.STOPPED, at)
    shown = next_practice(db, guild_id=guild_id, user_id=user_id, run_id=run_id)
    if not isinstance(shown, PracticeResult):
        raise NotFound("quiz")
    return shown


def _create(
    db: Database,
    guild_id: GuildId,
    user_id: UserId,
    set_id: SetId,
    category: Category | None,
    focus: Focus,
    seed: int,
    rounds: list[tuple[RevisionId, tuple[int, ...]]],
    at: datetime,
) -> RunId:
    run_id = create_run(
        db,
        guild_id=guild_id,
        mode=RunMode.PRACTICE,
        owner_id=user_id,
        set_id=set_id,
        category=category,
        focus=focus,
        time_limit=None,
        pace=Pace.HOST,
        channel_id=None,
        state=RunState.ASKING,
        position=0,
        seed=seed,
        due_at=None,
        rounds=rounds,
        at=at,
    )
    for asked in rounds_of(db, run_id):
        set_round(db, asked.round_id, RoundState.OPEN, opened_at=at)
    return run_id


def _finish(db: Database, run: Run, reason: EndReason, at: datetime) -> None:
    take_step(db, run.run_id, Step(RunState.ENDED, run.position, 0, end_reason=reason), at)


def _asks(db: Database, run_id: RunId) -> set[str]:
    return {asked.item.id for asked in rounds_of(db, run_id)}


def _open_rounds(db: Database, run_id: RunId) -> int:
    return sum(1 for asked in rounds_of(db, run_id) if asked.state is RoundState.OPEN)


def _own_run(db: Database, guild_id: GuildId, user_id: UserId, run_id: RunId) -> Run:
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id or run.mode is not RunMode.PRACTICE:
        raise NotFound("quiz")
    if run.owner_id != user_id:
        raise NotAllowed("answer in this private quiz", "the learner who began it")
    return run


def _feedback(
    db: Database, run: Run, asked: Round, response: Response, *, repeated: bool
) -> PracticeFeedback:
    return PracticeFeedback(
        run=run,
        asked=asked,
        source=set_info(db, run.set_id),
        response=response,
        grade=asked.grade(response),
        repeated=repeated,
        is_last=_open_rounds(db, run.run_id) == 0,
    )
