"""What the speed of a right answer is worth, where an instructor wants that. Pure; knows nothing of who answered.

The formula is Kahoot!'s: round((1 − (t/T)/2) · P), and all of P under half a second. T is the learner's own limit,
so that extra time never costs a point.
"""

from datetime import timedelta
from math import floor
from typing import Final

MOST_POINTS: Final = 1_000
"""P: what a right answer is worth that comes at once; at the end of the time it is half."""

AT_ONCE: Final = timedelta(seconds=0.5)


def worth(elapsed: timedelta, limit: timedelta) -> int:
    """Points for a right answer after ``elapsed``, from half of ``MOST_POINTS`` to all; halves are rounded up.

    An answer after the limit (it was prolonged) is worth the half. ``ValueError`` for a limit that is not positive.
    """
    if limit <= timedelta():
        raise ValueError(f"a limit is longer than nothing, not {limit}")
    if elapsed < AT_ONCE:
        return MOST_POINTS
    share = min(elapsed / limit, 1.0)
    return floor((1 - share / 2) * MOST_POINTS + 0.5)
