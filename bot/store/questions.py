"""Question sets, items and revisions. A revision never changes: answers point to it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from bot.bank.item import Category
from bot.bank.kinds import Item, item_from_json, item_to_json, revision_hash
from bot.bank.question_set import QuestionSet, SetInfo
from bot.ids import EVERY_GUILD, GuildId, ItemId, RevisionId, SetId, UserId
from bot.store.item_texts import drop_texts, refresh_texts
from bot.store.moments import to_text
from bot.store.rulings import inherit_rulings
from bot.store.sql import Row, change, first, insert, many

SETS = """
    SELECT s.set_id, s.guild_id, s.key, s.title, s.info, COUNT(i.item_id)
    FROM question_set AS s
    LEFT JOIN item AS i ON i.set_id = s.set_id AND i.retired_at IS NULL
    WHERE s.guild_id IN (0, :guild_id) AND s.retired_at IS NULL
    GROUP BY s.set_id
    ORDER BY s.guild_id DESC, s.title
"""
SET_BY_KEY = """
    SELECT set_id, guild_id, key, title, info, 0
    FROM question_set
    WHERE guild_id IN (0, :guild_id) AND key = :key AND retired_at IS NULL
    ORDER BY guild_id DESC
"""
OWN_SET = """
    SELECT set_id FROM question_set WHERE guild_id = :guild_id AND key = :key
"""
SET_KEYS = """
    SELECT key FROM question_set WHERE guild_id = :guild_id AND retired_at IS NULL
"""
RETIRE_SET = """
    UPDATE question_set SET retired_at = :at WHERE guild_id = :guild_id AND key = :key
"""
RENEW_SET = """
    UPDATE question_set
    SET title = :title, info = :info, loaded_by = :loaded_by, loaded_at = :at, retired_at = NULL
    WHERE set_id = :set_id
"""
ITEMS = """
    SELECT i.item_id, i.key, i.category, i.kind, v.revision_id, v.hash, v.content
    FROM item AS i
    JOIN revision AS v ON v.revision_id = i.revision_id
    WHERE i.set_id = :set_id AND i.retired_at IS NULL
    ORDER BY i.position
"""
CLAIMS = ITEMS.replace("ORDER BY", "AND i.kind = 'claim' ORDER BY")
ITEM_BY_KEY = """
    SELECT item_id FROM item WHERE set_id = :set_id AND key = :key
"""
PLACE_ITEM = """
    UPDATE item
    SET position = :position, category = :category, kind = :kind, revision_id = :revision_id, retired_at = NULL
    WHERE item_id = :item_id
"""
RETIRE_ITEM = """
    UPDATE item SET retired_at = :at WHERE set_id = :set_id AND key = :key AND retired_at IS NULL
"""
REVISION_BY_HASH = """
    SELECT revision_id FROM revision WHERE item_id = :item_id AND hash = :hash
"""
SET_INFO = """
    SELECT info FROM question_set WHERE set_id = :set_id
"""
REVISION = """
    SELECT content FROM revision WHERE revision_id = :revision_id
"""
REVISION_INFO = """
    SELECT s.info
    FROM revision AS v
    JOIN item AS i ON i.item_id = v.item_id
    JOIN question_set AS s ON s.set_id = i.set_id
    WHERE v.revision_id = :revision_id
"""
SET_OF_REVISION = """
    SELECT i.set_id
    FROM revision AS v
    JOIN item AS i ON i.item_id = v.item_id
    WHERE v.revision_id = :revision_id
"""
REVISION_OWNER = """
    SELECT s.guild_id
    FROM revision AS v
    JOIN item AS i ON i.item_id = v.item_id
    JOIN question_set AS s ON s.set_id = i.set_id
    WHERE v.revision_id = :revision_id
"""


@dataclass(frozen=True, slots=True)
class StoredSet:
    """A question set in the database; ``own`` if it belongs to the server and is not a bundled one."""

    set_id: SetId
    guild_id: GuildId
    key: str
    title: str
    info: SetInfo
    size: int

    @property
    def own(self) -> bool:
        """Whether the set was loaded by this server."""
        return self.guild_id != EVERY_GUILD


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item's current revision."""

    item_id: ItemId
    revision_id: RevisionId
    hash: str
    item: Item


@lru_cache(maxsize=8192)
def parse_item(content: str) -> Item:
    """The item that a revision's JSON text holds. Revisions never change, so neither does the answer."""
    return item_from_json(content)


def list_sets(db: Database, guild_id: GuildId) -> list[StoredSet]:
    """The sets that a server may use: its own first, then the bundled ones that it has not replaced."""
    own_first = [_stored_set(row) for row in many(db, SETS, guild_id=guild_id)]
    seen: set[str] = set()
    return [found for found in own_first if not (found.key in seen or seen.add(found.key))]


def find_set(db: Database, guild_id: GuildId, key: str) -> StoredSet | None:
    """The set of that key that the server may use; its own goes before a bundled one. ``size`` is 0."""
    row = first(db, SET_BY_KEY, guild_id=guild_id, key=key)
    return None if row is None else _stored_set(row)


def set_keys_of(db: Database, guild_id: GuildId) -> set[str]:
    """The keys of the sets that this owner has in use."""
    return {row[0] for row in many(db, SET_KEYS, guild_id=guild_id)}


