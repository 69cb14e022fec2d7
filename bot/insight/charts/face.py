"""The typeface of the pictures: which characters it has, and how wide they are. Loads matplotlib when asked."""

from functools import cache
from typing import Any

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that pictures are the same on every machine."""

MISSING = "□"
"""Stands for each character that the typeface does not have."""

MEASURED_AT = 100

ROUNDED_UP = 1.035
"""Drawing moves each letter onto whole pixels, which makes some lines up to 3 % longer."""


class Face:
    """One weight of the typeface. Used by one thread at a time."""

    def __init__(self, *, bold: bool) -> None:
        from matplotlib import font_manager, ft2font

        fonts: Any = font_manager  # matplotlib's own types have gaps
        # A copy of its own: drawing sets other sizes.
        self._font: Any = ft2font.FT2Font(fonts.findfont(font(MEASURED_AT, bold=bold)))
        self._font.set_size(MEASURED_AT, 72)
        self._known = frozenset[int](self._font.get_charmap())
        self._widths: dict[str, float] = {}

    def legible(self, text: str) -> str:
        """The text on one line, with ``MISSING`` in the place of what the typeface does not have."""
        return "".join(each if ord(each) in self._known else MISSING for each in " ".join(text.split()))

    def width(self, text: str, size: float) -> float:
        """How wide a legible text of that size is at most, in the unit of the size."""
        return sum(map(self._width, text)) * size / MEASURED_AT * ROUNDED_UP

    def fitting(self, text: str, size: float, room: float) -> int:
        """How many characters of a legible text have room, from its beginning."""
        left = room * MEASURED_AT / (size * ROUNDED_UP)
        for at, character in enumerate(text):
            left -= self._width(character)
            if left < 0:
                return at
        return len(text)

    def _width(self, character: str) -> float:
        if character not in self._widths:
            self._widths[character] = self._font.load_char(ord(character)).linearHoriAdvance / 65_536
        return self._widths[character]


@cache
def face(*, bold: bool) -> Face:
    """The typeface in one of its two weights, loaded once."""
    return Face(bold=bold)


def font(points: float, *, bold: bool) -> Any:
    """What matplotlib calls the typeface at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FAMILY, weight="bold" if bold else "normal", size=points)
