"""The index of questions by their words: what a server may find, by a search or by the words of a message.

Only the texts of questions in use are here, and they follow what is loaded and retired in the same transaction. What
somebody typed becomes quoted terms: it is never read as a query.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum

from sqlite_utils import Database

from bot.bank.findable import can_be_touched, findable
from bot.bank.kinds import Item
from bot.bank.touching import Having
from bot.ids import GuildId, ItemId, SetId
from bot.store.rulings import DROPPED
from bot.store.sql import change, change_many, many

TITLE_WEIGHT, BODY_WEIGHT, TAG_WEIGHT = 6.0, 1.0, 3.0

_SHORTEST = 3
"""Letters: fewer begin too many words."""
_CUT, _LEFT = 3, 4
"""So many letters are left off a word for what begins like it, as long as so many are left: a slip at its end, or an
ending that was only begun."""

STALE = """
    SELECT i.item_id, i.revision_id, i.key
    FROM item AS i
    LEFT JOIN item_text AS t ON t.item_id = i.item_id
    WHERE i.set_id = :set_id AND i.retired_at IS NULL AND t.revision_id IS NOT i.revision_id
"""
PUT_TEXT = """
    INSERT INTO item_text (item_id, revision_id, title, body, tags, apart, touchable)
    VALUES (:item_id, :revision_id, :title, :body, :tags, :apart, :touchable)
    ON CONFLICT (item_id) DO UPDATE
    SET revision_id = excluded.revision_id, title = excluded.title, body = excluded.body, tags = excluded.tags,
        apart = excluded.apart, touchable = excluded.touchable
"""
DROP_RETIRED = """
    DELETE FROM item_text
    WHERE item_id IN (SELECT item_id FROM item WHERE set_id = :set_id AND retired_at IS NOT NULL)
"""
DROP_ALL = """
    DELETE FROM item_text WHERE item_id IN (SELECT item_id FROM item WHERE set_id = :set_id)
"""
USABLE = f"""
    i.set_id IN (
        SELECT s.set_id
        FROM question_set AS s
        WHERE s.guild_id = :guild_id AND s.retired_at IS NULL
        UNION ALL
        SELECT s.set_id
        FROM question_set AS s
        WHERE s.guild_id = 0 AND s.retired_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM question_set AS o
            WHERE o.guild_id = :guild_id AND o.key = s.key AND o.retired_at IS NULL
        )
    )
    AND i.revision_id NOT IN ({DROPPED})
"""
"""For a query of items ``i``: that the server may use it and has not dropped it. Its own set hides a bundled one."""

SEARCH = f"""
    SELECT i.item_id
    FROM item_index
    JOIN item_text AS t ON t.item_id = item_index.rowid
    JOIN item AS i ON i.item_id = t.item_id
    WHERE item_index MATCH :terms AND {USABLE}
          AND i.item_id NOT IN (SELECT value FROM json_each(:without))
    ORDER BY t.touchable DESC, bm25(item_index, {TITLE_WEIGHT}, {BODY_WEIGHT}, {TAG_WEIGHT}), i.item_id
    LIMIT :most
"""
MAY_TOUCH = f"""
    SELECT i.item_id
    FROM item_text AS t
    JOIN item AS i ON i.item_id = t.item_id
    WHERE t.touchable AND {USABLE}
"""
WITH_WORD = """
    SELECT rowid FROM item_index WHERE item_index MATCH :terms
"""
TAGGED = f"""
    SELECT i.item_id
    FROM item_index
    JOIN item AS i ON i.item_id = item_index.rowid
    WHERE item_index MATCH :terms AND i.set_id = :set_id AND {USABLE}
    ORDER BY rank
    LIMIT :most
"""
NAMES = """
    SELECT i.set_id, i.key, COALESCE(t.apart, '[]')
    FROM item AS i
    LEFT JOIN item_text AS t ON t.item_id = i.item_id
    WHERE i.item_id IN (SELECT value FROM json_each(:items))
"""
NAMING = """
    SELECT i.item_id
    FROM item AS i
    JOIN item_text AS t ON t.item_id = i.item_id
    WHERE i.set_id = :set_id AND t.apart <> '[]' AND EXISTS (
        SELECT 1 FROM json_each(t.apart) AS a WHERE a.value IN (SELECT value FROM json_each(:keys))
    )
"""
ITEMS_NAMED = """
    SELECT item_id FROM item
    WHERE set_id = :set_id AND retired_at IS NULL AND key IN (SELECT value FROM json_each(:keys))
