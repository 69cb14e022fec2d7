"""The form in which a question is answered: Discord's components for the fields that a kind asks for.

Knows the fields of ``bank.form``, not the kinds.
"""

from typing import Any

import discord
from discord import ui

from bot.bank.form import Filled, FormField, PickField, TextField
from bot.quiz.run import Round
from bot.views.forms import LONGEST_LABEL, Fields, Form, labelled
from bot.views.layout import letter, shorten

MOST_FIELDS = 5
LONGEST_TYPED = 200
LONGEST_OPTION = 100
NAME = "answer-"


def answer_form(
    form: Form, interaction: discord.Interaction, asked: Round, fields: tuple[FormField, ...]
) -> ui.Modal:
    """The form for these fields. The question stands above them where there is room for it."""
    return item_form(form, interaction, (asked.round_id,), "Your answer", asked.item.prompt, fields)


def item_form(
    form: Form,
    interaction: discord.Interaction,
    ids: tuple[int, ...],
    title: str,
    prompt: str,
    fields: tuple[FormField, ...],
) -> ui.Modal:
    """As ``answer_form``, for a question that is asked in no round."""
    shown = [_component(at, field) for at, field in enumerate(fields)]
    above: list[ui.Item[Any]] = [ui.TextDisplay(prompt)] if len(shown) < MOST_FIELDS else []
    return form.modal(interaction, ids, title, *above, *shown)


def filled_in(fields: Fields) -> Filled:
    """What was filled in, field by field; nothing for a field that is missing before the last one."""
    names = [f"{NAME}{at}" for at in range(MOST_FIELDS)]
    count = max((at + 1 for at, name in enumerate(names) if name in fields), default=0)
    return tuple(fields.get(name, ()) for name in names[:count])


def _component(at: int, field: FormField) -> ui.Item[Any]:
    match field:
        case TextField(label, hint, given):
            text = ui.TextInput[ui.View](
                custom_id=f"{NAME}{at}",
                default=given or None,
                max_length=LONGEST_TYPED,
                style=discord.TextStyle.short,
            )
            return labelled(label, text, hint)
        case PickField():
            label = field.label if field.part is None else f"{letter(field.part)} · {field.label}"
            whole = label if len(label) > LONGEST_LABEL else None
            return labelled(label, _list(at, field), whole)


def _list(at: int, field: PickField) -> ui.Item[Any]:
    texts = [
        shorten(f"{letter(place)} · {text}" if field.lettered else text, LONGEST_OPTION)
        for place, text in enumerate(field.options)
    ]
    name = f"{NAME}{at}"
    if field.several:
        return ui.CheckboxGroup[ui.View](
            custom_id=name,
            min_values=1,
            max_values=len(texts),
            options=[
                discord.CheckboxGroupOption(label=text, value=str(place), default=place in field.given)
                for place, text in enumerate(texts)
            ],
        )
    return ui.Select[ui.View](
        custom_id=name,
        placeholder="Choose one",
        options=[
            discord.SelectOption(label=text, value=str(place), default=place in field.given)
            for place, text in enumerate(texts)
        ],
    )
