"""The opinion map: figures worked out by hand, no groups in noise, two camps found, and nobody told on."""

import itertools
import random
from collections.abc import Sequence
from math import sqrt

import numpy as np
import pytest

from bot.debate.opinion import Vote
from bot.insight.opinion_map import (
    FEWEST_STATEMENTS,
    SHUFFLES,
    Group,
    NoMap,
    NoMapReason,
    OpinionMap,
    Tally,
    consensus,
    differs,
    fewest_votes,
    opinion_map,
    probability,
    representativeness,
    stands_out,
)
from bot.insight.opinion_space import Matrix, compare_with_chance, find_groups, find_map, project

YES, NO, PASS = Vote.AGREE, Vote.DISAGREE, Vote.PASS
Row = list[Vote | None]

# The matrix that the figures below are worked out for by hand. Six people, two statements, one vote missing each for
# the last two:
#
#     person     1    2    3    4    5    6     mean
#     first     +1   +1   -1   -1   +1   -1      0
#     second    -1   -1   +1   +1    .    .      0
#
# Both means are 0, and a missing vote is its column's mean. So the products of the columns are
# first * first = 6, second * second = 4, first * second = -4, and the scatter matrix [[6, -4], [-4, 4]] has
# the eigenvalues 5 + sqrt(17) and 5 - sqrt(17). For an eigenvalue e the axis (x, y) has 6 x - 4 y = e x, so
# y = (6 - e) x / 4: with sqrt(17) = 4.123106 that is y = -0.780776 x for the first axis and, at right angles to it,
# y = 1.280776 x for the second. At length 1, with the greatest part positive:
#     w1 = (0.788205, -0.615412),  w2 = (0.615412, 0.788205).
# C = 2. Persons 1 and 2 gave both votes: factor sqrt(2 / 2) = 1, so they stand at
#     (0.788205 + 0.615412, 0.615412 - 0.788205) = (1.403617, -0.172793).
# Persons 3 and 4 said the opposite. Person 5 gave one vote: factor sqrt(2 / 1) = 1.414214 times w at the first:
#     (1.114690, 0.870324), and person 6 opposite.
HAND_VOTES = [[1, -1], [1, -1], [-1, 1], [-1, 1], [1, None], [-1, None]]
HAND_POINTS = [
    (1.403617, -0.172793),
    (1.403617, -0.172793),
    (-1.403617, 0.172793),
    (-1.403617, 0.172793),
    (1.114690, 0.870324),
    (-1.114690, -0.870324),
]


def matrix(rows: Sequence[Sequence[float | None]]) -> Matrix:
    return np.array([[np.nan if vote is None else vote for vote in row] for row in rows], dtype=np.float64)


def noise(rng: random.Random, people: int, statements: int) -> list[Row]:
    """Votes that have nothing to do with each other. Statements are agreed with more or less, and votes are missing."""
    leaning = [rng.random() for _ in range(statements)]
    return [
        [
            None
            if rng.random() < 0.15
            else PASS
            if rng.random() < 0.15
            else YES
            if rng.random() < lean
            else NO
            for lean in leaning
        ]
        for _ in range(people)
    ]


def camps(
    rng: random.Random, sizes: Sequence[int], statements: int, *, loyal: float = 0.9, missing: float = 0.1
) -> list[Row]:
    """Two camps that mostly vote by opposite lists; everybody mostly agrees with the last three statements."""
    lists = [[rng.choice((YES, NO)) for _ in range(statements)] for _ in sizes]
    lists[1] = [Vote(-vote) for vote in lists[0]]
    rows: list[Row] = []
    for camp, size in enumerate(sizes):
        for _ in range(size):
            row: Row = []
            for at, line in enumerate(lists[camp]):
                lean = YES if at >= statements - 3 else line
                vote = lean if rng.random() < loyal else rng.choice((PASS, Vote(-lean)))
                row.append(None if rng.random() < missing else vote)
            rows.append(row)
    return rows


def a_map(people: Sequence[Row], seed: int = 1) -> OpinionMap:
    found = opinion_map(people, seed)
    assert isinstance(found, OpinionMap), found
    return found


def why_not(people: Sequence[Row], seed: int = 1) -> NoMapReason:
    found = opinion_map(people, seed)
    assert isinstance(found, NoMap), "there is a map"
    return found.reason


# By hand


def test_projection_is_as_worked_out_by_hand() -> None:
    points = project(matrix(HAND_VOTES))
    assert [tuple(map(float, point)) for point in points] == [
        pytest.approx(point, abs=1e-6) for point in HAND_POINTS
    ]


