"""Checks REST requests against Discord's published OpenAPI file and against the limits that it leaves out.

The file is Discord's and is not part of this project: https://github.com/discord/discord-api-spec,
`specs/openapi.json`. Its place is given by DISCORD_OPENAPI, or it is the `discord/openapi.json` of a folder that
lies beside the repository; without it, the tests that need it skip.
"""

import functools
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import unquote, urlsplit

import jsonschema_rs
import pytest

from tests.wire.limits import request_complaints

Json = dict[str, Any]

REPOSITORY = Path(__file__).parents[1]
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})

# What discord.py 2.7.1 sends and Discord takes, though the file does not list it.
_UNLISTED = {
    "ApplicationCommandCreateRequest": ("nsfw",),
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "RichEmbed": ("flags",),
    "MessageEditRequestPartial": ("tts",),
    "IncomingWebhookUpdateRequestPartial": ("tts",),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": ("tts",),
    "BaseCreateMessageCreateRequest": ("tts",),
    "CreateForumThreadRequest": ("type",),
}


class Logged(Protocol):
    """A request as SimCord's `env.http_requests` and the loopback Discord's `requests` record it."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def json(self) -> Any: ...


def specification() -> Path | None:
    """Where Discord's OpenAPI file is; None if it is not on this machine."""
    given = os.environ.get("DISCORD_OPENAPI")
    if given:
        return Path(given) if Path(given).is_file() else None
    return min(REPOSITORY.parent.glob("*/discord/openapi.json"), default=None)


needs_openapi = pytest.mark.skipif(
    specification() is None,
    reason="Discord's openapi.json is not here: download it and set DISCORD_OPENAPI to its path",
)


def validate(method: str, path: str, body: Any = None) -> list[str]:
    """What Discord would refuse about a request, in words; empty if nothing.

    `path` may be a whole address, with or without /api/v10; `body` is the JSON, of a multipart request its
    payload_json.
    """
    found = specification()
    if found is None:
        raise FileNotFoundError("Discord's openapi.json is not on this machine")
    return _validator(found).validate(method, path, body)


def complaints(requests: Iterable[Logged]) -> list[str]:
    """What Discord would refuse about any of the requests, each with its method and path before it."""
    return [
        f"{request.method} {request.path}: {complaint}"
        for request in requests
        for complaint in validate(request.method, request.path, request.json)
    ]


@dataclass(frozen=True)
class Operation:
    template: tuple[str, ...]
    body: Json | None
    """The schema of the JSON body, None where there is none."""

    def match(self, parts: list[str]) -> int | None:
        """How many segments are literally the same; None if the path is another one."""
        literal = 0
        for expected, part in zip(self.template, parts, strict=True):
            if expected == part:
                literal += 1
            elif not expected.startswith("{"):
                return None
        return literal


class Validator:
    def __init__(self, document: Json) -> None:
        self._schemas = {
            name: _strict(name, schema) for name, schema in document["components"]["schemas"].items()
        }
        # discord.py sends some ids as numbers, and Discord takes them.
        self._schemas["SnowflakeType"] = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
        self._operations: dict[tuple[str, int], list[Operation]] = {}
        for template, methods in document["paths"].items():
            parts = tuple(template.strip("/").split("/"))
            for method in _METHODS & methods.keys():
                content = methods[method].get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema")
                operation = Operation(parts, None if schema is None else _strict("", schema))
                self._operations.setdefault((method.upper(), len(parts)), []).append(operation)
        self._compiled: dict[tuple[str, tuple[str, ...]], jsonschema_rs.Validator] = {}

    def validate(self, method: str, path: str, body: Any) -> list[str]:
        parts = unquote(urlsplit(path).path).removeprefix("/api/v10").strip("/").split("/")
        operation = self._find(method, parts)
        if operation is None:
            return ["Discord's API has no such operation"]
        wrong = [
            f"{part!r} is not an id ({name})"
            for name, part in zip(operation.template, parts, strict=True)
            if name.endswith("_id}") and not part.isdigit()
        ]
        if operation.body is None:
            return wrong + ([] if body is None else ["a body where none is expected"])
        if body is None:
            return [*wrong, "no body where one is expected"]
        for error in self._validator(method, operation).iter_errors(body):
            wrong += explain(error)
        # The limits take well-formed objects for granted.
        return wrong or request_complaints(method, operation.template, body)

    def _find(self, method: str, parts: list[str]) -> Operation | None:
        matches = (
            (literal, operation)
            for operation in self._operations.get((method, len(parts)), ())
            if (literal := operation.match(parts)) is not None
        )
        return max(matches, key=lambda match: match[0], default=(0, None))[1]

    def _validator(self, method: str, operation: Operation) -> jsonschema_rs.Validator:
        key = method, operation.template
        if key not in self._compiled:
            schema = cast("Json", operation.body) | {"components": {"schemas": self._schemas}}
            self._compiled[key] = jsonschema_rs.Draft202012Validator(schema)
        return self._compiled[key]


@functools.cache
def _validator(path: Path) -> Validator:
    return Validator(json.loads(path.read_text(encoding="utf-8")))


def _strict(name: str, schema: Any) -> Any:
    """The schema with unknown keys forbidden in every object whose properties are listed."""
    if isinstance(schema, list):
        return [_strict("", part) for part in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    tight: Json = {key: _strict("", value) for key, value in cast("Json", schema).items()}
    if tight.get("type") == "object" and "properties" in tight and "allOf" not in tight:
        tight["properties"] |= {key: {} for key in _UNLISTED.get(name, ())}
        tight.setdefault("additionalProperties", False)
    return tight


def explain(error: jsonschema_rs.ValidationError) -> list[str]:
    """An error with its place; of a union, what is wrong with the member that was meant."""
    where = "".join(f"[{part!r}]" for part in error.instance_path)
    branches = cast("list[list[jsonschema_rs.ValidationError]] | None", getattr(error.kind, "context", None))
    if branches and all(error.kind.name == "const" for branch in branches for error in branch):
        allowed = ", ".join(
            str(error.kind.as_dict()["expected_value"]) for branch in branches for error in branch
        )
        return [f"{where}: {error.instance!r} is none of {allowed}"]
    if branches:
        meant = min(branches, key=_distance)
        return list(dict.fromkeys(line for inner in meant for line in explain(inner)))
    text = error.message if len(error.message) <= 300 else f"{error.message[:150]} … {error.message[-150:]}"
    return [f"{where or 'the body'}: {text}"]


def _distance(branch: list[jsonschema_rs.ValidationError]) -> tuple[bool, bool, int]:
    """How far a union's member is from what was sent: another `type`, another kind of value, faults in it."""
    shallow = min((len(error.instance_path) for error in branch), default=0)
    another = any(error.instance_path[-1:] == ["type"] and error.kind.name == "enum" for error in branch)
    other_kind = any(error.kind.name == "type" and len(error.instance_path) == shallow for error in branch)
    return another, other_kind, len(branch)
