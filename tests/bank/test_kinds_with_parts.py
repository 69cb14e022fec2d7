"""The kinds that one press cannot answer: several right options, ranges, orders, pairs and groups.

Right, wrong, partly right, borderline, empty and hostile answers; credit against figures worked by hand.
"""

import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.bank.fault import Faults
from bot.bank.form import Filled, PickField, TextField
from bot.bank.grade import Outcome
from bot.bank.kinds import Estimate, Item, Matching, Multiple, Ordering, Sorting, item_from_json, item_to_json
from bot.bank.reading import read_upload
from bot.bank.response import (
    Assigned,
    Bounds,
    Chosen,
    Picked,
    Response,
    Typed,
    response_from_json,
    response_to_json,
)
from bot.errors import UnreadableAnswer

COMMON: dict[str, Any] = {"id": "a", "category": "history", "prompt": "Which?", "explanation": "So."}


def multiple(rights: str = "110010", **more: Any) -> Multiple:
    """A question with an option for each digit; 1 marks the right ones."""
    options = [
        {"text": f"option {at}", "right": True}
        if digit == "1"
        else {"text": f"option {at}", "feedback": f"no {at}"}
        for at, digit in enumerate(rights)
    ]
    return Multiple.model_validate(COMMON | {"kind": "multiple", "options": options} | more)


def estimate(answer: str = "43", **more: Any) -> Estimate:
    return Estimate.model_validate(COMMON | {"kind": "estimate", "answer": answer, "unit": "cities"} | more)


def ordering(count: int = 4) -> Ordering:
    events = [f"event {at}" for at in range(count)]
    return Ordering.model_validate(
        COMMON | {"kind": "ordering", "events": events, "feedback": "Think of dates."}
    )


def matching(**more: Any) -> Matching:
    pairs = [{"left": name, "right": name.upper()} for name in ("rhine", "elbe", "po")]
    return Matching.model_validate(COMMON | {"kind": "matching", "pairs": pairs, "extra": ["SEINE"]} | more)


def sorting(**more: Any) -> Sorting:
    statements = [
        {"text": "80% agreed", "belongs_to": "A statistic", "feedback": "It counts."},
        {"text": "It began in 1966", "belongs_to": "A fact"},
        {"text": "It explains distrust", "belongs_to": "A claim", "feedback": "It explains."},
    ]
    into = ["A statistic", "A fact", "A claim"]
    return Sorting.model_validate(COMMON | {"kind": "sorting", "into": into, "statements": statements} | more)


ITEMS: list[Item] = [multiple(), estimate(), ordering(), matching(), sorting()]
by_kind = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind)


# Credit


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        ((0, 1, 4), 1),
        ((0, 1), 2 / 3),
        ((4,), 1 / 3),
        ((0, 1, 2, 4), 2 / 3),
        ((0, 2), 0),
        ((2, 3), 0),
        ((0, 1, 2, 3, 4, 5), 0),
    ],
)
def test_right_picks_less_wrong_picks_over_the_number_right(chosen: tuple[int, ...], fraction: float) -> None:
    grade = multiple().grade(Chosen(chosen))
    assert grade.fraction == pytest.approx(fraction)
    strict = multiple(all_or_nothing=True).grade(Chosen(chosen))
    assert strict.fraction == (1 if fraction == 1 else 0)


def test_learners_are_told_that_a_part_earns_nothing() -> None:
    said = "Only exactly these count."
    assert [said in str(multiple(all_or_nothing=strict).hint()) for strict in (True, False)] == [True, False]


def test_wrong_picks_are_explained_together() -> None:
    assert multiple().grade(Chosen((0, 2, 3))).feedback == "no 2 no 3"
    assert multiple().grade(Chosen((0, 1, 4))).feedback is None


@pytest.mark.parametrize(
    ("low", "high", "outcome", "score"),
    [
        ("40", "50", Outcome.RIGHT, 10),
        ("43", "43", Outcome.RIGHT, 0),
        ("50", "40", Outcome.RIGHT, 10),  # the ends the other way round
        ("44", "60", Outcome.WRONG, 16 + 20 * 1),
        ("10", "40 cities", Outcome.WRONG, 30 + 20 * 3),
        ("about 40", "forty-five", Outcome.RIGHT, 5),
    ],
)
def test_a_range_is_right_if_the_figure_is_inside(low: str, high: str, outcome: Outcome, score: int) -> None:
    """The interval score is the width and, outside, 2/0.1 = 20 times the distance."""
    response = Bounds(low, high)
    assert estimate().grade(response).outcome is outcome
    assert estimate().score(response) == score


