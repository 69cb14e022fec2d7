"""A second vote on a question of a live quiz, and which press said how sure somebody was."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m007_second_votes(db: Database) -> None:
    """A question may have two rounds, one a vote; a late press does not undo what a later one said."""
    db.conn.execute("ALTER TABLE round ADD COLUMN vote INTEGER NOT NULL DEFAULT 1 CHECK (vote IN (1, 2))")
    db.conn.execute("DROP INDEX idx_round_run_id_position")
    db.conn.execute("CREATE UNIQUE INDEX round_vote ON round (run_id, position, vote)")
    db.conn.execute("ALTER TABLE answer ADD COLUMN certainty_id INTEGER")
