"""What a student may know: the question set, read as a book. How a right or a wrong answer is written down.

Questions and motions are found by the words on the screen. Knows nothing of who answers, or how it is stored.
"""

import random
from collections.abc import Iterable
from decimal import Decimal

from bot.bank.kinds import Choice, Claim, Item, Numeric, ShortText, TrueFalse
from bot.bank.question_set import QuestionSet

MOTION_HEADINGS = ("## Motion: ", "## Two cases on: ")


class Book:
    """All items of the question sets, to be found by what stands on a screen."""

    def __init__(self, sets: Iterable[QuestionSet]) -> None:
        items = [item for question_set in sets for item in question_set.items]
        self._by_prompt = {item.prompt: item for item in items if not isinstance(item, Claim)}
        self._by_motion = {item.motion: item for item in items if isinstance(item, Claim)}
        self._by_tag: dict[str, list[Item]] = {}
        for item in self._by_prompt.values():
            for tag in item.tags:
                self._by_tag.setdefault(tag, []).append(item)

    def question(self, text: str) -> Item | None:
        """The question that this text asks."""
        return next((self._by_prompt[line] for line in text.splitlines() if line in self._by_prompt), None)

    def motion(self, text: str) -> Claim | None:
        """The claim that this text puts up for debate."""
        for line in text.splitlines():
            for heading in MOTION_HEADINGS:
                found = self._by_motion.get(line.removeprefix(heading))
                if found is not None:
                    return found
        return None

    def related(self, claim: Claim) -> list[Item]:
        """Questions on the subjects of a claim, which make evidence for it."""
        found = {item.id: item for tag in claim.tags for item in self._by_tag.get(tag, [])}
        return [item for item in found.values() if item.explanation]


def is_typed(item: Item) -> bool:
    """Whether the answer is written rather than picked."""
    return not item.choices()


def written(item: Item, right: bool, rng: random.Random) -> str:
    """An answer to a question that is answered in writing, as a student may write it."""
    match item:
        case Numeric():
            return _number(item, right, rng)
        case ShortText():
            return _words(item, right, rng)
        case Choice() | TrueFalse() | Claim():
            raise ValueError(f"{item.id} is not answered in writing")


def _number(item: Numeric, right: bool, rng: random.Random) -> str:
    if not right:
        if item.feedback and rng.random() < 0.5:
            return _digits(rng.choice(item.feedback).value)
        return _digits((item.answer * Decimal(rng.choice(("0.5", "0.7", "1.4", "2")))).quantize(Decimal(1)))
    plain = _digits(item.answer)
    if item.unit == "%":
        return rng.choice((plain, f"{plain}%", f"{plain} percent"))
    return rng.choice((plain, item.right_answer()))


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def _words(item: ShortText, right: bool, rng: random.Random) -> str:
    if not right:
        return rng.choice([known.answer for known in item.feedback] or ["I do not remember", "no idea"])
    answer = rng.choice(item.accepted)
    if len(answer) > 7 and rng.random() < 0.25:  # a slip of the finger: two letters change places
        at = rng.randrange(2, len(answer) - 2)
        return answer[:at] + answer[at + 1] + answer[at] + answer[at + 2 :]
    return answer
