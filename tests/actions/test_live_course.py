"""A live quiz from its lobby to its end, and every press that comes when it has moved on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.actions.boards import waiting_boards
from bot.actions.hosting import (
    close_now,
    extend_question,
    move_on,
    pause_run,
    resume_run,
    skip_question,
    start_run,
    stop_run,
)
from bot.actions.open_live import LivePlan, check_live
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import live_runs, my_result, round_board, run_board, summary_board
from bot.bank.item import Category
from bot.errors import AlreadyRunning, Invalid, NotFound, RoundClosed, RoundHeld, WrongState
from bot.ids import RunId
from bot.quiz.pacing import EXTENSION, GRACE, PAUSE_LIMIT
from bot.quiz.run import EndReason, Pace, PauseReason, RoundState, RunState
from bot.store.boards import BoardKind
from tests.classroom import (
    ANNA,
    BEN,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    THREAD,
    Classroom,
    choice,
    plan,
    question_set,
    right_answer,
    true_false,
    wrong_answer,
)

HOST_PACE = plan(pace=Pace.HOST)


def control(room: Classroom, action: Callable[..., object], run_id: RunId, **more: object) -> None:
    """The host presses a button."""
    room.do(action, guild_id=GUILD, run_id=run_id, at=room.now, **more)


def refuses(room: Classroom, action: Callable[..., object], run_id: RunId, **more: object) -> WrongState:
    """The host presses a button of something that has moved on: nothing happens."""
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        control(room, action, run_id, **more)
    assert room.contents() == before
    return refused.value


def states(room: Classroom, run_id: RunId) -> tuple[RunState, int]:
    run = room.run(run_id)
    return run.state, run.position


# From the lobby to the end


def test_clock_leads_from_the_lobby_to_the_end(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(questions=3))
    assert states(room, run_id) == (RunState.LOBBY, -1)
    asked = room.start(run_id)
    for position in range(3):
        assert states(room, run_id) == (RunState.ASKING, position)
        assert asked.state is RoundState.OPEN
        room.answer(asked, ANNA, right_answer(asked))
        room.answer(asked, BEN, wrong_answer(asked))
        room.run_out(run_id)
        if position < 2:
            assert states(room, run_id) == (RunState.REVEALING, position)
            asked = room.go_on(run_id)
    run = room.run(run_id)
    assert (run.state, run.end_reason, run.due_at) == (RunState.ENDED, EndReason.FINISHED, None)
    assert room.round_states(run_id) == [RoundState.CLOSED] * 3
    summary = summary_board(room.db, run_id=run_id)
    assert summary is not None
    assert (summary.summary.people, summary.summary.answers, summary.summary.right) == (2, 6, 3)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert (mine.right, mine.answered, mine.missed, mine.skipped) == (3, 3, 0, 0)


def test_host_leads_from_the_lobby_to_the_end(room: Classroom) -> None:
    run_id = room.open_live(asked_for=HOST_PACE)
    room.start(run_id)
    for position in range(4):  # the claim is not asked
        room.answer(room.asked(run_id), ANNA, right_answer(room.asked(run_id)))
        control(room, close_now, run_id)
        if position < 3:
            room.later(600)
            assert room.tick() == [], "a host's run waits for the host"
            control(room, move_on, run_id, position=position)
            room.publish()
    assert room.run(run_id).end_reason is EndReason.FINISHED


def test_result_of_a_question_is_shown_once_it_is_closed(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    open_board = round_board(room.db, round_id=asked.round_id)
    assert open_board is not None
    assert (open_board.answered, open_board.spread) == (1, None)
    room.run_out(run_id)
    closed_board = round_board(room.db, round_id=asked.round_id)
    assert closed_board is not None
    assert closed_board.spread is not None
    assert closed_board.spread.answers == 1
    assert closed_board.info.source.title == "An atlas"


def test_result_of_a_learner_waits_for_the_end(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    with pytest.raises(WrongState):
        my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    control(room, stop_run, run_id)
    nothing = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert (nothing.rounds, nothing.answered, nothing.skipped) == ((), 0, 1)


def test_same_seed_asks_the_same_and_a_stored_order_stays(room: Classroom) -> None:
    one, other = room.open_live(seed=5), room.open_live(seed=5, channel_id=OTHER_CHANNEL)
    drawn = [[(each.item.id, each.option_order) for each in room.rounds(run_id)] for run_id in (one, other)]
    assert drawn[0] == drawn[1]
    room.reopen()
    assert [(each.item.id, each.option_order) for each in room.rounds(one)] == drawn[0]


def test_question_takes_its_time_from_the_moment_it_is_seen(room: Classroom) -> None:
    run_id = room.open_live()
    control(room, start_run, run_id)
    room.later(30)  # Discord was slow to post it
    assert room.tick() == []
    room.publish()
    asked = room.asked(run_id)
    assert (asked.opened_at, asked.closes_at) == (room.now, room.now + timedelta(seconds=20))
    assert room.run(run_id).due_at == room.now + timedelta(seconds=20) + GRACE


def test_editing_a_question_does_not_restart_its_clock(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.later(7)
    room.answer(asked, ANNA, right_answer(asked))
    assert [board.kind for board in room.publish()] == [BoardKind.ROUND]
    assert room.asked(run_id).closes_at == asked.closes_at


def test_a_downtime_is_caught_up(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.reopen()
    room.later(hours=5)
    assert room.tick() == [run_id]
    assert states(room, run_id) == (RunState.REVEALING, 0)


def test_early_tick_does_nothing(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    before = room.contents()
    room.later(20)
    assert room.tick() == []
    assert room.contents() == before


# Presses that come second, or late


def test_starting_twice(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    assert "started" in refuses(room, start_run, run_id).state
    control(room, stop_run, run_id)
    assert refuses(room, start_run, run_id).state == "ended"


def test_next_twice_moves_on_once(room: Classroom) -> None:
    run_id = room.open_live(asked_for=HOST_PACE)
    room.start(run_id)
    control(room, close_now, run_id)
    control(room, move_on, run_id, position=0)
    refuses(room, move_on, run_id, position=0)
    room.publish()
    room.answer(room.asked(run_id), ANNA, right_answer(room.asked(run_id)))
    control(room, close_now, run_id)
    refuses(room, move_on, run_id, position=0)
    assert states(room, run_id) == (RunState.REVEALING, 1)


def test_next_before_the_question_is_closed(room: Classroom) -> None:
    run_id = room.open_live()
    refuses(room, move_on, run_id, position=-1)
    room.start(run_id)
    refuses(room, move_on, run_id, position=0)


def test_host_and_clock_move_on_at_once(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    room.later(hours=1)
    control(room, move_on, run_id, position=0)
    assert room.tick() == []
    assert states(room, run_id) == (RunState.ASKING, 1)


def test_pausing_twice(room: Classroom) -> None:
    run_id = room.open_live()
    refuses(room, pause_run, run_id)
    room.start(run_id)
    control(room, pause_run, run_id)
    assert refuses(room, pause_run, run_id).state == "paused"


def test_going_on_without_a_pause(room: Classroom) -> None:
    run_id = room.open_live()
    refuses(room, resume_run, run_id)
    room.start(run_id)
    refuses(room, resume_run, run_id)


def test_closing_twice(room: Classroom) -> None:
    run_id = room.open_live()
    refuses(room, close_now, run_id)
    room.start(run_id)
    control(room, close_now, run_id)
    refuses(room, close_now, run_id)
    refuses(room, extend_question, run_id)
    refuses(room, skip_question, run_id)


@pytest.mark.parametrize("action", [skip_question, close_now, extend_question])
def test_second_press_spares_the_question_that_has_come_since(
    room: Classroom, action: Callable[..., object]
) -> None:
    run_id = room.open_live()
    room.start(run_id)
    control(room, skip_question, run_id, position=0)
    room.publish()
    refuses(room, action, run_id, position=0)
    assert states(room, run_id) == (RunState.ASKING, 1)
    control(room, action, run_id, position=1)


def test_nothing_works_on_a_quiz_that_has_ended(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    control(room, stop_run, run_id)
    for action in (start_run, close_now, extend_question, pause_run, resume_run, skip_question, stop_run):
        assert refuses(room, action, run_id).state == "ended"
    assert refuses(room, move_on, run_id, position=0).state == "ended"
    assert refuses(room, skip_question, run_id, position=7).state == "ended"


# Silence, pause, resumption


def test_two_quiet_questions_pause_and_say_so(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    room.go_on(run_id)
    room.run_out(run_id)
    run = room.run(run_id)
    assert (run.state, run.pause_reason, run.quiet_rounds) == (RunState.PAUSED, PauseReason.NOBODY, 2)
    assert BoardKind.PAUSE in [board.kind for board in waiting_boards(room.db)]
    control(room, resume_run, run_id)
    assert states(room, run_id) == (RunState.ASKING, 2)
    assert room.run(run_id).quiet_rounds == 0


def test_one_answer_keeps_the_quiz_going(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    asked = room.go_on(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    room.run_out(run_id)
    assert states(room, run_id) == (RunState.REVEALING, 1)


def test_pause_keeps_the_time_that_was_left(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    room.later(8)
    control(room, pause_run, run_id)
    assert room.run(run_id).remaining == timedelta(seconds=12)
    assert room.asked(run_id).state is RoundState.HELD
    with pytest.raises(RoundHeld) as held:
        room.answer(asked, ANNA, wrong_answer(asked))
    assert held.value.standing == asked.item.right_answer()
    with pytest.raises(RoundHeld) as held:
        room.answer(asked, BEN, 0)
    assert held.value.standing is None
    room.later(1_000)
    assert room.tick() == []
    control(room, resume_run, run_id)
    assert room.asked(run_id).closes_at == room.now + timedelta(seconds=12)
    assert room.asked(run_id).opened_at == room.now - timedelta(seconds=8), "a pause is no time to think"
    room.answer(asked, BEN, 0)
    room.later(12)
    assert room.tick() == [], "a click made in the last second may still be under way"
    room.run_out(run_id)
    assert states(room, run_id) == (RunState.REVEALING, 0)


def test_pause_in_the_last_second_leaves_a_moment(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.later(21)
    control(room, pause_run, run_id)
    assert room.run(run_id).remaining == GRACE


def test_pause_while_the_result_is_shown_goes_on_with_the_next_question(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    control(room, pause_run, run_id)
    room.later(1_800)
    assert room.tick() == []
    control(room, resume_run, run_id)
    assert states(room, run_id) == (RunState.ASKING, 1)


def test_question_that_was_never_posted_gets_its_whole_time(room: Classroom) -> None:
    run_id = room.open_live()
    control(room, start_run, run_id)
    control(room, pause_run, run_id)
    room.later(100)
    control(room, resume_run, run_id)
    assert room.asked(run_id).closes_at is None
    room.later(3)
    room.publish()
    assert room.asked(run_id).closes_at == room.now + timedelta(seconds=20)


def test_question_that_was_posted_during_the_pause_gets_its_whole_time(room: Classroom) -> None:
    run_id = room.open_live()
    control(room, start_run, run_id)
    control(room, pause_run, run_id)
    room.publish()
    room.later(100)
    control(room, resume_run, run_id)
    assert room.asked(run_id).closes_at == room.now + timedelta(seconds=20)
    assert room.run(run_id).due_at == room.now + timedelta(seconds=20) + GRACE
    room.answer(room.asked(run_id), ANNA, right_answer(room.asked(run_id)))


def test_pause_of_an_hour_ends_the_quiz_with_its_results_kept(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    control(room, pause_run, run_id)
    room.now += PAUSE_LIMIT
    assert room.tick() == [run_id]
    assert room.run(run_id).end_reason is EndReason.PAUSED_TOO_LONG
    assert room.round_states(run_id)[0] is RoundState.CLOSED, "the held question counts as far as it went"
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA).right == 1
    assert BoardKind.SUMMARY in [board.kind for board in room.publish()]


def test_silent_pause_of_an_hour_ends_the_quiz_too(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    room.go_on(run_id)
    room.run_out(run_id)
    room.later(hours=1)
    room.tick()
    assert room.run(run_id).end_reason is EndReason.PAUSED_TOO_LONG


def test_lobby_that_nobody_starts_ends_without_a_summary(room: Classroom) -> None:
    run_id = room.open_live()
    room.later(hours=1)
    assert room.tick() == [run_id]
    assert room.run(run_id).end_reason is EndReason.NEVER_STARTED
    assert [board.kind for board in room.publish()] == [BoardKind.RUN]


def test_host_who_went_away_ends_the_quiz(room: Classroom) -> None:
    run_id = room.open_live(asked_for=HOST_PACE)
    room.start(run_id)
    room.run_out(run_id)
    room.later(hours=1)
    room.tick()
    assert room.run(run_id).end_reason is EndReason.LEFT_WAITING


# Skip, extend, stop


def test_skipped_question_counts_for_nobody(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    control(room, skip_question, run_id)
    assert room.round_states(run_id)[:2] == [RoundState.SKIPPED, RoundState.OPEN]
    with pytest.raises(RoundClosed):
        room.answer(asked, BEN, 0)
    control(room, stop_run, run_id)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert (mine.right, mine.answered, mine.skipped) == (0, 0, 2)


def test_skipping_the_last_question_ends_the_quiz(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(questions=1))
    room.start(run_id)
    control(room, skip_question, run_id)
    assert room.run(run_id).end_reason is EndReason.FINISHED


def test_held_question_can_be_skipped(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    control(room, pause_run, run_id)
    control(room, skip_question, run_id, position=0)
    assert states(room, run_id) == (RunState.ASKING, 1)
    assert room.run(run_id).pause_reason is None


def test_closed_question_cannot_be_skipped_during_a_pause(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    room.run_out(run_id)
    control(room, pause_run, run_id)
    assert refuses(room, skip_question, run_id).what == "question"


def test_extension_adds_to_the_end(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    assert asked.closes_at is not None
    room.later(19)
    control(room, extend_question, run_id, position=0)
    control(room, extend_question, run_id)
    closes_at = asked.closes_at + 2 * EXTENSION
    assert room.asked(run_id).closes_at == closes_at
    assert room.run(run_id).due_at == closes_at + GRACE
    room.now = closes_at
    assert room.tick() == []
    room.answer(asked, ANNA, right_answer(asked))


def test_question_that_is_not_posted_yet_cannot_be_extended(room: Classroom) -> None:
    run_id = room.open_live()
    refuses(room, extend_question, run_id)
    control(room, start_run, run_id)
    refuses(room, extend_question, run_id)


def test_stopping_keeps_what_was_answered(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    control(room, stop_run, run_id)
    assert room.run(run_id).end_reason is EndReason.STOPPED
    assert room.round_states(run_id) == [RoundState.CLOSED, *[RoundState.WAITING] * 3]
    with pytest.raises(RoundClosed) as closed:
        room.answer(asked, ANNA, wrong_answer(asked))
    assert closed.value.standing == asked.item.right_answer()


def test_stopping_a_lobby_leaves_no_summary(room: Classroom) -> None:
    run_id = room.open_live()
    control(room, stop_run, run_id)
    assert [board.kind for board in room.publish()] == [BoardKind.RUN]


# Opening


def test_one_live_quiz_a_channel(room: Classroom) -> None:
    run_id = room.open_live()
    with pytest.raises(AlreadyRunning):
        room.open_live()
    with pytest.raises(AlreadyRunning):
        check_live(room.db, guild_id=GUILD, channel_id=CHANNEL, plan=plan())
    check_live(room.db, guild_id=GUILD, channel_id=CHANNEL, plan=plan(own_thread=True))
    in_thread = room.open_live(channel_id=THREAD, asked_for=plan(own_thread=True))
    with pytest.raises(AlreadyRunning):
        room.open_live(channel_id=THREAD, asked_for=plan(own_thread=True))
    assert [run.run_id for run in live_runs(room.db, guild_id=GUILD)] == [in_thread, run_id]
    control(room, stop_run, run_id)
    room.open_live()


@pytest.mark.parametrize(
    "asked_for",
    [
        plan(questions=0),
        plan(questions=51),
        plan(seconds=4),
        plan(seconds=601),
    ],
)
def test_impossible_plans_are_refused(room: Classroom, asked_for: LivePlan) -> None:
    with pytest.raises(Invalid):
        room.open_live(asked_for=asked_for)
    assert live_runs(room.db, guild_id=GUILD) == []


def test_unknown_set_and_empty_category_are_refused(room: Classroom) -> None:
    with pytest.raises(NotFound) as missing:
        room.open_live(asked_for=plan(set_key="astronomy"))
    assert (missing.value.what, missing.value.name) == ("question set", "astronomy")
    with pytest.raises(Invalid):
        room.open_live(asked_for=plan(category=Category.CLAIM))


def test_only_one_category_is_asked(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(category=Category.HISTORY))
    assert sorted(asked.item.id for asked in room.rounds(run_id)) == ["city", "lake"]


def test_items_that_give_each_other_away_do_not_meet(room: Classroom) -> None:
    apart = question_set(choice("one", not_with=("two",)), choice("two"), true_false("three"), key="apart")
    room.do(publish_bundled, sets=[apart], at=room.now)
    for seed in range(10):
        run_id = room.open_live(seed=seed, asked_for=plan(set_key="apart", questions=3))
        keys = {asked.item.id for asked in room.rounds(run_id)}
        assert len(keys) == 2
        assert "three" in keys
        control(room, stop_run, run_id)


def test_lobby_shows_what_will_happen(room: Classroom) -> None:
    run_id = room.open_live()
    board = run_board(room.db, run_id=run_id)
    assert board is not None
    assert (board.run.total, board.run.time_limit, board.run.set_title) == (
        4,
        timedelta(seconds=20),
        "Geography",
    )
    assert run_board(room.db, run_id=RunId(99)) is None
    assert [board.kind for board in waiting_boards(room.db)] == [BoardKind.RUN]
