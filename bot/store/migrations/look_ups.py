"""Indexes for what would else be looked for among the rows of all servers."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m023_look_ups(db: Database) -> None:
    """Arguments of a stage and answers to one, near misses, debates and plans of a server, what waits to be decided."""
    for statement in STATEMENTS:
        db.conn.execute(statement)


STATEMENTS = (
    "CREATE INDEX argument_stage ON argument (stage_id, learner_id)",
    "CREATE INDEX argument_parent ON argument (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX debate_guild ON debate (guild_id)",
    "CREATE INDEX debate_plan_unopened ON debate_plan (guild_id, created_at) WHERE debate_id IS NULL",
    "CREATE INDEX answer_near_miss_by ON answer (learner_id) WHERE near_miss = 1",
    "CREATE INDEX upload_undecided ON upload (created_at) WHERE decision IS NULL",
    # In the order in which what waits is read: else SQLite goes through all threads, to be spared the sorting.
    "DROP INDEX caucus_open",
    "CREATE INDEX caucus_open ON caucus (debate_id, side) WHERE revision > done_revision",
)
