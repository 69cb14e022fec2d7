"""From the plain values of a file to a model, or to all that is wrong with them. Knows nothing of places."""

from collections.abc import Mapping
from itertools import islice
from typing import Final, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.bank.fault import Fault
from bot.bank.wording import explain

ModelT = TypeVar("ModelT", bound=BaseModel)
_MOST: Final = 50
"""An item with more errors than this is no item; the rest would help nobody."""
_MENDED_TEXTS = frozenset({"string_too_long", "string_type"})


def validate(model: type[ModelT], data: Mapping[str, object]) -> tuple[ModelT | None, list[Fault]]:
    """The model of ``data``, or None and every fault.

    pydantic stops short of the rules between fields (“exactly one right option”) while single fields are
    wrong. So that authors learn of everything at once, a faulty copy is mended where that is possible
    (unknown keys dropped, over-long texts replaced) and judged again.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = list(islice(explain(error, model), _MOST))
        mended = _mended(data, error.errors(include_url=False, include_context=False))
    if mended is not None:
        try:
            model.model_validate(mended)
        except ValidationError as error:
            # A place that was wrong before is wrong for the old reason, or for what mending put there.
            known = {fault.path for fault in faults}
            faults += [fault for fault in explain(error, model) if fault.path not in known]
    return None, faults


def _mended(data: Mapping[str, object], errors: list[ErrorDetails]) -> dict[str, object] | None:
    """A copy with the mendable errors mended; None if there are none."""
    copy = cast("dict[str, object]", _copied(data))
    mended = False
    for number, details in enumerate(errors):
        if not details["loc"]:
            continue
        *way, last = details["loc"]
        parent: object = copy
        for step in way:
            parent = _child(parent, step)
        if details["type"] == "extra_forbidden" and isinstance(parent, dict):
            cast("dict[object, object]", parent).pop(last, None)
            mended = True
        elif details["type"] in _MENDED_TEXTS and _child(parent, last) is not None:
            _put(parent, last, f"mended-{number}")
            mended = True
    return copy if mended else None


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in cast("dict[object, object]", value).items()}
    if isinstance(value, list):
        return [_copied(part) for part in cast("list[object]", value)]
    return value


def _child(parent: object, step: str | int) -> object:
    if isinstance(parent, dict):
        return cast("dict[object, object]", parent).get(step)
    if isinstance(parent, list) and isinstance(step, int):
        entries = cast("list[object]", parent)
        return entries[step] if step < len(entries) else None
    return None


def _put(parent: object, step: str | int, value: str) -> None:
    if isinstance(parent, dict):
        cast("dict[object, object]", parent)[step] = value
    elif isinstance(parent, list) and isinstance(step, int):
        cast("list[object]", parent)[step] = value
