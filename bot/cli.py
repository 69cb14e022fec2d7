"""The command ``seminar``."""

import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import click
from rich.console import Console

from bot import __version__
from bot.app import serve
from bot.bank import coverage
from bot.bank.check import check, format_report
from bot.bank.reading import read_paths
from bot.bank.source_text import SourceText, read_source
from bot.config import SettingsError, bundled_questions, load_settings
from bot.errors import NewerDatabase, NotADatabase, StoreUnavailable
from bot.supervisor import MISCONFIGURED


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seminar")
def main() -> None:
    """Seminar: a Discord bot that turns a server into a classroom."""


@main.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The source in numbered paragraphs, to look up the numbers of explanations in it.",
)
def check_questions(paths: tuple[Path, ...], source: Path | None) -> None:
    """Check question sets, and list all that is wrong.

    Each problem comes with its file, line and column, and with what would be right. PATHS are folders or files
    of question sets; without any, the bundled ones are checked. Exit status 1 if there is an error; warnings
    alone are fine.
    """
    report = check(paths or (bundled_questions(),), None if source is None else _source(source))
    click.echo(format_report(report))
    sys.exit(1 if report.errors else 0)


@main.command("coverage")
@click.argument("question_set", metavar="SET", type=click.Path(path_type=Path))
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    help="The source: one numbered paragraph a line, such as “1. The text”.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def show_coverage(question_set: Path, source: Path, as_json: bool) -> None:
    """Show what a question set makes of its source.

    For each paragraph: the items that draw on it, and its figures that none of them uses. SET is the folder or
    the file of a set. Exit status 0 whatever is missing; 1 only if one of the files cannot be read.
    """
    text = _source(source)
    reading = read_paths((question_set,))
    if len(reading.sets) != 1:
        problems = [*map(str, reading.errors)] or [
            f"{question_set} holds {len(reading.sets)} sets: name one."
        ]
        fail("\n".join(problems), status=1)
    if reading.errors:
        errors = f"{len(reading.errors)} error{'' if len(reading.errors) == 1 else 's'}"
        click.echo(f"{errors} in {question_set}; seminar check lists them. The rest is shown.", err=True)
    report = coverage.coverage(reading.sets[0].info.id, reading.sets[0].items, text)
    if as_json:
        click.echo(coverage.as_json(report))
    else:
        Console(highlight=False).print(coverage.as_table(report))
        click.echo(coverage.summary(report))


def _source(path: Path) -> SourceText:
    source = read_source(path)
    if source.trouble is not None:
        line, column = source.trouble.at
        fail(f"{path}:{line}:{column}: {source.trouble.what}: {source.trouble.remedy}", status=1)
    return source


@main.command()
def run() -> None:
    """Run the bot on Discord.

    The settings come from the environment, and from the file .env in this folder.
    """
    try:
        settings = load_settings(os.environ, Path(".env"))
        _log_to_stderr(settings.log_level)
        status = _run_loop(serve(settings))
    except SettingsError as error:
        fail(str(error))
    except NewerDatabase as error:
        fail(
            f"{error.path} was written by a newer version of Seminar (it has {', '.join(error.unknown)}). "
            "Nothing was changed. Install the newer version, or name another file in SEMINAR_DATABASE."
        )
    except NotADatabase as error:
        fail(
            f"{error.path} is not a database of Seminar ({error.reason}). Nothing was changed. Name another "
            "file in SEMINAR_DATABASE; a file that does not exist yet is made."
        )
    except StoreUnavailable as error:
        fail(
            f"The database cannot be opened: {error.reason}. Check the folder, its permissions and the disk."
        )
    sys.exit(status)


@main.command()
@click.option(
    "--students", type=click.IntRange(1, 200), default=12, show_default=True, help="Size of the class."
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="The same seed gives the same class again."
)
@click.option(
    "--database", type=click.Path(path_type=Path), help="A new file; in a temporary folder if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
def demo(students: int, seed: int, database: Path | None, as_json: bool) -> None:
    """Show everything at once, with a scripted class.

    A live quiz, private quizzes and a debate take place on this machine, on virtual time, without Discord and
    without a token. Exit status 0 only if every answer, stance and argument that was confirmed to a student is
    in the file afterwards.
    """
    rehearsal = _rehearsal()
    sys.exit(
        rehearsal.demo(
            students=students, seed=seed, database=database, as_json=as_json, questions=bundled_questions()
        )
    )


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="On this machine only."
)
@click.option(
    "--database", type=click.Path(path_type=Path), help="A new file; in a temporary folder if left out."
)
def play(port: int, database: Path | None) -> None:
    """Try the bot in your browser.

    It opens a classroom on this machine, without Discord and without a token. You can be the instructor and
    every student, and have simulated classmates join in. Ctrl-C ends it.
    """
    rehearsal = _rehearsal()
    sys.exit(rehearsal.play(port=port, database=database, questions=bundled_questions()))


def _rehearsal() -> ModuleType:
    """What stands behind ``demo`` and ``play``. It needs an extra, so it is imported only when it is asked for."""
    from bot.rehearsal.extra import MissingExtra, require_play_extra

    try:
        require_play_extra()
    except MissingExtra as missing:
        click.echo(str(missing), err=True)
        sys.exit(1)
    from bot.rehearsal import commands

    return commands


def fail(message: str, *, status: int = MISCONFIGURED) -> NoReturn:
    """End with a message for the person at the keyboard."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="bold", markup=False)
    sys.exit(status)


def _run_loop(main_task: Coroutine[Any, Any, int]) -> int:
    try:
        import uvloop
    except ImportError:  # not on every platform; asyncio's own loop does the same, a little slower
        return asyncio.run(main_task)
    return uvloop.run(main_task)


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    # At DEBUG discord.py writes every event as it came: answers, stances and tokens among them.
    logging.getLogger("discord").setLevel(logging.WARNING)
