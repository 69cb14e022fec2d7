"""Question files that an instructor has uploaded and not confirmed yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.ids import GuildId, UploadId, UserId
from bot.store.moments import from_text, to_text
from bot.store.sql import change, first, insert

UPLOAD = """
    SELECT upload_id, guild_id, user_id, name, content, created_at, decision
    FROM upload WHERE upload_id = :upload_id
"""
DECIDE = """
    UPDATE upload SET decision = :decision, decided_at = :at, content = ''
    WHERE upload_id = :upload_id AND decision IS NULL
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file; ``decision`` is None until somebody confirms or cancels."""

    upload_id: UploadId
    guild_id: GuildId
    user_id: UserId
    name: str
    content: str
    created_at: datetime
    decision: str | None


def save_upload(
    db: Database, guild_id: GuildId, user_id: UserId, name: str, content: str, at: datetime
) -> UploadId:
    """Keep an uploaded file until it is confirmed."""
    return UploadId(
        insert(
            db,
            "upload",
            guild_id=guild_id,
            user_id=user_id,
            name=name,
            content=content,
            created_at=to_text(at),
        )
    )


def find_upload(db: Database, upload_id: UploadId) -> Upload | None:
    """The uploaded file, or None."""
    row = first(db, UPLOAD, upload_id=upload_id)
    if row is None:
        return None
    upload_id_, guild_id, user_id, name, content, created_at, decision = row
    return Upload(
        UploadId(upload_id_),
        GuildId(guild_id),
        UserId(user_id),
        name,
        content,
        from_text(created_at),
        decision,
    )


def decide_upload(db: Database, upload_id: UploadId, decision: str, at: datetime) -> bool:
    """Note the decision and drop the text; False if it was decided already."""
    return change(db, DECIDE, upload_id=upload_id, decision=decision, at=to_text(at)) == 1
