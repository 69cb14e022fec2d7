"""Private threads for the sides of a debate, and the tags of a debate that is a post in a forum."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m020_caucuses_and_tags(db: Database) -> None:
    """A private thread for each side of a debate, and who has been let in; the tag of a forum's post."""
    db.conn.execute("ALTER TABLE thread_wish ADD COLUMN tag TEXT")
    db.table("caucus").create(
        {
            "debate_id": int,
            "side": str,
            "thread_id": int,
            "revision": int,
            "done_revision": int,
            "problem": str,
        },
        pk=("debate_id", "side"),
        not_null={"revision", "done_revision"},
        foreign_keys=[("debate_id", "debate", "debate_id")],
        strict=True,
    )
    db.conn.execute("CREATE INDEX caucus_open ON caucus (debate_id) WHERE revision > done_revision")
    db.table("caucus_member").create(
        {"debate_id": int, "learner_id": int, "side": str},
        pk=("debate_id", "learner_id"),
        not_null={"side"},
        foreign_keys=[("debate_id", "debate", "debate_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    )
