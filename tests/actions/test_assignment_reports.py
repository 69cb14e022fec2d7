"""What instructors see of an assignment: who has finished, started, not begun; and which assignments there are."""

import pytest

from bot.actions.assigning import close_assignment
from bot.actions.assignment_clock import ACTIVE_LATELY
from bot.actions.assignment_reports import (
    AssignmentStatus,
    LearnerStanding,
    Standing,
    assignment_status,
    assignments_in,
)
from bot.errors import NotFound
from bot.ids import AssignmentId, UserId
from bot.quiz.assignment import Assignment, Counting, Phase
from bot.store.learners import learner_for
from tests.actions.deciding import applied, dropping, report, subject_of
from tests.actions.homework import (
    AFTER,
    AFTER_DUE,
    DAY,
    HOUR,
    assign,
    attempt,
    begin,
    give,
    hand,
    work,
)
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, OTHER_GUILD, Classroom, right_answer

DORA, EMIL, FAYE = UserId(9_004), UserId(9_005), UserId(9_006)


def status(room: Classroom, assignment: Assignment) -> AssignmentStatus:
    return assignment_status(
        room.db, guild_id=assignment.guild_id, assignment_id=assignment.assignment_id, at=room.now
    )


def only(room: Classroom, assignment: Assignment, user_id: UserId) -> LearnerStanding:
    [found] = [each for each in status(room, assignment).learners if each.user_id == user_id]
    return found


def test_everybody_is_listed_the_finished_first_and_the_best_of_them_on_top(room: Classroom) -> None:
    assignment = assign(room, attempts=2, options=AFTER_DUE)
    for user_id in (HOST, FAYE):
        room.do(learner_for, GUILD, user_id, room.now)
    room.do(learner_for, OTHER_GUILD, UserId(9_007), room.now)
    attempt(room, assignment, ANNA, miss=frozenset({"river", "lake"}))
    attempt(room, assignment, BEN)
    begin(room, assignment, CEM)
    under_way = begin(room, assignment, DORA)
    give(room, under_way.asked.round_id, right_answer(under_way.asked), DORA)
    attempt(room, assignment, EMIL, miss=frozenset({"river", "lake"}))
    begin(room, assignment, EMIL, number=2)
    found = status(room, assignment)
    assert found.phase is Phase.OPEN
    assert found.learners == (
        LearnerStanding(BEN, Standing.FINISHED, 1, score=1.0),
        LearnerStanding(ANNA, Standing.FINISHED, 1, score=0.5),
        LearnerStanding(EMIL, Standing.FINISHED, 2, score=0.5, answered=0, asked=4),
        LearnerStanding(DORA, Standing.UNDER_WAY, 1, answered=1, asked=4),
        LearnerStanding(CEM, Standing.UNDER_WAY, 1, answered=0, asked=4),
        LearnerStanding(FAYE, Standing.NOT_BEGUN, 0),
    )
    assert [each.user_id for each in found.of(Standing.UNDER_WAY)] == [DORA, CEM]
    assert sum(len(found.of(each)) for each in Standing) == len(found.learners)


def test_attempt_whose_time_is_up_is_finished_before_anybody_ends_it(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR)
    first = begin(room, assignment)
    give(room, first.asked.round_id, right_answer(first.asked))
    room.later(3_600)
    assert only(room, assignment, ANNA).standing is Standing.UNDER_WAY
    room.later(0.1)
    expected = LearnerStanding(ANNA, Standing.FINISHED, 1, score=0.25)
    assert only(room, assignment, ANNA) == expected
    room.later(2)
    room.tick()
    assert only(room, assignment, ANNA) == expected


def test_nothing_answered_is_a_score_too(room: Classroom) -> None:
    assignment = assign(room)
    hand(room, begin(room, assignment).run.run_id)
    assert only(room, assignment, ANNA) == LearnerStanding(ANNA, Standing.FINISHED, 1, score=0.0)


