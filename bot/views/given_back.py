"""What is said where a text that somebody wrote was not taken: it goes back to its author, so that nothing is lost."""

from bot.debate.prose import clean_prose
from bot.views.layout import QUIET_COLOUR, Layout, card, quoted


def given_back(why: str, *texts: str) -> Layout:
    """Why something was not taken, with what its author wrote: nobody should have to write it twice."""
    return card(
        f"{why} This is what you wrote; only you can see it.",
        *(quoted(clean_prose(text)) for text in texts),
        colour=QUIET_COLOUR,
    )
