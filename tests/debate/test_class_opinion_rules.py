from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.opinion import (
    BESIDE_STATEMENT,
    PAGE_ROOM,
    PROPOSED_STATEMENTS,
    Opinion,
    OpinionState,
    Statement,
    Vote,
    minutes_for,
    next_place,
    order_for,
    pages,
    proposed,
    result_of,
)
from bot.debate.suppression import tells_on_nobody
from bot.ids import ChannelId, GuildId, OpinionId, RevisionId, SetId, StatementId, UserId
from tests.classroom import claim

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPINION = Opinion(
    opinion_id=OpinionId(1),
    guild_id=GuildId(1),
    set_id=SetId(1),
    set_title="Towns",
    tag=None,
    channel_id=ChannelId(1),
    opened_by=UserId(1),
    state=OpinionState.OPEN,
    seed=5,
    size=3,
    created_at=NOW,
    closes_at=NOW + timedelta(hours=1),
    closed_at=None,
    end=None,
)


def statement(number: int, text: str = "Scores should be public.") -> Statement:
    return Statement(StatementId(number), number, RevisionId(number), claim(f"c{number}", motion=text))


# The order


@given(st.integers(0, 2**48), st.integers(1, 2**63 - 1), st.integers(0, 50))
def test_order_has_every_statement_once_and_stays(seed: int, user_id: int, size: int) -> None:
    order = order_for(seed, UserId(user_id), size)
    assert sorted(order) == list(range(size))
    assert order_for(seed, UserId(user_id), size) == order


def test_order_is_another_one_for_each_person_and_each_class_opinion() -> None:
    orders = {order_for(seed, UserId(user_id), 20) for seed in range(10) for user_id in range(10)}
    assert len(orders) == 100


def test_each_statement_comes_first_for_about_as_many_people() -> None:
    firsts = [order_for(7, UserId(user_id), 10)[0] for user_id in range(2_000)]
    assert all(150 < firsts.count(position) < 250 for position in range(10))


@pytest.mark.parametrize(
    ("answered", "after", "place"),
    [
        (set[int](), -1, 0),
        ({2}, -1, 1),
        ({2}, 0, 1),
        ({2, 0}, 0, 2),
        ({0, 1}, 1, 0),
        ({0, 1}, 2, 0),
        ({0, 1, 2}, -1, None),
        ({0, 1, 2}, 1, None),
    ],
)
def test_next_place_is_the_first_without_an_answer_going_round(
    answered: set[int], after: int, place: int | None
) -> None:
    assert next_place((2, 0, 1), answered, after) == place


# Taking answers


def test_answers_are_taken_while_it_is_open_and_before_its_end() -> None:
    assert OPINION.takes_answers(NOW)
    assert not OPINION.takes_answers(NOW + timedelta(hours=1))
    assert replace(OPINION, closes_at=None).takes_answers(NOW + timedelta(days=900))
    for state in (OpinionState.DRAFT, OpinionState.CLOSED):
        assert not replace(OPINION, state=state).takes_answers(NOW)


# What may be shown


@pytest.mark.parametrize(
    ("agree", "disagree", "passed", "shown"),
    [
        (3, 1, 1, True),
        (4, 0, 1, True),
        (0, 1, 4, True),
        (3, 1, 0, False),
        (5, 0, 0, False),
        (0, 40, 0, False),
        (0, 0, 9, False),
        (0, 0, 0, False),
    ],
)
def test_few_or_unanimous_answers_are_withheld(agree: int, disagree: int, passed: int, shown: bool) -> None:
    counts = {Vote.AGREE: agree, Vote.DISAGREE: disagree, Vote.PASS: passed}
    result = result_of(statement(1), {vote: count for vote, count in counts.items() if count})
    assert result.counts == (counts if shown else None)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_whatever_tells_on_nobody_has_five_votes_of_two_sorts(counts: list[int]) -> None:
    if tells_on_nobody(counts):
        assert sum(counts) >= 5
        assert sum(1 for count in counts if count) >= 2


# The pages of the result


@given(st.lists(st.integers(1, 200), max_size=50))
def test_pages_hold_every_statement_once_and_fit_into_a_message(lengths: list[int]) -> None:
    statements = [statement(number, "x" * length) for number, length in enumerate(lengths, start=1)]
    split = pages(statements)
    assert [each for page in split for each in page] == statements
    for page in split:
        assert 0 < sum(len(each.text) + BESIDE_STATEMENT for each in page) <= PAGE_ROOM


def test_a_few_statements_are_one_page_and_none_is_no_page() -> None:
    assert len(pages([statement(number) for number in range(1, 16)])) == 1
    assert pages([]) == []


def test_votes_are_the_numbers_that_the_map_reckons_with() -> None:
    assert {vote.words: int(vote) for vote in Vote} == {"Agree": 1, "Pass": 0, "Disagree": -1}


def test_proposal_is_spread_over_topics_in_the_order_of_the_set() -> None:
    topics = [*[("policy",)] * 12, ("trust",), ("policy", "cities"), (), ("trust", "cities")]
    places = proposed(topics)
    assert len(places) == PROPOSED_STATEMENTS
    assert places == sorted(set(places))
    assert {12, 14} < set(places), "no topic is left out"
    assert places == proposed(topics)
    assert proposed([("a",)] * 3) == [0, 1, 2]
    assert proposed([]) == []


@pytest.mark.parametrize(("statements", "minutes"), [(1, 1), (3, 1), (10, 4), (39, 13), (50, 17)])
def test_time_is_said_in_whole_minutes(statements: int, minutes: int) -> None:
    assert minutes_for(statements) == minutes
