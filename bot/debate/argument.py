"""What an argument is: claim, evidence, reasoning, and what it answers. Knows nothing of forms or threads."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.debate.prose import read_prose
from bot.debate.sides import Side

LONGEST_CLAIM = 300
LONGEST_EVIDENCE = 1000
LONGEST_REASONING = 1000
"""Characters. All three together stay well within one Discord message."""

LONGEST_NUMBER = 6
"""Digits of the number of an argument."""

MOST_CARDS = 3
"""So many cards of the bank an argument can rest on: as many as a side is dealt."""


class Relation(StrEnum):
    """What an argument does to the one that it answers."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"
    UNDERCUTS = "undercuts"

    @property
    def words(self) -> str:
        """The relation as a person reads it, before "argument 3"."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class ArgumentText:
    """The three parts of an argument. ``read_argument`` makes new ones; stored ones are taken as they are."""

    claim: str
    evidence: str
    reasoning: str


def read_argument(claim: str, evidence: str, reasoning: str) -> ArgumentText:
    """The argument that a person wrote, trimmed and without control characters.

    Raises ``Invalid``, naming the part, if a part is empty or too long. Evidence is required like the others:
    a claim without any is an opinion, and the form asks for an argument.
    """
    return ArgumentText(
        claim=read_prose("claim", claim, LONGEST_CLAIM, "Say in one sentence what you hold."),
        evidence=read_prose(
            "evidence",
            evidence,
            LONGEST_EVIDENCE,
            "Name a fact, a source or an example, or say what evidence would be needed.",
        ),
        reasoning=read_prose(
            "reasoning", reasoning, LONGEST_REASONING, "Say how the evidence supports the claim."
        ),
    )


def number_typed(answers: str) -> str:
    """The number in what was typed for it, without the words before it: “argument 4”, “No. 4” and “#4” are “4”.

    Empty where nothing but such words was typed. What is left may be no number.
    """
    return _BEFORE_NUMBER.sub("", answers.strip(), count=1)


_BEFORE_NUMBER = re.compile(r"^(?:(?:argument|number|no\b\.?|#)\s*)+", re.IGNORECASE)


def card_numbers(evidence: str) -> tuple[int, ...]:
    """The numbers of the bank's cards that evidence names: a line of it begins with such as “Card 12”."""
    return tuple(dict.fromkeys(int(number) for number in _CARD.findall(evidence)))


_CARD = re.compile(r"^[\s\-*•]*card\s*#?\s*([0-9]{1,9})(?![0-9])", re.IGNORECASE | re.MULTILINE)


def with_card(evidence: str, number: int) -> str:
    """Evidence with one more line that names a card, unless it does so already."""
    if number in card_numbers(evidence):
        return evidence
    return f"{evidence.rstrip()}\nCard {number}: ".lstrip()


def default_relation(author_side: Side, parent_side: Side) -> Relation:
    """The relation to offer first: one supports one's own side's arguments and attacks the other's."""
    return Relation.SUPPORTS if author_side is parent_side else Relation.ATTACKS
