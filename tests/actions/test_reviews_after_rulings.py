"""Spaced review and rulings: a card that was made for a miss that was none goes away, and comes back with the miss."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.reviewing import begin_review
from bot.ids import RegradeId
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.run import Round, RunState
from tests.actions.deciding import applied, ask, keying, report, subject_of, taking_back
from tests.actions.test_own_runs import begin as begin_run
from tests.actions.test_own_runs import give, question, sure
from tests.actions.test_reviews import agree, begin, cards, home, review_all
from tests.classroom import ANNA, BEN, GUILD, Classroom, choice, question_set


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    """A class with a single question whose second option turns out to be right."""
    room = Classroom(tmp_path / "class.db", question_set(choice("river")))
    yield room
    room.close()


def missed(room: Classroom, option: int = 1) -> Round:
    """Anna, who has agreed to review, misses the question in class and has a card of it."""
    agree(room)
    asked = ask(room, {ANNA: option})
    assert home(room).cards == 1
    return asked


def ruled(room: Classroom, asked: Round) -> RegradeId:
    """The server rules that the second option is the right one; gives the decision."""
    report(room, asked, BEN)
    return applied(room, keying(room, subject_of(room), 1)).regrade_id


def test_card_goes_away_when_its_miss_turns_out_to_be_right(room: Classroom) -> None:
    ruled(room, missed(room))
    assert (home(room).cards, home(room).upcoming.today) == (0, 0)
    assert room.rows("SELECT * FROM review_log") == []


def test_card_of_another_wrong_answer_stays(room: Classroom) -> None:
    ruled(room, missed(room, option=2))
    assert home(room).upcoming.today == 1


def test_card_comes_back_when_the_ruling_is_taken_back(room: Classroom) -> None:
    asked = missed(room)
    before = cards(room)
    regrade_id = ruled(room, asked)
    assert home(room).cards == 0
    room.later(hours=48)
    applied(room, taking_back(room, regrade_id))
    assert home(room).upcoming.today == 1
    assert cards(room) == before


def test_looking_again_after_a_ruling_changes_nothing(room: Classroom) -> None:
    ruled(room, missed(room))
    home(room)
    before = room.contents()
    home(room)
    assert room.contents() == before


def test_card_that_was_reviewed_stays(room: Classroom) -> None:
    asked = missed(room)
    review_all(room)
    ruled(room, asked)
    assert (home(room).cards, home(room).upcoming.next_count) == (1, 1)


def test_card_stays_while_another_of_its_answers_is_a_miss(room: Classroom) -> None:
    missed(room, option=2)
    room.later(hours=1)
    again = ask(room, {ANNA: 1})
    home(room)
    assert room.rows("SELECT COUNT(*) FROM review_log") == [(2,)]
    ruled(room, again)
    assert home(room).cards == 1


def test_guess_is_a_guess_even_if_it_turns_out_to_be_right(room: Classroom) -> None:
    agree(room)
    guessed = question(room, begin_run(room, RunOptions(certainty=True)))
    give(room, guessed, right=False)
    sure(room, guessed.asked.round_id, Certainty.GUESS)
    assert home(room).cards == 1
    report(room, guessed.asked, ANNA)
    applied(room, keying(room, subject_of(room), 1))
    assert room.rows("SELECT outcome FROM answer") == [("right",)]
    assert home(room).cards == 1


def test_session_does_not_go_on_with_it(room: Classroom) -> None:
    asked = missed(room)
    session = begin(room)
    ruled(room, asked)
    shown = room.do(begin_review, guild_id=GUILD, user_id=ANNA, rng=random.Random(1), at=room.now)
    assert shown == home(room)
    assert room.run(session.run.run_id).state is RunState.ENDED
