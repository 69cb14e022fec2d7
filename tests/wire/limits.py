"""What Discord refuses of a request though its OpenAPI file allows it: counts, combinations, lengths in all.

Sources: Discord's developer documentation (components, application commands, messages). Plain JSON
in, words out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from tests.wire.shapes import COMPONENTS_V2, EPHEMERAL, Json, walk

ACTION_ROW, BUTTON, TEXT_INPUT, TEXT_DISPLAY, GALLERY = 1, 2, 4, 10, 12
SELECTS = frozenset({3, 5, 6, 7, 8})
V2_ONLY = frozenset({9, 10, 11, 12, 13, 14, 17})
LINK, PREMIUM = 5, 6
SUBCOMMAND, GROUP = 1, 2
CHAT_INPUT, PER_SCOPE = 1, {1: 100, 2: 15, 3: 15, 4: 1}

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


def listed(spec: Json, key: str) -> list[Json]:
    """The objects under a key that may be missing or null."""
    return spec.get(key) or []


def part_of(spec: Json, key: str) -> Json:
    """The object under a key that may be missing or null."""
    return spec.get(key) or {}


def request_complaints(method: str, template: tuple[str, ...], body: Any) -> list[str]:
    """What is wrong with the body of a request to this path template, the schema aside."""
    last, creating = template[-1], method == "POST"
    if last == "callback":
        return callback_complaints(body)
    if last == "commands" and method == "PUT":
        return command_complaints(body or [])
    if template[0] == "webhooks" and (creating or "messages" in template):
        return message_complaints(body, creating=creating)
    if template[0] == "channels" and "messages" in template and last != "threads":
        private = (body.get("flags") or 0) & EPHEMERAL and last in ("messages", "{message_id}")
        return message_complaints(body, creating=creating) + (
            ["only an answer to an interaction can be ephemeral"] if private else []
        )
    if template[0] == "channels" and last == "threads" and "message" in body:
        return message_complaints(body["message"], creating=True)
    return []


def callback_complaints(body: Json) -> list[str]:
    data = part_of(body, "data")
    match body.get("type"):
        case 4 | 7:
            return message_complaints(data, creating=body["type"] == 4)
        case 8:
            choices: list[Json] = listed(data, "choices")
            return list(_choices("the suggestions", choices))
        case 9:
            return modal_complaints(data)
        case _:
            return []


def message_complaints(body: Json, *, creating: bool) -> list[str]:
    return list(_message(body, creating))


def _message(body: Json, creating: bool) -> Iterator[str]:
    components: list[Json] = listed(body, "components")
    parts = list(walk(components))
    content: str = body.get("content") or ""
    shown = [body.get(key) for key in ("embeds", "attachments", "poll", "sticker_ids")]
    forwarded = part_of(body, "message_reference").get("type") == 1
    if creating and not content.strip() and not components and not any(shown) and not forwarded:
        yield "an empty message"
    if len(content) > 2000:
        yield f"content of {len(content)} characters, more than 2000"
    yield from _embeds(listed(body, "embeds"))
    layout = bool((body.get("flags") or 0) & COMPONENTS_V2)
    if layout:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(key):
                yield f"{key} beside Components V2"
        text = sum(len(part["content"]) for part in parts if part["type"] == TEXT_DISPLAY)
        if text > 4000:
            yield f"text displays of {text} characters in all, more than 4000"
        if len(parts) > 40:
            yield f"{len(parts)} components in all, more than 40"
    else:
        if creating and any(part["type"] in V2_ONLY for part in parts):
            yield "Components V2 without their flag (1 << 15)"
        if not any(part["type"] in V2_ONLY for part in parts) and len(components) > 5:
            yield f"{len(components)} rows, more than 5"
    if creating or "attachments" in body:
        yield from _pictures(parts, {file.get("filename") for file in listed(body, "attachments")})
    yield from _controls(parts)


def _pictures(parts: list[Json], sent: set[str | None]) -> Iterator[str]:
    """Pictures that are shown, but not sent along; what is sent is a file of a multipart request."""
    galleries = (part for part in parts if part.get("type") == GALLERY)
    for item in (item for gallery in galleries for item in listed(gallery, "items")):
        scheme, _, name = item["media"]["url"].partition("://")
        if scheme == "attachment" and name not in sent:
            yield f"the picture {name!r} is not sent along"


def _embeds(embeds: list[Json]) -> Iterator[str]:
    total = 0
    for embed in embeds:
        fields: list[Json] = listed(embed, "fields")
        texts = [embed.get("title"), embed.get("description")]
        texts += [part_of(embed, "footer").get("text"), part_of(embed, "author").get("name")]
        texts += [field[key] for field in fields for key in ("name", "value")]
        total += sum(len(text) for text in texts if text)
    if total > 6000:
        yield f"embeds of {total} characters in all, more than 6000"


def _controls(parts: list[Json], *, in_modal: bool = False) -> Iterator[str]:
    yield from _repeated("custom_id", [part["custom_id"] for part in parts if part.get("custom_id")])
    yield from _repeated("component id", [part["id"] for part in parts if part.get("id")])
    for part in parts:
        kind = part.get("type")
        if kind == ACTION_ROW:
            inside = [child["type"] for child in listed(part, "components")]
            selects = sum(child in SELECTS for child in inside)
            if selects > 1 or (selects and BUTTON in inside):
                yield f"a row of {len(inside)} controls with a select, which fills a row alone"
        elif kind == BUTTON:
            yield from _button(part)
        elif kind in SELECTS:
            yield from _select(part, in_modal)
        elif kind == TEXT_INPUT and (part.get("min_length") or 0) > (part.get("max_length") or 4000):
            yield f"{part['custom_id']!r} wants more than its max_length"


def _button(part: Json) -> Iterator[str]:
    name = part.get("label") or part.get("custom_id") or part.get("url")
    style = part.get("style")
    wanted = {LINK: "url", PREMIUM: "sku_id"}.get(cast("int", style), "custom_id")
    for key in ("custom_id", "url", "sku_id"):
        if bool(part.get(key)) != (key == wanted):
            yield f"button {name!r} of style {style} {'without' if key == wanted else 'with'} {key}"
    if style != PREMIUM and not part.get("label") and not part.get("emoji"):
        yield f"button {name!r} with neither label nor emoji"


def _select(part: Json, in_modal: bool) -> Iterator[str]:
    name = part.get("custom_id")
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    least, most = 1 if least is None else least, 1 if most is None else most
    if least > most:
        yield f"select {name!r} with min_values over max_values"
    if in_modal and part.get("disabled"):
        yield f"select {name!r} disabled in a modal"
    if part["type"] == 3:
        options: list[Json] = listed(part, "options")
        if not 1 <= len(options) <= 25:
            yield f"select {name!r} with {len(options)} options, not 1 to 25"
        if most > len(options):
            yield f"select {name!r} with max_values over its {len(options)} options"
        if sum(bool(option.get("default")) for option in options) > most:
            yield f"select {name!r} with more defaults than max_values"
        yield from _repeated(f"value in select {name!r}", [option["value"] for option in options])


def modal_complaints(data: Json) -> list[str]:
    tops: list[Json] = listed(data, "components")
    wrong = [] if 1 <= len(tops) <= 5 else [f"a modal of {len(tops)} items, not 1 to 5"]
    return wrong + list(_controls(list(walk(tops)), in_modal=True))


def command_complaints(commands: list[Json]) -> list[str]:
    """What is wrong with the commands of one scope, as a sync sends them."""
    return list(_commands(commands))


def _commands(commands: list[Json]) -> Iterator[str]:
    kinds = [command.get("type") or CHAT_INPUT for command in commands]
    for kind, count in Counter(kinds).items():
        if count > PER_SCOPE[kind]:
            yield f"{count} commands of type {kind}, more than {PER_SCOPE[kind]}"
    names = [f"{command['name']} (type {kind})" for command, kind in zip(commands, kinds, strict=True)]
    yield from _repeated("command", names)
    for command, kind in zip(commands, kinds, strict=True):
        if kind == CHAT_INPUT:
            yield from _described(f"/{command['name']}", command)
            yield from _options(f"/{command['name']}", listed(command, "options"))
            if (length := command_length(command)) > 8000:
                yield f"/{command['name']} has {length} characters in all, more than 8000"
        elif command.get("description") or command.get("options"):
            yield f"context menu {command['name']!r} with a description or options"


def _described(where: str, spec: Json) -> Iterator[str]:
    name, description = spec["name"], spec.get("description") or ""
    if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
        yield f"{where}: the name must be 1 to 32 lower-case letters, digits, - or _"
    if not 1 <= len(description) <= 100:
        yield f"{where}: a description of {len(description)} characters, not 1 to 100"


def _options(where: str, options: list[Json]) -> Iterator[str]:
    if len(options) > 25:
        yield f"{where}: {len(options)} options, more than 25"
    yield from _repeated(f"option of {where}", [option["name"] for option in options])
    nested = [option["type"] in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        yield f"{where}: subcommands beside other options"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{where}: a required option after an optional one"
    for option in options:
        inner = f"{where} {option['name']}"
        yield from _described(inner, option)
        if option["type"] in (SUBCOMMAND, GROUP):
            yield from _options(inner, listed(option, "options"))
            continue
        choices: list[Json] = listed(option, "choices")
        yield from _choices(inner, choices)
        if choices and option.get("autocomplete"):
            yield f"{inner}: autocomplete beside choices"
        for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
            if option.get(low) is not None and option.get(high) is not None and option[low] > option[high]:
                yield f"{inner}: {low} over {high}"


def _choices(where: str, choices: list[Json]) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{where}: {len(choices)} choices, more than 25"
    yield from _repeated(f"choice of {where}", [choice["name"] for choice in choices])
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100:
            yield f"{where}: choice {choice['name'][:20]!r} of {len(choice['name'])} characters, not 1 to 100"
        if isinstance(choice["value"], str) and len(choice["value"]) > 100:
            yield f"{where}: choice {choice['name'][:20]!r} has a value of more than 100 characters"


def command_length(spec: Json) -> int:
    """Characters of names, descriptions and values in a command, its options and choices together.

    Of a localised text the longest version counts.
    """
    own = _longest(spec, "name") + _longest(spec, "description")
    own += sum(command_length(option) for option in listed(spec, "options"))
    return own + sum(
        _longest(choice, "name") + len(str(choice["value"])) for choice in listed(spec, "choices")
    )


def _longest(spec: Json, key: str) -> int:
    localised: dict[str, str] = spec.get(f"{key}_localizations") or {}
    return max(len(text) for text in (spec.get(key) or "", *localised.values()))


def _repeated(what: str, values: list[Any]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value!r} appears {count} times"
