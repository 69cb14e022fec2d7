"""Who argues which side of a debate, and why: at the draw, late, after leaving, by wish, in turns; and stances."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.boards import BoardKind
from bot.actions.caucuses import caucuses_to_keep
from bot.actions.debate_gate import enter_gate, let_through_gate
from bot.actions.debate_joining import let_name, look_at_place
from bot.actions.debate_reports import stage_board
from bot.actions.own_answers import answer_own, show_feedback
from bot.actions.own_arguments import own_argument, withdraw_argument
from bot.actions.own_runs import OwnQuestion, OwnResult, OwnStep, leave_own, next_step
from bot.debate.debate import Debater
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Reason, Side
from bot.debate.stance import Phase, Standing
from bot.errors import NotFound, WrongState
from bot.ids import UserId
from tests.classroom import ANNA, BEN, CEM, GUILD, HOST, Classroom, choice, claim, question_set, true_false
from tests.debate_class import DebateClass, debate_in, students
from tests.debate_deeds import to_show

CHOSEN = DebateOptions(sides=SideMode.CHOSEN)
OPPOSITE = DebateOptions(sides=SideMode.OPPOSITE)


def me(debate: DebateClass, user_id: UserId) -> Debater:
    found = debate.place(user_id).me
    assert found is not None
    return found


def counts(debate: DebateClass) -> dict[Side, int]:
    """How many of those who take part each side has."""
    present = Counter(each.side for each in debate.debaters if each.takes_part)
    return {side: present[side] for side in Side}


def drawn(room: Classroom, people: int, options: DebateOptions = CHOSEN, *, seed: int = 1) -> DebateClass:
    """A debate at its openings, with so many people in it."""
    debate = debate_in(room, options=options, seed=seed)
    debate.join(*students(people))
    debate.advance()
    return debate


# The draw


def test_nobody_has_a_side_before_joining_ends(room: Classroom) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 2)
    assert (me(debate, ANNA).side, debate.place(ANNA).argues) == (None, None)
    debate.advance()
    assert me(debate, ANNA).side is not None
    assert me(debate, ANNA).reason in (Reason.DRAWN, Reason.SMALLER_SIDE)


def test_eleven_students_over_six_debates_argue_three_times_each_side(room: Classroom) -> None:
    told: dict[UserId, list[Side | None]] = {user_id: [] for user_id in students(11)}
    for number in range(6):
        debate = drawn(room, 11, DebateOptions(), seed=number)
        for user_id, side in debate.sides().items():
            told[user_id].append(side)
        assert sorted(counts(debate).values()) == [5, 6]
        debate.close()
    assert all(Counter(sides) == {Side.FOR: 3, Side.AGAINST: 3} for sides in told.values())
    assert room.rows("SELECT COUNT(DISTINCT seed) FROM debate") == [(6,)], "each has a stored seed of its own"


def test_same_people_and_seed_are_given_the_same_sides(room: Classroom) -> None:
    random_sides = DebateOptions(sides=SideMode.RANDOM)
    assert drawn(room, 9, random_sides).sides() == drawn(room, 9, random_sides).sides()
    others = [drawn(room, 9, random_sides, seed=seed).sides() for seed in range(2, 6)]
    assert any(sides != others[0] for sides in others[1:])


def test_cancelled_debate_is_no_turn(room: Classroom) -> None:
    first = drawn(room, 2, DebateOptions())
    first.cancel()
    second = drawn(room, 2, DebateOptions(), seed=5)
    assert Reason.TURNS not in {each.reason for each in second.debaters}
    second.close()
    third = drawn(room, 2, DebateOptions(), seed=5)
    assert third.sides() == {user_id: side.opposite for user_id, side in second.sides().items() if side}
    assert {each.reason for each in third.debaters} == {Reason.TURNS}


def test_who_left_before_the_draw_is_given_no_side(room: Classroom) -> None:
    debate = debate_in(room)
    people = students(5)
    debate.join(*people)
    debate.leave(people[0])
    debate.advance()
    assert me(debate, people[0]).side is None
    assert counts(debate) == {Side.FOR: 2, Side.AGAINST: 2}


def test_chosen_sides_are_first_come_first_served_up_to_half(room: Classroom) -> None:
    debate = debate_in(room, options=CHOSEN)
    people = students(5)
    for user_id in people:
        debate.wish(user_id, Side.AGAINST)
    debate.wish(people[1], Side.FOR)
    debate.wish(people[1], Side.AGAINST)
    debate.advance()
    assert [(me(debate, each).side, me(debate, each).reason) for each in people] == [
        (Side.AGAINST, Reason.CHOSEN),
        (Side.AGAINST, Reason.CHOSEN),
        (Side.AGAINST, Reason.CHOSEN),
        (Side.FOR, Reason.CHOSEN_FULL),
        (Side.FOR, Reason.CHOSEN_FULL),
    ]


def test_opposite_is_opposite_to_the_last_stance_before(room: Classroom) -> None:
    debate = debate_in(room, options=OPPOSITE)
    debate.stand(ANNA, -3)
    debate.stand(ANNA, 1)
    debate.stand(BEN, 2)
    debate.stand(CEM, None)
    debate.advance()
    assert [(me(debate, each).side, me(debate, each).reason) for each in (ANNA, BEN)] == [
        (Side.AGAINST, Reason.OPPOSITE),
        (Side.AGAINST, Reason.OPPOSITE),
    ]
    assert me(debate, CEM).reason is Reason.LOT


@pytest.mark.parametrize("mode", [each for each in SideMode if each is not SideMode.OPPOSITE])
def test_other_ways_tell_nothing_of_a_stance(room: Classroom, mode: SideMode) -> None:
    told: list[object] = []
    for values in ((3, 3, 3, 3), (-3, -3, -3, -3), (None, 0, 1, -1)):
        debate = debate_in(room, options=DebateOptions(sides=mode), seed=4)
        for user_id, value in zip(students(4), values, strict=True):
            debate.stand(user_id, value)
        debate.advance()
        told.append(debate.sides())
        debate.cancel()
    assert told[0] == told[1] == told[2]


def test_open_debate_has_no_sides(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    debate.join(ANNA)
    assert debate.form(ANNA).side is None
    assert debate.argue(ANNA, side="against").side is Side.AGAINST
    assert debate.argue(ANNA, side="for").side is Side.FOR
    debate.advance()
    assert me(debate, ANNA).side is None


# Late, away, back


def test_latecomers_fill_the_smaller_side(room: Classroom) -> None:
    debate = drawn(room, 4, DebateOptions())
    for number in range(6):
        late = UserId(500 + number)
        before = counts(debate)
        place = debate.stand(late, 1)
        assert place.just_joined
        assert me(debate, late).side is place.argues
        if before[Side.FOR] != before[Side.AGAINST]:
            assert me(debate, late).reason is Reason.SMALLER_SIDE
        assert abs(counts(debate)[Side.FOR] - counts(debate)[Side.AGAINST]) <= 1


def test_latecomer_between_equal_sides_takes_turns_too(room: Classroom) -> None:
    first = drawn(room, 3, DebateOptions())
    late = students(3)[0]
    had = me(first, late).side
    first.close()
    second = debate_in(room, seed=8)
    second.join(*students(3)[1:])
    second.advance()
    second.join(late)
    assert had is not None
    assert (me(second, late).side, me(second, late).reason) == (had.opposite, Reason.TURNS)


def test_latecomer_by_an_argument_is_in_like_everybody(room: Classroom) -> None:
    debate = drawn(room, 3, DebateOptions())
    given = debate.argue(ANNA)
    assert given.side is me(debate, ANNA).side


def test_latecomer_opposite_to_a_stance_needs_one(room: Classroom) -> None:
    debate = drawn(room, 2, OPPOSITE)
    debate.stand(ANNA, 3)
    debate.join(BEN)
    assert me(debate, ANNA).reason is Reason.OPPOSITE
    assert me(debate, ANNA).side is Side.AGAINST
    assert me(debate, BEN).reason is Reason.LOT


def test_side_by_lot_does_not_tell_the_next_one(room: Classroom) -> None:
    """Whoever declined, saw their side and left would know the next person's lot, and so who was not drawn."""
    debate = drawn(room, 3, OPPOSITE)
    told: set[Side | None] = set()
    for number in range(20):
        late = UserId(500 + number)
        told.add(debate.stand(late, None).argues)
        debate.leave(late)
    assert told == set(Side)


