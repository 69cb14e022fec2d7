"""Reports on questions, what a server has ruled about them, and each regrade with what it changed."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m010_reports_rulings_and_regrades(db: Database) -> None:
    """Reports, near misses that stay wrong, proposals, rulings in force, regrades and each result they changed.

    Written as SQL: what belongs to a learner or an answer goes with it.
    """
    for statement in STATEMENTS:
        db.conn.execute(statement)


STATEMENTS = (
    """
    CREATE TABLE regrade (
        regrade_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        ruling TEXT NOT NULL,
        reason TEXT NOT NULL,
        takes_back INTEGER UNIQUE REFERENCES regrade,
        decided_by INTEGER NOT NULL,
        decided_at TEXT NOT NULL,
        answers INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        told INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX regrade_guild ON regrade (guild_id, regrade_id)",
    # An outcome that is NULL did not count.
    """
    CREATE TABLE regrade_change (
        regrade_id INTEGER NOT NULL REFERENCES regrade,
        answer_id INTEGER NOT NULL REFERENCES answer ON DELETE CASCADE,
        outcome_before TEXT,
        fraction_before REAL NOT NULL,
        outcome_after TEXT,
        fraction_after REAL NOT NULL,
        PRIMARY KEY (regrade_id, answer_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX regrade_change_answer ON regrade_change (answer_id)",
    """
    CREATE TABLE ruling (
        ruling_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        regrade_id INTEGER NOT NULL REFERENCES regrade,
        content TEXT NOT NULL,
        ended_by INTEGER REFERENCES regrade
    ) STRICT
    """,
    # Every question that is read is looked up here.
    "CREATE INDEX ruling_in_force ON ruling (guild_id, revision_id, ruling_id) WHERE ended_by IS NULL",
    "CREATE INDEX ruling_regrade ON ruling (regrade_id)",
    "CREATE INDEX ruling_revision ON ruling (revision_id)",
    """
    CREATE TABLE report (
        report_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        round_id INTEGER NOT NULL REFERENCES round,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        response TEXT,
        content TEXT NOT NULL,
        interaction_id INTEGER NOT NULL,
        reported_at TEXT NOT NULL,
        decided_at TEXT,
        decided_by INTEGER,
        verdict TEXT,
        regrade_id INTEGER REFERENCES regrade,
        UNIQUE (learner_id, revision_id)
    ) STRICT
    """,
    "CREATE INDEX report_open ON report (guild_id, revision_id) WHERE decided_at IS NULL",
    """
    CREATE TABLE stays_wrong (
        guild_id INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        said TEXT NOT NULL,
        decided_by INTEGER NOT NULL,
        decided_at TEXT NOT NULL,
        PRIMARY KEY (guild_id, revision_id, said)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE proposal (
        proposal_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        revision_id INTEGER NOT NULL REFERENCES revision,
        ruling TEXT NOT NULL,
        reason TEXT NOT NULL,
        subject_id INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        proposed_by INTEGER NOT NULL,
        proposed_at TEXT NOT NULL,
        regrade_id INTEGER REFERENCES regrade
    ) STRICT
    """,
    "CREATE INDEX answer_near_miss ON answer (round_id) WHERE near_miss = 1",
    "CREATE INDEX round_revision ON round (revision_id)",
)
