"""``/quiz host``: the host's controls of a live quiz, from anywhere in the server."""

from typing import Any

import discord
from discord import app_commands

from bot.actions.quiz_reports import live_runs, run_board
from bot.cogs.explained import explained
from bot.cogs.suggestions import suggest_run
from bot.errors import Invalid, NotFound
from bot.quiz.run import Run
from bot.views.authority import require_host
from bot.views.desk import desk_of, guild_of
from bot.views.host import CONTROL_LABELS, Control, control_run, panel
from bot.views.replies import reply

CONTROLS = [app_commands.Choice(name=label, value=control.value) for control, label in CONTROL_LABELS.items()]


@app_commands.command(name="host", description="Hosts: control a live quiz that is running")
@app_commands.describe(
    action="What to do (the control panel if left out)",
    run="Which quiz (the one in this channel if left out)",
)
@app_commands.choices(action=CONTROLS)
@app_commands.autocomplete(run=suggest_run)
@explained
async def host(interaction: discord.Interaction, action: str | None = None, run: str | None = None) -> None:
    """Show the host's panel, or do one thing."""
    found = await _run_meant(interaction, run, acting=action is not None)
    await require_host(interaction, found.owner_id, "control this quiz")
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    if action is not None:
        await control_run(desk, guild_id, found.run_id, found.position, Control(action))
    board = await desk.read(run_board, run_id=found.run_id)
    await reply(interaction, panel(found if board is None else board.run))


async def _run_meant(interaction: discord.Interaction, run: str | None, *, acting: bool) -> Run:
    """The quiz that is named, or the one of this channel; the panel (but no action) also finds an only one."""
    runs = await desk_of(interaction).read(live_runs, guild_id=guild_of(interaction))
    if run is not None:
        found = [each for each in runs if str(each.run_id) == run]
    else:
        found = [each for each in runs if each.channel_id == interaction.channel_id]
        if not found and runs and (acting or len(runs) > 1):
            raise Invalid("command", "no quiz is running in this channel", "Say which one under `run`.")
        found = found or runs
    if not found:
        raise NotFound("running quiz", run or "")
    return found[0]


def host_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The commands of ``/quiz`` for hosts."""
    return [host]
