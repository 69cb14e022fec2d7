"""The sets that come with Seminar: no errors, no warnings, and every key and distractor graded as it should be."""

from pathlib import Path

import pytest

from bot.bank.grade import Outcome
from bot.bank.kinds import Choice, Claim, Item, Numeric, ShortText, TrueFalse, item_from_json, item_to_json
from bot.bank.numbers import plain_digits
from bot.bank.reading import read_paths
from bot.bank.response import Picked, Typed

QUESTIONS = Path(__file__).parents[2] / "questions"
READING = read_paths([QUESTIONS])
ITEMS = [
    pytest.param(item, id=f"{question_set.info.id}/{item.id}")
    for question_set in READING.sets
    for item in question_set.items
]


def test_every_folder_is_a_set():
    folders = {folder.name for folder in QUESTIONS.iterdir() if folder.is_dir()}
    assert folders
    assert {question_set.info.id for question_set in READING.sets} == folders


def test_there_are_no_errors_and_no_warnings():
    assert not READING.problems, "\n" + "\n".join(map(str, READING.problems))


def test_social_credit_covers_all_categories():
    (social_credit,) = [each for each in READING.sets if each.info.id == "social-credit"]
    assert len(social_credit.items) >= 30
    assert {item.category for item in social_credit.items} == {"statistic", "history", "claim"}
    assert {item.kind for item in social_credit.items} == {
        "choice",
        "true_false",
        "numeric",
        "short_text",
        "claim",
    }


@pytest.mark.parametrize("item", ITEMS)
def test_the_key_is_right_and_everything_else_wrong(item: Item):
    match item:
        case Choice():
            for at, option in enumerate(item.options):
                assert (item.grade(Picked(at)).outcome is Outcome.RIGHT) == option.right
        case TrueFalse():
            assert [item.grade(Picked(at)).outcome is Outcome.RIGHT for at in (0, 1)] == [
                item.answer,
                not item.answer,
            ]
        case Numeric():
            for typed in (item.right_answer(), plain_digits(item.answer)):
                assert item.grade(Typed(typed)).outcome is Outcome.RIGHT
            for known in item.feedback:
                grade = item.grade(Typed(plain_digits(known.value)))
                assert (grade.outcome, grade.feedback) == (Outcome.WRONG, known.text)
        case ShortText():
            for accepted in item.accepted:
                assert item.grade(Typed(accepted)).outcome is Outcome.RIGHT
            for answer in item.feedback:
                grade = item.grade(Typed(answer.answer))
                assert (grade.outcome, grade.feedback) == (Outcome.WRONG, answer.text)
        case Claim():
            assert not item.graded
            assert item.right_answer() == ""


@pytest.mark.parametrize("item", ITEMS)
def test_items_survive_storing(item: Item):
    assert item_from_json(item_to_json(item)) == item
