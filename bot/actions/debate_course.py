"""A debate goes through its stages: an instructor or the clock moves it on, and it ends. Each call changes nothing
unless the debate still is where the caller saw it.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.actions.caucuses import keep_caucuses
from bot.actions.dealing import deal_evidence
from bot.actions.debate_figures import keep_figures
from bot.actions.debate_planning import refuse_stale_claim
from bot.actions.debate_sides import draw_sides
from bot.actions.debate_threads import keep_thread
from bot.actions.debates import debatable, debate_of
from bot.actions.nudging import aim_nudges, no_more_nudges_in, nudge_on_going_on
from bot.actions.showing_arguments import show_doors, show_hidden
from bot.debate.debate import CloseReason, Debate, DebateState
from bot.debate.formats import Format, Stage, Timetable
from bot.debate.options import NO_DEBATE_OPTIONS, DebateOptions
from bot.debate.timetable import (
    LONGEST_EXTENSION,
    SHORTEST_LENGTH,
    Course,
    begin,
    extend,
    go_on,
    pause,
    resume,
)
from bot.errors import Invalid, WrongState
from bot.ids import ChannelId, DebateId, GuildId, MessageId, PlanId, RevisionId, UserId
from bot.store.boards import (
    BoardKind,
    ask_again,
    board_for,
    create_board,
    mark_shown,
    post_anew,
    raise_board,
    revive_boards,
)
from bot.store.debate_plans import find_plan, plan_opened
from bot.store.debates import (
    begin_stage,
    close_debate_row,
    create_debate,
    end_stage,
    find_debate,
    set_course,
    stage_now,
    stages_of,
)
from bot.store.threads import ThreadKind, track_thread

TYPING_TAKES = timedelta(seconds=5)
"""Whoever sends a command so soon after a new stage has begun meant the one before it."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """A debate after somebody wanted it to go on; ``moved`` says whether they were the one to move it."""

    debate: Debate
    moved: bool


def open_debate(
    db: Database,
    *,
    guild_id: GuildId,
    revision_id: RevisionId | None,
    motion: str | None = None,
    channel_id: ChannelId,
    thread_id: ChannelId,
    opened_by: UserId,
    format: Format,
    timetable: Timetable,
    options: DebateOptions = NO_DEBATE_OPTIONS,
    plan_id: PlanId | None = None,
    claimed_at: datetime | None = None,
    first_message: MessageId | None = None,
    rng: random.Random,
    at: datetime,
) -> DebateId:
    """Open a debate in a thread that has been made for it, on a claim or on a motion in words. Raises ``NotFound``.

    In a forum, the post's ``first_message`` becomes that of the motion. With the plan that it comes from, and the
    moment at which that was claimed: raises ``WrongState`` where another press has opened or claimed it since.
    """
    plan = None if plan_id is None else find_plan(db, plan_id)
    if plan is not None:
        refuse_stale_claim(plan, claimed_at)
    if revision_id is not None:
        debatable(db, guild_id=guild_id, revision_id=revision_id)
    course = begin(timetable, at)
    debate_id = create_debate(
        db,
        guild_id=guild_id,
        revision_id=revision_id,
        motion=None if revision_id is not None else motion,
        channel_id=channel_id,
        thread_id=thread_id,
        opened_by=opened_by,
        format=format,
        course=course,
        options=options,
        seed=rng.getrandbits(48),
        at=at,
    )
    if revision_id is not None:
        deal_evidence(db, debate_id)
        create_board(db, BoardKind.CASES, debate_id, guild_id, thread_id, at)
    board_id = create_board(db, BoardKind.MOTION, debate_id, guild_id, thread_id, at)
    if first_message is not None:
        mark_shown(db, board_id, 0, first_message)  # it is there, and does not show the motion yet
    track_thread(db, thread_id, guild_id, ThreadKind.DEBATE, debate_id, at)
    begin_stage(db, debate_id, course, at)
    debate = debate_of(db, guild_id, debate_id)
    keep_thread(db, debate)
    aim_nudges(db, debate)
    if plan_id is not None:
        plan_opened(db, plan_id, debate_id)
    return debate_id


def advance_debate(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    position: int | None = None,
    user_id: UserId,
    at: datetime,
) -> Advanced:
    """Go on to the next stage, or close the debate after the last one.

    ``position`` is where the instructor saw it: a second press, or another instructor's, changes nothing. Without it
    (a command says nothing of what its writer has seen) nothing changes where somebody else, or the clock, has
    just gone on. Raises ``NotFound``, or ``WrongState`` for a debate that is closed.
    """
    debate = _running(db, guild_id, debate_id)
    goes_on = (
        not _just_moved(db, debate, user_id, at) if position is None else debate.course.position == position
    )
    if goes_on:
        _move_on(db, debate, user_id, at)
    return Advanced(debate_of(db, guild_id, debate_id), moved=goes_on)


def extend_debate(
    db: Database,
    *,
    guild_id: GuildId,
    debate_id: DebateId,
    position: int,
    more: timedelta,
    shown: int | None = None,
    at: datetime,
) -> Debate:
    """Give the stage at ``position`` so much more time; nothing happens if the debate has gone on since.

    Nor if its end was moved since: ``shown`` is what ``Course.end_mark`` was when the person saw it, if they did.

    Raises ``Invalid``, ``NotFound`` or ``WrongState``.
    """
    if not SHORTEST_LENGTH <= more <= LONGEST_EXTENSION:
        raise Invalid("time", "it is too short or too long", "Choose 1 minute to 7 days.")
    debate = _running(db, guild_id, debate_id)
    if debate.course.position == position and shown in (None, debate.course.end_mark):
        _set(db, debate, extend(debate.course, more, at), longer=more)
    return debate_of(db, guild_id, debate_id)


def pause_debate(db: Database, *, guild_id: GuildId, debate_id: DebateId, at: datetime) -> Debate:
    """Stop the clock; nothing can be added meanwhile. Paused twice, it stays so. Raises as ``advance_debate``."""
    debate = _running(db, guild_id, debate_id)
    if debate.state is DebateState.OPEN:
        _set(db, debate, pause(debate.course, at))
        _say_that_it_rests(db, debate, at)
    return debate_of(db, guild_id, debate_id)


def resume_debate(db: Database, *, guild_id: GuildId, debate_id: DebateId, at: datetime) -> Debate:
    """Let the clock of a paused debate go on. One that is not paused stays as it is. Raises as ``advance_debate``."""
    debate = _running(db, guild_id, debate_id)
    if debate.state is DebateState.PAUSED:
        _set(db, debate, resume(debate.course, at))
    return debate_of(db, guild_id, debate_id)


def close_debate(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Debate:
    """Close a debate and post its outcome. Raises ``NotFound`` or, the second time, ``WrongState``."""
    debate = _running(db, guild_id, debate_id)
    end_debate(db, debate, CloseReason.CLOSED_BY_HOST, user_id, at)
    return debate_of(db, guild_id, debate_id)


def cancel_debate(
    db: Database, *, guild_id: GuildId, debate_id: DebateId, user_id: UserId, at: datetime
) -> Debate:
    """End a debate without an outcome; what people wrote stays in its thread. Raises as ``close_debate``."""
    debate = _running(db, guild_id, debate_id)
    end_debate(db, debate, CloseReason.CANCELLED, user_id, at)
    return debate_of(db, guild_id, debate_id)


def tick_debate(db: Database, *, debate_id: DebateId, at: datetime) -> None:
    """Move on a debate whose stage is over by the clock. Does nothing when it is not due (any more)."""
    debate = find_debate(db, debate_id)
    if debate is None or debate.state is not DebateState.OPEN:
        return
    if debate.course.due_at is not None and debate.course.due_at <= at:
        _move_on(db, debate, None, at)


def end_debate(
    db: Database, debate: Debate, reason: CloseReason, ended_by: UserId | None, at: datetime
) -> None:
    """Close a debate for a reason; its outcome, or that there is none, is posted while there is a thread for it."""
    if not close_debate_row(db, debate.debate_id, reason, at):
        return
    thread_is_there = reason is not CloseReason.THREAD_DELETED
    _leave_stage(db, debate, ended_by, at, dropped=not (reason.has_outcome and thread_is_there))
    no_more_nudges_in(db, debate, at, unsent_too=True)
    if reason.has_outcome:
        keep_figures(db, debate, at)
    if thread_is_there:
        create_board(db, BoardKind.OUTCOME, debate.debate_id, debate.guild_id, debate.thread_id, at)
    raise_board(db, BoardKind.MOTION, debate.debate_id)
    raise_board(db, BoardKind.STATEMENT, debate.debate_id)
    ended = debate_of(db, debate.guild_id, debate.debate_id)
    if thread_is_there:
        show_doors(db, debate, ended)
        keep_thread(db, ended)
    keep_caucuses(db, ended)


def _just_moved(db: Database, debate: Debate, user_id: UserId, at: datetime) -> bool:
    """Whether the stage before this one ended a moment ago, and not by this person."""
    over = [each for each in stages_of(db, debate.debate_id) if each.ended_at is not None]
    last = max(over, key=lambda each: each.position, default=None)
    if last is None or last.ended_at is None:
        return False
    return last.ended_by != user_id and at - last.ended_at < TYPING_TAKES


def _running(db: Database, guild_id: GuildId, debate_id: DebateId) -> Debate:
    debate = debate_of(db, guild_id, debate_id)
    if debate.state is DebateState.CLOSED:
        raise WrongState("debate", "closed")
    return debate


def _move_on(db: Database, debate: Debate, ended_by: UserId | None, at: datetime) -> None:
    following = go_on(debate.course, at)
    if following is None:
        end_debate(db, debate, CloseReason.FINISHED, ended_by, at)
        return
    left = stage_now(db, debate.debate_id)
    _leave_stage(db, debate, ended_by, at)
    if debate.stage is Stage.JOINING:
        draw_sides(db, debate)
        keep_caucuses(db, debate)
    set_course(db, debate.debate_id, following)
    moved = debate_of(db, debate.guild_id, debate.debate_id)
    show_doors(db, debate, moved)
    keep_thread(db, moved)
    nudge_on_going_on(db, debate, left, moved, at)
    stage_id = begin_stage(db, debate.debate_id, following, at)
    aim_nudges(db, moved)
    create_board(db, BoardKind.STAGE, stage_id, debate.guild_id, debate.thread_id, at)
    raise_board(db, BoardKind.MOTION, debate.debate_id)


def _leave_stage(
    db: Database, debate: Debate, ended_by: UserId | None, at: datetime, *, dropped: bool = False
) -> None:
    """What a stage leaves behind: hidden openings in the open, unless it was ``dropped``; its own message as past."""
    left = stage_now(db, debate.debate_id)
    if not dropped:
        show_hidden(db, debate, at)
    end_stage(db, debate.debate_id, ended_by, at)
    no_more_nudges_in(db, debate, at)
    if left is not None:
        raise_board(db, BoardKind.STAGE, left.stage_id)
        raise_board(db, BoardKind.REST, left.stage_id)


def _set(db: Database, debate: Debate, course: Course, *, longer: timedelta = timedelta(0)) -> None:
    set_course(db, debate.debate_id, course)
    changed = debate_of(db, debate.guild_id, debate.debate_id)
    keep_thread(db, changed)
    aim_nudges(db, changed, longer=longer)
    raise_board(db, BoardKind.MOTION, debate.debate_id)
    stage = stage_now(db, debate.debate_id)
    if stage is not None:
        raise_board(db, BoardKind.STAGE, stage.stage_id)
        raise_board(db, BoardKind.REST, stage.stage_id)


def _say_that_it_rests(db: Database, debate: Debate, at: datetime) -> None:
    """A message at the end of the thread, where people are: what changes further up, nobody sees."""
    stage = stage_now(db, debate.debate_id)
    if stage is None:
        return
    earlier = board_for(db, BoardKind.REST, stage.stage_id)
    if earlier is None:
        create_board(db, BoardKind.REST, stage.stage_id, debate.guild_id, debate.thread_id, at)
    else:
        ask_again(db, earlier.board_id)


def post_outcome_again(db: Database, *, guild_id: GuildId, debate_id: DebateId) -> Debate:
    """Post the outcome, and all else of the debate that could not be posted, once more. One that stands stays.

    Raises ``NotFound``, or ``WrongState`` for a debate that is not closed or has no thread any more.
    """
    debate = debate_of(db, guild_id, debate_id)
    if debate.state is not DebateState.CLOSED:
        raise WrongState("debate", "not closed yet")
    if debate.close_reason is CloseReason.THREAD_DELETED:
        raise WrongState("thread", "deleted", "**Show the outcome** shows it to you alone.")
    post_anew(db, BoardKind.OUTCOME, debate_id)
    revive_boards(db, debate.thread_id)
    return debate