def test_latecomer_can_choose_while_there_is_room(room: Classroom) -> None:
    debate = drawn(room, 4)
    assert debate.wish(ANNA, Side.FOR).argues is Side.FOR
    assert me(debate, ANNA).reason is Reason.CHOSEN
    assert debate.wish(BEN, Side.FOR).argues is Side.AGAINST
    assert me(debate, BEN).reason is Reason.CHOSEN_FULL


def test_latecomer_who_has_joined_can_still_choose(room: Classroom) -> None:
    debate = drawn(room, 4)
    assert debate.stand(ANNA, 1).argues is None
    debate.join(ANNA)
    assert debate.room.do(
        look_at_place, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA
    ).argues is None, "looking is not choosing"  # fmt: skip
    assert debate.wish(ANNA, Side.AGAINST).argues is Side.AGAINST
    assert me(debate, ANNA).reason is Reason.CHOSEN


def test_latecomer_who_argues_before_choosing_has_the_smaller_side(room: Classroom) -> None:
    debate = drawn(room, 3)
    smaller = min(Side, key=lambda side: counts(debate)[side])
    debate.join(ANNA)
    assert debate.form(ANNA).side is smaller
    assert debate.argue(ANNA).side is smaller
    assert me(debate, ANNA).reason is Reason.SMALLER_SIDE
    with pytest.raises(WrongState) as refused:
        debate.wish(ANNA, smaller.opposite)
    assert refused.value.state == "given already"


