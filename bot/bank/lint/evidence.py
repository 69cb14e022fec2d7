"""Checks of what an item rests on: its date, its correction, the numbers that its explanation names."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bot.bank.fault import Fault
from bot.bank.figures import figures_in
from bot.bank.item import Category, Label
from bot.bank.kinds import Item
from bot.bank.lint.register import Examined, item_check, set_check
from bot.bank.wording import listing

_SMALL_WORD: Final = Decimal(10)
"""Numbers in words up to this are part of the language more often than figures."""


@item_check("no-as-of")
def _dated(item: Item) -> Iterator[Fault]:
    if item.as_of is not None or not item.graded:
        return
    if item.category is Category.STATISTIC:
        yield Fault("no-as-of", "a statistic without its date", "add “as_of:”, such as 2018-03")
    elif item.label is Label.OUTDATED:
        yield Fault("no-as-of", "what is outdated needs its date", "add “as_of:”, such as 2018-03")


@item_check("no-correction")
def _corrected(item: Item) -> Iterator[Fault]:
    if item.label is Label.MISCONCEPTION and item.correction is None:
        yield Fault("no-correction", "a misconception without what is known", "add “correction:”", ("label",))
    elif item.label is Label.OUTDATED and item.correction is None and item.since is None:
        what = "nothing says what has changed"
        yield Fault("no-correction", what, "add “since:” with its date, or “correction:”", ("label",))


@set_check("number-not-in-source")
def _numbers_of_the_source(examined: Examined) -> Iterator[tuple[int, Fault]]:
    """Numbers of an explanation against those of the paragraphs that the item names.

    Looks at items that come from the set's source and name a paragraph; numbers in words count above ten.
    """
    figures = examined.figures
    if figures is None:
        return
    for at, item in enumerate(examined.items):
        if item.source is not None or not item.paragraph:
            continue
        known = {value for number in item.paragraph for value in figures.get(number, ())} | examined.dates
        strange = {
            figure.written: None
            for figure in figures_in(item.explanation)
            if figure.value not in known and not (figure.in_words and figure.value <= _SMALL_WORD)
        }
        if strange:
            where = "paragraph" if len(item.paragraph) == 1 else "paragraphs"
            which = listing([str(number) for number in item.paragraph])
            what = (
                f"the explanation names {listing(list(strange))}, and {where} {which} of the source does not"
            )
            what = what if len(item.paragraph) == 1 else what.replace("does not", "do not")
            remedy = (
                "check the number and the paragraph, or put what is known from elsewhere into “correction:”"
            )
            yield at, Fault("number-not-in-source", what, remedy, ("explanation",))


@set_check("no-such-paragraph")
def _paragraphs_exist(examined: Examined) -> Iterator[tuple[int, Fault]]:
    if examined.figures is None or not examined.whole:
        return
    for at, item in enumerate(examined.items):
        for place, number in enumerate(item.paragraph if item.source is None else ()):
            if number not in examined.figures:
                what = f"the source has no paragraph {number}"
                yield at, Fault("no-such-paragraph", what, "check the number", ("paragraph", place))
