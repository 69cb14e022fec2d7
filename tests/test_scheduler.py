"""What is due is done; what cannot be done rests, and holds nothing else up."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

import bot.scheduler
from bot.ids import DebateId, RunId
from bot.office import Office
from bot.quiz.run import RoundState
from bot.scheduler import Scheduler
from bot.store.debates import find_debate
from bot.store.runs import rounds_of
from tests.classroom import MIXED, Classroom
from tests.debate_class import debate_in


class Later:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", MIXED)
    yield room
    room.close()


@dataclass(frozen=True)
class Broken:
    """A debate that cannot be read; when its first stage ends, and the timetable that it had."""

    debate_id: DebateId
    due_at: datetime
    timetable: object


@pytest.fixture
def broken(room: Classroom) -> Broken:
    debate = debate_in(room)
    due_at = debate.debate.course.due_at
    assert due_at is not None
    ((timetable,),) = room.rows("SELECT timetable FROM debate")
    set_timetable(room, "not JSON")
    return Broken(debate.debate_id, due_at, timetable)


def set_timetable(room: Classroom, timetable: object) -> None:
    with room.db.conn:
        room.db.execute("UPDATE debate SET timetable = ?", [timetable])


@pytest.fixture
def run_id(room: Classroom, broken: Broken) -> RunId:
    """A quiz whose first question is open until the broken debate has been due for some seconds."""
    room.now = broken.due_at - timedelta(seconds=10)
    run_id = room.open_live()
    room.start(run_id)
    return run_id


@pytest.fixture
def clock(room: Classroom, run_id: RunId) -> Later:
    return Later(room.now)


@pytest.fixture
async def office(tmp_path: Path, clock: Later, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """The file of the room, with a scheduler at work on it that looks again at once."""
    monkeypatch.setattr(bot.scheduler, "WHILE_SOMETHING_RESTS", timedelta(milliseconds=5))
    office = Office(tmp_path / "class.db", clock, random.Random(1))
    scheduler = Scheduler(office)
    office.staff(None, scheduler)
    yield office
    await scheduler.close()
    office.close()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what the scheduler does on its own."""
    while True:
        if await holds():
            return
        await asyncio.sleep(0.005)


async def until_failed(caplog: pytest.LogCaptureFixture, times: int) -> None:
    async def holds() -> bool:
        return caplog.text.count("could not be moved") >= times

    await until(holds)


def is_closed(db: Database, run_id: RunId) -> bool:
    return rounds_of(db, run_id)[0].state is RoundState.CLOSED


def has_gone_on(db: Database, debate_id: DebateId) -> bool:
    debate = find_debate(db, debate_id)
    return debate is not None and debate.course.position > 0


async def test_what_cannot_be_done_does_not_hold_up_what_comes_due_later(
    office: Office, clock: Later, run_id: RunId, caplog: pytest.LogCaptureFixture
) -> None:
    async with asyncio.timeout(10):
        clock.now += timedelta(seconds=11)
        await office.look()
        await until_failed(caplog, 1)
        clock.now += timedelta(hours=1)
        await until(lambda: office.read(is_closed, run_id))


async def test_what_failed_is_tried_again_ever_more_rarely_and_explained_once(
    office: Office, clock: Later, caplog: pytest.LogCaptureFixture
) -> None:
    pauses: list[timedelta] = []
    async with asyncio.timeout(10):
        clock.now += timedelta(seconds=11)
        await office.look()
        for times in range(1, 4):
            await until_failed(caplog, times)
            began = clock.now
            while caplog.text.count("could not be moved") == times:
                clock.now += timedelta(milliseconds=500)
                await asyncio.sleep(0.03)
            pauses.append(clock.now - began)
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2 * pauses[0]
    assert caplog.text.count("Traceback") == 1


async def test_what_can_be_done_again_is_done(
    room: Classroom, office: Office, clock: Later, broken: Broken, caplog: pytest.LogCaptureFixture
) -> None:
    async with asyncio.timeout(10):
        clock.now += timedelta(seconds=11)
        await office.look()
        await until_failed(caplog, 1)
        set_timetable(room, broken.timetable)
        clock.now += timedelta(hours=1)
        await until(lambda: office.read(has_gone_on, broken.debate_id))
    assert caplog.text.count("could not be moved") == 1
