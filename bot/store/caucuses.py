"""The private threads of a debate's sides: which there are, and who has been let in."""

from dataclasses import dataclass

from sqlite_utils import Database

from bot.debate.sides import Side
from bot.ids import ChannelId, DebateId, LearnerId, UserId
from bot.store.sql import change, first, many

CAUCUSES = """
    SELECT debate_id, side, thread_id, revision, problem FROM caucus
"""
WAITING = CAUCUSES + " WHERE revision > done_revision ORDER BY debate_id, side LIMIT 20"
OF_DEBATE = CAUCUSES + " WHERE debate_id = :debate_id ORDER BY side DESC"
ANY_WAITING = """
    SELECT 1 FROM caucus WHERE revision > done_revision LIMIT 1
"""
ASK = """
    INSERT INTO caucus (debate_id, side, revision, done_revision) VALUES (:debate_id, :side, 1, 0)
    ON CONFLICT (debate_id, side) DO UPDATE SET revision = caucus.revision + 1
"""
MADE = """
    UPDATE caucus SET thread_id = :thread_id WHERE debate_id = :debate_id AND side = :side
"""
DONE = """
    UPDATE caucus SET done_revision = MAX(done_revision, :revision), problem = :problem
    WHERE debate_id = :debate_id AND side = :side
"""
TO_LET_IN = """
    SELECT m.learner_id, l.user_id
    FROM debater AS m
    JOIN learner AS l ON l.learner_id = m.learner_id
    LEFT JOIN caucus_member AS c ON c.debate_id = m.debate_id AND c.learner_id = m.learner_id
    WHERE m.debate_id = :debate_id AND m.side = :side AND m.left_at IS NULL AND c.learner_id IS NULL
    ORDER BY m.joined_at
"""
TO_TAKE_OUT = """
    SELECT c.learner_id, l.user_id
    FROM caucus_member AS c
    JOIN debater AS m ON m.debate_id = c.debate_id AND m.learner_id = c.learner_id
    JOIN learner AS l ON l.learner_id = c.learner_id
    WHERE c.debate_id = :debate_id AND c.side = :side AND m.left_at IS NOT NULL
"""
LET_IN = """
    INSERT INTO caucus_member (debate_id, learner_id, side) VALUES (:debate_id, :learner_id, :side)
    ON CONFLICT (debate_id, learner_id) DO NOTHING
"""
TAKEN_OUT = """
    DELETE FROM caucus_member WHERE debate_id = :debate_id AND learner_id = :learner_id
"""

People = tuple[tuple[LearnerId, UserId], ...]


@dataclass(frozen=True, slots=True)
class Caucus:
    """The private thread of a side; ``thread_id`` is None until it is made. ``problem`` is why it could not be."""

    debate_id: DebateId
    side: Side
    thread_id: ChannelId | None
    revision: int
    problem: str | None


def ask_for_caucus(db: Database, debate_id: DebateId, side: Side) -> None:
    """Ask for a side's thread, or for another look at who belongs in it."""
    change(db, ASK, debate_id=debate_id, side=side.value)


def waiting_caucuses(db: Database) -> list[Caucus]:
    """The threads that are not known to be as they should, at most 20."""
    return [_caucus(*row) for row in many(db, WAITING)]


def caucuses_of(db: Database, debate_id: DebateId) -> list[Caucus]:
    """The threads of a debate's sides."""
    return [_caucus(*row) for row in many(db, OF_DEBATE, debate_id=debate_id)]


def any_caucus_waits(db: Database) -> bool:
    """Whether there is such a thread."""
    return first(db, ANY_WAITING) is not None


def caucus_thread(db: Database, caucus: Caucus, thread_id: ChannelId) -> None:
    """Note which thread is a side's."""
    change(db, MADE, debate_id=caucus.debate_id, side=caucus.side.value, thread_id=thread_id)


def caucus_done(db: Database, caucus: Caucus, problem: str | None) -> None:
    """Note that a thread is as it should be, or why it cannot be."""
    change(
        db,
        DONE,
        debate_id=caucus.debate_id,
        side=caucus.side.value,
        revision=caucus.revision,
        problem=problem,
    )


def to_let_in(db: Database, caucus: Caucus) -> People:
    """Who belongs into a thread and is not in it yet."""
    return _people(many(db, TO_LET_IN, debate_id=caucus.debate_id, side=caucus.side.value))


def to_take_out(db: Database, caucus: Caucus) -> People:
    """Who is in a thread and has left the debate."""
    return _people(many(db, TO_TAKE_OUT, debate_id=caucus.debate_id, side=caucus.side.value))


def was_let_in(db: Database, caucus: Caucus, learner_id: LearnerId) -> None:
    """Note that somebody is in the thread of their side."""
    change(db, LET_IN, debate_id=caucus.debate_id, learner_id=learner_id, side=caucus.side.value)


def was_taken_out(db: Database, caucus: Caucus, learner_id: LearnerId) -> None:
    """Note that somebody is not in it any more."""
    change(db, TAKEN_OUT, debate_id=caucus.debate_id, learner_id=learner_id)


def _people(rows: list[tuple[int, int]]) -> People:
    return tuple((LearnerId(learner_id), UserId(user_id)) for learner_id, user_id in rows)


def _caucus(debate_id: int, side: str, thread_id: int | None, revision: int, problem: str | None) -> Caucus:
    return Caucus(
        DebateId(debate_id),
        Side(side),
        None if thread_id is None else ChannelId(thread_id),
        revision,
        problem,
    )