def test_latecomer_who_chose_and_left_before_the_draw_is_given_it_on_coming_back(room: Classroom) -> None:
    debate = debate_in(room, options=CHOSEN)
    debate.join(*students(4))
    debate.wish(ANNA, Side.AGAINST)
    debate.leave(ANNA)
    debate.advance()
    debate.join(ANNA)
    assert me(debate, ANNA).side is Side.AGAINST


def test_who_comes_back_has_the_side_that_they_had(room: Classroom) -> None:
    debate = drawn(room, 6, DebateOptions())
    leaver = students(6)[0]
    had, why = me(debate, leaver).side, me(debate, leaver).reason
    debate.argue(leaver)
    assert not debate.leave(leaver).takes_part
    for number in range(3):
        debate.join(UserId(600 + number))
    place = debate.stand(leaver, 1)
    assert (place.just_joined, me(debate, leaver).side, me(debate, leaver).reason) == (True, had, why)
    assert debate.argue(leaver).side is had


def test_leaving_frees_a_place_on_the_side(room: Classroom) -> None:
    debate = drawn(room, 4, DebateOptions())
    leaver = students(4)[0]
    had = me(debate, leaver).side
    debate.leave(leaver)
    debate.join(ANNA)
    assert me(debate, ANNA).side is had


def test_leaving_twice_is_leaving_once_and_nobody_leaves_who_never_came(room: Classroom) -> None:
    debate = drawn(room, 2, DebateOptions())
    leaver = students(2)[0]
    debate.leave(leaver)
    before = room.contents()
    room.later(60)
    assert not debate.leave(leaver).takes_part
    assert room.contents() == before
    with pytest.raises(NotFound):
        debate.leave(ANNA)


def test_who_left_while_people_joined_is_given_a_side_on_coming_back(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA, BEN)
    debate.leave(ANNA)
    debate.advance()
    debate.join(ANNA)
    assert me(debate, ANNA).side is not None
    assert counts(debate) == {Side.FOR: 1, Side.AGAINST: 1}


