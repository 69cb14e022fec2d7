"""Which counts of stances may be shown without telling on anybody.

Stances are private. A breakdown is withheld if fewer than ``FEWEST_SHOWN`` people voted in it, or if all of
them voted alike: then whoever knows who voted knows how. Show counts only once their phase has ended: two
counts that are one vote apart name that voter. So with comparisons of arguments: nothing of fewer than
``FEWEST_SHOWN`` people is shown. Knows nothing of where the counts are shown.
"""

from collections.abc import Collection, Mapping

from bot.debate.stance import VOTES, Standing

FEWEST_SHOWN = 5


def publishable(counts: Mapping[Standing, int]) -> bool:
    """Whether a breakdown may be shown: five votes or more, not all the same. To decline is not a vote."""
    return tells_on_nobody([counts.get(standing, 0) for standing in VOTES])


def tells_on_nobody(counts: Collection[int]) -> bool:
    """As ``publishable``, for the counts of any votes, one a way to vote."""
    return sum(counts) >= FEWEST_SHOWN and max(counts) < sum(counts)
