"""The cards of the bank that arguments rest on, each in the revision that it had then."""

from collections.abc import Iterable

from sqlite_utils import Database

from bot.ids import ArgumentId, DebateId, LearnerId, RevisionId
from bot.store.sql import change, first, many

DROP = """
    DELETE FROM argument_card WHERE argument_id = :argument_id
"""
ADD = """
    INSERT INTO argument_card (argument_id, position, revision_id) VALUES (:argument_id, :position, :revision_id)
"""
CARDS = """
    SELECT revision_id FROM argument_card WHERE argument_id = :argument_id ORDER BY position
"""
CARDS_IN_DEBATE = """
    SELECT c.argument_id, c.revision_id
    FROM argument_card AS c
    JOIN argument AS a ON a.argument_id = c.argument_id
    WHERE a.debate_id = :debate_id
    ORDER BY c.argument_id, c.position
"""
USED = """
    SELECT COUNT(DISTINCT revision_id) FROM (
        SELECT k.revision_id
        FROM citation AS c
        JOIN citation_card AS k ON k.citation_id = c.citation_id
        WHERE c.debate_id = :debate_id AND c.learner_id = :learner_id
        UNION
        SELECT k.revision_id
        FROM argument AS a
        JOIN argument_card AS k ON k.argument_id = a.argument_id
        LEFT JOIN hiding AS h ON h.kind = 'argument' AND h.subject_id = a.argument_id AND h.shown_at IS NULL
        WHERE a.debate_id = :debate_id AND a.learner_id = :learner_id AND a.withdrawn_at IS NULL
              AND h.hiding_id IS NULL
    )
"""


def set_argument_cards(db: Database, argument_id: ArgumentId, revisions: Iterable[RevisionId]) -> None:
    """Note the cards that an argument rests on, in place of those before."""
    change(db, DROP, argument_id=argument_id)
    for position, revision_id in enumerate(revisions):
        change(db, ADD, argument_id=argument_id, position=position, revision_id=revision_id)


def argument_cards(db: Database, argument_id: ArgumentId) -> list[RevisionId]:
    """The cards that an argument rests on, in the order in which it names them."""
    return [RevisionId(row[0]) for row in many(db, CARDS, argument_id=argument_id)]


def argument_cards_in(db: Database, debate_id: DebateId) -> dict[ArgumentId, list[RevisionId]]:
    """The cards of every argument of a debate that rests on some."""
    found: dict[ArgumentId, list[RevisionId]] = {}
    for argument_id, revision_id in many(db, CARDS_IN_DEBATE, debate_id=debate_id):
        found.setdefault(ArgumentId(argument_id), []).append(RevisionId(revision_id))
    return found


def cards_used(db: Database, debate_id: DebateId, learner_id: LearnerId) -> int:
    """How many cards a learner has cited in a debate or rests arguments on that stand, each counted once."""
    row = first(db, USED, debate_id=debate_id, learner_id=learner_id)
    return 0 if row is None else int(row[0])
