"""The index of words beside the questions in use: it follows what is loaded and retired, and answers any query."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.actions.questions import publish_bundled
from bot.bank.item import Category, Correction, Since
from bot.bank.kinds import TrueFalse, item_to_json, revision_hash
from bot.bank.looked_for import search_words
from bot.store.connection import open_for_reading, open_for_writing
from bot.store.item_texts import (
    Searched,
    items_having,
    items_with_tags,
    search_items,
    touchable_items,
    with_those_apart,
)
from bot.store.migrations import MIGRATIONS
from bot.store.questions import find_set, retire_set, save_set
from tests.classroom import GUILD, MIXED, OTHER_GUILD, Classroom, choice, claim, question_set

NAMES = "SELECT i.key FROM item_text JOIN item AS i USING (item_id) ORDER BY i.key"


def fact(key: str, prompt: str, **more: object) -> TrueFalse:
    return TrueFalse(
        id=key,
        kind="true_false",
        category=Category.HISTORY,
        prompt=prompt,
        answer=True,
        **more,  # type: ignore[arg-type]
    )


WORDS = question_set(
    fact("cafe", "The café of Zürich opened."),
    fact("surveys", "Approval was found in surveys.", tags=("public-opinion",)),
    fact("lake", "The lake froze.", explanation="Many walked over it in 1963."),
    fact("river", "A river rose.", correction=Correction(text="Only a brook.", confidence="high")),  # type: ignore[arg-type]
    fact("bridge", "A bridge fell.", since=Since(date="2022", text="It was rebuilt.")),
    claim("lists", motion="Lists of debtors should be public."),
    key="words",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", WORDS)
    yield room
    room.close()


def keys(room: Classroom, words: str, how: Searched = Searched.ALL) -> list[str]:
    found = search_items(room.db, GUILD, search_words(words), how, most=30)
    names = dict[object, object](room.rows("SELECT item_id, key FROM item"))  # type: ignore[arg-type]
    return [str(names[item_id]) for item_id in found]


def is_sound(room: Classroom) -> bool:
    """Whether the index holds exactly what stands in the texts; SQLite raises where it does not."""
    room.db.conn.execute("INSERT INTO item_index (item_index, rank) VALUES ('integrity-check', 1)")
    return True


# What is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", "cafe"),
        ("CAFÉ zurich", "cafe"),
        ("approved survey", "surveys"),
        ("appr", "surveys"),
        ("1963", "lake"),
        ("brook", "river"),
        ("rebuilt", "bridge"),
        ("public-opinion", "surveys"),
        ("debtor", "lists"),
        ("officials", ""),  # who holds a case is no text of it
        ("196", ""),  # a figure is found as it is
    ],
)
def test_words_are_found_in_any_form_and_wherever_they_stand(room: Classroom, words: str, found: str) -> None:
    assert keys(room, words) == ([found] if found else [])


def test_title_goes_before_body(room: Classroom) -> None:
    sets = question_set(
        fact("body", "Something else happened.", explanation="It was about harbours."),
        fact("title", "The harbours grew.", explanation="So they did."),
        key="ports",
    )
    room.do(publish_bundled, sets=[WORDS, sets], at=room.now)
    assert keys(room, "harbours") == ["title", "body"]


def test_some_words_or_beginnings_of_words_do_where_nothing_has_all(room: Classroom) -> None:
    assert keys(room, "lake bridge") == []
    assert set(keys(room, "lake bridge", Searched.SOME)) == {"lake", "bridge"}
    assert keys(room, "approvall", Searched.SOME) == []
    assert keys(room, "approvall", Searched.ALIKE) == ["surveys"]


@pytest.mark.parametrize(
    "hostile",
    [
        '"a* OR NEAR(',
        "lake AND",
        "NOT lake",
        "title : lake",
        "{title tags} : lake",
        "lake*",
        '"lake',
        "^lake",
        "lake) OR (river",
        "NEAR(lake river, 2)",
        "-lake +river",
        "lake' OR 1=1 --",
        "lake\x00river",
        ";DROP TABLE item_text",
        "\ud800",
    ],
)
def test_no_query_is_read_as_more_than_words(room: Classroom, hostile: str) -> None:
    for how in Searched:
        assert set(keys(room, hostile, how)) <= {"lake", "river", "bridge", "cafe", "surveys", "lists"}
    assert is_sound(room)


def test_operators_are_words(room: Classroom) -> None:
    assert keys(room, "lake OR river") == keys(room, "lake AND river") == keys(room, "lake NOT river") == []
    assert keys(room, "lake OR froze") == ["lake"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120), how=st.sampled_from(Searched))
def test_any_text_can_be_searched_for(room: Classroom, text: str, how: Searched) -> None:
    keys(room, text, how)
    assert items_having(room.db, search_words(text), touchable_items(room.db, GUILD)).keys() == set(
        search_words(text)
    )


def test_words_in_titles_and_topics_are_told_apart(room: Classroom) -> None:
    among = touchable_items(room.db, GUILD)
    (found,) = search_items(room.db, GUILD, ["lake"], Searched.ALL, most=9)
    assert items_having(room.db, ["lake", "walked"], among) == {
        "lake": (having := items_having(room.db, ["lake"], among)["lake"]),
        "walked": type(having)(frozenset({found}), frozenset()),
    }
    assert having.title == {found}


def test_items_are_found_by_their_topics(room: Classroom) -> None:
    stored = find_set(room.db, GUILD, "words")
    assert stored is not None

    def tagged(*tags: str, most: int = 9) -> int:
        return len(items_with_tags(room.db, GUILD, stored.set_id, tags, most=most))

    assert tagged("public-opinion", "weather") == 1
    assert tagged("public-opinion", most=0) == 0
    assert tagged() == 0
    assert tagged('x" OR "lake') == 0


# What it follows


def test_loading_again_changes_nothing_of_the_index(room: Classroom) -> None:
    before = room.rows("SELECT * FROM item_text"), room.rows("SELECT * FROM item_index_data")
    room.do(publish_bundled, sets=[WORDS], at=room.later(5))
    assert (room.rows("SELECT * FROM item_text"), room.rows("SELECT * FROM item_index_data")) == before


def test_new_wording_takes_the_place_of_the_old(room: Classroom) -> None:
    changed = question_set(fact("lake", "The pond froze."), *WORDS.items[:2], key="words")
    room.do(publish_bundled, sets=[changed], at=room.now)
    assert keys(room, "pond") == ["lake"]
    assert keys(room, "walked") == []
    assert [key for (key,) in room.rows(NAMES)] == ["cafe", "lake", "surveys"]
    assert is_sound(room)


def test_retired_set_is_out_and_comes_back_with_its_next_version(room: Classroom) -> None:
    room.do(publish_bundled, sets=[], at=room.now)
    assert room.rows(NAMES) == []
    assert keys(room, "lake") == []
    assert is_sound(room)
    room.do(publish_bundled, sets=[WORDS], at=room.now)
    assert keys(room, "lake") == ["lake"]
    assert is_sound(room)


def test_retired_item_that_comes_back_is_found_again(room: Classroom) -> None:
    without = question_set(*WORDS.items[:2], key="words")
    room.do(publish_bundled, sets=[without], at=room.now)
    assert keys(room, "lake") == []
    room.do(publish_bundled, sets=[WORDS], at=room.now)
    assert keys(room, "lake") == ["lake"]


def test_what_a_failed_load_put_in_is_undone(room: Classroom) -> None:
    def fail(db: Database) -> None:
        save_set(
            db, GUILD, question_set(fact("sea", "The sea rose."), key="sea"), loaded_by=None, at=room.now
        )
        raise RuntimeError

    with pytest.raises(RuntimeError):
        room.do(fail)
    assert keys(room, "sea") == []
    assert is_sound(room)


def test_index_can_be_asked_on_a_connection_that_only_reads(room: Classroom) -> None:
    with closing(open_for_reading(room.path)) as reader:
        assert len(search_items(reader, GUILD, ["lake"], Searched.ALL, most=9)) == 1


# Whose it is


def test_own_set_hides_the_bundled_one_until_it_is_retired(room: Classroom) -> None:
    own = question_set(fact("lake", "Our lake is salty."), key="words")
    room.do(save_set, GUILD, own, loaded_by=None, at=room.now)
    assert keys(room, "salty") == ["lake"]
    assert keys(room, "froze") == []
    assert keys(room, "river") == []
    elsewhere = search_items(room.db, OTHER_GUILD, ["salty"], Searched.ALL, most=9)
    assert elsewhere == []
    assert len(search_items(room.db, OTHER_GUILD, ["froze"], Searched.ALL, most=9)) == 1
    assert len(touchable_items(room.db, GUILD)) == 1
    assert len(touchable_items(room.db, OTHER_GUILD)) == len(WORDS.items)
    room.do(retire_set, GUILD, "words", room.now)
    assert keys(room, "froze") == ["lake"]


# What gives what away


def test_items_that_give_each_other_away_are_found_from_either_side(tmp_path: Path) -> None:
    one = question_set(choice("a", not_with=("b",)), choice("b"), choice("c"), choice("d", not_with=("a",)))
    two = question_set(choice("b"), choice("e", not_with=("a",)), key="other")
    room = Classroom(tmp_path / "class.db", one, two)
    ids = {
        (set_id, key): item_id for item_id, set_id, key in room.rows("SELECT item_id, set_id, key FROM item")
    }
    (first,) = (ids[key] for key in ids if key[1] == "a")
    (home,) = (set_id for set_id, key in ids if key == "a")
    assert with_those_apart(room.db, frozenset({first})) == {first, ids[home, "b"], ids[home, "d"]}  # type: ignore[arg-type]
    assert with_those_apart(room.db, frozenset()) == frozenset()
    room.close()


# An earlier file


def test_questions_of_an_earlier_file_are_found(tmp_path: Path) -> None:
    """Those in use are; what is retired is not."""
    path = tmp_path / "older.db"
    with closing(Database(path)) as older:
        MIGRATIONS.apply(older, stop_before="m014_evidence")
        put = older.conn.execute
        for set_id, retired in ((1, None), (2, "2026-01-01")):
            put(
                "INSERT INTO question_set (set_id, guild_id, key, title, info, loaded_at, retired_at)"
                " VALUES (?, 0, ?, 'A set', '{}', '', ?)",
                [set_id, f"set-{set_id}", retired],
            )
        for item_id, (set_id, item, retired) in enumerate(
            ((1, fact("lake", "The lake froze."), None), (1, fact("pond", "The pond froze."), "2026"),
             (2, fact("sea", "The sea froze."), None)),
            start=1,
        ):  # fmt: skip
            put(
                "INSERT INTO item (item_id, set_id, key, position, category, kind, revision_id, retired_at)"
                " VALUES (?, ?, ?, 0, 'history', 'true_false', ?, ?)",
                [item_id, set_id, item.id, item_id, retired],
            )
            put(
                "INSERT INTO revision (revision_id, item_id, hash, content, created_at) VALUES (?, ?, ?, ?, '')",
                [item_id, item_id, revision_hash(item), item_to_json(item)],
            )
        older.conn.commit()
    with closing(open_for_writing(path)) as db:
        assert search_items(db, GUILD, ["froze"], Searched.ALL, most=9) == [1]
        db.conn.execute("INSERT INTO item_index (item_index, rank) VALUES ('integrity-check', 1)")


def test_index_of_an_earlier_file_is_that_of_a_new_one(tmp_path: Path) -> None:
    """The step brings in what loading the same questions does."""
    path = tmp_path / "class.db"
    room = Classroom(path, MIXED, WORDS)
    texts = room.rows("SELECT * FROM item_text ORDER BY item_id")
    assert {json.loads(str(row[5])) == [] for row in texts} == {True}
    db = room.db.conn
    for table in ("item_index", "item_text", "dealt_card", "finding", "citation_card", "citation"):
        db.execute(f"DROP TABLE {table}")
    db.execute(f"DELETE FROM {MIGRATIONS.migrations_table} WHERE name = 'm014_evidence'")
    room.reopen()
    assert room.rows("SELECT * FROM item_text ORDER BY item_id") == texts
    assert keys(room, "lake")
    assert is_sound(room)
    room.close()


def test_integrity_is_really_checked(room: Classroom) -> None:
    room.db.conn.execute("DROP TRIGGER item_text_removed")
    room.db.conn.execute("DELETE FROM item_text WHERE item_id = (SELECT MIN(item_id) FROM item_text)")
    with pytest.raises(sqlite3.DatabaseError):
        is_sound(room)
