"""Spaced review: agreed to once, fed by every run, at most so many a day, graded by the answers."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.own_answers import answer_own, say_how_sure, show_feedback
from bot.actions.own_runs import OwnFeedback, OwnKept, OwnQuestion, OwnResult, leave_own, next_step
from bot.actions.practice import begin_practice
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import my_result
from bot.actions.review_grades import change_recall
from bot.actions.reviewing import (
    ReviewHome,
    agree_to_review,
    begin_review,
    cards_kept,
    choose_daily,
    review_home,
    stop_review,
)
from bot.bank.kinds import Item
from bot.bank.ruling import Dropped
from bot.errors import Invalid, NotAllowed, NotFound
from bot.ids import GuildId, RegradeId, RevisionId, RoundId, RunId, UserId
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.run import RunMode, RunState
from bot.quiz.showing import Showing, When
from bot.review.memory import Memory, missed, reviewed
from bot.review.recall import Recall
from bot.store.rulings import add_ruling
from bot.store.sql import insert
from tests.actions.test_own_runs import begin as begin_run
from tests.classroom import (
    ANNA,
    BEN,
    GUILD,
    MIXED,
    OTHER_GUILD,
    Classroom,
    as_given,
    choice,
    plan,
    question_set,
    right_answer,
    wrong_answer,
)

MONDAY = date(2026, 3, 2)


def take(
    room: Classroom,
    *,
    right: bool = False,
    sure: Certainty | None = None,
    user_id: UserId = ANNA,
    guild_id: GuildId = GUILD,
    questions: int = 4,
    showing: Showing | None = None,
) -> OwnQuestion | OwnKept | OwnResult:
    """A private quiz of the whole set, every answer right or wrong; gives where it stands after the last one."""
    shown = room.do(
        begin_practice,
        guild_id=guild_id,
        user_id=user_id,
        set_key="geography",
        category=None,
        questions=questions,
        options=RunOptions(certainty=sure is not None, showing=showing or Showing()),
        rng=random.Random(1),
        at=room.now,
    )
    run_id = shown.run.run_id
    while isinstance(shown, OwnQuestion):
        answer(room, shown, right=right, sure=sure, user_id=user_id, guild_id=guild_id)
        shown = next_step(room.db, guild_id=guild_id, user_id=user_id, run_id=run_id, at=room.now)
    return shown


def answer(
    room: Classroom,
    asked: OwnQuestion,
    *,
    right: bool = True,
    sure: Certainty | None = None,
    user_id: UserId = ANNA,
    guild_id: GuildId = GUILD,
) -> OwnFeedback | OwnKept:
    who = {"guild_id": guild_id, "user_id": user_id}
    round_id = asked.asked.round_id
    given = (right_answer if right else wrong_answer)(asked.asked)
    after = room.do(
        answer_own,
        **who,
        round_id=round_id,
        answer=as_given(given),
        interaction_id=room.click(),
        at=room.now,
    )
    if not asked.run.options.certainty:
        return after
    if sure is None:
        return room.do(show_feedback, **who, round_id=round_id, at=room.now)
    return room.do(say_how_sure, **who, round_id=round_id, certainty=sure, at=room.now)


def home(room: Classroom, user_id: UserId = ANNA, guild_id: GuildId = GUILD) -> ReviewHome:
    found = room.do(review_home, guild_id=guild_id, user_id=user_id, at=room.now)
    assert found is not None
    return found


def agree(room: Classroom, user_id: UserId = ANNA, guild_id: GuildId = GUILD) -> ReviewHome:
    found = room.do(agree_to_review, guild_id=guild_id, user_id=user_id, at=room.now)
    assert found is not None
    return found


def begin(room: Classroom, user_id: UserId = ANNA) -> OwnQuestion:
    shown = room.do(begin_review, guild_id=GUILD, user_id=user_id, rng=random.Random(1), at=room.now)
    assert isinstance(shown, OwnQuestion)
    return shown


def review_all(room: Classroom, *, right: bool = True, sure: Certainty | None = None) -> list[OwnFeedback]:
    """A whole session; gives the feedback to each answer."""
    shown: OwnQuestion | OwnKept | OwnResult = begin(room)
    run_id = shown.run.run_id
    feedback: list[OwnFeedback] = []
    while isinstance(shown, OwnQuestion):
        after = answer(room, shown, right=right, sure=sure)
        assert isinstance(after, OwnFeedback)
        feedback.append(after)
        shown = next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    return feedback


def change(room: Classroom, round_id: RoundId, recall: Recall, user_id: UserId = ANNA) -> OwnFeedback:
    return room.do(
        change_recall, guild_id=GUILD, user_id=user_id, round_id=round_id, recall=recall, at=room.now
    )


def cards(room: Classroom) -> dict[str, str]:
    """The day on which each card is due, by the item's key."""
    rows = room.rows("SELECT i.key, c.due_on FROM card AS c JOIN item AS i USING (item_id)")
    return {str(key): str(due_on) for key, due_on in rows}


