"""What becomes of stored answers by other rulings, and who is told: plain values."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.bank.grade import Outcome
from bot.bank.response import Picked, response_to_json
from bot.bank.ruling import NO_RULINGS, AlsoRight, Dropped, NewKey, Ruling, Rulings
from bot.ids import AnswerId, LearnerId, RoundId, UserId
from bot.quiz.regrading import Change, Mark, Marked, Move, moves, people_told, regrade, seen_changes
from tests.classroom import choice

RIVER = choice("river")
RIGHT, WRONG = Outcome.RIGHT, Outcome.WRONG


def answers(*options: int, rulings: Rulings = NO_RULINGS, seen: bool = True) -> list[Marked]:
    """One answer a person, marked by these rulings."""
    keyed = rulings.keyed(RIVER)
    marked: list[Marked] = []
    for number, option in enumerate(options):
        grade = rulings.grade(keyed, Picked(option))
        marked.append(
            Marked(
                AnswerId(number),
                RoundId(1),
                LearnerId(number),
                UserId(number),
                response_to_json(Picked(option)),
                Mark(grade.outcome, grade.fraction, grade.near_miss, counts=not rulings.dropped),
                seen,
            )
        )
    return marked


def test_only_what_changes_is_a_change() -> None:
    changes = regrade(RIVER, Rulings((AlsoRight(Picked(1)),)), answers(0, 1, 2, 1))
    assert [each.answer.answer_id for each in changes] == [1, 3]
    assert moves(changes) == {Move(WRONG, RIGHT): 2}


def test_same_rulings_change_nothing() -> None:
    assert regrade(RIVER, NO_RULINGS, answers(0, 1, 2)) == []


def test_dropping_changes_every_result_but_no_grade() -> None:
    changes = regrade(RIVER, Rulings((Dropped(),)), answers(0, 1))
    assert moves(changes) == {Move(RIGHT, None): 1, Move(WRONG, None): 1}
    assert [each.after.outcome for each in changes] == [RIGHT, WRONG]


def test_other_key_of_a_dropped_question_shows_nobody_anything() -> None:
    dropped = Rulings((Dropped(),))
    changes = regrade(RIVER, dropped.with_ruling(NewKey(Picked(1))), answers(0, 1, rulings=dropped))
    assert len(changes) == 2
    assert moves(changes) == {}
    assert people_told(changes) == {}


def test_nobody_is_told_of_a_result_that_is_not_known_yet() -> None:
    changes = regrade(RIVER, Rulings((NewKey(Picked(1)),)), answers(0, 1, seen=False))
    assert len(changes) == 2
    assert people_told(changes) == {}
    assert seen_changes(changes) == []


def test_nobody_is_told_of_a_first_vote_that_a_second_one_replaced() -> None:
    first = [replace(each, replaced=True) for each in answers(0, 1)]
    changes = regrade(RIVER, Rulings((NewKey(Picked(1)),)), first)
    assert [each.after.outcome for each in changes] == [WRONG, RIGHT]
    assert (moves(changes), people_told(changes)) == ({}, {})


def test_another_share_of_the_credit_shows() -> None:
    [answer] = answers(0)
    half, third = Mark(Outcome.PARTIAL, 0.5, near_miss=False), Mark(Outcome.PARTIAL, 0.3, near_miss=False)
    assert Change(replace(answer, mark=half), third).shows
    assert not Change(replace(answer, mark=half), replace(half, near_miss=True)).shows


options = st.lists(st.integers(0, 2), max_size=20)
rulings = st.lists(
    st.one_of(
        st.builds(AlsoRight, st.builds(Picked, st.integers(0, 2))),
        st.builds(NewKey, st.builds(Picked, st.integers(0, 2))),
        st.builds(Dropped),
    ),
    max_size=4,
)


@given(options, rulings, rulings)
def test_there_and_back_again_is_nothing(
    given_options: list[int], before: list[Ruling], after: list[Ruling]
) -> None:
    one, other = Rulings(tuple(before)), Rulings(tuple(after))
    there = regrade(RIVER, other, answers(*given_options, rulings=one))
    back = regrade(RIVER, one, answers(*given_options, rulings=other))
    assert {(each.answer.answer_id, each.answer.mark, each.after) for each in there} == {
        (each.answer.answer_id, each.after, each.answer.mark) for each in back
    }
    assert sum(moves(there).values()) == len(people_told(there))
