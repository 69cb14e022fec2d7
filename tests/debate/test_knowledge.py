"""Knowledge beside the change of stance: Fisher's test against known tables, what is not shown, false alarms."""

import random
from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict, fisher_exact, knowledge_and_shift

TOO_FEW = KnowledgeShift(KnowledgeVerdict.TOO_FEW)
NOT_CLEAR = KnowledgeVerdict.NO_CLEAR_DIFFERENCE


@pytest.mark.parametrize(
    ("hits", "tries", "other_hits", "other_tries", "p"),
    [
        (3, 4, 1, 4, 34 / 70),  # Fisher's lady who tastes tea (1935)
        (5, 5, 0, 5, 2 / 252),
        (2, 3, 0, 2, 4 / 10),  # 1, 6 and 3 ways of 10 for 0, 1 and 2 hits of the three: 3 + 1
        (1, 12, 9, 12, 0.002759),  # a common example: dieting among men and women
        (4, 9, 4, 9, 1),
        (0, 6, 0, 8, 1),
        (6, 6, 8, 8, 1),
    ],
)
def test_known_tables(hits: int, tries: int, other_hits: int, other_tries: int, p: float) -> None:
    assert fisher_exact(hits, tries, other_hits, other_tries) == pytest.approx(p, abs=1e-6)


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_as_the_formula_with_factorials(tries: int, other_tries: int, data: st.DataObject) -> None:
    """The probability of each table with the same margins in fractions: a!b!c!d! in the place of binomials."""
    hits = data.draw(st.integers(0, tries))
    other_hits = data.draw(st.integers(0, other_tries))
    total, all_hits = tries + other_tries, hits + other_hits

    def probability(count: int) -> Fraction:
        cells = (count, tries - count, all_hits - count, other_tries - all_hits + count)
        if min(cells) < 0:
            return Fraction(0)
        margins = (tries, other_tries, all_hits, total - all_hits)
        above, below = 1, factorial(total)
        for each in margins:
            above *= factorial(each)
        for each in cells:
            below *= factorial(each)
        return Fraction(above, below)

    tables = [probability(count) for count in range(tries + 1)]
    assert sum(tables) == 1
    expected = float(sum(each for each in tables if each <= probability(hits)))
    assert fisher_exact(hits, tries, other_hits, other_tries) == pytest.approx(expected)
    assert fisher_exact(other_hits, other_tries, hits, tries) == pytest.approx(expected)
    misses = fisher_exact(tries - hits, tries, other_tries - other_hits, other_tries)
    assert misses == pytest.approx(expected)


def people(*groups: tuple[float, int, int]) -> list[tuple[float, bool]]:
    """Groups of a score, how many they are, and how many of them moved."""
    return [(score, number < moved) for score, size, moved in groups for number in range(size)]


def test_those_who_knew_more_are_those_above_the_median() -> None:
    found = knowledge_and_shift(people((1.0, 4, 2), (0.8, 2, 1), (0.6, 3, 1), (0.2, 4, 2)))
    assert found == KnowledgeShift(NOT_CLEAR, 0.8, 6, 3, 7, 3)


def test_clear_difference_is_named_by_its_direction() -> None:
    more = knowledge_and_shift(people((1.0, 10, 9), (0.2, 10, 1)))
    assert more == KnowledgeShift(KnowledgeVerdict.KNEW_MORE_MOVED_MORE, 1.0, 10, 9, 10, 1)
    less = knowledge_and_shift(people((1.0, 10, 1), (0.2, 10, 9)))
    assert less == KnowledgeShift(KnowledgeVerdict.KNEW_MORE_MOVED_LESS, 1.0, 10, 1, 10, 9)


def test_verdict_turns_at_one_in_twenty() -> None:
    """Of ten and ten, 8 against 2 has p = 0.023, and 7 against 2 has p = 0.070."""
    assert fisher_exact(8, 10, 2, 10) == pytest.approx(0.02301, abs=1e-5)
    assert fisher_exact(7, 10, 2, 10) == pytest.approx(0.06978, abs=1e-5)
    clear = knowledge_and_shift(people((1.0, 10, 8), (0.5, 10, 2)))
    assert clear.verdict is KnowledgeVerdict.KNEW_MORE_MOVED_MORE
    assert knowledge_and_shift(people((1.0, 10, 7), (0.5, 10, 2))).verdict is NOT_CLEAR


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [(1.0, 4, 2), (0.5, 12, 4)],  # four who knew more
        [(1.0, 12, 4), (0.5, 4, 2)],  # the median is 1.0: nobody is above it
        [(1.0, 6, 0), (0.5, 7, 3)],  # all of a group did the same
        [(1.0, 6, 6), (0.5, 7, 3)],
        [(1.0, 6, 3), (0.5, 7, 0)],
        [(1.0, 6, 3), (0.5, 7, 7)],
        [(0.6, 30, 12)],  # nobody knew more than anybody else
    ],
)
def test_what_would_tell_on_somebody_is_not_shown(groups: list[tuple[float, int, int]]) -> None:
    assert knowledge_and_shift(people(*groups)) == TOO_FEW


@given(st.lists(st.tuples(st.sampled_from((0.0, 0.2, 0.4, 0.6, 0.8, 1.0)), st.booleans()), max_size=40))
def test_shown_groups_are_five_or_more_and_never_unanimous(found: list[tuple[float, bool]]) -> None:
    shift = knowledge_and_shift(found)
    if shift.verdict is KnowledgeVerdict.TOO_FEW:
        assert shift == TOO_FEW
        return
    assert shift.knew_more + shift.others == len(found)
    assert min(shift.knew_more, shift.others) >= 5
    assert 0 < shift.more_moved < shift.knew_more
    assert 0 < shift.others_moved < shift.others
    assert shift.knew_more == sum(score >= shift.at_least for score, _ in found)


@pytest.mark.parametrize("size", [20, 100])
@pytest.mark.parametrize("moving", [0.1, 0.3, 0.5])
def test_false_alarms_stay_under_one_in_twenty(size: int, moving: float) -> None:
    """Classes in which those who know more move as often as the others."""
    rng = random.Random(7)
    classes = 1_000
    alarms = 0
    for _ in range(classes):
        found = [(rng.randrange(6) / 5, rng.random() < moving) for _ in range(size)]
        verdict = knowledge_and_shift(found).verdict
        alarms += verdict in (KnowledgeVerdict.KNEW_MORE_MOVED_MORE, KnowledgeVerdict.KNEW_MORE_MOVED_LESS)
    assert alarms <= 0.05 * classes


def test_strong_link_is_found() -> None:
    rng = random.Random(8)
    found = 0
    for _ in range(100):
        scores = [rng.randrange(6) / 5 for _ in range(100)]
        seen = [(score, rng.random() < (0.6 if score > 0.4 else 0.2)) for score in scores]
        found += knowledge_and_shift(seen).verdict is KnowledgeVerdict.KNEW_MORE_MOVED_MORE
    assert found >= 80
