"""Openings that are hidden while people write theirs: who sees what when, and what comes up at the end."""

import pytest

from bot.actions.boards import BoardKind
from bot.actions.debate_reports import debate_map
from bot.actions.showing_arguments import openings, visible_arguments
from bot.debate.debate import Argument
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.errors import NotAllowed, WrongState
from bot.ids import UserId
from tests.classroom import ANNA, BEN, CEM, GUILD, Classroom
from tests.debate_class import DebateClass
from tests.debate_deeds import answer, own, revise, to_show, two_sides, withdraw

HIDDEN = DebateOptions(hide_openings=True)


@pytest.fixture
def debate(room: Classroom) -> DebateClass:
    """A debate at its openings, which are hidden, with two people in it."""
    made, _, _ = two_sides(room, Stage.OPENING, options=HIDDEN)
    room.publish()
    return made


def seen(debate: DebateClass, user_id: UserId) -> list[int]:
    room = debate.room
    found = room.do(openings, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id, at=room.now)
    return [each.number for each in found]


def public(debate: DebateClass) -> list[int]:
    return [each.number for each in visible_arguments(debate.room.db, debate.debate)]


def mapped(debate: DebateClass) -> list[int]:
    board = debate_map(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    shown: list[Argument] = [each.argument for side in Side for each in board.trees[side]]
    assert {each.number for each in board.unchallenged} <= {each.number for each in shown}
    return sorted(each.number for each in shown)


def test_nobody_sees_openings_before_their_own_is_in(debate: DebateClass) -> None:
    debate.argue(ANNA)
    assert (public(debate), mapped(debate)) == ([], [])
    assert to_show(debate.room, BoardKind.ARGUMENT) == []
    assert to_show(debate.room, BoardKind.MAP) == []
    assert seen(debate, ANNA) == [1]
    for who in (BEN, CEM):
        with pytest.raises(NotAllowed) as refused:
            seen(debate, who)
        assert refused.value.who == "those who have added an opening of their own"
    debate.argue(BEN)
    assert seen(debate, BEN) == seen(debate, ANNA) == [1, 2]


def test_one_whose_opening_is_withdrawn_sees_no_others(debate: DebateClass) -> None:
    debate.argue(ANNA)
    mine = debate.argue(BEN)
    withdraw(debate, mine)
    with pytest.raises(NotAllowed):
        seen(debate, BEN)
    assert seen(debate, ANNA) == [1]


def test_whoever_has_seen_the_others_adds_and_changes_none_of_their_own(debate: DebateClass) -> None:
    mine = debate.argue(ANNA, "Anything.")
    assert seen(debate, ANNA) == [1]
    room = debate.room
    room.reopen()
    for attempt in (
        lambda: debate.argue(ANNA, "Better informed."),
        lambda: debate.form(ANNA),
        lambda: revise(debate, mine, "Better informed."),
    ):
        with pytest.raises(WrongState) as refused:
            attempt()
        assert refused.value.state == "complete since you have seen those of others"
    assert not withdraw(debate, mine).argument.stands, "that is always possible"
    with pytest.raises(WrongState):
        debate.argue(ANNA, "Better informed.")
    assert debate.argue(BEN).number == 2, "nobody else is held up"
    debate.advance()
    assert debate.argue(ANNA, "An answer.").number == 3


def test_cancelled_debate_keeps_hidden_openings_hidden(debate: DebateClass) -> None:
    debate.argue(ANNA)
    debate.cancel()
    assert to_show(debate.room, BoardKind.ARGUMENT) == to_show(debate.room, BoardKind.MAP) == []


@pytest.mark.parametrize("how", ["advance", "run_out", "close"])
def test_openings_come_up_at_the_end_of_the_stage(debate: DebateClass, how: str) -> None:
    first = debate.argue(ANNA)
    second = debate.argue(BEN)
    gone = debate.argue(BEN)
    withdraw(debate, gone)
    getattr(debate, how)()
    assert to_show(debate.room, BoardKind.ARGUMENT) == [first.argument_id, second.argument_id]
    assert to_show(debate.room, BoardKind.MAP) == [debate.debate_id]
    assert (public(debate), mapped(debate)) == ([1, 2], [1, 2])
    with pytest.raises(NotAllowed):
        seen(debate, ANNA)


def test_openings_stay_hidden_over_a_pause_and_a_restart(debate: DebateClass) -> None:
    debate.argue(ANNA)
    debate.pause()
    debate.room.reopen()
    debate.resume()
    assert (public(debate), to_show(debate.room, BoardKind.ARGUMENT)) == ([], [])


def test_change_to_a_hidden_opening_shows_nothing(debate: DebateClass) -> None:
    given = debate.argue(ANNA, "First.")
    debate.room.publish()
    revise(debate, given, "Second.")
    withdraw(debate, given)
    withdraw(debate, given, withdrawn=False)
    assert to_show(debate.room, BoardKind.ARGUMENT) == to_show(debate.room, BoardKind.MAP) == []
    debate.advance()
    assert to_show(debate.room, BoardKind.ARGUMENT) == [given.argument_id]
    assert own(debate, given).argument.text.claim == "Second."


def test_opening_that_was_withdrawn_while_hidden_comes_up_when_it_is_put_back(debate: DebateClass) -> None:
    given = debate.argue(ANNA)
    withdraw(debate, given)
    debate.advance()
    assert to_show(debate.room, BoardKind.ARGUMENT) == to_show(debate.room, BoardKind.MAP) == []
    debate.room.publish()
    withdraw(debate, given, withdrawn=False)
    assert to_show(debate.room, BoardKind.ARGUMENT) == [given.argument_id]
    assert to_show(debate.room, BoardKind.MAP) == [debate.debate_id]
    debate.room.publish()
    withdraw(debate, given)
    withdraw(debate, given, withdrawn=False)
    assert to_show(debate.room, BoardKind.ARGUMENT) == [given.argument_id], "and it is not posted twice"


def test_stage_without_an_opening_leaves_no_map(debate: DebateClass) -> None:
    debate.advance()
    assert to_show(debate.room, BoardKind.MAP) == []
    assert mapped(debate) == []


def test_what_comes_after_the_openings_is_not_hidden(debate: DebateClass) -> None:
    given = debate.argue(ANNA)
    debate.advance()
    debate.room.publish()
    reply = answer(debate, BEN, given)
    assert to_show(debate.room, BoardKind.ARGUMENT) == [reply.argument_id]
    assert public(debate) == [1, 2]


def test_openings_of_a_switch_are_hidden_and_the_switched_ones_not(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, Stage.OPENING, format=Format.SWITCH, options=HIDDEN)
    debate.argue(on_for)
    assert public(debate) == []
    debate.go_to(Stage.SWITCHED)
    debate.argue(on_against)
    assert public(debate) == [1, 2]


def test_without_the_option_openings_come_up_at_once(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, Stage.OPENING)
    room.publish()
    given = debate.argue(on_for)
    assert to_show(room, BoardKind.ARGUMENT) == [given.argument_id]
    assert public(debate) == [1]
    with pytest.raises(NotAllowed):
        seen(debate, on_against)
