"""A figure in running text beside the figure that an item asks for, where both plausibly count the same.

Whether the text speaks of the item's subject at all is ``touching``'s business. Better no comparison than a wrong
one: the units have to agree, a bound (“more than 70%”) is no figure, nor is one that the item itself names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.bank.figures import figures_in
from bot.bank.item import ItemBase, Label
from bot.bank.kinds import Estimate, Numeric
from bot.bank.looked_for import content_words
from bot.bank.numbers import PERCENT_UNITS, unit_forms

_PERCENT: Final = re.compile(r"\s*(?:%|per\s?cent\b|pct\b)", re.IGNORECASE)
_POINTS: Final = re.compile(r"\s*(?:%|per\s?cent(?:age)?)?\s?points?\b", re.IGNORECASE)
_BOUND: Final = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|larger|smaller|other) than(?: \w+)?$|[<>≤≥+]$"
    r"|\b(?:over|under|above|below|beyond|exceed\w*|at (?:least|most)|up to|minimum|maximum|between|from)$",
    re.IGNORECASE,
)
_BEFORE_A_YEAR: Final = re.compile(
    r"\b(?:in|since|by|until|till|to|of|year|around|about|only|late|early|end of|start of)$|\($",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"[12]\d{3}")
_WORDS_AFTER: Final = 3
"""So far behind the number the unit may stand: “43 Chinese pilot cities”."""
_NO_SUBJECT: Final = frozenset({"year", "years", "share"})

LEAST_SUBJECT: Final = Decimal("0.4")
LEAST_SUBJECT_OF_A_YEAR: Final = Decimal("0.75")
"""So many of the words of its question have to be there. Years are told apart by all that they are years of."""
FARTHEST: Final = 10
"""Numbers that are so many times apart count different things. Shares and years are never so far apart."""


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """The figure of a text, in the unit of the item, and whether it is the item's own figure."""

    value: Decimal
    same: bool


def said_figure(item: ItemBase, text: str, shared: int) -> SaidFigure | None:
    """The one figure of a text that can be compared with that of an item; None where there is none, or several.

    ``shared`` is how many words of the item's question the text has. That it agrees with a figure which is known to
    be wrong is not said.
    """
    if not isinstance(item, Numeric | Estimate) or not item.unit:
        return None
    subject = [word for word in content_words(item.prompt) if word.casefold() not in _NO_SUBJECT]
    least = LEAST_SUBJECT_OF_A_YEAR if _is_year(item.unit) else LEAST_SUBJECT
    if shared < least * len(subject):
        return None
    said = dict(_in_unit(text, item.unit))
    same = {value for value, exact in said.items() if exact and _is_same(item, value)}
    others = said.keys() - {figure.value for figure in figures_in(_own_words(item))}
    if same:
        return None if item.label is Label.MISCONCEPTION else SaidFigure(min(same), same=True)
    if len(others) != 1 or len(said) != 1 or not all(said.values()):
        return None
    (value,) = others
    return None if _is_far(item, value) else SaidFigure(value, same=False)


def _is_far(item: Numeric | Estimate, value: Decimal) -> bool:
    if item.unit.casefold() in PERCENT_UNITS or _is_year(item.unit):
        return False
    low, high = sorted((abs(value), abs(item.answer)))
    return high > FARTHEST * low


def _is_year(unit: str) -> bool:
    return unit.casefold() == "year"


def _is_same(item: Numeric | Estimate, value: Decimal) -> bool:
    return item.is_right(value) if isinstance(item, Numeric) else value == item.answer


def _own_words(item: ItemBase) -> str:
    better = [part.text for part in (item.correction, item.since) if part is not None]
    return "\n".join((item.prompt, item.explanation, *better))


def _in_unit(text: str, unit: str) -> Iterator[tuple[Decimal, bool]]:
    """The figures of a text in a unit, each with whether it is one, and no bound."""
    forms = unit_forms(unit.casefold())
    for figure in figures_in(text):
        found = re.search(rf"(?<![\w.,]){re.escape(figure.written)}", text)
        if found is None:
            continue
        before, after = text[: found.start()].rstrip(), text[found.end() :]
        in_points = _POINTS.match(after) is not None
        in_percent = not in_points and (figure.written.endswith("%") or _PERCENT.match(after) is not None)
        if unit.casefold() in PERCENT_UNITS:
            counts = in_points if "point" in unit.casefold() else in_percent
        elif _is_year(unit):
            counts = _YEAR.fullmatch(figure.written) is not None and _BEFORE_A_YEAR.search(before) is not None
        else:
            following = re.findall(r"[^\W\d_]+", re.split(r"[.,;:!?()]", after, maxsplit=1)[0])[:_WORDS_AFTER]
            counts = not in_percent and not forms.isdisjoint(word.casefold() for word in following)
        if counts:
            yield figure.value, _BOUND.search(before) is None and not after.lstrip().startswith("+")
