"""The instructor's buttons of a debate: opening what was planned, going on, more time, a pause, the end. Private."""

from collections.abc import Mapping
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
    post_outcome_again,
    resume_debate,
)
from bot.actions.debate_gate import let_through_gate
from bot.actions.debate_planning import (
    DebatePreview,
    Opening,
    begin_opening,
    discard_plan,
    opening_failed,
    opening_thread_made,
    planned_debate,
)
from bot.actions.debate_reports import DebateStatus, debate_status, outcome_board
from bot.actions.debates import held_debate
from bot.debate.debate import Debate, DebateState
from bot.debate.formats import Stage
from bot.errors import NotFound, WrongState
from bot.ids import ChannelId, DebateId, MessageId, PlanId, RevisionId
from bot.views.authority import InstructorPress, require_host
from bot.views.debate_host_cards import NOTHING_LACKING, host_card, opened_words, preview_card
from bot.views.debate_outcome import outcome
from bot.views.debate_words import thread_name
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import DEBATE_COLOUR, QUIET_COLOUR, Button, Layout, card, plural
from bot.views.places import DebatePlace, debate_place, make_debate_thread, remove_thread
from bot.views.press import ID, SLOT, Press
from bot.views.replies import acknowledge, replace, reply

MORE = timedelta(minutes=5)
END = "[0-9]{1,12}"

HAS_GONE_ON = "**It has gone on already:** another instructor or the clock was quicker, so I changed nothing."


