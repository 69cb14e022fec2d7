"""The one place that puts the bot together: settings, question folders, office, client, supervisor."""

import asyncio
import gc
import logging
import random
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import discord
import discord.gateway
import discord.http
import yarl

from bot.bank.question_set import QuestionSet
from bot.bank.reading import read_paths
from bot.client import SeminarBot, ShardedSeminarBot
from bot.config import Settings, bundled_questions, require_token
from bot.office import Office
from bot.supervisor import supervise

log = logging.getLogger(__name__)

YOUNG_OBJECTS = 50_000
"""So many new objects are waited for before rubbish is looked for: a lecture hall's clicks at once make as many,
and all of them are in use."""


def open_office(database: Path, rng: random.Random | None = None) -> Office:
    """Open the database. Raises ``NewerDatabase``, ``NotADatabase`` or ``StoreUnavailable``.

    The clock is discord.py's, so that a simulated Discord can move it.
    """
    return Office(database, discord.utils.utcnow, rng or random.Random(random.SystemRandom().getrandbits(64)))


def read_questions(folders: Sequence[Path]) -> tuple[QuestionSet, ...]:
    """The question sets of the folders. What is wrong in a file is logged, and the rest is used."""
    reading = read_paths(folders)
    for problem in reading.errors:
        log.error("%s", problem)
    return reading.sets


def new_bot(office: Office, sets: Sequence[QuestionSet] | None = None) -> SeminarBot:
    """A bot for one connection, with the bundled questions unless others are given."""
    return SeminarBot(office, read_questions([bundled_questions()]) if sets is None else sets)


async def serve(settings: Settings) -> int:
    """Run the bot on Discord until a signal ends it; gives the exit status of the process.

    Raises ``SettingsError`` for a missing token, and what ``open_office`` raises.
    """
    token = require_token(settings)
    point_at(settings)
    sets = read_questions(settings.question_folders)
    office = open_office(settings.database)
    stop = asyncio.Event()
    _stop_on_signals(stop)
    _spare_lasting_objects()
    try:
        return await supervise(lambda: _client(office, sets, settings), token, stop)
    finally:
        office.close()


def _spare_lasting_objects() -> None:
    # Modules and questions stay for good. Python's search for rubbish would otherwise go through all of them
    # again and again while people wait for their answers: half of the time that a thousand clicks took.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def point_at(settings: Settings) -> None:
    """Send discord.py to another server than Discord's, where the settings name one."""
    if settings.api_url is not None:
        discord.http.Route.BASE = str(settings.api_url).rstrip("/")
    if settings.gateway_url is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(settings.gateway_url))


def _client(office: Office, sets: Sequence[QuestionSet], settings: Settings) -> SeminarBot:
    if settings.shard_count is None:
        return SeminarBot(office, sets)
    shard_ids = None if settings.shard_ids is None else list(settings.shard_ids)
    return ShardedSeminarBot(office, sets, shard_count=settings.shard_count, shard_ids=shard_ids)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def end(name: str) -> None:
        log.info("%s: finishing what has begun", name)
        stop.set()

    handlers: dict[signal.Signals, Callable[[], None]] = {
        each: lambda name=each.name: end(name) for each in (signal.SIGTERM, signal.SIGINT)
    }
    for each, handler in handlers.items():
        try:
            loop.add_signal_handler(each, handler)
        except NotImplementedError:  # Windows: an interrupt then ends the loop by itself
            return
