"""When questions come again, as a learner reads it: of one question after its answer, and of all of them."""

from dataclasses import dataclass
from datetime import date

from bot.review.memory import Memory, reviewed
from bot.review.recall import Recall


@dataclass(frozen=True, slots=True)
class NextReview:
    """When one question comes again, in days from today; 0 where it is due already.

    ``recall`` is the grade that decides it, and ``others`` are the days that the other grades would give.
    """

    recall: Recall
    days: int
    others: tuple[tuple[Recall, int], ...]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What comes next: so many questions are left for today, and the first ones after today in so many days.

    ``next_count`` is no more than comes in a day; ``next_days`` is None where nothing is waiting at all.
    """

    today: int
    next_count: int = 0
    next_days: int | None = None


def next_review(before: Memory | None, after: Memory, recall: Recall, *, today: date) -> NextReview:
    """When a question comes again whose card was ``before`` and is ``after`` an answer of that grade."""
    others = [
        (other, _days(reviewed(before, other, after.reviewed_on), today))
        for other in Recall
        if other is not recall
    ]
    return NextReview(recall, _days(after, today), tuple(others))


def _days(memory: Memory, today: date) -> int:
    return max((memory.due_on - today).days, 0)
