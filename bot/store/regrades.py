"""Regrades: what is proposed, the stored answers that it concerns, and the record of what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.bank.grade import Outcome
from bot.bank.ruling import Ruling, ruling_from_json, ruling_to_json
from bot.ids import (
    AnswerId,
    GuildId,
    LearnerId,
    ProposalId,
    RegradeId,
    RevisionId,
    RoundId,
    UserId,
)
from bot.quiz.regrading import Change, Mark, Marked
from bot.store.known import RESULT_KNOWN
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, change, change_many, first, insert, many


class Reason(StrEnum):
    """What led to a regrade. Of a proposal, ``subject_id`` is accordingly a report, an answer or a regrade."""

    REPORT = "report"
    NEAR_MISS = "near_miss"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an instructor was shown and has not applied yet (``regrade_id`` None).

    ``fingerprint`` stands for all that the preview said.
    """

    proposal_id: ProposalId
    guild_id: GuildId
    revision_id: RevisionId
    ruling: Ruling
    reason: Reason
    subject_id: int
    fingerprint: str
    regrade_id: RegradeId | None


@dataclass(frozen=True, slots=True)
class Regrade:
    """A regrade that was applied: who, when, why, and how much it changed.

    ``answers`` were graded anew, ``changed`` of them have another mark since, ``told`` people were told.
    With ``takes_back``, the ruling is the one that was taken back; ``taken_back`` says that this one was.
    """

    regrade_id: RegradeId
    guild_id: GuildId
    revision_id: RevisionId
    ruling: Ruling
    reason: Reason
    takes_back: RegradeId | None
    taken_back: bool
    decided_by: UserId
    decided_at: datetime
    answers: int
    changed: int
    told: int


ANSWERS = f"""
    SELECT a.answer_id, a.round_id, a.learner_id, l.user_id, a.response, a.outcome, a.fraction, a.near_miss,
           ({RESULT_KNOWN}), EXISTS (
               SELECT 1
               FROM round AS later
               JOIN answer AS newer ON newer.round_id = later.round_id AND newer.learner_id = a.learner_id
               WHERE later.run_id = o.run_id AND later.position = o.position AND later.vote > o.vote
           )
    FROM round AS o
    JOIN run AS r ON r.run_id = o.run_id
    JOIN answer AS a ON a.round_id = o.round_id
    JOIN learner AS l ON l.learner_id = a.learner_id
    WHERE o.revision_id = :revision_id AND r.guild_id = :guild_id
    ORDER BY a.answer_id
"""
SET_MARK = """
    UPDATE answer SET outcome = :outcome, fraction = :fraction, near_miss = :near_miss
    WHERE answer_id = :answer_id
"""
NOTE_CHANGE = """
    INSERT INTO regrade_change (regrade_id, answer_id, outcome_before, fraction_before, outcome_after,
                                fraction_after)
    VALUES (:regrade_id, :answer_id, :outcome_before, :fraction_before, :outcome_after, :fraction_after)
"""
REGRADES = """
    SELECT g.regrade_id, g.guild_id, g.revision_id, g.ruling, g.reason, g.takes_back, b.regrade_id IS NOT NULL,
           g.decided_by, g.decided_at, g.answers, g.changed, g.told
    FROM regrade AS g
    LEFT JOIN regrade AS b ON b.takes_back = g.regrade_id
"""
REGRADE = REGRADES + " WHERE g.regrade_id = :regrade_id"
REGRADES_OF_GUILD = (
    REGRADES + " WHERE g.guild_id = :guild_id ORDER BY g.regrade_id DESC LIMIT :most OFFSET :skip"
)
COUNT = """
    SELECT COUNT(*) FROM regrade WHERE guild_id = :guild_id
"""
PROPOSAL = """
    SELECT proposal_id, guild_id, revision_id, ruling, reason, subject_id, fingerprint, regrade_id
    FROM proposal
    WHERE proposal_id = :proposal_id
"""
RENEW = """
    UPDATE proposal SET fingerprint = :fingerprint WHERE proposal_id = :proposal_id
"""
APPLIED = """
    UPDATE proposal SET regrade_id = :regrade_id WHERE proposal_id = :proposal_id
"""
RAISE_ROUNDS = """
    UPDATE board SET revision = revision + 1
    WHERE kind = 'round' AND subject_id IN (
        SELECT o.round_id FROM round AS o JOIN run AS r ON r.run_id = o.run_id
        WHERE o.revision_id = :revision_id AND r.guild_id = :guild_id AND o.state = 'closed'
    )
"""
RAISE_SUMMARIES = """
    UPDATE board SET revision = revision + 1
    WHERE kind = 'summary' AND subject_id IN (
        SELECT o.run_id FROM round AS o JOIN run AS r ON r.run_id = o.run_id
        WHERE o.revision_id = :revision_id AND r.guild_id = :guild_id AND o.state = 'closed'
    )
"""


