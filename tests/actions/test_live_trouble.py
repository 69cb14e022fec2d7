"""A live quiz that loses its messages, its permissions or its channel; and what its host hears of it."""

import random
from datetime import timedelta

import pytest

from bot.actions.boards import (
    MOST_REPOSTS,
    Board,
    Notice,
    NoticeKind,
    board_message_deleted,
    board_shown,
    cannot_post,
    message_missing,
    notice_settled,
    pulse,
    unsent_notices,
    waiting_boards,
)
from bot.actions.debate_course import open_debate
from bot.actions.hosting import close_now, move_on, pause_run, resume_run, skip_question, start_run
from bot.actions.lost_channels import board_channel_gone, channel_gone
from bot.actions.questions import claims_for
from bot.actions.quiz_reports import my_result, round_board
from bot.debate.debate import CloseReason
from bot.debate.formats import Format, timetable
from bot.errors import RoundClosed
from bot.ids import BoardId, ChannelId, MessageId, RunId
from bot.quiz.pacing import PAUSE_LIMIT
from bot.quiz.run import EndReason, Pace, PauseReason, RoundState, RunState
from bot.store.boards import IDS_BEHIND, MOST_OF_A_CHANNEL, BoardKind, board_for, create_board
from bot.store.debates import find_debate
from bot.store.threads import ThreadKind, track_thread
from tests.classroom import (
    ANNA,
    CHANNEL,
    GUILD,
    HOST,
    OTHER_CHANNEL,
    OTHER_GUILD,
    THREAD,
    Classroom,
    plan,
    right_answer,
)

MISSING = "Send Messages"


def board(room: Classroom, kind: BoardKind, subject_id: int) -> Board:
    found = board_for(room.db, kind, subject_id)
    assert found is not None
    return found


def refuse_all(room: Classroom) -> None:
    """Discord refuses each waiting message, until nothing waits any more."""
    for _ in range(10):
        waiting = waiting_boards(room.db)
        if not waiting:
            return
        for each in waiting:
            room.do(cannot_post, board_id=each.board_id, missing=MISSING, at=room.now)
    pytest.fail("the publisher would never come to rest")


def notices(room: Classroom) -> list[tuple[NoticeKind, int]]:
    return [(notice.kind, notice.subject_id) for notice in unsent_notices(room.db)]


def settle(room: Classroom) -> list[Notice]:
    waiting = unsent_notices(room.db)
    for notice in waiting:
        room.do(notice_settled, notice_id=notice.notice_id, sent=True, at=room.now)
    return waiting


# The channel


def test_deleted_channel_ends_the_quiz_with_its_results_kept(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    run = room.run(run_id)
    assert (run.state, run.end_reason, run.due_at) == (RunState.ENDED, EndReason.CHANNEL_LOST, None)
    assert room.round_states(run_id)[0] is RoundState.CLOSED
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA).right == 1
    assert waiting_boards(room.db) == [], "nothing is posted into a channel that is gone"
    [told] = unsent_notices(room.db)
    assert (told.kind, told.user_id, told.subject_id) == (NoticeKind.RUN_CHANNEL_LOST, HOST, run_id)
    with pytest.raises(RoundClosed):
        room.answer(asked, ANNA, 0)


def test_channel_that_is_found_gone_while_posting_ends_the_quiz_once(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    for each in waiting_boards(room.db):
        room.do(board_channel_gone, board_id=each.board_id, at=room.now)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert room.run(run_id).end_reason is EndReason.CHANNEL_LOST
    assert notices(room) == [(NoticeKind.RUN_CHANNEL_LOST, run_id)]


def test_paused_quiz_in_a_deleted_channel_ends(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, right_answer(asked))
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.now)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert room.run(run_id).end_reason is EndReason.CHANNEL_LOST
    assert room.round_states(run_id)[0] is RoundState.CLOSED


