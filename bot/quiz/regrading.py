"""Grading stored answers anew by other rulings: what becomes of each, and who is to be told. Pure.

Every answer keeps what was said; only what it is worth may change.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.bank.grade import Grade, Outcome
from bot.bank.kinds import Item
from bot.bank.response import response_from_json
from bot.bank.ruling import Rulings
from bot.ids import AnswerId, LearnerId, RoundId, UserId


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth; one that does not ``count`` is left out of every result."""

    outcome: Outcome
    fraction: float
    near_miss: bool
    counts: bool = True

    @property
    def result(self) -> Outcome | None:
        """What its learner sees of it: None where it does not count."""
        return self.outcome if self.counts else None


@dataclass(frozen=True, slots=True)
class Marked:
    """A stored answer with its mark. ``response`` is JSON; ``seen`` says that its learner knows the result.

    ``replaced`` says that the learner answered the question once more in a second vote, and that this one counts.
    """

    answer_id: AnswerId
    round_id: RoundId
    learner_id: LearnerId
    user_id: UserId
    response: str
    mark: Mark
    seen: bool
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """From one result to another; None is a result that does not count."""

    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Change:
    """An answer whose mark changes."""

    answer: Marked
    after: Mark

    @property
    def shows(self) -> bool:
        """Whether the learner's result changes by it; a near miss is the instructors' affair.

        An answer that was replaced is graded anew all the same: it shows what a second vote changed.
        """
        before = self.answer.mark
        if self.answer.replaced or (before.result is None and self.after.result is None):
            return False
        return (before.result, before.fraction) != (self.after.result, self.after.fraction)

    @property
    def move(self) -> Move:
        """From what to what the result changes."""
        return Move(self.answer.mark.result, self.after.result)

    @property
    def told(self) -> bool:
        """Whether its learner is told: nobody is told of a mark that is not shown yet."""
        return self.answer.seen and self.shows


def regrade(item: Item, rulings: Rulings, answers: Iterable[Marked]) -> list[Change]:
    """The answers whose mark is another by these rulings; ``item`` is the revision as it was asked."""
    keyed = rulings.keyed(item)
    grades: dict[str, Grade] = {}
    changes: list[Change] = []
    for answer in answers:
        grade = grades.get(answer.response)
        if grade is None:
            grade = grades[answer.response] = rulings.grade(keyed, response_from_json(answer.response))
        after = Mark(grade.outcome, grade.fraction, grade.near_miss, counts=not rulings.dropped)
        if after != answer.mark:
            changes.append(Change(answer, after))
    return changes


def moves(changes: Iterable[Change]) -> Counter[Move]:
    """How many results change from what to what, the most frequent first."""
    counted = Counter(each.move for each in changes if each.shows)
    return Counter(dict(counted.most_common()))


def people_told(changes: Iterable[Change]) -> dict[UserId, Counter[Move]]:
    """Those whose result changes, each with what changes for them."""
    own: dict[UserId, Counter[Move]] = {}
    for each in changes:
        if each.told:
            own.setdefault(each.answer.user_id, Counter())[each.move] += 1
    return own


def seen_changes(changes: Sequence[Change]) -> list[Change]:
    """The changes of answers whose learners know the result."""
    return [each for each in changes if each.answer.seen]