def test_leaver_without_a_side_asks_for_no_private_thread(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(caucus=True))
    debate.join(ANNA, BEN)
    debate.leave(ANNA)
    assert caucuses_to_keep(room.db) == []
    debate.advance()
    assert len(caucuses_to_keep(room.db)) == 2


# Wishes


def test_wish_is_only_asked_for_where_people_choose(room: Classroom) -> None:
    for options, format in ((DebateOptions(), Format.OXFORD), (CHOSEN, Format.OPEN)):
        debate = debate_in(room, options=options, format=format)
        before = room.contents()
        with pytest.raises(WrongState):
            debate.wish(ANNA, Side.FOR)
        assert room.contents() == before


def test_wish_brings_one_in_or_back(room: Classroom) -> None:
    debate = debate_in(room, options=CHOSEN)
    place = debate.wish(ANNA, Side.FOR)
    assert place.takes_part
    assert me(debate, ANNA).wish is Side.FOR
    debate.leave(ANNA)
    assert debate.wish(ANNA, Side.AGAINST).takes_part
    debate.advance()
    assert me(debate, ANNA).side is Side.AGAINST


def test_wish_after_the_draw_changes_nothing(room: Classroom) -> None:
    debate = debate_in(room, options=CHOSEN)
    debate.wish(ANNA, Side.FOR)
    debate.advance()
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        debate.wish(ANNA, Side.AGAINST)
    assert refused.value.state == "given already"
    assert room.contents() == before


# Switched sides


def test_in_a_switch_each_argues_both_sides_and_keeps_their_own(room: Classroom) -> None:
    debate = debate_in(room, format=Format.SWITCH)
    debate.join(*students(4))
    debate.go_to(Stage.OPENING)
    own = debate.sides()
    told = {user_id: debate.argue(user_id).side for user_id in own}
    assert told == own
    debate.go_to(Stage.SWITCHED)
    switched = {user_id: debate.argue(user_id, answers="1").side for user_id in own}
    assert switched == {user_id: side.opposite for user_id, side in told.items()}
    assert {user_id: debate.place(user_id).argues for user_id in own} == switched
    debate.join(ANNA)
    late = me(debate, ANNA).side
    assert late is not None
    assert debate.argue(ANNA).side is late.opposite
    debate.go_to(Stage.STATEMENT)
    assert {user_id: debate.place(user_id).argues for user_id in own} == own
    with pytest.raises(WrongState) as refused:
        debate.argue(ANNA)
    assert refused.value.state == "at its joint statement"


# A fishbowl


def rounds_of(debate: DebateClass) -> list[int]:
    stages = [planned.stage for planned in debate.debate.course.timetable]
    return [position for position, stage in enumerate(stages) if stage is Stage.FISHBOWL]


def test_in_a_fishbowl_everybody_argues_in_one_round_and_listens_in_the_others(room: Classroom) -> None:
    debate = debate_in(room, format=Format.FISHBOWL)
    people = students(12)
    debate.join(*people)
    spoke: Counter[UserId] = Counter()
    debate.advance()
    for position in rounds_of(debate):
        assert debate.debate.course.position == position
        speakers = [each for each in people if not debate.place(each).listens]
        sides = Counter(me(debate, each).side for each in speakers)
        assert sides == {Side.FOR: 2, Side.AGAINST: 2}
        for each in people:
            before = room.contents()
            if each in speakers:
                debate.argue(each)
                spoke[each] += 1
                continue
            for attempt in (debate.argue, debate.form):
                with pytest.raises(WrongState) as refused:
                    attempt(each)
                assert refused.value.what == "round"
            assert room.contents() == before
        debate.advance()
    assert set(spoke.values()) == {1}
    assert len(spoke) == 12
    assert not debate.place(people[0]).listens, "nobody is told to listen while all vote"


