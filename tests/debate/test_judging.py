"""The strengths of compared arguments against numbers from elsewhere, and how fairly pairs are chosen."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debate.judging import Better, Judged, Strength, bradley_terry, next_pair

LEFT, RIGHT, EQUAL, SKIPPED = Better.LEFT, Better.RIGHT, Better.EQUAL, Better.SKIPPED

TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
"""Baseball's American League, eastern division, 1987: how often the row's team beat the column's (Agresti 2002)."""
PUBLISHED = (1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0)
PUBLISHED_ERRORS = (0.3433, 0.3396, 0.3367, 0.3359, 0.3339, 0.3319)
"""The abilities that the package BradleyTerry2 (Turner and Firth 2012) finds, with Baltimore's at 0, and the standard
errors of the others' distances from it."""

PAIRS = st.tuples(st.integers(0, 7), st.integers(8, 15), st.sampled_from((LEFT, RIGHT, EQUAL)))


def judged(pairs: Iterable[tuple[int, int, Better]]) -> list[Judged[int]]:
    return [Judged(left, right, better) for left, right, better in pairs]


def times(count: int, left: int, right: int, better: Better = LEFT) -> list[Judged[int]]:
    return [Judged(left, right, better)] * count


def strengths(seen: Iterable[Judged[int]]) -> list[Strength[int]]:
    """Each among all that were compared."""
    fit = bradley_terry(seen)
    return fit.among(fit.abilities)


def by_key(seen: Iterable[Judged[int]]) -> dict[int, Strength[int]]:
    return {each.key: each for each in strengths(seen)}


def logit(chance: float) -> float:
    return log(chance / (1 - chance))


def logistic(ability: float) -> float:
    return 1 / (1 + exp(-ability))


