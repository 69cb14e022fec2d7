"""What leads from a run of one's own to what lies around it, and is led back from there."""

from typing import ClassVar

import discord

from bot.views.press import ID, Press


class ToLook(Press, prefix="pk", parts=(ID,)):
    """Leads to a question of a run that is over. ``LookThrough`` does so."""

    routine = True
    default_label: ClassVar[str] = "Look through the questions"


class ToGate(Press, prefix="dq", parts=(ID,)):
    """Leads to the questions of a debate's knowledge gate. ``TryGate`` does so."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Try the questions"


class ToPlace(Press, prefix="dm", parts=(ID,)):
    """Leads to one's place in a debate. ``MyPlace`` does so."""

    default_label: ClassVar[str] = "My place"


class ToAssignment(Press, prefix="as", parts=(ID,)):
    """Leads to an assignment. ``StartAssignment`` does so."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Start"