def test_latecomer_argues_in_the_next_round(room: Classroom) -> None:
    debate = debate_in(room, format=Format.FISHBOWL)
    debate.join(*students(6))
    debate.advance()
    first, second, _ = rounds_of(debate)
    assert debate.debate.course.position == first
    debate.join(ANNA)
    assert debate.place(ANNA).listens
    assert me(debate, ANNA).speaks_in == second
    debate.advance()
    assert debate.argue(ANNA).number == 1
    debate.advance()
    debate.join(BEN)
    last = debate.debate.course.position
    assert (me(debate, BEN).speaks_in, debate.place(BEN).listens) == (last, False), (
        "there is no round to come"
    )
    assert debate.argue(BEN).number == 2


def test_round_that_nobody_is_left_for_is_everybodys(room: Classroom) -> None:
    debate = debate_in(room, format=Format.FISHBOWL)
    people = students(4)
    debate.join(*people)
    debate.advance()
    last = rounds_of(debate)[-1]
    assert all(each.speaks_in != last for each in debate.debaters), "two a side fill two of three rounds"
    first_speakers = [each for each in people if not debate.place(each).listens]
    for each in first_speakers:
        debate.leave(each)
    others = [each for each in people if each not in first_speakers]
    assert debate.argue(others[0]).number == 1, "the others go on"
    debate.join(first_speakers[0])
    assert debate.place(others[0]).listens, "who comes back has their turn again"
    while debate.debate.course.position < last:
        debate.advance()
    assert [debate.place(each).listens for each in people if each != first_speakers[1]] == [False] * 3


def shown_speakers(debate: DebateClass) -> set[UserId]:
    """Whom the message of the present stage names."""
    board = stage_board(debate.room.db, stage_id=debate.stages[-1].stage_id)
    assert board is not None
    return set(board.speakers)


def test_message_of_a_round_names_those_who_argue_in_it(room: Classroom) -> None:
    debate = debate_in(room, format=Format.FISHBOWL)
    people = students(7)
    debate.join(*people)
    debate.advance()
    first = debate.stages[-1].stage_id
    for _ in rounds_of(debate):
        speakers = {each for each in people if not debate.place(each).listens}
        assert shown_speakers(debate) == speakers
        room.publish()
        one = min(speakers)
        for change, named in ((debate.leave, speakers - {one}), (debate.join, speakers)):
            change(one)
            assert to_show(room, BoardKind.STAGE) == [debate.stages[-1].stage_id], "it is drawn anew"
            assert shown_speakers(debate) == named
            room.publish()
        if debate.debate.course.position == rounds_of(debate)[-1]:
            debate.join(BEN)
            assert shown_speakers(debate) == speakers | {BEN}, "one who comes late argues in the last round"
        debate.advance()
    assert shown_speakers(debate) == set()
    past = stage_board(room.db, stage_id=first)
    assert past is not None
    assert past.speakers == ()


# The gate


def gate(room: Classroom, debate: DebateClass, user_id: UserId) -> OwnQuestion:
    shown = room.do(
        enter_gate,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        rng=random.Random(2),
        at=room.now,
    )
    assert isinstance(shown, OwnQuestion)
    return shown


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[Classroom]:
    """A class whose claim has two questions on its topic."""
    tagged = [
        item.model_copy(update={"tags": ("lists",)})
        for item in (choice("river"), true_false("lake"), claim("lists"))
    ]
    room = Classroom(tmp_path / "gated.db", question_set(*tagged, choice("elsewhere")))
    yield room
    room.close()


@pytest.mark.parametrize("mode", SideMode)
@pytest.mark.parametrize("format", [Format.OXFORD, Format.FISHBOWL])
def test_all_who_wait_at_the_gate_can_be_given_sides_at_once(
    gated: Classroom, mode: SideMode, format: Format
) -> None:
    debate = debate_in(gated, format=format, options=DebateOptions(gate=2, sides=mode))
    people = students(6)
    debate.join(*people)
    with pytest.raises(WrongState):
        gated.do(let_through_gate, guild_id=GUILD, debate_id=debate.debate_id)
    debate.leave(people[5])
    debate.advance()
    assert set(counts(debate).values()) == {0}
    gated.do(let_through_gate, guild_id=GUILD, debate_id=debate.debate_id)
    if mode is not SideMode.OPPOSITE:
        assert sorted(counts(debate).values()) == [2, 3]
    assert [each.user_id for each in debate.debaters if each.side is None] == [people[5]]
    if format is Format.FISHBOWL:
        assert {each.speaks_in for each in debate.debaters if each.side} <= set(debate.debate.rounds)
    before = gated.contents()
    gated.do(let_through_gate, guild_id=GUILD, debate_id=debate.debate_id)
    assert gated.contents() == before
    debate.join(ANNA)
    assert me(debate, ANNA).side is None, "who comes later tries the questions"


