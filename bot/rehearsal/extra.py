"""Whether what a rehearsal needs is installed. Imports nothing of it, so that it can be asked at any time."""

from importlib.util import find_spec

NEEDED = ("simcord", "aiohttp", "markdown_it", "linkify_it", "regex", "PIL")

HOW_TO_GET_IT = (
    "This command runs the bot in a simulated Discord, which is an optional part that is not installed. Get it "
    "with one of these, and try again:\n"
    "    uv sync --extra play\n"
    "    pip install 'seminar[play]'"
)


class MissingExtra(Exception):
    """The optional part ``play`` is not installed. Its text says how to get it."""

    def __init__(self) -> None:
        super().__init__(HOW_TO_GET_IT)


def require_play_extra() -> None:
    """Raise ``MissingExtra`` unless everything that a rehearsal needs is installed."""
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingExtra
