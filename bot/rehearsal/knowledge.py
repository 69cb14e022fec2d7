"""What a student may know: the question set, read as a book. How a right or a wrong answer is written down.

Questions and motions are found by the words on the screen. Knows nothing of who answers, or how it is stored.
"""

import random
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.bank.form import FormField
from bot.bank.kinds import (
    Choice,
    Claim,
    Estimate,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    ShortText,
    Sorting,
    TrueFalse,
)
from bot.bank.question_set import QuestionSet
from bot.bank.response import Assigned, Bounds, Chosen, Response, Typed

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


def form_of(item: Item, response: Response | None = None) -> tuple[FormField, ...]:
    """The form for an answer, filled in with one, in the book's order; empty where a press answers."""
    return item.form(range(len(item.choices())), response)


def filled_in_with(item: Item, right: bool, rng: random.Random) -> Response:
    """An answer to a question that is answered in a form, as a student may fill it in."""
    match item:
        case Numeric():
            return Typed(_number(item, right, rng))
        case ShortText():
            return Typed(_words(item, right, rng))
        case Estimate():
            return _range(item, right, rng)
        case Multiple():
            return _several(item, right, rng)
        case Ordering():
            return Assigned(_in_turn(len(item.events), len(item.events), right, rng))
        case Matching():
            return Assigned(_in_turn(len(item.pairs), len(item.choices()), right, rng))
        case Sorting():
            return _sorted(item, right, rng)
        case Choice() | TrueFalse() | Claim():
            raise ValueError(f"{item.id} is not answered in a form")


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


def _range(item: Estimate, right: bool, rng: random.Random) -> Bounds:
    """A range around the figure, or one beside it."""
    middle, around = item.answer, abs(item.answer) / 10 or Decimal(1)
    if item.widest is not None:
        around = min(around, item.widest / 4)
    if not right:
        below = middle > 0 and (item.unit == "%" or rng.random() < 0.5)
        middle += around * (-3 if below else 3)
    low, high = middle - around, middle + around
    if around >= 2:  # who says “about 43” thinks in whole numbers
        low, high = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
    return Bounds(_digits(low), _digits(high))


def _several(item: Multiple, right: bool, rng: random.Random) -> Chosen:
    """All right options; or one of them forgotten, or a wrong one taken for right."""
    chosen = {at for at, option in enumerate(item.options) if option.right}
    if not right:
        chosen ^= {rng.randrange(len(item.options))}
    return Chosen(tuple(sorted(chosen)))


def _in_turn(parts: int, options: int, right: bool, rng: random.Random) -> tuple[int, ...]:
    """To each part the option at its own place; or one of them wrong, and what stood there in exchange."""
    places = list(range(parts))
    if not right:
        at = rng.randrange(parts)
        other = rng.choice([place for place in range(options) if place != at])
        if other < parts:
            places[other] = at
        places[at] = other
    return tuple(places)


def _sorted(item: Sorting, right: bool, rng: random.Random) -> Assigned:
    """Each statement in its category, or one of them in another."""
    places = [item.into.index(statement.belongs_to) for statement in item.statements]
    if not right:
        at = rng.randrange(len(places))
        places[at] = rng.choice([place for place in range(len(item.into)) if place != places[at]])
    return Assigned(tuple(places))
