"""How well something was known, told from an answer. Knows nothing of cards or days."""

from enum import IntEnum

from bot.bank.grade import Outcome


class Recall(IntEnum):
    """The four grades of a review, in FSRS's own numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def recall_of(outcome: Outcome, *, guessed: bool = False, certain: bool = False) -> Recall:
    """The grade that an answer stands for: what it was worth, and how sure the learner was of it.

    Nobody is asked to grade themselves: a right answer that was ``guessed`` is no sign of knowing, and one that
    was ``certain`` is a better one than the same answer without a word.
    """
    match outcome:
        case Outcome.WRONG:
            return Recall.AGAIN
        case Outcome.PARTIAL:
            return Recall.HARD
        case Outcome.RIGHT:
            return Recall.HARD if guessed else Recall.EASY if certain else Recall.GOOD


def is_weak(recall: Recall) -> bool:
    """Whether a question so answered is worth asking again: missed, right in part, or a guess."""
    return recall <= Recall.HARD
