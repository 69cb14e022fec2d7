"""What a quiz is narrowed down to: topics, levels, what was missed, what is new, what was seen of late."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.bank.kinds import Choice
from bot.quiz.focus import (
    EVERYTHING,
    RECENT,
    Focus,
    Level,
    Seen,
    Which,
    focus_from_text,
    focus_to_text,
    is_fresh,
)
from tests.classroom import MONDAY, choice

RIGHT, PARTIAL, WRONG = (Seen(outcome, MONDAY) for outcome in (Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG))


def item(*tags: str, difficulty: int = 3) -> Choice:
    return choice("river").model_copy(update={"tags": tags, "difficulty": difficulty})


@pytest.mark.parametrize(
    ("difficulty", "level"),
    [(1, Level.EASY), (2, Level.EASY), (3, Level.MEDIUM), (4, Level.HARD), (5, Level.HARD)],
)
def test_every_difficulty_has_a_level(difficulty: int, level: Level) -> None:
    assert Level.of(difficulty) is level
    assert [Focus(level=each).admits(item(difficulty=difficulty)) for each in Level] == [
        each is level for each in Level
    ]


def test_a_topic_admits_items_that_have_it_among_others() -> None:
    assert Focus(tag="trust").admits(item("surveys", "trust"))
    assert not Focus(tag="trust").admits(item("trust-in-courts"))
    assert not Focus(tag="trust", level=Level.HARD).admits(item("trust"))


@pytest.mark.parametrize(
    ("seen", "missed", "new"),
    [(None, False, True), (RIGHT, False, False), (PARTIAL, True, False), (WRONG, True, False)],
)
def test_missed_and_new_go_by_the_latest_answer(seen: Seen | None, missed: bool, new: bool) -> None:
    assert Focus(which=Which.MISSED).admits(item(), seen) == missed
    assert Focus(which=Which.NEW).admits(item(), seen) == new
    assert EVERYTHING.admits(item(), seen)


def test_an_answer_is_recent_for_some_days() -> None:
    assert is_fresh(None, MONDAY)
    assert not is_fresh(RIGHT, MONDAY + RECENT - timedelta(seconds=1))
    assert is_fresh(RIGHT, MONDAY + RECENT)


@given(
    st.builds(
        Focus,
        st.none() | st.text(min_size=1, max_size=20),
        st.none() | st.sampled_from(Level),
        st.none() | st.sampled_from(Which),
    )
)
def test_a_focus_survives_storing(focus: Focus) -> None:
    assert focus_from_text(focus_to_text(focus)) == focus


def test_nothing_set_is_stored_as_before_there_was_a_focus() -> None:
    assert focus_to_text(EVERYTHING) == "{}"
