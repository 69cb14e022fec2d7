"""``/opinion``: what a class thinks of short statements, asked privately and shown as totals."""

import discord
from discord import app_commands

from bot.actions.opinions import draft_opinion, opinion_status, opinion_status_of, opinions_open
from bot.actions.settings import time_zone_for
from bot.cogs.explained import explained
from bot.cogs.suggestions import (
    moment_typed,
    suggest_claim_tag,
    suggest_closing,
    suggest_opinion,
    suggest_set,
)
from bot.debate.opinion import Opinion
from bot.errors import Invalid, NotFound
from bot.ids import ChannelId
from bot.quiz.typed_moment import END_OF_DAY
from bot.views.authority import require_host, require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.opinion_closing import CLOSE_IT, closing_card
from bot.views.opinion_draft import WHAT, draft_card, status_card
from bot.views.places import check_place, chosen_place
from bot.views.replies import reply


class OpinionCommands(app_commands.Group):
    """What a class thinks."""

    def __init__(self) -> None:
        super().__init__(
            name="opinion", description="Instructors: what the class thinks, statement by statement"
        )

    @app_commands.command(
        name="open", description="Instructors: ask the class what it thinks of short statements"
    )
    @app_commands.describe(
        set="The question set whose claims the statements are",
        tag="Only claims on one topic (all if left out); you can also choose them one by one",
        closes="Until when, for instance: friday 18:00, in 2 hours (until you close it if left out)",
        channel="Another channel than this one, or than the server's default channel",
    )
    @app_commands.autocomplete(set=suggest_set, tag=suggest_claim_tag, closes=suggest_closing)
    @explained
    async def open(
        self,
        interaction: discord.Interaction,
        set: str,
        tag: str | None = None,
        closes: str | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Show a preview; its buttons post it."""
        await require_instructor(interaction, WHAT)
        where = await chosen_place(interaction, channel)
        check_place(where, thread=False)
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        now = desk.now()
        zone = await desk.read(time_zone_for, guild_id=guild_id)
        draft = await desk.run(
            draft_opinion,
            guild_id=guild_id,
            set_key=set,
            tag=tag,
            channel_id=ChannelId(where.id),
            opened_by=user_of(interaction),
            closes_at=None
            if closes is None
            else await moment_typed(closes, what="end", zone=zone, at=now, day_means=END_OF_DAY),
            rng=desk.rng,
            at=now,
        )
        await reply(interaction, draft_card(draft))

    @app_commands.command(name="close", description="Instructors: end a class opinion and post its result")
    @app_commands.describe(opinion="Which class opinion (the one in this channel if left out)")
    @app_commands.autocomplete(opinion=suggest_opinion)
    @explained
    async def close(self, interaction: discord.Interaction, opinion: str | None = None) -> None:
        """Ask whether to close a class opinion: it cannot be opened again."""
        found = await _opinion_meant(interaction, opinion)
        await require_host(interaction, found.opened_by, CLOSE_IT)
        status = await desk_of(interaction).read(
            opinion_status_of, guild_id=guild_of(interaction), opinion_id=found.opinion_id
        )
        await reply(interaction, closing_card(status))

    @app_commands.command(
        name="status", description="Instructors: how many have answered the open class opinions"
    )
    @explained
    async def status(self, interaction: discord.Interaction) -> None:
        """Say how far each open class opinion is."""
        await require_instructor(interaction, "look at class opinions")
        found = await desk_of(interaction).read(opinion_status, guild_id=guild_of(interaction))
        await reply(interaction, status_card(found))


async def _opinion_meant(interaction: discord.Interaction, opinion: str | None) -> Opinion:
    """The one that is named, or the one of this channel, or the only one."""
    running = await desk_of(interaction).read(opinions_open, guild_id=guild_of(interaction))
    if not running:
        raise Invalid("command", "no class opinion is open in this server", "Open one with `/opinion open`.")
    if opinion is not None:
        for each in running:
            if opinion == str(each.opinion_id):
                return each
        raise NotFound("class opinion", opinion)
    here = [each for each in running if each.channel_id == interaction.channel_id]
    if len(here or running) > 1:
        raise Invalid("command", "several class opinions are open", "Say which one under `opinion`.")
    return (here or running)[0]
