"""Class opinions, their statements, and what people say to them: one vote a statement and learner, the last one."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.bank.kinds.claim import Claim
from bot.debate.opinion import Counts, Opinion, OpinionEnd, OpinionState, Statement, Vote
from bot.ids import (
    ChannelId,
    GuildId,
    InteractionId,
    LearnerId,
    OpinionId,
    RevisionId,
    SetId,
    StatementId,
    UserId,
)
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.questions import parse_item
from bot.store.sql import Row, change, change_many, first, insert, many

OPINIONS = """
    SELECT o.opinion_id, o.guild_id, o.set_id, s.title, o.tag, o.channel_id, o.opened_by, o.state, o.seed,
           (SELECT COUNT(*) FROM opinion_statement AS e WHERE e.opinion_id = o.opinion_id),
           o.created_at, o.closes_at, o.closed_at, o.close_reason
    FROM opinion AS o
    JOIN question_set AS s ON s.set_id = o.set_id
"""
OPINION = OPINIONS + " WHERE o.opinion_id = :opinion_id"
# SQLite takes the index of what is not closed only where a query says just that.
OPEN_OPINIONS = (
    OPINIONS
    + """
    WHERE o.guild_id = :guild_id AND o.state <> 'closed' AND o.state = 'open'
    ORDER BY o.opinion_id DESC
"""
)
POST = """
    UPDATE opinion SET state = 'open', opened_at = :at WHERE opinion_id = :opinion_id AND state = 'draft'
"""
CLOSE = """
    UPDATE opinion SET state = 'closed', closed_at = :at, close_reason = :reason
    WHERE opinion_id = :opinion_id AND state = 'open'
"""
DROP_STATEMENTS = """
    DELETE FROM opinion_statement WHERE opinion_id IN (
        SELECT opinion_id FROM opinion WHERE opinion_id = :opinion_id AND state = 'draft'
    )
"""
DROP_DRAFT = """
    DELETE FROM opinion WHERE opinion_id = :opinion_id AND state = 'draft'
"""
OLD_DRAFTS = """
    SELECT opinion_id FROM opinion
    WHERE guild_id = :guild_id AND state <> 'closed' AND state = 'draft' AND created_at < :before
"""
ADD_STATEMENT = """
    INSERT INTO opinion_statement (opinion_id, position, revision_id)
    VALUES (:opinion_id, :position, :revision_id)
"""
NEXT_DUE = """
    SELECT MIN(closes_at) FROM opinion WHERE state = 'open' AND closes_at IS NOT NULL
"""
DUE = """
    SELECT opinion_id FROM opinion
    WHERE state = 'open' AND closes_at IS NOT NULL AND closes_at <= :at
    ORDER BY closes_at
    LIMIT 50
"""
STATEMENTS = """
    SELECT e.statement_id, e.position, e.revision_id, v.content
    FROM opinion_statement AS e
    JOIN revision AS v ON v.revision_id = e.revision_id
"""
STATEMENTS_OF = STATEMENTS + " WHERE e.opinion_id = :opinion_id ORDER BY e.position"
STATEMENT_AT = STATEMENTS + " WHERE e.opinion_id = :opinion_id AND e.position = :position"
OPINION_OF_STATEMENT = """
    SELECT opinion_id, position FROM opinion_statement WHERE statement_id = :statement_id
"""
# Of two presses that arrive the wrong way round, the one that was made later stands.
VOTE = """
    INSERT INTO opinion_vote (statement_id, learner_id, vote, interaction_id, at)
    VALUES (:statement_id, :learner_id, :vote, :interaction_id, :at)
    ON CONFLICT (statement_id, learner_id) DO UPDATE SET
        vote = excluded.vote, interaction_id = excluded.interaction_id, at = excluded.at
    WHERE excluded.interaction_id > opinion_vote.interaction_id
"""
DROP_VOTES_BY = """
    DELETE FROM opinion_vote WHERE learner_id = :learner_id AND statement_id IN (
        SELECT statement_id FROM opinion_statement WHERE opinion_id = :opinion_id
    )
