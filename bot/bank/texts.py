"""The types of text that question files are made of, with their limits. Knows nothing of items."""

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from bot.bank import limits
from bot.bank.fault import Fault, Faults

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def one_line(text: str) -> str:
    """The text with each run of white space, line breaks included, as one blank."""
    return " ".join(text.split())


def same_text(text: str) -> str:
    """A key under which texts that look alike to a reader are equal: letter case and spacing do not count."""
    return one_line(unicodedata.normalize("NFKC", text).casefold())


def _date_text(value: object) -> object:
    # YAML reads 2018 as a number; as a date it is as good as "2018".
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _real_date(text: str) -> str:
    matched = _PARTIAL_DATE.fullmatch(text)
    if matched is not None:
        year, month, day = (int(part) if part else 1 for part in matched.groups())
        try:
            date(year, month, day)
        except ValueError:
            pass
        else:
            return text
    raise Faults(
        [Fault("bad-date", f"“{text[:40]}” is not a date", "write 2018, 2018-03 or 2018-03-11")]
    ) from None


PartialDate = Annotated[
    str,
    BeforeValidator(_date_text, json_schema_input_type=int | str),
    StringConstraints(strip_whitespace=True),
    AfterValidator(_real_date),
]
"""A year, a month or a day, as precisely as it is known: ``2018``, ``2018-03``, ``2018-03-11``."""

Slug = Annotated[str, StringConstraints(min_length=1, max_length=limits.SLUG, pattern=_SLUG)]
SetId = Annotated[str, StringConstraints(min_length=3, max_length=limits.SLUG, pattern=_SLUG)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=limits.TAG, pattern=_SLUG)]

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.TITLE),
    AfterValidator(one_line),
]
Description = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.DESCRIPTION)
]
Source = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.SOURCE),
    AfterValidator(one_line),
]
Prompt = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.PROMPT)]
Explanation = Annotated[str, StringConstraints(strip_whitespace=True, max_length=limits.EXPLANATION)]
KnownBetter = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.KNOWN_BETTER)
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.REASON)]
OptionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.OPTION),
    AfterValidator(one_line),
]
Feedback = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.FEEDBACK)]
AnswerText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.ANSWER),
    AfterValidator(one_line),
]
Unit = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=limits.UNIT), AfterValidator(one_line)
]
