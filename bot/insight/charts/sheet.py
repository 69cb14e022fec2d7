"""A sheet to draw on, in units of its own, counted from the top left. Knows nothing of what it shows.

matplotlib is loaded when the first sheet is made: a bot that draws nothing pays neither its time nor its memory.
"""

import gc
from io import BytesIO
from typing import Any, Literal

from bot.insight.charts.face import MISSING, face, font

NARROW, WIDE = 560, 800
"""Units from left to right. On a phone 560 of them are some 300 pixels of a page, so that text of 22 is readable."""

PIXELS = 1_200
"""From left to right, for any number of units."""
PIXELS_AN_INCH = 150
INCHES = PIXELS / PIXELS_AN_INCH
POINTS_AN_INCH = 72

COMPRESSION = 3
"""Of 9. Twice as quick as the usual 6, for a twelfth more bytes."""

GROUND = "#2b2d31"
INK = "#f2f3f5"
FAINT_INK = "#b5bac1"
DARK_INK = "#111214"
GRID = "#4a4d55"

BLUE, YELLOW, ORANGE = "#56b4e9", "#f0e442", "#e08a3c"
GREEN, PINK = "#3fc296", "#e39ac6"
"""Told apart by those who see colours otherwise (after Okabe and Ito), and readable under ``DARK_INK``."""

LONGEST_LINE = 120
"""Characters that can have room at most; of longer texts no more is looked at."""

Align = Literal["left", "center", "right"]
Point = tuple[float, float]


class Sheet:
    """A picture in the making, ``width`` units wide and ``height`` high. Used by one thread, once."""

    def __init__(self, height: float, width: float = NARROW) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width = width
        self._points = INCHES * POINTS_AN_INCH / width
        # matplotlib's own types have gaps, which the checker would report at each call.
        self._figure: Any = Figure(
            figsize=(INCHES, INCHES * height / width),
            dpi=PIXELS_AN_INCH,
            facecolor=GROUND,
        )
        FigureCanvasAgg(self._figure)
        self._axes: Any = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = INK,
        align: Align = "left",
        bold: bool = False,
        ground: str | None = None,
    ) -> None:
        """Write one line around the height ``y``; ``ground`` is laid under it, where a pattern would disturb."""
        self._axes.text(
            x,
            y,
            face(bold=bold).legible(text),
            color=colour,
            fontproperties=font(size * self._points, bold=bold),
            horizontalalignment=align,
            verticalalignment="center_baseline",
            usetex=False,
            parse_math=False,  # a dollar sign is a dollar sign
            bbox=None if ground is None else {"facecolor": ground, "edgecolor": "none", "pad": 1.5},
        )

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line is, in units."""
        return face(bold=bold).width(face(bold=bold).legible(text), size)

    def shortened(self, text: str, size: float, room: float, *, bold: bool = False) -> str:
        """As much of the text as has room, with an ellipsis where something is missing.

        Empty where the typeface lacks most of it: a row of boxes says nothing, and the message has the text.
        """
        line = face(bold=bold).legible(text)
        if 2 * line.count(MISSING) > len(line):
            return ""
        if len(line) <= LONGEST_LINE and self.width_of(line, size, bold=bold) <= room:
            return line
        fitting = face(bold=bold).fitting(
            line[:LONGEST_LINE], size, room - self.width_of("…", size, bold=bold)
        )
        return line[:fitting].rstrip() + "…"

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, *, hatch: str | None = None
    ) -> None:
        """Fill a rectangle from its upper left corner, with a pattern if one is given."""
        from matplotlib.patches import Rectangle

        edge = DARK_INK if hatch else "none"
        self._axes.add_patch(
            Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, hatch=hatch, linewidth=0)
        )

    def line(self, start: Point, end: Point, *, colour: str = GRID, width: float = 2) -> None:
        """Draw a line between two points."""
        from matplotlib.lines import Line2D

        (x1, y1), (x2, y2) = start, end
        self._axes.add_line(
            Line2D([x1, x2], [y1, y2], color=colour, linewidth=width * self._points, solid_capstyle="butt")
        )

    def dot(self, x: float, y: float, size: float, colour: str = INK, *, mark: str = "o") -> None:
        """Draw a dot, ``size`` units across, or another of matplotlib's marks."""
        from matplotlib.lines import Line2D

        self._axes.add_line(
            Line2D([x], [y], marker=mark, markersize=size * self._points, color=colour, linestyle="none")
        )

    def png(self) -> bytes:
        """The finished picture."""
        written = BytesIO()
        packed = {"compress_level": COMPRESSION}
        self._figure.savefig(written, format="png", facecolor=GROUND, pil_kwargs=packed)
        # All parts of a figure hold each other, and with them some 10 MB of pixels, until Python looks for rubbish
        # again, which the bot seldom does. Only what is new has to be looked at.
        self._figure.clear()
        del self._figure, self._axes
        gc.collect(0)
        return written.getvalue()
