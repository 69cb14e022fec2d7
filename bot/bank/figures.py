"""The figures in running text: “80%”, “1.4 billion”, “more than a million”, “1966-76”, “15th”, “two-term”.

What stands in digits and what stands in words are told apart, because small numbers in words are often no
figures at all (“one of them”). Knows nothing of items. Reading what a person typed is ``numbers``' business.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.bank.number_words import MULTIPLES, SCALES, WORDS, Token, value_of

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((word for word in words if len(word) > 1 or word == "a"), key=len, reverse=True))


# The lookbehind keeps out what is part of a name or a fraction: “MI5”, “PM2.5”, “1/2”.
_DIGITS: Final = re.compile(
    rf"""(?<![\w.,/-])(?P<minus>[-−])?(?P<number>{_NUMBER})
    (?:
        [ -]?(?P<scale>{_any_of(SCALES)})\b
      | [-–](?P<until>{_NUMBER})(?:\s?%|(?![\w-]|\.\d))
      | (?P<percent>\s?%) | (?:s|st|nd|rd|th)\b
      | (?!\w|\.\d|/\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD: Final = _any_of(WORDS - {"point"})
_WORD_RUN: Final = re.compile(rf"(?<![\w'’])(?:{_WORD})(?:[ -](?:{_WORD}))*\b", re.IGNORECASE)
_YEARS: Final = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, how a text writes it, and whether it stands there in words."""

    value: Decimal
    written: str
    in_words: bool = False


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text in its order; “1966-76” gives 1966 and 1976, “one” and ordinals in words none."""
    digits = [found for match in _DIGITS.finditer(text) for found in _in_digits(match)]
    words = [found for match in _WORD_RUN.finditer(text) for found in _in_words(match)]
    return tuple(figure for _, figure in sorted(digits + words, key=lambda found: found[0]))


def _in_digits(match: re.Match[str]) -> Iterator[tuple[int, Figure]]:
    value = _decimal(match["number"])
    if match["scale"]:
        value *= SCALES[match["scale"].casefold()]
    if match["minus"]:
        value = -value
    yield match.start(), Figure(value, match["number"] if match["until"] else match[0])
    if match["until"]:
        until = _decimal(match["until"])
        if value in _YEARS and len(match["until"]) == 2:
            until += value - value % 100
        yield match.start("until"), Figure(until, str(until) if value in _YEARS else match["until"])


def _in_words(match: re.Match[str]) -> Iterator[tuple[int, Figure]]:
    words = re.split("[ -]", match[0])
    whole = _spelt(words)
    if whole is None:  # “two and three” is no one number
        for part in re.split(r" and ", match[0], flags=re.IGNORECASE):
            figure = _spelt(re.split("[ -]", part))
            if figure is not None:
                yield match.start(), figure
    else:
        yield match.start(), whole


def _spelt(words: list[str]) -> Figure | None:
    while words and words[-1].casefold() in ("and", "a", "an"):
        words = words[:-1]
    while words and (words[0].casefold() == "and" or not _article_counts(words)):
        words = words[1:]
    tokens: list[Token] = [word.casefold() for word in words]
    value = value_of(tokens)
    return Figure(value, " ".join(words), in_words=True) if value is not None and value > 1 else None


def _article_counts(words: list[str]) -> bool:
    """Whether the first word is no article, or one that means 1: in “a million”, not in “a two-term limit”."""
    following = words[1].casefold() if len(words) > 1 else ""
    return words[0].casefold() not in ("a", "an") or following in SCALES or following in MULTIPLES


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
