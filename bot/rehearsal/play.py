"""``seminar play``: the same bot in the browser, on this machine alone, until it is interrupted."""

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.app import new_bot, open_office, read_questions
from bot.rehearsal.crowd import Crowd
from bot.rehearsal.hands import Hands
from bot.rehearsal.invocation import typed
from bot.rehearsal.knowledge import Book
from bot.rehearsal.ledger import Ledger
from bot.rehearsal.pages import Pages
from bot.rehearsal.stage import Stage
from bot.rehearsal.students import make_students
from bot.rehearsal.world import open_classroom

ADDRESS = "127.0.0.1"
YOURS = 4
"""Students that a visitor can be."""

CLASSMATES = 10
TICK_SECONDS = 1.0


class PortTaken(Exception):
    """Another program has the port; the text says what to do."""

    def __init__(self, port: int) -> None:
        free = port + 1 if port < 65535 else 8765
        super().__init__(
            f"Port {port} is taken by another program, perhaps by another `seminar play`. "
            f"Choose another one: {typed(f'seminar play --port {free}')}"
        )


async def play(port: int, database: Path, questions: Path, ready: Callable[[str], None]) -> None:
    """Keep the classroom open until an interrupt or a termination signal. ``ready`` is told the address.

    Raises ``PortTaken``, and what ``open_office`` raises.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: an interrupt then ends the loop by itself
            loop.add_signal_handler(each, stop.set)
    async with on_stage(database, questions) as stage, served(stage, port, database):
        ready(f"http://{ADDRESS}:{port}/")
        ticking = asyncio.create_task(_keep_time(stage))
        try:
            await stop.wait()
        finally:
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)


@asynccontextmanager
async def on_stage(
    database: Path, questions: Path, seed: int | None = None, classmates: int = CLASSMATES
) -> AsyncGenerator[Stage]:
    """The classroom with its class, its clock set to the present. Raises what ``open_office`` raises."""
    seed = random.SystemRandom().getrandbits(32) if seed is None else seed
    sets = read_questions([questions])
    office = open_office(database, random.Random(f"{seed}/bot"))
    try:
        async with open_classroom(
            new_bot(office, sets),
            students=YOURS + classmates,
            rng=random.Random(f"{seed}/names"),
            begin=datetime.now(UTC),
        ) as room:
            yours, others = room.students[:YOURS], room.students[YOURS:]
            crowd = Crowd(
                room, make_students(others, seed), Hands(Book(sets), Ledger()), random.Random(f"{seed}/class")
            )
            stage = Stage(room, crowd, (room.instructor, *yours, room.owner))
            try:
                yield stage
            finally:
                await stage.close()
    finally:
        office.close()


@asynccontextmanager
async def served(stage: Stage, port: int, database: Path) -> AsyncGenerator[None]:
    """The pages of the classroom, on this machine alone. Raises ``PortTaken``."""
    runner = web.AppRunner(Pages(stage, port, str(database)).app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, ADDRESS, port).start()
        except OSError as error:
            raise PortTaken(port) from error
        yield
    finally:
        await runner.cleanup()


async def _keep_time(stage: Stage) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(TICK_SECONDS)
        now = time.perf_counter()
        await stage.tick(now - before)
        before = now