def test_a_range_that_says_nothing_is_not_right() -> None:
    item = estimate(widest=20)
    assert item.grade(Bounds("33", "53")).outcome is Outcome.RIGHT
    too_wide = item.grade(Bounds("33", "53.1"))
    assert too_wide.outcome is Outcome.WRONG
    assert too_wide.feedback is not None
    assert "says very little" in too_wide.feedback


def test_shares_may_be_written_as_people_write_them() -> None:
    item = estimate("80", unit="%")
    assert item.grade(Bounds("0.75", "85 percent")).outcome is Outcome.RIGHT
    assert item.describe(Bounds("0.75", "85 percent")) == "75% to 85%"


@pytest.mark.parametrize(
    ("low", "high"), [("", "50"), ("40", "many"), ("40-50", "60"), ("nan", "50"), ("1e999", "2")]
)
def test_ends_that_are_no_numbers_are_refused_with_a_hint(low: str, high: str) -> None:
    with pytest.raises(UnreadableAnswer) as refused:
        estimate().grade(Bounds(low, high))
    assert "number" in refused.value.hint
    assert " to " in estimate().describe(Bounds(low, high))


@pytest.mark.parametrize(
    ("places", "in_order"),
    [
        ((0, 1, 2, 3), 6),
        ((1, 0, 2, 3), 5),
        ((3, 2, 1, 0), 0),
        ((0, 0, 2, 3), 5),  # two at the same place are not in order
        ((2, 2, 2, 2), 0),
        ((3, 0, 1, 2), 3),
    ],
)
def test_credit_for_an_order_is_the_share_of_pairs_in_order(places: tuple[int, ...], in_order: int) -> None:
    grade = ordering().grade(Assigned(places))
    assert grade.fraction == pytest.approx(in_order / 6)
    assert grade.feedback == (None if in_order == 6 else "Think of dates.")


@pytest.mark.parametrize(
    ("places", "fraction"), [((0, 1, 2), 1), ((1, 0, 2), 1 / 3), ((3, 3, 3), 0), ((0, 0, 0), 1 / 3)]
)
def test_credit_for_pairs_is_their_share(places: tuple[int, ...], fraction: float) -> None:
    assert matching().grade(Assigned(places)).fraction == pytest.approx(fraction)


def test_credit_for_groups_is_their_share_and_misses_are_explained() -> None:
    assert sorting().grade(Assigned((0, 1, 2))).outcome is Outcome.RIGHT
    partly = sorting().grade(Assigned((2, 1, 0)))
    assert partly.fraction == pytest.approx(1 / 3)
    assert partly.outcome is Outcome.PARTIAL
    assert partly.feedback == "It counts. It explains."
    assert sorting().grade(Assigned((1, 0, 0))).outcome is Outcome.WRONG


# Words


def test_answers_in_words() -> None:
    assert multiple().describe(Chosen((0, 4))) == "option 0; option 4"
    assert multiple().right_answer() == "option 0; option 1; option 4"
    assert ordering(3).describe(Assigned((2, 0, 1))) == "1. event 1; 2. event 2; 3. event 0"
    assert ordering(3).right_answer() == "1. event 0; 2. event 1; 3. event 2"
    assert matching().describe(Assigned((3, 1, 0))) == "rhine: SEINE; elbe: ELBE; po: RHINE"
    assert (
        sorting()
        .describe(Assigned((0, 0, 2)))
        .startswith("80% agreed: A statistic; It began in 1966: A statistic")
    )
    assert estimate().right_answer() == "43 cities"


# Forms


def filled_from(item: Item, order: tuple[int, ...], response: Response) -> Filled:
    """A form that is sent off as it was shown, filled with this answer."""
    return tuple(
        (field.given,) if isinstance(field, TextField) else tuple(map(str, field.given))
        for field in item.form(order, response)
    )


