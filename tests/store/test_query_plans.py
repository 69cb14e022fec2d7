"""No statement of the store reads a whole table that grows: each finds its rows over an index.

The plans are those for a fresh file, in which SQLite has no statistics to go by; the program gathers none.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

import bot.store
from bot.store.connection import open_for_writing

ALLOWED = {
    r"SCAN board USING INDEX board_due": "holds only what is to be shown anew",
    r"SCAN caucus USING INDEX caucus_open": "holds only the threads that are not as they should be",
    r"SCAN notice USING INDEX notice_due": "holds only what has not been sent yet",
    r"SCAN thread_wish USING INDEX thread_wish_open": "holds only the threads that are not as they should be",
    r"SCAN item_index VIRTUAL TABLE INDEX \d+:M\d": "the index of words, asked for some of them",
    r"SCAN \w+( EXISTS)? VIRTUAL TABLE INDEX 1:": "the values of a JSON text",
    r"SCAN (\(subquery-\d+\)|SUBQUERY \d+)": "the rows that a query within has found; its own reading is listed too",
    r"SCAN CONSTANT ROW": "no table",
}
"""How a plan may read all there is, and why that stays little."""

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
PARAMETER = re.compile(r":([a-z_]+)\b")
READS_ALL = re.compile(r"SCAN\b|.*\bAUTOMATIC\b")
"""An automatic index is made of a whole table, for one query."""


def statements() -> Iterator[tuple[str, str]]:
    """Each statement that a function of the store names, with its module and name; so not what is only part of some."""
    for module in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
        if module.ispkg:
            continue
        imported = importlib.import_module(module.name)
        named = names_in_functions(inspect.getsource(imported))
        for name, value in vars(imported).items():
            if name in named and isinstance(value, str) and STATEMENT.match(value):
                yield f"{module.name.removeprefix('bot.store.')}.{name}", value


def names_in_functions(source: str) -> set[str]:
    return {
        name.id
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for name in ast.walk(function)
        if isinstance(name, ast.Name)
    }


STATEMENTS = dict(statements())


def plan(db: Database, statement: str) -> list[str]:
    """The steps in which SQLite reads tables for a statement.

    Without foreign keys for an INSERT: with them the plan has a look at each table that refers to the new row, which
    SQLite only takes after the same statement has left something there without what it refers to.
    """
    db.conn.execute(f"PRAGMA foreign_keys = {'OFF' if statement.lstrip().startswith('INSERT') else 'ON'}")
    parameters = dict.fromkeys(PARAMETER.findall(statement))
    return [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def reads_too_much(steps: Iterable[str]) -> list[str]:
    return [
        step
        for step in steps
        if READS_ALL.match(step) and not any(re.fullmatch(allowed, step) for allowed in ALLOWED)
    ]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(open_for_writing(tmp_path / "class.db")) as db:
        yield db


def test_every_statement_finds_its_rows_over_an_index(db: Database) -> None:
    too_much = {name: reads_too_much(plan(db, statement)) for name, statement in STATEMENTS.items()}
    assert {name: steps for name, steps in too_much.items() if steps} == {}


def test_statements_of_every_shape_are_found() -> None:
    assert {
        "arguments.IN_STAGE",
        "arguments.BY_LEARNER",  # put together
        "traces.DROP_CARDS",  # run as one of several
        "answers.SAVE",
        "uploads.FORGET",
    } <= STATEMENTS.keys()


def test_nothing_is_allowed_that_does_not_occur(db: Database) -> None:
    steps = {step for statement in STATEMENTS.values() for step in plan(db, statement)}
    assert [allowed for allowed in ALLOWED if not any(re.fullmatch(allowed, step) for step in steps)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM argument WHERE claim = :claim",
        "SELECT 1 FROM draft AS a JOIN draft AS b ON b.content = a.content WHERE a.debate_id = :debate_id",
        "DELETE FROM argument WHERE argument_id = :argument_id",  # it looks for what refers to the argument
    ],
)
def test_reading_a_whole_table_is_seen(db: Database, statement: str) -> None:
    assert reads_too_much(plan(db, statement))


@pytest.mark.parametrize(
    ("index", "statement"),
    [
        ("argument_stage", "arguments.IN_STAGE"),
        ("argument_parent", "arguments.ANSWERS_TO"),
        ("argument_parent", "traces.ANSWERED_BY"),
        ("debate_guild", "debates.NEWEST_DEBATES"),
        ("upload_undecided", "uploads.FORGET"),
        ("caucus_open", "caucuses.WAITING"),
        ("opinion_open", "opinions.OPEN_OPINIONS"),
    ],
)
def test_lost_index_is_seen(db: Database, index: str, statement: str) -> None:
    db.conn.execute(f"DROP INDEX {index}")
    assert reads_too_much(plan(db, STATEMENTS[statement]))
