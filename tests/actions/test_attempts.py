"""A learner takes attempts at an assignment: by the server's clock, each answer kept, nothing shown too early."""

import random

import pytest

from bot.actions.accommodating import stop_accommodating
from bot.actions.assigning import move_due_date
from bot.actions.attempts import own_assignments, remind_of_assignments
from bot.actions.own_answers import own_question, say_how_sure
from bot.actions.own_look import look_at
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    OwnStep,
    leave_own,
    look_over,
)
from bot.actions.practice import retake_missed
from bot.actions.progress import own_certainty, own_progress
from bot.actions.questions import publish_bundled
from bot.actions.reporting import question_to_report
from bot.actions.reviewing import agree_to_review, review_home
from bot.errors import NotAllowed, NotFound, RoundClosed, UnreadableAnswer, WrongState
from bot.ids import AssignmentId, RoundId, RunId, UserId
from bot.quiz.accommodation import Accommodation
from bot.quiz.assignment import Counting, Drawn, Phase
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import EndReason, Round, RoundState, RunMode, RunState
from bot.quiz.showing import Showing, Shown, When
from bot.store.answers import answers_of_run, seen_items
from bot.store.questions import find_set
from tests.actions.deciding import applied, dropping, report, subject_of
from tests.actions.homework import (
    AFTER,
    AFTER_DUE,
    DAY,
    HOUR,
    MARKS_FIRST,
    MINUTE,
    assign,
    attempt,
    begin,
    give,
    hand,
    keys,
    onward,
    overview,
    press_begin,
    result,
    stored,
    work,
)
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    GUILD,
    OTHER_GUILD,
    Classroom,
    choice,
    question_set,
    right_answer,
    wrong_answer,
)

ALL = frozenset({"river", "lake", "towns", "city"})
ONE = frozenset({"river"})
NOTHING = Shown(marks=False, answers=False, explanations=False)
LAST_OF_ALL = RunOptions(
    certainty=True,
    showing=Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER_DUE),
)


def attempts_stored(room: Classroom) -> int:
    return int(str(room.rows("SELECT COUNT(*) FROM run WHERE mode = 'assignment'")[0][0]))


def sheet(room: Classroom, run_id: RunId, user_id: UserId = ANNA) -> OwnSheet | OwnResult:
    return look_over(room.db, guild_id=GUILD, user_id=user_id, run_id=run_id, at=room.now)


def retake(room: Classroom, run_id: RunId, user_id: UserId = ANNA) -> OwnStep:
    return room.do(
        retake_missed, guild_id=GUILD, user_id=user_id, run_id=run_id, rng=random.Random(3), at=room.now
    )


def sure(room: Classroom, round_id: RoundId, certainty: Certainty) -> OwnKept | OwnFeedback:
    return room.do(
        say_how_sure, guild_id=GUILD, user_id=ANNA, round_id=round_id, certainty=certainty, at=room.now
    )


def form(room: Classroom, round_id: RoundId, user_id: UserId = ANNA) -> OwnQuestion:
    return own_question(room.db, guild_id=GUILD, user_id=user_id, round_id=round_id)


def move(room: Classroom, assignment_id: AssignmentId, hours: float) -> None:
    room.do(
        move_due_date,
        guild_id=GUILD,
        assignment_id=assignment_id,
        due_at=room.now + hours * HOUR,
        at=room.now,
    )


# Beginning, leaving and coming back


def test_attempt_from_its_beginning_to_the_result(room: Classroom) -> None:
    assignment = assign(room)
    before = overview(room, assignment)
    assert (before.phase, before.left, before.may_begin, before.attempts) == (Phase.OPEN, 1, True, ())
    assert (before.score, before.under_way, before.ends_at) == (None, None, assignment.due_at)
    first = begin(room, assignment)
    assert (first.number, first.run.total, first.resumed) == (1, 4, False)
    assert (first.run.mode, first.run.assignment_id) == (RunMode.ASSIGNMENT, assignment.assignment_id)
    assert (first.run.closes_at, first.run.deadline) == (assignment.due_at, assignment.due_at)
    under_way = overview(room, assignment)
    assert (under_way.left, under_way.may_begin, under_way.done) == (0, False, ())
    work(room, first.run.run_id, miss=ONE)
    done = hand(room, first.run.run_id)
    assert (done.right, done.missed, done.run.end_reason) == (3, 1, EndReason.FINISHED)
    after = overview(room, assignment)
    assert (after.score, after.under_way, after.may_begin, len(after.done)) == (0.75, None, False, 1)


