"""What students say: arguments drawn from a claim's cases and from the questions, and small talk.

Sentences are put together from a small stock; nothing here is anybody's view.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bank.kinds import Claim, Item

FOR, AGAINST = "for", "against"

OPENINGS = {
    FOR: (
        "What speaks for the motion most:",
        "The strongest point on our side:",
        "I would start here:",
        "Leave the slogans aside for a moment.",
    ),
    AGAINST: (
        "The motion overlooks something:",
        "What speaks against it most:",
        "I would not go along with this, because:",
        "The claim is larger than the evidence.",
    ),
}

ANSWERS = {
    FOR: ("That point has an answer:", "Granted in part, and still:", "Even if that is so:"),
    AGAINST: (
        "I read the same facts in another way:",
        "That does not carry the motion:",
        "One step is missing:",
    ),
}

SUPPORTS = ("To add to this:", "The same holds more widely:", "There is more that points this way:")

SOURCES = ("From our quiz:", "The quiz had this:", "As we learned in the quiz:")
CARDS = ("The case card puts it this way:", "From the case card:", "The card names who holds this, and says:")

REASONS = {
    FOR: (
        "If this holds, the motion is the simplest account of it. Other accounts need more assumptions.",
        "It is what we would expect to see if the motion were right, and hard to explain if it were wrong.",
        "One case is not proof. But the pattern points the same way in several places, and that carries weight.",
        "The effect need not be large for the motion to hold; it only has to be there, and this shows that it is.",
    ),
    AGAINST: (
        "That two things occur together does not show that one caused the other; the motion needs the second.",
        "It shows that something happened somewhere. The motion speaks of more than that.",
        "Another explanation fits these facts equally well, so they cannot decide between the two.",
        "The evidence was gathered under conditions that could produce it by themselves. We would need a comparison.",
    ),
}

CHAT = (
    "Where does this figure come from?",
    "I had not seen it that way.",
    "Could somebody say what would change their mind?",
    "That is a fair point, even for the other side.",
    "I would like to see the year of that survey.",
    "Is this about pilots or about the whole country?",
    "So the question is what we compare it with.",
)

DISCUSSION = (
    "I got this one wrong, because I mixed up the year.",
    "The number surprised me. What was the question in the survey?",
    "Does the source say how this was measured?",
    "Interesting that this has changed since the article.",
    "I would have said the opposite before reading the explanation.",
)


RESTATEMENTS = (
    "If I understand you rightly, you hold this:",
    "Your point, as strong as I can make it:",
    "You say, and give a reason for it:",
)

STATEMENT = (
    "We agree that the facts on both cards are real, and that they do not settle the motion alone.\n\n"
    "We still differ on how much they weigh.\n\n"
    "The best evidence for each side is what was answered most."
)


@dataclass(frozen=True, slots=True)
class Words:
    """The three parts of an argument."""

    claim: str
    evidence: str
    reasoning: str


def argument(claim: Claim | None, side: str, related: Sequence[Item], rng: random.Random) -> Words:
    """A new argument for a side."""
    return _words(rng.choice(OPENINGS[side]), claim, side, related, rng)


def answer(
    claim: Claim | None, side: str, related: Sequence[Item], *, attacks: bool, rng: random.Random
) -> Words:
    """An argument that answers another one."""
    return _words(rng.choice(ANSWERS[side] if attacks else SUPPORTS), claim, side, related, rng)


def restatement(claim: str, rng: random.Random) -> str:
    """Another person's argument in one's own words."""
    return f"{rng.choice(RESTATEMENTS)} {claim}"


def _words(
    opening: str, claim: Claim | None, side: str, related: Sequence[Item], rng: random.Random
) -> Words:
    points = _sentences(_case(claim, side))
    point = rng.choice(points)
    others = [sentence for sentence in points if sentence != point]
    if related and (not others or rng.random() < 0.6):
        evidence = f"{rng.choice(SOURCES)} {_sentences(rng.choice(related).explanation)[0]}"
    else:
        evidence = f"{rng.choice(CARDS)} {rng.choice(others or points)}"
    return Words(f"{opening} {point}", evidence, rng.choice(REASONS[side]))


def _case(claim: Claim | None, side: str) -> str:
    if claim is None:
        return "The motion has to be judged by what can be checked. Neither side has shown that yet."
    return claim.case_for.text if side == FOR else claim.case_against.text


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+(?=[A-Z“\"])", text.strip())
