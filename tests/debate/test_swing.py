import random
from collections.abc import Sequence
from itertools import product
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.debate.stance import VOTES, Standing
from bot.debate.swing import (
    SwitchMatrix,
    Verdict,
    measure_swing,
    persuasion_figure,
    plain_differences,
    switch_matrix,
)

F, A, U, DECLINED = Standing.FOR, Standing.AGAINST, Standing.UNDECIDED, Standing.DECLINED


def matrix(**rows: tuple[int, int, int]) -> SwitchMatrix:
    """Rows named by origin (f, u, a), each: ended for, undecided, against."""
    origins = {"f": F, "u": U, "a": A}
    return SwitchMatrix(
        {
            (origins[name], destination): n
            for name, row in rows.items()
            for destination, n in zip(VOTES, row, strict=True)
        }
    )


WORKED = matrix(f=(5, 1, 2), u=(3, 1, 1), a=(4, 1, 5))


def mirrored(one: SwitchMatrix) -> SwitchMatrix:
    other = {F: A, A: F, U: U}
    return SwitchMatrix({(other[origin], other[end]): n for (origin, end), n in one.cells.items()})


def test_matrix_holds_those_who_voted_twice() -> None:
    before = {1: F, 2: A, 3: U, 4: DECLINED, 5: F, 6: A, 7: U}
    after = {1: F, 2: F, 3: A, 4: F, 5: DECLINED, 7: U, 8: A}
    cells = switch_matrix(before, after)
    assert cells.voters == 4
    assert (cells.count(F, F), cells.count(A, F), cells.count(U, A), cells.count(U, U)) == (1, 1, 1, 1)
    assert cells.moved == 2
    assert [cells.began(standing) for standing in VOTES] == [1, 2, 1]
    assert [cells.ended(standing) for standing in VOTES] == [2, 1, 1]
    assert cells.row(U) == {F: 0, U: 1, A: 1}
    assert len(cells.cells) == 9


def test_figure_worked_by_hand() -> None:
    # ½·(4/10 − 2/8) + ½·(3/5 − 1/5)
    assert persuasion_figure(WORKED) == pytest.approx(0.275)
    assert persuasion_figure(matrix(f=(6, 0, 0), u=(5, 0, 0), a=(7, 0, 0))) == pytest.approx(1.0)
    assert persuasion_figure(matrix(f=(0, 6, 0), u=(0, 5, 0), a=(0, 7, 0))) == 0


def test_figure_of_the_sides_alone_worked_by_hand() -> None:
    # 4/10 − 2/8, whatever the four did who began undecided.
    for undecided in ((0, 0, 0), (4, 0, 0), (1, 1, 2)):
        assert persuasion_figure(matrix(f=(5, 1, 2), u=undecided, a=(4, 1, 5))) == pytest.approx(0.15)
    assert persuasion_figure(matrix(f=(6, 0, 0), a=(7, 0, 0))) == pytest.approx(1.0)
    assert persuasion_figure(matrix(f=(0, 0, 6), a=(0, 0, 7))) == pytest.approx(-1.0)


@pytest.mark.parametrize(
    ("cells", "short"),
    [
        (matrix(f=(2, 1, 1), u=(5, 0, 0), a=(0, 0, 9)), (F,)),
        (matrix(f=(5, 0, 0), u=(4, 0, 0), a=(0, 0, 4)), (U, A)),
        (matrix(f=(60, 0, 0), u=(30, 0, 30)), (A,)),
        (matrix(f=(4, 0, 0), u=(4, 0, 0), a=(4, 0, 0)), (F, U, A)),
        (matrix(), (F, U, A)),
    ],
)
def test_under_five_at_a_side_gives_counts_only(cells: SwitchMatrix, short: tuple[Standing, ...]) -> None:
    swing = measure_swing(cells, random.Random(1))
    assert swing.verdict is Verdict.TOO_FEW
    assert swing.short == short
    assert swing.figure is None
    assert swing.interval is None
    assert swing.matrix is cells


def test_five_at_each_origin_is_enough() -> None:
    swing = measure_swing(matrix(f=(5, 0, 0), u=(0, 5, 0), a=(0, 0, 5)), random.Random(1))
    assert swing.verdict is Verdict.NO_CLEAR_SHIFT
    assert swing.figure == 0
    assert swing.interval is not None
    # Nobody moved, but five people an origin do not show that nobody ever would.
    low, high = swing.interval
    assert low < -0.1 < 0.1 < high


