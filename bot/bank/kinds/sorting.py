"""Statements to be sorted into categories. Knows nothing of how they are shuffled or shown."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field

from bot.bank.fault import Fault
from bot.bank.form import Filled, PickField
from bot.bank.grade import Grade, graded
from bot.bank.item import FileModel, ItemBase, Row
from bot.bank.kinds.parts import Part, assigned, assigned_row, different_parts, picked_places
from bot.bank.response import Assigned, Response
from bot.bank.texts import Feedback, same_text


class Statement(FileModel):
    """A statement and the category that it belongs to."""

    text: Part = Field(description="the statement")
    belongs_to: Part = Field(description="its category, as it stands in “into:”")
    feedback: Feedback | None = Field(None, description="why it belongs there")


class Sorting(ItemBase):
    """2 to 5 statements, each of which belongs to one of 2 to 5 categories. Credit is the share sorted rightly."""

    has_parts: ClassVar[bool] = True

    kind: Literal["sorting"] = Field(description="sorting")
    into: Annotated[tuple[Part, ...], AfterValidator(different_parts)] = Field(
        min_length=2, max_length=5, description="2 to 5 categories"
    )
    statements: tuple[Statement, ...] = Field(
        min_length=2, max_length=5, description="2 to 5 statements, each with text and belongs_to"
    )

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        known = set(self.into)
        seen: set[str] = set()
        for at, statement in enumerate(self.statements):
            if statement.belongs_to not in known:
                what = f"there is no category “{statement.belongs_to}”"
                yield Fault(
                    "unknown-category", what, "write one of “into:”", ("statements", at, "belongs_to")
                )
            if same_text(statement.text) in seen:
                yield Fault(
                    "equal-parts", "this statement stands here twice", "drop one", ("statements", at, "text")
                )
            seen.add(same_text(statement.text))

    def choices(self) -> tuple[str, ...]:
        return tuple(statement.text for statement in self.statements)

    def hint(self) -> str | None:
        return f"Sort each into: {'; '.join(self.into)}."

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[PickField, ...]:
        places = given.places if isinstance(given, Assigned) else None
        return tuple(
            PickField(
                self.statements[at].text, self.into, given=() if places is None else (places[at],), part=slot
            )
            for slot, at in enumerate(order)
        )

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        places = picked_places(filled, len(self.statements), len(self.into), "Choose a category for each.")
        return Assigned(tuple(places[order.index(at)] for at in range(len(self.statements))))

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            assigned_row(f"{statement.text} ({statement.belongs_to})", at, place)
            for at, (statement, place) in enumerate(zip(self.statements, self._key(), strict=True))
        )

    def grade(self, response: Response) -> Grade:
        key, places = self._key(), self._places(response)
        missed = [
            statement
            for statement, right, place in zip(self.statements, key, places, strict=True)
            if place != right
        ]
        feedback = " ".join(statement.feedback for statement in missed if statement.feedback is not None)
        return graded((len(key) - len(missed)) / len(key), feedback or None)

    def comments(self) -> tuple[str, ...]:
        return tuple(statement.feedback for statement in self.statements if statement.feedback is not None)

    def with_key(self, response: Response) -> Self:
        key = [self.into[place] for place in self._places(response)]
        statements = tuple(
            statement
            if statement.belongs_to == category
            else Statement(text=statement.text, belongs_to=category, feedback=None)
            for statement, category in zip(self.statements, key, strict=True)
        )
        return self.model_copy(update={"statements": statements})

    def right_answer(self) -> str:
        return "; ".join(f"{statement.text}: {statement.belongs_to}" for statement in self.statements)

    def describe(self, response: Response) -> str:
        places = self._places(response)
        return "; ".join(
            f"{statement.text}: {self.into[place]}"
            for statement, place in zip(self.statements, places, strict=True)
        )

    def _key(self) -> tuple[int, ...]:
        places = {category: place for place, category in enumerate(self.into)}
        # An item with a category that does not exist is refused, but only after it was looked at.
        return tuple(places.get(statement.belongs_to, -1) for statement in self.statements)

    def _places(self, response: Response) -> tuple[int, ...]:
        return assigned(self.id, response, len(self.statements), len(self.into))
