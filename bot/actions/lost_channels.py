"""Channels and threads that are deleted: what ran in them ends with its results kept, and whoever led it is told."""

from datetime import datetime

from sqlite_utils import Database

from bot.actions.debate_course import end_debate
from bot.actions.ending import end_run
from bot.actions.opinions import end_opinion
from bot.debate.debate import CloseReason, Debate
from bot.debate.opinion import OpinionEnd
from bot.ids import BoardId, ChannelId, GuildId, RoundId, UserId
from bot.quiz.run import EndReason
from bot.store.assignments import assignments_announced_in
from bot.store.boards import (
    BoardKind,
    board_for,
    find_board,
    lost_boards,
    mark_all_lost,
    mark_lost,
    raise_board,
)
from bot.store.debates import open_debates
from bot.store.notices import NoticeKind, add_notice
from bot.store.opinions import open_opinions
from bot.store.runs import find_round, find_run, live_run_in_channel, votes_at
from bot.store.threads import ThreadKind, thread_gone, thread_subject

CHANNEL_DELETED = "channel deleted"
"""The problem of a message whose channel is gone."""


def channel_gone(db: Database, *, guild_id: GuildId, channel_id: ChannelId, at: datetime) -> None:
    """A channel or thread was deleted: what ran in it ends with its results kept, and its host is told."""
    if thread_gone(db, channel_id, at):
        _drop_link(db, channel_id)
    run_id = live_run_in_channel(db, channel_id)
    run = None if run_id is None else find_run(db, run_id)
    if run is not None and run.guild_id == guild_id:
        end_run(db, run, EndReason.CHANNEL_LOST, at)
        lost = NoticeKind.RUN_CHANNEL_LOST
        add_notice(db, run.guild_id, UserId(run.owner_id), lost, run.run_id, "", at)
    _lose_announcements(db, guild_id, channel_id, at)
    for debate in open_debates(db, guild_id):
        # With a channel go its threads, and Discord's library tells only of those that it remembers.
        if channel_id in (debate.thread_id, debate.channel_id):
            _close_lost_debate(db, debate, at)
    for opinion in open_opinions(db, guild_id):
        if opinion.channel_id == channel_id:
            end_opinion(db, opinion, OpinionEnd.CHANNEL_DELETED, at)
            lost = NoticeKind.OPINION_CHANNEL_LOST
            add_notice(db, guild_id, opinion.opened_by, lost, opinion.opinion_id, "", at)
    mark_all_lost(db, channel_id, CHANNEL_DELETED)


def board_channel_gone(db: Database, *, board_id: BoardId, at: datetime) -> None:
    """A board's channel turned out not to exist any more."""
    board = find_board(db, board_id)
    if board is not None:
        channel_gone(db, guild_id=board.guild_id, channel_id=board.channel_id, at=at)
        mark_lost(db, board_id, CHANNEL_DELETED)


def _lose_announcements(db: Database, guild_id: GuildId, channel_id: ChannelId, at: datetime) -> None:
    """Their instructors are told once, however often it shows that the channel is gone; the assignments go on."""
    lost = {board.board_id for board in lost_boards(db, channel_id, CHANNEL_DELETED)}
    for assignment in assignments_announced_in(db, guild_id, channel_id):
        board = board_for(db, BoardKind.ASSIGNMENT, assignment.assignment_id)
        if board is None or board.board_id in lost:
            continue
        mark_lost(db, board.board_id, CHANNEL_DELETED)
        kind = NoticeKind.ASSIGNMENT_CHANNEL_LOST
        add_notice(db, guild_id, assignment.set_by, kind, assignment.assignment_id, assignment.set_title, at)


def _close_lost_debate(db: Database, debate: Debate, at: datetime) -> None:
    end_debate(db, debate, CloseReason.THREAD_DELETED, None, at)
    thread_gone(db, debate.thread_id, at)
    mark_all_lost(db, debate.thread_id, CHANNEL_DELETED)
    add_notice(db, debate.guild_id, debate.opened_by, NoticeKind.DEBATE_THREAD_LOST, debate.debate_id, "", at)


def _drop_link(db: Database, thread_id: ChannelId) -> None:
    """A result whose discussion is gone is shown without the link to it."""
    subject = thread_subject(db, thread_id)
    asked = None
    if subject is not None and subject[0] is ThreadKind.DISCUSSION:
        asked = find_round(db, RoundId(subject[1]))
    for vote in [] if asked is None else votes_at(db, asked.run_id, asked.position):
        raise_board(db, BoardKind.ROUND, vote.round_id)
