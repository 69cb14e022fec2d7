"""What happens on Discord without a command: messages in tracked threads, and things that are deleted.

Only metadata is kept. A message's length is known only where Discord shows the bot its text.
"""

import asyncio
from collections.abc import Iterable

import discord

from bot.actions.hiding import message_deleted
from bot.actions.lost_channels import channel_gone
from bot.actions.threads import MessageFacts, forget_message, note_edit, note_message
from bot.ids import ChannelId, GuildId, MessageId, UserId
from bot.views.desk import Desk

WRITTEN = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""The types of message that a person has written."""


async def message_posted(desk: Desk, message: discord.Message, *, text_visible: bool) -> None:
    """Note who wrote when, in answer to what, and how long where that is visible.

    Bots are left out, and so are Discord's own lines, such as that somebody has pinned a message.
    """
    if message.author.bot or message.type not in WRITTEN or not isinstance(message.channel, discord.Thread):
        return
    reference = message.reference
    await desk.run(
        note_message,
        facts=MessageFacts(
            message_id=MessageId(message.id),
            thread_id=ChannelId(message.channel.id),
            user_id=UserId(message.author.id),
            posted_at=message.created_at,
            reply_to=MessageId(reference.message_id) if reference and reference.message_id else None,
            length=len(message.content) if text_visible else None,
        ),
    )


async def message_edited(desk: Desk, event: discord.RawMessageUpdateEvent, *, text_visible: bool) -> None:
    """Follow an edit by its author. Discord sends other updates too, such as a link's preview.

    Bots are left out here too: Seminar edits messages of its own all the time.
    """
    edited_at = event.message.edited_at
    if edited_at is None or event.message.author.bot:
        return
    length = len(event.message.content) if text_visible else None
    await desk.run(note_edit, message_id=MessageId(event.message_id), length=length, at=edited_at)


async def messages_deleted(desk: Desk, message_ids: Iterable[int]) -> None:
    """Follow a deletion. A deleted message of the bot's own is posted again if it still matters."""
    ids = [MessageId(message_id) for message_id in message_ids]
    await desk.run(forget_message, message_ids=ids, at=desk.now())
    await asyncio.gather(
        *(desk.run(message_deleted, message_id=message_id, at=desk.now()) for message_id in ids)
    )


async def channel_deleted(desk: Desk, guild_id: int, channel_id: int) -> None:
    """End what ran in a channel or thread that is gone."""
    await desk.run(channel_gone, guild_id=GuildId(guild_id), channel_id=ChannelId(channel_id), at=desk.now())
