"""Whether a typed text is an accepted answer with a slip of spelling. Knows nothing of items.

Ratios judge this badly (“type I error” and “type II error” are 96 % alike), so: normalise, then count the
edits (optimal string alignment: insert, delete, replace, swap neighbours) and allow few of them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

# fmt: off
_NEGATIONS: Final = frozenset((
    "no", "not", "non", "none", "never", "nor", "neither", "nobody", "nothing", "nowhere", "without",
    "cannot", "cant", "wont", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "hasnt",
    "havent", "hadnt", "wouldnt", "shouldnt", "couldnt",
))
# fmt: on
_NEGATING: Final = ("anti", "counter", "dis", "non", "un", "in", "im", "il", "ir", "de", "mis", "a")
_SHORTEST_STEM: Final = 4
_ROMAN: Final = re.compile(r"(?=[MDCLXVI])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SMALL_ROMAN: Final = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"})
_MARKS: Final = dict.fromkeys(range(0x300, 0x370))
_DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_SPACED: Final = re.compile(r"\b[^\W\d_](?: [^\W\d_]){2,}\b")
_KEPT: Final = frozenset("+#")  # C, C++ and C# differ by nothing else


@dataclass(frozen=True, slots=True)
class Match:
    """How near a typed text is: ``distance`` edits, of which ``allowance`` are forgiven."""

    distance: int
    allowance: int
    opposite: bool = False

    @property
    def within(self) -> bool:
        """Whether it counts as the same."""
        return self.distance <= self.allowance and not self.opposite

    @property
    def near(self) -> bool:
        """Whether it is beyond the allowance by one edit: worth a look by a person."""
        return self.distance == self.allowance + 1 and not self.opposite

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The better match is the greater."""
        return (self.within, self.near, -self.distance)


def plain(text: str) -> str:
    """The text without what does not count: case, accents, punctuation, articles, runs of blanks.

    “F.I.C.O.” and “F I C O” are one word, as is “FICO”.
    """
    # Decomposed, stripped of Latin accents and composed again; marks of other scripts carry meaning and stay.
    text = unicodedata.normalize("NFKD", text).translate(_MARKS)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("['’‘`´]", "", text).replace("&", " and ")
    text = _DOTTED.sub(lambda dotted: dotted[0].replace(".", "") + " ", text)
    counting = " ".join("".join(sign if _counts(sign) else " " for sign in text).split())
    words = _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), counting).split()
    if len(words) > 1 and words[0] in ("a", "an"):
        words = words[1:]
    # “Vitamin A” ends in a letter, not in an article.
    words = [word for at, word in enumerate(words) if word != "the" or at == len(words) - 1]
    return " ".join(words) or " ".join(text.split())


@lru_cache(maxsize=4096)
def _counts(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign)[0] not in "PZC"


def allowance(answer: str) -> int:
    """The edits forgiven in an accepted answer: 0 where one letter can change the meaning, else 1 or 2."""
    normal = plain(answer)
    words = normal.split()
    letters = sum(sign.isalpha() for sign in normal)
    if letters <= 4 or any(sign.isnumeric() for sign in normal) or _NEGATIONS.intersection(words):
        return 0
    if any(map(_is_roman, re.findall(r"\w+", answer))):
        return 0
    return 1 if letters <= 8 else 2


def _is_roman(word: str) -> bool:
    return word in _SMALL_ROMAN or _ROMAN.fullmatch(word) is not None


def compare(answer: str, typed: str) -> Match:
    """Compare an accepted answer with a typed text that went through :func:`plain`."""
    normal = plain(answer)
    allowed = allowance(answer)
    if _figures(normal) != _figures(typed):
        allowed = 0
    distance = OSA.distance(normal, typed, score_cutoff=allowed + 1)
    return Match(distance, allowed, opposite=_opposite(normal, typed))


def _figures(text: str) -> list[str]:
    return [sign for sign in text if sign.isnumeric()]


def _opposite(answer: str, typed: str) -> bool:
    """Whether one text denies what the other says: “verified” and “unverified”, “a score” and “no score”."""
    ours, theirs = answer.split(), typed.split()
    if _NEGATIONS.intersection(ours) != _NEGATIONS.intersection(theirs):
        return True
    if len(ours) != len(theirs):
        return False
    different = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(different) != 1:
        return False
    shorter, longer = sorted(different[0], key=len)
    # “nd”, “ffairs” and “aaffairs” are slips for “and” and “affairs”, and no opposites of theirs.
    if len(shorter) < _SHORTEST_STEM or shorter[0] == shorter[1] or longer[:2] == "aa":
        return False
    return any(prefix + shorter == longer for prefix in _NEGATING)
