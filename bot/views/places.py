"""Where a quiz or a debate can be held: finding the channel, checking what the bot may do there, making a thread."""

import discord

from bot.actions.settings import settings_of
from bot.errors import Invalid
from bot.ids import ChannelId
from bot.views.desk import desk_of, guild_of
from bot.views.layout import shorten

Place = discord.TextChannel | discord.Thread

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