@pytest.mark.parametrize("undecided", [(0, 0, 0), (1, 0, 0), (1, 2, 1)])
def test_few_undecided_leave_a_figure_of_the_sides(undecided: tuple[int, int, int]) -> None:
    shifted = matrix(f=(12, 0, 1), u=undecided, a=(9, 0, 4))
    swing = measure_swing(shifted, random.Random(1))
    assert (swing.verdict, swing.short) == (Verdict.SHIFT_FOR, (U,))
    assert swing.figure == pytest.approx(9 / 13 - 1 / 13)
    assert measure_swing(mirrored(shifted), random.Random(1)).verdict is Verdict.SHIFT_AGAINST
    even = measure_swing(matrix(f=(8, 0, 3), u=undecided, a=(4, 0, 8)), random.Random(1))
    assert even.verdict is Verdict.NO_CLEAR_SHIFT


def test_few_undecided_can_still_contradict_the_figure() -> None:
    cells = matrix(f=(10, 9, 1), u=(0, 0, 4), a=(6, 0, 2))  # 6 moved towards the motion, and 14 away
    swing = measure_swing(cells, random.Random(1))
    assert (swing.verdict, swing.is_mixed) == (Verdict.NO_CLEAR_SHIFT, True)


@pytest.mark.parametrize(
    "cells",
    [matrix(f=(5, 0, 0), a=(4, 0, 1)), matrix(f=(4, 0, 1), a=(6, 0, 0)), matrix(f=(4, 1, 0), a=(6, 0, 0))],
)
def test_shift_in_the_smallest_class_does_not_say_that_a_side_was_of_one_mind(cells: SwitchMatrix) -> None:
    """Else the verdict would tell what a row of the matrix may not."""
    assert measure_swing(cells, random.Random(1)).verdict is Verdict.SHIFT_FOR


def test_plain_shift_is_seen_in_both_directions() -> None:
    shifted = matrix(f=(18, 1, 1), u=(14, 5, 1), a=(30, 5, 25))
    swing = measure_swing(shifted, random.Random(1))
    assert swing.verdict is Verdict.SHIFT_FOR
    assert swing.figure == pytest.approx(0.5 * (30 / 60 - 1 / 20) + 0.5 * (13 / 20))
    assert measure_swing(mirrored(shifted), random.Random(1)).verdict is Verdict.SHIFT_AGAINST


def test_plain_differences_worked_by_hand() -> None:
    # 8 moved towards the motion (3, 4 and 1) and 4 away; 8 against 10 became 12 against 8.
    assert plain_differences(WORKED) == (8 - 4, 4 + 2, pytest.approx(7 / 15 - 3 / 13))
    people, lead, share = plain_differences(mirrored(WORKED))
    assert (people, lead, share) == (-4, -6, pytest.approx(3 / 13 - 7 / 15))


CONTRADICTED = [
    matrix(f=(30, 20, 1), u=(1, 4, 1), a=(6, 1, 1)),  # 22 moved away and 8 towards
    matrix(f=(24, 1, 10), u=(4, 2, 1), a=(6, 1, 1)),  # 12 moved away and 11 towards
    matrix(f=(40, 30, 0), u=(0, 10, 0), a=(18, 0, 2)),  # 30 moved away, and 18 towards in twice as long steps
    matrix(f=(60, 0, 10), u=(15, 5, 0), a=(0, 0, 6)),  # 15 moved towards, and 10 away in twice as long steps
    matrix(f=(30, 0, 0), u=(128, 124, 148), a=(120, 0, 280)),  # 248 of 800 came to for, 148 of 430 to against
]
"""The figure speaks for the motion, and something that can be counted against it."""


@pytest.mark.parametrize("cells", CONTRADICTED)
def test_figure_that_the_counts_contradict_is_no_clear_shift(cells: SwitchMatrix) -> None:
    swing = measure_swing(cells, random.Random(1))
    assert swing.interval is not None
    assert swing.interval[0] > 0
    assert (swing.verdict, swing.is_mixed) == (Verdict.NO_CLEAR_SHIFT, True)
    other = measure_swing(mirrored(cells), random.Random(1))
    assert (other.verdict, other.is_mixed) == (Verdict.NO_CLEAR_SHIFT, True)


