"""The first tables: servers and questions, runs and answers, debates and threads, boards and notices."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m001_servers_and_questions(db: Database) -> None:
    """Servers, question sets, items and the revisions that answers point to."""
    db.table("guild").create(
        {"guild_id": int, "instructor_role_id": int, "default_channel_id": int, "created_at": str},
        pk="guild_id",
        not_null={"created_at"},
        strict=True,
    )
    db.table("learner").create(
        {"learner_id": int, "guild_id": int, "user_id": int, "first_seen_at": str},
        pk="learner_id",
        not_null={"guild_id", "user_id", "first_seen_at"},
        strict=True,
    ).create_index(["guild_id", "user_id"], unique=True)
    db.table("question_set").create(
        {
            "set_id": int,
            "guild_id": int,
            "key": str,
            "title": str,
            "info": str,
            "loaded_by": int,
            "loaded_at": str,
            "retired_at": str,
        },
        pk="set_id",
        not_null={"guild_id", "key", "title", "info", "loaded_at"},
        strict=True,
    ).create_index(["guild_id", "key"], unique=True)
    db.table("item").create(
        {
            "item_id": int,
            "set_id": int,
            "key": str,
            "position": int,
            "category": str,
            "kind": str,
            "revision_id": int,
            "retired_at": str,
        },
        pk="item_id",
        not_null={"set_id", "key", "position", "category", "kind"},
        foreign_keys=[("set_id", "question_set", "set_id")],
        strict=True,
    ).create_index(["set_id", "key"], unique=True)
    db.table("revision").create(
        {"revision_id": int, "item_id": int, "hash": str, "content": str, "created_at": str},
        pk="revision_id",
        not_null={"item_id", "hash", "content", "created_at"},
        foreign_keys=[("item_id", "item", "item_id")],
        strict=True,
    ).create_index(["item_id", "hash"], unique=True)
    db.table("upload").create(
        {
            "upload_id": int,
            "guild_id": int,
            "user_id": int,
            "name": str,
            "content": str,
            "created_at": str,
            "decision": str,
            "decided_at": str,
        },
        pk="upload_id",
        not_null={"guild_id", "user_id", "name", "content", "created_at"},
        strict=True,
    )


@MIGRATIONS()
def m002_runs_and_answers(db: Database) -> None:
    """Runs of a quiz (live or private), their rounds, and one answer a learner and round."""
    db.table("run").create(
        {
            "run_id": int,
            "guild_id": int,
            "mode": str,
            "owner_id": int,
            "set_id": int,
            "category": str,
            "seconds": int,
            "pace": str,
            "channel_id": int,
            "state": str,
            "position": int,
            "quiet_rounds": int,
            "seed": int,
            "due_at": str,
            "remaining": float,
            "pause_reason": str,
            "end_reason": str,
            "created_at": str,
            "started_at": str,
            "ended_at": str,
        },
        pk="run_id",
        not_null={"guild_id", "mode", "owner_id", "set_id", "state", "position", "seed", "created_at"},
        defaults={"quiet_rounds": 0},
        foreign_keys=[("set_id", "question_set", "set_id")],
        strict=True,
    )
    db.conn.execute("CREATE INDEX run_due ON run (due_at) WHERE due_at IS NOT NULL")
    db.conn.execute("CREATE INDEX run_open ON run (guild_id, mode, owner_id) WHERE state <> 'ended'")
    # One live run a channel at a time: the database decides between two hosts who start at once.
    db.conn.execute(
        "CREATE UNIQUE INDEX run_channel ON run (channel_id) WHERE mode = 'live' AND state <> 'ended'"
    )
    db.table("round").create(
        {
            "round_id": int,
            "run_id": int,
            "position": int,
            "revision_id": int,
            "option_order": str,
            "state": str,
            "opened_at": str,
            "closes_at": str,
            "closed_at": str,
        },
        pk="round_id",
        not_null={"run_id", "position", "revision_id", "option_order", "state"},
        foreign_keys=[("run_id", "run", "run_id"), ("revision_id", "revision", "revision_id")],
        strict=True,
    ).create_index(["run_id", "position"], unique=True)
    db.table("answer").create(
        {
            "answer_id": int,
            "round_id": int,
            "learner_id": int,
            "response": str,
            "outcome": str,
            "fraction": float,
            "near_miss": int,
            "interaction_id": int,
            "changes": int,
            "first_at": str,
            "answered_at": str,
        },
        pk="answer_id",
        not_null={
            "round_id",
            "learner_id",
            "response",
            "outcome",
            "fraction",
            "near_miss",
            "interaction_id",
            "changes",
            "first_at",
            "answered_at",
        },
        foreign_keys=[("round_id", "round", "round_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    ).create_index(["round_id", "learner_id"], unique=True)
    db.conn.execute("CREATE INDEX answer_learner ON answer (learner_id)")


@MIGRATIONS()
def m003_debates_and_threads(db: Database) -> None:
    """Debates with stances and arguments; tracked threads with the metadata of their messages."""
    db.table("debate").create(
        {
            "debate_id": int,
            "guild_id": int,
            "revision_id": int,
            "channel_id": int,
            "thread_id": int,
            "opened_by": int,
            "state": str,
            "seed": int,
            "opened_at": str,
            "closed_at": str,
            "close_reason": str,
        },
        pk="debate_id",
        not_null={
            "guild_id",
            "revision_id",
            "channel_id",
            "thread_id",
            "opened_by",
            "state",
            "seed",
            "opened_at",
        },
        foreign_keys=[("revision_id", "revision", "revision_id")],
        strict=True,
    ).create_index(["thread_id"], unique=True)
    db.conn.execute("CREATE INDEX debate_open ON debate (guild_id) WHERE state = 'open'")
    db.table("debater").create(
        {"debate_id": int, "learner_id": int, "side": str, "reason": str, "joined_at": str},
        pk=("debate_id", "learner_id"),
        not_null={"side", "reason", "joined_at"},
        foreign_keys=[("debate_id", "debate", "debate_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    )
    db.table("stance").create(
        {
            "stance_id": int,
            "debate_id": int,
            "learner_id": int,
            "phase": str,
            "standing": str,
            "certainty": int,
            "interaction_id": int,
            "at": str,
        },
        pk="stance_id",
        not_null={"debate_id", "learner_id", "phase", "standing", "interaction_id", "at"},
        foreign_keys=[("debate_id", "debate", "debate_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    ).create_index(["interaction_id"], unique=True).create_index(["debate_id", "learner_id", "phase"])
    db.table("argument").create(
        {
            "argument_id": int,
            "debate_id": int,
            "number": int,
            "learner_id": int,
            "side": str,
            "claim": str,
            "evidence": str,
            "reasoning": str,
            "parent_id": int,
            "relation": str,
            "interaction_id": int,
            "at": str,
        },
        pk="argument_id",
        not_null={
            "debate_id",
            "number",
            "learner_id",
            "side",
            "claim",
            "evidence",
            "reasoning",
            "interaction_id",
            "at",
        },
        foreign_keys=[
            ("debate_id", "debate", "debate_id"),
            ("learner_id", "learner", "learner_id"),
            ("parent_id", "argument", "argument_id"),
        ],
        strict=True,
    ).create_index(["debate_id", "number"], unique=True).create_index(["interaction_id"], unique=True)
    db.table("draft").create(
        {"debate_id": int, "learner_id": int, "content": str, "saved_at": str},
        pk=("debate_id", "learner_id"),
        not_null={"content", "saved_at"},
        foreign_keys=[("debate_id", "debate", "debate_id"), ("learner_id", "learner", "learner_id")],
        strict=True,
    )
    db.table("thread").create(
        {
            "thread_id": int,
            "guild_id": int,
            "kind": str,
            "subject_id": int,
            "opened_at": str,
            "deleted_at": str,
        },
        pk="thread_id",
        not_null={"guild_id", "kind", "subject_id", "opened_at"},
        strict=True,
    ).create_index(["kind", "subject_id"])
    db.table("message").create(
        {
            "message_id": int,
            "thread_id": int,
            "user_id": int,
            "reply_to": int,
            "length": int,
            "posted_at": str,
            "edited_at": str,
            "deleted_at": str,
        },
        pk="message_id",
        not_null={"thread_id", "user_id", "posted_at"},
        foreign_keys=[("thread_id", "thread", "thread_id")],
        strict=True,
    ).create_index(["thread_id", "posted_at"])


@MIGRATIONS()
def m004_boards_and_notices(db: Database) -> None:
    """Public messages that show something of the database, and private notices to a host."""
    db.table("board").create(
        {
            "board_id": int,
            "guild_id": int,
            "channel_id": int,
            "message_id": int,
            "kind": str,
            "subject_id": int,
            "revision": int,
            "shown_revision": int,
            "state": str,
            "problem": str,
            "reposts": int,
            "created_at": str,
        },
        pk="board_id",
        not_null={
            "guild_id",
            "channel_id",
            "kind",
            "subject_id",
            "revision",
            "shown_revision",
            "state",
            "created_at",
        },
        defaults={"reposts": 0},
        strict=True,
    ).create_index(["kind", "subject_id"], unique=True).create_index(["message_id"])
    db.conn.execute(
        "CREATE INDEX board_due ON board (board_id) WHERE revision > shown_revision AND state = 'live'"
    )
    db.conn.execute("CREATE INDEX board_lost ON board (channel_id) WHERE state = 'lost'")
    db.table("notice").create(
        {
            "notice_id": int,
            "guild_id": int,
            "user_id": int,
            "kind": str,
            "subject_id": int,
            "detail": str,
            "created_at": str,
            "sent_at": str,
            "failed_at": str,
        },
        pk="notice_id",
        not_null={"guild_id", "user_id", "kind", "subject_id", "created_at"},
        strict=True,
    )
    db.conn.execute(
        "CREATE INDEX notice_due ON notice (notice_id) WHERE sent_at IS NULL AND failed_at IS NULL"
    )


@MIGRATIONS()
def m005_focus_of_a_run(db: Database) -> None:
    """What a run was narrowed down to, beside its category."""
    db.conn.execute("ALTER TABLE run ADD COLUMN focus TEXT NOT NULL DEFAULT '{}'")
