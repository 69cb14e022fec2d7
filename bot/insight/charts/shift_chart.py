"""Two votes on one question, before and after people talked: two bars an option. Counts only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.insight.charts.picture import Picture, cut, first_that_fits
from bot.insight.charts.sheet import BLUE, FAINT_INK, GRID, ORANGE, Sheet

NAME = "two-votes.png"

FIRST, SECOND = "first vote", "second vote"
FIRST_HATCH = "//"

MARGIN = 20
HEAD, RIGHT_LINE = 132, 40
OPTION = 142
BAR = 40
END_GAP = 12
TITLE, TEXT, SMALL = 28, 25, 22


@dataclass(frozen=True, slots=True)
class Shift:
    """An option, such as ``"B · 43"``: how many chose it at first and afterwards, and whether it is right.

    ``right`` is None as long as that is not to be seen.
    """

    option: str
    first: int
    second: int
    right: bool | None = None


def shift_picture(question: str, shifts: Sequence[Shift]) -> Picture:
    """Both votes on a question, option by option. Raises ``ValueError`` without an option."""
    if not shifts:
        raise ValueError("there is no option to draw")
    head = HEAD + (RIGHT_LINE if any(each.right for each in shifts) else 0)
    sheet = Sheet(head + OPTION * len(shifts) + MARGIN / 2)
    room = sheet.width - 2 * MARGIN
    sheet.text(MARGIN, 40, sheet.shortened(question, TITLE, room, bold=True), TITLE, bold=True)
    _draw_legend(sheet, shifts)
    unit = _longest_unit(sheet, shifts, room)
    for place, shift in enumerate(shifts):
        top = head + place * OPTION
        bold = shift.right is True
        label = f"✓ {shift.option}" if bold else shift.option
        sheet.text(MARGIN, top + 18, sheet.shortened(label, TEXT, room, bold=bold), TEXT, bold=bold)
        _draw_bar(sheet, top + 40, shift.first, unit, first=True)
        _draw_bar(sheet, top + 40 + BAR + 4, shift.second, unit, first=False)
    return Picture(NAME, sheet.png(), _alt(question, shifts))


def _longest_unit(sheet: Sheet, shifts: Sequence[Shift], room: float) -> float:
    most = max(1, *(max(each.first, each.second) for each in shifts))
    return (room - END_GAP - sheet.width_of(str(most), SMALL, bold=True)) / most


def _draw_legend(sheet: Sheet, shifts: Sequence[Shift]) -> None:
    first, second = (
        sum(votes) for votes in zip(*((each.first, each.second) for each in shifts), strict=True)
    )
    x = float(MARGIN)
    for words, votes, colour, hatch in ((FIRST, first, ORANGE, FIRST_HATCH), (SECOND, second, BLUE, None)):
        label = f"{words}: {votes}"
        sheet.box(x, 76, 28, 28, colour, hatch=hatch)
        sheet.text(x + 38, 91, label, SMALL)
        x += 38 + sheet.width_of(label, SMALL) + 26
    if any(each.right for each in shifts):
        sheet.text(MARGIN, 91 + RIGHT_LINE, "✓ right answer", SMALL)


def _draw_bar(sheet: Sheet, top: float, votes: int, unit: float, *, first: bool) -> None:
    end, middle = MARGIN + votes * unit, top + BAR / 2
    if votes:
        colour, hatch = (ORANGE, FIRST_HATCH) if first else (BLUE, None)
        sheet.box(MARGIN, top, votes * unit, BAR, colour, hatch=hatch)
    else:
        sheet.line((MARGIN, top), (MARGIN, top + BAR), colour=GRID, width=3)
    sheet.text(end + END_GAP, middle, str(votes), SMALL, bold=bool(votes), colour=FAINT_INK)


def _alt(question: str, shifts: Sequence[Shift]) -> str:
    return first_that_fits(
        ([_opening(question, 200), *_sentences(shifts, longest)] for longest in (120, 60, 20)),
        "The message has the other options.",
    )


def _opening(question: str, longest: int) -> str:
    return f"Two votes on “{cut(question, longest)}”, the first and then the second."


def _sentences(shifts: Sequence[Shift], longest: int) -> Iterator[str]:
    for each in shifts:
        right = " (the right answer)" if each.right else ""
        yield f"{cut(each.option, longest)}{right}: {each.first}, then {each.second}."
