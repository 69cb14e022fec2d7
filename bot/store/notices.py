"""Private notices to a person, sent as direct messages by the publisher."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import GuildId, UserId
from bot.store.moments import to_text
from bot.store.sql import Row, change, first, insert, many


class NoticeKind(StrEnum):
    """What somebody is told; ``subject_id`` is a run, an assignment, a debate, a class opinion, a regrade, a report, a
    nudge, a grade, what has been hidden, a wording of a joint statement, or the learner that a reminder to review is
    for.
    """

    RUN_CANNOT_POST = "run_cannot_post"
    RUN_NOT_SHOWN = "run_not_shown"
    RUN_CHANNEL_LOST = "run_channel_lost"
    ASSIGNMENT_DUE = "assignment_due"
    ASSIGNMENT_CANNOT_POST = "assignment_cannot_post"
    ASSIGNMENT_CHANNEL_LOST = "assignment_channel_lost"
    DEBATE_CANNOT_POST = "debate_cannot_post"
    DEBATE_THREAD_NOT_KEPT = "debate_thread_not_kept"
    DEBATE_WITHOUT_CAUCUS = "debate_without_caucus"
    DEBATE_THREAD_LOST = "debate_thread_lost"
    OPINION_CANNOT_POST = "opinion_cannot_post"
    OPINION_CHANNEL_LOST = "opinion_channel_lost"
    REVIEW_DUE = "review_due"
    RESULT_CHANGED = "result_changed"
    REPORT_DECIDED = "report_decided"
    MESSAGE_REPORT_DECIDED = "message_report_decided"
    DEBATE_NUDGE = "debate_nudge"
    GRADE_RELEASED = "grade_released"
    TEXT_HIDDEN = "text_hidden"
    STATEMENT_CHANGED = "statement_changed"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that has not been sent yet; ``detail`` names the channel or the missing permission, is the number of
    questions that are due, or is the news in JSON."""

    notice_id: int
    guild_id: GuildId
    user_id: UserId
    kind: NoticeKind
    subject_id: int
    detail: str


WAITING = """
    SELECT notice_id, guild_id, user_id, kind, subject_id, detail
    FROM notice
    WHERE sent_at IS NULL AND failed_at IS NULL
    ORDER BY kind IN ('review_due', 'assignment_due', 'debate_nudge'), notice_id
    LIMIT 20
"""
ANY_WAITING = """
    SELECT 1 FROM notice WHERE sent_at IS NULL AND failed_at IS NULL
"""
FIND = """
    SELECT notice_id, guild_id, user_id, kind, subject_id, detail FROM notice WHERE notice_id = :notice_id
"""
IS_WAITING = """
    SELECT 1 FROM notice
    WHERE sent_at IS NULL AND failed_at IS NULL AND kind = :kind AND subject_id = :subject_id
"""
DROP = """
    UPDATE notice SET failed_at = :at
    WHERE sent_at IS NULL AND failed_at IS NULL AND kind = :kind AND subject_id = :subject_id
"""
SENT = """
    UPDATE notice SET sent_at = :at WHERE notice_id = :notice_id
"""
FAILED = """
    UPDATE notice SET failed_at = :at WHERE notice_id = :notice_id
"""


def add_notice(
    db: Database,
    guild_id: GuildId,
    user_id: UserId,
    kind: NoticeKind,
    subject_id: int,
    detail: str,
    at: datetime,
) -> None:
    """Ask for a private notice."""
    insert(
        db,
        "notice",
        guild_id=guild_id,
        user_id=user_id,
        kind=kind.value,
        subject_id=subject_id,
        detail=detail,
        created_at=to_text(at),
    )


def waiting_notices(db: Database) -> list[Notice]:
    """Notices that are to be sent, at most 20: the oldest first, and reminders after what went wrong."""
    return [_notice(row) for row in many(db, WAITING)]


def any_notice_waits(db: Database) -> bool:
    """Whether there are ``waiting_notices``; as quick with thousands of reminders as with one."""
    return first(db, ANY_WAITING) is not None


def find_notice(db: Database, notice_id: int) -> Notice | None:
    """The notice, or None."""
    row = first(db, FIND, notice_id=notice_id)
    return None if row is None else _notice(row)


def is_waiting(db: Database, kind: NoticeKind, subject_id: int) -> bool:
    """Whether such a notice has not been sent yet."""
    return first(db, IS_WAITING, kind=kind.value, subject_id=subject_id) is not None


def drop_notices(db: Database, kind: NoticeKind, subject_id: int, at: datetime) -> None:
    """Send nothing more of this kind that has not been sent yet."""
    change(db, DROP, kind=kind.value, subject_id=subject_id, at=to_text(at))


def notice_done(db: Database, notice_id: int, *, sent: bool, at: datetime) -> None:
    """Note that a notice was sent, or that the person takes no direct messages."""
    change(db, SENT if sent else FAILED, notice_id=notice_id, at=to_text(at))


def _notice(row: Row) -> Notice:
    notice_id, guild_id, user_id, kind, subject_id, detail = row
    return Notice(notice_id, GuildId(guild_id), UserId(user_id), NoticeKind(kind), subject_id, detail or "")
