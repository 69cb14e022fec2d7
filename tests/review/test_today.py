"""What comes today: the cap, a backlog that is forgiven, and questions that give each other away."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.ids import ItemId, SetId
from bot.review.memory import Memory, missed, reviewed
from bot.review.recall import Recall
from bot.review.today import Candidate, for_today

TODAY = date(2026, 3, 30)
ATLAS, OTHER_SET = SetId(1), SetId(2)


def candidate(
    number: int, memory: Memory, *, not_with: tuple[int, ...] = (), set_id: SetId = ATLAS
) -> Candidate:
    return Candidate(
        ItemId(number), set_id, f"item-{number}", frozenset(f"item-{n}" for n in not_with), memory
    )


def known(days_ago: int, recall: Recall = Recall.GOOD) -> Memory:
    return reviewed(None, recall, TODAY - timedelta(days=days_ago))


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.integers(0, 30),
        st.builds(known, st.integers(0, 200), st.sampled_from(Recall)),
        not_with=st.lists(st.integers(0, 30), max_size=3).map(tuple),
    ),
    max_size=30,
    unique_by=lambda each: each.item_id,
)


def keys(chosen: list[Candidate]) -> list[int]:
    return [each.item_id for each in chosen]


@given(CANDIDATES, st.integers(1, 50), st.integers(0, 60))
def test_never_more_than_the_cap_with_what_was_done(due: list[Candidate], daily: int, done: int) -> None:
    assert len(for_today(due, [], daily=daily, done=done, on=TODAY)) <= max(daily - done, 0)


@given(CANDIDATES, CANDIDATES)
def test_no_two_that_give_each_other_away_on_one_day(due: list[Candidate], asked: list[Candidate]) -> None:
    chosen = for_today(due, asked, daily=50, done=0, on=TODAY)
    for place, one in enumerate(chosen):
        for other in (*asked, *chosen[:place]):
            assert one.key not in other.not_with
            assert other.key not in one.not_with


@given(CANDIDATES)
def test_order_does_not_depend_on_how_the_cards_come_in(due: list[Candidate]) -> None:
    forward = for_today(due, [], daily=10, done=0, on=TODAY)
    assert forward == for_today(due[::-1], [], daily=10, done=0, on=TODAY)


def test_everything_comes_where_there_is_room() -> None:
    due = [candidate(n, known(n)) for n in range(5)]
    assert sorted(keys(for_today(due, [], daily=5, done=0, on=TODAY))) == [0, 1, 2, 3, 4]


def test_in_a_backlog_what_is_best_remembered_comes_first() -> None:
    today = candidate(1, missed(None, Recall.AGAIN, TODAY))
    last_week = candidate(2, missed(None, Recall.AGAIN, TODAY - timedelta(days=7)))
    known_well = candidate(3, known(20, Recall.EASY))
    chosen = for_today([last_week, known_well, today], [], daily=2, done=0, on=TODAY)
    assert keys(chosen) == [1, 3]


def test_same_key_in_another_set_is_another_question() -> None:
    due = [candidate(1, known(1), not_with=(2,)), candidate(2, known(1), set_id=OTHER_SET)]
    assert keys(for_today(due, [], daily=5, done=0, on=TODAY)) == [1, 2]


def test_what_was_asked_today_keeps_away_what_it_tells() -> None:
    told = candidate(1, known(1))
    asked = candidate(2, known(0), not_with=(1,))
    assert for_today([told], [asked], daily=5, done=1, on=TODAY) == []
    assert keys(for_today([told], [], daily=5, done=0, on=TODAY)) == [1]
