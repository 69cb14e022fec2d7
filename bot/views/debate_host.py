"""The instructor's buttons of a debate: opening what was planned, going on, more time, a pause, the end. Private."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import discord

from bot.actions.debate_course import (
    advance_debate,
    cancel_debate,
    close_debate,
    extend_debate,
    open_debate,
    pause_debate,
    resume_debate,
)
from bot.actions.debate_planning import (
    DebatePreview,
    begin_opening,
    debate_of_plan,
    opening_failed,
    opening_thread_made,
    planned_debate,
)
from bot.actions.debate_reports import DebateStatus, debate_status
from bot.debate.debate import Debate, DebateState
from bot.errors import NotFound
from bot.ids import ChannelId, DebateId, MessageId, PlanId, RevisionId
from bot.views.authority import require_host, require_instructor
from bot.views.debate_host_cards import host_card, opened_words, preview_card
from bot.views.debate_words import thread_name
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import DEBATE_COLOUR, QUIET_COLOUR, Button, Layout, card
from bot.views.places import DebatePlace, debate_place, make_debate_thread, remove_thread
from bot.views.press import ID, SLOT, Press, pattern
from bot.views.replies import acknowledge, replace

MORE = timedelta(minutes=5)
END = "[0-9]{1,12}"

HAS_GONE_ON = "**It has gone on already:** another instructor or the clock was quicker, so I changed nothing."


class OpenPlanned(Press, template=pattern("dp", ID)):
    """Opens the debate that was planned, in a thread of its own."""

    prefix = "dp"
    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Open it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await require_instructor(interaction, "open a debate")
        desk, guild_id, plan_id = desk_of(interaction), guild_of(interaction), PlanId(self.number(0))
        preview = await desk.read(planned_debate, guild_id=guild_id, plan_id=plan_id)
        if preview.debate_id is not None:
            await replace(interaction, await panel_of(interaction, preview.debate_id))
            return
        channel = None if interaction.guild is None else interaction.guild.get_channel(preview.channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            raise NotFound("channel")
        place = await debate_place(interaction, channel)
        cut_short = await desk.run(begin_opening, guild_id=guild_id, plan_id=plan_id, at=desk.now())
        thread_id: ChannelId | None = None
        try:
            await acknowledge(interaction)
            if cut_short is not None:
                await remove_thread(interaction.client, cut_short)
            opening = card(
                f"## Motion: {preview.motion}", "The debate opens in a moment.", colour=DEBATE_COLOUR
            )
            thread_id, first = await make_debate_thread(
                place,
                thread_name(preview.motion),
                opening,
                tag=preview.plan.timetable[0].stage.value,
            )
            await desk.run(opening_thread_made, guild_id=guild_id, plan_id=plan_id, thread_id=thread_id)
            debate_id = await self._open(interaction, preview, place, thread_id, first)
        except BaseException:
            if thread_id is not None:
                await remove_thread(interaction.client, thread_id)
            await desk.run(opening_failed, guild_id=guild_id, plan_id=plan_id)
            raise
        opened = card(opened_words(thread_id, preview.plan.timetable), buttons=[[DebatePanel(debate_id)]])
        await replace(interaction, opened)

    async def _open(
        self,
        interaction: discord.Interaction,
        preview: DebatePreview,
        channel: DebatePlace,
        thread_id: ChannelId,
        first_message: MessageId | None,
    ) -> DebateId:
        desk, plan = desk_of(interaction), preview.plan
        return await desk.run(
            open_debate,
            guild_id=guild_of(interaction),
            revision_id=None if plan.revision_id is None else RevisionId(plan.revision_id),
            motion=plan.motion,
            channel_id=ChannelId(channel.id),
            thread_id=thread_id,
            opened_by=user_of(interaction),
            format=plan.format,
            timetable=plan.timetable,
            options=plan.options,
            plan_id=preview.plan_id,
            first_message=first_message,
            rng=desk.rng,
            at=desk.now(),
        )


class DiscardPlan(Press, template=pattern("dx", ID)):
    """Sets a plan aside."""

    prefix = "dx"
    default_label: ClassVar[str] = "Discard"

    async def pressed(self, interaction: discord.Interaction) -> None:
        opened = await desk_of(interaction).read(
            debate_of_plan, guild_id=guild_of(interaction), plan_id=PlanId(self.number(0))
        )
        if opened is not None:
            await replace(interaction, await panel_of(interaction, opened))
            return
        await replace(interaction, card("Discarded: nobody has seen it.", colour=QUIET_COLOUR))


class DebatePanel(Press, template=pattern("dh", ID)):
    """Shows an instructor where a debate is, with the controls."""

    prefix = "dh"
    default_label: ClassVar[str] = "Status and controls"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await replace(interaction, await panel_of(interaction, DebateId(self.number(0))))


class Advance(Press, template=pattern("dn", ID, SLOT)):
    """Goes on to the next stage from the one that was seen; the last one is followed by the outcome."""

    prefix = "dn"
    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Next stage"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        desk = desk_of(interaction)
        gone_on = await desk.run(
            advance_debate,
            guild_id=debate.guild_id,
            debate_id=debate.debate_id,
            position=self.number(1),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        news = None if gone_on.moved else HAS_GONE_ON
        await replace(interaction, await panel_of(interaction, debate.debate_id, news))


class MoreDebateTime(Press, template=pattern("dt", ID, SLOT, END)):
    """Adds five minutes to the stage that was seen, once: with its end as it was seen."""

    prefix = "dt"
    default_label: ClassVar[str] = "5 minutes more"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        desk = desk_of(interaction)
        await desk.run(
            extend_debate,
            guild_id=debate.guild_id,
            debate_id=debate.debate_id,
            position=self.number(1),
            more=MORE,
            shown=self.number(2),
            at=desk.now(),
        )
        await replace(interaction, await panel_of(interaction, debate.debate_id))


class PauseOrResume(Press, template=pattern("du", ID, "[01]")):
    """Pauses a debate (1), or lets it go on (0)."""

    prefix = "du"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        desk = desk_of(interaction)
        action = pause_debate if self.number(1) else resume_debate
        await desk.run(action, guild_id=debate.guild_id, debate_id=debate.debate_id, at=desk.now())
        await replace(interaction, await panel_of(interaction, debate.debate_id))


class EndDebate(Press, template=pattern("de", ID, "close|end|cancel|sure")):
    """Closes a debate with its outcome before its last stage, or cancels it; both ask first."""

    prefix = "de"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        if self.parts[1] == "close":
            buttons: list[Button] = [
                EndDebate(debate.debate_id, "end", label="Yes, close it", style=discord.ButtonStyle.danger),
                DebatePanel(debate.debate_id, label="No, let it go on"),
            ]
            words = (
                "The stages that are left are skipped, and with them the stance after the debate. The outcome comes up "
                "in the thread."
            )
            await replace(interaction, card("### Close this debate now?", words, buttons=[buttons]))
            return
        if self.parts[1] == "cancel":
            buttons = [
                EndDebate(debate.debate_id, "sure", label="Yes, cancel it", style=discord.ButtonStyle.danger),
                DebatePanel(debate.debate_id, label="No, let it go on"),
            ]
            words = (
                "There will be no outcome. What people wrote stays in the thread, and stances stay private."
            )
            await replace(interaction, card("### Cancel this debate?", words, buttons=[buttons]))
            return
        desk = desk_of(interaction)
        await desk.run(
            close_debate if self.parts[1] == "end" else cancel_debate,
            guild_id=debate.guild_id,
            debate_id=debate.debate_id,
            user_id=user_of(interaction),
            at=desk.now(),
        )
        await replace(interaction, await panel_of(interaction, debate.debate_id))


def preview_of_plan(preview: DebatePreview, lacking: Sequence[str] = ()) -> Layout:
    """A planned debate, with the buttons to open it or to discard it, and what of it cannot be kept there."""
    return preview_card(preview, [[OpenPlanned(preview.plan_id), DiscardPlan(preview.plan_id)]], lacking)


async def panel_of(interaction: discord.Interaction, debate_id: DebateId, news: str | None = None) -> Layout:
    """Where a debate is, with the controls. Raises ``NotAllowed`` for anybody but instructors and its host."""
    status = await desk_of(interaction).read(
        debate_status, guild_id=guild_of(interaction), debate_id=debate_id
    )
    await require_host(interaction, status.debate.opened_by, "look after this debate")
    return host_card(status, _controls(status), news)


def _controls(status: DebateStatus) -> list[list[Button]]:
    debate = status.debate
    if debate.state is DebateState.CLOSED:
        return []
    debate_id, paused = debate.debate_id, debate.state is DebateState.PAUSED
    onward = "Close and show the outcome" if debate.course.is_last else None
    by_hand = debate.course.due_at is None and debate.course.remaining is None
    first: list[Button] = [
        Advance(debate_id, debate.course.position, label=onward),
        # A stage that waits for the instructor gets an end by it.
        MoreDebateTime(
            debate_id,
            debate.course.position,
            debate.course.end_mark,
            label="End it in 5 minutes" if by_hand else None,
        ),
        PauseOrResume(debate_id, int(not paused), label="Go on" if paused else "Pause"),
    ]
    second: list[Button] = [DebatePanel(debate_id, label="Refresh")]
    if not debate.course.is_last:
        second.append(EndDebate(debate_id, "close", label="Close now"))
    second += [EndDebate(debate_id, "cancel", label="Cancel the debate")]
    return [first, second]


async def _hosted(interaction: discord.Interaction, debate_id: DebateId) -> Debate:
    status = await desk_of(interaction).read(
        debate_status, guild_id=guild_of(interaction), debate_id=debate_id
    )
    await require_host(interaction, status.debate.opened_by, "look after this debate")
    return status.debate
