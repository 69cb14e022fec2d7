"""Reports that something is wrong with a question, and typed answers that missed by little."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.bank.response import Response, response_from_json, response_to_json
from bot.ids import (
    AnswerId,
    GuildId,
    InteractionId,
    LearnerId,
    RegradeId,
    ReportId,
    RevisionId,
    RoundId,
    UserId,
)
from bot.store.moments import from_text, to_text
from bot.store.rulings import NOT_DROPPED
from bot.store.sql import Row, change, first, insert, many


class Verdict(StrEnum):
    """What became of a report."""

    ACCEPTED = "accepted"
    NEW_KEY = "new_key"
    DROPPED = "dropped"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported of a question, and what they had answered (None: nothing)."""

    report_id: ReportId
    revision_id: RevisionId
    user_id: UserId
    response: Response | None
    text: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One typed answer that missed by little."""

    answer_id: AnswerId
    revision_id: RevisionId
    learner_id: LearnerId
    response: Response
    answered_at: datetime


REPORTS = """
    SELECT t.report_id, t.revision_id, l.user_id, t.response, t.content, t.reported_at
    FROM report AS t
    JOIN learner AS l ON l.learner_id = t.learner_id
"""
OPEN_REPORTS = (
    REPORTS
    + """
    WHERE t.guild_id = :guild_id AND t.decided_at IS NULL
    ORDER BY t.reported_at DESC, t.interaction_id DESC
    LIMIT :most
"""
)
OPEN_REPORT = REPORTS + " WHERE t.report_id = :report_id AND t.guild_id = :guild_id AND t.decided_at IS NULL"
OPEN_REPORTS_ON = (
    REPORTS
    + """
    WHERE t.guild_id = :guild_id AND t.revision_id = :revision_id AND t.decided_at IS NULL
    ORDER BY t.reported_at DESC, t.interaction_id DESC
"""
)
REPORT_TEXT = """
    SELECT content FROM report WHERE learner_id = :learner_id AND revision_id = :revision_id
"""
SAVE = """
    INSERT INTO report (guild_id, revision_id, round_id, learner_id, response, content, interaction_id, reported_at)
    VALUES (:guild_id, :revision_id, :round_id, :learner_id, :response, :content, :interaction_id, :at)
    ON CONFLICT (learner_id, revision_id) DO UPDATE SET
        round_id = excluded.round_id,
        response = excluded.response,
        content = excluded.content,
        interaction_id = excluded.interaction_id,
        reported_at = excluded.reported_at,
        decided_at = NULL,
        decided_by = NULL,
        verdict = NULL,
        regrade_id = NULL
    WHERE excluded.interaction_id > report.interaction_id
"""
DECIDE = """
    UPDATE report
    SET decided_at = :at, decided_by = :decided_by, verdict = :verdict, regrade_id = :regrade_id
    WHERE report_id = :report_id AND decided_at IS NULL
"""
NEAR_MISSES = f"""
    SELECT a.answer_id, o.revision_id, a.learner_id, a.response, a.answered_at
    FROM answer AS a
    JOIN round AS o ON o.round_id = a.round_id
    JOIN run AS r ON r.run_id = o.run_id
    WHERE a.near_miss = 1 AND r.guild_id = :guild_id AND o.state = 'closed' AND {NOT_DROPPED}
"""
# By the server's learners, as an answer does not say which server it belongs to.
NEWEST_NEAR_MISSES = (
    NEAR_MISSES
    + """
    AND a.learner_id IN (SELECT learner_id FROM learner WHERE guild_id = :guild_id)
    ORDER BY a.answered_at DESC
    LIMIT :most
"""
)
NEAR_MISS = NEAR_MISSES + " AND a.answer_id = :answer_id"
NEAR_MISSES_ON = NEAR_MISSES + " AND o.revision_id = :revision_id"
STAYING_WRONG = """
    SELECT revision_id, said FROM stays_wrong WHERE guild_id = :guild_id
"""
STAYS_WRONG = """
    SELECT 1 FROM stays_wrong WHERE guild_id = :guild_id AND revision_id = :revision_id AND said = :said
