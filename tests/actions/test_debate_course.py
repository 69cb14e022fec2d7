"""A debate: sides, stances before and after, arguments, drafts, and how it comes out."""

import random

import pytest

from bot.actions.arguing import (
    ArgumentDraft,
    ArgumentForm,
    add_argument,
    begin_argument,
    keep_draft,
)
from bot.actions.boards import NoticeKind, cannot_post, unsent_notices, waiting_boards
from bot.actions.debate_course import close_debate, open_debate
from bot.actions.debate_joining import JoinFirst, Place, join_debate, leave_debate, place_in_debate
from bot.actions.debate_reports import argument_board, motion_board, outcome_board
from bot.actions.debate_stances import check_stance, give_stance
from bot.actions.debates import debatable, debate_here, debates_open
from bot.actions.lost_channels import channel_gone
from bot.actions.questions import claims_for, items_for
from bot.actions.threads import MessageFacts, note_message
from bot.debate.argument import Relation
from bot.debate.debate import Argument, CloseReason, DebateState
from bot.debate.formats import Format, Planned, Stage
from bot.debate.sides import Side
from bot.debate.stance import Phase, Stance, Standing
from bot.debate.swing import Verdict
from bot.errors import Invalid, NoSuchArgument, NotFound, WrongState
from bot.ids import ArgumentId, DebateId, InteractionId, MessageId, RevisionId, UserId
from bot.store.boards import BoardKind
from bot.store.debates import find_debate
from tests.classroom import ANNA, BEN, CEM, CHANNEL, GUILD, HOST, THREAD, Classroom

FOR, AGAINST = Stance(Standing.FOR, 75), Stance(Standing.AGAINST, 50)
DECLINED = Stance(Standing.DECLINED)

WITHOUT_STAGES = (Planned(Stage.FLOOR),)
"""How debates are stored that were opened before there were stages: everything can be done at any time."""


@pytest.fixture
def debate_id(room: Classroom) -> DebateId:
    [listed] = claims_for(room.db, guild_id=GUILD)
    return room.do(
        open_debate,
        guild_id=GUILD,
        revision_id=listed.revision_id,
        channel_id=CHANNEL,
        thread_id=THREAD,
        opened_by=HOST,
        format=Format.OXFORD,
        timetable=WITHOUT_STAGES,
        rng=random.Random(1),
        at=room.now,
    )


