"""A learner who works alone answers, says how sure that is, and sees the feedback: stored first, shown after."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.answering import response_to
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    end_own,
    is_over,
    kept_answer,
    own_run,
    pass_over,
    shown_now,
)
from bot.actions.review_cards import follow_round, next_review_of
from bot.bank.form import Filled
from bot.errors import NotFound, RoundClosed, WrongState
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.run import SELF_PACED, EndReason, Round, RoundState, Run, RunMode, RunState
from bot.store.answers import StoredAnswer, answer_of, mark_revealed, save_answer, save_certainty
from bot.store.learners import find_learner, learner_for
from bot.store.questions import revision_set_info
from bot.store.runs import count_open_rounds, find_round, set_round


def own_question(db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId) -> OwnQuestion:
    """A question of the learner's own run, with the answer so far. Raises ``NotFound`` or ``NotAllowed``."""
    run, asked, learner_id = _own_round(db, guild_id, user_id, round_id)
    given = None if learner_id is None else answer_of(db, round_id, learner_id)
    standing = None if given is None else given.response
    return OwnQuestion(run, asked, asked.position + 1, standing=standing)


def answer_own(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    round_id: RoundId,
    answer: int | Filled,
    interaction_id: InteractionId,
    at: datetime,
) -> OwnKept | OwnFeedback:
    """Store the answer to a question of one's own run; gives the feedback where it comes at once.

    After the feedback another answer changes nothing. Raises ``UnreadableAnswer`` for a text that cannot be read
    (the question then stays open), ``NotFound`` or ``RoundClosed`` where the run is over, ``WrongState`` for a question
    that must not be asked any more.
    """
    run, asked, _ = _own_round(db, guild_id, user_id, round_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    earlier = answer_of(db, round_id, learner_id)
    if earlier is not None and asked.state is RoundState.CLOSED and run.options.showing.during:
        return _feedback(db, run, asked, earlier, learner_id, at, repeated=True)
    if earlier is None:
        pass_over(db, run, at)
        asked = find_round(db, round_id) or asked
    _refuse_unless_open(run, asked, earlier, at)
    response = response_to(asked, answer)
    save_answer(
        db,
        round_id=round_id,
        learner_id=learner_id,
        response=response,
        grade=asked.grade(response),
        interaction_id=interaction_id,
        at=at,
    )
    return _after_answer(db, run, asked, learner_id, at, wait=run.options.certainty)


def say_how_sure(
    db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId, certainty: Certainty, at: datetime
) -> OwnKept | OwnFeedback:
    """Note how sure a learner is of an answer of their own run; gives the feedback where it comes at once.

    After the feedback nothing is changed any more. Raises ``NotFound`` without an answer, else as ``answer_own``.
    """
    return _go_on(db, guild_id, user_id, round_id, certainty, at)


def show_feedback(
    db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId, at: datetime
) -> OwnKept | OwnFeedback:
    """The feedback to an answer, without saying how sure one is. Raises as ``say_how_sure`` does."""
    return _go_on(db, guild_id, user_id, round_id, None, at)


def feedback_to(
    db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId, at: datetime
) -> OwnFeedback:
    """The feedback to an answer once more. Raises ``NotFound`` before it was shown, else as ``own_question``."""
    run, asked, learner_id = _own_round(db, guild_id, user_id, round_id)
    given = None if learner_id is None else answer_of(db, round_id, learner_id)
    if learner_id is None or given is None or asked.state is not RoundState.CLOSED:
        raise NotFound("answer")
    return _feedback(db, run, asked, given, learner_id, at, repeated=False)


def _own_round(
    db: Database, guild_id: GuildId, user_id: UserId, round_id: RoundId
) -> tuple[Run, Round, LearnerId | None]:
    asked = find_round(db, round_id)
    if asked is None or asked.guild_id != guild_id or asked.mode not in SELF_PACED:
        raise NotFound("question")
    return own_run(db, guild_id, user_id, asked.run_id), asked, find_learner(db, guild_id, user_id)


def _go_on(
    db: Database,
    guild_id: GuildId,
    user_id: UserId,
    round_id: RoundId,
    certainty: Certainty | None,
    at: datetime,
) -> OwnKept | OwnFeedback:
    run, asked, learner_id = _own_round(db, guild_id, user_id, round_id)
    given = None if learner_id is None else answer_of(db, round_id, learner_id)
    if learner_id is None or given is None:
        raise NotFound("answer")
    if asked.state is RoundState.CLOSED and run.options.showing.during:
        return _feedback(db, run, asked, given, learner_id, at, repeated=True)
    _refuse_unless_open(run, asked, given, at)
    if certainty is not None:
        save_certainty(db, round_id, learner_id, certainty)
    return _after_answer(db, run, asked, learner_id, at, wait=False)


def _refuse_unless_open(run: Run, asked: Round, given: StoredAnswer | None, at: datetime) -> None:
    if asked.state is RoundState.OPEN and run.state is not RunState.ENDED and not is_over(run, at):
        return
    if asked.state is RoundState.SKIPPED:
        raise WrongState("question", "not asked any more", f"{_WAY_ON[run.mode]} goes on with the others.")
    if run.closes_at is None:
        raise NotFound("open review" if run.mode is RunMode.REVIEW else "open private quiz")
    handed_in = run.state is RunState.ENDED and run.end_reason is not EndReason.TIME_UP
    raise RoundClosed(None if given is None else asked.item.describe(given.response), handed_in=handed_in)


_WAY_ON = {
    RunMode.PRACTICE: "`/quiz take`",
    RunMode.REVIEW: "`/review`",
    RunMode.GATE: "**My place** below the motion",
}


def _after_answer(
    db: Database, run: Run, asked: Round, learner_id: LearnerId, at: datetime, *, wait: bool
) -> OwnKept | OwnFeedback:
    given = answer_of(db, asked.round_id, learner_id)
    if given is None:
        raise NotFound("answer")
    if wait or not run.options.showing.during:
        return kept_answer(db, run, asked, given)
    mark_revealed(db, asked.round_id, learner_id, at)
    set_round(db, asked.round_id, RoundState.CLOSED, closed_at=at)
    if run.mode is RunMode.REVIEW:
        follow_round(db, learner_id, asked.round_id, at)
    pass_over(db, run, at)
    if count_open_rounds(db, run.run_id) == 0:
        end_own(db, run, EndReason.FINISHED, at)
    return _feedback(db, run, asked, given, learner_id, at, repeated=False)


def _feedback(
    db: Database,
    run: Run,
    asked: Round,
    given: StoredAnswer,
    learner_id: LearnerId,
    at: datetime,
    *,
    repeated: bool,
) -> OwnFeedback:
    in_review = run.mode is RunMode.REVIEW
    return OwnFeedback(
        run=run,
        asked=asked,
        source=revision_set_info(db, asked.revision_id),
        response=given.response,
        grade=asked.grade(given.response),
        certainty=given.certainty,
        shown=shown_now(run, at),
        repeated=repeated,
        is_last=count_open_rounds(db, run.run_id) == 0,
        next_review=next_review_of(db, learner_id, asked.round_id, at) if in_review else None,
    )
