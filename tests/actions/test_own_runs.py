"""How sure one is, feedback that comes later, and an end by the clock: runs of one learner, whatever they are for."""

import random
from datetime import timedelta

import pytest

from bot.actions.own_answers import answer_own, own_question, say_how_sure, show_feedback
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    OwnStep,
    create_own_run,
    leave_own,
    next_step,
    own_result,
)
from bot.actions.practice import begin_practice
from bot.errors import NotAllowed, NotFound, RoundClosed
from bot.ids import RoundId, RunId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import EndReason, RoundState, RunMode, RunState
from bot.quiz.showing import Showing, Shown, When
from bot.store.questions import find_set, items_of
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    Classroom,
    as_given,
    right_answer,
    wrong_answer,
)

LATER = Showing(marks=When.AFTER, answers=When.AFTER_DUE, explanations=When.AFTER)
SURE = RunOptions(certainty=True)


def begin(
    room: Classroom, options: RunOptions, *, lasts: timedelta | None = None, user_id: UserId = ANNA
) -> RunId:
    """A run of two questions."""
    stored = find_set(room.db, GUILD, "geography")
    assert stored is not None
    items = [each for each in items_of(room.db, stored.set_id) if each.item.graded][:2]
    closes_at = None if lasts is None else room.now + lasts
    return room.do(
        create_own_run,
        guild_id=GUILD,
        user_id=user_id,
        mode=RunMode.PRACTICE,
        set_id=stored.set_id,
        category=None,
        focus=EVERYTHING,
        options=options,
        seed=1,
        rounds=[(each.revision_id, tuple(range(len(each.item.choices())))) for each in items],
        at=room.now,
        closes_at=closes_at,
        due_at=None if closes_at is None else closes_at + GRACE,
    )


def step(room: Classroom, run_id: RunId) -> OwnStep:
    return next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)


def question(room: Classroom, run_id: RunId) -> OwnQuestion:
    shown = step(room, run_id)
    assert isinstance(shown, OwnQuestion)
    return shown


def give(
    room: Classroom, asked: OwnQuestion, *, right: bool = True, click: int | None = None
) -> OwnKept | OwnFeedback:
    answer = (right_answer if right else wrong_answer)(asked.asked)
    return room.do(
        answer_own,
        guild_id=GUILD,
        user_id=ANNA,
        round_id=asked.asked.round_id,
        answer=as_given(answer),
        interaction_id=room.click() if click is None else click,  # type: ignore[arg-type]
        at=room.now,
    )


def sure(
    room: Classroom, round_id: RoundId, certainty: Certainty, user_id: UserId = ANNA
) -> OwnKept | OwnFeedback:
    return room.do(
        say_how_sure, guild_id=GUILD, user_id=user_id, round_id=round_id, certainty=certainty, at=room.now
    )


def stored(room: Classroom) -> list[tuple[object, ...]]:
    return room.rows("SELECT outcome, certainty FROM answer ORDER BY answer_id")


# How sure


def test_feedback_waits_until_the_learner_has_said_how_sure(room: Classroom) -> None:
    asked = question(room, begin(room, SURE))
    kept = give(room, asked)
    assert isinstance(kept, OwnKept)
    assert kept.certainty is None
    feedback = sure(room, asked.asked.round_id, Certainty.CERTAIN)
    assert isinstance(feedback, OwnFeedback)
    assert (feedback.certainty, feedback.repeated) == (Certainty.CERTAIN, False)
    assert stored(room) == [("right", 3)]


def test_saying_how_sure_is_never_needed(room: Classroom) -> None:
    asked = question(room, begin(room, SURE))
    give(room, asked, right=False)
    feedback = room.do(
        show_feedback, guild_id=GUILD, user_id=ANNA, round_id=asked.asked.round_id, at=room.now
    )
    assert isinstance(feedback, OwnFeedback)
    assert stored(room) == [("wrong", None)]


def test_nobody_says_how_sure_after_the_feedback(room: Classroom) -> None:
    asked = question(room, begin(room, SURE))
    give(room, asked, right=False)
    sure(room, asked.asked.round_id, Certainty.GUESS)
    again = sure(room, asked.asked.round_id, Certainty.CERTAIN)
    assert isinstance(again, OwnFeedback)
    assert again.repeated
    assert again.certainty is Certainty.GUESS
    assert stored(room) == [("wrong", 1)]


def test_without_the_option_feedback_comes_at_once_and_certainty_changes_nothing(room: Classroom) -> None:
    asked = question(room, begin(room, RunOptions()))
    assert isinstance(give(room, asked), OwnFeedback)
    assert isinstance(sure(room, asked.asked.round_id, Certainty.GUESS), OwnFeedback)
    assert stored(room) == [("right", None)]


def test_answer_that_waits_for_its_feedback_is_taken_up_again(room: Classroom) -> None:
    run_id = begin(room, SURE)
    asked = question(room, run_id)
    give(room, asked)
    room.reopen()
    waiting = step(room, run_id)
    assert isinstance(waiting, OwnKept)
    assert waiting.asked.round_id == asked.asked.round_id


def test_answer_changed_before_its_feedback_asks_anew_how_sure(room: Classroom) -> None:
    showing = RunOptions(certainty=True, showing=LATER)
    asked = question(room, begin(room, showing))
    give(room, asked)
    kept = sure(room, asked.asked.round_id, Certainty.CERTAIN)
    assert isinstance(kept, OwnKept)
    assert kept.certainty is Certainty.CERTAIN
    give(room, asked, right=False)
    assert stored(room) == [("wrong", None)]


