"""The store: one thread that writes, a few connections that read, and nothing acknowledged before it is on disk.

Callers wait for ``run``; the writing thread drains its queue in batches, one transaction a batch and one
savepoint an action, and wakes the callers only after the commit. Knows nothing of what the actions do.
"""

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from bot.errors import StoreUnavailable
from bot.store.connection import open_for_reading, open_for_writing

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

BATCH_LIMIT = 256
"""The most actions that share one commit: bounds how long the first of them waits."""

READERS = 2


@dataclass(slots=True)
class _Job:
    call: Callable[[Database], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():  # the caller has gone away; what it asked for is stored all the same
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


@dataclass(slots=True)
class _Readers:
    path: Path
    local: threading.local = field(default_factory=threading.local)
    opened: list[Database] = field(default_factory=list[Database])

    def run(self, query: Callable[[Database], R]) -> R:
        """Run a query in a read transaction, so that all its statements see the same moment."""
        try:
            db = self._connection()
            db.conn.execute("BEGIN")
            try:
                return query(db)
            finally:
                db.conn.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(str(error)) from error

    def _connection(self) -> Database:
        db: Database | None = getattr(self.local, "db", None)
        if db is None:
            db = self.local.db = open_for_reading(self.path)
            self.opened.append(db)
        return db


def _nothing(_db: Database) -> None:
    pass


class Store:
    """The database file, open.

    ``Store.open(path)`` raises ``NewerDatabase``, ``NotADatabase`` or ``StoreUnavailable``.
    ``close`` finishes what was asked for and then closes the file.

    ``after_commit`` is called on the writing thread once a batch, before the callers of that batch are woken.
    """

    def __init__(self, path: Path, db: Database, after_commit: Callable[[Database], None]) -> None:
        self.path = path
        self._db = db
        self._after_commit = after_commit
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="seminar-store", daemon=True)
        self._readers = _Readers(path)
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="seminar-read")
        self._closed = False
        # Between asking whether the store is closed and queueing, another thread must not close it.
        self._gate = threading.Lock()
        self._thread.start()

    @classmethod
    def open(cls, path: Path, after_commit: Callable[[Database], None] = _nothing) -> "Store":
        """Open the file, creating it and bringing its schema up to date where needed."""
        return cls(path, open_for_writing(path), after_commit)

    async def run(
        self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action in a transaction; returns after its commit. What it raises undoes it alone."""
        loop = asyncio.get_running_loop()
        job = _Job(lambda db: action(db, *args, **kwargs), loop, loop.create_future())
        with self._gate:
            self._refuse_if_closed()
            self._jobs.put(job)
        return await job.future

    async def read(
        self, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query on a read-only connection, beside the writer; it sees one moment of the database."""
        loop = asyncio.get_running_loop()
        with self._gate:
            self._refuse_if_closed()
            answer = loop.run_in_executor(
                self._pool, lambda: self._readers.run(lambda db: query(db, *args, **kwargs))
            )
        return await answer

    def close(self) -> None:
        """Write what is queued, then close the file. Blocks until that is done; a second call does nothing."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        self._pool.shutdown(wait=True)
        for reader in self._readers.opened:
            reader.close()
        self._db.close()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreUnavailable("the database is closed")

    def _write(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, last = self._drain(first)
            self._commit(batch)
            self._call_after_commit()
            _wake(batch)
            if last:
                return

    def _drain(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < BATCH_LIMIT:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _call_after_commit(self) -> None:
        try:
            self._after_commit(self._db)
        except Exception:
            # What was asked for is stored; whoever wanted to look at it afterwards must not undo that.
            log.exception("looking at the database after a commit failed")

    def _commit(self, batch: list[_Job]) -> None:
        connection = self._db.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                _attempt(self._db, connection, job)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            log.exception("the database refused a batch of %d actions", len(batch))
            # Should even that fail, the thread must live on: its callers are waiting.
            with contextlib.suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            for job in batch:
                job.error = StoreUnavailable(str(error))


def _attempt(db: Database, connection: sqlite3.Connection, job: _Job) -> None:
    connection.execute("SAVEPOINT action")
    try:
        job.result = job.call(db)
    except BaseException as error:
        if not connection.in_transaction:  # a full disk or an I/O error has already undone the whole batch
            raise sqlite3.OperationalError(f"the transaction was lost: {error}") from error
        connection.execute("ROLLBACK TO action")
        job.error = _explained(error)
    connection.execute("RELEASE action")


def _explained(error: BaseException) -> BaseException:
    match error:
        case sqlite3.OperationalError():
            return StoreUnavailable(str(error))
        case StopIteration():  # a future refuses it, and its caller would wait for ever
            explained = RuntimeError("an action ran out of values")
            explained.__cause__ = error
            return explained
        case _:
            return error


def _wake(batch: list[_Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in batch:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, jobs in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle_all, jobs)
        except RuntimeError:  # that loop has closed: nobody is waiting any more
            log.info("%d results had nobody left to wait for them", len(jobs))


def _settle_all(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()
