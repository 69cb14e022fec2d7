"""Messages rendered from plain values, as JSON: what they say, and what Discord would refuse of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from bot.bank import limits
from bot.bank.question_set import SetInfo, SourceInfo
from bot.views.layout import Layout
from tests.openapi import specification, validate
from tests.wire.limits import message_complaints
from tests.wire.shapes import COMPONENTS_V2, walk

Json = dict[str, Any]

ROW, BUTTON, SECTION, TEXT, GALLERY, SEPARATOR, CONTAINER = 1, 2, 9, 10, 12, 14, 17

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BIG = 9_223_372_036_854_775_000
"""An id as long as Discord's and the database's can be."""
WORDS = "Lengthy words of many letters, as *people* write_them and <@1> too. "


def long(length: int, mark: str = "") -> str:
    """A text of exactly that many characters, different for each ``mark``."""
    text = mark + WORDS * (length // len(WORDS) + 1)
    return text[: length - 1].rstrip().ljust(length - 1, "x") + "."


INFO = SetInfo(
    format=1,
    id="s" * limits.SLUG,
    title=long(limits.TITLE),
    description=long(limits.DESCRIPTION),
    source=SourceInfo(title=long(limits.SOURCE), publisher=long(limits.SOURCE), date="2019-08-01"),
)


def parts_of(layout: Layout) -> list[Json]:
    """Every component in reading order."""
    return list(walk(layout.to_components()))  # type: ignore[arg-type]


def texts_of(layout: Layout) -> str:
    """All text, block by block."""
    return "\n".join(part["content"] for part in parts_of(layout) if part["type"] == TEXT)


def buttons_of(layout: Layout) -> list[Json]:
    """The buttons in reading order."""
    return [part for part in parts_of(layout) if part["type"] == BUTTON]


def plain(layout: Layout) -> str:
    """What is left of a message for somebody who sees no colour: its texts and the names of its buttons."""
    return texts_of(layout) + "\n" + " | ".join(button["label"] for button in buttons_of(layout))


def all_different(layouts: Iterable[Layout]) -> bool:
    """Whether messages differ in words."""
    said = [plain(layout) for layout in layouts]
    return len(set(said)) == len(said)


def refusals(layout: Layout) -> list[str]:
    """What Discord would refuse about a message, and dividers that divide nothing, in words."""
    files = [{"id": number, "filename": each.name} for number, each in enumerate(layout.pictures)]
    body: Json = {"components": layout.to_components(), "flags": COMPONENTS_V2, "attachments": files}
    wrong = message_complaints(body, creating=True)
    for part in parts_of(layout):
        wrong += _shape_complaints(part)
    if specification() is not None:
        wrong += validate("POST", "/channels/1/messages", body)
    return wrong


def _shape_complaints(part: Json) -> Iterator[str]:
    """The limits of Discord's documentation that its OpenAPI file has too, for machines without that file."""
    kind, inside = part["type"], [child["type"] for child in part.get("components") or []]
    if kind == SECTION:
        if not 1 <= len(inside) <= 3 or set(inside) != {TEXT}:
            yield f"a section of {inside}, not of one to three texts"
        if part.get("accessory", {}).get("type") != BUTTON:
            yield "a section without a button beside it"
    elif kind == TEXT and not part["content"].strip():
        yield "a text display with nothing to show"
    elif kind == ROW and (not 1 <= len(inside) <= 5 or set(inside) != {BUTTON}):
        yield f"a row of {inside}, not of one to five buttons"
    elif kind == BUTTON and not (1 <= len(part["label"]) <= 80 and 1 <= len(part["custom_id"]) <= 100):
        yield f"a button with the label {part['label']!r} and the id {part['custom_id']!r}"
    elif kind == CONTAINER:
        bounds = [None, *inside, None]
        for before, child, after in zip(bounds, inside, bounds[2:], strict=False):
            if child == SEPARATOR and {before, after} & {None, SEPARATOR}:
                yield "a divider that divides nothing"
