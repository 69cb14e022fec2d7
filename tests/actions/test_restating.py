"""Restating an argument before answering it: fair, not yet, silence, tries; and who is not asked to."""

from datetime import timedelta

import pytest

from bot.actions.arguing import RestateFirst, begin_argument
from bot.actions.boards import BoardKind
from bot.actions.restating import Restated, judge, restate
from bot.debate.argument import Relation
from bot.debate.debate import Argument
from bot.debate.formats import Format, Stage
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.debate.steelman import LONGEST_RESTATEMENT, Fairness
from bot.errors import Invalid, NotAllowed, NotFound, WrongState
from bot.ids import InteractionId, UserId
from tests.classroom import CEM, GUILD, OTHER_GUILD, Classroom
from tests.debate_class import LENGTH, DebateClass, debate_in
from tests.debate_deeds import answer, to_show, two_sides, withdraw
from tests.written import BLANK, CLEAN, DIRTY

STEELMAN = DebateOptions(steelman=True)
FAIR, NOT_YET = Fairness.FAIR, Fairness.NOT_YET


def begin(debate: DebateClass, user_id: UserId, parent: Argument) -> RestateFirst | None:
    """Press the button to answer an argument; None where the form for the answer comes up."""
    begun = debate.room.do(
        begin_argument,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        answers=str(parent.number),
        at=debate.room.now,
    )
    return begun if isinstance(begun, RestateFirst) else None


def say(
    debate: DebateClass,
    user_id: UserId,
    parent: Argument,
    text: str = "Lists help those who follow rules.",
    *,
    interaction_id: InteractionId | None = None,
) -> Restated:
    return debate.room.do(
        restate,
        guild_id=GUILD,
        argument_id=parent.argument_id,
        user_id=user_id,
        text=text,
        interaction_id=interaction_id or debate.room.click(),
        at=debate.room.now,
    )


def word(
    debate: DebateClass, made: Restated, fairness: Fairness, *, user_id: UserId | None = None
) -> Restated:
    return debate.room.do(
        judge,
        guild_id=GUILD,
        restatement_id=made.restatement.restatement_id,
        user_id=user_id or made.argument.user_id,
        fairness=fairness,
        at=debate.room.now,
    )


def refused(debate: DebateClass, user_id: UserId, parent: Argument) -> None:
    """No answer is taken yet."""
    before = debate.room.contents()
    with pytest.raises(WrongState) as error:
        answer(debate, user_id, parent)
    assert error.value.state == "to be restated first"
    assert debate.room.contents() == before


