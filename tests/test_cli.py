"""The command ``seminar`` as somebody at a keyboard meets it: what it says, and with which status it ends."""

import json
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import __version__
from bot.cli import main
from bot.config import setting_names
from bot.store.connection import open_for_writing
from bot.supervisor import MISCONFIGURED
from tests.wire.process import BotProcess
from tests.wire.server import LoopbackDiscord

# Put together here, so that no scanner of repositories takes it for a real one.
SECRET = ".".join(("MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs" + "abcdefghijk"))

GOOD = """\
set: {format: 1, id: lakes, title: Lakes, description: Two lakes., source: {title: An atlas}}
items:
  - id: frozen
    kind: true_false
    category: history
    prompt: The lake froze in 1963.
    answer: true
    feedback: Photographs show people on the ice.
    explanation: Many people walked over it, and photographs show them.
    paragraph: 2
    label: established
    as_of: 1963
    difficulty: 2
    tags: [lakes]
"""
BAD = GOOD.replace("answer: true", "answer: perhaps").replace("id: lakes", "id: Lakes!")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder to stand in, no setting in the environment, and logging as it was before."""
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    level = logging.getLogger("discord").level
    yield
    logging.getLogger("discord").setLevel(level)


def seminar(*arguments: str, **settings: str) -> Result:
    """Run the command in this process; whatever it raises but an exit is a failure of the test."""
    result = CliRunner().invoke(main, arguments, env=dict(settings))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


def file(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


# seminar check


def test_check_without_a_path_checks_the_bundled_set() -> None:
    result = seminar("check")
    assert result.exit_code == 0
    assert "in 1 set: no errors" in result.output.splitlines()[-1]


def test_check_of_a_good_file_says_what_it_read() -> None:
    result = seminar("check", file("lakes.yaml", GOOD))
    assert (result.exit_code, result.output) == (0, "1 question in 1 set: no errors and no warnings.\n")


def test_check_lists_each_error_with_its_line_and_remedy() -> None:
    result = seminar("check", file("lakes.yaml", BAD))
    assert result.exit_code == 1
    *problems, summary = result.output.splitlines()
    assert [line.split(":")[:2] for line in problems] == [["lakes.yaml", "1"], ["lakes.yaml", "7"]]
    assert all(len(line.split(": ")) >= 3 for line in problems), "place: what is wrong: what would be right"
    assert summary == "no questions in no sets: 2 errors and no warnings."


def test_check_lists_the_errors_of_every_file_at_once() -> None:
    good, bad = file("lakes.yaml", GOOD), file("other/bad.yaml", BAD)
    twin = file("twin.yaml", GOOD)
    result = seminar("check", good, bad, "nowhere", twin)
    assert result.exit_code == 1
    for name in ("other/bad.yaml:7:", "nowhere:1:1: there is nothing of this name", "twin.yaml:1:"):
        assert name in result.output
    assert "lakes.yaml:7" not in result.output


def test_warnings_alone_are_fine() -> None:
    weak = GOOD.replace("category: history", "category: statistic").replace("    as_of: 1963\n", "")
    result = seminar("check", file("lakes.yaml", weak))
    assert result.exit_code == 0
    assert "warning: " in result.output
    assert "no errors and 1 warning." in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lakes.yaml:1:1: "),
        (b"\xff\xfes\x00e\x00t\x00", "UTF-16"),
        (b"set: caf\xe9\n", "not text in UTF-8"),
        (b"set: [\n", "lakes.yaml:"),
        (b"\x00\x01\x02", "lakes.yaml:"),
        (b"just words", "lakes.yaml:1:1: "),
        (b"a: &a [x]\nb: [*a, *a]\n" + b"# " + b"x" * (5 * 2**20), "larger than 5 MiB"),
    ],
)
def test_whatever_is_in_a_file_the_answer_is_a_line(content: bytes, said: str) -> None:
    result = seminar("check", file("lakes.yaml", content))
    assert result.exit_code == 1
    assert said in result.output
    assert result.output.splitlines()[-1].startswith("no questions in no sets: ")


def test_folder_without_questions_says_what_a_set_is() -> None:
    result = seminar("check", ".")
    assert result.exit_code == 1
    assert "there is no question set in this folder" in result.output


def test_check_with_the_source_warns_of_numbers_that_it_does_not_have() -> None:
    questions = file("lakes.yaml", GOOD.replace("photographs show them", "6,000 people saw it"))
    assert seminar("check", questions).output.endswith("no errors and no warnings.\n")
    source = file("source.tsv", "1. Nothing.\n2. Some 5,000 people walked over the lake.\n")
    result = seminar("check", questions, "--source", source)
    assert result.exit_code == 0
    assert "lakes.yaml:9:18: warning: the explanation names 6,000, and paragraph 2" in result.output


# seminar coverage


SOURCE = "1. Two lakes lie here.\n2. In 1963 it froze, and 5,000 people came.\n"


def test_coverage_shows_items_and_unused_figures() -> None:
    result = seminar("coverage", file("lakes.yaml", GOOD), "--source", file("source.txt", SOURCE))
    assert result.exit_code == 0
    assert "frozen" in result.output
    assert "5,000" in result.output
    assert "1 of 2 paragraphs have items; 1 of 3 figures are used." in result.output


def test_coverage_as_json() -> None:
    arguments = ("coverage", file("lakes.yaml", GOOD), "--source", file("source.txt", SOURCE), "--json")
    result = seminar(*arguments)
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert [each["items"] for each in report["paragraphs"]] == [[], ["frozen"]]
    assert [each["unused_figures"] for each in report["paragraphs"]] == [["Two"], ["5,000"]]


@pytest.mark.parametrize(
    ("questions", "source", "said"),
    [
        (GOOD, "Just words.\n", "source.txt:1:1: this line does not begin with the number of a paragraph"),
        (BAD, SOURCE, "lakes.yaml:1:"),
        (None, SOURCE, "lakes.yaml:1:1: there is nothing of this name"),
        (GOOD, None, "source.txt:1:1: there is nothing of this name"),
    ],
)
def test_coverage_of_files_that_cannot_be_read(questions: str | None, source: str | None, said: str) -> None:
    for name, content in (("lakes.yaml", questions), ("source.txt", source)):
        if content is not None:
            file(name, content)
    result = seminar("coverage", "lakes.yaml", "--source", "source.txt")
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_coverage_of_several_sets_asks_for_one() -> None:
    file("sets/a.yaml", GOOD)
    file("sets/b.yaml", GOOD.replace("id: lakes", "id: ponds"))
    result = seminar("coverage", "sets", "--source", file("source.txt", SOURCE))
    assert result.exit_code == 1
    assert "sets holds 2 sets: name one." in result.stderr


def test_coverage_leaves_out_items_with_errors_and_says_so() -> None:
    second = (
        GOOD[GOOD.index("  - id: frozen") :].replace("frozen", "second").replace("answer: true", "answer: x")
    )
    questions = file("lakes.yaml", GOOD + second)
    result = seminar("coverage", questions, "--source", file("source.txt", SOURCE))
    assert result.exit_code == 0
    assert "1 error in lakes.yaml; seminar check lists them" in result.stderr
    assert "second" not in result.stdout


# seminar run


def refused(**settings: str) -> str:
    """What ``seminar run`` says on the error stream before it ends as misconfigured."""
    result = seminar("run", **settings)
    assert result.exit_code == MISCONFIGURED
    assert SECRET not in result.output
    assert result.stdout == ""
    return result.stderr


def test_run_without_a_token_says_where_to_get_one() -> None:
    said = refused()
    assert "DISCORD_TOKEN is not set" in said
    assert "https://discord.com/developers/applications" in said
    assert not Path("seminar.db").exists(), "nothing is made before the settings are right"


def test_run_with_the_placeholder_of_the_example_says_the_same() -> None:
    assert "placeholder" in refused(DISCORD_TOKEN="paste-the-token-here")


def test_run_reads_the_env_file_of_this_folder() -> None:
    file(".env", f"DISCORD_TOKEN={SECRET}\nSEMINAR_LOG_LEVEL=loud\n")
    said = refused()
    assert "SEMINAR_LOG_LEVEL is “loud”. Right would be: one of DEBUG" in said


def test_run_names_every_wrong_setting_at_once_and_what_would_be_right() -> None:
    said = refused(
        DISCORD_TOKEN=SECRET,
        SEMINAR_DATABASE="no/such/folder/class.db",
        SEMINAR_QUESTIONS="nowhere",
        SEMINAR_LOG_LEVEL="loud",
        SEMINAR_SHARD_COUNT="many",
        DISCORD_API_URL="http://discord.example/api/v10",
        SEMINAR_DATABSE="class.db",
    )
    lines = said.splitlines()
    assert len(lines) == 6
    assert all("Right would be: " in line for line in lines)
    for name in ("SEMINAR_DATABASE", "SEMINAR_QUESTIONS", "SEMINAR_SHARD_COUNT", "DISCORD_API_URL"):
        assert any(line.startswith(f"{name} is ") for line in lines)
    assert any(line.startswith("SEMINAR_DATABSE ") and "SEMINAR_DATABASE" in line for line in lines)


@pytest.mark.parametrize("name", [name for name in setting_names() if name != "DISCORD_TOKEN"])
def test_token_that_was_pasted_into_another_line_is_not_shown(name: str) -> None:
    result = seminar("run", **{"DISCORD_TOKEN": "", name: SECRET})
    assert result.exit_code == MISCONFIGURED
    assert SECRET not in result.output


def test_run_on_a_newer_database_leaves_it_as_it_is() -> None:
    with closing(open_for_writing(Path("class.db"))) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "seminar", "name": "m999_from_the_future", "applied_at": "2030-01-01"}
        )
    before = dump("class.db")
    said = refused(DISCORD_TOKEN=SECRET, SEMINAR_DATABASE="class.db")
    assert "newer version of Seminar" in said
    assert "m999_from_the_future" in said
    assert "Nothing was changed" in said
    assert dump("class.db") == before


def dump(name: str) -> list[str]:
    with closing(sqlite3.connect(name)) as connection:
        return list(connection.iterdump())


def test_run_on_a_file_that_is_no_database_leaves_it_as_it_is() -> None:
    file("notes.txt", "Remember the milk.\n" * 50)
    said = refused(DISCORD_TOKEN=SECRET, SEMINAR_DATABASE="notes.txt")
    assert "notes.txt is not a database of Seminar" in said
    assert Path("notes.txt").read_text() == "Remember the milk.\n" * 50
    assert sorted(path.name for path in Path().iterdir()) == ["notes.txt"]


def test_run_on_another_programs_database_leaves_it_as_it_is() -> None:
    with closing(sqlite3.connect("other.db")) as connection:
        connection.execute("CREATE TABLE invoice (number INTEGER)")
    before = Path("other.db").read_bytes()
    assert "another program's database" in refused(DISCORD_TOKEN=SECRET, SEMINAR_DATABASE="other.db")
    assert Path("other.db").read_bytes() == before


def test_run_in_a_folder_that_cannot_be_written_says_so() -> None:
    folder = Path("locked")
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):  # root may write there all the same, but not here
        folder = Path("/proc")
        if not folder.is_dir():
            pytest.skip("no folder on this system is closed to this user")
    said = refused(DISCORD_TOKEN=SECRET, SEMINAR_DATABASE=str(folder / "class.db"))
    assert "The database cannot be opened" in said
    assert str(folder / "class.db") in said


async def test_run_with_a_token_that_discord_refuses_ends_with_a_word_on_it(tmp_path: Path) -> None:
    async with LoopbackDiscord() as server:
        settings = server.environment | {"DISCORD_TOKEN": SECRET, "SEMINAR_DATABASE": str(tmp_path / "a.db")}
        async with BotProcess(settings, "bot", "run", log=tmp_path / "bot.log") as bot:
            assert await bot.ended(within=30) == MISCONFIGURED
    assert "Discord refused the token" in bot.output()
    assert "Traceback" not in bot.output()
    assert SECRET not in bot.output()


# The command itself


def test_version_is_the_packages() -> None:
    assert seminar("--version").output == f"seminar, version {__version__}\n"


def test_help_lists_the_commands() -> None:
    for arguments in ((), ("-h",), ("--help",)):
        output = seminar(*arguments).output
        assert all(f"  {name} " in output for name in main.commands), output


@pytest.mark.parametrize("arguments", [("chek",), ("check", "--loud"), ("run", "now")])
def test_wrong_usage_is_explained(arguments: tuple[str, ...]) -> None:
    result = seminar(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


def test_python_m_bot_is_the_same_command() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        repository = Path(__file__).parents[1]
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONPATH": str(repository)},
        )

    assert run("--version").stdout == f"seminar, version {__version__}\n"
    checked = run("check", "nowhere")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.startswith("nowhere:1:1: ")
    without_token = run("run")
    assert (without_token.returncode, without_token.stdout) == (MISCONFIGURED, "")
    assert without_token.stderr.startswith("DISCORD_TOKEN is not set")
