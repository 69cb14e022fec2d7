"""What an open assignment holds back: neither practice nor review shows its answers before the due date."""

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.actions.attempts import begin_attempt
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    OwnStep,
    leave_own,
    next_step,
)
from bot.actions.practice import begin_practice
from bot.actions.reviewing import agree_to_review, begin_review, review_home
from bot.errors import Invalid, WrongState
from bot.ids import UserId
from bot.quiz.assignment import Drawn
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import EndReason, RunState
from tests.actions.homework import AFTER, AFTER_DUE, MARKS_FIRST, assign
from tests.classroom import BEN, GUILD, MIXED, Classroom, as_given, wrong_answer


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", MIXED)
    yield room
    room.close()


def until(room: Classroom, moment: datetime) -> None:
    """Let that moment come, and the clock do what is due."""
    room.now = moment
    room.tick()


def practise(room: Classroom, user_id: UserId = BEN) -> set[str]:
    shown = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=user_id,
        set_key="geography",
        category=None,
        questions=50,
        rng=random.Random(1),
        at=room.now,
    )
    asked = {each.item.id for each in room.rounds(shown.run.run_id)}
    room.do(leave_own, guild_id=GUILD, user_id=user_id, run_id=shown.run.run_id, at=room.now)
    return asked


def test_practice_does_not_show_what_an_open_assignment_holds_back(room: Classroom) -> None:
    everything = practise(room)
    assignment = assign(room, items=("river",), options=MARKS_FIRST)
    assert practise(room) == everything - {"river"}
    until(room, assignment.due_at + GRACE)
    assert practise(room) == everything


def test_practice_says_why_nothing_is_left(room: Classroom) -> None:
    assign(room, items=tuple(practise(room)), options=AFTER_DUE)
    with pytest.raises(Invalid) as refused:
        practise(room)
    assert "assignment" in refused.value.reason


@pytest.mark.parametrize("plan", [{"options": AFTER}, {"options": MARKS_FIRST, "drawn": Drawn.EACH}])
def test_practice_goes_on_where_nothing_is_held_back_for_all(
    room: Classroom, plan: dict[str, object]
) -> None:
    everything = practise(room)
    assign(room, **plan)
    assert practise(room) == everything


def miss_everything(room: Classroom) -> None:
    """Ben agrees to review and answers nothing rightly."""
    room.do(agree_to_review, guild_id=GUILD, user_id=BEN, at=room.now)
    shown = room.do(
        begin_practice, guild_id=GUILD, user_id=BEN, set_key="geography", category=None, questions=4,
        rng=random.Random(1), at=room.now,
    )  # fmt: skip
    for each in room.rounds(shown.run.run_id):
        room.do(
            answer_own, guild_id=GUILD, user_id=BEN, round_id=each.round_id, answer=as_given(wrong_answer(each)),
            interaction_id=room.click(), at=room.now,
        )  # fmt: skip


def test_review_waits_for_the_due_date(room: Classroom) -> None:
    miss_everything(room)
    room.later(hours=24)
    before = review_home(room.db, guild_id=GUILD, user_id=BEN, at=room.now)
    assignment = assign(room, items=("river",), options=MARKS_FIRST)
    during = review_home(room.db, guild_id=GUILD, user_id=BEN, at=room.now)
    assert before is not None
    assert during is not None
    assert during.upcoming.today == before.upcoming.today - 1
    until(room, assignment.due_at + GRACE)
    after = review_home(room.db, guild_id=GUILD, user_id=BEN, at=room.now)
    assert after is not None
    assert after.upcoming.today == before.upcoming.today


def test_session_of_review_does_not_go_on_with_what_is_held_back(room: Classroom) -> None:
    miss_everything(room)
    first = review(room)
    assign(room, items=("river",), options=MARKS_FIRST)
    assert review(room) == first - {"river"}
    assert review(room) == first - {"river"}
    assert room.rows("SELECT COUNT(*) FROM run WHERE mode = 'review'") == [(2,)]


