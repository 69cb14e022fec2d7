"""What people see of the arguments: openings that are hidden while all write theirs, the map, showing one anew."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.debates import debate_of
from bot.debate.debate import Argument, Debate, DebateState
from bot.debate.formats import Stage
from bot.errors import NotAllowed, WrongState
from bot.ids import DebateId, GuildId, LearnerId, UserId
from bot.store.arguments import (
    answers_to,
    arguments_of,
    count_in_stage,
    size_of,
)
from bot.store.boards import BoardKind, board_for, create_board, post_anew, raise_arguments, raise_board
from bot.store.debaters import has_seen_openings, set_openings_seen
from bot.store.debates import stage_now
from bot.store.learners import find_learner
from bot.store.restatements import restatements_of

MOST_SHOWN_ANEW = 60
"""Discord takes about one edit a second in a channel. Of more arguments than this, each keeps its buttons when a stage
takes no more answers, and they say so. Where answers begin, there are openings only: all of them are shown anew."""


def show_hidden(db: Database, debate: Debate, at: datetime) -> None:
    """Post the openings that were hidden while people wrote theirs; those that do not stand are left out."""
    stage = stage_now(db, debate.debate_id)
    if stage is None or not debate.hides_arguments:
        return
    hidden = [
        each for each in arguments_of(db, debate.debate_id) if each.stands and each.stage_id == stage.stage_id
    ]
    for each in hidden:
        create_board(db, BoardKind.ARGUMENT, each.argument_id, debate.guild_id, debate.thread_id, at)
    if hidden:
        show_map(db, debate, at)


def openings(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> list[Argument]:
    """The openings so far, for one whose own is in; while they are hidden from others, one's own stay from then on.

    Raises ``NotFound``, or ``NotAllowed`` for one whose own is not in.
    """
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    stage = stage_now(db, debate_id)
    if stage is None or debate.stage is not Stage.OPENING:
        raise NotAllowed("see openings here", "people in the openings of a debate")
    if learner_id is None or not count_in_stage(db, stage.stage_id, learner_id):
        raise NotAllowed(
            "see the others' openings before this stage ends", "those who have added an opening of their own"
        )
    if debate.hides_arguments:
        set_openings_seen(db, debate_id, learner_id, at)
    return [each for each in arguments_of(db, debate_id) if each.stands and each.stage_id == stage.stage_id]


def refuse_after_looking(db: Database, debate: Debate, learner_id: LearnerId | None) -> None:
    """Raise ``WrongState`` for one who has seen the hidden openings: theirs would not be their own any more."""
    if (
        debate.hides_arguments
        and learner_id is not None
        and has_seen_openings(db, debate.debate_id, learner_id)
    ):
        raise WrongState(
            "set of your openings",
            "complete since you have seen those of others",
            "Answers come in the next stage.",
        )


def visible_arguments(db: Database, debate: Debate) -> list[Argument]:
    """The arguments that everybody may see and that stand, by number; not openings that are still hidden."""
    stage = stage_now(db, debate.debate_id)
    hidden = stage.stage_id if stage is not None and debate.hides_arguments else None
    return [
        each
        for each in arguments_of(db, debate.debate_id)
        if each.stands and (hidden is None or each.stage_id != hidden)
    ]


def show_map(db: Database, debate: Debate, at: datetime) -> None:
    """Show the map of the debate, or show it anew."""
    if board_for(db, BoardKind.MAP, debate.debate_id) is None:
        create_board(db, BoardKind.MAP, debate.debate_id, debate.guild_id, debate.thread_id, at)
    else:
        raise_board(db, BoardKind.MAP, debate.debate_id)


def show_doors(db: Database, before: Debate, after: Debate) -> None:
    """Show the arguments of a debate anew where what can be done below them has changed with its stage."""
    begins = after.takes_answers and not before.takes_answers
    if begins:
        raise_board(db, BoardKind.MAP, after.debate_id)  # it names what is not challenged from now on
    if begins or (_doors(before) != _doors(after) and size_of(db, after.debate_id)[1] <= MOST_SHOWN_ANEW):
        raise_arguments(db, after.debate_id)


def _doors(debate: Debate) -> tuple[bool, bool]:
    return debate.takes_answers, debate.takes_stance_after and debate.state is not DebateState.CLOSED


def openings_hidden(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> bool:
    """Whether openings are kept from the others in a debate now. Raises ``NotFound``."""
    return debate_of(db, guild_id, debate_id).hides_arguments


def argument_link(db: Database, debate: Debate, argument: Argument) -> str | None:
    """The path of an argument's message, ``server/thread/message``; None where it has none yet."""
    board = board_for(db, BoardKind.ARGUMENT, argument.argument_id)
    if board is None or board.message_id is None:
        return None
    return f"{debate.guild_id}/{board.channel_id}/{board.message_id}"


def show_anew(db: Database, argument: Argument) -> None:
    """Show an argument anew, and those that answer it: they quote it."""
    for argument_id in (argument.argument_id, *answers_to(db, argument.argument_id)):
        raise_board(db, BoardKind.ARGUMENT, argument_id)
    raise_board(db, BoardKind.MOTION, argument.debate_id)
    raise_board(db, BoardKind.MAP, argument.debate_id)
    raise_board(db, BoardKind.OUTCOME, argument.debate_id)


def show_whether_it_stands(db: Database, argument: Argument) -> None:
    """As ``show_anew``, and with it what restates the argument: that says whether it stands."""
    show_anew(db, argument)
    for restatement_id in restatements_of(db, argument.argument_id):
        raise_board(db, BoardKind.RESTATEMENT, restatement_id)


def post_if_missing(db: Database, debate: Debate, argument: Argument, at: datetime) -> None:
    """Post an argument that stands again and is not in the thread.

    It did not stand when the openings came into the thread, or its message was deleted while it did not.
    """
    if board_for(db, BoardKind.ARGUMENT, argument.argument_id) is None:
        create_board(db, BoardKind.ARGUMENT, argument.argument_id, debate.guild_id, debate.thread_id, at)
        show_map(db, debate, at)
    else:
        post_anew(db, BoardKind.ARGUMENT, argument.argument_id)