def test_attempt_goes_on_after_a_restart(room: Classroom) -> None:
    assignment = assign(room, options=AFTER_DUE)
    first = begin(room, assignment)
    give(room, first.asked.round_id, right_answer(first.asked))
    before = room.contents()
    room.reopen()
    assert room.contents() == before
    room.later(hours=24)
    again = press_begin(room, assignment, number=1)
    assert isinstance(again, OwnQuestion)
    assert (again.run.run_id, again.number, again.resumed) == (first.run.run_id, 2, True)
    assert overview(room, assignment).under_way is not None
    assert room.rows("SELECT COUNT(*) FROM answer") == [(1,)]


def test_same_press_twice_begins_one_attempt(room: Classroom) -> None:
    assignment = assign(room, attempts=None)
    first = begin(room, assignment)
    before = room.contents()
    second = press_begin(room, assignment, number=1, seed=8)
    assert isinstance(second, OwnQuestion)
    assert (second.run.run_id, second.asked) == (first.run.run_id, first.asked)
    assert room.contents() == before


def test_press_that_comes_again_after_its_attempt_is_over_begins_no_other(room: Classroom) -> None:
    assignment = assign(room, attempts=3)
    done = attempt(room, assignment)
    before = room.contents()
    shown = press_begin(room, assignment, number=1)
    assert isinstance(shown, OwnResult)
    assert shown.run.run_id == done.run.run_id
    assert room.contents() == before
    assert begin(room, assignment, number=2).run.run_id != done.run.run_id


@pytest.mark.parametrize("number", [0, 2, 99])
def test_attempt_of_a_number_that_is_not_next_is_not_begun(room: Classroom, number: int) -> None:
    assignment = assign(room, attempts=3)
    with pytest.raises(NotFound):
        press_begin(room, assignment, number=number)
    assert attempts_stored(room) == 0


@pytest.mark.parametrize("attempts", [1, 2])
def test_attempts_that_are_used_up(room: Classroom, attempts: int) -> None:
    assignment = assign(room, attempts=attempts)
    for number in range(1, attempts + 1):
        assert overview(room, assignment).left == attempts - number + 1
        attempt(room, assignment, number=number)
    before = room.contents()
    for number in (attempts, attempts + 1):
        with pytest.raises(WrongState) as refused:
            press_begin(room, assignment, number=number)
        assert "no attempt is left" in refused.value.state
    assert room.contents() == before
    assert (overview(room, assignment).left, overview(room, assignment).may_begin) == (0, False)
    assert begin(room, assignment, BEN).run.owner_id == BEN, "everybody has their own"


def test_any_number_of_attempts(room: Classroom) -> None:
    assignment = assign(room, attempts=None)
    for number in range(1, 6):
        assert (overview(room, assignment).left, overview(room, assignment).may_begin) == (None, True)
        attempt(room, assignment, number=number)
    assert len(overview(room, assignment).attempts) == 5


def test_nothing_is_begun_before_the_opening_or_after_the_due_date(room: Classroom) -> None:
    assignment = assign(room, opens_at=room.now + HOUR, due_at=room.now + 2 * HOUR)
    with pytest.raises(NotFound):
        press_begin(room, assignment)
    room.later(3_600)
    assert begin(room, assignment).run.closes_at == assignment.due_at
    room.later(3_600)
    assert begin(room, assignment, BEN).run.closes_at == room.now, "the last instant is still in time"
    room.later(0.001)
    with pytest.raises(WrongState) as refused:
        press_begin(room, assignment, CEM)
    assert refused.value.state == "over"
    assert attempts_stored(room) == 2


def test_somebody_elses_attempt_is_not_ones_business(room: Classroom) -> None:
    first = begin(room, assign(room))
    run_id, round_id = first.run.run_id, first.asked.round_id
    before = room.contents()
    with pytest.raises(NotAllowed):
        give(room, round_id, 0, BEN)
    with pytest.raises(NotAllowed):
        form(room, round_id, BEN)
    with pytest.raises(NotAllowed):
        onward(room, run_id, BEN)
    with pytest.raises(NotAllowed):
        hand(room, run_id, BEN)
    with pytest.raises(NotAllowed):
        sheet(room, run_id, BEN)
    assert room.contents() == before
    hand(room, run_id)
    before = room.contents()
    with pytest.raises(NotAllowed):
        look_at(room.db, guild_id=GUILD, user_id=BEN, round_id=round_id, at=room.now)
    with pytest.raises(NotAllowed):
        retake(room, run_id, BEN)
    assert room.contents() == before


