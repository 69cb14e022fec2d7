"""The joint statement of a debate, version by version, and who has signed which."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import DebateId, InteractionId, LearnerId, UserId, VersionId
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, change, first, insert, many

VERSIONS = """
    SELECT s.version_id, s.debate_id, l.user_id, s.text, s.at,
           (SELECT COUNT(*) FROM signature AS g WHERE g.version_id = s.version_id)
    FROM statement_version AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
    LEFT JOIN hiding AS h ON h.kind = 'statement' AND h.subject_id = s.version_id AND h.shown_at IS NULL
"""
NEWEST = (
    VERSIONS + " WHERE s.debate_id = :debate_id AND h.hiding_id IS NULL ORDER BY s.version_id DESC LIMIT 1"
)
VERSION = VERSIONS + " WHERE s.version_id = :version_id"
STOOD_AT = VERSIONS + " WHERE s.debate_id = :debate_id AND s.at <= :at ORDER BY s.version_id DESC LIMIT 1"
BETWEEN = (
    VERSIONS
    + """
    WHERE s.debate_id = :debate_id AND s.version_id BETWEEN :first AND :last AND h.hiding_id IS NULL
    ORDER BY s.version_id
"""
)
HIDDEN_BY_LEARNER = (
    VERSIONS
    + """
    WHERE s.debate_id = :debate_id AND s.learner_id = :learner_id AND h.hiding_id IS NOT NULL
    ORDER BY s.version_id
"""
)
ANY_HIDDEN_SINCE = """
    SELECT 1 FROM statement_version AS s
    JOIN hiding AS h ON h.kind = 'statement' AND h.subject_id = s.version_id AND h.shown_at IS NULL
    WHERE s.debate_id = :debate_id AND s.version_id > :version_id
"""
NO_HIDDEN_WORDS = """
    NOT EXISTS (
        SELECT 1 FROM statement_version AS o
        JOIN hiding AS k ON k.kind = 'statement' AND k.subject_id = o.version_id AND k.shown_at IS NULL
        WHERE o.debate_id = s.debate_id AND o.text = s.text
    )
"""
# Not a wording that says the same as a hidden one either.
EARLIER = (
    """
    SELECT COUNT(*), MAX((SELECT COUNT(*) FROM signature AS g WHERE g.version_id = s.version_id))
    FROM statement_version AS s
    WHERE s.debate_id = :debate_id AND s.version_id < :version_id AND """
    + NO_HIDDEN_WORDS
)
EARLIER_ONE = (
    VERSIONS
    + f"""
    WHERE s.debate_id = :debate_id AND s.version_id < :version_id AND {NO_HIDDEN_WORDS}
    ORDER BY s.version_id DESC LIMIT 1 OFFSET :skip
"""
)
SIGNERS = """
    SELECT l.user_id FROM signature AS g
    JOIN statement_version AS s ON s.version_id = g.version_id
    JOIN debater AS m ON m.debate_id = s.debate_id AND m.learner_id = g.learner_id AND m.left_at IS NULL
    JOIN learner AS l ON l.learner_id = g.learner_id
    WHERE g.version_id = :version_id
    ORDER BY l.user_id
"""
HIDDEN_WORDS = """
    SELECT 1 FROM statement_version AS s
    JOIN hiding AS h ON h.kind = 'statement' AND h.subject_id = s.version_id AND h.shown_at IS NULL
    WHERE s.debate_id = :debate_id AND s.text = :text
"""
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


@dataclass(frozen=True, slots=True)
class Earlier:
    """How many wordings that are not hidden came before one, and how many signatures that of them had that has most."""

    wordings: int
    most_signatures: int


def newest_statement(db: Database, debate_id: DebateId) -> StatementVersion | None:
    """The joint statement as it stands: its newest wording that is not hidden, or None."""
    row = first(db, NEWEST, debate_id=debate_id)
    return None if row is None else _version(row)


def find_version(db: Database, version_id: VersionId) -> StatementVersion | None:
    """That wording, hidden or not; or None."""
    row = first(db, VERSION, version_id=version_id)
    return None if row is None else _version(row)


def version_written_by(db: Database, debate_id: DebateId, at: datetime) -> StatementVersion | None:
    """The newest wording at a moment, or None."""
    row = first(db, STOOD_AT, debate_id=debate_id, at=to_text(at))
    return None if row is None else _version(row)


def versions_between(
    db: Database, debate_id: DebateId, oldest: VersionId, newest: VersionId
) -> list[StatementVersion]:
    """The wordings from one to another that are not hidden, the oldest first."""
    rows = many(db, BETWEEN, debate_id=debate_id, first=oldest, last=newest)
    return [_version(row) for row in rows]


def hidden_versions_by(db: Database, debate_id: DebateId, learner_id: LearnerId) -> list[StatementVersion]:
    """A learner's wordings that are hidden, the oldest first."""
    rows = many(db, HIDDEN_BY_LEARNER, debate_id=debate_id, learner_id=learner_id)
    return [_version(row) for row in rows]


def any_hidden_since(db: Database, debate_id: DebateId, version: StatementVersion | None) -> bool:
    """Whether a wording is hidden that came after this one; after none: any."""
    version_id = 0 if version is None else version.version_id
    return first(db, ANY_HIDDEN_SINCE, debate_id=debate_id, version_id=version_id) is not None


def earlier_wordings(db: Database, version: StatementVersion) -> Earlier:
    """What came before that wording."""
    row = first(db, EARLIER, debate_id=version.debate_id, version_id=version.version_id)
    wordings, most = (0, None) if row is None else row
    return Earlier(wordings, most or 0)


def earlier_wording(db: Database, version: StatementVersion, skip: int) -> StatementVersion | None:
    """One of those that ``earlier_wordings`` counts, so many before the newest of them; or None."""
    row = first(db, EARLIER_ONE, debate_id=version.debate_id, version_id=version.version_id, skip=skip)
    return None if row is None else _version(row)


def has_hidden_words(db: Database, version: StatementVersion) -> bool:
    """Whether that wording, or one of the same words, is hidden."""
    return first(db, HIDDEN_WORDS, debate_id=version.debate_id, text=version.text) is not None


def signers_of(db: Database, version_id: VersionId) -> list[UserId]:
    """Who has signed that wording, without those who have left the debate."""
    return [UserId(user_id) for (user_id,) in many(db, SIGNERS, version_id=version_id)]


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