def answers_to(item: Item) -> list[Response]:
    match item:
        case Multiple():
            places = range(len(item.options))
            return [Chosen(some) for count in (1, 3, 6) for some in itertools.combinations(places, count)]
        case Estimate():
            return [Bounds("40", "50"), Bounds("7", "7")]
        case Ordering():
            return [Assigned(places) for places in itertools.permutations(range(4))] + [
                Assigned((1, 1, 0, 2))
            ]
        case Matching():
            return [Assigned(places) for places in itertools.product(range(4), repeat=3)]
        case Sorting():
            return [Assigned(places) for places in itertools.product(range(3), repeat=3)]
        case _:
            raise AssertionError(item.kind)


@by_kind
@given(data=st.data())
def test_a_form_gives_back_the_answer_it_was_filled_with_however_it_is_shuffled(
    item: Item, data: st.DataObject
) -> None:
    order = tuple(data.draw(st.permutations(range(len(item.choices())))))
    response = data.draw(st.sampled_from(answers_to(item)))
    assert item.from_form(order, filled_from(item, order, response)) == response


@by_kind
def test_an_answer_is_wholly_right_exactly_when_it_has_all_the_credit(item: Item) -> None:
    for response in answers_to(item):
        grade = item.grade(response)
        assert 0 <= grade.fraction <= 1
        assert (grade.outcome is Outcome.RIGHT) == (grade.fraction == 1)
        assert (grade.outcome is Outcome.WRONG) == (grade.fraction == 0)
        assert item.describe(response)


@by_kind
def test_a_form_fits_a_modal_and_begins_empty(item: Item) -> None:
    order = tuple(range(len(item.choices())))
    fields = item.form(order)
    assert 1 <= len(fields) <= 5
    assert all(not field.given for field in fields)
    for field in fields:
        if isinstance(field, PickField):
            assert 2 <= len(field.options) <= 10
    assert item.hint()


def test_options_are_shown_in_the_order_of_the_round() -> None:
    (field,) = multiple().form((5, 4, 3, 2, 1, 0))
    assert field.options[0] == "option 5"
    assert multiple().from_form((5, 4, 3, 2, 1, 0), (("0", "1"),)) == Chosen((4, 5))
    assert [each.label for each in ordering(3).form((2, 0, 1))] == ["event 2", "event 0", "event 1"]
    assert ordering(3).from_form((2, 0, 1), (("2",), ("0",), ("1",))) == Assigned((0, 1, 2))


@pytest.mark.parametrize(
    ("item", "filled"),
    [
        (multiple(), ((),)),
        (ordering(3), (("0",), (), ("2",))),
        (matching(), (("0",), ("1",), ())),
        (sorting(), ((), (), ())),
    ],
)
def test_what_is_missing_is_asked_for(item: Item, filled: Filled) -> None:
    with pytest.raises(UnreadableAnswer) as refused:
        item.from_form(tuple(range(len(item.choices()))), filled)
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize(
    ("item", "filled"),
    [
        (multiple(), (("6",),)),
        (multiple(), (("-1",),)),
        (multiple(), (("0", "0"),)),
        (multiple(), (("x",),)),
        (multiple(), ()),
        (multiple(), (("0",), ("1",))),
        (estimate(), (("1",),)),
        (estimate(), ((), ())),
        (ordering(3), (("0",), ("1",))),
        (ordering(3), (("0",), ("1",), ("3",))),
        (matching(), (("0",), ("1",), ("4",))),
        (matching(), (("0",), ("1",), ("²",))),
        (sorting(), (("0",), ("1",), ("3",), ("0",))),
    ],
)
def test_a_form_that_was_tampered_with_is_refused(item: Item, filled: Filled) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, nobody but its writer reads it
        item.from_form(tuple(range(len(item.choices()))), filled)


@by_kind
@pytest.mark.parametrize(
    "response",
    [
        Picked(0),
        Typed("x"),
        Chosen(()),
        Chosen((9,)),
        Chosen((1, 0)),
        Chosen((1, 1)),
        Assigned((0,)),
        Assigned((9,) * 4),
    ],
)
def test_answers_of_another_sort_are_refused(item: Item, response: Response) -> None:
    for judge in (item.grade, item.describe):
        with pytest.raises(ValueError, match=r"no such|answered with"):
            judge(response)


