"""Evidence from the bank in arguments, and the side for which a card was cited."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m021_cards_in_arguments(db: Database) -> None:
    """The cards of the bank that an argument rests on; the side that somebody argued when they cited a card.

    And since when somebody knows the hidden openings of others: theirs stay as they are from then on.
    """
    db.conn.execute("ALTER TABLE citation ADD COLUMN side TEXT")
    db.conn.execute("ALTER TABLE debater ADD COLUMN openings_seen_at TEXT")
    db.conn.execute("CREATE INDEX citation_learner ON citation (learner_id)")
    db.conn.execute(
        """
        CREATE TABLE argument_card (
            argument_id INTEGER NOT NULL REFERENCES argument ON DELETE CASCADE,
            position INTEGER NOT NULL,
            revision_id INTEGER NOT NULL REFERENCES revision,
            PRIMARY KEY (argument_id, position)
        ) STRICT, WITHOUT ROWID
        """
    )
