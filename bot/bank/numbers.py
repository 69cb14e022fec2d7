"""Reading a number as people type it, and writing one as people read it.

Decimal throughout: 12.9 is never 12, and 0.1 is 0.1. Knows nothing of items. The rules:

- One number, with or without the item's unit: “43 cities”, “80 percent”, “$5 bn”, “about 43”, “minus five”.
- “1,400” has a thousands separator, because the comma stands before exactly three digits; “1,4” and “0,125”
  have a decimal comma. “1.400” is 1.4, but “1.400.000” and “1.400,5” use points between thousands.
- Where the unit is %, a bare number between 0 and 1 is a share: “0.8” is 80 %, unless the caller says that
  such small percentages are plausible.
- Anything else is refused rather than guessed: two numbers, a range, a fraction, a bound (“over 40”).
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from bot.bank.number_words import SCALES, WORDS, Token, value_of
from bot.errors import UnreadableAnswer

_LONGEST: Final = 120
_LARGEST: Final = Decimal(10) ** 30
PERCENT_UNITS: Final = frozenset({"%", "percent", "per cent", "percentage points", "percentage point", "pp"})
_CURRENCIES: Final = frozenset("$€£¥₹")

_MINUS_SIGNS: Final = dict.fromkeys(map(ord, "−‐‑‒–—﹣－"), "-")
_SUPERSCRIPTS: Final = {ord(sign): str(value) for value, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {ord("⁻"): "-"}
_SIGNS: Final = _MINUS_SIGNS | {ord("’"): "'", ord("٪"): "%", ord("٫"): ".", ord("٬"): ","}

_PERCENT: Final = re.compile(r"\s*(?:%|\bper\s?cent(?:age)?(?:\spoints?)?|\bpct\b\.?|(?<=\d)pp)\s*$")
_HEDGE: Final = re.compile(
    r"(?:~|≈|about|around|approximately|approx\.?|circa|ca\.?|c\.|roughly|some|it is|it's|=)\s*"
)
_SIGN: Final = re.compile(r"(-|\+|minus\b|negative\b)\s*")
_NUMERAL: Final = re.compile(
    r"""(?:
      (?P<comma_groups>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)
    | (?P<indian_groups>[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?)
    | (?P<point_groups>[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+))
    | (?P<blank_groups>[1-9]\d{0,2}(?:[ ]\d{3})+(?:[.,]\d+)?)
    | (?P<mark_groups>[1-9]\d{0,2}(?:'\d{3})+(?:\.\d+)?)
    | (?P<comma_decimal>\d+,\d+)
    | (?P<plain>\d+(?:\.\d+)?|\.\d+)
    )(?![.,']?\d)(?:\s?[x×*·]\s?10\^(?P<power>-?\d{1,2})(?!\d)|e(?P<exponent>[+-]?\d{1,2})(?!\d))?""",
    re.VERBOSE,
)
_TOKEN_GAP: Final = re.compile(r",?[\s-]+")
_WORD: Final = re.compile(r"[^\W\d_]+\.?")


def read_number(text: str, *, unit: str = "", share: bool = True) -> Decimal:
    """The one number that the text says, in the given unit; UnreadableAnswer for anything else.

    With ``share``, a bare number between 0 and 1 is a share of 100 where the unit is %.
    """
    if len(text) <= _LONGEST:
        with localcontext(prec=2 * _LONGEST):
            value = _read(text.strip(), unit, share=share)
        if value is not None and abs(value) < _LARGEST:
            return value
    raise UnreadableAnswer(text[:_LONGEST], number_hint(unit))


def _read(text: str, unit: str, *, share: bool) -> Decimal | None:
    if _has_odd_digit(unit):  # the raised digit of “m²” is none of the number's
        text = text.removesuffix(unit)
    plain = _plain(text)
    percent_unit = unit.casefold() in PERCENT_UNITS
    bare = _PERCENT.sub("", plain)
    with_sign = bare != plain
    if with_sign and unit and not percent_unit:
        return None
    value = _signed(bare, "" if percent_unit else unit) if bare else None
    if value is None:
        return None
    if percent_unit:
        return value * 100 if share and not with_sign and 0 < value < 1 else value
    return value / 100 if with_sign else value


@lru_cache(maxsize=2048)  # a result reads each range of a class once for every row
def read_range(low: str, high: str, *, unit: str = "", share: bool = True) -> tuple[Decimal, Decimal]:
    """The two ends of a range, the lower one first; UnreadableAnswer as for :func:`read_number`.

    With ``share``, bare numbers from 0 to 1 are shares of 100 where the unit is %: “0.7” and “0.9”, “0.5” and
    “1”, “0.7” and “90”. Unless only what is written goes up: “0.5” and “3”. “1” is a share beside another only.
    """
    texts = (low, high)
    ends = [read_number(text, unit=unit, share=False) for text in texts]
    if share and unit.casefold() in PERCENT_UNITS and min(ends) >= 0:
        # Without a unit, a % sign would make another number of it.
        bare = [
            end if end == read_number(text) else Decimal(0) for text, end in zip(texts, ends, strict=True)
        ]
        shares = [end * 100 if 0 < found <= 1 else end for found, end in zip(bare, ends, strict=True)]
        found_one = any(0 < found < 1 for found in bare)
        if found_one and (shares[0] <= shares[1] or ends[0] > ends[1]):
            ends = shares
    return min(ends), max(ends)


def number_hint(unit: str) -> str:
    """How to write a number in this unit, as a short sentence for people."""
    if not unit:
        return "One number, in digits or in words."
    if unit.casefold() == "year":
        return "A year, in digits."
    return f"A number, in {unit}."


def write_number(value: Decimal, unit: str = "") -> str:
    """The number for people: ``80%``, ``1,400,000,000 people``, ``$5``; ``2014`` where the unit is year."""
    digits = plain_digits(value)
    if unit.casefold() == "year":
        return digits
    if abs(value) >= 10_000:
        digits = f"{Decimal(digits):,f}"
    if unit in _CURRENCIES:
        return f"-{unit}{digits[1:]}" if digits.startswith("-") else unit + digits
    return digits + (unit if unit in ("", "%") else f" {unit}")


def write_width(value: Decimal, unit: str = "") -> str:
    """How wide a range is, for people: ``5 percentage points``, ``1 year``, ``14,000 people``, ``$5``."""
    if unit.casefold() in PERCENT_UNITS:
        noun = "percentage point"
    elif unit.casefold() == "year":
        noun = "year"
    else:
        # Units are written in the plural: “1 cities” would be none.
        return write_number(value, "" if value == 1 and unit.isalpha() else unit)
    return f"{write_number(value)} {noun}{'' if value == 1 else 's'}"


def plain_digits(value: Decimal) -> str:
    """The number without grouping, exponent or needless noughts, as it would stand in a question file."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _plain(text: str) -> str:
    """One spelling for all signs, blanks and digits; empty for characters that would change the meaning."""
    # NFKC would turn 10⁹ into 109: a power is spelt out first, any other raised or fractional digit refused.
    text = re.sub("10([⁻⁰¹²³⁴-⁹]+)", lambda raised: "10^" + raised[1].translate(_SUPERSCRIPTS), text)
    signs: list[str] = []
    for sign in unicodedata.normalize("NFKC", text) if not _has_odd_digit(text) else "":
        match unicodedata.category(sign):
            case "Cf":
                continue
            case "Nd":
                signs.append(str(unicodedata.decimal(sign)))
            case _:
                signs.append(sign)
    plain = " ".join("".join(signs).translate(_SIGNS).casefold().split())
    return plain.strip('"“”!?').rstrip(".,;").strip()


def _has_odd_digit(text: str) -> bool:
    return any(unicodedata.category(sign) in ("No", "Nl") for sign in text)


def _signed(text: str, unit: str) -> Decimal | None:
    """The number without % sign, after taking off hedges, sign and unit."""
    unit = _plain(unit)
    forms = unit_forms(unit)
    negative = False
    text = _without_hedges(text, forms)
    for _ in range(2):  # the sign may stand before or after a currency sign: -$5, $-5
        if matched := _SIGN.match(text):
            if negative:
                return None
            negative = matched[1] != "+"
            text = text[matched.end() :]
        text = _without_symbol(text, unit)
    value = _sum(text, forms)
    return -value if negative and value is not None else value


def _without_hedges(text: str, forms: frozenset[str]) -> str:
    while matched := _HEDGE.match(text):
        text = text[matched.end() :]
    if "year" in forms:
        text = re.sub(r"^(?:(?:in|the)\s)+", "", text)
    return text


def _without_symbol(text: str, unit: str) -> str:
    # Units that are words go by tokens: taking a bare “s” off “43 cities” would leave nonsense.
    if unit and not unit.replace(" ", "").isalpha():
        text = text.removeprefix(unit).removesuffix(unit).strip()
    return text


def unit_forms(unit: str) -> frozenset[str]:
    """The words of a unit in singular and plural; a scale in the unit (“billion yuan”) is one of them."""
    forms: set[str] = set()
    for word in re.findall(r"[^\W\d_]+", unit):
        forms |= {word, word + "s", word.removesuffix("s")}
        if word.endswith("ies"):
            forms.add(word[:-3] + "y")
        elif word.endswith("y"):
            forms.add(word[:-1] + "ies")
    if forms & {"people", "person"}:
        forms |= {"people", "person", "persons"}
    return frozenset(forms)


def _sum(text: str, forms: frozenset[str]) -> Decimal | None:
    tokens = _tokens(text, forms)
    if tokens is None:
        return None
    while tokens and tokens[-1] in forms and len(tokens) > 1:
        tokens.pop()
    while tokens and tokens[0] in forms and len(tokens) > 1:
        tokens.pop(0)
    return value_of(_without_of(tokens))


def _without_of(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[:-1] if tokens and tokens[-1] == "of" else tokens


def _tokens(text: str, forms: frozenset[str]) -> list[Token] | None:
    """Numerals and words in order, or None as soon as something else stands between them."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if numeral := _NUMERAL.match(text, at):
            tokens.append(_decimal(numeral))
            at = numeral.end()
        elif word := _WORD.match(text, at):
            spelt = word[0].rstrip(".")
            if spelt not in WORDS and spelt not in forms and spelt != "of":
                return None
            tokens.append(spelt)
            at = word.end()
        elif (gap := _TOKEN_GAP.match(text, at)) and _joins(text, gap, tokens):
            at = gap.end()
        else:
            return None
    return tokens


def _joins(text: str, gap: re.Match[str], before: Sequence[Token]) -> bool:
    """Whether blanks, a comma or a hyphen only join: in “forty-three”, “3-million” and “two thousand, one hundred”,
    but neither in the range “40-45” nor in the list “one, two”."""
    word_follows = gap.end() < len(text) and text[gap.end()].isalpha()
    if "," in gap[0]:
        return word_follows and bool(before) and before[-1] in SCALES
    return "-" not in gap[0] or (word_follows and len(gap[0]) == 1)


def _decimal(numeral: re.Match[str]) -> Decimal:
    # Exactly one of the alternatives matched, and they stand before the exponents in the pattern.
    style, digits = next((name, found) for name, found in numeral.groupdict().items() if found is not None)
    match style:
        case "comma_groups" | "indian_groups":
            digits = digits.replace(",", "")
        case "point_groups":
            digits = digits.replace(".", "").replace(",", ".")
        case "blank_groups":
            digits = digits.replace(" ", "").replace(",", ".")
        case "mark_groups":
            digits = digits.replace("'", "")
        case _:
            digits = digits.replace(",", ".")
    return Decimal(digits).scaleb(int(numeral["power"] or numeral["exponent"] or 0))
