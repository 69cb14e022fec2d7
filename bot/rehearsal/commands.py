"""What stands behind the commands ``demo`` and ``play``: preparing, showing progress, words for what goes wrong.

Gives exit statuses and texts; ``bot.cli`` prints the texts and exits.
"""

import asyncio
import json
import logging
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from bot.errors import StoreUnavailable
from bot.rehearsal.account import print_account
from bot.rehearsal.demo import STEPS, run_demo
from bot.rehearsal.files import FileTaken, rehearsal_file
from bot.rehearsal.lesson import LessonStuck
from bot.rehearsal.play import PortTaken
from bot.rehearsal.play import play as keep_open


def demo(*, students: int, seed: int, database: Path | None, as_json: bool, questions: Path) -> int:
    """Run the demonstration, and give the exit status: 0 if all that was acknowledged is in the file."""
    _quiet()
    progress = _progress(disable=as_json)
    try:
        path = rehearsal_file(database, "demo.db")
        with progress:
            task = progress.add_task("Opening the class", total=STEPS)
            outcome = run_demo(
                students=students,
                seed=seed,
                database=path,
                questions=questions,
                tell=lambda what: progress.update(task, description=what, advance=1),
            )
    except (FileTaken, LessonStuck) as error:
        return _fail(str(error))
    except (StoreUnavailable, OSError) as error:
        return _fail(f"The file cannot be written: {error}. Name another one with --database.")
    if as_json:
        print(json.dumps(outcome.as_json()))  # noqa: T201 - this is what the command gives
    else:
        print_account(Console(highlight=False), outcome)
    return 0 if outcome.good else 1


def play(*, port: int, database: Path | None, questions: Path) -> int:
    """Open the classroom in the browser until it is interrupted, and give the exit status."""
    _quiet()
    console = Console(soft_wrap=True, highlight=False)
    try:
        path = rehearsal_file(database, "play.db")
    except (FileTaken, OSError) as error:
        return _fail(str(error))
    try:

        def ready(address: str) -> None:
            console.print(
                f"Your classroom is open: {address}\n"
                "Only this machine can reach it. Everything is written to the file\n"
                f"    {path}\n"
                "Press Ctrl-C to close it.",
                markup=False,
            )

        asyncio.run(keep_open(port, path, questions, ready))
    except PortTaken as error:
        return _fail(str(error))
    except StoreUnavailable as error:
        return _fail(f"The file cannot be written: {error}. Name another one with --database.")
    except KeyboardInterrupt:
        pass
    console.print(f"The classroom is closed. All that happened is in {path}", markup=False)
    return 0


def _progress(*, disable: bool) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<48}"),
        BarColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=disable,
        # The simulated Discord takes the usual clock into its hands.
        get_time=time.perf_counter,
    )


def _quiet() -> None:
    # What the bot logs for an administrator would only disturb the account; errors still come through.
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")


def _fail(message: str) -> int:
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)
    return 1
