"""What a quiz is narrowed down to, and what a learner has seen of it. Pure; knows nothing of how items are drawn."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.bank.grade import Outcome
from bot.bank.item import ItemBase

RECENT: Final = timedelta(days=3)
"""For so long after an answer, other questions are drawn first."""


class Level(StrEnum):
    """A range of difficulty."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @classmethod
    def of(cls, difficulty: int) -> "Level":
        """The level of a difficulty: 1 and 2 are easy, 3 is medium, 4 and 5 are hard."""
        return cls.EASY if difficulty < 3 else cls.MEDIUM if difficulty == 3 else cls.HARD


class Which(StrEnum):
    """Which questions, by what the learner has answered."""

    MISSED = "missed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Seen:
    """A learner's latest answer to an item."""

    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Focus:
    """A topic, a level, or only what was missed or is new; everything where all are None."""

    tag: str | None = None
    level: Level | None = None
    which: Which | None = None

    def admits(self, item: ItemBase, seen: Seen | None = None) -> bool:
        """Whether the item is asked; ``seen`` is the learner's latest answer to it, if there is one."""
        if self.tag is not None and self.tag not in item.tags:
            return False
        if self.level is not None and Level.of(item.difficulty) is not self.level:
            return False
        match self.which:
            case None:
                return True
            case Which.MISSED:
                return seen is not None and seen.outcome is not Outcome.RIGHT
            case Which.NEW:
                return seen is None


EVERYTHING: Final = Focus()


def is_fresh(seen: Seen | None, at: datetime) -> bool:
    """Whether the item has not been answered in the last days."""
    return seen is None or at - seen.at >= RECENT


def focus_to_text(focus: Focus) -> str:
    """The form in which a focus is stored: a JSON object of what is set, such as ``{"tag":"surveys"}``."""
    parts = {"tag": focus.tag, "level": focus.level, "which": focus.which}
    return json.dumps(
        {name: value for name, value in parts.items() if value is not None}, separators=(",", ":")
    )


def focus_from_text(stored: str) -> Focus:
    """The focus that :func:`focus_to_text` wrote."""
    parts: dict[str, str] = json.loads(stored)
    level, which = parts.get("level"), parts.get("which")
    return Focus(
        parts.get("tag"), None if level is None else Level(level), None if which is None else Which(which)
    )
