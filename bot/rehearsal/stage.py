"""The one place where the live classroom moves: the clock, the class, and the room that is open in the browser.

SimCord allows one thing at a time; so everything here and every press in a browser takes its turn.
"""

import asyncio
import itertools
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import simcord

from bot.rehearsal.crowd import Crowd
from bot.rehearsal.world import Classroom, Person

log = logging.getLogger(__name__)

LONGEST_STEP = 30.0
"""Seconds by which the clock moves at once at most; a machine that slept does not rush through a lesson."""

REFRESH_AT_LEAST = 5.0
"""Seconds after which the page is brought up to date even if nothing happened: countdowns go on."""


class NoSuchRoom(Exception):
    """There is no room, or nobody, with that id."""


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """The room that is open in the browser. ``serial`` tells one opening from another; ``key`` is its secret."""

    room: simcord.ChannelHandle
    serial: int
    key: str
    address: str
    preview: simcord.Preview

    @property
    def is_open(self) -> bool:
        """Whether it still is: SimCord's page has a button to end it."""
        try:
            return bool(self.preview.url)
        except simcord.SetupError:
            return False


class Stage:
    """The classroom on show. ``cast`` are the people that a visitor can be."""

    def __init__(self, room: Classroom, crowd: Crowd, cast: tuple[Person, ...]) -> None:
        self.room = room
        self.cast = cast
        self.classmates = False
        self.shown: OpenRoom | None = None
        self._crowd = crowd
        self._turn = asyncio.Lock()
        self._serials = itertools.count(1)
        self._seen_requests: int = 0
        self._since_refresh = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait until nothing else moves."""
        async with self._turn:
            yield

    async def open(self, room_id: int) -> OpenRoom:
        """Show a room, if it is not shown already. Another one that was open is closed.

        Raises ``NoSuchRoom``.
        """
        async with self._turn:
            shown = self.shown
            if shown is not None and shown.room.id == room_id and shown.is_open:
                return shown
            room = next((room for room in self.room.rooms() if room.id == room_id), None)
            if room is None:
                raise NoSuchRoom
            await self._close_room()
            preview = self.room.env.preview(
                room, viewers=[person.actor for person in self.cast], layout="channel"
            )
            await preview.__aenter__()
            parts = urlsplit(preview.url)
            self.shown = OpenRoom(
                room, next(self._serials), parts.fragment, f"http://{parts.netloc}", preview
            )
            return self.shown

    async def let_in_classmates(self, on: bool) -> None:
        """Have the simulated classmates take part, or not."""
        async with self._turn:
            if on and not self.classmates:
                self._crowd.come_in()
            self.classmates = on

    async def tick(self, seconds: float) -> None:
        """Let time pass: ``seconds`` of it, as a clock on the wall measured them."""
        async with self._turn:
            try:
                await self.room.env.advance_time(min(seconds, LONGEST_STEP))
                acted = 0
                if self.classmates:
                    self._crowd.look_around()
                    acted = await self._crowd.act()
                await self._refresh(seconds, changed=acted > 0)
            except (simcord.SetupError, simcord.BackendError, TimeoutError):
                # Something that was to be pressed is gone, or the bot takes its time: the next tick goes on.
                log.warning("a moment in the classroom did not go as planned", exc_info=True)

    async def close(self) -> None:
        """Close the room that is open."""
        async with self._turn:
            await self._close_room()

    async def _close_room(self) -> None:
        shown, self.shown = self.shown, None
        if shown is not None:
            await shown.preview.close()

    async def _refresh(self, seconds: float, *, changed: bool) -> None:
        requests: int = len(self.room.env.http_requests)
        self._since_refresh += seconds
        if (
            self.shown is None
            or not self.shown.is_open
            or not (changed or requests != self._seen_requests or self._since_refresh >= REFRESH_AT_LEAST)
        ):
            return
        self._seen_requests, self._since_refresh = requests, 0.0
        await self.shown.preview.refresh()