def test_shift_and_usual_verdict_are_not_mixed() -> None:
    for cells in (
        matrix(f=(18, 1, 1), u=(14, 5, 1), a=(30, 5, 25)),
        matrix(f=(6, 1, 1), u=(2, 4, 2), a=(1, 1, 6)),
        WORKED,
    ):
        assert not measure_swing(cells, random.Random(1)).is_mixed


LARGE_ROW = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))


@given(LARGE_ROW, LARGE_ROW, LARGE_ROW, st.booleans(), st.integers(0, 2**32))
@example((30, 20, 1), (1, 4, 1), (6, 1, 1), False, 1)
@example((24, 1, 10), (4, 2, 1), (6, 1, 1), True, 1)
@example((60, 0, 10), (15, 5, 0), (0, 0, 6), False, 1)
@example((30, 0, 0), (128, 124, 148), (120, 0, 280), True, 1)
@example((18, 1, 1), (14, 5, 1), (30, 5, 25), False, 1)
def test_shift_is_one_however_it_is_counted(
    f: tuple[int, int, int], u: tuple[int, int, int], a: tuple[int, int, int], turned: bool, seed: int
) -> None:
    cells = matrix(f=f, u=u, a=a)
    swing = measure_swing(mirrored(cells) if turned else cells, random.Random(seed), resamples=200)
    towards = Verdict.SHIFT_AGAINST if turned else Verdict.SHIFT_FOR
    if swing.verdict in (Verdict.TOO_FEW, Verdict.NO_CLEAR_SHIFT):
        return
    (ff, fu, fa), (uf, uu, ua), (af, au, aa) = f, u, a
    if swing.verdict is not towards:
        (ff, fu, fa), (uf, uu, ua), (af, au, aa) = (aa, au, af), (ua, uu, uf), (fa, fu, ff)
    assert uf + af + au > fu + fa + ua, "more people moved that way"
    assert (ff + uf + af) - (fa + ua + aa) > (ff + fu + fa) - (af + au + aa), "and the lead grew that way"
    undecided = uf + uu + ua
    assert (af + uf) / (af + au + aa + undecided) > (fa + ua) / (ff + fu + fa + undecided), (
        "and so did the shares"
    )


def test_same_seed_gives_the_same_interval() -> None:
    first = measure_swing(WORKED, random.Random(9))
    assert first == measure_swing(WORKED, random.Random(9))


def test_interval_agrees_with_drawing_person_by_person() -> None:
    # The same interval by the long way: each origin's people and one imagined person a cell in a hat.
    rng, size = random.Random(4), 20_000
    weights = {A: {F: 1}, F: {A: -1}, U: {F: 1, A: -1}}
    draws = [0.0] * size
    centre = 0.0
    for origin, worth in weights.items():
        hat = [worth.get(end, 0) for end, n in WORKED.row(origin).items() for _ in range(n + 1)]
        people = WORKED.began(origin)
        centre += sum(hat) / len(hat) / 2
        for at in range(size):
            draws[at] += sum(rng.choices(hat, k=people)) / people / 2
    draws.sort()
    shift = persuasion_figure(WORKED) - centre
    low, high = draws[round(size * 0.0125)] + shift, draws[round(size * 0.9875)] + shift
    interval = measure_swing(WORKED, random.Random(4)).interval
    assert interval is not None
    # The tail of 2,000 resamples may lie a step or two of the possible sums away.
    assert interval == (pytest.approx(low, abs=0.04), pytest.approx(high, abs=0.04))


ROW = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


@given(ROW, ROW, ROW, st.integers(0, 2**32))
def test_interval_holds_the_figure_and_the_verdict_follows_from_it(
    f: tuple[int, int, int], u: tuple[int, int, int], a: tuple[int, int, int], seed: int
) -> None:
    cells = matrix(f=f, u=u, a=a)
    swing = measure_swing(cells, random.Random(seed), resamples=200)
    if swing.figure is None or swing.interval is None:
        assert swing.verdict is Verdict.TOO_FEW
        return
    low, high = swing.interval
    assert -1 <= low <= swing.figure <= high <= 1
    if swing.verdict is Verdict.SHIFT_FOR:
        assert low > 0
    elif swing.verdict is Verdict.SHIFT_AGAINST:
        assert high < 0
    elif not swing.is_mixed:
        assert low <= 1e-9
        assert high >= -1e-9


