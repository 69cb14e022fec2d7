"""What is easily judged wrongly in the kinds that are answered in a form: each case once went wrong."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.bank.coverage import named_numbers
from bot.bank.form import Filled
from bot.bank.grade import Outcome
from bot.bank.kinds import KINDS, Estimate, Item
from bot.bank.lint import Examined, warnings_of
from bot.bank.numbers import write_width
from bot.bank.response import Assigned, Bounds, Chosen

COMMON: dict[str, Any] = {"id": "a", "category": "history", "prompt": "Which?", "explanation": "So."}
ORDERING: dict[str, Any] = {"kind": "ordering", "events": ["x", "y", "z"], "feedback": "F"}
SORTING: dict[str, Any] = {
    "kind": "sorting", "into": ["x", "y"], "statements": [{"text": text, "belongs_to": "x"} for text in "abc"],
}  # fmt: skip
MULTIPLE: dict[str, Any] = {
    "kind": "multiple",
    "options": [
        {"text": "a", "right": True}, {"text": "b", "right": True, "feedback": "why b"},
        {"text": "c", "feedback": "why c"},
    ],
}  # fmt: skip


def made(fields: dict[str, Any], **more: Any) -> Item:
    return KINDS[fields["kind"]].model_validate(COMMON | fields | more)


def estimate(answer: str, **more: Any) -> Estimate:
    item = made({"kind": "estimate", "answer": answer}, **more)
    assert isinstance(item, Estimate)
    return item


@pytest.mark.parametrize(
    ("answer", "low", "high", "read_as"),
    [
        ("80", "0.7", "0.9", (70, 90)),
        ("80", "0.7", "1", (70, 100)),
        ("80", "0", "0.9", (0, 90)),
        ("80", "0.7%", "0.9%", ("0.7", "0.9")),
        ("80", "0.7", "90", (70, 90)),
        ("80", "70%", "0.9", (70, 90)),
        ("80", "0.9", "0.7", (70, 90)),  # the ends the other way round
        ("2", "0.5", "3", ("0.5", 3)),  # nobody means 50 % here
        ("1", "0.5", "1", ("0.5", 1)),
        ("0.8", "0.7", "0.9", ("0.7", "0.9")),
    ],
)
def test_shares_are_percentages_unless_only_what_is_written_is_a_range(
    answer: str, low: str, high: str, read_as: tuple[Any, Any]
):
    expected = tuple(map(Decimal, read_as))
    assert estimate(answer, unit="%").ends(Bounds(low, high)) == expected


@given(st.integers(-99, 99), st.integers(-99, 99), st.sampled_from(["20", None]))
def test_a_range_counts_for_one_row_and_as_right_only_if_it_is_graded_so(
    low: int, high: int, widest: str | None
):
    item, answer = estimate("43", widest=widest), Bounds(str(low), str(high))
    (row,) = [row for row in item.rows() if row.holds(answer)]
    assert row.right == (item.grade(answer).outcome is Outcome.RIGHT)


def test_widths_of_percentages_are_percentage_points():
    shares = [Bounds("40", "45")] * 5
    assert estimate("43", unit="%").class_note(shares) == (
        "Half of the ranges were at most 5 percentage points wide."
    )


@pytest.mark.parametrize(
    ("width", "unit", "written"),
    [
        ("1", "%", "1 percentage point"), ("0.5", "percent", "0.5 percentage points"), ("1", "Year", "1 year"),
        ("5", "year", "5 years"), ("12000", "people", "12,000 people"), ("5", "$", "$5"), ("20", "", "20"),
    ],
)  # fmt: skip
def test_widths_are_written_for_people(width: str, unit: str, written: str):
    assert write_width(Decimal(width), unit) == written


@pytest.mark.parametrize(
    "filled",
    [
        (("0", "1"), ("1",), ("2",)), (("0", "0"), ("1",), ("2",)), (("0",), ("1",), (" 2",)),
        (("0",), ("1",), ("\u0662",)), (("0",), ("1",), ("+2",)), (("0",), ("1",), ("02",)),
        (("0",), ("1",), ("9" * 10_000,)),
    ],
)  # fmt: skip
def test_a_list_holds_one_place_as_the_form_wrote_it(filled: Filled):
    assert made(ORDERING).from_form(range(3), (("0",), ("1",), ("2",))) == Assigned((0, 1, 2))
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, nobody but its writer reads it
        made(ORDERING).from_form(range(3), filled)


def test_the_feedback_of_a_right_option_is_for_those_who_leave_it_out():
    assert made(MULTIPLE).grade(Chosen((0,))).feedback == "why b"
    assert made(MULTIPLE).grade(Chosen((0, 2))).feedback == "why b why c"
    assert made(MULTIPLE).grade(Chosen((0, 1))).feedback is None


def test_one_of_three_is_exactly_a_third():
    assert made(SORTING).grade(Assigned((0, 1, 1))).fraction == 1 / 3


def long(sign: str, count: int) -> list[str]:
    return [f"{at}{sign * 99}" for at in range(count)]


PAIRS = [{"left": left, "right": right} for left, right in zip(long("l", 5), long("r", 5), strict=True)]
SINCE = {"date": "2022", "text": "s" * 400}
CORRECTION = {"confidence": "high", "text": "c" * 400}
SORTED = [{"text": text, "belongs_to": "c" * 100} for text in long("s", 5)]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "matching", "pairs": PAIRS, "since": SINCE, "correction": CORRECTION},
        {"kind": "sorting", "into": ["c" * 100, "d"], "statements": SORTED, "since": SINCE, "correction": CORRECTION},
        {"kind": "sorting", "into": ["c" * 100, "d"], "statements": [
            each | {"feedback": "f" * 300} for each in SORTED
        ]},
        {"kind": "multiple", "explanation": "So.", "options": [
            {"text": text, "right": text < "2", "feedback": "f" * 300} for text in long("o", 10)
        ]},
    ],
    ids=["halves", "categories", "feedback on statements", "feedback on options"],
)  # fmt: skip
def test_all_that_a_result_names_must_fit_into_one_message(fields: dict[str, Any]):
    with pytest.raises(ValidationError, match="3,200"):
        made(COMMON | {"prompt": "p" * 600, "explanation": "e" * 900} | fields)


def test_places_and_hints_name_no_figures():
    assert named_numbers(made(ORDERING)) == set()
    assert named_numbers(estimate("43", widest="5")) == {43}
    pairs = [{"left": "By 55", "right": "a"}, {"left": "b", "right": "66"}]
    assert named_numbers(made({"kind": "matching", "pairs": pairs, "extra": ["77"]})) == {55, 66, 77}
    statements = [{"text": "88", "belongs_to": "x"}, {"text": "a", "belongs_to": "x"}]
    assert named_numbers(made(SORTING, into=["x", "Up to 99"], statements=statements)) == {88, 99}


def test_a_right_option_among_several_gives_itself_away_by_its_length():
    options = [*MULTIPLE["options"][1:], {"text": "described at great length and with care", "right": True}]
    found = [fault.code for _, fault in warnings_of(Examined([made(MULTIPLE, options=options)]))]
    assert found == ["right-is-longest"]
