"""Fairness and safety of debates: reports on messages, nudges, grades, and what the outcome of a debate has shown."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m019_fairness(db: Database) -> None:
    """Reports on messages, moments and refusals of nudges, grades, and the figures of votes as they were shown.

    Written as SQL: what belongs to a learner goes with it, and marks have their bounds.
    """
    for statement in STATEMENTS:
        db.conn.execute(statement)


STATEMENTS = (
    # Where a message is and who wrote it (NULL: the bot itself), never what it says.
    """
    CREATE TABLE message_report (
        message_report_id INTEGER PRIMARY KEY,
        guild_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        author_id INTEGER,
        argument_id INTEGER REFERENCES argument,
        debate_id INTEGER REFERENCES debate,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        content TEXT NOT NULL,
        interaction_id INTEGER NOT NULL,
        reported_at TEXT NOT NULL,
        decided_at TEXT,
        decided_by INTEGER,
        verdict TEXT,
        UNIQUE (learner_id, message_id)
    ) STRICT
    """,
    "CREATE INDEX message_report_open ON message_report (guild_id, message_id) WHERE decided_at IS NULL",
    "CREATE INDEX message_report_debate ON message_report (debate_id) WHERE debate_id IS NOT NULL",
    # ``length`` in seconds, without pauses; done once, a moment does not come again.
    """
    CREATE TABLE nudge_moment (
        stage_id INTEGER PRIMARY KEY REFERENCES debate_stage,
        debate_id INTEGER NOT NULL REFERENCES debate,
        length REAL NOT NULL,
        due_at TEXT,
        done_at TEXT
    ) STRICT
    """,
    "CREATE INDEX nudge_due ON nudge_moment (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX nudge_moment_debate ON nudge_moment (debate_id)",
    """
    CREATE TABLE nudge (
        nudge_id INTEGER PRIMARY KEY,
        debate_id INTEGER NOT NULL REFERENCES debate,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        kind TEXT NOT NULL,
        nudged_at TEXT NOT NULL,
        UNIQUE (debate_id, learner_id)
    ) STRICT
    """,
    "CREATE INDEX nudge_learner ON nudge (learner_id)",
    """
    CREATE TABLE nudge_refusal (
        learner_id INTEGER PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
        refused_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE debate_grade (
        grade_id INTEGER PRIMARY KEY,
        debate_id INTEGER NOT NULL REFERENCES debate,
        learner_id INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
        evidence INTEGER NOT NULL CHECK (evidence BETWEEN 0 AND 100),
        reasoning INTEGER NOT NULL CHECK (reasoning BETWEEN 0 AND 100),
        engaging INTEGER NOT NULL CHECK (engaging BETWEEN 0 AND 100),
        civility INTEGER NOT NULL CHECK (civility BETWEEN 0 AND 100),
        timeliness INTEGER NOT NULL CHECK (timeliness BETWEEN 0 AND 100),
        comment TEXT NOT NULL,
        graded_by INTEGER NOT NULL,
        graded_at TEXT NOT NULL,
        interaction_id INTEGER NOT NULL,
        released_at TEXT,
        UNIQUE (debate_id, learner_id)
    ) STRICT
    """,
    "CREATE INDEX debate_grade_learner ON debate_grade (learner_id)",
    # Counts only. Once they were shown they stay: a vote that goes later would tell on its voter by their difference.
    """
    CREATE TABLE debate_figures (
        debate_id INTEGER PRIMARY KEY REFERENCES debate,
        content TEXT NOT NULL,
        counted_at TEXT NOT NULL
    ) STRICT
    """,
)