def test_mean_is_taken_off_before_the_projection() -> None:
    """Three agree with the first statement and one does not, mean 1/2; the second is agreed with by all: no part."""
    points = project(matrix([[1, 1], [1, 1], [1, 1], [-1, 1]]))
    assert [float(x) for x, _ in points] == pytest.approx([0.5, 0.5, 0.5, -1.5])
    assert not points[:, 1].any()


def test_who_votes_on_few_statements_is_not_drawn_to_the_middle() -> None:
    """The factor is sqrt(C / n): with one vote of four, twice as far as that vote alone would carry."""
    rows = [[1, 0, 0, 0], [-1, 0, 0, 0], [1, None, None, None], [-1, None, None, None]]
    points = project(matrix(rows))
    assert [float(x) for x, _ in points] == pytest.approx([1, -1, 2, -2])


def test_projection_is_that_of_the_principal_components() -> None:
    rng = np.random.default_rng(3)
    for people, statements in ((30, 16), (300, 40), (20, 50)):
        votes = rng.choice([-1.0, 0.0, 1.0], size=(people, statements))
        votes[rng.random(votes.shape) < 0.2] = np.nan
        voted = ~np.isnan(votes)
        centred = np.where(voted, votes - np.nanmean(votes, axis=0), 0)
        _, _, axes = np.linalg.svd(centred)
        expected = np.sqrt(statements / voted.sum(axis=1))[:, None] * (centred @ axes[:2].T)
        points = project(votes)
        for axis in range(2):
            turned = np.sign(points[0, axis] * expected[0, axis])
            assert points[:, axis] == pytest.approx(turned * expected[:, axis])


def test_consensus_is_as_worked_out_by_hand() -> None:
    """Group A: 6 of 7 agree, (6 + 1) / (7 + 2) = 7/9. Group B: 4 of 5, 5/7. Together 35/63 = 5/9."""
    assert consensus([Tally(6, 0, 7), Tally(4, 1, 5)]) == pytest.approx(5 / 9)
    assert consensus([Tally(9, 0, 9), Tally(0, 9, 9)]) == pytest.approx(10 / 11 * 1 / 11)
    assert consensus([Tally(0, 0, 0)]) == pytest.approx(1 / 2)


def test_consensus_of_a_matrix_is_weighed_by_group_and_not_by_head() -> None:
    """Camps of 14 and 9, who differ on 40 statements, where each person passes on some. On the two others, worked out
    by hand:

        statement    of the 14 agree    of the 9 agree    of all    (A + 1) / (S + 2), multiplied
        40                14                  5             19      15/16 * 6/11 = 90/176
        41                10                  8             18      11/16 * 9/11 = 99/176

    More people agree with 40, but the groups agree more with 41.
    """
    rng = random.Random(2)
    people: list[Row] = [
        [PASS if rng.random() < 0.3 else vote for _ in range(40)]
        + [YES if person < first else NO, YES if size - person <= second else NO]
        for size, vote, first, second in ((14, YES, 14, 10), (9, NO, 5, 8))
        for person in range(size)
    ]
    found = opinion_map(people, 1)
    assert isinstance(found, OpinionMap)
    assert [group.size for group in found.groups] == [14, 9]
    assert found.shared == (41, 40)
    tallies = [[Tally(14, 0, 14), Tally(5, 4, 9)], [Tally(10, 4, 14), Tally(8, 1, 9)]]
    assert [consensus(groups) for groups in tallies] == pytest.approx([90 / 176, 99 / 176])


def test_probabilities_and_z_values_are_as_worked_out_by_hand() -> None:
    """8 of 9 in the group and 2 of 8 outside agree."""
    assert probability(8, 9) == pytest.approx(9 / 11)
    assert probability(0, 0) == pytest.approx(1 / 2)
    # One more in each: 9 of 10 is 0.4 above the half, and the root of 10 is 3.162278; twice 1.264911.
    assert stands_out(8, 9) == pytest.approx(2.529822, abs=1e-6)
    # 9 of 10 and 3 of 9 are 0.566667 apart; the root of 12/19 (0.631579) by 0.368421 by 0.211111 is 0.221637.
    assert differs(8, 9, 2, 8) == pytest.approx(2.556737, abs=1e-6)
    assert differs(4, 4, 4, 4) == 0
    # R is 9/11 by 3/10, which is 2.727273; times 2.556737, times 0.818182, times 2.529822.
    assert representativeness(8, 9, 2, 8) == pytest.approx(14.43293, abs=1e-5)


