"""What is worth studying next, and why: a short, ranked list. Pure; knows nothing of how a quiz is begun.

First what somebody holds for certain and is wrong about, for nobody looks that up; then the topics with the most
misses; then what was missed long ago and never asked again, and whatever else was missed; then what is new.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.bank.grade import Outcome
from bot.ids import ItemId
from bot.insight.progress import Progress, Standing
from bot.quiz.certainty import Certainty
from bot.quiz.focus import Which

FEWEST_ANSWERS: Final = 10
"""With fewer answers in all, no topic is named: chance would name it."""
FEWEST_MISSED: Final = 3
"""A topic of which fewer questions are missed is not worth a quiz of its own."""
LONG_AGO: Final = timedelta(days=7)
MOST: Final = 3


class Why(StrEnum):
    """Why something is worth it, most of all first; ``START`` where there is too little to go by."""

    MISCONCEPTION = "misconception"
    TOPIC = "topic"
    LONG_AGO = "long_ago"
    MISSED = "missed"
    NEW = "new"
    START = "start"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A quiz to take: of a set (any where None), on a topic or on all, and which of the questions.

    ``count`` questions are the reason for it, out of the ``of`` on that topic or in that set that were answered
    (where it is about new ones: that the set has). ``asks`` is how many questions such a quiz can ask.
    """

    why: Why
    set_key: str | None
    tag: str | None = None
    which: Which | None = None
    count: int = 0
    of: int = 0
    asks: int = 0


@dataclass(frozen=True, slots=True)
class _Reason:
    """A suggestion with the items that speak for it, and how many of them have to be left to speak for it."""

    suggestion: Suggestion
    items: frozenset[ItemId]
    fewest: int = 1


def what_to_study(
    progress: Progress, stock: Mapping[str, int], at: datetime, *, prefer: str | None = None
) -> tuple[Suggestion, ...]:
    """At most three suggestions, the most useful one first; none where nothing is missed and nothing is new.

    ``stock`` is how many questions each set has that can be asked now, by its key; ``prefer`` is a set to begin
    with where there is too little to go by.
    """
    standings = [each for each in progress.standings if each.item.askable]
    if progress.answers < FEWEST_ANSWERS:
        latest = max(standings, key=lambda each: each.latest.at, default=None)
        return (Suggestion(Why.START, prefer or (None if latest is None else latest.item.set_key)),)
    covered: set[ItemId] = set()
    found: list[Suggestion] = []
    for reason in _reasons(standings, at):
        # What an earlier suggestion is about, or asks anyway, is no reason for another one.
        if len(reason.items - covered) >= reason.fewest and not _asked_by(found, reason.suggestion):
            found.append(reason.suggestion)
            covered |= reason.items
    return (*found, *_new(standings, stock))[:MOST]


def _asked_by(found: Iterable[Suggestion], suggestion: Suggestion) -> bool:
    """Whether the same quiz, or one on the whole set, is suggested already."""
    return any(each.set_key == suggestion.set_key and each.tag in (None, suggestion.tag) for each in found)


def _reasons(standings: Sequence[Standing], at: datetime) -> Iterator[_Reason]:
    missed = [each for each in standings if each.missed]
    yield from _misconceptions(standings)
    yield from _on_topics(standings)
    old = [each for each in missed if at - each.latest.at >= LONG_AGO]
    yield from _on_sets(Why.LONG_AGO, standings, old)
    yield from _on_sets(Why.MISSED, standings, missed)


def _misconceptions(standings: Sequence[Standing]) -> Iterator[_Reason]:
    """A reason for each set: the topic with most misconceptions, narrowest of as many, or the set without topics."""
    wrong = [each for each in standings if _is_misconception(each)]
    for set_key, _ in _by_set(wrong):
        tags = Counter(tag for each in wrong if each.item.set_key == set_key for tag in each.item.tags)
        quizzes = [(count, _asked(standings, set_key, tag), tag) for tag, count in tags.items()]
        best = min(quizzes, key=lambda quiz: (-quiz[0], len(quiz[1]), quiz[2]), default=None)
        tag = None if best is None else best[2]
        meant = _asked(wrong, set_key, tag)
        yield _reason(Why.MISCONCEPTION, standings, set_key, tag, _ids(meant))


def _is_misconception(standing: Standing) -> bool:
    latest = standing.latest
    return latest.outcome is Outcome.WRONG and latest.certainty is Certainty.CERTAIN


def _on_sets(why: Why, standings: Sequence[Standing], meant: Sequence[Standing]) -> Iterator[_Reason]:
    """A reason for each set that some of the missed questions belong to, most of them first."""
    for set_key, _ in _by_set(meant):
        yield _reason(why, standings, set_key, None, _ids(_asked(meant, set_key, None)))


def _on_topics(standings: Sequence[Standing]) -> list[_Reason]:
    """A reason for each topic, most misses first; of as many, the topic that goes worst."""
    by_topic: dict[tuple[str, str], list[Standing]] = {}
    for each in standings:
        for tag in each.item.tags:
            by_topic.setdefault((each.item.set_key, tag), []).append(each)
    reasons: list[_Reason] = []
    for (set_key, tag), found in by_topic.items():
        missed = _ids(each for each in found if each.missed)
        count = len(missed)
        suggestion = Suggestion(Why.TOPIC, set_key, tag, Which.MISSED, count, len(found), asks=count)
        reasons.append(_Reason(suggestion, missed, FEWEST_MISSED))
    return sorted(reasons, key=lambda each: (-each.suggestion.count, each.suggestion.of, each.suggestion.tag))


def _reason(
    why: Why,
    standings: Sequence[Standing],
    set_key: str,
    tag: str | None,
    meant: frozenset[ItemId],
) -> _Reason:
    answered = sum(_is_on(each, set_key, tag) for each in standings)
    asks = len(_asked(standings, set_key, tag))
    suggestion = Suggestion(why, set_key, tag, Which.MISSED, len(meant), answered, asks)
    return _Reason(suggestion, meant)


def _ids(standings: Iterable[Standing]) -> frozenset[ItemId]:
    return frozenset(each.item.item_id for each in standings)


def _new(standings: Iterable[Standing], stock: Mapping[str, int]) -> Iterator[Suggestion]:
    """The set that the learner knows best among those that have something new."""
    for set_key, seen in _by_set(standings):
        unseen = stock.get(set_key, 0) - seen
        if unseen > 0:
            yield Suggestion(Why.NEW, set_key, None, Which.NEW, unseen, stock[set_key], unseen)
            return


def _by_set(standings: Iterable[Standing]) -> list[tuple[str, int]]:
    """How many of them belong to each set, most first."""
    return Counter(each.item.set_key for each in standings).most_common()


def _asked(standings: Iterable[Standing], set_key: str, tag: str | None) -> list[Standing]:
    """Those that a quiz on what was missed asks."""
    return [each for each in standings if each.missed and _is_on(each, set_key, tag)]


def _is_on(standing: Standing, set_key: str, tag: str | None) -> bool:
    return standing.item.set_key == set_key and (tag is None or tag in standing.item.tags)
