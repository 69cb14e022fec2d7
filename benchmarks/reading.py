"""How long a large question set takes to be read and checked, against ruamel.yaml's parser alone.

    python benchmarks/reading.py [--items 10000] [--rounds 3]

Ways that take turns, round by round, on the same files in one folder:

- Parsing alone: ruamel.yaml's pure Python parser goes through the events of every file and keeps nothing.
- Seminar: ``read_paths``: events to a tree with places, models, references, and all warnings of the checker.

The items are made up: choices and typed answers with feedback and explanations of usual length, in files of
1,000, with the figures of a source, so that every check has work to do. No item has an error.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from bot.bank.reading import read_paths

A_FILE = 1_000
LETTERS = "abcdefghiklmnoprstuw"
HEAD = """\
format: 1
id: large
title: A large set
description: Made up.
source:
  title: A source
  figures: {1: [5, 80], 2: [1963]}
"""


def write_set(folder: Path, items: int, rng: random.Random) -> None:
    """A set of so many items in files of 1,000."""
    words = ["".join(rng.choices(LETTERS, k=rng.randint(3, 10))) for _ in range(4_000)]

    def text(count: int) -> str:
        return " ".join(rng.choices(words, k=count))

    folder.mkdir()
    (folder / "set.yaml").write_text(HEAD, encoding="utf-8")
    for start in range(0, items, A_FILE):
        lines = ["category: history", "items:"]
        for at in range(start, min(start + A_FILE, items)):
            lines += [
                f"  - id: item-{at}",
                f"    prompt: What is {text(10)}?",
                f"    explanation: It was 80 in 1963, {text(30)}.",
                "    paragraph: [1, 2]",
                "    label: established",
            ]
            if at % 4:
                lines += ["    kind: choice", "    options:"]
                for option in range(4):
                    lines.append(f"      - text: {text(4)}")
                    lines.append(
                        "        right: true" if option == at % 3 else f"        feedback: {text(10)}"
                    )
            else:
                lines += ["    kind: short_text", f"    accepted: [{text(2)}, {text(3)}]"]
                lines.append(f"    feedback: [{{answer: {text(4)}, text: {text(8)}}}]")
        (folder / f"items-{start}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def parse_alone(folder: Path) -> None:
    """Go through the events of every file."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        parsed = YAML(typ="safe", pure=True).parse(text)  # pyright: ignore[reportUnknownMemberType]
        for _ in cast("Iterator[object]", parsed):
            pass


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@click.command()
@click.option("--items", default=10_000, show_default=True, type=click.IntRange(10))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
def main(items: int, rounds: int) -> None:
    """Measure, and print a table."""
    parsing: list[float] = []
    reading: list[float] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "large"
        write_set(folder, items, random.Random(1))
        size = sum(path.stat().st_size for path in folder.iterdir())
        read = read_paths([folder])
        if read.errors or len(read.sets[0].items) != items:
            raise SystemExit(f"the set was not read whole: {read.errors[:3]}")
        for _ in range(rounds):
            parsing.append(timed(lambda: parse_alone(folder)))
            reading.append(timed(lambda: read_paths([folder])))
    table = Table(
        "", "seconds (median)", "ratio", title=f"{items:,} items, {size / 2**20:.1f} MiB, {rounds} rounds"
    )
    reference = statistics.median(parsing)
    for title, times in (("ruamel.yaml, parsing alone", parsing), ("Seminar: read and checked", reading)):
        median = statistics.median(times)
        table.add_row(title, f"{median:.2f}", f"{median / reference:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
