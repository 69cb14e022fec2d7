"""What a person answered, whatever the kind of item. Knows nothing of items or grades."""

import json
from dataclasses import dataclass
from typing import assert_never, cast


@dataclass(frozen=True, slots=True)
class Picked:
    """An option by its place in the file, from 0, however the options were shuffled on the screen."""

    option: int


@dataclass(frozen=True, slots=True)
class Typed:
    """The text as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Several options by their places in the file, in rising order, each once."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """One place for each part of an item, in the file's order of the parts: of an event its rank from 0, of a
    statement its category, of one half of a pair the other half."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The two ends of a range as they were typed."""

    low: str
    high: str


Response = Picked | Typed | Chosen | Assigned | Bounds


def response_to_json(response: Response) -> str:
    """The form in which a response is stored: ``{"picked":2}``, ``{"typed":"80%"}``, ``{"chosen":[0,2]}``,
    ``{"assigned":[1,0]}`` or ``{"bounds":["70","90"]}``."""
    match response:
        case Picked(option):
            stored: dict[str, object] = {"picked": option}
        case Typed(text):
            stored = {"typed": text}
        case Chosen(options):
            stored = {"chosen": options}
        case Assigned(places):
            stored = {"assigned": places}
        case Bounds(low, high):
            stored = {"bounds": (low, high)}
        case _:
            assert_never(response)
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def response_from_json(stored: str) -> Response:
    """The response that :func:`response_to_json` wrote; ValueError for anything else."""
    data: object = json.loads(stored)
    if isinstance(data, dict):
        match cast("dict[str, object]", data):
            case {"picked": int(option), **rest} if not rest and not isinstance(option, bool):
                return Picked(option)
            case {"typed": str(text), **rest} if not rest:
                return Typed(text)
            case {"chosen": options, **rest} if not rest and (places := _places(options)) is not None:
                return Chosen(places)
            case {"assigned": parts, **rest} if not rest and (places := _places(parts)) is not None:
                return Assigned(places)
            case {"bounds": [str(low), str(high)], **rest} if not rest:
                return Bounds(low, high)
            case _:
                pass
    raise ValueError(f"not a stored response: {stored[:80]!r}")


def _places(values: object) -> tuple[int, ...] | None:
    listed = cast("list[object]", values) if isinstance(values, list) else [None]
    places = [value for value in listed if isinstance(value, int) and not isinstance(value, bool)]
    return tuple(places) if len(places) == len(listed) else None
