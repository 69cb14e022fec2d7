"""Spaced review of a learner: the agreement, what is due today, a session of it, and the way out.

A session is a run of its own that asks what is due in its newest wording. It belongs to a day: on another day, or
when it asks more than the learner wants or something that would not be asked any more, it is ended, and what it had
not asked is simply due again.
"""

import random
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.open_live import shuffled
from bot.actions.own_runs import OwnStep, create_own_run, end_own, next_step
from bot.actions.review_cards import cards_for_today, follow_answers, upcoming_of
from bot.errors import Invalid, NotFound
from bot.ids import GuildId, UserId
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import RunOptions
from bot.quiz.run import EndReason, RoundState, Run, RunMode
from bot.review.reminding import day_of
from bot.review.today import DAILY, DAILY_CHOICES
from bot.review.upcoming import Upcoming
from bot.store.guilds import time_zone_of
from bot.store.learners import learner_for
from bot.store.notices import NoticeKind, drop_notices
from bot.store.review_cards import count_cards, count_done, delete_cards, due_cards, open_sessions
from bot.store.review_plans import Plan, add_plan, delete_plan, plan_for, set_daily
from bot.store.runs import find_run, rounds_of


@dataclass(frozen=True, slots=True)
class ReviewHome:
    """Where a learner's review stands. ``begun``: a session is under way; ``cards``: how many questions there are.

    ``unreachable`` says that reminders ended because no direct message could be sent.
    """

    upcoming: Upcoming
    done: int
    cards: int
    begun: bool
    daily: int
    reminder_hour: int | None
    unreachable: bool
    zone: str


def review_home(db: Database, *, guild_id: GuildId, user_id: UserId, at: datetime) -> ReviewHome | None:
    """Bring the cards up to date and say what is due; None, and nothing done, without an agreement."""
    plan = plan_for(db, guild_id, user_id)
    if plan is None:
        return None
    follow_answers(db, plan, at)
    begun = _session(db, plan, at) is not None
    zone = time_zone_of(db, guild_id)
    return ReviewHome(
        upcoming=upcoming_of(db, plan, at),
        done=count_done(db, plan.learner_id, day_of(at, zone)),
        cards=count_cards(db, plan.learner_id),
        begun=begun,
        daily=plan.daily,
        reminder_hour=plan.reminder_hour,
        unreachable=plan.unreachable_at is not None,
        zone=zone.key,
    )


def agree_to_review(db: Database, *, guild_id: GuildId, user_id: UserId, at: datetime) -> ReviewHome | None:
    """Note that a learner agrees, once. Raises nothing when it is said twice."""
    if plan_for(db, guild_id, user_id) is None:
        add_plan(db, learner_for(db, guild_id, user_id, at), DAILY, at)
    return review_home(db, guild_id=guild_id, user_id=user_id, at=at)


def begin_review(
    db: Database, *, guild_id: GuildId, user_id: UserId, rng: random.Random, at: datetime
) -> OwnStep | ReviewHome | None:
    """Go on with today's session or begin one; gives where the review stands where there is nothing to ask."""
    plan = plan_for(db, guild_id, user_id)
    if plan is None:
        return None
    follow_answers(db, plan, at)
    begun = _session(db, plan, at)
    if begun is not None:
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=begun.run_id, at=at, resumed=True)
    due = cards_for_today(db, plan, at)
    if not due:
        return review_home(db, guild_id=guild_id, user_id=user_id, at=at)
    seed = rng.getrandbits(48)
    shuffle = random.Random(seed)
    run_id = create_own_run(
        db,
        guild_id=guild_id,
        user_id=user_id,
        mode=RunMode.REVIEW,
        set_id=due[0][0].set_id,  # a run names one set; each of its questions knows its own
        category=None,
        focus=EVERYTHING,
        options=RunOptions(certainty=True),
        seed=seed,
        rounds=[shuffled(stored, shuffle) for _, stored in due],
        at=at,
    )
    return next_step(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def choose_daily(
    db: Database, *, guild_id: GuildId, user_id: UserId, daily: int, at: datetime
) -> ReviewHome | None:
    """Choose how many questions come a day at the most. None, and nothing done, without an agreement."""
    if daily not in DAILY_CHOICES:
        choices = ", ".join(map(str, DAILY_CHOICES))
        raise Invalid("number of questions a day", "it is none of the choices", f"Choose one of {choices}.")
    plan = plan_for(db, guild_id, user_id)
    if plan is not None:
        set_daily(db, plan.learner_id, daily)
    return review_home(db, guild_id=guild_id, user_id=user_id, at=at)


def cards_kept(db: Database, *, guild_id: GuildId, user_id: UserId) -> int:
    """How many cards would be deleted. Raises ``NotFound`` without an agreement."""
    plan = plan_for(db, guild_id, user_id)
    if plan is None:
        raise NotFound("agreed review")
    return count_cards(db, plan.learner_id)


def stop_review(db: Database, *, guild_id: GuildId, user_id: UserId, at: datetime) -> None:
    """Delete a learner's cards, their log, the reminders and the agreement. Answers of quizzes stay."""
    plan = plan_for(db, guild_id, user_id)
    if plan is None:
        return
    for run in _open_runs(db, plan):
        end_own(db, run, EndReason.STOPPED, at)
    drop_notices(db, NoticeKind.REVIEW_DUE, plan.learner_id, at)
    delete_cards(db, plan.learner_id)
    delete_plan(db, plan.learner_id)


def _session(db: Database, plan: Plan, at: datetime) -> Run | None:
    """Today's session that is under way. Any other one is ended; what was answered in it counts."""
    zone = time_zone_of(db, plan.guild_id)
    today = day_of(at, zone)
    room = plan.daily - count_done(db, plan.learner_id, today)
    due = {stored.revision_id for _, stored in due_cards(db, plan.learner_id, today)}
    session: Run | None = None
    for run_id, begun_at in open_sessions(db, plan.guild_id, plan.user_id):
        run = find_run(db, run_id)
        if run is None:
            continue
        waiting = [each.revision_id for each in rounds_of(db, run_id) if each.state is RoundState.OPEN]
        fits = len(waiting) <= room and due.issuperset(waiting)
        if session is None and day_of(begun_at, zone) == today and fits:
            session = run
        else:
            end_own(db, run, EndReason.STOPPED, at)
    return session


def _open_runs(db: Database, plan: Plan) -> list[Run]:
    found = [find_run(db, run_id) for run_id, _ in open_sessions(db, plan.guild_id, plan.user_id)]
    return [run for run in found if run is not None]