def test_what_does_not_stand_out_or_differ_tells_nothing_of_a_group() -> None:
    assert representativeness(9, 9, 9, 9) is None, "the others say the same"
    assert representativeness(4, 9, 0, 9) is None, "not even half of the group says so"
    assert representativeness(1, 1, 0, 0) is None


@pytest.mark.parametrize(("statements", "fewest"), [(1, 1), (6, 6), (7, 7), (40, 7)])
def test_seven_votes_make_a_person_count_or_all_of_fewer(statements: int, fewest: int) -> None:
    assert fewest_votes(statements) == fewest


# Groups


def test_groups_of_points_are_found() -> None:
    rng = np.random.default_rng(1)
    centres = np.array([[0, 0], [9, 0], [0, 9]])
    points = centres[np.arange(30) % 3] + rng.normal(scale=0.5, size=(30, 2))
    found = find_groups(points, rng)
    assert len({tuple(found.labels[start::3]) for start in range(3)}) == 3
    assert all(len(set(found.labels[start::3])) == 1 for start in range(3))
    assert found.silhouette > 0.85


def test_silhouette_is_as_worked_out_by_hand() -> None:
    """Points at 0 and 1, and at 10 and 12: a is 1, 1, 2, 2, and b is 11, 10, 9.5, 11.5."""
    points = np.array([[0.0, 0], [1, 0], [10, 0], [12, 0]])
    each = [1 - 1 / 11, 1 - 1 / 10, 1 - 2 / 9.5, 1 - 2 / 11.5]
    assert find_groups(points, np.random.default_rng(1)).silhouette == pytest.approx(sum(each) / 4)


def test_people_in_one_place_are_one_group() -> None:
    found = find_groups(np.zeros((30, 2)), np.random.default_rng(1))
    assert (found.silhouette, set(found.labels)) == (0, {0})


def test_shuffles_keep_each_statements_votes_and_who_voted() -> None:
    """Two statements that nothing ties together have the same groups however they are shuffled."""
    votes = matrix([[1, None]] * 10 + [[None, 1]] * 10)
    found = find_groups(project(votes), np.random.default_rng(1))
    shuffled = compare_with_chance(votes, found, np.random.default_rng(1), shuffles=9, enough=99)
    assert (shuffled.as_good, shuffled.shuffles, shuffled.p) == (9, 9, 1)


def test_shuffling_stops_when_the_outcome_is_settled() -> None:
    rng = random.Random(5)
    votes = matrix([[None if vote is None else int(vote) for vote in row] for row in noise(rng, 25, 16)])
    found = find_groups(project(votes), np.random.default_rng(1))
    stopped = compare_with_chance(votes, found, np.random.default_rng(1), shuffles=99, enough=5)
    assert stopped.shuffles < 99
    whole = compare_with_chance(votes, found, np.random.default_rng(1), shuffles=99, enough=100)
    assert (whole.shuffles, stopped.p > 0.05) == (99, whole.p > 0.05)


# Whether there is a map


def test_noise_gives_a_map_in_one_case_of_twenty_at_most() -> None:
    """The groups of noise have silhouettes of 0.4 or so. The test lets 5% of them pass; 7% here would be too many."""
    alarms, cases = 0, 150
    for seed in range(cases):
        rng = random.Random(seed)
        votes = noise(rng, rng.randrange(20, 41), rng.randrange(15, 31))
        alarms += find_map(votes, seed, shuffles=SHUFFLES, highest_p=0.05) is not None
    assert alarms / cases <= 0.07


def test_two_clear_camps_give_a_map_each_time() -> None:
    for seed in range(10):
        rng = random.Random(seed)
        people = camps(rng, (12, 10), 18)
        found = a_map(people, seed)
        assert sorted(group.size for group in found.groups) == [10, 12]
        assert (found.counted, found.left_out) == (22, 0)
        assert found.as_good <= 4


def test_map_takes_twenty_people_with_enough_votes() -> None:
    people = camps(random.Random(1), (10, 10), 18, missing=0)
    assert isinstance(opinion_map(people, 1), OpinionMap)
    few = opinion_map([*people[1:], people[0][:6] + [None] * 12], 1)
    assert few == NoMap(NoMapReason.FEW_PEOPLE, 19, 18)
    assert few.fewest_votes == 7
    seven = [*people[1:], people[0][:7] + [None] * 11]
    assert isinstance(opinion_map(seven, 1), OpinionMap)