"""
VOTES_BY = """
    SELECT e.position, v.vote
    FROM opinion_statement AS e
    JOIN opinion_vote AS v ON v.statement_id = e.statement_id AND v.learner_id = :learner_id
    WHERE e.opinion_id = :opinion_id
"""
VOTES = """
    SELECT v.learner_id, e.position, v.vote
    FROM opinion_statement AS e
    JOIN opinion_vote AS v ON v.statement_id = e.statement_id
    WHERE e.opinion_id = :opinion_id
    ORDER BY v.learner_id, e.position
"""
COUNTS = """
    SELECT e.position, v.vote, COUNT(*)
    FROM opinion_statement AS e
    JOIN opinion_vote AS v ON v.statement_id = e.statement_id
    WHERE e.opinion_id = :opinion_id
    GROUP BY e.position, v.vote
"""
TAKING_PART = """
    SELECT COUNT(*), TOTAL(given), TOTAL(given = :size)
    FROM (
        SELECT COUNT(*) AS given
        FROM opinion_statement AS e
        JOIN opinion_vote AS v ON v.statement_id = e.statement_id
        WHERE e.opinion_id = :opinion_id
        GROUP BY v.learner_id
    )
"""


def create_draft(
    db: Database,
    *,
    guild_id: GuildId,
    set_id: SetId,
    tag: str | None,
    channel_id: ChannelId,
    opened_by: UserId,
    seed: int,
    closes_at: datetime | None,
    at: datetime,
) -> OpinionId:
    """Store a class opinion that its host still looks at; it has no statements yet."""
    return OpinionId(
        insert(
            db,
            "opinion",
            guild_id=guild_id,
            set_id=set_id,
            tag=tag,
            channel_id=channel_id,
            opened_by=opened_by,
            state=OpinionState.DRAFT.value,
            seed=seed,
            created_at=to_text(at),
            closes_at=to_text_or_none(closes_at),
        )
    )


def set_statements(db: Database, opinion_id: OpinionId, revision_ids: Iterable[RevisionId]) -> None:
    """Give a draft these claims' motions as its statements, in place of those that it had."""
    change(db, DROP_STATEMENTS, opinion_id=opinion_id)
    change_many(
        db,
        ADD_STATEMENT,
        [
            {"opinion_id": opinion_id, "position": position, "revision_id": revision_id}
            for position, revision_id in enumerate(revision_ids)
        ],
    )


def drop_draft(db: Database, opinion_id: OpinionId) -> None:
    """Forget a draft; one that has been posted is kept."""
    change(db, DROP_STATEMENTS, opinion_id=opinion_id)
    change(db, DROP_DRAFT, opinion_id=opinion_id)


def drop_old_drafts(db: Database, guild_id: GuildId, before: datetime) -> None:
    """Forget the server's drafts from before a moment."""
    for (opinion_id,) in many(db, OLD_DRAFTS, guild_id=guild_id, before=to_text(before)):
        drop_draft(db, OpinionId(opinion_id))


def post_draft(db: Database, opinion_id: OpinionId, at: datetime) -> bool:
    """Open a draft; False if it is none any more."""
    return change(db, POST, opinion_id=opinion_id, at=to_text(at)) == 1


def close_opinion_row(db: Database, opinion_id: OpinionId, end: OpinionEnd, at: datetime) -> bool:
    """Close a class opinion; False if it is not open."""
    return change(db, CLOSE, opinion_id=opinion_id, reason=end.value, at=to_text(at)) == 1


def find_opinion(db: Database, opinion_id: OpinionId) -> Opinion | None:
    """The class opinion, or None."""
    row = first(db, OPINION, opinion_id=opinion_id)
    return None if row is None else _opinion(row)


def open_opinions(db: Database, guild_id: GuildId) -> list[Opinion]:
    """The server's open class opinions, the newest first."""
    return [_opinion(row) for row in many(db, OPEN_OPINIONS, guild_id=guild_id)]


