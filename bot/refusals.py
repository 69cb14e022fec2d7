"""What a refusal of Discord's means: gone for good, not allowed, or worth another try. Knows no boards."""

import asyncio

import aiohttp
import discord

from bot.ids import ChannelId

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
MISSING_ACCESS = 50001
TAKES_NO_MESSAGES = 50007
THREAD_ARCHIVED = 50083
THREAD_LOCKED = 160005
OLD_MESSAGE_EDITS = 30046

TOO_MANY_REQUESTS = 429
SERVER_ERRORS = 500

CONNECTION_TROUBLE = (discord.RateLimited, aiohttp.ClientError, OSError, asyncio.TimeoutError)


def is_unwelcome(error: Exception) -> bool:
    """Whether a person takes no direct messages, which is everybody's right, or is not there any more."""
    if isinstance(error, discord.Forbidden):
        return True
    return isinstance(error, discord.HTTPException) and error.code in (UNKNOWN_USER, TAKES_NO_MESSAGES)


def may_pass(error: Exception) -> bool:
    """Whether the same message may well be taken a little later. What is not Discord's doing may pass, too."""
    if not isinstance(error, discord.HTTPException):
        return True
    passing = (TOO_MANY_REQUESTS, THREAD_ARCHIVED)
    return error.status >= SERVER_ERRORS or not {error.status, error.code}.isdisjoint(passing)


def is_limit(error: Exception) -> bool:
    """Whether Discord only asks to wait, which says nothing of the message."""
    if isinstance(error, discord.RateLimited):
        return True
    return isinstance(error, discord.HTTPException) and error.code == OLD_MESSAGE_EDITS


def lacking(channel_id: ChannelId, error: discord.Forbidden) -> str:
    """What the bot lacks in a channel, in words for its host."""
    if error.code == MISSING_ACCESS:
        return f"I can no longer see the channel <#{channel_id}> (I need View Channel and Send Messages)"
    return f"I may no longer write in <#{channel_id}> (I need Send Messages, or Send Messages in Threads)"
