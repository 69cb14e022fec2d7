"""What the outcome of a debate has shown of votes: counts as JSON, once and for all."""

from datetime import datetime

from sqlite_utils import Database

from bot.ids import DebateId
from bot.store.moments import to_text
from bot.store.sql import change, first

KEEP = """
    INSERT INTO debate_figures (debate_id, content, counted_at) VALUES (:debate_id, :content, :at)
    ON CONFLICT (debate_id) DO NOTHING
"""
FIGURES = """
    SELECT content FROM debate_figures WHERE debate_id = :debate_id
"""


def keep_figures_row(db: Database, debate_id: DebateId, content: str, at: datetime) -> None:
    """Keep the figures of a debate; those that are kept already stay."""
    change(db, KEEP, debate_id=debate_id, content=content, at=to_text(at))


def find_figures(db: Database, debate_id: DebateId) -> str | None:
    """The figures that were kept, or None."""
    row = first(db, FIGURES, debate_id=debate_id)
    return None if row is None else str(row[0])
