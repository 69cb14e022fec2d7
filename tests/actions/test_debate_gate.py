"""The knowledge gate: passed by trying, the same questions for all, and what happens when the bank changes."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.actions.debate_gate import enter_gate
from bot.actions.debate_joining import look_at_place
from bot.actions.debate_planning import DebatePlan, plan_debate
from bot.actions.debate_reports import outcome_board
from bot.actions.own_answers import answer_own, show_feedback
from bot.actions.own_runs import OwnQuestion, OwnResult, OwnStep, next_step
from bot.actions.questions import claims_for, publish_bundled
from bot.bank.kinds import Item
from bot.debate.formats import Stage
from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.debate.stance import Phase
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import UserId
from bot.quiz.assignment import Assignment
from bot.quiz.pacing import GRACE
from bot.quiz.run import Round
from bot.store.answers import scores_of_runs
from bot.store.runs import rounds_of
from bot.views.debate_host_cards import preview_card
from bot.views.own_cards import own_result_card
from tests.actions.deciding import applied, dropping, report, subject_of
from tests.actions.homework import AFTER_DUE, assign
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    HOST,
    Classroom,
    choice,
    claim,
    question_set,
    right_answer,
    wrong_answer,
)
from tests.debate_class import DebateClass, debate_in, students
from tests.discord.layouts import texts_of

GATE = DebateOptions(gate=2)
ALL_THREE = DebateOptions(gate=3)
WITHOUT = (
    "**You are through without questions:** none on this topic can be asked at the moment. **My place** below the "
    "motion shows where you stand now."
)


def tagged(item: Item) -> Item:
    return item.model_copy(update={"tags": ("lists",)})


def questions(*keys: str) -> list[Item]:
    return [tagged(choice(key)) for key in keys]


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[Classroom]:
    """A class whose claim has three questions on its topic, a gate's two and one more, and one on another."""
    room = Classroom(
        tmp_path / "gated.db",
        question_set(*questions("lake", "river", "sea"), choice("elsewhere"), tagged(claim("lists"))),
    )
    yield room
    room.close()


def enter(debate: DebateClass, user_id: UserId, *, seed: int = 2) -> OwnStep:
    return debate.room.do(
        enter_gate,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        rng=random.Random(seed),
        at=debate.room.now,
    )


def answer_all(debate: DebateClass, user_id: UserId, *, right: bool, most: int = 9) -> OwnStep:
    """Go through the questions; gives where that led."""
    room, step = debate.room, enter(debate, user_id)
    while isinstance(step, OwnQuestion) and most:
        most -= 1
        about = {"guild_id": GUILD, "user_id": user_id, "round_id": step.asked.round_id}
        given = right_answer(step.asked) if right else wrong_answer(step.asked)
        room.do(answer_own, **about, answer=given, interaction_id=room.click(), at=room.now)
        room.do(show_feedback, **about, at=room.now)
        step = next_step(room.db, guild_id=GUILD, user_id=user_id, run_id=step.run.run_id, at=room.now)
    return step


def result_words(debate: DebateClass, user_id: UserId) -> str:
    """How it went, as somebody reads it who is through."""
    result = enter(debate, user_id)
    assert isinstance(result, OwnResult)
    return texts_of(own_result_card(result, [])).splitlines()[1]


def asked_of(debate: DebateClass, user_id: UserId) -> list[Round]:
    step = enter(debate, user_id, seed=user_id)
    assert not isinstance(step, OwnResult) or step.run.total
    return rounds_of(debate.room.db, step.run.run_id)


def keys(rounds: list[Round]) -> list[str]:
    return [each.item.id for each in rounds]


def drop(debate: DebateClass, asked: Round, user_id: UserId) -> None:
    """The class's instructor drops a question that somebody has reported."""
    room = debate.room
    report(room, asked, user_id)
    applied(room, dropping(room, subject_of(room)))


def side(debate: DebateClass, user_id: UserId) -> Side | None:
    return debate.room.do(look_at_place, guild_id=GUILD, debate_id=debate.debate_id, user_id=user_id).argues


@pytest.mark.parametrize("right", [True, False])
def test_gate_is_passed_by_trying(gated: Classroom, right: bool) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN)
    result = answer_all(debate, ANNA, right=right)
    assert isinstance(result, OwnResult)
    assert (result.right, result.answered) == (2 if right else 0, 2)
    answer_all(debate, BEN, right=right, most=1)
    debate.advance()
    assert debate.sides()[ANNA] is not None
    assert debate.sides()[BEN] is None, "one question of two is not through"
    again = enter(debate, ANNA)
    assert isinstance(again, OwnResult), "whoever is through sees how it went"


