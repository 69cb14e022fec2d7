"""Texts that instructors have hidden, and the thread of a debate that is being opened."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m022_hidden_texts_and_opening_threads(db: Database) -> None:
    """Which argument, restatement or wording is hidden, since when and by whom; a plan knows the thread made for it.

    ``subject_id`` is an id of the kind's table. ``hidden_by`` is NULL where somebody deleted the message in Discord:
    it does not tell who.
    """
    db.table("hiding").create(
        {
            "hiding_id": int,
            "guild_id": int,
            "debate_id": int,
            "kind": str,
            "subject_id": int,
            "hidden_by": int,
            "hidden_at": str,
            "shown_by": int,
            "shown_at": str,
        },
        pk="hiding_id",
        not_null={"guild_id", "debate_id", "kind", "subject_id", "hidden_at"},
        foreign_keys=[("debate_id", "debate", "debate_id")],
        strict=True,
    ).create_index(["guild_id"])
    db.conn.execute("CREATE UNIQUE INDEX hiding_now ON hiding (kind, subject_id) WHERE shown_at IS NULL")
    db.conn.execute("ALTER TABLE debate_plan ADD COLUMN thread_id INTEGER")
