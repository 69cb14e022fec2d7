"""Did the debate move people? The switch matrix of those who voted twice, and an honest verdict on it.

"The side with the larger gain wins" is wrong at class size: if nobody is persuaded and some merely answer
anew at random, the side that began smaller nearly always gains. So people are compared with those who began
where they did. Knows no names, and nothing of what may be shown: see ``suppression``.
"""

import random
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import ceil
from typing import TypeVar

from bot.debate.stance import VOTES, Standing

FEWEST_PER_ORIGIN = 5
RESAMPLES = 2_000
CONFIDENCE = 0.975
CONFIDENCE_OF_SIDES = 0.99
"""Of the interval of a figure without the undecided: its steps are so large that 97.5 % is not enough."""
IMAGINED_PEOPLE = 1
"""Per origin and destination, in the resampling only. This and the confidences keep false alarms under 5 %."""

LEAN = {Standing.FOR: 1, Standing.UNDECIDED: 0, Standing.AGAINST: -1}
"""How far for the motion a vote is."""

Voter = TypeVar("Voter", bound=Hashable)


class Verdict(StrEnum):
    """What may honestly be said. ``NO_CLEAR_SHIFT`` is the usual one, and not a defeat for anybody."""

    TOO_FEW = "too_few"
    NO_CLEAR_SHIFT = "no_clear_shift"
    SHIFT_FOR = "shift_for"
    SHIFT_AGAINST = "shift_against"


@dataclass(frozen=True, slots=True)
class SwitchMatrix:
    """How many went from each vote (origin) to each vote (destination), 3 × 3, of those who voted twice.

    ``withheld`` are people who voted twice and of whom nothing more is told: then there are no cells.
    """

    cells: Mapping[tuple[Standing, Standing], int]
    withheld: int = 0

    def count(self, origin: Standing, destination: Standing) -> int:
        """The people who went from ``origin`` to ``destination``."""
        return self.cells.get((origin, destination), 0)

    def row(self, origin: Standing) -> dict[Standing, int]:
        """Where those who began at ``origin`` ended."""
        return {destination: self.count(origin, destination) for destination in VOTES}

    def began(self, origin: Standing) -> int:
        """How many began at ``origin``."""
        return sum(self.row(origin).values())

    def ended(self, destination: Standing) -> int:
        """How many ended at ``destination``."""
        return sum(self.count(origin, destination) for origin in VOTES)

    @property
    def voters(self) -> int:
        """How many voted in both phases."""
        return self.withheld + sum(self.began(origin) for origin in VOTES)

    @property
    def moved(self) -> int:
        """How many are known to have ended elsewhere than they began."""
        return sum(count for (origin, destination), count in self.cells.items() if origin is not destination)