def test_who_ended_the_questions_half_way_can_begin_them_anew(gated: Classroom) -> None:
    room = gated
    debate = debate_in(room, options=DebateOptions(gate=2))
    debate.join(ANNA)
    shown = gate(room, debate, ANNA)
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=shown.run.run_id, at=room.now)
    again = gate(room, debate, ANNA)
    assert again.run.run_id != shown.run.run_id
    assert gate(room, debate, ANNA).run.run_id == again.run.run_id, "a run that goes on is gone on with"


def test_who_is_not_through_the_gate_is_given_no_side_and_is_told_why(gated: Classroom) -> None:
    room = gated
    debate = debate_in(room, options=DebateOptions(gate=2))
    debate.join(ANNA, BEN)
    try_all(room, gate(room, debate, ANNA), ANNA)
    debate.advance()
    assert me(debate, ANNA).side is not None
    with pytest.raises(WrongState) as refused:
        debate.argue(BEN)
    assert (refused.value.what, refused.value.state) == ("side", "not given to you yet")
    assert debate.place(BEN).argues is None
    try_all(room, gate(room, debate, BEN), BEN)
    place = room.do(look_at_place, guild_id=GUILD, debate_id=debate.debate_id, user_id=BEN)
    assert {place.argues, me(debate, ANNA).side} == set(Side)


def try_all(room: Classroom, shown: OwnQuestion, user_id: UserId) -> None:
    """Try every question of the gate, wrongly: trying is what counts."""
    about = {"guild_id": GUILD, "user_id": user_id}
    step: OwnStep = shown
    while isinstance(step, OwnQuestion):
        round_id = step.asked.round_id
        answered = {"answer": 0, "interaction_id": room.click()}
        room.do(answer_own, **about, round_id=round_id, **answered, at=room.now)
        room.do(show_feedback, **about, round_id=round_id, at=room.now)
        step = next_step(room.db, **about, run_id=shown.run.run_id, at=room.now)
    assert isinstance(step, OwnResult)


# Stances before


def test_stance_before_can_change_while_people_join_and_no_longer(room: Classroom) -> None:
    debate = debate_in(room)
    debate.stand(ANNA, 3)
    debate.stand(ANNA, -1)
    debate.advance()
    room.later(seconds=120)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        debate.stand(ANNA, 2)
    assert refused.value.what == "stance before"
    assert room.contents() == before
    stance = debate.place(ANNA).before
    assert stance is not None
    assert stance.standing is Standing.AGAINST
    assert room.rows("SELECT value FROM stance ORDER BY stance_id") == [(3,), (-1,)], "history is kept"


def test_latecomer_gives_the_stance_before_once_until_all_vote(room: Classroom) -> None:
    debate = debate_in(room)
    debate.go_to(Stage.CLOSING)
    room.later(seconds=1)
    click = room.click()
    assert debate.stand(ANNA, 1, interaction_id=click).just_joined
    assert debate.stand(ANNA, 1, interaction_id=click).before == debate.place(ANNA).before, "delivered again"
    slipped = debate.stand(ANNA, -2)
    assert (slipped.heard, slipped.late) == (True, True), "a thumb slips"
    room.later(seconds=120)
    with pytest.raises(WrongState):
        debate.stand(ANNA, 2)
    debate.advance()
    with pytest.raises(WrongState):
        debate.stand(BEN, 1)


