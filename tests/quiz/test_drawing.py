import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.drawing import Candidate, draw, option_order

KEYS = "abcdefgh"

seeds = st.integers(0, 2**32)
pools = st.dictionaries(
    st.sampled_from(KEYS), st.frozensets(st.sampled_from(KEYS), max_size=3), max_size=len(KEYS)
).map(lambda pool: [Candidate(key, apart - {key}, key) for key, apart in pool.items()])


def candidate(key: str, *apart: str) -> Candidate[str]:
    return Candidate(key, frozenset(apart), key)


@given(pools, st.integers(0, 12), seeds)
def test_no_two_drawn_exclude_each_other_whoever_says_so(
    pool: list[Candidate[str]], count: int, seed: int
) -> None:
    apart = {each.key: each.not_with for each in pool}
    drawn = draw(pool, count, random.Random(seed))
    for one in drawn:
        assert not apart[one] & set(drawn)


@given(pools, st.integers(0, 12), seeds)
def test_never_more_than_asked_for_and_nothing_twice(
    pool: list[Candidate[str]], count: int, seed: int
) -> None:
    drawn = draw(pool, count, random.Random(seed))
    assert len(drawn) <= count
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= {each.key for each in pool}


@given(pools, st.integers(0, 12), seeds)
def test_fewer_come_back_only_when_nothing_more_fits(
    pool: list[Candidate[str]], count: int, seed: int
) -> None:
    drawn = set(draw(pool, count, random.Random(seed)))
    if len(drawn) == count:
        return
    taken = [each for each in pool if each.key in drawn]
    for each in pool:
        if each.key not in drawn:
            assert any(each.key in other.not_with or other.key in each.not_with for other in taken)


@given(pools, st.integers(0, 12), seeds)
def test_the_seed_decides_and_the_order_of_the_files_does_not(
    pool: list[Candidate[str]], count: int, seed: int
) -> None:
    backwards = list(reversed(pool))
    assert draw(pool, count, random.Random(seed)) == draw(backwards, count, random.Random(seed))


@given(st.sets(st.sampled_from(KEYS)), st.integers(0, 5), seeds)
def test_everything_is_drawn_when_it_fits(keys: set[str], spare: int, seed: int) -> None:
    pool = [candidate(key) for key in keys]
    assert set(draw(pool, len(pool) + spare, random.Random(seed))) == keys


def test_exclusion_holds_in_both_directions() -> None:
    for pool in ([candidate("a", "b"), candidate("b")], [candidate("a"), candidate("b", "a")]):
        for seed in range(20):
            assert len(draw(pool, 2, random.Random(seed))) == 1


def test_every_item_gets_its_turn() -> None:
    pool = [candidate(key) for key in KEYS]
    turns = Counter(key for seed in range(400) for key in draw(pool, 2, random.Random(seed)))
    assert all(60 <= turns[key] <= 140 for key in KEYS)


@given(st.lists(st.text(), max_size=10), seeds)
def test_shown_order_holds_each_option_once(options: list[str], seed: int) -> None:
    order = option_order(options, keep=False, rng=random.Random(seed))
    assert sorted(order) == list(range(len(options)))
    assert order == option_order(options, keep=False, rng=random.Random(seed))


@given(st.lists(st.text(), max_size=10), seeds)
def test_kept_order_is_the_files(options: list[str], seed: int) -> None:
    assert option_order(options, keep=True, rng=random.Random(seed)) == tuple(range(len(options)))
