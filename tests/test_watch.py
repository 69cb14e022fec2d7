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


async def test_watch_that_is_woken_a_moment_before_it_is_closed_looks_no_more() -> None:
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
        await asyncio.sleep(0)
    others = asyncio.all_tasks()
    watch.wake()
    await watch.close()
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(looks) == 1
    assert asyncio.all_tasks() <= others
