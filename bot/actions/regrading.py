"""Putting a question right: what a ruling would change is shown first, and applied in one transaction.

A proposal is kept with a fingerprint of what its preview said. Applying it computes everything anew; if that is not
what was shown, nothing is changed and the new preview comes back instead.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.actions.inbox import Reason, Subject, reports_settled_by, undecided
from bot.actions.news import Decision, tell_of
from bot.bank.kinds import Item
from bot.bank.ruling import Ruling, Rulings
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, ProposalId, RegradeId, RevisionId, UserId
from bot.quiz.regrading import Change, Marked, Move, moves, people_told, regrade, seen_changes
from bot.store.questions import revision_item
from bot.store.regrades import (
    Proposal,
    create_regrade,
    find_proposal,
    mark_applied,
    marked_answers,
    raise_results,
    renew_proposal,
    save_changes,
)
from bot.store.reports import Report
from bot.store.rulings import add_ruling, end_rulings, revisions_alike, ruled_by, rulings_of


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would do to the results that people have seen, and to how many of them.

    ``before`` and ``after`` have the right answers of before and after. ``wordings`` are the prompts of the
    revisions concerned with their answers, the one that was looked at first; ``unseen`` answers are to questions
    whose result nobody has seen yet. ``outdated``: this is not what was shown when it was proposed.
    """

    proposal_id: ProposalId
    ruling: Ruling
    subject: Subject
    before: Item
    after: Item
    wordings: tuple[tuple[str, int], ...]
    answers: int
    unseen: int
    moves: Counter[Move]
    told: int
    reporters: int
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done: so many answers were graded anew, and so many people are told of another result."""

    regrade_id: RegradeId
    preview: Preview


@dataclass(frozen=True, slots=True)
class Plan:
    """All that follows from a ruling or from taking one back, revision by revision."""

    before: Item
    after: Item
    revisions: tuple[tuple[RevisionId, Item], ...]
    in_force: tuple[Rulings, ...]
    answers: dict[RevisionId, list[Marked]]
    changes: list[Change]
    reports: list[Report]

    def fingerprint(self) -> str:
        """The same for plans that lay the same over the same, change the same results and settle the same reports."""
        concerned = [revision_id for revision_id, _ in self.revisions]
        changed = [
            (each.answer.answer_id, each.answer.mark, each.after) for each in seen_changes(self.changes)
        ]
        reports = sorted(report.report_id for report in self.reports)
        return hashlib.sha256(repr((concerned, self.in_force, changed, reports)).encode()).hexdigest()


def apply_proposal(
    db: Database, *, guild_id: GuildId, user_id: UserId, proposal_id: ProposalId, at: datetime
) -> Applied | Preview:
    """Do what was shown: regrade, record, raise what is shown, and tell those whose result changed.

    If it would not do now what was shown, nothing is changed and the new preview is given. Raises ``NotFound``, or
    ``WrongState`` for a second press and for what somebody else has decided.
    """
    proposal = find_proposal(db, guild_id, proposal_id)
    if proposal is None:
        raise NotFound("proposal")
    if proposal.regrade_id is not None:
        raise WrongState("change", "already made")
    subject = Subject(proposal.reason, proposal.subject_id)
    plan = plan_regrade(db, guild_id, proposal.revision_id, proposal.ruling, subject, at)
    fingerprint = plan.fingerprint()
    if fingerprint != proposal.fingerprint:
        renew_proposal(db, proposal_id, fingerprint)
        return preview_of(plan, proposal, outdated=True)
    return Applied(_apply(db, proposal, plan, user_id, at), preview_of(plan, proposal))


def plan_regrade(
    db: Database,
    guild_id: GuildId,
    revision_id: RevisionId,
    ruling: Ruling,
    subject: Subject,
    at: datetime,
) -> Plan:
    """What follows from a ruling, or from taking it back. Raises ``WrongState`` where somebody was faster."""
    if subject.reason is Reason.TAKEN_BACK:
        revisions = [(each, revision_item(db, each)) for each in ruled_by(db, RegradeId(subject.subject_id))]
        if not revisions:
            raise WrongState("decision", "taken back already")
    else:
        undecided(db, guild_id, subject)
        revisions = revisions_alike(db, revision_id)
    # The revision that was looked at comes first.
    revisions.sort(key=lambda each: each[0] != revision_id)
    in_force = tuple(rulings_of(db, guild_id, each) for each, _ in revisions)
    then = tuple(
        _rulings_then(db, guild_id, each, now, ruling, subject)
        for (each, _), now in zip(revisions, in_force, strict=True)
    )
    answers: dict[RevisionId, list[Marked]] = {}
    changes: list[Change] = []
    for (each, item), now, later in zip(revisions, in_force, then, strict=True):
        answers[each] = marked_answers(db, guild_id, each, at, dropped=now.dropped)
        changes += regrade(item, later, answers[each])
    own = revisions[0][1]
    return Plan(
        in_force[0].keyed(own),
        then[0].keyed(own),
        tuple(revisions),
        in_force,
        answers,
        changes,
        reports_settled_by(db, guild_id, subject),
    )


def preview_of(plan: Plan, proposal: Proposal, *, outdated: bool = False) -> Preview:
    """What an instructor is shown of a plan."""
    answers = [each for marked in plan.answers.values() for each in marked]
    seen = seen_changes(plan.changes)
    return Preview(
        proposal_id=proposal.proposal_id,
        ruling=proposal.ruling,
        subject=Subject(proposal.reason, proposal.subject_id),
        before=plan.before,
        after=plan.after,
        wordings=tuple((item.prompt, len(plan.answers[revision_id])) for revision_id, item in plan.revisions),
        answers=sum(each.seen for each in answers),
        unseen=sum(not each.seen for each in answers),
        moves=moves(seen),
        told=len(people_told(seen)),
        reporters=len(plan.reports),
        outdated=outdated,
    )


def _rulings_then(
    db: Database, guild_id: GuildId, revision_id: RevisionId, now: Rulings, ruling: Ruling, subject: Subject
) -> Rulings:
    if subject.reason is Reason.TAKEN_BACK:
        return rulings_of(db, guild_id, revision_id, without=RegradeId(subject.subject_id))
    return now.with_ruling(ruling)


def _apply(db: Database, proposal: Proposal, plan: Plan, user_id: UserId, at: datetime) -> RegradeId:
    guild_id, ruling = proposal.guild_id, proposal.ruling
    taken_back = RegradeId(proposal.subject_id) if proposal.reason is Reason.TAKEN_BACK else None
    people = people_told(plan.changes)
    regrade_id = create_regrade(
        db,
        guild_id=guild_id,
        revision_id=proposal.revision_id,
        ruling=ruling,
        reason=proposal.reason,
        takes_back=taken_back,
        decided_by=user_id,
        answers=sum(map(len, plan.answers.values())),
        changed=len(plan.changes),
        told=len(people),
        at=at,
    )
    if taken_back is not None:
        end_rulings(db, taken_back, regrade_id)
    for revision_id, _ in plan.revisions:
        if taken_back is None:
            add_ruling(db, guild_id, revision_id, regrade_id, ruling)
        raise_results(db, guild_id, revision_id)
    save_changes(db, regrade_id, plan.changes)
    mark_applied(db, proposal.proposal_id, regrade_id)
    decision = Decision(
        guild_id, regrade_id, ruling, plan.before, plan.after, user_id, at, taken_back is not None
    )
    tell_of(db, decision, people, plan.reports)
    return regrade_id
