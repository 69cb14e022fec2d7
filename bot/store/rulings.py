"""The rulings of a server on the revisions of questions. One server's never touch another's."""

from functools import lru_cache

from sqlite_utils import Database

from bot.bank.kinds import Item, item_from_json
from bot.bank.ruling import (
    Ruling,
    Rulings,
    answer_key,
    ruling_from_json,
    ruling_to_json,
    rulings_from_json,
)
from bot.ids import GuildId, ItemId, RegradeId, RevisionId
from bot.store.sql import change, insert, many

RULINGS_OF_ROUND = """
    SELECT group_concat(content)
    FROM (
        SELECT u.content FROM ruling AS u
        WHERE u.guild_id = r.guild_id AND u.revision_id = o.revision_id AND u.ended_by IS NULL
        ORDER BY u.ruling_id
    )
"""
"""For a query of rounds ``o`` and their runs ``r``: what ``parse_rulings`` reads."""

NOT_DROPPED = """
    NOT EXISTS (
        SELECT 1 FROM ruling AS u
        WHERE u.guild_id = r.guild_id AND u.revision_id = o.revision_id AND u.ended_by IS NULL
              AND u.content = '{"dropped":true}'
    )
"""
"""For a query of rounds ``o`` and their runs ``r``: that the question counts."""

IN_FORCE = """
    SELECT content FROM ruling
    WHERE guild_id = :guild_id AND revision_id = :revision_id AND ended_by IS NULL
          AND regrade_id IS NOT :without
    ORDER BY ruling_id
"""
DROPPED = """
    SELECT revision_id FROM ruling
    WHERE guild_id = :guild_id AND ended_by IS NULL AND content = '{"dropped":true}'
"""
REVISIONS = """
    SELECT v.revision_id, v.content
    FROM revision AS v
    WHERE v.item_id = (SELECT item_id FROM revision WHERE revision_id = :revision_id)
    ORDER BY v.revision_id
"""
RULED_BY = """
    SELECT revision_id FROM ruling WHERE regrade_id = :regrade_id AND ended_by IS NULL ORDER BY revision_id
"""
END = """
    UPDATE ruling SET ended_by = :ended_by WHERE regrade_id = :regrade_id AND ended_by IS NULL
"""
RULINGS_OF_ITEM = """
    SELECT u.guild_id, u.regrade_id, u.content, v.content
    FROM revision AS v
    JOIN ruling AS u ON u.revision_id = v.revision_id
    WHERE v.item_id = :item_id AND u.ended_by IS NULL
    ORDER BY u.regrade_id
"""


@lru_cache(maxsize=1024)
def parse_rulings(stored: str) -> Rulings:
    """The rulings that a query of rounds gives, where there are any."""
    return rulings_from_json(f"[{stored}]")


@lru_cache(maxsize=1024)
def keyed_item(content: str, stored: str) -> Item:
    """The item of a revision's JSON text, with the right answer that holds by such rulings."""
    return parse_rulings(stored).keyed(item_from_json(content))


def rulings_of(
    db: Database, guild_id: GuildId, revision_id: RevisionId, *, without: RegradeId | None = None
) -> Rulings:
    """The server's rulings in force on a revision; those of one regrade left out, if it is given."""
    rows = many(db, IN_FORCE, guild_id=guild_id, revision_id=revision_id, without=without)
    return Rulings(tuple(ruling_from_json(row[0]) for row in rows))


def dropped_revisions(db: Database, guild_id: GuildId) -> frozenset[RevisionId]:
    """The revisions that do not count in the server."""
    return frozenset(RevisionId(row[0]) for row in many(db, DROPPED, guild_id=guild_id))


def revisions_alike(db: Database, revision_id: RevisionId) -> list[tuple[RevisionId, Item]]:
    """The revision and the others of its item that have the same options and key, the oldest first."""
    rows = [
        (RevisionId(found), item_from_json(content))
        for found, content in many(db, REVISIONS, revision_id=revision_id)
    ]
    key = next(answer_key(item) for found, item in rows if found == revision_id)
    return [(found, item) for found, item in rows if answer_key(item) == key]


def ruled_by(db: Database, regrade_id: RegradeId) -> list[RevisionId]:
    """The revisions on which a regrade's ruling is in force."""
    return [RevisionId(row[0]) for row in many(db, RULED_BY, regrade_id=regrade_id)]


def add_ruling(
    db: Database, guild_id: GuildId, revision_id: RevisionId, regrade_id: RegradeId, ruling: Ruling
) -> None:
    """Put a ruling in force."""
    insert(
        db,
        "ruling",
        guild_id=guild_id,
        revision_id=revision_id,
        regrade_id=regrade_id,
        content=ruling_to_json(ruling),
    )


def end_rulings(db: Database, regrade_id: RegradeId, ended_by: RegradeId) -> None:
    """Take back what a regrade ruled, on all its revisions."""
    change(db, END, regrade_id=regrade_id, ended_by=ended_by)


def inherit_rulings(db: Database, item_id: ItemId, revision_id: RevisionId, item: Item) -> None:
    """Put the rulings on earlier revisions in force on a new one, in every server, if it asks the very same.

    A question that was reworded may have been put right by that, so its rulings end with its wording.
    """
    inherited: dict[tuple[GuildId, RegradeId], Ruling] = {}
    for guild_id, regrade_id, ruling, content in many(db, RULINGS_OF_ITEM, item_id=item_id):
        earlier = item_from_json(content)
        if earlier.prompt == item.prompt and answer_key(earlier) == answer_key(item):
            inherited[GuildId(guild_id), RegradeId(regrade_id)] = ruling_from_json(ruling)
    for (guild_id, regrade_id), ruling in inherited.items():
        add_ruling(db, guild_id, revision_id, regrade_id, ruling)
