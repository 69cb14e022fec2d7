"""An assignment to one learner: what it asks, how it stands, and the way into its attempts. Private to the learner."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot.actions.attempts import Overview, assignment_overview, begin_attempt, remind_of_assignments
from bot.ids import AssignmentId
from bot.quiz.assignment import Phase
from bot.views.assignment_cards import MOST_ATTEMPTS_LISTED, overview_card
from bot.views.desk import by, desk_of
from bot.views.layout import Button, Layout, rows
from bot.views.own_run import OwnNext, own_card
from bot.views.own_way import ToAssignment
from bot.views.press import ID, NUMBER, Press
from bot.views.replies import replace, show_privately


class BeginAttempt(Press, prefix="ab", parts=(ID, NUMBER)):
    """Begins the attempt of a number at an assignment, or goes on with the one under way."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Begin"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            begin_attempt,
            assignment_id=AssignmentId(self.number(0)),
            number=self.number(1),
            rng=desk.rng,
            **by(interaction),
        )
        await replace(interaction, own_card(shown))


class StartAssignment(ToAssignment):
    """Shows an assignment to one learner, privately: what it asks, how it stands, and the way in."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        shown = await overview_of(interaction, AssignmentId(self.number(0)))
        await show_privately(interaction, shown)


class RemindMe(Press, prefix="ar", parts=(ID, "[01]")):
    """Says whether one wants to be reminded of assignments in this server."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk, assignment_id = desk_of(interaction), AssignmentId(self.number(0))
        await overview_of(interaction, assignment_id)  # refuses an assignment of another server
        await desk.run(remind_of_assignments, wanted=bool(self.number(1)), **by(interaction))
        await replace(interaction, await overview_of(interaction, assignment_id))


async def overview_of(interaction: discord.Interaction, assignment_id: AssignmentId) -> Layout:
    """An assignment for whoever pressed or typed."""
    overview = await desk_of(interaction).read(
        assignment_overview, assignment_id=assignment_id, **by(interaction)
    )
    return overview_layout(overview)


def overview_layout(overview: Overview) -> Layout:
    """An assignment for one learner, with the way on."""
    return overview_card(overview, _below_overview(overview))


def _below_overview(overview: Overview) -> list[Sequence[Button]]:
    assignment_id, begun = overview.assignment.assignment_id, len(overview.attempts)
    onward: list[Button] = []
    if overview.under_way is not None:
        onward.append(BeginAttempt(assignment_id, begun, label="Go on"))
    elif overview.may_begin:
        onward.append(
            BeginAttempt(assignment_id, begun + 1, label=f"Begin attempt {begun + 1}" if begun else None)
        )
    results: list[Button] = [
        OwnNext(attempt.run_id, label=f"Result of attempt {number}", style=discord.ButtonStyle.secondary)
        for number, attempt in enumerate(overview.attempts, start=1)
        if attempt is not overview.under_way
    ]
    if overview.phase is Phase.OPEN and overview.assignment.reminds:
        wish = "Do not remind me" if overview.reminders else "Remind me before it is due"
        onward.append(RemindMe(assignment_id, int(not overview.reminders), label=wish))
    return [onward, *rows(results[-MOST_ATTEMPTS_LISTED:])]
