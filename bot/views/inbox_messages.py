"""Reported messages in the inbox, and what was hidden: the buttons and what they show."""

from typing import ClassVar

import discord

from bot.actions.hiding import HidingsPage, hidings_page, show_again
from bot.actions.message_reports import (
    MessageVerdict,
    OpenedMessage,
    decide_message,
    hide_reported,
    open_message_entry,
    pause_reported,
)
from bot.debate.debate import DebateState
from bot.ids import HidingId, MessageReportId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.hiding import hidden_card, hidings_card
from bot.views.inbox_way import InboxPress, ToInbox, turning_to_older
from bot.views.layout import Button, Layout
from bot.views.message_reports import decided_card, message_card
from bot.views.press import ID, PLACE
from bot.views.replies import replace, show_privately


class OpenMessage(InboxPress, prefix="fo", parts=(ID,)):
    """Shows a reported message's entry in full."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        opened = await desk_of(interaction).read(
            open_message_entry,
            guild_id=guild_of(interaction),
            report_id=MessageReportId(self.number(0)),
        )
        await replace(interaction, message_entry(opened))


class DecideMessage(InboxPress, prefix="fd", parts=(ID, "dealt_with|nothing_to_do")):
    """Says what became of a reported message."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, verdict = desk_of(interaction), MessageVerdict(self.parts[1])
        told = await desk.run(
            decide_message,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            report_id=MessageReportId(self.number(0)),
            verdict=verdict,
            at=desk.now(),
        )
        await replace(interaction, decided_card(told, verdict, [ToInbox(0)]))


class HideReported(InboxPress, prefix="fh", parts=(ID, ID)):
    """Hides what somebody wrote and a reported message shows, as the instructor saw it."""

    style = discord.ButtonStyle.danger
    default_label: ClassVar[str] = "Hide it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        done = await desk.run(
            hide_reported,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            report_id=MessageReportId(self.number(0)),
            subject_id=self.number(1),
            at=desk.now(),
        )
        # Of several wordings that went together, the newest is the one that the instructor has read.
        await replace(interaction, hidden_card(done, [ShowAgain(done.hidings[-1]), ToInbox(0)]))


class ShowAgain(InboxPress, prefix="fu", parts=(ID,)):
    """Shows a hidden text again, where it was."""

    default_label: ClassVar[str] = "Show it again"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            show_again,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            hiding_id=HidingId(self.number(0)),
            at=desk.now(),
        )
        await replace(interaction, await hidden_texts(interaction))


class HiddenTexts(InboxPress, prefix="fv", parts=(PLACE,)):
    """Shows a page of what was hidden."""

    default_label: ClassVar[str] = "Hidden texts"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await show_privately(interaction, await hidden_texts(interaction, self.number(0)))


class PauseReported(InboxPress, prefix="fp", parts=(ID, "[01]")):
    """Pauses the debate in which a message was reported (1), or lets it go on (0)."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        opened = await desk.run(
            pause_reported,
            guild_id=guild_of(interaction),
            report_id=MessageReportId(self.number(0)),
            paused=bool(self.number(1)),
            at=desk.now(),
        )
        await replace(interaction, message_entry(opened))


async def hidden_texts(interaction: discord.Interaction, page: int = 0) -> Layout:
    """A page of what was hidden in the server."""
    shown: HidingsPage = await desk_of(interaction).read(
        hidings_page, guild_id=guild_of(interaction), page=page
    )
    showers = [
        ShowAgain(each.hiding.hiding_id, label=f"Show {number} again")
        if each.hiding.shown_at is None
        else None
        for number, each in enumerate(shown.hidden, start=1)
    ]
    return hidings_card(shown, showers, [*turning_to_older(HiddenTexts, shown.page, shown.pages), ToInbox(0)])


def message_entry(opened: OpenedMessage) -> Layout:
    """A reported message's entry in full, with what can be done about it."""
    report_id, debate = opened.entry.report_id, opened.debate
    deciding: list[Button] = [
        DecideMessage(
            report_id,
            MessageVerdict.DEALT_WITH.value,
            label="Dealt with",
            style=discord.ButtonStyle.success,
        ),
        DecideMessage(report_id, MessageVerdict.NOTHING_TO_DO.value, label="Nothing to do"),
    ]
    if opened.written is not None:
        deciding.insert(0, HideReported(report_id, opened.written.subject_id))
    pausing: list[Button] = []
    if debate is not None and debate.state is not DebateState.CLOSED:
        paused = debate.state is DebateState.PAUSED
        label = "Let the debate go on" if paused else "Pause the debate"
        pausing.append(PauseReported(report_id, int(not paused), label=label))
    return message_card(opened, [deciding, [*pausing, ToInbox(0)]])
