"""What the messages of a debate show, read from the database. Changes nothing."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bot.actions.debate_figures import figures_of, standings_in
from bot.actions.debate_sides import speakers_in, waits_at_gate
from bot.actions.debates import debate_of
from bot.actions.named_cards import EvidenceCard, cards_shown
from bot.bank.question_set import SetInfo
from bot.debate.argument_map import Placed, argument_tree, unchallenged
from bot.debate.debate import Argument, Debate, StageRecord
from bot.debate.formats import Stage
from bot.debate.judging import Strength
from bot.debate.knowledge import KnowledgeShift
from bot.debate.participation import (
    Contribution,
    Participation,
    contribution_counts,
    is_uneven,
    participation,
)
from bot.debate.sides import Side
from bot.debate.stance import Phase, Standing
from bot.debate.suppression import tells_on_nobody
from bot.debate.swing import Swing
from bot.errors import NotFound
from bot.ids import ArgumentId, DebateId, GuildId, StageId, UserId
from bot.store.argument_cards import argument_cards
from bot.store.arguments import argument_numbered, arguments_of, find_argument, size_of
from bot.store.boards import BoardKind, is_lost
from bot.store.debaters import debaters_of
from bot.store.debates import find_debate, find_stage, stage_now
from bot.store.message_reports import messages_reported_in
from bot.store.questions import revision_set_info
from bot.store.stances import stances_of
from bot.store.statements import StatementVersion, newest_statement
from bot.store.threads import message_counts


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

    ``before`` and ``after`` count stances; which they are stays private. ``by_side`` is None where sides tell of
    stances and those counts would tell on somebody. Of those ``without_side``, so many are still ``at_gate``.
    ``reported`` messages wait in the inbox.
    """

    debate: Debate
    members: int
    by_side: Mapping[Side, int] | None
    without_side: int
    arguments: int
    before: int
    after: int
    reported: int = 0
    outcome_lost: bool = False
    at_gate: int = 0


@dataclass(frozen=True, slots=True)
class MapBoard:
    """The arguments of a debate as two trees, and those that nobody has challenged."""

    debate: Debate
    trees: Mapping[Side, tuple[Placed, ...]]
    unchallenged: tuple[Argument, ...]

    @property
    def names_unchallenged(self) -> bool:
        """Whether to say what is not challenged: nobody can challenge anything while openings are written."""
        return self.debate.stage is not Stage.OPENING


@dataclass(frozen=True, slots=True)
class StageBoard:
    """The message of a stage: what people do in it, and until when; once it has ended, that it has.

    ``speakers`` are those whose round of a fishbowl it is; empty in other stages, and where the round is everybody's.
    """

    debate: Debate
    stage: StageRecord
    speakers: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True)
