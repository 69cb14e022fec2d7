"""When a question is wrong: what instructors decide, what it changes, who is told, and that no more happens."""

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.inbox import Reason, open_entry
from bot.actions.news import Cause, Verdict
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import leave_own
from bot.actions.practice import begin_practice, retake_missed
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import my_result, round_board, summary_board
from bot.actions.regrading import Preview
from bot.actions.revote import begin_second_vote
from bot.bank.grade import Outcome
from bot.bank.response import Picked
from bot.errors import Invalid, NotFound, SeminarError, UnreadableAnswer, WrongState
from bot.ids import ProposalId, RegradeId, UserId
from bot.quiz.options import RunOptions
from bot.quiz.regrading import Move
from bot.quiz.revote import Revote
from bot.quiz.run import Round
from bot.quiz.showing import Showing, When
from bot.store.boards import BoardKind
from bot.store.rulings import dropped_revisions
from tests.actions.deciding import (
    accepting,
    applied,
    ask,
    decisions,
    dropping,
    entries,
    forget_notices,
    keying,
    leave,
    notices,
    outcomes,
    press_apply,
    report,
    report_news,
    result_news,
    subject_of,
    taking_back,
    the_item,
)
from tests.actions.test_own_runs import begin as begin_run
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    GUILD,
    HOST,
    OTHER_GUILD,
    Classroom,
    choice,
    plan,
    question_set,
    short_text,
)

RIVER = choice("river")
"""Its first option is the key; the tests find out that it should have been the second."""
CITY = short_text("city")
NEAR = "Rongchabc"
RIGHT, WRONG = Outcome.RIGHT, Outcome.WRONG
DORA = UserId(9_004)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path / "class.db", question_set(RIVER))
    yield room
    room.close()


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Classroom]:
    """A class whose question is answered in writing."""
    room = Classroom(tmp_path / "words.db", question_set(CITY))
    yield room
    room.close()


# What comes into the inbox


def test_reports_on_one_question_are_one_entry(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA, "first")
    report(room, ask(room, {CEM: 1}), BEN, "second")
    [entry] = entries(room)
    assert (entry.people, entry.words, entry.revision_id) == (2, "second", asked.revision_id)


def test_near_misses_are_grouped_by_what_they_say_and_counted_by_people(words: Classroom) -> None:
    ask(words, {ANNA: NEAR, BEN: f" {NEAR.upper()}! ", CEM: "Rongchxyz"})
    ask(words, {ANNA: NEAR})
    found = {entry.words: entry.people for entry in entries(words)}
    assert found == {NEAR: 2, "Rongchxyz": 1}


def test_near_misses_of_an_open_question_do_not_show_yet(words: Classroom) -> None:
    ask(words, {ANNA: NEAR}, closed=False)
    assert entries(words) == ()


def test_newest_come_first_and_pages_hold_five(words: Classroom) -> None:
    for number in range(7):
        words.later(60)
        ask(words, {ANNA: f"Rongch{'abcdefg'[number]}zz"})
    assert len(entries(words)) == 5
    assert entries(words)[0].words == "Rongchgzz"


def test_inbox_of_another_server_is_its_own(words: Classroom) -> None:
    asked = ask(words, {ANNA: NEAR})
    report(words, asked, ANNA)
    assert len(entries(words)) == 2
    assert entries(words, OTHER_GUILD) == ()
    for entry in entries(words):
        with pytest.raises(WrongState):
            open_entry(words.db, guild_id=OTHER_GUILD, subject=entry.subject, at=words.now)


def test_entry_says_what_was_answered_but_not_by_whom(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA, "The atlas differs.")
    report(room, asked, DORA, "Yes.")
    opened = open_entry(room.db, guild_id=GUILD, subject=subject_of(room), at=room.now)
    assert [text for text, _ in opened.said] == ["Yes.", "The atlas differs."]
    assert [response is None for _, response in opened.said] == [True, False]
    assert opened.outcomes == ((RIGHT, 1), (WRONG, 1))
    assert opened.people == 2
    assert str(int(ANNA)) not in repr(opened)


def test_only_answers_that_are_not_right_can_be_accepted(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0, CEM: 1})
    for user_id in (ANNA, BEN, CEM):
        report(room, asked, user_id)
    opened = open_entry(room.db, guild_id=GUILD, subject=subject_of(room), at=room.now)
    assert [opened.item.describe(response) for _, response in opened.acceptable] == ["Wrong"]


