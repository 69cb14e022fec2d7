"""How long reports take as the file grows, against the bare SQL scan of the same rows in the same run.

    python benchmarks/reports.py [--answers 10000 --answers 100000 --answers 1000000] [--rounds 25]

Every file holds classes of 25 learners, each class with 500 answers a learner in live quizzes of 20 questions; a
larger file has more classes. In each file, in turn:

- ``/progress``: one learner's results with what to study next (``own_progress``), against the scan: that learner's
  rows of the answer table, fetched and thrown away.
- The summary at the end of a live quiz (``summary_board``), against that quiz's rows of the answer table.

Both are measured for other learners and other quizzes each round, best of three, on a connection that only reads.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot.actions.progress import own_progress
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import summary_board
from bot.bank.item import Category
from bot.bank.kinds import Choice, Option
from bot.bank.question_set import QuestionSet, SetInfo
from bot.ids import GuildId, RunId, UserId
from bot.store.connection import open_for_reading, open_for_writing
from bot.store.moments import to_text

GUILD = GuildId(1)
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOES = 3
ITEMS, OPTIONS, TAGS = 200, 4, 12
CLASS, QUESTIONS, RUNS_OF_CLASS = 25, 20, 25
ANSWERS_OF_CLASS = CLASS * QUESTIONS * RUNS_OF_CLASS

LEARNER_ROWS = """
    SELECT a.* FROM answer AS a
    WHERE a.learner_id = (SELECT learner_id FROM learner WHERE guild_id = ? AND user_id = ?)
"""
RUN_ROWS = """
    SELECT a.* FROM answer AS a JOIN round AS o ON o.round_id = a.round_id WHERE o.run_id = ?
"""
ADD_LEARNER = "INSERT INTO learner (learner_id, guild_id, user_id, first_seen_at) VALUES (?, ?, ?, ?)"
ADD_RUN = """
    INSERT INTO run (run_id, guild_id, mode, owner_id, set_id, seconds, pace, channel_id, state, position, seed,
                     end_reason, created_at, started_at, ended_at)
    VALUES (?, ?, 'live', 1, ?, 30, 'auto', 2, 'ended', ?, 1, 'finished', ?, ?, ?)
"""
ADD_ROUND = """
    INSERT INTO round (round_id, run_id, position, revision_id, option_order, state, opened_at, closed_at)
    VALUES (?, ?, ?, ?, '0,1,2,3', 'closed', ?, ?)
"""
ADD_ANSWER = """
    INSERT INTO answer (round_id, learner_id, response, outcome, fraction, near_miss, interaction_id, changes,
                        first_at, answered_at, certainty)
    VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)
