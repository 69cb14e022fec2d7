"""Rulings on a question: another key for each kind, answers that are right too, questions that do not count."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.bank.kinds import Item, item_from_json, item_to_json
from bot.bank.response import Assigned, Bounds, Chosen, Picked, Response, Typed
from bot.bank.ruling import (
    NO_RULINGS,
    AlsoRight,
    Dropped,
    NewKey,
    Ruling,
    Rulings,
    answer_key,
    ruling_from_json,
    ruling_to_json,
    rulings_from_json,
)
from bot.errors import Invalid, SeminarError, UnreadableAnswer

COMMON: dict[str, Any] = {"id": "a", "category": "history", "prompt": "Which?", "explanation": "So."}


def item(kind: str, **fields: Any) -> Item:
    return item_from_json(json.dumps(COMMON | {"kind": kind} | fields))


CHOICE = item(
    "choice",
    options=[
        {"text": "Rhine", "right": True, "feedback": "Well seen."},
        {"text": "Po", "feedback": "Too far south."},
        {"text": "Elbe", "feedback": "Too far north."},
    ],
)
TRUE_FALSE = item("true_false", answer=True, feedback="It did freeze.")
MULTIPLE = item(
    "multiple",
    options=[{"text": "a", "right": True}, {"text": "b", "right": True}, {"text": "c", "feedback": "Not c."}],
)
NUMERIC = item(
    "numeric",
    answer=80,
    unit="%",
    tolerance={"absolute": 1},
    feedback=[{"value": 76, "text": "That is trust."}, {"value": 20, "text": "Those against."}],
)
SHORT_TEXT = item(
    "short_text",
    accepted=["Rongcheng", "Rongcheng City"],
    feedback=[{"answer": "Suining", "text": "That came first."}],
)
ESTIMATE = item("estimate", answer=43, unit="cities", widest=20, feedback="It is 43.")
ORDERING = item("ordering", events=["one", "two", "three"], feedback="One comes first.")
MATCHING = item(
    "matching",
    pairs=[{"left": "a", "right": "A"}, {"left": "b", "right": "B"}],
    extra=["C"],
    feedback="Think.",
)
SORTING = item(
    "sorting",
    into=["fact", "claim"],
    statements=[
        {"text": "s", "belongs_to": "fact", "feedback": "s is a fact."},
        {"text": "t", "belongs_to": "claim", "feedback": "t is a claim."},
    ],
)

REKEYED: list[tuple[Item, Response, Response, str]] = [
    (CHOICE, Picked(0), Picked(2), "Elbe"),
    (TRUE_FALSE, Picked(0), Picked(1), "False"),
    (MULTIPLE, Chosen((0, 1)), Chosen((1, 2)), "b; c"),
    (NUMERIC, Typed("80"), Typed("76%"), "76%"),
    (SHORT_TEXT, Typed("rongcheng"), Typed(" Suining "), "Suining"),
    (ESTIMATE, Bounds("40", "45"), Bounds("50", "50"), "50 cities"),
    (ORDERING, Assigned((0, 1, 2)), Assigned((2, 0, 1)), "1. two; 2. three; 3. one"),
    (MATCHING, Assigned((0, 1)), Assigned((2, 0)), "a: C; b: A"),
    (SORTING, Assigned((0, 1)), Assigned((0, 0)), "s: fact; t: fact"),
]
by_kind = pytest.mark.parametrize(
    ("asked", "old", "new", "words"), REKEYED, ids=[each[0].kind for each in REKEYED]
)


# Another key


@by_kind
def test_new_key_is_right_and_the_old_one_is_not(
    asked: Item, old: Response, new: Response, words: str
) -> None:
    keyed = asked.with_key(new)
    assert asked.grade(old).outcome is Outcome.RIGHT
    assert asked.grade(new).outcome is not Outcome.RIGHT
    assert keyed.grade(new).outcome is Outcome.RIGHT
    assert keyed.grade(old).outcome is not Outcome.RIGHT
    assert keyed.right_answer() == words


@by_kind
def test_new_key_changes_nothing_else(asked: Item, old: Response, new: Response, words: str) -> None:
    before = item_to_json(asked)
    keyed = asked.with_key(new)
    assert item_to_json(asked) == before, "the revision stays as it is"
    assert (keyed.prompt, keyed.choices(), keyed.explanation) == (
        asked.prompt,
        asked.choices(),
        asked.explanation,
    )
    assert keyed.describe(old) == asked.describe(old)
    assert keyed.form(range(len(keyed.choices()))) == asked.form(range(len(asked.choices())))


@by_kind
def test_key_that_holds_already_changes_no_grade(
    asked: Item, old: Response, new: Response, words: str
) -> None:
    if not isinstance(old, Bounds):  # a range is right, but no figure
        keyed = asked.with_key(old)
        assert [keyed.grade(each).outcome for each in (old, new)] == [
            asked.grade(each).outcome for each in (old, new)
        ]
    keyed = asked.with_key(new)
    assert keyed.with_key(new) == keyed


@by_kind
def test_what_was_said_of_the_old_key_is_left_out(
    asked: Item, old: Response, new: Response, words: str
) -> None:
    keyed = asked.with_key(new)
    for response in (old, new):
        assert keyed.grade(response).feedback not in (
            asked.grade(response).feedback or "-",
            asked.grade(new).feedback or "-",
        )


@by_kind
def test_rows_of_a_class_follow_the_key(asked: Item, old: Response, new: Response, words: str) -> None:
    keyed = asked.with_key(new)
    for row in keyed.rows():
        if row.right:
            assert row.holds(new), row.text


def test_feedback_of_options_that_stay_wrong_is_kept() -> None:
    assert CHOICE.with_key(Picked(2)).grade(Picked(1)).feedback == "Too far south."
    assert NUMERIC.with_key(Typed("76")).grade(Typed("20")).feedback == "Those against."


def test_key_need_not_be_one_that_a_file_may_hold() -> None:
    one, every = MULTIPLE.with_key(Chosen((2,))), MULTIPLE.with_key(Chosen((0, 1, 2)))
    assert one.grade(Chosen((2,))).outcome is Outcome.RIGHT
    assert every.grade(Chosen((0, 1))).outcome is Outcome.PARTIAL
    relative = item("numeric", answer=80, tolerance={"relative": "0.1"}).with_key(Typed("0"))
    assert relative.grade(Typed("0")).outcome is Outcome.RIGHT
    assert relative.grade(Typed("1")).outcome is Outcome.WRONG


def test_two_halves_may_belong_to_the_same_choice() -> None:
    assert MATCHING.with_key(Assigned((2, 2))).right_answer() == "a: C; b: C"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ORDERING, Assigned((0, 0, 1))),
        (ESTIMATE, Bounds("40", "45")),
        (SHORT_TEXT, Typed("x" * 101)),
    ],
)
def test_answer_that_cannot_be_a_key_is_refused_with_advice(asked: Item, answer: Response) -> None:
    with pytest.raises(Invalid) as refused:
        asked.with_key(answer)
    assert refused.value.remedy


@pytest.mark.parametrize("asked", [NUMERIC, SHORT_TEXT])
def test_unreadable_key_is_refused(asked: Item) -> None:
    with pytest.raises(UnreadableAnswer):
        asked.with_key(Typed("   "))


@pytest.mark.parametrize("asked", [each[0] for each in REKEYED], ids=lambda asked: asked.kind)
@pytest.mark.parametrize(
    "hostile",
    [Picked(-1), Picked(99), Chosen(()), Chosen((99,)), Assigned(()), Assigned((9,) * 9), Bounds("", "")],
)
def test_hostile_key_is_refused(asked: Item, hostile: Response) -> None:
    with pytest.raises((ValueError, SeminarError)):
        asked.with_key(hostile)


def test_claim_has_no_key() -> None:
    case = {"text": "So.", "holders": "Some"}
    claim = item(
        "claim",
        motion="Yes.",
        background="Some.",
        case_for=case,
        case_against=case,
        evidence="None.",
        questions=["A?", "B?"],
    )
    with pytest.raises(ValueError, match="no right answer"):
        claim.with_key(Typed("yes"))


# Answers that are right too


@pytest.mark.parametrize(
    ("asked", "accepted", "same", "other"),
    [
        (NUMERIC, Typed("76"), Typed("seventy-six percent"), Typed("75")),
        (SHORT_TEXT, Typed("The Suining"), Typed("suining!"), Typed("Suinin")),
        (ESTIMATE, Bounds("1", "2"), Bounds("2", "1"), Bounds("1", "3")),
        (CHOICE, Picked(1), Picked(1), Picked(2)),
        (MULTIPLE, Chosen((0,)), Chosen((0,)), Chosen((2,))),
        (ORDERING, Assigned((2, 1, 0)), Assigned((2, 1, 0)), Assigned((2, 0, 1))),
    ],
)
def test_accepted_answer_is_right_however_it_is_written(
    asked: Item, accepted: Response, same: Response, other: Response
) -> None:
    rulings = Rulings((AlsoRight(accepted),))
    assert rulings.grade(asked, accepted).fraction == 1
    assert rulings.grade(asked, same).outcome is Outcome.RIGHT
    assert not rulings.grade(asked, same).near_miss
    assert rulings.grade(asked, other) == asked.grade(other)


def test_unreadable_answer_stays_unreadable() -> None:
    with pytest.raises(UnreadableAnswer):
        Rulings((AlsoRight(Typed("76")),)).grade(NUMERIC, Typed("a lot"))


def test_new_key_ends_what_was_accepted_before() -> None:
    rulings = Rulings((AlsoRight(Picked(1)), NewKey(Picked(2))))
    assert rulings.also_right == ()
    assert rulings.grade(rulings.keyed(CHOICE), Picked(1)).outcome is Outcome.WRONG
    later = rulings.with_ruling(AlsoRight(Picked(1)))
    assert later.grade(later.keyed(CHOICE), Picked(1)).outcome is Outcome.RIGHT


def test_newest_key_counts() -> None:
    assert Rulings((NewKey(Picked(1)), NewKey(Picked(2)))).keyed(CHOICE).right_answer() == "Elbe"


def test_dropped_question_is_graded_as_before() -> None:
    rulings = Rulings((Dropped(),))
    assert rulings.dropped
    assert rulings.keyed(CHOICE) is CHOICE
    assert rulings.grade(CHOICE, Picked(1)) == CHOICE.grade(Picked(1))
    assert not NO_RULINGS.dropped


# Stored


responses: st.SearchStrategy[Response] = st.one_of(
    st.builds(Picked, st.integers(0, 9)),
    st.builds(Typed, st.text(max_size=20)),
    st.builds(Chosen, st.lists(st.integers(0, 9), min_size=1).map(tuple)),
    st.builds(Assigned, st.lists(st.integers(0, 9), min_size=1).map(tuple)),
    st.builds(Bounds, st.text(max_size=9), st.text(max_size=9)),
)
rulings: st.SearchStrategy[Ruling] = st.one_of(
    st.builds(AlsoRight, responses), st.builds(NewKey, responses), st.builds(Dropped)
)


@given(st.lists(rulings))
def test_rulings_come_back_as_they_were_stored(given: list[Ruling]) -> None:
    assert [ruling_from_json(ruling_to_json(each)) for each in given] == given
    assert rulings_from_json(f"[{','.join(map(ruling_to_json, given))}]") == Rulings(tuple(given))


@pytest.mark.parametrize(
    "stored", ["{}", "[]", '{"dropped":false}', '{"also_right":2}', '{"new_key":{"picked":1},"dropped":true}']
)
def test_anything_else_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match="not a stored"):
        ruling_from_json(stored)


# Revisions that are judged alike


def test_wording_does_not_count() -> None:
    reworded = CHOICE.model_copy(update={"prompt": "Which one?", "explanation": "New.", "tags": ("x",)})
    assert answer_key(reworded) == answer_key(CHOICE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CHOICE, CHOICE.with_key(Picked(1))),
        (TRUE_FALSE, TRUE_FALSE.with_key(Picked(1))),
        (NUMERIC, NUMERIC.with_key(Typed("81"))),
        (NUMERIC, NUMERIC.model_copy(update={"tolerance": None})),
        (SHORT_TEXT, SHORT_TEXT.with_key(Typed("Suining"))),
        (CHOICE, item("choice", options=[{"text": "Rhine", "right": True}, {"text": "Po"}])),
        (CHOICE, TRUE_FALSE),
    ],
)
def test_key_and_options_count(one: Item, other: Item) -> None:
    assert answer_key(one) != answer_key(other)
