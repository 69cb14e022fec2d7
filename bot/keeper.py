"""Keeps threads as the database says they should be: locked, slowed, tagged, and with the right people in them.

Level-triggered like the publisher. What the bot may not do is told to the database, never raised.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.actions.caucuses import (
    CaucusWork,
    caucus_kept,
    caucus_made,
    caucus_not_kept,
    caucuses_to_keep,
    let_into_caucus,
    taken_out_of_caucus,
)
from bot.actions.debate_threads import (
    DEBATE_TAGS,
    ThreadWish,
    thread_kept,
    thread_not_kept,
    threads_to_keep,
)
from bot.debate.sides import Side
from bot.ids import ChannelId
from bot.refusals import UNKNOWN_CHANNEL, is_limit, may_pass
from bot.views.debate_words import caucus_name
from bot.views.desk import Desk
from bot.watch import IDLE, Rest, Watch

log = logging.getLogger(__name__)

FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=1)
MOST_ATTEMPTS = 8

MOST_TAGS = 5
"""Discord's limit for one post."""

Place = tuple[int, Side | None]
"""A thread to keep: its id, or a debate's id and the side."""


class Keeper:
    """Makes threads as they should be. ``wake`` it when something has changed."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._rests: dict[Place, Rest] = {}
        self._watch = Watch("keeper", self._look)

    def wake(self) -> None:
        """Look now."""
        self._watch.wake()

    async def close(self) -> None:
        """Stop; what is not done yet is done after the next start."""
        await self._watch.close()

    async def _look(self) -> timedelta:
        now = self._desk.now()
        for wish in await self._desk.read(threads_to_keep):
            if self._may_try((wish.thread_id, None), now):
                await self._keep_thread(wish)
        for work in await self._desk.read(caucuses_to_keep):
            if self._may_try((work.debate.debate_id, work.caucus.side), now):
                await self._keep_caucus(work)
        self._rests = {place: rest for place, rest in self._rests.items() if not rest.is_over(now)}
        return min((rest.until for rest in self._rests.values()), default=now + IDLE) - now

    def _may_try(self, place: Place, now: datetime) -> bool:
        rest = self._rests.get(place)
        return rest is None or rest.is_over(now)

    async def _keep_thread(self, wish: ThreadWish) -> None:
        missing: str | None = None
        try:
            await self._make_so(wish)
        except discord.NotFound:
            pass  # that it is gone, the debate is told elsewhere
        except discord.Forbidden:
            missing = f"I lack Manage Threads in <#{wish.thread_id}>"
        except Exception as error:
            if self._try_later((wish.thread_id, None), error):
                return
            missing = "Discord did not take it"
        if missing is None:
            await self._desk.run(thread_kept, thread_id=wish.thread_id, revision=wish.revision)
        else:
            await self._desk.run(
                thread_not_kept,
                thread_id=wish.thread_id,
                revision=wish.revision,
                missing=missing,
                at=self._desk.now(),
            )

    async def _make_so(self, wish: ThreadWish) -> None:
        thread = await self._thread(wish.thread_id)
        if thread is None:
            return
        tags = _tags(thread, wish.tag)
        if tags is not None:
            try:
                await thread.edit(archived=False, applied_tags=tags)
            except discord.HTTPException as error:
                if may_pass(error):
                    raise
                # Tags only help to find a post: without them, nothing is missing that anybody has to be told of.
                log.info("post %s keeps its tags: %s", wish.thread_id, error)
        if (thread.locked, thread.slowmode_delay) != (wish.locked, wish.slowmode):
            await thread.edit(archived=False, locked=wish.locked, slowmode_delay=wish.slowmode)

    async def _keep_caucus(self, work: CaucusWork) -> None:
        caucus = work.caucus
        missing: str | None = None
        try:
            thread = await self._caucus_thread(work)
            if thread is None and not work.over:
                missing = f"<#{work.debate.channel_id}> takes no private threads"
            elif thread is not None:
                await self._let_in(work, thread)
                if work.over:
                    await _put_away(thread)
        except discord.NotFound:
            missing = f"the one of those who argue {caucus.side.words.lower()} was deleted"
        except discord.Forbidden:
            missing = (
                f"I lack Create Private Threads, or Send Messages in Threads, in <#{work.debate.channel_id}>"
            )
        except Exception as error:
            if self._try_later((work.debate.debate_id, caucus.side), error):
                return
            missing = "Discord did not take it"
        if missing is None:
            await self._desk.run(caucus_kept, caucus=caucus)
        else:
            await self._desk.run(caucus_not_kept, caucus=caucus, missing=missing, at=self._desk.now())

    async def _caucus_thread(self, work: CaucusWork) -> discord.Thread | None:
        if work.caucus.thread_id is not None:
            return await self._thread(work.caucus.thread_id)
        channel = self._client.get_channel(work.debate.channel_id)
        if work.over or not isinstance(channel, discord.TextChannel) or channel.is_news():
            return None
        thread = await channel.create_thread(
            name=caucus_name(work.debate.motion, work.caucus.side),
            type=discord.ChannelType.private_thread,
            invitable=False,
            auto_archive_duration=10_080,
        )
        await self._desk.run(caucus_made, caucus=work.caucus, thread_id=ChannelId(thread.id))
        return thread

    async def _let_in(self, work: CaucusWork, thread: discord.Thread) -> None:
        if thread.archived and (work.let_in or work.take_out):
            await thread.edit(archived=False)
        refusal: discord.Forbidden | None = None
        for learner_id, user_id in work.let_in:
            try:
                await _unless_gone(thread.add_user(discord.Object(user_id)))
            except discord.Forbidden as error:
                refusal = error  # one who may not see the channel must not hold up the others
            else:
                await self._desk.run(let_into_caucus, caucus=work.caucus, learner_id=learner_id)
        for learner_id, user_id in work.take_out:
            await _unless_gone(thread.remove_user(discord.Object(user_id)))
            await self._desk.run(taken_out_of_caucus, caucus=work.caucus, learner_id=learner_id)
        if refusal is not None:
            raise refusal

    async def _thread(self, thread_id: ChannelId) -> discord.Thread | None:
        # discord.py forgets archived threads
        found = self._client.get_channel(thread_id) or await self._client.fetch_channel(thread_id)
        return found if isinstance(found, discord.Thread) else None

    def _try_later(self, place: Place, error: Exception) -> bool:
        """Whether to try again what has failed, and when; not for ever."""
        log.warning("thread of %s could not be kept: %s", place[0], error)
        rest = self._rests.get(place)
        failures = (0 if rest is None else rest.failures) + (0 if is_limit(error) else 1)
        if not may_pass(error) or failures >= MOST_ATTEMPTS:
            return False
        asked_for = timedelta(seconds=error.retry_after if isinstance(error, discord.RateLimited) else 0)
        pause = max(asked_for, min(FIRST_REST * 2**failures, LONGEST_REST))
        self._rests[place] = Rest(self._desk.now() + pause, failures)
        return True


async def _put_away(thread: discord.Thread) -> None:
    """Lock a thread and put it into the archive; without Manage Threads it can only be put there."""
    try:
        await thread.edit(locked=True, archived=True)
    except discord.Forbidden:
        await thread.edit(archived=True)


async def _unless_gone(letting: Any) -> None:
    """Somebody who has left the server can neither be let in nor be taken out, which harms nobody."""
    try:
        await letting
    except discord.NotFound as error:
        if error.code == UNKNOWN_CHANNEL:
            raise
        log.info("somebody is not there any more: %s", error)


def _tags(thread: discord.Thread, name: str | None) -> list[discord.ForumTag] | None:
    """The tags of a forum's post with the one of that name, if there is one, in place of another stage's.

    None where nothing is to be changed. Tags that people have chosen stay.
    """
    forum = thread.parent
    if name is None or not isinstance(forum, discord.ForumChannel):
        return None
    wanted = [tag for tag in forum.available_tags if tag.name.casefold() == name]
    others = [tag for tag in thread.applied_tags if tag.name.casefold() not in DEBATE_TAGS]
    tags = [*wanted[:1], *others][:MOST_TAGS]
    if not tags and forum.flags.require_tag:
        return None
    return None if {tag.id for tag in tags} == {tag.id for tag in thread.applied_tags} else tags
