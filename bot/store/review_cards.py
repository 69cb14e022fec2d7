"""The cards of spaced review and their log. A card is due on a calendar day of its server (text, ISO 8601)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.ids import (
    CardId,
    GuildId,
    InteractionId,
    ItemId,
    LearnerId,
    ReviewId,
    RevisionId,
    RoundId,
    RunId,
    SetId,
)
from bot.quiz.certainty import Certainty
from bot.review.memory import Memory
from bot.review.recall import Recall
from bot.review.today import Candidate
from bot.store.moments import from_text, to_text
from bot.store.questions import StoredItem, parse_item
from bot.store.rulings import NOT_DROPPED
from bot.store.sql import Row, change, first, insert, many

CARD = """
    SELECT card_id, memory, interaction_id FROM card WHERE learner_id = :learner_id AND item_id = :item_id
"""
COUNT = """
    SELECT COUNT(*) FROM card WHERE learner_id = :learner_id
"""
MOVE = """
    UPDATE card SET memory = :memory, due_on = :due_on, interaction_id = :interaction_id
    WHERE card_id = :card_id
"""
REMEMBER = """
    UPDATE card SET memory = :memory, due_on = :due_on WHERE card_id = :card_id
"""
# What may be asked in a server: items in use that it has not dropped, of its own sets and of the bundled ones that
# it has not replaced.
IN_USE = """
    JOIN item AS i ON i.item_id = c.item_id AND i.retired_at IS NULL
    JOIN question_set AS s ON s.set_id = i.set_id AND s.retired_at IS NULL
    JOIN learner AS l ON l.learner_id = c.learner_id
"""
_COUNTS = NOT_DROPPED.replace("r.guild_id", "l.guild_id").replace("o.revision_id", "i.revision_id")
USABLE = f"""
    (s.guild_id = l.guild_id OR s.guild_id = 0 AND NOT EXISTS (
        SELECT 1 FROM question_set AS own
        WHERE own.guild_id = l.guild_id AND own.key = s.key AND own.retired_at IS NULL
    ))
    AND {_COUNTS}
"""
CANDIDATES = (
    """
    SELECT c.item_id, i.set_id, i.key, v.content, c.memory, v.revision_id, v.hash
    FROM card AS c
"""
    + IN_USE
    + " JOIN revision AS v ON v.revision_id = i.revision_id WHERE c.learner_id = :learner_id AND "
    + USABLE
)
DUE = CANDIDATES + " AND c.due_on <= :day"
ASKED = (
    CANDIDATES
    + """
    AND c.card_id IN (
        SELECT card_id FROM review_log WHERE learner_id = :learner_id AND day = :day AND in_review = 1
    )
"""
)
NEXT_DAY = (
    "SELECT c.due_on, COUNT(*) FROM card AS c"
    + IN_USE
    + "WHERE c.learner_id = :learner_id AND c.due_on > :day AND"
    + USABLE
    + "GROUP BY c.due_on ORDER BY c.due_on LIMIT 1"
)
DONE = """
    SELECT COUNT(*) FROM review_log WHERE learner_id = :learner_id AND day = :day AND in_review = 1
"""
REVIEW_OF_ROUND = """
    SELECT g.review_id, g.card_id, g.recall, g.before, g.after, g.day,
           g.review_id = (SELECT MAX(n.review_id) FROM review_log AS n WHERE n.card_id = g.card_id)
    FROM round AS o
    JOIN revision AS v ON v.revision_id = o.revision_id
    JOIN card AS c ON c.item_id = v.item_id AND c.learner_id = :learner_id
    JOIN review_log AS g ON g.card_id = c.card_id AND g.round_id = o.round_id
    WHERE o.round_id = :round_id
"""
FOUNDATIONS = """
    SELECT g.card_id, a.outcome, a.certainty
    FROM card AS c
    JOIN review_log AS g ON g.card_id = c.card_id
    JOIN answer AS a ON a.round_id = g.round_id AND a.learner_id = c.learner_id
    WHERE c.learner_id = :learner_id
          AND NOT EXISTS (SELECT 1 FROM review_log AS n WHERE n.card_id = c.card_id AND n.in_review = 1)
"""
GRADE_ANEW = """
    UPDATE review_log SET recall = :recall, after = :after, changed_at = :at WHERE review_id = :review_id
"""
OPEN_SESSION = """
    SELECT run_id, created_at FROM run
    WHERE guild_id = :guild_id AND mode = 'review' AND owner_id = :owner_id AND state <> 'ended'
    ORDER BY run_id DESC
"""
DELETE_LOG_OF_CARD = """
    DELETE FROM review_log WHERE card_id = :card_id
"""
DELETE_CARD = """
    DELETE FROM card WHERE card_id = :card_id
"""
DELETE_LOG = """
    DELETE FROM review_log WHERE learner_id = :learner_id
"""
DELETE_CARDS = """
    DELETE FROM card WHERE learner_id = :learner_id
"""


@dataclass(frozen=True, slots=True)
class Card:
    """A learner's card of an item; ``interaction_id`` is the answer that moved it last."""

    card_id: CardId
    memory: Memory
    interaction_id: InteractionId


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that moved a card: the card before and after it. ``newest`` if none has moved it since."""

    review_id: ReviewId
    card_id: CardId
    recall: Recall
    before: Memory | None
    after: Memory
    day: date
    newest: bool


@dataclass(frozen=True, slots=True)
class Move:
    """What an answer does to a card, and where it came from."""

    learner_id: LearnerId
    item_id: ItemId
    round_id: RoundId
    interaction_id: InteractionId
    recall: Recall
    before: Memory | None
    after: Memory
    day: date
    in_review: bool


def find_card(db: Database, learner_id: LearnerId, item_id: ItemId) -> Card | None:
    """A learner's card of an item, or None."""
    row = first(db, CARD, learner_id=learner_id, item_id=item_id)
    return None if row is None else Card(CardId(row[0]), Memory.from_json(row[1]), InteractionId(row[2]))


