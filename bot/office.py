"""The desk that everybody uses: actions go to the store, and after each commit the publisher and the scheduler
learn what waits to be done. Knows nothing of commands or messages.
"""

import asyncio
import functools
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlite_utils import Database

from bot.actions.answering import answer_round, say_certainty
from bot.actions.boards import Pulse, board_shown, pulse
from bot.actions.hiding import message_deleted
from bot.actions.joining import join_run
from bot.actions.opining import give_opinion
from bot.actions.threads import forget_message, note_edit, note_message
from bot.errors import WrongState
from bot.insight.charts.picture import Picture
from bot.store.writer import Store

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

Clock = Callable[[], datetime]

ROUTINE = frozenset(
    action.__name__
    for action in (
        answer_round,
        board_shown,
        forget_message,
        give_opinion,
        join_run,
        message_deleted,
        note_edit,
        note_message,
        say_certainty,
    )
)
"""Actions too frequent for the log; they are there at the level DEBUG."""


class Wakeable(Protocol):
    """The publisher, as far as the desk knows it."""

    def wake(self, waiting: Pulse) -> None:
        """Show what waits to be shown."""
        ...


class Aimable(Protocol):
    """The scheduler, as far as the desk knows it."""

    def aim(self, due_at: datetime | None) -> None:
        """Wake at that moment."""
        ...


class Office:
    """The open store, a clock and a source of randomness. ``open`` raises what ``Store.open`` raises."""

    def __init__(self, database: Path, clock: Clock, rng: random.Random) -> None:
        self.rng = rng
        self._clock = clock
        self._pulse = Pulse(None, (), notices=False)
        self._publisher: Wakeable | None = None
        self._scheduler: Aimable | None = None
        self._store = Store.open(database, self._take_pulse)
        # One hand: pictures are drawn one after the other, beside the event loop.
        self._easel = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    def staff(self, publisher: Wakeable | None, scheduler: Aimable | None) -> None:
        """Say who is told of what waits to be done. A restarted client brings new ones."""
        self._publisher, self._scheduler = publisher, scheduler

    async def run(
        self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action in a transaction; returns after the commit."""
        result = await self._store.run(action, *args, **kwargs)
        name = action.__name__
        level = logging.DEBUG if name in ROUTINE else logging.INFO
        if log.isEnabledFor(level):
            log.log(level, "%s %s", name, _ids(kwargs))
        self._pass_on()
        return result

    async def read(
        self, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query beside the writer. What it refuses, the person only wanted to see: nothing was to be changed."""
        try:
            return await self._store.read(query, *args, **kwargs)
        except WrongState as error:
            error.only_looked = True
            raise

    async def draw(self, chart: Callable[P, Picture], *args: P.args, **kwargs: P.kwargs) -> Picture | None:
        """Draw a picture in a thread of its own; None where that fails: no message is held up by its picture."""
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._easel, functools.partial(chart, *args, **kwargs)
            )
        except Exception:
            log.exception("%s could not be drawn", chart.__name__)
            return None

    def now(self) -> datetime:
        """The moment, by this machine's clock."""
        return self._clock()

    async def look(self) -> None:
        """Find out what waits to be done, as after a start."""
        self._pulse = await self._store.read(pulse)
        self._pass_on()

    def close(self) -> None:
        """Write what is queued and close the file."""
        self._easel.shutdown(wait=False, cancel_futures=True)
        self._store.close()

    def _take_pulse(self, db: Database) -> None:
        self._pulse = pulse(db)

    def _pass_on(self) -> None:
        waiting = self._pulse
        if self._publisher is not None:
            self._publisher.wake(waiting)
        if self._scheduler is not None:
            self._scheduler.aim(waiting.due_at)


def _ids(arguments: dict[str, object]) -> str:
    # Ids say who did what; answers, stances and texts never go to the log.
    return " ".join(f"{name}={value}" for name, value in arguments.items() if name.endswith("_id"))
