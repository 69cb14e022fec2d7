"""Pairs to be found. Knows nothing of how their halves are shuffled or shown."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr

from bot.bank.fault import Fault
from bot.bank.form import Filled, PickField
from bot.bank.grade import Grade, graded
from bot.bank.item import FileModel, ItemBase, Row
from bot.bank.kinds.parts import Part, assigned, assigned_row, different_parts, picked_places
from bot.bank.response import Assigned, Response
from bot.bank.texts import Feedback, same_text


class Pair(FileModel):
    """Two things that belong together."""

    left: Part = Field(description="the half that is given")
    right: Part = Field(description="the half that belongs to it")


class Matching(ItemBase):
    """2 to 5 pairs, with up to 3 halves too many. Credit is the share of pairs that are right."""

    has_parts: ClassVar[bool] = True

    kind: Literal["matching"] = Field(description="matching")
    pairs: tuple[Pair, ...] = Field(
        min_length=2, max_length=5, description="2 to 5 pairs, each with left and right"
    )
    extra: Annotated[tuple[Part, ...], AfterValidator(different_parts)] = Field(
        (), max_length=3, description="up to 3 right halves that belong to nothing"
    )
    feedback: Feedback | None = Field(None, description="shown to those who do not get all pairs right")

    _key: tuple[int, ...] | None = PrivateAttr(None)
    """The choice that belongs to each left half, where it is not the one that stands beside it in the file."""

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        for side in ("left", "right"):
            seen: set[str] = set(map(same_text, self.extra)) if side == "right" else set()
            for at, pair in enumerate(self.pairs):
                text = pair.left if side == "left" else pair.right
                if same_text(text) in seen:
                    what = f"“{text}” stands here twice, so two answers would be right"
                    yield Fault("equal-parts", what, "make each of them different", ("pairs", at, side))
                seen.add(same_text(text))

    def choices(self) -> tuple[str, ...]:
        return (*(pair.right for pair in self.pairs), *self.extra)

    def hint(self) -> str | None:
        return f"Find what belongs to each: {'; '.join(pair.left for pair in self.pairs)}."

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[PickField, ...]:
        texts = self.choices()
        shown = tuple(texts[option] for option in order)
        places = given.places if isinstance(given, Assigned) else None
        return tuple(
            PickField(
                pair.left, shown, given=() if places is None else (order.index(places[at]),), lettered=True
            )
            for at, pair in enumerate(self.pairs)
        )

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        slots = picked_places(filled, len(self.pairs), len(order), "Choose something for each.")
        return Assigned(tuple(order[slot] for slot in slots))

    def rows(self) -> tuple[Row, ...]:
        texts = self.choices()
        return tuple(
            assigned_row(f"{pair.left}: {texts[place]}", at, place)
            for at, (pair, place) in enumerate(zip(self.pairs, self._right(), strict=True))
        )

    def grade(self, response: Response) -> Grade:
        places = self._places(response)
        hits = sum(place == right for place, right in zip(places, self._right(), strict=True))
        return graded(hits / len(places), self.feedback)

    def right_answer(self) -> str:
        return self.describe(Assigned(self._right()))

    def with_key(self, response: Response) -> Self:
        key = self._places(response)
        if key == self._right():
            return self
        keyed = self.model_copy(update={"feedback": None})
        keyed._key = key
        return keyed

    def describe(self, response: Response) -> str:
        texts = self.choices()
        places = self._places(response)
        return "; ".join(
            f"{pair.left}: {texts[place]}" for pair, place in zip(self.pairs, places, strict=True)
        )

    def _places(self, response: Response) -> tuple[int, ...]:
        return assigned(self.id, response, len(self.pairs), len(self.choices()))

    def _right(self) -> tuple[int, ...]:
        return tuple(range(len(self.pairs))) if self._key is None else self._key
