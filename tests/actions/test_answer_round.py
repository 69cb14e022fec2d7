"""Answers to a live question: when they count, and what a click changes that comes twice, late or out of order."""

from datetime import timedelta

import pytest

from bot.actions.answering import answer_round, question_for_form
from bot.actions.hosting import close_now, pause_run, start_run
from bot.actions.questions import publish_bundled
from bot.bank.grade import Outcome
from bot.bank.response import Picked, Typed
from bot.errors import NotFound, RoundClosed, RoundHeld, UnreadableAnswer
from bot.ids import InteractionId, RoundId, RunId, UserId
from bot.quiz.run import Round
from bot.store.answers import StoredAnswer, answers_of_round
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    GUILD,
    Classroom,
    choice,
    numeric,
    plan,
    question_set,
    right_answer,
    right_slot,
    short_text,
    true_false,
    wrong_answer,
)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    sets = [
        question_set(choice("river"), choice("lake"), key="buttons"),
        question_set(numeric("towns", answer=80), key="number"),
        question_set(short_text("city", accepted=("Rongcheng", "Rongcheng City")), key="word"),
        question_set(true_false("hill", answer=False), key="statement"),
    ]
    room.do(publish_bundled, sets=sets, at=room.now)
    return room


def asked_of(room: Classroom, set_key: str) -> tuple[RunId, Round]:
    run_id = room.open_live(asked_for=plan(set_key=set_key, questions=1))
    return run_id, room.start(run_id)


def stored(room: Classroom, asked: Round) -> list[StoredAnswer]:
    return answers_of_round(room.db, asked.round_id)


@pytest.mark.parametrize("set_key", ["buttons", "number", "word", "statement"])
def test_right_and_wrong_answers_of_each_kind(room: Classroom, set_key: str) -> None:
    _, asked = asked_of(room, set_key)
    assert room.answer(asked, ANNA, right_answer(asked)).stored
    assert room.answer(asked, BEN, wrong_answer(asked)).stored
    outcomes = {given.user_id: (given.outcome, given.fraction) for given in stored(room, asked)}
    assert outcomes == {ANNA: (Outcome.RIGHT, 1.0), BEN: (Outcome.WRONG, 0.0)}


def test_near_miss_is_kept_as_one(room: Classroom) -> None:
    _, asked = asked_of(room, "word")
    room.answer(asked, ANNA, "Rngchengg")
    room.answer(asked, BEN, "Paris")
    assert [given.near_miss for given in stored(room, asked)] == [
        asked.item.grade(Typed("Rngchengg")).near_miss,
        False,
    ]


