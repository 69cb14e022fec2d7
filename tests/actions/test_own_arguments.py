"""One's own arguments: changing one with its history kept, withdrawing it, putting it back; the map that follows."""

from dataclasses import replace

import pytest

from bot.actions.boards import BoardKind
from bot.actions.debate_reports import MapBoard, argument_board, debate_map
from bot.actions.own_arguments import own_arguments
from bot.debate.argument import Relation
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.errors import Invalid, NotAllowed, NotFound, WrongState
from bot.ids import ArgumentId
from tests.classroom import ANNA, CEM, GUILD, OTHER_GUILD, Classroom
from tests.debate_class import DebateClass, debate_in
from tests.debate_deeds import answer, own, revise, to_show, two_sides, withdraw


def on_map(debate: DebateClass) -> MapBoard:
    found = debate_map(debate.room.db, debate_id=debate.debate_id)
    assert found is not None
    return found


def placed(debate: DebateClass, side: Side) -> list[tuple[int, int]]:
    return [(each.argument.number, each.depth) for each in on_map(debate).trees[side]]


# Changing


def test_each_change_keeps_what_was_said_before(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for, "First.")
    moments = [room.later(60), room.later(60)]
    room.now = moments[0]
    revise(debate, given, "Second.")
    room.now = moments[1]
    changed = revise(debate, given, "Third.")
    assert changed.argument.text.claim == "Third."
    assert (changed.argument.edited_at, changed.argument.at) == (moments[1], given.at)
    assert [(text.claim, until) for text, until in changed.versions] == [
        ("First.", moments[0]),
        ("Second.", moments[1]),
    ]
    assert (changed.argument.number, changed.argument.side) == (given.number, given.side)
    room.reopen()
    assert own(debate, given) == changed


def test_same_interaction_twice_is_one_change(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for, "First.")
    click = room.click()
    revise(debate, given, "Second.", interaction_id=click)
    before = room.contents()
    revise(debate, given, "Second.", interaction_id=click)
    assert room.contents() == before
    revise(debate, given, "Third.")
    revise(debate, given, "Second.", interaction_id=click)
    assert own(debate, given).argument.text.claim == "Third.", "an old form that comes again undoes nothing"
    assert len(own(debate, given).versions) == 2


def test_same_text_is_no_change(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for, "First.")
    before = room.contents()
    assert revise(debate, given, "  First. ").argument.edited_at is None
    assert room.contents() == before