def test_only_a_run_of_ones_own_is_handed_in(room: Classroom) -> None:
    run_id = begin(room, assign(room)).run.run_id
    with pytest.raises(NotAllowed):
        hand(room, run_id, BEN)
    with pytest.raises(NotFound):
        hand(room, RunId(99))
    assert room.run(run_id).state is not RunState.ENDED


# What is asked


def test_everybody_gets_the_same_questions_in_an_order_of_their_own(room: Classroom) -> None:
    many = question_set(*(choice(f"hill-{number}") for number in range(12)), key="hills")
    room.do(publish_bundled, sets=[many], at=room.now)
    assignment = assign(room, set_key="hills", questions=8, attempts=2)
    runs = [attempt(room, assignment, user_id, seed=user_id).run.run_id for user_id in (ANNA, BEN, CEM)]
    runs.append(attempt(room, assignment, number=2, seed=99).run.run_id)
    orders = [keys(room.rounds(run_id)) for run_id in runs]
    assert len({frozenset(order) for order in orders}) == 1
    assert len({tuple(order) for order in orders}) == 4
    assert len({tuple(asked.option_order for asked in room.rounds(run_id)) for run_id in runs}) == 4


def test_each_attempt_draws_its_own_questions(room: Classroom) -> None:
    many = question_set(*(choice(f"hill-{number}") for number in range(12)), key="hills")
    room.do(publish_bundled, sets=[many], at=room.now)
    assignment = assign(room, set_key="hills", questions=4, attempts=2, drawn=Drawn.EACH)
    runs = [attempt(room, assignment, user_id, seed=user_id).run.run_id for user_id in (ANNA, BEN, CEM)]
    runs.append(attempt(room, assignment, number=2, seed=99).run.run_id)
    drawn = [frozenset(keys(room.rounds(run_id))) for run_id in runs]
    assert [len(each) for each in drawn] == [4, 4, 4, 4]
    assert len(set(drawn)) == 4


def drop(room: Classroom, asked: Round, user_id: UserId = ANNA) -> None:
    """Somebody reports a question of an attempt that is over, and the server drops it."""
    report(room, asked, user_id)
    applied(room, dropping(room, subject_of(room)))


def test_dropped_question_is_drawn_no_more_and_counts_nowhere(room: Classroom) -> None:
    assignment = assign(room, questions=3, attempts=None, drawn=Drawn.EACH, counting=Counting.FIRST)
    done = attempt(room, assignment, miss=ALL)
    gone = room.rounds(done.run.run_id)[0]
    assert overview(room, assignment).score == 0
    drop(room, gone)
    for number in range(2, 7):
        again = attempt(room, assignment, number=number, seed=number)
        assert set(keys(room.rounds(again.run.run_id))) == ALL - {gone.item.id}
    [first, *others] = overview(room, assignment).attempts
    assert (first.asked, first.counting, first.score) == (3, 2, 0)
    assert {each.counting for each in others} == {3}


def test_attempt_of_which_nothing_counts_any_more_has_no_score(room: Classroom) -> None:
    assignment = assign(room, items=("river",), attempts=2, counting=Counting.AVERAGE)
    done = attempt(room, assignment, miss=ALL)
    assert overview(room, assignment).score == 0
    drop(room, room.rounds(done.run.run_id)[0])
    assert overview(room, assignment).score is None
    again = begin(room, assignment, number=2)
    assert keys(room.rounds(again.run.run_id)) == ["river"], "there is nothing else to ask"


def test_attempts_ask_the_wording_that_was_set_and_are_graded_by_it(room: Classroom) -> None:
    assignment = assign(room, items=("river",), attempts=2)
    reversed_set = question_set(choice("river", options=("Wrong", "Right", "Also wrong")))
    room.do(publish_bundled, sets=[reversed_set], at=room.now)
    first = begin(room, assignment)
    assert first.asked.item.right_answer() == "Right"
    give(room, first.asked.round_id, first.asked.shown_options().index("Right"))
    assert hand(room, first.run.run_id).right == 1


