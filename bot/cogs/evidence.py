"""``/evidence search``, and the message command “Check against the bank”."""

import discord
from discord import app_commands

from bot.actions.checking import check_text, keep_check, written_argument
from bot.actions.evidence import find_evidence, found_cards, keep_found
from bot.cogs.explained import explained
from bot.errors import Invalid, NotAllowed
from bot.ids import ChannelId, MessageId, UserId
from bot.views.authority import is_instructor
from bot.views.checking import checked_card, nothing_touched, that_fit
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.evidence import evidence_list
from bot.views.evidence_cards import nothing_found
from bot.views.replies import reply, take_time


class Evidence(app_commands.Group):
    """Evidence in the bank."""

    def __init__(self) -> None:
        super().__init__(
            name="evidence", description="What the question bank has on a topic, with its source"
        )

    @app_commands.command(
        name="search", description="Find evidence in the bank: what is known, how surely, and who says it"
    )
    @app_commands.describe(words="What to look for, in a word or a few; beginnings of words will do")
    @explained
    async def search(self, interaction: discord.Interaction, words: app_commands.Range[str, 1, 200]) -> None:
        """Show privately what is found."""
        desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
        found = await desk.read(find_evidence, guild_id=guild_id, user_id=user_id, words=words, at=desk.now())
        if not found.items:
            await reply(interaction, nothing_found(words, withheld=found.withheld))
            return
        finding_id = await desk.run(
            keep_found,
            guild_id=guild_id,
            user_id=user_id,
            channel_id=ChannelId(interaction.channel_id or 0),
            items=found.items,
            at=desk.now(),
        )
        cards = await desk.read(
            found_cards, guild_id=guild_id, user_id=user_id, finding_id=finding_id, at=desk.now()
        )
        await reply(interaction, evidence_list(cards, how=found.how))


@explained
async def check_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Show privately what a message touches in the bank: to its author, or to an instructor."""
    desk, guild_id, user_id = desk_of(interaction), guild_of(interaction), user_of(interaction)
    author_id, text = await _written(interaction, message)
    own = author_id == user_id
    if not own and not await is_instructor(interaction):
        raise NotAllowed("check this message against the bank", "its author and instructors")
    if not text.strip():
        raise Invalid("message", "it has no text that I can read", "Choose one with words in it.")
    # A long message beside a large bank may take longer than one should wait for a sign.
    await take_time(interaction)
    found = that_fit(
        await desk.read(check_text, guild_id=guild_id, user_id=user_id, text=text, at=desk.now())
    )
    if not found:
        await reply(interaction, nothing_touched())
        return
    finding_id = None
    if own:
        finding_id = await desk.run(
            keep_check,
            guild_id=guild_id,
            user_id=user_id,
            channel_id=ChannelId(message.channel.id),
            message_id=MessageId(message.id),
            items=[each.card.item_id for each in found],
            at=desk.now(),
        )
    in_thread = isinstance(interaction.channel, discord.Thread)
    await reply(interaction, checked_card(found, own=own, finding_id=finding_id, in_thread=in_thread))


async def _written(interaction: discord.Interaction, message: discord.Message) -> tuple[UserId, str]:
    """Who wrote a message and what; an argument that the bot has posted is its author's."""
    myself = interaction.client.user
    if myself is None or message.author.id != myself.id:
        return UserId(message.author.id), message.content
    argument = await desk_of(interaction).read(
        written_argument, guild_id=guild_of(interaction), message_id=MessageId(message.id)
    )
    if argument is None:
        raise Invalid(
            "message", "I wrote this message myself", "Choose an argument, or what a person has written."
        )
    text = argument.text
    return argument.user_id, "\n".join((text.claim, text.evidence, text.reasoning))


def evidence_commands() -> list[app_commands.Group | app_commands.ContextMenu]:
    """What there is for evidence: a group of commands, and a command on messages."""
    return [Evidence(), app_commands.ContextMenu(name="Check against the bank", callback=check_message)]
