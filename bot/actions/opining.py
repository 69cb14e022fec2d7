"""What a person says to the statements of a class opinion, privately and one after the other."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.opinions import opinion_of
from bot.debate.opinion import Counts, Opinion, Statement, Vote, next_place, order_for
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, InteractionId, OpinionId, StatementId, UserId
from bot.store.boards import BoardKind, raise_board
from bot.store.learners import find_learner, learner_for
from bot.store.opinions import drop_votes_by, find_statement, save_vote, statement_at, votes_by


@dataclass(frozen=True, slots=True)
class AtStatement:
    """A statement to answer. ``place`` is where it stands in this person's order, from 0.

    ``standing`` is what the person has said to it, None for nothing yet; ``answered`` is how many statements have an
    answer; ``kept`` is the answer that has just been given, to the statement before.
    """

    opinion: Opinion
    statement: Statement
    place: int
    standing: Vote | None
    answered: int
    kept: Vote | None = None


@dataclass(frozen=True, slots=True)
class AllSaid:
    """Every statement has this person's answer; ``counts`` are how many of each."""

    opinion: Opinion
    counts: Counts
    kept: Vote | None = None


OwnPlace = AtStatement | AllSaid
"""Where a person goes on."""


def my_statement(
    db: Database,
    *,
    guild_id: GuildId,
    opinion_id: OpinionId,
    user_id: UserId,
    place: int | None = None,
    at: datetime,
) -> OwnPlace:
    """The statement at a place of one's own order, or where one goes on: the first without an answer, or the end.

    Raises ``NotFound``, or ``WrongState`` where it takes no answers (any more).
    """
    opinion = _open(db, guild_id, opinion_id, at)
    learner_id = find_learner(db, guild_id, user_id)
    votes = {} if learner_id is None else votes_by(db, opinion_id, learner_id)
    if place is None:
        place = next_place(order_for(opinion.seed, user_id, opinion.size), votes)
    return _shown(db, opinion, user_id, votes, place)


def give_opinion(
    db: Database,
    *,
    guild_id: GuildId,
    statement_id: StatementId,
    user_id: UserId,
    vote: Vote,
    interaction_id: InteractionId,
    at: datetime,
) -> OwnPlace:
    """Store what a person says to a statement, and give where they go on.

    It can be changed until the end. After a first answer comes the next statement that has none; after a change, the
    next one of one's own order. Raises ``NotFound`` or ``WrongState``.
    """
    found = find_statement(db, statement_id)
    if found is None:
        raise NotFound("statement")
    opinion_id, position = found
    opinion = _open(db, guild_id, opinion_id, at)
    learner_id = learner_for(db, guild_id, user_id, at)
    before = votes_by(db, opinion_id, learner_id)
    save_vote(db, statement_id, learner_id, vote, interaction_id, at)
    if not before:
        raise_board(db, BoardKind.OPINION, opinion_id)
    votes = votes_by(db, opinion_id, learner_id)
    order = order_for(opinion.seed, user_id, opinion.size)
    here = order.index(position)
    place = here + 1 if position in before else next_place(order, votes, here)
    return _shown(db, opinion, user_id, votes, place, votes[position])


def answers_given(
    db: Database, *, guild_id: GuildId, opinion_id: OpinionId, user_id: UserId, at: datetime
) -> int:
    """How many answers one could take out. Raises as ``my_statement``."""
    _open(db, guild_id, opinion_id, at)
    learner_id = find_learner(db, guild_id, user_id)
    return 0 if learner_id is None else len(votes_by(db, opinion_id, learner_id))


def take_answers_out(
    db: Database, *, guild_id: GuildId, opinion_id: OpinionId, user_id: UserId, at: datetime
) -> int:
    """Delete all that a person has said in an open class opinion, and give how many answers that were.

    They may answer anew until the end. Harmless when repeated. Raises as ``my_statement``: after the end the totals
    have been seen, and one vote less would show how its person voted.
    """
    _open(db, guild_id, opinion_id, at)
    learner_id = find_learner(db, guild_id, user_id)
    dropped = 0 if learner_id is None else drop_votes_by(db, opinion_id, learner_id)
    if dropped:
        raise_board(db, BoardKind.OPINION, opinion_id)
    return dropped


def _open(db: Database, guild_id: GuildId, opinion_id: OpinionId, at: datetime) -> Opinion:
    opinion = opinion_of(db, guild_id, opinion_id)
    if not opinion.takes_answers(at):
        raise WrongState("class opinion", "closed")
    return opinion


def _shown(
    db: Database,
    opinion: Opinion,
    user_id: UserId,
    votes: dict[int, Vote],
    place: int | None,
    kept: Vote | None = None,
) -> OwnPlace:
    order = order_for(opinion.seed, user_id, opinion.size)
    if place is not None and not 0 <= place < len(order):
        place = next_place(order, votes)
    if place is None:
        return AllSaid(opinion, Counter(votes.values()), kept)
    position = order[place]
    statement = statement_at(db, opinion.opinion_id, position)
    if statement is None:
        raise NotFound("statement")
    return AtStatement(opinion, statement, place, votes.get(position), len(votes), kept)
