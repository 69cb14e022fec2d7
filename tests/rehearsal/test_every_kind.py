"""A class answers questions of every kind, live and alone, and what was acknowledged is in the file."""

import random
from collections import Counter
from pathlib import Path

import pytest

from bot.app import read_questions
from bot.bank.grade import Outcome as Graded
from bot.bank.kinds import KINDS, Choice, Claim, Item, TrueFalse
from bot.bank.question_set import QuestionSet
from bot.errors import UnreadableAnswer
from bot.rehearsal import demo
from bot.rehearsal.evidence import read_evidence
from bot.rehearsal.filling import fill_in
from bot.rehearsal.knowledge import filled_in_with, form_of
from bot.rehearsal.ledger import ALONE, LIVE
from bot.rehearsal.screen import Field, Offer, Sheet
from tests.rehearsal.every_kind import LONG, write_questions

ASKED = sorted(set(KINDS) - {"claim"})


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A folder with one set, in which every kind is asked once."""
    return write_questions(tmp_path)


@pytest.fixture
def asked(questions: Path) -> list[Item]:
    """The questions of that set."""
    sets: list[QuestionSet] = list(read_questions([questions]))
    found = [item for question_set in sets for item in question_set.items if not isinstance(item, Claim)]
    assert sorted(item.kind for item in found) == ASKED
    return found


def in_forms(items: list[Item]) -> list[Item]:
    """Those that are answered in a form."""
    return [item for item in items if not isinstance(item, Choice | TrueFalse)]


def test_a_class_answers_every_kind_live_and_alone(
    questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "QUESTIONS", len(ASKED))
    monkeypatch.setattr(demo, "PRIVATE_QUESTIONS", len(ASKED))
    outcome = demo.run_demo(
        students=6, seed=4, database=tmp_path / "class.db", questions=questions, tell=lambda _: None
    )
    assert outcome.good, (outcome.missing, outcome.problems)
    found = outcome.as_json()
    assert found["answers_acknowledged"] == found["answers_stored"]
    evidence = read_evidence(outcome.database)
    assert evidence.answers == Counter(outcome.ledger.answers.values())
    for mode in (LIVE, ALONE):
        kinds = {answer.item_id for answer in evidence.answers if answer.mode == mode}
        assert kinds == {f"q-{kind.replace('_', '-')}" for kind in ASKED}
    for question in evidence.questions:
        assert question.answered > 0
    assert sum(question.right for question in evidence.questions) > len(ASKED)


def test_students_know_a_right_answer_of_each_kind_and_wrong_ones(asked: list[Item]) -> None:
    for item in in_forms(asked):
        for seed in range(60):
            rng = random.Random(seed)
            assert item.grade(filled_in_with(item, True, rng)).outcome is Graded.RIGHT, item.id
            try:
                outcome = item.grade(filled_in_with(item, False, rng)).outcome
            except UnreadableAnswer:
                pytest.fail(f"{item.id}: nobody can read that")
            assert outcome is not Graded.RIGHT, item.id


def test_a_form_is_filled_in_by_its_words(asked: list[Item]) -> None:
    (multiple,) = (item for item in asked if item.kind == "multiple")
    right = form_of(multiple, filled_in_with(multiple, True, random.Random(1)))
    shown = {
        "A": "Courts · of appeal",
        "B": f"{LONG}, and it is none",
        "C": "Courts",
        "D": f"{LONG}, and it is one",
    }
    offered = tuple(
        Offer(f"{letter} · {words[:60]}…" if len(words) > 60 else f"{letter} · {words}", str(slot))
        for slot, (letter, words) in enumerate(shown.items())
    )
    sheet = Sheet("Your answer", (Field("answer-0", "All that are right", "", offered),))
    assert fill_in(sheet, right, shown) == {"answer-0": ["3", "2"]}
    other = Sheet("Your answer", (Field("answer-0", "All that are right", "", offered[:2]),))
    assert fill_in(other, right, shown) is None, "an older edition of the question"
    assert fill_in(Sheet("Your answer", (Field("answer-0", "Answer", "", ()),)), right, {}) is None
