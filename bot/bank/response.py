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


Response = Picked | Typed


def response_to_json(response: Response) -> str:
    """The form in which a response is stored: ``{"picked":2}`` or ``{"typed":"80%"}``."""
    match response:
        case Picked(option):
            stored: dict[str, int | str] = {"picked": option}
        case Typed(text):
            stored = {"typed": text}
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
            case _:
                pass
    raise ValueError(f"not a stored response: {stored[:80]!r}")
