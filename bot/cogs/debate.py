"""``/debate``: open a debate on a contested claim in a thread of its own, and close it."""

import discord
from discord import app_commands

from bot.actions.debating import close_debate, debatable, debate_here, debates_open, open_debate
from bot.cogs.explained import explained
from bot.cogs.places import check_place, chosen_place, make_thread
from bot.cogs.suggestions import suggest_claim, suggest_debate
from bot.debate.debate import Debate, DebateState
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, RevisionId
from bot.views.authority import require_host, require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.replies import reply


class DebateCommands(app_commands.Group):
    """Debates on contested claims."""

    def __init__(self) -> None:
        super().__init__(name="debate", description="Debates on contested claims")

    @app_commands.command(name="open", description="Instructors: open a debate on a contested claim")
    @app_commands.describe(
        claim="The claim, by its motion",
        channel="Another channel than this one, or than the server's default channel",
    )
    @app_commands.autocomplete(claim=suggest_claim)
    @explained
    async def open(
        self, interaction: discord.Interaction, claim: str, channel: discord.TextChannel | None = None
    ) -> None:
        """Make the debate's thread and open it there."""
        await require_instructor(interaction, "open a debate")
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        revision_id = _claim_meant(claim)
        debated = await desk.read(debatable, guild_id=guild_id, revision_id=revision_id)
        where = await chosen_place(interaction, channel)
        if isinstance(where, discord.Thread) and isinstance(where.parent, discord.TextChannel):
            where = where.parent
        check_place(where, thread=True)
        await interaction.response.defer(ephemeral=True, thinking=True)
        thread_id = await make_thread(where, f"Debate: {debated.motion}")
        await desk.run(
            open_debate,
            guild_id=guild_id,
            revision_id=revision_id,
            channel_id=ChannelId(where.id),
            thread_id=thread_id,
            opened_by=user_of(interaction),
            rng=desk.rng,
            at=desk.now(),
        )
        await reply(
            interaction,
            f"The debate is open in <#{thread_id}>. Close it there with `/debate close`, when everybody has had "
            "the time to give the stance after.",
        )

    @app_commands.command(name="close", description="Instructors: close a debate and post its outcome")
    @app_commands.describe(debate="Which debate (the one in this thread if left out)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def close(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Close a debate; its outcome comes up in its thread."""
        found = await _debate_meant(interaction, debate)
        await require_host(interaction, found.opened_by, "close this debate")
        desk = desk_of(interaction)
        closed = await desk.run(
            close_debate, guild_id=guild_of(interaction), debate_id=found.debate_id, at=desk.now()
        )
        await reply(interaction, f"The debate is closed. Its outcome comes up in <#{closed.thread_id}>.")


async def _debate_meant(interaction: discord.Interaction, debate: str | None) -> Debate:
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    if debate is None:
        here = await desk.read(
            debate_here, guild_id=guild_id, thread_id=ChannelId(interaction.channel_id or 0)
        )
        if here is not None and here.state is DebateState.CLOSED:
            raise WrongState("debate", "closed")
        if here is not None:
            return here
    running = await desk.read(debates_open, guild_id=guild_id)
    if debate is None and running:
        raise Invalid("command", "no debate is open in this thread", "Say which one under `debate`.")
    if debate is None:
        raise Invalid("command", "no debate is open in this server", "Open one with `/debate open`.")
    for each in running:
        if debate == str(each.debate_id):
            return each
    raise NotFound("debate", debate)


def _claim_meant(claim: str) -> RevisionId:
    # Whoever types instead of choosing may type anything; more digits than these are no id.
    if not (claim.isascii() and claim.isdigit() and len(claim) <= 18):
        raise NotFound("claim", claim)
    return RevisionId(int(claim))