def tables(room: Classroom) -> list[tuple[object, ...]]:
    return [*room.rows("SELECT * FROM review_plan"), *room.rows("SELECT * FROM card")]


def load(room: Classroom, *items: Item) -> None:
    room.do(publish_bundled, sets=[question_set(*items)], at=room.now)


# The agreement


def test_nothing_is_kept_before_the_learner_agrees(room: Classroom) -> None:
    take(room)
    before = room.contents()
    assert room.do(review_home, guild_id=GUILD, user_id=ANNA, at=room.now) is None
    assert room.do(choose_daily, guild_id=GUILD, user_id=ANNA, daily=5, at=room.now) is None
    assert room.do(begin_review, guild_id=GUILD, user_id=ANNA, rng=random.Random(1), at=room.now) is None
    assert room.contents() == before


def test_learner_agrees_once(room: Classroom) -> None:
    take(room)
    assert agree(room).upcoming.today == 4
    before = room.contents()
    assert agree(room) == home(room)
    assert room.contents() == before


def test_agreeing_is_for_oneself_and_for_one_server(room: Classroom) -> None:
    take(room)
    take(room, user_id=BEN)
    take(room, guild_id=OTHER_GUILD)
    agree(room)
    assert room.rows("SELECT DISTINCT learner_id FROM card") == room.rows(
        "SELECT learner_id FROM learner WHERE user_id = :user AND guild_id = :guild", user=ANNA, guild=GUILD
    )
    assert room.do(review_home, guild_id=OTHER_GUILD, user_id=ANNA, at=room.now) is None
    assert room.do(review_home, guild_id=GUILD, user_id=BEN, at=room.now) is None


def test_stopping_deletes_everything_and_keeps_the_answers(room: Classroom) -> None:
    take(room)
    agree(room)
    asked = begin(room)
    answer(room, asked)
    answers = room.rows("SELECT * FROM answer")
    assert cards_kept(room.db, guild_id=GUILD, user_id=ANNA) == 4
    room.do(stop_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert (tables(room), room.rows("SELECT * FROM review_log")) == ([], [])
    assert room.rows("SELECT * FROM answer") == answers
    assert room.run(asked.run.run_id).state is RunState.ENDED
    with pytest.raises(NotFound):
        cards_kept(room.db, guild_id=GUILD, user_id=ANNA)
    before = room.contents()
    room.do(stop_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    assert room.contents() == before


def test_feedback_of_an_old_review_names_no_day_after_stopping(room: Classroom) -> None:
    take(room)
    agree(room)
    feedback = review_all(room)[0]
    room.do(stop_review, guild_id=GUILD, user_id=ANNA, at=room.now)
    before = room.contents()
    assert change(room, feedback.asked.round_id, Recall.EASY).next_review is None
    assert room.contents() == before


# What makes a card


def test_misses_and_guesses_make_cards_and_what_is_known_does_not(room: Classroom) -> None:
    agree(room)
    take(room, right=True, sure=Certainty.CERTAIN)
    assert home(room).cards == 0
    room.later(hours=1)
    take(room, right=True, sure=Certainty.GUESS)
    assert home(room).upcoming.today == 4
    assert {memory.stability for memory in memories(room)} == {reviewed(None, Recall.HARD, MONDAY).stability}


def memories(room: Classroom) -> list[Memory]:
    return [Memory.from_json(str(stored)) for (stored,) in room.rows("SELECT memory FROM card")]


def test_looking_again_changes_nothing(room: Classroom) -> None:
    take(room)
    agree(room)
    before = room.contents()
    home(room)
    room.reopen()
    home(room)
    assert room.contents() == before


def test_miss_of_a_live_quiz_makes_a_card_once_its_question_is_closed(room: Classroom) -> None:
    agree(room)
    run_id = room.open_live(asked_for=plan(questions=2))
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    assert home(room).cards == 0
    room.run_out(run_id)
    assert list(cards(room)) == []
    assert home(room).cards == 1
    assert list(cards(room)) == [asked.item.id]


def test_card_does_not_tell_what_is_not_shown_yet(room: Classroom) -> None:
    agree(room)
    later = Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER)
    waiting = take(room, showing=later)
    assert home(room).cards == 0
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=waiting.run.run_id, at=room.now)
    assert home(room).cards == 4