# Answers


def test_answers_can_be_changed_until_the_attempt_is_handed_in(room: Classroom) -> None:
    assignment = assign(room, options=LAST_OF_ALL)
    first = begin(room, assignment)
    asked = first.asked
    kept = give(room, asked.round_id, wrong_answer(asked))
    assert isinstance(kept, OwnKept)
    assert (kept.is_last, kept.certainty) == (False, None)
    assert isinstance(sure(room, asked.round_id, Certainty.GUESS), OwnKept)
    changed = give(room, asked.round_id, right_answer(asked))
    assert isinstance(changed, OwnKept)
    assert changed.certainty is None, "how sure one was belonged to the other answer"
    assert form(room, asked.round_id).standing == changed.response
    work(room, first.run.run_id)
    assert hand(room, first.run.run_id).right == 4
    with pytest.raises(RoundClosed) as closed:
        give(room, asked.round_id, wrong_answer(asked))
    assert closed.value.standing == asked.item.describe(changed.response)
    with pytest.raises(RoundClosed):
        sure(room, asked.round_id, Certainty.CERTAIN)
    assert result(room, first.run.run_id).right == 4


def test_click_that_comes_late_or_twice_does_not_replace_a_newer_answer(room: Classroom) -> None:
    first = begin(room, assign(room, items=("river",)))
    asked = first.asked
    early, late = room.click(), room.click()
    newer = give(room, asked.round_id, right_answer(asked), interaction_id=late)
    before = room.contents()
    for click in (early, late):
        shown = give(room, asked.round_id, wrong_answer(asked), interaction_id=click)
        assert shown.response == newer.response
    assert room.contents() == before


def test_sheet_comes_when_all_is_answered_and_can_be_looked_at_before(room: Classroom) -> None:
    first = begin(room, assign(room))
    run_id = first.run.run_id
    early = sheet(room, run_id)
    assert isinstance(early, OwnSheet)
    assert early.unanswered == 4
    give(room, first.asked.round_id, right_answer(first.asked))
    assert isinstance(onward(room, run_id), OwnQuestion)
    done = work(room, run_id)
    assert isinstance(done, OwnSheet)
    assert (done.unanswered, [asked.state for asked, _ in done.rounds]) == (0, [RoundState.OPEN] * 4)
    assert done == sheet(room, run_id)
    hand(room, run_id)
    assert isinstance(sheet(room, run_id), OwnResult)


def test_question_that_is_passed_over_comes_after_the_others(room: Classroom) -> None:
    run_id = begin(room, assign(room)).run.run_id
    rounds = room.rounds(run_id)
    seen: list[int] = []
    past = -1
    for _ in range(5):
        shown = onward(room, run_id, past=past)
        assert isinstance(shown, OwnQuestion)
        seen.append(past := shown.asked.position)
    assert seen == [0, 1, 2, 3, 0]
    give(room, rounds[0].round_id, right_answer(rounds[0]))
    assert isinstance(around := onward(room, run_id, past=3), OwnQuestion)
    assert around.asked.position == 1


def test_what_is_not_answered_counts_as_wrong(room: Classroom) -> None:
    assignment = assign(room)
    first = begin(room, assignment)
    give(room, first.asked.round_id, right_answer(first.asked))
    done = hand(room, first.run.run_id)
    assert (done.answered, done.right, len(done.rounds)) == (1, 1, 4)
    assert overview(room, assignment).score == 0.25
    nothing = hand(room, begin(room, assignment, BEN).run.run_id, BEN)
    assert (nothing.answered, overview(room, assignment, BEN).score) == (0, 0)


def test_handing_in_twice_changes_nothing(room: Classroom) -> None:
    first = begin(room, assign(room))
    done = hand(room, first.run.run_id)
    before = room.contents()
    room.later(60)
    assert hand(room, first.run.run_id) == done
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=first.run.run_id, at=room.now)
    assert room.contents() == before


def test_unreadable_answer_keeps_the_one_that_stands(room: Classroom) -> None:
    first = begin(room, assign(room, items=("towns",)))
    kept = give(room, first.asked.round_id, "80")
    with pytest.raises(UnreadableAnswer):
        give(room, first.asked.round_id, "no idea")
    assert form(room, first.asked.round_id).standing == kept.response


