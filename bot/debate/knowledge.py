"""Did those who moved know more? Knowledge at the gate beside the change of stance. Counts only; knows no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb
from statistics import median

FEWEST = 5
"""In either group: fewer people would be told on."""

CLEAR = 0.05


class KnowledgeVerdict(StrEnum):
    """What may honestly be said. ``NO_CLEAR_DIFFERENCE`` is the usual one."""

    TOO_FEW = "too_few"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    KNEW_MORE_MOVED_MORE = "knew_more_moved_more"
    KNEW_MORE_MOVED_LESS = "knew_more_moved_less"


@dataclass(frozen=True, slots=True)
class KnowledgeShift:
    """How many of those who knew more, and of the others, changed their stance; all 0 where that is not to be shown.

    ``at_least`` is the share of right answers (0 to 1) from which on one knew more.
    """

    verdict: KnowledgeVerdict
    at_least: float = 0.0
    knew_more: int = 0
    more_moved: int = 0
    others: int = 0
    others_moved: int = 0


def knowledge_and_shift(people: Sequence[tuple[float, bool]], unknown: Sequence[bool] = ()) -> KnowledgeShift:
    """Compare those above the median score with the others, of people as (score 0 to 1, whether they moved).

    A difference is clear where Fisher's exact test (1922, two-sided: tables as unlikely or more) is at most 0.05. It
    says nothing of why. Groups under five, and groups that all did the same, are not shown. ``unknown`` says whether
    those moved who have no score but are counted where everybody is: they are a group too, because the difference of
    the two counts tells of them.
    """
    if not people or (unknown and not _showable(unknown)):
        return KnowledgeShift(KnowledgeVerdict.TOO_FEW)
    middle = median(score for score, _ in people)
    above = [moved for score, moved in people if score > middle]
    below = [moved for score, moved in people if score <= middle]
    if not _showable(above) or not _showable(below):
        return KnowledgeShift(KnowledgeVerdict.TOO_FEW)
    verdict = KnowledgeVerdict.NO_CLEAR_DIFFERENCE
    if fisher_exact(sum(above), len(above), sum(below), len(below)) <= CLEAR:
        more = sum(above) / len(above) > sum(below) / len(below)
        verdict = KnowledgeVerdict.KNEW_MORE_MOVED_MORE if more else KnowledgeVerdict.KNEW_MORE_MOVED_LESS
    lowest = min(score for score, _ in people if score > middle)
    return KnowledgeShift(verdict, lowest, len(above), sum(above), len(below), sum(below))


def fisher_exact(hits: int, tries: int, other_hits: int, other_tries: int) -> float:
    """The two-sided p-value of a table of two groups with their hits: Fisher's exact test."""
    total, all_hits = tries + other_tries, hits + other_hits

    def ways(count: int) -> int:
        return comb(tries, count) * comb(other_tries, all_hits - count)

    seen = ways(hits)
    possible = range(max(0, all_hits - other_tries), min(tries, all_hits) + 1)
    return sum(ways(count) for count in possible if ways(count) <= seen) / comb(total, all_hits)


def _showable(moved: Sequence[bool]) -> bool:
    return len(moved) >= FEWEST and 0 < sum(moved) < len(moved)
