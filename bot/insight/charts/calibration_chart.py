"""How sure somebody said they were, against how often they were right. Knows nothing of who that is."""

from bot.insight.certainty import SPANS, Calibration, Level
from bot.insight.charts.picture import Picture, first_that_fits
from bot.insight.charts.sheet import BLUE, FAINT_INK, GROUND, INK, NARROW, Sheet
from bot.insight.proportion import FEWEST_FOR_PERCENT, percent
from bot.quiz.certainty import Certainty

NAME = "calibration.png"
TITLE_WORDS = "How sure, how often right"
SPAN_COLOUR = "#33485c"

LABELS = {Certainty.GUESS: "Guess", Certainty.FAIRLY: "Fairly sure", Certainty.CERTAIN: "Certain"}

MARGIN = 20
AXIS, RIGHT_EDGE = 92, 520
TOP, BOTTOM, HEIGHT = 122.0, 560.0, 800.0
TITLE, TEXT, SMALL = 30, 23, 22
QUARTERS = (0, 25, 50, 75, 100)
SPAN_WIDTH = 0.6
"""The part of a column's width that its shaded span takes."""


def calibration_picture(profile: Calibration, title: str = TITLE_WORDS) -> Picture:
    """The three steps side by side: the span in which each earns most, the share right, and its plausible range."""
    sheet = Sheet(HEIGHT)
    sheet.text(MARGIN, 40, sheet.shortened(title, TITLE, NARROW - 2 * MARGIN, bold=True), TITLE, bold=True)
    sheet.text(MARGIN, 82, "Share of answers that were right", SMALL, colour=FAINT_INK)
    for quarter in QUARTERS:
        y = _height_of(quarter / 100)
        sheet.line((AXIS, y), (RIGHT_EDGE, y))
        sheet.text(AXIS - 12, y, f"{quarter}%", SMALL, colour=FAINT_INK, align="right")
    column = (RIGHT_EDGE - AXIS) / len(profile.levels)
    for place, level in enumerate(profile.levels):
        _draw_level(sheet, level, AXIS + (place + 0.5) * column, column)
    _draw_legend(sheet)
    return Picture(NAME, sheet.png(), _alt(profile))


def _height_of(share: float) -> float:
    return BOTTOM - share * (BOTTOM - TOP)


def _draw_level(sheet: Sheet, level: Level, x: float, column: float) -> None:
    low, high = (_height_of(share) for share in SPANS[level.certainty])
    wide = column * SPAN_WIDTH
    sheet.box(x - wide / 2, high, wide, low - high, SPAN_COLOUR, hatch="..")
    sheet.text(x, BOTTOM + 32, LABELS[level.certainty], TEXT, align="center", bold=True)
    counts = f"{level.right} of {level.answers}" if level.answers else "no answers"
    sheet.text(x, BOTTOM + 68, counts, TEXT, align="center", colour=INK if level.answers else FAINT_INK)
    if level.share is None or level.answers < FEWEST_FOR_PERCENT:
        return
    low, high = (_height_of(share) for share in level.range)
    y = _height_of(level.share)
    sheet.line((x, low), (x, high), colour=INK, width=5)
    for end in (low, high):
        sheet.line((x - 14, end), (x + 14, end), colour=INK, width=5)
    sheet.dot(x, y, 28, BLUE)
    sheet.text(x + 24, y, percent(level.right, level.answers), TEXT, bold=True, ground=GROUND)


def _draw_legend(sheet: Sheet) -> None:
    x, words, y = MARGIN + 20, MARGIN + 56, BOTTOM + 124
    sheet.dot(x, y, 24, BLUE)
    sheet.text(words, y, "share that was right", SMALL)
    sheet.line((x - 20, y + 42), (x + 20, y + 42), colour=INK, width=5)
    sheet.text(words, y + 42, "what is plausible for it", SMALL)
    sheet.box(x - 16, y + 68, 32, 32, SPAN_COLOUR, hatch="..")
    sheet.text(words, y + 84, "where it belongs: the step earns most", SMALL)


def _alt(profile: Calibration) -> str:
    opening = "Chart: how sure, against how often right."
    levels = [_level_words(level) for level in profile.levels]
    return first_that_fits([[opening, *levels]], "")


def _level_words(level: Level) -> str:
    low, high = (round(100 * share) for share in SPANS[level.certainty])
    name, earns = LABELS[level.certainty], f"this step earns most at {low}% to {high}%"
    if not level.answers:
        return f"{name}: no answers; {earns}."
    counts = f"{level.right} of {level.answers} right"
    if level.answers < FEWEST_FOR_PERCENT:
        return f"{name}: {counts}; {earns}."
    least, most = (round(100 * share) for share in level.range)
    share = percent(level.right, level.answers)
    return f"{name}: {counts}, {share} ({least}% to {most}% is plausible); {earns}."
