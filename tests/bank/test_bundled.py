"""The sets that come with Seminar: no errors, no warnings, and every key and distractor graded as it should be."""

from collections import Counter
from pathlib import Path

import pytest

from bot.bank.grade import Outcome
from bot.bank.item import Label
from bot.bank.kinds import (
    KINDS,
    Choice,
    Claim,
    Estimate,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    ShortText,
    Sorting,
    TrueFalse,
    item_from_json,
    item_to_json,
)
from bot.bank.lint.framing import framing_faults
from bot.bank.numbers import plain_digits
from bot.bank.reading import read_paths
from bot.bank.response import Assigned, Bounds, Chosen, Picked, Typed
from bot.debate.evidence import HAND, may_be_dealt

QUESTIONS = Path(__file__).parents[2] / "questions"
READING = read_paths([QUESTIONS])
ITEMS = [
    pytest.param(item, id=f"{question_set.info.id}/{item.id}")
    for question_set in READING.sets
    for item in question_set.items
]
(SOCIAL_CREDIT,) = [each for each in READING.sets if each.info.id == "social-credit"]


def test_every_folder_is_a_set():
    folders = {folder.name for folder in QUESTIONS.iterdir() if folder.is_dir()}
    assert folders
    assert {question_set.info.id for question_set in READING.sets} == folders


def test_there_are_no_errors_and_no_warnings():
    assert not READING.problems, "\n" + "\n".join(map(str, READING.problems))


def test_no_motion_has_to_give_reasons_for_its_framing():
    motions = [item.motion for each in READING.sets for item in each.items if isinstance(item, Claim)]
    assert len(motions) >= 35
    assert [(motion, fault.what) for motion in motions for fault in framing_faults(motion)] == []


def test_social_credit_is_large_and_has_every_kind():
    items = SOCIAL_CREDIT.items
    assert len(items) >= 160
    by_category = Counter(item.category for item in items)
    assert by_category["statistic"] >= 45
    assert by_category["history"] >= 70
    assert sum(isinstance(item, Claim) for item in items) >= 35
    assert sum("kinds-of-statement" in item.tags for item in items) >= 12
    assert {item.kind for item in items} == set(KINDS)


def test_social_credit_is_of_balanced_difficulty():
    graded = [item for item in SOCIAL_CREDIT.items if item.graded]
    shares = {
        level: count / len(graded) for level, count in Counter(item.difficulty for item in graded).items()
    }
    assert set(shares) == {1, 2, 3, 4, 5}
    assert all(0.05 <= share <= 0.4 for share in shares.values()), shares
    assert 2.5 <= sum(level * share for level, share in shares.items()) <= 3.2


def test_social_credit_uses_every_label():
    assert {item.label for item in SOCIAL_CREDIT.items} == set(Label)


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_says_where_it_comes_from_and_why(item: Item):
    assert item.paragraph
    assert item.explanation
    assert item.as_of
    assert item.tags
    assert item.scope
    assert "GHCQ" not in item_to_json(item), "the article's slip for GCHQ"


@pytest.mark.parametrize("item", ITEMS)
def test_the_key_is_right_and_everything_else_wrong(item: Item):
    match item:
        case Choice():
            for at, option in enumerate(item.options):
                assert (item.grade(Picked(at)).outcome is Outcome.RIGHT) == option.right
                assert option.right or item.grade(Picked(at)).feedback
        case TrueFalse():
            assert [item.grade(Picked(at)).outcome is Outcome.RIGHT for at in (0, 1)] == [
                item.answer,
                not item.answer,
            ]
            assert item.grade(Picked(int(item.answer))).feedback
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
        case Multiple():
            key = tuple(at for at, option in enumerate(item.options) if option.right)
            assert item.grade(Chosen(key)).outcome is Outcome.RIGHT
            for at, option in enumerate(item.options):
                alone = item.grade(Chosen((at,)))
                assert alone.outcome is not Outcome.RIGHT
                assert (alone.fraction == 0) == (not option.right or item.all_or_nothing)
                assert option.right or alone.feedback
        case Estimate():
            exact = plain_digits(item.answer)
            assert item.grade(Bounds(exact, exact)).outcome is Outcome.RIGHT
            for factor in (2, 5):
                away = plain_digits(item.answer * factor)
                assert item.grade(Bounds(away, away)).outcome is Outcome.WRONG
            assert item.grade(Bounds("0", "1e20")).outcome is Outcome.WRONG, (
                "a range that says nothing is right"
            )
            assert item.feedback
        case Ordering():
            places = tuple(range(len(item.events)))
            assert item.grade(Assigned(places)).outcome is Outcome.RIGHT
            assert item.grade(Assigned(places[::-1])).outcome is Outcome.WRONG
            assert item.grade(Assigned((1, 0, *places[2:]))).outcome is Outcome.PARTIAL
        case Matching():
            places = tuple(range(len(item.pairs)))
            assert item.grade(Assigned(places)).outcome is Outcome.RIGHT
            assert item.grade(Assigned((*places[1:], places[0]))).outcome is Outcome.WRONG
        case Sorting():
            key = tuple(item.into.index(statement.belongs_to) for statement in item.statements)
            assert item.grade(Assigned(key)).outcome is Outcome.RIGHT
            moved = tuple((place + 1) % len(item.into) for place in key)
            assert item.grade(Assigned(moved)).outcome is Outcome.WRONG
        case Claim():
            assert not item.graded
            assert item.right_answer() == ""


@pytest.mark.parametrize("item", ITEMS)
def test_items_survive_storing(item: Item):
    assert item_from_json(item_to_json(item)) == item


CLAIMS = [item for item in SOCIAL_CREDIT.items if isinstance(item, Claim)]


@pytest.mark.parametrize("item", [pytest.param(item, id=item.id) for item in CLAIMS if item.case_for.cards])
def test_cards_of_a_claim_are_facts_and_both_sides_have_some(item: Claim):
    cards = [SOCIAL_CREDIT.item(key) for key in (*item.case_for.cards, *item.case_against.cards)]
    assert [card.id for card in cards if card is not None and not may_be_dealt(card)] == []
    assert item.case_against.cards


def test_most_claims_have_a_hand_for_each_side():
    full = [item for item in CLAIMS if min(len(item.case_for.cards), len(item.case_against.cards)) >= HAND]
    assert len(full) >= 24
