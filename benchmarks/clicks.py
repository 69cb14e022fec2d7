"""How long a lecture hall waits: the real bot, which stores every answer, against one that stores nothing.

A thousand people press a button at the same moment; measured is the time from each press to its acknowledgement,
over a loopback gateway, both bots as processes of their own, in turns. Exit status 1 if an answer is lost or the
real bot is slower than the promise. Knows the real bot only as a process and its database as a file.
"""

import contextlib
import copy
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import click
import uvloop
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.stock_bot import OPTIONS
from tests.wire.interactions import Interaction
from tests.wire.process import BotProcess
from tests.wire.server import LoopbackDiscord, all_settled
from tests.wire.shapes import Json, walk
from tests.wire.world import Message

PROMISE = 1.3
"""The real bot's p99 is at most this many times the stock bot's."""

WARM_UPS = 2
MOST_ROUNDS = 48
LOG_LEVEL = "INFO"
PROMPT = (
    "How many people live beside the long river that flows past the old town, as far as anybody has counted?"
)


@dataclass(slots=True)
class Burst:
    """One round: the clicks, and the seconds until each was acknowledged (None: it never was)."""

    clicks: list[Interaction]

    @property
    def acknowledged(self) -> list[Interaction]:
        """The clicks that were acknowledged within Discord's 3 s."""
        return [each for each in self.clicks if each.latency is not None]

    def quantile(self, share: float) -> float:
        """The time in seconds within which that share of the clicks was acknowledged; infinite for a lost one."""
        times = sorted(each.latency or float("inf") for each in self.clicks)
        return times[min(len(times) - 1, int(len(times) * share))]


class Contestant(Protocol):
    """A bot under measurement."""

    async def settle(self) -> None:
        """Wait until all that the burst set off has been done."""
        ...


@dataclass(slots=True)
class Stock:
    """The bot that stores nothing."""

    server: LoopbackDiscord

    async def ask(self, model: Message) -> Message:
        """A new question that looks like the real bot's: a click carries the whole message that was clicked."""
        asked = await self.server.slash("ask", self.server.instructor)
        assert asked.reply is not None
        components = copy.deepcopy(model.payload["components"])
        for part in walk(components):
            if "custom_id" in part:
                prefix, *ids = part["custom_id"].split(":")
                part["custom_id"] = f"sa:{ids[-1]}" if prefix == "qa" else "sc:host"
        asked.reply.update({"components": components})
        return asked.reply

    async def settle(self) -> None:
        """Nothing is left to be done."""


@dataclass(slots=True)
class Real:
    """Seminar with a live quiz whose every question is a round."""

    server: LoopbackDiscord
    people: int
    questions: int
    asked: int = 0

    async def ask(self) -> Message:
        """Close the question before, open the next one, and wait for its message."""
        host = self.server.instructor
        if not self.asked:
            opened = self.server.slash(
                "quiz live", host, set="river", questions=self.questions, seconds=600, pace="host"
            )
            await (await opened).answered()
            lobby = await self.server.wait_for_message("Live quiz")
            await self.server.click(lobby, lobby.button("Start"), host)
        else:
            await (await self.server.slash("quiz host", host, action="close")).answered()
            await self.server.wait_for_message(self._heading, where=_shows_result)
            await (await self.server.slash("quiz host", host, action="next")).answered()
        self.asked += 1
        return await self.server.wait_for_message(self._heading)

    async def settle(self) -> None:
        """Wait until the question says how many have answered."""
        await self.server.wait_for_message(
            f"{self.people} people have answered", where=lambda message: self._heading in message.text
        )

    @property
    def _heading(self) -> str:
        return f"Question {self.asked} of {self.questions} ·"


Bot = TypeVar("Bot", bound=Contestant)


@dataclass(slots=True)
class Measured(Generic[Bot]):
    """A bot, the people who click, and what was measured of it."""

    name: str
    bot: Bot
    server: LoopbackDiscord
    people: Sequence[int]
    bursts: list[Burst] = field(default_factory=list[Burst])

    async def burst(self, question: Message) -> None:
        """Let everybody answer at once."""
        buttons = [button for button in question.controls if button[0] in "qs" and button[1] == "a"]
        gc.collect()
        gc.freeze()  # the measuring process must not stop to look through what the rounds before have left
        gc.disable()
        clicks = [
            self.server.click(question, buttons[number % len(buttons)], person)
            for number, person in enumerate(self.people)
        ]
        await all_settled(clicks)
        gc.enable()
        self.bursts.append(Burst(clicks))
        await self.bot.settle()

    @property
    def counted(self) -> list[Burst]:
        """The rounds without the warm-ups."""
        return self.bursts[WARM_UPS:]

    def median(self, share: float) -> float:
        """The median over the rounds of a quantile, in milliseconds."""
        return statistics.median(burst.quantile(share) for burst in self.counted) * 1_000


@click.command()
@click.option("--clicks", default=1_000, show_default=True, help="People who press at the same moment.")
@click.option("--rounds", default=8, show_default=True, type=click.IntRange(1, MOST_ROUNDS))
@click.option(
    "--same-gc", is_flag=True, help="Give the stock bot the real bot's garbage collector settings too."
)
def main(clicks: int, rounds: int, same_gc: bool) -> None:
    """Measure click to acknowledgement, storing every answer, against a bot that stores nothing."""
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(uvloop.run(measure(Path(folder), clicks, rounds, same_gc=same_gc)))


