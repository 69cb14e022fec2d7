"""What a server has decided about a question: laid over its revision, which itself never changes.

Knows neither servers nor stored answers: only questions, answers and grades.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never, cast

from bot.bank.grade import Grade, Outcome, right
from bot.bank.item import ItemFields
from bot.bank.kinds import Item
from bot.bank.response import Response, response_from_json, response_to_json


@dataclass(frozen=True, slots=True)
class AlsoRight:
    """This answer, and each that says the same, is right too."""

    response: Response


@dataclass(frozen=True, slots=True)
class NewKey:
    """This is the right answer; what was accepted before is so no longer."""

    response: Response


@dataclass(frozen=True, slots=True)
class Dropped:
    """The question does not count."""


Ruling = AlsoRight | NewKey | Dropped


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings in force on one revision, the oldest first."""

    in_force: tuple[Ruling, ...] = ()

    @property
    def dropped(self) -> bool:
        """Whether the question does not count."""
        return any(isinstance(ruling, Dropped) for ruling in self.in_force)

    @property
    def key(self) -> Response | None:
        """The right answer, if it is not the item's own: the newest key."""
        return next((each.response for each in reversed(self.in_force) if isinstance(each, NewKey)), None)

    @property
    def also_right(self) -> tuple[Response, ...]:
        """What was accepted since the newest key."""
        accepted: list[Response] = []
        for ruling in self.in_force:
            match ruling:
                case NewKey():
                    accepted.clear()
                case AlsoRight(response):
                    accepted.append(response)
                case Dropped():
                    pass
        return tuple(accepted)

    def keyed(self, item: Item) -> Item:
        """The item with the right answer that holds."""
        return item if self.key is None else item.with_key(self.key)

    def accepts(self, item: Item, response: Response) -> bool:
        """Whether the answer was accepted beside the right one."""
        said = item.normal(response) if self.also_right else ""
        return any(item.normal(accepted) == said for accepted in self.also_right)

    def grade(self, keyed: Item, response: Response) -> Grade:
        """Judge an answer to an item that has its key from :meth:`keyed`; raises as the item's ``grade`` does."""
        grade = keyed.grade(response)
        if grade.outcome is Outcome.RIGHT or not self.accepts(keyed, response):
            return grade
        return right()

    def with_ruling(self, ruling: Ruling) -> "Rulings":
        """The same with one more, the newest."""
        return Rulings((*self.in_force, ruling))


NO_RULINGS = Rulings()


def ruling_to_json(ruling: Ruling) -> str:
    """The form in which a ruling is stored: ``{"also_right":{"typed":"76"}}``, ``{"new_key":{"picked":2}}`` or
    ``{"dropped":true}``."""
    match ruling:
        case AlsoRight(response):
            return f'{{"also_right":{response_to_json(response)}}}'
        case NewKey(response):
            return f'{{"new_key":{response_to_json(response)}}}'
        case Dropped():
            return '{"dropped":true}'
        case _:
            assert_never(ruling)


def ruling_from_json(stored: str) -> Ruling:
    """The ruling that :func:`ruling_to_json` wrote; ValueError for anything else."""
    return _ruling(json.loads(stored), stored)


def rulings_from_json(stored: str) -> Rulings:
    """The rulings in a JSON list, the oldest first."""
    return Rulings(tuple(_ruling(data, stored) for data in cast("list[object]", json.loads(stored))))


def answer_key(item: Item) -> str:
    """What an answer is judged by (options, key, tolerance), as one text: equal for revisions of an item that
    differ in wording, explanation or feedback alone."""
    own = item.model_dump(mode="json", exclude=set(ItemFields.model_fields))
    return json.dumps(_without_notes(own), ensure_ascii=False, sort_keys=True)


def _ruling(data: object, stored: str) -> Ruling:
    if isinstance(data, dict):
        match cast("dict[str, object]", data):
            case {"also_right": response, **rest} if not rest:
                return AlsoRight(response_from_json(json.dumps(response)))
            case {"new_key": response, **rest} if not rest:
                return NewKey(response_from_json(json.dumps(response)))
            case {"dropped": True, **rest} if not rest:
                return Dropped()
            case _:
                pass
    raise ValueError(f"not a stored ruling: {stored[:80]!r}")


def _without_notes(value: object) -> object:
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        return {
            name: _without_notes(part) for name, part in fields.items() if name not in ("feedback", "shuffle")
        }
    if isinstance(value, list):
        return [_without_notes(part) for part in cast("list[object]", value)]
    return value