def test_other_channels_do_not_matter(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(channel_gone, guild_id=GUILD, channel_id=OTHER_CHANNEL, at=room.now)
    room.do(channel_gone, guild_id=OTHER_GUILD, channel_id=CHANNEL, at=room.now)
    assert room.run(run_id).state is RunState.LOBBY
    assert notices(room) == []


def test_deleted_thread_of_a_quiz_is_tracked_no_more(room: Classroom) -> None:
    run_id = room.open_live(channel_id=THREAD, asked_for=plan(own_thread=True))
    room.start(run_id)
    room.do(channel_gone, guild_id=GUILD, channel_id=THREAD, at=room.now)
    assert room.run(run_id).end_reason is EndReason.CHANNEL_LOST
    assert room.rows("SELECT deleted_at IS NOT NULL FROM thread") == [(1,)]


def test_result_whose_discussion_is_deleted_is_shown_without_the_link(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.run_out(run_id)
    room.publish()
    room.do(track_thread, THREAD, GUILD, ThreadKind.DISCUSSION, asked.round_id, room.now)
    for shown_anew in ([asked.round_id], []):  # what is told twice changes nothing the second time
        room.do(channel_gone, guild_id=GUILD, channel_id=THREAD, at=room.now)
        assert [each.subject_id for each in waiting_boards(room.db)] == shown_anew
        room.publish()
    shown = round_board(room.db, round_id=asked.round_id)
    assert shown is not None
    assert shown.discussion is None


@pytest.mark.parametrize(("gone", "closed"), [(CHANNEL, True), (THREAD, True), (OTHER_CHANNEL, False)])
def test_debate_ends_with_its_thread_or_the_channel_around_it(
    room: Classroom, gone: ChannelId, closed: bool
) -> None:
    [listed] = claims_for(room.db, guild_id=GUILD)
    debate_id = room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=listed.revision_id,
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=timetable(Format.OXFORD, timedelta(minutes=10)),
        rng=random.Random(1),
        at=room.now,
    )
    room.do(channel_gone, guild_id=OTHER_GUILD, channel_id=gone, at=room.now)
    room.do(channel_gone, guild_id=GUILD, channel_id=gone, at=room.now)
    room.do(channel_gone, guild_id=GUILD, channel_id=gone, at=room.now)
    debate = find_debate(room.db, debate_id)
    assert debate is not None
    assert (debate.close_reason is CloseReason.THREAD_DELETED) == closed
    assert notices(room) == [(NoticeKind.DEBATE_THREAD_LOST, debate_id)] * closed
    assert bool(waiting_boards(room.db)) != closed


# Permissions


def test_quiz_that_cannot_be_posted_is_held_and_its_host_hears_of_it_once(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    refuse_all(room)
    run = room.run(run_id)
    assert (run.state, run.pause_reason) == (RunState.PAUSED, PauseReason.CANNOT_POST)
    assert room.asked(run_id).state is RoundState.HELD
    assert notices(room) == [(NoticeKind.RUN_CANNOT_POST, run_id)]
    assert unsent_notices(room.db)[0].detail == MISSING


def test_going_on_tries_the_messages_again(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    refuse_all(room)
    settle(room)
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(60))
    assert {each.kind for each in waiting_boards(room.db)} == {BoardKind.RUN, BoardKind.ROUND}
    refuse_all(room)
    assert notices(room) == [(NoticeKind.RUN_CANNOT_POST, run_id)], "still not: the host hears that too"
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(60))
    room.publish()
    asked = room.asked(run_id)
    assert (asked.state, asked.opened_at) == (RoundState.OPEN, room.now)
    room.answer(asked, ANNA, right_answer(asked))


def test_skipping_tries_the_messages_again_too(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    refuse_all(room)
    room.do(skip_question, guild_id=GUILD, run_id=run_id, at=room.now)
    room.publish()
    assert board(room, BoardKind.RUN, run_id).message_id is not None
    assert room.asked(run_id).position == 1


def test_question_under_way_keeps_its_time_while_permission_is_missing(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.later(5)
    room.answer(asked, ANNA, right_answer(asked))
    refuse_all(room)
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(300))
    closes_at = room.asked(run_id).closes_at
    assert closes_at is not None
    assert (closes_at - room.now).total_seconds() == 15


def test_lobby_that_cannot_be_posted_goes_back_to_the_lobby(room: Classroom) -> None:
    run_id = room.open_live()
    refuse_all(room)
    assert room.run(run_id).state is RunState.PAUSED
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.later(60))
    assert (room.run(run_id).state, room.run(run_id).position) == (RunState.LOBBY, -1)
    room.publish()
    assert room.start(run_id).position == 0


def test_held_quiz_that_nobody_takes_up_ends_after_an_hour(room: Classroom) -> None:
    run_id = room.open_live()
    refuse_all(room)
    room.now += PAUSE_LIMIT
    room.tick()
    assert room.run(run_id).end_reason is EndReason.PAUSED_TOO_LONG


def test_summary_that_cannot_be_posted_is_told_once_and_changes_nothing_else(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(questions=1))
    room.start(run_id)
    room.run_out(run_id)
    refuse_all(room)
    assert room.run(run_id).end_reason is EndReason.FINISHED
    assert notices(room) == [(NoticeKind.RUN_NOT_SHOWN, run_id)]


def test_next_quiz_of_the_channel_is_told_anew(room: Classroom) -> None:
    first = room.open_live()
    refuse_all(room)
    room.now += PAUSE_LIMIT
    room.tick()
    second = room.open_live()
    refuse_all(room)
    assert notices(room) == [(NoticeKind.RUN_CANNOT_POST, first), (NoticeKind.RUN_CANNOT_POST, second)]


def test_message_that_goes_through_brings_the_refused_ones_along(room: Classroom) -> None:
    first = room.open_live()
    refuse_all(room)
    room.now += PAUSE_LIMIT
    room.tick()
    second = room.open_live()
    room.publish()
    for run_id in (first, second):
        shown = board(room, BoardKind.RUN, run_id)
        assert shown.message_id is not None
        assert shown.shown_revision == shown.revision


def test_message_that_is_refused_over_and_over_is_left_alone(room: Classroom) -> None:
    refused = room.open_live()
    tries = 0
    for _ in range(MOST_REPOSTS + 3):
        first, *others = waiting_boards(room.db)
        if first.subject_id == refused and first.kind is BoardKind.RUN:
            tries += 1
            room.do(cannot_post, board_id=first.board_id, missing="a shorter text", at=room.now)
        for other in others:
            room.show(other)
        room.now += PAUSE_LIMIT
        room.tick()
        room.open_live()
        room.show(waiting_boards(room.db)[-1])
    assert tries == MOST_REPOSTS + 1


def test_board_that_does_not_exist_is_nobodys_trouble(room: Classroom) -> None:
    before = room.contents()
    nothing = BoardId(999)
    room.do(cannot_post, board_id=nothing, missing=MISSING, at=room.now)
    room.do(message_missing, board_id=nothing)
    room.do(board_channel_gone, board_id=nothing, at=room.now)
    room.do(
        board_shown, board_id=nothing, revision=1, message_id=MessageId(1), posted_at=room.now, at=room.now
    )
    assert not room.do(board_message_deleted, message_id=MessageId(12))
    assert room.contents() == before


@pytest.mark.parametrize("kind", [BoardKind.RUN, BoardKind.ROUND])
def test_refused_edit_of_an_old_message_does_not_pause_the_quiz(room: Classroom, kind: BoardKind) -> None:
    run_id = room.open_live()
    first = room.start(run_id)
    room.answer(first, ANNA, right_answer(first))
    room.run_out(run_id)
    room.publish()
    room.go_on(run_id)
    room.publish()
    old = board(room, kind, run_id if kind is BoardKind.RUN else first.round_id)
    room.do(cannot_post, board_id=old.board_id, missing="a shorter text", at=room.now, of_itself=True)
    assert room.run(run_id).state is RunState.ASKING
    assert notices(room) == []
    room.do(cannot_post, board_id=old.board_id, missing=MISSING, at=room.now)
    assert room.run(run_id).state is RunState.PAUSED, "want of permission concerns all that is to come"


@pytest.mark.parametrize("shown", [True, False])
def test_refused_message_of_the_current_question_pauses_the_quiz(room: Classroom, shown: bool) -> None:
    run_id = room.open_live()
    room.publish()
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    if shown:
        room.publish()
    refused = board(room, BoardKind.ROUND, room.asked(run_id).round_id)
    room.do(cannot_post, board_id=refused.board_id, missing="a shorter text", at=room.now, of_itself=True)
    assert room.run(run_id).state is RunState.PAUSED
    assert notices(room) == [(NoticeKind.RUN_CANNOT_POST, run_id)]


# Deleted messages


def delete(room: Classroom, kind: BoardKind, subject_id: int) -> bool:
    """Somebody deletes a public message; gives whether it is posted again."""
    gone = board(room, kind, subject_id)
    assert gone.message_id is not None
    assert room.do(board_message_deleted, message_id=gone.message_id)
    shown = room.publish()
    return gone.board_id in [each.board_id for each in shown]


def test_open_question_is_posted_again_and_its_clock_goes_on(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    before = board(room, BoardKind.ROUND, asked.round_id).message_id
    room.later(5)
    assert delete(room, BoardKind.ROUND, asked.round_id)
    assert board(room, BoardKind.ROUND, asked.round_id).message_id != before
    assert room.asked(run_id).closes_at == asked.closes_at


def test_message_that_is_deleted_over_and_over_is_left_alone(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    posted_again = [delete(room, BoardKind.ROUND, asked.round_id) for _ in range(MOST_REPOSTS + 1)]
    assert posted_again == [True] * MOST_REPOSTS + [False]
    room.answer(asked, ANNA, right_answer(asked))
    assert room.publish() == []
    room.run_out(run_id)
    assert room.go_on(run_id).position == 1, "the quiz itself goes on"


def test_result_on_show_is_posted_again_because_it_leads_on(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(pace=Pace.HOST))
    asked = room.start(run_id)
    room.do(close_now, guild_id=GUILD, run_id=run_id, at=room.now)
    room.publish()
    assert delete(room, BoardKind.ROUND, asked.round_id)
    room.do(move_on, guild_id=GUILD, run_id=run_id, position=0, at=room.now)
    room.publish()
    assert not delete(room, BoardKind.ROUND, asked.round_id), "an old result is left deleted"


@pytest.mark.parametrize("kind", [BoardKind.RUN, BoardKind.PAUSE, BoardKind.SUMMARY])
def test_messages_that_still_matter_are_posted_again(room: Classroom, kind: BoardKind) -> None:
    run_id = room.open_live(asked_for=plan(questions=3))
    room.publish()
    subject: int = run_id
    if kind is not BoardKind.RUN:
        room.start(run_id)
        room.run_out(run_id)
        room.go_on(run_id)
        room.run_out(run_id)
        room.publish()
        subject = room.asked(run_id).round_id
    if kind is BoardKind.SUMMARY:
        room.later(hours=1)
        room.tick()
        room.publish()
        subject = run_id
    assert delete(room, kind, subject)


def test_lobby_message_of_a_quiz_under_way_is_left_deleted(room: Classroom) -> None:
    run_id = room.open_live()
    room.start(run_id)
    assert not delete(room, BoardKind.RUN, run_id)


def test_deletion_heard_twice_counts_once(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    gone = board(room, BoardKind.ROUND, asked.round_id)
    assert gone.message_id is not None
    assert room.do(board_message_deleted, message_id=gone.message_id)
    assert not room.do(board_message_deleted, message_id=gone.message_id)
    assert board(room, BoardKind.ROUND, asked.round_id).reposts == 1


# The publisher's and the scheduler's view


def test_busy_channel_does_not_hide_another_ones_question(room: Classroom) -> None:
    for number in range(150):
        room.do(create_board, BoardKind.ARGUMENT, 1_000 + number, GUILD, OTHER_CHANNEL, room.now)
    run_id = room.open_live()
    lobby = board(room, BoardKind.RUN, run_id).board_id
    waiting = waiting_boards(room.db)
    assert lobby in [each.board_id for each in waiting]
    assert set(pulse(room.db).boards) == {each.board_id for each in waiting}
    busy = [each.subject_id for each in waiting if each.channel_id == OTHER_CHANNEL]
    assert busy == list(range(1_000, 1_000 + MOST_OF_A_CHANNEL)), "the oldest first"


def test_pulse_looks_only_at_what_waits(room: Classroom) -> None:
    steps = room.rows("EXPLAIN QUERY PLAN " + IDS_BEHIND, most_of_a_channel=1, most=1)
    assert any("board USING INDEX board_due" in str(step[-1]) for step in steps), steps


def test_state_shown_late_does_not_hide_a_newer_one(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, 0 if asked.item.choices() else right_answer(asked))
    [stale] = waiting_boards(room.db)
    room.do(close_now, guild_id=GUILD, run_id=run_id, at=room.now)
    room.show(stale)
    assert [each.board_id for each in waiting_boards(room.db)] == [stale.board_id]
    room.publish()
    room.show(stale)
    assert waiting_boards(room.db) == []


def test_scheduler_is_told_the_earliest_moment(room: Classroom) -> None:
    assert pulse(room.db).due_at is None
    lobby = room.open_live()
    other = room.open_live(channel_id=OTHER_CHANNEL)
    room.later(10)
    room.start(other)
    assert pulse(room.db).due_at == room.run(other).due_at
    assert room.run(lobby).due_at is not None


def test_pulse_says_what_is_to_be_shown(room: Classroom) -> None:
    def waits() -> tuple[int, bool]:
        now = pulse(room.db)
        return len(now.boards), now.notices

    assert waits() == (0, False)
    run_id = room.open_live()
    assert pulse(room.db).boards == (board(room, BoardKind.RUN, run_id).board_id,)
    room.publish()
    assert waits() == (0, False)
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert waits() == (0, True), "the host is still to be told"
    settle(room)
    assert waits() == (0, False)


def test_many_quizzes_due_at_once_are_all_moved(room: Classroom) -> None:
    runs = [room.open_live(channel_id=ChannelId(100_000 + number)) for number in range(120)]
    room.later(hours=1)
    while room.tick():
        pass
    assert {room.run(RunId(run_id)).end_reason for run_id in runs} == {EndReason.NEVER_STARTED}


def test_notice_is_sent_once(room: Classroom) -> None:
    run_id = room.open_live()
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    assert [notice.subject_id for notice in settle(room)] == [run_id]
    assert unsent_notices(room.db) == []


def test_host_who_takes_no_messages_is_not_asked_for_ever(room: Classroom) -> None:
    room.open_live()
    room.do(channel_gone, guild_id=GUILD, channel_id=CHANNEL, at=room.now)
    [notice] = unsent_notices(room.db)
    room.do(notice_settled, notice_id=notice.notice_id, sent=False, at=room.now)
    assert unsent_notices(room.db) == []
