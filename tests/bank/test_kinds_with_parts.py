"""The kinds that one press cannot answer: several right options, ranges, orders, pairs and groups.

Right, wrong, partly right, borderline, empty and hostile answers; credit against figures worked by hand.
"""

import itertools
import json
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


def test_right_options_left_out_are_explained_and_chosen_ones_are_not() -> None:
    options = [
        {"text": "a", "right": True, "feedback": "A counts."},
        {"text": "b", "right": True, "feedback": "B counts."},
        {"text": "c", "feedback": "C does not."},
    ]
    item = Multiple.model_validate(COMMON | {"kind": "multiple", "options": options})
    assert item.grade(Chosen((0,))).feedback == "B counts."
    assert item.grade(Chosen((0, 2))).feedback == "B counts. C does not."
    assert item.grade(Chosen((2,))).feedback == "A counts. B counts. C does not."
    assert item.grade(Chosen((0, 1))).feedback is None


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
    assert too_wide.feedback == (
        "The figure is inside your range, which is 20.1 cities wide. A range as wide as yours says very little."
    )


@pytest.mark.parametrize(
    ("answer", "low", "high", "read"),
    [
        ("80", "0.7", "0.9", "70% to 90%"),
        ("80", "0.9", "0.7", "70% to 90%"),
        ("80", "0.5", "1", "50% to 100%"),
        ("20", "0", "0.5", "0% to 50%"),
        ("80", "75 %", "0.85", "75% to 85%"),
        ("80", "0.75", "85 percent", "75% to 85%"),
        ("2", "0.5", "3", "0.5% to 3%"),
        ("20", "3", "0.5", "3% to 50%"),  # the lowest is asked for first
        ("2", "0.5", "1%", "0.5% to 1%"),
        ("2", "1%", "1%", "1% to 1%"),
        ("80", "0", "1", "0% to 1%"),
        ("0.4", "0.3", "0.5", "0.3% to 0.5%"),
        ("1", "0.5", "0.9", "0.5% to 0.9%"),
        ("5", "-0.5", "0.5", "-0.5% to 0.5%"),
    ],
)
def test_shares_are_read_as_percentages_where_that_is_meant(
    answer: str, low: str, high: str, read: str
) -> None:
    assert estimate(answer, unit="%").describe(Bounds(low, high)) == read


def test_shares_stay_what_they_are_without_percentages() -> None:
    assert estimate("5", unit="").describe(Bounds("0.5", "0.9")) == "0.5 to 0.9"


@pytest.mark.parametrize(
    ("bounds", "feedback"),
    [
        (("40", "50"), "The figure is inside your range, which is 10 cities wide."),
        (("43", "43"), "The figure is inside your range, which is 0 cities wide."),
        (("10", "40"), "The figure is outside: 3 cities above your range, which is 30 cities wide. Think."),
        (("60", "50"), "The figure is outside: 7 cities below your range, which is 10 cities wide. Think."),
    ],
)
def test_a_range_is_told_inside_or_outside_and_how_wide(bounds: tuple[str, str], feedback: str) -> None:
    assert estimate(feedback="Think.").grade(Bounds(*bounds)).feedback == feedback


CLASS = [Bounds("40", "50"), Bounds("43", "45"), Bounds("1", "2"), Bounds("30", "60"), Bounds("42", "46")]
"""Ranges of which the middle one is 4 wide."""


def test_own_range_is_set_beside_the_class_from_five_answers_on() -> None:
    own = CLASS[0]
    assert estimate().own_note(own, CLASS) == (
        "The figure is inside your range, which is 10 cities wide. "
        "Half of the class's ranges are at most 4 cities wide."
    )
    assert estimate().own_note(own, CLASS[:4]) == "The figure is inside your range, which is 10 cities wide."
    assert estimate().own_note(own) == estimate().own_note(own, CLASS[:4])


def test_a_narrow_miss_is_weighed_by_the_interval_score() -> None:
    said = estimate().own_note(Bounds("45", "46"), CLASS)
    assert said.endswith("A miss counts 20 times its distance, so yours weighs like a range 41 cities wide.")
    assert "weighs" not in estimate().own_note(Bounds("45", "46"), CLASS[:4])


def test_own_note_says_why_a_range_around_the_figure_is_not_right() -> None:
    assert estimate(widest=20).own_note(Bounds("1", "99"), CLASS).endswith("says very little.")


