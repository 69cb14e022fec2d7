"""What is said where a text that somebody wrote was not taken: it goes back to its author, so that nothing is lost."""

from bot.errors import SeminarError
from bot.views.layout import QUIET_COLOUR, Layout, card, quoted
from bot.views.words import explain


def given_back(error: SeminarError, *texts: str) -> Layout:
    """Why something was not taken, with what its author wrote: nobody should have to write it twice."""
    return card(
        f"{explain(error)} This is what you wrote; only you can see it.",
        *(quoted(text) for text in texts),
        colour=QUIET_COLOUR,
    )