def test_map_takes_fifteen_statements() -> None:
    people = camps(random.Random(1), (15, 15), FEWEST_STATEMENTS, missing=0)
    assert isinstance(opinion_map(people, 1), OpinionMap)
    assert why_not([row[:-1] for row in people]) is NoMapReason.FEW_STATEMENTS


def test_nobody_at_all_is_no_map() -> None:
    assert opinion_map([], 1) == NoMap(NoMapReason.FEW_STATEMENTS, 0, 0)


def test_people_who_all_say_the_same_are_no_groups() -> None:
    assert why_not([[YES] * 20] * 30) is NoMapReason.NO_GROUPS
    assert why_not([[None] * 13 + [YES] * 7] * 30) is NoMapReason.NO_GROUPS


def test_one_large_group_and_a_few_others_are_no_map() -> None:
    people = camps(random.Random(3), (26, 4), 20, loyal=0.95, missing=0)
    assert why_not(people) is NoMapReason.SMALL_GROUPS


def test_groups_of_fewer_than_five_are_left_out() -> None:
    rng = random.Random(2)
    people = camps(rng, (14, 12), 20, loyal=0.97, missing=0)
    # The third list has nothing to do with the other two, so its four people stand apart.
    third = [rng.choice((YES, NO)) if at % 2 else people[0][at] for at in range(20)]
    found = a_map([*people, *[list(third)] * 4])
    assert [group.size for group in found.groups] == [14, 12]
    assert found.left_out == 4
    assert sum(len(group.points) for group in found.groups) == 26


# What the map says


def test_map_says_what_tells_the_groups_apart_and_what_they_share() -> None:
    rng = random.Random(8)
    people = camps(rng, (16, 12), 20, loyal=0.9, missing=0.05)
    first, second = a_map(people).groups
    assert (first.size, second.size) == (16, 12)
    for own, other, camp in ((first, second, people[:16]), (second, first, people[16:])):
        assert len(own.agrees) == len(own.disagrees) == 3
        for at in own.agrees:
            said = [row[at] for row in camp if row[at] is not None]
            assert said.count(YES) > len(said) / 2
            assert at not in other.agrees
        for at in own.disagrees:
            said = [row[at] for row in camp if row[at] is not None]
            assert said.count(NO) > len(said) / 2
    assert set(a_map(people).shared) <= {17, 18, 19}
    assert a_map(people).shared


def test_unanimous_statement_is_not_named() -> None:
    """Its bars are withheld, so the map must not say it either."""
    people = camps(random.Random(4), (14, 14), 20, missing=0)
    for row in people:
        row[19] = YES
    found = a_map(people)
    assert 19 not in found.shared
    for row in people[:2]:
        row[19] = NO
    assert 19 in a_map(people).shared


def test_statement_with_few_votes_of_a_group_does_not_tell_of_it() -> None:
    people = camps(random.Random(6), (14, 14), 20, loyal=1, missing=0)
    found = a_map(people)
    named = found.groups[0].agrees[0]
    voters = itertools.count()
    for row in people:
        if row[named] is YES and next(voters) >= 4:
            row[named] = None
    again = a_map(people)
    assert all(named not in group.agrees for group in again.groups)


def test_same_votes_and_seed_give_the_same_map() -> None:
    people = camps(random.Random(9), (13, 13), 20)
    assert opinion_map(people, 77) == opinion_map(people, 77)


def test_groups_are_those_of_any_other_seed_where_they_are_clear() -> None:
    people = camps(random.Random(9), (13, 11), 20)
    sizes = {tuple(group.size for group in a_map(people, seed).groups) for seed in range(5)}
    assert sizes == {(13, 11)}


def test_people_stand_where_the_projection_puts_them() -> None:
    people = camps(random.Random(9), (13, 11), 20)
    votes = matrix([[None if vote is None else int(vote) for vote in row] for row in people])
    expected = sorted((round(float(x), 6), round(float(y), 6)) for x, y in project(votes))
    drawn = sorted((round(x, 6), round(y, 6)) for group in a_map(people).groups for x, y in group.points)
    assert drawn == expected


def test_map_holds_nothing_of_single_people_but_where_they_stand() -> None:
    group = a_map(camps(random.Random(9), (13, 11), 20)).groups[0]
    assert set(Group.__slots__) == {"size", "agrees", "disagrees", "points"}
    assert len(group.points) == group.size


def test_stretch_is_finite_for_who_gave_no_vote() -> None:
    points = project(matrix([[1, -1], [-1, 1], [None, None]]))
    assert tuple(points[2]) == (0, 0)
    assert float(points[0, 0]) == pytest.approx(sqrt(2))