"""
MOST_READ = 10_000
"""So many of the newest reports and near misses are looked at for the inbox."""


def save_report(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId,
    round_id: RoundId,
    learner_id: LearnerId,
    response: Response | None,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> bool:
    """Store a report, or replace the learner's earlier one on the question, which is then open again.

    False, and nothing is changed, for a form that was delivered twice or late.
    """
    return (
        change(
            db,
            SAVE,
            guild_id=guild_id,
            revision_id=revision_id,
            round_id=round_id,
            learner_id=learner_id,
            response=None if response is None else response_to_json(response),
            content=text,
            interaction_id=interaction_id,
            at=to_text(at),
        )
        == 1
    )


def report_text(db: Database, learner_id: LearnerId, revision_id: RevisionId) -> str | None:
    """What a learner has reported of a question, or None."""
    row = first(db, REPORT_TEXT, learner_id=learner_id, revision_id=revision_id)
    return None if row is None else str(row[0])


def open_reports(db: Database, guild_id: GuildId) -> list[Report]:
    """The server's reports that nobody has decided, the newest first."""
    return [_report(row) for row in many(db, OPEN_REPORTS, guild_id=guild_id, most=MOST_READ)]


def open_report(db: Database, guild_id: GuildId, report_id: ReportId) -> Report | None:
    """The server's report, if nobody has decided it."""
    row = first(db, OPEN_REPORT, guild_id=guild_id, report_id=report_id)
    return None if row is None else _report(row)


def open_reports_on(db: Database, guild_id: GuildId, revision_id: RevisionId) -> list[Report]:
    """The server's undecided reports on a revision, the newest first."""
    return [_report(row) for row in many(db, OPEN_REPORTS_ON, guild_id=guild_id, revision_id=revision_id)]


def decide_report(
    db: Database,
    report_id: ReportId,
    verdict: Verdict,
    *,
    decided_by: UserId,
    regrade_id: RegradeId | None,
    at: datetime,
) -> None:
    """Note what became of a report."""
    change(
        db,
        DECIDE,
        report_id=report_id,
        verdict=verdict.value,
        decided_by=decided_by,
        regrade_id=regrade_id,
        at=to_text(at),
    )


def near_misses(db: Database, guild_id: GuildId) -> list[NearMiss]:
    """Answers to closed questions that missed by little, the newest first; what stays wrong among them."""
    return [_near_miss(row) for row in many(db, NEWEST_NEAR_MISSES, guild_id=guild_id, most=MOST_READ)]


def near_misses_on(db: Database, guild_id: GuildId, revision_id: RevisionId) -> list[NearMiss]:
    """As ``near_misses``, of one revision."""
    return [_near_miss(row) for row in many(db, NEAR_MISSES_ON, guild_id=guild_id, revision_id=revision_id)]


def near_miss(db: Database, guild_id: GuildId, answer_id: AnswerId) -> NearMiss | None:
    """The answer, if it is (still) one that missed by little."""
    row = first(db, NEAR_MISS, guild_id=guild_id, answer_id=answer_id)
    return None if row is None else _near_miss(row)


def staying_wrong(db: Database, guild_id: GuildId) -> set[tuple[RevisionId, str]]:
    """What an instructor has looked at and left wrong: the revision, and the answer in its normal form."""
    return {
        (RevisionId(revision_id), said) for revision_id, said in many(db, STAYING_WRONG, guild_id=guild_id)
    }


def stays_wrong(db: Database, guild_id: GuildId, revision_id: RevisionId, said: str) -> bool:
    """Whether this answer was left wrong."""
    return first(db, STAYS_WRONG, guild_id=guild_id, revision_id=revision_id, said=said) is not None


def leave_wrong(
    db: Database, guild_id: GuildId, revision_id: RevisionId, said: str, *, decided_by: UserId, at: datetime
) -> None:
    """Note that an answer was looked at and stays wrong."""
    insert(
        db,
        "stays_wrong",
        guild_id=guild_id,
        revision_id=revision_id,
        said=said,
        decided_by=decided_by,
        decided_at=to_text(at),
    )


def _report(row: Row) -> Report:
    report_id, revision_id, user_id, response, text, reported_at = row
    return Report(
        ReportId(report_id),
        RevisionId(revision_id),
        UserId(user_id),
        None if response is None else response_from_json(response),
        text,
        from_text(reported_at),
    )


def _near_miss(row: Row) -> NearMiss:
    answer_id, revision_id, learner_id, response, answered_at = row
    return NearMiss(
        AnswerId(answer_id),
        RevisionId(revision_id),
        LearnerId(learner_id),
        response_from_json(response),
        from_text(answered_at),
    )
