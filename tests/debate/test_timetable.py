from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.debate.formats import Format, Planned, Stage, timetable
from bot.debate.timetable import Course, begin, extend, go_on, pause, resume

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OXFORD = timetable(Format.OXFORD, 10 * MINUTE)
BY_HAND = timetable(Format.OXFORD, None)

moments = st.integers(0, 3 * 86_400).map(lambda seconds: NOON + timedelta(seconds=seconds))
lengths = st.integers(1, 7 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


def test_begins_at_its_first_stage_with_its_clock_running() -> None:
    course = begin(OXFORD, NOON)
    assert course == Course(OXFORD, 0, NOON + 5 * MINUTE)
    assert (course.stage, course.planned.length, course.is_last) == (Stage.JOINING, 5 * MINUTE, False)


def test_mark_of_the_end_changes_with_it_and_with_nothing_else() -> None:
    course = begin(OXFORD, NOON)
    later = extend(course, MINUTE, NOON)
    paused = pause(course, NOON + MINUTE)
    marks = [each.end_mark for each in (course, later, paused, extend(paused, MINUTE, NOON))]
    assert marks == [int((NOON + 5 * MINUTE).timestamp()), int((NOON + 6 * MINUTE).timestamp()), 240, 300]
    assert begin(BY_HAND, NOON).end_mark == 0


def test_without_lengths_it_waits_for_the_instructor() -> None:
    course = begin(BY_HAND, NOON)
    assert (course.due_at, course.paused, course.remaining) == (None, False, None)
    following = go_on(course, NOON)
    assert following is not None
    assert following.due_at is None


def test_goes_through_every_stage_once_and_then_ends() -> None:
    course: Course | None = begin(OXFORD, NOON)
    seen: list[Stage] = []
    at = NOON
    while course is not None:
        seen.append(course.stage)
        assert course.is_last == (len(seen) == len(OXFORD))
        assert course.planned.length is not None
        assert course.due_at == at + course.planned.length
        at = course.due_at
        course = go_on(course, at)
    assert seen == [planned.stage for planned in OXFORD]


def test_next_stage_has_its_whole_time_whenever_it_begins() -> None:
    late = NOON + timedelta(hours=9)
    following = go_on(begin(OXFORD, NOON), late)
    assert following == Course(OXFORD, 1, late + 10 * MINUTE)


@given(lengths, moments)
def test_more_time_is_added_to_the_end_however_late_it_is_asked_for(more: timedelta, at: datetime) -> None:
    course = begin(OXFORD, NOON)
    longer = extend(course, more, at)
    assert course.due_at is not None
    assert longer.due_at == max(course.due_at, at) + more
    assert (longer.position, longer.paused) == (0, False)


def test_more_time_gives_an_end_to_a_stage_that_has_none() -> None:
    assert extend(begin(BY_HAND, NOON), 5 * MINUTE, NOON + MINUTE).due_at == NOON + 6 * MINUTE


@given(lengths, lengths)
def test_two_helpings_of_time_are_as_much_as_both_together(one: timedelta, other: timedelta) -> None:
    course = begin(OXFORD, NOON)
    assert extend(extend(course, one, NOON), other, NOON) == extend(course, one + other, NOON)


def test_pause_keeps_what_is_left_and_the_clock_stands() -> None:
    resting = pause(begin(OXFORD, NOON), NOON + 2 * MINUTE)
    assert (resting.due_at, resting.paused, resting.remaining) == (None, True, 3 * MINUTE)
    going = resume(resting, NOON + timedelta(hours=5))
    assert (going.due_at, going.paused, going.remaining) == (
        NOON + timedelta(hours=5, minutes=3),
        False,
        None,
    )


def test_pause_after_the_end_leaves_nothing_but_takes_nothing_away() -> None:
    resting = pause(begin(OXFORD, NOON), NOON + 7 * MINUTE)
    assert resting.remaining == timedelta(0)
    assert resume(resting, NOON + 9 * MINUTE).due_at == NOON + 9 * MINUTE


def test_pause_of_a_stage_without_an_end_goes_on_without_one() -> None:
    resting = pause(begin(BY_HAND, NOON), NOON)
    assert (resting.paused, resting.remaining) == (True, None)
    assert resume(resting, NOON) == begin(BY_HAND, NOON)


@given(st.integers(0, 299), lengths)
def test_a_pause_costs_nothing_of_the_stage(used: int, rest: timedelta) -> None:
    stopped = NOON + timedelta(seconds=used)
    course = begin(OXFORD, NOON)
    assert course.due_at is not None
    going = resume(pause(course, stopped), stopped + rest)
    assert going.due_at == course.due_at + rest


@given(lengths, lengths)
def test_more_time_in_a_pause_is_there_after_it(more: timedelta, rest: timedelta) -> None:
    resting = extend(pause(begin(OXFORD, NOON), NOON + MINUTE), more, NOON + 2 * MINUTE)
    assert (resting.due_at, resting.paused) == (None, True)
    assert resume(resting, NOON + rest).due_at == NOON + rest + 4 * MINUTE + more


def test_more_time_in_the_pause_of_a_stage_without_an_end_gives_it_one() -> None:
    resting = extend(pause(begin(BY_HAND, NOON), NOON), 5 * MINUTE, NOON)
    assert resting.remaining == 5 * MINUTE


def test_going_on_in_a_pause_ends_the_pause() -> None:
    following = go_on(pause(begin(OXFORD, NOON), NOON), NOON + MINUTE)
    assert following == Course(OXFORD, 1, NOON + 11 * MINUTE)


def test_a_single_stage_is_the_last_one() -> None:
    course = begin((Planned(Stage.FLOOR),), NOON)
    assert course.is_last
    assert go_on(course, NOON) is None
