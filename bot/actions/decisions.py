"""The record of what instructors have decided about questions."""

from dataclasses import dataclass
from math import ceil

from sqlite_utils import Database

from bot.bank.kinds import Item
from bot.ids import GuildId
from bot.store.questions import revision_item
from bot.store.regrades import Regrade as Regrade
from bot.store.regrades import count_regrades, regrades_of

DECISIONS_ON_PAGE = 5


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """A page of the record (from 0 of ``pages``), the newest first, each with its question."""

    decisions: tuple[tuple[Regrade, Item], ...]
    page: int
    pages: int


def decisions_page(db: Database, *, guild_id: GuildId, page: int = 0) -> DecisionsPage:
    """A page of the record; the nearest there is where it does not exist."""
    pages = max(1, ceil(count_regrades(db, guild_id) / DECISIONS_ON_PAGE))
    page = max(0, min(page, pages - 1))
    found = regrades_of(db, guild_id, skip=page * DECISIONS_ON_PAGE, most=DECISIONS_ON_PAGE)
    return DecisionsPage(tuple((each, revision_item(db, each.revision_id)) for each in found), page, pages)
