"""Grades from answers, and the day on which a question comes again."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.review.memory import LONGEST_INTERVAL, Memory, missed, retrievability, reviewed
from bot.review.recall import Recall, is_weak, recall_of
from bot.review.reminding import day_of
from bot.review.upcoming import next_review

MONDAY = date(2026, 3, 2)

HISTORIES = st.lists(st.tuples(st.sampled_from(Recall), st.integers(0, 500)), min_size=1, max_size=12)
"""Grades, each with the days since the one before it."""


def after(history: list[tuple[Recall, int]]) -> Memory:
    memory, day = None, MONDAY
    for recall, days in history:
        day += timedelta(days=days)
        memory = reviewed(memory, recall, day)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("outcome", "sure", "recall"),
    [
        (Outcome.WRONG, {}, Recall.AGAIN),
        (Outcome.WRONG, {"certain": True}, Recall.AGAIN),
        (Outcome.PARTIAL, {}, Recall.HARD),
        (Outcome.PARTIAL, {"certain": True}, Recall.HARD),
        (Outcome.RIGHT, {"guessed": True}, Recall.HARD),
        (Outcome.RIGHT, {}, Recall.GOOD),
        (Outcome.RIGHT, {"certain": True}, Recall.EASY),
    ],
)
def test_grade_of_an_answer(outcome: Outcome, sure: dict[str, bool], recall: Recall) -> None:
    assert recall_of(outcome, **sure) is recall


def test_what_was_missed_or_guessed_is_weak() -> None:
    assert [recall for recall in Recall if is_weak(recall)] == [Recall.AGAIN, Recall.HARD]


@given(HISTORIES)
def test_question_is_due_on_a_later_day_within_a_year(history: list[tuple[Recall, int]]) -> None:
    memory = after(history)
    assert timedelta(days=1) <= memory.due_on - memory.reviewed_on <= LONGEST_INTERVAL


@given(st.none() | HISTORIES.map(after), st.integers(0, 500))
def test_better_grade_never_comes_sooner(before: Memory | None, days: int) -> None:
    day = (MONDAY if before is None else before.reviewed_on) + timedelta(days=days)
    due = [reviewed(before, recall, day).due_on for recall in Recall]
    assert due == sorted(due)


@given(HISTORIES)
def test_memory_is_stored_and_read_without_loss(history: list[tuple[Recall, int]]) -> None:
    memory = after(history)
    assert Memory.from_json(memory.to_json()) == memory


@given(HISTORIES)
def test_same_answers_give_the_same_days(history: list[tuple[Recall, int]]) -> None:
    assert after(history) == after(history)


def test_what_is_known_comes_ever_more_rarely() -> None:
    memory = reviewed(None, Recall.AGAIN, MONDAY)
    intervals: list[int] = []
    for _ in range(5):
        memory = reviewed(memory, Recall.GOOD, memory.due_on)
        intervals.append((memory.due_on - memory.reviewed_on).days)
    assert intervals == sorted(intervals)
    assert (intervals[0], intervals[-1] > 60) == (2, True)


def test_answer_an_hour_earlier_than_the_day_before_is_a_day_later() -> None:
    zone = ZoneInfo("Europe/Berlin")
    evening, next_morning = datetime(2026, 3, 2, 20, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)
    first = reviewed(None, Recall.AGAIN, day_of(evening, zone))
    assert first.due_on == day_of(next_morning, zone)
    assert reviewed(first, Recall.GOOD, day_of(next_morning, zone)).due_on == date(2026, 3, 5)


def test_miss_elsewhere_can_be_repeated_on_the_same_day() -> None:
    memory = missed(None, Recall.AGAIN, MONDAY)
    assert memory.due_on == MONDAY
    assert reviewed(memory, Recall.GOOD, MONDAY).due_on > MONDAY


def test_memory_fades() -> None:
    memory = reviewed(None, Recall.GOOD, MONDAY)
    chances = [retrievability(memory, MONDAY + timedelta(days=days)) for days in (0, 1, 5, 50)]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] > 0


def test_card_that_was_never_reviewed_is_no_memory() -> None:
    new = Card(card_id=0, due=datetime(2026, 3, 2, 12, tzinfo=UTC)).to_json()
    with pytest.raises(ValueError, match="never reviewed"):
        Memory.from_json(new)


@given(st.none() | HISTORIES.map(after), st.sampled_from(Recall), st.integers(0, 90), st.integers(0, 90))
def test_days_of_the_other_grades_are_those_of_a_fresh_reckoning(
    before: Memory | None, recall: Recall, days: int, later: int
) -> None:
    day = (MONDAY if before is None else before.reviewed_on) + timedelta(days=days)
    today = day + timedelta(days=later)
    shown = next_review(before, reviewed(before, recall, day), recall, today=today)
    reckoned = {each: max((reviewed(before, each, day).due_on - today).days, 0) for each in Recall}
    assert dict(shown.others) | {shown.recall: shown.days} == reckoned
    assert len(shown.others) == 3
