"""The instructors' inbox: reports on questions and messages, and typed answers that missed by little. Never who wrote
these, or reported those.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlite_utils import Database

from bot.actions.message_reports import MessageEntry, message_entries
from bot.actions.news import LONGEST_QUESTION, ReportNews, settle_reports
from bot.bank.grade import Outcome
from bot.bank.kinds import Item
from bot.bank.question_set import SetInfo
from bot.bank.response import Response
from bot.bank.ruling import Rulings
from bot.errors import WrongState
from bot.ids import AnswerId, GuildId, ReportId, RevisionId, UserId
from bot.store.hidings import count_hidings
from bot.store.questions import revision_item, revision_set_info
from bot.store.regrades import Reason as Reason
from bot.store.regrades import count_regrades, marked_answers
from bot.store.reports import (
    NearMiss,
    Report,
    Verdict,
    leave_wrong,
    near_miss,
    near_misses,
    near_misses_on,
    open_report,
    open_reports,
    open_reports_on,
    staying_wrong,
    stays_wrong,
)
from bot.store.rulings import revisions_alike, rulings_of

ENTRIES_ON_PAGE = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry of the inbox is about: of a group, its newest report or near miss, by id."""

    reason: Reason
    subject_id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the inbox: so many people reported a question, or wrote this.

    ``words`` are those of the newest; ``item`` has the right answer that holds.
    """

    subject: Subject
    revision_id: RevisionId
    item: Item
    people: int
    newest_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox (from 0 of ``pages``), the newest first; ``decisions`` have been made so far.

    ``hidden`` says whether a text of a debate has ever been hidden.
    """

    entries: tuple[Entry | MessageEntry, ...]
    page: int
    pages: int
    total: int
    decisions: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry in full. ``said`` are the reports, or the near miss as it was written, the newest first.

    ``acceptable`` are answers that could be accepted, each with the id of a report or near miss that has it;
    ``outcomes`` are all answers of the server to this revision whose result is known.
    """

    subject: Subject
    revision_id: RevisionId
    item: Item
    rulings: Rulings
    info: SetInfo
    people: int
    said: tuple[tuple[str, Response | None], ...]
    acceptable: tuple[tuple[int, Response], ...]
    outcomes: tuple[tuple[Outcome, int], ...]


def inbox_page(db: Database, *, guild_id: GuildId, page: int = 0) -> InboxPage:
    """A page of the inbox; the nearest there is where it does not exist (any more)."""
    items: dict[RevisionId, Item] = {}
    entries: list[Entry | MessageEntry] = [
        *_report_entries(db, guild_id, items),
        *_near_miss_entries(db, guild_id, items),
        *message_entries(db, guild_id),
    ]
    entries.sort(key=lambda entry: entry.newest_at, reverse=True)
    pages = max(1, ceil(len(entries) / ENTRIES_ON_PAGE))
    page = max(0, min(page, pages - 1))
    here = entries[page * ENTRIES_ON_PAGE :][:ENTRIES_ON_PAGE]
    return InboxPage(
        tuple(here),
        page,
        pages,
        len(entries),
        count_regrades(db, guild_id),
        count_hidings(db, guild_id) > 0,
    )


def open_entry(db: Database, *, guild_id: GuildId, subject: Subject, at: datetime) -> Opened:
    """An entry in full. Raises ``WrongState`` if it has been decided."""
    revision_id, reports, missed = undecided(db, guild_id, subject)
    rulings = rulings_of(db, guild_id, revision_id)
    item = rulings.keyed(revision_item(db, revision_id))
    if reports:
        people = len(reports)
        said = tuple((report.text, report.response) for report in reports)
        acceptable = _acceptable(item, rulings, reports)
    else:
        people = len({each.learner_id for each in missed})
        said = tuple((item.describe(each.response), each.response) for each in missed[:1])
        acceptable = ((subject.subject_id, missed[0].response),)
    marks = [
        each.mark.outcome
        for each in marked_answers(db, guild_id, revision_id, at, dropped=rulings.dropped)
        if each.seen
    ]
    outcomes = tuple((outcome, marks.count(outcome)) for outcome in Outcome if outcome in marks)
    info = revision_set_info(db, revision_id)
    return Opened(subject, revision_id, item, rulings, info, people, said, acceptable, outcomes)


def undecided(
    db: Database, guild_id: GuildId, subject: Subject
) -> tuple[RevisionId, list[Report], list[NearMiss]]:
    """The group that a subject stands for: the reports on its question, or the near misses that say the same.

    Reports that came after the subject's are not among them. Raises ``WrongState`` if it has been decided.
    """
    if subject.reason is Reason.REPORT:
        report = open_report(db, guild_id, ReportId(subject.subject_id))
        if report is None:
            raise _decided()
        reports = open_reports_on(db, guild_id, report.revision_id)
        known = [each for each in reports if each.reported_at <= report.reported_at]
        return report.revision_id, known, []
    missed = near_miss(db, guild_id, AnswerId(subject.subject_id))
    if missed is None:
        raise _decided()
    item = _keyed(db, guild_id, missed.revision_id)
    said = item.normal(missed.response)
    if stays_wrong(db, guild_id, missed.revision_id, said):
        raise _decided()
    alike = [
        each
        for each in near_misses_on(db, guild_id, missed.revision_id)
        if item.normal(each.response) == said
    ]
    return missed.revision_id, [], alike


def dismiss(db: Database, *, guild_id: GuildId, user_id: UserId, subject: Subject, at: datetime) -> int:
    """Leave the question as it is, and tell those who reported it; gives how many are told.

    Raises ``WrongState`` if it has been decided.
    """
    revision_id, reports, missed = undecided(db, guild_id, subject)
    if missed:
        item = _keyed(db, guild_id, revision_id)
        said = item.normal(missed[0].response)
        leave_wrong(db, guild_id, revision_id, said, decided_by=user_id, at=at)
        return 0
    question = revision_item(db, revision_id).prompt[:LONGEST_QUESTION]
    settle_reports(
        db,
        guild_id,
        reports,
        ReportNews(question=question, verdict=Verdict.STAYS),
        decided_by=user_id,
        regrade_id=None,
        at=at,
    )
    return len(reports)


def reports_settled_by(db: Database, guild_id: GuildId, subject: Subject) -> list[Report]:
    """The reports that a decision on a report settles: on its revision, and on those that are judged alike."""
    if subject.reason is not Reason.REPORT:
        return []
    revision_id, reports, _ = undecided(db, guild_id, subject)
    newest = max(report.reported_at for report in reports)
    others = [
        report
        for alike, _ in revisions_alike(db, revision_id)
        if alike != revision_id
        for report in open_reports_on(db, guild_id, alike)
        if report.reported_at <= newest
    ]
    return [*reports, *others]


def _report_entries(db: Database, guild_id: GuildId, items: dict[RevisionId, Item]) -> list[Entry]:
    groups: dict[RevisionId, list[Report]] = {}
    for report in open_reports(db, guild_id):
        groups.setdefault(report.revision_id, []).append(report)
    return [
        Entry(
            Subject(Reason.REPORT, group[0].report_id),
            revision_id,
            _known(db, guild_id, revision_id, items),
            len(group),
            group[0].reported_at,
            group[0].text,
        )
        for revision_id, group in groups.items()
    ]


def _near_miss_entries(db: Database, guild_id: GuildId, items: dict[RevisionId, Item]) -> list[Entry]:
    left = staying_wrong(db, guild_id)
    groups: dict[tuple[RevisionId, str], list[NearMiss]] = {}
    for missed in near_misses(db, guild_id):
        said = _known(db, guild_id, missed.revision_id, items).normal(missed.response)
        groups.setdefault((missed.revision_id, said), []).append(missed)
    return [
        Entry(
            Subject(Reason.NEAR_MISS, group[0].answer_id),
            revision_id,
            items[revision_id],
            len({each.learner_id for each in group}),
            group[0].answered_at,
            items[revision_id].describe(group[0].response),
        )
        for (revision_id, said), group in groups.items()
        if (revision_id, said) not in left
    ]


def _acceptable(item: Item, rulings: Rulings, reports: Iterable[Report]) -> tuple[tuple[int, Response], ...]:
    found: dict[str, tuple[int, Response]] = {}
    for report in reports:
        given = report.response
        if given is not None and rulings.grade(item, given).outcome is not Outcome.RIGHT:
            found.setdefault(item.normal(given), (report.report_id, given))
    return tuple(found.values())


def _known(db: Database, guild_id: GuildId, revision_id: RevisionId, items: dict[RevisionId, Item]) -> Item:
    if revision_id not in items:
        items[revision_id] = _keyed(db, guild_id, revision_id)
    return items[revision_id]


def _keyed(db: Database, guild_id: GuildId, revision_id: RevisionId) -> Item:
    return rulings_of(db, guild_id, revision_id).keyed(revision_item(db, revision_id))


def _decided() -> WrongState:
    return WrongState("matter", "decided already, perhaps by another instructor")
