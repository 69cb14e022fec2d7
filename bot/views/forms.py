"""Forms (Discord's modals) that work after any restart.

A form's custom id is a prefix, ids, and the interaction that asked for it: unique, because discord.py drops
the second of two forms of one id. Submissions are dispatched by prefix when they come in, whether or not this
process has shown the form.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import ui

from bot.views.layout import shorten
from bot.views.replies import guarded

LONGEST_TITLE = 45
LONGEST_LABEL = 45
FORM_LIFETIME_SECONDS = 15 * 60
SEPARATOR = "!"

Fields = Mapping[str, tuple[str, ...]]
"""What was typed or chosen, by the field's name; an empty text or nothing where nothing was."""

Handler = Callable[[discord.Interaction, tuple[int, ...], Fields], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of form: its prefix, what happens with a submission, and whether that is too frequent for the log.

    What was typed goes back to its author where the handler fails.
    """

    prefix: str
    submitted: Handler
    routine: bool = False

    def modal(
        self, interaction: discord.Interaction, ids: tuple[int, ...], title: str, *fields: ui.Item[Any]
    ) -> ui.Modal:
        """A form to show in answer to ``interaction``."""
        custom_id = SEPARATOR.join((self.prefix, *map(str, ids), str(interaction.id)))
        modal = ui.Modal(
            title=shorten(title, LONGEST_TITLE), custom_id=custom_id, timeout=FORM_LIFETIME_SECONDS
        )
        for field in fields:
            modal.add_item(field)
        return modal


def labelled(text: str, component: ui.Item[Any], description: str | None = None) -> ui.Item[Any]:
    """A field with its label, and a line that says how to fill it in."""
    return ui.Label(
        text=shorten(text, LONGEST_LABEL),
        component=component,
        description=None if description is None else shorten(description, 100),
    )


async def submit(forms: Iterable[Form], interaction: discord.Interaction) -> None:
    """Give a submission to the form that it belongs to. Anything but a submission of ours is left alone."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data = cast("dict[str, Any]", interaction.data or {})
    prefix, *ids = str(data.get("custom_id", "")).split(SEPARATOR)
    form = next((each for each in forms if each.prefix == prefix), None)
    if form is None or not all(part.isdigit() for part in ids):
        return
    fields = _filled_in(data)
    numbers = tuple(int(part) for part in ids[:-1])
    what = " ".join(("form", prefix, *map(str, numbers[:1])))
    await guarded(
        interaction,
        what,
        lambda: form.submitted(interaction, numbers, fields),
        routine=form.routine,
        typed=_typed_in(data),
    )


def first(fields: Fields, name: str) -> str:
    """What stands in a field that holds one text; empty where nothing does."""
    values = fields.get(name, ())
    return values[0] if values else ""


def _filled_in(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    filled: dict[str, tuple[str, ...]] = {}
    for component in _components(data):
        values = component["values"] if "values" in component else [component.get("value") or ""]
        filled[str(component.get("custom_id", ""))] = tuple(map(str, values or ()))
    return filled


def _typed_in(data: Mapping[str, Any]) -> list[str]:
    """What was typed into fields of text, without what was left empty."""
    typed = (
        str(component.get("value") or "")
        for component in _components(data)
        if component.get("type") == discord.ComponentType.text_input.value
    )
    return [text for text in typed if text.strip()]


def _components(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The fields of a submission as Discord sends it: labels (or rows) around one component each."""
    for wrapper in data.get("components", ()):
        yield from [wrapper["component"]] if "component" in wrapper else wrapper.get("components", ())