def test_feedback_at_once_closes_a_question_and_the_last_one_ends_the_attempt(room: Classroom) -> None:
    assignment = assign(room, options=RunOptions(), attempts=2)
    first = begin(room, assignment)
    said = give(room, first.asked.round_id, wrong_answer(first.asked))
    assert isinstance(said, OwnFeedback)
    assert (said.shown.everything, said.repeated) == (True, False)
    again = give(room, first.asked.round_id, right_answer(first.asked))
    assert isinstance(again, OwnFeedback)
    assert (again.repeated, again.response) == (True, said.response)
    done = work(room, first.run.run_id)
    assert isinstance(done, OwnResult)
    assert (done.right, done.run.end_reason) == (3, EndReason.FINISHED)
    assert overview(room, assignment).score == 0.75


# Time


def test_limit_with_extra_time_and_without_any(room: Classroom) -> None:
    room.accommodate(BEN, Accommodation(1.5))
    room.accommodate(CEM, Accommodation(untimed=True))
    assignment = assign(room, time_limit=HOUR)
    due_at = assignment.due_at
    expected = {ANNA: (HOUR, room.now + HOUR), BEN: (1.5 * HOUR, room.now + 1.5 * HOUR), CEM: (None, due_at)}
    for user_id, (limit, end) in expected.items():
        before = overview(room, assignment, user_id)
        assert (before.own_limit, before.ends_at, before.assignment.time_limit) == (limit, end, HOUR)
        run = begin(room, assignment, user_id).run
        assert (run.closes_at, run.due_at) == (end, end + GRACE)


@pytest.mark.parametrize("user_id", [ANNA, BEN, CEM])
def test_due_date_cuts_everybodys_time(room: Classroom, user_id: UserId) -> None:
    room.accommodate(BEN, Accommodation(1.5))
    room.accommodate(CEM, Accommodation(untimed=True))
    assignment = assign(room, time_limit=HOUR, due_at=room.now + DAY)
    room.later(hours=23.5)
    assert begin(room, assignment, user_id).run.closes_at == assignment.due_at


def test_time_that_is_up_ends_the_attempt_with_all_answers(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR, options=AFTER, attempts=2)
    first = begin(room, assignment)
    give(room, first.asked.round_id, right_answer(first.asked))
    room.later(3_600)
    assert isinstance(onward(room, first.run.run_id), OwnQuestion), "the last instant is still in time"
    room.later(0.001)
    shown = onward(room, first.run.run_id)
    assert isinstance(shown, OwnResult)
    assert shown.shown.everything
    assert overview(room, assignment).score == 0.25
    room.later(GRACE.total_seconds())
    room.tick()
    run = room.run(first.run.run_id)
    assert (run.state, run.end_reason, run.due_at) == (RunState.ENDED, EndReason.TIME_UP, None)
    assert result(room, first.run.run_id).right == 1
    assert begin(room, assignment, number=2).run.closes_at == room.now + HOUR


def test_clock_does_not_wait_for_anybody_to_press(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR, attempts=2)
    first = begin(room, assignment)
    room.reopen()
    room.later(hours=2)
    again = begin(room, assignment, number=2)
    assert again.run.run_id != first.run.run_id, "the first attempt is over, though nothing has ended it yet"
    room.tick()
    assert room.run(first.run.run_id).end_reason is EndReason.TIME_UP
    assert room.run(again.run.run_id).state is RunState.ASKING


@pytest.mark.parametrize("moved", [False, True])
def test_click_made_in_time_counts_when_it_arrives_a_moment_late(room: Classroom, moved: bool) -> None:
    assignment = assign(room, due_at=room.now + HOUR)
    first = begin(room, assignment)
    if moved:
        move(room, assignment.assignment_id, 0.5)
    end = room.run(first.run.run_id).closes_at
    assert end is not None
    room.now = end + 0.9 * GRACE
    room.tick()
    late = 0.9 * GRACE.total_seconds()
    assert isinstance(give(room, first.asked.round_id, 0, seconds_ago=late), OwnKept)
    with pytest.raises(RoundClosed):
        give(room, room.rounds(first.run.run_id)[1].round_id, 0, seconds_ago=late - 0.001)
    room.now = end + GRACE
    room.tick()
    with pytest.raises(RoundClosed):
        give(room, first.asked.round_id, 1, seconds_ago=GRACE.total_seconds())
    assert len(answers_of_run(room.db, first.run.run_id)) == 1


