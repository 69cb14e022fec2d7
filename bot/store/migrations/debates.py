"""Debates in stages: formats, timetables, members without a side, and what is kept of each step."""

from typing import Any

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m012_stages_of_debates(db: Database) -> None:
    """A debate has a format, a timetable and options; its motion may be typed; a member may have no side yet.

    Debates from before had sides and one stage; they go on as they are.
    """
    # sqlite-utils leaves the types of transform open.
    debates: Any = db.table("debate")
    debaters: Any = db.table("debater")
    debates.transform(not_null={"revision_id": False})
    db.conn.execute("DROP INDEX debate_open")
    db.conn.execute("CREATE INDEX debate_open ON debate (guild_id) WHERE state <> 'closed'")
    for column in (
        "motion TEXT",
        "format TEXT NOT NULL DEFAULT 'oxford'",
        """timetable TEXT NOT NULL DEFAULT '[["floor",null]]'""",
        "options TEXT NOT NULL DEFAULT '{}'",
        "position INTEGER NOT NULL DEFAULT 0",
        "due_at TEXT",
        "remaining REAL",
    ):
        db.conn.execute(f"ALTER TABLE debate ADD COLUMN {column}")
    db.conn.execute("CREATE INDEX debate_due ON debate (due_at) WHERE due_at IS NOT NULL")
    debaters.transform(not_null={"side": False, "reason": False})
    db.conn.execute("ALTER TABLE debater ADD COLUMN wish TEXT")
    db.conn.execute("ALTER TABLE debater ADD COLUMN left_at TEXT")
    db.conn.execute("ALTER TABLE debater ADD COLUMN gate_run_id INTEGER REFERENCES run (run_id)")
    db.conn.execute("ALTER TABLE debater ADD COLUMN speaks_in INTEGER")
    db.conn.execute("ALTER TABLE debater ADD COLUMN named INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("CREATE INDEX debater_learner ON debater (learner_id)")
    db.conn.execute("ALTER TABLE stance ADD COLUMN value INTEGER CHECK (value BETWEEN -3 AND 3)")
    db.table("debate_stage").create(
        {
            "stage_id": int,
            "debate_id": int,
            "position": int,
            "stage": str,
            "begun_at": str,
            "ended_at": str,
            "ended_by": int,
        },
        pk="stage_id",
        not_null={"debate_id", "position", "stage", "begun_at"},
        foreign_keys=[("debate_id", "debate", "debate_id")],
        strict=True,
    ).create_index(["debate_id", "position"], unique=True)
    db.conn.execute("ALTER TABLE argument ADD COLUMN stage_id INTEGER REFERENCES debate_stage (stage_id)")
    db.conn.execute("ALTER TABLE argument ADD COLUMN withdrawn_at TEXT")
    db.conn.execute("ALTER TABLE argument ADD COLUMN edited_at TEXT")
    db.conn.execute("CREATE INDEX argument_debate ON argument (debate_id, learner_id)")
    db.table("debate_plan").create(
        {
            "plan_id": int,
            "guild_id": int,
            "made_by": int,
            "channel_id": int,
            "content": str,
            "created_at": str,
            "opening_at": str,
            "debate_id": int,
        },
        pk="plan_id",
        not_null={"guild_id", "made_by", "channel_id", "content", "created_at"},
        foreign_keys=[("debate_id", "debate", "debate_id")],
        strict=True,
    )
