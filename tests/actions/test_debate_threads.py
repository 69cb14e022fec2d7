"""What is wished of a debate's thread, and who belongs into the private threads of its sides."""

from collections.abc import Callable

import pytest

from bot.actions.boards import pulse
from bot.actions.caucuses import (
    CaucusWork,
    caucus_kept,
    caucus_made,
    caucus_not_kept,
    caucuses_to_keep,
    let_into_caucus,
    taken_out_of_caucus,
)
from bot.actions.debate_threads import ThreadWish, thread_kept, thread_not_kept, threads_to_keep
from bot.actions.leaving import leave_and_delete
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Side
from bot.ids import ChannelId, UserId
from bot.store.notices import NoticeKind, waiting_notices
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, Classroom
from tests.debate_class import DebateClass, debate_in

CAUCUS = DebateOptions(caucus=True)
MADE = {Side.FOR: ChannelId(501), Side.AGAINST: ChannelId(502)}


def wish(debate: DebateClass) -> ThreadWish | None:
    """What is to be done with the debate's thread, if anything."""
    waiting = [each for each in threads_to_keep(debate.room.db) if each.thread_id == debate.debate.thread_id]
    return waiting[0] if waiting else None


def kept(debate: DebateClass) -> tuple[bool, int, str | None]:
    """The keeper does as is wished; gives what that was."""
    found = wish(debate)
    assert found is not None
    debate.room.do(thread_kept, thread_id=found.thread_id, revision=found.revision)
    assert wish(debate) is None
    return found.locked, found.slowmode, found.tag


def fails(debate: DebateClass, missing: str = "I lack Manage Threads") -> None:
    found = wish(debate)
    assert found is not None
    debate.room.do(
        thread_not_kept,
        thread_id=found.thread_id,
        revision=found.revision,
        missing=missing,
        at=debate.room.now,
    )
    assert wish(debate) is None, "it is not tried again until something else is wished"


def told(room: Classroom, kind: NoticeKind) -> list[tuple[UserId, str]]:
    return [(each.user_id, each.detail) for each in waiting_notices(room.db) if each.kind is kind]


# The thread


def test_thread_is_open_while_the_debate_goes_on_and_shut_while_it_rests(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(slowmode=30))
    assert pulse(room.db).threads
    assert kept(debate) == (False, 30, "joining")
    assert not pulse(room.db).threads
    debate.pause()
    assert kept(debate) == (True, 30, "joining")
    debate.resume()
    assert kept(debate) == (False, 30, "joining")
    debate.advance()
    assert kept(debate) == (False, 30, "opening")
    debate.extend(5)
    assert wish(debate) is None, "more time is no reason to touch the thread"
    debate.close()
    assert kept(debate) == (True, 0, "closed")


def test_wish_that_changes_while_it_is_fulfilled_is_looked_at_again(room: Classroom) -> None:
    debate = debate_in(room)
    kept(debate)
    debate.pause()
    before = wish(debate)
    assert before is not None
    debate.resume()
    room.do(thread_kept, thread_id=before.thread_id, revision=before.revision)
    assert kept(debate) == (False, 0, "joining")
    room.do(thread_kept, thread_id=before.thread_id, revision=before.revision)
    assert wish(debate) is None, "an old word that comes late undoes nothing"


def test_host_is_told_once_and_the_debate_goes_on(room: Classroom) -> None:
    debate = debate_in(room)
    kept(debate)
    debate.pause()
    fails(debate)
    assert told(room, NoticeKind.DEBATE_THREAD_NOT_KEPT) == [(HOST, "I lack Manage Threads")]
    debate.resume()
    kept(debate)
    debate.pause()
    fails(debate)
    debate.resume()
    kept(debate)
    debate.go_to(Stage.VOTING)
    debate.close()
    fails(debate)
    assert len(told(room, NoticeKind.DEBATE_THREAD_NOT_KEPT)) == 1
    other = debate_in(room)
    fails(other)
    assert len(told(room, NoticeKind.DEBATE_THREAD_NOT_KEPT)) == 2, "each debate's host is told"


def test_wishes_outlive_a_restart(room: Classroom) -> None:
    debate = debate_in(room)
    debate.pause()
    room.reopen()
    assert pulse(room.db).threads
    assert kept(debate) == (True, 0, "joining")


# The private threads


def drawn(room: Classroom, options: DebateOptions = CAUCUS, *people: UserId) -> DebateClass:
    debate = debate_in(room, options=options)
    debate.join(*(people or (ANNA, BEN, CEM)))
    debate.advance()
    return debate


def work(debate: DebateClass) -> dict[Side, CaucusWork]:
    found = [each for each in caucuses_to_keep(debate.room.db) if each.debate.debate_id == debate.debate_id]
    return {each.caucus.side: each for each in found}


def do_all(debate: DebateClass) -> dict[Side, tuple[set[UserId], set[UserId]]]:
    """The keeper makes both threads, lets people in and takes them out; gives whom, by side."""
    room = debate.room
    done: dict[Side, tuple[set[UserId], set[UserId]]] = {}
    for side, each in work(debate).items():
        if each.caucus.thread_id is None:
            room.do(caucus_made, caucus=each.caucus, thread_id=MADE[side])
        for learner_id, _ in each.let_in:
            room.do(let_into_caucus, caucus=each.caucus, learner_id=learner_id)
        for learner_id, _ in each.take_out:
            room.do(taken_out_of_caucus, caucus=each.caucus, learner_id=learner_id)
        room.do(caucus_kept, caucus=each.caucus)
        done[side] = ({user_id for _, user_id in each.let_in}, {user_id for _, user_id in each.take_out})
    return done


def by_side(debate: DebateClass) -> dict[Side, set[UserId]]:
    return {side: {user_id for user_id, given in debate.sides().items() if given is side} for side in Side}


