"""Looking through a run of one's own that is over: a question at a time, with what may be shown of it by now."""

import discord

from bot.actions.own_look import OwnLook, look_at
from bot.ids import RoundId
from bot.views.desk import by, desk_of
from bot.views.layout import Button, Layout
from bot.views.own_cards import look_card
from bot.views.own_run import OwnNext
from bot.views.own_way import ToLook
from bot.views.replies import replace
from bot.views.report import ReportQuestion


class LookThrough(ToLook):
    """Shows a question of a run that is over, with what may be shown of it."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        look = await desk_of(interaction).read(look_at, round_id=RoundId(self.number(0)), **by(interaction))
        await replace(interaction, look_layout(look))


def look_layout(look: OwnLook) -> Layout:
    """A question of a run that is over, with the way to its neighbours."""
    turning: list[Button] = []
    if look.previous is not None:
        turning.append(LookThrough(look.previous, label="Back"))
    if look.following is not None:
        turning.append(LookThrough(look.following, label="Next", style=discord.ButtonStyle.primary))
    turning.append(OwnNext(look.run.run_id, label="My result", style=discord.ButtonStyle.secondary))
    reporting: list[Button] = [ReportQuestion(look.asked.round_id)] if look.shown.answers else []
    return look_card(look, [turning, reporting])