# Storing


@pytest.mark.parametrize(
    ("response", "stored"),
    [
        (Chosen((0, 2)), '{"chosen":[0,2]}'),
        (Assigned((1, 0)), '{"assigned":[1,0]}'),
        (Bounds("70 %", "90"), '{"bounds":["70 %","90"]}'),
    ],
)
def test_responses_are_stored_and_read(response: Response, stored: str) -> None:
    assert response_to_json(response) == stored
    assert response_from_json(stored) == response


@pytest.mark.parametrize(
    "stored",
    [
        '{"chosen":"0"}', '{"chosen":[true]}', '{"chosen":[0],"typed":"x"}', '{"assigned":[0.5]}', '{"assigned":{}}',
        '{"bounds":["1"]}', '{"bounds":[1,2]}', '{"bounds":"12"}',
    ],
)  # fmt: skip
def test_what_is_no_response_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match="not a stored response"):
        response_from_json(stored)


@by_kind
def test_items_survive_storing_with_their_parts(item: Item) -> None:
    assert item_from_json(item_to_json(item)) == item


# Files


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("kind: multiple, options: [{text: a, right: true}, {text: b}, {text: c}]", "too-few-right"),
        (
            "kind: multiple, options: [{text: a, right: true}, {text: b, right: true}, {text: c, right: true}]",
            "all-right",
        ),
        (
            "kind: multiple, options: [{text: a, right: true}, {text: A, right: true}, {text: c}]",
            "equal-options",
        ),
        ("kind: estimate, answer: 5, widest: 0", "bad-width"),
        ("kind: ordering, events: [one, two, One]", "equal-parts"),
        ("kind: matching, pairs: [{left: a, right: x}, {left: b, right: X}]", "equal-parts"),
        ("kind: matching, pairs: [{left: a, right: x}, {left: A, right: y}]", "equal-parts"),
        ("kind: matching, extra: [x], pairs: [{left: a, right: x}, {left: b, right: y}]", "equal-parts"),
        (
            "kind: sorting, into: [x, y], statements: [{text: a, belongs_to: x}, {text: b, belongs_to: z}]",
            "unknown-category",
        ),
        (
            "kind: sorting, into: [x, y], statements: [{text: a, belongs_to: x}, {text: a, belongs_to: y}]",
            "equal-parts",
        ),
    ],
)
def test_faults_of_a_file_stand_at_their_place(lines: str, code: str) -> None:
    head = "set: {format: 1, id: lakes, title: T, description: D, source: {title: S}}\nitems:\n"
    item = f"  - {{id: a, category: history, prompt: P, explanation: E, {lines}}}\n"
    problems = read_upload("lakes.yaml", (head + item).encode()).errors
    assert [problem.code for problem in problems] == [code]
    assert (problems[0].line, problems[0].column > 40) == (3, True)


def test_sizes_are_limited() -> None:
    for change in ({"events": ["a", "b"]}, {"events": list("abcdef")}, {"events": ["a", "b", "c" * 101]}):
        with pytest.raises((ValidationError, Faults)):
            Ordering.model_validate(COMMON | {"kind": "ordering"} | change)


# A class's answers


def test_rows_count_what_each_answer_got_right() -> None:
    assert [row.holds(Chosen((0, 2))) for row in multiple().rows()] == [
        True,
        False,
        True,
        False,
        False,
        False,
    ]
    assert [row.right for row in multiple().rows()] == [True, True, False, False, True, False]
    assert [row.holds(Assigned((0, 2, 1, 3))) for row in ordering().rows()] == [True, False, False, True]
    assert [row.holds(Assigned((3, 1, 2))) for row in matching().rows()] == [False, True, True]
    assert sorting().rows()[0].text == "80% agreed (A statistic)"
    inside, low, high = estimate().rows()
    for bounds, held in ((("40", "50"), inside), (("1", "2"), low), (("50", "60"), high)):
        assert [row for row in (inside, low, high) if row.holds(Bounds(*bounds))] == [held]


def test_a_score_is_exact() -> None:
    assert estimate("0.3", unit="").score(Bounds("0.1", "0.2")) == Decimal("0.1") + 20 * Decimal("0.1")
