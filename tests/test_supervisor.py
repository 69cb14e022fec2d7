"""What the supervisor does with clients that end, hang or never get ready. The clients here only pretend."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import discord
import pytest

from bot.app import open_office
from bot.client import ShardedSeminarBot
from bot.supervisor import MISCONFIGURED, OK, UNAVAILABLE, supervise

TOKEN = "a.secret.token"
NEVER = timedelta(hours=1)
AT_ONCE = timedelta(0)
SHORT = timedelta(milliseconds=30)

Course = Callable[["Pretender"], Awaitable[None]]


class Pretender:
    """A client whose connection takes a given course."""

    def __init__(self, course: Course) -> None:
        self.connected = False
        self.closed = False
        self.course = course

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        assert token == TOKEN
        await self.course(self)

    async def close(self) -> None:
        self.closed = True
        self.connected = False


class Stubborn(Pretender):
    """One that cannot even be closed."""

    async def close(self) -> None:
        raise RuntimeError("the socket is in no state to be closed")


async def hang(client: Pretender) -> None:
    """As discord.py between two attempts to connect, closed or not."""
    await asyncio.get_running_loop().create_future()


async def stay(client: Pretender) -> None:
    client.connected = True
    await hang(client)


async def end(client: Pretender) -> None:
    pass


def fail(error: Exception) -> Course:
    async def course(client: Pretender) -> None:
        raise error

    return course


class Clients:
    """Gives out clients of these courses, one after the other; then sets ``stop`` and gives out one that stays."""

    def __init__(self, *courses: Course, kind: type[Pretender] = Pretender) -> None:
        self.stop = asyncio.Event()
        self.made: list[Pretender] = []
        self.kind = kind
        self._courses: Iterator[Course] = iter(courses)

    def __call__(self) -> Pretender:
        course = next(self._courses, None)
        if course is None:
            asyncio.get_running_loop().call_soon(self.stop.set)
        self.made.append(self.kind(course or stay))
        return self.made[-1]

    async def supervised(self, *, patience: timedelta = NEVER, first_pause: timedelta = AT_ONCE) -> int:
        ending = supervise(
            self, TOKEN, self.stop, patience=patience, check_every=SHORT / 10, first_pause=first_pause
        )
        return await asyncio.wait_for(ending, 5)


async def test_stop_closes_the_client_and_ends_well() -> None:
    clients = Clients()
    assert await clients.supervised() == OK
    assert [client.closed for client in clients.made] == [True]


@pytest.mark.parametrize(
    "course",
    [
        end,
        fail(AttributeError("'NoneType' object has no attribute 'sequence'")),
        fail(KeyError("id")),
        fail(OSError("no route to host")),
        fail(discord.GatewayNotFound()),
    ],
)
async def test_client_that_ends_is_followed_by_another(course: Course) -> None:
    clients = Clients(course, course)
    assert await clients.supervised() == OK
    assert [client.closed for client in clients.made] == [True, True, True]


async def test_unexpected_end_is_logged_with_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    assert await Clients(fail(KeyError("guild_hashes"))).supervised() == OK
    assert "Traceback" in caplog.text
    assert "guild_hashes" in caplog.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (discord.LoginFailure("Improper token has been passed."), "DISCORD_TOKEN"),
        (discord.PrivilegedIntentsRequired(None), "intents"),
    ],
)
async def test_what_another_client_would_not_mend_ends_the_process(
    error: Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    clients = Clients(fail(error))
    assert await clients.supervised() == MISCONFIGURED
    assert len(clients.made) == 1
    assert words in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("course", [hang, end, fail(OSError("refused"))])
async def test_bot_that_is_not_ready_for_long_ends_with_an_error(
    course: Course, caplog: pytest.LogCaptureFixture
) -> None:
    clients = Clients(*[course] * 10_000)
    assert await clients.supervised(patience=SHORT, first_pause=SHORT / 10) == UNAVAILABLE
    assert all(client.closed for client in clients.made)
    assert "not ready" in caplog.text


async def test_being_ready_again_starts_the_patience_anew() -> None:
    async def come_and_go(client: Pretender) -> None:
        client.connected = True
        for _ in range(3):
            await asyncio.sleep(0)

    # Longer in all than the patience, but never so long in a row.
    clients = Clients(*[come_and_go] * 20)
    assert await clients.supervised(patience=SHORT, first_pause=SHORT / 10) == OK
    assert len(clients.made) == 21


async def test_connection_that_is_lost_for_long_ends_with_an_error() -> None:
    async def fade(client: Pretender) -> None:
        client.connected = True
        await asyncio.sleep(SHORT.total_seconds() / 2)
        client.connected = False
        await hang(client)

    clients = Clients(fade)
    assert await clients.supervised(patience=SHORT) == UNAVAILABLE
    assert len(clients.made) == 1


async def test_stop_during_a_pause_is_heard() -> None:
    clients = Clients(end)
    asyncio.get_running_loop().call_later(SHORT.total_seconds(), clients.stop.set)
    assert await clients.supervised(first_pause=NEVER) == OK
    assert len(clients.made) == 1


async def test_client_that_cannot_be_closed_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    clients = Clients(end, kind=Stubborn)
    assert await clients.supervised() == OK
    assert len(clients.made) == 2
    assert "did not close properly" in caplog.text


async def test_stop_is_heard_before_the_client_is_ready() -> None:
    clients = Clients(hang)
    asyncio.get_running_loop().call_later(SHORT.total_seconds(), clients.stop.set)
    assert await clients.supervised() == OK
    assert clients.made[0].closed


class EverReady(ShardedSeminarBot):
    """A bot with shards that has got ready once."""

    def is_ready(self) -> bool:
        return True


async def test_bot_with_shards_is_connected_when_none_is_down(tmp_path: Path) -> None:
    office = open_office(tmp_path / "class.db", random.Random(1))
    bot = EverReady(office, [], shard_count=3)
    await bot.on_resumed()
    assert bot.connected
    await bot.on_shard_disconnect(0)
    await bot.on_shard_disconnect(2)
    await bot.on_resumed()  # of shard 1: Discord's library tells of each shard in this event, too
    assert not bot.connected
    await bot.on_shard_resumed(2)
    assert not bot.connected
    await bot.on_shard_ready(0)
    assert bot.connected
    office.close()
