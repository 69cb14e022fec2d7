"""Learners: a person in one server. The same person in two servers is two learners."""

from datetime import datetime

from sqlite_utils import Database

from bot.ids import GuildId, LearnerId, UserId
from bot.store.moments import to_text
from bot.store.sql import first, many

FIND = """
    SELECT learner_id FROM learner WHERE guild_id = :guild_id AND user_id = :user_id
"""
# A whole class answers its first question at once: sqlite-utils' insert would triple what that takes.
ADD = """
    INSERT INTO learner (guild_id, user_id, first_seen_at) VALUES (:guild_id, :user_id, :at)
    RETURNING learner_id
"""


def find_learner(db: Database, guild_id: GuildId, user_id: UserId) -> LearnerId | None:
    """The learner, or None if this person has never taken part in this server."""
    row = first(db, FIND, guild_id=guild_id, user_id=user_id)
    return None if row is None else LearnerId(row[0])


def learner_for(db: Database, guild_id: GuildId, user_id: UserId, at: datetime) -> LearnerId:
    """The learner, made on first contact."""
    known = find_learner(db, guild_id, user_id)
    if known is not None:
        return known
    [(learner_id,)] = many(db, ADD, guild_id=guild_id, user_id=user_id, at=to_text(at))
    return LearnerId(learner_id)
