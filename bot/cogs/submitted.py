"""The message command "Submit as argument": one's own message in a debate's thread becomes the draft of an argument."""

import discord
from discord import app_commands

from bot.actions.debates import debate_here
from bot.cogs.explained import explained
from bot.debate.argument import LONGEST_CLAIM, LONGEST_EVIDENCE
from bot.errors import Invalid, NotAllowed
from bot.ids import ChannelId
from bot.views.debate_buttons import show_argument_form
from bot.views.desk import desk_of, guild_of


@app_commands.context_menu(name="Submit as argument")
@explained
async def submit_as_argument(interaction: discord.Interaction, message: discord.Message) -> None:
    """Open the form for an argument with the text of the message in it."""
    debate = await desk_of(interaction).read(
        debate_here, guild_id=guild_of(interaction), thread_id=ChannelId(message.channel.id)
    )
    if debate is None:
        raise Invalid("message", "it is not in the thread of a debate", "Use it on your message in one.")
    if message.author.id != interaction.user.id:
        raise NotAllowed("submit this message as an argument", "its author")
    claim, evidence = _parts(message.content)
    await show_argument_form(interaction, debate.debate_id, claim=claim, evidence=evidence)


def _parts(text: str) -> tuple[str, str]:
    """The first sentence as the claim, what follows as the evidence; as much as the form takes."""
    head, dot, rest = text.strip().partition(". ")
    if len(head) > LONGEST_CLAIM or not dot:
        return text.strip()[:LONGEST_CLAIM], text.strip()[LONGEST_CLAIM : LONGEST_CLAIM + LONGEST_EVIDENCE]
    return f"{head}.", rest.strip()[:LONGEST_EVIDENCE]


def message_commands() -> list[app_commands.ContextMenu]:
    """The commands on messages for debates."""
    return [submit_as_argument]
