"""What a button or a command may ask for: run an action, read, draw, the time. How is ``app``'s affair."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypedDict, TypeVar, cast

import discord
from sqlite_utils import Database

from bot.ids import GuildId, InteractionId, UserId, moment_of
from bot.insight.charts.picture import Picture

P = ParamSpec("P")
R = TypeVar("R")


class Desk(Protocol):
    """The way from Discord to the actions."""

    rng: random.Random

    def run(
        self, action: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[R]:
        """Run an action in a transaction; returns after the commit."""
        ...

    def read(
        self, query: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[R]:
        """Run a query beside the writer."""
        ...

    def draw(
        self, chart: Callable[P, Picture], *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[Picture | None]:
        """Draw a picture beside the event loop; None where that fails, which only the log tells."""
        ...

    def now(self) -> datetime:
        """The moment, by this machine's clock."""
        ...


class _HasDesk(Protocol):
    desk: Desk


def desk_of(interaction: discord.Interaction) -> Desk:
    """The desk of the bot that received an interaction."""
    return cast("_HasDesk", interaction.client).desk


def guild_of(interaction: discord.Interaction) -> GuildId:
    """The server of an interaction; 0, which owns no runs or debates, in a direct message."""
    return GuildId(interaction.guild_id or 0)


def user_of(interaction: discord.Interaction) -> UserId:
    """Who pressed, typed or sent."""
    return UserId(interaction.user.id)


def stamp(interaction: discord.Interaction) -> tuple[InteractionId, datetime]:
    """An interaction's id, and the moment at which Discord made it."""
    return InteractionId(interaction.id), moment_of(interaction.id)


class Circumstances(TypedDict):
    """Where, by whom and when something is done: what actions on behalf of a person ask for."""

    guild_id: GuildId
    user_id: UserId
    at: datetime


def by(interaction: discord.Interaction) -> Circumstances:
    """The circumstances of a press, by this machine's clock: ``run(action, run_id=run_id, **by(interaction))``."""
    return {
        "guild_id": guild_of(interaction),
        "user_id": user_of(interaction),
        "at": desk_of(interaction).now(),
    }
