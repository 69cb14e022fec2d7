"""Pairs of arguments that people compare."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m017_comparisons(db: Database) -> None:
    """Each pair that was shown to somebody, and what they said of it; nothing yet where they have not."""
    db.table("comparison").create(
        {
            "comparison_id": int,
            "debate_id": int,
            "learner_id": int,
            "left_id": int,
            "right_id": int,
            "shown_at": str,
            "better": str,
            "judged_at": str,
        },
        pk="comparison_id",
        not_null={"debate_id", "learner_id", "left_id", "right_id", "shown_at"},
        foreign_keys=[
            ("debate_id", "debate", "debate_id"),
            ("learner_id", "learner", "learner_id"),
            ("left_id", "argument", "argument_id"),
            ("right_id", "argument", "argument_id"),
        ],
        strict=True,
    ).create_index(["debate_id", "learner_id"])