def test_change_is_shown_where_it_stands_and_where_it_is_quoted(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    given = debate.argue(on_for, "First.")
    reply = answer(debate, on_against, given)
    debate.argue(on_for, "Another.")
    room.publish()
    revise(debate, given, "Second.")
    assert to_show(room, BoardKind.ARGUMENT) == [given.argument_id, reply.argument_id]
    assert to_show(room, BoardKind.MAP) == [debate.debate_id]
    shown = argument_board(room.db, argument_id=reply.argument_id)
    assert shown is not None
    assert shown.parent is not None
    assert shown.parent.text.claim == "Second."


def test_what_cannot_stand_changes_nothing(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for)
    before = room.contents()
    for claim in ("", " \u200b ", "x" * 301):
        with pytest.raises(Invalid) as refused:
            revise(debate, given, claim)
        assert refused.value.what == "claim"
    assert room.contents() == before


# Withdrawing


def test_withdrawn_argument_keeps_its_number_its_answers_and_its_text_for_its_author(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    given = debate.argue(on_for, "First.")
    reply = answer(debate, on_against, given)
    room.publish()
    gone = withdraw(debate, given)
    assert not gone.argument.stands
    assert (gone.argument.withdrawn_at, gone.argument.text, gone.answers) == (room.now, given.text, 1)
    assert to_show(room, BoardKind.ARGUMENT) == [given.argument_id, reply.argument_id]
    assert placed(debate, Side.FOR) == [(1, 0), (2, 1)]
    assert debate.argue(on_for).number == 3
    back = withdraw(debate, given, withdrawn=False)
    assert back.argument == given
    assert [
        each.argument.number
        for each in own_arguments(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_for)
    ] == [1, 3]


def test_all_of_ones_own_say_what_each_says_by_itself(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    first, second, third = (debate.argue(on_for) for _ in range(3))
    revise(debate, first, "Said anew.")
    revise(debate, first, "Said once more.")
    revise(debate, third, "This too.")
    theirs = [
        answer(debate, on_against, first),
        answer(debate, on_against, first),
        answer(debate, on_against, third),
    ]
    revise(debate, theirs[0], "Theirs, anew.")
    everything = own_arguments(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=on_for)
    assert everything == [own(debate, each) for each in (first, second, third)]
    assert [(each.answers, len(each.versions)) for each in everything] == [(2, 2), (0, 0), (1, 1)]


def test_withdrawing_twice_is_once(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for)
    withdraw(debate, given)
    before = room.contents()
    room.later(30)
    withdraw(debate, given)
    assert room.contents() == before
    withdraw(debate, given, withdrawn=False)
    before = room.contents()
    withdraw(debate, given, withdrawn=False)
    assert room.contents() == before


def test_map_from_which_everything_is_withdrawn_is_shown_empty(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for)
    room.publish()
    withdraw(debate, given)
    assert to_show(room, BoardKind.MAP) == [debate.debate_id], "else its text would stay on show"
    assert (placed(debate, Side.FOR), on_map(debate).unchallenged) == ([], ())


def test_map_names_what_nobody_answers(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    first, second = debate.argue(on_for), debate.argue(on_for)
    reply = answer(debate, on_against, first)
    answer(debate, on_for, second, Relation.SUPPORTS)
    assert [each.number for each in on_map(debate).unchallenged] == [2, 3]
    withdraw(debate, reply)
    assert [each.number for each in on_map(debate).unchallenged] == [1, 2]


# While somebody answers it


def test_parent_that_is_withdrawn_while_its_answer_is_written(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    given = debate.argue(on_for)
    assert debate.form(on_against, answers="1").side is Side.AGAINST
    withdraw(debate, given)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        answer(debate, on_against, given)
    assert (refused.value.what, refused.value.state) == ("argument", "withdrawn")
    with pytest.raises(WrongState):
        debate.form(on_against, answers="1")
    assert room.contents() == before
    withdraw(debate, given, withdrawn=False)
    assert answer(debate, on_against, given).parent_number == 1


def test_sides_that_switch_while_somebody_writes_turn_no_argument_round(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room, Stage.OPENING, format=Format.SWITCH)
    first = debate.argue(on_for)
    form = debate.form(on_for)
    assert form.side is Side.FOR
    debate.go_to(Stage.SWITCHED)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        answer(debate, on_for, first, written_for=form.side)
    assert (refused.value.what, refused.value.state) == ("side that you argue", "against the motion by now")
    assert room.contents() == before
    assert answer(debate, on_for, first, written_for=Side.AGAINST).side is Side.AGAINST


# Whose, and when


def test_nobody_else_changes_or_withdraws_it(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    given = debate.argue(on_for)
    before = room.contents()
    for stranger in (on_against, CEM):
        with pytest.raises(NotAllowed):
            revise(debate, given, "Mine now.", user_id=stranger)
        with pytest.raises(NotAllowed):
            withdraw(debate, given, user_id=stranger)
        found = own_arguments(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=stranger)
        assert found == []
    assert room.contents() == before


@pytest.mark.parametrize("how", ["close", "cancel", "pause"])
def test_nothing_changes_in_a_debate_that_does_not_go_on(room: Classroom, how: str) -> None:
    debate, on_for, _ = two_sides(room)
    given, gone = debate.argue(on_for, "First."), debate.argue(on_for, "Second.")
    withdraw(debate, gone)
    getattr(debate, how)()
    before = room.contents()
    for attempt in (
        lambda: revise(debate, given, "Later."),
        lambda: withdraw(debate, gone, withdrawn=False),
    ):
        with pytest.raises(WrongState):
            attempt()
    assert room.contents() == before
    assert not own(debate, given).may_change
    assert not withdraw(debate, given).argument.stands, "what one regrets can be taken back at any time"


def test_argument_can_be_changed_until_the_close(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for)
    debate.go_to(Stage.VOTING)
    assert revise(debate, given, "On reflection.").argument.text.claim == "On reflection."
    assert not withdraw(debate, given).argument.stands


def test_quota_holds_for_what_is_put_back(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room, options=DebateOptions(quota=1))
    first = debate.argue(on_for)
    withdraw(debate, first)
    second = debate.argue(on_for)
    with pytest.raises(WrongState) as refused:
        withdraw(debate, first, withdrawn=False)
    assert "quota" in refused.value.what
    withdraw(debate, second)
    assert withdraw(debate, first, withdrawn=False).argument.stands


def test_other_server_finds_nothing(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room)
    given = debate.argue(on_for)
    with pytest.raises(NotFound):
        own_arguments(room.db, guild_id=OTHER_GUILD, debate_id=debate.debate_id, user_id=on_for)
    with pytest.raises(NotFound):
        own(debate, replace(given, argument_id=ArgumentId(given.argument_id + 1)))


def test_one_who_never_wrote_has_an_empty_list(room: Classroom) -> None:
    debate = debate_in(room)
    assert own_arguments(room.db, guild_id=GUILD, debate_id=debate.debate_id, user_id=ANNA) == []