# Accepting


def test_accepting_a_near_miss_changes_what_is_stored_and_tells_those_alone(words: Classroom) -> None:
    ask(words, {ANNA: NEAR, BEN: "Rongcheng", CEM: "Paris", DORA: f"the {NEAR}"})
    subject = subject_of(words, Reason.NEAR_MISS)
    shown = accepting(words, subject)
    assert shown.moves == {Move(WRONG, RIGHT): 2}
    assert (shown.answers, shown.told) == (4, 2)
    assert outcomes(words) == {ANNA: WRONG, BEN: RIGHT, CEM: WRONG, DORA: WRONG}, "nothing yet"
    applied(words, shown)
    assert outcomes(words) == {ANNA: RIGHT, BEN: RIGHT, CEM: WRONG, DORA: RIGHT}
    assert notices(words).keys() == {ANNA, DORA}
    news = result_news(notices(words)[ANNA])
    assert (news.cause, news.answer, news.reported) == (Cause.ALSO_RIGHT, NEAR, False)
    assert entries(words) == (), "it is decided"


def test_later_answers_are_graded_by_the_ruling(words: Classroom) -> None:
    ask(words, {ANNA: NEAR})
    applied(words, accepting(words, subject_of(words, Reason.NEAR_MISS)))
    ask(words, {BEN: NEAR})
    assert outcomes(words)[BEN] is RIGHT
    assert entries(words) == ()


def test_one_person_with_several_answers_is_told_once(words: Classroom) -> None:
    for _ in range(3):
        ask(words, {ANNA: NEAR})
    applied(words, accepting(words, subject_of(words, Reason.NEAR_MISS)))
    news = result_news(notices(words)[ANNA])
    assert [(moved.count, moved.before, moved.after) for moved in news.moved] == [(3, WRONG, RIGHT)]


def test_open_question_is_graded_by_the_ruling_but_nobody_is_told(words: Classroom) -> None:
    ask(words, {ANNA: NEAR})
    ask(words, {BEN: NEAR}, closed=False)
    shown = accepting(words, subject_of(words, Reason.NEAR_MISS))
    assert (shown.answers, shown.unseen, shown.told) == (1, 1, 1)
    applied(words, shown)
    assert outcomes(words)[BEN] is RIGHT
    assert notices(words).keys() == {ANNA}