def test_card_waits_until_the_right_answer_may_be_shown(room: Classroom) -> None:
    agree(room)
    due = Showing(marks=When.AFTER, answers=When.AFTER_DUE, explanations=When.AFTER)
    run_id = begin_run(room, RunOptions(showing=due), lasts=timedelta(hours=2))
    missed_one = next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert isinstance(missed_one, OwnQuestion)
    answer(room, missed_one, right=False)
    result = room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=run_id, at=room.now)
    assert (result.shown.marks, result.missed) == (True, 1)
    assert home(room).cards == 0
    room.later(hours=2)
    assert home(room).cards == 0
    room.later(1)
    assert list(cards(room)) == []
    assert home(room).upcoming.today == 1
    assert list(cards(room)) == [missed_one.asked.item.id]


def test_only_the_latest_answer_counts(room: Classroom) -> None:
    take(room)
    room.later(hours=1)
    take(room, right=True)
    assert agree(room).cards == 0


def test_miss_elsewhere_brings_a_card_back(room: Classroom) -> None:
    take(room)
    agree(room)
    review_all(room, sure=Certainty.CERTAIN)
    calm = memories(room)
    assert home(room).upcoming.today == 0
    room.later(hours=24)
    take(room)
    assert home(room).upcoming.today == 4
    tuesday = MONDAY + timedelta(days=1)
    assert memories(room) == [missed(before, Recall.AGAIN, tuesday) for before in calm]


def test_right_answer_elsewhere_moves_no_card(room: Classroom) -> None:
    take(room)
    agree(room)
    before = cards(room)
    room.later(hours=1)
    take(room, right=True)
    home(room)
    assert cards(room) == before


def test_retired_questions_and_sets_are_left_out_and_come_back(room: Classroom) -> None:
    take(room)
    agree(room)
    load(room, *MIXED.items[:2])
    assert home(room).upcoming.today == 2
    room.do(publish_bundled, sets=[], at=room.now)
    assert home(room).upcoming.today == 0
    room.do(publish_bundled, sets=[MIXED], at=room.now)
    assert home(room).upcoming.today == 4


def drop(room: Classroom, key: str, guild_id: GuildId) -> None:
    """The server rules that a question does not count."""
    ((revision_id,),) = room.rows("SELECT revision_id FROM item WHERE key = :key", key=key)
    regrade = {
        "guild_id": guild_id,
        "revision_id": revision_id,
        "ruling": "{}",
        "reason": "",
        "decided_by": 1,
    }
    counts = {"decided_at": "2026-03-02T09:00:00.000000Z", "answers": 0, "changed": 0, "told": 0}
    regrade_id = insert(room.db, "regrade", **regrade, **counts)
    add_ruling(room.db, guild_id, RevisionId(revision_id), RegradeId(regrade_id), Dropped())


def test_dropped_question_is_left_out_where_it_was_dropped(room: Classroom) -> None:
    take(room)
    take(room, guild_id=OTHER_GUILD)
    drop(room, "river", GUILD)
    assert agree(room).cards == 3
    assert agree(room, guild_id=OTHER_GUILD).cards == 4
    drop(room, "lake", GUILD)
    left = home(room)
    assert (left.cards, left.upcoming.today) == (3, 2)


def test_dropped_question_is_no_reason_to_come_back(room: Classroom) -> None:
    load(room, choice("river"), choice("lake"))
    take(room)
    agree(room)
    review_all(room)
    drop(room, "river", GUILD)
    assert home(room).upcoming.next_count == 1
    drop(room, "lake", GUILD)
    assert home(room).upcoming.next_days is None
    room.later(hours=24 * 30)
    shown = room.do(begin_review, guild_id=GUILD, user_id=ANNA, rng=random.Random(1), at=room.now)
    assert isinstance(shown, ReviewHome)


