"""Assignments, the attempts at them, and who wants no reminders; the time zone in which a server counts."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m008_assignments(db: Database) -> None:
    """Assignments and the questions that they ask or draw from; a run may be an attempt at one."""
    db.conn.execute("ALTER TABLE guild ADD COLUMN time_zone TEXT")
    db.conn.execute("ALTER TABLE learner ADD COLUMN reminders_off_at TEXT")
    db.table("assignment").create(
        {
            "assignment_id": int,
            "guild_id": int,
            "set_by": int,
            "set_id": int,
            "category": str,
            "focus": str,
            "drawn": str,
            "questions": int,
            "opens_at": str,
            "due_at": str,
            "attempts": int,
            "counting": str,
            "seconds": int,
            "options": str,
            "channel_id": int,
            "reminds": int,
            "state": str,
            "seed": int,
            "created_at": str,
            "opened_at": str,
            "reminded_at": str,
            "closed_at": str,
            "next_at": str,
        },
        pk="assignment_id",
        not_null={
            "guild_id", "set_by", "set_id", "focus", "drawn", "questions", "opens_at", "due_at", "counting",
            "options", "reminds", "state", "seed", "created_at",
        },
        foreign_keys=[("set_id", "question_set", "set_id")],
        strict=True,
    ).create_index(["guild_id", "state"])  # fmt: skip
    db.conn.execute("CREATE INDEX assignment_next ON assignment (next_at) WHERE next_at IS NOT NULL")
    db.table("assignment_question").create(
        {"assignment_id": int, "position": int, "revision_id": int},
        pk=("assignment_id", "position"),
        not_null={"revision_id"},
        foreign_keys=[
            ("assignment_id", "assignment", "assignment_id"),
            ("revision_id", "revision", "revision_id"),
        ],
        strict=True,
    )
    db.conn.execute("ALTER TABLE run ADD COLUMN assignment_id INTEGER REFERENCES assignment (assignment_id)")
    db.conn.execute(
        "CREATE INDEX run_attempt ON run (assignment_id, owner_id) WHERE assignment_id IS NOT NULL"
    )
