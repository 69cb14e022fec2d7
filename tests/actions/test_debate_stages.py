"""How a debate goes through its stages: by hand and by the clock, in a pause, with more time, until it ends."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest

from bot.actions.arguing import ArgumentDraft, keep_draft
from bot.actions.boards import pulse, unsent_notices, waiting_boards
from bot.actions.caucuses import caucuses_to_keep
from bot.actions.debate_course import extend_debate
from bot.actions.debate_reports import debate_status, motion_board, outcome_board, stage_board
from bot.actions.debate_threads import threads_to_keep
from bot.actions.judging import compare_next
from bot.actions.lost_channels import channel_gone
from bot.actions.showing_arguments import MOST_SHOWN_ANEW
from bot.debate.debate import CloseReason, Debate, DebateState
from bot.debate.formats import STAGES, Format, Planned, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Side
from bot.debate.stance import Phase
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import DebateId, UserId
from bot.store.boards import BoardKind, board_for
from bot.views import debate_outcome
from bot.views.debate_words import WAYS_AFTERWARDS
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, Classroom
from tests.debate_class import DebateClass, debate_in, students
from tests.debate_deeds import to_show
from tests.discord.layouts import texts_of

OTHER_HOST = UserId(9_990)
MINUTE = timedelta(minutes=1)


def kinds(room: Classroom) -> list[BoardKind]:
    return [board.kind for board in room.publish()]


def outcomes(debate: DebateClass) -> int:
    board = board_for(debate.room.db, BoardKind.OUTCOME, debate.debate_id)
    return 0 if board is None else 1


# From stage to stage


@pytest.mark.parametrize("format", Format)
def test_instructor_leads_through_every_stage_to_the_outcome(room: Classroom, format: Format) -> None:
    debate = debate_in(room, format=format, length=None)
    room.publish()
    for position, stage in enumerate(STAGES[format]):
        standing = debate.debate
        assert (standing.stage, standing.course.position, standing.course.due_at) == (stage, position, None)
        room.later(hours=5)
        assert room.tick() == [], "nothing is due without a length"
        debate.advance()
    closed = debate.debate
    assert (closed.state, closed.close_reason, closed.closed_at) == (
        DebateState.CLOSED,
        CloseReason.FINISHED,
        room.now,
    )
    assert closed.stage is Stage.VOTING, "it keeps the place at which it ended"
    assert [(each.position, each.stage, each.ended_by) for each in debate.stages] == [
        (position, stage, HOST) for position, stage in enumerate(STAGES[format])
    ]
    assert outcomes(debate) == 1


@pytest.mark.parametrize("format", Format)
def test_clock_leads_through_every_stage_to_the_outcome(room: Classroom, format: Format) -> None:
    debate = debate_in(room, format=format)
    for stage in STAGES[format]:
        assert debate.debate.stage is stage
        due_at = debate.debate.course.due_at
        assert due_at is not None
        room.now = due_at - timedelta(seconds=1)
        room.tick()  # nudges may be due, the end of the stage is not
        assert pulse(room.db).due_at == due_at, "the scheduler sleeps until then"
        assert debate.debate.stage is stage
        debate.run_out()
    assert debate.debate.close_reason is CloseReason.FINISHED
    assert {each.ended_by for each in debate.stages} == {None}, "the clock ended them"
    assert outcomes(debate) == 1
    assert room.tick() == []


def test_each_stage_is_announced_and_the_one_before_is_over(room: Classroom) -> None:
    debate = debate_in(room)
    assert kinds(room) == [BoardKind.CASES, BoardKind.MOTION]
    debate.advance()
    posted = waiting_boards(room.db)
    assert [(board.kind, board.message_id is None) for board in posted] == [
        (BoardKind.STAGE, True),
        (BoardKind.MOTION, False),
    ]
    room.publish()
    debate.advance()
    stages = [stage_board(room.db, stage_id=each.stage_id) for each in debate.stages[1:]]
    assert [board is not None and board.stage.ended_at is not None for board in stages] == [True, False]
    assert [board.kind for board in waiting_boards(room.db)] == [
        BoardKind.STAGE,
        BoardKind.MOTION,
        BoardKind.STAGE,
    ], "the new one is posted, and the last one is shown as over"


def test_two_instructors_who_go_on_at_once_move_it_once(room: Classroom) -> None:
    debate = debate_in(room)
    seen = debate.debate.course.position
    debate.advance(seen)
    before = room.contents()
    assert debate.advance(seen, user_id=OTHER_HOST).course.position == seen + 1
    assert room.contents() == before
    assert debate.stages[0].ended_by == HOST


def test_two_instructors_who_give_more_time_at_once_give_it_once(room: Classroom) -> None:
    debate = debate_in(room)
    shown = debate.debate.course.end_mark

    def more() -> None:
        room.do(
            extend_debate,
            guild_id=GUILD,
            debate_id=debate.debate_id,
            position=0,
            more=5 * MINUTE,
            shown=shown,
            at=room.now,
        )

    more()
    before = room.contents()
    more()
    assert room.contents() == before


def test_instructor_who_is_a_moment_later_than_the_clock_changes_nothing(room: Classroom) -> None:
    debate = debate_in(room)
    seen = debate.debate.course.position
    debate.run_out()
    before = room.contents()
    debate.advance(seen)
    assert room.contents() == before


def test_clock_that_is_a_moment_later_than_the_instructor_changes_nothing(room: Classroom) -> None:
    debate = debate_in(room)
    due_at = debate.debate.course.due_at
    assert due_at is not None
    room.now = due_at
    debate.advance()
    before = room.contents()
    assert room.tick() == []
    assert room.contents() == before


def test_last_press_on_close_is_one_outcome(room: Classroom) -> None:
    debate = debate_in(room)
    debate.go_to(Stage.VOTING)
    seen = debate.debate.course.position
    debate.advance(seen)
    with pytest.raises(WrongState):
        debate.advance(seen, user_id=OTHER_HOST)
    assert room.rows("SELECT COUNT(*) FROM board WHERE kind = 'outcome'") == [(1,)]


def test_after_a_time_away_each_stage_still_has_its_whole_time(room: Classroom) -> None:
    debate = debate_in(room)
    room.later(hours=24)
    room.reopen()
    assert room.tick() == [debate.debate_id]
    course = debate.debate.course
    assert (course.stage, course.due_at) == (Stage.OPENING, room.now + 10 * MINUTE)
    assert room.tick() == []


def test_restart_in_between_loses_neither_place_nor_clock(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(quota=2))
    debate.stand(ANNA, 1)
    debate.advance()
    debate.argue(ANNA)
    debate.extend(7)
    before, options = debate.debate, debate.debate.options
    room.reopen()
    assert debate.debate == before
    assert options == DebateOptions(quota=2)
    debate.pause()
    room.reopen()
    assert debate.debate.course.remaining == 17 * MINUTE
    room.later(hours=2)
    debate.resume()
    assert debate.debate.course.due_at == room.now + 17 * MINUTE
    assert debate.run_out().stage is Stage.REBUTTAL


def test_many_debates_have_their_own_clocks(room: Classroom) -> None:
    slow, quick = debate_in(room), debate_in(room, length=2 * MINUTE)
    quick.run_out()
    assert (quick.debate.stage, slow.debate.stage) == (Stage.OPENING, Stage.JOINING)


# More time


def test_more_time_moves_the_end(room: Classroom) -> None:
    debate = debate_in(room)
    due_at = debate.debate.course.due_at
    assert due_at is not None
    room.publish()
    assert debate.extend(5).course.due_at == due_at + 5 * MINUTE
    assert BoardKind.MOTION in kinds(room), "people see the new end"
    room.now = due_at
    assert room.tick() == []


def test_more_time_goes_to_the_stage_that_was_seen(room: Classroom) -> None:
    debate = debate_in(room)
    seen = debate.debate.course.position
    debate.run_out()
    before = room.contents()
    assert debate.extend(5, seen).stage is Stage.OPENING
    assert room.contents() == before


@pytest.mark.parametrize("minutes", [-5, 0, 0.5, 7 * 24 * 60 + 1])
def test_time_that_makes_no_sense_is_refused(room: Classroom, minutes: float) -> None:
    debate = debate_in(room)
    before = room.contents()
    with pytest.raises(Invalid):
        debate.extend(minutes)
    assert room.contents() == before


# A pause


def test_in_a_pause_nothing_is_taken_and_nothing_is_due(room: Classroom) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 1)
    debate.advance()
    first = debate.argue(ANNA)
    debate.pause()
    room.later(hours=9)
    assert room.tick() == []
    before = room.contents()
    attempts: list[Callable[[], object]] = [
        lambda: debate.stand(BEN, 2),
        lambda: debate.stand(ANNA, 2, phase=Phase.AFTER),
        lambda: debate.argue(ANNA),
        lambda: debate.form(ANNA),
        lambda: debate.wish(BEN, Side.FOR),
    ]
    for attempt in attempts:
        with pytest.raises(WrongState) as refused:
            attempt()
        assert refused.value.state == "paused"
    assert room.contents() == before
    assert debate.place(ANNA).takes_part
    debate.resume()
    assert debate.argue(ANNA).number == first.number + 1


def test_way_out_is_open_in_a_pause(room: Classroom) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 1)
    debate.pause()
    assert not debate.leave(ANNA).takes_part


def test_paused_twice_and_resumed_twice_is_once(room: Classroom) -> None:
    debate = debate_in(room)
    debate.pause()
    before = room.contents()
    room.later(60)
    debate.pause()
    assert room.contents() == before, "the first pause counts"
    debate.resume()
    before = room.contents()
    room.later(60)
    debate.resume()
    assert room.contents() == before


def test_going_on_in_a_pause_ends_it(room: Classroom) -> None:
    debate = debate_in(room)
    debate.pause()
    following = debate.advance()
    assert (following.state, following.stage, following.course.due_at) == (
        DebateState.OPEN,
        Stage.OPENING,
        room.now + 10 * MINUTE,
    )


def test_thread_rests_while_the_debate_does(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(slowmode=30))

    def wished() -> list[tuple[bool, int]]:
        return [(wish.locked, wish.slowmode) for wish in threads_to_keep(room.db)]

    assert wished() == [(False, 30)]
    debate.pause()
    assert wished() == [(True, 30)]
    debate.resume()
    assert wished() == [(False, 30)]
    debate.close()
    assert wished() == [(True, 0)]


# The end, from wherever it is


def paused(debate: DebateClass) -> None:
    debate.pause()


def past_its_time(debate: DebateClass) -> None:
    debate.room.later(hours=3)


def in_the_middle(debate: DebateClass) -> None:
    debate.advance()
    debate.advance()


STATES: dict[str, Callable[[DebateClass], None]] = {
    "at first": lambda debate: None,
    "paused": paused,
    "past its time": past_its_time,
    "in the middle": in_the_middle,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (DebateClass.close, CloseReason.CLOSED_BY_HOST),
        (DebateClass.cancel, CloseReason.CANCELLED),
    ],
)
def test_ends_from_every_state_and_stays_ended(
    room: Classroom, state: str, end: Callable[[DebateClass], Debate], reason: CloseReason
) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 2)
    STATES[state](debate)
    room.publish()
    ended = end(debate)
    assert (ended.state, ended.close_reason, ended.closed_at) == (DebateState.CLOSED, reason, room.now)
    assert (ended.course.due_at, ended.course.paused, ended.course.remaining) == (None, False, None)
    assert [each.ended_at for each in debate.stages][-1] == room.now
    assert outcomes(debate) == 1
    room.publish()
    before = room.contents()
    room.later(hours=100)
    assert room.tick() == []
    changes: list[Callable[[], object]] = [
        debate.advance,
        debate.pause,
        debate.resume,
        debate.close,
        debate.cancel,
        lambda: debate.extend(5),
        lambda: debate.join(BEN),
        lambda: debate.wish(ANNA, Side.FOR),
        lambda: debate.stand(ANNA, 1),
        lambda: debate.stand(ANNA, 1, phase=Phase.AFTER),
        lambda: debate.argue(ANNA),
        lambda: debate.form(ANNA),
    ]
    for change in changes:
        with pytest.raises(WrongState) as refused:
            change()
        assert refused.value.state == "closed"
    assert room.contents() == before


@pytest.mark.parametrize("end", [DebateClass.close, DebateClass.cancel])
def test_debate_that_ends_while_people_join_gives_nobody_a_side(
    room: Classroom, end: Callable[[DebateClass], Debate]
) -> None:
    debate = debate_in(room, options=DebateOptions(caucus=True))
    debate.join(ANNA, BEN, CEM)
    end(debate)
    assert set(debate.sides().values()) == {None}, "a side that nobody argued is no turn"
    assert caucuses_to_keep(room.db) == [], "no private thread is asked for"


@pytest.mark.parametrize("hours", [0, 1])
def test_lost_thread_ends_the_stage_too(room: Classroom, hours: int) -> None:
    debate = debate_in(room)
    debate.advance()
    room.later(hours=hours)
    room.do(channel_gone, guild_id=GUILD, channel_id=debate.debate.thread_id, at=room.now)
    assert [each.ended_at is not None for each in debate.stages] == [True, True]
    assert room.tick() == []
    assert waiting_boards(room.db) == []
    assert len(unsent_notices(room.db)) == 1


def test_cancelled_debate_keeps_what_was_written_and_no_outcome(room: Classroom) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 3)
    debate.go_to(Stage.OPENING)
    debate.argue(ANNA)
    debate.cancel()
    status = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert (status.arguments, status.before, status.members) == (1, 1, 1)
    board = motion_board(room.db, debate_id=debate.debate_id)
    assert board is not None
    assert board.debate.close_reason is CloseReason.CANCELLED
    ended = outcome_board(room.db, debate_id=debate.debate_id)
    assert ended is not None
    assert texts_of(debate_outcome.outcome(ended)) == "\n".join(
        (
            "## The debate was cancelled",
            f"Motion: **{debate.debate.motion}**",
            "There is no outcome. What stands in this thread stays, and stances stay private.",
            WAYS_AFTERWARDS,
        )
    )


def test_nothing_wakes_anybody_for_a_debate_that_rests(room: Classroom) -> None:
    debate = debate_in(room)
    room.publish()
    debate.pause()
    assert pulse(room.db).due_at is None
    debate.resume()
    debate.close()
    assert pulse(room.db).due_at is None


# What a stage takes


def test_arguments_are_taken_in_the_stages_for_them_and_no_others(room: Classroom) -> None:
    debate = debate_in(room)
    taken: dict[Stage, bool] = {}
    while debate.debate.state is DebateState.OPEN:
        stage = debate.debate.stage
        before = room.contents()
        try:
            debate.argue(ANNA)
            debate.form(ANNA)
            taken[stage] = True
        except WrongState:
            taken[stage] = False
            assert room.contents() == before, "nobody joins by what is refused"
        debate.advance()
    assert taken == {stage: stage.takes_arguments for stage in STAGES[Format.OXFORD]}


def test_openings_stand_by_themselves_and_answers_come_next(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA, BEN)
    debate.go_to(Stage.OPENING)
    debate.argue(ANNA)
    for attempt in (lambda: debate.argue(BEN, answers="1"), lambda: debate.form(BEN, answers="1")):
        with pytest.raises(WrongState) as refused:
            attempt()
        assert refused.value.state == "at its openings"
        assert refused.value.remedy == "You can answer it from the next stage on."
    debate.advance()
    assert debate.argue(BEN, answers="1").parent_number == 1


def test_arguments_are_shown_anew_where_they_take_answers_from_now_on_or_no_more(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA, BEN)
    debate.go_to(Stage.OPENING)
    posted = [debate.argue(user_id).argument_id for user_id in (ANNA, BEN)]
    room.publish()
    shown: dict[Stage, bool] = {}
    while debate.debate.state is DebateState.OPEN:
        debate.advance()
        anew = to_show(room, BoardKind.ARGUMENT)
        assert anew in ([], posted)
        shown[debate.debate.stage] = bool(anew)
        room.publish()
    assert shown == {Stage.REBUTTAL: True, Stage.CLOSING: False, Stage.VOTING: True}, "and at the close"


def test_of_many_arguments_none_is_shown_anew_only_to_lose_its_button(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA)
    debate.go_to(Stage.OPENING)
    many = [debate.argue(ANNA).argument_id for _ in range(MOST_SHOWN_ANEW + 1)]
    room.publish()
    debate.go_to(Stage.REBUTTAL)
    assert len(room.publish()) > len(many)
    debate.close()
    assert to_show(room, BoardKind.ARGUMENT) == []


def test_stage_that_ends_while_a_form_is_open_keeps_the_text(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA)
    debate.go_to(Stage.CLOSING)
    assert debate.form(ANNA).side is not None
    debate.run_out()
    typed = ArgumentDraft("A thought of twenty minutes.", "A survey of 2018.", "It shows so.")
    with pytest.raises(WrongState) as refused:
        debate.argue(ANNA, typed.claim)
    assert (refused.value.what, refused.value.state) == ("debate", "at its last vote")
    room.do(keep_draft, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, draft=typed, at=room.now)
    assert room.rows("SELECT COUNT(*) FROM argument") == [(0,)]
    again = debate_in(room, stages=(Planned(Stage.FLOOR),))
    again.join(ANNA)
    assert again.form(ANNA).draft.claim == "", "a draft belongs to its debate"


def test_text_of_one_stage_comes_up_in_the_next(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA)
    debate.go_to(Stage.OPENING)
    debate.pause()
    with pytest.raises(WrongState):
        debate.argue(ANNA)
    kept = ArgumentDraft("Wrote it in a pause.", "A survey of 2018.", "It shows so.")
    room.do(keep_draft, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, draft=kept, at=room.now)
    debate.advance()
    assert debate.form(ANNA).draft == kept


def test_argument_that_arrived_before_the_end_is_the_same_after_it(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA)
    debate.go_to(Stage.CLOSING)
    click = room.click()
    first = debate.argue(ANNA, interaction_id=click)
    debate.advance()
    assert debate.argue(ANNA, interaction_id=click) == first
    debate.close()
    assert debate.argue(ANNA, interaction_id=click) == first


def test_quota_is_a_persons_in_each_stage_and_is_told_before_one_writes(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(quota=2))
    debate.join(ANNA, BEN)
    debate.go_to(Stage.OPENING)
    for _ in range(2):
        debate.form(ANNA)
        debate.argue(ANNA)
    for attempt in (debate.form, debate.argue):
        before = room.contents()
        with pytest.raises(WrongState) as refused:
            attempt(ANNA)
        assert refused.value.state == "used up"
        assert room.contents() == before
    assert debate.argue(BEN).number == 3, "others have their own"
    debate.advance()
    assert debate.argue(ANNA).number == 4, "the next stage has its own"


def test_judging_needs_a_debate_that_goes_on(room: Classroom) -> None:
    debate = debate_in(room)
    debate.pause()
    with pytest.raises(WrongState):
        room.do(
            compare_next,
            guild_id=GUILD,
            debate_id=debate.debate_id,
            user_id=ANNA,
            rng=random.Random(1),
            at=room.now,
        )


def test_debate_that_does_not_exist_is_not_found(room: Classroom) -> None:
    nowhere = DebateClass(room, DebateId(999))
    for attempt in (nowhere.pause, nowhere.resume, nowhere.close, nowhere.cancel, lambda: nowhere.advance(0)):
        with pytest.raises(NotFound):
            attempt()


def test_status_counts_those_who_take_part(room: Classroom) -> None:
    debate = debate_in(room)
    people = students(5)
    for user_id in people:
        debate.stand(user_id, 1)
    debate.leave(people[0])
    waiting = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert (waiting.members, waiting.without_side, waiting.before) == (4, 4, 5)
    debate.advance()
    status = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert (status.by_side, status.without_side) == ({Side.FOR: 2, Side.AGAINST: 2}, 0)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((3, 3, 3, 3, 3, 3), None),
        ((3, 3, 3, -3), None),
        ((3, 3, 3, 3, -3), {Side.FOR: 1, Side.AGAINST: 4}),
    ],
    ids=["unanimous", "few", "enough"],
)
def test_status_does_not_count_sides_that_would_tell_what_people_think(
    room: Classroom, values: Sequence[int], shown: Mapping[Side, int] | None
) -> None:
    debate = debate_in(room, options=DebateOptions(sides=SideMode.OPPOSITE))
    for user_id, value in zip(students(len(values)), values, strict=True):
        debate.stand(user_id, value)
    waiting = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert waiting.by_side == {Side.FOR: 0, Side.AGAINST: 0}, "there are none yet"
    debate.advance()
    status = debate_status(room.db, guild_id=GUILD, debate_id=debate.debate_id)
    assert (status.by_side, status.members, status.without_side) == (shown, len(values), 0)