def test_answer_is_stored_by_the_option_and_not_by_its_place(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    for slot, user_id in enumerate((ANNA, BEN, CEM)):
        room.answer(asked, user_id, slot)
    assert [given.response for given in stored(room, asked)] == [
        Picked(option) for option in asked.option_order
    ]


def test_answer_can_be_changed_until_the_end(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    room.answer(asked, ANNA, right_answer(asked))
    room.later(10)
    changed = room.answer(asked, ANNA, wrong_answer(asked))
    assert changed.stored
    [given] = stored(room, asked)
    assert (given.response, given.outcome) == (changed.response, Outcome.WRONG)
    assert room.rows("SELECT changes, first_at < answered_at FROM answer") == [(1, 1)]


def test_same_click_delivered_twice_changes_nothing(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    click = room.click()
    room.answer(asked, ANNA, right_answer(asked), interaction_id=click)
    before = room.contents()
    again = room.answer(asked, ANNA, right_answer(asked), interaction_id=click)
    assert not again.stored
    assert again.response == Picked(0)
    assert room.contents() == before


def test_older_click_that_arrives_later_changes_nothing(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    older, newer = room.click(), room.click()
    room.answer(asked, ANNA, right_answer(asked), interaction_id=newer)
    before = room.contents()
    overtaken = room.answer(asked, ANNA, wrong_answer(asked), interaction_id=older)
    assert not overtaken.stored
    assert overtaken.response == Picked(0), "the confirmation names the answer that counts"
    assert room.contents() == before


def test_unreadable_text_leaves_the_earlier_answer(room: Classroom) -> None:
    _, asked = asked_of(room, "number")
    room.answer(asked, ANNA, "80")
    before = room.contents()
    with pytest.raises(UnreadableAnswer) as unreadable:
        room.answer(asked, ANNA, "rather many, I think")
    assert unreadable.value.hint
    assert room.contents() == before
    assert room.answer(asked, ANNA, "81").stored


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 5_000, "'; DROP TABLE answer; --", "\x00", "１２３４", "\u202e80"]
)
@pytest.mark.parametrize("set_key", ["number", "word"])
def test_hostile_texts_are_graded_or_refused_and_nothing_else(
    room: Classroom, set_key: str, text: str
) -> None:
    _, asked = asked_of(room, set_key)
    try:
        answered = room.answer(asked, ANNA, text)
    except UnreadableAnswer:
        assert stored(room, asked) == []
    else:
        assert [given.response for given in stored(room, asked)] == [answered.response] == [Typed(text)]


@pytest.mark.parametrize("slot", [-1, 3, 1_000])
def test_button_that_was_never_offered_is_refused(room: Classroom, slot: int) -> None:
    _, asked = asked_of(room, "buttons")
    with pytest.raises(NotFound):
        room.answer(asked, ANNA, slot)
    assert stored(room, asked) == []


def test_button_of_a_typed_question_is_refused(room: Classroom) -> None:
    _, asked = asked_of(room, "number")
    with pytest.raises(NotFound):
        room.answer(asked, ANNA, 0)


def test_answers_before_the_message_is_noted_count(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(set_key="buttons", questions=1))
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    assert room.answer(room.asked(run_id), ANNA, 0).stored


def test_click_in_time_counts_though_it_arrives_in_the_grace_second(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    assert asked.closes_at is not None
    room.now = asked.closes_at + timedelta(seconds=1)
    assert room.answer(asked, ANNA, 0, at=asked.closes_at).stored
    with pytest.raises(RoundClosed):
        room.answer(asked, BEN, 0, at=asked.closes_at + timedelta(milliseconds=1))
    assert [given.user_id for given in stored(room, asked)] == [ANNA]


def test_late_answer_changes_nothing_and_hears_which_one_counts(room: Classroom) -> None:
    run_id, asked = asked_of(room, "buttons")
    room.answer(asked, ANNA, right_answer(asked))
    room.run_out(run_id)
    before = room.contents()
    with pytest.raises(RoundClosed) as closed:
        room.answer(asked, ANNA, wrong_answer(asked))
    assert closed.value.standing == "Right"
    with pytest.raises(RoundClosed) as closed:
        room.answer(asked, BEN, 0)
    assert closed.value.standing is None
    assert room.contents() == before


def test_click_in_time_is_refused_once_the_result_is_out(room: Classroom) -> None:
    run_id, asked = asked_of(room, "buttons")
    room.later(2)
    clicked_at = room.now
    room.do(close_now, guild_id=GUILD, run_id=run_id, at=room.later(1))
    with pytest.raises(RoundClosed):
        room.answer(asked, ANNA, 0, at=clicked_at)


def test_question_that_waits_for_its_turn_takes_no_answer(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(set_key="buttons", questions=2))
    room.start(run_id)
    with pytest.raises(RoundClosed):
        room.answer(room.rounds(run_id)[1], ANNA, 0)


def test_form_for_a_typed_answer_starts_with_the_last_one(room: Classroom) -> None:
    run_id, asked = asked_of(room, "number")

    def form() -> object:
        about = {"guild_id": GUILD, "round_id": asked.round_id, "user_id": ANNA}
        return room.do(question_for_form, **about, at=room.now).standing

    assert form() is None
    room.answer(asked, ANNA, "about 80 people")
    assert form() == Typed("about 80 people")
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.now)
    with pytest.raises(RoundHeld):
        form()


def test_opening_the_form_is_not_an_answer(room: Classroom) -> None:
    _, asked = asked_of(room, "number")
    before = room.contents()
    room.do(question_for_form, guild_id=GUILD, round_id=asked.round_id, user_id=ANNA, at=room.now)
    assert room.contents() == before


def test_question_that_does_not_exist(room: Classroom) -> None:
    with pytest.raises(NotFound):
        room.do(
            answer_round,
            guild_id=GUILD,
            round_id=RoundId(999),
            user_id=ANNA,
            answer=0,
            interaction_id=InteractionId(1),
            at=room.now,
        )


def test_answer_is_graded_by_the_wording_that_was_asked(room: Classroom) -> None:
    _, asked = asked_of(room, "number")
    corrected = question_set(numeric("towns", answer=90), key="number")
    room.do(publish_bundled, sets=[corrected], at=room.now)
    room.answer(asked, ANNA, "80")
    assert [given.outcome for given in stored(room, asked)] == [Outcome.RIGHT]


def test_a_class_answers_and_each_answer_is_counted_once(room: Classroom) -> None:
    _, asked = asked_of(room, "buttons")
    for user in range(300):
        room.answer(asked, UserId(user), right_slot(asked))
    for user in range(0, 300, 2):
        room.answer(asked, UserId(user), wrong_answer(asked))
    outcomes = [given.outcome for given in stored(room, asked)]
    assert (outcomes.count(Outcome.RIGHT), outcomes.count(Outcome.WRONG)) == (150, 150)
