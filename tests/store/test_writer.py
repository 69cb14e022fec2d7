import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import NotFound, StoreUnavailable
from bot.ids import UserId
from bot.store.learners import learner_for
from bot.store.writer import BATCH_LIMIT, Store
from tests.classroom import GUILD, MONDAY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


def join(db: Database, number: int) -> int:
    """An action: a learner comes in."""
    return learner_for(db, GUILD, UserId(number), MONDAY)


def join_and_fail(db: Database, number: int) -> int:
    join(db, number)
    raise NotFound("quiz")


def joined(path: Path) -> set[int]:
    """Who is in the file, seen from another connection."""
    with closing(sqlite3.connect(path)) as other:
        return {row[0] for row in other.execute("SELECT user_id FROM learner")}


@asynccontextmanager
async def held_up(store: Store) -> AsyncIterator[None]:
    """Holds the writer up inside, so that all that is asked for inside shares its next batch."""
    entered, leave = threading.Event(), threading.Event()

    def wait(_: Database) -> None:
        entered.set()
        leave.wait(10)

    waiting = asyncio.create_task(store.run(wait))
    await asyncio.to_thread(entered.wait, 10)
    try:
        yield
        await asyncio.sleep(0)  # lets the tasks made inside put their actions into the queue
    finally:
        leave.set()
    await waiting


async def statements_of(store: Store) -> list[str]:
    """A list that grows by each statement of the writer's from now on."""
    seen: list[str] = []
    await store.run(lambda db: db.conn.set_trace_callback(seen.append))
    return seen


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes to the file and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_two_thousand_at_once_are_all_stored_in_few_commits(store: Store, path: Path) -> None:
    statements = await statements_of(store)
    async with held_up(store):
        asked = [asyncio.create_task(store.run(join, number)) for number in range(2_000)]
    row_ids = await asyncio.gather(*asked)
    assert len(set(row_ids)) == 2_000
    assert joined(path) == set(range(2_000))
    assert statements.count("COMMIT") <= 2_000 // BATCH_LIMIT + 4


async def test_action_that_raises_undoes_itself_alone(store: Store, path: Path) -> None:
    statements = await statements_of(store)
    async with held_up(store):
        before = len([each for each in statements if each == "COMMIT"])
        asked = [
            asyncio.create_task(store.run(join_and_fail if number % 3 == 1 else join, number))
            for number in range(9)
        ]
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert [isinstance(result, NotFound) for result in results] == [False, True, False] * 3
    assert joined(path) == {0, 2, 3, 5, 6, 8}
    assert statements.count("COMMIT") == before + 2, "the one that held the writer up, and one batch"


async def test_callers_wake_only_after_the_commit(store: Store, path: Path) -> None:
    async def join_and_look(number: int) -> bool:
        await store.run(join, number)
        return number in joined(path)

    assert all(await asyncio.gather(*(join_and_look(number) for number in range(200))))


async def test_what_is_called_after_the_commit_sees_it_before_the_callers_wake(path: Path) -> None:
    seen: list[int] = []
    store = Store.open(path, lambda db: seen.append(db.table("learner").count))
    for number in range(1, 4):
        await store.run(join, number)
        assert seen[-1] == number
    store.close()


async def test_what_fails_after_the_commit_undoes_nothing(path: Path) -> None:
    def fail(db: Database) -> None:
        raise sqlite3.OperationalError if db.table("learner").count == 1 else ValueError

    store = Store.open(path, fail)
    await store.run(join, 1)
    await store.run(join, 2)
    store.close()
    assert joined(path) == {1, 2}


async def test_cancelled_callers_action_is_stored(store: Store, path: Path) -> None:
    async with held_up(store):
        asked = asyncio.create_task(store.run(join, 1))
        await asyncio.sleep(0)
        asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await store.run(join, 2)
    assert joined(path) == {1, 2}


async def test_closing_finishes_the_queue(path: Path) -> None:
    store = Store.open(path)
    async with held_up(store):
        asked = [asyncio.create_task(store.run(join, number)) for number in range(600)]
        await asyncio.sleep(0)
    await asyncio.to_thread(store.close)
    await asyncio.gather(*asked)
    assert joined(path) == set(range(600))


async def test_nothing_is_taken_after_close(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable):
        await store.run(join, 1)
    with pytest.raises(StoreUnavailable):
        await store.read(lambda db: db.table_names())
    assert joined(path) == set()


async def test_readers_see_what_was_acknowledged(store: Store) -> None:
    await store.run(join, 1)
    assert await store.read(lambda db: db.table("learner").count) == 1


async def test_readers_go_on_while_the_writer_is_busy(store: Store) -> None:
    async with held_up(store):
        assert await store.read(lambda db: db.table("learner").count) == 0


async def test_readers_cannot_write(store: Store, path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="readonly"):
        await store.read(join, 1)
    assert joined(path) == set()
    assert await store.read(lambda db: db.table("learner").count) == 0


async def test_a_read_sees_one_moment(store: Store) -> None:
    async with asyncio.timeout(10):
        looked, written = threading.Event(), threading.Event()

        def count_twice(db: Database) -> tuple[int, int]:
            first = db.table("learner").count
            looked.set()
            written.wait(10)
            return first, db.table("learner").count

        reading = asyncio.create_task(store.read(count_twice))
        await asyncio.to_thread(looked.wait, 10)
        await store.run(join, 1)
        written.set()
        assert await reading == (0, 0)
        assert await store.read(lambda db: db.table("learner").count) == 1


async def test_error_of_a_query_reaches_its_caller_and_the_reader_goes_on(store: Store) -> None:
    def missing(_: Database) -> None:
        raise NotFound("quiz")

    for _ in range(5):
        with pytest.raises(NotFound):
            await store.read(missing)
    assert await store.read(lambda db: db.table("learner").count) == 0


async def test_locked_file_refuses_the_write_and_the_store_goes_on(store: Store, path: Path) -> None:
    await store.run(lambda db: db.conn.execute("PRAGMA busy_timeout = 20"))
    with locked(path):
        with pytest.raises(StoreUnavailable, match="locked"):
            await store.run(join, 1)
        assert await store.read(lambda db: db.table("learner").count) == 0
    await store.run(join, 2)
    assert joined(path) == {2}


async def test_full_disk_refuses_what_does_not_fit_and_the_store_goes_on(store: Store, path: Path) -> None:
    def fill(db: Database, number: int) -> None:
        join(db, number)
        db.conn.execute("UPDATE learner SET first_seen_at = hex(zeroblob(200000))")

    def allow(db: Database, more_pages: int) -> None:
        pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
        db.conn.execute(f"PRAGMA max_page_count = {pages + more_pages}")

    await store.run(allow, 0)
    async with held_up(store):
        asked = [
            asyncio.create_task(store.run(action, number))
            for number, action in enumerate((join, fill, join), start=1)
        ]
    refused, stored = set[int](), set[int]()
    for number, result in enumerate(await asyncio.gather(*asked, return_exceptions=True), start=1):
        (refused if isinstance(result, StoreUnavailable) else stored).add(number)
    assert 2 in refused
    assert joined(path) == stored, "an acknowledged action is stored, a refused one is not"
    await store.run(allow, 1_000)
    await store.run(fill, 4)
    assert joined(path) == stored | {4}


async def test_commit_that_fails_refuses_the_whole_batch(store: Store, path: Path) -> None:
    def break_a_promise(db: Database) -> None:
        db.conn.execute("PRAGMA defer_foreign_keys = ON")  # the broken reference is found at the commit
        db.conn.execute("INSERT INTO item (set_id, key, position, category, kind) VALUES (99, '', 0, '', '')")

    async with held_up(store):
        mates = [asyncio.create_task(store.run(join, 1)), asyncio.create_task(store.run(break_a_promise))]
    results = await asyncio.gather(*mates, return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailable, StoreUnavailable]
    assert joined(path) == set()
    await store.run(join, 2)
    assert joined(path) == {2}


async def test_lost_transaction_refuses_the_whole_batch(store: Store, path: Path) -> None:
    def lose_it(db: Database) -> None:
        db.conn.execute("ROLLBACK")  # what SQLite itself does after an I/O error
        raise sqlite3.OperationalError("disk I/O error")

    async with held_up(store):
        asked = [
            asyncio.create_task(store.run(join, 1)),
            asyncio.create_task(store.run(lose_it)),
            asyncio.create_task(store.run(join, 3)),
        ]
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    assert joined(path) == set()
    await store.run(join, 4)
    assert joined(path) == {4}


async def test_nobody_waits_for_ever_whatever_an_action_raises(store: Store, path: Path) -> None:
    def run_out(_: Database) -> None:
        raise StopIteration

    async with asyncio.timeout(10):
        async with held_up(store):
            asked = [asyncio.create_task(store.run(run_out)), asyncio.create_task(store.run(join, 1))]
        odd, fine = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(odd, RuntimeError)
    assert isinstance(fine, int)
    assert joined(path) == {1}


def test_callers_of_a_loop_that_has_closed_hold_nobody_up(path: Path) -> None:
    store = Store.open(path)

    async def ask_and_go() -> None:
        async with held_up(store):
            asked = asyncio.create_task(store.run(join, 1))
            await asyncio.sleep(0)
            asked.cancel()

    asyncio.run(ask_and_go())
    asyncio.run(store.run(join, 2))
    store.close()
    assert joined(path) == {1, 2}
