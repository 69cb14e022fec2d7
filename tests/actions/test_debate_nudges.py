"""Private nudges: when, to whom, how often, and how they are stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.actions.boards import NoticeKind, notice_settled, unsent_notices
from bot.actions.debate_course import cancel_debate, close_debate, extend_debate, pause_debate, resume_debate
from bot.actions.debate_joining import join_debate
from bot.actions.evidence import cite_evidence
from bot.actions.lost_channels import channel_gone
from bot.actions.nudging import NudgeNews, no_more_nudges
from bot.actions.own_arguments import withdraw_argument
from bot.actions.restating import restate
from bot.actions.schedule import next_due_moment
from bot.debate.debate import Debate
from bot.debate.formats import Format, Planned, Stage, Timetable, timetable
from bot.debate.nudging import NudgeKind
from bot.debate.options import DebateOptions, SideMode
from bot.errors import NotAllowed
from bot.ids import NudgeId, RevisionId, UserId
from bot.store.notices import add_notice
from bot.store.questions import items_of, set_of_revision
from tests.actions.fair_debate import BY_HAND, FLOOR, FairDebate, a_debate, people, told
from tests.classroom import GUILD, HOST, MONDAY, OTHER_GUILD, Classroom

LOUD, QUIET = people(8)[0], people(8)[6:]
TWO_FLOORS: Timetable = (Planned(Stage.FLOOR), Planned(Stage.FLOOR), Planned(Stage.VOTING))


def uneven(room: Classroom, *, stages: Timetable = FLOOR, opened_by: UserId = HOST) -> FairDebate:
    """Eight people of whom one argues twelve times, five once, and two not at all."""
    debate = a_debate(room, stages=stages, opened_by=opened_by)
    debate.join(*people(8))
    for _ in range(12):
        debate.argue(LOUD)
    for who in people(8)[1:6]:
        debate.argue(who)
    return debate


def nudged(room: Classroom) -> dict[UserId, NudgeKind]:
    """Who waits to be nudged, and how."""
    notices = told(room, NoticeKind.DEBATE_NUDGE)
    found = {each.user_id: NudgeNews.model_validate_json(each.detail).kind for each in notices}
    assert len(found) == len(notices), "nobody twice"
    return found


def cite(debate: FairDebate, user_id: UserId) -> None:
    """Post a card of the bank into a debate."""
    room = debate.room
    card = items_of(room.db, set_of_revision(room.db, RevisionId(1)))[0]
    room.do(
        cite_evidence,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        revision_id=card.revision_id,
        interaction_id=room.click(),
        at=room.now,
    )


EVERYBODY = {LOUD: NudgeKind.DOMINANT, **dict.fromkeys(QUIET, NudgeKind.SILENT)}


def after(room: Classroom, **length: int) -> dict[UserId, NudgeKind]:
    """Let time pass, and give who has been nudged."""
    room.now += timedelta(**length)
    room.tick()
    return nudged(room)


# When


def test_silent_and_dominant_are_nudged_when_the_stage_is_two_thirds_over(room: Classroom) -> None:
    uneven(room)
    assert next_due_moment(room.db) == MONDAY + timedelta(minutes=20)
    assert after(room, minutes=19, seconds=59) == {}
    assert after(room, seconds=1) == EVERYBODY


def test_nudge_says_where_and_what_of(room: Classroom) -> None:
    debate = uneven(room)
    after(room, minutes=20)
    notice, *_ = told(room, NoticeKind.DEBATE_NUDGE)
    news = NudgeNews.model_validate_json(notice.detail)
    assert news.link == f"{GUILD}/{debate.debate.thread_id}"
    assert news.motion == "Scores should be public."
    assert notice.guild_id == GUILD


def test_pause_stops_the_clock_of_nudges_too(room: Classroom) -> None:
    debate = uneven(room)
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    room.now += timedelta(minutes=10)
    room.do(pause_debate, **about, at=room.now)
    assert after(room, hours=5) == {}
    room.do(resume_debate, **about, at=room.now)
    assert after(room, minutes=9) == {}
    assert after(room, minutes=1) == EVERYBODY


def test_more_time_moves_the_moment_to_two_thirds_of_the_whole(room: Classroom) -> None:
    debate = uneven(room)
    more = timedelta(minutes=30)
    room.do(
        extend_debate,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        position=debate.debate.course.position,
        more=more,
        at=room.now,
    )
    assert after(room, minutes=39) == {}
    assert after(room, minutes=1) == EVERYBODY


def test_time_given_to_a_stage_without_any_counts_from_then(room: Classroom) -> None:
    debate = uneven(room, stages=BY_HAND)
    assert after(room, minutes=60) == {}
    more = timedelta(minutes=9)
    room.do(
        extend_debate,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        position=debate.debate.course.position,
        more=more,
        at=room.now,
    )
    assert after(room, minutes=5) == {}
    assert after(room, minutes=1) == EVERYBODY


def test_more_time_after_the_nudges_brings_no_second_ones(room: Classroom) -> None:
    debate = uneven(room)
    after(room, minutes=20)
    more = timedelta(minutes=30)
    room.do(
        extend_debate,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        position=debate.debate.course.position,
        more=more,
        at=room.now,
    )
    debate.join(UserId(99))
    assert after(room, minutes=39) == EVERYBODY


def test_after_a_downtime_nobody_is_nudged_about_a_stage_that_is_over(room: Classroom) -> None:
    debate = uneven(room)
    room.reopen()
    assert after(room, minutes=31) == {}
    assert debate.debate.stage is Stage.VOTING
    assert room.tick() == [], "nothing waits for ever"


def test_instructor_who_goes_on_early_drops_the_nudges(room: Classroom) -> None:
    debate = uneven(room)
    debate.advance()
    assert after(room, minutes=25) == {}


def test_without_a_clock_people_are_nudged_when_the_instructor_goes_on(room: Classroom) -> None:
    debate = uneven(room, stages=TWO_FLOORS)
    room.now += timedelta(minutes=5)
    debate.advance()
    assert nudged(room) == EVERYBODY


@pytest.mark.parametrize(
    "stages", [BY_HAND, (Planned(Stage.FLOOR), Planned(Stage.STATEMENT), Planned(Stage.VOTING))]
)
def test_nobody_is_asked_to_argue_when_no_more_arguments_are_taken(
    room: Classroom, stages: Timetable
) -> None:
    debate = uneven(room, stages=stages)
    debate.advance()
    assert nudged(room) == {}


def test_stages_without_arguments_have_no_moment(room: Classroom) -> None:
    a_debate(room, format=Format.OXFORD, stages=timetable(Format.OXFORD, timedelta(minutes=10)))
    assert room.rows("SELECT * FROM nudge_moment") == []
    room.now += timedelta(minutes=5)
    room.tick()
    assert len(room.rows("SELECT * FROM nudge_moment WHERE due_at IS NOT NULL")) == 1


def test_deleted_thread_ends_the_nudges(room: Classroom) -> None:
    debate = uneven(room)
    room.do(channel_gone, guild_id=GUILD, channel_id=debate.debate.thread_id, at=room.now)
    assert after(room, minutes=25) == {}
    assert next_due_moment(room.db) is None


# To whom


def test_even_debate_nudges_nobody(room: Classroom) -> None:
    debate = a_debate(room, stages=FLOOR)
    debate.join(*people(6))
    for who in people(6)[:4]:
        debate.argue(who)
    assert after(room, minutes=20) == {}
    assert room.rows("SELECT * FROM nudge") == []


def test_messages_in_the_thread_count_like_arguments(room: Classroom) -> None:
    debate = uneven(room)
    debate.chat(QUIET[0])
    debate.chat(people(8)[1], times=40)
    assert after(room, minutes=20) == {people(8)[1]: NudgeKind.DOMINANT, QUIET[1]: NudgeKind.SILENT}


def test_who_restates_an_argument_and_waits_for_its_author_is_not_silent(room: Classroom) -> None:
    debate = uneven(room)
    loud = debate.argue(LOUD)
    room.do(
        restate,
        guild_id=GUILD,
        argument_id=loud.argument_id,
        user_id=QUIET[0],
        text="Lists are said to work.",
        interaction_id=room.click(),
        at=room.now,
    )
    assert after(room, minutes=20) == {LOUD: NudgeKind.DOMINANT, QUIET[1]: NudgeKind.SILENT}


def test_who_cites_a_card_is_not_silent(room: Classroom) -> None:
    debate = uneven(room)
    cite(debate, QUIET[0])
    assert after(room, minutes=20) == {LOUD: NudgeKind.DOMINANT, QUIET[1]: NudgeKind.SILENT}


def test_what_was_cited_in_another_debate_does_not_count(room: Classroom) -> None:
    other = a_debate(room, stages=BY_HAND)
    other.join(*QUIET)
    cite(other, QUIET[0])
    uneven(room)
    assert after(room, minutes=20) == EVERYBODY


def test_who_has_withdrawn_an_argument_was_not_silent(room: Classroom) -> None:
    debate = uneven(room)
    argument = debate.argue(QUIET[0])
    about = {"guild_id": GUILD, "argument_id": argument.argument_id, "user_id": QUIET[0]}
    room.do(withdraw_argument, **about, withdrawn=True, at=room.now)
    assert QUIET[0] not in after(room, minutes=20)


def test_who_has_left_is_not_nudged(room: Classroom) -> None:
    debate = uneven(room)
    for who in (LOUD, QUIET[0]):
        debate.leave(who)
    assert after(room, minutes=20) == {}, "without the loud one, the others are even"
    other = uneven(room)
    other.leave(QUIET[0])
    assert after(room, minutes=20) == {LOUD: NudgeKind.DOMINANT, QUIET[1]: NudgeKind.SILENT}


def test_who_never_joined_is_not_nudged(room: Classroom) -> None:
    debate = uneven(room)
    debate.chat(UserId(5), times=90)
    assert after(room, minutes=20) == EVERYBODY


def test_late_comers_are_left_alone(room: Classroom) -> None:
    debate = uneven(room)
    room.now += timedelta(minutes=11)
    debate.join(UserId(99))
    assert after(room, minutes=9) == EVERYBODY


def test_who_opened_the_debate_is_not_nudged(room: Classroom) -> None:
    uneven(room, opened_by=LOUD)
    assert LOUD not in after(room, minutes=20)


def test_who_has_no_side_yet_is_not_nudged(room: Classroom) -> None:
    stages: Timetable = (Planned(Stage.OPENING, timedelta(minutes=30)), Planned(Stage.VOTING))
    debate = a_debate(room, format=Format.OXFORD, stages=stages)
    debate.join(*people(8))
    for _ in range(12):
        debate.argue(LOUD)
    room.db.conn.execute(
        "UPDATE debater SET side = NULL WHERE learner_id = (SELECT learner_id FROM learner WHERE user_id = ?)",
        [QUIET[0]],
    )
    found = after(room, minutes=20)
    assert QUIET[0] not in found
    assert found[QUIET[1]] is NudgeKind.SILENT


def test_who_may_still_choose_a_side_is_nudged(room: Classroom) -> None:
    stages: Timetable = (Planned(Stage.OPENING, timedelta(minutes=30)), Planned(Stage.VOTING))
    options = DebateOptions(sides=SideMode.CHOSEN)
    debate = a_debate(room, format=Format.OXFORD, stages=stages, options=options)
    debate.join(*people(8))
    for _ in range(12):
        debate.argue(LOUD)
    me = debate.place(QUIET[0]).me
    assert me is not None
    assert me.side is None
    assert after(room, minutes=20)[QUIET[0]] is NudgeKind.SILENT


def test_listeners_of_a_fishbowl_are_not_nudged(room: Classroom) -> None:
    stages = timetable(Format.FISHBOWL, timedelta(minutes=30))
    debate = a_debate(room, format=Format.FISHBOWL, stages=stages)
    debate.join(*people(12))
    debate.advance()
    speakers = [each for each in people(12) if _speaks(debate, each)]
    assert 2 <= len(speakers) < 12
    for _ in range(12):
        debate.argue(speakers[0])
    found = after(room, minutes=20)
    assert found
    assert set(found) <= set(speakers)


def test_next_round_of_a_fishbowl_begins_without_nudges(room: Classroom) -> None:
    debate = a_debate(room, format=Format.FISHBOWL, stages=timetable(Format.FISHBOWL, None))
    debate.join(*people(12))
    debate.advance()
    first = next(each for each in people(12) if _speaks(debate, each))
    for _ in range(12):
        debate.argue(first)
    debate.advance()
    assert nudged(room) == {}


def _speaks(debate: FairDebate, user_id: UserId) -> bool:
    me = debate.place(user_id).me
    return me is not None and me.speaks_in == debate.debate.course.position


# How often, and no more


def test_at_most_one_nudge_a_person_and_debate(room: Classroom) -> None:
    stages: Timetable = (Planned(Stage.FLOOR, timedelta(minutes=30)),) * 2
    debate = uneven(room, stages=stages)
    assert after(room, minutes=20) == EVERYBODY
    room.now += timedelta(minutes=10)
    room.tick()
    assert debate.debate.course.position == 1
    debate.join(UserId(99))
    found = after(room, minutes=20)
    assert found == EVERYBODY | {UserId(99): NudgeKind.SILENT}
    assert len(room.rows("SELECT * FROM nudge")) == 4


def test_same_moment_twice_nudges_once(room: Classroom) -> None:
    uneven(room)
    assert after(room, minutes=20) == EVERYBODY
    room.reopen()
    assert room.tick() == []
    assert nudged(room) == EVERYBODY


def stop(room: Classroom, nudge_id: int, user_id: UserId) -> None:
    room.do(no_more_nudges, nudge_id=NudgeId(nudge_id), user_id=user_id, at=room.now)


def test_nudges_can_be_stopped_for_good_in_a_server(room: Classroom) -> None:
    uneven(room)
    after(room, minutes=20)
    mine = next(each for each in told(room, NoticeKind.DEBATE_NUDGE) if each.user_id == QUIET[0])
    room.do(notice_settled, notice_id=mine.notice_id, sent=True, at=room.now)
    stop(room, mine.subject_id, QUIET[0])
    stop(room, mine.subject_id, QUIET[0])
    room.reopen()
    for each in unsent_notices(room.db):
        room.do(notice_settled, notice_id=each.notice_id, sent=True, at=room.now)
    uneven(room)
    assert after(room, minutes=20) == {LOUD: NudgeKind.DOMINANT, QUIET[1]: NudgeKind.SILENT}


def test_stopping_takes_back_what_has_not_been_sent(room: Classroom) -> None:
    uneven(room)
    after(room, minutes=20)
    mine = next(each for each in told(room, NoticeKind.DEBATE_NUDGE) if each.user_id == QUIET[0])
    stop(room, mine.subject_id, QUIET[0])
    assert set(nudged(room)) == {LOUD, QUIET[1]}


def test_nobody_stops_the_nudges_of_somebody_else(room: Classroom) -> None:
    uneven(room)
    after(room, minutes=20)
    mine = next(each for each in told(room, NoticeKind.DEBATE_NUDGE) if each.user_id == QUIET[0])
    before = room.contents()
    with pytest.raises(NotAllowed):
        stop(room, mine.subject_id, QUIET[1])
    stop(room, 999, QUIET[1])
    assert room.contents() == before


def test_stopped_in_one_server_they_go_on_in_another(room: Classroom) -> None:
    uneven(room)
    after(room, minutes=20)
    mine = next(each for each in told(room, NoticeKind.DEBATE_NUDGE) if each.user_id == QUIET[0])
    stop(room, mine.subject_id, QUIET[0])
    for each in unsent_notices(room.db):
        room.do(notice_settled, notice_id=each.notice_id, sent=True, at=room.now)
    other = a_debate(room, stages=FLOOR, guild_id=OTHER_GUILD)
    other.join(*people(8))
    for _ in range(12):
        other.argue(LOUD)
    assert after(room, minutes=20)[QUIET[0]] is NudgeKind.SILENT


@pytest.mark.parametrize("how", ["leave", "delete"])
def test_who_leaves_gets_no_nudge_that_still_waits(room: Classroom, how: str) -> None:
    debate = uneven(room)
    after(room, minutes=20)
    (debate.leave if how == "leave" else debate.delete)(QUIET[0])
    assert set(nudged(room)) == {LOUD, QUIET[1]}


@pytest.mark.parametrize("end", [close_debate, cancel_debate])
def test_end_of_the_debate_drops_what_has_not_been_sent(room: Classroom, end: Callable[..., Debate]) -> None:
    debate = uneven(room)
    assert after(room, minutes=20) == EVERYBODY
    room.do(end, guild_id=GUILD, debate_id=debate.debate_id, user_id=HOST, at=room.now)
    assert nudged(room) == {}


def test_what_went_wrong_is_told_before_nudges(room: Classroom) -> None:
    debate = uneven(room)
    after(room, minutes=20)
    add_notice(room.db, GUILD, HOST, NoticeKind.DEBATE_CANNOT_POST, debate.debate_id, "", room.now)
    assert unsent_notices(room.db)[0].kind is NoticeKind.DEBATE_CANNOT_POST


def test_rejoining_does_not_bring_another_nudge(room: Classroom) -> None:
    debate = uneven(room)
    after(room, minutes=20)
    debate.leave(QUIET[0])
    about = {"guild_id": GUILD, "debate_id": debate.debate_id, "user_id": QUIET[0]}
    room.do(join_debate, **about, at=room.now)
    assert QUIET[0] not in after(room, minutes=5)