@pytest.mark.parametrize("answered", [False, True])
def test_due_date_that_passes_while_a_form_is_open(room: Classroom, answered: bool) -> None:
    assignment = assign(room, items=("city",), due_at=room.now + HOUR)
    first = begin(room, assignment)
    if answered:
        give(room, first.asked.round_id, "Hangzhou")
    room.later(3_599)
    opened = form(room, first.asked.round_id)
    assert (opened.standing is not None) == answered
    room.later(3)
    before = room.contents()
    with pytest.raises(RoundClosed) as closed:
        give(room, first.asked.round_id, "Rongcheng")
    assert closed.value.standing == ("Hangzhou" if answered else None)
    assert room.contents() == before
    room.tick()
    with pytest.raises(RoundClosed) as again:
        give(room, first.asked.round_id, "Rongcheng")
    assert again.value.standing == closed.value.standing


def test_handing_in_a_moment_after_the_end_is_no_handing_in(room: Classroom) -> None:
    first = begin(room, assign(room, due_at=room.now + HOUR))
    work(room, first.run.run_id)
    room.later(3_600.5)
    done = hand(room, first.run.run_id)
    assert (done.run.end_reason, done.right) == (EndReason.TIME_UP, 4)


def test_extra_time_reaches_an_attempt_that_is_under_way(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR, due_at=room.now + DAY)
    first = begin(room, assignment)
    begun = room.now
    other = begin(room, assignment, BEN)
    room.later(1_800)
    for accommodation, end in (
        (Accommodation(1.5), begun + 1.5 * HOUR),
        (Accommodation(untimed=True), begun + DAY),
        (Accommodation(2), begun + 2 * HOUR),
    ):
        room.accommodate(ANNA, accommodation)
        run = room.run(first.run.run_id)
        assert (run.closes_at, run.due_at) == (end, end + GRACE)
    assert room.run(other.run.run_id).closes_at == begun + HOUR
    room.later(3_600)
    assert isinstance(give(room, first.asked.round_id, 0), OwnKept)
    with pytest.raises(RoundClosed):
        give(room, other.asked.round_id, 0, BEN)


def test_extra_time_that_is_taken_back_ends_an_attempt_now_if_it_had_more(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR, due_at=room.now + DAY)
    room.accommodate(ANNA, Accommodation(2))
    room.accommodate(BEN, Accommodation(2))
    first, other = begin(room, assignment), begin(room, assignment, BEN)
    begun = room.now
    room.later(600)
    room.do(stop_accommodating, guild_id=GUILD, person=BEN, at=room.now)
    assert room.run(other.run.run_id).closes_at == begun + HOUR
    room.later(hours=1)
    give(room, first.asked.round_id, right_answer(first.asked))
    room.do(stop_accommodating, guild_id=GUILD, person=ANNA, at=room.now)
    assert room.run(first.run.run_id).closes_at == room.now
    room.later(GRACE.total_seconds())
    room.tick()
    assert result(room, first.run.run_id).right == 1


def test_extra_time_opens_no_attempt_again(room: Classroom) -> None:
    assignment = assign(room, time_limit=HOUR, due_at=room.now + DAY)
    handed, timed_out = begin(room, assignment), begin(room, assignment, BEN)
    hand(room, handed.run.run_id)
    room.later(3_600.1)
    ends = [room.run(each.run.run_id).closes_at for each in (handed, timed_out)]
    for user_id in (ANNA, BEN):
        room.accommodate(user_id, Accommodation(3))
    assert [room.run(each.run.run_id).closes_at for each in (handed, timed_out)] == ends
    with pytest.raises(RoundClosed):
        give(room, timed_out.asked.round_id, 0, BEN)


def test_extra_time_in_another_server_is_none_here(room: Classroom) -> None:
    room.accommodate(ANNA, Accommodation(3), guild_id=OTHER_GUILD)
    assignment = assign(room, time_limit=HOUR)
    assert overview(room, assignment).own_limit == HOUR
    first = begin(room, assignment)
    room.accommodate(ANNA, Accommodation(4), guild_id=OTHER_GUILD)
    assert room.run(first.run.run_id).closes_at == room.now + HOUR


# What is shown when


