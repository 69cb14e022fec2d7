"""The schema, as a list of steps that only grows. Each step runs in one transaction.

A step that has been released is never edited: add another, at the end of the module of its subject or in a module
of its own, which is then imported here after those before it. Every table is STRICT; moments are text in UTC (see
``moments``); snowflakes and row ids are integers; JSON is text.
"""

from sqlite_utils import Database

# In the order in which the steps are applied:
# isort: off
from bot.store.migrations import foundation as foundation
from bot.store.migrations import self_paced as self_paced
from bot.store.migrations import live as live
from bot.store.migrations import assignments as assignments
from bot.store.migrations import review as review
from bot.store.migrations import inbox as inbox
from bot.store.migrations import participants as participants
from bot.store.migrations import debates as debates
from bot.store.migrations import opinions as opinions
from bot.store.migrations import evidence as evidence
from bot.store.migrations import arguments as arguments
from bot.store.migrations import threads as threads
from bot.store.migrations import judging as judging
from bot.store.migrations import closing as closing
from bot.store.migrations import fairness as fairness
from bot.store.migrations import caucuses as caucuses
from bot.store.migrations import argument_cards as argument_cards
from bot.store.migrations import hiding as hiding
from bot.store.migrations import look_ups as look_ups
from bot.store.migrations.registry import MIGRATIONS as MIGRATIONS

# isort: on


def unknown_migrations(db: Database) -> tuple[str, ...]:
    """The names of steps in the file that this version does not have; empty for an older or equal file."""
    return tuple(sorted(step.name for step in MIGRATIONS.applied(db) if step.name not in _OURS))


def belongs_to_another_program(db: Database) -> bool:
    """Whether the file has tables, but none of them came from here."""
    return bool(set(db.table_names()) - {MIGRATIONS.migrations_table}) and not MIGRATIONS.applied(db)


_OURS = frozenset(step.name for step in MIGRATIONS.pending(Database(memory=True)))
