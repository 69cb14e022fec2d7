"""Who may do what: instructors hold the server's instructor role, or may manage the server."""

from typing import ClassVar

import discord

from bot.actions.settings import settings_of
from bot.errors import NotAllowed
from bot.ids import UserId
from bot.views.desk import desk_of, guild_of
from bot.views.press import Press

INSTRUCTORS = "instructors (the server's instructor role, or anybody who may manage the server)"


async def is_instructor(interaction: discord.Interaction) -> bool:
    """Whether the person may run quizzes and debates in this server."""
    if may_manage(interaction):
        return True
    settings = await desk_of(interaction).read(settings_of, guild_id=guild_of(interaction))
    role_id = settings.instructor_role_id
    member = interaction.user
    return role_id is not None and isinstance(member, discord.Member) and member.get_role(role_id) is not None


def may_manage(interaction: discord.Interaction) -> bool:
    """Whether the person may manage the server."""
    return interaction.permissions.manage_guild or interaction.permissions.administrator


async def require_instructor(interaction: discord.Interaction, what: str) -> None:
    """Raise ``NotAllowed`` unless the person is an instructor; ``what`` is a verb phrase."""
    if not await is_instructor(interaction):
        raise NotAllowed(what, INSTRUCTORS)


async def require_host(interaction: discord.Interaction, owner_id: UserId, what: str) -> None:
    """Raise ``NotAllowed`` unless the person opened this, or is an instructor."""
    if interaction.user.id != owner_id and not await is_instructor(interaction):
        raise NotAllowed(what, "the host and other instructors")


def require_manager(interaction: discord.Interaction, what: str) -> None:
    """Raise ``NotAllowed`` unless the person may manage the server."""
    if not may_manage(interaction):
        raise NotAllowed(what, "people with the Manage Server permission")


class InstructorPress(Press):
    """The base of every button that is for instructors alone, whoever sees it; ``what`` is a verb phrase."""

    what: ClassVar[str]

    async def admit(self, interaction: discord.Interaction) -> None:
        """Raise ``NotAllowed`` unless the person is an instructor."""
        await require_instructor(interaction, self.what)
