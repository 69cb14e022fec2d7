"""The loopback Discord of a test; what the bot sent to it is checked against Discord's OpenAPI file afterwards."""

from collections.abc import AsyncIterator

import pytest

from tests.wire.lesson import Lesson, refusals
from tests.wire.server import LoopbackDiscord


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server
        assert refusals(server) == []


@pytest.fixture
def lesson(server: LoopbackDiscord) -> Lesson:
    return Lesson(server)
