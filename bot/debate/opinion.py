"""A class opinion: short statements, and what people privately say to each of them. Plain values and pure rules.

Knows nothing of groups of people: those are worked out of all answers when they are shown, and never kept.
"""

import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.bank.kinds.claim import Claim
from bot.debate.suppression import tells_on_nobody
from bot.ids import ChannelId, GuildId, OpinionId, RevisionId, SetId, StatementId, UserId

MOST_STATEMENTS = 50
"""Already a quarter of an hour; Discord's form has lists for more."""
PROPOSED_STATEMENTS = 10
"""Few enough to be answered with care in a lesson."""
SECONDS_A_STATEMENT = 20
"""What it takes to read a statement with its background and to answer it."""

PAGE_ROOM = 3_400
"""Characters for statements with their results on one page of the result."""
BESIDE_STATEMENT = 110
"""Characters that a statement's result needs at most."""


class OpinionState(StrEnum):
    """Whether a class opinion is still looked at by its host, takes answers, or is over."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class OpinionEnd(StrEnum):
    """Why a class opinion is closed."""

    CLOSED_BY_HOST = "closed_by_host"
    TIME_UP = "time_up"
    CHANNEL_DELETED = "channel_deleted"


class Vote(IntEnum):
    """What a person says to a statement; the number is what the opinion map reckons with."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1

    @property
    def words(self) -> str:
        """The vote as a person reads it."""
        match self:
            case Vote.AGREE:
                return "Agree"
            case Vote.PASS:
                return "Pass"
            case Vote.DISAGREE:
                return "Disagree"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A class opinion on the claims of one set; ``size`` is how many statements it has.

    ``closes_at`` is None for one that stays open until somebody closes it.
    """

    opinion_id: OpinionId
    guild_id: GuildId
    set_id: SetId
    set_title: str
    tag: str | None
    channel_id: ChannelId
    opened_by: UserId
    state: OpinionState
    seed: int
    size: int
    created_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    end: OpinionEnd | None

    def takes_answers(self, at: datetime) -> bool:
        """Whether an answer of that moment counts; from the end on none does, though it may not be closed yet."""
        return self.state is OpinionState.OPEN and (self.closes_at is None or at < self.closes_at)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a class opinion; ``number`` counts from 1."""

    statement_id: StatementId
    number: int
    revision_id: RevisionId
    claim: Claim

    @property
    def text(self) -> str:
        """The statement: the motion of its claim, which is one neutral proposition already."""
        return self.claim.motion


Counts = Mapping[Vote, int]


@dataclass(frozen=True, slots=True)
class StatementResult:
    """How everybody answered a statement. ``counts`` is None where showing them would tell on somebody."""

    statement: Statement
    counts: Counts | None


def result_of(statement: Statement, counts: Counts) -> StatementResult:
    """The result of a statement, withheld if fewer than five answered it or all of them alike."""
    each = {vote: counts.get(vote, 0) for vote in Vote}
    return StatementResult(statement, each if tells_on_nobody(each.values()) else None)


def minutes_for(statements: int) -> int:
    """About how many minutes it takes to answer so many statements; one at least."""
    return max(math.ceil(statements * SECONDS_A_STATEMENT / 60), 1)


def proposed(topics: Sequence[Collection[str]]) -> list[int]:
    """The places of the statements to propose, ``PROPOSED_STATEMENTS`` at most, by the topics of each statement.

    They are spread over the topics: next comes the one whose topics have come up least, of equals the first.
    """
    times: Counter[str] = Counter()
    left, chosen = list(range(len(topics))), list[int]()
    while left and len(chosen) < PROPOSED_STATEMENTS:
        following = min(left, key=lambda place: sum(times[topic] for topic in topics[place] or ("",)))
        times.update(topics[following] or ("",))
        left.remove(following)
        chosen.append(following)
    return sorted(chosen)


def order_for(seed: int, user_id: UserId, size: int) -> tuple[int, ...]:
    """The order in which a person comes to the statements: their places from 0, the same at each visit.

    Each person has another order, so that tired answers do not all fall on the same statements.
    """
    order = list(range(size))
    random.Random(f"{seed}/{user_id}").shuffle(order)
    return tuple(order)


def next_place(order: Sequence[int], answered: Collection[int], after: int = -1) -> int | None:
    """The next place in a person's order that has no answer yet, going round; None where each has one."""
    places = [*range(after + 1, len(order)), *range(after + 1)]
    return next((place for place in places if order[place] not in answered), None)


def pages(statements: Sequence[Statement]) -> list[tuple[Statement, ...]]:
    """The statements by page of the result, in order, as many on each as have room in one message."""
    found: list[tuple[Statement, ...]] = []
    page: list[Statement] = []
    room = PAGE_ROOM
    for statement in statements:
        needed = len(statement.text) + BESIDE_STATEMENT
        if page and needed > room:
            found.append(tuple(page))
            page, room = [], PAGE_ROOM
        page.append(statement)
        room -= needed
    return [*found, tuple(page)] if page else found
