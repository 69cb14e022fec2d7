"""What a large class costs: 300 in one live quiz, and 2,000 open attempts that fall due at the same moment.

    python benchmarks/scale.py [--people 300] [--attempts 2000] [--rounds 3] [--folder FOLDER]

Each is measured against the same with a tenth of the people, in turns, round by round, and against the bare rows:
what the run has written, written again with ``executemany``, a commit for as many rows as there are people, nothing
looked up, graded or acknowledged. All actions go through the store's writing thread, on a file with
``synchronous=FULL``; every size has a process of its own, which is killed with -9 in the middle of its answers, and
the file is then opened again.

- The live quiz: everybody joins at once, answers ten questions at once and says how sure; teams, speed points and a
  public board are on, and every twentieth person has extra time and uses it. At the end all look at their result.
- The attempts: everybody begins at once, and answers ten questions at once, each in an order of their own. After the
  restart all fall due at the same moment, while a class elsewhere goes on to answer a live question.

``--folder`` is where the databases lie: a folder in memory would make commits free. Exit status 1 if an answer is
lost, or waits for longer than Discord does.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks import scale_attempts, scale_live
from benchmarks.stand import (
    BUSY,
    IDLE,
    PULSE,
    START,
    Phase,
    Report,
    copy_of,
    first_row,
    in_its_own_process,
    open_again,
)

DISCORD_WAITS_SECONDS = 3.0
A_TENTH = 10
RESTARTS = 3
SQLITE_ALONE = "sqlite alone"


@dataclass(frozen=True, slots=True)
class Part:
    """A measurement: what is done until the kill and after it, and the lines of its table.

    ``rows`` says of some lines which rows of which tables the action writes. ``prompt`` are the lines in which a
    person waits for an answer to be confirmed.
    """

    title: str
    before: Phase
    after: Phase
    lines: Sequence[str]
    rows: Mapping[str, Mapping[str, int]]
    prompt: Sequence[str]


@dataclass(slots=True)
class Round:
    """One round with one number of people."""

    before: Report
    after: Report
    restarts: dict[str, float] = field(default_factory=dict[str, float])


LIVE = Part(
    title="one live quiz",
    before=scale_live.play,
    after=scale_live.go_on,
    lines=(
        scale_live.JOIN,
        scale_live.ANSWER,
        scale_live.CERTAINTY,
        scale_live.LATE,
        scale_live.OVERTIME,
        scale_live.CLOSE,
        scale_live.NEXT,
        PULSE,
        scale_live.LOBBY,
        scale_live.OPEN_BOARD,
        scale_live.RESULT_BOARD,
        scale_live.SUMMARY,
        scale_live.MY_RESULT,
    ),
    rows={
        scale_live.JOIN: {"participant": 1},
        scale_live.ANSWER: {"answer": 1},
        scale_live.LATE: {"answer": 1},
    },
    prompt=(scale_live.JOIN, scale_live.ANSWER, scale_live.CERTAINTY, scale_live.LATE),
)
ATTEMPTS = Part(
    title="open attempts",
    before=scale_attempts.attempt,
    after=scale_attempts.fall_due,
    lines=(
        scale_attempts.BEGIN,
        scale_attempts.ANSWER,
        PULSE,
        scale_attempts.END,
        scale_attempts.IN_PEACE,
        scale_attempts.MEANWHILE,
    ),
    rows={
        scale_attempts.BEGIN: {"run": 1, "round": scale_attempts.QUESTIONS},
        scale_attempts.ANSWER: {"answer": 1},
    },
    prompt=(scale_attempts.ANSWER, scale_attempts.IN_PEACE, scale_attempts.MEANWHILE),
)


@click.command()
@click.option(
    "--people", default=300, show_default=True, type=click.IntRange(100, 2_000), help="In the live quiz."
)
@click.option(
    "--attempts", default=2_000, show_default=True, type=click.IntRange(100, 20_000), help="Open at once."
)
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="Rounds measured.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the databases lie. [default: the system's temporary folder]",
)
def main(people: int, attempts: int, rounds: int, folder: Path | None) -> None:
    """A large class, and many open attempts, against a tenth of them."""
    console = Console()
    longest = 0.0
    for part, size in ((LIVE, people), (ATTEMPTS, attempts)):
        sizes = (size // A_TENTH, size)
        measured: dict[int, list[Round]] = {each: [] for each in sizes}
        with Progress(console=console, transient=True) as progress:
            for _ in progress.track(range(rounds), description=part.title.capitalize()):
                for each in sizes:
                    with tempfile.TemporaryDirectory(dir=folder, prefix="seminar-scale-") as name:
                        measured[each].append(one_round(part, each, Path(name) / "scale.db"))
        small, large = measured[sizes[0]], measured[sizes[1]]
        console.print(report(part, sizes, small, large))
        longest = max(longest, *(max(waits(large, what)) for what in part.prompt))
    console.print(f"The longest that anybody waited for an answer to be stored: {longest:.2f} s.")
    sys.exit(1 if longest > DISCORD_WAITS_SECONDS else 0)


def one_round(part: Part, people: int, path: Path) -> Round:
    """Measure with so many people; the killed process's file is opened again some times, each time a copy of it."""
    before = in_its_own_process(part.before, path, people)
    alone: list[float] = []
    again: list[Report] = []
    for number in range(RESTARTS):
        alone.append(first_row(copy_of(path, f"alone-{number}")))
        last = number + 1 == RESTARTS
        phase = part.after if last else open_again
        again.append(in_its_own_process(phase, copy_of(path, f"again-{number}"), people))
    restarts = {
        START: statistics.median(each.once[START] for each in again),
        SQLITE_ALONE: statistics.median(alone),
    }
    return Round(before, again[-1], restarts)


