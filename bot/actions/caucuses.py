"""Private threads for the sides of a debate, where the server allows them: only those of a side are let in."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.debate.debate import Debate, DebateState
from bot.debate.sides import Side
from bot.ids import ChannelId, LearnerId
from bot.store.caucuses import Caucus as Caucus
from bot.store.caucuses import (
    People,
    ask_for_caucus,
    caucus_done,
    caucus_thread,
    caucuses_of,
    to_let_in,
    to_take_out,
    waiting_caucuses,
    was_let_in,
    was_taken_out,
)
from bot.store.debates import find_debate
from bot.store.notices import NoticeKind, add_notice


@dataclass(frozen=True, slots=True)
class CaucusWork:
    """What is to be done for the thread of a side; it lies in the debate's channel.

    When the debate is over nobody is let in any more, and the thread is put away.
    """

    caucus: Caucus
    debate: Debate
    let_in: People
    take_out: People

    @property
    def over(self) -> bool:
        """Whether the debate is."""
        return self.debate.state is DebateState.CLOSED


def keep_caucuses(db: Database, debate: Debate) -> None:
    """Ask for a look at the threads of both sides, where the debate has them; none is asked for after its end."""
    if not debate.options.caucus or not debate.format.has_sides:
        return
    asked_for = {each.side for each in caucuses_of(db, debate.debate_id)}
    for side in asked_for if debate.state is DebateState.CLOSED else Side:
        ask_for_caucus(db, debate.debate_id, side)


def caucuses_to_keep(db: Database) -> list[CaucusWork]:
    """The threads for which there may be something to do."""
    work: list[CaucusWork] = []
    for caucus in waiting_caucuses(db):
        debate = find_debate(db, caucus.debate_id)
        if debate is not None:
            let_in = () if debate.state is DebateState.CLOSED else to_let_in(db, caucus)
            work.append(CaucusWork(caucus, debate, let_in, to_take_out(db, caucus)))
    return work


def caucus_made(db: Database, *, caucus: Caucus, thread_id: ChannelId) -> None:
    """Note that the thread of a side has been made."""
    caucus_thread(db, caucus, thread_id)


def let_into_caucus(db: Database, *, caucus: Caucus, learner_id: LearnerId) -> None:
    """Note that somebody has been let in, or is not there to be."""
    was_let_in(db, caucus, learner_id)


def taken_out_of_caucus(db: Database, *, caucus: Caucus, learner_id: LearnerId) -> None:
    """Note that somebody who left the debate has been taken out."""
    was_taken_out(db, caucus, learner_id)


def caucus_kept(db: Database, *, caucus: Caucus) -> None:
    """Note that a thread is as it should be."""
    caucus_done(db, caucus, None)


def caucus_not_kept(db: Database, *, caucus: Caucus, missing: str, at: datetime) -> None:
    """A thread cannot be made or kept: the debate goes on without, and its host is told once, unless it is over."""
    told = any(each.problem is not None for each in caucuses_of(db, caucus.debate_id))
    caucus_done(db, caucus, missing)
    debate = find_debate(db, caucus.debate_id)
    if debate is not None and debate.state is not DebateState.CLOSED and not told:
        kind = NoticeKind.DEBATE_WITHOUT_CAUCUS
        add_notice(db, debate.guild_id, debate.opened_by, kind, debate.debate_id, missing, at)
