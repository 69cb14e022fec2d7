"""What the messages of a debate show, read from the database. Changes nothing."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bot.actions.debates import debate_of
from bot.bank.question_set import SetInfo
from bot.debate.argument_map import Placed, argument_tree, unanswered
from bot.debate.debate import Argument, Debate, Debater, StageRecord, StanceEvent
from bot.debate.formats import Stage
from bot.debate.judging import FEWEST_COMPARISONS, Judged, Strength, bradley_terry
from bot.debate.knowledge import KnowledgeShift, knowledge_and_shift
from bot.debate.participation import (
    Contribution,
    Participation,
    contribution_counts,
    is_uneven,
    participation,
)
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Phase, Standing
from bot.debate.suppression import publishable
from bot.debate.swing import Swing, SwitchMatrix, measure_swing, switch_matrix
from bot.ids import ArgumentId, DebateId, GuildId, StageId, UserId
from bot.store.answers import scores_of_runs
from bot.store.arguments import argument_numbered, arguments_of, find_argument, size_of
from bot.store.comparisons import judged_in
from bot.store.debaters import debaters_of
from bot.store.debates import find_debate, find_stage, stage_now
from bot.store.questions import revision_set_info
from bot.store.stances import stances_of
from bot.store.statements import StatementVersion, newest_statement
from bot.store.threads import message_counts

MOST_BEST = 3
"""So many arguments of either side are named for their reasons."""


@dataclass(frozen=True, slots=True)
class MotionBoard:
    """The first message of a debate: the motion, and how many have joined, how many arguments there are.

    ``info`` is that of the claim's set; None for a motion that was typed.
    """

    debate: Debate
    info: SetInfo | None
    members: int
    arguments: int


@dataclass(frozen=True, slots=True)
class DebateStatus:
    """Where a debate is, for its instructor: how many take part, on which side, and what they have given.

    ``before`` and ``after`` count stances; which they are stays private.
    """

    debate: Debate
    members: int
    by_side: Mapping[Side, int]
    without_side: int
    arguments: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MapBoard:
    """The arguments of a debate as two trees, and those that nobody of the other side has answered."""

    debate: Debate
    trees: Mapping[Side, tuple[Placed, ...]]
    unanswered: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class StageBoard:
    """The message of a stage: what people do in it, and until when; once it has ended, that it has."""

    debate: Debate
    stage: StageRecord


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
    ``chatters`` posted ``messages`` in the thread beside arguments. ``uneven`` says that taking part was spread more
    unevenly than chance explains. ``best`` are the arguments of either side that were judged to have the best reasons,
    by ``judges`` people in ``comparisons`` pairs. ``knowledge`` is there where the knowledge gate was used.
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
    uneven: bool
    best: Mapping[Side, tuple[tuple[Argument, Strength[ArgumentId]], ...]]
    comparisons: int
    judges: int
    knowledge: KnowledgeShift | None
    statement: StatementVersion | None


def motion_board(db: Database, *, debate_id: DebateId) -> MotionBoard | None:
    """What the messages that open a debate show, or None."""
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    members, arguments = size_of(db, debate_id)
    info = None if debate.revision_id is None else revision_set_info(db, debate.revision_id)
    return MotionBoard(debate, info, members, arguments)


def debate_status(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> DebateStatus:
    """Where a debate is. Raises ``NotFound``."""
    debate = debate_of(db, guild_id, debate_id)
    _, arguments = size_of(db, debate_id)
    present = [each for each in debaters_of(db, debate_id) if each.takes_part]
    stances = stances_of(db, debate_id)
    return DebateStatus(
        debate=debate,
        members=len(present),
        by_side={side: sum(each.side is side for each in present) for side in Side},
        without_side=sum(each.side is None for each in present),
        arguments=arguments,
        before=len(_standings(stances, Phase.BEFORE)),
        after=len(_standings(stances, Phase.AFTER)),
    )


def debate_map(db: Database, *, debate_id: DebateId) -> MapBoard | None:
    """What the map of a debate shows, or None. Openings that are hidden are not on it yet."""
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    arguments = arguments_of(db, debate_id)
    stage = stage_now(db, debate_id)
    if debate.options.hide_openings and debate.stage is Stage.OPENING and stage is not None:
        arguments = [each for each in arguments if each.stage_id != stage.stage_id]
    trees = {side: tuple(argument_tree(arguments, side)) for side in Side}
    return MapBoard(debate, trees, tuple(unanswered(arguments)))


def stage_board(db: Database, *, stage_id: StageId) -> StageBoard | None:
    """What the message of a stage shows, or None."""
    stage = find_stage(db, stage_id)
    debate = None if stage is None else find_debate(db, stage.debate_id)
    return None if stage is None or debate is None else StageBoard(debate, stage)


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
    arguments = tuple(each for each in arguments_of(db, debate_id) if each.stands)
    stances = stances_of(db, debate_id)
    before, after = _standings(stances, Phase.BEFORE), _standings(stances, Phase.AFTER)
    matrix = switch_matrix(before, after)
    shown = _may_show_switches(matrix)
    began = {origin: matrix.began(origin) for origin in VOTES}
    ended = {standing: matrix.ended(standing) for standing in VOTES}
    messages = message_counts(db, debate.thread_id)
    present = [each for each in debaters_of(db, debate_id) if each.takes_part]
    judged = judged_in(db, debate_id)
    contributions = _contributions(arguments)
    return OutcomeBoard(
        debate=debate,
        arguments=arguments,
        participation=participation(
            [each.user_id for each in debaters_of(db, debate_id) if each.takes_part],
            _contributions(arguments),
        ),
        voted_before=_votes(before),
        voted_after=_votes(after),
        before=began if publishable(began) else None,
        after=ended if shown and publishable(ended) else None,
        swing=measure_swing(matrix, random.Random(debate.seed)),
        switches_shown=shown,
        messages=sum(messages.values()),
        chatters=len(messages),
        uneven=is_uneven(
            list(contribution_counts([each.user_id for each in present], contributions).values()),
            random.Random(debate.seed),
        ),
        best=_best(arguments, [each for _, each in judged]),
        comparisons=len(judged),
        judges=len({user_id for user_id, _ in judged}),
        knowledge=_knowledge(db, present, before, after) if debate.options.gate else None,
        statement=newest_statement(db, debate_id),
    )


def _best(
    arguments: Sequence[Argument], judged: Sequence[Judged[ArgumentId]]
) -> dict[Side, tuple[tuple[Argument, Strength[ArgumentId]], ...]]:
    by_id = {each.argument_id: each for each in arguments}
    strengths = bradley_terry(judged)
    return {
        side: tuple(
            (by_id[each.key], each)
            for each in strengths
            if each.comparisons >= FEWEST_COMPARISONS and each.key in by_id and by_id[each.key].side is side
        )[:MOST_BEST]
        for side in Side
    }


def _knowledge(
    db: Database,
    present: Sequence[Debater],
    before: Mapping[UserId, Standing],
    after: Mapping[UserId, Standing],
) -> KnowledgeShift:
    scores = scores_of_runs(db, [each.gate_run_id for each in present if each.gate_run_id is not None])
    return knowledge_and_shift(
        [
            (scores[each.gate_run_id], before[each.user_id] is not after[each.user_id])
            for each in present
            if each.gate_run_id is not None
            and before.get(each.user_id) in VOTES
            and after.get(each.user_id) in VOTES
        ]
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
    # An argument whose parent was withdrawn answers nothing that still stands.
    sides: dict[int, Side] = {argument.number: argument.side for argument in arguments}
    return [
        Contribution(
            argument.user_id,
            argument.side,
            None if argument.parent_number is None else sides.get(argument.parent_number),
        )
        for argument in arguments
    ]
