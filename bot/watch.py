"""A background look at the database: at once when woken, and again after the time that the last look asked for.
What has failed rests meanwhile.

It sleeps in discord.py's own task loop, whose sleep can be cut short, and never waits on a queue or an event.
A look that fails is logged, and another follows. Knows nothing of what is looked at.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from discord.ext import tasks

log = logging.getLogger(__name__)

IDLE = timedelta(minutes=5)
"""With nothing to wait for: a clock may be set, a machine may sleep, so look now and then all the same."""

AFTER_FAILURE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when something is left alone, and how often it has failed in a row."""

    until: datetime
    failures: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether it may be touched again."""
        return self.until <= now


def rest_after_failure(earlier: Rest | None, now: datetime, first: timedelta, longest: timedelta) -> Rest:
    """The rest after one more failure: ``first``, then twice as long each time, at most ``longest``."""
    failures = 0 if earlier is None else earlier.failures
    return Rest(now + min(first * 2**failures, longest), failures + 1)


class Watch:
    """Calls ``look`` when woken. ``look`` gives the time until the next one, at most ``IDLE``."""

    def __init__(self, name: str, look: Callable[[], Awaitable[timedelta]]) -> None:
        self._name = name
        self._look = look
        self._looking = False
        self._coming = False
        self._again = False
        self._closed = False
        self._loop = tasks.loop(seconds=IDLE.total_seconds(), name=name)(self._turn)

    def wake(self) -> None:
        """Look now, or once more if a look is under way. After ``close`` nothing is looked at any more."""
        if self._closed:
            return
        self._again = True
        if self._looking or self._coming:
            return
        self._coming = True
        if self._loop.is_running():
            self._loop.restart()
        else:
            self._loop.start()

    async def close(self) -> None:
        """Stop; a look under way is cut short."""
        self._closed = True
        task = self._loop.get_task()
        self._loop.cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    async def _turn(self) -> None:
        if self._closed:
            # discord.py's loop starts itself again when it was woken a moment before it was cancelled.
            self._loop.cancel()
            return
        self._looking = self._again = True
        self._coming = False
        pause = IDLE
        try:
            while self._again:
                self._again = False
                pause = await self._look_once()
        finally:
            self._looking = False
        self._loop.change_interval(seconds=min(max(pause, timedelta(0)), IDLE).total_seconds())

    async def _look_once(self) -> timedelta:
        try:
            return await self._look()
        except Exception:
            log.exception("the %s failed and will try again", self._name)
            return AFTER_FAILURE
