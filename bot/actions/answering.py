"""A learner answers a question of a live quiz: stored first, acknowledged after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.joining import Allowance, allowance_of, seat_at_answer
from bot.actions.overtime import answered_in_overtime, end_for
from bot.bank.form import Filled
from bot.bank.response import Response
from bot.errors import (
    AnswerReplaced,
    FirstVoteOver,
    NotFound,
    RoundClosed,
    RoundHeld,
    UnreadableAnswer,
    WrongState,
)
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, UserId
from bot.quiz.accommodation import Accommodation, live_limit
from bot.quiz.certainty import Certainty
from bot.quiz.run import Round, RoundState, RunMode
from bot.quiz.speed import worth
from bot.quiz.teams import Team
from bot.quiz.votes import counting
from bot.store.accommodations import accommodation_of
from bot.store.answers import StoredAnswer, answer_of, save_answer, save_certainty
from bot.store.boards import BoardKind, board_for, raise_board
from bot.store.learners import find_learner, learner_for
from bot.store.participants import Seat, seat_of, set_worth
from bot.store.runs import find_round, votes_at


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands after a click.

    ``stored`` is False when this click changed nothing: it was delivered twice, or a newer one is in. ``team`` is the
    learner's team if it was given with this answer; ``allowance`` is there for who has extra time. ``given_by`` is the
    click that gave the answer, and ``certainty`` how sure the learner has said to be of it.
    """

    asked: Round
    response: Response
    stored: bool
    given_by: InteractionId
    team: Team | None = None
    allowance: Allowance | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question that is answered in a form, with the learner's answer so far."""

    asked: Round
    standing: Response | None


def answer_round(
    db: Database,
    *,
    guild_id: GuildId,
    round_id: RoundId,
    user_id: UserId,
    answer: int | Filled,
    interaction_id: InteractionId,
    at: datetime,
) -> Answered:
    """Store a learner's answer: the slot that was pressed, or the form that was filled in.

    ``at`` is when Discord made the interaction. Raises ``RoundClosed``, ``RoundHeld``, ``NotFound`` or, for
    a text that cannot be read, ``UnreadableAnswer``; an earlier answer then stands. ``FirstVoteOver`` says where
    to answer instead.
    """
    asked = _live_round(db, guild_id, round_id)
    learner_id = learner_for(db, guild_id, user_id, at)
    seat = seat_of(db, asked.run_id, learner_id)
    _refuse_unless_open(db, asked, learner_id, seat.accommodation, at)
    response = response_to(asked, answer)
    stored = save_answer(
        db,
        round_id=round_id,
        learner_id=learner_id,
        response=response,
        grade=asked.grade(response),
        interaction_id=interaction_id,
        at=at,
    )
    allowance = allowance_of(_usual_limit(asked), seat.accommodation)
    if stored:
        team = seat_at_answer(db, asked, learner_id, seat, at)
        _note_speed(db, asked, learner_id, seat, at)
        if asked.closes_at is None or at <= asked.closes_at:
            raise_board(db, BoardKind.ROUND, round_id)
        else:  # a count that goes up when the class's time is over would tell who has more of it
            answered_in_overtime(db, asked, at)
        return Answered(asked, response, stored=True, given_by=interaction_id, team=team, allowance=allowance)
    standing = answer_of(db, round_id, learner_id)
    if standing is None:
        raise NotFound("answer")
    return _as_it_stands(asked, standing, allowance, stored=False)


def say_certainty(
    db: Database,
    *,
    guild_id: GuildId,
    round_id: RoundId,
    user_id: UserId,
    given_by: InteractionId,
    certainty: Certainty,
    interaction_id: InteractionId,
    at: datetime,
) -> Answered:
    """Note how sure a learner is of the answer that the click ``given_by`` gave, while its question is open.

    Raises ``NotFound`` (also where the learner gave no answer, or nobody is asked), ``AnswerReplaced`` where
    another answer stands, and ``WrongState`` after the end or during a pause; then nothing is changed.
    """
    asked = _live_round(db, guild_id, round_id)
    learner_id = find_learner(db, guild_id, user_id)
    given = None if learner_id is None else answer_of(db, round_id, learner_id)
    if given is None or learner_id is None or not asked.options.certainty:
        raise NotFound("answer")
    if asked.state is RoundState.HELD:
        raise WrongState("quiz", "paused")
    accommodation = accommodation_of(db, guild_id, user_id)
    if not _is_open(asked, accommodation, at):
        raise WrongState("question", "closed")
    if given.interaction_id != given_by:
        raise AnswerReplaced(asked.item.describe(given.response))
    stored = save_certainty(db, round_id, learner_id, certainty, interaction_id)
    standing = answer_of(db, round_id, learner_id) or given
    return _as_it_stands(asked, standing, allowance_of(_usual_limit(asked), accommodation), stored=stored)


