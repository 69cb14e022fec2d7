"""How the thread of a debate should be, and what is done where the bot may not make it so.

Discord takes no presses on buttons in a locked thread, not even from those who manage the server. So the thread is
locked only where nobody is meant to press anything: while the debate rests, and after it.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.debate.debate import Debate, DebateState
from bot.debate.formats import Stage
from bot.ids import ChannelId
from bot.store.debates import debate_in_thread
from bot.store.notices import NoticeKind, add_notice
from bot.store.thread_wishes import ThreadWish as ThreadWish
from bot.store.thread_wishes import find_wish, waiting_wishes, wish_done, wish_for

CLOSED_TAG = "closed"
DEBATE_TAGS = frozenset({*(stage.value for stage in Stage), CLOSED_TAG})
"""The tags that a debate's post in a forum has one after the other, as far as the forum has tags of these names."""


def keep_thread(db: Database, debate: Debate) -> None:
    """Say how the debate's thread should be, as the debate stands now."""
    wish_for(
        db,
        debate.thread_id,
        debate.guild_id,
        locked=debate.state is not DebateState.OPEN,
        slowmode=0 if debate.state is DebateState.CLOSED else debate.options.slowmode,
        tag=CLOSED_TAG if debate.state is DebateState.CLOSED else debate.stage.value,
    )


def threads_to_keep(db: Database) -> list[ThreadWish]:
    """The threads that are not known to be as they should."""
    return waiting_wishes(db)


def thread_kept(db: Database, *, thread_id: ChannelId, revision: int) -> None:
    """Note that a thread is as it should be."""
    wish_done(db, thread_id, revision, None)


def thread_not_kept(db: Database, *, thread_id: ChannelId, revision: int, missing: str, at: datetime) -> None:
    """A thread cannot be made as it should be: the debate goes on all the same, and its host is told once."""
    before = find_wish(db, thread_id)
    wish_done(db, thread_id, revision, missing)
    debate = debate_in_thread(db, thread_id)
    if debate is not None and (before is None or before.problem is None):
        add_notice(
            db,
            debate.guild_id,
            debate.opened_by,
            NoticeKind.DEBATE_THREAD_NOT_KEPT,
            debate.debate_id,
            missing,
            at,
        )