@pytest.mark.parametrize("item", [multiple(), ordering(), matching(), sorting()], ids=lambda item: item.kind)
def test_other_kinds_have_nothing_to_add_to_right_or_wrong(item: Item) -> None:
    assert item.own_note(answers_to(item)[0], answers_to(item)[:9]) is None


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
        (matching(), (("0",), ("1",), ("٢",))),  # the digits of other scripts are numbers to int(), too
        (matching(), (("0",), ("1",), (" 2",))),
        (matching(), (("0",), ("1",), ("+2",))),
        (matching(), (("0",), ("1",), ("02",))),
        (matching(), (("0",), ("1",), ("2", "1"))),
        (ordering(3), (("0",), ("1", "2"), ("2",))),
        (sorting(), (("0", "1"), ("1",), ("2",))),
        (multiple(), (("0_0",),)),
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
        ("kind: ordering, events: [one, two]", "too-few"),
        ("kind: ordering, events: [one, two, three, four, five, six]", "too-many"),
        ("kind: matching, pairs: [{left: a, right: x}]", "too-few"),
        (
            "kind: matching, pairs: [{left: a, right: x}, {left: b, right: y}], extra: [c, d, e, f]",
            "too-many",
        ),
        (
            "kind: sorting, into: [x], statements: [{text: a, belongs_to: x}, {text: b, belongs_to: x}]",
            "too-few",
        ),
        ("kind: multiple, options: [{text: a, right: true}, {text: b, right: true}]", "too-few"),
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


def length(text: str, at: int, of: int) -> str:
    return f"{at} {text * of}"[:of]


def options_of(count: int, text: int, feedback: int) -> list[dict[str, Any]]:
    return [
        {"text": length("o", at, text), "right": at < 2}
        | ({"feedback": length("f", at, feedback)} if feedback else {})
        for at in range(count)
    ]


def statements_of(feedback: int) -> list[dict[str, Any]]:
    return [
        {"text": length("s", at, 100), "belongs_to": "x", "feedback": length("f", at, feedback)}
        for at in range(5)
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "fits"),
    [
        # 1,500 in everybody's result, or 400 in one's own feedback; right answer 302
        ("multiple", {"options": options_of(10, 150, 40)}, True),
        ("multiple", {"options": options_of(10, 150, 150), "explanation": "e" * 700}, True),
        ("multiple", {"options": options_of(10, 20, 300)}, False),  # 3,000 of feedback at once
        # the parts are the right answer: they count once
        ("ordering", {"events": [length("e", at, 100) for at in range(5)], "explanation": "e" * 900}, True),
        ("sorting", {"into": ["x", "y"], "statements": statements_of(100), "explanation": "e" * 900}, True),
        ("sorting", {"into": ["x", "y"], "statements": statements_of(300), "explanation": "e" * 900}, False),
    ],
)
def test_what_one_message_cannot_hold_is_refused(kind: str, fields: dict[str, Any], fits: bool) -> None:
    whole = COMMON | {"prompt": "p" * 600, "kind": kind} | fields
    if fits:
        assert item_from_json(json.dumps(whole)).kind == kind
    else:
        with pytest.raises((ValidationError, Faults), match="characters together"):
            item_from_json(json.dumps(whole))


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


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        (("40", "50"), "The figure is inside"),
        (("33", "53"), "The figure is inside"),
        (("33", "53.1"), "The figure is inside, but the range is too wide"),
        (("1", "42.9"), "The range is too low"),
        (("43.1", "99"), "The range is too high"),
    ],
)
def test_every_range_counts_for_one_row_and_only_right_ones_for_the_right_row(
    bounds: tuple[str, str], text: str
) -> None:
    item = estimate(widest=20)
    (row,) = [row for row in item.rows() if row.holds(Bounds(*bounds))]
    assert row.text == text
    assert row.right == (item.grade(Bounds(*bounds)).outcome is Outcome.RIGHT)


def test_no_range_is_too_wide_where_no_width_is_named() -> None:
    assert len(estimate().rows()) == 3
    assert estimate().rows()[0].holds(Bounds("0", "1000000"))


def test_width_of_a_class_is_said_in_words() -> None:
    percent = estimate("80", unit="%")
    ranges = [
        Bounds("70", "75"),
        Bounds("0.7", "0.75"),
        Bounds("80%", "85%"),
        Bounds("1", "2"),
        Bounds("1", "99"),
    ]
    assert percent.class_note(ranges) == "Half of the ranges were at most 5 percentage points wide."
    assert percent.class_note(ranges[:4]) is None
    assert estimate("1984", unit="year").class_note([Bounds("1984", "1985")] * 5) == (
        "Half of the ranges were at most 1 year wide."
    )


def test_a_score_is_exact() -> None:
    assert estimate("0.3", unit="").score(Bounds("0.1", "0.2")) == Decimal("0.1") + 20 * Decimal("0.1")
