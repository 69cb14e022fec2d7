"""Assignments: reading and writing them, the questions that they ask, and what is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.bank.item import Category
from bot.ids import AssignmentId, ChannelId, GuildId, ItemId, RevisionId, SetId, UserId
from bot.quiz.assignment import Assignment, AssignmentState, Counting, Drawn
from bot.quiz.focus import focus_from_text, focus_to_text
from bot.quiz.options import options_from_text, options_to_text
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.questions import StoredItem, parse_item
from bot.store.sql import Row, change, change_many, first, insert, many

ASSIGNMENT = """
    SELECT g.assignment_id, g.guild_id, g.set_by, g.set_id, s.title, g.category, g.focus, g.drawn, g.questions,
           g.opens_at, g.due_at, g.attempts, g.counting, g.seconds, g.options, g.channel_id, g.reminds, g.state,
           g.seed, g.opened_at, g.reminded_at, g.closed_at
    FROM assignment AS g
    JOIN question_set AS s ON s.set_id = g.set_id
"""
ASSIGNMENT_BY_ID = ASSIGNMENT + " WHERE g.assignment_id = :assignment_id"
# What is open comes first, the soonest due on top; then what opens later; then what is over, the newest on top.
SET_IN_GUILD = (
    ASSIGNMENT
    + """
    WHERE g.guild_id = :guild_id AND g.state = 'set'
    ORDER BY CASE WHEN g.due_at < :at THEN 2 WHEN g.opens_at > :at THEN 1 ELSE 0 END,
             CASE WHEN g.due_at < :at THEN NULL ELSE g.due_at END, g.due_at DESC
    LIMIT :most
"""
)
SET_IN_CHANNEL = (
    ASSIGNMENT
    + """
    WHERE g.guild_id = :guild_id AND g.state = 'set' AND g.channel_id = :channel_id AND g.closed_at IS NULL
"""
)
SAVE = """
    UPDATE assignment
    SET state = :state, opens_at = :opens_at, due_at = :due_at, opened_at = :opened_at,
        reminded_at = :reminded_at, closed_at = :closed_at, next_at = :next_at
    WHERE assignment_id = :assignment_id
"""
ADD_QUESTION = """
    INSERT INTO assignment_question (assignment_id, position, revision_id)
    VALUES (:assignment_id, :position, :revision_id)
"""
QUESTIONS = """
    SELECT v.item_id, q.revision_id, v.hash, v.content
    FROM assignment_question AS q
    JOIN revision AS v ON v.revision_id = q.revision_id
    WHERE q.assignment_id = :assignment_id
    ORDER BY q.position
"""
# Practice and review show at once what these assignments show after their due dates.
HELD_BACK = """
    SELECT DISTINCT v.item_id
    FROM assignment AS g
    JOIN assignment_question AS q ON q.assignment_id = g.assignment_id
    JOIN revision AS v ON v.revision_id = q.revision_id
    WHERE g.guild_id = :guild_id AND g.state = 'set' AND g.drawn = 'same'
          AND g.opens_at <= :at AND g.due_at >= :at
          AND 'after_due' IN (json_extract(g.options, '$.showing.answers'),
                              json_extract(g.options, '$.showing.explanations'))
"""
OLD_DRAFTS = """
    SELECT assignment_id FROM assignment
    WHERE guild_id = :guild_id AND state = 'draft' AND created_at < :before
"""
DELETE_QUESTIONS = """
    DELETE FROM assignment_question
    WHERE assignment_id = (
        SELECT assignment_id FROM assignment WHERE assignment_id = :assignment_id AND state = 'draft'
    )
"""
DELETE = """
    DELETE FROM assignment WHERE assignment_id = :assignment_id AND state = 'draft'
"""
DUE = """
    SELECT assignment_id FROM assignment WHERE next_at <= :at ORDER BY next_at LIMIT 100
"""
NEXT_DUE = """
    SELECT MIN(next_at) FROM assignment WHERE next_at IS NOT NULL