def test_session_does_not_go_on_with_a_question_that_was_dropped_meanwhile(room: Classroom) -> None:
    take(room)
    agree(room)
    first = begin(room)
    answer(room, first)
    waiting = next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=first.run.run_id, at=room.now)
    assert isinstance(waiting, OwnQuestion)
    drop(room, waiting.asked.item.id, GUILD)
    again = begin(room)
    asked = [each.item.id for each in room.rounds(again.run.run_id)]
    assert len(asked) == 2
    assert {first.asked.item.id, waiting.asked.item.id}.isdisjoint(asked)
    assert room.run(first.run.run_id).state is RunState.ENDED
    assert len(review_all(room)) == 2


def test_session_is_drawn_anew_when_its_wording_is_old(room: Classroom) -> None:
    load(room, choice("river"), choice("lake"))
    take(room)
    agree(room)
    first = begin(room)
    load(room, choice("river", explanation="Known better now."), choice("lake"))
    again = begin(room)
    assert again.run.run_id != first.run.run_id
    wordings = {each.item.explanation for each in room.rounds(again.run.run_id)}
    assert wordings == {"Known better now.", "Because it is so."}


def test_new_wording_is_asked(room: Classroom) -> None:
    take(room)
    agree(room)
    load(room, choice("river", explanation="Known better now."))
    asked = begin(room)
    assert (asked.run.total, asked.asked.item.explanation) == (1, "Known better now.")


# A session


def test_session_asks_with_certainty_and_ends_with_what_comes_next(room: Classroom) -> None:
    take(room)
    agree(room)
    asked = begin(room)
    assert (asked.run.mode, asked.run.total, asked.run.options.certainty) == (RunMode.REVIEW, 4, True)
    feedback = [answer(room, asked), *review_all(room)]
    assert len(feedback) == 4
    result = next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=asked.run.run_id, at=room.now)
    assert isinstance(result, OwnResult)
    assert result.upcoming is not None
    assert (result.upcoming.today, result.upcoming.next_count, result.upcoming.next_days) == (0, 4, 1)
    assert home(room).done == 4


def test_second_session_goes_on_with_the_first(room: Classroom) -> None:
    take(room)
    agree(room)
    first = begin(room)
    answer(room, first)
    room.reopen()
    second = begin(room)
    assert (second.run.run_id, second.number, second.resumed) == (first.run.run_id, 2, True)
    assert home(room).begun


def test_nothing_to_ask_gives_where_it_stands(room: Classroom) -> None:
    agree(room)
    shown = room.do(begin_review, guild_id=GUILD, user_id=ANNA, rng=random.Random(1), at=room.now)
    assert isinstance(shown, ReviewHome)
    assert (shown.cards, shown.upcoming.today, shown.upcoming.next_days) == (0, 0, None)


def test_session_of_another_day_is_drawn_anew(room: Classroom) -> None:
    take(room)
    agree(room)
    first = begin(room)
    answer(room, first)
    room.later(hours=24)
    second = begin(room)
    assert second.run.run_id != first.run.run_id
    assert second.run.total == 4
    assert room.run(first.run.run_id).state is RunState.ENDED


def test_answer_without_its_feedback_counts_when_the_session_is_left(room: Classroom) -> None:
    take(room)
    agree(room)
    asked = begin(room)
    key = asked.asked.item.id
    room.do(
        answer_own,
        guild_id=GUILD,
        user_id=ANNA,
        round_id=asked.asked.round_id,
        answer=as_given(right_answer(asked.asked)),
        interaction_id=room.click(),
        at=room.now,
    )
    assert cards(room)[key] == "2026-03-02"
    result = room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=asked.run.run_id, at=room.now)
    assert cards(room)[key] > "2026-03-02"
    assert result.upcoming is not None
    assert result.upcoming.today == 3


def test_late_answer_to_a_session_that_is_over_is_refused(room: Classroom) -> None:
    take(room)
    agree(room)
    asked = begin(room)
    room.do(leave_own, guild_id=GUILD, user_id=ANNA, run_id=asked.run.run_id, at=room.now)
    before = room.contents()
    with pytest.raises(NotFound, match="open review"):
        answer(room, asked)
    assert room.contents() == before


def test_session_of_somebody_else_is_out_of_reach(room: Classroom) -> None:
    take(room)
    agree(room)
    agree(room, BEN)
    asked = begin(room)
    with pytest.raises(NotAllowed):
        answer(room, asked, user_id=BEN)
    feedback = answer(room, asked)
    before = room.contents()
    with pytest.raises(NotAllowed):
        change(room, feedback.asked.round_id, Recall.EASY, user_id=BEN)
    assert room.contents() == before


# The cap


