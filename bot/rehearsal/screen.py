"""What a person sees: the texts and buttons of a message, the fields of a form. Nothing else of Discord is read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import discord
import simcord

Shown = discord.Message | simcord.ResponseMessage
Entry = str | list[str]
"""What is entered into a field of a form: a text, or the values chosen in a list."""

TEXT, BUTTON, LABEL = 10, 2, 18
COUNTDOWN = re.compile(r"<t:(\d+):R>")
LETTERED = re.compile(r"^\*\*([A-Z])\*\* · (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Button:
    """A button that can be pressed. ``custom_id`` is which one of those that look alike."""

    label: str
    custom_id: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as it is read: its texts, one below the other, and its buttons."""

    message: Shown
    text: str
    buttons: tuple[Button, ...]

    def button(self, label: str) -> Button | None:
        """The first button that begins with this label."""
        return next((button for button in self.buttons if button.label.startswith(label)), None)

    @property
    def until(self) -> datetime | None:
        """The moment that the message counts down to."""
        found = COUNTDOWN.search(self.text)
        return None if found is None else datetime.fromtimestamp(int(found[1]), UTC)

    @property
    def lettered(self) -> dict[str, str]:
        """The full words behind each letter in the text."""
        return dict(LETTERED.findall(self.text))

    def options(self) -> dict[str, Button]:
        """The answers on offer, in full words, each with its button."""
        lettered = self.lettered
        offered: dict[str, Button] = {}
        for button in self.buttons:
            letter, _, words = button.label.partition(" · ")
            offered[lettered.get(letter, words or button.label)] = button
        return offered


@dataclass(frozen=True, slots=True)
class Offer:
    """An option of a list: what one reads, and what is sent off for it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, with what stands in it already. A label that is cut short is read in full below it."""

    name: str
    label: str
    value: str
    offered: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is read: its title and its fields."""

    title: str
    fields: tuple[Field, ...]

    def filled_in(self, answers: Mapping[str, str]) -> dict[str, str]:
        """What is sent off: the answers given, and what stood in the other fields already."""
        filled = {field.name: answers.get(field.name, field.value) for field in self.fields}
        return {name: text for name, text in filled.items() if text}


def look_at(message: Shown) -> Screen:
    """Read a message."""
    nodes = list(_walk([_plain(component) for component in message.components]))
    return Screen(
        message,
        "\n".join(str(node["content"]) for node in nodes if node.get("type") == TEXT),
        tuple(
            Button(str(node.get("label") or ""), str(node["custom_id"]))
            for node in nodes
            if node.get("type") == BUTTON and node.get("custom_id") and not node.get("disabled")
        ),
    )


def look_at_form(result: simcord.InteractionResult) -> Sheet | None:
    """Read the form that came up, if one did."""
    modal = result.modal
    if modal is None:
        return None
    labelled = [cast("dict[str, Any]", part) for part in modal["components"] if part["type"] == LABEL]
    return Sheet(str(modal["title"]), tuple(_field(part) for part in labelled))


def answer_to(result: simcord.InteractionResult) -> Screen | None:
    """The private answer to a press, a form or a command, if there is one."""
    shown = result.followups[-1] if result.followups else result.response
    return None if shown is None else look_at(shown)


def _field(labelled: Mapping[str, Any]) -> Field:
    component = cast("dict[str, Any]", labelled["component"])
    label, below = str(labelled.get("label") or ""), str(labelled.get("description") or "")
    cut = label.endswith("…") and below.startswith(label.removesuffix("…"))
    options = cast("list[dict[str, Any]]", component.get("options") or [])
    chosen = next((str(option["value"]) for option in options if option.get("default")), "")
    return Field(
        str(component["custom_id"]),
        below if cut else label,
        str(component.get("value") or chosen),
        tuple(Offer(str(option["label"]), str(option["value"])) for option in options),
    )


def _plain(component: object) -> Mapping[str, Any]:
    if isinstance(component, discord.Component):
        return cast("Mapping[str, Any]", component.to_dict())
    return cast("Mapping[str, Any]", component)


def _walk(nodes: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component in reading order; the button beside a text comes after the text."""
    for node in nodes:
        yield node
        yield from _walk(cast("list[Mapping[str, Any]]", node.get("components") or []))
        if "accessory" in node:
            yield from _walk([cast("Mapping[str, Any]", node["accessory"])])
