import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.nudging import NudgeKind, nudge_moment, was_there, who_to_nudge
from bot.debate.participation import is_uneven, spread
from tests.classroom import MONDAY

SILENT, DOMINANT = NudgeKind.SILENT, NudgeKind.DOMINANT
LOUD = {"ana": 30, "ben": 2, "cem": 1, "dea": 1, "eli": 0, "fay": 0}
COUNTS = st.dictionaries(st.integers(0, 40), st.integers(0, 30), max_size=25)


def test_one_loud_voice_dominates_and_the_others_do_not() -> None:
    assert spread(LOUD, random.Random(1)).dominating == ("ana",)


def test_two_may_dominate() -> None:
    assert spread({"ana": 20, "ben": 20} | dict.fromkeys(range(10), 1), random.Random(1)).dominating == (
        "ana",
        "ben",
    )


@pytest.mark.parametrize("counts", [{}, {"ana": 9}, {"ana": 0, "ben": 0}, {"ana": 2, "ben": 1, "cem": 1}])
def test_too_little_to_tell_is_never_dominating(counts: dict[str, int]) -> None:
    assert spread(counts, random.Random(1)).dominating == ()


@pytest.mark.parametrize(("people", "each"), [(20, 5), (8, 3), (30, 1)])
def test_the_most_active_of_equally_keen_people_rarely_dominates(people: int, each: int) -> None:
    rng = random.Random(3)
    called = 0
    for _ in range(200):
        counts = dict.fromkeys(range(people), 0)
        for _ in range(people * each):
            counts[rng.randrange(people)] += 1
        called += bool(spread(counts, rng).dominating)
    assert called <= 0.1 * 200


def test_the_largest_count_of_the_simulation_is_the_measure() -> None:
    # 100 contributions of 20 people: chance gives its most active one more than 11 in about 5 of 100 classes.
    rng = random.Random(5)
    largest = sorted(
        max(dealt.count(person) for person in range(20))
        for dealt in (rng.choices(range(20), k=100) for _ in range(2_000))
    )
    limit = largest[int(0.95 * 2_000)]
    for most, dominates in ((limit + 3, True), (limit - 1, False)):
        each, more = divmod(100 - most, 19)
        counts = [most, *([each + 1] * more), *([each] * (19 - more))]
        assert sum(counts) == 100
        found = spread(dict(enumerate(counts)), random.Random(1)).dominating
        assert found == ((0,) if dominates else ())


def test_silent_and_dominant_are_nudged_and_nobody_else() -> None:
    assert who_to_nudge(LOUD, 1) == {"ana": DOMINANT, "eli": SILENT, "fay": SILENT}


def test_where_chance_explains_the_spread_nobody_is_nudged_not_even_the_silent() -> None:
    counts = {"ana": 2, "ben": 1, "cem": 1, "dea": 0}
    assert not is_uneven(list(counts.values()), random.Random(1))
    assert who_to_nudge(counts, 1) == {}


@given(COUNTS, st.integers(0, 2**48))
def test_silent_means_nothing_at_all_and_dominant_more_than_the_average(
    counts: dict[int, int], seed: int
) -> None:
    for person, kind in who_to_nudge(counts, seed).items():
        if kind is SILENT:
            assert counts[person] == 0
        else:
            assert counts[person] > sum(counts.values()) / len(counts)
    assert who_to_nudge(counts, seed) == who_to_nudge(counts, seed), "the same debate, the same nudges"


def test_moment_is_when_a_third_is_left() -> None:
    assert nudge_moment(MONDAY, timedelta(minutes=30)) == MONDAY - timedelta(minutes=10)


@pytest.mark.parametrize(("joined", "there"), [(-60, True), (0, True), (10, True), (11, False), (20, False)])
def test_late_comers_had_no_fair_chance(joined: int, there: bool) -> None:
    at = MONDAY + timedelta(minutes=20)
    assert was_there(MONDAY + timedelta(minutes=joined), MONDAY, at) is there
