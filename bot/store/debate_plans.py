"""Debates that an instructor has planned and not opened yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import ChannelId, DebateId, GuildId, PlanId, UserId
from bot.store.moments import from_text_or_none, to_text, to_text_or_none
from bot.store.sql import change, first, insert

PLAN = """
    SELECT guild_id, channel_id, content, opening_at, debate_id, thread_id FROM debate_plan WHERE plan_id = :plan_id
"""
SET_OPENING = """
    UPDATE debate_plan SET opening_at = :at WHERE plan_id = :plan_id
"""
SET_THREAD = """
    UPDATE debate_plan SET thread_id = :thread_id WHERE plan_id = :plan_id
"""
DELETE = "DELETE FROM debate_plan WHERE plan_id = :plan_id AND debate_id IS NULL"
DELETE_OLD = """
    DELETE FROM debate_plan WHERE guild_id = :guild_id AND debate_id IS NULL AND created_at < :before
"""
OPENED = """
    UPDATE debate_plan SET debate_id = :debate_id WHERE plan_id = :plan_id
"""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as JSON, since when it is being opened, its thread, and the debate that it became, if it did."""

    guild_id: GuildId
    channel_id: ChannelId
    content: str
    opening_at: datetime | None
    debate_id: DebateId | None
    thread_id: ChannelId | None


def add_plan(
    db: Database, guild_id: GuildId, made_by: UserId, channel_id: ChannelId, content: str, at: datetime
) -> PlanId:
    """Keep a plan."""
    return PlanId(
        insert(
            db,
            "debate_plan",
            guild_id=guild_id,
            made_by=made_by,
            channel_id=channel_id,
            content=content,
            created_at=to_text(at),
        )
    )


def find_plan(db: Database, plan_id: PlanId) -> StoredPlan | None:
    """The plan, or None."""
    row = first(db, PLAN, plan_id=plan_id)
    if row is None:
        return None
    guild_id, channel_id, content, opening_at, debate_id, thread_id = row
    return StoredPlan(
        GuildId(guild_id),
        ChannelId(channel_id),
        content,
        from_text_or_none(opening_at),
        None if debate_id is None else DebateId(debate_id),
        None if thread_id is None else ChannelId(thread_id),
    )


def set_opening(db: Database, plan_id: PlanId, at: datetime | None) -> None:
    """Note since when somebody is opening a plan; None: nobody is."""
    change(db, SET_OPENING, plan_id=plan_id, at=to_text_or_none(at))


def set_plan_thread(db: Database, plan_id: PlanId, thread_id: ChannelId | None) -> None:
    """Note which thread has been made for a plan; None: there is none (any more)."""
    change(db, SET_THREAD, plan_id=plan_id, thread_id=thread_id)


def plan_opened(db: Database, plan_id: PlanId, debate_id: DebateId) -> None:
    """Note which debate a plan has become."""
    change(db, OPENED, plan_id=plan_id, debate_id=debate_id)


def delete_plan(db: Database, plan_id: PlanId) -> None:
    """Forget a plan that was not opened."""
    change(db, DELETE, plan_id=plan_id)


def drop_old_plans(db: Database, guild_id: GuildId, before: datetime) -> None:
    """Forget the server's plans from before a moment that were not opened."""
    change(db, DELETE_OLD, guild_id=guild_id, before=to_text(before))
