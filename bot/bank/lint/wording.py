"""Checks of how an item is put: feedback, options that give themselves away, explanations."""

import re
from collections.abc import Iterator
from typing import Final

from bot.bank.fault import Fault
from bot.bank.kinds import (
    Choice,
    Claim,
    Estimate,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    ShortText,
    Sorting,
    TrueFalse,
)
from bot.bank.lint.register import item_check
from bot.bank.spelling import plain
from bot.bank.wording import listing

_MUCH_LONGER: Final = 1.6
_LONGER_BY: Final = 25
_ABOVE: Final = re.compile(r"\b(?:all|none|both|any|neither) of (?:the above|these|them|the others)\b")


@item_check("no-feedback")
def _feedback(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice | Multiple):
        bare = [at for at, option in enumerate(item.options) if not option.right and option.feedback is None]
        if bare:
            which = listing([str(at + 1) for at in bare])
            what = f"wrong option{'s' if len(bare) > 1 else ''} {which} without feedback"
            yield Fault("no-feedback", what, "name the misconception in “feedback:”", ("options", bare[0]))
    elif _says_nothing(item):
        what = "nothing is said to those who answer wrongly"
        yield Fault("no-feedback", what, "name a usual mistake in “feedback:”")


def _says_nothing(item: Item) -> bool:
    match item:
        case TrueFalse() | Numeric() | Estimate() | ShortText() | Ordering() | Matching():
            return not item.feedback
        case Sorting():
            return not any(statement.feedback for statement in item.statements)
        case Choice() | Multiple() | Claim():
            return False


@item_check("right-is-longest")
def _length_gives_away(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice | Multiple):
        longest_wrong = max(len(option.text) for option in item.options if not option.right)
        for at, option in enumerate(item.options):
            length = len(option.text)
            much = length > longest_wrong * _MUCH_LONGER and length >= longest_wrong + _LONGER_BY
            if option.right and much:
                what = "a right option is much longer than the wrong ones, which gives it away"
                yield Fault("right-is-longest", what, "make them alike in length", ("options", at, "text"))


@item_check("of-the-above")
def _refers_to_other_options(item: Item) -> Iterator[Fault]:
    if isinstance(item, Choice | Multiple):
        for at, option in enumerate(item.options):
            if _ABOVE.search(option.text.casefold()):
                what = f"“{option.text}” speaks of the other options, and options are shuffled"
                remedy = "replace it with an option of its own"
                yield Fault("of-the-above", what, remedy, ("options", at, "text"))


@item_check("no-explanation", "empty-explanation")
def _explained(item: Item) -> Iterator[Fault]:
    if not item.graded:
        return
    if not item.explanation:
        yield Fault("no-explanation", "nothing explains the answer", "say in “explanation:” why it is right")
    elif plain(item.explanation) == plain(item.prompt):
        what = "the explanation only repeats the prompt"
        yield Fault("empty-explanation", what, "say why the answer is right", ("explanation",))