@dataclass(frozen=True, slots=True)
class Swing:
    """The matrix, and what it says.

    ``figure`` is −1 (all moved against) to 1 (all moved for) and ``interval`` its lower and upper bound; both
    are None when the verdict is ``TOO_FEW``: then only counts may be given. ``short`` names the origins with
    too few people; if that is undecided alone, the figure is that of the two sides.
    """

    matrix: SwitchMatrix
    verdict: Verdict
    figure: float | None = None
    interval: tuple[float, float] | None = None
    short: tuple[Standing, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether there is no clear shift although the interval excludes 0: the plain counts do not agree with it."""
        clear = self.interval is not None and _direction(self.interval) != 0
        return clear and self.verdict is Verdict.NO_CLEAR_SHIFT


def switch_matrix(before: Mapping[Voter, Standing], after: Mapping[Voter, Standing]) -> SwitchMatrix:
    """The matrix of those who voted in both phases: the undecided too, but nobody who declined in either."""
    cells = {(origin, destination): 0 for origin in VOTES for destination in VOTES}
    for voter, origin in before.items():
        destination = after.get(voter, Standing.DECLINED)
        if origin in VOTES and destination in VOTES:
            cells[origin, destination] += 1
    return SwitchMatrix(cells)


def persuasion_figure(matrix: SwitchMatrix) -> float:
    """S = ½[P(F|A) − P(A|F)] + ½[P(F|U) − P(A|U)], or P(F|A) − P(A|F) where fewer than five began undecided.

    Unsmoothed, −1 to 1. F, A and U are for, against and undecided; P(F|A) is the share of those who began against
    and ended for. Raises ``ZeroDivisionError`` if nobody began at one of the sides.
    """
    weight = _weight(matrix)
    return sum((ups - downs) / matrix.began(origin) * weight for origin, ups, downs in _moves(matrix))


def plain_differences(matrix: SwitchMatrix) -> tuple[float, float, float]:
    """What a reader can count off the matrix; each is above 0 if it speaks for the motion, below if against.

    How many more people moved towards the motion than away from it; by how much the lead of for over against grew,
    where a move to or from undecided is half of a change of side; and how much larger the share of those who began
    against or undecided is that ended for, than the share of those who began for or undecided that ended against.
    Raises ``ZeroDivisionError`` if there is nobody to take a share of.
    """
    people = lead = 0
    for (origin, destination), count in matrix.cells.items():
        steps = LEAN[destination] - LEAN[origin]
        people += count * (steps > 0) - count * (steps < 0)
        lead += count * steps
    return (
        people,
        lead,
        _share_that_came_to(matrix, Standing.FOR) - _share_that_came_to(matrix, Standing.AGAINST),
    )


def measure_swing(matrix: SwitchMatrix, rng: random.Random, *, resamples: int = RESAMPLES) -> Swing:
    """The persuasion figure with its bootstrap interval, and the verdict: a shift if the interval excludes 0 and the
    ``plain_differences`` all have the figure's sign.

    The figure weighs shares, whatever the size of their origins, and leaves out who left a side for undecided. So it
    may speak for the motion although most of those who moved went away from it. That is no clear shift.

    Either side needs five people who began there, else the verdict is ``TOO_FEW``: counts only. Fewer than five may
    have begun undecided, as in most classes: then the figure compares the two sides alone. That is another quantity,
    and not to be compared with the figure of a debate with more of them. The undecided alone would not do: how they
    decide says little of a class most of which has a side. Those few still count in the ``plain_differences``.

    "Not persuaded" means that whoever answers anew is as likely to end for as against. A class whose changed
    minds merely drift towards the more popular vote is not told apart from a persuaded one: a shift says that people
    moved, not that the debate moved them.
    """
    short = tuple(origin for origin in VOTES if matrix.began(origin) < FEWEST_PER_ORIGIN)
    if Standing.FOR in short or Standing.AGAINST in short:
        return Swing(matrix, Verdict.TOO_FEW, short=short)
    low, high = _bootstrap_interval(matrix, rng, resamples)
    direction = _direction((low, high))
    verdict = Verdict.NO_CLEAR_SHIFT
    if direction and all(difference * direction > 0 for difference in plain_differences(matrix)):
        verdict = Verdict.SHIFT_FOR if direction > 0 else Verdict.SHIFT_AGAINST
    return Swing(matrix, verdict, persuasion_figure(matrix), (low, high), short)


def _direction(interval: tuple[float, float]) -> int:
    """1 or -1: the side of 0 on which the interval lies; 0 if it holds 0."""
    low, high = interval
    # The bounds are sums of fractions; a bound that is 0 but for rounding is 0.
    return (low > 1e-9) - (high < -1e-9)


def _share_that_came_to(matrix: SwitchMatrix, destination: Standing) -> float:
    """The share that ended at ``destination``, of those who voted and began elsewhere."""
    origins = [origin for origin in VOTES if origin is not destination]
    came = sum(matrix.count(origin, destination) for origin in origins)
    return came / sum(matrix.began(origin) for origin in origins)


def _counts_undecided(matrix: SwitchMatrix) -> bool:
    """Whether enough began undecided for them to be in the figure."""
    return matrix.began(Standing.UNDECIDED) >= FEWEST_PER_ORIGIN


def _weight(matrix: SwitchMatrix) -> float:
    """What the share of an origin weighs in the figure, so that this goes from −1 to 1."""
    return 0.5 if _counts_undecided(matrix) else 1.0


def _moves(matrix: SwitchMatrix) -> list[tuple[Standing, int, int]]:
    """Each origin of the figure with how many of its people speak for (ups) and against (downs) in it.

    An undecided end is neither: only full changes of side count among those who began with one.
    """
    moves = [
        (Standing.AGAINST, matrix.count(Standing.AGAINST, Standing.FOR), 0),
        (Standing.FOR, 0, matrix.count(Standing.FOR, Standing.AGAINST)),
    ]
    if _counts_undecided(matrix):
        ups, downs = (matrix.count(Standing.UNDECIDED, end) for end in (Standing.FOR, Standing.AGAINST))
        moves.append((Standing.UNDECIDED, ups, downs))
    return moves


def _bootstrap_interval(matrix: SwitchMatrix, rng: random.Random, resamples: int) -> tuple[float, float]:
    """The percentile interval of the figure, people resampled within their origin.

    The plain 95 % interval is too narrow here: with 5 to 20 people an origin, one where nobody moved seems to
    vary not at all, and false alarms reach 7 % (60/20/20, 30 % answering anew) to 11 % (5 people an origin,
    much answering anew). So the resampling sees one imagined person more in each cell, the shift of the
    centre that they cause is taken out again, and the interval is at 97.5 %. False alarms then stay under 5 %
    for every rate of answering anew that was tried, at 5 to 70 people an origin.

    Without the undecided the figure has fewer and larger steps, and false alarms reach 7.7 % at 97.5 % (8
    people a side). At 99 % they stay under 4 %, summed over all that 5 to 40 people a side can do.
    """
    weight = _weight(matrix)
    draws = [0.0] * resamples
    drift = -persuasion_figure(matrix)
    for origin, ups, downs in _moves(matrix):
        people = matrix.began(origin)
        drawn_from = people + IMAGINED_PEOPLE * len(VOTES)
        up = (ups + (IMAGINED_PEOPLE if origin is not Standing.FOR else 0)) / drawn_from
        down = (downs + (IMAGINED_PEOPLE if origin is not Standing.AGAINST else 0)) / drawn_from
        drift += (up - down) * weight
        for at, total in enumerate(_draw_sums(people, up, down, rng, resamples)):
            draws[at] += total / people * weight
    draws.sort()
    tail = (1 - (CONFIDENCE if _counts_undecided(matrix) else CONFIDENCE_OF_SIDES)) / 2
    low, high = draws[int(resamples * tail)], draws[ceil(resamples * (1 - tail)) - 1]
    return max(-1.0, low - drift), min(1.0, high - drift)


def _draw_sums(people: int, up: float, down: float, rng: random.Random, draws: int) -> list[int]:
    """Draws of a sum over ``people``, each +1 with probability ``up``, −1 with ``down``, else 0.

    Drawn from the sum's own distribution: person by person, a class of 200 would take a second.
    """
    heaped = list(accumulate(_sum_distribution(people, up, down)))
    return [bisect_left(heaped, rng.random() * heaped[-1]) - people for _ in range(draws)]


def _sum_distribution(people: int, up: float, down: float) -> Sequence[float]:
    """The probabilities of the sums −people … people."""
    stay = 1 - up - down
    chances = [1.0]
    for _ in range(people):
        grown = [0.0] * (len(chances) + 2)
        for at, chance in enumerate(chances):
            grown[at] += chance * down
            grown[at + 1] += chance * stay
            grown[at + 2] += chance * up
        chances = grown
    return chances
