"""Looking up debates for whoever acts on one. Changes nothing."""

from sqlite_utils import Database

from bot.bank.kinds.claim import Claim
from bot.debate.debate import Debate, DebateState
from bot.errors import NotFound, WrongState
from bot.ids import ChannelId, DebateId, GuildId, RevisionId
from bot.store.debates import debate_in_thread, find_debate, newest_debates, open_debates
from bot.store.questions import revision_item, revision_set

MOST_HELD = 100


def debatable(db: Database, *, guild_id: GuildId, revision_id: RevisionId) -> Claim:
    """The claim of that revision, if the server may use it. Raises ``NotFound``."""
    owner = revision_set(db, revision_id)
    item = None if owner not in (0, guild_id) else revision_item(db, revision_id)
    if not isinstance(item, Claim):
        raise NotFound("claim")
    return item


def debates_open(db: Database, *, guild_id: GuildId) -> list[Debate]:
    """The server's debates that are not closed, the newest first."""
    return open_debates(db, guild_id)


def debates_held(db: Database, *, guild_id: GuildId) -> list[Debate]:
    """The server's debates, closed ones too, the newest first: as many as somebody may look for."""
    return newest_debates(db, guild_id, MOST_HELD)


def held_debate(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> Debate:
    """A debate of the server by its id, open or closed. Raises ``NotFound``."""
    return debate_of(db, guild_id, debate_id)


def debate_here(db: Database, *, guild_id: GuildId, thread_id: ChannelId) -> Debate | None:
    """The debate that is held in this thread, or None."""
    debate = debate_in_thread(db, thread_id)
    return debate if debate is not None and debate.guild_id == guild_id else None


def debate_of(db: Database, guild_id: GuildId, debate_id: DebateId) -> Debate:
    """The debate of this server. Raises ``NotFound`` for any other."""
    debate = find_debate(db, debate_id)
    if debate is None or debate.guild_id != guild_id:
        raise NotFound("debate")
    return debate


def going_on(debate: Debate) -> Debate:
    """The debate, unless it is closed or paused: then raises ``WrongState``."""
    if debate.state is not DebateState.OPEN:
        raise WrongState("debate", debate.state.value)
    return debate