def shown_everywhere(room: Classroom, done: OwnResult) -> dict[str, object]:
    """What a learner gets to know of an attempt, wherever it might show."""
    geography = find_set(room.db, GUILD, "geography")
    assert geography is not None
    look = look_at(room.db, guild_id=GUILD, user_id=ANNA, round_id=done.rounds[0][0].round_id, at=room.now)
    home = room.do(agree_to_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert home is not None
    try:
        retaken: object = set(keys(room.rounds(retake(room, done.run.run_id).run.run_id)))
    except WrongState:
        retaken = None
    try:
        question_to_report(
            room.db, guild_id=GUILD, round_id=done.rounds[0][0].round_id, user_id=ANNA, at=room.now
        )
        reportable = True
    except NotFound:
        reportable = False
    assert look.shown == result(room, done.run.run_id).shown
    return {
        "shown": look.shown,
        "seen": set(seen_items(room.db, GUILD, ANNA, geography.set_id, room.now)),
        "answers": own_progress(room.db, guild_id=GUILD, user_id=ANNA, at=room.now).figures.answers,
        "certain": own_certainty(room.db, guild_id=GUILD, user_id=ANNA, at=room.now).overall.answers,
        "cards": home.cards,
        "retaken": retaken,
        "reportable": reportable,
    }


def everywhere(shown: Shown, *, marks: bool, nothing_held_back: bool) -> dict[str, object]:
    """What ``shown_everywhere`` gives where of four answers, all of them wrong, that much is known."""
    return {
        "shown": shown,
        "seen": set(ALL) if marks else set(),
        "answers": 4 if marks else 0,
        "certain": 4 if marks else 0,
        "cards": 4 if nothing_held_back else 0,
        "retaken": set(ALL) if nothing_held_back else None,
        "reportable": shown.answers,
    }


@pytest.mark.parametrize(
    ("showing", "handed_in"),
    [
        (AFTER.showing, Shown(marks=True, answers=True, explanations=True)),
        (MARKS_FIRST.showing, Shown(marks=True, answers=False, explanations=False)),
        (LAST_OF_ALL.showing, Shown(marks=True, answers=True, explanations=False)),
        (AFTER_DUE.showing, NOTHING),
    ],
)
@pytest.mark.parametrize("closed_early", [False, True])
def test_nothing_is_revealed_anywhere_before_it_may_be_shown_and_everything_after(
    room: Classroom, showing: Showing, handed_in: Shown, closed_early: bool
) -> None:
    assignment = assign(room, options=RunOptions(certainty=True, showing=showing), due_at=room.now + DAY)
    first = begin(room, assignment)
    for asked in room.rounds(first.run.run_id):
        give(room, asked.round_id, wrong_answer(asked))
        sure(room, asked.round_id, Certainty.CERTAIN)
    assert result(room, first.run.run_id).shown == NOTHING
    with pytest.raises(WrongState):
        look_at(room.db, guild_id=GUILD, user_id=ANNA, round_id=first.asked.round_id, at=room.now)
    with pytest.raises(WrongState):
        retake(room, first.run.run_id)
    assert room.do(agree_to_review, guild_id=GUILD, user_id=ANNA, at=room.now).cards == 0  # type: ignore[union-attr]
    assert overview(room, assignment).score is None

    done = hand(room, first.run.run_id)
    known = everywhere(handed_in, marks=handed_in.marks, nothing_held_back=handed_in.everything)
    assert shown_everywhere(room, done) == known
    assert overview(room, assignment).score == (0 if handed_in.marks else None)

    if closed_early:
        move(room, assignment.assignment_id, 1)
    room.now = stored(room, assignment.assignment_id).due_at
    assert shown_everywhere(room, done) == known, "the due date has not passed yet"
    room.later(0.001)
    everything = Shown(marks=True, answers=True, explanations=True)
    assert shown_everywhere(room, done) == everywhere(everything, marks=True, nothing_held_back=True)
    assert overview(room, assignment).score == 0


def test_marks_at_once_do_not_tell_answers_that_are_held_back(room: Classroom) -> None:
    showing = Showing(marks=When.DURING, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
    assignment = assign(room, options=RunOptions(showing=showing))
    first = begin(room, assignment)
    for asked in room.rounds(first.run.run_id):
        said = give(room, asked.round_id, wrong_answer(asked))
        assert isinstance(said, OwnFeedback)
        assert said.shown == Shown(marks=True, answers=False, explanations=False)
    done = result(room, first.run.run_id)
    assert shown_everywhere(room, done) == {
        **everywhere(done.shown, marks=True, nothing_held_back=False),
        "certain": 0,
    }
    room.now = assignment.due_at
    room.later(0.001)
    assert result(room, first.run.run_id).shown.everything
    assert shown_everywhere(room, done)["cards"] == 4


def test_due_date_that_moves_moves_what_is_shown_after_it(room: Classroom) -> None:
    assignment = assign(room, options=AFTER_DUE, due_at=room.now + DAY)
    done = attempt(room, assignment, miss=ALL)
    room.later(hours=23)
    move(room, assignment.assignment_id, 48)
    room.later(hours=2)
    assert shown_everywhere(room, done) == {
        **everywhere(NOTHING, marks=False, nothing_held_back=False),
        "certain": 0,
    }
    room.later(hours=46.001)
    assert shown_everywhere(room, done)["cards"] == 4


def test_review_that_is_under_way_learns_nothing_from_an_attempt_before_its_time(room: Classroom) -> None:
    attempt(room, assign(room, items=("river",)), miss=ALL)
    home = room.do(agree_to_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert home is not None
    assert home.cards == 1
    attempt(room, assign(room, options=AFTER_DUE, seed=2), miss=ALL)
    later = room.do(review_home, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert later is not None
    assert later.cards == 1


def test_attempt_is_looked_through_question_by_question(room: Classroom) -> None:
    first = begin(room, assign(room))
    give(room, first.asked.round_id, right_answer(first.asked))
    hand(room, first.run.run_id)
    order = [asked.round_id for asked in room.rounds(first.run.run_id)]
    looks = [look_at(room.db, guild_id=GUILD, user_id=ANNA, round_id=each, at=room.now) for each in order]
    assert [each.previous for each in looks] == [None, *order[:-1]]
    assert [each.following for each in looks] == [*order[1:], None]
    assert [each.given is not None for each in looks] == [True, False, False, False]
    assert looks[0].source.source.title == "An atlas"
    with pytest.raises(NotFound):
        look_at(room.db, guild_id=OTHER_GUILD, user_id=ANNA, round_id=order[0], at=room.now)
    with pytest.raises(NotFound):
        look_at(room.db, guild_id=GUILD, user_id=ANNA, round_id=RoundId(99), at=room.now)


# How it stands


@pytest.mark.parametrize(
    ("counting", "score"),
    [
        (Counting.HIGHEST, 0.75),
        (Counting.FIRST, 0.5),
        (Counting.LAST, 0.25),
        (Counting.AVERAGE, 0.5),
    ],
)
def test_score_of_several_attempts(room: Classroom, counting: Counting, score: float) -> None:
    assignment = assign(room, attempts=None, counting=counting)
    order = sorted(ALL)
    for number, missed in enumerate((2, 1, 3), start=1):
        attempt(room, assignment, number=number, miss=frozenset(order[:missed]))
    assert overview(room, assignment).score == score
    begin(room, assignment, number=4)
    assert overview(room, assignment).score == score, "one that is under way does not count yet"


def test_own_assignments_are_those_that_have_opened_the_soonest_due_first(room: Classroom) -> None:
    late = assign(room, due_at=room.now + 3 * DAY)
    soon = assign(room, due_at=room.now + 2 * DAY)
    over = assign(room, due_at=room.now + MINUTE)
    ahead = assign(room, opens_at=room.now + DAY)
    room.later(61)
    listed = own_assignments(room.db, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert [each.assignment for each in listed] == [
        stored(room, each.assignment_id) for each in (soon, late, over)
    ]
    room.later(hours=24)
    assert stored(room, ahead.assignment_id) in [
        each.assignment for each in own_assignments(room.db, guild_id=GUILD, user_id=ANNA, at=room.now)
    ]


def test_reminders_are_welcome_until_one_says_otherwise(room: Classroom) -> None:
    assignment = assign(room)
    assert overview(room, assignment).reminders
    for wanted in (False, False, True, True):
        room.do(remind_of_assignments, guild_id=GUILD, user_id=ANNA, wanted=wanted, at=room.now)
        assert overview(room, assignment).reminders == wanted
    room.do(remind_of_assignments, guild_id=OTHER_GUILD, user_id=ANNA, wanted=False, at=room.now)
    assert overview(room, assignment).reminders, "another server is another matter"
