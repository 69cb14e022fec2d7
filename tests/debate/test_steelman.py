"""When an argument has to be restated before it is answered, and when that is enough."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.argument import Relation
from bot.debate.sides import Side
from bot.debate.steelman import (
    HONEST_TRIES,
    WAIT_FOR_WORD,
    Fairness,
    may_answer,
    needs_restatement,
    wait_for_word,
    waiting_since,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FAIR, NOT_YET = Fairness.FAIR, Fairness.NOT_YET
MOMENT = timedelta(seconds=1)


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


@pytest.mark.parametrize("own", Side)
@pytest.mark.parametrize("relation", Relation)
def test_only_the_other_side_is_restated_and_not_to_support_it(own: Side, relation: Relation) -> None:
    assert not needs_restatement(own, own, relation)
    assert needs_restatement(own, own.opposite, relation) is (relation is not Relation.SUPPORTS)


def test_nothing_restated_is_not_enough() -> None:
    assert not may_answer(minute(60), [])
    assert waiting_since([]) is None


def test_fair_restatement_is_enough_at_once_and_for_good() -> None:
    assert may_answer(minute(0), [(minute(0), FAIR)])
    assert may_answer(minute(1), [(minute(0), NOT_YET), (minute(1), FAIR)])
    assert may_answer(minute(2), [(minute(0), FAIR), (minute(1), NOT_YET)])
    assert may_answer(minute(2), [(minute(0), FAIR), (minute(1), None)])


def test_five_minutes_of_silence_are_enough() -> None:
    made = [(minute(0), None)]
    assert timedelta(minutes=5) == WAIT_FOR_WORD
    assert not may_answer(minute(5) - MOMENT, made)
    assert may_answer(minute(5), made)


@pytest.mark.parametrize(
    ("stage", "wait"),
    [(None, 5), (timedelta(minutes=2), 0.5), (timedelta(minutes=10), 2.5), (timedelta(days=3), 5)],
)
def test_wait_is_no_more_than_a_quarter_of_the_stage(stage: timedelta | None, wait: float) -> None:
    assert wait_for_word(stage) == timedelta(minutes=wait)
    made = [(minute(0), None)]
    assert not may_answer(minute(wait) - MOMENT, made, wait_for_word(stage))
    assert may_answer(minute(wait), made, wait_for_word(stage))


def test_all_tries_are_enough_whatever_the_author_says() -> None:
    for words in ([None, None, NOT_YET], [NOT_YET, None, None], [None, None, None]):
        made = [(minute(number), word) for number, word in enumerate(words)]
        assert may_answer(minute(3), made)
        assert not may_answer(minute(2), made[: HONEST_TRIES - 1])


def test_not_yet_asks_for_another_one_however_long_ago() -> None:
    assert not may_answer(minute(600), [(minute(0), NOT_YET)])
    again = [(minute(0), NOT_YET), (minute(10), None)]
    assert waiting_since(again) == minute(10)
    assert not may_answer(minute(14), again)
    assert may_answer(minute(15), again)


def test_trying_again_does_not_make_one_wait_longer() -> None:
    made = [(minute(0), None), (minute(4), None)]
    assert waiting_since(made) == minute(0)
    assert may_answer(minute(5), made)


def test_word_on_the_newest_try_is_a_word_on_those_before() -> None:
    made = [(minute(0), None), (minute(4), NOT_YET)]
    assert waiting_since(made) is None
    assert not may_answer(minute(60), made)


def test_author_who_never_agrees_keeps_nobody_away() -> None:
    tries = [(minute(number), NOT_YET) for number in range(HONEST_TRIES)]
    assert not may_answer(minute(HONEST_TRIES), tries[:-1])
    assert may_answer(minute(HONEST_TRIES), tries)


@given(st.lists(st.sampled_from((None, NOT_YET, FAIR)), max_size=6), st.integers(0, 30))
def test_who_may_answer_may_do_so_later_too(words: list[Fairness | None], later: int) -> None:
    made = [(minute(2 * number), word) for number, word in enumerate(words)]
    end = minute(2 * len(words))
    if may_answer(end, made):
        assert may_answer(end + timedelta(minutes=later), made)
    if made:
        assert may_answer(end + WAIT_FOR_WORD, [*made, (end, None)]), "one more try is always a way on"
