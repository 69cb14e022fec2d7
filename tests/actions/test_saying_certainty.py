"""How sure somebody is of an answer: said after it, changed until the question closes, and nobody else's business."""

import pytest

from bot.actions.answering import Answered, say_certainty
from bot.actions.hosting import pause_run, resume_run, skip_question, stop_run
from bot.actions.quiz_reports import my_result
from bot.actions.revote import begin_second_vote
from bot.errors import AnswerReplaced, NotFound, WrongState
from bot.ids import GuildId, InteractionId, RunId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.revote import Revote
from bot.quiz.run import Round
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    OTHER_GUILD,
    Classroom,
    plan,
    right_answer,
    wrong_answer,
)

ASKED_FOR = plan(options=RunOptions(certainty=True, revote=Revote.HOST))


def begin(room: Classroom) -> tuple[RunId, Round]:
    run_id = room.open_live(asked_for=ASKED_FOR)
    return run_id, room.start(run_id)


def say(
    room: Classroom,
    answered: Answered,
    certainty: Certainty,
    *,
    user_id: UserId = ANNA,
    guild_id: GuildId = GUILD,
    interaction_id: InteractionId | None = None,
) -> Answered:
    return room.do(
        say_certainty,
        guild_id=guild_id,
        round_id=answered.asked.round_id,
        user_id=user_id,
        given_by=answered.given_by,
        certainty=certainty,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def stored(room: Classroom) -> list[object]:
    return [certainty for (certainty,) in room.rows("SELECT certainty FROM answer ORDER BY answer_id")]


def test_answer_alone_says_nothing_of_certainty(room: Classroom) -> None:
    _, asked = begin(room)
    assert room.answer(asked, ANNA, right_answer(asked)).certainty is None
    assert stored(room) == [None]


def test_certainty_is_said_and_changed_until_the_question_closes(room: Classroom) -> None:
    _, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    for certainty in (Certainty.GUESS, Certainty.CERTAIN, Certainty.FAIRLY):
        said = say(room, answered, certainty)
        assert (said.certainty, said.response, said.stored) == (certainty, answered.response, True)
    assert stored(room) == [Certainty.FAIRLY]
    assert room.rows("SELECT changes FROM answer") == [(0,)], "the answer is as it was"


def test_changed_answer_asks_again(room: Classroom) -> None:
    _, asked = begin(room)
    first = room.answer(asked, ANNA, wrong_answer(asked))
    say(room, first, Certainty.CERTAIN)
    changed = room.answer(asked, ANNA, right_answer(asked))
    assert changed.certainty is None
    assert stored(room) == [None]
    with pytest.raises(AnswerReplaced) as refused:
        say(room, first, Certainty.GUESS)
    assert refused.value.standing == asked.item.describe(changed.response)
    assert stored(room) == [None]
    assert say(room, changed, Certainty.GUESS).certainty is Certainty.GUESS


def test_answer_delivered_twice_keeps_what_was_said(room: Classroom) -> None:
    _, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    say(room, answered, Certainty.CERTAIN)
    again = room.answer(asked, ANNA, right_answer(asked), interaction_id=answered.given_by)
    assert (again.stored, again.certainty, again.given_by) == (False, Certainty.CERTAIN, answered.given_by)


def test_press_delivered_late_does_not_undo_a_newer_one(room: Classroom) -> None:
    _, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    slow = room.click()
    say(room, answered, Certainty.CERTAIN)
    late = say(room, answered, Certainty.GUESS, interaction_id=slow)
    assert (late.certainty, late.stored) == (Certainty.CERTAIN, False)
    assert stored(room) == [Certainty.CERTAIN]


def test_late_press_changes_nothing(room: Classroom) -> None:
    run_id, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    say(room, answered, Certainty.GUESS)
    closes_at = asked.closes_at
    assert closes_at is not None
    room.later(21)  # the time is up, and the question not closed yet
    for step in (None, room.run_out):
        if step is not None:
            step(run_id)
        with pytest.raises(WrongState):
            say(room, answered, Certainty.CERTAIN)
    assert stored(room) == [Certainty.GUESS]


def test_pause_holds_and_a_skipped_question_ends_it(room: Classroom) -> None:
    run_id, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.now)
    with pytest.raises(WrongState):
        say(room, answered, Certainty.CERTAIN)
    room.do(resume_run, guild_id=GUILD, run_id=run_id, at=room.now)
    say(room, answered, Certainty.CERTAIN)
    room.do(skip_question, guild_id=GUILD, run_id=run_id, at=room.now)
    with pytest.raises(WrongState):
        say(room, answered, Certainty.GUESS)
    assert stored(room) == [Certainty.CERTAIN]


def test_press_of_another_person_or_server_changes_nothing(room: Classroom) -> None:
    _, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    with pytest.raises(NotFound):
        say(room, answered, Certainty.GUESS, user_id=BEN)
    with pytest.raises(NotFound):
        say(room, answered, Certainty.GUESS, guild_id=OTHER_GUILD)
    room.answer(asked, BEN, wrong_answer(asked))
    with pytest.raises(AnswerReplaced):
        say(room, answered, Certainty.GUESS, user_id=BEN)
    assert stored(room) == [None, None]


def test_quiz_that_does_not_ask_takes_no_certainty(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    answered = room.answer(asked, ANNA, right_answer(asked))
    with pytest.raises(NotFound):
        say(room, answered, Certainty.GUESS)
    assert stored(room) == [None]


def test_each_vote_has_a_certainty_of_its_own(room: Classroom) -> None:
    run_id, asked = begin(room)
    first = room.answer(asked, ANNA, wrong_answer(asked))
    say(room, first, Certainty.GUESS)
    room.run_out(run_id)
    with pytest.raises(WrongState):
        say(room, first, Certainty.CERTAIN)
    room.do(begin_second_vote, guild_id=GUILD, run_id=run_id, at=room.now)
    room.publish()
    again = room.asked(run_id)
    second = room.answer(again, ANNA, right_answer(again))
    say(room, second, Certainty.CERTAIN)
    with pytest.raises(WrongState):
        say(room, first, Certainty.FAIRLY)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert [given.certainty for _, given in mine.rounds if given is not None] == [Certainty.CERTAIN]
    assert [given.certainty for given in mine.first.values()] == [Certainty.GUESS]


def test_certainty_outlives_a_restart(room: Classroom) -> None:
    _, asked = begin(room)
    answered = room.answer(asked, ANNA, right_answer(asked))
    room.reopen()
    say(room, answered, Certainty.FAIRLY)
    room.reopen()
    assert stored(room) == [Certainty.FAIRLY]