async def measure(folder: Path, clicks: int, rounds: int, *, same_gc: bool) -> int:
    """Run both bots in turns and print the comparison; gives the exit status."""
    flags = ["--same-gc"] if same_gc else []
    async with stock_bot(folder, clicks, flags) as stock, real_bot(folder, clicks, rounds + WARM_UPS) as real:
        for number in track(range(rounds + WARM_UPS), "Clicking", console=Console(stderr=True)):
            asked = await real.bot.ask()
            pairs = [(real, asked), (stock, await stock.bot.ask(asked))]
            for each, question in pairs if number % 2 else reversed(pairs):
                await each.burst(question)
        require_equal_work(stock, real)
    stored = stored_interactions(folder / "clicks.db")
    acknowledged = [each for burst in real.bursts for each in burst.acknowledged]
    missing = sum(each.id not in stored for each in acknowledged)
    asked = clicks * (rounds + WARM_UPS)
    ratio = statistics.median(
        mine.quantile(0.99) / theirs.quantile(0.99)
        for mine, theirs in zip(real.counted, stock.counted, strict=True)
    )
    report(stock, real, ratio)
    console = Console()
    console.print(f"{len(acknowledged):,} of {asked:,} answers acknowledged within 3 s")
    console.print(f"{len(acknowledged) - missing:,} of these are in the database")
    return 1 if missing or len(acknowledged) < asked or ratio > PROMISE else 0


@contextlib.asynccontextmanager
async def stock_bot(folder: Path, clicks: int, flags: list[str]) -> AsyncGenerator[Measured[Stock]]:
    """The bot that stores nothing, ready."""
    async with LoopbackDiscord() as server:
        settings = server.environment | {"SEMINAR_LOG_LEVEL": LOG_LEVEL}
        async with BotProcess(settings, "benchmarks.stock_bot", *flags, log=folder / "stock.log"):
            await server.gateway.ready()
            yield Measured("stock bot", Stock(server), server, server.add_people(clicks))


@contextlib.asynccontextmanager
async def real_bot(folder: Path, clicks: int, rounds: int) -> AsyncGenerator[Measured[Real]]:
    """Seminar with a new database and a set of as many questions as there are rounds, ready."""
    write_questions(folder / "questions" / "river", rounds)
    async with LoopbackDiscord() as server:
        settings = server.environment | {
            "SEMINAR_DATABASE": str(folder / "clicks.db"),
            "SEMINAR_QUESTIONS": str(folder / "questions"),
            "SEMINAR_LOG_LEVEL": LOG_LEVEL,
        }
        async with BotProcess(settings, "bot", "run", log=folder / "real.log") as process:
            await server.gateway.ready()
            yield Measured("Seminar", Real(server, clicks, rounds), server, server.add_people(clicks))
            await process.stop()


def write_questions(folder: Path, count: int) -> None:
    """A question set of ``count`` questions with the stock bot's texts. JSON is YAML too."""
    folder.mkdir(parents=True)
    source = {"title": "A river", "publisher": "Nobody", "date": "2019-08-01"}
    about: Json = {
        "format": 1,
        "id": folder.name,
        "title": "Rivers",
        "description": "Questions for a measurement.",
        "language": "en",
        "source": source,
    }
    options: list[Json] = [{"text": text, "feedback": "Not so."} for text in OPTIONS]
    options[0] = {"text": OPTIONS[0], "right": True}
    items: list[Json] = [
        {
            "id": f"river-{number}",
            "kind": "choice",
            "category": "statistic",
            "prompt": PROMPT,
            "options": options,
            "explanation": "They were counted.",
            "paragraph": 1,
            "label": "established",
            "as_of": "2019",
            "difficulty": 2,
            "tags": ["rivers"],
        }
        for number in range(1, count + 1)
    ]
    (folder / "set.yaml").write_text(json.dumps(about), encoding="utf-8")
    (folder / "items.yaml").write_text(json.dumps({"items": items}), encoding="utf-8")


def require_equal_work(stock: Measured[Stock], real: Measured[Real]) -> None:
    """Refuse to compare bots whose questions or replies have different components."""
    one, two = stock.bursts[-1].clicks[0], real.bursts[-1].clicks[0]
    for mine, theirs in ((one.clicked, two.clicked), (one.reply, two.reply)):
        if _outline(mine) != _outline(theirs):
            raise SystemExit(f"the bots do not show the same: {_outline(mine)} against {_outline(theirs)}")


def stored_interactions(database: Path) -> set[int]:
    """The clicks whose answers are in the file."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("SELECT interaction_id FROM answer")}


def report(stock: Measured[Stock], real: Measured[Real], ratio: float) -> None:
    """Print the table."""
    count = len(real.people)
    table = Table(
        title=f"{count:,} clicks at once, click → acknowledgement, median of {len(real.counted)} rounds"
    )
    for column in ("", "p50", "p99", "slowest"):
        table.add_column(column, justify="right" if column else "left")
    for each in (stock, real):
        slowest = max(burst.quantile(1.0) for burst in each.counted) * 1_000
        table.add_row(
            each.name, f"{each.median(0.5):,.0f} ms", f"{each.median(0.99):,.0f} ms", f"{slowest:,.0f} ms"
        )
    halves = statistics.median(
        mine.quantile(0.5) / theirs.quantile(0.5)
        for mine, theirs in zip(real.counted, stock.counted, strict=True)
    )
    table.add_row("ratio", f"{halves:.2f}", f"{ratio:.2f}", "", style="bold")
    Console().print(table)


def _shows_result(message: Message) -> bool:
    return "Right answer" in message.text


def _outline(message: Message | None) -> list[int]:
    return [] if message is None else [part["type"] for part in walk(message.payload["components"])]


if __name__ == "__main__":
    main()
