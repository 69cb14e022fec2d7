"""Cards follow answers: those of reviews move them, misses and guesses anywhere else make them or call them back.

A card that was never reviewed goes away when a ruling turns what it was made for into right answers; should that be
taken back, the miss makes it anew.

Level-triggered: what an answer does to its card is told from the database, so it may be asked any number of times.
Without the learner's agreement nothing is done.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.ids import LearnerId, RoundId
from bot.quiz.certainty import Certainty
from bot.quiz.run import RunMode
from bot.review.memory import missed, reviewed
from bot.review.recall import Recall, is_weak, recall_of
from bot.review.reminding import day_of
from bot.review.today import Candidate, for_today
from bot.review.upcoming import NextReview, Upcoming, next_review
from bot.store.assignments import held_back_items
from bot.store.guilds import time_zone_of
from bot.store.questions import StoredItem
from bot.store.review_answers import ItemAnswer, answer_to_round, latest_answers
from bot.store.review_cards import (
    Move,
    asked_cards,
    count_done,
    delete_card,
    due_cards,
    find_card,
    foundations,
    move_card,
    next_day,
    review_of_round,
)
from bot.store.review_plans import Plan, plan_of


def follow_answers(db: Database, plan: Plan, at: datetime) -> None:
    """Bring a learner's cards up to date with the latest answer to each item."""
    _let_go(db, plan)
    for given in latest_answers(db, plan.learner_id, at):
        _follow(db, plan, given, at)


def follow_round(db: Database, learner_id: LearnerId, round_id: RoundId, at: datetime) -> None:
    """Bring the card of one round up to date with the answer to it."""
    plan = plan_of(db, learner_id)
    given = None if plan is None else answer_to_round(db, learner_id, round_id)
    if plan is not None and given is not None:
        _follow(db, plan, given, at)


def next_review_of(db: Database, learner_id: LearnerId, round_id: RoundId, at: datetime) -> NextReview | None:
    """When the question of a round comes again by what was answered to it, or None if that moved no card.

    The grade can be changed until another answer has moved the card.
    """
    plan, review = plan_of(db, learner_id), review_of_round(db, learner_id, round_id)
    if plan is None or review is None or not review.newest:
        return None
    today = day_of(at, time_zone_of(db, plan.guild_id))
    return next_review(review.before, review.after, review.recall, today=today)


def cards_for_today(db: Database, plan: Plan, at: datetime) -> list[tuple[Candidate, StoredItem]]:
    """What a learner is still to be asked today, in order and in its newest wording.

    What an open assignment holds back waits: a review shows the right answer at once.
    """
    today = day_of(at, time_zone_of(db, plan.guild_id))
    held = held_back_items(db, plan.guild_id, at)
    due = [each for each in due_cards(db, plan.learner_id, today) if each[0].item_id not in held]
    stored = {candidate.item_id: item for candidate, item in due}
    chosen = for_today(
        [candidate for candidate, _ in due],
        asked_cards(db, plan.learner_id, today),
        daily=plan.daily,
        done=count_done(db, plan.learner_id, today),
        on=today,
    )
    return [(candidate, stored[candidate.item_id]) for candidate in chosen]


def upcoming_of(db: Database, plan: Plan, at: datetime) -> Upcoming:
    """How many questions are left for today, and when the next ones come."""
    today = day_of(at, time_zone_of(db, plan.guild_id))
    following = next_day(db, plan.learner_id, today)
    left = len(cards_for_today(db, plan, at))
    if following is None:
        return Upcoming(left)
    day, count = following
    return Upcoming(left, min(count, plan.daily), (day - today).days)


def _let_go(db: Database, plan: Plan) -> None:
    for card_id, answers in foundations(db, plan.learner_id).items():
        if not any(is_weak(_recall(outcome, certainty)) for outcome, certainty in answers):
            delete_card(db, card_id)


def _follow(db: Database, plan: Plan, given: ItemAnswer, at: datetime) -> None:
    card = find_card(db, plan.learner_id, given.item_id)
    recall = _recall(given.outcome, given.certainty)
    in_review = given.mode is RunMode.REVIEW and card is not None
    if card is not None and given.interaction_id <= card.interaction_id:
        return  # this answer, or a later one, has moved the card
    if not (in_review or is_weak(recall)):
        return
    before = None if card is None else card.memory
    day = day_of(given.answered_at, time_zone_of(db, plan.guild_id))
    move = Move(
        learner_id=plan.learner_id,
        item_id=given.item_id,
        round_id=given.round_id,
        interaction_id=given.interaction_id,
        recall=recall,
        before=before,
        after=(reviewed if in_review else missed)(before, recall, day),
        day=day,
        in_review=in_review,
    )
    move_card(db, None if card is None else card.card_id, move, at)


def _recall(outcome: Outcome, certainty: Certainty | None) -> Recall:
    return recall_of(outcome, guessed=certainty is Certainty.GUESS, certain=certainty is Certainty.CERTAIN)
