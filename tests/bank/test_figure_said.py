"""A figure of a message beside that of an item: what is compared, and what is rather not."""

from decimal import Decimal

import pytest

from bot.bank.figure_said import said_figure
from bot.bank.item import Category, Label
from bot.bank.kinds import Estimate, Numeric
from tests.bank.test_bundled import SOCIAL_CREDIT
from tests.classroom import choice

MANY = 99
"""All words of the question are there."""


def item(key: str) -> Numeric:
    found = SOCIAL_CREDIT.item(key)
    assert isinstance(found, Numeric)
    return found


APPROVAL, CITIES, DEATHS = item("approval-80"), item("pilot-cities-43"), item("deaths-a-day")
PEOPLE, VICE, POINTS = (
    item("population-1-4-billion"),
    item("vice-president-2008"),
    item("approval-drop-points"),
)


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        (APPROVAL, "90% approve", "90"),
        (APPROVAL, "90 percent of them approve", "90"),
        (APPROVAL, "ninety per cent approve", "90"),
        (APPROVAL, "in 2018, about 9.5 % said so", "9.5"),
        (CITIES, "there were 60 cities", "60"),
        (CITIES, "60 Chinese pilot cities", "60"),
        (PEOPLE, "China has 1.3 billion people", "1300000000"),
        (DEATHS, "17,000 people die each day", "17000"),
        (VICE, "he became vice president in 2010", "2010"),
        (POINTS, "it fell by 30 percentage points", "30"),
    ],
)
def test_another_figure_in_the_same_unit_is_compared(asked: Numeric, text: str, value: str):
    said = said_figure(asked, text, MANY)
    assert said is not None
    assert (said.value, said.same) == (Decimal(value), False)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (APPROVAL, "80% approve"),
        (APPROVAL, "81 % approve"),  # within the tolerance of the question
        (APPROVAL, "not 90% but 80% approve"),
        (CITIES, "43 cities"),
        (PEOPLE, "1,400,000,000 people"),
        (VICE, "vice president since 2008"),
    ],
)
def test_the_same_figure_is_known_as_such(asked: Numeric, text: str):
    said = said_figure(asked, text, MANY)
    assert said is not None
    assert said.same


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (APPROVAL, "90 people approve"),  # another unit
        (APPROVAL, "more than 70% approve"),  # a bound
        (APPROVAL, "over 70 %"),
        (APPROVAL, "at least 85 percent"),
        (APPROVAL, "between 60% and 70%"),
        (APPROVAL, "60% of women and 90% of men"),  # which of the two?
        (APPROVAL, "it rose by 10 percentage points"),
        (APPROVAL, "ninety approve"),
        (POINTS, "90% approved of it"),
        (POINTS, "it fell to 29%"),  # the item names it itself
        (DEATHS, "19,000 people die each day"),  # so it does this one, to put it right
        (PEOPLE, "1,000 people answered"),  # far too few to count the same
        (CITIES, "43% of the cities"),
        (VICE, "2,010 people voted for the vice president"),
        (VICE, "the vice president has 2010 friends"),
    ],
)
def test_no_comparison_is_better_than_a_wrong_one(asked: Numeric, text: str):
    assert said_figure(asked, text, MANY) is None


def test_a_figure_about_something_else_is_not_compared():
    assert said_figure(APPROVAL, "90% approve", shared=1) is None
    assert said_figure(VICE, "he became president in 2012", shared=3) is None


def test_that_somebody_repeats_what_is_wrong_is_not_called_the_same():
    ended = item("private-pilots-end")
    assert ended.label is Label.MISCONCEPTION
    assert said_figure(ended, "the pilots ended in 2017", MANY) is None


def test_an_estimate_is_compared_by_its_figure():
    births = Estimate(
        id="births", kind="estimate", category=Category.STATISTIC, prompt="How many births?", answer=21_700,  # type: ignore[arg-type]
        unit="births",
    )  # fmt: skip
    said = said_figure(births, "there are 30,000 births a day", MANY)
    assert said is not None
    assert said.value == 30_000


def test_what_is_no_figure_is_not_compared():
    assert said_figure(choice("river"), "80%", MANY) is None
    assert said_figure(APPROVAL.model_copy(update={"unit": ""}), "80", MANY) is None