def stand(
    room: Classroom,
    debate_id: DebateId,
    user_id: UserId,
    stance: Stance,
    *,
    phase: Phase = Phase.BEFORE,
    interaction_id: InteractionId | None = None,
) -> Place:
    return room.do(
        give_stance,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=user_id,
        phase=phase,
        stance=stance,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def draft(claim: str = "Lists work.", *, answers: str = "", relation: str = "") -> ArgumentDraft:
    return ArgumentDraft(claim, "A survey of 2018.", "It shows so.", answers, relation)


def argue(
    room: Classroom,
    debate_id: DebateId,
    user_id: UserId,
    text: ArgumentDraft,
    *,
    interaction_id: InteractionId | None = None,
) -> Argument:
    return room.do(
        add_argument,
        guild_id=GUILD,
        debate_id=debate_id,
        user_id=user_id,
        draft=text,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def form(room: Classroom, debate_id: DebateId, user_id: UserId) -> ArgumentDraft:
    return begun(room, debate_id, user_id).draft


def begun(room: Classroom, debate_id: DebateId, user_id: UserId) -> ArgumentForm:
    shown = room.do(begin_argument, guild_id=GUILD, debate_id=debate_id, user_id=user_id, at=room.now)
    assert isinstance(shown, ArgumentForm)
    return shown


def side_of(place: Place) -> Side:
    assert place.argues is not None
    return place.argues


def close(room: Classroom, debate_id: DebateId) -> None:
    room.do(close_debate, guild_id=GUILD, debate_id=debate_id, user_id=HOST, at=room.now)


# Opening


def test_opening_posts_the_motion_and_the_cases_and_tracks_the_thread(
    room: Classroom, debate_id: DebateId
) -> None:
    assert [board.kind for board in room.publish()] == [BoardKind.CASES, BoardKind.MOTION]
    motion = motion_board(room.db, debate_id=debate_id)
    assert motion is not None
    assert (motion.debate.motion, motion.members, motion.arguments) == (
        "Scores should be public.",
        0,
        0,
    )
    here = debate_here(room.db, guild_id=GUILD, thread_id=THREAD)
    assert here is not None
    assert here.debate_id == debate_id
    assert [each.debate_id for each in debates_open(room.db, guild_id=GUILD)] == [debate_id]


def test_only_claims_are_debated(room: Classroom) -> None:
    _, items = items_for(room.db, guild_id=GUILD, set_key="geography")
    for revision_id, item in items:
        if item.kind == "claim":
            assert debatable(room.db, guild_id=GUILD, revision_id=revision_id) == item
        else:
            with pytest.raises(NotFound):
                debatable(room.db, guild_id=GUILD, revision_id=revision_id)
    with pytest.raises(NotFound):
        debatable(room.db, guild_id=GUILD, revision_id=RevisionId(999))


# Sides and stances


def test_sides_stay_balanced_whatever_people_think(room: Classroom, debate_id: DebateId) -> None:
    sides: list[Side] = []
    for number in range(15):
        joined = stand(room, debate_id, UserId(number), FOR)
        assert joined.just_joined
        sides.append(side_of(joined))
        assert abs(sides.count(Side.FOR) - sides.count(Side.AGAINST)) <= 1
    motion = motion_board(room.db, debate_id=debate_id)
    assert motion is not None
    assert motion.members == 15


def test_side_stays_when_the_stance_changes(room: Classroom, debate_id: DebateId) -> None:
    assert place_in_debate(room.db, guild_id=GUILD, debate_id=debate_id, user_id=ANNA).me is None
    first = stand(room, debate_id, ANNA, FOR)
    stand(room, debate_id, BEN, FOR)
    changed = stand(room, debate_id, ANNA, AGAINST)
    assert (side_of(changed), changed.just_joined, changed.before) == (side_of(first), False, AGAINST)
    place = place_in_debate(room.db, guild_id=GUILD, debate_id=debate_id, user_id=ANNA)
    assert place == changed
    assert room.rows("SELECT COUNT(*) FROM stance") == [(3,)], "every stance that was given is kept"


def test_first_stance_is_settled_by_the_second(room: Classroom, debate_id: DebateId) -> None:
    about = {"guild_id": GUILD, "debate_id": debate_id, "user_id": ANNA}
    stand(room, debate_id, ANNA, FOR)
    assert check_stance(room.db, **about, phase=Phase.BEFORE, at=room.now).stance == FOR
    stand(room, debate_id, ANNA, AGAINST, phase=Phase.AFTER)
    before = room.contents()
    with pytest.raises(WrongState):
        stand(room, debate_id, ANNA, AGAINST)
    with pytest.raises(WrongState):
        check_stance(room.db, **about, phase=Phase.BEFORE, at=room.now)
    assert room.contents() == before
    assert check_stance(room.db, **about, phase=Phase.AFTER, at=room.now).stance == AGAINST
    joined = stand(room, debate_id, ANNA, DECLINED, phase=Phase.AFTER)
    assert (joined.before, joined.after) == (FOR, DECLINED)


def test_declining_is_a_stance_that_is_no_vote(room: Classroom, debate_id: DebateId) -> None:
    assert stand(room, debate_id, ANNA, DECLINED).before == DECLINED
    stand(room, debate_id, BEN, Stance(Standing.UNDECIDED))
    board = outcome_board(room.db, debate_id=debate_id)
    assert board is not None
    assert (board.voted_before, board.voted_after) == (1, 0)


def test_same_interaction_twice_is_one_stance(room: Classroom, debate_id: DebateId) -> None:
    click = room.click()
    stand(room, debate_id, ANNA, FOR, interaction_id=click)
    again = stand(room, debate_id, ANNA, FOR, interaction_id=click)
    assert (again.before, again.just_joined) == (FOR, False)
    assert room.rows("SELECT COUNT(*) FROM stance") == [(1,)]


def test_older_stance_that_arrives_later_does_not_count(room: Classroom, debate_id: DebateId) -> None:
    older, newer = room.click(), room.click()
    stand(room, debate_id, ANNA, AGAINST, interaction_id=newer)
    assert stand(room, debate_id, ANNA, FOR, interaction_id=older).before == AGAINST


# Arguments


def test_arguments_are_numbered_and_posted_into_the_thread(room: Classroom, debate_id: DebateId) -> None:
    room.publish()
    first = argue(room, debate_id, ANNA, draft())
    second = argue(room, debate_id, BEN, draft("They do not.", answers="#1"))
    third = argue(room, debate_id, BEN, draft("Nor elsewhere.", answers=" 2 ", relation="supports"))
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    assert (second.parent_number, second.relation) == (1, Relation.ATTACKS)
    assert (third.parent_number, third.relation) == (2, Relation.SUPPORTS)
    posted = [board for board in waiting_boards(room.db) if board.kind is BoardKind.ARGUMENT]
    assert [(board.subject_id, board.channel_id) for board in posted] == [
        (each.argument_id, THREAD) for each in (first, second, third)
    ]
    shown = argument_board(room.db, argument_id=second.argument_id)
    assert shown is not None
    assert shown.parent == first


def test_opening_the_form_joins_nobody(room: Classroom, debate_id: DebateId) -> None:
    """What taking part means, and the way out, come first; also where one has left."""
    about = {"guild_id": GUILD, "debate_id": debate_id, "user_id": ANNA, "at": room.now}
    before = room.rows("SELECT * FROM debater")
    shown = room.do(begin_argument, **about)
    assert isinstance(shown, JoinFirst)
    assert (shown.left, room.rows("SELECT * FROM debater")) == (False, before)
    room.do(join_debate, **about)
    room.do(leave_debate, **about)
    shown = room.do(begin_argument, **about)
    assert isinstance(shown, JoinFirst)
    assert shown.left
    assert not place_in_debate(room.db, guild_id=GUILD, debate_id=debate_id, user_id=ANNA).takes_part


def test_arguing_is_joining(room: Classroom, debate_id: DebateId) -> None:
    stand(room, debate_id, ANNA, DECLINED)
    joined = begun(room, debate_id, ANNA)
    assert joined.draft == ArgumentDraft()
    assert joined.side is not None
    assert argue(room, debate_id, ANNA, draft()).side is joined.side
    assert argue(room, debate_id, BEN, draft()).side is joined.side.opposite


def test_same_interaction_twice_is_one_argument(room: Classroom, debate_id: DebateId) -> None:
    click = room.click()
    first = argue(room, debate_id, ANNA, draft(), interaction_id=click)
    before = room.contents()
    assert argue(room, debate_id, ANNA, draft(), interaction_id=click) == first
    assert room.contents() == before


@pytest.mark.parametrize("number", ["2", "#7", "0", "-1", "one", "１", "999999999", "1.0"])
def test_unknown_number_is_refused_and_the_draft_can_be_kept(
    room: Classroom, debate_id: DebateId, number: str
) -> None:
    stand(room, debate_id, ANNA, DECLINED)
    argue(room, debate_id, BEN, draft())
    typed = draft("A long thought.", answers=number, relation="attacks")
    with pytest.raises(NoSuchArgument):
        argue(room, debate_id, ANNA, typed)
    about = {"guild_id": GUILD, "debate_id": debate_id, "user_id": ANNA}
    room.do(keep_draft, **about, draft=typed, at=room.now)
    room.reopen()
    assert form(room, debate_id, ANNA) == typed
    assert form(room, debate_id, BEN) == ArgumentDraft(), "a draft is its author's alone"


def test_draft_is_dropped_once_the_argument_is_in(room: Classroom, debate_id: DebateId) -> None:
    stand(room, debate_id, ANNA, DECLINED)
    about = {"guild_id": GUILD, "debate_id": debate_id, "user_id": ANNA}
    room.do(keep_draft, **about, draft=draft(answers="7"), at=room.now)
    room.do(keep_draft, **about, draft=draft(answers="8"), at=room.now)
    assert form(room, debate_id, ANNA).answers == "8"
    argue(room, debate_id, ANNA, draft())
    assert form(room, debate_id, ANNA) == ArgumentDraft()


def test_empty_part_is_refused_and_nobody_joins(room: Classroom, debate_id: DebateId) -> None:
    before = room.contents()
    with pytest.raises(Invalid) as refused:
        argue(room, debate_id, ANNA, ArgumentDraft("A claim.", "\u200b", "So."))
    assert refused.value.what == "evidence"
    with pytest.raises(Invalid):
        argue(room, debate_id, ANNA, ArgumentDraft("x" * 301, "y", "z"))
    assert room.contents() == before


def test_unknown_relation_is_refused(room: Classroom, debate_id: DebateId) -> None:
    argue(room, debate_id, BEN, draft())
    with pytest.raises(Invalid):
        argue(room, debate_id, ANNA, draft(answers="1", relation="mocks"))


def test_arguments_that_could_not_be_posted_come_when_the_thread_takes_messages_again(
    room: Classroom, debate_id: DebateId
) -> None:
    room.publish()
    for number in range(3):
        argue(room, debate_id, ANNA, draft())
        for board in waiting_boards(room.db):
            if number < 2:
                room.do(cannot_post, board_id=board.board_id, missing="Send Messages", at=room.now)
    [told] = unsent_notices(room.db)
    assert (told.kind, told.user_id, told.subject_id) == (NoticeKind.DEBATE_CANNOT_POST, HOST, debate_id)
    shown = [board.subject_id for board in room.publish() if board.kind is BoardKind.ARGUMENT]
    assert sorted(shown) == [1, 2, 3]


# Closing


def test_closed_debate_takes_nothing_more(room: Classroom, debate_id: DebateId) -> None:
    stand(room, debate_id, ANNA, FOR)
    argue(room, debate_id, ANNA, draft())
    close(room, debate_id)
    before = room.contents()
    for phase in Phase:
        with pytest.raises(WrongState):
            stand(room, debate_id, ANNA, AGAINST, phase=phase)
    with pytest.raises(WrongState):
        argue(room, debate_id, ANNA, draft())
    with pytest.raises(WrongState):
        form(room, debate_id, BEN)
    with pytest.raises(WrongState):
        close(room, debate_id)
    assert room.contents() == before
    assert debates_open(room.db, guild_id=GUILD) == []
    assert [board.kind for board in room.publish()][-1] is BoardKind.OUTCOME


def test_argument_delivered_again_after_the_end_is_still_the_same(
    room: Classroom, debate_id: DebateId
) -> None:
    click = room.click()
    first = argue(room, debate_id, ANNA, draft(), interaction_id=click)
    close(room, debate_id)
    assert argue(room, debate_id, ANNA, draft(), interaction_id=click) == first


def test_deleted_thread_closes_the_debate_and_its_host_hears_of_it(
    room: Classroom, debate_id: DebateId
) -> None:
    room.do(channel_gone, guild_id=GUILD, channel_id=THREAD, at=room.now)
    room.do(channel_gone, guild_id=GUILD, channel_id=THREAD, at=room.now)
    debate = find_debate(room.db, debate_id)
    assert debate is not None
    assert (debate.state, debate.close_reason) == (DebateState.CLOSED, CloseReason.THREAD_DELETED)
    [told] = unsent_notices(room.db)
    assert (told.kind, told.user_id) == (NoticeKind.DEBATE_THREAD_LOST, HOST)
    assert waiting_boards(room.db) == []


def test_outcome_of_a_small_debate_shows_no_breakdown(room: Classroom, debate_id: DebateId) -> None:
    for user_id, stance in ((ANNA, FOR), (BEN, AGAINST), (CEM, FOR), (HOST, AGAINST)):
        stand(room, debate_id, user_id, stance)
        stand(room, debate_id, user_id, FOR, phase=Phase.AFTER)
    argue(room, debate_id, ANNA, draft())
    close(room, debate_id)
    board = outcome_board(room.db, debate_id=debate_id)
    assert board is not None
    assert (board.voted_before, board.voted_after) == (4, 4)
    assert (board.before, board.after, board.switches_shown) == (None, None, False)
    assert board.swing.verdict is Verdict.TOO_FEW
    assert (board.participation.arguments, board.participation.silent) == (1, 3)


def test_outcome_of_a_class_shows_what_tells_on_nobody(room: Classroom, debate_id: DebateId) -> None:
    standings = (Standing.FOR, Standing.AGAINST, Standing.UNDECIDED)
    for number in range(30):
        user_id = UserId(number)
        stand(room, debate_id, user_id, Stance(standings[number % 3]))
        stand(room, debate_id, user_id, Stance(standings[number % 2]), phase=Phase.AFTER)
    stand(room, debate_id, UserId(99), DECLINED)
    room.do(
        note_message,
        facts=MessageFacts(MessageId(5), THREAD, ANNA, room.now, reply_to=None, length=None),
    )
    close(room, debate_id)
    board = outcome_board(room.db, debate_id=debate_id)
    assert board is not None
    assert board.before is not None
    assert board.after is not None
    assert [board.before[each] for each in standings] == [10, 10, 10]
    assert [board.after[each] for each in standings] == [15, 15, 0]
    assert board.swing.matrix.voters == 30
    assert board.switches_shown
    assert (board.messages, board.chatters) == (1, 1)
    assert outcome_board(room.db, debate_id=debate_id) == board, "the same debate gives the same figures"


def test_what_does_not_exist_is_shown_as_nothing(room: Classroom) -> None:
    assert motion_board(room.db, debate_id=DebateId(9)) is None
    assert outcome_board(room.db, debate_id=DebateId(9)) is None
    assert argument_board(room.db, argument_id=ArgumentId(9)) is None
    with pytest.raises(NotFound):
        close(room, DebateId(9))