def test_backlog_is_asked_in_portions(room: Classroom) -> None:
    load(room, *(choice(f"river-{number}") for number in range(12)))
    take(room, questions=12)
    agree(room)
    assert home(room).upcoming.today == 12
    room.do(choose_daily, guild_id=GUILD, user_id=ANNA, daily=5, at=room.now)
    assert home(room).upcoming.today == 5
    assert len(review_all(room)) == 5
    assert (home(room).upcoming.today, home(room).done) == (0, 5)
    room.later(hours=24)
    assert (home(room).upcoming.today, home(room).done) == (5, 0)


def test_smaller_cap_ends_a_session_that_asks_for_more(room: Classroom) -> None:
    load(room, *(choice(f"river-{number}") for number in range(12)))
    take(room, questions=12)
    agree(room)
    first = begin(room)
    answer(room, first)
    room.do(choose_daily, guild_id=GUILD, user_id=ANNA, daily=5, at=room.now)
    assert room.run(first.run.run_id).state is RunState.ENDED
    assert begin(room).run.total == 4


def test_cap_that_is_no_choice_is_refused(room: Classroom) -> None:
    agree(room)
    before = room.contents()
    with pytest.raises(Invalid):
        room.do(choose_daily, guild_id=GUILD, user_id=ANNA, daily=1_000, at=room.now)
    assert room.contents() == before


def test_questions_that_give_each_other_away_come_on_different_days(room: Classroom) -> None:
    # A quiz keeps them apart as well, so each is missed in a quiz of its own.
    load(room, choice("river", not_with=("lake",)), choice("lake"))
    take(room)
    take(room)
    assert agree(room).cards == 2
    assert len(review_all(room)) == 1
    assert home(room).upcoming.today == 0
    room.later(hours=24)
    assert len(review_all(room)) == 1


# Grades


@pytest.mark.parametrize(
    ("right", "sure", "recall"),
    [
        (False, Certainty.CERTAIN, Recall.AGAIN),
        (True, Certainty.GUESS, Recall.HARD),
        (True, Certainty.FAIRLY, Recall.GOOD),
        (True, None, Recall.GOOD),
        (True, Certainty.CERTAIN, Recall.EASY),
    ],
)
def test_grade_comes_from_the_answer(
    room: Classroom, *, right: bool, sure: Certainty | None, recall: Recall
) -> None:
    take(room)
    agree(room)
    feedback = answer(room, begin(room), right=right, sure=sure)
    assert isinstance(feedback, OwnFeedback)
    assert feedback.next_review is not None
    assert feedback.next_review.recall is recall
    assert feedback.next_review.days >= 1


def test_changed_grade_is_reckoned_from_before_the_answer(room: Classroom) -> None:
    take(room)
    agree(room)
    (before, *_) = memories(room)
    feedback = answer(room, begin(room))
    for recall in (Recall.EASY, Recall.AGAIN, Recall.HARD, Recall.GOOD):
        changed = change(room, feedback.asked.round_id, recall)
        assert changed.next_review is not None
        assert changed.next_review.recall is recall
        (moved,) = [each for each in memories(room) if each != before]
        assert moved == reviewed(before, recall, MONDAY)
    assert not changed.repeated


def test_same_grade_twice_changes_nothing(room: Classroom) -> None:
    take(room)
    agree(room)
    feedback = answer(room, begin(room))
    change(room, feedback.asked.round_id, Recall.EASY)
    before = room.contents()
    change(room, feedback.asked.round_id, Recall.EASY)
    assert room.contents() == before


def test_grade_stays_once_the_card_was_reviewed_again(room: Classroom) -> None:
    load(room, choice("river"))
    take(room)
    agree(room)
    old = review_all(room)[0]
    room.later(hours=24)
    review_all(room)
    before = room.contents()
    late = change(room, old.asked.round_id, Recall.AGAIN)
    assert late.next_review is None
    assert room.contents() == before


def test_grade_stays_once_the_question_was_missed_elsewhere(room: Classroom) -> None:
    load(room, choice("river"))
    take(room)
    agree(room)
    old = review_all(room)[0]
    room.later(hours=1)
    take(room)
    home(room)
    before = room.contents()
    assert change(room, old.asked.round_id, Recall.EASY).next_review is None
    assert room.contents() == before


def test_grade_can_be_changed_on_a_later_day(room: Classroom) -> None:
    load(room, choice("river"))
    take(room)
    agree(room)
    feedback = review_all(room, sure=Certainty.CERTAIN)[0]
    room.later(hours=72)
    changed = change(room, feedback.asked.round_id, Recall.AGAIN)
    assert changed.next_review is not None
    assert changed.next_review.days == 0
    assert home(room).upcoming.today == 1