def next_opinion_due(db: Database) -> datetime | None:
    """When the next class opinion is to be closed, or None."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def due_opinions(db: Database, at: datetime) -> list[int]:
    """The class opinions whose end has come, at most 50, the longest waiting first."""
    return [row[0] for row in many(db, DUE, at=to_text(at))]


def statements_of(db: Database, opinion_id: OpinionId) -> list[Statement]:
    """The statements of a class opinion, by number."""
    return [_statement(row) for row in many(db, STATEMENTS_OF, opinion_id=opinion_id)]


def statement_at(db: Database, opinion_id: OpinionId, position: int) -> Statement | None:
    """The statement at a position from 0, or None."""
    row = first(db, STATEMENT_AT, opinion_id=opinion_id, position=position)
    return None if row is None else _statement(row)


def find_statement(db: Database, statement_id: StatementId) -> tuple[OpinionId, int] | None:
    """The class opinion of a statement, and its position from 0; None if there is no such statement."""
    row = first(db, OPINION_OF_STATEMENT, statement_id=statement_id)
    return None if row is None else (OpinionId(row[0]), row[1])


def save_vote(
    db: Database,
    statement_id: StatementId,
    learner_id: LearnerId,
    vote: Vote,
    interaction_id: InteractionId,
    at: datetime,
) -> None:
    """Store what a learner says to a statement, unless a later press has been stored already."""
    change(
        db,
        VOTE,
        statement_id=statement_id,
        learner_id=learner_id,
        vote=vote.value,
        interaction_id=interaction_id,
        at=to_text(at),
    )


def drop_votes_by(db: Database, opinion_id: OpinionId, learner_id: LearnerId) -> int:
    """Delete what a learner has said in a class opinion; gives how many answers that were."""
    return change(db, DROP_VOTES_BY, opinion_id=opinion_id, learner_id=learner_id)


def votes_by(db: Database, opinion_id: OpinionId, learner_id: LearnerId) -> dict[int, Vote]:
    """What a learner has said, by the position of the statement."""
    rows = many(db, VOTES_BY, opinion_id=opinion_id, learner_id=learner_id)
    return {position: Vote(vote) for position, vote in rows}


def votes_of(db: Database, opinion_id: OpinionId) -> list[dict[int, Vote]]:
    """What everybody has said, a person each, by the position of the statement. Nobody is named."""
    people: dict[int, dict[int, Vote]] = {}
    for learner_id, position, vote in many(db, VOTES, opinion_id=opinion_id):
        people.setdefault(learner_id, {})[position] = Vote(vote)
    return list(people.values())


def vote_counts(db: Database, opinion_id: OpinionId) -> dict[int, Counts]:
    """How many said what, by the position of the statement; those that nobody has answered are missing."""
    counts: dict[int, Counter[Vote]] = {}
    for position, vote, count in many(db, COUNTS, opinion_id=opinion_id):
        counts.setdefault(position, Counter())[Vote(vote)] = count
    return dict(counts)


def taking_part(db: Database, opinion: Opinion) -> tuple[int, int, int]:
    """How many people have answered, how many answers that makes, and how many people have answered everything."""
    row = first(db, TAKING_PART, opinion_id=opinion.opinion_id, size=opinion.size)
    return (0, 0, 0) if row is None else (row[0], int(row[1]), int(row[2]))


def _opinion(row: Row) -> Opinion:
    (
        opinion_id, guild_id, set_id, set_title, tag, channel_id, opened_by, state, seed, size,
        created_at, closes_at, closed_at, close_reason,
    ) = row  # fmt: skip
    return Opinion(
        opinion_id=OpinionId(opinion_id),
        guild_id=GuildId(guild_id),
        set_id=SetId(set_id),
        set_title=set_title,
        tag=tag,
        channel_id=ChannelId(channel_id),
        opened_by=UserId(opened_by),
        state=OpinionState(state),
        seed=seed,
        size=size,
        created_at=from_text(created_at),
        closes_at=from_text_or_none(closes_at),
        closed_at=from_text_or_none(closed_at),
        end=None if close_reason is None else OpinionEnd(close_reason),
    )


def _statement(row: Row) -> Statement:
    statement_id, position, revision_id, content = row
    claim = parse_item(content)
    if not isinstance(claim, Claim):
        raise TypeError(f"statement {statement_id} points to a {claim.kind} item")
    return Statement(StatementId(statement_id), position + 1, RevisionId(revision_id), claim)
