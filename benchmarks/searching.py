"""How long it takes to find evidence among many questions, against going through all of their texts.

    python benchmarks/searching.py [--items 230 --items 10000] [--rounds 25]

The set has the bundled items over and over, each time with half of the explanations' words exchanged for others. Each
round, in turn, on a connection that only reads:

- ``/evidence search`` (``find_evidence``), for words from rare to common, against the reference: one pass of SQLite
  over the same texts with ``LIKE`` for the same words.
- The same while a live quiz is running, whose questions must not be found.
- “Check against the bank” (``check_text``), for a message of one sentence and for one of 2,000 characters.

The set is loaded once with the index and once without, to see what keeping it costs.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot.actions.checking import check_text
from bot.actions.evidence import find_evidence
from bot.actions.open_live import LivePlan, open_live
from bot.actions.questions import publish_bundled
from bot.bank.question_set import QuestionSet
from bot.bank.reading import read_paths
from bot.config import bundled_questions
from bot.ids import ChannelId, GuildId, UserId
from bot.quiz.run import Pace
from bot.store.connection import open_for_reading, open_for_writing

GUILD, SOMEBODY = GuildId(1), UserId(2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SEARCHES = ("lighthouse", "births", "survey approval", "social credit", "China")
SENTENCE = "I read that 90% of the respondents in the survey approved of the social credit pilots."
LONGEST_EXPLANATION = 880


@click.command()
@click.option("--items", "sizes", multiple=True, default=(230, 10_000), show_default=True)
@click.option("--rounds", default=25, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(sizes: Sequence[int], rounds: int, seed: int) -> None:
    """Measure each size, and print a table."""
    console = Console()
    table = Table("items", "what", "median", "slowest", "times a pass")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bank.db"
            questions = many_items(size, random.Random(seed))
            loading = load(path, questions)
            loading_bare = load(Path(folder) / "bare.db", questions, indexed=False)
            console.print(
                f"{size} items: loaded in {loading:.1f} s, {loading / loading_bare:.2f} times what it takes "
                "without the index"
            )
            for what, seconds, passes in measure(path, questions, rounds):
                ratio = f"{statistics.median(seconds) / statistics.median(passes):.2f}" if passes else ""
                table.add_row(
                    str(size),
                    what,
                    f"{statistics.median(seconds) * 1000:.1f} ms",
                    f"{max(seconds) * 1000:.1f} ms",
                    ratio,
                )
    console.print(table)


def many_items(size: int, rng: random.Random) -> QuestionSet:
    """A set of so many items with texts like those of the bundled one."""
    (bundled, *_) = read_paths([bundled_questions()]).sets
    words = [word for item in bundled.items for word in f"{item.prompt} {item.explanation}".split()]
    items = list(bundled.items[:size])
    while len(items) < size:
        model = bundled.items[len(items) % len(bundled.items)]
        number = len(items) // len(bundled.items)
        exchanged = [rng.choice(words) if rng.random() < 0.5 else word for word in model.explanation.split()]
        update = {
            "id": f"{model.id[:50]}-{number}",
            "explanation": " ".join(exchanged)[:LONGEST_EXPLANATION],
            "not_with": tuple(f"{other[:50]}-{number}" for other in model.not_with),
        }
        items.append(model.model_copy(update=update))
    return QuestionSet(bundled.info, tuple(items))


def load(path: Path, questions: QuestionSet, *, indexed: bool = True) -> float:
    """Load the set into a new file; gives the seconds."""
    db = open_for_writing(path)
    if not indexed:
        db.conn.execute("DROP TRIGGER item_text_added")
    begun = time.perf_counter()
    db.conn.execute("BEGIN IMMEDIATE")
    publish_bundled(db, sets=[questions], at=NOW)
    db.conn.execute("COMMIT")
    seconds = time.perf_counter() - begun
    db.close()
    return seconds


def measure(path: Path, questions: QuestionSet, rounds: int) -> list[tuple[str, list[float], list[float]]]:
    """What was measured: its name, its seconds by round, and those of a pass over the texts for the same words."""
    db = open_for_reading(path)
    measured: list[tuple[str, list[float], list[float]]] = []
    for words in SEARCHES:
        searched, passed = in_turn(
            rounds, lambda words=words: search(db, words), lambda words=words: scan(db, words)
        )
        measured.append((f"search for “{words}”", searched, passed))
    long = " ".join(item.explanation for item in questions.items)[:2_000]
    for what, text in (("check of a sentence", SENTENCE), ("check of 2,000 characters", long)):
        measured.append((what, in_turn(rounds, lambda text=text: check(db, text))[0], []))
    start_quiz(path, questions)
    asked, passed = in_turn(rounds, lambda: search(db, "births"), lambda: scan(db, "births"))
    measured.append(("search for “births” while a quiz runs", asked, passed))
    db.close()
    return measured


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """The seconds of each work by round; what disturbs the machine disturbs all of them."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for taken, work in zip(seconds, works, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return seconds


def search(db: Database, words: str) -> object:
    """Find evidence."""
    return find_evidence(db, guild_id=GUILD, user_id=SOMEBODY, words=words, at=NOW)


def scan(db: Database, words: str) -> object:
    """Go through the texts."""
    wanted = " AND ".join("(title LIKE ? OR body LIKE ? OR tags LIKE ?)" for _ in words.split())
    values = [f"%{word}%" for word in words.split() for _ in range(3)]
    return db.conn.execute(f"SELECT COUNT(*) FROM item_text WHERE {wanted}", values).fetchall()


def check(db: Database, text: str) -> object:
    """Check a message."""
    return check_text(db, guild_id=GUILD, user_id=SOMEBODY, text=text, at=NOW)


def start_quiz(path: Path, questions: QuestionSet) -> None:
    """Open a live quiz of ten questions."""
    db = open_for_writing(path)
    open_live(
        db,
        guild_id=GUILD,
        host_id=SOMEBODY,
        channel_id=ChannelId(3),
        plan=LivePlan(questions.info.id, None, 10, timedelta(seconds=30), Pace.HOST, own_thread=False),
        in_thread=False,
        rng=random.Random(1),
        at=NOW,
    )
    db.conn.commit()
    db.close()


if __name__ == "__main__":
    main()
