"""Whether a class opinion is to be closed: a question first, since it cannot be opened again."""

from typing import ClassVar

import discord

from bot.actions.opinions import OpinionStatus, close_opinion, opinion_status_of
from bot.debate.opinion import OpinionState
from bot.ids import OpinionId
from bot.views.authority import require_host
from bot.views.desk import desk_of, guild_of
from bot.views.layout import QUIET_COLOUR, RESULT_COLOUR, Layout, card, plural
from bot.views.press import ID, Press
from bot.views.replies import replace

CLOSE_IT = "close this class opinion"


class OpinionClose(Press, prefix="oz", parts=(ID,)):
    """Closes a class opinion and has its result posted."""

    style = discord.ButtonStyle.danger
    default_label: ClassVar[str] = "Yes, close it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, guild_id, opinion_id = desk_of(interaction), guild_of(interaction), OpinionId(self.number(0))
        status = await desk.read(opinion_status_of, guild_id=guild_id, opinion_id=opinion_id)
        await require_host(interaction, status.opinion.opened_by, CLOSE_IT)
        closed = await desk.run(close_opinion, guild_id=guild_id, opinion_id=opinion_id, at=desk.now())
        what = "Its result comes up" if status.people else "Nobody answered, so there is no result"
        await replace(
            interaction,
            card(f"The class opinion is closed. {what} in <#{closed.channel_id}>.", colour=RESULT_COLOUR),
        )


class OpinionKeepOpen(Press, prefix="oy", parts=(ID,)):
    """Leaves it open."""

    default_label: ClassVar[str] = "No, keep it open"

    async def pressed(self, interaction: discord.Interaction) -> None:
        status = await desk_of(interaction).read(
            opinion_status_of, guild_id=guild_of(interaction), opinion_id=OpinionId(self.number(0))
        )
        is_open = status.opinion.state is OpinionState.OPEN
        words = "The class opinion stays open." if is_open else "The class opinion is closed already."
        await replace(interaction, card(words, colour=QUIET_COLOUR))


def closing_card(status: OpinionStatus) -> Layout:
    """The question whether to close it, with how many have answered."""
    opinion = status.opinion
    people = plural(status.people, "person has", "people have") if status.people else "Nobody has"
    complete = f", {status.complete} of them to all {opinion.size} statements" if status.people else " yet"
    result = "The result is posted at once." if status.people else "There will be no result."
    return card(
        "### Close this class opinion?",
        f"**{opinion.set_title}** in <#{opinion.channel_id}>: {people} answered{complete}.",
        f"{result} Nobody can answer afterwards, and it cannot be opened again.",
        buttons=[[OpinionClose(opinion.opinion_id), OpinionKeepOpen(opinion.opinion_id)]],
        colour=QUIET_COLOUR,
    )
