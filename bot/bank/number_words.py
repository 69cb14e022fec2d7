"""The grammar of one number made of digits and English words: “1.4 billion”, “forty-three”, “half a million”.

Works on tokens; knows nothing of units, signs or digit grouping.
"""

from collections.abc import Sequence
from decimal import Decimal

Token = Decimal | str

# fmt: off
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on

ONES = {word: Decimal(value) for value, word in enumerate(_SMALL)} | {"nought": Decimal(0)}
TENS = {word: Decimal(value * 10) for value, word in enumerate(_TENS, start=2)} | {"fourty": Decimal(40)}
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "k"), Decimal(10**3)),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10**5)),
    **dict.fromkeys(("million", "millions", "m", "mn", "mln", "mio"), Decimal(10**6)),
    **dict.fromkeys(("crore", "crores"), Decimal(10**7)),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "b"), Decimal(10**9)),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn", "t"), Decimal(10**12)),
}
MULTIPLES = {"hundred": Decimal(100), "hundreds": Decimal(100), "dozen": Decimal(12)}
WORDS = frozenset({*ONES, *TENS, *SCALES, *MULTIPLES, "a", "an", "half", "point", "and"})


class _NotANumber(Exception):
    """The tokens do not form one number."""


class _Sum:
    """A number as it grows: whole scales in ``total``, what is not yet scaled in ``group``."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.smallest = Decimal(10**30)  # the last scale: the next must be smaller
        self.room = Decimal(0)  # what may still be added to the group must be below this

    def add(self, value: Decimal, room: Decimal) -> None:
        if self.group is None:
            self.group = value
        elif 0 < value < self.room:
            self.group += value
        else:
            raise _NotANumber
        self.room = room

    def multiply(self, factor: Decimal) -> None:
        if self.group is None or self.group >= 100:
            raise _NotANumber
        self.group *= factor
        self.room = factor if factor == 100 else Decimal(0)

    def scale(self, factor: Decimal) -> None:
        if self.group is None or factor >= self.smallest:
            raise _NotANumber
        self.total += self.group * factor
        self.group, self.room, self.smallest = None, Decimal(0), factor


def value_of(tokens: Sequence[Token]) -> Decimal | None:
    """The one number that the tokens say, or None if they say none, several or nonsense."""
    if not tokens or tokens[-1] in ("and", "point", "a", "an"):
        return None
    growing = _Sum()
    at = 0
    try:
        while at < len(tokens):
            at += _take(growing, tokens, at)
    except _NotANumber:
        return None
    return growing.total + (growing.group or Decimal(0))


def _take(growing: _Sum, tokens: Sequence[Token], at: int) -> int:
    """Take the token at ``at`` into the sum; gives how many tokens that used up."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if isinstance(token, Decimal):
        growing.add(token, room=Decimal(0))
    elif token in ONES:
        growing.add(ONES[token], room=Decimal(0))
    elif token in TENS:
        growing.add(TENS[token], room=Decimal(10))
    elif token in MULTIPLES:
        growing.multiply(MULTIPLES[token])
    elif token in SCALES:
        growing.scale(SCALES[token])
    elif token in ("a", "an"):
        # “a million”, “a dozen”; the article in “half a million” only joins.
        if following not in SCALES and following not in MULTIPLES and following != "half":
            raise _NotANumber
        if growing.group is None and following != "half":
            growing.group = Decimal(1)
    elif token == "half":
        _half(growing, tokens, at)
    elif token == "point":
        return 1 + _fraction(growing, tokens[at + 1 :])
    elif token != "and" or at == 0 or isinstance(tokens[at - 1], Decimal):
        raise _NotANumber
    return 1


def _half(growing: _Sum, tokens: Sequence[Token], at: int) -> None:
    if growing.group is None and growing.total == 0:
        growing.group = Decimal("0.5")
    elif growing.group is not None and tuple(tokens[at - 2 : at]) == ("and", "a"):
        growing.group += Decimal("0.5")
    else:
        raise _NotANumber
    growing.room = Decimal(0)


def _fraction(growing: _Sum, tokens: Sequence[Token]) -> int:
    """Read the digits after “point”, one word each; gives how many there were."""
    digits = ""
    for token in tokens:
        if not isinstance(token, str) or token not in ONES or ONES[token] > 9:
            break
        digits += str(ONES[token])
    if not digits:
        raise _NotANumber
    growing.group = (growing.group or Decimal(0)) + Decimal(f"0.{digits}")
    growing.room = Decimal(0)
    return len(digits)
