"""What a learner's own answers say: first tries, what stands now, by topic, and over time. Pure.

Knows nothing of Discord, of where answers lie, or of who looks. How well somebody knows what they know is
``certainty``'s, and what to do about all of it is ``study``'s.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.bank.grade import Outcome
from bot.bank.item import Category
from bot.ids import ItemId
from bot.insight.bars import tally_bar
from bot.insight.proportion import FEWEST_FOR_PERCENT, plausible_range
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Level
from bot.quiz.run import RunMode

FEWEST_OF_TOPIC = FEWEST_FOR_PERCENT
"""A topic of fewer questions has no line of its own."""
MOST_TOPICS = 8
MOST_WEEKS = 8
"""Answers from a longer time are told by month."""
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item is in its newest wording; ``askable`` if a quiz can still ask it."""

    item_id: ItemId
    set_key: str
    category: Category
    tags: tuple[str, ...]
    difficulty: int
    askable: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """One answer whose result is known. ``certainty`` is None where it was not said, or is not to be seen."""

    item: Asked
    outcome: Outcome
    fraction: float
    at: datetime
    mode: RunMode
    certainty: Certainty | None = None

    @property
    def right(self) -> bool:
        """Whether it was wholly right."""
        return self.outcome is Outcome.RIGHT


@dataclass(frozen=True, slots=True)
class Standing:
    """An item with the first answer to it, and the latest one."""

    first: Given
    latest: Given

    @property
    def item(self) -> Asked:
        """What was asked."""
        return self.latest.item

    @property
    def missed(self) -> bool:
        """Whether the latest answer was not right."""
        return not self.latest.right


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the questions: how many, how many were right at the first try, how many are missed still."""

    name: str
    questions: int
    first_right: int
    missed: int

    def describe(self) -> str:
        """How many were right at the first try, the bar last: ``"8 of 12, 67% ███████"``."""
        return tally_bar(self.first_right, self.questions)

    def small_print(self) -> str | None:
        """What belongs to it: ``"39% to 86% is plausible; 3 to go over"``; None where there is nothing to say."""
        plausible = plausible_range(self.first_right, self.questions)
        parts = [
            None if plausible is None else f"{plausible} is plausible",
            f"{self.missed} to go over" if self.missed else None,
        ]
        return "; ".join(part for part in parts if part) or None


class Unit(StrEnum):
    """What a history is told by."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """A week (from Monday) or a month, in UTC: how many answers it has, and how many of them were right."""

    begins: date
    answers: int
    right: int


@dataclass(frozen=True, slots=True)
class History:
    """The spans that have answers, oldest first; ``earlier`` is how many answers were given before them."""

    unit: Unit
    spans: tuple[Span, ...]
    earlier: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's answers in figures. A question with several topics is in each of these groups.

    ``topics`` are the most frequent ones; ``other_topics`` are the questions in none of them. ``alone`` is how
    many answers were given outside live quizzes.
    """

    answers: int
    alone: int
    standings: tuple[Standing, ...]
    whole: Group
    categories: tuple[Group, ...]
    levels: tuple[Group, ...]
    topics: tuple[Group, ...]
    other_topics: Group | None
    history: History


def progress(given: Iterable[Given]) -> Progress:
    """The figures of a learner's answers, which come in the order in which they were given."""
    answers = list(given)
    standings = _standings(answers)
    topics = _topics(standings)
    shown = {group.name for group in topics}
    rest = [each for each in standings if shown.isdisjoint(each.item.tags)]
    return Progress(
        answers=len(answers),
        alone=sum(each.mode is not RunMode.LIVE for each in answers),
        standings=standings,
        whole=_group("", standings),
        categories=_grouped(standings, Category, lambda item: item.category),
        levels=_grouped(standings, Level, lambda item: Level.of(item.difficulty)),
        topics=topics,
        other_topics=_group("", rest) if rest and topics else None,
        history=history(answers),
    )


def history(answers: Sequence[Given]) -> History:
    """The answers by week, or by month where they span more than eight weeks; a year of months at most."""
    if not answers:
        return History(Unit.WEEK, (), 0)
    days = [each.at.astimezone(UTC).date() for each in answers]
    weeks = (_monday(max(days)) - _monday(min(days))).days // 7 + 1
    unit = Unit.WEEK if weeks <= MOST_WEEKS else Unit.MONTH
    begins = _monday if unit is Unit.WEEK else _first_of_month
    counts: dict[date, list[int]] = {}
    for day, each in zip(days, answers, strict=True):
        count = counts.setdefault(begins(day), [0, 0])
        count[0] += 1
        count[1] += each.right
    spans = [Span(start, *counts[start]) for start in sorted(counts)]
    kept = spans[-MOST_MONTHS:]
    return History(unit, tuple(kept), len(answers) - sum(span.answers for span in kept))


def _standings(answers: Iterable[Given]) -> tuple[Standing, ...]:
    first: dict[ItemId, Given] = {}
    latest: dict[ItemId, Given] = {}
    for each in answers:
        first.setdefault(each.item.item_id, each)
        latest[each.item.item_id] = each
    return tuple(Standing(first[item_id], latest[item_id]) for item_id in first)


def _group(name: str, standings: Sequence[Standing]) -> Group:
    return Group(
        name,
        len(standings),
        sum(each.first.right for each in standings),
        sum(each.missed for each in standings),
    )


def _grouped(
    standings: Sequence[Standing], names: Iterable[str], of: Callable[[Asked], str]
) -> tuple[Group, ...]:
    groups = (_group(name, [each for each in standings if of(each.item) == name]) for name in names)
    return tuple(group for group in groups if group.questions)


def _topics(standings: Sequence[Standing]) -> tuple[Group, ...]:
    tagged: dict[str, list[Standing]] = {}
    for each in standings:
        for tag in each.item.tags:
            tagged.setdefault(tag, []).append(each)
    large = [_group(tag, found) for tag, found in tagged.items() if len(found) >= FEWEST_OF_TOPIC]
    return tuple(sorted(large, key=lambda group: (-group.questions, group.name))[:MOST_TOPICS])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)
