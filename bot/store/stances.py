"""Stances: private, append-only, the last one of a phase counts."""

from datetime import datetime

from sqlite_utils import Database

from bot.debate.debate import StanceEvent
from bot.debate.stance import Phase, Stance, Standing
from bot.ids import DebateId, InteractionId, LearnerId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text
from bot.store.sql import change, first, many

ADD_STANCE = """
    INSERT INTO stance (debate_id, learner_id, phase, standing, certainty, value, interaction_id, at)
    VALUES (:debate_id, :learner_id, :phase, :standing, :certainty, :value, :interaction_id, :at)
    ON CONFLICT (interaction_id) DO NOTHING
"""
GIVEN = """
    SELECT 1 FROM stance WHERE interaction_id = :interaction_id
"""
STANCES = """
    SELECT l.user_id, s.phase, s.standing, s.certainty, s.value, s.at
    FROM stance AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
    WHERE s.debate_id = :debate_id
    ORDER BY s.interaction_id
"""
STANCES_BY = """
    SELECT phase, standing, certainty, value FROM stance
    WHERE debate_id = :debate_id AND learner_id = :learner_id
    ORDER BY interaction_id
"""
FIRST_GIVEN = """
    SELECT MIN(at) FROM stance WHERE debate_id = :debate_id AND learner_id = :learner_id AND phase = :phase
"""


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
        value=stance.value,
        interaction_id=interaction_id,
        at=to_text(at),
    )


def stance_given(db: Database, interaction_id: InteractionId) -> bool:
    """Whether this interaction has stored a stance already."""
    return first(db, GIVEN, interaction_id=interaction_id) is not None


def stances_of(db: Database, debate_id: DebateId) -> list[StanceEvent]:
    """Every stance ever given in a debate, in the order in which Discord made the interactions."""
    return [
        StanceEvent(
            UserId(user_id), Phase(phase), Stance(Standing(standing), certainty, value), from_text(at)
        )
        for user_id, phase, standing, certainty, value, at in many(db, STANCES, debate_id=debate_id)
    ]


def first_given(db: Database, debate_id: DebateId, learner_id: LearnerId, phase: Phase) -> datetime | None:
    """When a learner gave their first stance of a phase, or None."""
    row = first(db, FIRST_GIVEN, debate_id=debate_id, learner_id=learner_id, phase=phase.value)
    return None if row is None else from_text_or_none(row[0])


def stances_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> dict[Phase, Stance]:
    """The stance of one learner that counts in each phase: the last one given."""
    return {
        Phase(phase): Stance(Standing(standing), certainty, value)
        for phase, standing, certainty, value in many(
            db, STANCES_BY, debate_id=debate_id, learner_id=learner_id
        )
    }