def count_cards(db: Database, learner_id: LearnerId) -> int:
    """How many cards a learner has, those of retired items included."""
    row = first(db, COUNT, learner_id=learner_id)
    return 0 if row is None else int(row[0])


def move_card(db: Database, card_id: CardId | None, move: Move, at: datetime) -> None:
    """Write what an answer did to a card, or make the card; the log keeps the card as it was before."""
    values = {
        "memory": move.after.to_json(),
        "due_on": move.after.due_on.isoformat(),
        "interaction_id": move.interaction_id,
    }
    if card_id is None:
        card_id = CardId(insert(db, "card", learner_id=move.learner_id, item_id=move.item_id, **values))
    else:
        change(db, MOVE, card_id=card_id, **values)
    insert(
        db,
        "review_log",
        card_id=card_id,
        learner_id=move.learner_id,
        round_id=move.round_id,
        recall=move.recall.value,
        before=None if move.before is None else move.before.to_json(),
        after=values["memory"],
        day=move.day.isoformat(),
        in_review=int(move.in_review),
        at=to_text(at),
    )


def grade_anew(db: Database, review: Review, recall: Recall, after: Memory, at: datetime) -> None:
    """Write another grade of a card's newest review, and what the card is with it."""
    memory = after.to_json()
    change(db, GRADE_ANEW, review_id=review.review_id, recall=recall.value, after=memory, at=to_text(at))
    change(db, REMEMBER, card_id=review.card_id, memory=memory, due_on=after.due_on.isoformat())


def due_cards(db: Database, learner_id: LearnerId, day: date) -> list[tuple[Candidate, StoredItem]]:
    """What is due on that day or was before, of the items in use, each with its current revision."""
    rows = many(db, DUE, learner_id=learner_id, day=day.isoformat())
    return [(_candidate(row), _stored_item(row)) for row in rows]


def asked_cards(db: Database, learner_id: LearnerId, day: date) -> list[Candidate]:
    """What was answered in reviews on that day."""
    return [_candidate(row) for row in many(db, ASKED, learner_id=learner_id, day=day.isoformat())]


def count_done(db: Database, learner_id: LearnerId, day: date) -> int:
    """How many answers were given in reviews on that day."""
    row = first(db, DONE, learner_id=learner_id, day=day.isoformat())
    return 0 if row is None else int(row[0])


def next_day(db: Database, learner_id: LearnerId, day: date) -> tuple[date, int] | None:
    """The first day after that one on which anything is due, and how much; None without any card."""
    row = first(db, NEXT_DAY, learner_id=learner_id, day=day.isoformat())
    return None if row is None else (date.fromisoformat(row[0]), row[1])


def review_of_round(db: Database, learner_id: LearnerId, round_id: RoundId) -> Review | None:
    """What a learner's answer to a round did to its card, or None."""
    row = first(db, REVIEW_OF_ROUND, learner_id=learner_id, round_id=round_id)
    if row is None:
        return None
    review_id, card_id, recall, before, after, day, newest = row
    return Review(
        ReviewId(review_id),
        CardId(card_id),
        Recall(recall),
        None if before is None else Memory.from_json(before),
        Memory.from_json(after),
        date.fromisoformat(day),
        bool(newest),
    )


def foundations(db: Database, learner_id: LearnerId) -> dict[CardId, list[tuple[Outcome, Certainty | None]]]:
    """The answers that a learner's cards were made for, as they are graded now; of cards never reviewed so far."""
    found: dict[CardId, list[tuple[Outcome, Certainty | None]]] = {}
    for card_id, outcome, certainty in many(db, FOUNDATIONS, learner_id=learner_id):
        sure = None if certainty is None else Certainty(certainty)
        found.setdefault(CardId(card_id), []).append((Outcome(outcome), sure))
    return found


def open_sessions(db: Database, guild_id: GuildId, owner_id: int) -> list[tuple[RunId, datetime]]:
    """A learner's review runs that have not ended, the newest first, each with when it was begun."""
    rows = many(db, OPEN_SESSION, guild_id=guild_id, owner_id=owner_id)
    return [(RunId(run_id), from_text(created_at)) for run_id, created_at in rows]


def delete_card(db: Database, card_id: CardId) -> None:
    """Delete a card and what moved it."""
    change(db, DELETE_LOG_OF_CARD, card_id=card_id)
    change(db, DELETE_CARD, card_id=card_id)


def delete_cards(db: Database, learner_id: LearnerId) -> None:
    """Delete a learner's cards and what moved them."""
    change(db, DELETE_LOG, learner_id=learner_id)
    change(db, DELETE_CARDS, learner_id=learner_id)


def _candidate(row: Row) -> Candidate:
    item_id, set_id, key, content, memory, _, _ = row
    item = parse_item(content)
    return Candidate(ItemId(item_id), SetId(set_id), key, frozenset(item.not_with), Memory.from_json(memory))


def _stored_item(row: Row) -> StoredItem:
    item_id, _, _, content, _, revision_id, hash_ = row
    return StoredItem(ItemId(item_id), RevisionId(revision_id), hash_, parse_item(content))
