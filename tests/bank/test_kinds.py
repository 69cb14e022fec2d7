"""Right, wrong, borderline and hostile answers for each kind of question."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from bot.bank.grade import Outcome
from bot.bank.kinds import KINDS, Choice, Claim, Item, Numeric, ShortText, TrueFalse
from bot.bank.response import Picked, Response, Typed, response_from_json, response_to_json
from bot.errors import UnreadableAnswer


def choice(**changes: Any) -> Choice:
    options = [
        {"text": "four in five", "right": True},
        {"text": "half", "feedback": "only strongly"},
        {"text": "none"},
    ]
    fields = {"id": "a", "kind": "choice", "category": "statistic", "prompt": "How many?", "options": options}
    return Choice.model_validate(fields | changes)


def true_false(**changes: Any) -> TrueFalse:
    fields = {"id": "a", "kind": "true_false", "category": "claim", "prompt": "So?", "answer": False}
    return TrueFalse.model_validate(fields | changes)


def numeric(**changes: Any) -> Numeric:
    fields = {"id": "a", "kind": "numeric", "category": "statistic", "prompt": "How many?", "answer": "80"}
    return Numeric.model_validate(fields | changes)


def short_text(**changes: Any) -> ShortText:
    fields = {
        "id": "a",
        "kind": "short_text",
        "category": "history",
        "prompt": "Which?",
        "accepted": ["Rongcheng"],
    }
    return ShortText.model_validate(fields | changes)


def claim(**changes: Any) -> Claim:
    case = {"text": "Because.", "holders": "Some"}
    fields = {
        "id": "a", "kind": "claim", "category": "claim", "prompt": "Where do you stand?", "motion": "It works.",
        "background": "B", "case_for": case, "case_against": case, "evidence": "E", "questions": ["Q1?", "Q2?"],
    }  # fmt: skip
    return Claim.model_validate(fields | changes)


def outcome(item: Item, text: str) -> tuple[Outcome, bool]:
    grade = item.grade(Typed(text))
    assert grade.fraction == (1.0 if grade.outcome is Outcome.RIGHT else 0.0)
    return grade.outcome, grade.near_miss


RIGHT, WRONG, NEAR = (Outcome.RIGHT, False), (Outcome.WRONG, False), (Outcome.WRONG, True)


def test_the_right_option_is_right_and_the_others_are_wrong_with_their_feedback():
    item = choice()
    assert item.grade(Picked(0)).outcome is Outcome.RIGHT
    assert item.grade(Picked(1)).outcome is Outcome.WRONG
    assert item.grade(Picked(1)).feedback == "only strongly"
    assert item.grade(Picked(2)).feedback is None
    assert item.choices() == ("four in five", "half", "none")
    assert item.right_answer() == "four in five"
    assert item.describe(Picked(1)) == "half"
    assert item.hint() is None
    assert not item.keeps_order()
    assert choice(shuffle=False).keeps_order()


@pytest.mark.parametrize("response", [Picked(3), Picked(-1), Picked(10**30), Typed("half"), Typed("0")])
def test_an_option_that_does_not_exist_is_an_error(response: Response):
    for act in (choice().grade, choice().describe, true_false().grade, true_false().describe):
        with pytest.raises(ValueError, match="no such option"):
            act(response)


def test_options_are_kept_on_one_line():
    assert choice(options=[{"text": " a\n b ", "right": True}, {"text": "c"}]).choices() == ("a b", "c")


def test_true_and_false():
    item = true_false(feedback="Read again.")
    assert item.choices() == ("True", "False")
    assert item.keeps_order()
    assert item.grade(Picked(1)).outcome is Outcome.RIGHT
    assert item.grade(Picked(1)).feedback is None
    assert item.grade(Picked(0)).outcome is Outcome.WRONG
    assert item.grade(Picked(0)).feedback == "Read again."
    assert item.right_answer() == "False"
    assert item.describe(Picked(0)) == "True"
    assert true_false(answer=True).right_answer() == "True"


@pytest.mark.parametrize(
    ("fields", "typed", "expected"),
    [
        ({}, "80", RIGHT),
        ({}, "80.0", RIGHT),
        ({}, "eighty", RIGHT),
        ({}, "80.0001", WRONG),
        ({}, "12.9", WRONG),
        ({"answer": "12"}, "12.9", WRONG),
        ({"tolerance": {"absolute": 2}}, "82", RIGHT),
        ({"tolerance": {"absolute": 2}}, "78", RIGHT),
        ({"tolerance": {"absolute": 2}}, "82.0000001", NEAR),
        ({"tolerance": {"absolute": 2}}, "84", NEAR),
        ({"tolerance": {"absolute": 2}}, "84.01", WRONG),
        ({"tolerance": {"relative": "0.05"}}, "84", RIGHT),
        ({"tolerance": {"relative": "0.05"}}, "76", RIGHT),
        ({"tolerance": {"relative": "0.05"}}, "75.99", NEAR),
        ({"tolerance": {"relative": "0.05"}}, "88.1", WRONG),
        ({"answer": -80, "tolerance": {"relative": "0.05"}}, "-84", RIGHT),
        ({"answer": -80, "tolerance": {"relative": "0.05"}}, "84", WRONG),
        ({"answer": 110, "tolerance": {"geometric": "0.1"}}, "121", RIGHT),
        ({"answer": 110, "tolerance": {"geometric": "0.1"}}, "100", RIGHT),
        ({"answer": 110, "tolerance": {"geometric": "0.1"}}, "99.999", NEAR),
        ({"answer": 110, "tolerance": {"geometric": "0.1"}}, "121.001", NEAR),
        ({"answer": 110, "tolerance": {"geometric": "0.1"}}, "-110", WRONG),
        ({"answer": -110, "tolerance": {"geometric": "0.1"}}, "-100", RIGHT),
        ({"answer": "0.1"}, "0.1", RIGHT),
        ({"answer": 0, "tolerance": {"absolute": 1}}, "-1", RIGHT),
        ({"unit": "%"}, "0.8", RIGHT),
        ({"unit": "%"}, "80 per cent", RIGHT),
        ({"unit": "%"}, "0.8%", WRONG),
        ({"unit": "%", "answer": "0.8"}, "0.8", RIGHT),
        ({"unit": "%", "answer": "0.8"}, "80", WRONG),
        ({"unit": "%", "answer": 1, "tolerance": {"absolute": "0.5"}}, "0.6", RIGHT),
        ({"unit": "%", "answer": 1, "tolerance": {"absolute": "0.5"}}, "0.1", NEAR),
        ({"unit": "cities", "answer": 43}, "43 cities", RIGHT),
        ({"answer": 1400000000, "tolerance": {"relative": "0.01"}}, "1.4 billion", RIGHT),
    ],
)
def test_numbers_within_the_tolerance_are_right(
    fields: dict[str, Any], typed: str, expected: tuple[Outcome, bool]
):
    assert outcome(numeric(**fields), typed) == expected


@pytest.mark.parametrize(
    "typed", ["", "no idea", "40-45", "inf", "9" * 10**6, "1e999999999", "80 towns", "\ud800"]
)
def test_unreadable_numbers_are_asked_for_again(typed: str):
    item = numeric(unit="%")
    with pytest.raises(UnreadableAnswer) as refused:
        item.grade(Typed(typed))
    assert refused.value.hint == item.hint() == "A number, in %."


def test_well_known_wrong_numbers_have_their_feedback():
    item = numeric(
        unit="%", tolerance={"absolute": 2}, feedback=[{"value": 76, "text": "That is another survey."}]
    )
    assert item.grade(Typed("76")).feedback == "That is another survey."
    assert item.grade(Typed("74.5")).feedback == "That is another survey."
    assert item.grade(Typed("79")).outcome is Outcome.RIGHT
    assert item.grade(Typed("50")).feedback is None


def test_numbers_are_described_for_people():
    item = numeric(unit="people", answer=1400000000)
    assert item.right_answer() == "1,400,000,000 people"
    assert item.describe(Typed("1.4bn")) == "1,400,000,000 people"
    assert item.describe(Typed("no\nidea")) == "no idea"
    assert numeric(unit="%").describe(Typed("0.8")) == "80%"
    assert item.choices() == ()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Rongcheng", RIGHT),
        ("  the RONGCHENG! ", RIGHT),
        ("Rogncheng", RIGHT),
        ("Ronche", NEAR),
        ("Suzhou", WRONG),
        ("x" * 400, WRONG),
        ("'; DROP TABLE answers; --", WRONG),
        ("@everyone", WRONG),
        ("🙂", WRONG),
        ("\ud800", WRONG),
    ],
)
def test_names_with_small_slips_are_right(typed: str, expected: tuple[Outcome, bool]):
    assert outcome(short_text(), typed) == expected


def test_a_well_known_wrong_answer_is_not_a_slip():
    item = short_text(
        accepted=["Sesame Credit", "Zhima Credit"],
        feedback=[
            {"answer": "Sesame Credits", "text": "Those are sweets."},
            {"answer": "FICO", "text": "American."},
        ],
    )
    assert item.grade(Typed("zhima credit")).outcome is Outcome.RIGHT
    assert item.grade(Typed("sesame credit")).outcome is Outcome.RIGHT
    assert item.grade(Typed("sesame credits")).feedback == "Those are sweets."
    assert item.grade(Typed("fico")).feedback == "American."
    assert item.right_answer() == "Sesame Credit"


@pytest.mark.parametrize("typed", ["", "   ", "\n", "x" * 401, "x" * 10**7])
def test_empty_and_endless_texts_are_asked_for_again(typed: str):
    with pytest.raises(UnreadableAnswer) as refused:
        short_text().grade(Typed(typed))
    assert len(refused.value.text) <= 100


def test_typed_kinds_refuse_options():
    for item in (numeric(), short_text()):
        for act in (item.grade, item.describe):
            with pytest.raises(ValueError, match="not with an option"):
                act(Picked(0))


def test_a_claim_has_no_right_answer():
    item = claim()
    assert not item.graded
    assert item.right_answer() == ""
    assert item.choices() == ()
    assert item.hint() is None
    with pytest.raises(ValueError, match="no right answer"):
        item.grade(Typed("for"))


def test_each_kind_says_whether_it_is_graded():
    assert {kind: model.graded for kind, model in KINDS.items()} == {
        kind: kind != "claim" for kind in (
            "choice", "true_false", "multiple", "numeric", "estimate", "short_text", "ordering", "matching", "sorting",
            "claim",
        )
    }  # fmt: skip


def test_items_cannot_be_changed():
    with pytest.raises(ValidationError):
        choice().prompt = "Another?"  # pyright: ignore[reportAttributeAccessIssue]


def test_one_paragraph_or_several():
    assert choice(paragraph=8).paragraph == (8,)
    assert choice(paragraph=[8, 9]).paragraph == (8, 9)
    assert choice().paragraph == ()


def test_dates_are_text_as_precise_as_known():
    assert choice(as_of=2018).as_of == "2018"
    assert choice(as_of="2018-03").as_of == "2018-03"
    assert choice(as_of="2018-03-11").as_of == "2018-03-11"
    for wrong in ("2018-13", "2018-02-30", "18", "March", 0, True):
        with pytest.raises(ValidationError):
            choice(as_of=wrong)


def test_numbers_in_files_are_exact():
    assert numeric(answer=0.1).answer == Decimal("0.1")
    assert numeric(answer="0.10").answer == Decimal("0.10")
    for wrong in (
        True,
        None,
        "nan",
        float("inf"),
        float("nan"),
        "1e5",
        10**30,
        "0." + "1" * 13,
        [],
        "1.4 billion",
    ):
        with pytest.raises(ValidationError):
            numeric(answer=wrong)


def test_everything_that_a_reveal_shows_fits_into_one_message():
    options = [{"text": f"{at}" * 200, "right": at == 0} for at in range(10)]
    choice(options=options, prompt="p" * 600, explanation="e" * 300)
    with pytest.raises(ValidationError, match="3,200"):
        choice(options=options, prompt="p" * 600, explanation="e" * 900)


@pytest.mark.parametrize(
    "response", [Picked(0), Picked(9), Typed(""), Typed("80 %\n“ü”"), Typed('{"picked":1}')]
)
def test_responses_survive_storing(response: Response):
    assert response_from_json(response_to_json(response)) == response


@pytest.mark.parametrize(
    "stored", ["", "{}", "[]", "1", '{"picked":true}', '{"picked":"1"}', '{"typed":1}', "{"]
)
def test_other_texts_are_no_responses(stored: str):
    with pytest.raises(ValueError):  # noqa: PT011 - json's error and ours are both ValueErrors
        response_from_json(stored)