class OpenPlanned(InstructorPress, prefix="dp", parts=(ID,)):
    """Opens the debate that was planned, in a thread of its own."""

    what = "open a debate"
    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Open it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, guild_id, plan_id = desk_of(interaction), guild_of(interaction), PlanId(self.number(0))
        preview = await desk.read(planned_debate, guild_id=guild_id, plan_id=plan_id, at=desk.now())
        if preview.debate_id is not None:
            await replace(interaction, await panel_of(interaction, preview.debate_id))
            return
        channel = None if interaction.guild is None else interaction.guild.get_channel(preview.channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            raise NotFound("channel")
        place = await debate_place(interaction, channel)
        begun = await desk.run(begin_opening, guild_id=guild_id, plan_id=plan_id, at=desk.now())
        thread_id: ChannelId | None = None
        try:
            await acknowledge(interaction)
            if begun.cut_short is not None:
                await remove_thread(interaction.client, begun.cut_short)
            opening = card(
                f"## Motion: {preview.motion}", "The debate opens in a moment.", colour=DEBATE_COLOUR
            )
            thread_id, first = await make_debate_thread(
                place,
                thread_name(preview.motion),
                opening,
                tag=preview.plan.timetable[0].stage.value,
            )
            await desk.run(
                opening_thread_made,
                guild_id=guild_id,
                plan_id=plan_id,
                claimed_at=begun.claimed_at,
                thread_id=thread_id,
            )
            debate_id = await self._open(interaction, preview, begun, place, thread_id, first)
        except BaseException:
            if thread_id is not None:
                await remove_thread(interaction.client, thread_id)
            await desk.run(opening_failed, guild_id=guild_id, plan_id=plan_id, claimed_at=begun.claimed_at)
            raise
        opened = card(opened_words(thread_id, preview.plan.timetable), buttons=[[DebatePanel(debate_id)]])
        await replace(interaction, opened)

    async def _open(
        self,
        interaction: discord.Interaction,
        preview: DebatePreview,
        begun: Opening,
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
            claimed_at=begun.claimed_at,
            first_message=first_message,
            rng=desk.rng,
            at=desk.now(),
        )


class DiscardPlan(Press, prefix="dx", parts=(ID,)):
    """Sets a plan aside."""

    default_label: ClassVar[str] = "Discard"

    async def pressed(self, interaction: discord.Interaction) -> None:
        opened = await desk_of(interaction).run(
            discard_plan, guild_id=guild_of(interaction), plan_id=PlanId(self.number(0))
        )
        if opened is not None:
            await replace(interaction, await panel_of(interaction, opened))
            return
        await replace(interaction, card("Discarded: nobody has seen it.", colour=QUIET_COLOUR))


class DebatePanel(Press, prefix="dh", parts=(ID,)):
    """Shows an instructor where a debate is, with the controls."""

    default_label: ClassVar[str] = "Status and controls"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await replace(interaction, await panel_of(interaction, DebateId(self.number(0))))


class Advance(Press, prefix="dn", parts=(ID, SLOT)):
    """Goes on to the next stage from the one that was seen; the last one is followed by the outcome."""

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


class MoreDebateTime(Press, prefix="dt", parts=(ID, SLOT, END)):
    """Adds five minutes to the stage that was seen, once: with its end as it was seen."""

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


class PauseOrResume(Press, prefix="du", parts=(ID, "[01]")):
    """Pauses a debate (1), or lets it go on (0)."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        desk = desk_of(interaction)
        action = pause_debate if self.number(1) else resume_debate
        await desk.run(action, guild_id=debate.guild_id, debate_id=debate.debate_id, at=desk.now())
        await replace(interaction, await panel_of(interaction, debate.debate_id))


class PassGate(Press, prefix="hg", parts=(ID, "ask|sure")):
    """Gives a side to those who have not tried the questions of the knowledge gate; asks first."""

    default_label: ClassVar[str] = "Give them sides all the same"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        desk = desk_of(interaction)
        if self.parts[1] == "ask":
            status = await desk.read(debate_status, guild_id=debate.guild_id, debate_id=debate.debate_id)
            await replace(interaction, gate_question(status))
            return
        await desk.run(let_through_gate, guild_id=debate.guild_id, debate_id=debate.debate_id)
        await replace(
            interaction, await panel_of(interaction, debate.debate_id, "They have their sides now.")
        )


class EndDebate(Press, prefix="de", parts=(ID, "close|end|cancel|sure")):
    """Closes a debate with its outcome before its last stage, or cancels it; both ask first."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        match self.parts[1]:
            case "close":
                await replace(interaction, closing_question(debate))
                return
            case "cancel":
                await replace(interaction, cancelling_question(debate))
                return
            case _:
                pass
        desk = desk_of(interaction)
        await desk.run(
            close_debate if self.parts[1] == "end" else cancel_debate,
            guild_id=debate.guild_id,
            debate_id=debate.debate_id,
            user_id=user_of(interaction),
            at=desk.now(),
        )
        await replace(interaction, await panel_of(interaction, debate.debate_id))


class ShowOutcome(Press, prefix="ho", parts=(ID,)):
    """Shows the outcome of a closed debate to its instructor alone, wherever its message is."""

    default_label: ClassVar[str] = "Show the outcome"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        board = await desk_of(interaction).read(outcome_board, debate_id=debate.debate_id)
        if board is None or debate.state is not DebateState.CLOSED:
            raise WrongState("debate", "not closed yet")
        await reply(interaction, outcome(board))


class PostOutcomeAgain(Press, prefix="hp", parts=(ID,)):
    """Posts an outcome that could not be posted, or was deleted, once more in its thread."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Post it again"

    async def pressed(self, interaction: discord.Interaction) -> None:
        debate = await _hosted(interaction, DebateId(self.number(0)))
        await desk_of(interaction).run(
            post_outcome_again, guild_id=debate.guild_id, debate_id=debate.debate_id
        )
        await replace(interaction, await panel_of(interaction, debate.debate_id, "I am posting it again."))


def gate_question(status: DebateStatus) -> Layout:
    """Asks whether to give a side to those who have not tried the questions."""
    debate, waiting = status.debate, plural(status.at_gate, "person", "people")
    buttons: list[Button] = [
        PassGate(debate.debate_id, "sure", label="Yes, give them sides", style=discord.ButtonStyle.primary),
        DebatePanel(debate.debate_id, label="No, wait for them"),
    ]
    words = (
        f"{waiting} without a side can argue at once, and need not try the questions any more. Who comes later is "
        "asked as before. It cannot be undone."
    )
    return card("### Give sides without the questions?", f"**{debate.motion}**", words, buttons=[buttons])


def closing_question(debate: Debate) -> Layout:
    """Asks whether to close a debate before its last stage."""
    buttons: list[Button] = [
        EndDebate(debate.debate_id, "end", label="Yes, close it", style=discord.ButtonStyle.danger),
        DebatePanel(debate.debate_id, label="No, let it go on"),
    ]
    skips_vote = any(
        each.stage is Stage.VOTING for each in debate.course.timetable[debate.course.position + 1 :]
    )
    skipped = (
        "The stages that are left are skipped, and with them the stance after the debate."
        if skips_vote
        else "The stages that are left are skipped."
    )
    words = f"{skipped} The outcome comes up in the thread."
    return card("### Close this debate now?", f"**{debate.motion}**", words, buttons=[buttons])


def cancelling_question(debate: Debate) -> Layout:
    """Asks whether to end a debate without an outcome."""
    buttons: list[Button] = [
        EndDebate(debate.debate_id, "sure", label="Yes, cancel it", style=discord.ButtonStyle.danger),
        DebatePanel(debate.debate_id, label="No, let it go on"),
    ]
    openings = "; openings that are hidden stay hidden" if debate.hides_arguments else ""
    words = (
        f"There will be no outcome. What stands in the thread stays there{openings}. Stances stay private."
    )
    return card("### Cancel this debate?", f"**{debate.motion}**", words, buttons=[buttons])


def preview_of_plan(preview: DebatePreview, lacking: Mapping[str, str] = NOTHING_LACKING) -> Layout:
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
        return _after_the_close(status)
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
    if status.at_gate and debate.stage is not Stage.JOINING:
        second.append(PassGate(debate_id, "ask"))
    return [first, second]


def _after_the_close(status: DebateStatus) -> list[list[Button]]:
    debate = status.debate
    if debate.close_reason is None or not debate.close_reason.has_outcome:
        return []
    buttons: list[Button] = [ShowOutcome(debate.debate_id)]
    if status.outcome_lost:
        buttons.append(PostOutcomeAgain(debate.debate_id))
    return [buttons]


async def _hosted(interaction: discord.Interaction, debate_id: DebateId) -> Debate:
    debate = await desk_of(interaction).read(held_debate, guild_id=guild_of(interaction), debate_id=debate_id)
    await require_host(interaction, debate.opened_by, "look after this debate")
    return debate
