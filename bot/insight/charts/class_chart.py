"""The class by question: a bar each, as long as many answered, parted into right, partly right and not right.

Counts only; knows nothing of who answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from bot.insight.charts.picture import Picture, cut, first_that_fits
from bot.insight.charts.sheet import BLUE, DARK_INK, FAINT_INK, GRID, NARROW, ORANGE, WIDE, YELLOW, Sheet
from bot.insight.run_summary import QuestionResult, RunSummary

NAME = "class.png"

MOST_WITH_WORDS = 10
"""Up to so many questions each bar has the question above it; the message says them all anyway."""
MOST_IN_A_COLUMN = 25

MARGIN = 20
GAP = 28
NUMBER_ROOM = 46
HEAD = 150
WORD_LINE = 36
END_GAP = 12
TEXT, SMALL, TITLE = 25, 22, 30
STEPS = 20
"""So many lengths of the longest bar are tried, until what stands behind the bars has room, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every bar: what it is, the sign that says so without colour, and how it is drawn."""

    words: str
    sign: str
    colour: str
    hatch: str | None = None


RIGHT = Part("right", "✓", BLUE)
PARTLY = Part("partly right", "½", YELLOW, "..")
NOT_RIGHT = Part("not right", "✗", ORANGE, "//")

Counted = list[tuple[Part, int]]


def class_picture(summary: RunSummary, title: str) -> Picture:
    """The class by question, readable on a phone up to 25 questions. Raises ``ValueError`` without a question."""
    if not summary.questions:
        raise ValueError("there is no question to draw")
    count = len(summary.questions)
    sheet = Sheet(_height(count), NARROW if count <= MOST_IN_A_COLUMN else WIDE)
    _draw_head(sheet, summary, title)
    rows = _Rows(sheet, summary.questions)
    for place, question in enumerate(summary.questions):
        rows.draw(place, question)
    return Picture(NAME, sheet.png(), _alt(summary))


def _height(questions: int) -> float:
    lines = questions if questions <= MOST_IN_A_COLUMN else ceil(questions / 2)
    return HEAD + lines * _line_height(questions) + MARGIN / 2


def _line_height(questions: int) -> float:
    return 98 if questions <= MOST_WITH_WORDS else 46


def _draw_head(sheet: Sheet, summary: RunSummary, title: str) -> None:
    sheet.text(
        MARGIN, 40, sheet.shortened(title, TITLE, sheet.width - 2 * MARGIN, bold=True), TITLE, bold=True
    )
    who = "1 person" if summary.people == 1 else f"{summary.people} people"
    sheet.text(MARGIN, 78, f"{who}. Behind each bar: answers.", SMALL, colour=FAINT_INK)
    x = float(MARGIN)
    for part in _legend(summary):
        sheet.box(x, 102, 28, 28, part.colour, hatch=part.hatch)
        label = f"{part.sign} {part.words}"
        sheet.text(x + 36, 117, label, SMALL)
        x += 36 + sheet.width_of(label, SMALL) + 20


def _legend(summary: RunSummary) -> list[Part]:
    return [RIGHT, *([PARTLY] if any(each.partly for each in summary.questions) else []), NOT_RIGHT]


class _Rows:
    """Where each question stands, and how long its bar is."""

    def __init__(self, sheet: Sheet, questions: Sequence[QuestionResult]) -> None:
        self._sheet = sheet
        self._with_words = len(questions) <= MOST_WITH_WORDS
        self._line = _line_height(len(questions))
        columns = 1 if len(questions) <= MOST_IN_A_COLUMN else 2
        self._lines = ceil(len(questions) / columns)
        self._column = (sheet.width - 2 * MARGIN - (columns - 1) * GAP) / columns
        self._unit = self._longest_unit(questions, self._column - NUMBER_ROOM)

    def _longest_unit(self, questions: Sequence[QuestionResult], room: float) -> float:
        """How long a bar is for each answer, so that each bar and what stands behind it have room."""
        most = max(1, *(each.answers for each in questions))
        for step in range(STEPS):
            unit = room * (1 - step / STEPS) / most
            if all(each.answers * unit + self._end_room(each, unit) <= room for each in questions):
                return unit
        return room / STEPS / most

    def _end_room(self, question: QuestionResult, unit: float) -> float:
        return END_GAP + self._sheet.width_of(self._end(question, unit), SMALL)

    def draw(self, place: int, question: QuestionResult) -> None:
        """Draw the question at its place, from 0."""
        column, line = divmod(place, self._lines)
        x = MARGIN + column * (self._column + GAP)
        top = HEAD + line * self._line
        bar_top, height = (top + WORD_LINE, 46) if self._with_words else (top, 38)
        middle = bar_top + height / 2
        self._sheet.text(x + NUMBER_ROOM - 12, middle, str(question.number), TEXT, align="right", bold=True)
        if self._with_words:
            words = self._sheet.shortened(question.prompt, TEXT, self._column - NUMBER_ROOM)
            self._sheet.text(x + NUMBER_ROOM, top + WORD_LINE / 2 - 2, words, TEXT)
        self._draw_bar(x + NUMBER_ROOM, bar_top, height, question)

    def _draw_bar(self, x: float, top: float, height: float, question: QuestionResult) -> None:
        middle = top + height / 2
        if not question.answers:
            self._sheet.line((x, top), (x, top + height), colour=GRID, width=3)
        for part, count in _counts(question):
            width = count * self._unit
            self._sheet.box(x, top, width, height, part.colour, hatch=part.hatch)
            label = self._inside(part, count, self._unit)
            if label is not None:
                self._sheet.text(
                    x + width / 2,
                    middle,
                    label,
                    SMALL,
                    colour=DARK_INK,
                    align="center",
                    bold=True,
                    ground=part.colour,
                )
            x += width
        self._sheet.text(x + END_GAP, middle, self._end(question, self._unit), SMALL, colour=FAINT_INK)

    def _inside(self, part: Part, count: int, unit: float) -> str | None:
        """The count as it stands in its part of the bar: with its sign, without, or not at all."""
        for label in (f"{part.sign} {count}", str(count)):
            if self._sheet.width_of(label, SMALL, bold=True) + 8 <= count * unit:
                return label
        return None

    def _end(self, question: QuestionResult, unit: float) -> str:
        """How many answered, and the counts that found no room in the bar: ``"120 (✗ 2)"``."""
        outside = [
            f"{part.sign} {count}"
            for part, count in _counts(question)
            if self._inside(part, count, unit) is None
        ]
        return f"{question.answers} ({', '.join(outside)})" if outside else str(question.answers)


def _counts(question: QuestionResult) -> Counted:
    counted = ((RIGHT, question.right), (PARTLY, question.partly), (NOT_RIGHT, question.missed))
    return [(part, count) for part, count in counted if count]


def _alt(summary: RunSummary) -> str:
    return first_that_fits(
        (
            [_opening(summary), *_sentences(summary, 60)],
            [_opening(summary), *_sentences(summary, 24)],
            [_opening(summary), *_sentences(summary, 0)],
            [_opening(summary), *_short(summary)],
        ),
        "The message has the other questions.",
    )


def _opening(summary: RunSummary) -> str:
    count = len(summary.questions)
    return f"Bars of {'1 question' if count == 1 else f'{count} questions'}: {summary.describe()}"


def _sentences(summary: RunSummary, prompt: int) -> Iterator[str]:
    for each in summary.questions:
        words = f" “{cut(each.prompt, prompt)}”" if prompt else ""
        counts = ", ".join(f"{count} {part.words}" for part, count in _counts(each)) or "nobody answered"
        yield f"{each.number}{words}: {counts}."


def _short(summary: RunSummary) -> Iterator[str]:
    yield "Right/partly/not:"
    for each in summary.questions:
        yield f"{each.number}: {each.right}/{each.partly}/{each.missed};"
