"""Debates, the sides of their members, stances (append-only) and arguments."""

from datetime import datetime

from sqlite_utils import Database

from bot.bank.kinds.claim import Claim
from bot.debate.argument import ArgumentText, Relation
from bot.debate.debate import Argument, CloseReason, Debate, DebateState, StanceEvent
from bot.debate.sides import Assignment, Side
from bot.debate.stance import Phase, Stance, Standing
from bot.ids import (
    ArgumentId,
    ChannelId,
    DebateId,
    GuildId,
    InteractionId,
    LearnerId,
    RevisionId,
    UserId,
)
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.questions import parse_item
from bot.store.sql import Row, change, first, insert, many

DEBATES = """
    SELECT d.debate_id, d.guild_id, d.revision_id, v.content, d.channel_id, d.thread_id, d.opened_by,
           d.state, d.seed, d.opened_at, d.closed_at, d.close_reason
    FROM debate AS d
    JOIN revision AS v ON v.revision_id = d.revision_id
"""
DEBATE = DEBATES + " WHERE d.debate_id = :debate_id"
DEBATE_IN_THREAD = DEBATES + " WHERE d.thread_id = :thread_id"
OPEN_DEBATES = DEBATES + " WHERE d.guild_id = :guild_id AND d.state = 'open' ORDER BY d.debate_id DESC"
CLOSE = """
    UPDATE debate SET state = 'closed', closed_at = :at, close_reason = :reason
    WHERE debate_id = :debate_id AND state = 'open'
"""
SIDE_OF = """
    SELECT side FROM debater WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SIDE_COUNTS = """
    SELECT side, COUNT(*) FROM debater WHERE debate_id = :debate_id GROUP BY side
"""
MEMBERS = """
    SELECT l.user_id, m.side
    FROM debater AS m
    JOIN learner AS l ON l.learner_id = m.learner_id
    WHERE m.debate_id = :debate_id
    ORDER BY m.joined_at, l.user_id
"""
ADD_STANCE = """
    INSERT INTO stance (debate_id, learner_id, phase, standing, certainty, interaction_id, at)
    VALUES (:debate_id, :learner_id, :phase, :standing, :certainty, :interaction_id, :at)
    ON CONFLICT (interaction_id) DO NOTHING
"""
STANCES = """
    SELECT l.user_id, s.phase, s.standing, s.certainty, s.at
    FROM stance AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
    WHERE s.debate_id = :debate_id
    ORDER BY s.interaction_id
"""
STANCES_BY = """
    SELECT phase, standing, certainty FROM stance
    WHERE debate_id = :debate_id AND learner_id = :learner_id
    ORDER BY interaction_id
"""
ARGUMENTS = """
    SELECT a.argument_id, a.debate_id, a.number, l.user_id, a.side, a.claim, a.evidence, a.reasoning,
           p.number, a.relation, a.at
    FROM argument AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    LEFT JOIN argument AS p ON p.argument_id = a.parent_id
"""
ARGUMENTS_OF = ARGUMENTS + " WHERE a.debate_id = :debate_id ORDER BY a.number"
ARGUMENT = ARGUMENTS + " WHERE a.argument_id = :argument_id"
ARGUMENT_NUMBERED = ARGUMENTS + " WHERE a.debate_id = :debate_id AND a.number = :number"
ARGUMENT_FROM = ARGUMENTS + " WHERE a.interaction_id = :interaction_id"
LAST_NUMBER = """
    SELECT COALESCE(MAX(number), 0) FROM argument WHERE debate_id = :debate_id
"""
SAVE_DRAFT = """
    INSERT INTO draft (debate_id, learner_id, content, saved_at)
    VALUES (:debate_id, :learner_id, :content, :at)
    ON CONFLICT (debate_id, learner_id) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at
"""
DRAFT = """
    SELECT content FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
COUNTS = """
    SELECT (SELECT COUNT(*) FROM debater WHERE debate_id = :debate_id),
           (SELECT COUNT(*) FROM argument WHERE debate_id = :debate_id)
"""
DROP_DRAFT = """
    DELETE FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id
"""


