"""Reports on messages as instructors see them in their inbox, and what they decide. Reporters are never named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database

from bot.actions.debate_course import pause_debate, resume_debate
from bot.actions.hiding import Hideable, hide_written, hideable_in
from bot.debate.debate import Argument, Debate
from bot.errors import NotFound, WrongState
from bot.ids import GuildId, HidingId, MessageId, MessageReportId, UserId
from bot.store.arguments import find_argument
from bot.store.debates import find_debate
from bot.store.message_reports import (
    MessageReport,
    ReportedMessage,
    decide_message_report,
    is_known_to_be_gone,
    open_message_report,
    open_message_reports,
    open_reports_on_message,
)
from bot.store.message_reports import MessageVerdict as MessageVerdict
from bot.store.notices import NoticeKind, add_notice


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A line of the inbox: so many people reported a message. ``words`` are the newest that there are, or empty.

    ``argument`` is the one that the message shows.
    """

    report_id: MessageReportId
    message: ReportedMessage
    argument: Argument | None
    people: int
    newest_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """An entry in full: what was said of the message, the newest first. ``gone``: it is known to be deleted.

    ``written`` is what somebody wrote in a debate and the message shows, as long as it does.
    """

    entry: MessageEntry
    debate: Debate | None
    said: tuple[str, ...]
    gone: bool
    written: Hideable | None = None


@dataclass(frozen=True, slots=True)
class HiddenAndDecided:
    """What became of a report whose message was hidden: how many are told, and what can be shown again."""

    told: int
    hidings: tuple[HidingId, ...]


class MessageReportNews(BaseModel):
    """What became of somebody's report on a message, stored with the notice as JSON; ``link`` is the message's path."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link: str
    verdict: MessageVerdict


def message_entries(db: Database, guild_id: GuildId) -> list[MessageEntry]:
    """The messages that were reported in a server, an entry each, the newest report first."""
    groups: dict[MessageId, list[MessageReport]] = {}
    for report in open_message_reports(db, guild_id):
        groups.setdefault(report.message.message_id, []).append(report)
    return [_entry(db, group) for group in groups.values()]


def open_message_entry(db: Database, *, guild_id: GuildId, report_id: MessageReportId) -> OpenedMessage:
    """An entry in full. Raises ``WrongState`` if it has been decided."""
    reports = _undecided(db, guild_id, report_id)
    message = reports[0].message
    debate = None if message.debate_id is None else find_debate(db, message.debate_id)
    return OpenedMessage(
        _entry(db, reports),
        debate,
        tuple(report.text for report in reports if report.text),
        is_known_to_be_gone(db, message.message_id),
        hideable_in(db, guild_id, message.message_id),
    )


def decide_message(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    report_id: MessageReportId,
    verdict: MessageVerdict,
    at: datetime,
) -> int:
    """Decide the reports on a message, and tell those who made them; gives how many there are.

    The author is told nothing. Raises ``WrongState`` if it has been decided.
    """
    reports = _undecided(db, guild_id, report_id)
    message = reports[0].message
    link = f"{guild_id}/{message.channel_id}/{message.message_id}"
    news = MessageReportNews(link=link, verdict=verdict).model_dump_json()
    for report in reports:
        decide_message_report(db, report.report_id, verdict, user_id, at)
        add_notice(
            db, guild_id, report.user_id, NoticeKind.MESSAGE_REPORT_DECIDED, report.report_id, news, at
        )
    return len(reports)


def hide_reported(
    db: Database,
    *,
    guild_id: GuildId,
    user_id: UserId,
    report_id: MessageReportId,
    subject_id: int,
    at: datetime,
) -> HiddenAndDecided:
    """Hide what a reported message shows, ``subject_id`` as the instructor saw it, and decide that it is dealt with.

    Raises ``WrongState`` if it was decided, or shows something else by now: nobody hides what they have not read.
    """
    reports = _undecided(db, guild_id, report_id)
    written = hideable_in(db, guild_id, reports[0].message.message_id)
    if written is None or written.subject_id != subject_id:
        raise WrongState("message", "changed since, or hidden already", "Look at it again.")
    hidings = hide_written(
        db,
        guild_id=guild_id,
        written=written,
        since=min(report.reported_at for report in reports),
        hidden_by=user_id,
        at=at,
    )
    verdict = MessageVerdict.DEALT_WITH
    told = decide_message(db, guild_id=guild_id, user_id=user_id, report_id=report_id, verdict=verdict, at=at)
    return HiddenAndDecided(told, hidings)


def pause_reported(
    db: Database, *, guild_id: GuildId, report_id: MessageReportId, paused: bool, at: datetime
) -> OpenedMessage:
    """Pause the debate in which a message was reported, or let it go on.

    Raises ``WrongState`` if the report was decided or the debate is closed, ``NotFound`` outside a debate.
    """
    message = _undecided(db, guild_id, report_id)[0].message
    if message.debate_id is None:
        raise NotFound("debate")
    (pause_debate if paused else resume_debate)(db, guild_id=guild_id, debate_id=message.debate_id, at=at)
    return open_message_entry(db, guild_id=guild_id, report_id=report_id)


def _undecided(db: Database, guild_id: GuildId, report_id: MessageReportId) -> list[MessageReport]:
    """The reports on the same message, without those that came after this one: these were not seen."""
    report = open_message_report(db, guild_id, report_id)
    if report is None:
        raise WrongState("matter", "decided already, perhaps by another instructor")
    everybody = open_reports_on_message(db, guild_id, report.message.message_id)
    return [each for each in everybody if each.reported_at <= report.reported_at]


def _entry(db: Database, reports: Sequence[MessageReport]) -> MessageEntry:
    newest = reports[0]
    argument_id = newest.message.argument_id
    return MessageEntry(
        newest.report_id,
        newest.message,
        None if argument_id is None else find_argument(db, argument_id),
        len(reports),
        newest.reported_at,
        next((report.text for report in reports if report.text), ""),
    )
