"""Reports on messages: where a message is and what the reporter says of it, never what the message says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import (
    ArgumentId,
    ChannelId,
    DebateId,
    GuildId,
    InteractionId,
    LearnerId,
    MessageId,
    MessageReportId,
    UserId,
)
from bot.store.moments import from_text, to_text
from bot.store.sql import Row, change, first, many


class MessageVerdict(StrEnum):
    """What became of a report on a message."""

    DEALT_WITH = "dealt_with"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True)
class ReportedMessage:
    """Where a message is, and whose: ``author_id`` is None for what the bot itself has written.

    An argument's author is whoever wrote it, not the bot that has posted it. ``debate_id`` is the debate in whose
    thread the message is.
    """

    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId
    author_id: UserId | None
    argument_id: ArgumentId | None = None
    debate_id: DebateId | None = None


@dataclass(frozen=True, slots=True)
class MessageReport:
    """What somebody says of a message (perhaps nothing); ``verdict`` is None while nobody has decided."""

    report_id: MessageReportId
    message: ReportedMessage
    user_id: UserId
    text: str
    reported_at: datetime
    verdict: MessageVerdict | None


REPORTS = """
    SELECT t.message_report_id, t.guild_id, t.channel_id, t.message_id, t.author_id, t.argument_id, t.debate_id,
           l.user_id, t.content, t.reported_at, t.verdict
    FROM message_report AS t
    JOIN learner AS l ON l.learner_id = t.learner_id
"""
OPEN = (
    REPORTS
    + """
    WHERE t.guild_id = :guild_id AND t.decided_at IS NULL
    ORDER BY t.reported_at DESC, t.interaction_id DESC
    LIMIT :most
"""
)
OPEN_ON = (
    REPORTS
    + """
    WHERE t.guild_id = :guild_id AND t.message_id = :message_id AND t.decided_at IS NULL
    ORDER BY t.reported_at DESC, t.interaction_id DESC
"""
)
OPEN_ONE = (
    REPORTS + " WHERE t.message_report_id = :report_id AND t.guild_id = :guild_id AND t.decided_at IS NULL"
)
BY_LEARNER = REPORTS + " WHERE t.learner_id = :learner_id AND t.message_id = :message_id"
SAVE = """
    INSERT INTO message_report (
        guild_id, channel_id, message_id, author_id, argument_id, debate_id, learner_id, content, interaction_id,
        reported_at
    )
    VALUES (
        :guild_id, :channel_id, :message_id, :author_id, :argument_id, :debate_id, :learner_id, :content,
        :interaction_id, :at
    )
    ON CONFLICT (learner_id, message_id) DO UPDATE SET
        content = excluded.content,
        interaction_id = excluded.interaction_id,
        reported_at = excluded.reported_at
    WHERE excluded.interaction_id > message_report.interaction_id AND message_report.decided_at IS NULL
"""
DECIDE = """
    UPDATE message_report SET decided_at = :at, decided_by = :decided_by, verdict = :verdict
    WHERE message_report_id = :report_id AND decided_at IS NULL
"""
OPEN_IN_DEBATE = """
    SELECT COUNT(DISTINCT message_id) FROM message_report
    WHERE debate_id = :debate_id AND decided_at IS NULL
"""
DEALT_WITH = """
    SELECT COUNT(DISTINCT message_id) FROM message_report
    WHERE debate_id = :debate_id AND author_id = :author_id AND verdict = 'dealt_with'
"""
GONE = """
    SELECT 1 FROM message WHERE message_id = :message_id AND deleted_at IS NOT NULL
"""
MOST_READ = 10_000
"""So many of the newest reports are looked at for the inbox."""


def save_message_report(
    db: Database,
    message: ReportedMessage,
    learner_id: LearnerId,
    text: str,
    interaction_id: InteractionId,
    at: datetime,
) -> bool:
    """Store a report, or put other words in place of the learner's earlier ones on the same message.

    False, and nothing changed, for a form that was delivered twice or late, or where it has been decided.
    """
    changed = change(
        db,
        SAVE,
        guild_id=message.guild_id,
        channel_id=message.channel_id,
        message_id=message.message_id,
        author_id=message.author_id,
        argument_id=message.argument_id,
        debate_id=message.debate_id,
        learner_id=learner_id,
        content=text,
        interaction_id=interaction_id,
        at=to_text(at),
    )
    return changed == 1


def message_report_by(db: Database, learner_id: LearnerId, message_id: MessageId) -> MessageReport | None:
    """What a learner has reported of a message, decided or not; or None."""
    row = first(db, BY_LEARNER, learner_id=learner_id, message_id=message_id)
    return None if row is None else _report(row)


def open_message_reports(db: Database, guild_id: GuildId) -> list[MessageReport]:
    """The server's reports on messages that nobody has decided, the newest first."""
    return [_report(row) for row in many(db, OPEN, guild_id=guild_id, most=MOST_READ)]


def open_message_report(db: Database, guild_id: GuildId, report_id: MessageReportId) -> MessageReport | None:
    """The server's report, if nobody has decided it."""
    row = first(db, OPEN_ONE, guild_id=guild_id, report_id=report_id)
    return None if row is None else _report(row)


def open_reports_on_message(db: Database, guild_id: GuildId, message_id: MessageId) -> list[MessageReport]:
    """The server's undecided reports on a message, the newest first."""
    return [_report(row) for row in many(db, OPEN_ON, guild_id=guild_id, message_id=message_id)]


def decide_message_report(
    db: Database, report_id: MessageReportId, verdict: MessageVerdict, decided_by: UserId, at: datetime
) -> None:
    """Note what became of a report."""
    change(db, DECIDE, report_id=report_id, verdict=verdict.value, decided_by=decided_by, at=to_text(at))


def messages_reported_in(db: Database, debate_id: DebateId) -> int:
    """How many messages of a debate wait for an instructor."""
    row = first(db, OPEN_IN_DEBATE, debate_id=debate_id)
    return 0 if row is None else int(row[0])


def messages_dealt_with(db: Database, debate_id: DebateId, author_id: UserId) -> int:
    """How many messages of somebody in a debate were reported and dealt with."""
    row = first(db, DEALT_WITH, debate_id=debate_id, author_id=author_id)
    return 0 if row is None else int(row[0])


def is_known_to_be_gone(db: Database, message_id: MessageId) -> bool:
    """Whether a message is known to have been deleted since; most are not followed."""
    return first(db, GONE, message_id=message_id) is not None


def _report(row: Row) -> MessageReport:
    (
        report_id, guild_id, channel_id, message_id, author_id, argument_id, debate_id, user_id, text,
        reported_at, verdict,
    ) = row  # fmt: skip
    return MessageReport(
        report_id=MessageReportId(report_id),
        message=ReportedMessage(
            guild_id=GuildId(guild_id),
            channel_id=ChannelId(channel_id),
            message_id=MessageId(message_id),
            author_id=None if author_id is None else UserId(author_id),
            argument_id=None if argument_id is None else ArgumentId(argument_id),
            debate_id=None if debate_id is None else DebateId(debate_id),
        ),
        user_id=UserId(user_id),
        text=text,
        reported_at=from_text(reported_at),
        verdict=None if verdict is None else MessageVerdict(verdict),
    )
