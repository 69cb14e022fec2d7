"""Who takes part in a live quiz, who has extra time, and what the speed of an answer is worth."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m011_participants_and_accommodations(db: Database) -> None:
    """Participants of a live run, accommodations of learners, and questions that wait for those with extra time.

    Those who answered before there were participants count from the first question on, as they did.
    """
    db.table("participant").create(
        {
            "run_id": int,
            "learner_id": int,
            "joined_at": str,
            "joined_position": int,
            "team": str,
            "alias": str,
            "showing": str,
        },
        pk=("run_id", "learner_id"),
        not_null={"joined_at", "joined_position", "showing"},
        defaults={"showing": "alias"},
        foreign_keys=[("run_id", "run", "run_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    ).create_index(["learner_id"])
    db.conn.execute("CREATE INDEX participant_team ON participant (run_id, team) WHERE team IS NOT NULL")
    db.conn.execute(
        "CREATE UNIQUE INDEX participant_alias ON participant (run_id, alias) WHERE alias IS NOT NULL"
    )
    db.conn.execute(
        """
        INSERT INTO participant (run_id, learner_id, joined_at, joined_position)
        SELECT o.run_id, a.learner_id, MIN(a.first_at), 0
        FROM answer AS a
        JOIN round AS o ON o.round_id = a.round_id
        JOIN run AS r ON r.run_id = o.run_id
        WHERE r.mode = 'live'
        GROUP BY o.run_id, a.learner_id
        """
    )
    db.table("accommodation").create(
        {"learner_id": int, "factor": float, "untimed": int, "set_by": int, "set_at": str},
        pk="learner_id",
        not_null={"factor", "untimed", "set_by", "set_at"},
        foreign_keys=[("learner_id", "learner", "learner_id")],
        strict=True,
    )
    db.table("overtime").create(
        {"round_id": int, "closes_at": str, "due_at": str},
        pk="round_id",
        not_null={"closes_at", "due_at"},
        foreign_keys=[("round_id", "round", "round_id")],
        strict=True,
    )
    db.conn.execute("ALTER TABLE answer ADD COLUMN worth INTEGER")
