"""Which of the questions that are due come today. Knows nothing of how they are asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.ids import ItemId, SetId
from bot.review.memory import Memory, retrievability

DAILY_CHOICES: Final = (5, 10, 20, 50)
DAILY: Final = 20
"""So many questions a day, unless the learner chooses another number."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that has a card: its place in a set, and the keys there that it must not be asked with."""

    item_id: ItemId
    set_id: SetId
    key: str
    not_with: frozenset[str]
    memory: Memory


def for_today(
    due: Iterable[Candidate], asked: Iterable[Candidate], *, daily: int, done: int, on: date
) -> list[Candidate]:
    """What is still to be asked today, in order: at most ``daily`` less the ``done`` ones.

    What is best remembered comes first (and so what was missed today before what was missed last week). Where
    there is less than the cap, everything comes, and the order hardly matters. In a backlog it decides what is
    saved: a question that is nearly forgotten loses little by waiting and will have to be learnt anew either
    way, one that is still known is kept by one answer. In simulations of backlogs this order keeps most for the
    same work (github.com/open-spaced-repetition/review-sort-order-comparison; ankitects/anki issue 3460).

    Two questions that give each other's answer away never come on one day; ``asked`` are today's earlier ones.
    """
    picked: list[Candidate] = []
    taken = list(asked)
    for candidate in sorted(due, key=lambda each: (-retrievability(each.memory, on), each.item_id)):
        if len(picked) >= daily - done:
            break
        if not any(_exclude(candidate, other) for other in taken):
            picked.append(candidate)
            taken.append(candidate)
    return picked


def _exclude(one: Candidate, other: Candidate) -> bool:
    return one.set_id == other.set_id and (other.key in one.not_with or one.key in other.not_with)
