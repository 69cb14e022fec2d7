"""What the bot has acknowledged to people: written down as they read it, to be compared with the file at the end.

Knows nothing of the file.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from bot.bank.item import ItemBase
from bot.bank.response import Bounds, Response, Typed

LIVE, ALONE = "live", "practice"


def in_words(item: ItemBase, response: Response) -> str:
    """A response in words; what was typed stays as it was typed."""
    match response:
        case Typed(text):
            return text
        case Bounds(low, high):
            return f"{low} to {high}"
        case _:
            return item.describe(response)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was confirmed: whose, in which sort of quiz, to which item, in the words given."""

    user_id: int
    mode: str
    item_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A stance that was confirmed; ``certainty`` is in percent, or None where none was given."""

    user_id: int
    phase: str
    standing: str
    certainty: int | None


@dataclass(frozen=True, slots=True)
class Argued:
    """An argument that was confirmed under a number."""

    user_id: int
    number: int
    claim: str
    evidence: str
    reasoning: str


@dataclass(slots=True)
class Ledger:
    """All that was acknowledged. Of answers and stances that were changed, the last one counts."""

    answers: dict[Hashable, Answer] = field(default_factory=dict[Hashable, Answer])
    votes: dict[Hashable, Vote] = field(default_factory=dict[Hashable, Vote])
    arguments: list[Argued] = field(default_factory=list[Argued])
    changed: int = 0
    refusals: Counter[str] = field(default_factory=Counter[str])

    def answered(self, question: Hashable, answer: Answer) -> None:
        """Note an answer; ``question`` tells one asking of a question from another."""
        key = (answer.user_id, question)
        self.changed += key in self.answers
        self.answers[key] = answer

    def voted(self, debate: Hashable, vote: Vote) -> None:
        """Note a stance."""
        self.votes[debate, vote.user_id, vote.phase] = vote

    def argued(self, argument: Argued) -> None:
        """Note an argument."""
        self.arguments.append(argument)

    def refused(self, words: str) -> None:
        """Note what the bot said instead of an acknowledgement."""
        self.refusals[words.splitlines()[0] if words else "no answer at all"] += 1
