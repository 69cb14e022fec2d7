"""Peer instruction: a vote whose result is hidden, a discussion, and a second vote. When it pays. Pure.

Knows nothing of runs and rounds: ``votes`` says which vote counts, ``actions.votes`` moves a run through them.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DISCUSSION = timedelta(minutes=2)
"""How long a class discusses before the second vote opens by itself."""

LONGER_DISCUSSION = timedelta(minutes=1)
"""What one press of "one minute more" adds."""

FEWEST_VOTERS = 5
"""With fewer first votes a share says nothing about a class."""

LOWEST_PERCENT, HIGHEST_PERCENT = 30, 70


class Revote(StrEnum):
    """Who decides that a class discusses a question and votes a second time."""

    OFF = "off"
    HOST = "host"
    AUTO = "auto"


class Advice(StrEnum):
    """What a first vote suggests to the host."""

    TOO_FEW = "too_few"
    EXPLAIN = "explain"
    DISCUSS = "discuss"
    MOVE_ON = "move_on"


@dataclass(frozen=True, slots=True)
class FirstVote:
    """A first vote that is over: how many voted, and how many of them were right. Never for the public."""

    right: int
    answers: int

    @property
    def advice(self) -> Advice:
        """Whether a discussion pays: between 30 and 70 % right, both ends within, of five votes at least.

        Below, too few can convince the others, and an explanation helps more; above, most know it already.
        C. H. Crouch and E. Mazur, "Peer Instruction: Ten years of experience and results", American Journal of
        Physics 69, 970 (2001): the gain is largest where about half of the first votes are right.
        """
        if self.answers < FEWEST_VOTERS:
            return Advice.TOO_FEW
        if 100 * self.right < LOWEST_PERCENT * self.answers:
            return Advice.EXPLAIN
        if 100 * self.right > HIGHEST_PERCENT * self.answers:
            return Advice.MOVE_ON
        return Advice.DISCUSS


def hides_result(revote: Revote, first: FirstVote) -> bool:
    """Whether the result of a first vote stays hidden, for a second one may follow.

    A vote in which nobody took part has nothing to hide, and nothing to discuss.
    """
    match revote:
        case Revote.OFF:
            return False
        case Revote.HOST:
            return first.answers > 0
        case Revote.AUTO:
            return first.advice is Advice.DISCUSS
