"""Who has joined a debate: their side, why it is theirs, whether they have left; and which sides they had before."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.debate.debate import Debater
from bot.debate.sides import Assignment, Reason, Side
from bot.ids import DebateId, GuildId, LearnerId, RunId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.sql import Row, change, first, many

DEBATERS = """
    SELECT m.learner_id, l.user_id, m.side, m.reason, m.wish, m.joined_at, m.left_at, m.gate_run_id,
           g.end_reason IS 'finished',
           m.speaks_in, m.named
    FROM debater AS m
    JOIN learner AS l ON l.learner_id = m.learner_id
    LEFT JOIN run AS g ON g.run_id = m.gate_run_id
    WHERE m.debate_id = :debate_id
"""
DEBATERS_OF = DEBATERS + " ORDER BY m.joined_at, m.rowid"
DEBATER = DEBATERS + " AND m.learner_id = :learner_id"
ADD = """
    INSERT INTO debater (debate_id, learner_id, joined_at) VALUES (:debate_id, :learner_id, :at)
    ON CONFLICT (debate_id, learner_id) DO UPDATE SET left_at = NULL
"""
SET_SIDE = """
    UPDATE debater SET side = :side, reason = :reason WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_WISH = """
    UPDATE debater SET wish = :wish WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_LEFT = """
    UPDATE debater SET left_at = :at WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_GATE_RUN = """
    UPDATE debater SET gate_run_id = :run_id WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_SPEAKS_IN = """
    UPDATE debater SET speaks_in = :position WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_NAMED = """
    UPDATE debater SET named = :named WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
SET_OPENINGS_SEEN = """
    UPDATE debater SET openings_seen_at = COALESCE(openings_seen_at, :at)
    WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
OPENINGS_SEEN = """
    SELECT 1 FROM debater
    WHERE debate_id = :debate_id AND learner_id = :learner_id AND openings_seen_at IS NOT NULL
"""
DEBATE_OF_GATE = """
    SELECT m.debate_id FROM learner AS l
    JOIN debater AS m ON m.learner_id = l.learner_id
    WHERE l.guild_id = :guild_id AND l.user_id = :user_id AND m.gate_run_id = :run_id
"""
SIDE_COUNTS = """
    SELECT side, COUNT(*) FROM debater
    WHERE debate_id = :debate_id AND side IS NOT NULL AND left_at IS NULL
    GROUP BY side
"""
SIDES_BEFORE = """
    SELECT m.learner_id, TOTAL(m.side = 'for'), TOTAL(m.side = 'against')
    FROM debater AS m
    JOIN debate AS d ON d.debate_id = m.debate_id
    WHERE m.learner_id IN (SELECT value FROM json_each(:learners)) AND m.debate_id <> :debate_id
          AND m.side IS NOT NULL
          AND d.close_reason IS NOT 'cancelled' AND d.format <> 'switch'
    GROUP BY m.learner_id
"""


def add_debater(db: Database, debate_id: DebateId, learner_id: LearnerId, at: datetime) -> None:
    """Note that a learner has joined, or has come back with the side that they had."""
    change(db, ADD, debate_id=debate_id, learner_id=learner_id, at=to_text(at))


def debater_of(db: Database, debate_id: DebateId, learner_id: LearnerId) -> Debater | None:
    """The learner in that debate, or None if they never joined; whoever has left is given too."""
    row = first(db, DEBATER, debate_id=debate_id, learner_id=learner_id)
    return None if row is None else _debater(row)


def debaters_of(db: Database, debate_id: DebateId) -> list[Debater]:
    """Everybody who has joined, those who have left too, in the order of joining."""
    return [_debater(row) for row in many(db, DEBATERS_OF, debate_id=debate_id)]


def give_side(db: Database, debate_id: DebateId, learner_id: LearnerId, assignment: Assignment) -> None:
    """Store the side that a debater argues, and why."""
    change(
        db,
        SET_SIDE,
        debate_id=debate_id,
        learner_id=learner_id,
        side=assignment.side.value,
        reason=assignment.reason.value,
    )