def report(part: Part, sizes: tuple[int, int], small: list[Round], large: list[Round]) -> Table:
    """Milliseconds by action: medians over the rounds, and how they grow."""
    few, many = sizes
    table = Table(
        title=f"{many:,} people, {part.title}; {len(large)} rounds, ms",
        caption="From p99 on with the many; waited is p99 too. Opening is × SQLite alone that opens it.",
        box=box.SIMPLE_HEAD,
    )
    for heading in ("", f"{few:,}", f"{many:,}", "growth", "p99", "max", "waited", "× bare"):
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    for what in part.lines:
        table.add_row(*line(part, what, small, large))
    if part is ATTEMPTS:
        ended = grown(small, large, lambda each: each.after.once[scale_attempts.ALL_ENDED] * 1e3)
        table.add_row(scale_attempts.ALL_ENDED, *ended)
    start = grown(small, large, lambda each: each.restarts[START] * 1e3)
    alone = statistics.median(each.restarts[START] / each.restarts[SQLITE_ALONE] for each in large)
    table.add_row(START, *start, "", "", "", f"{alone:.1f}")
    if all({IDLE, BUSY} <= each.before.once.keys() for each in chain(small, large)):
        table.add_row("memory, MiB", *grown(small, large, lambda each: each.before.once[BUSY]))
        gained = grown(small, large, lambda each: each.before.once[BUSY] - each.before.once[IDLE])
        table.add_row("of it gained", *gained)
    return table


def line(part: Part, what: str, small: list[Round], large: list[Round]) -> list[str]:
    """The cells of one action or query."""
    cells = grown(small, large, lambda each: statistics.median(acting(each, what)) * 1e3)
    alone = [acting(each, what) for each in large]
    cells += [
        figure(statistics.median(quantile(times, 0.99) for times in alone) * 1e3),
        figure(max(chain.from_iterable(alone)) * 1e3),
        "" if what == PULSE else figure(quantile(waits(large, what), 0.99) * 1e3),
    ]
    if what in part.rows:
        ratios = [
            statistics.mean(acting(each, what))
            / sum(count * each.before.bare[table] for table, count in part.rows[what].items())
            for each in large
        ]
        cells.append(f"{statistics.median(ratios):.0f}")
    return [what, *cells]


def grown(small: list[Round], large: list[Round], measure: Callable[[Round], float]) -> list[str]:
    """A figure for few people and for many, and how many times as large it is for many."""
    pairs = [(measure(one), measure(other)) for one, other in zip(small, large, strict=True)]
    few, many = (statistics.median(measures) for measures in zip(*pairs, strict=True))
    growth = statistics.median(other / one for one, other in pairs)
    return [figure(few), figure(many), f"{growth:.1f}"]


def figure(number: float) -> str:
    """A number with as many digits as mean anything."""
    places = 3 if number < 0.1 else 2 if number < 1 else 1 if number < 100 else 0
    return f"{number:,.{places}f}"


def acting(measured: Round, what: str) -> list[float]:
    """How long each of these actions took by itself, in seconds, before the kill or after it."""
    return measured.before.acting.get(what) or measured.after.acting[what]


def waits(rounds: Iterable[Round], what: str) -> list[float]:
    """How long people waited for it, in all rounds."""
    reports = (each.before if what in each.before.waiting else each.after for each in rounds)
    return [seconds for each in reports for seconds in each.waiting[what]]


def quantile(times: Sequence[float], share: float) -> float:
    """The time within which that share of them lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    main()
