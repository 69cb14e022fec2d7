"""Running SQL with named parameters and plain tuples as rows. Knows no table.

sqlite-utils makes the schema; what is asked or changed comes through here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

Row = tuple[Any, ...]


def many(db: Database, statement: str, **parameters: object) -> list[Row]:
    """All rows of a SELECT."""
    return db.conn.execute(statement, parameters).fetchall()


def first(db: Database, statement: str, **parameters: object) -> Row | None:
    """The first row of a SELECT, or None."""
    row: Row | None = db.conn.execute(statement, parameters).fetchone()
    return row


def change(db: Database, statement: str, **parameters: object) -> int:
    """Run an INSERT, UPDATE or DELETE; gives the number of rows it touched."""
    return db.conn.execute(statement, parameters).rowcount


def change_many(db: Database, statement: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Run an INSERT, UPDATE or DELETE once for each of the rows."""
    db.conn.executemany(statement, rows)


def insert(db: Database, table: str, **values: object) -> int:
    """Insert one row and give its row id.

    The statement is put together here rather than by sqlite-utils, whose insert looks at the table first: that
    is what everybody waiting for the one writer would wait for.
    """
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    row_id = db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values).lastrowid
    if row_id is None:
        raise RuntimeError(f"no row id for a new row of {table}")
    return row_id
