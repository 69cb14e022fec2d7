"""Debates and the stages that they go through: reading them, and writing the step that a rule has decided."""

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.bank.kinds.claim import Claim
from bot.debate.debate import CloseReason, Debate, DebateState, StageRecord
from bot.debate.formats import Format, Planned, Stage, Timetable
from bot.debate.options import DebateOptions, debate_options_from_text, debate_options_to_text
from bot.debate.timetable import Course
from bot.ids import ChannelId, DebateId, GuildId, RevisionId, StageId, UserId
from bot.store.moments import from_text, from_text_or_none, to_text, to_text_or_none
from bot.store.questions import parse_item
from bot.store.sql import Row, change, first, insert, many

DEBATES = """
    SELECT d.debate_id, d.guild_id, d.revision_id, v.content, d.motion, d.channel_id, d.thread_id, d.opened_by,
           d.state, d.format, d.timetable, d.options, d.position, d.due_at, d.remaining, d.seed, d.opened_at,
           d.closed_at, d.close_reason
    FROM debate AS d
    LEFT JOIN revision AS v ON v.revision_id = d.revision_id
"""
DEBATE = DEBATES + " WHERE d.debate_id = :debate_id"
DEBATE_IN_THREAD = DEBATES + " WHERE d.thread_id = :thread_id"
OPEN_DEBATES = DEBATES + " WHERE d.guild_id = :guild_id AND d.state <> 'closed' ORDER BY d.debate_id DESC"
NEWEST_DEBATES = DEBATES + " WHERE d.guild_id = :guild_id ORDER BY d.debate_id DESC LIMIT :most"
CLOSE = """
    UPDATE debate SET state = 'closed', closed_at = :at, close_reason = :reason, due_at = NULL, remaining = NULL
    WHERE debate_id = :debate_id AND state <> 'closed'
"""
SET_COURSE = """
    UPDATE debate SET state = :state, position = :position, due_at = :due_at, remaining = :remaining
    WHERE debate_id = :debate_id AND state <> 'closed'
"""
END_STAGE = """
    UPDATE debate_stage SET ended_at = :at, ended_by = :ended_by
    WHERE debate_id = :debate_id AND ended_at IS NULL
"""
STAGES = """
    SELECT stage_id, debate_id, position, stage, begun_at, ended_at, ended_by
    FROM debate_stage
"""
STAGE = STAGES + " WHERE stage_id = :stage_id"
STAGES_OF = STAGES + " WHERE debate_id = :debate_id ORDER BY position"
STAGE_NOW = STAGES + " WHERE debate_id = :debate_id AND ended_at IS NULL"
DUE = """
    SELECT debate_id FROM debate WHERE due_at <= :at ORDER BY due_at LIMIT 100
"""
NEXT_DUE = """
    SELECT MIN(due_at) FROM debate WHERE due_at IS NOT NULL
"""


def create_debate(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId | None,
    motion: str | None,
    channel_id: ChannelId,
    thread_id: ChannelId,
    opened_by: UserId,
    format: Format,
    course: Course,
    options: DebateOptions,
    seed: int,
    at: datetime,
) -> DebateId:
    """Store a debate that has just been opened in a thread: on a claim's revision, or on a typed motion."""
    return DebateId(
        insert(
            db,
            "debate",
            guild_id=guild_id,
            revision_id=revision_id,
            motion=motion,
            channel_id=channel_id,
            thread_id=thread_id,
            opened_by=opened_by,
            state=DebateState.OPEN.value,
            format=format.value,
            timetable=_timetable_to_text(course.timetable),
            options=debate_options_to_text(options),
            position=course.position,
            due_at=to_text_or_none(course.due_at),
            seed=seed,
            opened_at=to_text(at),
        )
    )


def find_debate(db: Database, debate_id: DebateId) -> Debate | None:
    """The debate, or None."""
    row = first(db, DEBATE, debate_id=debate_id)
    return None if row is None else _debate(row)


def debate_in_thread(db: Database, thread_id: ChannelId) -> Debate | None:
    """The debate that is held in this thread, or None."""
    row = first(db, DEBATE_IN_THREAD, thread_id=thread_id)
    return None if row is None else _debate(row)


def open_debates(db: Database, guild_id: GuildId) -> list[Debate]:
    """The server's debates that are not closed, the newest first."""
    return [_debate(row) for row in many(db, OPEN_DEBATES, guild_id=guild_id)]


def newest_debates(db: Database, guild_id: GuildId, most: int) -> list[Debate]:
    """The server's debates, closed ones too, the newest first."""
    return [_debate(row) for row in many(db, NEWEST_DEBATES, guild_id=guild_id, most=most)]


