"""Planning a debate: what is refused, what is warned about, and that a plan becomes one debate."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.actions.debate_course import open_debate
from bot.actions.debate_planning import (
    OPENING_TAKES,
    PLAN_LIFETIME,
    DebatePlan,
    DebatePreview,
    begin_opening,
    debate_of_plan,
    discard_plan,
    opening_failed,
    opening_thread_made,
    plan_debate,
    planned_debate,
)
from bot.actions.debate_reports import motion_board
from bot.actions.questions import claims_for
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, DebateId, PlanId
from bot.store.boards import BoardKind
from bot.store.debates import find_debate
from tests.classroom import CHANNEL, GUILD, HOST, OTHER_GUILD, THREAD, Classroom

MOTION = "Courts in every country should publish lists of debtors."


def planned(room: Classroom, **asked_for: Any) -> DebatePreview:
    if "motion" not in asked_for:
        asked_for.setdefault("revision_id", claims_for(room.db, guild_id=GUILD)[0].revision_id)
    return room.do(
        plan_debate,
        guild_id=GUILD,
        user_id=HOST,
        channel_id=CHANNEL,
        plan=DebatePlan(**asked_for),
        at=room.now,
    )


def opened(
    room: Classroom,
    preview: DebatePreview,
    thread_id: ChannelId = THREAD,
    *,
    claimed_at: datetime | None = None,
) -> DebateId:
    plan = preview.plan
    return room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=plan.revision_id,
        motion=plan.motion,
        channel_id=CHANNEL,
        thread_id=thread_id,
        opened_by=HOST,
        format=plan.format,
        timetable=plan.timetable,
        options=plan.options,
        plan_id=preview.plan_id,
        claimed_at=claimed_at,
        rng=random.Random(1),
        at=room.now,
    )


def test_opening_that_was_cut_short_gives_its_thread_back(room: Classroom) -> None:
    preview = planned(room)
    asked: dict[str, Any] = {"guild_id": GUILD, "plan_id": preview.plan_id}
    first = room.do(begin_opening, **asked, at=room.now)
    assert first.cut_short is None
    room.do(opening_thread_made, **asked, claimed_at=first.claimed_at, thread_id=THREAD)
    with pytest.raises(WrongState):
        room.do(begin_opening, **asked, at=room.now)
    room.later(OPENING_TAKES.total_seconds())
    second = room.do(begin_opening, **asked, at=room.now)
    assert second.cut_short == THREAD
    room.do(opening_failed, **asked, claimed_at=second.claimed_at)
    assert room.do(begin_opening, **asked, at=room.now).cut_short is None
    opened(room, preview)


def test_slow_opening_that_another_press_took_over_opens_nothing(room: Classroom) -> None:
    preview = planned(room)
    asked: dict[str, Any] = {"guild_id": GUILD, "plan_id": preview.plan_id}
    slow = room.do(begin_opening, **asked, at=room.now).claimed_at
    room.later(OPENING_TAKES.total_seconds())
    second = room.do(begin_opening, **asked, at=room.now).claimed_at
    before = room.contents()
    for attempt in (
        lambda: room.do(opening_thread_made, **asked, claimed_at=slow, thread_id=THREAD),
        lambda: opened(room, preview, claimed_at=slow),
    ):
        with pytest.raises(WrongState):
            attempt()
    room.do(opening_failed, **asked, claimed_at=slow)
    assert room.contents() == before, "the one that took over still has its claim"
    debate_id = opened(room, preview, claimed_at=second)
    with pytest.raises(WrongState) as refused:
        opened(room, preview, claimed_at=slow)
    assert refused.value.state == "open already"
    assert debate_of_plan(room.db, **asked) == debate_id


def claim_plan(room: Classroom, plan_id: PlanId) -> datetime:
    return room.do(begin_opening, guild_id=GUILD, plan_id=plan_id, at=room.now).claimed_at


# Plans that nobody opens


def test_discarded_plan_is_gone_and_an_open_one_stays(room: Classroom) -> None:
    preview, other = planned(room), planned(room)
    for _ in range(2):
        assert room.do(discard_plan, guild_id=GUILD, plan_id=preview.plan_id) is None
    with pytest.raises(NotFound):
        planned_debate(room.db, guild_id=GUILD, plan_id=preview.plan_id, at=room.now)
    debate_id = opened(room, other)
    assert room.do(discard_plan, guild_id=GUILD, plan_id=other.plan_id) == debate_id
    assert debate_of_plan(room.db, guild_id=GUILD, plan_id=other.plan_id) == debate_id


def test_plan_is_not_discarded_while_it_is_opened(room: Classroom) -> None:
    preview = planned(room)
    claim_plan(room, preview.plan_id)
    with pytest.raises(WrongState):
        room.do(discard_plan, guild_id=GUILD, plan_id=preview.plan_id)
    with pytest.raises(NotFound):
        room.do(discard_plan, guild_id=OTHER_GUILD, plan_id=preview.plan_id)


def test_plans_that_nobody_opened_are_forgotten_in_time(room: Classroom) -> None:
    planned(room)
    kept = planned(room)
    opened(room, kept)
    room.now += PLAN_LIFETIME
    young = planned(room)
    room.later(1)
    newest = planned(room)
    left = room.rows("SELECT plan_id FROM debate_plan ORDER BY plan_id")
    assert left == [(each.plan_id,) for each in (kept, young, newest)]


# The plan


def test_plan_with_a_claim_alone_is_an_oxford_debate_of_ten_minutes(room: Classroom) -> None:
    preview = planned(room)
    plan = preview.plan
    assert (plan.format, plan.minutes, plan.options) == (Format.OXFORD, 10, DebateOptions())
    assert (preview.motion, preview.warnings, preview.debate_id) == ("Scores should be public.", (), None)
    assert preview.claim is not None
    assert [each.length for each in plan.timetable] == [
        timedelta(minutes=minutes) for minutes in (5, 10, 10, 5, 5)
    ]


def test_plan_is_kept_as_it_is_over_a_restart(room: Classroom) -> None:
    preview = planned(
        room,
        format=Format.FISHBOWL,
        minutes=None,
        options=DebateOptions(sides=SideMode.CHOSEN, quota=3, slowmode=30),
    )
    room.reopen()
    assert planned_debate(room.db, guild_id=GUILD, plan_id=preview.plan_id, at=room.now) == preview


def test_planning_shows_nothing_to_anybody(room: Classroom) -> None:
    planned(room)
    assert room.publish() == []
    assert room.rows("SELECT COUNT(*) FROM debate") == [(0,)]


@pytest.mark.parametrize(
    ("asked_for", "about"),
    [
        ({"revision_id": None}, "command"),
        ({"revision_id": 1, "motion": MOTION}, "command"),
        ({"motion": ""}, "motion"),
        ({"motion": "   "}, "motion"),
        ({"motion": "\u200b\ud800"}, "motion"),
        ({"motion": "x" * 301}, "motion"),
        ({"motion": MOTION, "options": DebateOptions(gate=3)}, "knowledge gate"),
        ({"options": DebateOptions(gate=3)}, "knowledge gate"),
        ({"format": Format.OPEN, "options": DebateOptions(gate=1)}, "knowledge gate"),
        ({"minutes": 0}, "length of a stage"),
        ({"minutes": 43_201}, "length of a stage"),
    ],
)
def test_plan_that_cannot_be_held_is_refused_with_what_would_be_right(
    room: Classroom, asked_for: Mapping[str, Any], about: str
) -> None:
    with pytest.raises(Invalid) as refused:
        planned(room, **asked_for)
    assert refused.value.what == about
    assert refused.value.remedy
    assert room.rows("SELECT COUNT(*) FROM debate_plan") == [(0,)]


def test_no_motion_and_two_of_them_are_told_apart(room: Classroom) -> None:
    with pytest.raises(Invalid, match="names no motion") as none:
        planned(room, revision_id=None)
    assert none.value.remedy == "Say what is debated: choose a `claim`, or write a `motion`."
    with pytest.raises(Invalid, match="both a `claim` and a `motion`"):
        planned(room, revision_id=1, motion=MOTION)


def test_question_is_no_motion(room: Classroom) -> None:
    with pytest.raises(NotFound):
        planned(room, revision_id=1)
    with pytest.raises(NotFound):
        planned(room, revision_id=999)


# A motion in one's own words


def test_loaded_motion_is_warned_about_and_can_be_opened_all_the_same(room: Classroom) -> None:
    preview = planned(room, motion="Should we not ban these Orwellian lists?")
    assert preview.claim is None
    assert {fault.code for fault in preview.warnings} >= {"motion-is-loaded", "motion-is-question"}
    assert all(fault.what and fault.remedy for fault in preview.warnings)
    debate_id = opened(room, preview)
    assert [board.kind for board in room.publish()] == [BoardKind.MOTION], "there are no cases to show"
    board = motion_board(room.db, debate_id=debate_id)
    assert board is not None
    assert (board.debate.motion, board.debate.claim, board.info) == (preview.motion, None, None)


def test_neutral_motion_is_not_warned_about(room: Classroom) -> None:
    assert planned(room, motion=MOTION).warnings == ()


# Opening it


def test_plan_becomes_one_debate(room: Classroom) -> None:
    preview = planned(room, minutes=20, format=Format.SWITCH, options=DebateOptions(quota=1))
    assert debate_of_plan(room.db, guild_id=GUILD, plan_id=preview.plan_id) is None
    claim_plan(room, preview.plan_id)
    debate_id = opened(room, preview)
    debate = find_debate(room.db, debate_id)
    assert debate is not None
    assert (debate.format, debate.stage, debate.options.quota) == (Format.SWITCH, Stage.JOINING, 1)
    assert debate.course.due_at == room.now + timedelta(minutes=10)
    assert (
        planned_debate(room.db, guild_id=GUILD, plan_id=preview.plan_id, at=room.now).debate_id == debate_id
    )
    assert debate_of_plan(room.db, guild_id=GUILD, plan_id=preview.plan_id) == debate_id


def test_plan_that_is_open_cannot_be_opened_again(room: Classroom) -> None:
    preview = planned(room)
    opened(room, preview)
    before = room.contents()
    with pytest.raises(WrongState):
        claim_plan(room, preview.plan_id)
    with pytest.raises(WrongState):
        opened(room, preview, ChannelId(99))
    assert room.contents() == before


def test_second_press_while_the_thread_is_made_is_refused(room: Classroom) -> None:
    preview = planned(room)
    claim_plan(room, preview.plan_id)
    before = room.contents()
    room.later(5)
    with pytest.raises(WrongState) as refused:
        claim_plan(room, preview.plan_id)
    assert refused.value.state == "being opened at this moment"
    assert room.contents() == before


def test_plan_that_could_not_be_opened_is_free_again(room: Classroom) -> None:
    preview = planned(room)
    claim_plan(room, preview.plan_id)
    room.do(opening_failed, guild_id=GUILD, plan_id=preview.plan_id, claimed_at=room.now)
    claim_plan(room, preview.plan_id)
    room.later(OPENING_TAKES.total_seconds())
    claim_plan(room, preview.plan_id)
    assert opened(room, preview)


def test_unknown_plan_is_not_found(room: Classroom) -> None:
    nothing = PlanId(99)
    for attempt in (
        lambda: planned_debate(room.db, guild_id=GUILD, plan_id=nothing, at=room.now),
        lambda: debate_of_plan(room.db, guild_id=GUILD, plan_id=nothing),
        lambda: claim_plan(room, nothing),
        lambda: room.do(opening_failed, guild_id=GUILD, plan_id=nothing, claimed_at=room.now),
    ):
        with pytest.raises(NotFound):
            attempt()
