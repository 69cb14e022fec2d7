"""How a debate comes to a joint close: a statement that the class writes, and who signs it."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m018_joint_statements(db: Database) -> None:
    """Each version of a debate's joint statement, and the signatures to it."""
    db.table("statement_version").create(
        {
            "version_id": int,
            "debate_id": int,
            "learner_id": int,
            "text": str,
            "at": str,
            "interaction_id": int,
        },
        pk="version_id",
        not_null={"debate_id", "learner_id", "text", "at", "interaction_id"},
        foreign_keys=[("debate_id", "debate", "debate_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    ).create_index(["interaction_id"], unique=True).create_index(["debate_id"])
    db.table("signature").create(
        {"version_id": int, "learner_id": int, "at": str},
        pk=("version_id", "learner_id"),
        not_null={"at"},
        foreign_keys=[
            ("version_id", "statement_version", "version_id"),
            ("learner_id", "learner", "learner_id"),
        ],
        strict=True,
    )