def _as_it_stands(
    asked: Round, given: StoredAnswer, allowance: Allowance | None, *, stored: bool
) -> Answered:
    return Answered(
        asked,
        given.response,
        stored,
        given.interaction_id,
        allowance=allowance,
        certainty=given.certainty,
    )


def question_for_form(
    db: Database, *, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime
) -> FormQuestion:
    """What the form for an answer shows. Raises as ``answer_round`` does. Changes nothing."""
    asked = _live_round(db, guild_id, round_id)
    learner_id = find_learner(db, guild_id, user_id)
    _refuse_unless_open(db, asked, learner_id, accommodation_of(db, guild_id, user_id), at)
    standing = None if learner_id is None else answer_of(db, round_id, learner_id)
    return FormQuestion(asked, None if standing is None else standing.response)


def response_to(asked: Round, answer: int | Filled) -> Response:
    """The response that a pressed slot or a form stands for.

    Raises ``NotFound`` for a slot that the question does not have, and ``UnreadableAnswer`` for a form that is
    not filled in as the question's own.
    """
    if isinstance(answer, int):
        try:
            return asked.picked(answer)
        except IndexError:
            raise NotFound("option") from None
    try:
        return asked.from_form(answer)
    except ValueError:
        raise UnreadableAnswer("", "Fill in every field.") from None


def _live_round(db: Database, guild_id: GuildId, round_id: RoundId) -> Round:
    asked = find_round(db, round_id)
    if asked is None or asked.guild_id != guild_id or asked.mode is not RunMode.LIVE:
        raise NotFound("question")
    return asked


def _usual_limit(asked: Round) -> timedelta | None:
    return None if asked.opened_at is None or asked.closes_at is None else asked.closes_at - asked.opened_at


def _note_speed(db: Database, asked: Round, learner_id: LearnerId, seat: Seat, at: datetime) -> None:
    if seat.options.speed_points and seat.time_limit is not None:
        elapsed = timedelta() if asked.opened_at is None else at - asked.opened_at
        # By the limit that the run began with: more time for all must not make a later answer worth more.
        limit = live_limit(seat.time_limit, seat.accommodation)
        set_worth(db, asked.round_id, learner_id, worth(elapsed, limit))


def _is_open(asked: Round, accommodation: Accommodation, at: datetime) -> bool:
    end = end_for(asked, accommodation)
    return asked.state is RoundState.OPEN and (end is None or at <= end)


def _refuse_unless_open(
    db: Database, asked: Round, learner_id: LearnerId | None, accommodation: Accommodation, at: datetime
) -> None:
    if _is_open(asked, accommodation, at):
        return
    standing = None if learner_id is None else answer_of(db, asked.round_id, learner_id)
    words = None if standing is None else asked.item.describe(standing.response)
    if asked.state is RoundState.HELD:
        raise RoundHeld(words)
    votes = votes_at(db, asked.run_id, asked.position)
    if asked.state is RoundState.HIDDEN:
        raise FirstVoteOver(words, _open_message(db, votes[-1]))
    if learner_id is not None and len(votes) > 1:
        words = _counting_answer(db, votes, learner_id)
    raise RoundClosed(
        words, skipped=asked.state is RoundState.SKIPPED and votes[0].state is not RoundState.CLOSED
    )


def _counting_answer(db: Database, votes: list[Round], learner_id: LearnerId) -> str | None:
    given = {
        vote.round_id: answer
        for vote in votes
        if (answer := answer_of(db, vote.round_id, learner_id)) is not None
    }
    vote, answer = counting(votes, given)
    return None if answer is None else vote.item.describe(answer.response)


def _open_message(db: Database, vote: Round) -> tuple[int, int, int] | None:
    """Where a second vote is open."""
    board = None if vote.state is not RoundState.OPEN else board_for(db, BoardKind.ROUND, vote.round_id)
    if board is None or board.message_id is None:
        return None
    return board.guild_id, board.channel_id, board.message_id
