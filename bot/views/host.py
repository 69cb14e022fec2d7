"""The host's controls of a live quiz: buttons on the public messages, and a private panel."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import ClassVar

import discord

from bot.actions.hosting import (
    close_now,
    extend_question,
    move_on,
    pause_run,
    resume_run,
    skip_question,
    start_run,
    stop_run,
)
from bot.actions.revote import (
    HostBoard,
    begin_second_vote,
    extend_discussion,
    host_board,
    skip_second_vote,
)
from bot.actions.votes import is_timed
from bot.ids import GuildId, RunId
from bot.quiz.revote import FirstVote
from bot.quiz.run import Run, RunState
from bot.views.authority import require_host
from bot.views.desk import Desk, desk_of, guild_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, rows
from bot.views.press import ID, PLACE, Press
from bot.views.replies import acknowledge, replace, reply
from bot.views.revote import host_words


class Control(StrEnum):
    """What a host can do with a quiz."""

    START = "start"
    CLOSE = "close"
    SECOND = "second"
    REVEAL = "reveal"
    LONGER = "longer"
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
    Control.SECOND: "Second vote",
    Control.REVEAL: "Show the result",
    Control.LONGER: "One minute more to discuss",
    Control.NEXT: "Next question",
    Control.EXTEND: "30 seconds more",
    Control.PAUSE: "Pause",
    Control.RESUME: "Go on",
    Control.SKIP: "Skip this question",
    Control.STOP: "End the quiz",
}

STYLES = {
    Control.START: discord.ButtonStyle.success,
    Control.SECOND: discord.ButtonStyle.primary,
    Control.NEXT: discord.ButtonStyle.primary,
    Control.RESUME: discord.ButtonStyle.success,
    Control.STOP: discord.ButtonStyle.danger,
}

OFFERED: Mapping[RunState, tuple[Control, ...]] = {
    RunState.LOBBY: (Control.START, Control.STOP),
    RunState.ASKING: (Control.CLOSE, Control.EXTEND, Control.PAUSE, Control.SKIP, Control.STOP),
    RunState.DISCUSSING: (
        Control.SECOND,
        Control.REVEAL,
        Control.LONGER,
        Control.PAUSE,
        Control.STOP,
    ),
    RunState.REVEALING: (Control.NEXT, Control.PAUSE, Control.STOP),
    RunState.PAUSED: (Control.RESUME, Control.SKIP, Control.STOP),
    RunState.ENDED: (),
}


class HostPanel(Press, prefix="qp", parts=(ID,)):
    """Opens the private panel for the host; others are told that it is not for them."""

    default_label: ClassVar[str] = "Host controls"

    async def pressed(self, interaction: discord.Interaction) -> None:
        board = await _board(interaction, RunId(self.number(0)))
        await require_host(interaction, board.run.owner_id, "use the host controls")
        await reply(interaction, panel(board.run, board.first_vote))


class HostButton(Press, prefix="qh", parts=(ID, rf"{PLACE}(?::2)?", "[a-z]+")):
    """Does one thing with a quiz. Its id carries the place of the run at which it was shown.

    That is the question's, ``3``, or ``3:2`` where the class votes on it a second time.
    """

    async def pressed(self, interaction: discord.Interaction) -> None:
        run_id, control = RunId(self.number(0)), Control(self.parts[2])
        position, _, second = self.parts[1].partition(":")
        board = await _board(interaction, run_id)
        await require_host(interaction, board.run.owner_id, "run this quiz")
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        await control_run(desk, guild_id, run_id, int(position), control, vote=2 if second else 1)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            board = await _board(interaction, run_id)
            await replace(interaction, panel(board.run, board.first_vote))
        else:
            await acknowledge(interaction)


async def control_run(
    desk: Desk, guild_id: GuildId, run_id: RunId, position: int, control: Control, *, vote: int = 1
) -> None:
    """Do one thing with a quiz. Raises ``NotFound``, or ``WrongState`` if the quiz has moved on.

    ``position`` and ``vote`` are the place at which the host saw the quiz: a second press does not touch the next
    question, or the second vote.
    """
    at_vote: dict[Control, Callable[..., object]] = {
        Control.CLOSE: close_now,
        Control.EXTEND: extend_question,
        Control.SKIP: skip_question,
    }
    at_question: dict[Control, Callable[..., object]] = {
        Control.NEXT: move_on,
        Control.SECOND: begin_second_vote,
        Control.REVEAL: skip_second_vote,
        Control.LONGER: extend_discussion,
    }
    whole_run: dict[Control, Callable[..., object]] = {
        Control.START: start_run,
        Control.PAUSE: pause_run,
        Control.RESUME: resume_run,
        Control.STOP: stop_run,
    }
    if control in at_vote:
        action = at_vote[control]
        await desk.run(action, guild_id=guild_id, run_id=run_id, position=position, vote=vote, at=desk.now())
    elif control in at_question:
        action = at_question[control]
        await desk.run(action, guild_id=guild_id, run_id=run_id, position=position, at=desk.now())
    else:
        await desk.run(whole_run[control], guild_id=guild_id, run_id=run_id, at=desk.now())


def host_button(run: Run, control: Control) -> HostButton:
    """The button for one control, as the run stands."""
    place = f"{run.position}:2" if run.vote > 1 else run.position
    return HostButton(run.run_id, place, control.value, label=control.label, style=STYLES.get(control))


def panel(run: Run, first_vote: FirstVote | None = None) -> Layout:
    """The private panel: where the quiz stands, and what the host can do now.

    ``first_vote`` is there while a question is discussed; it is for nobody else.
    """
    buttons: list[Button] = [host_button(run, control) for control in _offered(run, first_vote)]
    where = {
        RunState.LOBBY: "The quiz has not started yet.",
        RunState.ASKING: f"Question {run.position + 1} of {run.total} is open.",
        RunState.DISCUSSING: f"Question {run.position + 1} of {run.total} is discussed.",
        RunState.REVEALING: f"The result of question {run.position + 1} of {run.total} is shown.",
        RunState.PAUSED: "The quiz is paused.",
        RunState.ENDED: "The quiz has ended. All answers are kept.",
    }[run.state]
    words = where if first_vote is None else host_words(run, first_vote)
    return card(f"### Host controls · {run.set_title}", words, buttons=rows(buttons), colour=QUIET_COLOUR)


def _offered(run: Run, first_vote: FirstVote | None) -> list[Control]:
    unfit: set[Control] = set()
    if not is_timed(run):
        unfit.add(Control.LONGER)
    # A pause after a result, in the lobby or in a discussion holds no question that could be skipped.
    if run.state is RunState.PAUSED and (run.remaining is None or first_vote is not None):
        unfit.add(Control.SKIP)
    return [control for control in OFFERED[run.state] if control not in unfit]


async def _board(interaction: discord.Interaction, run_id: RunId) -> HostBoard:
    return await desk_of(interaction).read(host_board, guild_id=guild_of(interaction), run_id=run_id)
