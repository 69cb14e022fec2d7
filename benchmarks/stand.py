"""The stand on which `scale.py` measures: the store with its writing thread, a clock moved by hand, and times noted.

Each phase runs in a process of its own, whose memory is its own, and which can be killed.
"""

import gc
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import uvloop
from sqlite_utils import Database

from bot.actions.boards import Pulse, board_shown, pulse, waiting_boards
from bot.actions.schedule import do_what_is_due, everything_due
from bot.app import YOUNG_OBJECTS
from bot.ids import ChannelId, GuildId, InteractionId, MessageId, UserId
from bot.insight.charts.picture import Picture
from bot.scheduler import Scheduler
from bot.store.writer import Store

P = ParamSpec("P")
R = TypeVar("R")

GUILD, CHANNEL, OTHER_CHANNEL, HOST = GuildId(1), ChannelId(2), ChannelId(3), UserId(4)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPTIONS = 4
FIRST_PERSON = 1_000
ROWS_OF = ("run", "round", "participant", "answer")
MEBIBYTE = 2**20

PULSE, START, IDLE, BUSY = "pulse", "open after kill", "memory at the start", "memory"


@dataclass(slots=True)
class Report:
    """What a phase has measured, in seconds and MiB.

    ``acting`` is how long each action or query took by itself, in the thread that runs it; ``waiting`` is how long its
    caller waited. ``bare`` is what the same rows take each in one ``executemany`` a batch; ``once`` are single figures.
    """

    acting: dict[str, list[float]] = field(default_factory=lambda: defaultdict[str, list[float]](list))
    waiting: dict[str, list[float]] = field(default_factory=lambda: defaultdict[str, list[float]](list))
    bare: dict[str, float] = field(default_factory=dict[str, float])
    once: dict[str, float] = field(default_factory=dict[str, float])