def create_debate(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId,
    channel_id: ChannelId,
    thread_id: ChannelId,
    opened_by: UserId,
    seed: int,
    at: datetime,
) -> DebateId:
    """Store a debate that has just been opened in a thread."""
    return DebateId(
        insert(
            db,
            "debate",
            guild_id=guild_id,
            revision_id=revision_id,
            channel_id=channel_id,
            thread_id=thread_id,
            opened_by=opened_by,
            state=DebateState.OPEN.value,
            seed=seed,
            opened_at=to_text(at),
        )
    )


def find_debate(db: Database, debate_id: DebateId) -> Debate | None:
    """The debate, or None."""
    row = first(db, DEBATE, debate_id=debate_id)
    return None if row is None else _debate(row)


def debate_in_thread(db: Database, thread_id: ChannelId) -> Debate | None:
    """The debate that is held in this thread, or None."""
    row = first(db, DEBATE_IN_THREAD, thread_id=thread_id)
    return None if row is None else _debate(row)


def open_debates(db: Database, guild_id: GuildId) -> list[Debate]:
    """The server's open debates, the newest first."""
    return [_debate(row) for row in many(db, OPEN_DEBATES, guild_id=guild_id)]


def close_debate_row(db: Database, debate_id: DebateId, reason: CloseReason, at: datetime) -> bool:
    """Close a debate; False if it was closed already."""
    return change(db, CLOSE, debate_id=debate_id, reason=reason.value, at=to_text(at)) == 1


def side_of(db: Database, debate_id: DebateId, learner_id: LearnerId) -> Side | None:
    """The side that a learner was assigned, or None."""
    row = first(db, SIDE_OF, debate_id=debate_id, learner_id=learner_id)
    return None if row is None else Side(row[0])


def side_counts(db: Database, debate_id: DebateId) -> dict[Side, int]:
    """How many members either side has."""
    counts = dict.fromkeys(Side, 0)
    counts.update({Side(side): count for side, count in many(db, SIDE_COUNTS, debate_id=debate_id)})
    return counts


def add_member(
    db: Database, debate_id: DebateId, learner_id: LearnerId, assignment: Assignment, at: datetime
) -> None:
    """Store the side that a learner was assigned, and why."""
    insert(
        db,
        "debater",
        debate_id=debate_id,
        learner_id=learner_id,
        side=assignment.side.value,
        reason=assignment.reason.value,
        joined_at=to_text(at),
    )


def members_of(db: Database, debate_id: DebateId) -> dict[UserId, Side]:
    """Who has joined, with their side, in the order of joining."""
    return {UserId(user_id): Side(side) for user_id, side in many(db, MEMBERS, debate_id=debate_id)}


def add_stance(
    db: Database,
    debate_id: DebateId,
    learner_id: LearnerId,
    phase: Phase,
    stance: Stance,
    interaction_id: InteractionId,
    at: datetime,
) -> None:
    """Append a stance. The same interaction delivered twice is stored once."""
    change(
        db,
        ADD_STANCE,
        debate_id=debate_id,
        learner_id=learner_id,
        phase=phase.value,
        standing=stance.standing.value,
        certainty=stance.certainty,
        interaction_id=interaction_id,
        at=to_text(at),
    )


def stances_of(db: Database, debate_id: DebateId) -> list[StanceEvent]:
    """Every stance ever given in a debate, in the order in which Discord made the interactions."""
    return [
        StanceEvent(UserId(user_id), Phase(phase), Stance(Standing(standing), certainty), from_text(at))
        for user_id, phase, standing, certainty, at in many(db, STANCES, debate_id=debate_id)
    ]


def stances_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> dict[Phase, Stance]:
    """The stance of one learner that counts in each phase: the last one given."""
    return {
        Phase(phase): Stance(Standing(standing), certainty)
        for phase, standing, certainty in many(db, STANCES_BY, debate_id=debate_id, learner_id=learner_id)
    }


