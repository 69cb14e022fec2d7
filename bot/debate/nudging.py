"""Who is spoken to privately while a debate goes on: the silent, and those who speak for many. Pure.

Only where contributions are spread more unevenly than chance explains; nobody is ever named in public.
"""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from bot.debate.participation import Person, spread

LEFT_OF_STAGE = 1 / 3
"""The share of a stage that is left when people are nudged: enough to say something."""

THERE_FOR = 1 / 2
"""Whoever has been there for less than this share of the stage so far has had no fair chance to speak."""


class NudgeKind(StrEnum):
    """Why somebody is nudged."""

    SILENT = "silent"
    DOMINANT = "dominant"


def who_to_nudge(counts: Mapping[Person, int], seed: int) -> dict[Person, NudgeKind]:
    """Those to nudge, of everybody who may speak with how often they did; nobody where chance explains the spread."""
    found = spread(counts, random.Random(seed))
    if not found.uneven:
        return {}
    nudges = dict.fromkeys((each for each, count in counts.items() if count == 0), NudgeKind.SILENT)
    nudges |= dict.fromkeys(found.dominating, NudgeKind.DOMINANT)
    return nudges


def nudge_moment(due_at: datetime, length: timedelta) -> datetime:
    """When a stage is two thirds over that ends at ``due_at`` and lasts so long in all, without pauses."""
    return due_at - length * LEFT_OF_STAGE


def was_there(joined_at: datetime, begun_at: datetime, at: datetime) -> bool:
    """Whether somebody who joined then has had a fair chance to speak in a stage that began at ``begun_at``."""
    return at - joined_at >= (at - begun_at) * THERE_FOR
