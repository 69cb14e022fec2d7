"""What a run was opened with, and how sure people were of an answer."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m006_options_and_certainty(db: Database) -> None:
    """The options of a run and when it closes; how sure a learner was of an answer, and when it was revealed."""
    db.conn.execute("ALTER TABLE run ADD COLUMN options TEXT NOT NULL DEFAULT '{}'")
    db.conn.execute("ALTER TABLE run ADD COLUMN closes_at TEXT")
    db.conn.execute("ALTER TABLE answer ADD COLUMN certainty INTEGER CHECK (certainty BETWEEN 1 AND 3)")
    db.conn.execute("ALTER TABLE answer ADD COLUMN revealed_at TEXT")
