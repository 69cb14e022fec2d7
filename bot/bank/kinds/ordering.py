"""Events to be put into their order. Knows nothing of how they are shuffled or shown."""

from collections.abc import Sequence
from itertools import combinations
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr

from bot.bank.form import Filled, PickField
from bot.bank.grade import Grade, graded
from bot.bank.item import ItemBase, Row
from bot.bank.kinds.parts import Part, assigned, assigned_row, different_parts, picked_places
from bot.bank.response import Assigned, Response
from bot.bank.texts import Feedback
from bot.errors import Invalid


class Ordering(ItemBase):
    """3 to 5 events, listed in the file from the first to the last.

    Credit is the share of pairs of events that stand in the right order; two events at the same place are not
    in order.
    """

    has_parts: ClassVar[bool] = True

    kind: Literal["ordering"] = Field(description="ordering")
    events: Annotated[tuple[Part, ...], AfterValidator(different_parts)] = Field(
        min_length=3, max_length=5, description="3 to 5 events, from the first to the last"
    )
    feedback: Feedback | None = Field(None, description="shown to those who do not get the order right")

    _key: tuple[int, ...] | None = PrivateAttr(None)
    """The right rank of each event, where it is not its place in the file. Answers name events by these places,
    so another key cannot move them."""

    def choices(self) -> tuple[str, ...]:
        return self.events

    def hint(self) -> str | None:
        return "Put them in order, from 1 (first) to the last."

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[PickField, ...]:
        ranks = tuple(str(rank + 1) for rank in range(len(self.events)))
        ranks = (f"{ranks[0]} (first)", *ranks[1:-1], f"{ranks[-1]} (last)")
        places = given.places if isinstance(given, Assigned) else None
        return tuple(
            PickField(self.events[event], ranks, given=() if places is None else (places[event],), part=slot)
            for slot, event in enumerate(order)
        )

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        places = picked_places(filled, len(self.events), len(self.events), "Give each event a place.")
        return Assigned(tuple(places[order.index(event)] for event in range(len(self.events))))

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            assigned_row(f"{rank + 1}. {self.events[event]}", event, rank)
            for rank, event in enumerate(self._in_order())
        )

    def grade(self, response: Response) -> Grade:
        places = self._places(response)
        pairs = list(combinations((places[event] for event in self._in_order()), 2))
        return graded(sum(first < second for first, second in pairs) / len(pairs), self.feedback)

    def right_answer(self) -> str:
        return "; ".join(
            f"{rank}. {self.events[event]}" for rank, event in enumerate(self._in_order(), start=1)
        )

    def with_key(self, response: Response) -> Self:
        key = self._places(response)
        if len(set(key)) != len(key):
            raise Invalid("right answer", "two events have the same place", "Give each a place of its own.")
        if key == (self._key or tuple(range(len(key)))):
            return self
        keyed = self.model_copy(update={"feedback": None})
        keyed._key = key
        return keyed

    def describe(self, response: Response) -> str:
        ranked = sorted(zip(self._places(response), self.events, strict=True), key=lambda pair: pair[0])
        return "; ".join(f"{rank + 1}. {event}" for rank, event in ranked)

    def _places(self, response: Response) -> tuple[int, ...]:
        return assigned(self.id, response, len(self.events), len(self.events))

    def _in_order(self) -> list[int]:
        """The events by their places in the file, from the first to the last."""
        events = range(len(self.events))
        return list(events) if self._key is None else sorted(events, key=self._key.__getitem__)
