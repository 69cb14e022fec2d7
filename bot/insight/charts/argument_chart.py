"""The map of a debate: the arguments for and against the motion, each with what answers it. Knows nobody's name."""

from collections.abc import Iterator

from bot.debate.argument import Relation
from bot.debate.argument_map import Placed, Trees, map_extract, standing_counts
from bot.debate.sides import Side
from bot.insight.charts.picture import Picture, cut, first_that_fits
from bot.insight.charts.sheet import BLUE, DARK_INK, FAINT_INK, GRID, INK, ORANGE, WIDE, Sheet

NAME = "argument-map.png"

DEEPEST = 4
"""Answers to answers stand further in, up to so far: beyond that there is no room for words, and each names what it
answers."""

MOST_OPEN_SAID = 20
"""So many that nobody has challenged are named in the words of the picture, the newest."""

MARGIN = 20
HEAD = 96
SIDE_LINE = 56
ROW = 44
STEP = 34
BADGE = 62
TITLE, TEXT, SMALL = 28, 23, 21

COLOURS = {Side.FOR: BLUE, Side.AGAINST: ORANGE}
HATCHES = {Side.FOR: None, Side.AGAINST: "//"}
SIGNS = {None: "", Relation.SUPPORTS: "+ ", Relation.ATTACKS: "✗ ", Relation.UNDERCUTS: "? "}
UNCHALLENGED = "· "
SIGNS_KEY = "+ supports   ✗ attacks   ? undercuts"
UNCHALLENGED_KEY = f"{UNCHALLENGED}not challenged yet"


def argument_picture(motion: str, trees: Trees, *, names_unchallenged: bool = True) -> Picture:
    """The map, the extract of it that has room. Raises ``ValueError`` without an argument.

    ``names_unchallenged``: what nobody has challenged is marked.
    """
    shown = map_extract(trees)
    rows = [(side, placed) for side in Side for placed in shown[side]]
    if not rows:
        raise ValueError("there is no argument to draw")
    height = HEAD + SIDE_LINE * sum(1 for side in Side if shown[side]) + ROW * len(rows) + MARGIN
    sheet = Sheet(height, WIDE)
    room = sheet.width - 2 * MARGIN
    sheet.text(MARGIN, 36, sheet.shortened(motion, TITLE, room, bold=True), TITLE, bold=True)
    key = f"{SIGNS_KEY}   {UNCHALLENGED_KEY}" if names_unchallenged else SIGNS_KEY
    sheet.text(MARGIN, 74, key, SMALL, colour=FAINT_INK)
    y = float(HEAD)
    shown_side: Side | None = None
    for side, placed in rows:
        if side is not shown_side:
            shown_side = side
            words = f"{side.words} the motion, with the answers"
            sheet.text(MARGIN, y + SIDE_LINE / 2, words, TEXT, bold=True)
            sheet.line((MARGIN, y + SIDE_LINE - 6), (sheet.width - MARGIN, y + SIDE_LINE - 6), colour=GRID)
            y += SIDE_LINE
        _draw_row(sheet, y, placed, marked=names_unchallenged and placed.unchallenged)
        y += ROW
    return Picture(NAME, sheet.png(), _alt(trees, shown, names_unchallenged=names_unchallenged))


def _draw_row(sheet: Sheet, y: float, placed: Placed, *, marked: bool) -> None:
    argument, depth = placed.argument, min(placed.depth, DEEPEST)
    x, middle = MARGIN + STEP * depth, y + ROW / 2
    if depth:
        sheet.line((x - STEP / 2, y - ROW / 2 + 12), (x - STEP / 2, middle))
        sheet.line((x - STEP / 2, middle), (x, middle))
    colour, hatch = COLOURS[argument.side], HATCHES[argument.side]
    sheet.box(x, y + 6, BADGE, ROW - 12, colour, hatch=hatch)
    sheet.text(
        x + BADGE / 2,
        middle,
        str(argument.number),
        SMALL,
        colour=DARK_INK,
        align="center",
        bold=True,
        ground=colour if hatch else None,
    )
    start = x + BADGE + 12
    words = argument.text.claim if argument.stands else argument.absence
    below_it = 0 < placed.depth <= DEEPEST or argument.parent_number is None
    answered = "" if below_it else f"{argument.parent_number} "
    line = f"{SIGNS[argument.relation]}{answered}{UNCHALLENGED if marked else ''}{' '.join(words.split())}"
    sheet.text(
        start,
        middle,
        sheet.shortened(line, TEXT, sheet.width - MARGIN - start),
        TEXT,
        colour=INK if argument.stands else FAINT_INK,
    )


def _alt(trees: Trees, shown: Trees, *, names_unchallenged: bool) -> str:
    opening = list(_opening(trees, names_unchallenged=names_unchallenged))
    return first_that_fits(
        ([*opening, *_sentences(shown, longest)] for longest in (90, 50, 25)),
        "The text below has others.",
    )


def _opening(trees: Trees, *, names_unchallenged: bool) -> Iterator[str]:
    counts = ", ".join(f"{count} {side.words.lower()}" for side, count in standing_counts(trees).items())
    yield f"Map of the arguments: {counts} the motion."
    open_ones = sorted(each.argument.number for side in Side for each in trees[side] if each.unchallenged)
    if names_unchallenged and open_ones:
        more = len(open_ones) - MOST_OPEN_SAID
        named = ", ".join(map(str, open_ones[-MOST_OPEN_SAID:]))
        yield f"Not challenged yet: {named}{f' and {more} older' if more > 0 else ''}."


def _sentences(trees: Trees, longest: int) -> Iterator[str]:
    """The arguments of both sides in turns, so that neither is left out where there is no room for all."""
    places = max(len(trees[side]) for side in Side)
    for placed in (trees[side][at] for at in range(places) for side in Side if at < len(trees[side])):
        argument = placed.argument
        words = cut(argument.text.claim, longest) if argument.stands else argument.absence
        relation = ""
        if argument.relation is not None:
            relation = f" {argument.relation.value} {argument.parent_number}"
        yield f"{argument.number} ({argument.side.words.lower()}){relation}: {words}."
