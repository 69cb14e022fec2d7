"""What is worth studying next: the order of the reasons, and when there is none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.insight.progress import Given, progress
from bot.insight.study import LONG_AGO, MOST, Suggestion, Why, what_to_study
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Which
from tests.insight.test_progress_figures import ANSWERS, MONDAY, PARTIAL, RIGHT, WRONG, answer, asked

STOCK = {"rivers": 100}
NOW = MONDAY + timedelta(days=1)


def known(count: int, first: int = 1_000) -> list[Given]:
    """So many right answers to other questions."""
    return [answer(asked(first + number), RIGHT) for number in range(count)]


def sure(given: Given, certainty: Certainty = Certainty.CERTAIN) -> Given:
    return replace(given, certainty=certainty)


def study(answers: list[Given], stock: dict[str, int] = STOCK, days: float = 1) -> tuple[Suggestion, ...]:
    return what_to_study(progress(answers), stock, MONDAY + timedelta(days=days))


def reasons(found: tuple[Suggestion, ...]) -> list[Why]:
    return [each.why for each in found]


def test_with_nine_answers_the_only_advice_is_to_take_a_quiz() -> None:
    nine = [answer(asked(number, "trust"), WRONG) for number in range(9)]
    assert study(nine) == (Suggestion(Why.START, "rivers"),)
    assert reasons(study([*nine, answer(asked(10, "trust"), WRONG)])) == [Why.TOPIC, Why.NEW]


def test_without_any_answer_no_set_is_named_unless_one_was_asked_for() -> None:
    assert study([]) == (Suggestion(Why.START, None),)
    assert what_to_study(progress([]), STOCK, NOW, prefer="lakes") == (Suggestion(Why.START, "lakes"),)


def test_the_set_of_the_latest_answer_is_gone_on_with() -> None:
    lakes = asked(1, set_key="lakes")
    found = study([answer(lakes, WRONG), answer(asked(2), RIGHT, 1), answer(lakes, RIGHT, 2)])
    assert found == (Suggestion(Why.START, "lakes"),)


def test_misconceptions_come_first() -> None:
    missed = [answer(asked(number, "trust"), WRONG) for number in range(5)]
    wrong = [sure(answer(asked(20 + number, "trust", "cities"), WRONG)) for number in range(2)]
    found = study([*known(10), *missed, *wrong])
    assert reasons(found) == [Why.MISCONCEPTION, Why.TOPIC, Why.NEW]
    assert found[0] == Suggestion(Why.MISCONCEPTION, "rivers", "cities", Which.MISSED, 2, 2, 2)
    assert found[1] == Suggestion(Why.TOPIC, "rivers", "trust", Which.MISSED, 7, 7, 7)


@pytest.mark.parametrize(
    ("outcome", "certainty"),
    [(WRONG, Certainty.FAIRLY), (WRONG, Certainty.GUESS), (PARTIAL, Certainty.CERTAIN)],
)
def test_what_was_not_both_certain_and_wrong_is_no_misconception(
    outcome: Outcome, certainty: Certainty
) -> None:
    found = study([*known(10), sure(answer(asked(1), outcome), certainty)])
    assert reasons(found) == [Why.MISSED, Why.NEW]


def test_a_misconception_that_was_put_right_is_none() -> None:
    wrong = sure(answer(asked(1), WRONG))
    assert reasons(study([*known(10), wrong, answer(asked(1), RIGHT)])) == [Why.NEW]


def test_a_topic_needs_three_misses_that_no_earlier_suggestion_is_about() -> None:
    two = [answer(asked(number, "trust"), WRONG) for number in range(2)]
    assert reasons(study([*known(10), *two])) == [Why.MISSED, Why.NEW]
    both = [answer(asked(number, "trust", "cities"), WRONG) for number in range(4)]
    assert [each.tag for each in study([*known(10), *both])] == ["cities", None]


def test_topics_go_by_misses_and_then_by_how_bad_they_are() -> None:
    good = [answer(asked(number, "cities"), RIGHT) for number in range(20)]
    given = [answer(asked(30 + number, "trust"), WRONG) for number in range(3)]
    given += [answer(asked(40 + number, "cities"), WRONG) for number in range(3)]
    given += [answer(asked(50 + number, "law"), WRONG) for number in range(4)]
    found = study([*good, *given])
    assert [(each.tag, each.count, each.of) for each in found] == [
        ("law", 4, 4),
        ("trust", 3, 3),
        ("cities", 3, 23),
    ]


def test_what_was_missed_a_week_ago_is_named_as_such() -> None:
    old = [*known(10), answer(asked(1), WRONG), answer(asked(2), WRONG, 5)]
    assert study(old, days=7)[0] == Suggestion(Why.LONG_AGO, "rivers", None, Which.MISSED, 1, 12, 2)
    before = (MONDAY + LONG_AGO - timedelta(seconds=1) - MONDAY) / timedelta(days=1)
    assert study(old, days=before)[0].why is Why.MISSED


def test_when_all_is_known_what_is_new_comes_and_then_nothing() -> None:
    assert study(known(10)) == (Suggestion(Why.NEW, "rivers", None, Which.NEW, 90, 100, 90),)
    assert study(known(10), {"rivers": 10}) == ()


def test_questions_that_cannot_be_asked_any_more_are_not_suggested() -> None:
    gone = [answer(asked(number, "trust", askable=False), WRONG) for number in range(12)]
    assert study(gone) == ()


def test_a_quiz_on_all_that_was_missed_leaves_no_other_one_on_it() -> None:
    missed = [answer(asked(number, "trust"), WRONG) for number in range(4)]
    assert reasons(study([*known(10), *missed, sure(answer(asked(20), WRONG))])) == [
        Why.MISCONCEPTION,
        Why.NEW,
    ]


@any_of(ANSWERS, st.integers(0, 920))
def test_there_are_three_at_most_each_with_another_quiz_that_has_something_to_ask(
    answers: list[Given], days: int
) -> None:
    found = study([*known(10), *answers], days=days)
    assert len(found) <= MOST
    quizzes = [(each.set_key, each.tag, each.which) for each in found]
    assert len(set(quizzes)) == len(quizzes)
    for each in found:
        if each.why is not Why.START:
            assert 0 < each.count <= each.of
            assert each.asks > 0
