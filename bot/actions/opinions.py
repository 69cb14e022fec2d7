"""A class opinion from its host's side: a draft to look at, posting it, closing it. What people say is ``opining``."""

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.bank.kinds.claim import Claim
from bot.debate.opinion import (
    MOST_STATEMENTS,
    Opinion,
    OpinionEnd,
    OpinionState,
    Statement,
    pages,
    proposed,
)
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, GuildId, OpinionId, RevisionId, SetId, UserId
from bot.store.boards import BoardKind, create_board, raise_board, revive_boards
from bot.store.opinions import (
    close_opinion_row,
    create_draft,
    drop_draft,
    drop_old_drafts,
    find_opinion,
    open_opinions,
    post_draft,
    set_statements,
    statements_of,
    taking_part,
)
from bot.store.questions import claims_of, find_set

DRAFT_LIFETIME = timedelta(days=1)
"""How long somebody may look at a preview; the next one that is made in the server clears away older ones."""


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """A class opinion before it is posted; ``offered`` is how many claims there are to choose its statements from."""

    opinion: Opinion
    statements: tuple[Statement, ...]
    offered: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A claim whose motion may be a statement; ``chosen`` if it is one."""

    revision_id: RevisionId
    claim: Claim
    chosen: bool


@dataclass(frozen=True, slots=True)
class OpinionStatus:
    """How far an open class opinion is: people who have answered, and who have answered everything; answers in all."""

    opinion: Opinion
    people: int
    complete: int
    answers: int


def draft_opinion(
    db: Database,
    *,
    guild_id: GuildId,
    set_key: str,
    tag: str | None,
    channel_id: ChannelId,
    opened_by: UserId,
    closes_at: datetime | None,
    rng: random.Random,
    at: datetime,
) -> OpinionDraft:
    """Keep a class opinion for its host to look at; a few claims of different topics are proposed as its statements.

    Raises ``NotFound``, or ``Invalid`` for a set without claims (on that topic) and for an end that has passed.
    """
    stored = find_set(db, guild_id, set_key)
    if stored is None:
        raise NotFound("question set", set_key)
    _refuse_past(closes_at, at, "Choose a later one.")
    claims = _claims(db, stored.set_id, tag)
    if not claims:
        what = "it has no claims" if tag is None else f"it has no claims on “{tag}”"
        raise Invalid("question set", what, "Statements are the motions of claims: choose a set with claims.")
    drop_old_drafts(db, guild_id, at - DRAFT_LIFETIME)
    opinion_id = create_draft(
        db,
        guild_id=guild_id,
        set_id=stored.set_id,
        tag=tag,
        channel_id=channel_id,
        opened_by=opened_by,
        seed=rng.getrandbits(48),
        closes_at=closes_at,
        at=at,
    )
    places = proposed([claim.tags for _, claim in claims])
    set_statements(db, opinion_id, [claims[place][0] for place in places])
    return _draft(db, guild_id, opinion_id)


def shown_draft(db: Database, *, guild_id: GuildId, opinion_id: OpinionId) -> OpinionDraft:
    """A draft as it stands. Raises as ``post_opinion``."""
    _unposted(db, guild_id, opinion_id)
    return _draft(db, guild_id, opinion_id)


def offered_claims(db: Database, *, guild_id: GuildId, opinion_id: OpinionId) -> list[Offered]:
    """The claims to choose a draft's statements from, in the order of the set. Raises as ``post_opinion``."""
    opinion = _unposted(db, guild_id, opinion_id)
    chosen = {statement.revision_id for statement in statements_of(db, opinion_id)}
    return [
        Offered(revision_id, claim, revision_id in chosen)
        for revision_id, claim in _claims(db, opinion.set_id, opinion.tag)
    ]


def choose_statements(
    db: Database, *, guild_id: GuildId, opinion_id: OpinionId, revision_ids: Collection[RevisionId]
) -> OpinionDraft:
    """Give a draft the motions of these claims as its statements, in the order of the set.

    Raises as ``post_opinion``, ``NotFound`` for a claim that the set does not have (any more), and ``Invalid`` for
    none or too many.
    """
    opinion = _unposted(db, guild_id, opinion_id)
    known = [revision_id for revision_id, _ in _claims(db, opinion.set_id, opinion.tag)]
    if not set(revision_ids) <= set(known):
        raise NotFound("claim")
    chosen = [revision_id for revision_id in known if revision_id in revision_ids]
    if not chosen:
        raise Invalid("choice", "it has no statements", "Choose one at least.")
    if len(chosen) > MOST_STATEMENTS:
        raise Invalid(
            "choice", f"it has {len(chosen)} statements", f"Choose {MOST_STATEMENTS} of them at most."
        )
    set_statements(db, opinion_id, chosen)
    return _draft(db, guild_id, opinion_id)


def choose_all(db: Database, *, guild_id: GuildId, opinion_id: OpinionId) -> OpinionDraft:
    """Give a draft the motions of all claims as its statements. Raises as ``choose_statements``."""
    opinion = _unposted(db, guild_id, opinion_id)
    every = [revision_id for revision_id, _ in _claims(db, opinion.set_id, opinion.tag)]
    return choose_statements(db, guild_id=guild_id, opinion_id=opinion_id, revision_ids=every)


