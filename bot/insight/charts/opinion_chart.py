"""The opinion map as a picture: people as marks, those who answered alike close together. Knows nothing of who it is.

What is not on the map stays off the picture: groups that are too small, and everybody who gave too few answers.
"""

from collections.abc import Sequence

from bot.insight.charts.picture import Picture, first_that_fits
from bot.insight.charts.sheet import BLUE, FAINT_INK, GREEN, GROUND, INK, NARROW, ORANGE, PINK, YELLOW, Sheet
from bot.insight.opinion_map import Group, OpinionMap

NAME = "opinion-map.png"

LETTERS = "ABCDE"
MARKS = (("o", BLUE), ("s", ORANGE), ("^", YELLOW), ("D", GREEN), ("P", PINK))
"""Each group has a shape of its own beside its colour."""

MARGIN = 20
FRAME = 36
"""Units between the edge of the map and the outermost people."""
TOP, SIDE = 112.0, NARROW - 2.0 * MARGIN
LEGEND_LINE = 38
TITLE, TEXT, SMALL = 30, 25, 22
PERSON, SIGN = 17, 22
LETTER = 34

Point = tuple[float, float]


def letter_of(place: int) -> str:
    """The letter of the group at a place, from 0."""
    return LETTERS[place]


def opinion_picture(found: OpinionMap, title: str) -> Picture:
    """The people of each group where they stand, with the group's letter in their middle."""
    legend = TOP + SIDE + 34
    sheet = Sheet(legend + LEGEND_LINE * len(found.groups) + MARGIN / 2)
    room = sheet.width - 2 * MARGIN
    sheet.text(MARGIN, 40, sheet.shortened(title, TITLE, room, bold=True), TITLE, bold=True)
    sheet.text(MARGIN, 82, "A mark is a person; close together: alike", SMALL, colour=FAINT_INK)
    for start, end in _frame():
        sheet.line(start, end)
    places = [_placed(group.points, found.groups) for group in found.groups]
    for points, (mark, colour) in zip(places, MARKS, strict=False):
        for x, y in points:
            sheet.dot(x, y, PERSON, colour, mark=mark)
    for place, points in enumerate(places):
        x, y = _middle(points)
        sheet.text(x, y, letter_of(place), LETTER, bold=True, align="center", ground=GROUND)
    for place, (group, (mark, colour)) in enumerate(zip(found.groups, MARKS, strict=False)):
        y = legend + place * LEGEND_LINE
        sheet.dot(MARGIN + 14, y, SIGN, colour, mark=mark)
        sheet.text(MARGIN + 40, y, f"Group {letter_of(place)}: {group.size} people", TEXT, colour=INK)
    return Picture(NAME, sheet.png(), _alt(found))


def _frame() -> list[tuple[Point, Point]]:
    left, right, top, bottom = float(MARGIN), MARGIN + SIDE, TOP, TOP + SIDE
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _placed(points: Sequence[Point], groups: Sequence[Group]) -> list[Point]:
    """Where points are drawn: all groups fill the frame, and a step is as long sideways as upwards."""
    (left, right), (low, high) = _span(groups, 0), _span(groups, 1)
    scale = (SIDE - 2 * FRAME) / max(right - left, high - low, 1e-9)
    x, y = MARGIN + SIDE / 2, TOP + SIDE / 2
    return [
        (x + scale * (across - (left + right) / 2), y - scale * (up - (low + high) / 2))
        for across, up in points
    ]


def _span(groups: Sequence[Group], axis: int) -> tuple[float, float]:
    every = [point[axis] for group in groups for point in group.points]
    return min(every), max(every)


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _alt(found: OpinionMap) -> str:
    shown = sum(group.size for group in found.groups)
    opening = f"Map of {shown} people: those who answered alike stand close together."
    groups = [
        f"Group {letter_of(place)}, {group.size} people, {_where(_placed(group.points, found.groups))}."
        for place, group in enumerate(found.groups)
    ]
    left_out = [f"Not on it: {found.left_out} in smaller groups."] if found.left_out else []
    return first_that_fits([[opening, *groups, *left_out]], "")


def _where(points: Sequence[Point]) -> str:
    """The place of a group in words: ``"at the top left"``."""
    x, y = _middle(points)
    across = _third((x - MARGIN) / SIDE, "left", "right")
    up = _third((y - TOP) / SIDE, "top", "bottom")
    words = " ".join(word for word in (up, across) if word)
    return f"at the {words}" if words else "in the middle"


def _third(share: float, near: str, far: str) -> str:
    if share < 0.42:
        return near
    return far if share > 0.58 else ""
