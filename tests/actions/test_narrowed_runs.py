"""Quizzes on one topic or level, of what was missed or is new; and what was seen of late comes last."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.open_live import LivePlan
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import OwnQuestion
from bot.actions.practice import begin_practice
from bot.actions.questions import tags_for
from bot.bank.grade import Outcome
from bot.errors import Invalid, NotFound
from bot.quiz.focus import EVERYTHING, RECENT, Focus, Level, Which
from bot.store.runs import find_run, rounds_of
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    OTHER_GUILD,
    Classroom,
    as_given,
    choice,
    claim,
    plan,
    question_set,
    right_answer,
    wrong_answer,
)

TAGS = {
    "rhine": ("north",),
    "elbe": ("north",),
    "po": ("south",),
    "ebro": ("south", "west"),
    "loire": ("west",),
}
SET = question_set(
    *(
        choice(key).model_copy(update={"tags": tags, "difficulty": at + 1})
        for at, (key, tags) in enumerate(TAGS.items())
    ),
    claim("dam").model_copy(update={"tags": ("north", "dams")}),
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", SET)
    yield room
    room.close()


def take(room: Classroom, focus: Focus = EVERYTHING, questions: int = 5, seed: int = 1) -> OwnQuestion:
    """Begin a private quiz."""
    shown = room.do(
        begin_practice, guild_id=GUILD, user_id=ANNA, set_key="geography", category=None, focus=focus,
        questions=questions, rng=random.Random(seed), at=room.now,
    )  # fmt: skip
    assert isinstance(shown, OwnQuestion)
    return shown


def asked(room: Classroom, shown: OwnQuestion) -> list[str]:
    return [each.item.id for each in rounds_of(room.db, shown.run.run_id)]


def finish(room: Classroom, shown: OwnQuestion, *missed: str) -> None:
    """Answer everything, these wrongly."""
    for each in rounds_of(room.db, shown.run.run_id):
        answer = (wrong_answer if each.item.id in missed else right_answer)(each)
        feedback = room.do(
            answer_own, guild_id=GUILD, user_id=ANNA, round_id=each.round_id, answer=as_given(answer),
            interaction_id=room.click(), at=room.now,
        )  # fmt: skip
        assert (feedback.grade.outcome is Outcome.RIGHT) == (each.item.id not in missed)


@pytest.mark.parametrize(
    ("focus", "keys"),
    [
        (EVERYTHING, set(TAGS)),
        (Focus(tag="north"), {"rhine", "elbe"}),
        (Focus(level=Level.EASY), {"rhine", "elbe"}),
        (Focus(level=Level.HARD), {"ebro", "loire"}),
        (Focus(tag="south", level=Level.MEDIUM), {"po"}),
        (Focus(which=Which.NEW), set(TAGS)),
    ],
)
def test_only_what_was_asked_for_is_drawn(room: Classroom, focus: Focus, keys: set[str]) -> None:
    assert set(asked(room, take(room, focus))) == keys
    run_id = room.open_live(asked_for=LivePlan(**{**_fields(plan()), "focus": focus}))
    if focus.which is None:
        assert {each.item.id for each in rounds_of(room.db, run_id)} == keys


def _fields(given: LivePlan) -> dict[str, object]:
    return {name: getattr(given, name) for name in given.__slots__}


def test_missed_and_new_change_with_every_answer(room: Classroom) -> None:
    finish(room, take(room, Focus(tag="north")), "elbe")
    assert asked(room, take(room, Focus(which=Which.MISSED))) == ["elbe"]
    assert set(asked(room, take(room, Focus(which=Which.NEW)))) == {"po", "ebro", "loire"}
    finish(room, take(room, Focus(which=Which.MISSED)))
    with pytest.raises(Invalid) as refused:
        take(room, Focus(which=Which.MISSED))
    assert refused.value.reason == "you have missed no such question"


def test_what_others_answered_does_not_count(room: Classroom) -> None:
    finish(room, take(room), *TAGS)
    shown = room.do(
        begin_practice, guild_id=GUILD, user_id=BEN, set_key="geography", category=None,
        focus=Focus(which=Which.NEW), questions=5, rng=random.Random(2), at=room.now,
    )  # fmt: skip
    assert isinstance(shown, OwnQuestion)
    assert set(asked(room, shown)) == set(TAGS)


def test_an_open_live_question_tells_nothing_about_its_answer(room: Classroom) -> None:
    first = room.start(room.open_live())
    room.answer(first, ANNA, wrong_answer(first))
    with pytest.raises(Invalid):
        take(room, Focus(which=Which.MISSED))


def test_a_live_quiz_counts_once_its_question_is_closed(room: Classroom) -> None:
    first = room.start(room.open_live())
    room.answer(first, ANNA, wrong_answer(first))
    room.later(60)
    room.tick()
    assert asked(room, take(room, Focus(which=Which.MISSED))) == [first.item.id]


def test_what_was_answered_of_late_comes_only_if_the_rest_does_not_suffice(room: Classroom) -> None:
    finish(room, take(room, Focus(tag="north")))
    for seed in range(20):
        shown = take(room, Focus(level=None), questions=3, seed=seed)
        assert set(asked(room, shown)) == {"po", "ebro", "loire"}
        finish_quietly(room, shown)
    assert len(asked(room, take(room, questions=5))) == 5


def finish_quietly(room: Classroom, shown: OwnQuestion) -> None:
    """Take the run away as if it had never been, so that the next draw starts from the same past."""
    room.do(_forget, run_id=shown.run.run_id)


def _forget(db: object, *, run_id: int) -> None:
    execute = db.conn.execute  # type: ignore[attr-defined]
    execute("DELETE FROM round WHERE run_id = ?", [run_id])
    execute("DELETE FROM run WHERE run_id = ?", [run_id])


def test_after_some_days_everything_is_as_likely_again(room: Classroom) -> None:
    finish(room, take(room, Focus(tag="north")))
    room.now += RECENT
    drawn = {key for seed in range(20) for key in _drawn_and_forgotten(room, seed)}
    assert drawn == set(TAGS)


def _drawn_and_forgotten(room: Classroom, seed: int) -> list[str]:
    shown = take(room, questions=2, seed=seed)
    keys = asked(room, shown)
    finish_quietly(room, shown)
    return keys


def test_a_quiz_goes_on_only_with_the_same_wish(room: Classroom) -> None:
    north = take(room, Focus(tag="north"))
    assert take(room, Focus(tag="north")).run.run_id == north.run.run_id
    assert take(room, Focus(tag="south")).run.run_id != north.run.run_id
    assert take(room).run.run_id != north.run.run_id


def test_a_run_remembers_what_it_was_narrowed_to(room: Classroom) -> None:
    focus = Focus("south", Level.MEDIUM, Which.NEW)
    shown = take(room, focus)
    room.reopen()
    found = find_run(room.db, shown.run.run_id)
    assert found is not None
    assert found.focus == focus


@pytest.mark.parametrize(
    ("focus", "why"),
    [
        (Focus(tag="deserts"), "this set has no such question"),
        (Focus(tag="dams"), "this set has no such question"),
        (Focus(tag="north", level=Level.HARD), "this set has no such question"),
        (Focus(which=Which.MISSED), "you have missed no such question"),
    ],
)
def test_nothing_to_ask_is_said_and_changes_nothing(room: Classroom, focus: Focus, why: str) -> None:
    before = room.contents()
    with pytest.raises(Invalid) as refused:
        take(room, focus)
    assert refused.value.reason == why
    assert refused.value.remedy
    assert room.contents() == before


def test_all_answered_is_said_too(room: Classroom) -> None:
    finish(room, take(room))
    with pytest.raises(Invalid) as refused:
        take(room, Focus(which=Which.NEW))
    assert refused.value.reason == "you have answered every such question"


def test_topics_of_a_set_are_those_of_its_quiz_questions(room: Classroom) -> None:
    assert tags_for(room.db, guild_id=GUILD, set_key="geography") == {"north": 2, "south": 2, "west": 2}
    with pytest.raises(NotFound):
        tags_for(room.db, guild_id=OTHER_GUILD, set_key="nowhere")
