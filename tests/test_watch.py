"""A background look that is woken, and closed for good."""

import asyncio
from datetime import timedelta

from bot.watch import IDLE, Watch


async def test_closed_watch_is_not_woken_any_more() -> None:
    looks: list[timedelta] = []

    async def look() -> timedelta:
        looks.append(IDLE)
        first.set()
        return IDLE

    first = asyncio.Event()
    watch = Watch("look", look)
    watch.wake()
    async with asyncio.timeout(5):
        await first.wait()
    await watch.close()
    before = asyncio.all_tasks()
    watch.wake()
    assert asyncio.all_tasks() == before
    assert len(looks) == 1