def test_certainty_needs_an_answer_of_ones_own(room: Classroom) -> None:
    asked = question(room, begin(room, SURE))
    with pytest.raises(NotFound):
        sure(room, asked.asked.round_id, Certainty.GUESS)
    with pytest.raises(NotAllowed):
        sure(room, asked.asked.round_id, Certainty.GUESS, user_id=BEN)


def test_run_ends_with_the_last_feedback(room: Classroom) -> None:
    run_id = begin(room, SURE)
    for _ in range(2):
        asked = question(room, run_id)
        give(room, asked)
        assert room.run(run_id).state is RunState.ASKING
        sure(room, asked.asked.round_id, Certainty.FAIRLY)
    assert room.run(run_id).end_reason is EndReason.FINISHED
    assert room.round_states(run_id) == [RoundState.CLOSED, RoundState.CLOSED]


def test_answer_without_its_feedback_counts_when_the_run_is_left(room: Classroom) -> None:
    run_id = begin(room, SURE)
    give(room, question(room, run_id))
    result = room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert (result.right, result.answered) == (1, 1)
    assert room.round_states(run_id) == [RoundState.CLOSED, RoundState.OPEN]


# Feedback that comes later


def test_answers_can_be_changed_until_the_run_ends_where_feedback_comes_later(room: Classroom) -> None:
    run_id = begin(room, RunOptions(showing=LATER))
    asked = question(room, run_id)
    assert isinstance(give(room, asked, right=False), OwnKept)
    assert isinstance(give(room, asked), OwnKept)
    assert question(room, run_id).asked.position == 1
    again = own_question(room.db, guild_id=GUILD, user_id=ANNA, round_id=asked.asked.round_id)
    assert again.standing is not None
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    before = room.contents()
    with pytest.raises(NotFound):
        give(room, asked, right=False)
    assert room.contents() == before


def test_old_click_delivered_late_does_not_undo_a_newer_answer(room: Classroom) -> None:
    asked = question(room, begin(room, RunOptions(showing=LATER)))
    first = room.click()
    give(room, asked)
    give(room, asked, right=False, click=first)
    assert stored(room) == [("right", None)]


def test_last_answer_is_known_as_the_last(room: Classroom) -> None:
    run_id = begin(room, RunOptions(showing=LATER))
    first, second = give(room, question(room, run_id)), give(room, question(room, run_id))
    assert isinstance(first, OwnKept)
    assert isinstance(second, OwnKept)
    assert (first.is_last, second.is_last) == (False, True)
    sheet = step(room, run_id)
    assert isinstance(sheet, OwnSheet)
    assert sheet.unanswered == 0
    left = room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert left.answered == 2


@pytest.mark.parametrize(
    ("ended", "due_over", "shown"),
    [
        (False, False, Shown(marks=False, answers=False, explanations=False)),
        (False, True, Shown(marks=False, answers=False, explanations=False)),
        (True, False, Shown(marks=True, answers=False, explanations=True)),
        (True, True, Shown(marks=True, answers=True, explanations=True)),
    ],
)
def test_what_is_shown_when(*, ended: bool, due_over: bool, shown: Shown) -> None:
    assert LATER.now(ended=ended, due_over=due_over) == shown
    assert not LATER.during
    assert Showing().now(ended=False, due_over=False).anything


# An end by the clock


def test_nothing_is_taken_after_the_end_and_all_answers_stay(room: Classroom) -> None:
    run_id = begin(room, RunOptions(showing=LATER), lasts=timedelta(minutes=10))
    asked = question(room, run_id)
    give(room, asked)
    other = question(room, run_id)
    room.later(601)
    before = room.contents()
    with pytest.raises(RoundClosed) as late:
        give(room, other)
    assert late.value.standing is None
    with pytest.raises(RoundClosed) as changed:
        give(room, asked, right=False)
    assert changed.value.standing is not None
    assert room.contents() == before
    assert isinstance(step(room, run_id), OwnResult)


def test_run_is_ended_when_its_time_is_up(room: Classroom) -> None:
    run_id = begin(room, RunOptions(showing=LATER), lasts=timedelta(minutes=10))
    give(room, question(room, run_id))
    assert room.tick() == []
    room.later(600 + GRACE.total_seconds())
    assert room.tick() == [run_id]
    run = room.run(run_id)
    assert (run.state, run.end_reason, run.due_at) == (RunState.ENDED, EndReason.TIME_UP, None)
    result = own_result(room.db, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert (result.answered, result.right) == (1, 1)
    assert room.tick() == []


def test_answer_in_the_last_moment_counts(room: Classroom) -> None:
    run_id = begin(room, RunOptions(showing=LATER), lasts=timedelta(minutes=10))
    room.later(600)
    assert isinstance(give(room, question(room, run_id)), OwnKept)


def test_practice_can_ask_for_certainty(room: Classroom) -> None:
    begun = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=ANNA,
        set_key="geography",
        category=None,
        questions=1,
        rng=random.Random(1),
        at=room.now,
        options=SURE,
    )
    assert isinstance(begun, OwnQuestion)
    assert room.run(begun.run.run_id).options == SURE
