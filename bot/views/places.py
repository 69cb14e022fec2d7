"""Where a quiz or a debate can be held: finding the channel, checking what the bot may do there, making a thread."""

import contextlib

import discord

from bot.actions.settings import settings_of
from bot.debate.options import DebateOptions
from bot.errors import Invalid
from bot.ids import ChannelId, MessageId
from bot.views.desk import desk_of, guild_of
from bot.views.layout import Layout, shorten

Place = discord.TextChannel | discord.Thread
DebatePlace = discord.TextChannel | discord.ForumChannel

ARCHIVE_AFTER_MINUTES = 10_080

PERMISSION_WORDS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
}


async def chosen_place(interaction: discord.Interaction, chosen: discord.TextChannel | None) -> Place:
    """The channel to use: the chosen one, else the thread one is in, the default channel, or this channel.

    Raises ``Invalid`` where there is none.
    """
    if chosen is not None:
        return _known(interaction, chosen)
    here = interaction.channel
    if isinstance(here, discord.Thread):
        return here
    settings = await desk_of(interaction).read(settings_of, guild_id=guild_of(interaction))
    if settings.default_channel_id is not None and interaction.guild is not None:
        default = interaction.guild.get_channel(settings.default_channel_id)
        if isinstance(default, discord.TextChannel):
            return default
    if isinstance(here, discord.TextChannel):
        return here
    raise Invalid("channel", "it is not a text channel", "Use a text channel, or name one under `channel`.")


def check_place(place: Place, *, thread: bool) -> None:
    """Raise ``Invalid``, naming the missing permissions, if the bot cannot hold something there."""
    needed = ["view_channel"]
    if isinstance(place, discord.Thread):
        needed.append("send_messages_in_threads")
    elif thread:
        needed += ["create_public_threads", "send_messages_in_threads"]
    else:
        needed.append("send_messages")
    granted = place.permissions_for(place.guild.me)
    missing = [PERMISSION_WORDS[name] for name in needed if not getattr(granted, name)]
    if missing:
        raise Invalid(
            "channel",
            f"I lack {' and '.join(missing)} in {place.mention}",
            "Ask somebody who manages the server to allow it.",
        )


def thread_channel(place: Place) -> discord.TextChannel:
    """The channel in which a thread can be made: the one around a thread. Raises ``Invalid`` in a forum's post."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    if not isinstance(channel, discord.TextChannel):
        raise Invalid("thread", "Discord has no threads within threads", "Use a text channel.")
    return channel


async def remove_thread(client: discord.Client, thread_id: ChannelId) -> None:
    """Take away a thread that nothing came into, as far as the bot may: else it goes into the archive."""
    with contextlib.suppress(discord.HTTPException):
        thread = client.get_channel(thread_id) or await client.fetch_channel(thread_id)
        if isinstance(thread, discord.Thread):
            try:
                await thread.delete()
            except discord.Forbidden:
                await thread.edit(archived=True)


async def make_thread(place: Place, name: str) -> ChannelId:
    """Make a public thread in a channel. Raises ``Invalid`` in a thread, or where Discord refuses."""
    if isinstance(place, discord.Thread):
        raise Invalid("thread", "Discord has no threads within threads", "Use a text channel.")
    # An announcement channel takes announcement threads only, which are public too.
    kind = discord.ChannelType.news_thread if place.is_news() else discord.ChannelType.public_thread
    try:
        thread = await place.create_thread(
            name=shorten(name, 100),
            type=kind,
            auto_archive_duration=ARCHIVE_AFTER_MINUTES,
        )
    except discord.Forbidden as error:
        raise Invalid(
            "channel", f"I may not open threads in {place.mention}", "Allow me to create public threads."
        ) from error
    return ChannelId(thread.id)


def _known(interaction: discord.Interaction, chosen: discord.TextChannel) -> Place:
    # The channel of an option lacks the overwrites that permissions are worked out from; the cached one has them.
    known = interaction.guild.get_channel(chosen.id) if interaction.guild is not None else None
    return known if isinstance(known, discord.TextChannel) else chosen


async def debate_place(
    interaction: discord.Interaction, chosen: discord.TextChannel | discord.ForumChannel | None
) -> DebatePlace:
    """Where a debate's thread is made: the chosen channel or forum, else as ``chosen_place``, out of a thread.

    Raises ``Invalid``, naming what the bot lacks there.
    """
    if isinstance(chosen, discord.ForumChannel):
        known = interaction.guild.get_channel(chosen.id) if interaction.guild is not None else None
        forum = known if isinstance(known, discord.ForumChannel) else chosen
        _check_forum(forum)
        return forum
    where = await chosen_place(interaction, chosen)
    if isinstance(where, discord.Thread) and isinstance(where.parent, discord.ForumChannel):
        _check_forum(where.parent)
        return where.parent
    channel = thread_channel(where)
    check_place(channel, thread=True)
    return channel


def options_lacking(place: DebatePlace, options: DebateOptions, *, has_sides: bool) -> dict[str, str]:
    """The options of a debate that cannot be kept in a place, by their names, and why, a sentence each."""
    granted = place.permissions_for(place.guild.me)
    lacking: dict[str, str] = {}
    if options.slowmode and not granted.manage_threads:
        lacking["slowmode"] = f"**There will be no slow mode:** I lack Manage Threads in {place.mention}."
    if options.caucus and has_sides:
        if isinstance(place, discord.ForumChannel) or place.is_news():
            lacking["caucus"] = f"**There will be no private threads:** {place.mention} takes none."
        elif not granted.create_private_threads:
            lacking["caucus"] = (
                f"**There will be no private threads:** I lack Create Private Threads in {place.mention}."
            )
    return lacking


async def make_debate_thread(
    place: DebatePlace, name: str, opening: Layout, *, tag: str
) -> tuple[ChannelId, MessageId | None]:
    """Make the thread of a debate; in a forum it is a post, whose first message is given too. Raises ``Invalid``.

    The post has the tag of that name where the forum has it.
    """
    if isinstance(place, discord.TextChannel):
        return await make_thread(place, name), None
    try:
        made = await place.create_thread(
            name=shorten(name, 100),
            view=opening,
            applied_tags=_first_tags(place, tag),
            auto_archive_duration=ARCHIVE_AFTER_MINUTES,
        )
    except discord.Forbidden as error:
        raise Invalid(
            "forum", f"I may not post in {place.mention}", "Allow me to send messages there."
        ) from error
    return ChannelId(made.thread.id), MessageId(made.message.id)


def _first_tags(forum: discord.ForumChannel, name: str) -> list[discord.ForumTag]:
    """The tag of that name; where the forum asks for a tag and has none of that name, the first that all may use."""
    named = [tag for tag in forum.available_tags if tag.name.casefold() == name]
    if named or not forum.flags.require_tag:
        return named[:1]
    return sorted(forum.available_tags, key=lambda tag: tag.moderated)[:1]


def _check_forum(forum: discord.ForumChannel) -> None:
    granted = forum.permissions_for(forum.guild.me)
    needed = ("view_channel", "send_messages", "send_messages_in_threads")
    missing = [PERMISSION_WORDS[name] for name in needed if not getattr(granted, name)]
    if missing:
        raise Invalid(
            "forum",
            f"I lack {' and '.join(missing)} in {forum.mention}",
            "Ask somebody who manages the server to allow it.",
        )
