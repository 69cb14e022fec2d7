import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.bank.item import ItemBase
from bot.bank.kinds import item_from_json
from bot.bank.response import Picked, Response, Typed
from bot.insight.distribution import FEWEST_QUOTED, LONGEST_QUOTE, distribution

CITY = item_from_json(
    """{"id": "city", "kind": "choice", "category": "history", "prompt": "Where did the pilot begin?",
        "options": [{"text": "Rongcheng", "right": true}, {"text": "Shanghai"}, {"text": "Hangzhou"}]}"""
)
ONE_SCORE = item_from_json(
    """{"id": "one-score", "kind": "true_false", "category": "statistic", "answer": false,
        "prompt": "Everybody has one score."}"""
)
TYPED = item_from_json(
    """{"id": "first-city", "kind": "short_text", "category": "history", "prompt": "Where?",
        "accepted": ["Rongcheng"]}"""
)


def marked(item: ItemBase, *options: int) -> list[tuple[Response, Outcome]]:
    return [(Picked(option), item.grade(Picked(option)).outcome) for option in options]


def typed(*answers: tuple[str, Outcome]) -> list[tuple[Response, Outcome]]:
    return [(Typed(text), outcome) for text, outcome in answers]


def test_options_are_counted_in_the_order_shown() -> None:
    spread = distribution(CITY, marked(CITY, 0, 1, 0, 0), order=(2, 0, 1))
    assert [(row.text, row.count, row.right, row.option) for row in spread.rows] == [
        ("Hangzhou", 0, False, 2),
        ("Rongcheng", 3, True, 0),
        ("Shanghai", 1, False, 1),
    ]
    assert spread.answers == 4
    assert spread.bar_of(spread.rows[1]) == "3 of 4 ████████"


def test_unanswered_question_still_shows_its_options() -> None:
    spread = distribution(ONE_SCORE, [])
    assert [(row.text, row.count, row.right) for row in spread.rows] == [
        ("True", 0, False),
        ("False", 0, True),
    ]
    assert [spread.bar_of(row) for row in spread.rows] == ["0 of 0", "0 of 0"]


@given(st.lists(st.integers(0, 2)), st.permutations([0, 1, 2]))
def test_every_answer_is_counted_once(options: list[int], order: list[int]) -> None:
    spread = distribution(CITY, marked(CITY, *options), order)
    assert sum(row.count for row in spread.rows) == spread.answers == len(options)
    assert {row.option: row.count for row in spread.rows} == {n: options.count(n) for n in range(3)}


@pytest.mark.parametrize("response", [Picked(3), Picked(-1), Typed("Rongcheng")])
def test_answer_that_the_item_cannot_have_is_refused(response: Response) -> None:
    with pytest.raises(ValueError, match="city"):
        distribution(CITY, [(response, Outcome.WRONG)])


@pytest.mark.parametrize("order", [(0, 1), (0, 1, 1), (1, 2, 3)])
def test_order_that_leaves_options_out_is_refused(order: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="order"):
        distribution(CITY, [], order)


def test_common_typed_wrong_answers_are_named_and_single_ones_are_not() -> None:
    wrong = Outcome.WRONG
    spread = distribution(
        TYPED,
        typed(
            ("Rongcheng", Outcome.RIGHT),
            (" Shang  hai", wrong),
            ("shang hai", wrong),
            ("My friend Wu", wrong),
            ("rongcheng?", Outcome.RIGHT),
            ("Rong", Outcome.PARTIAL),
        ),
    )
    assert [(row.text, row.count, row.right, row.quoted) for row in spread.rows] == [
        ("Right", 2, True, False),
        ("Partly right", 1, False, False),
        ("Shang hai", 2, False, True),
        ("Other answers", 1, False, False),
    ]
    assert all(row.option is None for row in spread.rows)


def test_nobody_right_is_said_and_all_different_is_just_wrong() -> None:
    spread = distribution(TYPED, typed(("A", Outcome.WRONG), ("B", Outcome.WRONG)))
    assert [(row.text, row.count) for row in spread.rows] == [("Right", 0), ("Wrong", 2)]


def test_long_typed_answer_is_shortened() -> None:
    spread = distribution(TYPED, typed(*[("x" * 400, Outcome.WRONG)] * FEWEST_QUOTED))
    assert spread.rows[1].text == "x" * (LONGEST_QUOTE - 1) + "…"


@given(st.lists(st.tuples(st.sampled_from(["a", "A", "b", "c d", "c  D"]), st.sampled_from(Outcome))))
def test_every_typed_answer_is_counted_once(answers: list[tuple[str, Outcome]]) -> None:
    spread = distribution(TYPED, typed(*answers))
    assert sum(row.count for row in spread.rows) == spread.answers == len(answers)
    assert all(row.count >= FEWEST_QUOTED for row in spread.rows if row.quoted)
