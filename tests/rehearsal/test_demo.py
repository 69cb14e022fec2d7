"""``seminar demo`` as a person runs it: its exit status, its account, and the file that it leaves."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.config import bundled_questions
from bot.rehearsal.account import print_account
from bot.rehearsal.demo import Outcome, run_demo
from bot.rehearsal.evidence import read_evidence
from bot.rehearsal.invocation import prefix

LONGEST_SECONDS = 120


def run(*arguments: str, block: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as one who does not use uv starts it; ``block`` names a module
    that it must not find.
    """
    hidden = f"import sys; sys.modules[{block!r}] = None; " if block else ""
    program = f"{hidden}from bot.cli import main; main({list(arguments)!r})"
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        env={name: value for name, value in os.environ.items() if name != "UV"},
        check=False,
    )


def figures(*arguments: str) -> dict[str, Any]:
    """What ``--json`` gives, after a run that went well."""
    done = run("demo", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A demonstration with three students."""
    path = tmp_path_factory.mktemp("demo") / "small.db"
    return run_demo(students=3, seed=2, database=path, questions=bundled_questions(), tell=lambda _: None)


def test_a_class_of_twelve_is_acknowledged_and_stored(tmp_path: Path) -> None:
    path = tmp_path / "new" / "class.db"
    found = figures("--database", str(path))
    assert found["database"] == str(path)
    assert found["students"] == 12
    assert found["rounds"] >= 8
    assert found["answers_acknowledged"] == found["answers_stored"] > 60
    assert found["missing"] == found["problems"] == []
    debate = found["debate"]
    assert debate["thread_id"] > 0
    assert debate["arguments"] >= 3
    assert 6 <= debate["stances_after"] <= debate["stances_before"] <= 12
    assert found["seconds"] < 60
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT COUNT(*) FROM answer").fetchone() == (found["answers_stored"],)
        assert file.execute("SELECT thread_id FROM debate").fetchone() == (debate["thread_id"],)
        ((again, sure),) = file.execute(
            "SELECT SUM(o.vote = 2), COUNT(a.certainty) FROM answer AS a JOIN round AS o ON o.round_id = a.round_id"
        )
        assert again > 10, "the class votes a second time where it is divided"
        assert sure > 40, "and mostly says how sure it is"


def test_the_same_seed_gives_the_same_class(small_class: Outcome, tmp_path: Path) -> None:
    again = run_demo(
        students=3, seed=2, database=tmp_path / "again.db", questions=bundled_questions(), tell=lambda _: None
    )
    other = run_demo(
        students=3, seed=3, database=tmp_path / "other.db", questions=bundled_questions(), tell=lambda _: None
    )

    def lasting(outcome: Outcome) -> tuple[object, ...]:
        evidence = outcome.evidence
        return evidence.answers, evidence.votes, evidence.arguments, evidence.counts, evidence.questions

    assert lasting(again) == lasting(small_class)
    assert lasting(other) != lasting(small_class)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_student_alone_is_a_class(seed: int) -> None:
    found = figures("--students", "1", "--seed", str(seed))
    assert found["students"] == 1
    assert found["answers_acknowledged"] == found["answers_stored"] > 0


def test_the_account_can_be_read_and_says_what_to_try_next() -> None:
    done = run("demo", "--students", "2")
    assert done.returncode == 0, done.stderr
    for words in (
        "question by question",
        "Outcome of the debate",
        "All of it is in the file",
        ":     seminar play  (in your browser)",
        ":       seminar run  (with a token",
        ":           sqlite-utils rows '",
        ":              sqlite-utils '",
    ):
        assert words in done.stdout
    assert "uv run" not in done.stdout


def test_commands_to_try_next_begin_as_the_demonstration_itself_was_started(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project" / ".venv", tmp_path / "elsewhere" / ".venv"
    for environment in (project, elsewhere):
        environment.mkdir(parents=True)
    (project.parent / "pyproject.toml").touch()
    with_uv = {"UV": "/usr/bin/uv"}
    assert prefix(with_uv, project) == "uv run "
    assert prefix({"VIRTUAL_ENV": str(project)}, project) == "", "an environment that somebody has activated"
    assert prefix(with_uv, elsewhere) == "", "installed as a tool: uv would look for a project"


def test_account_names_commands_that_work_for_those_who_use_uv(
    small_class: Outcome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setenv("UV", "/usr/bin/uv")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    console = Console(file=StringIO(), width=80, highlight=False)
    print_account(console, small_class)
    written = console.file
    assert isinstance(written, StringIO)
    said = written.getvalue().splitlines()
    for command in ("sqlite-utils rows '", "sqlite-utils '", "seminar play", "seminar run"):
        (line,) = [line for line in said if command in line]
        assert f"  uv run {command}" in line


def test_an_answer_that_is_lost_is_noticed(small_class: Outcome) -> None:
    assert small_class.good
    with closing(sqlite3.connect(small_class.database, isolation_level=None)) as file:
        file.execute("BEGIN")
        content = file.execute("SELECT answer_id, response FROM answer LIMIT 1").fetchone()
        file.execute("UPDATE answer SET response = '{\"picked\":9}' WHERE answer_id = ?", content[:1])
        file.execute("ROLLBACK")
        assert read_evidence(small_class.database).missing(small_class.ledger) == []
        file.execute("DELETE FROM answer WHERE answer_id = ?", content[:1])
        file.execute("DELETE FROM stance WHERE stance_id = (SELECT MAX(stance_id) FROM stance)")
        file.execute("UPDATE argument SET claim = claim || '!' WHERE number = 1")
    missing = read_evidence(small_class.database).missing(small_class.ledger)
    assert len(missing) == 3
    assert [words.split("(")[0] for words in missing] == ["Answer", "Vote", "Argued"]


def test_a_file_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "class.db"
    path.write_bytes(b"a class")
    done = run("demo", "--database", str(path))
    assert done.returncode == 1
    assert "there already" in done.stderr
    assert "--database" in done.stderr
    assert path.read_bytes() == b"a class"


@pytest.mark.parametrize("command", ["demo", "play"])
def test_without_the_extra_one_is_told_how_to_get_it(command: str) -> None:
    done = run(command, block="simcord")
    assert done.returncode == 1
    assert "uv sync --extra play" in done.stderr
    assert "pip install 'seminar[play]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
