"""What becomes of an argument: its earlier versions, and the restatements that its opponents make of it."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m015_versions_and_restatements(db: Database) -> None:
    """Each edit keeps what stood before; a restatement waits for the word of the argument's author."""
    db.table("argument_version").create(
        {
            "version_id": int,
            "argument_id": int,
            "claim": str,
            "evidence": str,
            "reasoning": str,
            "replaced_at": str,
            "interaction_id": int,
        },
        pk="version_id",
        not_null={"argument_id", "claim", "evidence", "reasoning", "replaced_at", "interaction_id"},
        foreign_keys=[("argument_id", "argument", "argument_id")],
        strict=True,
    ).create_index(["interaction_id"], unique=True).create_index(["argument_id"])
    db.table("restatement").create(
        {
            "restatement_id": int,
            "argument_id": int,
            "learner_id": int,
            "text": str,
            "interaction_id": int,
            "at": str,
            "verdict": str,
            "judged_at": str,
        },
        pk="restatement_id",
        not_null={"argument_id", "learner_id", "text", "interaction_id", "at"},
        foreign_keys=[("argument_id", "argument", "argument_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    ).create_index(["interaction_id"], unique=True).create_index(["argument_id", "learner_id"])
