"""Opening the one SQLite file: settings of a connection, and refusing files that are not ours.

Knows nothing of what the tables hold.
"""

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from bot.errors import NewerDatabase, NotADatabase, StoreUnavailable
from bot.store.migrations import MIGRATIONS, belongs_to_another_program, unknown_migrations

BUSY_TIMEOUT_SECONDS = 10.0
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


def open_for_writing(path: Path) -> Database:
    """Open (and if needed create) the database for the one writer, with every migration applied.

    Write-ahead logging with ``synchronous=FULL``: a committed transaction survives a power cut. What is deleted is
    overwritten, however SQLite was built: people are told that it is gone for good.
    Raises ``NewerDatabase``, ``NotADatabase`` or ``StoreUnavailable``; the file is left as it was.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnavailable(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed")
    _make_private(path)
    db = _connect(path, f"{path.absolute().as_uri()}?mode=rw")
    try:
        _refuse_newer(db, path)
        _refuse_foreign(db, path)
        db.conn.execute("PRAGMA journal_mode = WAL")
        db.conn.execute("PRAGMA synchronous = FULL")
        db.conn.execute("PRAGMA foreign_keys = ON")
        db.conn.execute("PRAGMA secure_delete = ON")
        MIGRATIONS.apply(db)
    except sqlite3.DatabaseError as error:
        db.close()
        raise _explained(path, error) from error
    except BaseException:
        db.close()
        raise
    return db


def open_for_reading(path: Path) -> Database:
    """Open the database so that nothing can be written through this connection."""
    db = _connect(path, f"{path.absolute().as_uri()}?mode=ro")
    db.conn.execute("PRAGMA query_only = ON")
    return db


def _make_private(path: Path) -> None:
    """Make the file where there is none, for its owner's eyes only: it holds what people think."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror}") from error


def _connect(path: Path, uri: str) -> Database:
    try:
        # The connection is handed to the writer's thread; that thread alone uses it from then on.
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{path}: {error}") from error
    return Database(connection)


def _refuse_newer(db: Database, path: Path) -> None:
    unknown = unknown_migrations(db)
    if unknown:
        raise NewerDatabase(path, unknown)


def _refuse_foreign(db: Database, path: Path) -> None:
    if belongs_to_another_program(db):
        raise NotADatabase(path, "it is another program's database")


def _explained(path: Path, error: sqlite3.DatabaseError) -> NotADatabase | StoreUnavailable:
    if isinstance(error, sqlite3.OperationalError):
        return StoreUnavailable(f"{path}: {error}")
    return NotADatabase(path, str(error))
