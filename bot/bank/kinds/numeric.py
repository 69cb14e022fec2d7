"""A question whose answer is a number. Reading the typed text is ``numbers``' business."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from typing import Annotated, Literal, Self, cast

from pydantic import BeforeValidator, Field, model_validator

from bot.bank import limits
from bot.bank.fault import Fault, Faults, refuse
from bot.bank.form import Filled, FormField
from bot.bank.grade import Grade, right, wrong
from bot.bank.item import FileModel, ItemBase, Row, typed, typed_field
from bot.bank.numbers import number_hint, plain_digits, read_number, write_number
from bot.bank.response import Response, Typed
from bot.bank.texts import Feedback, Unit, one_line
from bot.errors import UnreadableAnswer

_LARGEST = Decimal(10) ** 24
_PLACES = 12


def _exact(value: object) -> object:
    """A decimal from a number or a plain decimal text; what is written otherwise is refused with advice."""
    if isinstance(value, str):
        try:
            read = read_number(value)
        except UnreadableAnswer:
            raise Faults(
                [Fault("bad-number", f"“{value[:40]}” is not a number", "write 80 or 12.5")]
            ) from None
        if not value.strip().lstrip("+-").replace(".", "", 1).isdecimal():
            what = f"“{value[:40]}” is not a plain number"
            raise Faults([Fault("bad-number", what, f"write {plain_digits(read)}; a unit goes into “unit:”")])
        value = read
    elif isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(value) >= _LARGEST or exponent < -_PLACES:
            remedy = f"keep it below 10^24, with at most {_PLACES} decimals"
            raise Faults([Fault("bad-number", "the number is too large or too long", remedy)])
        return value
    raise Faults([Fault("bad-number", "this is not a number", "write a number such as 80 or 12.5")])


Number = Annotated[Decimal, BeforeValidator(_exact, json_schema_input_type=int | float | str)]
"""An exact decimal, written in a file as a number or in quotes."""


class Tolerance(FileModel):
    """How far off an answer may be; exactly one of the three is given.

    Around the answer a, as Moodle defines them: ``absolute`` t allows a ± t, ``relative`` t allows
    a ± |a|·t, ``geometric`` t allows from a/(1+t) to a·(1+t).
    """

    absolute: Number | None = Field(None, description="how much more or less is right, in the item's unit")
    relative: Number | None = Field(None, description="the share of the answer that is right, such as 0.05")
    geometric: Number | None = Field(
        None, description="the factor less one: 0.1 allows from 10/11 to 11/10 of it"
    )

    @model_validator(mode="after")
    def _one_and_positive(self) -> Self:
        given = [(name, value) for name, value in self._all() if value is not None]
        if len(given) != 1:
            what = "a tolerance is either absolute, relative or geometric"
            refuse([Fault("bad-tolerance", what, "give exactly one of the three, such as {absolute: 2}")])
        name, value = given[0]
        if value <= 0:
            what = "a tolerance of zero or less allows nothing"
            refuse(
                [Fault("bad-tolerance", what, "give a number above 0, or leave “tolerance:” out", (name,))]
            )
        return self

    def _all(self) -> tuple[tuple[str, Decimal | None], ...]:
        return (("absolute", self.absolute), ("relative", self.relative), ("geometric", self.geometric))

    def allows(self, answer: Decimal, value: Decimal, *, times: int = 1) -> bool:
        """Whether ``value`` is right for ``answer`` with ``times`` this tolerance."""
        with localcontext(prec=80):
            if self.absolute is not None:
                return abs(value - answer) <= self.absolute * times
            if self.relative is not None:
                return abs(value - answer) <= abs(answer) * self.relative * times
            # Multiplied rather than divided: exact at the borders.
            factor = 1 + cast("Decimal", self.geometric) * times
            if (value < 0) != (answer < 0):
                return False
            return abs(value) * factor >= abs(answer) and abs(value) <= abs(answer) * factor


class KnownNumber(FileModel):
    """A wrong value that many give, and the misconception behind it."""

    value: Number = Field(description="the wrong value")
    text: Feedback = Field(description="the misconception behind it")


class Numeric(ItemBase):
    """A question answered by typing a number."""

    kind: Literal["numeric"] = Field(description="numeric")
    answer: Number = Field(description="the right number, such as 80 or 12.5")
    unit: Unit = Field("", description="what is counted, such as %, people, cities or year")
    tolerance: Tolerance | None = Field(None, description="how far off an answer may be; exact if left out")
    feedback: tuple[KnownNumber, ...] = Field(
        (), max_length=limits.KNOWN_WRONG, description="well-known wrong values, each with value and text"
    )

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.answer == 0 and self.tolerance is not None and self.tolerance.absolute is None:
            what = "around 0 only an absolute tolerance means anything"
            yield Fault("bad-tolerance", what, "write {absolute: …}", ("tolerance",))
        seen: set[Decimal] = set()
        for at, known in enumerate(self.feedback):
            if self.is_right(known.value):
                what = f"{write_number(known.value, self.unit)} counts as right here"
                yield Fault("feedback-on-right", what, "give a wrong value", ("feedback", at, "value"))
            if known.value in seen:
                what = f"{write_number(known.value, self.unit)} has feedback already"
                yield Fault("equal-feedback", what, "leave one of the two", ("feedback", at, "value"))
            seen.add(known.value)

    def hint(self) -> str | None:
        return number_hint(self.unit)

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[FormField, ...]:
        return (typed_field(self.hint(), given),)

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        return typed(filled)

    def rows(self) -> tuple[Row, ...]:
        return ()

    def grade(self, response: Response) -> Grade:
        value = self._value(self._typed(response))
        if self.is_right(value):
            return right()
        for known in self.feedback:
            if value == known.value or (self.tolerance and self.tolerance.allows(known.value, value)):
                return wrong(known.text, near_miss=self._allows(value, times=2))
        return wrong(near_miss=self._allows(value, times=2))

    def is_right(self, value: Decimal) -> bool:
        """Whether this value is within the tolerance."""
        return self._allows(value, times=1)

    def with_key(self, response: Response) -> Self:
        keyed = self.model_copy(update={"answer": self._value(self._typed(response))})
        known = tuple(known for known in self.feedback if not keyed.is_right(known.value))
        return keyed.model_copy(update={"feedback": known})

    def normal(self, response: Response) -> str:
        return plain_digits(self._value(self._typed(response)))

    def right_answer(self) -> str:
        return write_number(self.answer, self.unit)

    def describe(self, response: Response) -> str:
        text = self._typed(response)
        try:
            return write_number(self._value(text), self.unit)
        except UnreadableAnswer:
            return one_line(text)

    def _allows(self, value: Decimal, *, times: int) -> bool:
        if self.tolerance is None:
            return value == self.answer
        return self.tolerance.allows(self.answer, value, times=times)

    def _value(self, text: str) -> Decimal:
        as_written = read_number(text, unit=self.unit, share=False)
        # “0.8” means 80 % only where no answer below 1 % could be meant.
        if self.answer < 1 or self._allows(as_written, times=2):
            return as_written
        return read_number(text, unit=self.unit)

    def _typed(self, response: Response) -> str:
        if isinstance(response, Typed):
            return response.text
        raise ValueError(f"{self.id} is answered with a number, not with an option: {response}")
