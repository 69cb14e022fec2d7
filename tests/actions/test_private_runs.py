"""Private runs: alone, in any number of sittings, with feedback."""

import random

import pytest

from bot.actions.own_answers import answer_own, own_question
from bot.actions.own_runs import OwnFeedback, OwnQuestion, OwnResult, leave_own, next_step
from bot.actions.practice import begin_practice, retake_missed
from bot.actions.questions import publish_bundled
from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.bank.response import Typed
from bot.errors import Invalid, NotAllowed, NotFound, UnreadableAnswer
from bot.ids import GuildId, InteractionId, RunId, UserId
from bot.quiz.run import EndReason, Round, RunState
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    OTHER_GUILD,
    Classroom,
    as_given,
    choice,
    numeric,
    question_set,
    right_answer,
    short_text,
    wrong_answer,
)


def begin(
    room: Classroom,
    *,
    user_id: UserId = ANNA,
    questions: int = 4,
    set_key: str = "geography",
    category: Category | None = None,
    seed: int = 1,
) -> OwnQuestion:
    shown = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=user_id,
        set_key=set_key,
        category=category,
        questions=questions,
        rng=random.Random(seed),
        at=room.now,
    )
    assert isinstance(shown, OwnQuestion)
    return shown


def give(
    room: Classroom,
    asked: Round,
    answer: int | str,
    *,
    user_id: UserId = ANNA,
    interaction_id: InteractionId | None = None,
) -> OwnFeedback:
    return room.do(
        answer_own,
        guild_id=GUILD,
        user_id=user_id,
        round_id=asked.round_id,
        answer=as_given(answer),
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def upcoming(room: Classroom, run_id: RunId, user_id: UserId = ANNA) -> OwnQuestion | OwnResult:
    return next_step(room.db, guild_id=GUILD, user_id=user_id, run_id=run_id, at=room.now)


def go_through(room: Classroom, first: OwnQuestion, *, miss: frozenset[str] = frozenset()) -> OwnResult:
    """Answer all that is left, the items of ``miss`` wrongly."""
    shown: OwnQuestion | OwnResult = first
    while isinstance(shown, OwnQuestion):
        asked = shown.asked
        give(room, asked, wrong_answer(asked) if asked.item.id in miss else right_answer(asked))
        shown = upcoming(room, first.run.run_id)
    return shown


def retake(
    room: Classroom, run_id: RunId, *, user_id: UserId = ANNA, guild_id: GuildId = GUILD
) -> OwnQuestion | OwnResult:
    return room.do(
        retake_missed,
        guild_id=guild_id,
        user_id=user_id,
        run_id=run_id,
        rng=random.Random(2),
        at=room.now,
    )


def keys(room: Classroom, run_id: RunId) -> set[str]:
    return {asked.item.id for asked in room.rounds(run_id)}


def test_from_the_first_question_to_the_result(room: Classroom) -> None:
    first = begin(room)
    assert (first.number, first.run.total, first.resumed) == (1, 4, False)
    result = go_through(room, first, miss=frozenset({"river"}))
    assert (result.right, result.missed, len(result.rounds)) == (3, 1, 4)
    assert (result.run.state, result.run.end_reason) == (RunState.ENDED, EndReason.FINISHED)


def test_feedback_says_what_was_answered_and_which_is_right(room: Classroom) -> None:
    first = begin(room, questions=1)
    said = give(room, first.asked, wrong_answer(first.asked))
    assert (said.grade.outcome, said.repeated, said.is_last) == (Outcome.WRONG, False, True)
    assert said.source.source.title == "An atlas"
    assert said.asked.item.describe(said.response) != said.asked.item.right_answer()


def test_one_goes_on_where_one_stopped(room: Classroom) -> None:
    first = begin(room)
    give(room, first.asked, right_answer(first.asked))
    room.reopen()
    room.later(hours=24)
    again = begin(room, seed=99, questions=2)
    assert (again.run.run_id, again.number, again.resumed) == (first.run.run_id, 2, True)
    assert again.run.total == 4, "the run that was begun, not a new one of another length"


def test_quiz_that_was_begun_is_taken_up_before_the_first_answer_too(room: Classroom) -> None:
    first = begin(room)
    again = begin(room)
    assert (again.run.run_id, first.resumed, again.resumed) == (first.run.run_id, False, True)


def test_another_category_and_another_learner_have_runs_of_their_own(room: Classroom) -> None:
    runs = {
        begin(room).run.run_id,
        begin(room, category=Category.HISTORY).run.run_id,
        begin(room, user_id=BEN).run.run_id,
    }
    assert len(runs) == 3


def test_finished_run_is_not_taken_up(room: Classroom) -> None:
    first = begin(room)
    go_through(room, first)
    assert begin(room, seed=2).run.run_id != first.run.run_id


def test_second_answer_changes_nothing(room: Classroom) -> None:
    first = begin(room)
    give(room, first.asked, wrong_answer(first.asked))
    before = room.contents()
    again = give(room, first.asked, right_answer(first.asked))
    assert (again.repeated, again.grade.outcome) == (True, Outcome.WRONG)
    assert room.contents() == before


def test_same_click_delivered_twice_changes_nothing(room: Classroom) -> None:
    first = begin(room, questions=1)
    click = room.click()
    give(room, first.asked, right_answer(first.asked), interaction_id=click)
    before = room.contents()
    again = give(room, first.asked, right_answer(first.asked), interaction_id=click)
    assert (again.repeated, again.is_last, again.grade.outcome) == (True, True, Outcome.RIGHT)
    assert room.contents() == before


def test_unreadable_answer_leaves_the_question_open(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(numeric("towns"), key="number")], at=room.now)
    first = begin(room, set_key="number")
    with pytest.raises(UnreadableAnswer):
        give(room, first.asked, "no idea")
    assert isinstance(upcoming(room, first.run.run_id), OwnQuestion)
    assert give(room, first.asked, "80").grade.outcome is Outcome.RIGHT


