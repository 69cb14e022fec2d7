"""What the kinds share whose questions have several parts, each answered by a choice of its own."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from bot.bank import limits
from bot.bank.fault import Fault, refuse
from bot.bank.form import Filled, chosen_places
from bot.bank.item import Row
from bot.bank.response import Assigned, Response
from bot.bank.texts import one_line, same_text
from bot.errors import UnreadableAnswer

Part = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.PART),
    AfterValidator(one_line),
]
"""A part of a question, short enough for a line of a list."""


def different_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts, if no two of them say the same."""
    refuse(_repeated(parts))
    return parts


def _repeated(parts: tuple[str, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, part in enumerate(parts):
        if same_text(part) in seen:
            yield Fault("equal-parts", f"“{part}” stands here twice", "make each of them different", (at,))
        seen.add(same_text(part))


def picked_places(filled: Filled, parts: int, options: int, remedy: str) -> tuple[int, ...]:
    """One place for each part; UnreadableAnswer with the remedy where one is missing, ValueError for anything
    that such a form cannot hold."""
    if len(filled) != parts:
        raise ValueError(f"{len(filled)} fields instead of {parts}")
    if not all(filled):
        raise UnreadableAnswer("", remedy)
    return tuple(place for (place,) in (chosen_places(values, options) for values in filled))


def assigned(item_id: str, response: Response, parts: int, options: int) -> tuple[int, ...]:
    """The places that a response assigns; ValueError for one of another sort or size."""
    places = response.places if isinstance(response, Assigned) else ()
    if len(places) == parts and all(0 <= place < options for place in places):
        return places
    raise ValueError(f"{item_id} has no such answer: {response}")


def assigned_row(text: str, part: int, place: int) -> Row:
    """The line of a part: how many gave it its right place."""

    def holds(response: Response) -> bool:
        return isinstance(response, Assigned) and response.places[part] == place

    return Row(text, holds, right=True)