def marked_answers(
    db: Database, guild_id: GuildId, revision_id: RevisionId, at: datetime, *, dropped: bool
) -> list[Marked]:
    """All answers to a revision in a server, in whichever run, with the marks that are stored."""
    return [
        Marked(
            AnswerId(answer_id),
            RoundId(round_id),
            LearnerId(learner_id),
            UserId(user_id),
            response,
            Mark(Outcome(outcome), fraction, bool(near_miss), counts=not dropped),
            bool(seen),
            bool(replaced),
        )
        for (
            answer_id, round_id, learner_id, user_id, response, outcome, fraction, near_miss, seen, replaced,
        ) in many(db, ANSWERS, guild_id=guild_id, revision_id=revision_id, at=to_text(at))
    ]  # fmt: skip


def create_regrade(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId,
    ruling: Ruling,
    reason: Reason,
    takes_back: RegradeId | None,
    decided_by: UserId,
    answers: int,
    changed: int,
    told: int,
    at: datetime,
) -> RegradeId:
    """Record a regrade. The database refuses to take one back twice."""
    return RegradeId(
        insert(
            db,
            "regrade",
            guild_id=guild_id,
            revision_id=revision_id,
            ruling=ruling_to_json(ruling),
            reason=reason.value,
            takes_back=takes_back,
            decided_by=decided_by,
            decided_at=to_text(at),
            answers=answers,
            changed=changed,
            told=told,
        )
    )


def save_changes(db: Database, regrade_id: RegradeId, changes: Sequence[Change]) -> None:
    """Give each answer its new mark, and record the one before beside it."""
    change_many(
        db,
        SET_MARK,
        (
            {
                "answer_id": each.answer.answer_id,
                "outcome": each.after.outcome.value,
                "fraction": each.after.fraction,
                "near_miss": int(each.after.near_miss),
            }
            for each in changes
        ),
    )
    change_many(
        db,
        NOTE_CHANGE,
        (
            {
                "regrade_id": regrade_id,
                "answer_id": each.answer.answer_id,
                "outcome_before": each.answer.mark.result,
                "fraction_before": each.answer.mark.fraction,
                "outcome_after": each.after.result,
                "fraction_after": each.after.fraction,
            }
            for each in changes
        ),
    )


def raise_results(db: Database, guild_id: GuildId, revision_id: RevisionId) -> None:
    """Say that what the server's results and summaries show of a revision has changed."""
    for statement in (RAISE_ROUNDS, RAISE_SUMMARIES):
        change(db, statement, guild_id=guild_id, revision_id=revision_id)


def find_regrade(db: Database, guild_id: GuildId, regrade_id: RegradeId) -> Regrade | None:
    """The server's regrade, or None."""
    row = first(db, REGRADE, regrade_id=regrade_id)
    found = None if row is None else _regrade(row)
    return found if found is not None and found.guild_id == guild_id else None


def regrades_of(db: Database, guild_id: GuildId, *, skip: int, most: int) -> list[Regrade]:
    """The server's regrades, the newest first."""
    return [_regrade(row) for row in many(db, REGRADES_OF_GUILD, guild_id=guild_id, skip=skip, most=most)]


def count_regrades(db: Database, guild_id: GuildId) -> int:
    """How many regrades the server has had."""
    row = first(db, COUNT, guild_id=guild_id)
    return 0 if row is None else int(row[0])


def create_proposal(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId,
    ruling: Ruling,
    reason: Reason,
    subject_id: int,
    fingerprint: str,
    proposed_by: UserId,
    at: datetime,
) -> ProposalId:
    """Keep what an instructor is shown, so that applying it works after a restart too."""
    return ProposalId(
        insert(
            db,
            "proposal",
            guild_id=guild_id,
            revision_id=revision_id,
            ruling=ruling_to_json(ruling),
            reason=reason.value,
            subject_id=subject_id,
            fingerprint=fingerprint,
            proposed_by=proposed_by,
            proposed_at=to_text(at),
        )
    )


def find_proposal(db: Database, guild_id: GuildId, proposal_id: ProposalId) -> Proposal | None:
    """The server's proposal, or None."""
    row = first(db, PROPOSAL, proposal_id=proposal_id)
    if row is None or row[1] != guild_id:
        return None
    _, _, revision_id, ruling, reason, subject_id, fingerprint, regrade_id = row
    return Proposal(
        proposal_id,
        guild_id,
        RevisionId(revision_id),
        ruling_from_json(ruling),
        Reason(reason),
        subject_id,
        fingerprint,
        None if regrade_id is None else RegradeId(regrade_id),
    )


def renew_proposal(db: Database, proposal_id: ProposalId, fingerprint: str) -> None:
    """Note what a new preview of it said."""
    change(db, RENEW, proposal_id=proposal_id, fingerprint=fingerprint)


def mark_applied(db: Database, proposal_id: ProposalId, regrade_id: RegradeId) -> None:
    """Note that a proposal was applied."""
    change(db, APPLIED, proposal_id=proposal_id, regrade_id=regrade_id)


def _regrade(row: Row) -> Regrade:
    (
        regrade_id, guild_id, revision_id, ruling, reason, takes_back, taken_back, decided_by, decided_at,
        answers, changed, told,
    ) = row  # fmt: skip
    return Regrade(
        RegradeId(regrade_id),
        GuildId(guild_id),
        RevisionId(revision_id),
        ruling_from_json(ruling),
        Reason(reason),
        None if takes_back is None else RegradeId(takes_back),
        bool(taken_back),
        UserId(decided_by),
        from_text(decided_at),
        answers,
        changed,
        told,
    )
