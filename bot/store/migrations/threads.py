"""How a thread is meant to be: locked or not, how slow. The publisher makes it so."""

from sqlite_utils import Database

from bot.store.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m016_wishes_for_threads(db: Database) -> None:
    """What is wished of a thread, whether that has been done, and why it could not be."""
    db.table("thread_wish").create(
        {
            "thread_id": int,
            "guild_id": int,
            "locked": int,
            "slowmode": int,
            "revision": int,
            "done_revision": int,
            "problem": str,
        },
        pk="thread_id",
        not_null={"guild_id", "locked", "slowmode", "revision", "done_revision"},
        strict=True,
    )
    db.conn.execute("CREATE INDEX thread_wish_open ON thread_wish (thread_id) WHERE revision > done_revision")
