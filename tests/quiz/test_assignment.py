"""What an assignment is at a moment, what the clock has to do for it, when attempts end, and which score counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.ids import AssignmentId, SetId
from bot.quiz.assignment import (
    REMINDER_AHEAD,
    SHORTEST_REMINDER,
    Assignment,
    AssignmentState,
    ClockStep,
    Counting,
    Drawn,
    Phase,
    attempt_end,
    reminder_moment,
    score_that_counts,
)
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import NO_OPTIONS
from bot.quiz.pacing import GRACE
from tests.classroom import GUILD, HOST, MONDAY

MOMENT = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

assignment = Assignment(
    assignment_id=AssignmentId(1),
    guild_id=GUILD,
    set_by=HOST,
    set_id=SetId(1),
    set_title="Geography",
    category=None,
    focus=EVERYTHING,
    drawn=Drawn.SAME,
    questions=3,
    opens_at=MONDAY,
    due_at=MONDAY + 7 * DAY,
    attempts=1,
    counting=Counting.HIGHEST,
    time_limit=None,
    options=NO_OPTIONS,
    channel_id=None,
    reminds=True,
    state=AssignmentState.SET,
    seed=1,
)


def lasting(time: timedelta) -> Assignment:
    return replace(assignment, due_at=MONDAY + time)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (MONDAY - DAY, Phase.SCHEDULED),
        (MONDAY - MOMENT, Phase.SCHEDULED),
        (MONDAY, Phase.OPEN),
        (MONDAY + 7 * DAY, Phase.OPEN),
        (MONDAY + 7 * DAY + MOMENT, Phase.CLOSED),
        (MONDAY + 400 * DAY, Phase.CLOSED),
    ],
)
def test_phase_is_a_matter_of_the_clock_alone(at: datetime, phase: Phase) -> None:
    assert assignment.phase(at) is phase
    acted_on = replace(assignment, opened_at=MONDAY, reminded_at=MONDAY, closed_at=MONDAY)
    assert acted_on.phase(at) is phase


@pytest.mark.parametrize(
    ("state", "phase"),
    [(AssignmentState.DRAFT, Phase.DRAFT), (AssignmentState.WITHDRAWN, Phase.WITHDRAWN)],
)
@pytest.mark.parametrize("at", [MONDAY - DAY, MONDAY, MONDAY + 400 * DAY])
def test_what_is_not_set_is_never_open_and_has_no_clock(
    state: AssignmentState, phase: Phase, at: datetime
) -> None:
    unset = replace(assignment, state=state)
    assert unset.phase(at) is phase
    assert (unset.next_step, unset.next_at) == (None, None)


def test_clock_opens_reminds_and_closes_in_this_order() -> None:
    due_at = assignment.due_at
    assert assignment.next_step == (ClockStep.OPEN, MONDAY)
    opened = replace(assignment, opened_at=MONDAY)
    assert opened.next_step == (ClockStep.REMIND, due_at - DAY)
    reminded = replace(opened, reminded_at=due_at - DAY)
    assert reminded.next_step == (ClockStep.CLOSE, due_at + GRACE)
    closed = replace(reminded, closed_at=due_at + GRACE)
    assert (closed.next_step, closed.next_at) == (None, None)
    assert [each.next_at for each in (assignment, opened, reminded)] == [MONDAY, due_at - DAY, due_at + GRACE]


def test_without_a_reminder_the_clock_opens_and_closes() -> None:
    silent = replace(assignment, reminds=False, opened_at=MONDAY)
    assert silent.next_step == (ClockStep.CLOSE, silent.due_at + GRACE)


@pytest.mark.parametrize(
    ("time", "ahead"),
    [
        (30 * DAY, DAY),
        (4 * DAY, DAY),
        (2 * DAY, 12 * HOUR),
        (4 * HOUR, HOUR),
        (HOUR, timedelta(minutes=15)),
        (HOUR - MOMENT * 4, None),
        (timedelta(minutes=30), None),
        (timedelta(0), None),
    ],
)
def test_reminder_comes_a_day_before_or_with_a_quarter_of_the_time_left(
    time: timedelta, ahead: timedelta | None
) -> None:
    expected = None if ahead is None else MONDAY + time - ahead
    assert reminder_moment(lasting(time)) == expected
    assert reminder_moment(replace(lasting(time), reminds=False)) is None


@given(time=st.timedeltas(timedelta(0), timedelta(days=366)))
def test_reminder_is_between_the_opening_and_shortly_before_the_due_date(time: timedelta) -> None:
    moment = reminder_moment(lasting(time))
    if moment is None:
        assert time < SHORTEST_REMINDER * 4 + MOMENT * 4
    else:
        assert MONDAY < moment <= MONDAY + time - SHORTEST_REMINDER
        assert moment >= MONDAY + time - REMINDER_AHEAD


@pytest.mark.parametrize(
    ("begun", "limit", "end"),
    [
        (timedelta(0), None, 7 * DAY),
        (timedelta(0), HOUR, HOUR),
        (7 * DAY - HOUR, HOUR, 7 * DAY),
        (7 * DAY - HOUR + MOMENT, HOUR, 7 * DAY),
        (7 * DAY - HOUR, 1.5 * HOUR, 7 * DAY),
        (7 * DAY, HOUR, 7 * DAY),
    ],
)
def test_attempt_ends_with_its_limit_or_on_the_due_date(
    begun: timedelta, limit: timedelta | None, end: timedelta
) -> None:
    assert attempt_end(MONDAY + begun, limit, assignment.due_at) == MONDAY + end


@pytest.mark.parametrize(
    ("counting", "of_one", "of_three"),
    [
        (Counting.HIGHEST, 0.25, 0.75),
        (Counting.FIRST, 0.25, 0.5),
        (Counting.LAST, 0.25, 0.25),
        (Counting.AVERAGE, 0.25, 0.5),  # (0.5 + 0.75 + 0.25) / 3
    ],
)
def test_score_that_counts(counting: Counting, of_one: float, of_three: float) -> None:
    assert score_that_counts([], counting) is None
    assert score_that_counts([0.25], counting) == of_one
    assert score_that_counts([0.5, 0.75, 0.25], counting) == of_three


@given(
    scores=st.lists(st.floats(0, 1), min_size=1, max_size=20),
    counting=st.sampled_from(Counting),
)
def test_score_that_counts_is_no_better_than_the_best_and_no_worse_than_the_worst(
    scores: list[float], counting: Counting
) -> None:
    counted = score_that_counts(scores, counting)
    assert counted is not None
    assert min(scores) - 1e-9 <= counted <= max(scores) + 1e-9
