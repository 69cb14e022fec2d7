"""Numbers as people type them."""

import contextlib
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.numbers import number_hint, plain_digits, read_number, read_range, write_number, write_width
from bot.errors import UnreadableAnswer

READ = [
    ("80%", "%", "80"),
    ("80 %", "%", "80"),
    ("80 percent", "%", "80"),
    ("80 per cent", "%", "80"),
    ("eighty percent", "%", "80"),
    ("80", "%", "80"),
    ("0.8", "%", "80"),
    (".8", "%", "80"),
    ("0,8", "%", "80"),
    ("0.8%", "%", "0.8"),
    ("half", "%", "50"),
    ("80%", "", "0.8"),
    ("1.4 billion", "", "1400000000"),
    ("1.4bn", "", "1400000000"),
    ("1.4 BN people", "people", "1400000000"),
    ("1,400,000,000", "", "1400000000"),
    ("1 400 000 000", "", "1400000000"),
    ("1\u2009400\u202f000\u00a0000", "", "1400000000"),
    ("1'400'000", "", "1400000"),
    ("1’400’000", "", "1400000"),
    ("1.400.000", "", "1400000"),
    ("1.400,5", "", "1400.5"),
    ("1,400.5", "", "1400.5"),
    ("12,34,567", "", "1234567"),
    ("1,400", "", "1400"),
    ("1.400", "", "1.4"),
    ("1,4", "", "1.4"),
    ("0,125", "", "0.125"),
    ("1400,125", "", "1400.125"),
    ("12.9", "", "12.9"),
    ("forty-three", "cities", "43"),
    ("Forty Three cities", "cities", "43"),
    ("one point four billion", "", "1400000000"),
    ("one hundred and five", "", "105"),
    ("two hundred thousand and one", "", "200001"),
    ("1 billion 400 million", "", "1400000000"),
    ("three million four hundred thousand", "", "3400000"),
    ("half a million", "", "500000"),
    ("two and a half million", "", "2500000"),
    ("a million", "", "1000000"),
    ("two dozen", "", "24"),
    ("zero", "", "0"),
    ("zero point zero five", "", "0.05"),
    ("about 43", "", "43"),
    ("approx. 43", "", "43"),
    ("ca. 43", "", "43"),
    ("~43", "", "43"),
    ("≈ 43", "", "43"),
    ("43 cities", "cities", "43"),
    ("43 cities.", "cities", "43"),
    ("1 city", "cities", "1"),
    ("43 persons", "people", "43"),
    ("3 million of people", "people", "3000000"),
    ("-5", "", "-5"),
    ("−5", "", "-5"),
    ("– 5", "", "-5"),
    ("minus forty-two", "", "-42"),
    ("+5", "", "5"),
    ("$5 bn", "$", "5000000000"),
    ("-$5", "$", "-5"),
    ("5 billion yuan", "billion yuan", "5"),
    ("5 billion", "billion yuan", "5"),
    ("5 km/h", "km/h", "5"),
    ("5 m²", "m²", "5"),
    ("2014", "year", "2014"),
    ("in 2014", "year", "2014"),
    ("the year 2014", "year", "2014"),
    ("one thousand, seven hundred and sixty", "", "1760"),
    ("1 billion, four hundred million", "", "1400000000"),
    ("1e9", "", "1000000000"),
    ("1.4 x 10^9", "", "1400000000"),
    ("1.4×10⁹", "", "1400000000"),
    ("٤٣", "", "43"),
    ("１２", "", "12"),
    ("४३", "", "43"),
    ("\u200e43\u200f", "", "43"),
    ("  43  ", "", "43"),
    ("007", "", "7"),
]


@pytest.mark.parametrize(("text", "unit", "value"), READ)
def test_what_people_type_is_read(text: str, unit: str, value: str):
    assert read_number(text, unit=unit) == Decimal(value)


REFUSED = [
    ("", ""),
    ("   ", ""),
    ("no idea", ""),
    ("40-45", ""),
    ("40–45", ""),
    ("40 to 45", ""),
    ("40 or 45", ""),
    ("5 5", ""),
    ("5, 6", ""),
    ("five six", ""),
    ("one, two", ""),
    ("twenty, five", ""),
    ("two thousand, 5", ""),
    ("two thousand,five", ""),
    ("forty thirty", ""),
    ("twenty hundred million thousand", ""),
    ("over 40", ""),
    ("1/2", ""),
    ("½", ""),
    ("10⁹9", ""),
    ("①", ""),
    ("Ⅷ", ""),
    ("1,4,5", ""),
    ("1,40,0", ""),
    ("1.2.3", ""),
    ("12:30", ""),
    ("0x10", ""),
    ("1_000", ""),
    ("--5", ""),
    ("inf", ""),
    ("-Infinity", ""),
    ("nan", ""),
    ("1e999", ""),
    ("1e99", ""),
    ("million", ""),
    ("point", ""),
    ("and", ""),
    ("five and", ""),
    ("five and six", ""),
    ("five point", ""),
    ("a", ""),
    ("a half a half", ""),
    ("cities", "cities"),
    ("%", "%"),
    ("$", "$"),
    ("43 towns", "cities"),
    ("80%", "people"),
    ("2014-03", "year"),
    ("\ud800", ""),
    ("5\x00", ""),
    ("9" * 100, ""),
    ("9" * 100_000, ""),
    ("1 " * 60, ""),
    ("-" * 120, ""),
    ("a " * 60, ""),
    ("one " * 30, ""),
    ("1,111" * 20, ""),
    ("(" * 120, ""),
    ("٠" * 100_000, ""),
]


