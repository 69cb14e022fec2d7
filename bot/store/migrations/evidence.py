"""Questions found by their words, evidence cards dealt in a debate, and what was found, cited and shown."""

import json

from sqlite_utils import Database

from bot.bank.findable import can_be_touched, findable
from bot.bank.kinds import item_from_json
from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m014_evidence(db: Database) -> None:
    """The texts of questions in use with an index of their words; dealt cards; what was found and cited.

    Written as SQL, for the index and its triggers. The questions that are in use already are indexed.
    """
    for statement in STATEMENTS:
        db.conn.execute(statement)
    db.conn.executemany(ADD_TEXT, [_text(*row) for row in db.conn.execute(IN_USE).fetchall()])


def _text(item_id: int, revision_id: int, content: str) -> dict[str, object]:
    item = item_from_json(content)
    found = findable(item)
    return {
        "item_id": item_id,
        "revision_id": revision_id,
        "title": found.title,
        "body": found.body,
        "tags": found.tags,
        "apart": json.dumps(item.not_with),
        "touchable": can_be_touched(item),
    }


IN_USE = """
    SELECT i.item_id, v.revision_id, v.content
    FROM item AS i
    JOIN question_set AS s ON s.set_id = i.set_id AND s.retired_at IS NULL
    JOIN revision AS v ON v.revision_id = i.revision_id
    WHERE i.retired_at IS NULL
"""
ADD_TEXT = """
    INSERT INTO item_text (item_id, revision_id, title, body, tags, apart, touchable)
    VALUES (:item_id, :revision_id, :title, :body, :tags, :apart, :touchable)
"""
STATEMENTS = (
    """
    CREATE TABLE item_text (
        item_id INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
        revision_id INTEGER NOT NULL REFERENCES revision,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        tags TEXT NOT NULL,
        apart TEXT NOT NULL,
        touchable INTEGER NOT NULL
    ) STRICT
    """,
    # Words are found in any of their forms, and without accents.
    """
    CREATE VIRTUAL TABLE item_index USING fts5 (
        title, body, tags,
        content = 'item_text', content_rowid = 'item_id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    # The index keeps no texts of its own: what is taken out of it has to be said once more.
    """
    CREATE TRIGGER item_text_added AFTER INSERT ON item_text BEGIN
        INSERT INTO item_index (rowid, title, body, tags) VALUES (new.item_id, new.title, new.body, new.tags);
    END
    """,
    """
    CREATE TRIGGER item_text_removed AFTER DELETE ON item_text BEGIN
        INSERT INTO item_index (item_index, rowid, title, body, tags)
        VALUES ('delete', old.item_id, old.title, old.body, old.tags);
    END
    """,
    """
    CREATE TRIGGER item_text_changed AFTER UPDATE ON item_text BEGIN
        INSERT INTO item_index (item_index, rowid, title, body, tags)
        VALUES ('delete', old.item_id, old.title, old.body, old.tags);
        INSERT INTO item_index (rowid, title, body, tags) VALUES (new.item_id, new.title, new.body, new.tags);
    END
    """,
    """
    CREATE TABLE dealt_card (
        debate_id INTEGER NOT NULL REFERENCES debate,
        revision_id INTEGER NOT NULL REFERENCES revision,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (debate_id, revision_id)
    ) STRICT, WITHOUT ROWID
    """,
    # What a person found last by a search, and by a check of a message: which questions, never the words.
    """
    CREATE TABLE finding (
        finding_id INTEGER PRIMARY KEY AUTOINCREMENT,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        kind TEXT NOT NULL,
        channel_id INTEGER NOT NULL,
        message_id INTEGER,
        items TEXT NOT NULL,
        found_at TEXT NOT NULL,
        UNIQUE (learner_id, kind)
    ) STRICT
    """,
    """
    CREATE TABLE citation (
        citation_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        debate_id INTEGER REFERENCES debate,
        message_id INTEGER UNIQUE,
        interaction_id INTEGER NOT NULL UNIQUE,
        cited_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE citation_card (
        citation_id INTEGER NOT NULL REFERENCES citation ON DELETE CASCADE,
        position INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        PRIMARY KEY (citation_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX citation_debate ON citation (debate_id) WHERE debate_id IS NOT NULL",
)
