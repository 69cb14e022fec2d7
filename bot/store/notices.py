"""Private notices to a host or a learner, sent as direct messages by the publisher."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.ids import GuildId, UserId
from bot.store.moments import to_text
from bot.store.sql import change, insert, many


class NoticeKind(StrEnum):
    """What a person is told; ``subject_id`` is a run or a debate, and of the last two a regrade or a report."""

    RUN_CANNOT_POST = "run_cannot_post"
    RUN_NOT_SHOWN = "run_not_shown"
    RUN_CHANNEL_LOST = "run_channel_lost"
    DEBATE_CANNOT_POST = "debate_cannot_post"
    DEBATE_THREAD_LOST = "debate_thread_lost"
    RESULT_CHANGED = "result_changed"
    REPORT_DECIDED = "report_decided"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that has not been sent yet; ``detail`` names the channel or the missing permission,
    or is the news in JSON."""

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
    ORDER BY notice_id
    LIMIT 20
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
    """Notices that are to be sent, the oldest first; at most 20."""
    return [
        Notice(notice_id, GuildId(guild_id), UserId(user_id), NoticeKind(kind), subject_id, detail or "")
        for notice_id, guild_id, user_id, kind, subject_id, detail in many(db, WAITING)
    ]


def notice_done(db: Database, notice_id: int, *, sent: bool, at: datetime) -> None:
    """Note that a notice was sent, or that the person takes no direct messages."""
    change(db, SENT if sent else FAILED, notice_id=notice_id, at=to_text(at))
