"""The joint statement of a debate, version by version, and who has signed which."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import DebateId, InteractionId, LearnerId, UserId, VersionId
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, change, first, insert

VERSIONS = """
    SELECT s.version_id, s.debate_id, l.user_id, s.text, s.at,
           (SELECT COUNT(*) FROM signature AS g WHERE g.version_id = s.version_id)
    FROM statement_version AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
"""
NEWEST = VERSIONS + " WHERE s.debate_id = :debate_id ORDER BY s.version_id DESC LIMIT 1"
FROM_INTERACTION = VERSIONS + " WHERE s.interaction_id = :interaction_id"
SIGN = """
    INSERT INTO signature (version_id, learner_id, at) VALUES (:version_id, :learner_id, :at)
    ON CONFLICT (version_id, learner_id) DO NOTHING
"""
UNSIGN = """
    DELETE FROM signature WHERE version_id = :version_id AND learner_id = :learner_id
"""


@dataclass(frozen=True, slots=True)
class StatementVersion:
    """What the joint statement says since a moment, by whose hand, and how many have signed it as it is."""

    version_id: VersionId
    debate_id: DebateId
    user_id: UserId
    text: str
    at: datetime
    signatures: int


def newest_statement(db: Database, debate_id: DebateId) -> StatementVersion | None:
    """The joint statement as it stands, or None while nobody has written one."""
    row = first(db, NEWEST, debate_id=debate_id)
    return None if row is None else _version(row)


def statement_from(db: Database, interaction_id: InteractionId) -> StatementVersion | None:
    """The version that this interaction has already stored, or None."""
    row = first(db, FROM_INTERACTION, interaction_id=interaction_id)
    return None if row is None else _version(row)


def add_statement(
    db: Database,
    debate_id: DebateId,
    learner_id: LearnerId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> None:
    """Store a new version; those before it stay, with their signatures."""
    insert(
        db,
        "statement_version",
        debate_id=debate_id,
        learner_id=learner_id,
        text=text,
        interaction_id=interaction_id,
        at=to_text(at),
    )


def sign(db: Database, version_id: VersionId, learner_id: LearnerId, at: datetime) -> None:
    """Sign a version; twice is once."""
    change(db, SIGN, version_id=version_id, learner_id=learner_id, at=to_text(at))


def take_back_signature(db: Database, version_id: VersionId, learner_id: LearnerId) -> None:
    """Take a signature back, if there is one."""
    change(db, UNSIGN, version_id=version_id, learner_id=learner_id)


def _version(row: Row) -> StatementVersion:
    version_id, debate_id, user_id, text, at, signatures = row
    return StatementVersion(
        VersionId(version_id), DebateId(debate_id), UserId(user_id), text, from_text(at), signatures
    )