class ArgumentBoard:
    """One argument in its thread; ``parent`` is the argument that it answers, ``cards`` are those that it rests on."""

    debate: Debate
    argument: Argument
    parent: Argument | None
    cards: tuple[EvidenceCard, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeBoard:
    """How a debate came out.

    ``voted_before`` and ``voted_after`` are everybody's votes; what is broken down counts only those who voted
    twice, else the difference of two breakdowns would tell on those who voted once. ``before`` and ``after``
    are None where showing the counts would tell on somebody. ``switches_shown`` says whether the matrix and the
    figure of ``swing`` may be shown: all of its rows or none, because the totals less some rows are the others.
    Without them ``after`` is not shown either: two totals side by side can force a row of the matrix.
    ``declined_before`` and ``declined_after`` would rather not say; 0 where showing how many would tell on somebody.
    ``chatters`` posted ``messages`` in the thread beside arguments. ``uneven`` says that taking part was spread more
    unevenly than chance explains. ``best`` are the arguments that stand out among those of their own side for their
    reasons, judged by ``judges`` people in ``comparisons`` pairs. ``knowledge`` is there where the knowledge gate was
    used.
    """

    debate: Debate
    arguments: tuple[Argument, ...]
    participation: Participation
    voted_before: int
    voted_after: int
    declined_before: int
    declined_after: int
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
    by_side = {side: sum(each.side is side for each in present) for side in Side}
    withheld = debate.sides_tell and any(by_side.values()) and not tells_on_nobody(by_side.values())
    return DebateStatus(
        debate=debate,
        members=len(present),
        by_side=None if withheld else by_side,
        without_side=sum(each.side is None for each in present),
        arguments=arguments,
        before=len(standings_in(stances, Phase.BEFORE)),
        after=len(standings_in(stances, Phase.AFTER)),
        reported=messages_reported_in(db, debate_id),
        outcome_lost=is_lost(db, BoardKind.OUTCOME, debate_id),
        at_gate=sum(waits_at_gate(debate, each) for each in present),
    )


def debate_map(db: Database, *, debate_id: DebateId) -> MapBoard | None:
    """What the map of a debate shows, or None. Openings that are hidden are not on it yet."""
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    arguments = arguments_of(db, debate_id)
    stage = stage_now(db, debate_id)
    if debate.hides_arguments and stage is not None:
        arguments = [each for each in arguments if each.stage_id != stage.stage_id]
    trees = {side: tuple(argument_tree(arguments, side)) for side in Side}
    return MapBoard(debate, trees, tuple(unchallenged(arguments)))


def whole_map(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> MapBoard:
    """The map of a debate for somebody who wants to see all of it. Raises ``NotFound``."""
    debate_of(db, guild_id, debate_id)
    board = debate_map(db, debate_id=debate_id)
    if board is None:
        raise NotFound("debate")
    return board


def stage_board(db: Database, *, stage_id: StageId) -> StageBoard | None:
    """What the message of a stage shows, or None."""
    stage = find_stage(db, stage_id)
    debate = None if stage is None else find_debate(db, stage.debate_id)
    if stage is None or debate is None:
        return None
    of_a_round = stage.stage is Stage.FISHBOWL and stage.ended_at is None
    speakers = speakers_in(db, debate, stage.position) if of_a_round else []
    return StageBoard(debate, stage, tuple(each.user_id for each in speakers))


def argument_board(db: Database, *, argument_id: ArgumentId) -> ArgumentBoard | None:
    """What an argument's message shows, or None."""
    argument = find_argument(db, argument_id)
    debate = None if argument is None else find_debate(db, argument.debate_id)
    if argument is None or debate is None:
        return None
    number = argument.parent_number
    parent = None if number is None else argument_numbered(db, debate.debate_id, number)
    cards = cards_shown(db, debate.guild_id, argument_cards(db, argument_id)) if argument.stands else ()
    return ArgumentBoard(debate, argument, parent, cards)


def outcome_board(db: Database, *, debate_id: DebateId) -> OutcomeBoard | None:
    """What the message at the end of a debate shows, or None.

    The figures of votes are those of the moment at which the debate was closed.
    """
    debate = find_debate(db, debate_id)
    if debate is None:
        return None
    arguments = tuple(each for each in arguments_of(db, debate_id) if each.stands)
    messages = message_counts(db, debate.thread_id)
    present = [each.user_id for each in debaters_of(db, debate_id) if each.takes_part]
    contributions = _contributions(arguments)
    figures = figures_of(db, debate)
    return OutcomeBoard(
        debate=debate,
        arguments=arguments,
        participation=participation(present, contributions),
        voted_before=figures.voted_before,
        voted_after=figures.voted_after,
        declined_before=figures.declined_before,
        declined_after=figures.declined_after,
        before=figures.before,
        after=figures.after,
        swing=figures.swing,
        switches_shown=figures.switches_shown,
        messages=sum(messages.values()),
        chatters=len(messages),
        uneven=is_uneven(
            list(contribution_counts(present, contributions).values()), random.Random(debate.seed)
        ),
        best=_best(arguments, figures.best),
        comparisons=figures.comparisons,
        judges=figures.judges,
        knowledge=figures.knowledge,
        statement=newest_statement(db, debate_id),
    )


def _best(
    arguments: Sequence[Argument], strengths: Sequence[Strength[ArgumentId]]
) -> dict[Side, tuple[tuple[Argument, Strength[ArgumentId]], ...]]:
    by_id = {each.argument_id: each for each in arguments}
    named = [(by_id[each.key], each) for each in strengths if each.key in by_id]
    return {side: tuple(pair for pair in named if pair[0].side is side) for side in Side}


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