def review(room: Classroom) -> set[str]:
    """What the session asks that Ben goes on with, or begins."""
    shown = room.do(begin_review, guild_id=GUILD, user_id=BEN, rng=random.Random(1), at=room.now)
    assert isinstance(shown, OwnQuestion)
    return {each.item.id for each in room.rounds(shown.run.run_id)}


# What is under way already


def under_way(room: Classroom, options: RunOptions = NO_OPTIONS) -> OwnQuestion:
    """Ben has begun a private quiz of four questions and sees the first one."""
    shown = room.do(
        begin_practice, guild_id=GUILD, user_id=BEN, set_key="geography", category=None, questions=4,
        rng=random.Random(1), at=room.now, options=options,
    )  # fmt: skip
    assert isinstance(shown, OwnQuestion)
    return shown


def go_on(room: Classroom, shown: OwnQuestion) -> OwnStep:
    return room.do(next_step, guild_id=GUILD, user_id=BEN, run_id=shown.run.run_id, at=room.now)


def give(room: Classroom, shown: OwnQuestion) -> OwnKept | OwnFeedback:
    return room.do(
        answer_own, guild_id=GUILD, user_id=BEN, round_id=shown.asked.round_id,
        answer=as_given(wrong_answer(shown.asked)), interaction_id=room.click(), at=room.now,
    )  # fmt: skip


def test_quiz_under_way_passes_over_what_is_held_back_since(room: Classroom) -> None:
    shown = under_way(room)
    everything = [each.item.id for each in room.rounds(shown.run.run_id)]
    give(room, shown)
    assign(room, items=(everything[1], everything[3]), options=MARKS_FIRST)
    following = go_on(room, shown)
    assert isinstance(following, OwnQuestion)
    assert following.asked.item.id == everything[2]
    feedback = give(room, following)
    assert isinstance(feedback, OwnFeedback)
    assert feedback.is_last
    result = go_on(room, shown)
    assert isinstance(result, OwnResult)
    assert [asked.item.id for asked, _ in result.rounds] == [everything[0], everything[2]]
    assert (result.run.end_reason, result.counting) == (EndReason.FINISHED, 2)


def test_answers_to_look_over_leave_out_what_was_passed_over(room: Classroom) -> None:
    shown = under_way(room, AFTER)
    first, *others = (each.item.id for each in room.rounds(shown.run.run_id))
    give(room, shown)
    assign(room, items=tuple(others), options=MARKS_FIRST)
    sheet = go_on(room, shown)
    assert isinstance(sheet, OwnSheet)
    assert [asked.item.id for asked, _ in sheet.rounds] == [first]
    assert sheet.unanswered == 0


def test_question_on_the_screen_is_not_taken_once_it_is_held_back(room: Classroom) -> None:
    shown = under_way(room)
    assign(room, items=(shown.asked.item.id,), options=MARKS_FIRST)
    with pytest.raises(WrongState) as refused:
        give(room, shown)
    assert refused.value.remedy == "`/quiz take` goes on with the others."
    assert room.rows("SELECT COUNT(*) FROM answer") == [(0,)]
    following = go_on(room, shown)
    assert isinstance(following, OwnQuestion)
    assert following.asked.item.id != shown.asked.item.id


def test_quiz_of_which_nothing_may_be_asked_any_more_is_over(room: Classroom) -> None:
    shown = under_way(room)
    everything = tuple(each.item.id for each in room.rounds(shown.run.run_id))
    assign(room, items=everything, options=MARKS_FIRST)
    result = go_on(room, shown)
    assert isinstance(result, OwnResult)
    assert (result.rounds, result.run.state) == ((), RunState.ENDED)


def test_attempt_at_the_assignment_passes_over_nothing(room: Classroom) -> None:
    shown = under_way(room)
    item = shown.asked.item.id
    assignment = assign(room, items=(item,), options=MARKS_FIRST)
    attempt = room.do(
        begin_attempt, guild_id=GUILD, user_id=BEN, assignment_id=assignment.assignment_id, number=1,
        rng=random.Random(1), at=room.now,
    )  # fmt: skip
    assert isinstance(attempt, OwnQuestion)
    assert attempt.asked.item.id == item