"""


class Searched(Enum):
    """How a search takes its words: all of them, some of them, or what only begins like them."""

    ALL = "all"
    SOME = "some"
    ALIKE = "alike"


def refresh_texts(db: Database, set_id: SetId, items: Mapping[str, Item]) -> None:
    """Have the index follow a set that has these items in use, by their ids in its file: what is new or changed comes
    in, what is retired goes.
    """
    change(db, DROP_RETIRED, set_id=set_id)
    stale = many(db, STALE, set_id=set_id)
    change_many(
        db, PUT_TEXT, (_text(item_id, revision_id, items[key]) for item_id, revision_id, key in stale)
    )


def drop_texts(db: Database, set_id: SetId) -> None:
    """Take a set that is retired out of the index."""
    change(db, DROP_ALL, set_id=set_id)


def _text(item_id: int, revision_id: int, item: Item) -> dict[str, object]:
    found = findable(item)
    return {
        "item_id": item_id,
        "revision_id": revision_id,
        "title": found.title,
        "body": found.body,
        "tags": found.tags,
        "apart": json.dumps(item.not_with),
        "touchable": can_be_touched(item),
    }


def search_items(
    db: Database,
    guild_id: GuildId,
    words: Sequence[str],
    how: Searched,
    *,
    without: Set[ItemId] = frozenset(),
    most: int,
) -> list[ItemId]:
    """The items that a server may use and that have the words: claims and facts first, the best match on top."""
    if not words:
        return []
    joined = (" AND " if how is Searched.ALL else " OR ").join(_term(word, how) for word in words)
    rows = many(db, SEARCH, guild_id=guild_id, terms=joined, without=json.dumps(list(without)), most=most)
    return [ItemId(row[0]) for row in rows]


def touchable_items(db: Database, guild_id: GuildId) -> frozenset[ItemId]:
    """All claims and facts that the server may use."""
    return frozenset(ItemId(row[0]) for row in many(db, MAY_TOUCH, guild_id=guild_id))


def items_having(db: Database, words: Iterable[str], among: Set[ItemId]) -> dict[str, Having[ItemId]]:
    """Which of some items have each word, in any of its forms."""
    return {
        word: Having(
            _with_terms(db, _quoted(word)) & among,
            _with_terms(db, f"{{title tags}} : {_quoted(word)}") & among,
        )
        for word in words
    }


def items_with_tags(
    db: Database, guild_id: GuildId, set_id: SetId, tags: Iterable[str], *, most: int
) -> set[ItemId]:
    """So many items of a set, as far as the server may use them, that may have some of the tags: those with most of
    them, and with the rarest.
    """
    terms = " OR ".join(f"tags : {_quoted(tag)}" for tag in tags)
    if not terms:
        return set()
    rows = many(db, TAGGED, guild_id=guild_id, set_id=set_id, terms=terms, most=most)
    return {ItemId(row[0]) for row in rows}


def items_named(db: Database, set_id: SetId, keys: Iterable[str]) -> set[ItemId]:
    """The items of a set with these ids in its file."""
    rows = many(db, ITEMS_NAMED, set_id=set_id, keys=json.dumps(sorted(keys)))
    return {ItemId(row[0]) for row in rows}


def with_those_apart(db: Database, items: Set[ItemId]) -> frozenset[ItemId]:
    """The items, and those that must not be asked with them: by what their sets say on either side, one gives the
    other's answer away.
    """
    found = set(items)
    names: defaultdict[SetId, set[str]] = defaultdict(set)
    for set_id, key, apart in many(db, NAMES, items=json.dumps(sorted(items))):
        names[SetId(set_id)].add(key)
        found |= items_named(db, SetId(set_id), json.loads(apart))
    for set_id, keys in names.items():
        rows = many(db, NAMING, set_id=set_id, keys=json.dumps(sorted(keys)))
        found |= {ItemId(row[0]) for row in rows}
    return frozenset(found)


def _with_terms(db: Database, terms: str) -> set[ItemId]:
    return {ItemId(row[0]) for row in many(db, WITH_WORD, terms=terms)}


def _term(word: str, how: Searched) -> str:
    """A word in any of its forms, or at the beginning of another; a figure only as it is."""
    if any(sign.isdigit() for sign in word):
        return _quoted(word)
    begun = word[: max(_LEFT, len(word) - _CUT)] if how is Searched.ALIKE else word
    # The index has stems, so the whole word is looked up beside what it begins.
    return f"({_quoted(word)} OR {_quoted(begun)} *)" if len(begun) >= _SHORTEST else _quoted(word)


def _quoted(text: str) -> str:
    """A text as a phrase for the index: its signs mean nothing there."""
    return '"' + text.replace('"', '""').replace("\0", "") + '"'