"""


def create_draft(
    db: Database, draft: Assignment, questions: Sequence[RevisionId], at: datetime
) -> AssignmentId:
    """Store a draft (its id is not read) with the questions that everybody gets, or that attempts draw from."""
    assignment_id = AssignmentId(
        insert(
            db,
            "assignment",
            guild_id=draft.guild_id,
            set_by=draft.set_by,
            set_id=draft.set_id,
            category=None if draft.category is None else draft.category.value,
            focus=focus_to_text(draft.focus),
            drawn=draft.drawn.value,
            questions=draft.questions,
            opens_at=to_text(draft.opens_at),
            due_at=to_text(draft.due_at),
            attempts=draft.attempts,
            counting=draft.counting.value,
            seconds=None if draft.time_limit is None else int(draft.time_limit.total_seconds()),
            options=options_to_text(draft.options),
            channel_id=draft.channel_id,
            reminds=int(draft.reminds),
            state=draft.state.value,
            seed=draft.seed,
            created_at=to_text(at),
        )
    )
    change_many(
        db,
        ADD_QUESTION,
        (
            {"assignment_id": assignment_id, "position": position, "revision_id": revision_id}
            for position, revision_id in enumerate(questions)
        ),
    )
    return assignment_id


def save_assignment(db: Database, assignment: Assignment) -> None:
    """Write its state, its dates, and what the clock has done and has to do for it."""
    change(
        db,
        SAVE,
        assignment_id=assignment.assignment_id,
        state=assignment.state.value,
        opens_at=to_text(assignment.opens_at),
        due_at=to_text(assignment.due_at),
        opened_at=to_text_or_none(assignment.opened_at),
        reminded_at=to_text_or_none(assignment.reminded_at),
        closed_at=to_text_or_none(assignment.closed_at),
        next_at=to_text_or_none(assignment.next_at),
    )


def find_assignment(db: Database, assignment_id: AssignmentId) -> Assignment | None:
    """The assignment, or None."""
    row = first(db, ASSIGNMENT_BY_ID, assignment_id=assignment_id)
    return None if row is None else _assignment(row)


def assignments_of(db: Database, guild_id: GuildId, at: datetime, most: int = 100) -> list[Assignment]:
    """Those that are set in a server: open ones first, the soonest due on top, then later ones, then past ones."""
    rows = many(db, SET_IN_GUILD, guild_id=guild_id, at=to_text(at), most=most)
    return [_assignment(row) for row in rows]


def assignments_announced_in(db: Database, guild_id: GuildId, channel_id: ChannelId) -> list[Assignment]:
    """Those that are not closed and were, or will be, announced in that channel of the server."""
    rows = many(db, SET_IN_CHANNEL, guild_id=guild_id, channel_id=channel_id)
    return [_assignment(row) for row in rows]


def assigned_questions(db: Database, assignment_id: AssignmentId) -> list[StoredItem]:
    """The questions that everybody gets, or that each attempt draws from."""
    rows = many(db, QUESTIONS, assignment_id=assignment_id)
    return [
        StoredItem(ItemId(item_id), RevisionId(revision_id), digest, parse_item(content))
        for item_id, revision_id, digest, content in rows
    ]


def held_back_items(db: Database, guild_id: GuildId, at: datetime) -> frozenset[ItemId]:
    """The items that open assignments ask everybody and whose answers nobody is to see before the due date."""
    rows = many(db, HELD_BACK, guild_id=guild_id, at=to_text(at))
    return frozenset(ItemId(item_id) for (item_id,) in rows)


def delete_draft(db: Database, assignment_id: AssignmentId) -> None:
    """Forget a draft; nothing happens to what is set."""
    change(db, DELETE_QUESTIONS, assignment_id=assignment_id)
    change(db, DELETE, assignment_id=assignment_id)


def delete_drafts(db: Database, guild_id: GuildId, before: datetime) -> None:
    """Forget the server's drafts that were made before a moment."""
    for (assignment_id,) in many(db, OLD_DRAFTS, guild_id=guild_id, before=to_text(before)):
        delete_draft(db, AssignmentId(assignment_id))


def due_assignments(db: Database, at: datetime) -> list[int]:
    """The assignments for which something is due, the longest waiting first; at most 100."""
    return [row[0] for row in many(db, DUE, at=to_text(at))]


def next_assignment_due(db: Database) -> datetime | None:
    """The earliest moment at which something is due for an assignment."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def _assignment(row: Row) -> Assignment:
    (
        assignment_id, guild_id, set_by, set_id, title, category, focus, drawn, questions, opens_at, due_at,
        attempts, counting, seconds, options, channel_id, reminds, state, seed, opened_at, reminded_at,
        closed_at,
    ) = row  # fmt: skip
    return Assignment(
        assignment_id=AssignmentId(assignment_id),
        guild_id=GuildId(guild_id),
        set_by=UserId(set_by),
        set_id=SetId(set_id),
        set_title=title,
        category=None if category is None else Category(category),
        focus=focus_from_text(focus),
        drawn=Drawn(drawn),
        questions=questions,
        opens_at=from_text(opens_at),
        due_at=from_text(due_at),
        attempts=attempts,
        counting=Counting(counting),
        time_limit=None if seconds is None else timedelta(seconds=seconds),
        options=options_from_text(options),
        channel_id=None if channel_id is None else ChannelId(channel_id),
        reminds=bool(reminds),
        state=AssignmentState(state),
        seed=seed,
        opened_at=from_text_or_none(opened_at),
        reminded_at=from_text_or_none(reminded_at),
        closed_at=from_text_or_none(closed_at),
    )
