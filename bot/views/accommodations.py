"""Extra time in words, for instructors alone. Pure rendering."""

from collections.abc import Sequence

from bot.ids import UserId
from bot.quiz.accommodation import LONGEST_WAIT, Accommodation
from bot.views.layout import QUIET_COLOUR, Layout, card, duration, plural

MOST_LISTED = 60

PRIVATE = "-# Only instructors can look this up, and nothing public says it."


def accommodation_words(accommodation: Accommodation) -> str:
    """``1.5 times the usual time``, ``no time limit``."""
    if accommodation.untimed:
        return "no time limit"
    return f"{accommodation.factor:g} times the usual time" if accommodation.given else "the usual time"


def was_set(person: UserId, accommodation: Accommodation) -> Layout:
    """What an instructor reads after setting it."""
    wait = (
        f"until they have answered, at most {duration(LONGEST_WAIT)}, unless the host closes the question"
        if accommodation.untimed
        else "until they have answered or their own time is over"
    )
    return card(
        f"<@{person}> has **{accommodation_words(accommodation)}** from now on, in every quiz of this server.",
        f"In a live quiz the class sees that time is up as usual, and the result waits {wait}. It waits only for those "
        "who take part: please tell the person to press **Join** in the lobby.",
        PRIVATE,
        colour=QUIET_COLOUR,
    )


def was_removed(person: UserId) -> Layout:
    """What an instructor reads after taking it back."""
    return card(f"<@{person}> has the usual time again.", colour=QUIET_COLOUR)


def what_somebody_has(person: UserId, accommodation: Accommodation) -> Layout:
    """One person's, looked up."""
    return card(f"<@{person}> has **{accommodation_words(accommodation)}**.", PRIVATE, colour=QUIET_COLOUR)


def everybody_with_extra_time(found: Sequence[tuple[UserId, Accommodation]]) -> Layout:
    """The server's list."""
    if not found:
        return card(
            "Nobody in this server has extra time. Set it with `/accommodate learner:… factor:1.5`.",
            colour=QUIET_COLOUR,
        )
    lines = [
        f"<@{person}>: {accommodation_words(accommodation)}" for person, accommodation in found[:MOST_LISTED]
    ]
    if len(found) > MOST_LISTED:
        lines.append(f"…and {len(found) - MOST_LISTED} more; name one under `learner` to look it up.")
    return card(
        f"### {plural(len(found), 'person has', 'people have')} extra time",
        "\n".join(lines),
        PRIVATE,
        colour=QUIET_COLOUR,
    )
