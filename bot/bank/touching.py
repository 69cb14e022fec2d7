"""Which items a message touches: those that share enough rare words with one of its sentences.

A word counts the more, the fewer items have it. Which items have a word is asked of whoever keeps them; knows
nothing of where that is.
"""

import re
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import Final, Generic, TypeVar

from bot.bank.looked_for import content_words

K = TypeVar("K", bound=Hashable)

# Found by trial on messages beside the bundled set; tests/bank has a table of others that they were not tried on.
IN_BODY: Final = 0.7
"""What a word weighs that an item has outside its title only."""
LEAST_SHARE: Final = 0.45
"""So much of what a sentence says has to be shared."""
SHARED: Final = ((3, 0.9, LEAST_SHARE), (2, 1.25, 0.7))
"""Enough is shared: so many words, weighing so much together, and so much of the sentence. A word that a single
item has weighs about 1, and one that all have nothing."""
MOST_PASSAGES: Final = 150
"""Sentences and clauses of one message that are looked at: more than its 4,000 characters have."""

_FEWEST: Final = min(words for words, _, _ in SHARED)
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\s\"”’)]+|\n+")
_CLAUSE: Final = re.compile(
    r"[,;:](?=\s)|[()\[\]\"“”–—]+|\s(?:and|but|because|so|that|while|although|whereas|since|which)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a message, or a clause of one, and the words that say what it is about."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Having(Generic[K]):
    """The items that have a word: at all, and in their title or among their topics."""

    anywhere: Set[K]
    title: Set[K]


@dataclass(frozen=True, slots=True)
class Touch(Generic[K]):
    """An item that a passage touches, and how much so: the greater, the nearer. ``in_title`` is how many of the
    passage's words are in the item's title."""

    key: K
    passage: Passage
    nearness: float
    in_title: int


def passages(message: str) -> tuple[Passage, ...]:
    """The sentences of a message, and their clauses: who writes without stops is understood too."""
    found: dict[tuple[str, ...], Passage] = {}
    for sentence in _SENTENCE.split(message):
        for text in (sentence, *_CLAUSE.split(sentence)):
            words = content_words(text)
            if len(words) >= _FEWEST and len(found) < MOST_PASSAGES:
                found.setdefault(tuple(word.casefold() for word in words), Passage(text.strip(), words))
    return tuple(found.values())


def touched(read: Sequence[Passage], having: Mapping[str, Having[K]], items: int) -> list[Touch[K]]:
    """The items that the passages touch, the nearest first, each with the passage that touches it most.

    ``having`` says of each of the passages' words which items have it, out of ``items`` in all.
    """
    weights = {word: _weight(len(has.anywhere), items) for word, has in having.items()}
    nearest: dict[K, Touch[K]] = {}
    for passage in read:
        whole = sum(weights[word] for word in passage.words)
        for key, words in _candidates(passage, having, weights, whole).items():
            in_title = sum(key in having[word].title for word in words)
            weight = sum(weights[word] * (1 if key in having[word].title else IN_BODY) for word in words)
            if any(len(words) >= n and weight >= w and weight >= share * whole for n, w, share in SHARED):
                touch = Touch(key, passage, weight * weight / whole, in_title)
                if key not in nearest or touch.nearness > nearest[key].nearness:
                    nearest[key] = touch
    return sorted(nearest.values(), key=lambda touch: touch.nearness, reverse=True)


def _candidates(
    passage: Passage, having: Mapping[str, Having[K]], weights: Mapping[str, float], whole: float
) -> dict[K, list[str]]:
    """The items that may share enough with a passage, with the words that they share.

    The rarest words come first. As soon as those that are left cannot make up enough, they bring in no other item:
    they are the words that nearly all items have.
    """
    enough = min(max(least, share * whole) for _, least, share in SHARED)
    found: dict[K, list[str]] = {}
    left = whole
    for word in sorted(passage.words, key=lambda word: weights[word], reverse=True):
        has = having[word].anywhere
        for key in has if left >= enough else found.keys() & has:
            found.setdefault(key, []).append(word)
        left -= weights[word]
    return found


def _weight(having: int, items: int) -> float:
    """0 to 1: the inverse document frequency, as a share of that of a word which no item has."""
    if items < 1:
        return 0.0
    return min(1.0, max(0.0, log((items + 1) / (having + 0.5)) / log(items + 1)))
