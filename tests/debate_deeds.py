"""What people do with arguments in tests of the actions, beside what ``debate_class`` has."""

from collections.abc import Sequence

from bot.actions.arguing import ArgumentDraft, add_argument
from bot.actions.boards import BoardKind, waiting_boards
from bot.actions.own_arguments import OwnArgument, own_argument, revise_argument, withdraw_argument
from bot.debate.argument import Relation
from bot.debate.debate import Argument
from bot.debate.formats import Format, Stage
from bot.debate.options import NO_DEBATE_OPTIONS, DebateOptions
from bot.debate.sides import Side
from bot.ids import InteractionId, UserId
from tests.classroom import ANNA, BEN, GUILD, Classroom
from tests.debate_class import DebateClass, debate_in

Pair = tuple[UserId, UserId]


def two_sides(
    room: Classroom,
    stage: Stage = Stage.REBUTTAL,
    *,
    format: Format = Format.OXFORD,
    options: DebateOptions = NO_DEBATE_OPTIONS,
) -> tuple[DebateClass, UserId, UserId]:
    """A debate at a stage, with Anna and Ben on its two sides: it, who argues for, and who argues against."""
    debate = debate_in(room, format=format, options=options)
    debate.join(ANNA, BEN)
    debate.go_to(stage)
    on_for, on_against = sorted((ANNA, BEN), key=lambda each: debate.sides()[each] is not Side.FOR)
    return debate, on_for, on_against


def answer(
    debate: DebateClass,
    user_id: UserId,
    parent: Argument,
    relation: Relation | None = None,
    *,
    claim: str = "No.",
    written_for: Side | None = None,
) -> Argument:
    """Answer an argument, as one who filled in the form for it."""
    return debate.room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        draft=ArgumentDraft(
            claim,
            "A survey.",
            "It shows so.",
            str(parent.number),
            "" if relation is None else relation.value,
            side="against",
        ),
        written_for=written_for,
        interaction_id=debate.room.click(),
        at=debate.room.now,
    )


def own(debate: DebateClass, argument: Argument) -> OwnArgument:
    """An argument as its author sees it."""
    return own_argument(
        debate.room.db, guild_id=GUILD, argument_id=argument.argument_id, user_id=argument.user_id
    )


def withdraw(
    debate: DebateClass, argument: Argument, *, withdrawn: bool = True, user_id: UserId | None = None
) -> OwnArgument:
    """Withdraw an argument, or put it back."""
    return debate.room.do(
        withdraw_argument,
        guild_id=GUILD,
        argument_id=argument.argument_id,
        user_id=user_id or argument.user_id,
        withdrawn=withdrawn,
        at=debate.room.now,
    )


def revise(
    debate: DebateClass,
    argument: Argument,
    claim: str,
    *,
    user_id: UserId | None = None,
    interaction_id: InteractionId | None = None,
) -> OwnArgument:
    """Give an argument another claim."""
    return debate.room.do(
        revise_argument,
        guild_id=GUILD,
        argument_id=argument.argument_id,
        user_id=user_id or argument.user_id,
        claim=claim,
        evidence=argument.text.evidence,
        reasoning=argument.text.reasoning,
        interaction_id=interaction_id or debate.room.click(),
        at=debate.room.now,
    )


def to_show(room: Classroom, kind: BoardKind) -> Sequence[int]:
    """What the messages of a kind that wait to be shown are about."""
    return [board.subject_id for board in waiting_boards(room.db) if board.kind is kind]