def add_argument_row(
    db: Database,
    *,
    debate_id: DebateId,
    learner_id: LearnerId,
    side: Side,
    text: ArgumentText,
    parent: Argument | None,
    relation: Relation | None,
    interaction_id: InteractionId,
    at: datetime,
) -> ArgumentId:
    """Store an argument under the debate's next number."""
    row = first(db, LAST_NUMBER, debate_id=debate_id)
    return ArgumentId(
        insert(
            db,
            "argument",
            debate_id=debate_id,
            number=1 if row is None else row[0] + 1,
            learner_id=learner_id,
            side=side.value,
            claim=text.claim,
            evidence=text.evidence,
            reasoning=text.reasoning,
            parent_id=None if parent is None else parent.argument_id,
            relation=None if relation is None else relation.value,
            interaction_id=interaction_id,
            at=to_text(at),
        )
    )


def arguments_of(db: Database, debate_id: DebateId) -> list[Argument]:
    """The arguments of a debate, by number."""
    return [_argument(row) for row in many(db, ARGUMENTS_OF, debate_id=debate_id)]


def find_argument(db: Database, argument_id: ArgumentId) -> Argument | None:
    """The argument, or None."""
    row = first(db, ARGUMENT, argument_id=argument_id)
    return None if row is None else _argument(row)


def argument_numbered(db: Database, debate_id: DebateId, number: int) -> Argument | None:
    """The argument of that number in a debate, or None."""
    row = first(db, ARGUMENT_NUMBERED, debate_id=debate_id, number=number)
    return None if row is None else _argument(row)


def argument_from(db: Database, interaction_id: InteractionId) -> Argument | None:
    """The argument that this interaction has already stored, or None."""
    row = first(db, ARGUMENT_FROM, interaction_id=interaction_id)
    return None if row is None else _argument(row)


def size_of(db: Database, debate_id: DebateId) -> tuple[int, int]:
    """How many have joined, and how many arguments there are."""
    row = first(db, COUNTS, debate_id=debate_id)
    return (0, 0) if row is None else (row[0], row[1])


def save_draft(db: Database, debate_id: DebateId, learner_id: LearnerId, content: str, at: datetime) -> None:
    """Keep the text of an argument that could not be taken, so that nothing has to be typed again."""
    change(db, SAVE_DRAFT, debate_id=debate_id, learner_id=learner_id, content=content, at=to_text(at))


def find_draft(db: Database, debate_id: DebateId, learner_id: LearnerId) -> str | None:
    """The kept text, or None."""
    row = first(db, DRAFT, debate_id=debate_id, learner_id=learner_id)
    return None if row is None else str(row[0])


def drop_draft(db: Database, debate_id: DebateId, learner_id: LearnerId) -> None:
    """Forget the kept text: the argument is in."""
    change(db, DROP_DRAFT, debate_id=debate_id, learner_id=learner_id)


def _debate(row: Row) -> Debate:
    (
        debate_id, guild_id, revision_id, content, channel_id, thread_id, opened_by,
        state, seed, opened_at, closed_at, close_reason,
    ) = row  # fmt: skip
    claim = parse_item(content)
    if not isinstance(claim, Claim):
        raise TypeError(f"debate {debate_id} points to a {claim.kind} item")
    return Debate(
        debate_id=DebateId(debate_id),
        guild_id=GuildId(guild_id),
        revision_id=RevisionId(revision_id),
        claim=claim,
        channel_id=ChannelId(channel_id),
        thread_id=ChannelId(thread_id),
        opened_by=UserId(opened_by),
        state=DebateState(state),
        seed=seed,
        opened_at=from_text(opened_at),
        closed_at=from_text_or_none(closed_at),
        close_reason=None if close_reason is None else CloseReason(close_reason),
    )


def _argument(row: Row) -> Argument:
    (
        argument_id, debate_id, number, user_id, side, claim, evidence, reasoning,
        parent_number, relation, at,
    ) = row  # fmt: skip
    return Argument(
        argument_id=ArgumentId(argument_id),
        debate_id=DebateId(debate_id),
        number=number,
        user_id=UserId(user_id),
        side=Side(side),
        text=ArgumentText(claim, evidence, reasoning),
        parent_number=parent_number,
        relation=None if relation is None else Relation(relation),
        at=from_text(at),
    )
