"""People compare arguments of the two sides by their reasons; nobody sees who said what."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.debates import debate_of, going_on
from bot.actions.showing_arguments import argument_link, visible_arguments
from bot.debate.debate import Argument, Debate
from bot.debate.judging import Better, next_pair
from bot.debate.sides import Side
from bot.errors import NotAllowed, NotFound
from bot.ids import ArgumentId, ComparisonId, DebateId, GuildId, UserId
from bot.store.arguments import find_argument
from bot.store.comparisons import (
    Comparison,
    add_comparison,
    comparisons_by,
    find_comparison,
    judge_comparison,
    judged_in,
)
from bot.store.learners import learner_for


@dataclass(frozen=True, slots=True)
class Pair:
    """Two arguments to compare; ``judged`` is how many pairs the person has compared so far.

    The links are the paths of their messages, where they have one.
    """

    debate: Debate
    comparison_id: ComparisonId
    left: Argument
    right: Argument
    judged: int
    left_link: str | None = None
    right_link: str | None = None


@dataclass(frozen=True, slots=True)
class NoPair:
    """There is nothing (more) to compare for this person."""

    debate: Debate
    judged: int


def compare_next(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    user_id: UserId,
    rng: random.Random,
    at: datetime,
) -> Pair | NoPair:
    """A pair of arguments, one of either side and none of one's own: the one that still waits, or a new one.

    Raises ``NotFound``, or ``WrongState`` in a debate that does not go on.
    """
    debate = going_on(debate_of(db, guild_id, debate_id))
    learner_id = learner_for(db, guild_id, user_id, at)
    arguments = {each.argument_id: each for each in visible_arguments(db, debate) if each.user_id != user_id}
    made = comparisons_by(db, debate_id, learner_id)
    judged = sum(each.better is not None and each.better is not Better.SKIPPED for each in made)
    for each in made:
        if each.better is None and each.left in arguments and each.right in arguments:
            return _pair(db, debate, each.comparison_id, arguments[each.left], arguments[each.right], judged)
    counts: Counter[ArgumentId] = Counter()
    for _, comparison in judged_in(db, debate_id):
        counts.update((comparison.left, comparison.right))
    pair = next_pair(
        [key for key, each in arguments.items() if each.side is Side.FOR],
        [key for key, each in arguments.items() if each.side is Side.AGAINST],
        {frozenset((each.left, each.right)) for each in made},
        counts,
        rng,
    )
    if pair is None:
        return NoPair(debate, judged)
    left, right = pair
    comparison_id = add_comparison(db, debate_id, learner_id, left, right, at)
    return _pair(db, debate, comparison_id, arguments[left], arguments[right], judged)


def judge_pair(
    db: Database,
    *,
    guild_id: GuildId,
    comparison_id: ComparisonId,
    user_id: UserId,
    better: Better,
    rng: random.Random,
    at: datetime,
) -> Pair | NoPair:
    """Say which of a pair has the better reasons, once, and get the next pair.

    Raises ``NotFound``, ``NotAllowed`` for somebody else's pair, or ``WrongState``.
    """
    comparison = _comparison(db, comparison_id)
    going_on(debate_of(db, guild_id, comparison.debate_id))
    if comparison.user_id != user_id:
        raise NotAllowed("compare this pair", "the person whom it was shown to")
    judge_comparison(db, comparison_id, better, at)
    return compare_next(
        db, guild_id=guild_id, debate_id=comparison.debate_id, user_id=user_id, rng=rng, at=at
    )


def _pair(
    db: Database, debate: Debate, comparison_id: ComparisonId, left: Argument, right: Argument, judged: int
) -> Pair:
    links = (argument_link(db, debate, each) for each in (left, right))
    return Pair(debate, comparison_id, left, right, judged, *links)


def _comparison(db: Database, comparison_id: ComparisonId) -> Comparison:
    comparison = find_comparison(db, comparison_id)
    if comparison is None or find_argument(db, comparison.left) is None:
        raise NotFound("pair")
    return comparison
