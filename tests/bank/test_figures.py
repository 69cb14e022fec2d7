"""Figures in running text: each way of writing them, and what only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.figures import figures_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In all, 80% agreed.", ["80"]),
        ("It was 12.5 per cent.", ["12.5"]),
        ("1.4 billion people, 46,000 of them new", ["1400000000", "46000"]),
        ("It lasted from 1966-76.", ["1966", "1976"]),
        ("between 2002–09 and 2014", ["2002", "2009", "2014"]),
        ("between 41-57% of them", ["41", "57"]),
        ("the 15th congress, the 21st century", ["15", "21"]),
        ("a 10-year limit, a two-term limit, a five-year term", ["10", "2", "5"]),
        ("on March 11, 2018, it passed", ["11", "2018"]),
        ("the late 1990s", ["1990"]),
        ("more than a million died", ["1000000"]),
        ("half a million, a dozen, twenty-one", ["500000", "12", "21"]),
        ("a hundred and twenty", ["120"]),
        ("two and three", ["2", "3"]),
        ("It fell to 27,200.", ["27200"]),
        ("at −3 degrees", ["-3"]),
        ("1.1 to 1.6 million", ["1.1", "1600000"]),
    ],
)
def test_figures_are_found_in_each_way_of_writing_them(text: str, values: list[str]):
    assert [figure.value for figure in figures_in(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one of them, and a second one",
        "MI5, P2 and PM2.5 are names",
        "half of them, and millions of others",
        "and a half-hearted try",
        "version 3.11.2",
        "attend often, weigh a ton, second to none",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str):
    assert figures_in(text) == ()


def test_a_figure_knows_how_it_was_written():
    assert [(figure.written, figure.in_words) for figure in figures_in("80% of a million in 1966-76")] == [
        ("80%", False),
        ("a million", True),
        ("1966", False),
        ("1976", False),
    ]


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str):
    for figure in figures_in(text):
        assert figure.value == figure.value.to_integral_value() or figure.value % 1 != 0
        assert figure.written


@given(st.integers(0, 10**15))
def test_any_whole_number_is_found_with_and_without_grouping(value: int):
    for written in (str(value), f"{value:,}"):
        assert [figure.value for figure in figures_in(f"There were {written} of them.")] == [value]