def test_all_get_the_same_questions_in_the_same_order(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    people = students(8)
    debate.join(*people)
    asked = [asked_of(debate, user_id) for user_id in people]
    assert len({tuple(keys(rounds)) for rounds in asked}) == 1
    assert set(keys(asked[0])) == {"lake", "river"}, "the closest two, by their ids"
    orders = {tuple(each.option_order for each in rounds) for rounds in asked}
    assert len(orders) > 1, "but the options are shuffled for each"


def test_side_comes_when_the_questions_are_done_after_the_draw(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN, CEM)
    answer_all(debate, ANNA, right=True)
    debate.go_to(Stage.REBUTTAL)
    assert side(debate, BEN) is None
    with pytest.raises(WrongState):
        debate.argue(BEN)
    answer_all(debate, BEN, right=False)
    assert {side(debate, ANNA), side(debate, BEN)} == set(Side)
    assert debate.argue(BEN).side is side(debate, BEN)
    late = UserId(888)
    debate.join(late)
    answer_all(debate, late, right=True)
    assert debate.argue(late).side is not None, "arguing is enough, without another look"


def test_questions_go_on_where_they_were_left(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    answer_all(debate, ANNA, right=True, most=1)
    gated.reopen()
    step = enter(debate, ANNA, seed=77)
    assert isinstance(step, OwnQuestion)
    assert (step.number, step.resumed) == (2, True)


def test_dropped_question_is_replaced_for_those_who_come_later(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN)
    answer_all(debate, ANNA, right=False, most=1)
    first, second = asked_of(debate, ANNA)
    drop(debate, first, ANNA)
    assert keys(asked_of(debate, BEN)) == [second.item.id, "sea"]
    assert isinstance(answer_all(debate, BEN, right=True), OwnResult)
    result = answer_all(debate, ANNA, right=True)
    assert isinstance(result, OwnResult)
    assert (result.right, result.counting) == (1, 1)
    debate.advance()
    assert None not in (debate.sides()[ANNA], debate.sides()[BEN])


def test_gate_whose_questions_were_all_dropped_still_lets_people_through(gated: Classroom) -> None:
    debate = debate_in(gated, options=ALL_THREE)
    debate.join(ANNA, BEN)
    answer_all(debate, ANNA, right=False)
    for each in asked_of(debate, ANNA):
        drop(debate, each, ANNA)
    assert result_words(debate, BEN) == WITHOUT
    assert "though none of these questions does any more" in result_words(debate, ANNA)
    debate.advance()
    assert None not in (debate.sides()[ANNA], debate.sides()[BEN])


# Held back by an assignment


def hold_back(room: Classroom, *items: str) -> Assignment:
    """An assignment that asks everybody these and shows no answers before its due date."""
    return assign(room, items=items, options=AFTER_DUE)


def test_gate_asks_nothing_that_an_open_assignment_holds_back(gated: Classroom) -> None:
    hold_back(gated, "lake")
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    assert set(keys(asked_of(debate, ANNA))) == {"river", "sea"}, "the gate is as long as it was planned"


def test_those_who_come_later_are_asked_something_else_in_place_of_what_is_held_back(
    gated: Classroom,
) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN, CEM)
    first = keys(asked_of(debate, ANNA))
    assignment = hold_back(gated, "lake")
    assert set(keys(asked_of(debate, BEN))) == {"river", "sea"}
    gated.now = assignment.due_at + GRACE
    gated.tick()
    assert keys(asked_of(debate, CEM)) == first, "once it is over, they are as they were"


def test_gate_asks_what_is_left_where_the_bank_has_no_more(gated: Classroom) -> None:
    hold_back(gated, "lake", "sea")
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    assert keys(asked_of(debate, ANNA)) == ["river"]
    result = answer_all(debate, ANNA, right=True)
    assert isinstance(result, OwnResult)
    assert (result.right, result.counting) == (1, 1)
    assert debate.place(ANNA).me is not None
    debate.advance()
    assert debate.sides()[ANNA] is not None


def test_questions_begin_anew_when_all_are_held_back_before_the_first_answer(gated: Classroom) -> None:
    """Passed over they would end as if they had been tried."""
    debate = debate_in(gated, options=DebateOptions(gate=1))
    debate.join(ANNA, BEN)
    begun = enter(debate, ANNA)
    hold_back(gated, *keys(rounds_of(gated.db, begun.run.run_id)))
    debate.advance()
    assert side(debate, ANNA) is None, "the gate has not opened by itself"
    step = enter(debate, ANNA)
    assert isinstance(step, OwnQuestion)
    assert step.run.run_id != begun.run.run_id
    assert answer_all(debate, ANNA, right=False).run.run_id == step.run.run_id
    assert side(debate, ANNA) is not None


def test_what_was_answered_counts_where_the_rest_is_held_back(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    answer_all(debate, ANNA, right=True, most=1)
    hold_back(gated, *{"lake", "river", "sea"} - {asked_of(debate, ANNA)[0].item.id})
    result = enter(debate, ANNA)
    assert isinstance(result, OwnResult)
    assert (result.right, result.counting) == (1, 1)
    debate.advance()
    assert debate.sides()[ANNA] is not None


def test_gate_that_can_ask_nothing_lets_people_through_and_says_so(gated: Classroom) -> None:
    assignment = hold_back(gated, "lake", "river", "sea")
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN)
    assert result_words(debate, ANNA) == WITHOUT
    gated.now = assignment.due_at + GRACE
    gated.tick()
    assert result_words(debate, ANNA) == WITHOUT, "nobody is sent back"
    assert len(asked_of(debate, BEN)) == 2, "those who come later are asked again"


def test_who_came_through_without_questions_counts_among_those_who_tried_none(gated: Classroom) -> None:
    hold_back(gated, "lake", "river", "sea")
    debate = debate_in(gated, options=GATE)
    people = students(6)
    for user_id in people:
        debate.stand(user_id, 1)
        answer_all(debate, user_id, right=True)
    debate.go_to(Stage.VOTING)
    for user_id in people:
        debate.stand(user_id, -1, phase=Phase.AFTER)
    debate.close()
    board = outcome_board(gated.db, debate_id=debate.debate_id)
    assert board is not None
    assert board.knowledge is not None
    assert board.knowledge.verdict is KnowledgeVerdict.TOO_FEW


def test_share_of_the_gate_leaves_out_what_was_passed_over(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    answer_all(debate, ANNA, right=True, most=1)
    first, *_ = asked_of(debate, ANNA)
    hold_back(gated, *{"lake", "river", "sea"} - {first.item.id})
    enter(debate, ANNA)
    assert scores_of_runs(gated.db, [first.run_id]) == {first.run_id: 1.0}


def test_bank_that_changes_meanwhile_asks_nobody_anything_else(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA, BEN)
    before = keys(asked_of(debate, ANNA))
    newer = question_set(
        *questions("a-new-one", "lake", "river", "sea"), choice("elsewhere"), tagged(claim("lists"))
    )
    gated.do(publish_bundled, sets=[newer], at=gated.later(60))
    assert keys(asked_of(debate, BEN)) == before
    another = debate_in(gated, options=GATE)
    another.join(ANNA)
    assert set(keys(asked_of(another, ANNA))) == {"a-new-one", "lake"}


def test_gate_asks_only_those_who_have_joined(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    with pytest.raises(NotFound):
        enter(debate, ANNA)
    debate.join(ANNA)
    debate.leave(ANNA)
    with pytest.raises(NotFound):
        enter(debate, ANNA)
    plain = debate_in(gated)
    plain.join(ANNA)
    with pytest.raises(NotFound) as refused:
        enter(plain, ANNA)
    assert refused.value.what == "knowledge gate"
    debate.join(ANNA)
    debate.close()
    with pytest.raises(WrongState):
        enter(debate, ANNA)


# Planning one


def test_preview_says_how_many_questions_can_be_asked_now(gated: Classroom) -> None:
    assert "For now the gate asks" not in preview(gated, 3)
    hold_back(gated, "lake")
    assert "For now the gate asks" not in preview(gated, 2)
    assert "**For now the gate asks 2 of 3 questions:** an open assignment has the others" in preview(
        gated, 3
    )
    assignment = hold_back(gated, "river", "sea")
    said = preview(gated, 3)
    assert "**For now the gate asks nothing:**" in said
    assert "people come through without any" in said
    gated.now = assignment.due_at + GRACE
    gated.tick()
    assert "For now the gate asks" not in preview(gated, 3)


def preview(room: Classroom, gate: int) -> str:
    plan = DebatePlan(
        revision_id=claims_for(room.db, guild_id=GUILD)[0].revision_id, options=DebateOptions(gate=gate)
    )
    shown = room.do(plan_debate, guild_id=GUILD, user_id=HOST, channel_id=CHANNEL, plan=plan, at=room.now)
    return texts_of(preview_card(shown, [[]]))


def planned(room: Classroom, gate: int) -> int:
    plan = DebatePlan(
        revision_id=claims_for(room.db, guild_id=GUILD)[0].revision_id, options=DebateOptions(gate=gate)
    )
    shown = room.do(plan_debate, guild_id=GUILD, user_id=HOST, channel_id=CHANNEL, plan=plan, at=room.now)
    return shown.plan.options.gate


def test_plan_may_ask_for_as_many_questions_as_there_are(gated: Classroom) -> None:
    assert planned(gated, 3) == 3
    with pytest.raises(Invalid) as refused:
        planned(gated, 4)
    assert "only 3 of 4 questions" in refused.value.reason
    debate = debate_in(gated, options=GATE)
    debate.join(ANNA)
    answer_all(debate, ANNA, right=False)
    drop(debate, asked_of(debate, ANNA)[0], ANNA)
    assert planned(gated, 2) == 2
    with pytest.raises(Invalid):
        planned(gated, 3)


def test_questions_that_exclude_each_other_are_counted_once(tmp_path: Path) -> None:
    pair = [tagged(choice("a")), tagged(choice("b", not_with=("a",))), tagged(claim("lists"))]
    room = Classroom(tmp_path / "pair.db", question_set(*pair))
    assert planned(room, 1) == 1
    with pytest.raises(Invalid):
        planned(room, 2)
    room.close()


# Knowledge and shift


def test_outcome_sets_knowledge_beside_the_shift_of_stances(gated: Classroom) -> None:
    """Ten answer rightly and nine of them move; ten answer wrongly and one of them moves."""
    debate = debate_in(gated, options=GATE)
    people = students(20)
    for place, user_id in enumerate(people):
        debate.stand(user_id, 1)
        answer_all(debate, user_id, right=place < 10)
    debate.go_to(Stage.VOTING)
    for place, user_id in enumerate(people):
        moves = place < 9 or place == 19
        debate.stand(user_id, -1 if moves else 1, phase=Phase.AFTER)
    found = knowledge_of(debate)
    assert found.verdict is KnowledgeVerdict.KNEW_MORE_MOVED_MORE
    assert (found.at_least, found.knew_more, found.more_moved) == (1.0, 10, 9)
    assert (found.others, found.others_moved) == (10, 1)


def knowledge_of(debate: DebateClass) -> KnowledgeShift:
    """What the outcome says of knowledge, once the debate is closed."""
    debate.close()
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert board.knowledge is not None
    return board.knowledge


def vote_again(debate: DebateClass, people: Sequence[UserId]) -> None:
    """Every second one of them changes their mind, all of whom began for."""
    debate.go_to(Stage.VOTING)
    for place, user_id in enumerate(people):
        debate.stand(user_id, -1 if place % 2 else 1, phase=Phase.AFTER)


def test_who_has_only_begun_the_questions_is_not_among_those_who_knew_less(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    people = students(26)
    for place, user_id in enumerate(people):
        debate.stand(user_id, 1)
        answer_all(debate, user_id, right=place < 10, most=9 if place < 20 else place % 2)
    vote_again(debate, people)
    found = knowledge_of(debate)
    assert (found.knew_more, found.more_moved, found.others, found.others_moved) == (10, 5, 10, 5)


def test_dropped_question_does_not_tell_apart_those_who_know_as_much(gated: Classroom) -> None:
    """One has it wrong, twelve had begun with it, and the others were never asked it: all have all the rest right."""
    debate = debate_in(gated, options=GATE)
    people = students(20)
    for user_id in people:
        debate.stand(user_id, 1)
    answer_all(debate, people[0], right=False, most=1)
    first, _ = asked_of(debate, people[0])
    for user_id in people[1:13]:
        assert len(asked_of(debate, user_id)) == 2
    drop(debate, first, people[0])
    for user_id in people:
        assert isinstance(answer_all(debate, user_id, right=True), OwnResult)
    vote_again(debate, people)
    assert knowledge_of(debate) == KnowledgeShift(KnowledgeVerdict.TOO_FEW)


def test_gate_whose_questions_were_all_dropped_tells_of_no_knowledge(gated: Classroom) -> None:
    debate = debate_in(gated, options=GATE)
    people = students(20)
    for place, user_id in enumerate(people):
        debate.stand(user_id, 1)
        answer_all(debate, user_id, right=place >= 10)
    for each in asked_of(debate, people[0]):
        drop(debate, each, people[0])
    vote_again(debate, people)
    assert knowledge_of(debate) == KnowledgeShift(KnowledgeVerdict.TOO_FEW)


def test_outcome_without_a_gate_says_nothing_of_knowledge(gated: Classroom) -> None:
    debate = debate_in(gated)
    debate.join(ANNA)
    debate.close()
    board = outcome_board(gated.db, debate_id=debate.debate_id)
    assert board is not None
    assert board.knowledge is None
