"""A learner changes the grade of an answer in a review: the card is reckoned anew from what it was before it."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.own_answers import feedback_to
from bot.actions.own_runs import OwnFeedback
from bot.errors import NotFound
from bot.ids import GuildId, RoundId, UserId
from bot.quiz.run import RunMode
from bot.review.memory import reviewed
from bot.review.recall import Recall
from bot.store.learners import find_learner
from bot.store.review_cards import grade_anew, review_of_round
from bot.store.review_plans import plan_of


def change_recall(
    db: Database, *, guild_id: GuildId, user_id: UserId, round_id: RoundId, recall: Recall, at: datetime
) -> OwnFeedback:
    """Grade an answer of one's own review anew; gives its feedback as it is now.

    Once another answer has moved the card, or the cards were deleted, nothing is changed and the feedback names
    no grade. Raises ``NotFound`` or ``NotAllowed`` for what is no answer of the learner's own.
    """
    feedback = feedback_to(db, guild_id=guild_id, user_id=user_id, round_id=round_id, at=at)
    if feedback.run.mode is not RunMode.REVIEW:
        raise NotFound("review")
    learner_id = find_learner(db, guild_id, user_id)
    if learner_id is None or plan_of(db, learner_id) is None:
        return feedback
    review = review_of_round(db, learner_id, round_id)
    if review is None or not review.newest or review.recall is recall:
        return feedback
    grade_anew(db, review, recall, reviewed(review.before, recall, review.day), at)
    return feedback_to(db, guild_id=guild_id, user_id=user_id, round_id=round_id, at=at)