def zero_of(falling: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low


def log_likelihood(abilities: Mapping[int, float], seen: Iterable[Judged[int]]) -> float:
    """With the prior: each was once equal to an argument of ability 0."""
    share = {LEFT: 1.0, EQUAL: 0.5, RIGHT: 0.0}
    prior = sum(0.5 * log(logistic(each)) + 0.5 * log(logistic(-each)) for each in abilities.values())
    return prior + sum(
        share[each.better] * log(logistic(abilities[each.left] - abilities[each.right]))
        + (1 - share[each.better]) * log(logistic(abilities[each.right] - abilities[each.left]))
        for each in seen
    )


# The figures


def test_three_to_one_with_the_prior_worked_by_hand() -> None:
    """The two are as far from the average, so with chance p of the better one against an average argument, it beats
    the other with p² / (p² + (1 − p)²). It has won 3 of 4, and half of the one comparison that is taken for granted:
    3.5 wins are what it has to be expected to have.
    """
    better, worse = strengths([*times(3, 1, 2), *times(1, 2, 1)])

    def direct(p: float) -> float:
        return p**2 / (p**2 + (1 - p) ** 2)

    p = zero_of(lambda chance: 3.5 - 4 * direct(chance) - chance, 0.5, 1.0)
    assert (better.key, worse.key) == (1, 2)
    assert better.chance == pytest.approx(p, abs=1e-6)
    assert worse.chance == pytest.approx(1 - p, abs=1e-6)
    assert p == pytest.approx(0.616, abs=0.001), "without the prior it would be 0.634: √3 to 1"
    # The information is (a + b, -a; -a, a + b) with a of the four comparisons and b of the prior: it tells 2a + b of
    # the two's distance from their middle, which is half of one less half of the other.
    a, b = 4 * direct(p) * (1 - direct(p)), p * (1 - p)
    spread = 1.96 * sqrt(0.5 / (2 * a + b))
    assert better.low == pytest.approx(logistic(logit(p) - spread), abs=1e-6)
    assert better.high == pytest.approx(logistic(logit(p) + spread), abs=1e-6)
    assert (better.comparisons, worse.comparisons) == (4, 4)


def test_prior_does_not_matter_among_many_comparisons() -> None:
    better, worse = strengths([*times(3_000, 1, 2), *times(1_000, 2, 1)])
    assert logistic(logit(better.chance) - logit(worse.chance)) == pytest.approx(0.75, abs=0.001)


def test_published_example() -> None:
    """Each game counted fifty times, so that the prior does not matter; that changes no maximum of a likelihood."""
    games = [
        game
        for row, column in product(range(7), repeat=2)
        for game in times(50 * WINS[row][column], row, column)
    ]
    fit = bradley_terry(games)
    abilities = [fit.abilities[team] - fit.abilities[6] for team in range(7)]
    assert abilities == pytest.approx(PUBLISHED, abs=0.005), TEAMS
    assert [each.key for each in fit.among(range(7))] == list(range(7))
    last = list(fit.abilities).index(6)
    errors: list[float] = []
    for team in range(6):
        distance = np.zeros(7)
        distance[list(fit.abilities).index(team)], distance[last] = 1, -1
        errors.append(sqrt(50 * distance @ fit.covariance @ distance))
    assert errors == pytest.approx(PUBLISHED_ERRORS, abs=0.001), TEAMS


def test_greatest_likelihood_found_by_trying() -> None:
    """Three arguments, the likelihood with the prior tried on finer and finer grids."""
    seen = judged(
        [(1, 2, LEFT), (1, 2, LEFT), (2, 3, LEFT), (2, 3, EQUAL), (3, 1, LEFT), (1, 3, EQUAL), (1, 2, RIGHT)]
    )
    best, width = (0.0, 0.0, 0.0), 2.0
    for _ in range(25):
        steps = [-width, -width / 2, 0.0, width / 2, width]
        tried = [
            tuple(at + step for at, step in zip(best, moves, strict=True))
            for moves in product(steps, repeat=3)
        ]
        best = max(tried, key=lambda each: log_likelihood({1: each[0], 2: each[1], 3: each[2]}, seen))
        width /= 1.7
    fit = bradley_terry(seen)
    assert [fit.abilities[key] for key in (1, 2, 3)] == pytest.approx(best, abs=1e-4)


@given(st.lists(PAIRS, min_size=1, max_size=40))
@settings(max_examples=25)
def test_uncertainty_is_the_curvature_of_the_likelihood(pairs: list[tuple[int, int, Better]]) -> None:
    """The second derivatives are taken of the likelihood itself, by differences around its maximum."""
    seen = judged(pairs)
    fit = bradley_terry(seen)
    keys, step = list(fit.abilities), 1e-3

    def at(*moves: tuple[int, float]) -> float:
        moved = dict(fit.abilities)
        for place, by in moves:
            moved[keys[place]] += by
        return log_likelihood(moved, seen)

    curvature = np.array(
        [
            [
                (
                    at((row, step), (column, step))
                    - at((row, step), (column, -step))
                    - at((row, -step), (column, step))
                    + at((row, -step), (column, -step))
                )
                / (4 * step**2)
                for column in range(len(keys))
            ]
            for row in range(len(keys))
        ]
    )
    assert np.allclose(fit.covariance @ -curvature, np.eye(len(keys)), atol=1e-3)
    side = [key for key in keys if key <= 7]
    for each in fit.among(side):
        weights = np.array([(key == each.key) - (key in side) / len(side) for key in keys])
        # The solution of a system of equations in place of an inverse.
        spread = 1.96 * sqrt(max(weights @ np.linalg.solve(-curvature, weights), 0.0))
        assert logit(each.high) - logit(each.chance) == pytest.approx(spread, abs=1e-2)
        assert logit(each.chance) - logit(each.low) == pytest.approx(spread, abs=1e-2)


@given(st.lists(PAIRS, min_size=1, max_size=60))
def test_expected_wins_are_the_wins(pairs: list[tuple[int, int, Better]]) -> None:
    """What holds at the maximum and nowhere else: each is expected to win as often as it has."""
    _check_maximum(judged(pairs))


def test_maximum_is_reached_where_that_takes_longest() -> None:
    """A chain: what is learnt of its ends has to travel through all of it."""
    _check_maximum([each for at in range(40) for each in times(30, at, at + 1) + times(10, at + 1, at)])


def _check_maximum(seen: Sequence[Judged[int]]) -> None:
    abilities = bradley_terry(seen).abilities
    wins: Counter[int] = Counter()
    expected: Counter[int] = Counter()
    for each in seen:
        won = {LEFT: 1.0, EQUAL: 0.5, RIGHT: 0.0}[each.better]
        chance = logistic(abilities[each.left] - abilities[each.right])
        wins.update({each.left: won, each.right: 1 - won})
        expected.update({each.left: chance, each.right: 1 - chance})
    for key, ability in abilities.items():
        assert expected[key] + logistic(ability) == pytest.approx(wins[key] + 0.5, abs=1e-3)


def test_nobody_is_infinitely_good() -> None:
    best, worst = strengths(times(1, 1, 2))
    assert 0.5 < best.chance < best.high < 1
    assert 0 < worst.low < worst.chance < 0.5
    more, _ = strengths(times(40, 1, 2))
    assert best.chance < more.chance < 1


@given(st.lists(PAIRS, max_size=40), st.integers(0, 7), st.integers(8, 15))
def test_one_more_win_makes_stronger(pairs: list[tuple[int, int, Better]], winner: int, loser: int) -> None:
    seen = [*judged(pairs), *times(1, winner, loser, EQUAL)]
    before = bradley_terry(seen).abilities
    after = bradley_terry([*seen, *times(1, winner, loser)]).abilities
    assert after[winner] > before[winner]
    assert after[loser] < before[loser]


@given(st.lists(PAIRS, max_size=40), st.randoms(use_true_random=False))
def test_neither_place_nor_order_matters(pairs: list[tuple[int, int, Better]], rng: random.Random) -> None:
    mirror = {LEFT: RIGHT, RIGHT: LEFT, EQUAL: EQUAL}
    seen = judged(pairs)
    turned = [
        Judged(each.right, each.left, mirror[each.better]) if rng.random() < 0.5 else each
        for each in rng.sample(seen, len(seen))
    ]
    found, again = by_key(seen), by_key(turned)
    assert found.keys() == again.keys()
    for key, each in found.items():
        assert again[key].chance == pytest.approx(each.chance, abs=1e-4)
        assert again[key].comparisons == each.comparisons


@given(st.lists(PAIRS, max_size=40))
def test_opposite_judgements_give_the_opposite_figures(pairs: list[tuple[int, int, Better]]) -> None:
    opposite = {LEFT: RIGHT, RIGHT: LEFT, EQUAL: EQUAL}
    found = by_key(judged(pairs))
    against = by_key(judged((one, other, opposite[each]) for one, other, each in pairs))
    for key, each in found.items():
        assert against[key].chance == pytest.approx(1 - each.chance, abs=1e-4)
        assert against[key].low == pytest.approx(1 - each.high, abs=1e-4)


def test_equals_are_equal_and_stand_in_the_order_of_their_keys() -> None:
    circle = [*times(1, 1, 2), *times(1, 2, 3), *times(1, 3, 1)]
    assert [(each.key, each.chance) for each in strengths(circle)] == [
        (key, pytest.approx(0.5)) for key in (1, 2, 3)
    ]
    assert [each.chance for each in strengths(times(5, 7, 8, EQUAL))] == pytest.approx([0.5, 0.5])


def test_more_comparisons_are_surer() -> None:
    few, many = (strengths(times(count, 1, 2, EQUAL))[0] for count in (2, 20))
    assert many.high - many.low < 0.6 * (few.high - few.low)


def test_skipped_pairs_say_nothing() -> None:
    seen = [*times(2, 1, 2), *times(9, 2, 1, SKIPPED), *times(3, 4, 5, SKIPPED)]
    assert strengths(seen) == strengths(times(2, 1, 2))
    assert strengths([]) == strengths(times(1, 1, 2, SKIPPED)) == []


@given(st.lists(PAIRS, min_size=1, max_size=40), st.integers(1, 30))
def test_side_that_is_found_better_as_a_whole_is_not_told_from_the_other(
    pairs: list[tuple[int, int, Better]], sweep: int
) -> None:
    """Each argument of one side beats each of the other, over and over: among its own side that says nothing."""
    seen = [each for one, other in product(range(8), range(8, 16)) for each in times(sweep, one, other)]
    fit = bradley_terry(seen)
    assert fit.abilities[0] > 0.5 > -0.5 > fit.abilities[8]
    for side in (range(8), range(8, 16)):
        assert [each.chance for each in fit.among(side)] == pytest.approx([0.5] * 8)
        assert not any(each.stands_out for each in fit.among(side))
    some = bradley_terry(judged(pairs))
    for side in (range(8), range(8, 16)):
        assert sum(logit(each.chance) for each in some.among(side)) == pytest.approx(0, abs=1e-6)


def test_argument_alone_on_its_side_does_not_stand_out() -> None:
    [alone] = bradley_terry(times(40, 1, 2)).among([1])
    assert (alone.low, alone.chance, alone.high, alone.stands_out) == (0.5, 0.5, 0.5, False)


def test_argument_stands_out_only_beyond_chance() -> None:
    """Number 0 always wins against number 9, and number 1 always loses against it."""
    few, many = (bradley_terry([*times(count, 0, 9), *times(count, 9, 1)]).among([0, 1]) for count in (1, 20))
    assert [(each.key, each.stands_out) for each in few] == [(0, False), (1, False)]
    assert [(each.key, each.stands_out) for each in many] == [(0, True), (1, False)]


def test_what_it_takes_to_stand_out_worked_by_hand() -> None:
    """Of two that are equally good, and met n times, the one with w wins is (w − n/2)·√8/√(2n + 1) deviations above
    their mean: (w − 10)·0.4417 of 20. Two arguments need 1.96 (1 of 40), ten need 2.58 (1 of 200).
    """

    def stands_out(wins: int, others: int) -> bool:
        met = [*times(wins, 1, 2), *times(20 - wins, 2, 1)]
        apart = [each for key in range(3, 3 + others, 2) for each in times(4, key, key + 1, EQUAL)]
        fit = bradley_terry([*met, *apart])
        assert len(fit.abilities) == 2 + others
        better, worse = fit.among([1, 2])
        assert not worse.stands_out
        return better.stands_out

    assert [stands_out(wins, 0) for wins in (14, 15)] == [False, True]
    assert [stands_out(wins, 8) for wins in (15, 16)] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "judges", "pairs", "debates"), [(5, 20, 10, 200), (20, 40, 10, 40), (3, 10, 6, 200)]
)
def test_coin_flips_name_an_argument_in_at_most_one_debate_of_twenty(
    arguments: int, judges: int, pairs: int, debates: int
) -> None:
    """Whatever the number of arguments: in the debate as a whole, both sides together."""
    rng = random.Random(11)
    equal = dict.fromkeys(range(2 * arguments), 0.0)
    named = sum(bool(_named(equal, rng, judges=judges, pairs=pairs)) for _ in range(debates))
    assert named <= 0.05 * debates + 2 * sqrt(0.05 * 0.95 * debates), "one in twenty, and two standard errors"