def test_button_that_was_never_offered_is_refused(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(choice("river"), key="buttons")], at=room.now)
    first = begin(room, set_key="buttons")
    with pytest.raises(NotFound):
        give(room, first.asked, 17)
    assert isinstance(upcoming(room, first.run.run_id), OwnQuestion)


def test_leaving_ends_the_run_with_the_result_so_far(room: Classroom) -> None:
    first = begin(room)
    give(room, first.asked, right_answer(first.asked))
    leave = {"guild_id": GUILD, "user_id": ANNA, "run_id": first.run.run_id}
    left = room.do(leave_own, **leave, at=room.now)
    assert (left.run.end_reason, left.right, left.missed) == (EndReason.STOPPED, 1, 0)
    before = room.contents()
    assert room.do(leave_own, **leave, at=room.later(60)) == left
    assert room.contents() == before
    open_still = room.rounds(first.run.run_id)[1]
    with pytest.raises(NotFound):
        give(room, open_still, right_answer(open_still))
    assert begin(room, seed=3).run.run_id != first.run.run_id


def test_anothers_private_run_is_not_ones_business(room: Classroom) -> None:
    first = begin(room)
    run_id, round_id = first.run.run_id, first.asked.round_id
    before = room.contents()
    with pytest.raises(NotAllowed):
        give(room, first.asked, right_answer(first.asked), user_id=BEN)
    with pytest.raises(NotAllowed):
        upcoming(room, run_id, BEN)
    with pytest.raises(NotAllowed):
        own_question(room.db, guild_id=GUILD, user_id=BEN, round_id=round_id)
    with pytest.raises(NotAllowed):
        room.do(leave_own, guild_id=GUILD, user_id=BEN, run_id=run_id, at=room.now)
    go_through(room, first, miss=frozenset({"river"}))
    after = room.contents()
    with pytest.raises(NotAllowed):
        retake(room, run_id, user_id=BEN)
    assert before != after == room.contents()


def test_live_question_is_not_answered_as_a_private_one(room: Classroom) -> None:
    asked = room.start(room.open_live())
    with pytest.raises(NotFound):
        give(room, asked, right_answer(asked))
    first = begin(room)
    with pytest.raises(NotFound):
        room.answer(first.asked, ANNA, right_answer(first.asked))


def test_what_was_missed_is_asked_again(room: Classroom) -> None:
    first = begin(room)
    go_through(room, first, miss=frozenset({"river", "city"}))
    again = retake(room, first.run.run_id)
    assert isinstance(again, OwnQuestion)
    assert keys(room, again.run.run_id) == {"river", "city"}
    go_through(room, again, miss=frozenset({"city"}))
    last = retake(room, again.run.run_id)
    assert isinstance(last, OwnQuestion)
    assert keys(room, last.run.run_id) == {"city"}
    go_through(room, last)
    with pytest.raises(NotFound) as nothing:
        retake(room, last.run.run_id)
    assert nothing.value.what == "missed question"


def test_what_was_missed_in_a_live_quiz_is_asked_again_in_private(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    room.answer(asked, BEN, right_answer(asked))
    with pytest.raises(NotFound):
        retake(room, run_id)  # the question is still open
    room.run_out(run_id)
    again = retake(room, run_id)
    assert isinstance(again, OwnQuestion)
    assert [each.item.id for each in room.rounds(again.run.run_id)] == [asked.item.id]
    with pytest.raises(NotFound):
        retake(room, run_id, user_id=BEN)
    with pytest.raises(NotFound):
        retake(room, run_id, guild_id=OTHER_GUILD)


def test_missed_question_comes_back_in_its_newest_wording(room: Classroom) -> None:
    room.do(publish_bundled, sets=[question_set(short_text("city"), choice("hill"), key="new")], at=room.now)
    first = begin(room, set_key="new")
    go_through(room, first, miss=frozenset({"city", "hill"}))
    reworded = question_set(short_text("city", accepted=("Hangzhou",)), key="new")
    room.do(publish_bundled, sets=[reworded], at=room.now)
    again = retake(room, first.run.run_id)
    assert isinstance(again, OwnQuestion)
    assert keys(room, again.run.run_id) == {"city"}, "what was taken out of the set is not asked any more"
    assert give(room, again.asked, "Hangzhou").grade.outcome is Outcome.RIGHT
    kept = upcoming(room, first.run.run_id)
    assert isinstance(kept, OwnResult)
    old = next(asked for asked, _ in kept.rounds if asked.item.id == "city")
    assert old.item.grade(Typed("Rongcheng")).outcome is Outcome.RIGHT


@pytest.mark.parametrize("questions", [0, 51])
def test_impossible_lengths_are_refused(room: Classroom, questions: int) -> None:
    with pytest.raises(Invalid):
        begin(room, questions=questions)


def test_unknown_sets_and_runs(room: Classroom) -> None:
    with pytest.raises(NotFound):
        begin(room, set_key="astronomy")
    with pytest.raises(NotFound):
        upcoming(room, RunId(99))
    with pytest.raises(NotFound):
        retake(room, RunId(99))
