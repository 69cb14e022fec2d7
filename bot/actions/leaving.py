"""Leaving a debate with everything that one wrote: what there is to delete, and deleting it for good."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.caucuses import keep_caucuses
from bot.actions.debate_figures import keep_figures
from bot.actions.debate_joining import Place, place_in_debate
from bot.actions.debate_sides import show_round
from bot.actions.debates import debate_of
from bot.actions.nudging import drop_nudges
from bot.debate.debate import Debate
from bot.errors import NotFound
from bot.ids import DebateId, GuildId, LearnerId, UserId
from bot.store.boards import BoardKind, raise_board
from bot.store.debaters import debater_of, set_left, set_named, set_wish
from bot.store.learners import find_learner
from bot.store.statements import newest_statement
from bot.store.traces import Traces as Traces
from bot.store.traces import delete_traces, traces_of, words_shown


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody would delete, before they do; ``has_statement``: there is a joint statement, which stays."""

    debate: Debate
    traces: Traces
    has_statement: bool = False


def look_before_leaving(db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> Leaving:
    """What a person would delete. Raises ``NotFound`` for one who has not joined."""
    debate, learner_id = _mine(db, guild_id, debate_id, user_id)
    traces = traces_of(db, debate_id, debate.thread_id, learner_id)
    return Leaving(debate, traces, has_statement=newest_statement(db, debate_id) is not None)


def leave_and_delete(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Place:
    """Leave a debate, open or closed, and delete what one wrote and voted in it. Harmless when repeated.

    Arguments become empty ones that were withdrawn: what answers them keeps its place. Counts that an outcome has shown
    stay as they were shown, and cards of the bank that they posted stay without their name. Raises as
    ``look_before_leaving``.
    """
    debate, learner_id = _mine(db, guild_id, debate_id, user_id)
    if debate.close_reason is not None and debate.close_reason.has_outcome:
        keep_figures(db, debate, at)
    shown = words_shown(db, debate_id, debate.thread_id, learner_id)
    delete_traces(db, debate_id, debate.thread_id, learner_id, user_id, at)
    me = debater_of(db, debate_id, learner_id)
    if me is not None and me.takes_part:
        set_left(db, debate_id, learner_id, at)
        if me.side is not None:
            keep_caucuses(db, debate)
        show_round(db, debate)
    set_named(db, debate_id, learner_id, named=False)
    set_wish(db, debate_id, learner_id, None)
    drop_nudges(db, debate_id=debate_id, learner_id=learner_id, at=at)
    for argument_id in shown.arguments:
        raise_board(db, BoardKind.ARGUMENT, argument_id)
    for restatement_id in shown.restatements:
        raise_board(db, BoardKind.RESTATEMENT, restatement_id)
    for citation_id in shown.citations:
        raise_board(db, BoardKind.CITATION, citation_id)
    for kind in (BoardKind.MOTION, BoardKind.MAP, BoardKind.STATEMENT, BoardKind.OUTCOME):
        raise_board(db, kind, debate_id)
    return place_in_debate(db, guild_id=guild_id, debate_id=debate_id, user_id=user_id)


def _mine(db: Database, guild_id: GuildId, debate_id: DebateId, user_id: UserId) -> tuple[Debate, LearnerId]:
    debate = debate_of(db, guild_id, debate_id)
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None or debater_of(db, debate_id, learner_id) is None:
        raise NotFound("place in this debate")
    return debate, learner_id