def set_course(db: Database, debate_id: DebateId, course: Course) -> None:
    """Write where a debate stands; nothing happens to one that is closed."""
    change(
        db,
        SET_COURSE,
        debate_id=debate_id,
        state=(DebateState.PAUSED if course.paused else DebateState.OPEN).value,
        position=course.position,
        due_at=to_text_or_none(course.due_at),
        remaining=None if course.remaining is None else course.remaining.total_seconds(),
    )


def close_debate_row(db: Database, debate_id: DebateId, reason: CloseReason, at: datetime) -> bool:
    """Close a debate; False if it was closed already."""
    return change(db, CLOSE, debate_id=debate_id, reason=reason.value, at=to_text(at)) == 1


def begin_stage(db: Database, debate_id: DebateId, course: Course, at: datetime) -> StageId:
    """Note that a debate is at the stage of its course from now on."""
    return StageId(
        insert(
            db,
            "debate_stage",
            debate_id=debate_id,
            position=course.position,
            stage=course.stage.value,
            begun_at=to_text(at),
        )
    )


def end_stage(db: Database, debate_id: DebateId, ended_by: UserId | None, at: datetime) -> None:
    """Note that the present stage has ended, and who ended it; None: the clock."""
    change(db, END_STAGE, debate_id=debate_id, ended_by=ended_by, at=to_text(at))


def find_stage(db: Database, stage_id: StageId) -> StageRecord | None:
    """A stage of a debate, or None."""
    row = first(db, STAGE, stage_id=stage_id)
    return None if row is None else _stage(row)


def stage_now(db: Database, debate_id: DebateId) -> StageRecord | None:
    """The stage that a debate is at; None for one that is closed, or was opened before there were stages."""
    row = first(db, STAGE_NOW, debate_id=debate_id)
    return None if row is None else _stage(row)


def stages_of(db: Database, debate_id: DebateId) -> list[StageRecord]:
    """The stages that a debate has been at, in order."""
    return [_stage(row) for row in many(db, STAGES_OF, debate_id=debate_id)]


def due_debates(db: Database, at: datetime) -> list[int]:
    """The debates whose stage has ended by the clock, the longest waiting first; at most 100."""
    return [row[0] for row in many(db, DUE, at=to_text(at))]


def next_debate_due(db: Database) -> datetime | None:
    """The earliest moment at which the stage of a debate ends."""
    row = first(db, NEXT_DUE)
    return None if row is None else from_text_or_none(row[0])


def _timetable_to_text(timetable: Timetable) -> str:
    return json.dumps(
        [
            [each.stage.value, None if each.length is None else int(each.length.total_seconds())]
            for each in timetable
        ],
        separators=(",", ":"),
    )


def _timetable(stored: str) -> Timetable:
    return tuple(
        Planned(Stage(stage), None if seconds is None else timedelta(seconds=seconds))
        for stage, seconds in json.loads(stored)
    )


def _debate(row: Row) -> Debate:
    (
        debate_id, guild_id, revision_id, content, motion, channel_id, thread_id, opened_by, state, format,
        timetable, options, position, due_at, remaining, seed, opened_at, closed_at, close_reason,
    ) = row  # fmt: skip
    claim = None if content is None else parse_item(content)
    if claim is not None and not isinstance(claim, Claim):
        raise TypeError(f"debate {debate_id} points to a {claim.kind} item")
    return Debate(
        debate_id=DebateId(debate_id),
        guild_id=GuildId(guild_id),
        revision_id=None if revision_id is None else RevisionId(revision_id),
        claim=claim,
        motion=motion if claim is None else claim.motion,
        channel_id=ChannelId(channel_id),
        thread_id=ChannelId(thread_id),
        opened_by=UserId(opened_by),
        state=DebateState(state),
        format=Format(format),
        course=Course(
            timetable=_timetable(timetable),
            position=position,
            due_at=from_text_or_none(due_at),
            paused=state == DebateState.PAUSED.value,
            remaining=None if remaining is None else timedelta(seconds=remaining),
        ),
        options=debate_options_from_text(options),
        seed=seed,
        opened_at=from_text(opened_at),
        closed_at=from_text_or_none(closed_at),
        close_reason=None if close_reason is None else CloseReason(close_reason),
    )


def _stage(row: Row) -> StageRecord:
    stage_id, debate_id, position, stage, begun_at, ended_at, ended_by = row
    return StageRecord(
        stage_id=StageId(stage_id),
        debate_id=DebateId(debate_id),
        position=position,
        stage=Stage(stage),
        begun_at=from_text(begun_at),
        ended_at=from_text_or_none(ended_at),
        ended_by=None if ended_by is None else UserId(ended_by),
    )