def test_fair_restatement_opens_the_way_to_the_answer(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    room.publish()
    first = begin(debate, on_against, given)
    assert first is not None
    assert (first.argument, first.tries, first.free_at) == (given, 0, None)
    refused(debate, on_against, given)
    made = say(debate, on_against, given, "  Lists\nhelp. ")
    assert (made.restatement.text, made.restatement.fairness) == ("Lists help.", None)
    assert to_show(room, BoardKind.RESTATEMENT) == [made.restatement.restatement_id]
    refused(debate, on_against, given)
    room.publish()
    assert word(debate, made, FAIR).restatement.fairness is FAIR
    assert to_show(room, BoardKind.RESTATEMENT) == [made.restatement.restatement_id]
    assert begin(debate, on_against, given) is None
    assert answer(debate, on_against, given).relation is Relation.ATTACKS


def test_not_yet_asks_for_other_words(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    word(debate, say(debate, on_against, given), NOT_YET)
    room.later(3_600)
    refused(debate, on_against, given)
    again = begin(debate, on_against, given)
    assert again is not None
    assert (again.tries, again.free_at) == (1, None)
    word(debate, say(debate, on_against, given, "Lists show rules."), FAIR)
    assert answer(debate, on_against, given).parent_number == given.number


def test_silence_of_a_quarter_of_the_stage_is_enough(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    say(debate, on_against, given)
    free_at = room.now + LENGTH / 4
    room.later(100)
    waiting = begin(debate, on_against, given)
    assert waiting is not None
    assert (waiting.tries, waiting.free_at) == (1, free_at)
    say(debate, on_against, given, "Or so.")
    room.now = free_at - timedelta(seconds=1)
    refused(debate, on_against, given)
    room.now = free_at
    assert begin(debate, on_against, given) is None
    assert answer(debate, on_against, given).number == 2


def test_author_who_never_agrees_keeps_nobody_away(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    for _ in range(3):
        refused(debate, on_against, given)
        word(debate, say(debate, on_against, given), NOT_YET)
    assert answer(debate, on_against, given).number == 2


def test_nobody_restates_an_argument_more_than_three_times(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given, other = debate.argue(on_for), debate.argue(on_for)
    for number in range(3):
        refused(debate, on_against, given)
        say(debate, on_against, given, f"Try {number}.")
    before = room.contents()
    with pytest.raises(WrongState) as error:
        say(debate, on_against, given, "Once more.")
    assert error.value.state == "restated 3 times by you"
    assert room.contents() == before
    assert begin(debate, on_against, given) is None
    assert answer(debate, on_against, given).number == 3
    say(debate, on_against, other)


def test_restatement_of_one_opens_nothing_for_another(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    debate.join(CEM, *(UserId(600 + number) for number in range(2)))
    third = next(who for who, side in debate.sides().items() if side is Side.AGAINST and who != on_against)
    first, second = debate.argue(on_for), debate.argue(on_for)
    word(debate, say(debate, on_against, first), FAIR)
    refused(debate, on_against, second)
    refused(debate, third, first)


# Who is not asked to


def test_support_and_ones_own_side_need_none(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    assert answer(debate, on_for, given, Relation.UNDERCUTS).number == 2
    assert answer(debate, on_against, given, Relation.SUPPORTS).number == 3
    refused(debate, on_against, given)


def test_own_argument_needs_none_when_sides_have_switched(room: Classroom) -> None:
    """Whoever argued for now argues against, and may well answer what they said before."""
    debate, on_for, on_against = two_sides(room, Stage.OPENING, format=Format.SWITCH, options=STEELMAN)
    mine, theirs = debate.argue(on_for), debate.argue(on_against)
    debate.go_to(Stage.SWITCHED)
    assert begin(debate, on_for, mine) is None
    assert answer(debate, on_for, mine).relation is Relation.ATTACKS
    assert begin(debate, on_for, theirs) is None, "it is one's own side's by now"


def test_without_sides_whoever_may_attack_restates_first(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN, options=STEELMAN)
    given = debate.argue(CEM, side="for")
    other = UserId(601)
    refused(debate, other, given)
    debate.join(other)
    assert begin(debate, other, given) is not None, "the button that the refusal names does open the way"
    word(debate, say(debate, other, given), FAIR)
    assert begin(debate, other, given) is None
    assert answer(debate, other, given).number == 2
    assert begin(debate, CEM, given) is None


def test_without_the_option_nobody_restates(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room)
    given = debate.argue(on_for)
    assert begin(debate, on_against, given) is None
    assert answer(debate, on_against, given).number == 2


# What is refused


def test_own_argument_cannot_be_restated(room: Classroom) -> None:
    debate, on_for, _ = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    before = room.contents()
    with pytest.raises(NotAllowed):
        say(debate, on_for, given)
    assert room.contents() == before


def test_argument_that_is_withdrawn_meanwhile(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    made = say(debate, on_against, given)
    withdraw(debate, given)
    before = room.contents()
    with pytest.raises(WrongState) as error:
        say(debate, on_against, given)
    assert (error.value.what, error.value.state) == ("argument", "withdrawn")
    with pytest.raises(WrongState):
        begin(debate, on_against, given)
    assert room.contents() == before
    withdraw(debate, given, withdrawn=False)
    word(debate, made, FAIR)
    assert answer(debate, on_against, given).number == 2


@pytest.mark.parametrize("text", ["", *BLANK, "x" * (LONGEST_RESTATEMENT + 1)])
def test_empty_or_endless_words_are_refused(room: Classroom, text: str) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    before = room.contents()
    with pytest.raises(Invalid):
        say(debate, on_against, given, text)
    assert room.contents() == before


def test_words_are_cleaned(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    made = say(debate, on_against, debate.argue(on_for), DIRTY)
    assert made.restatement.text == CLEAN.replace("\n", " ")


@pytest.mark.parametrize("how", ["close", "pause", "vote"])
def test_stage_that_ends_meanwhile_takes_no_restatement(room: Classroom, how: str) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    if how == "vote":
        debate.go_to(Stage.VOTING)
    else:
        getattr(debate, how)()
    before = room.contents()
    with pytest.raises(WrongState):
        say(debate, on_against, given)
    assert room.contents() == before


def test_only_its_author_says_whether_it_is_fair_and_once(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    made = say(debate, on_against, given)
    before = room.contents()
    for stranger in (on_against, CEM):
        with pytest.raises(NotAllowed):
            word(debate, made, FAIR, user_id=stranger)
    assert room.contents() == before
    word(debate, made, NOT_YET)
    before = room.contents()
    room.later(9)
    assert word(debate, made, FAIR).restatement.fairness is NOT_YET, "the first word stays"
    assert room.contents() == before


def test_same_interaction_twice_is_one_restatement(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    given = debate.argue(on_for)
    click = room.click()
    made = say(debate, on_against, given, interaction_id=click)
    before = room.contents()
    assert say(debate, on_against, given, "Other words.", interaction_id=click) == made
    assert room.contents() == before


def test_other_server_finds_no_restatement(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, options=STEELMAN)
    made = say(debate, on_against, debate.argue(on_for))
    with pytest.raises(NotFound):
        room.do(
            judge,
            guild_id=OTHER_GUILD,
            restatement_id=made.restatement.restatement_id,
            user_id=on_for,
            fairness=FAIR,
            at=room.now,
        )
    with pytest.raises(NotFound):
        room.do(
            restate,
            guild_id=OTHER_GUILD,
            argument_id=made.argument.argument_id,
            user_id=on_against,
            text="So.",
            interaction_id=room.click(),
            at=room.now,
        )
