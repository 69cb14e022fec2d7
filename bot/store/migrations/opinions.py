"""What a class thinks of short statements. Groups of people are worked out when they are shown, and have no table."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m013_class_opinions(db: Database) -> None:
    """Class opinions with their statements, and one vote a statement and learner: the last one given."""
    db.table("opinion").create(
        {
            "opinion_id": int,
            "guild_id": int,
            "set_id": int,
            "tag": str,
            "channel_id": int,
            "opened_by": int,
            "state": str,
            "seed": int,
            "created_at": str,
            "opened_at": str,
            "closes_at": str,
            "closed_at": str,
            "close_reason": str,
        },
        pk="opinion_id",
        not_null={"guild_id", "set_id", "channel_id", "opened_by", "state", "seed", "created_at"},
        foreign_keys=[("set_id", "question_set", "set_id")],
        strict=True,
    )
    db.conn.execute("CREATE INDEX opinion_open ON opinion (guild_id) WHERE state <> 'closed'")
    db.conn.execute(
        "CREATE INDEX opinion_due ON opinion (closes_at) WHERE state = 'open' AND closes_at IS NOT NULL"
    )
    db.table("opinion_statement").create(
        {"statement_id": int, "opinion_id": int, "position": int, "revision_id": int},
        pk="statement_id",
        not_null={"opinion_id", "position", "revision_id"},
        foreign_keys=[("opinion_id", "opinion", "opinion_id"), ("revision_id", "revision", "revision_id")],
        strict=True,
    ).create_index(["opinion_id", "position"], unique=True)
    db.table("opinion_vote").create(
        {"statement_id": int, "learner_id": int, "vote": int, "interaction_id": int, "at": str},
        pk=("statement_id", "learner_id"),
        not_null={"vote", "interaction_id", "at"},
        foreign_keys=[
            ("statement_id", "opinion_statement", "statement_id"),
            ("learner_id", "learner", "learner_id"),
        ],
        strict=True,
    ).create_index(["learner_id"])