def post_opinion(db: Database, *, guild_id: GuildId, opinion_id: OpinionId, at: datetime) -> Opinion:
    """Open a draft and show it to the class. Raises ``NotFound``, ``WrongState`` (it is no draft any more) or
    ``Invalid`` (its end has passed)."""
    opinion = _unposted(db, guild_id, opinion_id)
    _refuse_past(opinion.closes_at, at, "Make a new preview with `/opinion open`.")
    post_draft(db, opinion_id, at)
    create_board(db, BoardKind.OPINION, opinion_id, guild_id, opinion.channel_id, at)
    revive_boards(db, opinion.channel_id)
    return opinion


def discard_opinion(db: Database, *, guild_id: GuildId, opinion_id: OpinionId) -> None:
    """Forget a draft. Raises as ``post_opinion``."""
    _unposted(db, guild_id, opinion_id)
    drop_draft(db, opinion_id)


def close_opinion(db: Database, *, guild_id: GuildId, opinion_id: OpinionId, at: datetime) -> Opinion:
    """Close a class opinion and show its result. Raises ``NotFound`` or ``WrongState``."""
    opinion = opinion_of(db, guild_id, opinion_id)
    if not end_opinion(db, opinion, OpinionEnd.CLOSED_BY_HOST, at):
        state = "not posted yet" if opinion.state is OpinionState.DRAFT else "closed already"
        raise WrongState("class opinion", state)
    revive_boards(db, opinion.channel_id)
    return opinion


def close_opinion_in_time(db: Database, *, opinion_id: OpinionId, at: datetime) -> None:
    """Close a class opinion whose end has come; nothing otherwise."""
    opinion = find_opinion(db, opinion_id)
    if opinion is not None and opinion.closes_at is not None and opinion.closes_at <= at:
        end_opinion(db, opinion, OpinionEnd.TIME_UP, at)


def end_opinion(db: Database, opinion: Opinion, end: OpinionEnd, at: datetime) -> bool:
    """Close a class opinion, and show its result if there is one and a place for it. False if it is not open."""
    if not close_opinion_row(db, opinion.opinion_id, end, at):
        return False
    people, _, _ = taking_part(db, opinion)
    if people and end is not OpinionEnd.CHANNEL_DELETED:
        where = (opinion.guild_id, opinion.channel_id, at)
        for page in pages(statements_of(db, opinion.opinion_id)):
            create_board(db, BoardKind.OPINION_BARS, page[0].statement_id, *where)
        create_board(db, BoardKind.OPINION_MAP, opinion.opinion_id, *where)
    raise_board(db, BoardKind.OPINION, opinion.opinion_id)
    return True


def opinions_open(db: Database, *, guild_id: GuildId) -> list[Opinion]:
    """The server's open class opinions, the newest first."""
    return open_opinions(db, guild_id)


def opinion_status(db: Database, *, guild_id: GuildId) -> list[OpinionStatus]:
    """How far each open class opinion is. Not who, and not what: that would tell on people before the end."""
    return [_status(db, opinion) for opinion in open_opinions(db, guild_id)]


def opinion_status_of(db: Database, *, guild_id: GuildId, opinion_id: OpinionId) -> OpinionStatus:
    """How far a class opinion is. Raises ``NotFound``."""
    return _status(db, opinion_of(db, guild_id, opinion_id))


def claim_tags(db: Database, *, guild_id: GuildId, set_key: str) -> dict[str, int]:
    """How many claims of a set each topic has, the most frequent first. Raises ``NotFound``."""
    stored = find_set(db, guild_id, set_key)
    if stored is None:
        raise NotFound("question set", set_key)
    counts: dict[str, int] = {}
    for _, claim in _claims(db, stored.set_id, None):
        for tag in claim.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: -each[1]))


def opinion_of(db: Database, guild_id: GuildId, opinion_id: OpinionId) -> Opinion:
    """The class opinion of this server. Raises ``NotFound`` for any other."""
    opinion = find_opinion(db, opinion_id)
    if opinion is None or opinion.guild_id != guild_id:
        raise NotFound("class opinion")
    return opinion


def _unposted(db: Database, guild_id: GuildId, opinion_id: OpinionId) -> Opinion:
    opinion = opinion_of(db, guild_id, opinion_id)
    match opinion.state:
        case OpinionState.DRAFT:
            return opinion
        case OpinionState.OPEN:
            raise WrongState("class opinion", "posted already")
        case OpinionState.CLOSED:
            raise WrongState("class opinion", "closed already")


def _refuse_past(closes_at: datetime | None, at: datetime, remedy: str) -> None:
    if closes_at is not None and closes_at <= at:
        raise Invalid("end", "it has passed", remedy)


def _claims(db: Database, set_id: SetId, tag: str | None) -> list[tuple[RevisionId, Claim]]:
    return [
        (found.revision_id, found.item)
        for found in claims_of(db, set_id)
        if isinstance(found.item, Claim) and (tag is None or tag in found.item.tags)
    ]


def _status(db: Database, opinion: Opinion) -> OpinionStatus:
    people, answers, complete = taking_part(db, opinion)
    return OpinionStatus(opinion, people, complete, answers)


def _draft(db: Database, guild_id: GuildId, opinion_id: OpinionId) -> OpinionDraft:
    opinion = opinion_of(db, guild_id, opinion_id)
    offered = len(_claims(db, opinion.set_id, opinion.tag))
    return OpinionDraft(opinion, tuple(statements_of(db, opinion_id)), offered)
