"""What an open assignment holds back: neither practice nor review shows its answers before the due date."""

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.actions.own_answers import answer_own
from bot.actions.own_runs import leave_own
from bot.actions.practice import begin_practice
from bot.actions.reviewing import agree_to_review, review_home
from bot.errors import Invalid
from bot.ids import UserId
from bot.quiz.assignment import Drawn
from bot.quiz.pacing import GRACE
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


def test_review_waits_for_the_due_date(room: Classroom) -> None:
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
