"""A figure to be estimated by a range that one is 90 % sure of. Reading typed numbers is ``numbers``' business."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Final, Literal, Self

from pydantic import Field

from bot.bank.fault import Fault
from bot.bank.form import Filled, TextField
from bot.bank.grade import Grade, right, wrong
from bot.bank.item import ItemBase, Row
from bot.bank.kinds.numeric import Number
from bot.bank.numbers import number_hint, plain_digits, read_range, write_number, write_width
from bot.bank.response import Bounds, Response
from bot.bank.texts import Feedback, Unit, one_line
from bot.errors import Invalid, UnreadableAnswer

_FEWEST: Final = 5
"""Fewer widths than this would tell on single people."""
SURE: Final = Decimal("0.9")
_HINT: Final = "Give a range, from the lowest to the highest, that you are 90% sure of."


class _Verdict(StrEnum):
    """Where a range lies, in words."""

    INSIDE = "The figure is inside"
    TOO_WIDE = "The figure is inside, but the range is too wide"
    TOO_LOW = "The range is too low"
    TOO_HIGH = "The range is too high"


class Estimate(ItemBase):
    """A range for a figure. Right if the figure is inside, and the range is not wider than ``widest``."""

    kind: Literal["estimate"] = Field(description="estimate")
    answer: Number = Field(description="the figure, such as 43 or 12.5")
    unit: Unit = Field("", description="what is counted, such as %, people or cities")
    widest: Number | None = Field(None, description="the width from which on a range says nothing any more")
    feedback: Feedback | None = Field(None, description="shown to those whose range misses the figure")

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.widest is not None and self.widest <= 0:
            yield Fault("bad-width", "no range can be that narrow", "give a number above 0", ("widest",))

    def hint(self) -> str | None:
        return f"{_HINT} {number_hint(self.unit)}"

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[TextField, ...]:
        low, high = (given.low, given.high) if isinstance(given, Bounds) else ("", "")
        hint = number_hint(self.unit)
        return TextField("Lowest", hint, low), TextField("Highest", hint, high)

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        (low,), (high,) = filled
        return Bounds(low, high)

    def rows(self) -> tuple[Row, ...]:
        verdicts = [each for each in _Verdict if each is not _Verdict.TOO_WIDE or self.widest is not None]
        return tuple(self._row(verdict) for verdict in verdicts)

    def grade(self, response: Response) -> Grade:
        note = self.own_note(response)
        match self._verdict(response):
            case _Verdict.INSIDE:
                return right(note)
            case _Verdict.TOO_WIDE:
                return wrong(note)
            case _Verdict.TOO_LOW | _Verdict.TOO_HIGH:
                return wrong(note if self.feedback is None else f"{note} {self.feedback}")

    def score(self, response: Response) -> Decimal:
        """The interval score of the range, in the item's unit; smaller is better.

        Its width, and for a figure outside 2/α times the distance, with α = 0.1 for a range of 90 % (Winkler
        1972; Gneiting and Raftery 2007).
        """
        low, high = self.ends(response)
        return high - low + 2 / (1 - SURE) * self._missed_by(response)

    def ends(self, response: Response) -> tuple[Decimal, Decimal]:
        """The two ends as numbers, the lower one first. Raises UnreadableAnswer."""
        if not isinstance(response, Bounds):
            raise ValueError(f"{self.id} is answered with a range: {response}")
        # Where the figure itself is 1% or less, small numbers are meant as they are written.
        return read_range(response.low, response.high, unit=self.unit, share=self.answer > 1)

    def class_note(self, responses: Sequence[Response]) -> str | None:
        if len(responses) < _FEWEST:
            return None
        return f"Half of the ranges were at most {self._middle_width(responses)} wide."

    def own_note(self, response: Response, responses: Sequence[Response] = ()) -> str:
        verdict, beside = self._verdict(response), len(responses) >= _FEWEST
        said = [self._where(response)]
        if beside:
            said.append(f"Half of the class's ranges are at most {self._middle_width(responses)} wide.")
        if verdict is _Verdict.TOO_WIDE:
            said.append("A range as wide as yours says very little.")
        elif verdict is not _Verdict.INSIDE and beside:
            # The interval score, in words: else the narrower range would look better even where it misses.
            counted = self._width(self.score(response))
            said.append(f"A miss counts 20 times its distance, so yours weighs like a range {counted} wide.")
        return " ".join(said)

    def with_key(self, response: Response) -> Self:
        low, high = self.ends(response)
        if low != high:
            raise Invalid(
                "right answer", "it is one figure, not a range", "Write the figure into both fields."
            )
        return self if low == self.answer else self.model_copy(update={"answer": low, "feedback": None})

    def normal(self, response: Response) -> str:
        return " to ".join(map(plain_digits, self.ends(response)))

    def right_answer(self) -> str:
        return write_number(self.answer, self.unit)

    def describe(self, response: Response) -> str:
        if not isinstance(response, Bounds):
            raise ValueError(f"{self.id} is answered with a range: {response}")
        try:
            low, high = self.ends(response)
        except UnreadableAnswer:
            return f"{one_line(response.low)} to {one_line(response.high)}"
        lower = write_number(low, "%" if self.unit == "%" else "")
        return f"{lower} to {write_number(high, self.unit)}"

    def _row(self, verdict: _Verdict) -> Row:
        return Row(
            verdict.value,
            lambda response: self._verdict(response) is verdict,
            right=verdict is _Verdict.INSIDE,
        )

    def _where(self, response: Response) -> str:
        """Whether the figure is inside, and how wide the range is, as a sentence."""
        low, high = self.ends(response)
        wide = f"your range, which is {self._width(high - low)} wide."
        missed_by = self._missed_by(response)
        if not missed_by:
            return f"The figure is inside {wide}"
        return f"The figure is outside: {self._width(missed_by)} {'above' if high < self.answer else 'below'} {wide}"

    def _missed_by(self, response: Response) -> Decimal:
        low, high = self.ends(response)
        return max(low - self.answer, self.answer - high, Decimal(0))

    def _middle_width(self, responses: Sequence[Response]) -> str:
        ends = [self.ends(response) for response in responses]
        return self._width(median(high - low for low, high in ends))

    def _width(self, width: Decimal) -> str:
        return write_width(width, self.unit)

    def _verdict(self, response: Response) -> _Verdict:
        low, high = self.ends(response)
        if high < self.answer:
            return _Verdict.TOO_LOW
        if low > self.answer:
            return _Verdict.TOO_HIGH
        too_wide = self.widest is not None and high - low > self.widest
        return _Verdict.TOO_WIDE if too_wide else _Verdict.INSIDE
