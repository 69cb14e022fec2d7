"""What a person has left in a debate: counting it, and taking it out for good. What answers it keeps its place."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import (
    EVERY_GUILD,
    NOBODY,
    ArgumentId,
    ChannelId,
    CitationId,
    DebateId,
    LearnerId,
    RestatementId,
    UserId,
)
from bot.store.learners import learner_for
from bot.store.moments import to_text
from bot.store.sql import change, first, many

COUNTS = """
    SELECT (SELECT COUNT(*) FROM argument WHERE debate_id = :debate_id AND learner_id = :learner_id),
           (SELECT COUNT(*) FROM restatement AS s JOIN argument AS a ON a.argument_id = s.argument_id
            WHERE a.debate_id = :debate_id AND s.learner_id = :learner_id),
           (SELECT COUNT(*) FROM stance WHERE debate_id = :debate_id AND learner_id = :learner_id),
           (SELECT COUNT(*) FROM comparison
            WHERE debate_id = :debate_id AND learner_id = :learner_id AND better IS NOT NULL),
           (SELECT COUNT(*) FROM signature AS g JOIN statement_version AS v ON v.version_id = g.version_id
            WHERE v.debate_id = :debate_id AND g.learner_id = :learner_id),
           (SELECT COUNT(*) FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id),
           (SELECT COUNT(*) FROM citation WHERE channel_id = :thread_id AND learner_id = :learner_id)
"""
ARGUMENTS = """
    SELECT argument_id FROM argument WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
ANSWERED_BY = """
    SELECT c.argument_id
    FROM argument AS c
    JOIN argument AS a ON a.argument_id = c.parent_id
    WHERE a.debate_id = :debate_id AND a.learner_id = :learner_id
"""
RESTATEMENTS = """
    SELECT s.restatement_id
    FROM restatement AS s
    JOIN argument AS a ON a.argument_id = s.argument_id
    WHERE a.debate_id = :debate_id AND :learner_id IN (a.learner_id, s.learner_id)
"""
CITATIONS = """
    SELECT citation_id FROM citation WHERE channel_id = :thread_id AND learner_id = :learner_id
"""
DROP_VERSIONS = """
    DELETE FROM argument_version
    WHERE argument_id IN (
        SELECT argument_id FROM argument WHERE debate_id = :debate_id AND learner_id = :learner_id
    )
"""
BLANK_RESTATEMENTS = """
    UPDATE restatement SET text = '', learner_id = :nobody
    WHERE learner_id = :learner_id
          AND argument_id IN (SELECT argument_id FROM argument WHERE debate_id = :debate_id)
"""
BLANK_ARGUMENTS = """
    UPDATE argument
    SET claim = '', evidence = '', reasoning = '', withdrawn_at = COALESCE(withdrawn_at, :at), learner_id = :nobody
    WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
DROP_CARDS = """
    DELETE FROM argument_card
    WHERE argument_id IN (
        SELECT argument_id FROM argument WHERE debate_id = :debate_id AND learner_id = :learner_id
    )
"""
DROP_STANCES = """
    DELETE FROM stance WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
DROP_COMPARISONS = """
    DELETE FROM comparison WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
DROP_SIGNATURES = """
    DELETE FROM signature
    WHERE learner_id = :learner_id
          AND version_id IN (SELECT version_id FROM statement_version WHERE debate_id = :debate_id)
"""
# The joint statement is the class's: it stays, and nobody is told any more who wrote which version.
DISOWN_STATEMENTS = """
    UPDATE statement_version SET learner_id = :nobody
    WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
DROP_DRAFT = """
    DELETE FROM draft WHERE debate_id = :debate_id AND learner_id = :learner_id
"""
DROP_GRADE = """
    DELETE FROM debate_grade
    WHERE debate_id = :debate_id AND learner_id = :learner_id AND released_at IS NULL
"""
# A card says what the bank says: it stays, and nobody is told any more who posted it.
DISOWN_CITATIONS = """
    UPDATE citation SET learner_id = :nobody, side = NULL
    WHERE channel_id = :thread_id AND learner_id = :learner_id
"""
DROP_FINDINGS = """
    DELETE FROM finding WHERE channel_id = :thread_id AND learner_id = :learner_id
"""
DISOWN_MESSAGES = """
    UPDATE message SET user_id = :nobody WHERE thread_id = :thread_id AND user_id = :user_id
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """How much there is of a person in a debate."""

    arguments: int
    restatements: int
    stances: int
    comparisons: int
    signatures: int
    drafts: int
    citations: int

    @property
    def exist(self) -> bool:
        """Whether there is anything to delete."""
        return any(
            (
                self.arguments,
                self.restatements,
                self.stances,
                self.comparisons,
                self.signatures,
                self.drafts,
                self.citations,
            )
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows a person's words or name in a debate: their arguments, those that quote them, restatements, cards."""

    arguments: tuple[ArgumentId, ...]
    restatements: tuple[RestatementId, ...]
    citations: tuple[CitationId, ...]


def traces_of(db: Database, debate_id: DebateId, thread_id: ChannelId, learner_id: LearnerId) -> Traces:
    """How much a person has left in a debate."""
    row = first(db, COUNTS, debate_id=debate_id, thread_id=thread_id, learner_id=learner_id)
    return Traces(0, 0, 0, 0, 0, 0, 0) if row is None else Traces(*row)


def words_shown(db: Database, debate_id: DebateId, thread_id: ChannelId, learner_id: LearnerId) -> Shown:
    """What has to be shown anew when a person's words go. To be asked before."""
    about = {"debate_id": debate_id, "learner_id": learner_id}
    own = [row[0] for row in (*many(db, ARGUMENTS, **about), *many(db, ANSWERED_BY, **about))]
    return Shown(
        tuple(ArgumentId(each) for each in dict.fromkeys(own)),
        tuple(RestatementId(row[0]) for row in many(db, RESTATEMENTS, **about)),
        tuple(CitationId(row[0]) for row in many(db, CITATIONS, thread_id=thread_id, learner_id=learner_id)),
    )


def delete_traces(
    db: Database,
    debate_id: DebateId,
    thread_id: ChannelId,
    learner_id: LearnerId,
    user_id: UserId,
    at: datetime,
) -> None:
    """Take a person's words and votes out of a debate for good.

    Arguments stay as withdrawn ones without text and author, so that what answers them keeps its place. Of free
    messages it is not known any more who wrote them.
    """
    nobody = learner_for(db, EVERY_GUILD, NOBODY, at)
    about = {"debate_id": debate_id, "learner_id": learner_id}
    for statement in (
        DROP_VERSIONS,
        DROP_CARDS,
        DROP_STANCES,
        DROP_COMPARISONS,
        DROP_SIGNATURES,
        DROP_DRAFT,
        DROP_GRADE,
    ):
        change(db, statement, **about)
    change(db, BLANK_RESTATEMENTS, **about, nobody=nobody)
    change(db, DISOWN_STATEMENTS, **about, nobody=nobody)
    change(db, BLANK_ARGUMENTS, **about, nobody=nobody, at=to_text(at))
    change(db, DISOWN_CITATIONS, thread_id=thread_id, learner_id=learner_id, nobody=nobody)
    change(db, DROP_FINDINGS, thread_id=thread_id, learner_id=learner_id)
    change(db, DISOWN_MESSAGES, thread_id=thread_id, user_id=user_id, nobody=NOBODY)
