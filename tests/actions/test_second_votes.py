"""A question that is voted on twice: hidden first result, discussion, second vote; and all that may come between."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.boards import board_message_deleted, cannot_post, waiting_boards
from bot.actions.hosting import close_now, extend_question, pause_run, resume_run, skip_question, stop_run
from bot.actions.lost_channels import channel_gone
from bot.actions.practice import begin_practice, retake_missed
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import my_result, round_board, summary_board
from bot.actions.revote import begin_second_vote, extend_discussion, host_board, skip_second_vote
from bot.actions.threads import discussion_place, track_discussion
from bot.errors import FirstVoteOver, NotFound, RoundClosed, RoundHeld, WrongState
from bot.ids import ChannelId, RunId, UserId
from bot.quiz.accommodation import Accommodation
from bot.quiz.focus import Focus, Which
from bot.quiz.options import RunOptions
from bot.quiz.pacing import PAUSE_LIMIT, WAITING_LIMIT
from bot.quiz.revote import DISCUSSION, LONGER_DISCUSSION, Advice, Revote
from bot.quiz.run import EndReason, Pace, PauseReason, Round, RoundState, RunState
from bot.store.answers import seen_items
from bot.store.boards import BoardKind, board_for
from bot.store.participants import records_of
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    OTHER_GUILD,
    Classroom,
    choice,
    plan,
    question_set,
    right_answer,
    wrong_answer,
)

CLASS = [UserId(number) for number in range(1, 11)]
TIMED, HOSTED = (RunOptions(revote=revote) for revote in (Revote.AUTO, Revote.HOST))
THREE = question_set(choice("river"), choice("lake"), choice("hill"))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", THREE)
    yield room
    room.close()


def begin(room: Classroom, options: RunOptions, pace: Pace = Pace.AUTO) -> tuple[RunId, Round]:
    run_id = room.open_live(asked_for=plan(questions=3, pace=pace, options=options))
    return run_id, room.start(run_id)


def vote(room: Classroom, asked: Round, right: int, people: Sequence[UserId] = CLASS) -> None:
    """So many of the people answer rightly, the others wrongly."""
    for at, user_id in enumerate(people):
        room.answer(asked, user_id, right_answer(asked) if at < right else wrong_answer(asked))


def discussed(
    room: Classroom, options: RunOptions = HOSTED, right: int = 5, pace: Pace = Pace.AUTO
) -> tuple[RunId, Round]:
    """A first vote that is over and hidden."""
    run_id, asked = begin(room, options, pace)
    vote(room, asked, right)
    room.run_out(run_id)
    room.publish()
    assert room.run(run_id).state is RunState.DISCUSSING
    return run_id, room.asked(run_id)


def press(room: Classroom, action: Callable[..., object], run_id: RunId, **more: object) -> None:
    room.do(action, guild_id=GUILD, run_id=run_id, at=room.now, **more)
    room.publish()


def refuses(room: Classroom, action: Callable[..., object], run_id: RunId, **more: object) -> None:
    before = room.contents()
    with pytest.raises(WrongState):
        room.do(action, guild_id=GUILD, run_id=run_id, at=room.now, **more)
    assert room.contents() == before


def second(room: Classroom, run_id: RunId) -> Round:
    """The second vote, opened by the host and shown."""
    press(room, begin_second_vote, run_id, position=room.run(run_id).position)
    return room.asked(run_id)


def states(room: Classroom, run_id: RunId, position: int = 0) -> list[RoundState]:
    return [asked.state for asked in room.rounds(run_id) if asked.position == position]


# From the first vote to the result


def test_divided_class_discusses_and_votes_again_by_itself(room: Classroom) -> None:
    run_id, first = begin(room, TIMED)
    vote(room, first, right=4)
    room.run_out(run_id)
    run = room.run(run_id)
    assert (run.state, run.position, run.due_at) == (RunState.DISCUSSING, 0, room.now + DISCUSSION)
    again = room.go_on(run_id)
    assert (again.vote, again.position, again.state) == (2, 0, RoundState.OPEN)
    assert (again.revision_id, again.option_order) == (first.revision_id, first.option_order)
    assert again.closes_at == room.now + timedelta(seconds=20)
    vote(room, again, right=8)
    room.run_out(run_id)
    assert (room.run(run_id).state, room.run(run_id).total) == (RunState.REVEALING, 3)
    assert states(room, run_id) == [RoundState.CLOSED, RoundState.CLOSED]
    assert room.go_on(run_id).position == 1


@pytest.mark.parametrize(("right", "people"), [(1, 10), (9, 10), (2, 4), (0, 0)])
def test_class_that_is_not_divided_sees_the_result_at_once(room: Classroom, right: int, people: int) -> None:
    run_id, first = begin(room, TIMED)
    vote(room, first, right, CLASS[:people])
    room.run_out(run_id)
    assert room.run(run_id).state is RunState.REVEALING
    assert states(room, run_id) == [RoundState.CLOSED]


def test_without_the_option_nothing_is_hidden(room: Classroom) -> None:
    run_id, first = begin(room, RunOptions())
    vote(room, first, right=5)
    room.run_out(run_id)
    assert room.run(run_id).state is RunState.REVEALING
    refuses(room, begin_second_vote, run_id)
    refuses(room, skip_second_vote, run_id)


@pytest.mark.parametrize("right", [0, 5, 10])
def test_host_decides_after_every_first_vote(room: Classroom, right: int) -> None:
    run_id, first = discussed(room, right=right)
    assert first.state is RoundState.HIDDEN
    assert room.run(run_id).due_at == room.now + WAITING_LIMIT
    again = second(room, run_id)
    vote(room, again, right=10)
    press(room, close_now, run_id, vote=2)
    assert states(room, run_id) == [RoundState.CLOSED, RoundState.CLOSED]


def test_host_may_show_the_result_without_a_second_vote(room: Classroom) -> None:
    run_id, first = discussed(room)
    press(room, skip_second_vote, run_id, position=0)
    assert room.run(run_id).state is RunState.REVEALING
    assert states(room, run_id) == [RoundState.CLOSED]
    shown = round_board(room.db, round_id=first.round_id)
    assert shown is not None
    assert shown.spread is not None
    assert (shown.spread.answers, shown.shift, shown.second) == (10, None, None)


def test_host_who_does_not_choose_lets_the_first_vote_count(room: Classroom) -> None:
    run_id, _ = discussed(room)
    room.later(hours=1)
    room.tick()
    assert room.run(run_id).state is RunState.REVEALING
    assert states(room, run_id) == [RoundState.CLOSED]


def test_last_question_ends_the_quiz_after_its_second_vote(room: Classroom) -> None:
    run_id, _ = discussed(room)
    press(room, skip_second_vote, run_id)
    for _ in range(2):
        asked = room.go_on(run_id)
        vote(room, asked, right=5)
        room.run_out(run_id)
        if asked.position == 1:
            press(room, skip_second_vote, run_id)
    vote(room, second(room, run_id), right=7)
    room.run_out(run_id)
    assert (room.run(run_id).state, room.run(run_id).end_reason) == (RunState.ENDED, EndReason.FINISHED)


def test_host_moves_on_after_a_second_vote(room: Classroom) -> None:
    run_id, _ = discussed(room, pace=Pace.HOST)
    vote(room, second(room, run_id), right=6)
    room.run_out(run_id)
    room.later(600)
    assert room.tick() == []
    assert room.run(run_id).state is RunState.REVEALING


# What nobody may learn before the question is done with


@pytest.mark.parametrize("reopened", [False, True], ids=["discussed", "voted on again"])
def test_hidden_vote_leaks_nowhere(room: Classroom, reopened: bool) -> None:
    run_id, first = discussed(room)
    if reopened:
        vote(room, second(room, run_id), right=2)
    shown = round_board(room.db, round_id=first.round_id)
    assert shown is not None
    assert (shown.answered, shown.spread, shown.first, shown.shift) == (10, None, None, None)
    for asked in room.rounds(run_id)[:2]:
        board = round_board(room.db, round_id=asked.round_id)
        assert board is not None
        assert board.spread is None
    with pytest.raises(WrongState):
        my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[0])
    summary = summary_board(room.db, run_id=run_id)
    assert summary is not None
    assert summary.summary.questions == ()
    for user_id in (CLASS[0], CLASS[9]):
        assert seen_items(room.db, GUILD, user_id, room.run(run_id).set_id, room.now) == {}
        with pytest.raises(NotFound):
            room.do(retake_missed, guild_id=GUILD, user_id=user_id, run_id=run_id, rng=None, at=room.now)


def test_what_was_missed_says_nothing_while_it_is_hidden(room: Classroom) -> None:
    discussed(room)
    missed = Focus(which=Which.MISSED)
    with pytest.raises(Exception, match="missed no such question"):
        room.do(
            begin_practice,
            guild_id=GUILD,
            user_id=CLASS[9],
            set_key="geography",
            category=None,
            questions=1,
            focus=missed,
            rng=None,
            at=room.now,
        )


def test_host_alone_learns_how_the_first_vote_went(room: Classroom) -> None:
    run_id, _ = discussed(room, right=4)
    board = host_board(room.db, guild_id=GUILD, run_id=run_id)
    assert board.first_vote is not None
    assert (board.first_vote.right, board.first_vote.answers) == (4, 10)
    assert board.first_vote.advice is Advice.DISCUSS
    second(room, run_id)
    assert host_board(room.db, guild_id=GUILD, run_id=run_id).first_vote is None
    with pytest.raises(NotFound):
        host_board(room.db, guild_id=OTHER_GUILD, run_id=run_id)


# Which vote counts


def test_latest_vote_of_each_learner_counts_and_the_first_is_kept(room: Classroom) -> None:
    run_id, first = begin(room, HOSTED)
    room.answer(first, ANNA, wrong_answer(first))
    room.answer(first, BEN, wrong_answer(first))
    room.run_out(run_id)
    again = second(room, run_id)
    room.answer(again, ANNA, right_answer(again))
    room.answer(again, CEM, right_answer(again))
    room.run_out(run_id)
    press(room, stop_run, run_id)
    results = {
        user_id: my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=user_id)
        for user_id in (ANNA, BEN, CEM)
    }
    assert {user_id: (mine.right, mine.answered) for user_id, mine in results.items()} == {
        ANNA: (1, 1),
        BEN: (0, 1),
        CEM: (1, 1),
    }
    assert [len(mine.rounds) for mine in results.values()] == [1, 1, 1]
    assert [len(mine.first) for mine in results.values()] == [1, 1, 0]
    summary = summary_board(room.db, run_id=run_id)
    assert summary is not None
    (question,) = summary.summary.questions
    assert question.describe() == "2 of 2 right, after discussion (before: 0 of 2)"
    assert summary.summary.people == 3


def test_only_the_latest_vote_decides_what_is_retaken(room: Classroom) -> None:
    run_id, first = begin(room, HOSTED)
    room.answer(first, ANNA, wrong_answer(first))
    room.answer(first, BEN, right_answer(first))
    room.run_out(run_id)
    again = second(room, run_id)
    room.answer(again, ANNA, right_answer(again))
    room.answer(again, BEN, wrong_answer(again))
    room.run_out(run_id)
    press(room, stop_run, run_id)
    retake = {"guild_id": GUILD, "run_id": run_id, "at": room.now}
    with pytest.raises(NotFound):
        room.do(retake_missed, user_id=ANNA, rng=None, **retake)
    missed = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=BEN)
    assert (missed.right, missed.missed) == (0, 1)


def test_result_shows_what_changed(room: Classroom) -> None:
    run_id, _ = discussed(room, right=5)
    again = second(room, run_id)
    vote(room, again, right=9)
    room.run_out(run_id)
    shown = round_board(room.db, round_id=again.round_id)
    assert shown is not None
    assert shown.shift is not None
    assert (shown.shift.first.right, shown.shift.second.right, shown.shift.gained) == (5, 9, 4)
    assert shown.first is not None
    assert shown.first.answers == 10


def test_nobody_votes_a_second_time(room: Classroom) -> None:
    run_id, _ = discussed(room)
    again = second(room, run_id)
    room.run_out(run_id)
    assert room.run(run_id).state is RunState.REVEALING
    assert room.run(run_id).quiet_rounds == 0, "the question had answers"
    shown = round_board(room.db, round_id=again.round_id)
    assert shown is not None
    assert shown.shift is not None
    assert "Nobody voted a second time." in shown.shift.describe()
    press(room, stop_run, run_id)
    summary = summary_board(room.db, run_id=run_id)
    assert summary is not None
    assert summary.summary.questions[0].describe().startswith("5 of 10 right")


def test_nobody_votes_at_all(room: Classroom) -> None:
    run_id, _ = begin(room, HOSTED)
    room.run_out(run_id)
    room.go_on(run_id)
    room.run_out(run_id)
    run = room.run(run_id)
    assert (run.state, run.pause_reason) == (RunState.PAUSED, PauseReason.NOBODY)
    assert room.rows("SELECT COUNT(*) FROM round WHERE vote = 2") == [(0,)]


# Pause, skip, stop


def test_pause_keeps_what_is_left_of_a_discussion(room: Classroom) -> None:
    run_id, _ = discussed(room, TIMED)
    room.later(50)
    press(room, pause_run, run_id)
    run = room.run(run_id)
    assert (run.state, run.due_at) == (RunState.PAUSED, room.now + PAUSE_LIMIT)
    assert states(room, run_id) == [RoundState.HIDDEN]
    refuses(room, begin_second_vote, run_id)
    room.later(600)
    room.reopen()
    press(room, resume_run, run_id)
    run = room.run(run_id)
    assert (run.state, run.due_at) == (RunState.DISCUSSING, room.now + DISCUSSION - timedelta(seconds=50))
    assert room.go_on(run_id).vote == 2


def test_pause_of_a_discussion_without_a_limit(room: Classroom) -> None:
    run_id, _ = discussed(room)
    press(room, pause_run, run_id)
    room.later(100)
    press(room, resume_run, run_id)
    assert room.run(run_id).due_at == room.now + WAITING_LIMIT


def test_pause_of_a_second_vote_keeps_its_time_and_answers(room: Classroom) -> None:
    run_id, first = discussed(room)
    again = second(room, run_id)
    room.answer(again, ANNA, right_answer(again))
    room.later(5)
    press(room, pause_run, run_id)
    assert states(room, run_id) == [RoundState.HIDDEN, RoundState.HELD]
    with pytest.raises(RoundHeld):
        room.answer(again, BEN, right_answer(again))
    with pytest.raises(FirstVoteOver) as refused:
        room.answer(first, ANNA, right_answer(first))
    assert refused.value.second is None
    press(room, resume_run, run_id)
    assert room.asked(run_id).closes_at == room.now + timedelta(seconds=15)


@pytest.mark.parametrize("paused", [False, True])
def test_skip_drops_both_votes(room: Classroom, paused: bool) -> None:
    run_id, _ = discussed(room)
    vote(room, second(room, run_id), right=9)
    if paused:
        press(room, pause_run, run_id)
    press(room, skip_question, run_id, position=0, vote=2)
    assert states(room, run_id) == [RoundState.SKIPPED, RoundState.SKIPPED]
    press(room, stop_run, run_id)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[0])
    assert (mine.answered, mine.skipped) == (0, 2)


def test_discussion_is_not_skipped(room: Classroom) -> None:
    run_id, _ = discussed(room)
    refuses(room, skip_question, run_id)
    press(room, pause_run, run_id)
    refuses(room, skip_question, run_id)


@pytest.mark.parametrize("paused", [False, True])
def test_stop_in_a_discussion_keeps_the_first_vote(room: Classroom, paused: bool) -> None:
    run_id, _ = discussed(room)
    if paused:
        press(room, pause_run, run_id)
    press(room, stop_run, run_id)
    assert states(room, run_id) == [RoundState.CLOSED]
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[0]).right == 1


@pytest.mark.parametrize("voted", [False, True])
def test_stop_in_a_second_vote_keeps_both(room: Classroom, voted: bool) -> None:
    run_id, first = discussed(room)
    again = second(room, run_id)
    if voted:
        room.answer(again, CLASS[9], right_answer(again))
    press(room, stop_run, run_id)
    assert states(room, run_id) == [RoundState.CLOSED, RoundState.CLOSED if voted else RoundState.SKIPPED]
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[0]).right == 1
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[9]).right == int(voted)
    with pytest.raises(RoundClosed) as refused:
        room.answer(first, CLASS[9], wrong_answer(first))
    assert (refused.value.standing, refused.value.skipped) == ("Right" if voted else "Wrong", False)


def test_pause_left_alone_ends_with_the_first_vote(room: Classroom) -> None:
    run_id, _ = discussed(room, TIMED)
    press(room, pause_run, run_id)
    room.later(hours=1)
    room.tick()
    assert (room.run(run_id).end_reason, states(room, run_id)) == (
        EndReason.PAUSED_TOO_LONG,
        [RoundState.CLOSED],
    )


# Presses that come second or late


def test_two_hosts_press_at_once(room: Classroom) -> None:
    run_id, _ = discussed(room)
    second(room, run_id)
    refuses(room, begin_second_vote, run_id, position=0)
    refuses(room, skip_second_vote, run_id, position=0)
    assert len(states(room, run_id)) == 2


def test_host_who_shows_the_result_wins_over_a_late_second_vote(room: Classroom) -> None:
    run_id, _ = discussed(room)
    press(room, skip_second_vote, run_id, position=0)
    refuses(room, begin_second_vote, run_id, position=0)


def test_button_of_the_first_vote_does_not_touch_the_second(room: Classroom) -> None:
    run_id, _ = discussed(room)
    second(room, run_id)
    for action in (close_now, extend_question, skip_question):
        refuses(room, action, run_id, position=0, vote=1)
    press(room, close_now, run_id, position=0, vote=2)


def test_button_of_an_earlier_discussion_does_not_touch_a_later_one(room: Classroom) -> None:
    run_id, _ = discussed(room)
    press(room, skip_second_vote, run_id)
    vote(room, room.go_on(run_id), right=5)
    room.run_out(run_id)
    for action in (begin_second_vote, skip_second_vote, extend_discussion):
        refuses(room, action, run_id, position=0)


def test_host_gives_a_discussion_more_time(room: Classroom) -> None:
    run_id, _ = discussed(room, TIMED)
    due_at = room.run(run_id).due_at
    assert due_at is not None
    press(room, extend_discussion, run_id, position=0)
    assert room.run(run_id).due_at == due_at + LONGER_DISCUSSION
    room.now = due_at
    assert room.tick() == []


def test_discussion_without_a_limit_is_not_extended(room: Classroom) -> None:
    run_id, _ = discussed(room)
    refuses(room, extend_discussion, run_id)


def test_press_on_the_first_vote_is_told_where_to_vote(room: Classroom) -> None:
    run_id, first = discussed(room)
    with pytest.raises(FirstVoteOver) as early:
        room.answer(first, CLASS[9], right_answer(first))
    assert (early.value.standing, early.value.second) == ("Wrong", None)
    again = second(room, run_id)
    board = board_for(room.db, BoardKind.ROUND, again.round_id)
    assert board is not None
    with pytest.raises(FirstVoteOver) as now:
        room.answer(first, ANNA, right_answer(first))
    assert (now.value.standing, now.value.second) == (None, (GUILD, CHANNEL, board.message_id))
    room.answer(again, CLASS[9], right_answer(again))
    room.run_out(run_id)
    with pytest.raises(RoundClosed) as after:
        room.answer(first, CLASS[9], wrong_answer(first))
    assert after.value.standing == "Right", "the second answer counts"


def test_second_vote_is_asked_as_the_first_although_the_set_was_corrected(room: Classroom) -> None:
    run_id, first = discussed(room)
    other = question_set(*(choice(key, options=("No", "Yes")) for key in ("river", "lake", "hill")))
    room.do(publish_bundled, sets=[other], at=room.now)
    again = second(room, run_id)
    assert (again.item, again.option_order) == (first.item, first.option_order)


# Messages


def test_deleted_message_of_a_discussion_comes_back(room: Classroom) -> None:
    run_id, first = discussed(room)
    board = board_for(room.db, BoardKind.ROUND, first.round_id)
    assert board is not None
    room.do(board_message_deleted, message_id=board.message_id)
    assert [waiting.subject_id for waiting in waiting_boards(room.db)] == [first.round_id]
    room.publish()
    second(room, run_id)
    board = board_for(room.db, BoardKind.ROUND, first.round_id)
    assert board is not None
    room.do(board_message_deleted, message_id=board.message_id)
    assert waiting_boards(room.db) == [], "nobody needs it any more"


def test_second_vote_that_cannot_be_posted_is_held(room: Classroom) -> None:
    run_id, _ = discussed(room, TIMED)
    due_at = room.run(run_id).due_at
    assert due_at is not None
    room.now = due_at
    room.tick()
    for board in waiting_boards(room.db):
        if board.message_id is None:
            room.do(cannot_post, board_id=board.board_id, missing="I may not write", at=room.now)
    assert room.run(run_id).pause_reason is PauseReason.CANNOT_POST
    assert states(room, run_id) == [RoundState.HIDDEN, RoundState.HELD]
    press(room, resume_run, run_id)
    assert room.asked(run_id).closes_at == room.now + timedelta(seconds=20)


def test_lost_channel_ends_a_discussion_and_keeps_the_first_vote(room: Classroom) -> None:
    run_id, _ = discussed(room)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert room.run(run_id).end_reason is EndReason.CHANNEL_LOST
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=CLASS[0]).right == 1


def test_first_vote_is_discussed_in_the_thread_that_the_result_links_to(room: Classroom) -> None:
    run_id, first = discussed(room)
    thread_id = ChannelId(77)
    room.do(track_discussion, guild_id=GUILD, round_id=first.round_id, thread_id=thread_id, at=room.now)
    again = second(room, run_id)
    with pytest.raises(NotFound):
        discussion_place(room.db, guild_id=GUILD, round_id=again.round_id)
    room.run_out(run_id)
    assert discussion_place(room.db, guild_id=GUILD, round_id=again.round_id)[1] == thread_id
    shown = round_board(room.db, round_id=again.round_id)
    assert shown is not None
    assert shown.discussion == thread_id


def test_discussion_goes_on_after_a_downtime(room: Classroom) -> None:
    run_id, _ = discussed(room, TIMED)
    room.reopen()
    room.later(hours=5)
    room.tick()
    room.publish()
    again = room.asked(run_id)
    assert (again.vote, again.closes_at) == (2, room.now + timedelta(seconds=20))


# Teams, the board, extra time


def test_question_counts_once_and_by_the_latest_vote(room: Classroom) -> None:
    run_id, first = begin(room, HOSTED)
    room.answer(first, ANNA, wrong_answer(first))
    room.answer(first, BEN, right_answer(first))
    room.run_out(run_id)
    again = second(room, run_id)
    room.answer(again, ANNA, right_answer(again))
    room.answer(again, CEM, wrong_answer(again))
    room.run_out(run_id)
    records = {record.user_id: record for record in records_of(room.db, run_id)}
    counted = {user_id: (each.asked, each.answered, each.right) for user_id, each in records.items()}
    assert counted == {ANNA: (1, 1, 1), BEN: (1, 1, 1), CEM: (1, 1, 0)}


def test_who_joins_in_a_discussion_counts_from_there_once_they_vote(room: Classroom) -> None:
    run_id, _ = discussed(room)
    for user_id in (ANNA, BEN):
        assert room.join(run_id, user_id).participant.joined_position == 1
    again = second(room, run_id)
    room.answer(again, ANNA, right_answer(again))
    room.run_out(run_id)
    since = {record.user_id: record.participant.joined_position for record in records_of(room.db, run_id)}
    assert (since[ANNA], since[BEN]) == (0, 1)
    press(room, stop_run, run_id)
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA).right == 1
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=BEN).rounds == ()


def test_each_vote_waits_for_those_with_extra_time(room: Classroom) -> None:
    room.accommodate(ANNA, Accommodation(2.0))
    run_id, first = begin(room, TIMED)
    room.join(run_id, ANNA)
    vote(room, first, right=5)
    room.run_out(run_id)
    assert room.asked(run_id).state is RoundState.OPEN, "the class's time is over, Anna's is not"
    assert first.opened_at is not None
    room.answer(first, ANNA, right_answer(first), at=first.opened_at + timedelta(seconds=35))
    room.later(60)
    room.tick()
    assert room.run(run_id).state is RunState.DISCUSSING
    again = room.go_on(run_id)
    vote(room, again, right=9)
    room.run_out(run_id)
    assert room.asked(run_id).state is RoundState.OPEN
    room.later(60)
    room.tick()
    assert states(room, run_id) == [RoundState.CLOSED, RoundState.CLOSED]
