"""Extra time in a live quiz: the class's time is over, and the result waits for those whose time is not."""

from datetime import datetime, timedelta

import pytest

from bot.actions.accommodating import accommodation_for, accommodations, stop_accommodating
from bot.actions.answering import question_for_form
from bot.actions.boards import cannot_post, waiting_boards
from bot.actions.hosting import close_now, extend_question, pause_run, resume_run, skip_question, stop_run
from bot.actions.quiz_reports import round_board
from bot.errors import Invalid, NotFound, RoundClosed, RoundHeld
from bot.ids import RunId, UserId
from bot.quiz.accommodation import CHANGE_OF_MIND, LONGEST_WAIT, NO_ACCOMMODATION, Accommodation
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import Pace, Round, RoundState, RunState
from bot.store.participants import records_of
from tests.classroom import ANNA, BEN, CEM, GUILD, OTHER_GUILD, Classroom, plan, right_answer, wrong_answer

SECONDS = 20
HALF_MORE = Accommodation(1.5)
TWICE = Accommodation(2)
UNTIMED = Accommodation(untimed=True)


def asked_of(room: Classroom, *people: UserId, options: RunOptions | None = None) -> tuple[RunId, Round]:
    """A quiz that these people have joined, with its first question open."""
    run_id = room.open_live(asked_for=plan(questions=3, seconds=SECONDS, options=options or RunOptions()))
    for person in people:
        room.join(run_id, person)
    return run_id, room.start(run_id)


def class_time_passes(room: Classroom) -> None:
    room.later(SECONDS + GRACE.total_seconds())
    room.tick()


def state(room: Classroom, asked: Round) -> RoundState:
    return next(each.state for each in room.rounds(asked.run_id) if each.round_id == asked.round_id)


def in_overtime(room: Classroom, asked: Round) -> bool:
    board = round_board(room.db, round_id=asked.round_id)
    assert board is not None
    return board.overtime


def tick_at(room: Classroom, at: datetime) -> None:
    room.now = at
    room.tick()


# Waiting


