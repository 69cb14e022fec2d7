"""When a discussion pays, and which of two votes counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import GuildId, RevisionId, RoundId, RunId
from bot.quiz.options import NO_OPTIONS, RunOptions, options_from_text, options_to_text
from bot.quiz.revote import Advice, FirstVote, Revote, hides_result
from bot.quiz.run import Round, RoundState, RunMode
from bot.quiz.votes import by_question, counting, last_cast
from tests.classroom import choice

FIRST = Round(
    round_id=RoundId(1),
    run_id=RunId(1),
    guild_id=GuildId(1),
    mode=RunMode.LIVE,
    position=0,
    revision_id=RevisionId(1),
    item=choice("river"),
    option_order=(0, 1, 2),
    state=RoundState.CLOSED,
    opened_at=None,
    closes_at=None,
)
SECOND = replace(FIRST, round_id=RoundId(9), vote=2)
NEXT = replace(FIRST, round_id=RoundId(2), position=1)


@pytest.mark.parametrize(
    ("right", "answers", "advice"),
    [
        (0, 0, Advice.TOO_FEW),
        (2, 4, Advice.TOO_FEW),
        (1, 5, Advice.EXPLAIN),
        (2, 5, Advice.DISCUSS),
        (29, 100, Advice.EXPLAIN),
        (3, 10, Advice.DISCUSS),
        (7, 10, Advice.DISCUSS),
        (71, 100, Advice.MOVE_ON),
        (5, 5, Advice.MOVE_ON),
        (0, 5, Advice.EXPLAIN),
    ],
)
def test_discussion_pays_where_the_class_is_divided(right: int, answers: int, advice: Advice) -> None:
    assert FirstVote(right, answers).advice is advice


@given(st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_only_a_divided_class_discusses_by_itself(vote: tuple[int, int]) -> None:
    first = FirstVote(*vote)
    assert hides_result(Revote.AUTO, first) == (first.advice is Advice.DISCUSS)
    assert hides_result(Revote.HOST, first) == (first.answers > 0)
    assert not hides_result(Revote.OFF, first)


def test_options_are_stored_and_read_again() -> None:
    wished = RunOptions(certainty=True, revote=Revote.AUTO)
    assert options_from_text(options_to_text(wished)) == wished
    assert options_to_text(NO_OPTIONS) == "{}"
    assert options_from_text("{}") == NO_OPTIONS


def test_votes_stand_question_by_question() -> None:
    assert by_question([NEXT, SECOND, FIRST]) == [(FIRST, SECOND), (NEXT,)]
    assert by_question([]) == []


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ({}, (SECOND, None)),
        ({1: "first"}, (FIRST, "first")),
        ({9: "second"}, (SECOND, "second")),
        ({1: "first", 9: "second"}, (SECOND, "second")),
    ],
)
def test_latest_vote_of_a_learner_counts(
    answers: dict[RoundId, str], counts: tuple[Round, str | None]
) -> None:
    assert counting([FIRST, SECOND], answers) == counts


def test_last_vote_that_anybody_cast_counts_for_the_class() -> None:
    first, second = RoundId(1), RoundId(9)
    assert last_cast([FIRST, SECOND], {first: ["a", "b"], second: ["a"]}) == (SECOND, ["a"])
    assert last_cast([FIRST, SECOND], {first: ["a", "b"], second: []}) == (FIRST, ["a", "b"])
    assert last_cast([FIRST, SECOND], {}) == (SECOND, ())
    assert last_cast([NEXT], {RoundId(2): ["a"]}) == (NEXT, ["a"])