def answered_anew(start: Sequence[Standing], share: float, rng: random.Random) -> SwitchMatrix:
    """A class in which nobody was persuaded, and a ``share`` drew one of the three answers at random."""
    before = dict(enumerate(start))
    after = {who: rng.choice(VOTES) if rng.random() < share else vote for who, vote in before.items()}
    return switch_matrix(before, after)


def class_of(against: int, for_: int, undecided: int) -> list[Standing]:
    return [A] * against + [F] * for_ + [U] * undecided


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
@pytest.mark.parametrize(
    "start",
    [class_of(60, 20, 20), class_of(20, 60, 20), class_of(10, 5, 5), class_of(5, 5, 10)],
    ids=["60/20/20", "20/60/20", "10/5/5", "5/5/10"],
)
def test_false_alarm_rate_is_at_most_5_percent(start: list[Standing], share: float) -> None:
    rng, runs = random.Random(2024), 300
    alarms = sum(
        measure_swing(answered_anew(start, share, rng), rng).verdict is not Verdict.NO_CLEAR_SHIFT
        for _ in range(runs)
    )
    assert alarms / runs <= 0.05


def test_twenty_people_at_60_20_20_are_too_few() -> None:
    # 12, 4 and 4: the case in which "the larger gain wins" calls the smaller side the winner 3 times in 4.
    rng = random.Random(1)
    swing = measure_swing(answered_anew(class_of(12, 4, 4), 0.3, rng), rng)
    assert swing.verdict is Verdict.TOO_FEW
    assert swing.short == (F, U)


@pytest.mark.parametrize("people", [20, 100])
def test_false_alarm_rate_when_the_start_is_drawn_too(people: int) -> None:
    rng, runs = random.Random(7), 300
    verdicts = [
        measure_swing(answered_anew(rng.choices((A, F, U), (60, 20, 20), k=people), 0.3, rng), rng).verdict
        for _ in range(runs)
    ]
    judged = [verdict for verdict in verdicts if verdict is not Verdict.TOO_FEW]
    assert judged
    assert sum(verdict is not Verdict.NO_CLEAR_SHIFT for verdict in judged) <= 0.05 * len(judged)


@pytest.mark.parametrize("sides", [(5, 5), (7, 7), (8, 8), (9, 9), (5, 12), (20, 7)], ids=str)
def test_false_alarm_rate_of_the_sides_alone_is_at_most_5_percent(sides: tuple[int, int]) -> None:
    """Summed over all that can happen, for every chance of a change of side up to a half: a coin for each."""
    for_, against = sides
    alarms = [
        (lost, won)
        for lost, won in product(range(for_ + 1), range(against + 1))
        if measure_swing(
            matrix(f=(for_ - lost, 0, lost), a=(won, 0, against - won)),
            random.Random(lost * 100 + won),
        ).verdict
        is not Verdict.NO_CLEAR_SHIFT
    ]
    assert alarms
    for chance in (step / 50 for step in range(1, 26)):
        rate = sum(_binomial(lost, for_, chance) * _binomial(won, against, chance) for lost, won in alarms)
        assert rate <= 0.05, chance


def _binomial(count: int, of: int, chance: float) -> float:
    return comb(of, count) * chance**count * (1 - chance) ** (of - count)


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
@pytest.mark.parametrize(
    "start",
    [class_of(12, 6, 2), class_of(10, 10, 0), class_of(70, 30, 0), class_of(48, 48, 4)],
    ids=["12/6/2", "10/10/0", "70/30/0", "48/48/4"],
)
def test_false_alarm_rate_with_few_undecided_is_at_most_5_percent(
    start: list[Standing], share: float
) -> None:
    rng, runs = random.Random(2025), 300
    alarms = sum(
        measure_swing(answered_anew(start, share, rng), rng).verdict is not Verdict.NO_CLEAR_SHIFT
        for _ in range(runs)
    )
    assert alarms / runs <= 0.05