def test_clearly_better_argument_is_named_and_seldom_another() -> None:
    """Against an average one it is found better in 82 % of comparisons; 5 arguments a side, 20 judges."""
    rng = random.Random(12)
    truth = {key: 1.5 if key == 3 else 0.0 for key in range(10)}
    named = [_named(truth, rng, judges=20, pairs=10) for _ in range(100)]
    assert sum(3 in each for each in named) >= 75
    assert sum(bool(each - {3}) for each in named) <= 5


def test_argument_that_wins_nearly_always_is_named_among_many() -> None:
    """19 of its 20 comparisons; the 19 others of its side win every second one."""
    seen = [*times(1, 20, 0), *(each for other in range(21, 40) for each in times(1, 0, other))]
    for key, other in product(range(1, 20), range(20, 40)):
        seen += times(1, key, other, LEFT if (key + other) % 2 else RIGHT)
    side = bradley_terry(seen).among(range(20))
    assert [each.key for each in side if each.stands_out] == [0]
    above, low = logit(side[0].chance), logit(side[0].low)
    assert above / (above - low) * 1.96 < 3.02, (
        "its own interval at the level of 1 of 800 would hold the average"
    )


@pytest.mark.parametrize("spread", [1.0, 2.0])
def test_interval_holds_the_truth_as_often_as_it_says(spread: float) -> None:
    """Classes of 24 that judge 8 pairs each by true strengths, pairs chosen as the bot does, 8 arguments a side."""
    rng = random.Random(5)
    sides = range(8), range(8, 16)
    held = all_of_them = wrongly_named = 0
    for _ in range(100):
        truth = {key: rng.gauss(0, spread) for side in sides for key in side}
        fit = bradley_terry(_judge(truth, rng))
        for side in sides:
            middle = sum(truth[key] for key in side) / len(side)
            for each in fit.among(side):
                held += each.low <= logistic(truth[each.key] - middle) <= each.high
                all_of_them += 1
                wrongly_named += each.stands_out and truth[each.key] <= middle
    assert all_of_them == 1_600
    assert 0.92 <= held / all_of_them <= 0.98
    assert wrongly_named / all_of_them <= 0.01


