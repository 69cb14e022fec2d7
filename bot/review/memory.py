"""What is known of a learner's memory of one question, and when it is to be asked again. On the package ``fsrs``.

Everything counts in calendar days: a question is due on a day, not at an hour. To ``fsrs``, which counts in
moments, each day is its noon in UTC, so that an answer given an hour earlier than the day before still counts as
a day later, and a change of the clocks changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from fsrs import Card, Rating, Scheduler, State

from bot.review.recall import Recall

LONGEST_INTERVAL: Final = timedelta(days=365)
"""What is known for good is asked once a year all the same: a course seldom lasts longer."""

# No steps within a day: a question comes at most once a day. No fuzz: it draws on Python's global randomness.
_SCHEDULER: Final = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_INTERVAL.days, enable_fuzzing=False
)


@dataclass(frozen=True, slots=True)
class Memory:
    """FSRS's view of a question that was answered: ``stability`` in days, ``difficulty`` from 1 to 10."""

    stability: float
    difficulty: float
    reviewed_on: date
    due_on: date

    def to_json(self) -> str:
        """As ``fsrs`` writes a card."""
        return _to_card(self).to_json()

    @classmethod
    def from_json(cls, stored: str) -> "Memory":
        """What :meth:`to_json` wrote."""
        return _from_card(Card.from_json(stored))


def reviewed(before: Memory | None, recall: Recall, on: date) -> Memory:
    """The memory after an answer on that day; ``before`` is None for the first one. Due a day later at the least."""
    # An id, because a card that has none takes a moment to make one up.
    card = Card(card_id=0, due=_noon(on)) if before is None else _to_card(before)
    after, _ = _SCHEDULER.review_card(card, Rating(recall), _noon(on))
    return _from_card(after)


def missed(before: Memory | None, recall: Recall, on: date) -> Memory:
    """The memory after a weak answer outside a review: due on the same day, so that it can be repeated at once."""
    return replace(reviewed(before, recall, on), due_on=on)


def retrievability(memory: Memory, on: date) -> float:
    """The chance, from 0 to 1, that the answer is known on that day."""
    return _SCHEDULER.get_card_retrievability(_to_card(memory), _noon(on))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _to_card(memory: Memory) -> Card:
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due_on),
        last_review=_noon(memory.reviewed_on),
    )


def _from_card(card: Card) -> Memory:
    if card.stability is None or card.difficulty is None or card.last_review is None:
        raise ValueError("this card was never reviewed")
    return Memory(card.stability, card.difficulty, card.last_review.date(), card.due.date())
