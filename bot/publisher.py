"""Shows on Discord what the database says: posts and edits boards, sends notices. Level-triggered.

Nothing here is remembered that the database does not know, but for when a message may next be touched. After a
restart it simply goes on. A deleted message, a lost channel
or a revoked permission is told to the database, never raised.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.actions.boards import (
    Board,
    BoardKind,
    Notice,
    Pulse,
    board_shown,
    cannot_post,
    message_missing,
    notice_settled,
    unsent_notices,
    waiting_boards,
)
from bot.actions.hiding import hide_deleted
from bot.actions.lost_channels import board_channel_gone
from bot.ids import ChannelId, MessageId, moment_of
from bot.keeper import Keeper
from bot.refusals import (
    CONNECTION_TROUBLE,
    THREAD_ARCHIVED,
    THREAD_LOCKED,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    is_limit,
    is_unwelcome,
    lacking,
    may_pass,
)
from bot.views.boards import Rendered, render, render_notice
from bot.views.desk import Desk
from bot.views.pictures import files_of, may_be_for_its_pictures
from bot.watch import AFTER_FAILURE, IDLE, Rest, Watch, rest_after_failure

log = logging.getLogger(__name__)

EDIT_PAUSE = timedelta(seconds=2)
"""A message is edited at most once in this time."""

LONGEST_RETRY = timedelta(minutes=1)
LIMIT_REST = timedelta(minutes=1)
"""Where Discord says that there is too much of something, the message rests so long, and no try is counted."""

PICTURE_REST = timedelta(minutes=10)
"""Where Discord has refused a picture, messages go without any for so long."""

AT_ONE_GO = 5
"""So many messages of a channel are shown before the database is looked at again: a new question may have come."""

MOST_ATTEMPTS = 12
"""So often a message is tried that Discord does not take for a passing reason: some minutes in all."""

NOTICES = 0
"""The place of private notices among the channels, whose ids are never 0."""

DEBATE_EDITS = frozenset(
    {
        BoardKind.MOTION,
        BoardKind.CASES,
        BoardKind.OUTCOME,
        BoardKind.STAGE,
        BoardKind.REST,
        BoardKind.MAP,
        BoardKind.ARGUMENT,
        BoardKind.STATEMENT,
    }
)
"""Messages of a debate whose newest state may come after what is new there. A quiz keeps its order."""


class Publisher:
    """Keeps the public messages in step with the database. ``wake`` it with what waits to be shown."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._rests: dict[int, Rest] = {}
        self._notice_rests: dict[int, Rest] = {}
        self._channel_rests: dict[int, Rest] = {}
        self._plain: dict[ChannelId, datetime] = {}
        self._watch = Watch("publisher", self._look)
        self._keeper = Keeper(client, desk)
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._began: datetime | None = None

    def wake(self, waiting: Pulse) -> None:
        """Show what may be shown now. What rests is looked at anyway when its rest is over."""
        now = self._desk.now()
        if waiting.threads:
            self._keeper.wake()
        if waiting.notices or any(self._may_touch(board_id, now) for board_id in waiting.boards):
            self._watch.wake()

    async def close(self) -> None:
        """Stop; what is not shown yet is shown after the next start."""
        await self._watch.close()
        await self._keeper.close()
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> timedelta:
        """Set to work on what may be shown now; gives the time until the next message may be touched.

        Each channel is worked on by itself: one that Discord holds up does not hold up the others.
        """
        busy = frozenset(self._at_work)
        boards = await self._desk.read(waiting_boards)
        notices = await self._desk.read(unsent_notices)
        now = self._desk.now()
        self._began = self._began or now
        self._forget_rests(now, boards)
        busy |= self._channel_rests.keys()
        ready = [board for board in boards if self._may_touch(board.board_id, now)]
        # Work that is under way while this is read may be done a moment later, and what was read of it out of
        # date: it is left to the look that follows when that work is done.
        for channel_id, group in _by_channel(ready).items():
            if channel_id not in busy:
                self._work_on(channel_id, self._show_channel(group))
        due = [notice for notice in notices if _is_over(self._notice_rests.get(notice.notice_id), now)]
        if due and NOTICES not in busy:
            self._work_on(NOTICES, self._send_all(due))
        # A rest that is over belongs to a board that is being worked on: when that is done, there is another look.
        every_rest = (self._rests, self._notice_rests, self._channel_rests)
        untils = [rest.until for rests in every_rest for rest in rests.values() if rest.until > now]
        return min(untils, default=now + IDLE) - now

    def _work_on(self, place: int, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=f"publisher {place}")
        self._at_work[place] = task
        task.add_done_callback(lambda done: self._worked_on(place, done))

    def _worked_on(self, place: int, task: asyncio.Task[None]) -> None:
        del self._at_work[place]
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("showing what is new in %s failed", place, exc_info=error)
            self._channel_rests[place] = Rest(self._desk.now() + AFTER_FAILURE)
        self._watch.wake()

    def _may_touch(self, board_id: int, now: datetime) -> bool:
        return _is_over(self._rests.get(board_id), now)

    async def _show_channel(self, boards: list[Board]) -> None:
        for board in boards:
            try:
                await self._show(board)
            except Exception as error:
                await self._failed(board, error)
            else:
                self._rests[board.board_id] = Rest(self._desk.now() + EDIT_PAUSE)

    async def _show(self, board: Board) -> None:
        rendered = await render(self._desk, board, pictures=self._takes_pictures(board.channel_id))
        if rendered is None:
            await self._give_up(board, "what it shows is gone", of_itself=True)
            return
        repeated = self._may_repeat_a_post(board)
        message_id = await self._put(board, rendered)
        await self._desk.run(
            board_shown,
            board_id=board.board_id,
            # An earlier post of the same nonce is kept as it was: what has changed since is edited in.
            revision=board.revision - 1 if repeated else board.revision,
            message_id=message_id,
            posted_at=moment_of(message_id),
            at=self._desk.now(),
        )

    def _may_repeat_a_post(self, board: Board) -> bool:
        """Whether the message may be there already: posted before a crash, or by a request that seemed to fail."""
        rest = self._rests.get(board.board_id)
        older = self._began is not None and board.created_at < self._began
        return board.message_id is None and (older or (rest is not None and rest.failures > 0))

    def _takes_pictures(self, channel_id: ChannelId) -> bool:
        """Whether Discord takes pictures in a channel, as far as is known here."""
        if self._plain.get(channel_id, self._desk.now()) > self._desk.now():
            return False
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, (discord.abc.GuildChannel, discord.Thread)):
            return True
        try:
            return channel.permissions_for(channel.guild.me).attach_files
        except discord.ClientException:  # a thread whose channel is not known
            return True

    async def _put(self, board: Board, rendered: Rendered) -> MessageId:
        """Post or edit; where Discord may only mind the pictures, the same message goes out without them."""
        try:
            return await self._post_or_edit(board, rendered)
        except discord.HTTPException as error:
            if not may_be_for_its_pictures(rendered.layout, error):
                raise
            log.warning("board %s goes out without its picture: %s", board.board_id, error)
            self._plain[board.channel_id] = self._desk.now() + PICTURE_REST
            rendered.layout.drop_pictures()
            return await self._post_or_edit(board, rendered)

    async def _post_or_edit(self, board: Board, rendered: Rendered) -> MessageId:
        channel = self._client.get_partial_messageable(board.channel_id, guild_id=board.guild_id)
        if board.message_id is None:
            # A nonce of the board's own: a post that was cut short by a crash is not posted a second time.
            posted = await channel.send(
                view=rendered.layout,
                files=files_of(rendered.layout),
                allowed_mentions=rendered.mentions,
                nonce=board.nonce,
            )
            return MessageId(posted.id)
        # Whom a message notifies was settled when it was posted; an edit notifies nobody.
        message = channel.get_partial_message(board.message_id)
        await message.edit(
            view=rendered.layout,
            attachments=files_of(rendered.layout),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return board.message_id

    async def _failed(self, board: Board, error: Exception) -> None:
        """Sort a failure: gone for good, not allowed, or worth another try."""
        code = error.code if isinstance(error, discord.HTTPException) else None
        log.warning("board %s (%s) in channel %s: %s", board.board_id, board.kind, board.channel_id, error)
        if code == UNKNOWN_MESSAGE:
            if board.message_id is not None:
                await self._desk.run(hide_deleted, message_id=board.message_id, at=self._desk.now())
            await self._desk.run(message_missing, board_id=board.board_id)
        elif code == UNKNOWN_CHANNEL:
            await self._desk.run(board_channel_gone, board_id=board.board_id, at=self._desk.now())
        elif code == THREAD_LOCKED:
            await self._give_up(board, f"the thread <#{board.channel_id}> is locked")
        elif isinstance(error, discord.Forbidden):
            await self._give_up(board, lacking(board.channel_id, error))
        elif code == THREAD_ARCHIVED and not await self._unarchive(board.channel_id):
            await self._give_up(
                board, f"the thread <#{board.channel_id}> is closed and I may not open it again"
            )
        elif is_limit(error):
            self._rests[board.board_id] = self._after_limit(self._rests.get(board.board_id), error)
        elif may_pass(error):
            await self._try_later(board, error)
        else:
            await self._give_up(
                board, f"Discord did not take my message in <#{board.channel_id}>", of_itself=True
            )

    async def _try_later(self, board: Board, error: Exception) -> None:
        if not isinstance(error, (*CONNECTION_TROUBLE, discord.HTTPException)):
            log.error("board %s could not be shown", board.board_id, exc_info=error)
        rest = self._after_failure(self._rests.get(board.board_id))
        if rest.failures >= MOST_ATTEMPTS:
            await self._give_up(
                board,
                f"Discord has not taken my message in <#{board.channel_id}> for minutes",
                of_itself=True,
            )
            return
        self._rests[board.board_id] = rest

    def _after_failure(self, rest: Rest | None) -> Rest:
        return rest_after_failure(rest, self._desk.now(), EDIT_PAUSE, LONGEST_RETRY)

    def _after_limit(self, rest: Rest | None, error: Exception) -> Rest:
        asked_for = timedelta(seconds=error.retry_after if isinstance(error, discord.RateLimited) else 0)
        return Rest(self._desk.now() + max(LIMIT_REST, asked_for), 0 if rest is None else rest.failures)

    async def _give_up(self, board: Board, missing: str, *, of_itself: bool = False) -> None:
        await self._desk.run(
            cannot_post, board_id=board.board_id, missing=missing, at=self._desk.now(), of_itself=of_itself
        )

    async def _unarchive(self, channel_id: ChannelId) -> bool:
        try:
            thread = await self._client.fetch_channel(channel_id)  # discord.py forgets archived threads
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)
                return True
        except (discord.HTTPException, discord.InvalidData) as error:
            log.warning("thread %s could not be taken out of the archive: %s", channel_id, error)
        return False

    async def _send_all(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            sent = await self._send(notice)
            if sent is not None:
                await self._desk.run(
                    notice_settled, notice_id=notice.notice_id, sent=sent, at=self._desk.now()
                )
                self._notice_rests.pop(notice.notice_id, None)

    async def _send(self, notice: Notice) -> bool | None:
        """Whether a notice was sent; None if it is to be tried again."""
        try:
            person = await self._client.fetch_user(notice.user_id)
            await person.send(
                view=render_notice(notice),
                allowed_mentions=discord.AllowedMentions.none(),
                nonce=f"notice-{notice.notice_id}",  # sent by a request that seemed to fail, it is not sent twice
            )
        except Exception as error:  # one that fails must not hold up the others
            log.warning("notice %s to %s could not be sent: %s", notice.kind, notice.user_id, error)
            if is_unwelcome(error):
                return False
            earlier = self._notice_rests.get(notice.notice_id)
            rest = self._after_limit(earlier, error) if is_limit(error) else self._after_failure(earlier)
            self._notice_rests[notice.notice_id] = rest
            return False if rest.failures >= MOST_ATTEMPTS else None
        return True

    def _forget_rests(self, now: datetime, boards: Iterable[Board]) -> None:
        # A rest that is over is kept only for its count of failures, while its board still waits.
        failing = {board.board_id for board in boards}
        self._rests = {
            board_id: rest
            for board_id, rest in self._rests.items()
            if rest.until > now or (rest.failures and board_id in failing)
        }
        self._channel_rests = {
            place: rest for place, rest in self._channel_rests.items() if not _is_over(rest, now)
        }
        self._plain = {channel_id: until for channel_id, until in self._plain.items() if until > now}


def _by_channel(boards: Iterable[Board]) -> dict[ChannelId, list[Board]]:
    """What to show now in each channel: new messages are taken first, and a result before the next question."""
    groups: dict[ChannelId, list[Board]] = {}
    for board in boards:
        group = groups.setdefault(board.channel_id, [])
        if len(group) < AT_ONE_GO:
            group.append(board)
    return {channel_id: sorted(group, key=_in_order) for channel_id, group in groups.items()}


def _in_order(board: Board) -> tuple[bool, int]:
    return board.message_id is not None and board.kind in DEBATE_EDITS, board.board_id


def _is_over(rest: Rest | None, now: datetime) -> bool:
    return rest is None or rest.is_over(now)
