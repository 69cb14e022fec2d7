"""What the messages of a debate show, read from the database. Changes nothing."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from bot.bank.question_set import SetInfo
from bot.debate.debate import Argument, Debate, StanceEvent
from bot.debate.participation import Contribution, Participation, participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Phase, Standing
from bot.debate.suppression import publishable
from bot.debate.swing import Swing, SwitchMatrix, measure_swing, switch_matrix
from bot.ids import ArgumentId, DebateId, UserId
from bot.store.debates import (
    argument_numbered,
    arguments_of,
    find_argument,
    find_debate,
    members_of,
    size_of,
    stances_of,
)
from bot.store.questions import revision_set_info
from bot.store.threads import message_counts


@dataclass(frozen=True, slots=True)
class MotionBoard:
    """The first message of a debate: the motion, and how many have joined, how many arguments there are."""

    debate: Debate
    info: SetInfo
    members: int
    arguments: int


@dataclass(frozen=True, slots=True)
class ArgumentBoard:
    """One argument in its thread; ``parent`` is the argument that it answers."""

    debate: Debate
    argument: Argument
    parent: Argument | None


@dataclass(frozen=True, slots=True)
class OutcomeBoard:
    """How a debate came out.

    ``voted_before`` and ``voted_after`` are everybody's votes; what is broken down counts only those who voted
    twice, else the difference of two breakdowns would tell on those who voted once. ``before`` and ``after``
    are None where showing the counts would tell on somebody. ``switches_shown`` says whether the matrix and the
    figure of ``swing`` may be shown: all of its rows or none, because the totals less some rows are the others.
    Without them ``after`` is not shown either: two totals side by side can force a row of the matrix.
    ``chatters`` posted ``messages`` in the thread beside arguments.
    """

    debate: Debate
    arguments: tuple[Argument, ...]
    participation: Participation
    voted_before: int
    voted_after: int
    before: Mapping[Standing, int] | None
    after: Mapping[Standing, int] | None
    swing: Swing
    switches_shown: bool
    messages: int
    chatters: int


def motion_board(db: Database, *, debate_id: DebateId) -> MotionBoard | None:
    """What the messages that open a debate show, or None."""
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    members, arguments = size_of(db, debate_id)
    return MotionBoard(debate, revision_set_info(db, debate.revision_id), members, arguments)


def argument_board(db: Database, *, argument_id: ArgumentId) -> ArgumentBoard | None:
    """What an argument's message shows, or None."""
    argument = find_argument(db, argument_id)
    debate = None if argument is None else find_debate(db, argument.debate_id)
    if argument is None or debate is None:
        return None
    number = argument.parent_number
    parent = None if number is None else argument_numbered(db, debate.debate_id, number)
    return ArgumentBoard(debate, argument, parent)


def outcome_board(db: Database, *, debate_id: DebateId) -> OutcomeBoard | None:
    """What the message at the end of a debate shows, or None.

    The bootstrap interval is drawn from the debate's stored seed: the same debate gives the same figure.
    """
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    arguments = tuple(arguments_of(db, debate_id))
    stances = stances_of(db, debate_id)
    before, after = _standings(stances, Phase.BEFORE), _standings(stances, Phase.AFTER)
    matrix = switch_matrix(before, after)
    shown = _may_show_switches(matrix)
    began = {origin: matrix.began(origin) for origin in VOTES}
    ended = {standing: matrix.ended(standing) for standing in VOTES}
    messages = message_counts(db, debate.thread_id)
    return OutcomeBoard(
        debate=debate,
        arguments=arguments,
        participation=participation(members_of(db, debate_id), _contributions(arguments)),
        voted_before=_votes(before),
        voted_after=_votes(after),
        before=began if publishable(began) else None,
        after=ended if shown and publishable(ended) else None,
        swing=measure_swing(matrix, random.Random(debate.seed)),
        switches_shown=shown,
        messages=sum(messages.values()),
        chatters=len(messages),
    )


def _may_show_switches(matrix: SwitchMatrix) -> bool:
    # The rows' sizes are the breakdown of before: if all began alike, a single row would say where.
    began = {origin: matrix.began(origin) for origin in VOTES}
    return publishable(began) and all(publishable(matrix.row(origin)) for origin in VOTES if began[origin])


def _standings(stances: list[StanceEvent], phase: Phase) -> dict[UserId, Standing]:
    return {event.user_id: event.stance.standing for event in stances if event.phase is phase}


def _votes(standings: Mapping[UserId, Standing]) -> int:
    return sum(1 for standing in standings.values() if standing in VOTES)


def _contributions(arguments: tuple[Argument, ...]) -> list[Contribution[UserId]]:
    sides: dict[int, Side] = {argument.number: argument.side for argument in arguments}
    return [
        Contribution(
            argument.user_id,
            argument.side,
            None if argument.parent_number is None else sides[argument.parent_number],
        )
        for argument in arguments
    ]
