"""What a learner has answered in a server, over all runs: only answers whose result the learner may know."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.ids import GuildId, ItemId, SetId, UserId
from bot.insight.progress import Asked, Given
from bot.quiz.certainty import Certainty
from bot.quiz.run import RunMode
from bot.store.known import RESULT_COUNTS
from bot.store.moments import from_text, to_text
from bot.store.questions import parse_item
from bot.store.rulings import dropped_revisions
from bot.store.sql import first, many

# The order of interactions is that of time, so the first of two votes on a question comes first.
ANSWERS = f"""
    SELECT v.item_id, a.outcome, a.fraction, a.certainty, a.answered_at, r.mode
    FROM learner AS l
    JOIN answer AS a ON a.learner_id = l.learner_id
    JOIN round AS o ON o.round_id = a.round_id
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    WHERE l.guild_id = :guild_id AND l.user_id = :user_id AND {RESULT_COUNTS}
    ORDER BY a.interaction_id
"""
ITEMS = """
    SELECT i.item_id, i.set_id, s.key, i.category, i.retired_at IS NULL, v.revision_id, v.content
    FROM item AS i
    JOIN question_set AS s ON s.set_id = i.set_id
    JOIN revision AS v ON v.revision_id = i.revision_id
    WHERE i.item_id IN (SELECT value FROM json_each(:item_ids)) AND (:set_key IS NULL OR s.key = :set_key)
"""
STOCK = """
    SELECT s.key, COUNT(*)
    FROM question_set AS s
    JOIN item AS i ON i.set_id = s.set_id
    WHERE s.set_id IN (SELECT value FROM json_each(:set_ids)) AND i.retired_at IS NULL AND i.kind <> 'claim'
          AND i.revision_id NOT IN (SELECT value FROM json_each(:dropped))
    GROUP BY s.set_id
"""
NAMED_SET = """
    SELECT set_id, key, title FROM question_set
    WHERE guild_id IN (0, :guild_id) AND (key = :key OR set_id = :set_id)
    ORDER BY retired_at IS NOT NULL, guild_id DESC
"""


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A set that a server has or had, by its names."""

    set_id: SetId
    key: str
    title: str


def history_of(
    db: Database,
    guild_id: GuildId,
    user_id: UserId,
    at: datetime,
    *,
    in_use: Collection[SetId],
    set_key: str | None = None,
) -> list[Given]:
    """A learner's answers, the first one first: to all sets, or to those of that key, retired ones too.

    Items count as askable where their set is one of those ``in_use`` and the server has not dropped them.
    """
    rows = many(db, ANSWERS, guild_id=guild_id, user_id=user_id, at=to_text(at))
    items = _items(db, {row[0] for row in rows}, guild_id, in_use, set_key)
    return [
        Given(
            items[item_id],
            Outcome(outcome),
            fraction,
            from_text(answered_at),
            RunMode(mode),
            None if certainty is None else Certainty(certainty),
        )
        for item_id, outcome, fraction, certainty, answered_at, mode in rows
        if item_id in items
    ]


def stock_of(db: Database, guild_id: GuildId, set_ids: Collection[SetId]) -> dict[str, int]:
    """How many questions of each set a quiz in that server can ask, by the set's key."""
    dropped = json.dumps(list(dropped_revisions(db, guild_id)))
    return dict(many(db, STOCK, set_ids=json.dumps(list(set_ids)), dropped=dropped))


def set_named(
    db: Database, guild_id: GuildId, *, key: str | None = None, set_id: SetId | None = None
) -> NamedSet | None:
    """The set of that key or id, a retired one too; one in use goes first, and the server's own of two."""
    row = first(db, NAMED_SET, guild_id=guild_id, key=key, set_id=set_id)
    return None if row is None else NamedSet(SetId(row[0]), row[1], row[2])


def _items(
    db: Database, item_ids: Collection[int], guild_id: GuildId, in_use: Collection[SetId], set_key: str | None
) -> dict[int, Asked]:
    found: dict[int, Asked] = {}
    rows = many(db, ITEMS, item_ids=json.dumps(list(item_ids)), set_key=set_key)
    dropped = dropped_revisions(db, guild_id)
    for item_id, set_id, key, category, current, revision_id, content in rows:
        item = parse_item(content)
        askable = bool(current) and set_id in in_use and revision_id not in dropped
        found[item_id] = Asked(ItemId(item_id), key, Category(category), item.tags, item.difficulty, askable)
    return found
