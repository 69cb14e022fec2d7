"""Commands that explain what goes wrong: the same responder as for buttons and forms."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, cast

import discord

from bot.views.replies import guarded

P = ParamSpec("P")


def explained(
    callback: Callable[P, Coroutine[Any, Any, None]],
) -> Callable[P, Coroutine[Any, Any, None]]:
    """Wrap a command's callback, a function or a method, so that every error is told to the person in words."""

    @wraps(callback)
    async def tell(*args: P.args, **kwargs: P.kwargs) -> None:
        interaction: discord.Interaction = next(
            cast("discord.Interaction", given) for given in args if isinstance(given, discord.Interaction)
        )
        command = interaction.command
        name = "command" if command is None else f"/{command.qualified_name}"
        await guarded(interaction, name, lambda: callback(*args, **kwargs))

    return tell
