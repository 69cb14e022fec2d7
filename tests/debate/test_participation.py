import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.participation import Contribution, contribution_counts, gini, is_uneven, participation, spread
from bot.debate.sides import Side

F, A = Side.FOR, Side.AGAINST


def test_figures_of_a_small_debate_worked_by_hand() -> None:
    made = [
        Contribution("ana", F),
        Contribution("ben", A, answers=F),
        Contribution("ana", F, answers=A),
        Contribution("ana", F, answers=F),
    ]
    figures = participation(["ana", "ben", "cleo", "dan"], made)
    assert (figures.members, figures.participants, figures.silent) == (4, 2, 2)
    assert (figures.arguments, figures.by_side) == (4, {F: 3, A: 1})
    assert (figures.replies, figures.replies_across) == (3, 2)
    # 0, 0, 1, 3: the mean difference over all pairs is (0+1+3+1+3+2)/6 = 5/3, half of it over the mean 1.
    assert figures.gini == pytest.approx(5 / 6)


def test_author_who_left_still_counts() -> None:
    figures = participation(["ana"], [Contribution("zoe", A)])
    assert (figures.members, figures.participants, figures.silent) == (2, 1, 1)
    assert contribution_counts(["ana"], [Contribution("zoe", A)]) == {"ana": 0, "zoe": 1}


def test_empty_debate_has_figures_too() -> None:
    figures = participation(list[str](), [])
    assert (figures.members, figures.arguments, figures.gini) == (0, 0, None)
    assert figures.by_side == {F: 0, A: 0}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([3, 3, 3], 0.0),
        ([0, 0, 0, 9], 1.0),
        ([0, 1, 2, 3, 4], 0.5),
        ([4, 2, 0, 3, 1], 0.5),
        ([1, 3], 0.5),
        ([5], None),
        ([0, 0], None),
        ([], None),
    ],
)
def test_gini_against_numbers_worked_by_hand(counts: list[int], expected: float | None) -> None:
    assert gini(counts) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any))
def test_gini_is_half_the_relative_mean_difference(counts: list[int]) -> None:
    pairs = [abs(a - b) for a, b in combinations(counts, 2)]
    mean_difference = sum(pairs) / len(pairs)
    assert gini(counts) == pytest.approx(mean_difference / (2 * sum(counts) / len(counts)))


@pytest.mark.parametrize("seed", [3, 4])
def test_equally_keen_people_are_rarely_called_uneven(seed: int) -> None:
    """A thousand classes of 20 people and 100 contributions. One in twenty may be called uneven; two standard errors of
    the share in a thousand classes are 1.4 %, and 65 is that above 50, rounded up to a rate of 6.5 %.
    """
    rng = random.Random(seed)
    flagged = 0
    for _ in range(1_000):
        counts = Counter(rng.choices(range(20), k=100))
        flagged += is_uneven([counts[person] for person in range(20)], rng)
    assert 30 <= flagged <= 65


def test_nobody_of_equally_keen_people_is_often_said_to_dominate() -> None:
    rng = random.Random(5)
    named = 0
    for _ in range(1_000):
        counts = Counter(rng.choices(range(20), k=100))
        named += bool(spread({person: counts[person] for person in range(20)}, rng).dominating)
    assert named <= 65


def test_one_loud_voice_is_called_uneven() -> None:
    assert is_uneven([30, 2, 1, 1, 0, 0, 0, 0, 1, 1], random.Random(1))


@pytest.mark.parametrize("counts", [[], [4], [0, 0, 0], [1, 0], [2, 2, 2]])
def test_too_little_to_tell_is_never_uneven(counts: list[int]) -> None:
    assert not is_uneven(counts, random.Random(1))