def set_wish(db: Database, debate_id: DebateId, learner_id: LearnerId, wish: Side | None) -> None:
    """Note which side a debater would choose; None: that is not known any more."""
    stored = None if wish is None else wish.value
    change(db, SET_WISH, debate_id=debate_id, learner_id=learner_id, wish=stored)


def set_left(db: Database, debate_id: DebateId, learner_id: LearnerId, at: datetime | None) -> None:
    """Note when a debater has left; None: they are back."""
    change(db, SET_LEFT, debate_id=debate_id, learner_id=learner_id, at=to_text_or_none(at))


def set_gate_run(db: Database, debate_id: DebateId, learner_id: LearnerId, run_id: RunId) -> None:
    """Note the run in which a debater tries the questions of the knowledge gate."""
    change(db, SET_GATE_RUN, debate_id=debate_id, learner_id=learner_id, run_id=run_id)


def debate_of_gate(db: Database, guild_id: GuildId, user_id: UserId, run_id: RunId) -> DebateId | None:
    """The debate at whose knowledge gate that run of theirs counts, or None."""
    row = first(db, DEBATE_OF_GATE, guild_id=guild_id, user_id=user_id, run_id=run_id)
    return None if row is None else DebateId(row[0])


def set_speaks_in(db: Database, debate_id: DebateId, learner_id: LearnerId, position: int | None) -> None:
    """Note in which place of the timetable a debater argues in a fishbowl."""
    change(db, SET_SPEAKS_IN, debate_id=debate_id, learner_id=learner_id, position=position)


def set_named(db: Database, debate_id: DebateId, learner_id: LearnerId, *, named: bool) -> None:
    """Note whether a transcript may name a debater."""
    change(db, SET_NAMED, debate_id=debate_id, learner_id=learner_id, named=int(named))


def set_openings_seen(db: Database, debate_id: DebateId, learner_id: LearnerId, at: datetime) -> None:
    """Note that a debater has seen the hidden openings of others; the first time counts."""
    change(db, SET_OPENINGS_SEEN, debate_id=debate_id, learner_id=learner_id, at=to_text(at))


def has_seen_openings(db: Database, debate_id: DebateId, learner_id: LearnerId) -> bool:
    """Whether a debater has seen the hidden openings of others."""
    return first(db, OPENINGS_SEEN, debate_id=debate_id, learner_id=learner_id) is not None


def side_counts(db: Database, debate_id: DebateId) -> dict[Side, int]:
    """How many debaters either side has, without those who have left."""
    counts = dict.fromkeys(Side, 0)
    counts.update({Side(side): count for side, count in many(db, SIDE_COUNTS, debate_id=debate_id)})
    return counts


def sides_before(
    db: Database, debate_id: DebateId, learner_ids: Iterable[LearnerId]
) -> dict[LearnerId, tuple[int, int]]:
    """How often each of these learners argued for and against in the server's other debates; never: left out.

    Those in which everybody argued both sides do not count.
    """
    rows = many(db, SIDES_BEFORE, learners=json.dumps(list(learner_ids)), debate_id=debate_id)
    return {LearnerId(learner_id): (int(on_for), int(against)) for learner_id, on_for, against in rows}


def _debater(row: Row) -> Debater:
    learner_id, user_id, side, reason, wish, joined_at, left_at, gate_run_id, gate_done, speaks_in, named = (
        row
    )
    return Debater(
        learner_id=LearnerId(learner_id),
        user_id=UserId(user_id),
        side=None if side is None else Side(side),
        reason=None if reason is None else Reason(reason),
        wish=None if wish is None else Side(wish),
        joined_at=from_text(joined_at),
        left_at=from_text_or_none(left_at),
        gate_run_id=None if gate_run_id is None else RunId(gate_run_id),
        gate_done=bool(gate_done),
        speaks_in=speaks_in,
        named=bool(named),
    )
