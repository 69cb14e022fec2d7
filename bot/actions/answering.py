"""A learner answers a question of a live quiz: stored first, acknowledged after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.joining import Allowance, allowance_of, seat_at_answer
from bot.actions.overtime import answered_in_overtime, end_for
from bot.bank.form import Filled
from bot.bank.response import Response
from bot.errors import NotFound, RoundClosed, RoundHeld, UnreadableAnswer
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, UserId
from bot.quiz.accommodation import Accommodation, live_limit
from bot.quiz.run import Round, RoundState, RunMode
from bot.quiz.speed import worth
from bot.quiz.teams import Team
from bot.store.accommodations import accommodation_of
from bot.store.answers import answer_of, save_answer
from bot.store.boards import BoardKind, raise_board
from bot.store.learners import find_learner, learner_for
from bot.store.participants import Seat, seat_of, set_worth
from bot.store.runs import find_round


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands after a click.

    ``stored`` is False when this click changed nothing: it was delivered twice, or a newer one is in. ``team`` is the
    learner's team if it was given with this answer; ``allowance`` is there for who has extra time.
    """

    asked: Round
    response: Response
    stored: bool
    team: Team | None = None
    allowance: Allowance | None = None


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
    a text that cannot be read, ``UnreadableAnswer``; an earlier answer then stands.
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
        return Answered(asked, response, stored=True, team=team, allowance=allowance)
    standing = answer_of(db, round_id, learner_id)
    return Answered(
        asked, response if standing is None else standing.response, stored=False, allowance=allowance
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


def _refuse_unless_open(
    db: Database, asked: Round, learner_id: LearnerId | None, accommodation: Accommodation, at: datetime
) -> None:
    end = end_for(asked, accommodation)
    if asked.state is RoundState.OPEN and (end is None or at <= end):
        return
    standing = None if learner_id is None else answer_of(db, asked.round_id, learner_id)
    words = None if standing is None else asked.item.describe(standing.response)
    if asked.state is RoundState.HELD:
        raise RoundHeld(words)
    raise RoundClosed(words, skipped=asked.state is RoundState.SKIPPED)