def test_without_joining_the_stance_before_can_change_until_somebody_argues(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    debate.stand(ANNA, 3)
    room.later(seconds=180)
    assert not debate.stand(ANNA, 1).heard
    debate.argue(BEN, side="for")
    room.later(seconds=1)
    with pytest.raises(WrongState):
        debate.stand(ANNA, -3)
    for value in (1, -1):
        place = debate.stand(CEM, value)
        assert (place.heard, place.late) == (True, True)
    own_alone = debate.stand(BEN, 2)
    assert (own_alone.heard, own_alone.late) == (True, False), "nobody else has argued"
    room.later(seconds=120)
    with pytest.raises(WrongState):
        debate.stand(CEM, 2)


@pytest.mark.parametrize("format", [Format.OPEN, Format.OXFORD])
def test_stance_before_that_was_in_time_is_not_late_when_it_is_corrected(
    room: Classroom, format: Format
) -> None:
    debate = debate_in(room, format=format)
    debate.stand(ANNA, 3)
    debate.join(BEN)
    if debate.debate.has_joining:
        debate.advance()
    debate.argue(BEN, side="for")
    room.later(seconds=60)
    corrected = debate.stand(ANNA, 1)
    assert (corrected.heard, corrected.late) == (True, False)


def test_without_joining_the_stance_before_is_settled_when_all_vote(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    debate.stand(ANNA, 3)
    debate.stand(ANNA, 1)
    debate.advance()
    with pytest.raises(WrongState):
        debate.stand(ANNA, 3)


def test_stance_after_is_asked_for_at_the_end_and_can_change_until_it_closes(room: Classroom) -> None:
    debate = debate_in(room)
    while debate.debate.stage is not Stage.VOTING:
        with pytest.raises(WrongState) as refused:
            debate.stand(ANNA, 1, phase=Phase.AFTER)
        assert refused.value.what == "stance after"
        debate.advance()
    debate.stand(ANNA, 1, phase=Phase.AFTER)
    place = debate.stand(ANNA, -2, phase=Phase.AFTER)
    assert place.after is not None
    assert place.after.value == -2


# Withdrawing within a quota


def test_withdrawn_argument_is_not_counted_and_cannot_come_back_beyond_the_quota(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(quota=1))
    debate.join(ANNA)
    debate.advance()
    first = debate.argue(ANNA)
    about = {"guild_id": GUILD, "argument_id": first.argument_id, "user_id": ANNA}
    room.do(withdraw_argument, **about, withdrawn=True, at=room.now)
    second = debate.argue(ANNA)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        room.do(withdraw_argument, **about, withdrawn=False, at=room.now)
    assert refused.value.state == "used up"
    assert room.contents() == before
    room.do(
        withdraw_argument,
        guild_id=GUILD,
        argument_id=second.argument_id,
        user_id=ANNA,
        withdrawn=True,
        at=room.now,
    )
    room.do(withdraw_argument, **about, withdrawn=False, at=room.now)
    assert own_argument(room.db, **about).argument.stands


def test_putting_back_what_stands_already_changes_nothing(room: Classroom) -> None:
    debate = debate_in(room, options=DebateOptions(quota=1))
    debate.join(ANNA)
    debate.advance()
    first = debate.argue(ANNA)
    before = room.contents()
    room.do(
        withdraw_argument,
        guild_id=GUILD,
        argument_id=first.argument_id,
        user_id=ANNA,
        withdrawn=False,
        at=room.now,
    )
    assert room.contents() == before


# Being named


def test_nobody_is_named_who_does_not_say_so(room: Classroom) -> None:
    debate = debate_in(room)
    debate.join(ANNA)
    assert not me(debate, ANNA).named
    about = {"guild_id": GUILD, "debate_id": debate.debate_id}
    room.do(let_name, **about, user_id=ANNA, named=True)
    assert me(debate, ANNA).named
    room.do(let_name, **about, user_id=ANNA, named=False)
    assert not me(debate, ANNA).named
    with pytest.raises(NotFound):
        room.do(let_name, **about, user_id=HOST, named=True)
