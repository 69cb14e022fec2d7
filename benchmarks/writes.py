"""How many answers a second are on disk, against one commit an answer and against bare rows in one commit.

    python benchmarks/writes.py [--answers 1000] [--rounds 9] [--folder FOLDER]

Three ways take turns, round by round, each on a database of its own with ``synchronous=FULL``:

- Seminar: so many learners answer one question at once, each through ``Store.run(answer_round, …)``: the
  question is looked up, the answer graded, stored and shown to be changed; it returns once it is committed.
- One commit an answer: the same ``answer_round``, called one after the other, each with a commit of its own.
- Bare rows: the same rows of the answer table through ``executemany``, all in one commit; nothing is looked up,
  graded or acknowledged.

Every way ends with the same answers in its file, which is checked. The learners have answered before, so that
no way has to make them. ``--folder`` is where the databases lie: a folder in memory would make commits free.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlite_utils import Database

from bot.actions.answering import answer_round
from bot.actions.hosting import close_now, move_on, start_run
from bot.actions.open_live import LivePlan, open_live
from bot.actions.questions import publish_bundled
from bot.bank.item import Category
from bot.bank.kinds import Choice, Option
from bot.bank.question_set import QuestionSet, SetInfo
from bot.bank.response import response_to_json
from bot.ids import ChannelId, GuildId, InteractionId, LearnerId, RoundId, RunId, UserId
from bot.quiz.run import Pace, Round
from bot.store.connection import open_for_writing
from bot.store.learners import find_learner
from bot.store.moments import to_text
from bot.store.runs import rounds_of
from bot.store.writer import Store

GUILD, CHANNEL, HOST = GuildId(1), ChannelId(2), UserId(3)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPTIONS = 4
TITLES = ("Seminar: Store.run, many at once", "One commit an answer", "Bare rows, executemany, one commit")
PROBES = 50

INSERT_ROW = """
    INSERT INTO answer (round_id, learner_id, response, outcome, fraction, near_miss, interaction_id,
                        changes, first_at, answered_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
"""
STORED = """
    SELECT l.user_id, a.response, a.outcome
    FROM answer AS a JOIN learner AS l ON l.learner_id = a.learner_id
    WHERE a.round_id = ?
    ORDER BY l.user_id
"""


@dataclass(frozen=True, slots=True)
class Press:
    """One learner's press of a button."""

    user_id: UserId
    slot: int
    interaction_id: InteractionId


@dataclass(slots=True)
class Way:
    """A way to store answers, with what it took, in seconds, round by round."""

    name: str
    path: Path
    seconds: list[float] = field(default_factory=list[float])


@click.command()
@click.option(
    "--answers", default=1_000, show_default=True, type=click.IntRange(1, 100_000), help="Answers a round."
)
@click.option("--rounds", default=9, show_default=True, type=click.IntRange(1, 49), help="Rounds measured.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the databases lie. [default: the system's temporary folder]",
)
def main(answers: int, rounds: int, folder: Path | None) -> None:
    """Durable answers a second, three ways in turn."""
    console = Console()
    with tempfile.TemporaryDirectory(dir=folder, prefix="seminar-writes-") as name:
        place = Path(name)
        probe = probe_disk(place)
        ways = [Way(title, place / f"{number}.db") for number, title in enumerate(TITLES)]
        run_rounds(ways, answers, rounds, console)
        console.print(report(ways, answers, rounds))
        console.print(f"One fsync on this disk takes {probe * 1e3:.2f} ms (median of {PROBES}).")


def run_rounds(ways: list[Way], answers: int, rounds: int, console: Console) -> None:
    """Let the ways take turns. The first round is not measured: it makes the learners known."""
    seminar, one_by_one, bare = ways
    run_ids = [prepare(way.path, rounds + 1) for way in ways]
    rng = random.Random(1)
    with Progress(console=console, transient=True) as progress:
        for number in progress.track(range(rounds + 1), description="Rounds"):
            presses = [
                Press(UserId(user), rng.randrange(OPTIONS), InteractionId(number * answers + user + 1))
                for user in range(answers)
            ]
            took = (
                asyncio.run(at_once(seminar.path, run_ids[0], number, presses)),
                with_a_commit_each(one_by_one.path, run_ids[1], number, presses),
                as_bare_rows(bare.path, run_ids[2], number, presses, known=number > 0),
            )
            if number > 0:
                for way, seconds in zip(ways, took, strict=True):
                    way.seconds.append(seconds)
            check_equal([way.path for way in ways], run_ids, number, answers)


def prepare(path: Path, questions: int) -> RunId:
    """A database with a live quiz whose first question is open."""
    with opened(path) as db, db.atomic():
        publish_bundled(db, sets=[question_set(questions)], at=AT)
        plan = LivePlan("bench", None, questions, timedelta(minutes=10), Pace.HOST, own_thread=False)
        run_id = open_live(
            db,
            guild_id=GUILD,
            host_id=HOST,
            channel_id=CHANNEL,
            plan=plan,
            in_thread=False,
            rng=random.Random(1),
            at=AT,
        )
        start_run(db, guild_id=GUILD, run_id=run_id, at=AT)
    return run_id


async def at_once(path: Path, run_id: RunId, number: int, presses: list[Press]) -> float:
    """All presses at once through the store; gives the seconds until the last is acknowledged."""
    store = Store.open(path)
    try:
        asked = await store.run(open_round, run_id=run_id, number=number)
        begun = time.perf_counter()
        await asyncio.gather(
            *(
                store.run(
                    answer_round,
                    guild_id=GUILD,
                    round_id=asked.round_id,
                    user_id=press.user_id,
                    answer=press.slot,
                    interaction_id=press.interaction_id,
                    at=AT,
                )
                for press in presses
            )
        )
        return time.perf_counter() - begun
    finally:
        store.close()


def with_a_commit_each(path: Path, run_id: RunId, number: int, presses: list[Press]) -> float:
    """The same action for one press after the other, each in a transaction of its own."""
    with opened(path) as db:
        with db.atomic():
            asked = open_round(db, run_id=run_id, number=number)
        begun = time.perf_counter()
        for press in presses:
            with db.atomic():
                store_one(db, asked.round_id, press)
        return time.perf_counter() - begun


def as_bare_rows(path: Path, run_id: RunId, number: int, presses: list[Press], *, known: bool) -> float:
    """The rows alone, made beforehand, in one statement and one commit."""
    with opened(path) as db:
        with db.atomic():
            asked = open_round(db, run_id=run_id, number=number)
            if not known:  # the learners are not known yet: their rows come with their first answers
                for press in presses:
                    store_one(db, asked.round_id, press)
                return 0.0
        rows = [row(db, asked, press) for press in presses]
        begun = time.perf_counter()
        with db.atomic():
            db.conn.executemany(INSERT_ROW, rows)
        return time.perf_counter() - begun


def store_one(db: Database, round_id: RoundId, press: Press) -> None:
    """One answer, without a transaction of its own."""
    answer_round(
        db,
        guild_id=GUILD,
        round_id=round_id,
        user_id=press.user_id,
        answer=press.slot,
        interaction_id=press.interaction_id,
        at=AT,
    )


def open_round(db: Database, *, run_id: RunId, number: int) -> Round:
    """Move the quiz on to a question, and give it."""
    if number > 0:
        close_now(db, guild_id=GUILD, run_id=run_id, at=AT)
        move_on(db, guild_id=GUILD, run_id=run_id, position=number - 1, at=AT)
    return rounds_of(db, run_id)[number]


def row(db: Database, asked: Round, press: Press) -> tuple[object, ...]:
    """The row of the answer table that a press ends as."""
    learner_id: LearnerId | None = find_learner(db, GUILD, press.user_id)
    response = asked.picked(press.slot)
    grade = asked.item.grade(response)
    return (
        asked.round_id,
        learner_id,
        response_to_json(response),
        grade.outcome.value,
        grade.fraction,
        int(grade.near_miss),
        press.interaction_id,
        to_text(AT),
        to_text(AT),
    )


def check_equal(paths: list[Path], run_ids: list[RunId], number: int, answers: int) -> None:
    """Raise SystemExit unless every file holds the same answers to that question."""
    held: list[list[tuple[object, ...]]] = []
    for path, run_id in zip(paths, run_ids, strict=True):
        with opened(path) as db:
            round_id = rounds_of(db, run_id)[number].round_id
            held.append(db.conn.execute(STORED, (round_id,)).fetchall())
    if any(rows != held[0] or len(rows) != answers for rows in held):
        raise SystemExit(f"The files do not hold the same {answers} answers to question {number + 1}.")


def probe_disk(folder: Path) -> float:
    """The median seconds of an fsync after a small write."""
    took: list[float] = []
    with (folder / "probe").open("wb") as file:
        for _ in range(PROBES):
            file.write(b"x" * 4096)
            file.flush()
            begun = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return statistics.median(took)


def report(ways: list[Way], answers: int, rounds: int) -> Table:
    """Answers a second and ratios, medians over the rounds with the range."""
    table = Table(title=f"{answers:,} answers a round, {rounds} rounds, synchronous=FULL")
    for heading in ("Way", "Answers a second", "Range"):
        table.add_column(heading, justify="left" if heading == "Way" else "right")
    for other in ways[1:]:
        table.add_column(f"× {other.name.split(',')[0].lower()}", justify="right")
    for way in ways:
        rates = sorted(answers / seconds for seconds in way.seconds)
        cells = [way.name, f"{statistics.median(rates):,.0f}", f"{rates[0]:,.0f}-{rates[-1]:,.0f}"]
        for other in ways[1:]:
            ratio = statistics.median(
                theirs / own for theirs, own in zip(other.seconds, way.seconds, strict=True)
            )
            cells.append(f"{ratio:.2f}")
        table.add_row(*cells)
    return table


def question_set(questions: int) -> QuestionSet:
    """So many questions with buttons."""
    info = SetInfo.model_validate(
        {
            "format": 1,
            "id": "bench",
            "title": "Benchmark",
            "description": "Questions for a benchmark.",
            "source": {"title": "None"},
        }
    )
    options = tuple(
        Option(text=f"Option {number}", right=number == 0, feedback=None) for number in range(OPTIONS)
    )
    return QuestionSet(info, tuple(question(number, options) for number in range(questions)))


def question(number: int, options: tuple[Option, ...]) -> Choice:
    """One of them."""
    return Choice.model_validate(
        {
            "id": f"question-{number}",
            "kind": "choice",
            "category": Category.STATISTIC,
            "prompt": f"What of {number}?",
            "options": options,
        }
    )


@contextmanager
def opened(path: Path) -> Generator[Database]:
    """The database as Seminar's writer opens it."""
    db = open_for_writing(path)
    try:
        yield db
    finally:
        db.close()


if __name__ == "__main__":
    main()
