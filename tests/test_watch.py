"""A background look that is woken, and closed for good."""

import asyncio
from datetime import timedelta

import pytest

from bot.watch import IDLE, Watch


class Looks:
    """What is looked at, and how often."""

    def __init__(self) -> None:
        self.count = 0
        self.first = asyncio.Event()

    async def look(self) -> timedelta:
        self.count += 1
        self.first.set()
        return IDLE


@pytest.fixture
async def looks() -> Looks:
    return Looks()


@pytest.fixture
async def watch(looks: Looks) -> Watch:
    """It has looked once, and sleeps."""
    watch = Watch("look", looks.look)
    watch.wake()
    async with asyncio.timeout(5):
        await looks.first.wait()
    await asyncio.sleep(0)
    return watch


async def test_closed_watch_is_not_woken_any_more(watch: Watch, looks: Looks) -> None:
    await watch.close()
    before = asyncio.all_tasks()
    watch.wake()
    assert asyncio.all_tasks() == before
    assert looks.count == 1


async def test_watch_that_is_woken_a_moment_before_it_is_closed_looks_no_more(
    watch: Watch, looks: Looks
) -> None:
    others = asyncio.all_tasks()
    watch.wake()
    await watch.close()
    for _ in range(20):
        await asyncio.sleep(0)
    assert looks.count == 1
    assert asyncio.all_tasks() <= others
