"""pydantic's findings as faults for people: what is wrong, and what would be right.

Knows the models only through their fields and descriptions; knows nothing of files and places.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.bank.fault import Fault, Faults, Path


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Each finding of pydantic as a fault, in pydantic's order."""
    for details in error.errors(include_url=False):
        yield from _explain_one(details, model)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` is most likely a slip of, if there is one."""
    limit = min(len(word) // 3, 3)
    found = process.extractOne(word[:60], list(known), scorer=OSA.distance, score_cutoff=limit)
    return None if found is None else found[0]


def unknown_key(key: str, known: Iterable[str]) -> Fault:
    """The fault of a key that does not belong here; its path is the key."""
    names = list(known)
    meant = nearest(key, names)
    remedy = f"did you mean “{meant}:”?" if meant else f"known here are {listing(names)}"
    return Fault("unknown-key", f"“{key[:60]}:” is not known here", remedy, (key,), key=True)


def listing(names: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    *most, final = names
    return f"{', '.join(most)} {last} {final}" if most else final


def _explain_one(details: ErrorDetails, model: type[BaseModel]) -> Iterator[Fault]:
    path: Path = tuple(step for step in details["loc"] if step != "[key]")
    context: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "too_short" if len(details["input"]) >= context["min_length"]:
            pass  # pydantic counts only the entries without errors, and those have been reported
        case "value_error" if isinstance(context.get("error"), Faults):
            for fault in cast("Faults", context["error"]).faults:
                yield replace(fault, path=path + fault.path)
        case "extra_forbidden":
            fault = unknown_key(str(path[-1]), _fields_at(model, path[:-1]))
            yield replace(fault, path=path)
        case "missing":
            field = _fields_at(model, path[:-1]).get(str(path[-1]))
            what, remedy = f"{_name(path)} is missing", f"add it: {_description(field)}"
            yield Fault("missing-key", what, remedy, path)
        case _:
            code, what, remedy = _wrong_value(details, path, context, _field(model, path))
            yield Fault(code, what, remedy, path, key=details["loc"][-1:] == ("[key]",))


def _wrong_value(
    details: ErrorDetails, path: Path, context: Mapping[str, Any], field: FieldInfo | None
) -> tuple[str, str, str]:
    """Code, what and remedy for a value that is of the wrong type or out of bounds."""
    name = f"a key of {_name(path[:-1])}" if details["loc"][-1:] == ("[key]",) else _name(path)
    value: object = details["input"]
    kind = details["type"]
    if value is None or (kind == "string_too_short" and not str(value).strip()):
        optional = field is not None and not field.is_required()
        remedy = f"write {_description(field)}{', or leave it out' if optional else ''}"
        return "empty", f"{name} is empty", remedy
    match kind:
        case "string_type":
            sort = _sort(value)
            many = sort in ("a list", "a mapping")
            remedy = "write one text" if many else f'put it in quotes: "{_shown(value)}"'
            return "wrong-type", f"{name} is {sort}, where a text belongs", remedy
        case "string_too_long":
            what = f"{name} has {len(str(value).strip()):,} characters"
            return "too-long", what, f"there is room for {context['max_length']:,}; shorten it"
        case "string_too_short":
            return "too-short", f"{name} is too short", f"write at least {context['min_length']} characters"
        case "string_pattern_mismatch":
            what = f"“{_shown(value)}” cannot be used as {name}"
            if path[-1] == "language":
                return "bad-name", what, "write a language code such as en"
            return "bad-name", what, "use small letters, digits and single hyphens, such as approval-80"
        case "enum" | "literal_error":
            return _unknown_value(name, value, str(context["expected"]))
        case "too_short" | "too_long":
            few = kind == "too_short"
            count = len(cast("list[object]", value))
            what = f"{name} has {count} {'entry' if count == 1 else 'entries'}"
            bound = f"at least {context['min_length']}" if few else f"at most {context['max_length']}"
            return ("too-few" if few else "too-many"), what, f"give {bound}"
        case "greater_than_equal" | "less_than_equal":
            return "out-of-range", f"{name} is {_shown(value)}", f"write {_description(field)}"
        case "int_type" if isinstance(value, Decimal):
            return (
                "wrong-type",
                f"{name} is {value}, which is no whole number",
                f"write {_description(field)}",
            )
        case _:
            what = f"{name} is {_sort(value)}, where {_wanted(kind)} belongs"
            return "wrong-type", what, f"write {_description(field)}"


def _unknown_value(name: str, value: object, expected: str) -> tuple[str, str, str]:
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    meant = nearest(value, known) if isinstance(value, str) else None
    remedy = f"did you mean {meant}?" if meant else f"write {listing(known, 'or')}"
    return "unknown-value", f"{name} cannot be “{_shown(value)}”", remedy


def _wanted(kind: str) -> str:
    match kind:
        case "int_type" | "int_from_float" | "int_parsing":
            return "a whole number"
        case "bool_type":
            return "true or false"
        case "tuple_type" | "list_type":
            return "a list (“- ” before each entry)"
        case _:
            return "a mapping (“key: value”)"


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float | Decimal):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if type(value).__name__ in ("list", "Sequence") else "a mapping"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())[:60]


def _name(path: Path) -> str:
    """What a path points to, in words: ``“text:”`` or ``entry 2 of “tags:”``."""
    if not path:
        return "this"
    if isinstance(path[-1], str):
        return f"“{path[-1][:60]}:”"
    return f"entry {path[-1] + 1}" + (f" of {_name(path[:-1])}" if len(path) > 1 else "")


def _description(field: FieldInfo | None) -> str:
    return field.description if field is not None and field.description else "what belongs here"


def _field(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """The field that a value belongs to; for an entry of a list, the list's field."""
    names = [at for at, step in enumerate(path) if isinstance(step, str)]
    for at in reversed(names):
        if found := _fields_at(model, path[:at]).get(str(path[at])):
            return found
    return None


def _fields_at(model: type[BaseModel], path: Path) -> Mapping[str, FieldInfo]:
    """The fields of the model that stands at ``path`` within ``model``; none if that is no model."""
    found: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str):
            field = found.model_fields.get(step) if found is not None else None
            found = None if field is None else _model_in(field.annotation)
    return {} if found is None else found.model_fields


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
