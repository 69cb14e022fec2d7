"""Which counts of stances may be shown without telling on anybody.

Stances are private. A breakdown is withheld if fewer than ``FEWEST_SHOWN`` people voted in it, or if all of
them voted alike: then whoever knows who voted knows how. Show counts only once their phase has ended: two
counts that are one vote apart name that voter. Knows nothing of where the counts are shown.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from bot.debate.stance import VOTES, Standing

FEWEST_SHOWN = 5

Key = TypeVar("Key", bound=Hashable)


def publishable(counts: Mapping[Standing, int]) -> bool:
    """Whether a breakdown may be shown: five votes or more, not all the same. To decline is not a vote."""
    votes = [counts.get(standing, 0) for standing in VOTES]
    return sum(votes) >= FEWEST_SHOWN and max(votes) < sum(votes)


def publishable_parts(parts: Mapping[Key, Mapping[Standing, int]]) -> frozenset[Key]:
    """Which parts of a breakdown may be shown side by side, when their total may be known as well.

    A total less the parts shown is the part withheld. So what is withheld must itself be publishable in sum
    (or be nobody at all): until it is, the smallest part still shown is withheld too.
    """
    shown = sorted((key for key in parts if publishable(parts[key])), key=lambda key: _votes(parts[key]))
    while shown:
        withheld = [counts for key, counts in parts.items() if key not in shown]
        remainder = {standing: sum(counts.get(standing, 0) for counts in withheld) for standing in VOTES}
        if _votes(remainder) == 0 or publishable(remainder):
            break
        shown.pop(0)
    return frozenset(shown)


def _votes(counts: Mapping[Standing, int]) -> int:
    return sum(counts.get(standing, 0) for standing in VOTES)
