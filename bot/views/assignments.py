"""The buttons of assignments for instructors, and the message that announces one; learners' own are in ``own_run``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import discord

from bot.actions.assigning import (
    AssignmentPreview,
    close_assignment,
    discard_draft,
    move_due_date,
    set_assignment,
)
from bot.actions.assignment_reminders import no_more_assignment_reminders
from bot.actions.assignment_reports import AssignmentStatus, assignment_status
from bot.actions.attempts import Overview
from bot.ids import AssignmentId
from bot.quiz.assignment import Assignment, Phase
from bot.views.assignment_cards import (
    announcement,
    closed_card,
    closing_card,
    due_card,
    list_card,
    own_list_card,
    preview_card,
    set_words,
    status_card,
)
from bot.views.authority import InstructorPress
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card
from bot.views.own_assignment import StartAssignment
from bot.views.press import ID, SECONDS, SLOT, Press, turning
from bot.views.replies import replace, reply, show_privately

WHAT = "look after assignments"

STATUS_PAGE = 25
ONE_DAY = timedelta(days=1)
MOST_LISTED = 10


class AssignmentPress(InstructorPress):
    """The base of the buttons for whoever looks after assignments."""

    what = WHAT


class SetAssignment(AssignmentPress, prefix="at", parts=(ID,)):
    """Makes a draft an assignment."""

    style = discord.ButtonStyle.success
    default_label: ClassVar[str] = "Set it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        assignment = await desk.run(
            set_assignment,
            guild_id=guild_of(interaction),
            assignment_id=AssignmentId(self.number(0)),
            at=desk.now(),
        )
        buttons: list[Button] = [AssignmentStatusPage(assignment.assignment_id, 0)]
        await replace(interaction, card(set_words(assignment, desk.now()), buttons=[buttons]))


class DiscardDraft(AssignmentPress, prefix="ad", parts=(ID,)):
    """Forgets a draft."""

    default_label: ClassVar[str] = "Discard"

    async def pressed(self, interaction: discord.Interaction) -> None:
        await desk_of(interaction).run(
            discard_draft, guild_id=guild_of(interaction), assignment_id=AssignmentId(self.number(0))
        )
        await replace(interaction, card("Discarded: nobody has seen it.", colour=QUIET_COLOUR))


class AssignmentStatusPage(AssignmentPress, prefix="ap", parts=(ID, SLOT)):
    """Shows how far everybody is, a page of them."""

    default_label: ClassVar[str] = "Status"

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await status_of(interaction, AssignmentId(self.number(0)), self.number(1))
        await show_privately(interaction, shown)


class MoreTime(AssignmentPress, prefix="am", parts=(ID, SECONDS)):
    """Moves a due date by a day, if it is still the one that was shown: pressed twice, it is moved once."""

    default_label: ClassVar[str] = "One day more"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, assignment_id = desk_of(interaction), AssignmentId(self.number(0))
        before = await desk.read(
            assignment_status, guild_id=guild_of(interaction), assignment_id=assignment_id, at=desk.now()
        )
        due_at = before.assignment.due_at
        if int(due_at.timestamp()) == self.number(1):
            await desk.run(
                move_due_date,
                guild_id=guild_of(interaction),
                assignment_id=assignment_id,
                due_at=due_at + ONE_DAY,
                at=desk.now(),
            )
        await replace(interaction, await status_of(interaction, assignment_id))


class AskToClose(AssignmentPress, prefix="aq", parts=(ID,)):
    """Asks whether to close an assignment, or to withdraw one that has not opened."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, assignment_id = desk_of(interaction), AssignmentId(self.number(0))
        status = await desk.read(
            assignment_status, guild_id=guild_of(interaction), assignment_id=assignment_id, at=desk.now()
        )
        label = "Yes, withdraw it" if status.phase is Phase.SCHEDULED else "Yes, close it now"
        buttons: list[Button] = [
            CloseAssignment(assignment_id, label=label),
            AssignmentStatusPage(assignment_id, 0, label="No, leave it"),
        ]
        await replace(interaction, closing_card(status.assignment, status.phase, [buttons]))