def retire_set(db: Database, guild_id: GuildId, key: str, at: datetime) -> None:
    """Take a set out of use; its items and answers stay."""
    change(db, RETIRE_SET, guild_id=guild_id, key=key, at=to_text(at))
    row = first(db, OWN_SET, guild_id=guild_id, key=key)
    if row is not None:
        drop_texts(db, SetId(row[0]))


def set_info(db: Database, set_id: SetId) -> SetInfo:
    """What the set says of itself, its source included; KeyError if there is no such set."""
    row = first(db, SET_INFO, set_id=set_id)
    if row is None:
        raise KeyError(set_id)
    return SetInfo.model_validate_json(row[0])


def revision_set_info(db: Database, revision_id: RevisionId) -> SetInfo:
    """What the set of a revision says of itself; KeyError if there is no such revision."""
    row = first(db, REVISION_INFO, revision_id=revision_id)
    if row is None:
        raise KeyError(revision_id)
    return SetInfo.model_validate_json(row[0])


def items_of(db: Database, set_id: SetId) -> list[StoredItem]:
    """The set's items that are in use, in the order of the files."""
    return [_stored_item(row) for row in many(db, ITEMS, set_id=set_id)]


def claims_of(db: Database, set_id: SetId) -> list[StoredItem]:
    """The set's claims that are in use, in the order of the files."""
    return [_stored_item(row) for row in many(db, CLAIMS, set_id=set_id)]


def revision_item(db: Database, revision_id: RevisionId) -> Item:
    """The item as it was in that revision; KeyError if there is no such revision."""
    row = first(db, REVISION, revision_id=revision_id)
    if row is None:
        raise KeyError(revision_id)
    return parse_item(row[0])


def revision_set(db: Database, revision_id: RevisionId) -> GuildId | None:
    """The server that owns the set of a revision (0 for a bundled one), or None if there is none."""
    row = first(db, REVISION_OWNER, revision_id=revision_id)
    return None if row is None else GuildId(row[0])


def set_of_revision(db: Database, revision_id: RevisionId) -> SetId:
    """The set of a revision; KeyError if there is no such revision."""
    row = first(db, SET_OF_REVISION, revision_id=revision_id)
    if row is None:
        raise KeyError(revision_id)
    return SetId(row[0])


def save_set(
    db: Database, guild_id: GuildId, questions: QuestionSet, *, loaded_by: UserId | None, at: datetime
) -> SetId:
    """Store a set and its items: unchanged items keep their revision, missing ones are retired."""
    set_id = _save_set_row(db, guild_id, questions.info, loaded_by, at)
    kept: set[str] = set()
    for position, item in enumerate(questions.items):
        _save_item(db, set_id, position, item, at)
        kept.add(item.id)
    for stored in items_of(db, set_id):
        if stored.item.id not in kept:
            change(db, RETIRE_ITEM, set_id=set_id, key=stored.item.id, at=to_text(at))
    refresh_texts(db, set_id, {item.id: item for item in questions.items})
    return set_id


def _save_set_row(
    db: Database, guild_id: GuildId, info: SetInfo, loaded_by: UserId | None, at: datetime
) -> SetId:
    values = {
        "title": info.title,
        "info": info.model_dump_json(exclude_none=True),
        "loaded_by": loaded_by,
    }
    row = first(db, OWN_SET, guild_id=guild_id, key=info.id)
    if row is not None:
        change(db, RENEW_SET, set_id=row[0], at=to_text(at), **values)
        return SetId(row[0])
    return SetId(insert(db, "question_set", guild_id=guild_id, key=info.id, loaded_at=to_text(at), **values))


def _save_item(db: Database, set_id: SetId, position: int, item: Item, at: datetime) -> None:
    row = first(db, ITEM_BY_KEY, set_id=set_id, key=item.id)
    placed = {"position": position, "category": item.category.value, "kind": item.kind}
    item_id = row[0] if row is not None else insert(db, "item", set_id=set_id, key=item.id, **placed)
    hash_ = revision_hash(item)
    revision = first(db, REVISION_BY_HASH, item_id=item_id, hash=hash_)
    if revision is None:
        content = item_to_json(item)
        revision_id = insert(
            db, "revision", item_id=item_id, hash=hash_, content=content, created_at=to_text(at)
        )
        inherit_rulings(db, ItemId(item_id), RevisionId(revision_id), item)
    else:
        revision_id = revision[0]
    change(db, PLACE_ITEM, item_id=item_id, revision_id=revision_id, **placed)


def _stored_item(row: Row) -> StoredItem:
    item_id, _key, _category, _kind, revision_id, hash_, content = row
    return StoredItem(ItemId(item_id), RevisionId(revision_id), hash_, parse_item(content))


def _stored_set(row: Row) -> StoredSet:
    set_id, guild_id, key, title, info, size = row
    return StoredSet(SetId(set_id), GuildId(guild_id), key, title, SetInfo.model_validate_json(info), size)


def category_counts(items: list[StoredItem]) -> dict[Category, int]:
    """How many of the items can be asked in a quiz, by category."""
    counts = dict.fromkeys(Category, 0)
    for stored in items:
        if stored.item.graded:
            counts[stored.item.category] += 1
    return counts