class Stand:
    """A desk without Discord. ``moment`` is its clock; ``pulse`` what waited to be done after the latest batch."""

    def __init__(self, path: Path, report: Report) -> None:
        self.rng = random.Random(1)
        self.moment = AT
        self.pulse = Pulse(None, (), notices=False)
        self.report = report
        self.scheduler: Scheduler | None = None
        self.store = Store.open(path, self._take_pulse)
        self._clicks = int(time.time() * 1e6)  # later than any before a restart

    def click(self) -> InteractionId:
        """The id of a new interaction: greater than all before."""
        self._clicks += 1
        return InteractionId(self._clicks)

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    async def run(
        self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action as the office does, and note it under its name."""
        return await self.act(action.__name__, action, *args, **kwargs)

    async def act(
        self, what: str, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action, and note how long it took and how long it was waited for."""
        result = await self._noted(
            what, self.store.run, lambda db: self._timed(what, lambda: action(db, *args, **kwargs))
        )
        if self.scheduler is not None:
            self.scheduler.aim(self.pulse.due_at)
        return result

    async def read(
        self, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query beside the writer, and note it under its name."""
        return await self.look(query.__name__, query, *args, **kwargs)

    async def look(
        self, what: str, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query, and note how long it took and how long it was waited for."""
        return await self._noted(
            what, self.store.read, lambda db: self._timed(what, lambda: query(db, *args, **kwargs))
        )

    async def draw(self, chart: Callable[P, Picture], *args: P.args, **kwargs: P.kwargs) -> None:
        """Nothing is drawn here."""

    async def tick(self, what: str) -> None:
        """Move the clock to what is due next, and do that."""
        self.moment = max(self.moment, self.pulse.due_at or self.moment)
        for due in await self.read(everything_due, at=self.moment):
            await self.act(what, do_what_is_due, due=due, at=self.moment)

    async def publish(self) -> None:
        """Show all boards, as the publisher would."""
        for board in await self.read(waiting_boards):
            message_id = MessageId(board.message_id or 1_000_000 + board.board_id)
            await self.run(
                board_shown,
                board_id=board.board_id,
                revision=board.revision,
                message_id=message_id,
                posted_at=self.moment,
                at=self.moment,
            )

    def note_memory(self, what: str) -> None:
        """Note how much memory the process occupies; nothing where the system does not say."""
        try:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        except OSError:
            return
        self.report.once[what] = pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE

    async def _noted(
        self, what: str, way: Callable[[Callable[[Database], R]], Awaitable[R]], work: Callable[[Database], R]
    ) -> R:
        begun = time.perf_counter()
        result = await way(work)
        self.report.waiting[what].append(time.perf_counter() - begun)
        return result

    def _timed(self, what: str, work: Callable[[], R]) -> R:
        begun = time.perf_counter()
        try:
            return work()
        finally:
            self.report.acting[what].append(time.perf_counter() - begun)

    def _take_pulse(self, db: Database) -> None:
        self.pulse = self._timed(PULSE, lambda: pulse(db))


@contextmanager
def standing(path: Path, report: Report) -> Generator[Stand]:
    """A stand on that file."""
    stand = Stand(path, report)
    try:
        yield stand
    finally:
        stand.store.close()


@asynccontextmanager
async def standing_again(path: Path, report: Report) -> AsyncGenerator[Stand]:
    """A stand on a killed process's file. Noted is how long it took, up to where the first message could be shown."""
    begun = time.perf_counter()
    with standing(path, report) as stand:
        stand.pulse = await stand.store.read(pulse)
        await stand.store.read(everything_due, at=stand.moment)
        report.once[START] = time.perf_counter() - begun
        yield stand


async def open_again(path: Path, _people: int, parent: Connection) -> None:
    """Only start on a killed process's file."""
    report = Report()
    async with standing_again(path, report):
        parent.send(report)


def everybody(people: int) -> list[UserId]:
    """So many persons."""
    return [UserId(FIRST_PERSON + number) for number in range(people)]


def bare_rows(path: Path, batch: int) -> dict[str, float]:
    """Seconds a row, by table, to insert the rows of a file anew in batches of one ``executemany`` and commit each."""
    copy = path.with_suffix(".bare")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as db:
        source.backup(db)
        db.isolation_level = None
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ROWS_OF}
        for table in ROWS_OF:
            db.execute(f"DELETE FROM {table}")
        db.execute("PRAGMA foreign_keys = ON")
        took = {table: _insert(db, table, rows[table], batch) for table in ROWS_OF if rows[table]}
    for name in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
        name.unlink(missing_ok=True)
    return took


def _insert(db: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]], batch: int) -> float:
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
    begun = time.perf_counter()
    for start in range(0, len(rows), batch):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(statement, rows[start : start + batch])
        db.execute("COMMIT")
    return (time.perf_counter() - begun) / len(rows)


def first_row(path: Path) -> float:
    """Seconds to open a file and read one row, by SQLite alone."""
    begun = time.perf_counter()
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT * FROM run LIMIT 1").fetchone()
        return time.perf_counter() - begun


def copy_of(path: Path, name: str) -> Path:
    """A copy of a killed process's file, with what is only in its log yet."""
    copy = path.with_name(f"{path.stem}-{name}.db")
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{copy}{ending}")
    return copy


Phase = Callable[[Path, int, Connection], Coroutine[Any, Any, None]]
"""A part of a measurement: it has a file and a number of people, and sends one ``Report``."""


def in_its_own_process(phase: Phase, path: Path, people: int) -> Report:
    """Run a phase until it has reported; then it is killed in the middle of whatever it does."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_begin, args=(phase, path, people, there))
    process.start()
    there.close()
    try:
        report: Report = here.recv()
    except EOFError:
        raise SystemExit(f"{phase.__name__} with {people} people has failed.") from None
    finally:
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
    return report


def _begin(phase: Phase, path: Path, people: int, parent: Connection) -> None:
    gc.collect()  # as the bot sets it
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    uvloop.run(phase(path, people, parent))