@pytest.mark.parametrize(
    ("counting", "score"),
    [(Counting.HIGHEST, 1.0), (Counting.FIRST, 0.5), (Counting.LAST, 0.75), (Counting.AVERAGE, 0.75)],
)
def test_score_is_of_the_attempts_that_count(room: Classroom, counting: Counting, score: float) -> None:
    assignment = assign(room, attempts=None, counting=counting)
    for number, miss in enumerate((("river", "lake"), (), ("city",)), start=1):
        attempt(room, assignment, number=number, miss=frozenset(miss))
    assert only(room, assignment, ANNA) == LearnerStanding(ANNA, Standing.FINISHED, 3, score=score)


def test_dropped_question_does_not_count(room: Classroom) -> None:
    assignment = assign(room, options=AFTER)
    done = attempt(room, assignment, miss=frozenset({"river"}))
    nothing_else = assign(room, items=("river",))
    attempt(room, nothing_else)
    assert only(room, assignment, ANNA).score == 0.75
    missed = next(asked for asked, _ in done.rounds if asked.item.id == "river")
    report(room, missed, ANNA)
    applied(room, dropping(room, subject_of(room)))
    assert only(room, assignment, ANNA).score == 1.0
    assert only(room, nothing_else, ANNA) == LearnerStanding(ANNA, Standing.FINISHED, 1, score=None)


def test_whoever_has_not_been_seen_for_long_is_not_missed_but_what_was_done_stays(room: Classroom) -> None:
    assignment = assign(room, due_at=room.now + 300 * DAY)
    room.do(learner_for, GUILD, ANNA, room.now)
    attempt(room, assignment, BEN)
    room.later(ACTIVE_LATELY.total_seconds())
    assert {each.user_id for each in status(room, assignment).learners} == {ANNA, BEN}
    room.later(1)
    assert {each.user_id for each in status(room, assignment).learners} == {BEN}


def test_status_of_what_is_over_has_not_begun_or_is_none(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR, due_at=room.now + 2 * HOUR)
    room.do(learner_for, GUILD, ANNA, room.now)
    assert status(room, assignment).phase is Phase.SCHEDULED
    room.later(hours=1)
    first = begin(room, assignment, BEN)
    work(room, first.run.run_id, BEN)
    room.later(3_601)
    found = status(room, assignment)
    assert found.phase is Phase.CLOSED
    assert found.learners == (
        LearnerStanding(BEN, Standing.FINISHED, 1, score=1.0),
        LearnerStanding(ANNA, Standing.NOT_BEGUN, 0),
    )
    with pytest.raises(NotFound):
        assignment_status(room.db, guild_id=GUILD, assignment_id=AssignmentId(99), at=room.now)


def test_list_has_open_ones_first_then_later_ones_then_past_ones(room: Classroom) -> None:
    past = assign(room, due_at=room.now + 2 * HOUR)
    long_past = assign(room, due_at=room.now + HOUR)
    withdrawn = assign(room, opens_at=room.now + 5 * HOUR)
    room.do(close_assignment, guild_id=GUILD, assignment_id=withdrawn.assignment_id, at=room.now)
    room.later(hours=3)
    far = assign(room, due_at=room.now + 5 * DAY)
    near = assign(room, due_at=room.now + DAY)
    last = assign(room, opens_at=room.now + DAY, due_at=room.now + 6 * DAY)
    next_one = assign(room, opens_at=room.now + 2 * DAY, due_at=room.now + 4 * DAY)
    listed = assignments_in(room.db, guild_id=GUILD, at=room.now)
    assert [(each.assignment_id, phase) for each, phase in listed] == [
        (near.assignment_id, Phase.OPEN),
        (far.assignment_id, Phase.OPEN),
        (next_one.assignment_id, Phase.SCHEDULED),
        (last.assignment_id, Phase.SCHEDULED),
        (past.assignment_id, Phase.CLOSED),
        (long_past.assignment_id, Phase.CLOSED),
    ]