def test_result_waits_for_a_participant_with_extra_time(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    assert state(room, asked) is RoundState.OPEN
    assert in_overtime(room, asked)
    room.later(8)
    room.tick()
    assert state(room, asked) is RoundState.OPEN
    room.later(2)
    room.tick()
    assert state(room, asked) is RoundState.CLOSED


def test_result_waits_for_nobody_else(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, BEN)
    class_time_passes(room)
    assert state(room, asked) is RoundState.CLOSED, "Anna takes no part"


def test_result_does_not_wait_for_who_has_answered_in_the_classs_time(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, ANNA)
    room.answer(asked, ANNA, 0)
    class_time_passes(room)
    assert state(room, asked) is RoundState.CLOSED


def test_who_answered_an_earlier_question_is_waited_for(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room)
    room.answer(asked, ANNA, 0)
    class_time_passes(room)
    upcoming = room.go_on(run_id)
    class_time_passes(room)
    assert state(room, upcoming) is RoundState.OPEN


def test_answer_within_ones_own_time_counts(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    assert answered.stored
    assert answered.allowance is not None
    assert (answered.allowance.own, answered.allowance.usual) == (
        timedelta(seconds=30),
        timedelta(seconds=20),
    )
    room.later((CHANGE_OF_MIND + GRACE).total_seconds())
    room.tick()
    assert state(room, asked) is RoundState.CLOSED, "the class waits no longer than needed"
    (record,) = records_of(room.db, run_id)
    assert record.right == 1


def test_answer_in_extra_time_can_be_changed_for_a_moment(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.answer(asked, ANNA, wrong_answer(asked))
    due_at = room.run(run_id).due_at
    room.later(4)
    room.tick()
    assert room.answer(asked, ANNA, right_answer(asked)).stored
    assert room.run(run_id).due_at == due_at, "a change does not make the class wait again"


def test_clicks_of_the_class_are_refused_from_its_end_on(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    _, asked = asked_of(room, ANNA, BEN)
    room.answer(asked, BEN, right_answer(asked))
    class_time_passes(room)
    before = room.contents()
    for person, standing in ((BEN, asked.item.right_answer()), (CEM, None)):
        with pytest.raises(RoundClosed) as closed:
            room.answer(asked, person, 0)
        assert closed.value.standing == standing
        with pytest.raises(RoundClosed):
            question_for_form(room.db, guild_id=GUILD, round_id=asked.round_id, user_id=person, at=room.now)
    assert room.contents() == before
    form = question_for_form(room.db, guild_id=GUILD, round_id=asked.round_id, user_id=ANNA, at=room.now)
    assert form.standing is None


def test_click_after_ones_own_end_is_refused(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    room.accommodate(BEN, TWICE)
    _, asked = asked_of(room, ANNA, BEN)
    room.later(31)
    room.tick()
    with pytest.raises(RoundClosed):
        room.answer(asked, ANNA, 0)
    assert room.answer(asked, BEN, 0).stored


def test_result_waits_for_the_longest_and_no_longer(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    room.accommodate(BEN, Accommodation(3))
    run_id, asked = asked_of(room, ANNA, BEN)
    assert asked.closes_at is not None
    class_time_passes(room)
    assert room.run(run_id).due_at == asked.closes_at + timedelta(seconds=40) + GRACE
    room.answer(asked, BEN, 0)
    assert room.run(run_id).due_at == asked.closes_at + timedelta(seconds=10) + GRACE, "Anna has until then"
    tick_at(room, asked.closes_at + timedelta(seconds=10) + GRACE)
    assert state(room, asked) is RoundState.CLOSED


def test_no_limit_is_as_long_as_the_longest_question(room: Classroom) -> None:
    room.accommodate(ANNA, UNTIMED)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    assert asked.opened_at is not None
    tick_at(room, asked.opened_at + LONGEST_WAIT)
    assert state(room, asked) is RoundState.OPEN
    assert room.answer(asked, ANNA, 0, at=room.now).allowance is not None
    tick_at(room, asked.opened_at + LONGEST_WAIT + CHANGE_OF_MIND + GRACE)
    assert state(room, asked) is RoundState.CLOSED


def test_nobody_sees_in_public_who_answers_in_extra_time(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.publish()
    room.answer(asked, ANNA, 0)
    assert waiting_boards(room.db) == [], "the count would go up when the class may not answer any more"


# What the host does meanwhile


def test_host_closes_at_once(room: Classroom) -> None:
    room.accommodate(ANNA, UNTIMED)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.do(close_now, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    assert state(room, asked) is RoundState.CLOSED
    with pytest.raises(RoundClosed):
        room.answer(asked, ANNA, 0)


def test_host_skips_and_ends_it(room: Classroom) -> None:
    room.accommodate(ANNA, UNTIMED)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.do(skip_question, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    assert state(room, asked) is RoundState.SKIPPED
    room.publish()
    class_time_passes(room)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    assert room.run(run_id).state is RunState.ENDED


def test_more_time_in_extra_time_is_for_everybody_from_now_on(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    run_id, asked = asked_of(room, ANNA, BEN)
    class_time_passes(room)
    closes_at = room.do(extend_question, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    assert closes_at == room.now + timedelta(seconds=30)
    assert not in_overtime(room, asked)
    room.later(29)
    room.tick()
    assert room.answer(asked, BEN, 0).stored
    room.later(3)
    room.tick()
    assert in_overtime(room, asked), "and for Anna it is twice the whole"
    room.later(49)
    room.tick()
    assert room.answer(asked, ANNA, 0).stored


def test_more_time_in_time_is_more_for_those_with_extra_time(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room, ANNA)
    room.do(extend_question, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    assert asked.opened_at is not None
    tick_at(room, asked.opened_at + timedelta(seconds=50) + GRACE)
    assert in_overtime(room, asked)
    assert room.answer(asked, ANNA, 0, at=asked.opened_at + timedelta(seconds=75)).stored


def test_pause_in_the_classs_time_takes_none_of_the_extra_time(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room, ANNA)
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.later(15))
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(600))
    resumed = room.now
    tick_at(room, resumed + timedelta(seconds=5) + GRACE)
    assert in_overtime(room, asked)
    assert room.answer(asked, ANNA, 0, at=resumed + timedelta(seconds=15)).stored


def test_pause_in_extra_time_gives_the_class_no_more_and_keeps_what_was_left(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    run_id, asked = asked_of(room, ANNA, BEN)
    class_time_passes(room)
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.later(3.5))
    with pytest.raises(RoundHeld):
        room.answer(asked, ANNA, 0)
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(600))
    resumed = room.now
    room.tick()
    assert in_overtime(room, asked)
    with pytest.raises(RoundClosed):
        room.answer(asked, BEN, 0)
    tick_at(room, resumed + timedelta(seconds=15))
    assert state(room, asked) is RoundState.OPEN, "25 seconds had passed of Anna's 40"
    assert room.answer(asked, ANNA, 0).stored
    tick_at(room, resumed + timedelta(seconds=25) + GRACE)
    assert state(room, asked) is RoundState.CLOSED


def test_trouble_in_extra_time_holds_the_question_too(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    board = next(each for each in waiting_boards(room.db) if each.subject_id == asked.round_id)
    room.do(cannot_post, board_id=board.board_id, missing="Send Messages", at=room.now)
    assert state(room, asked) is RoundState.HELD
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(60))
    assert room.answer(asked, ANNA, 0).stored


# A restart


def test_waiting_goes_on_after_a_restart(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.reopen()
    assert in_overtime(room, asked)
    room.later(5)
    room.tick()
    assert room.answer(asked, ANNA, 0).stored


def test_downtime_longer_than_the_extra_time_makes_nobody_wait(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    _, asked = asked_of(room, ANNA)
    room.reopen()
    room.later(120)
    room.tick()
    assert state(room, asked) is RoundState.CLOSED


def test_wrong_clock_of_this_machine_takes_no_extra_time(room: Classroom) -> None:
    """The machine is a minute ahead of Discord: the question was posted at Discord's time, the run due at ours."""
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room, ANNA)
    room.db.conn.execute("UPDATE run SET due_at = strftime('%Y-%m-%dT%H:%M:%f000Z', due_at, '+60 seconds')")
    due_at = room.run(run_id).due_at
    assert due_at is not None
    tick_at(room, due_at)
    assert in_overtime(room, asked)
    assert room.run(run_id).due_at == due_at + timedelta(seconds=10)


# Races


def test_last_answer_and_the_tick_close_it_once(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id, asked = asked_of(room, ANNA)
    class_time_passes(room)
    assert asked.opened_at is not None
    room.answer(asked, ANNA, 0, at=asked.opened_at + timedelta(seconds=30))
    tick_at(room, asked.opened_at + timedelta(seconds=30) + GRACE)
    room.tick()
    assert state(room, asked) is RoundState.CLOSED
    assert room.run(run_id).state is RunState.REVEALING
    assert room.run(run_id).position == 0


def test_same_click_twice_in_extra_time_changes_nothing(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    click = room.click()
    room.answer(asked, ANNA, 0, interaction_id=click)
    before = room.contents()
    assert not room.answer(asked, ANNA, 1, interaction_id=click).stored
    assert room.contents() == before


def test_extra_time_set_in_the_last_second_holds(room: Classroom) -> None:
    _, asked = asked_of(room, ANNA)
    room.later(SECONDS)
    room.accommodate(ANNA, HALF_MORE)
    room.later(GRACE.total_seconds())
    room.tick()
    assert in_overtime(room, asked)


def test_extra_time_taken_back_while_waiting_is_over_for_the_person(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    _, asked = asked_of(room, ANNA)
    class_time_passes(room)
    room.do(stop_accommodating, guild_id=GUILD, person=ANNA, at=room.now)
    with pytest.raises(RoundClosed):
        room.answer(asked, ANNA, 0)


def test_late_joiner_with_extra_time_can_answer_what_still_waits(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    room.accommodate(BEN, TWICE)
    run_id, _ = asked_of(room, BEN)
    class_time_passes(room)
    room.later(3)
    assert room.join(run_id, ANNA).participant.joined_position == 0
    assert room.join(run_id, CEM).participant.joined_position == 1


def test_whole_quiz_at_the_hosts_pace_waits_too(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    run_id = room.open_live(asked_for=plan(questions=1, seconds=SECONDS, pace=Pace.HOST))
    room.join(run_id, ANNA)
    asked = room.start(run_id)
    class_time_passes(room)
    room.answer(asked, ANNA, 0)
    room.later(7)
    room.tick()
    assert room.run(run_id).state is RunState.ENDED


# Speed


def worth_of(room: Classroom) -> list[object]:
    return [value for (value,) in room.rows("SELECT worth FROM answer ORDER BY answer_id")]


def test_speed_is_measured_by_ones_own_limit(room: Classroom) -> None:
    room.accommodate(ANNA, TWICE)
    _, asked = asked_of(room, options=RunOptions(speed_points=True))
    assert asked.opened_at is not None
    room.answer(asked, ANNA, 0, at=asked.opened_at + timedelta(seconds=20))
    room.answer(asked, BEN, 0, at=asked.opened_at + timedelta(seconds=10))
    assert worth_of(room) == [750, 750]


def test_last_change_is_the_answer_that_is_timed(room: Classroom) -> None:
    run_id, asked = asked_of(room, options=RunOptions(speed_points=True))
    assert asked.opened_at is not None
    room.answer(asked, BEN, wrong_answer(asked), at=asked.opened_at + timedelta(seconds=2))
    click = room.click()
    room.answer(
        asked, BEN, right_answer(asked), interaction_id=click, at=asked.opened_at + timedelta(seconds=20)
    )
    room.answer(
        asked, BEN, right_answer(asked), interaction_id=click, at=asked.opened_at + timedelta(seconds=1)
    )
    assert worth_of(room) == [500]
    room.run_out(run_id)
    (record,) = records_of(room.db, run_id)
    assert record.points == 500


def test_pause_costs_no_points(room: Classroom) -> None:
    run_id, asked = asked_of(room, options=RunOptions(speed_points=True))
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.later(5))
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(300))
    room.answer(asked, BEN, 0, at=room.later(5))
    assert worth_of(room) == [750]


def test_more_time_makes_no_later_answer_worth_more(room: Classroom) -> None:
    run_id, asked = asked_of(room, options=RunOptions(speed_points=True))
    room.answer(asked, BEN, 0, at=room.later(16))
    room.do(extend_question, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    room.answer(asked, CEM, 0, at=room.later(4))
    room.answer(asked, ANNA, 0, at=room.later(20))
    assert worth_of(room) == [600, 500, 500]


def test_speed_is_not_measured_unless_it_is_wanted(room: Classroom) -> None:
    _, asked = asked_of(room)
    room.answer(asked, BEN, 0)
    assert worth_of(room) == [None]


def test_wrong_answer_earns_nothing_however_quick(room: Classroom) -> None:
    run_id, asked = asked_of(room, options=RunOptions(speed_points=True))
    room.answer(asked, BEN, wrong_answer(asked))
    room.run_out(run_id)
    (record,) = records_of(room.db, run_id)
    assert record.points == 0


# Setting it


def test_accommodation_is_set_replaced_and_taken_back(room: Classroom) -> None:
    assert accommodation_for(room.db, guild_id=GUILD, person=ANNA) == NO_ACCOMMODATION
    room.accommodate(ANNA, HALF_MORE)
    room.accommodate(ANNA, UNTIMED)
    room.reopen()
    assert accommodation_for(room.db, guild_id=GUILD, person=ANNA) == UNTIMED
    assert accommodations(room.db, guild_id=GUILD) == [(ANNA, UNTIMED)]
    room.do(stop_accommodating, guild_id=GUILD, person=ANNA, at=room.now)
    assert accommodations(room.db, guild_id=GUILD) == []
    with pytest.raises(NotFound):
        room.do(stop_accommodating, guild_id=GUILD, person=ANNA, at=room.now)


def test_accommodation_is_of_one_server(room: Classroom) -> None:
    room.accommodate(ANNA, HALF_MORE)
    assert accommodation_for(room.db, guild_id=OTHER_GUILD, person=ANNA) == NO_ACCOMMODATION
    assert accommodations(room.db, guild_id=OTHER_GUILD) == []
    with pytest.raises(NotFound):
        room.do(stop_accommodating, guild_id=OTHER_GUILD, person=ANNA, at=room.now)


@pytest.mark.parametrize("factor", [0, 1, 1.09, 4.01, -2, float("nan"), float("inf")])
def test_factor_out_of_range_is_refused(room: Classroom, factor: float) -> None:
    before = room.contents()
    with pytest.raises(Invalid):
        room.accommodate(ANNA, Accommodation(factor))
    assert room.contents() == before
