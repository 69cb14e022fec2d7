"""Restating an argument before answering it; its author says privately whether that is fair."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.debates import debate_of, going_on
from bot.debate.debate import Argument, Debate
from bot.debate.prose import read_prose
from bot.debate.steelman import HONEST_TRIES, LONGEST_RESTATEMENT, Fairness, may_answer, wait_for_word
from bot.errors import NotAllowed, NotFound, WrongState
from bot.ids import ArgumentId, GuildId, InteractionId, LearnerId, RestatementId, UserId
from bot.store.arguments import find_argument
from bot.store.boards import BoardKind, create_board, raise_board
from bot.store.learners import learner_for
from bot.store.restatements import (
    Restatement,
    add_restatement,
    find_restatement,
    judge_restatement,
    restatement_from,
    restatements_by,
)


@dataclass(frozen=True, slots=True)
class Restated:
    """A restatement with the argument that it restates."""

    debate: Debate
    argument: Argument
    restatement: Restatement


def restate(
    db: Database,
    *,
    guild_id: GuildId,
    argument_id: ArgumentId,
    user_id: UserId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> Restated:
    """Store one's restatement; the thread shows it with two buttons for the argument's author.

    The same interaction delivered twice stores it once. Raises ``NotFound``, ``Invalid``, ``WrongState`` (the debate
    does not go on, the argument does not stand, or one has made as many as one may), ``NotAllowed`` for one's own
    argument.
    """
    repeated = restatement_from(db, interaction_id)
    if repeated is not None:
        return _restated(db, guild_id, repeated)
    argument = _argument(db, guild_id, argument_id)
    debate = going_on(debate_of(db, guild_id, argument.debate_id))
    words = read_prose(
        "restatement",
        " ".join(text.split()),
        LONGEST_RESTATEMENT,
        "Say what the argument is, in your own words.",
    )
    if argument.user_id == user_id:
        raise NotAllowed("restate this argument", "somebody other than its author")
    if not argument.stands:
        raise WrongState("argument", argument.absence, "There is nothing to answer any more.")
    if not debate.stage.takes_answers:
        raise WrongState("debate", "at a stage without answers", "Wait for the next stage, or read along.")
    learner_id = learner_for(db, guild_id, user_id, at)
    if len(restatements_by(db, argument_id, learner_id)) >= HONEST_TRIES:
        raise WrongState(
            "argument",
            f"restated {HONEST_TRIES} times by you",
            "Answer it with **Answer argument** below it.",
        )
    restatement_id = add_restatement(db, argument_id, learner_id, words, interaction_id, at)
    create_board(db, BoardKind.RESTATEMENT, restatement_id, guild_id, debate.thread_id, at)
    return restated(db, guild_id=guild_id, restatement_id=restatement_id)


def judge(
    db: Database,
    *,
    guild_id: GuildId,
    restatement_id: RestatementId,
    user_id: UserId,
    fairness: Fairness,
    at: datetime,
) -> Restated:
    """The author says whether a restatement is fair; the first word stays.

    Raises ``NotFound``, ``NotAllowed``, or ``WrongState`` for a hidden one.
    """
    found = restated(db, guild_id=guild_id, restatement_id=restatement_id)
    if found.argument.user_id != user_id:
        raise NotAllowed("say whether this is fair", "the author of the argument")
    if found.restatement.hidden_at is not None:
        raise WrongState("restatement", "hidden by an instructor", "There is nothing to say of it any more.")
    if judge_restatement(db, restatement_id, fairness, at):
        raise_board(db, BoardKind.RESTATEMENT, restatement_id)
    return restated(db, guild_id=guild_id, restatement_id=restatement_id)


def restated(db: Database, *, guild_id: GuildId, restatement_id: RestatementId) -> Restated:
    """A restatement with its argument. Raises ``NotFound``."""
    found = find_restatement(db, restatement_id)
    if found is None:
        raise NotFound("restatement")
    return _restated(db, guild_id, found)


def waits_for_word(debate: Debate) -> timedelta:
    """How long one waits in the present stage for the word of an argument's author."""
    return wait_for_word(debate.course.planned.length)


def has_restated(
    db: Database, debate: Debate, argument_id: ArgumentId, learner_id: LearnerId, at: datetime
) -> bool:
    """Whether a learner may answer an argument that has to be restated first."""
    made = restatements_by(db, argument_id, learner_id)
    return may_answer(at, [(each.at, each.counts_as) for each in made], waits_for_word(debate))


def _restated(db: Database, guild_id: GuildId, restatement: Restatement) -> Restated:
    argument = _argument(db, guild_id, restatement.argument_id)
    return Restated(debate_of(db, guild_id, argument.debate_id), argument, restatement)


def _argument(db: Database, guild_id: GuildId, argument_id: ArgumentId) -> Argument:
    argument = find_argument(db, argument_id)
    if argument is None:
        raise NotFound("argument")
    debate_of(db, guild_id, argument.debate_id)
    return argument
