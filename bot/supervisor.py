"""Keeps the client alive, and ends the process when that does not help.

discord.py ends on a failed first handshake and on an event that it cannot read, and retries for ever where a
resume address is broken. So a client that stops is started anew, and a bot that has not been ready for
``PATIENCE`` ends with an error, so that whatever watches the process sees it.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import aiohttp
import discord

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=5)
CHECK_EVERY = timedelta(seconds=5)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=1)
LONGEST_CLOSING = timedelta(seconds=15)

OK = 0
UNAVAILABLE = 69
"""The exit status of ``sysexits.h`` for a service that cannot be reached."""
MISCONFIGURED = 78
"""The exit status of ``sysexits.h`` for a wrong configuration."""


class Supervised(Protocol):
    """A client, as far as the supervisor knows it."""

    connected: bool

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and stay until closed; raises when it cannot go on."""
        ...

    async def close(self) -> None:
        """Leave."""
        ...


async def supervise(
    new_client: Callable[[], Supervised],
    token: str,
    stop: asyncio.Event,
    *,
    patience: timedelta = PATIENCE,
    check_every: timedelta = CHECK_EVERY,
    first_pause: timedelta = FIRST_PAUSE,
) -> int:
    """Run clients one after the other until ``stop`` is set; gives the exit status of the process."""
    clock = asyncio.get_running_loop().time
    last_ready = clock()
    pause = first_pause
    while not stop.is_set():
        client = new_client()
        running = asyncio.create_task(client.start(token), name="client")
        try:
            while not running.done() and not stop.is_set():
                await _first_of(running, stop, check_every)
                if client.connected:
                    last_ready, pause = clock(), first_pause
                elif clock() - last_ready > patience.total_seconds():
                    log.critical("not ready for %s: giving up", patience)
                    return UNAVAILABLE
        finally:
            await _leave(client, running)
        if stop.is_set():
            break
        if _is_hopeless(running):
            return MISCONFIGURED
        if clock() - last_ready > patience.total_seconds():
            log.critical("not ready for %s: giving up", patience)
            return UNAVAILABLE
        log.warning("starting anew in %s", pause)
        await _first_of(None, stop, pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return OK


async def _leave(client: Supervised, running: asyncio.Task[None]) -> None:
    try:
        async with asyncio.timeout(LONGEST_CLOSING.total_seconds()):
            await client.close()
    except Exception:  # whatever is wrong with this client, the next one starts, or the process ends
        log.exception("the client did not close properly")
    # Between two attempts to connect discord.py sleeps, for up to a quarter of an hour, closed or not.
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _first_of(running: asyncio.Task[None] | None, stop: asyncio.Event, limit: timedelta) -> None:
    stopping = asyncio.create_task(stop.wait())
    waiting: set[asyncio.Task[object]] = {stopping}
    if running is not None:
        waiting.add(running)
    try:
        await asyncio.wait(waiting, timeout=limit.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()


def _is_hopeless(ended: asyncio.Task[None]) -> bool:
    """Say why a client ended; True if another one would end the same way."""
    error = None if ended.cancelled() else ended.exception()
    match error:
        case None:
            log.warning("the client ended")
        case discord.LoginFailure():
            log.critical("Discord refused the token: put the bot's current token into DISCORD_TOKEN")
            return True
        case discord.PrivilegedIntentsRequired():
            log.critical("Discord refused the intents: %s", error)
            return True
        case discord.HTTPException() | discord.GatewayNotFound() | aiohttp.ClientError() | OSError():
            log.error("the connection failed: %s", error)
        case _:
            log.error("the client failed", exc_info=error)
    return False
