"""The host's controls of a live quiz: buttons on the public messages, and a private panel."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import ClassVar

import discord

from bot.actions.course import (
    close_now,
    extend_question,
    move_on,
    pause_run,
    resume_run,
    skip_question,
    start_run,
    stop_run,
)
from bot.actions.quiz_reports import RunBoard, run_board
from bot.errors import NotFound
from bot.ids import GuildId, RunId
from bot.quiz.run import Run, RunState
from bot.views.authority import require_host
from bot.views.desk import Desk, desk_of, guild_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, rows
from bot.views.press import ID, PLACE, Press, pattern
from bot.views.replies import acknowledge, replace, reply


class Control(StrEnum):
    """What a host can do with a quiz."""

    START = "start"
    CLOSE = "close"
    NEXT = "next"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"

    @property
    def label(self) -> str:
        """What stands on the button."""
        return CONTROL_LABELS[self]


CONTROL_LABELS = {
    Control.START: "Start",
    Control.CLOSE: "Close the question now",
    Control.NEXT: "Next question",
    Control.EXTEND: "30 seconds more",
    Control.PAUSE: "Pause",
    Control.RESUME: "Go on",
    Control.SKIP: "Skip this question",
    Control.STOP: "End the quiz",
}

STYLES = {
    Control.START: discord.ButtonStyle.success,
    Control.NEXT: discord.ButtonStyle.primary,
    Control.RESUME: discord.ButtonStyle.success,
    Control.STOP: discord.ButtonStyle.danger,
}

OFFERED: Mapping[RunState, tuple[Control, ...]] = {
    RunState.LOBBY: (Control.START, Control.STOP),
    RunState.ASKING: (Control.CLOSE, Control.EXTEND, Control.PAUSE, Control.SKIP, Control.STOP),
    RunState.REVEALING: (Control.NEXT, Control.PAUSE, Control.STOP),
    RunState.PAUSED: (Control.RESUME, Control.SKIP, Control.STOP),
    RunState.ENDED: (),
}


class HostPanel(Press, template=pattern("qp", ID)):
    """Opens the private panel for the host; others are told that it is not for them."""

    prefix = "qp"
    default_label: ClassVar[str] = "Host controls"

    async def pressed(self, interaction: discord.Interaction) -> None:
        board = await _board(interaction, RunId(self.number(0)))
        await require_host(interaction, board.run.owner_id, "use the host controls")
        await reply(interaction, panel(board.run))


class HostButton(Press, template=pattern("qh", ID, PLACE, "[a-z]+")):
    """Does one thing with a quiz. Its id carries the place of the run at which it was shown."""

    prefix = "qh"

    async def pressed(self, interaction: discord.Interaction) -> None:
        run_id, position, control = RunId(self.number(0)), self.number(1), Control(self.parts[2])
        board = await _board(interaction, run_id)
        await require_host(interaction, board.run.owner_id, "run this quiz")
        await control_run(desk_of(interaction), guild_of(interaction), run_id, position, control)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await replace(interaction, panel((await _board(interaction, run_id)).run))
        else:
            await acknowledge(interaction)


async def control_run(desk: Desk, guild_id: GuildId, run_id: RunId, position: int, control: Control) -> None:
    """Do one thing with a quiz. Raises ``NotFound``, or ``WrongState`` if the quiz has moved on.

    ``position`` is the place at which the host saw the quiz: a second press does not touch the next question.
    """
    at_question: dict[Control, Callable[..., object]] = {
        Control.CLOSE: close_now,
        Control.EXTEND: extend_question,
        Control.NEXT: move_on,
        Control.SKIP: skip_question,
    }
    whole_run: dict[Control, Callable[..., object]] = {
        Control.START: start_run,
        Control.PAUSE: pause_run,
        Control.RESUME: resume_run,
        Control.STOP: stop_run,
    }
    if control in at_question:
        action = at_question[control]
        await desk.run(action, guild_id=guild_id, run_id=run_id, position=position, at=desk.now())
    else:
        await desk.run(whole_run[control], guild_id=guild_id, run_id=run_id, at=desk.now())


def host_button(run: Run, control: Control) -> HostButton:
    """The button for one control, as the run stands."""
    return HostButton(run.run_id, run.position, control.value, label=control.label, style=STYLES.get(control))


def panel(run: Run) -> Layout:
    """The private panel: where the quiz stands, and what the host can do now."""
    offered = [
        control
        for control in OFFERED[run.state]
        # A pause after a result, or in the lobby, holds no question that could be skipped.
        if not (control is Control.SKIP and run.state is RunState.PAUSED and run.remaining is None)
    ]
    buttons: list[Button] = [host_button(run, control) for control in offered]
    where = {
        RunState.LOBBY: "The quiz has not started yet.",
        RunState.ASKING: f"Question {run.position + 1} of {run.total} is open.",
        RunState.REVEALING: f"The result of question {run.position + 1} of {run.total} is shown.",
        RunState.PAUSED: "The quiz is paused.",
        RunState.ENDED: "The quiz has ended. All answers are kept.",
    }[run.state]
    return card(f"### Host controls · {run.set_title}", where, buttons=rows(buttons), colour=QUIET_COLOUR)


async def _board(interaction: discord.Interaction, run_id: RunId) -> RunBoard:
    board = await desk_of(interaction).read(run_board, run_id=run_id)
    if board is None or board.run.guild_id != guild_of(interaction):
        raise NotFound("quiz")
    return board
