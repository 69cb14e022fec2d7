"""Practice: a learner draws a private quiz, takes up one that was left, or asks again what was missed."""

import random
from datetime import datetime

from sqlite_utils import Database

from bot.actions.open_live import MOST_QUESTIONS, askable, draw_rounds, shuffled
from bot.actions.own_runs import OwnStep, create_own_run, next_step, own_run, shown_now
from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import GuildId, RunId, UserId
from bot.quiz.focus import EVERYTHING, Focus, is_fresh
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.run import SELF_PACED, RoundState, RunMode
from bot.store.answers import answer_of, seen_items
from bot.store.assignments import held_back_items
from bot.store.learners import learner_for
from bot.store.questions import StoredItem, find_set, items_of
from bot.store.runs import find_run, rounds_of, unfinished_practice


def begin_practice(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    set_key: str,
    category: Category | None,
    questions: int,
    rng: random.Random,
    at: datetime,
    focus: Focus = EVERYTHING,
    options: RunOptions = NO_OPTIONS,
) -> OwnStep:
    """Take up the learner's unfinished run of this set, category and focus, or draw a new one.

    Questions that the learner answered in the last days come only where others do not suffice, and those that an open
    assignment holds back not at all. Raises ``NotFound`` or ``Invalid`` as ``open_live`` does.
    """
    if not 1 <= questions <= MOST_QUESTIONS:
        raise Invalid("number of questions", "it is out of range", f"Choose 1 to {MOST_QUESTIONS}.")
    stored_set = find_set(db, guild_id, set_key)
    if stored_set is not None:
        unfinished = unfinished_practice(db, guild_id, user_id, stored_set.set_id, category, focus)
        if unfinished is not None:
            return next_step(db, guild_id=guild_id, user_id=user_id, run_id=unfinished, at=at, resumed=True)
    seen = {} if stored_set is None else seen_items(db, guild_id, user_id, stored_set.set_id, at)
    stored_set, found = askable(db, guild_id, set_key, category, focus, seen)
    items = _free(db, guild_id, found, at)
    if not items:
        raise Invalid(
            "choice",
            "all such questions are in an assignment that is open, and their answers come after its due date",
            "Choose others, or come back then.",
        )
    seed = rng.getrandbits(48)
    stale = {key for key, answer in seen.items() if not is_fresh(answer, at)}
    run_id = create_own_run(
        db,
        guild_id=guild_id,
        user_id=user_id,
        mode=RunMode.PRACTICE,
        set_id=stored_set.set_id,
        category=category,
        focus=focus,
        options=options,
        seed=seed,
        rounds=draw_rounds(items, questions, random.Random(seed), stale),
        at=at,
    )
    return next_step(db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=at)


def retake_missed(
    db: Database, *, guild_id: GuildId, user_id: UserId, run_id: RunId, rng: random.Random, at: datetime
) -> OwnStep:
    """Ask what was missed in an earlier run again, in its newest wording and a new order.

    Works for the learner's own private runs and for any live run the learner took part in. A second press goes
    on with the quiz that the first one began. Raises ``NotFound``, or ``WrongState`` for a result that is not out.
    """
    run = find_run(db, run_id)
    if run is None or run.guild_id != guild_id:
        raise NotFound("quiz")
    if run.mode in SELF_PACED:
        shown = shown_now(own_run(db, guild_id, user_id, run_id), at)
        if not shown.everything:  # asking again would show what is not to be seen yet
            raise WrongState("result", "not out yet")
    learner_id = learner_for(db, guild_id, user_id, at)
    # A second vote comes after the first one on the same question, and takes its place.
    latest = {
        asked.item.id: answer.outcome
        for asked in rounds_of(db, run_id)
        if asked.state is RoundState.CLOSED
        and not asked.dropped
        and (answer := answer_of(db, asked.round_id, learner_id)) is not None
    }
    missed = {key for key, outcome in latest.items() if outcome is not Outcome.RIGHT}
    again = [stored for stored in items_of(db, run.set_id) if stored.item.id in missed]
    current = _free(db, guild_id, again, at)
    if not current:
        raise NotFound("missed question")
    begun = unfinished_practice(db, guild_id, user_id, run.set_id, run.category, run.focus)
    if begun is not None and _asks(db, begun) == {stored.item.id for stored in current}:
        return next_step(db, guild_id=guild_id, user_id=user_id, run_id=begun, at=at, resumed=True)
    seed = rng.getrandbits(48)
    shuffle = random.Random(seed)
    shuffle.shuffle(current)
    new_run = create_own_run(
        db,
        guild_id=guild_id,
        user_id=user_id,
        mode=RunMode.PRACTICE,
        set_id=run.set_id,
        category=run.category,
        focus=run.focus,
        options=RunOptions(certainty=run.options.certainty),
        seed=seed,
        rounds=[shuffled(stored, shuffle) for stored in current],
        at=at,
    )
    return next_step(db, guild_id=guild_id, user_id=user_id, run_id=new_run, at=at)


def _free(db: Database, guild_id: GuildId, items: list[StoredItem], at: datetime) -> list[StoredItem]:
    """Those that no open assignment holds back: here, each answer is followed by the right one."""
    held = held_back_items(db, guild_id, at)
    return [stored for stored in items if stored.item_id not in held]


def _asks(db: Database, run_id: RunId) -> set[str]:
    return {asked.item.id for asked in rounds_of(db, run_id)}
