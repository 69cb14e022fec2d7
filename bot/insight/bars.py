"""Bars made of text, narrow enough for a phone. Knows nothing of what they count.

The numbers come first, in words, and the bar last: a screen reader has said everything by then, and a bar has
no empty part that it would have to read out.
"""

from bot.insight.proportion import percent, tally

__all__ = ["bar", "percent", "tally_bar"]

BLOCK = "█"


def bar(share: float, width: int = 10) -> str:
    """A bar of up to ``width`` blocks for a share of 0-1, and nothing at all for 0.

    Only 0 has no block and only 1 has all of them, so that a bar never says "nobody" or "everybody" wrongly.
    Raises ``ValueError`` for a share outside 0-1 or a width under 2.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share is 0-1, not {share}")
    if width < 2:
        raise ValueError(f"a bar has a width of at least 2, not {width}")
    if share in (0, 1):
        return BLOCK * (width * int(share))
    return BLOCK * min(max(int(share * width + 0.5), 1), width - 1)


def tally_bar(count: int, of: int, width: int = 10) -> str:
    """Count, percentage (from five people on) and bar: ``"7 of 12, 58% ██████"``."""
    return f"{tally(count, of)} {bar(count / of if of else 0.0, width)}".rstrip()
