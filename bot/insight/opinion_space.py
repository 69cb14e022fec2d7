"""The arithmetic of the opinion map: people as points, groups of points, and whether the groups are more than chance.

Votes are a matrix of a row a person and a column a statement: 1 agrees, 0 passes, -1 disagrees, NaN says nothing.
Knows nothing of who the people are, or of what they voted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.intp]

BEGINNINGS = 4
"""So many times the search for groups begins from other centres; the tightest groups are kept."""
MOST_ROUNDS = 50
SQUARINGS = 12
FEWEST_GROUPS, MOST_GROUPS = 2, 5
PEOPLE_A_GROUP = 12
"""One more group may be looked for with each so many people."""
HAIR = 1e-9
"""Two figures that differ by less are alike: the order of the sums made the difference."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each point belongs to, from 0, and how well the groups are apart (silhouette, -1 to 1)."""

    labels: Labels
    silhouette: float


@dataclass(frozen=True, slots=True)
class Found:
    """A map whose groups are more than chance: where each person stands, and in which group, from 0.

    ``as_good`` shuffles of the votes fell into groups at least as well.
    """

    points: tuple[tuple[float, float], ...]
    labels: tuple[int, ...]
    as_good: int


@dataclass(frozen=True, slots=True)
class Shuffled:
    """How many of the ``shuffles`` of the votes fell into groups at least as well as the votes themselves."""

    as_good: int
    shuffles: int

    @property
    def p(self) -> float:
        """How likely such groups are by chance: (b + 1) / (m + 1), never 0. Phipson and Smyth, SAGMB 9 (2010)."""
        return (self.as_good + 1) / (self.shuffles + 1)


def find_map(
    people: Sequence[Sequence[float | None]], seed: int, *, shuffles: int, highest_p: float
) -> Found | None:
    """The map of people's votes, or None where votes that are shuffled fall into groups as good too often."""
    votes = np.array([[np.nan if vote is None else vote for vote in row] for row in people], dtype=np.float64)
    rng = np.random.default_rng(seed)
    points = project(votes)
    found = find_groups(points, rng)
    enough = int(highest_p * (shuffles + 1) + HAIR)
    shuffled = compare_with_chance(votes, found, rng, shuffles=shuffles, enough=enough)
    if shuffled.p > highest_p:
        return None
    _, labels = np.unique(found.labels, return_inverse=True)
    return Found(tuple((float(x), float(y)) for x, y in points), tuple(map(int, labels)), shuffled.as_good)


def project(votes: Matrix) -> Matrix:
    """Each person as a point in two dimensions.

    Votes not given count as their column's mean. The axes ``w`` are the first two principal components of the
    votes less their means ``mu``. Person i, who voted on n_i of the C statements, stands at
    sqrt(C / max(n_i, 1)) * sum over the voted c of (v_ic - mu_c) * w_c: the factor keeps those who voted on few
    statements from being drawn to the middle. After Polis: Small et al., Recerca 26 (2021).
    """
    statements = votes.shape[1]
    voted = ~np.isnan(votes)
    # A vote that is not given is its column's mean, so it is 0 here and adds nothing to the sum either.
    centred = np.where(voted, votes - _means(votes, voted), 0.0)
    axes = _axes(np.einsum("ij,ik->jk", centred, centred))
    stretch = np.sqrt(statements / np.maximum(voted.sum(axis=1), 1))
    return stretch[:, None] * (centred @ axes)


