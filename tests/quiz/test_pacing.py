from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.pacing import (
    LONGEST_REVEAL,
    PAUSE_LIMIT,
    QUIET_LIMIT,
    SHORTEST_REVEAL,
    WAITING_LIMIT,
    Course,
    after_question,
    next_question,
    reading_time,
    waited_too_long,
)
from bot.quiz.run import EndReason, Pace, PauseReason, RunState

paces = st.sampled_from(Pace)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A run that is at one of its questions."""
    total = draw(st.integers(1, 50))
    return Course(draw(st.integers(0, total - 1)), total, draw(paces), draw(st.integers(0, QUIET_LIMIT - 1)))


@given(courses(), st.integers(0, 1_000), st.text(max_size=900))
def test_after_a_question_the_run_stays_there_or_is_over(
    course: Course, answers: int, explanation: str
) -> None:
    step = after_question(course, answers=answers, explanation=explanation)
    assert step.position == course.position
    assert (step.state is RunState.ENDED) == (course.position + 1 == course.total)
    assert (step.due_in is None) == (step.state is RunState.ENDED)


@given(courses(), st.integers(1, 1_000))
def test_an_answer_ends_the_silence(course: Course, answers: int) -> None:
    step = after_question(course, answers=answers, explanation="")
    assert step.quiet_rounds == 0
    assert step.state is not RunState.PAUSED


@given(paces, st.integers(2, 50))
def test_two_questions_without_an_answer_pause_the_run(pace: Pace, total: int) -> None:
    quiet = after_question(Course(0, total + 1, pace, 0), answers=0, explanation="")
    assert (quiet.state, quiet.quiet_rounds) == (RunState.REVEALING, 1)
    paused = after_question(Course(1, total + 1, pace, quiet.quiet_rounds), answers=0, explanation="")
    assert paused.state is RunState.PAUSED
    assert paused.pause_reason is PauseReason.NOBODY
    assert paused.due_in == PAUSE_LIMIT


def test_silence_at_the_last_question_ends_the_run() -> None:
    step = after_question(Course(4, 5, Pace.AUTO, 1), answers=0, explanation="")
    assert (step.state, step.end_reason) == (RunState.ENDED, EndReason.FINISHED)


def test_clock_gives_time_to_read_and_a_host_gets_an_hour() -> None:
    explanation = "x" * 270
    by_clock = after_question(Course(0, 2, Pace.AUTO, 0), answers=1, explanation=explanation)
    by_host = after_question(Course(0, 2, Pace.HOST, 0), answers=1, explanation=explanation)
    assert by_clock.due_in == reading_time(explanation) == timedelta(seconds=20)
    assert by_host.due_in == WAITING_LIMIT


@given(courses())
def test_next_question_goes_one_further_or_ends(course: Course) -> None:
    step = next_question(course)
    if course.position + 1 == course.total:
        assert (step.state, step.end_reason) == (RunState.ENDED, EndReason.FINISHED)
        assert step.position == course.position
    else:
        assert (step.state, step.position) == (RunState.ASKING, course.position + 1)
        assert step.due_in is None, "the clock starts when the question is seen"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (RunState.LOBBY, EndReason.NEVER_STARTED),
        (RunState.PAUSED, EndReason.PAUSED_TOO_LONG),
        (RunState.REVEALING, EndReason.LEFT_WAITING),
    ],
)
def test_a_run_left_alone_ends_and_says_why(state: RunState, reason: EndReason) -> None:
    step = waited_too_long(Course(2, 5, Pace.HOST, 0), state)
    assert (step.state, step.end_reason, step.due_in) == (RunState.ENDED, reason, None)


@given(st.text(max_size=2_000))
def test_reading_time_stays_within_bounds(explanation: str) -> None:
    assert SHORTEST_REVEAL <= reading_time(explanation) <= LONGEST_REVEAL


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_longer_texts_never_get_less_time(one: int, more: int) -> None:
    assert reading_time("x" * one) <= reading_time("x" * (one + more))


def test_reading_time_of_the_shortest_and_the_longest_text() -> None:
    assert reading_time("") == SHORTEST_REVEAL
    assert reading_time("x" * 900) == LONGEST_REVEAL
