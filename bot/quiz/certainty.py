"""How sure a learner is of an answer. Knows nothing of marks: those are ``insight``'s."""

from enum import IntEnum


class Certainty(IntEnum):
    """The three steps of certainty-based marking."""

    GUESS = 1
    FAIRLY = 2
    CERTAIN = 3