def find_groups(points: Matrix, rng: np.random.Generator) -> Grouping:
    """The groups of k-means for k = 2 to min(5, 2 + floor(N / 12)) whose silhouette is greatest.

    Points that all lie in one place are one group, whose silhouette is 0.
    """
    people = len(points)
    apart = np.sqrt(_squares(points, points[None])[0])
    best = Grouping(np.zeros(people, dtype=np.intp), 0.0)
    places = len(np.unique(np.round(points, 9), axis=0))
    most = min(MOST_GROUPS, FEWEST_GROUPS + people // PEOPLE_A_GROUP, places)
    for count in range(FEWEST_GROUPS, most + 1):
        labels = _k_means(points, count, rng)
        silhouette = _silhouette(apart, labels, count)
        if silhouette > best.silhouette + HAIR:
            best = Grouping(labels, silhouette)
    return best


def compare_with_chance(
    votes: Matrix, found: Grouping, rng: np.random.Generator, *, shuffles: int, enough: int
) -> Shuffled:
    """Compare groups with those of shuffled votes: each column's votes are dealt anew among those who gave them.

    That keeps how often each statement was agreed with and who voted on what, and breaks what goes together: any
    votes fall into groups, so only groups that are better than these mean something. It stops as soon as ``enough``
    shuffles were as good, when the outcome is settled. Besag and Clifford, Biometrika 78 (1991).
    """
    voters = [np.flatnonzero(~np.isnan(column)) for column in votes.T]
    dealt = votes.copy()
    as_good = 0
    for done in range(1, shuffles + 1):
        for column, rows in enumerate(voters):
            dealt[rows, column] = rng.permutation(votes[rows, column])
        if find_groups(project(dealt), rng).silhouette >= found.silhouette - HAIR:
            as_good += 1
            if as_good >= enough:
                return Shuffled(as_good, done)
    return Shuffled(as_good, shuffles)


def _means(votes: Matrix, voted: NDArray[np.bool_]) -> Matrix:
    sums = np.where(voted, votes, 0.0).sum(axis=0)
    return sums / np.maximum(voted.sum(axis=0), 1)


def _axes(scatter: Matrix) -> Matrix:
    """The two principal axes of a scatter matrix, a column each; 0 where there is nothing left to be told apart."""
    first = _strongest(scatter)
    rest = scatter - (first @ scatter @ first) * np.outer(first, first)
    if np.abs(rest).max() <= HAIR * np.abs(scatter).max():
        return np.stack([first, np.zeros_like(first)], axis=1)
    second = _strongest(rest)
    second = second - (second @ first) * first
    return np.stack([first, second / np.linalg.norm(second)], axis=1)


def _strongest(scatter: Matrix) -> Matrix:
    """The eigenvector of the greatest eigenvalue, of length 1, with its greatest part positive.

    Found by repeated squaring, which makes that eigenvalue outweigh all others. LAPACK's way would share the work
    among threads, which for so small a matrix on a busy machine takes a hundred times as long as the work.
    """
    power = scatter
    for _ in range(SQUARINGS):
        largest = np.abs(power).max()
        if largest == 0:
            return np.zeros(len(scatter))
        power = power / largest
        power = power @ power
    vector = power[:, np.diag(power).argmax()]
    # An axis may point either way: chosen like this, a map is always the same.
    return vector / (np.linalg.norm(vector) * np.sign(vector[np.abs(vector).argmax()]))


def _k_means(points: Matrix, count: int, rng: np.random.Generator) -> Labels:
    """The tightest of several clusterings into so many groups, none of them empty at the beginning."""
    centres = np.stack([_spread_out(points, count, rng) for _ in range(BEGINNINGS)])
    labels = np.full((BEGINNINGS, len(points)), -1, dtype=np.intp)
    for _ in range(MOST_ROUNDS):
        distances = _squares(points, centres)
        nearest = distances.argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        members = (labels[:, None, :] == np.arange(count)[:, None]).astype(np.float64)
        sizes = members.sum(axis=2)[:, :, None]
        centres = np.where(sizes > 0, members @ points / np.maximum(sizes, 1), centres)
    tightest = _squares(points, centres).min(axis=1).sum(axis=1).argmin()
    return labels[tightest]


def _squares(points: Matrix, centres: Matrix) -> Matrix:
    """The square of the distance from each centre of each clustering to each point."""
    x, y = np.ascontiguousarray(points.T)
    return (x - centres[:, :, 0, None]) ** 2 + (y - centres[:, :, 1, None]) ** 2


def _spread_out(points: Matrix, count: int, rng: np.random.Generator) -> Matrix:
    """Centres to begin with, far from each other: k-means++. Arthur and Vassilvitskii, SODA (2007)."""
    chosen = [int(rng.integers(len(points)))]
    nearest = np.full(len(points), np.inf)
    while len(chosen) < count:
        nearest = np.minimum(nearest, _squares(points, points[None, chosen[-1:]])[0, 0])
        # Each point is as likely as the square of its distance to the nearest centre so far.
        running: Matrix = nearest.cumsum()
        drawn = rng.random() * float(running[-1])
        chosen.append(int(running.searchsorted(drawn, side="right")))
    return points[chosen]


def _silhouette(apart: Matrix, labels: Labels, count: int) -> float:
    """The mean over all points of (b - a) / max(a, b), and 0 for a point alone in its group.

    a is the mean distance to the others of one's own group, b to the nearest other group. Rousseeuw, JCAM 20 (1987).
    """
    sizes = np.bincount(labels, minlength=count)
    if np.count_nonzero(sizes) < FEWEST_GROUPS:
        return 0.0
    rows: list[Matrix] = [apart[labels == group].sum(axis=0) for group in range(count)]
    sums = np.stack(rows)
    everybody = np.arange(len(labels))
    own = sizes[labels]
    within = sums[labels, everybody] / np.maximum(own - 1, 1)
    means = sums / np.maximum(sizes, 1)[:, None]
    means[sizes == 0] = np.inf
    means[labels, everybody] = np.inf
    between = means.min(axis=0)
    widest = np.maximum(within, between)
    each = np.where((own > 1) & (widest > 0), (between - within) / np.where(widest > 0, widest, 1), 0.0)
    return float(np.mean(each))
