"""Reminders to review: chosen by the learner, at most one a day, by direct message, and none that cannot be sent."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.review_cards import cards_for_today, follow_answers
from bot.errors import Invalid, NotAllowed
from bot.ids import GuildId, LearnerId, UserId
from bot.review.reminding import day_of, is_too_late, next_reminder
from bot.store.guilds import time_zone_of
from bot.store.notices import NoticeKind, add_notice, drop_notices, is_waiting
from bot.store.review_plans import (
    Plan,
    note_reminded,
    plan_for,
    plan_of,
    plans_with_reminders,
    set_reminder,
)


def choose_reminder(
    db: Database, *, guild_id: GuildId, user_id: UserId, hour: int | None, at: datetime
) -> bool:
    """Choose the hour of the reminder by the server's clock, or None for none. False without an agreement."""
    if hour is not None and not 0 <= hour < 24:
        raise Invalid("hour", "a day has no such hour", "Choose one from 0 to 23.")
    plan = plan_for(db, guild_id, user_id)
    if plan is None:
        return False
    _choose(db, plan, hour, at)
    return True


def no_more_reminders(db: Database, *, learner_id: LearnerId, user_id: UserId, at: datetime) -> None:
    """Stop the reminders from within a direct message, where no server is known. Harmless when repeated.

    Raises ``NotAllowed`` for anybody but the person who is reminded.
    """
    plan = plan_of(db, learner_id)
    if plan is None:
        return
    if plan.user_id != user_id:
        raise NotAllowed("stop these reminders", "the person who gets them")
    _choose(db, plan, None, at)


def remind(db: Database, *, learner_id: LearnerId, at: datetime) -> None:
    """Ask for a reminder if it is due and there is something to review, and aim at the next one.

    After a downtime there is one at the most, and none hours later.
    """
    plan = plan_of(db, learner_id)
    if plan is None or plan.reminder_hour is None or plan.reminder_at is None or plan.reminder_at > at:
        return
    zone = time_zone_of(db, plan.guild_id)
    today = day_of(at, zone)
    set_reminder(db, learner_id, plan.reminder_hour, next_reminder(plan.reminder_hour, zone, at))
    if plan.reminded_on == today or is_too_late(plan.reminder_at, at):
        return
    follow_answers(db, plan, at)
    count = len(cards_for_today(db, plan, at))
    if count == 0 or is_waiting(db, NoticeKind.REVIEW_DUE, learner_id):
        return
    note_reminded(db, learner_id, today)
    add_notice(db, plan.guild_id, plan.user_id, NoticeKind.REVIEW_DUE, learner_id, str(count), at)


def reminder_unsent(db: Database, learner_id: LearnerId, at: datetime) -> None:
    """A reminder could not be sent: switch them off; the learner reads why at the next review."""
    plan = plan_of(db, learner_id)
    if plan is not None and plan.reminder_hour is not None:
        set_reminder(db, learner_id, None, None, unreachable_at=at)


def aim_reminders(db: Database, *, guild_id: GuildId, at: datetime) -> None:
    """Set the next moment of each reminder in a server anew, as after a change of its time zone."""
    zone = time_zone_of(db, guild_id)
    for plan in plans_with_reminders(db, guild_id):
        if plan.reminder_hour is not None:
            moment = next_reminder(plan.reminder_hour, zone, at)
            set_reminder(db, plan.learner_id, plan.reminder_hour, moment)


def _choose(db: Database, plan: Plan, hour: int | None, at: datetime) -> None:
    moment = None if hour is None else next_reminder(hour, time_zone_of(db, plan.guild_id), at)
    set_reminder(db, plan.learner_id, hour, moment)
    if hour is None:
        drop_notices(db, NoticeKind.REVIEW_DUE, plan.learner_id, at)