class CloseAssignment(AssignmentPress, prefix="ac", parts=(ID,)):
    """Closes an assignment now, or withdraws one that has not opened."""

    style = discord.ButtonStyle.danger

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, assignment_id = desk_of(interaction), AssignmentId(self.number(0))
        closed = await desk.run(
            close_assignment, guild_id=guild_of(interaction), assignment_id=assignment_id, at=desk.now()
        )
        await replace(interaction, closed_card(closed, [[AssignmentStatusPage(assignment_id, 0)]]))


class NoMoreDueReminders(Press, prefix="an", parts=(ID,)):
    """Switches reminders of assignments off from within a direct message; its id names the assignment."""

    default_label: ClassVar[str] = "No more reminders"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            no_more_assignment_reminders,
            assignment_id=AssignmentId(self.number(0)),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        # The reminder stays: it says what is due and leads there.
        await reply(
            interaction,
            "No more reminders of assignments in that server. To get them again, press **Start** below one of them, "
            "then **Remind me before it is due**.",
        )


def preview_of(preview: AssignmentPreview, clock: str, at: datetime) -> Layout:
    """A draft, with the buttons to set or to discard it; ``clock`` is the time zone that dates count by."""
    assignment_id = preview.assignment.assignment_id
    return preview_card(preview, clock, at, [[SetAssignment(assignment_id), DiscardDraft(assignment_id)]])


async def status_of(interaction: discord.Interaction, assignment_id: AssignmentId, page: int = 0) -> Layout:
    """How far everybody is with an assignment."""
    desk = desk_of(interaction)
    status = await desk.read(
        assignment_status, guild_id=guild_of(interaction), assignment_id=assignment_id, at=desk.now()
    )
    pages = max(-(-len(status.learners) // STATUS_PAGE), 1)
    page = min(page, pages - 1)
    return status_card(status, page, pages, STATUS_PAGE, below_status(status, page, pages))


def instructors_list(found: Sequence[tuple[Assignment, Phase]]) -> Layout:
    """The newest assignments, each with its status."""
    listed = found[:MOST_LISTED]
    openers = [AssignmentStatusPage(assignment.assignment_id, 0) for assignment, _ in listed]
    return list_card(listed, openers, left_out=len(found) - len(listed))


def learners_list(overviews: Sequence[Overview]) -> Layout:
    """The assignments of a learner, each with the way in."""
    listed = overviews[:MOST_LISTED]
    openers = [StartAssignment(each.assignment.assignment_id, label=_opener(each)) for each in listed]
    return own_list_card(listed, openers, left_out=len(overviews) - len(listed))


def announcement_of(assignment: Assignment, phase: Phase) -> Layout:
    """The public message of an assignment."""
    label = "See mine" if phase is Phase.CLOSED else None
    return announcement(assignment, phase, [[StartAssignment(assignment.assignment_id, label=label)]])


def due_reminder(assignment_id: AssignmentId, detail: str) -> Layout:
    """A reminder, as a direct message."""
    return due_card(detail, [[NoMoreDueReminders(assignment_id)]])


def _opener(overview: Overview) -> str:
    if overview.under_way is not None:
        return "Go on"
    return "Start" if overview.may_begin and not overview.attempts else "Open"


def below_status(status: AssignmentStatus, page: int, pages: int) -> list[Sequence[Button]]:
    """The buttons below how far everybody is: other pages, and what can be changed."""
    assignment_id = status.assignment.assignment_id
    neighbours = turning(AssignmentStatusPage, assignment_id, page=page, pages=pages)
    changing: list[Button] = [AssignmentStatusPage(assignment_id, page, label="Refresh")]
    if status.phase in (Phase.SCHEDULED, Phase.OPEN):
        close = "Withdraw" if status.phase is Phase.SCHEDULED else "Close now"
        due = int(status.assignment.due_at.timestamp())
        changing += [MoreTime(assignment_id, due), AskToClose(assignment_id, label=close)]
    return [neighbours, changing]
