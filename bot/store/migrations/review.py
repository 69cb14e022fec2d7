"""Spaced review: who agreed to it, the cards of their questions, and what was answered to them."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m009_spaced_review(db: Database) -> None:
    """Plans with their reminders, cards that are due on a day, and a log that keeps each card as it was before."""
    db.table("review_plan").create(
        {
            "learner_id": int,
            "agreed_at": str,
            "daily": int,
            "reminder_hour": int,
            "reminder_at": str,
            "reminded_on": str,
            "unreachable_at": str,
        },
        pk="learner_id",
        not_null={"agreed_at", "daily"},
        foreign_keys=[("learner_id", "learner", "learner_id")],
        strict=True,
    )
    db.conn.execute(
        "CREATE INDEX review_plan_reminder ON review_plan (reminder_at) WHERE reminder_at IS NOT NULL"
    )
    db.table("card").create(
        {
            "card_id": int,
            "learner_id": int,
            "item_id": int,
            "memory": str,
            "due_on": str,
            "interaction_id": int,
        },
        pk="card_id",
        not_null={"learner_id", "item_id", "memory", "due_on", "interaction_id"},
        foreign_keys=[("learner_id", "learner", "learner_id"), ("item_id", "item", "item_id")],
        strict=True,
    ).create_index(["learner_id", "item_id"], unique=True).create_index(["learner_id", "due_on"])
    db.table("review_log").create(
        {
            "review_id": int,
            "card_id": int,
            "learner_id": int,
            "round_id": int,
            "recall": int,
            "before": str,
            "after": str,
            "day": str,
            "in_review": int,
            "at": str,
            "changed_at": str,
        },
        pk="review_id",
        not_null={"card_id", "learner_id", "round_id", "recall", "after", "day", "in_review", "at"},
        foreign_keys=[
            ("card_id", "card", "card_id"),
            ("learner_id", "learner", "learner_id"),
            ("round_id", "round", "round_id"),
        ],
        strict=True,
    ).create_index(["card_id", "round_id"], unique=True).create_index(["learner_id", "day"])