def test_grade_of_another_quiz_cannot_be_changed(room: Classroom) -> None:
    agree(room)
    run_id = take(room).run.run_id
    before = room.contents()
    with pytest.raises(NotFound):
        change(room, room.rounds(RunId(run_id))[0].round_id, Recall.EASY)
    with pytest.raises(NotFound):
        change(room, RoundId(999), Recall.EASY)
    assert room.contents() == before


def test_answer_after_the_feedback_moves_no_card(room: Classroom) -> None:
    take(room)
    agree(room)
    asked = begin(room)
    answer(room, asked)
    before = tables(room)
    again = answer(room, asked, right=False)
    assert isinstance(again, OwnFeedback)
    assert again.repeated
    assert tables(room) == before


# Where results point to it


def test_results_know_who_has_agreed(room: Classroom) -> None:
    result = take(room)
    assert isinstance(result, OwnResult)
    assert (result.missed, result.agreed, result.upcoming) == (4, False, None)
    run_id = room.open_live(asked_for=plan(questions=1))
    asked = room.start(run_id)
    room.answer(asked, ANNA, wrong_answer(asked))
    room.run_out(run_id)
    assert not my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA).agreed
    agree(room)
    assert my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA).agreed
    result = take(room)
    assert isinstance(result, OwnResult)
    assert result.agreed


# Random weeks

Given = tuple[bool, Certainty | None, Recall | None]

ANSWERS = st.lists(
    st.tuples(st.booleans(), st.none() | st.sampled_from(Certainty), st.none() | st.sampled_from(Recall)),
    max_size=8,
)
"""Whether it is right, how sure, and a changed grade."""

DAYS = st.lists(st.tuples(st.integers(1, 60), ANSWERS, st.booleans(), st.booleans()), max_size=6)
"""Hours that pass, answers, whether all is missed in another quiz, whether an old message is gone on with."""


@settings(max_examples=40)
@given(DAYS)
def test_random_weeks_keep_the_rules(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int, list[Given], bool, bool]]
) -> None:
    items = question_set(*(choice(f"river-{number}") for number in range(9)))
    room = Classroom(tmp_path_factory.mktemp("weeks") / "class.db", items)
    take(room, questions=9)
    agree(room)
    room.do(choose_daily, guild_id=GUILD, user_id=ANNA, daily=5, at=room.now)
    shown: object = None
    for hours, answers, quiz, old_message in days:
        room.later(hours=hours)
        if quiz:
            take(room, questions=9)
        for right, sure, recall in answers:
            if not (old_message and isinstance(shown, OwnQuestion)):
                shown = room.do(begin_review, guild_id=GUILD, user_id=ANNA, rng=random.Random(1), at=room.now)
            if not isinstance(shown, OwnQuestion):
                break
            feedback = answer(room, shown, right=right, sure=sure)
            assert isinstance(feedback, OwnFeedback)
            assert feedback.next_review is not None
            assert feedback.next_review.days >= 1
            if recall is not None:
                change(room, feedback.asked.round_id, recall)
            shown = next_step(room.db, guild_id=GUILD, user_id=ANNA, run_id=feedback.run.run_id, at=room.now)
        _check(room)
    room.close()


def _check(room: Classroom) -> None:
    for (count,) in room.rows("SELECT COUNT(*) FROM review_log WHERE in_review = 1 GROUP BY day"):
        assert count <= 5  # type: ignore[operator]
    for before, after, recall, day, in_review in room.rows(
        "SELECT before, after, recall, day, in_review FROM review_log"
    ):
        earlier = None if before is None else Memory.from_json(str(before))
        on = date.fromisoformat(str(day))
        fresh = reviewed(earlier, Recall(int(str(recall))), on)
        kept = Memory.from_json(str(after))
        assert (kept.stability, kept.difficulty) == (fresh.stability, fresh.difficulty)
        assert kept.due_on == (fresh.due_on if in_review else on)
    newest = "SELECT after FROM review_log AS g WHERE g.card_id = c.card_id ORDER BY review_id DESC LIMIT 1"
    for memory, due_on, logged in room.rows(f"SELECT memory, due_on, ({newest}) FROM card AS c"):
        assert memory == logged
        assert Memory.from_json(str(memory)).due_on.isoformat() == due_on