def test_answer_whose_mark_is_not_shown_yet_is_graded_anew_in_silence(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    due = Showing(marks=When.AFTER_DUE, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
    run_id = begin_run(room, RunOptions(showing=due), lasts=timedelta(hours=2), user_id=BEN)
    own = room.rounds(run_id)[0].round_id
    room.do(
        answer_own,
        guild_id=GUILD,
        user_id=BEN,
        round_id=own,
        answer=1,
        interaction_id=room.click(),
        at=room.now,
    )
    room.do(leave_own, guild_id=GUILD, user_id=BEN, run_id=run_id, at=room.now)
    report(room, asked, ANNA)
    shown = keying(room, subject_of(room), 1)
    assert (shown.answers, shown.unseen, shown.told) == (1, 1, 1)
    done = applied(room, shown)
    assert outcomes(room) == {ANNA: RIGHT, BEN: RIGHT}
    assert notices(room).keys() == {ANNA}
    room.later(hours=3)
    back = taking_back(room, done.regrade_id)
    assert (back.answers, back.unseen, back.told) == (2, 0, 2)
    forget_notices(room)
    applied(room, back)
    assert notices(room).keys() == {ANNA, BEN}


def test_only_the_vote_that_counts_is_told(room: Classroom) -> None:
    asked = ask_twice(room, {ANNA: 1, BEN: 1, CEM: 1, DORA: 2}, {ANNA: 1, BEN: 2, DORA: 0})
    report(room, asked, HOST)
    shown = keying(room, subject_of(room), 1)
    assert (shown.answers, shown.moves, shown.told) == (7, {Move(WRONG, RIGHT): 2, Move(RIGHT, WRONG): 1}, 3)
    applied(room, shown)
    assert room.rows(
        "SELECT o.vote, l.user_id, a.outcome FROM answer AS a JOIN round AS o USING (round_id)"
        " JOIN learner AS l USING (learner_id) ORDER BY o.vote, l.user_id"
    ) == [
        (1, ANNA, "right"),
        (1, BEN, "right"),
        (1, CEM, "right"),
        (1, DORA, "wrong"),
        (2, ANNA, "right"),
        (2, BEN, "wrong"),
        (2, DORA, "wrong"),
    ]
    told = notices(room)
    assert told.keys() == {ANNA, CEM, DORA, HOST}
    assert [(each.count, each.before, each.after) for each in result_news(told[ANNA]).moved] == [
        (1, WRONG, RIGHT)
    ]


def ask_twice(room: Classroom, first: Mapping[UserId, int], second: Mapping[UserId, int]) -> Round:
    """A question that the class votes on twice; gives its second vote, closed."""
    run_id = room.open_live(asked_for=plan(questions=1, options=RunOptions(revote=Revote.HOST)))
    asked = room.start(run_id)
    for user_id, option in first.items():
        room.answer(asked, user_id, asked.option_order.index(option))
    room.run_out(run_id)
    room.do(begin_second_vote, guild_id=GUILD, run_id=run_id, at=room.now)
    room.publish()
    for user_id, option in second.items():
        room.answer(room.asked(run_id), user_id, asked.option_order.index(option))
    room.run_out(run_id)
    return room.asked(run_id)


def test_answer_that_is_right_already_is_not_accepted_again(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA)
    report(room, asked, BEN)
    subject = subject_of(room)
    first = accepting(room, subject)
    applied(room, first)
    report(room, asked, ANNA)
    with pytest.raises(IndexError):
        accepting(room, subject_of(room))


# Another key


def test_new_key_turns_results_round(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0, CEM: 2})
    report(room, asked, ANNA)
    shown = keying(room, subject_of(room), 1)
    assert shown.moves == {Move(WRONG, RIGHT): 1, Move(RIGHT, WRONG): 1}
    assert (shown.before.right_answer(), shown.after.right_answer()) == ("Right", "Wrong")
    applied(room, shown)
    assert outcomes(room) == {ANNA: RIGHT, BEN: WRONG, CEM: WRONG}
    assert the_item(room, asked).right_answer() == "Wrong"
    assert notices(room).keys() == {ANNA, BEN}
    assert result_news(notices(room)[ANNA]).reported
    assert not result_news(notices(room)[BEN]).reported


def test_reporter_whose_result_stays_is_thanked(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, DORA)
    applied(room, keying(room, subject_of(room), 1))
    assert notices(room).keys() == {ANNA, BEN, DORA}
    news = report_news(notices(room)[DORA])
    assert (news.verdict, news.answer) == (Verdict.NEW_KEY, "Wrong")


def test_revision_itself_never_changes(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    report(room, asked, ANNA)
    before = room.rows("SELECT * FROM revision")
    applied(room, keying(room, subject_of(room), 1))
    assert room.rows("SELECT * FROM revision") == before


@pytest.mark.parametrize(("answer", "error"), [(0, WrongState), (7, NotFound), ("Wrong", UnreadableAnswer)])
def test_key_that_holds_or_does_not_exist_is_refused(
    room: Classroom, answer: int | str, error: type[SeminarError]
) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    with pytest.raises(error):
        keying(room, subject_of(room), answer)


def test_typed_key(words: Classroom) -> None:
    ask(words, {ANNA: NEAR, BEN: "Rongcheng", CEM: "Suining"})
    subject = subject_of(words, Reason.NEAR_MISS)
    with pytest.raises(UnreadableAnswer):
        keying(words, subject, "   ")
    with pytest.raises(Invalid):
        keying(words, subject, "x" * 150)
    applied(words, keying(words, subject, "Suining"))
    assert outcomes(words) == {ANNA: WRONG, BEN: WRONG, CEM: RIGHT}


# Dropping


def test_dropped_question_counts_nowhere(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA)
    shown = dropping(room, subject_of(room))
    assert shown.moves == {Move(RIGHT, None): 1, Move(WRONG, None): 1}
    assert shown.told == 2
    applied(room, shown)
    summary = summary_board(room.db, run_id=asked.run_id)
    assert summary is not None
    assert (summary.summary.questions, summary.summary.people, summary.dropped) == ((), 0, (1,))
    mine = my_result(room.db, guild_id=GUILD, run_id=asked.run_id, user_id=ANNA)
    assert (mine.right, mine.answered, mine.missed, mine.questions) == (0, 0, 0, 0)
    board = round_board(room.db, round_id=asked.round_id)
    assert board is not None
    assert board.asked.dropped
    assert result_news(notices(room)[BEN]).cause is Cause.DROPPED


def test_dropped_question_is_not_asked_any_more_in_that_server(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    applied(room, dropping(room, subject_of(room)))
    with pytest.raises(Invalid):
        ask(room, {})
    ask(room, {ANNA: 1}, guild_id=OTHER_GUILD)


def test_dropping_twice_is_refused(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    report(room, asked, ANNA)
    applied(room, dropping(room, subject_of(room)))
    report(room, asked, BEN)
    with pytest.raises(WrongState):
        dropping(room, subject_of(room))


# Leaving it


def test_report_that_is_set_aside_changes_nothing_and_its_reporter_is_told(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    report(room, asked, ANNA)
    subject = subject_of(room)
    assert leave(room, subject) == 1
    assert outcomes(room) == {ANNA: WRONG}
    assert report_news(notices(room)[ANNA]).verdict is Verdict.STAYS
    assert entries(room) == ()
    with pytest.raises(WrongState):
        leave(room, subject)


def test_near_miss_that_is_set_aside_does_not_come_back(words: Classroom) -> None:
    ask(words, {ANNA: NEAR})
    assert leave(words, subject_of(words, Reason.NEAR_MISS)) == 0
    ask(words, {BEN: NEAR.lower()})
    assert entries(words) == ()
    assert notices(words) == {}


def test_question_can_be_reported_again_after_a_decision(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    report(room, asked, ANNA)
    leave(room, subject_of(room))
    report(room, asked, ANNA, "Look again.")
    assert [entry.words for entry in entries(room)] == ["Look again."]


def test_report_that_came_after_the_look_is_not_set_aside_with_the_others(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 1})
    report(room, asked, ANNA)
    subject = subject_of(room)
    report(room, asked, BEN, "And more.")
    assert leave(room, subject) == 1
    assert [entry.words for entry in entries(room)] == ["And more."]


# Two instructors, twice, late


def test_second_press_changes_nothing(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    shown = keying(room, subject_of(room), 1)
    applied(room, shown)
    before = room.contents()
    with pytest.raises(WrongState):
        press_apply(room, shown.proposal_id)
    assert room.contents() == before


def test_second_instructor_is_told_that_it_is_decided(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    subject = subject_of(room)
    one, other = keying(room, subject, 1), dropping(room, subject, by=UserId(9_999))
    applied(room, one)
    before = room.contents()
    with pytest.raises(WrongState) as refused:
        press_apply(room, other.proposal_id, by=UserId(9_999))
    assert "another instructor" in refused.value.state
    with pytest.raises(WrongState):
        dropping(room, subject)
    with pytest.raises(WrongState):
        leave(room, subject)
    assert room.contents() == before


def test_what_has_changed_since_the_preview_is_shown_first(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    shown = keying(room, subject_of(room), 1)
    ask(room, {BEN: 0})
    again = press_apply(room, shown.proposal_id)
    assert isinstance(again, Preview)
    assert again.outdated
    assert again.moves == {Move(WRONG, RIGHT): 1, Move(RIGHT, WRONG): 1}
    assert decisions(room) == 0
    assert outcomes(room) == {ANNA: WRONG, BEN: RIGHT}
    applied(room, again)
    assert outcomes(room) == {ANNA: RIGHT, BEN: WRONG}


def test_answers_of_which_none_would_change_do_not_make_a_preview_old(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    shown = keying(room, subject_of(room), 1)
    ask(room, {BEN: 2})
    ask(room, {CEM: 0}, closed=False)
    applied(room, shown)
    assert outcomes(room) == {ANNA: RIGHT, BEN: WRONG, CEM: WRONG}


def test_ruling_in_between_makes_a_preview_old(words: Classroom) -> None:
    ask(words, {ANNA: NEAR, BEN: "Rongchxyz"})
    one, other = (accepting(words, entry.subject) for entry in entries(words))
    applied(words, one)
    again = press_apply(words, other.proposal_id)
    assert isinstance(again, Preview)
    applied(words, again)
    assert set(outcomes(words).values()) == {RIGHT}


def test_proposal_survives_a_restart(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    shown = keying(room, subject_of(room), 1)
    room.reopen()
    applied(room, shown)
    assert outcomes(room) == {ANNA: RIGHT}


def test_unknown_proposals_and_those_of_another_server_are_refused(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    shown = keying(room, subject_of(room), 1)
    for guild_id, proposal_id in ((OTHER_GUILD, shown.proposal_id), (GUILD, ProposalId(999))):
        with pytest.raises(NotFound):
            press_apply(room, proposal_id, guild_id=guild_id)


# Taking back


def test_taking_back_restores_every_result_and_tells_the_same_people(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0, CEM: 2})
    report(room, asked, ANNA)
    before = outcomes(room)
    done = applied(room, keying(room, subject_of(room), 1))
    forget_notices(room)
    shown = taking_back(room, done.regrade_id)
    assert shown.moves == {Move(RIGHT, WRONG): 1, Move(WRONG, RIGHT): 1}
    applied(room, shown)
    assert outcomes(room) == before
    assert the_item(room, asked).right_answer() == "Right"
    assert notices(room).keys() == {ANNA, BEN}
    news = result_news(notices(room)[BEN])
    assert (news.cause, news.answer) == (Cause.TAKEN_BACK, "Right")
    assert decisions(room) == 2


def test_taking_back_a_drop_counts_the_question_again(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA)
    done = applied(room, dropping(room, subject_of(room)))
    forget_notices(room)
    shown = taking_back(room, done.regrade_id)
    assert shown.moves == {Move(None, RIGHT): 1, Move(None, WRONG): 1}
    applied(room, shown)
    assert not room.rounds(asked.run_id)[0].dropped
    assert dropped_revisions(room.db, GUILD) == frozenset()
    assert notices(room).keys() == {ANNA, BEN}


def test_decision_is_taken_back_once(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    done = applied(room, keying(room, subject_of(room), 1))
    one, other = taking_back(room, done.regrade_id), taking_back(room, done.regrade_id)
    back = applied(room, one)
    with pytest.raises(WrongState):
        press_apply(room, other.proposal_id)
    with pytest.raises(WrongState):
        taking_back(room, done.regrade_id)
    for regrade_id, guild_id in (
        (back.regrade_id, GUILD),
        (RegradeId(99), GUILD),
        (done.regrade_id, OTHER_GUILD),
    ):
        with pytest.raises(NotFound):
            taking_back(room, regrade_id, guild_id=guild_id)


def test_earlier_ruling_is_in_force_again_when_a_later_one_is_taken_back(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 2})
    report(room, asked, ANNA)
    applied(room, accepting(room, subject_of(room)))
    report(room, asked, BEN)
    done = applied(room, keying(room, subject_of(room), 2))
    assert outcomes(room) == {ANNA: WRONG, BEN: RIGHT}
    applied(room, taking_back(room, done.regrade_id))
    assert outcomes(room) == {ANNA: RIGHT, BEN: WRONG}


# Other revisions, other servers


def reworded(room: Classroom, **changes: object) -> None:
    room.do(publish_bundled, sets=[question_set(RIVER.model_copy(update=changes))], at=room.now)


def test_earlier_revision_with_the_same_answers_is_regraded_and_named(room: Classroom) -> None:
    ask(room, {ANNA: 1})
    reworded(room, prompt="What of the river?")
    report(room, ask(room, {BEN: 1}), BEN)
    shown = keying(room, subject_of(room), 1)
    assert shown.wordings == (("What of the river?", 1), ("What of river?", 1))
    applied(room, shown)
    assert outcomes(room) == {ANNA: RIGHT, BEN: RIGHT}


def test_revision_with_another_key_is_left_alone(room: Classroom) -> None:
    ask(room, {ANNA: 1})
    reworded(room, options=RIVER.with_key(Picked(2)).options)
    report(room, ask(room, {BEN: 1}), BEN)
    shown = keying(room, subject_of(room), 1)
    assert len(shown.wordings) == 1
    applied(room, shown)
    assert outcomes(room) == {ANNA: WRONG, BEN: RIGHT}


def test_later_revision_that_asks_the_same_inherits_the_ruling(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    done = applied(room, keying(room, subject_of(room), 1))
    reworded(room, explanation="Told better.")
    ask(room, {BEN: 1})
    assert outcomes(room)[BEN] is RIGHT
    applied(room, taking_back(room, done.regrade_id))
    assert outcomes(room) == {ANNA: WRONG, BEN: WRONG}


def test_reworded_question_starts_afresh(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    applied(room, keying(room, subject_of(room), 1))
    reworded(room, prompt="Which of these is no river?")
    ask(room, {BEN: 1})
    assert outcomes(room)[BEN] is WRONG


def test_dropped_question_that_was_reworded_is_asked_again(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1}), ANNA)
    applied(room, dropping(room, subject_of(room)))
    reworded(room, prompt="What of the clear river?")
    ask(room, {ANNA: 0})


def test_ruling_of_one_server_touches_no_other(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1, BEN: 0}), ANNA)
    there = ask(room, {ANNA: 1, BEN: 0}, guild_id=OTHER_GUILD)
    shown = keying(room, subject_of(room), 1)
    assert shown.answers == 2
    done = applied(room, shown)
    assert outcomes(room, OTHER_GUILD) == {ANNA: WRONG, BEN: RIGHT}
    assert the_item(room, there).right_answer() == "Right"
    ask(room, {CEM: 1}, guild_id=OTHER_GUILD)
    assert outcomes(room, OTHER_GUILD)[CEM] is WRONG
    assert {notice.guild_id for notice in notices(room).values()} == {GUILD}
    assert decisions(room, OTHER_GUILD) == 0
    with pytest.raises(NotFound):
        taking_back(room, done.regrade_id, guild_id=OTHER_GUILD)


# What is shown and recorded


def test_results_and_summaries_are_drawn_anew(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1})
    ask(room, {BEN: 1}, guild_id=OTHER_GUILD)
    report(room, asked, ANNA)
    room.publish()
    applied(room, keying(room, subject_of(room), 1))
    assert {(board.kind, board.subject_id) for board in room.publish()} == {
        (BoardKind.ROUND, asked.round_id),
        (BoardKind.SUMMARY, asked.run_id),
    }


def test_accepted_option_is_shown_as_right(room: Classroom) -> None:
    asked = ask(room, {ANNA: 1, BEN: 0})
    report(room, asked, ANNA)
    applied(room, accepting(room, subject_of(room)))
    board = round_board(room.db, round_id=asked.round_id)
    assert board is not None
    assert board.spread is not None
    assert {row.text: row.right for row in board.spread.rows} == {
        "Right": True,
        "Wrong": True,
        "Also wrong": False,
    }


def test_record_says_who_when_why_before_and_after(room: Classroom) -> None:
    report(room, ask(room, {ANNA: 1, BEN: 0, CEM: 2}), ANNA)
    done = applied(room, keying(room, subject_of(room), 1))
    assert room.rows("SELECT decided_by, reason, ruling, answers, changed, told FROM regrade") == [
        (9_000, "report", '{"new_key":{"picked":1}}', 3, 2, 2)
    ]
    assert room.rows(
        "SELECT regrade_id, outcome_before, fraction_before, outcome_after, fraction_after FROM regrade_change"
    ) == [(done.regrade_id, "wrong", 0.0, "right", 1.0), (done.regrade_id, "right", 1.0, "wrong", 0.0)]
    assert room.rows("SELECT verdict, regrade_id FROM report") == [("new_key", done.regrade_id)]


def test_dropped_question_is_neither_missed_nor_asked_alone(tmp_path: Path) -> None:
    room = Classroom(tmp_path / "two.db", question_set(RIVER, choice("lake")))
    asked = ask(room, {ANNA: 1})
    report(room, asked, ANNA)
    applied(room, dropping(room, subject_of(room)))
    with pytest.raises(NotFound):
        room.do(
            retake_missed,
            guild_id=GUILD,
            user_id=ANNA,
            run_id=asked.run_id,
            rng=random.Random(1),
            at=room.now,
        )
    shown = room.do(
        begin_practice,
        guild_id=GUILD,
        user_id=ANNA,
        set_key="geography",
        category=None,
        questions=5,
        rng=random.Random(1),
        at=room.now,
    )
    assert shown.run.total == 1
    room.close()
