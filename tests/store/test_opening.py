import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.errors import NewerDatabase, NotADatabase, StoreUnavailable
from bot.ids import UserId
from bot.store.connection import open_for_reading, open_for_writing
from bot.store.learners import learner_for
from bot.store.migrations import MIGRATIONS, unknown_migrations
from tests.classroom import GUILD, MONDAY

STEPS = [
    "m001_servers_and_questions",
    "m002_runs_and_answers",
    "m003_debates_and_threads",
    "m004_boards_and_notices",
    "m005_focus_of_a_run",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


def applied(db: Database) -> list[str]:
    return [step.name for step in MIGRATIONS.applied(db)]


def test_fresh_file_gets_the_whole_schema(path: Path) -> None:
    with closing(open_for_writing(path)) as db:
        assert applied(db)[: len(STEPS)] == STEPS
        assert unknown_migrations(db) == ()
        assert {"answer", "argument", "assignment", "board", "debate", "revision", "round", "run"} <= set(
            db.table_names()
        )


def test_opening_again_changes_nothing(path: Path) -> None:
    with closing(open_for_writing(path)) as db:
        learner_for(db, GUILD, UserId(1), MONDAY)
        before = list(db.conn.iterdump())
    with closing(open_for_writing(path)) as db:
        assert list(db.conn.iterdump()) == before


def test_two_openings_of_one_fresh_file_agree(path: Path) -> None:
    with closing(open_for_writing(path)) as one, closing(open_for_writing(path)) as other:
        assert applied(one) == applied(other)


def test_writes_survive_a_power_cut(path: Path) -> None:
    with closing(open_for_writing(path)) as db:
        pragmas = {
            name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_every_table_is_strict(path: Path) -> None:
    with closing(open_for_writing(path)) as db:
        # SQLite itself makes the tables of an index of words, and knows no strict ones there.
        listed = db.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
        strict = {name: strict for name, strict in listed if not name.startswith("sqlite_")}
        del strict[MIGRATIONS.migrations_table]
        assert strict
        assert {name for name in strict if not strict[name]} == set()


def test_wrong_type_is_refused(path: Path) -> None:
    with closing(open_for_writing(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.conn.execute("INSERT INTO guild (guild_id, created_at) VALUES ('seven', '')")


@pytest.mark.parametrize(
    "orphan",
    [
        "INSERT INTO item (set_id, key, position, category, kind) VALUES (1, 'a', 0, 'claim', 'claim')",
        "INSERT INTO revision (item_id, hash, content, created_at) VALUES (1, '', '', '')",
        "INSERT INTO round (run_id, position, revision_id, option_order, state) VALUES (1, 0, 1, '', 'open')",
        "INSERT INTO assignment_question (assignment_id, position, revision_id) VALUES (1, 0, 1)",
        "INSERT INTO assignment (guild_id, set_by, set_id, focus, drawn, questions, opens_at, due_at, counting,"
        " options, reminds, state, seed, created_at) VALUES (1, 1, 1, '', '', 1, '', '', '', '', 1, '', 1, '')",
        "INSERT INTO message (message_id, thread_id, user_id, posted_at) VALUES (1, 1, 1, '')",
    ],
)
def test_references_to_nothing_are_refused(path: Path, orphan: str) -> None:
    with closing(open_for_writing(path)) as db, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.conn.execute(orphan)


def test_file_of_a_newer_version_is_refused_and_left_as_it_was(path: Path) -> None:
    with closing(open_for_writing(path)) as db:
        db.table(MIGRATIONS.migrations_table).insert(
            {"migration_set": "seminar", "name": "m999_holograms", "applied_at": "2031-01-01"}
        )
    before = path.read_bytes()
    with pytest.raises(NewerDatabase) as refused:
        open_for_writing(path)
    assert refused.value.unknown == ("m999_holograms",)
    assert refused.value.path == path
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no journal is left behind"


@pytest.mark.parametrize(
    "content", [b"A letter to my grandmother.\n" * 200, b"\x00" * 5_000, b"SQLite format 3"]
)
def test_file_that_is_no_database_is_refused_and_left_as_it_was(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotADatabase):
        open_for_writing(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_was(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE holiday (place TEXT)")
        other.execute("INSERT INTO holiday VALUES ('Lisbon')")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="another program") as refused:
        open_for_writing(path)
    assert refused.value.path == path
    assert path.read_bytes() == before


def test_empty_file_is_a_fresh_one(path: Path) -> None:
    path.touch()
    with closing(open_for_writing(path)) as db:
        assert applied(db)[: len(STEPS)] == STEPS


def test_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="No such file or directory"):
        open_for_writing(tmp_path / "nowhere" / "class.db")
    with pytest.raises(StoreUnavailable, match="unable to open"):
        open_for_writing(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "class.db")):
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes


@pytest.mark.parametrize("name", ["quiz?mode=ro.db", "100%25.db", "a#b.db", "über uns.db", "' OR 1=1.db"])
def test_odd_file_names_are_only_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with closing(open_for_writing(path)) as db:
        learner_for(db, GUILD, UserId(1), MONDAY)
        with closing(open_for_reading(path)) as reader:
            assert reader.table("learner").count == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_failing_migration_leaves_nothing_behind(path: Path) -> None:
    with closing(Database(path)) as db:
        MIGRATIONS.apply(db, stop_before=STEPS[1])
        db.table("answer").create({"answer_id": int}, pk="answer_id")  # the second step makes it after others
        before = list(db.conn.iterdump())
    with pytest.raises(StoreUnavailable, match="answer"):
        open_for_writing(path)
    with closing(sqlite3.connect(path)) as db:
        assert list(db.iterdump()) == before
        db.execute("DROP TABLE answer")
        db.commit()
    with closing(open_for_writing(path)) as db:
        assert applied(db)[: len(STEPS)] == STEPS, "once the cause is gone, it goes on where it stopped"


def test_a_file_of_each_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "fresh.db")) as fresh:
        whole = sorted(row[0] for row in fresh.conn.execute("SELECT sql FROM sqlite_master WHERE sql <> ''"))
    for step in STEPS[1:]:
        path = tmp_path / f"{step}.db"
        with closing(Database(path)) as older:
            MIGRATIONS.apply(older, stop_before=step)
        with closing(open_for_writing(path)) as db:
            now = sorted(row[0] for row in db.conn.execute("SELECT sql FROM sqlite_master WHERE sql <> ''"))
        assert now == whole


def test_file_that_has_later_steps_gets_those_that_it_lacks(tmp_path: Path) -> None:
    """Steps are entered by their subjects, so one may come before others that a file has already."""
    lacking = Migrations(MIGRATIONS.name)
    for step in MIGRATIONS.pending(Database(memory=True)):
        if step.name != "m008_assignments":
            lacking(name=step.name)(step.fn)
    path = tmp_path / "class.db"
    with closing(Database(path)) as older:
        lacking.apply(older)
        older.conn.execute("INSERT INTO learner (guild_id, user_id, first_seen_at) VALUES (1, 1, '')")
        older.conn.commit()
    with closing(open_for_writing(path)) as db:
        assert db.conn.execute("SELECT reminders_off_at FROM learner").fetchall() == [(None,)]
        assert db.table("assignment").count == 0
        assert unknown_migrations(db) == ()


def test_rounds_of_an_earlier_file_are_first_votes(path: Path) -> None:
    with closing(Database(path)) as older:
        MIGRATIONS.apply(older, stop_before="m007_second_votes")
        older.conn.executescript("""
            INSERT INTO question_set (set_id, guild_id, key, title, info, loaded_at) VALUES (1, 0, 'a', '', '', '');
            INSERT INTO item (item_id, set_id, key, position, category, kind) VALUES (1, 1, 'a', 0, '', '');
            INSERT INTO revision (revision_id, item_id, hash, content, created_at) VALUES (1, 1, '', '', '');
            INSERT INTO run (run_id, guild_id, mode, owner_id, set_id, state, position, seed, created_at)
            VALUES (1, 1, 'live', 1, 1, 'asking', 0, 1, '');
            INSERT INTO round (run_id, position, revision_id, option_order, state) VALUES (1, 0, 1, '', 'open');
        """)
    add = "INSERT INTO round (run_id, position, revision_id, option_order, state, vote) VALUES (1, 0, 1, '', '', ?)"
    with closing(open_for_writing(path)) as db:
        assert db.conn.execute("SELECT vote FROM round").fetchall() == [(1,)]
        db.conn.execute(add, [2])
        for vote in (1, 2, 3):  # one of each, and no third one
            with pytest.raises(sqlite3.IntegrityError):
                db.conn.execute(add, [vote])


def test_reading_connection_neither_writes_nor_creates(path: Path) -> None:
    with closing(open_for_writing(path)) as db, closing(open_for_reading(path)) as reader:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.conn.execute("INSERT INTO guild (guild_id, created_at) VALUES (1, '')")
        assert db.table("guild").count == 0
