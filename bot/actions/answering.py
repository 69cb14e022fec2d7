"""A learner answers a question of a live quiz: stored first, acknowledged after."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.bank.form import Filled
from bot.bank.response import Response
from bot.errors import NotFound, RoundClosed, RoundHeld, UnreadableAnswer
from bot.ids import GuildId, InteractionId, LearnerId, RoundId, UserId
from bot.quiz.run import Round, RoundState, RunMode
from bot.store.answers import answer_of, save_answer
from bot.store.boards import BoardKind, raise_board
from bot.store.learners import find_learner, learner_for
from bot.store.runs import find_round


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands after a click.

    ``stored`` is False when this click changed nothing: it was delivered twice, or a newer one is in.
    """

    asked: Round
    response: Response
    stored: bool


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
    _refuse_unless_open(db, asked, learner_id, at)
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
    if stored:
        raise_board(db, BoardKind.ROUND, round_id)
        return Answered(asked, response, stored=True)
    standing = answer_of(db, round_id, learner_id)
    return Answered(asked, response if standing is None else standing.response, stored=False)


def question_for_form(
    db: Database, *, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime
) -> FormQuestion:
    """What the form for an answer shows. Raises as ``answer_round`` does. Changes nothing."""
    asked = _live_round(db, guild_id, round_id)
    learner_id = find_learner(db, guild_id, user_id)
    _refuse_unless_open(db, asked, learner_id, at)
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


def _refuse_unless_open(db: Database, asked: Round, learner_id: LearnerId | None, at: datetime) -> None:
    in_time = asked.closes_at is None or at <= asked.closes_at
    if asked.state is RoundState.OPEN and in_time:
        return
    standing = None if learner_id is None else answer_of(db, asked.round_id, learner_id)
    words = None if standing is None else asked.item.describe(standing.response)
    if asked.state is RoundState.HELD:
        raise RoundHeld(words)
    raise RoundClosed(words, skipped=asked.state is RoundState.SKIPPED)
