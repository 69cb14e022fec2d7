"""Reports on questions: who may report what, once, and what is kept of it."""

import random

import pytest

from bot.actions.own_answers import answer_own
from bot.actions.own_runs import OwnQuestion, leave_own
from bot.actions.practice import begin_practice
from bot.actions.reporting import LONGEST_REPORT, question_to_report, report_question
from bot.errors import Invalid, NotAllowed, NotFound
from bot.ids import GuildId, InteractionId, RoundId, UserId
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.run import Round
from bot.quiz.showing import Showing, When
from bot.store.regrades import marked_answers
from tests.classroom import ANNA, BEN, GUILD, OTHER_GUILD, Classroom, right_answer, wrong_answer
from tests.written import BLANK, CLEAN, DIRTY


def report(
    room: Classroom,
    asked: Round,
    user_id: UserId = ANNA,
    text: str = "The atlas says otherwise.",
    *,
    guild_id: GuildId = GUILD,
    interaction_id: InteractionId | None = None,
) -> bool:
    return room.do(
        report_question,
        guild_id=guild_id,
        round_id=asked.round_id,
        user_id=user_id,
        text=text,
        interaction_id=interaction_id or room.click(),
        at=room.now,
    )


def closed_question(room: Classroom) -> Round:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    room.answer(asked, BEN, right_answer(asked))
    room.run_out(run_id)
    return room.rounds(run_id)[0]


def private_question(room: Classroom, options: RunOptions = NO_OPTIONS) -> Round:
    shown = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=ANNA,
        set_key="geography",
        category=None,
        questions=1,
        rng=random.Random(3),
        at=room.now,
        options=options,
    )
    assert isinstance(shown, OwnQuestion)
    return shown.asked


def answer_alone(room: Classroom, asked: Round) -> None:
    given = wrong_answer(asked)
    room.do(
        answer_own,
        guild_id=GUILD,
        user_id=ANNA,
        round_id=asked.round_id,
        answer=((given,),) if isinstance(given, str) else given,
        interaction_id=room.click(),
        at=room.now,
    )


def stored(room: Classroom) -> list[tuple[object, ...]]:
    return room.rows("SELECT revision_id, response IS NULL, content FROM report ORDER BY report_id")


def test_report_keeps_the_revision_the_answer_and_the_text(room: Classroom) -> None:
    asked = closed_question(room)
    assert report(room, asked)
    assert stored(room) == [(asked.revision_id, 0, "The atlas says otherwise.")]
    [(kept,)] = room.rows("SELECT response FROM report")
    [(given,)] = room.rows("SELECT response FROM answer ORDER BY answer_id LIMIT 1")
    assert kept == given


def test_somebody_who_did_not_answer_may_report(room: Classroom) -> None:
    asked = closed_question(room)
    report(room, asked, UserId(77))
    assert stored(room) == [(asked.revision_id, 1, "The atlas says otherwise.")]


def test_second_report_of_the_same_person_replaces_the_text(room: Classroom) -> None:
    asked = closed_question(room)
    report(room, asked)
    shown = question_to_report(room.db, guild_id=GUILD, round_id=asked.round_id, user_id=ANNA, at=room.now)
    assert shown.text == "The atlas says otherwise."
    report(room, asked, text="  Better put.  ")
    report(room, asked, BEN, text="Mine.")
    assert [text for *_, text in stored(room)] == ["Better put.", "Mine."]


def test_form_that_comes_twice_or_late_changes_nothing(room: Classroom) -> None:
    asked = closed_question(room)
    early, late = room.click(), room.click()
    assert report(room, asked, text="new", interaction_id=late)
    before = room.contents()
    assert not report(room, asked, text="new", interaction_id=late)
    assert not report(room, asked, text="old", interaction_id=early)
    assert room.contents() == before


@pytest.mark.parametrize("text", ["", *BLANK])
def test_empty_report_is_refused(room: Classroom, text: str) -> None:
    with pytest.raises(Invalid):
        report(room, closed_question(room), text=text)
    assert stored(room) == []


def test_report_is_cleaned_and_never_cut(room: Classroom) -> None:
    asked = closed_question(room)
    with pytest.raises(Invalid):
        report(room, asked, text="x" * (LONGEST_REPORT + 1))
    assert stored(room) == []
    report(room, asked, text=DIRTY)
    assert room.rows("SELECT content FROM report") == [(CLEAN,)]


def test_open_question_cannot_be_reported(room: Classroom) -> None:
    asked = room.start(room.open_live())
    room.answer(asked, ANNA, wrong_answer(asked))
    for user_id in (ANNA, BEN):
        with pytest.raises(NotFound):
            report(room, asked, user_id)
        with pytest.raises(NotFound):
            question_to_report(room.db, guild_id=GUILD, round_id=asked.round_id, user_id=user_id, at=room.now)


def test_question_of_another_server_cannot_be_reported(room: Classroom) -> None:
    with pytest.raises(NotFound):
        report(room, closed_question(room), guild_id=OTHER_GUILD)


def test_unknown_question_cannot_be_reported(room: Classroom) -> None:
    asked = closed_question(room)
    with pytest.raises(NotFound):
        question_to_report(
            room.db, guild_id=GUILD, round_id=RoundId(asked.round_id + 999), user_id=ANNA, at=room.now
        )


def test_private_question_is_reported_by_its_learner_after_the_answer(room: Classroom) -> None:
    asked = private_question(room)
    with pytest.raises(NotFound):
        report(room, asked)
    answer_alone(room, asked)
    with pytest.raises(NotAllowed):
        report(room, asked, BEN)
    assert report(room, asked)


def test_question_whose_answer_comes_later_is_reported_later(room: Classroom) -> None:
    later = Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER)
    asked = private_question(room, RunOptions(showing=later))
    answer_alone(room, asked)
    with pytest.raises(NotFound):
        report(room, asked)
    [kept] = marked_answers(room.db, GUILD, asked.revision_id, room.now, dropped=False)
    assert not kept.seen, "nobody is told of a result that is not shown yet"
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=asked.run_id, at=room.now)
    [kept] = marked_answers(room.db, GUILD, asked.revision_id, room.now, dropped=False)
    assert kept.seen
    assert report(room, asked)