"""


@dataclass(slots=True)
class Measured:
    """A report and its reference, in seconds, round by round."""

    name: str
    report: list[float] = field(default_factory=list[float])
    scan: list[float] = field(default_factory=list[float])


@click.command()
@click.option(
    "--answers",
    "sizes",
    default=(10_000, 100_000, 1_000_000),
    show_default=True,
    multiple=True,
    type=click.IntRange(ANSWERS_OF_CLASS // 2),
    help="Answers in the file, rounded to whole classes of 12,500.",
)
@click.option("--rounds", default=25, show_default=True, type=click.IntRange(1), help="Rounds measured.")
def main(sizes: tuple[int, ...], rounds: int) -> None:
    """Reports against bare scans, file by file."""
    console = Console()
    table = Table("answers in the file", "report", "ms (median)", "scan, ms", "ratio (median)")
    with tempfile.TemporaryDirectory(prefix="seminar-reports-") as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.db"
            classes = max(1, round(size / ANSWERS_OF_CLASS))
            with console.status(f"A file of {classes * ANSWERS_OF_CLASS:,} answers"):
                fill(path, classes, random.Random(1))
                for each in measured(path, classes, rounds):
                    ratios = [report / scan for report, scan in zip(each.report, each.scan, strict=True)]
                    table.add_row(
                        f"{classes * ANSWERS_OF_CLASS:,}",
                        each.name,
                        f"{statistics.median(each.report) * 1e3:.2f}",
                        f"{statistics.median(each.scan) * 1e3:.2f}",
                        f"{statistics.median(ratios):.1f}",
                    )
            path.unlink()
    console.print(table)


def measured(path: Path, classes: int, rounds: int) -> tuple[Measured, Measured]:
    """Both reports with their references. The first round is not measured: it reads the questions."""
    progress, summary = Measured("/progress"), Measured("a quiz's summary")
    rng = random.Random(2)
    at = BEGUN + timedelta(days=400)
    db = open_for_reading(path)
    try:
        for number in range(rounds + 1):
            user_id = UserId(rng.randrange(classes * CLASS) + 1)
            run_id = RunId(rng.randrange(classes * RUNS_OF_CLASS) + 1)
            of_learner = best(lambda user_id=user_id: rows(db, LEARNER_ROWS, GUILD, user_id))
            report = best(lambda user_id=user_id: own_progress(db, guild_id=GUILD, user_id=user_id, at=at))
            of_run = best(lambda run_id=run_id: rows(db, RUN_ROWS, run_id))
            board = best(lambda run_id=run_id: summary_board(db, run_id=run_id))
            if number > 0:
                progress.report.append(report)
                progress.scan.append(of_learner)
                summary.report.append(board)
                summary.scan.append(of_run)
    finally:
        db.close()
    return progress, summary


def rows(db: Database, statement: str, *values: int) -> None:
    """Fetch all rows, and check that there are as many as every learner and every quiz has."""
    found = len(db.conn.execute(statement, values).fetchall())
    if found != QUESTIONS * CLASS:
        raise SystemExit(f"There are {found} rows instead of {QUESTIONS * CLASS}.")


def best(work: Callable[[], object]) -> float:
    """The fewest seconds that the work takes in three goes: others use the machine too."""
    took: list[float] = []
    for _ in range(GOES):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took)


def fill(path: Path, classes: int, rng: random.Random) -> None:
    """A file with so many classes, run after run, as they would have come in."""
    db = open_for_writing(path)
    try:
        publish_bundled(db, sets=[question_set()], at=BEGUN)
        ((set_id,),) = db.conn.execute("SELECT set_id FROM question_set").fetchall()
        revisions = [row[0] for row in db.conn.execute("SELECT revision_id FROM item").fetchall()]
        with db.atomic():
            people = ((n + 1, GUILD, n + 1, to_text(BEGUN)) for n in range(classes * CLASS))
            db.conn.executemany(ADD_LEARNER, people)
            for run in range(classes * RUNS_OF_CLASS):
                # Classes take turns, as on a server with many of them: no learner's answers lie together.
                group, begun = run % classes, to_text(BEGUN + timedelta(hours=run // classes * 24))
                db.conn.execute(ADD_RUN, (run + 1, GUILD, set_id, QUESTIONS - 1, begun, begun, begun))
                asked = rng.sample(revisions, QUESTIONS)
                rounds = [
                    (run * QUESTIONS + place + 1, run + 1, place, revision, begun, begun)
                    for place, revision in enumerate(asked)
                ]
                db.conn.executemany(ADD_ROUND, rounds)
                db.conn.executemany(ADD_ANSWER, answers(group, [each[0] for each in rounds], begun, rng))
        db.conn.execute("PRAGMA optimize")
    finally:
        db.close()


def answers(
    group: int, round_ids: list[int], at: str, rng: random.Random
) -> Iterator[tuple[int, int, str, str, float, int, str, str, int | None]]:
    """The answers of one class to the questions of one run."""
    for round_id in round_ids:
        for person in range(CLASS):
            slot = rng.randrange(OPTIONS)
            right = slot == 0 or rng.random() < 0.3
            outcome, fraction = ("right", 1.0) if right else ("wrong", 0.0)
            sure = rng.choice((None, 1, 2, 3))
            response = f'{{"picked":{0 if right else slot}}}'
            yield (
                round_id,
                group * CLASS + person + 1,
                response,
                outcome,
                fraction,
                round_id * CLASS + person,
                at,
                at,
                sure,
            )


def question_set() -> QuestionSet:
    """The questions that all of them answer."""
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
    return QuestionSet(info, tuple(question(number, options) for number in range(ITEMS)))


def question(number: int, options: tuple[Option, ...]) -> Choice:
    """One of them, with two topics."""
    return Choice.model_validate(
        {
            "id": f"question-{number}",
            "kind": "choice",
            "category": list(Category)[number % 3],
            "prompt": f"What of {number}?",
            "options": options,
            "explanation": "Because it is so, and has been so for as long as anybody can remember. " * 4,
            "difficulty": number % 5 + 1,
            "tags": (f"topic-{number % TAGS}", f"theme-{number % 5}"),
        }
    )


if __name__ == "__main__":
    main()
