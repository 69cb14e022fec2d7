"""Question sets that an instructor has uploaded and not confirmed yet, as they were read."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.bank.kinds import item_from_json, item_to_json
from bot.bank.question_set import QuestionSet, SetInfo
from bot.ids import GuildId, UploadId, UserId
from bot.store.moments import from_text, to_text
from bot.store.sql import change, first, insert

KEPT_FOR = timedelta(days=7)

UPLOAD = """
    SELECT upload_id, guild_id, user_id, name, content, created_at, decision
    FROM upload WHERE upload_id = :upload_id
"""
FORGET = """
    DELETE FROM upload WHERE decision IS NULL AND created_at < :before
"""
DECIDE = """
    UPDATE upload SET decision = :decision, decided_at = :at, content = ''
    WHERE upload_id = :upload_id AND decision IS NULL
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded set; ``decision`` is None until somebody confirms or cancels, ``questions`` from then on."""

    upload_id: UploadId
    guild_id: GuildId
    user_id: UserId
    name: str
    questions: QuestionSet | None
    created_at: datetime
    decision: str | None


def save_upload(
    db: Database, guild_id: GuildId, user_id: UserId, name: str, questions: QuestionSet, at: datetime
) -> UploadId:
    """Keep an uploaded set until it is confirmed; what nobody confirmed within ``KEPT_FOR`` is dropped."""
    change(db, FORGET, before=to_text(at - KEPT_FOR))
    return UploadId(
        insert(
            db,
            "upload",
            guild_id=guild_id,
            user_id=user_id,
            name=name,
            content=_to_json(questions),
            created_at=to_text(at),
        )
    )


def find_upload(db: Database, upload_id: UploadId) -> Upload | None:
    """The uploaded set, or None."""
    row = first(db, UPLOAD, upload_id=upload_id)
    if row is None:
        return None
    upload_id_, guild_id, user_id, name, content, created_at, decision = row
    return Upload(
        UploadId(upload_id_),
        GuildId(guild_id),
        UserId(user_id),
        name,
        _from_json(content) if content else None,
        from_text(created_at),
        decision,
    )


def decide_upload(db: Database, upload_id: UploadId, decision: str, at: datetime) -> bool:
    """Note the decision and drop the questions; False if it was decided already."""
    return change(db, DECIDE, upload_id=upload_id, decision=decision, at=to_text(at)) == 1


def _to_json(questions: QuestionSet) -> str:
    items = [item_to_json(item) for item in questions.items]
    return json.dumps({"info": questions.info.model_dump_json(exclude_none=True), "items": items})


def _from_json(content: str) -> QuestionSet:
    kept = json.loads(content)
    return QuestionSet(
        SetInfo.model_validate_json(kept["info"]), tuple(item_from_json(item) for item in kept["items"])
    )
