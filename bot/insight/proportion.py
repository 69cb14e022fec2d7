"""A share of few people, told honestly: counts always, a percentage only from five, and how sure it is.

Knows nothing of questions or votes.
"""

from math import sqrt

FEWEST_FOR_PERCENT = 5
FEWEST_FOR_CERTAINTY = 20
"""From here on a share is given without its range; below it, nothing is flagged."""

Z_95 = 1.959964


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share, two numbers in 0-1; (0, 1) where ``of`` is 0.

    It stays within 0-1 and is not a point when nobody or everybody was right. E. B. Wilson, JASA 22 (1927).
    """
    _check(count, of)
    if of == 0:
        return 0.0, 1.0
    share, z2 = count / of, Z_95**2
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_95 / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    # At the ends the exact bound is the end itself; rounding would leave a hair beside it.
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == of else centre + half
    return low, high


def percent(count: int, of: int) -> str:
    """A share as whole percent, halves rounded up: ``"58%"``; ``"no answers"`` where ``of`` is 0.

    0% means nobody and 100% everybody: what would round to them is ``"under 1%"`` or ``"over 99%"``.
    """
    _check(count, of)
    if of == 0:
        return "no answers"
    whole = (200 * count + of) // (2 * of)
    if whole == 0 and count > 0:
        return "under 1%"
    if whole == 100 and count < of:
        return "over 99%"
    return f"{whole}%"


def tally(count: int, of: int) -> str:
    """A share in words: ``"3 of 4"``, and from five people on with its percentage: ``"7 of 12, 58%"``."""
    _check(count, of)
    return f"{count} of {of}" if of < FEWEST_FOR_PERCENT else f"{count} of {of}, {percent(count, of)}"


def plausible_range(count: int, of: int) -> str | None:
    """The Wilson interval in words, ``"32% to 81%"``, where it is needed: from 5 to 19 people. Else None."""
    if not FEWEST_FOR_PERCENT <= of < FEWEST_FOR_CERTAINTY:
        return None
    low, high = wilson(count, of)
    return f"{round(100 * low)}% to {round(100 * high)}%"


def _check(count: int, of: int) -> None:
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share")
