"""How far a learner has come, from a real file: what counts, whose it is, and who may know what."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.own_answers import answer_own, say_how_sure
from bot.actions.own_runs import create_own_run, leave_own
from bot.actions.practice import begin_practice
from bot.actions.progress import LearnerProgress, learner_progress, own_certainty, own_progress
from bot.actions.questions import publish_bundled
from bot.bank.item import Category
from bot.bank.question_set import QuestionSet
from bot.errors import NotFound
from bot.ids import EVERY_GUILD, GuildId, RunId, SetId, UserId
from bot.insight.study import Why
from bot.quiz.certainty import Certainty
from bot.quiz.focus import EVERYTHING, Focus, Which
from bot.quiz.options import NO_OPTIONS, RunOptions
from bot.quiz.run import Round, RunMode
from bot.quiz.showing import Showing, When
from bot.store.answers import seen_items
from bot.store.histories import ANSWERS
from bot.store.learners import find_learner
from bot.store.moments import to_text
from bot.store.questions import find_set, items_of, save_set
from tests.actions.deciding import applied, ask, dropping, report, subject_of
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    OTHER_GUILD,
    Classroom,
    as_given,
    choice,
    question_set,
    right_answer,
    true_false,
    wrong_answer,
)

KEYS = [f"river-{number}" for number in range(12)]
RIVERS = question_set(
    *(
        choice(key).model_copy(update={"tags": ("north" if at % 2 else "south",)})
        for at, key in enumerate(KEYS)
    )
)
LAKES = question_set(true_false("como"), true_false("garda"), key="lakes", title="Lakes")
SURE = RunOptions(certainty=True)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", RIVERS, LAKES)
    yield room
    room.close()


def run_of(
    room: Classroom,
    options: RunOptions = NO_OPTIONS,
    *,
    guild_id: GuildId = GUILD,
    user_id: UserId = ANNA,
    set_key: str = "geography",
    mode: RunMode = RunMode.PRACTICE,
    lasts: timedelta | None = None,
) -> RunId:
    """A run of one learner with every question of a set, in the order of the file."""
    stored = find_set(room.db, guild_id, set_key)
    assert stored is not None
    items = items_of(room.db, stored.set_id)
    return room.do(
        create_own_run, guild_id=guild_id, user_id=user_id, mode=mode, set_id=stored.set_id, category=None,
        focus=EVERYTHING, options=options, seed=1,
        rounds=[(each.revision_id, tuple(range(len(each.item.choices())))) for each in items], at=room.now,
        closes_at=None if lasts is None else room.now + lasts,
    )  # fmt: skip


def give(
    room: Classroom,
    asked: Round,
    *,
    right: bool,
    sure: Certainty | None = None,
    guild_id: GuildId = GUILD,
    user_id: UserId = ANNA,
) -> None:
    answer = (right_answer if right else wrong_answer)(asked)
    room.do(
        answer_own, guild_id=guild_id, user_id=user_id, round_id=asked.round_id, answer=as_given(answer),
        interaction_id=room.click(), at=room.now,
    )  # fmt: skip
    if sure is not None:
        room.do(
            say_how_sure, guild_id=guild_id, user_id=user_id, round_id=asked.round_id, certainty=sure,
            at=room.now,
        )  # fmt: skip


def answer_all(room: Classroom, *missed: str, **where: object) -> RunId:
    """Answer a whole set, these items wrongly."""
    run_id = run_of(room, **where)  # type: ignore[arg-type]
    for asked in room.rounds(run_id):
        give(room, asked, right=asked.item.id not in missed, **_whose(where))  # type: ignore[arg-type]
    return run_id


def _whose(where: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in where.items() if name in ("guild_id", "user_id")}


def mine(room: Classroom, **where: object) -> LearnerProgress:
    return own_progress(room.db, **{"guild_id": GUILD, "user_id": ANNA, "at": room.now, **where})  # type: ignore[arg-type]


def figures(found: LearnerProgress) -> tuple[int, int, int, int]:
    """Answers, questions, right at the first try, missed at the latest."""
    whole = found.figures.whole
    return found.figures.answers, whole.questions, whole.first_right, whole.missed


def test_nothing_yet(room: Classroom) -> None:
    found = mine(room)
    assert figures(found) == (0, 0, 0, 0)
    assert [(each.why, each.set_key) for each in found.suggestions] == [(Why.START, None)]
    assert find_learner(room.db, GUILD, ANNA) is None, "looking makes nobody a learner"


def test_first_try_and_latest_try_differ(room: Classroom) -> None:
    answer_all(room, "river-0", "river-1", "river-2")
    room.later(60)
    answer_all(room, "river-2", "river-3")
    assert figures(mine(room)) == (24, 12, 9, 2)
    assert mine(room).figures.topics[0].name == "north"


def test_live_and_private_answers_count_together(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    assert figures(mine(room)) == (0, 0, 0, 0), "the question is still open"
    room.run_out(run_id)
    assert figures(mine(room)) == (1, 1, 0, 1)
    assert mine(room).figures.alone == 0
    answer_all(room)
    assert figures(mine(room)) == (13, 12, 11, 0)
    assert mine(room).figures.alone == 12


def test_a_changed_answer_is_one_try(room: Classroom) -> None:
    run_id = room.open_live()
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    room.answer(asked, ANNA, right_answer(asked))
    room.run_out(run_id)
    assert figures(mine(room)) == (1, 1, 1, 0)


# What may be known


def test_an_open_question_says_nothing(room: Classroom) -> None:
    later = RunOptions(showing=Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER))
    run_id = run_of(room, later)
    give(room, room.rounds(run_id)[0], right=True)
    assert figures(mine(room)) == (0, 0, 0, 0)
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert figures(mine(room)) == (1, 1, 1, 0)


def test_marks_that_wait_for_the_end_wait_even_where_the_question_is_closed(room: Classroom) -> None:
    run_id = run_of(room, RunOptions(showing=Showing(marks=When.AFTER)), lasts=timedelta(days=2))
    give(room, room.rounds(run_id)[0], right=False)
    assert [each.state.value for each in room.rounds(run_id)][:2] == ["closed", "open"]
    assert figures(mine(room)) == (0, 0, 0, 0)
    assert _seen(room) == set()
    room.later(hours=49)
    assert figures(mine(room)) == (1, 1, 0, 1)
    assert _seen(room) == {"river-0"}


def test_marks_that_wait_for_the_due_date_wait_even_where_the_run_has_ended(room: Classroom) -> None:
    options = RunOptions(
        showing=Showing(marks=When.AFTER_DUE, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
    )
    run_id = run_of(room, options, mode=RunMode.ASSIGNMENT, lasts=timedelta(days=2))
    give(room, room.rounds(run_id)[0], right=False)
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    for _ in range(2):
        assert figures(mine(room)) == (0, 0, 0, 0)
        assert figures(_theirs(room)) == (0, 0, 0, 0)
        assert _seen(room) == set()
        room.later(hours=24)
    room.later(1)
    assert figures(mine(room)) == (1, 1, 0, 1)
    assert _seen(room) == {"river-0"}


def _seen(room: Classroom) -> set[str]:
    stored = find_set(room.db, GUILD, "geography")
    assert stored is not None
    return set(seen_items(room.db, GUILD, ANNA, stored.set_id, room.now))


def _theirs(room: Classroom) -> LearnerProgress:
    return learner_progress(room.db, guild_id=GUILD, user_id=ANNA, at=room.now)


# Whose it is


def test_people_and_servers_are_never_mixed(room: Classroom) -> None:
    answer_all(room, "river-0")
    answer_all(room, *KEYS, guild_id=OTHER_GUILD)
    answer_all(room, *KEYS, user_id=BEN)
    assert figures(mine(room)) == (12, 12, 11, 1)
    assert figures(mine(room, user_id=BEN)) == (12, 12, 0, 12)
    assert figures(mine(room, guild_id=OTHER_GUILD)) == (12, 12, 0, 12)


def test_another_servers_set_is_not_found(room: Classroom) -> None:
    theirs = replace(LAKES, info=LAKES.info.model_copy(update={"id": "theirs"}))
    set_id = room.do(save_set, guild_id=OTHER_GUILD, questions=theirs, loaded_by=None, at=room.now)
    for where in ({"set_key": "theirs"}, {"set_id": set_id}):
        with pytest.raises(NotFound):
            mine(room, **where)
    assert mine(room, guild_id=OTHER_GUILD, set_id=set_id).source is not None


# Sets


def test_one_set_or_all(room: Classroom) -> None:
    answer_all(room, "river-0")
    answer_all(room, "como", set_key="lakes")
    assert figures(mine(room)) == (14, 14, 12, 2)
    found = mine(room, set_key="lakes")
    assert figures(found) == (2, 2, 1, 1)
    assert found.source is not None
    assert found.source.title == "Lakes"
    assert figures(mine(room, set_id=found.source.set_id)) == (2, 2, 1, 1)
    assert found.suggestions[0].set_key == "lakes"
    with pytest.raises(NotFound):
        mine(room, set_key="nowhere")
    with pytest.raises(NotFound):
        mine(room, set_id=SetId(999))


def test_a_retired_set_keeps_its_history_but_is_not_suggested(room: Classroom) -> None:
    answer_all(room, *KEYS)
    assert mine(room).suggestions[0].why is Why.TOPIC
    room.do(publish_bundled, sets=[LAKES], at=room.now)
    for found in (mine(room), mine(room, set_key="geography")):
        assert figures(found) == (12, 12, 0, 12)
        assert found.suggestions == ()


def test_a_retired_question_counts_but_is_not_suggested(room: Classroom) -> None:
    answer_all(room, *KEYS)
    shorter = QuestionSet(RIVERS.info, RIVERS.items[:4])
    room.do(save_set, guild_id=EVERY_GUILD, questions=shorter, loaded_by=None, at=room.now)
    found = mine(room)
    assert figures(found) == (12, 12, 0, 12)
    assert [(each.why, each.count) for each in found.suggestions] == [(Why.MISSED, 4)]


def test_a_set_that_the_server_has_replaced_counts_with_its_successor(room: Classroom) -> None:
    answer_all(room, *KEYS)
    room.do(save_set, guild_id=GUILD, questions=RIVERS, loaded_by=ANNA, at=room.now)
    assert figures(mine(room, set_key="geography")) == (12, 12, 0, 12)
    assert mine(room).suggestions == (), "the bundled questions cannot be asked here any more"
    answer_all(room)
    assert figures(mine(room, set_key="geography")) == (24, 24, 12, 12)


def test_an_item_is_told_by_its_newest_wording(room: Classroom) -> None:
    answer_all(room)
    moved = [item.model_copy(update={"category": Category.HISTORY}) for item in RIVERS.items]
    newer = QuestionSet(RIVERS.info, tuple(moved))
    room.do(save_set, guild_id=EVERY_GUILD, questions=newer, loaded_by=None, at=room.now)
    answer_all(room)
    assert [group.name for group in mine(room).figures.categories] == ["history"]
    assert figures(mine(room)) == (24, 12, 12, 0)


# What is suggested can be done


def test_each_suggestion_can_be_taken_as_it_stands(room: Classroom) -> None:
    answer_all(room, *KEYS[:8])
    for found in mine(room).suggestions:
        assert found.set_key is not None
        step = room.do(
            begin_practice, guild_id=GUILD, user_id=ANNA, set_key=found.set_key, category=None,
            focus=Focus(tag=found.tag, which=found.which), questions=50, rng=random.Random(1), at=room.now,
        )  # fmt: skip
        assert len(room.rounds(step.run.run_id)) == found.asks


def test_what_is_new_is_what_a_quiz_calls_new(room: Classroom) -> None:
    run_id = run_of(room)
    for asked in room.rounds(run_id)[:10]:
        give(room, asked, right=True)
    (found,) = mine(room).suggestions
    assert (found.why, found.which, found.count, found.asks) == (Why.NEW, Which.NEW, 2, 2)


# Questions that the server has dropped


def test_a_dropped_question_counts_for_nobody_and_is_not_new(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    assert figures(mine(room)) == (1, 1, 0, 1)
    report(room, asked, ANNA)
    applied(room, dropping(room, subject_of(room)))
    assert figures(mine(room)) == (0, 0, 0, 0)
    others = [each for each in room.rounds(run_of(room)) if each.item.id != asked.item.id]
    for each in others[:10]:
        give(room, each, right=True)
    assert figures(mine(room)) == (10, 10, 10, 0)
    assert [(each.why, each.count) for each in mine(room).suggestions] == [(Why.NEW, 1)]
    give(room, others[10], right=True)
    assert mine(room).suggestions == (), "the dropped one cannot be asked"


# How sure one was is nobody else's


def test_certainty_shows_in_ones_own_and_never_in_the_instructors(room: Classroom) -> None:
    run_id = run_of(room, SURE)
    for asked in room.rounds(run_id):
        give(room, asked, right=False, sure=Certainty.CERTAIN)
    assert mine(room).suggestions[0].why is Why.MISCONCEPTION
    theirs = _theirs(room)
    assert all(each.latest.certainty is None for each in theirs.figures.standings)
    assert Why.MISCONCEPTION not in {each.why for each in theirs.suggestions}
    assert figures(theirs) == figures(mine(room))


def test_instructors_see_the_same_whatever_was_said_of_certainty(room: Classroom) -> None:
    run_id = run_of(room, SURE)
    for asked in room.rounds(run_id):
        give(room, asked, right=False, sure=Certainty.CERTAIN)
    before = _theirs(room)
    room.do(_forget_certainty)
    assert _theirs(room) == before


def _forget_certainty(db: object) -> None:
    db.conn.execute("UPDATE answer SET certainty = NULL")  # type: ignore[attr-defined]


def test_calibration_in_all_and_of_late(room: Classroom) -> None:
    first = run_of(room, SURE)
    for asked in room.rounds(first):
        give(room, asked, right=False, sure=Certainty.CERTAIN)
    room.later(hours=31 * 24)
    second = run_of(room, SURE)
    for asked in room.rounds(second):
        give(room, asked, right=True, sure=Certainty.CERTAIN)
    answer_all(room)
    sure = own_certainty(room.db, guild_id=GUILD, user_id=ANNA, at=room.now)
    level, recent = (each.level(Certainty.CERTAIN) for each in (sure.overall, sure.recent))
    assert (level.right, level.answers) == (12, 24)
    assert (recent.right, recent.answers) == (12, 12), "answers without a certainty are no part of it"
    assert sure.overall.brier == pytest.approx((12 * 0.9**2 + 12 * 0.1**2) / 24)


def test_certainty_of_one_set(room: Classroom) -> None:
    run_id = run_of(room, SURE, set_key="lakes")
    give(room, room.rounds(run_id)[0], right=True, sure=Certainty.FAIRLY)
    of_set = own_certainty(room.db, guild_id=GUILD, user_id=ANNA, set_key="lakes", at=room.now)
    assert of_set.overall.answers == 1
    other = own_certainty(room.db, guild_id=GUILD, user_id=ANNA, set_key="geography", at=room.now)
    assert other.overall.answers == 0


def test_certainty_of_an_open_question_says_nothing(room: Classroom) -> None:
    later = RunOptions(
        certainty=True, showing=Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER)
    )
    run_id = run_of(room, later)
    give(room, room.rounds(run_id)[0], right=True, sure=Certainty.CERTAIN)
    assert own_certainty(room.db, guild_id=GUILD, user_id=ANNA, at=room.now).overall.answers == 0


# Quick as the file grows


def test_the_query_looks_up_every_table_by_an_index(room: Classroom) -> None:
    plan = room.rows(f"EXPLAIN QUERY PLAN {ANSWERS}", guild_id=GUILD, user_id=ANNA, at=to_text(room.now))
    steps = [str(step[-1]) for step in plan]
    assert [step for step in steps if step.startswith("SCAN")] == []
    assert any("answer_learner" in step for step in steps), steps
