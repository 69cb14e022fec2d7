"""A figure to be estimated by a range that one is 90 % sure of. Reading typed numbers is ``numbers``' business."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Final, Literal, Self

from pydantic import Field

from bot.bank.fault import Fault
from bot.bank.form import Filled, TextField
from bot.bank.grade import Grade, right, wrong
from bot.bank.item import ItemBase, Row
from bot.bank.kinds.numeric import Number
from bot.bank.numbers import number_hint, plain_digits, read_number, write_number
from bot.bank.response import Bounds, Response
from bot.bank.texts import Feedback, Unit, one_line
from bot.errors import Invalid, UnreadableAnswer

_FEWEST: Final = 5
"""Fewer widths than this would tell on single people."""
SURE: Final = Decimal("0.9")
_HINT: Final = "Give a range, from the lowest to the highest, that you are 90% sure of."


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
        return (
            Row("The figure is inside", self._inside, right=True),
            Row("The range is too low", lambda response: self.ends(response)[1] < self.answer, right=False),
            Row("The range is too high", lambda response: self.ends(response)[0] > self.answer, right=False),
        )

    def grade(self, response: Response) -> Grade:
        low, high = self.ends(response)
        if not low <= self.answer <= high:
            return wrong(self.feedback)
        if self.widest is not None and high - low > self.widest:
            return wrong("The figure is inside, but a range as wide as this says very little.")
        return right()

    def score(self, response: Response) -> Decimal:
        """The interval score of the range, in the item's unit; smaller is better.

        Its width, and for a figure outside 2/α times the distance, with α = 0.1 for a range of 90 % (Winkler
        1972; Gneiting and Raftery 2007).
        """
        low, high = self.ends(response)
        outside = max(low - self.answer, self.answer - high, Decimal(0))
        return high - low + 2 / (1 - SURE) * outside

    def ends(self, response: Response) -> tuple[Decimal, Decimal]:
        """The two ends as numbers, the lower one first. Raises UnreadableAnswer."""
        if not isinstance(response, Bounds):
            raise ValueError(f"{self.id} is answered with a range: {response}")
        low, high = (self._read(text) for text in (response.low, response.high))
        return (low, high) if low <= high else (high, low)

    def class_note(self, responses: Sequence[Response]) -> str | None:
        if len(responses) < _FEWEST:
            return None
        ends = [self.ends(response) for response in responses]
        middle = median(high - low for low, high in ends)
        return f"Half of the ranges were at most {write_number(middle, self.unit)} wide."

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

    def _inside(self, response: Response) -> bool:
        low, high = self.ends(response)
        return low <= self.answer <= high

    def _read(self, text: str) -> Decimal:
        return read_number(text, unit=self.unit, share=self.answer >= 1)