def _named(truth: Mapping[int, float], rng: random.Random, *, judges: int, pairs: int) -> set[int]:
    """The arguments that stand out on either side."""
    fit = bradley_terry(_judge(truth, rng, judges=judges, pairs=pairs))
    half = len(truth) // 2
    both = (*fit.among(range(half)), *fit.among(range(half, len(truth))))
    return {each.key for each in both if each.stands_out}


def _judge(
    truth: Mapping[int, float], rng: random.Random, *, judges: int = 24, pairs: int = 8
) -> Iterable[Judged[int]]:
    counts: Counter[int] = Counter()
    half = len(truth) // 2
    for _ in range(judges):
        own: set[frozenset[int]] = set()
        for _ in range(pairs):
            left, right = next_pair(range(half), range(half, len(truth)), own, counts, rng) or (0, 0)
            own.add(frozenset((left, right)))
            counts.update((left, right))
            wins = rng.random() < logistic(truth[left] - truth[right])
            yield Judged(left, right, LEFT if wins else RIGHT)


# The pairs

ONES = st.sets(st.integers(0, 20), max_size=8)
OTHERS = st.sets(st.integers(100, 120), max_size=8)


@given(
    ONES,
    OTHERS,
    st.dictionaries(st.integers(0, 120), st.integers(0, 5)),
    st.sets(st.tuples(st.integers(0, 20), st.integers(100, 120)), max_size=40),
    st.randoms(use_true_random=False),
)
def test_pair_is_of_either_side_and_not_seen_before(
    ones: set[int],
    others: set[int],
    counts: dict[int, int],
    shown: set[tuple[int, int]],
    rng: random.Random,
) -> None:
    seen = {frozenset(pair) for pair in shown}
    left = {(one, other) for one in ones for other in others if frozenset((one, other)) not in seen}
    pair = next_pair(ones, others, seen, counts, rng)
    if pair is None:
        assert not left
        return
    assert ({min(pair)} <= ones, {max(pair)} <= others) == (True, True)
    assert frozenset(pair) not in seen
    one, other = sorted(pair)
    # Nobody who was compared less still has a partner that this judge has not seen.
    assert counts.get(one, 0) == min(counts.get(each, 0) for each, _ in left)
    assert counts.get(other, 0) == min(counts.get(each, 0) for first, each in left if first == one)


def test_all_come_up_equally_often_and_in_both_places() -> None:
    rng = random.Random(1)
    counts: Counter[int] = Counter()
    firsts: Counter[int] = Counter()
    for _ in range(120):
        pair = next_pair(range(5), range(10, 13), set(), counts, rng)
        assert pair is not None
        counts.update(pair)
        firsts[pair[0]] += 1
    assert [counts[key] for key in range(5)] == [24] * 5
    assert [counts[key] for key in range(10, 13)] == [40] * 3
    assert all(0.2 < firsts[key] / counts[key] < 0.8 for key in counts)


def test_judge_who_has_seen_everything_gets_nothing() -> None:
    seen = {frozenset((one, other)) for one in (1, 2) for other in (8, 9)}
    assert next_pair((1, 2), (8, 9), seen, {}, random.Random(1)) is None
    assert next_pair((1, 2), (), set(), {}, random.Random(1)) is None
    assert next_pair((), (8, 9), set(), {}, random.Random(1)) is None
