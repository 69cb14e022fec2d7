"""How an answer gets into the form that is shown: by the words of its fields and options, as a person finds them."""

import random
from collections.abc import Mapping, Sequence

from bot.bank.form import FormField, PickField, TextField
from bot.rehearsal.screen import Entry, Field, Sheet

CUT = "…"


def fill_in(
    sheet: Sheet, answer: Sequence[FormField], lettered: Mapping[str, str]
) -> dict[str, Entry] | None:
    """What to send off for this answer, whose fields and options may stand in another order on the form.

    ``lettered`` are the words behind the letters on the screen. None where the form asks for something else.
    """
    entries: dict[str, Entry] = {}
    for field in answer:
        left = [shown for shown in sheet.fields if shown.name not in entries]
        shown = next((shown for shown in left if _says(shown.label, field.label, lettered)), None)
        entry = None if shown is None else _entry(shown, field, lettered)
        if shown is None or not entry:
            return None
        entries[shown.name] = entry
    return entries if len(entries) == len(sheet.fields) else None


def fill_in_anyhow(sheet: Sheet, text: str, rng: random.Random) -> dict[str, Entry]:
    """What to send off for a question that one has never heard of: this text, or whatever is on offer."""
    return {
        field.name: [rng.choice(field.offered).value] if field.offered else text for field in sheet.fields
    }


def _entry(shown: Field, field: FormField, lettered: Mapping[str, str]) -> Entry | None:
    match field:
        case TextField(given=text):
            return None if shown.offered else text
        case PickField(options=options, given=given):
            found = [_value(shown, options[place], lettered) for place in given]
            values = [value for value in found if value is not None]
            return values if len(values) == len(found) else None


def _value(shown: Field, words: str, lettered: Mapping[str, str]) -> str | None:
    return next((offer.value for offer in shown.offered if _says(offer.label, words, lettered)), None)


def _says(shown: str, words: str, lettered: Mapping[str, str]) -> bool:
    """Whether what is shown means these words: a letter stands for what it has on the screen."""
    letter, _, rest = shown.partition(" · ")
    whole = lettered.get(letter)
    if whole is not None and _begins(rest, whole):
        return whole == words
    return _begins(shown, words)


def _begins(shown: str, words: str) -> bool:
    return shown == words or (shown.endswith(CUT) and words.startswith(shown.removesuffix(CUT)))
