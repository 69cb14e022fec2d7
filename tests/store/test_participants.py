"""Participants in the file: what an older file becomes, and what the database itself refuses."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store.connection import open_for_writing
from bot.store.migrations import MIGRATIONS

STEP = "m011_participants_and_accommodations"

OLDER = """
    INSERT INTO learner (learner_id, guild_id, user_id, first_seen_at)
    VALUES (1, 7001, 9001, '2026-01-01'), (2, 7001, 9002, '2026-01-01');
    INSERT INTO question_set (set_id, guild_id, key, title, info, loaded_at) VALUES (1, 0, 's', 'S', '{}', '');
    INSERT INTO item (item_id, set_id, key, position, category, kind) VALUES (1, 1, 'i', 0, 'history', 'choice');
    INSERT INTO revision VALUES (1, 1, '', '{}', '');
    INSERT INTO run (run_id, guild_id, mode, owner_id, set_id, state, position, seed, created_at)
    VALUES (1, 7001, 'live', 1, 1, 'ended', 1, 1, ''), (2, 7001, 'practice', 9001, 1, 'ended', 0, 1, '');
    INSERT INTO round (round_id, run_id, position, revision_id, option_order, state)
    VALUES (1, 1, 0, 1, '0,1', 'closed'), (2, 1, 1, 1, '0,1', 'closed'), (3, 2, 0, 1, '0,1', 'closed');
    INSERT INTO answer (round_id, learner_id, response, outcome, fraction, near_miss, interaction_id, changes,
                        first_at, answered_at)
    VALUES (1, 1, '', 'right', 1, 0, 1, 0, 'b', 'b'), (2, 1, '', 'right', 1, 0, 2, 0, 'c', 'c'),
           (2, 2, '', 'wrong', 0, 0, 3, 0, 'd', 'd'), (3, 1, '', 'wrong', 0, 0, 4, 0, 'e', 'e');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


def test_who_answered_before_there_were_participants_counts_from_the_first_question(path: Path) -> None:
    with closing(Database(path)) as older:
        MIGRATIONS.apply(older, stop_before=STEP)
        older.conn.executescript(OLDER)
    with closing(open_for_writing(path)) as db:
        found = db.conn.execute(
            "SELECT run_id, learner_id, joined_at, joined_position, showing FROM participant ORDER BY learner_id"
        ).fetchall()
        assert found == [(1, 1, "b", 0, "alias"), (1, 2, "d", 0, "alias")]
        assert db.conn.execute("SELECT DISTINCT worth FROM answer").fetchall() == [(None,)]


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO participant (run_id, learner_id, joined_at, joined_position) VALUES (1, 1, '', 0)",
        "INSERT INTO participant (run_id, learner_id, joined_at, joined_position, alias)"
        " VALUES (1, 2, '', 0, 'Kind Owl')",
        "INSERT INTO participant (run_id, learner_id, joined_at, joined_position) VALUES (1, 3, '', 0)",
        "INSERT INTO accommodation VALUES (3, 1.5, 0, 1, '')",
        "INSERT INTO overtime VALUES (9, '', '')",
    ],
)
def test_second_place_same_alias_and_nobody_are_refused(path: Path, wrong: str) -> None:
    with closing(open_for_writing(path)) as db:
        db.conn.executescript(OLDER)
        db.conn.execute(
            "INSERT INTO participant (run_id, learner_id, joined_at, joined_position, alias)"
            " VALUES (1, 1, '', 0, 'Kind Owl')"
        )
        with pytest.raises(sqlite3.IntegrityError):
            db.conn.execute(wrong)