def test_each_side_has_a_thread_of_its_own_people(room: Classroom) -> None:
    debate = debate_in(room, options=CAUCUS)
    debate.join(ANNA, BEN, CEM)
    assert work(debate) == {}
    debate.advance()
    assert pulse(room.db).threads
    assert {side: people for side, (people, _) in do_all(debate).items()} == by_side(debate)
    assert work(debate) == {}
    room.reopen()
    debate.advance()
    assert work(debate) == {}, "the next stages change nothing"


def test_latecomer_is_let_into_the_thread_that_is_there(room: Classroom) -> None:
    debate = drawn(room)
    do_all(debate)
    debate.join(UserId(611))
    let_in = {side: people for side, (people, _) in do_all(debate).items()}
    late = debate.sides()[UserId(611)]
    assert late is not None
    assert let_in == {late: {UserId(611)}, late.opposite: set()}
    assert room.rows("SELECT thread_id FROM caucus ORDER BY thread_id") == [(501,), (502,)]


def test_whoever_deletes_what_they_wrote_is_taken_out(room: Classroom) -> None:
    debate = drawn(room)
    do_all(debate)
    side = debate.sides()[ANNA]
    assert side is not None
    room.do(leave_and_delete, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, at=room.now)
    assert do_all(debate)[side] == (set(), {ANNA})


def test_latecomer_by_wish_is_let_in_too(room: Classroom) -> None:
    debate = drawn(room, DebateOptions(caucus=True, sides=SideMode.CHOSEN))
    do_all(debate)
    debate.wish(UserId(611), Side.FOR)
    given = debate.sides()[UserId(611)]
    assert given is not None
    assert do_all(debate)[given][0] == {UserId(611)}


def test_leaver_is_taken_out_and_let_in_again_on_coming_back(room: Classroom) -> None:
    debate = drawn(room)
    do_all(debate)
    own = debate.sides()[ANNA]
    assert own is not None
    debate.leave(ANNA)
    assert do_all(debate)[own] == (set(), {ANNA})
    debate.join(ANNA)
    assert do_all(debate)[own] == ({ANNA}, set())


def test_who_leaves_before_being_let_in_is_left_out(room: Classroom) -> None:
    debate = drawn(room)
    debate.leave(ANNA)
    done = do_all(debate)
    assert all(ANNA not in people for pair in done.values() for people in pair)


def test_work_that_is_overtaken_is_looked_at_again(room: Classroom) -> None:
    debate = drawn(room)
    before = work(debate)
    debate.join(UserId(611))
    for each in before.values():
        room.do(caucus_kept, caucus=each.caucus)
    assert set(work(debate)) == set(Side)
    assert UserId(611) in {user for each in work(debate).values() for _, user in each.let_in}


def test_host_is_told_once_of_threads_that_cannot_be(room: Classroom) -> None:
    debate = drawn(room)
    for each in work(debate).values():
        room.do(caucus_not_kept, caucus=each.caucus, missing="I lack it", at=room.now)
    assert told(room, NoticeKind.DEBATE_WITHOUT_CAUCUS) == [(HOST, "I lack it")]
    debate.join(UserId(611))
    for each in work(debate).values():
        room.do(caucus_not_kept, caucus=each.caucus, missing="I lack it", at=room.now)
    assert len(told(room, NoticeKind.DEBATE_WITHOUT_CAUCUS)) == 1
    assert debate.argue(ANNA).number == 1, "the debate goes on without"
    debate.join(UserId(612))
    assert {user for pair in do_all(debate).values() for user in pair[0]} == set(debate.sides()), (
        "what was not done is done once it can be"
    )


@pytest.mark.parametrize("ends", [DebateClass.close, DebateClass.cancel], ids=["closed", "cancelled"])
def test_ended_debate_asks_for_nothing_more(room: Classroom, ends: Callable[[DebateClass], object]) -> None:
    debate = drawn(room)
    do_all(debate)
    ends(debate)
    left = work(debate)
    assert {(each.over, each.let_in, each.take_out) for each in left.values()} == {(True, (), ())}
    do_all(debate)
    assert work(debate) == {}, "they are put away once"
    room.do(leave_and_delete, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA, at=room.now)
    out = [user for each in work(debate).values() for _, user in each.take_out]
    assert out == [ANNA], "who deletes what they wrote is taken out after the end too"
    do_all(debate)
    assert work(debate) == {}


@pytest.mark.parametrize("ends", [DebateClass.close, DebateClass.cancel], ids=["closed", "cancelled"])
def test_work_from_before_the_end_lets_nobody_in(
    room: Classroom, ends: Callable[[DebateClass], object]
) -> None:
    debate = drawn(room)
    assert any(each.let_in for each in work(debate).values())
    ends(debate)
    assert {(each.over, each.let_in) for each in work(debate).values()} == {(True, ())}
    for each in work(debate).values():
        room.do(caucus_not_kept, caucus=each.caucus, missing="I lack it", at=room.now)
    assert told(room, NoticeKind.DEBATE_WITHOUT_CAUCUS) == [], "nobody needs them any more"


def test_debate_without_the_option_or_without_sides_has_none(room: Classroom) -> None:
    assert work(drawn(room, DebateOptions())) == {}
    debate = debate_in(room, format=Format.OPEN, options=CAUCUS)
    debate.join(ANNA)
    debate.advance()
    assert work(debate) == {}


def test_debates_do_not_mix_their_people(room: Classroom) -> None:
    first = drawn(room)
    do_all(first)
    second = drawn(room)
    assert {side: {user for _, user in each.let_in} for side, each in work(second).items()} == by_side(second)
    assert all(each.caucus.thread_id is None for each in work(second).values())
