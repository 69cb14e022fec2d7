"""``/accommodate``: extra time for a learner, set once for every quiz. Everything about it is private."""

from typing import Any

import discord
from discord import app_commands

from bot.actions.accommodating import accommodate, accommodation_for, accommodations, stop_accommodating
from bot.cogs.explained import explained
from bot.errors import Invalid
from bot.ids import UserId
from bot.quiz.accommodation import LARGEST_FACTOR, SMALLEST_FACTOR, Accommodation
from bot.views.accommodations import everybody_with_extra_time, was_removed, was_set, what_somebody_has
from bot.views.authority import require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.replies import reply

USUAL = {
    "1.25": "1.25: a quarter more",
    "1.5": "1.5: half as much again",
    "2": "2: twice the time",
    "3": "3: three times the time",
}


async def suggest_factor(
    _interaction: discord.Interaction, current: float | str
) -> list[app_commands.Choice[float]]:
    """The usual factors; any other may be typed."""
    typed = str(current or "")
    return [
        app_commands.Choice(name=words, value=float(key))
        for key, words in USUAL.items()
        if key.startswith(typed)
    ]


@app_commands.command(
    name="accommodate", description="Instructors: give a learner extra time, or look up who has it"
)
@app_commands.describe(
    learner="Whose time it is (a private list of everybody with extra time if left out)",
    factor="So many times the usual time: 1.25, 1.5, 2, 3, or another from 1.1 to 4",
    no_limits="No time limit at all, instead of a factor",
    remove="Take the extra time back",
)
@app_commands.autocomplete(factor=suggest_factor)
@explained
async def accommodate_command(
    interaction: discord.Interaction,
    learner: discord.User | None = None,
    factor: app_commands.Range[float, SMALLEST_FACTOR, LARGEST_FACTOR] | None = None,
    no_limits: bool = False,
    remove: bool = False,
) -> None:
    """Set, take back or show extra time; privately, whatever it is."""
    await require_instructor(interaction, "set or look up extra time")
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    if sum((factor is not None, no_limits, remove)) > 1:
        raise Invalid(
            "command", "it says several things at once", "Give `factor`, `no_limits` or `remove`, not two."
        )
    if learner is None:
        if factor is not None or no_limits or remove:
            raise Invalid("command", "it names nobody", "Say whose time it is under `learner`.")
        await reply(
            interaction, everybody_with_extra_time(await desk.read(accommodations, guild_id=guild_id))
        )
        return
    person = UserId(learner.id)
    if remove:
        await desk.run(stop_accommodating, guild_id=guild_id, person=person, at=desk.now())
        await reply(interaction, was_removed(person))
    elif factor is None and not no_limits:
        found = await desk.read(accommodation_for, guild_id=guild_id, person=person)
        await reply(interaction, what_somebody_has(person, found))
    else:
        accommodation = Accommodation(untimed=True) if factor is None else Accommodation(factor)
        await desk.run(
            accommodate,
            guild_id=guild_id,
            person=person,
            accommodation=accommodation,
            by=user_of(interaction),
            at=desk.now(),
        )
        await reply(interaction, was_set(person, accommodation))


def accommodation_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The command."""
    return [accommodate_command]
