"""The real bot on the loopback Discord, as a process or under its supervisor, and a host who runs a live quiz.

`answers` reads the database file as it is, beside the bot.
"""

import asyncio
import contextlib
import json
import random
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import open_office
from bot.bank.kinds import Item, item_to_json
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot
from bot.office import Office
from bot.supervisor import PATIENCE, supervise
from tests.classroom import choice, numeric, question_set, short_text, true_false
from tests.openapi import complaints, specification
from tests.wire.interactions import Interaction
from tests.wire.process import BotProcess
from tests.wire.server import LoopbackDiscord
from tests.wire.shapes import Json
from tests.wire.transport import TOKEN
from tests.wire.world import Message

RIVERS = question_set(*(choice(f"river-{number}") for number in range(1, 5)), key="rivers", title="Rivers")
MIXED = question_set(
    choice("lake"), true_false("sea"), numeric("share"), short_text("city"), key="mixed", title="Mixed"
)

CONFIRMED = "Your answer is in"
SOON = timedelta(milliseconds=20)


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer in the file."""

    user_id: int
    response: str
    interaction_id: int
    changes: int


def answers(database: Path) -> list[Stored]:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = connection.execute(
            "SELECT l.user_id, a.response, a.interaction_id, a.changes"
            " FROM answer AS a JOIN learner AS l ON l.learner_id = a.learner_id ORDER BY a.answer_id"
        )
        return [Stored(*row) for row in found]


def soundness(database: Path) -> list[tuple[object, ...]]:
    """What SQLite finds wrong with the file."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = [
            *connection.execute("PRAGMA integrity_check"),
            *connection.execute("PRAGMA foreign_key_check"),
        ]
        return [row for row in found if row != ("ok",)]


# Running the bot


def new_process(server: LoopbackDiscord, folder: Path, **settings: str) -> BotProcess:
    """`async with new_process(server, tmp_path) as bot:` with the sets of this module; database `class.db`."""
    for questions in (RIVERS, MIXED):
        write_set(
            folder / "questions" / questions.info.id, questions.info.model_dump(mode="json"), questions.items
        )
    given = {
        "SEMINAR_DATABASE": str(folder / "class.db"),
        "SEMINAR_QUESTIONS": str(folder / "questions"),
        "SEMINAR_LOG_LEVEL": "INFO",
    }
    return BotProcess(server.environment | given | settings, "bot", "run", log=folder / "bot.log")


def write_set(folder: Path, info: Json, items: Sequence[Item]) -> None:
    """Put a set's folder on the disk. JSON is YAML too."""
    folder.mkdir(parents=True)
    about = {"format": 1} | {key: value for key, value in info.items() if value is not None}
    (folder / "set.yaml").write_text(json.dumps(about), encoding="utf-8")
    written = {"items": [json.loads(item_to_json(item)) for item in items]}
    (folder / "items.yaml").write_text(json.dumps(written), encoding="utf-8")


class PromptBot(SeminarBot):
    """The real bot without the five seconds' pause before a new IDENTIFY: this gateway limits none."""

    def __init__(self, office: Office, sets: Sequence[QuestionSet]) -> None:
        super().__init__(office, sets, guild_ready_timeout=0.1)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


@dataclass(slots=True)
class Supervised:
    """The real bot under its supervisor, in this process."""

    stop: asyncio.Event
    ending: asyncio.Task[int]
    started: list[SeminarBot]
    """Every client so far."""

    async def status(self, *, within: float = 5.0) -> int:
        return await asyncio.wait_for(asyncio.shield(self.ending), within)


@contextlib.asynccontextmanager
async def supervised(
    server: LoopbackDiscord, folder: Path, *, patience: timedelta = PATIENCE
) -> AsyncGenerator[Supervised]:
    office, stop = open_office(folder / "class.db", random.Random(5)), asyncio.Event()
    started: list[SeminarBot] = []

    def new_client() -> SeminarBot:
        started.append(PromptBot(office, (RIVERS, MIXED)))
        return started[-1]

    with server.client_pointed_here():
        ending = asyncio.create_task(
            supervise(new_client, TOKEN, stop, patience=patience, check_every=SOON, first_pause=SOON)
        )
        try:
            yield Supervised(stop, ending, started)
        finally:
            stop.set()
            await ending
            office.close()


# Running a quiz


class Lesson:
    """A host with a live quiz in the server's channel."""

    def __init__(self, server: LoopbackDiscord) -> None:
        self.server = server
        self.total = 0

    async def host(self, command: str, **options: object) -> Interaction:
        return await (await self.server.slash(command, self.server.instructor, **options)).answered()

    async def open(
        self, *, questions: int = 2, seconds: int = 600, pace: str = "host", chosen: str = "rivers"
    ) -> Message:
        """Open the lobby and start; gives the message of the first question."""
        self.total = questions
        await self.host("quiz live", set=chosen, questions=questions, seconds=seconds, pace=pace)
        lobby = await self.server.wait_for_message("Live quiz")
        await self.server.click(lobby, lobby.button("Start"), self.server.instructor)
        return await self.question(1)

    async def question(self, number: int) -> Message:
        return await self.server.wait_for_message(self.heading(number))

    async def result(self, number: int) -> Message:
        """Close the question that is open; gives its message with the result."""
        await self.host("quiz host", action="close")
        return await self.server.wait_for_message(
            "Right answer", where=lambda m: self.heading(number) in m.text
        )

    async def end(self, number: int) -> Message:
        """Go on from the open question to the end; gives the summary."""
        for position in range(number, self.total + 1):
            await self.host("quiz host", action="close")
            if position < self.total:
                await self.host("quiz host", action="next")
        return await self.server.wait_for_message("## Results")

    def heading(self, number: int) -> str:
        return f"### Question {number} of {self.total} ·"

    def messages(self, number: int) -> list[Message]:
        """The messages of a question: one, if all is well."""
        heading = self.heading(number)
        return [message for message in self.server.world.all_messages() if heading in message.text]


def option_buttons(question: Message) -> list[str]:
    return [custom_id for custom_id in question.controls if custom_id.startswith("qa:")]


def confirmed(clicks: Sequence[Interaction]) -> list[Interaction]:
    """Those who were told that their answer is in."""
    return [click for click in clicks if CONFIRMED in click.text]


@contextlib.contextmanager
def at_message(server: LoopbackDiscord, count: int, text: str, do: Callable[[], object]) -> Generator[None]:
    """Does something at the very moment when the bot has sent `count` messages with that text."""
    seen = 0

    def watch(message: Message) -> None:
        nonlocal seen
        seen += text in message.text
        if seen == count and text in message.text:
            do()

    server.world.watchers.append(watch)
    try:
        yield
    finally:
        server.world.watchers.remove(watch)


def refusals(server: LoopbackDiscord) -> list[str]:
    """What Discord would have refused of all requests so far; nothing where its OpenAPI file is not here."""
    return [] if specification() is None else complaints(server.requests)