@pytest.mark.parametrize(("text", "unit"), REFUSED)
def test_everything_else_is_refused_with_a_hint(text: str, unit: str):
    with pytest.raises(UnreadableAnswer) as refused:
        read_number(text, unit=unit)
    assert refused.value.hint == number_hint(unit)
    assert len(refused.value.text) <= 120


def test_small_percentages_are_read_as_written_where_they_are_plausible():
    assert read_number("0.8", unit="%", share=False) == Decimal("0.8")


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_range_of_shares_is_that_of_its_percentages(low: int, high: int):
    ends = (Decimal(min(low, high)), Decimal(max(low, high)))
    for unit in ("%", "percent"):
        assert read_range(f"0.{low:02}", f"0.{high:02}", unit=unit) == ends
        assert read_range(f"{low}%", f"{high} percent", unit=unit) == ends
    as_written = (ends[0] / 100, ends[1] / 100)
    assert read_range(f"0.{low:02}", f"0.{high:02}", unit="%", share=False) == as_written
    assert read_range(f"0.{low:02}", f"0.{high:02}", unit="cities") == as_written


@pytest.mark.parametrize(
    ("low", "high"), [("", "5"), ("5", ""), ("5", "x"), ("5-6", "7"), ("½", "1"), ("nan", "1")]
)
def test_a_range_with_an_end_that_is_no_number_is_refused(low: str, high: str):
    with pytest.raises(UnreadableAnswer) as refused:
        read_range(low, high, unit="%")
    assert refused.value.hint == number_hint("%")


@pytest.mark.parametrize(
    ("width", "unit", "words"),
    [
        ("5", "%", "5 percentage points"), ("1", "%", "1 percentage point"), ("1.0", "percent", "1 percentage point"),
        ("0.5", "%", "0.5 percentage points"), ("0", "%", "0 percentage points"), ("1", "year", "1 year"),
        ("25", "Year", "25 years"), ("14000", "people", "14,000 people"), ("1", "people", "1"), ("1", "$", "$1"),
        ("5", "$", "$5"), ("3", "", "3"),
    ],
)  # fmt: skip
def test_width_of_a_range_in_words(width: str, unit: str, words: str):
    assert write_width(Decimal(width), unit) == words


def test_decimals_stay_exact():
    assert str(read_number("0.1")) == "0.1"
    assert read_number("12345678901234567890.123456789") == Decimal("12345678901234567890.123456789")


def test_hostile_texts_are_fast():
    start = time.perf_counter()
    for text in (
        "1 1 " * 30,
        "1,1" * 40,
        "one hundred " * 10,
        "1.000" * 24,
        "~" * 120,
        "about " * 20,
        "-" * 10**7,
    ):
        with pytest.raises(UnreadableAnswer):
            read_number(text, unit="cities")
    assert time.perf_counter() - start < 0.5


def test_numbers_are_written_for_people():
    assert write_number(Decimal("80.0"), "%") == "80%"
    assert write_number(Decimal("1.4E+9"), "people") == "1,400,000,000 people"
    assert write_number(Decimal(2014), "year") == "2014"
    assert write_number(Decimal(20140), "year") == "20140"
    assert write_number(Decimal(2014)) == "2014"
    assert write_number(Decimal("-12345.50")) == "-12,345.5"
    assert write_number(Decimal(-5), "$") == "-$5"
    assert write_number(Decimal(10)) == "10"


def test_hints_never_contain_a_number():
    for unit in ("", "%", "people", "year"):
        assert not any(sign.isdigit() for sign in number_hint(unit))


DECIMALS = st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=4)


@given(DECIMALS, st.sampled_from(["", "people", "cities", "km/h", "$"]))
def test_what_is_written_is_read_back(value: Decimal, unit: str):
    assert read_number(write_number(value, unit), unit=unit) == value


@given(DECIMALS)
def test_percentages_are_read_back(value: Decimal):
    assert read_number(write_number(value, "%"), unit="%") == value


@given(DECIMALS)
def test_plain_digits_are_read_back(value: Decimal):
    assert Decimal(plain_digits(value)) == value


@given(st.text(max_size=150), st.sampled_from(["", "%", "cities", "$", "year", "m²", "billion yuan"]))
def test_any_text_is_a_finite_number_or_refused(text: str, unit: str):
    try:
        value = read_number(text, unit=unit)
    except UnreadableAnswer:
        return
    assert value.is_finite()


WORDS = (
    "one",
    "two",
    "ten",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "a",
    "half",
    "and",
    "point",
    "dozen",
    "5",
)


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_any_row_of_number_words_is_a_number_or_refused(words: list[str]):
    with contextlib.suppress(UnreadableAnswer):
        assert read_number(" ".join(words)).is_finite()
