"""Extra time for a learner who needs it. Pure; knows nothing of who has it or why.

Every limit of a learner's own comes from here, in a live quiz and elsewhere, so that extra time means the same
everywhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SMALLEST_FACTOR: Final = 1.1
LARGEST_FACTOR: Final = 4.0

LONGEST_WAIT: Final = timedelta(minutes=10)
"""In a live quiz the class waits no longer than this for a learner without a limit: the longest question there is."""

CHANGE_OF_MIND: Final = timedelta(seconds=5)
"""So long a class still waits after the last answer that it waited for: a wrong tap can be put right."""


@dataclass(frozen=True, slots=True)
class Accommodation:
    """What a learner has for every quiz: so many times the usual time, or no limit at all."""

    factor: float = 1.0
    untimed: bool = False

    @property
    def given(self) -> bool:
        """Whether there is any."""
        return self.untimed or self.factor != 1


NO_ACCOMMODATION: Final = Accommodation()


def own_limit(base: timedelta | None, accommodation: Accommodation) -> timedelta | None:
    """A learner's own limit where the others have ``base``; None is no limit."""
    if base is None or accommodation.untimed:
        return None
    return base * accommodation.factor


def live_limit(base: timedelta, accommodation: Accommodation) -> timedelta:
    """A learner's own time for a live question. A class cannot wait for ever: "no limit" is ``LONGEST_WAIT``."""
    own = own_limit(base, accommodation)
    return max(base, LONGEST_WAIT) if own is None else own


def own_end(opened_at: datetime, closes_at: datetime, accommodation: Accommodation) -> datetime:
    """When a live question ends for a learner; it opened for all at once and ends for the class at ``closes_at``."""
    return opened_at + live_limit(closes_at - opened_at, accommodation)
