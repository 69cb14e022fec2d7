"""What a scripted student is like: how much is known, how soon and how often something is said. Pure decisions.

Each has a source of randomness of their own, so that one student's choices do not move another's.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.bank.kinds import Item
from bot.bank.response import Bounds, Response, Typed
from bot.rehearsal.knowledge import filled_in_with
from bot.rehearsal.world import Person

STANDINGS = ("for", "undecided", "against")
CERTAINTIES = (None, 25, 50, 75, 100)
SAYS_HOW_SURE = 0.8
CONVINCED = 1.2
"""What a discussion adds to an ability, on the logit scale."""
LARGER_CAMP, LOYAL, PASSES = 0.6, 0.85, 0.08
"""The share of the larger camp in a class opinion, how often one answers with one's camp, and how often not at all."""
NO_IDEA = "I would have to look that up"


class Temper(StrEnum):
    """How somebody takes part."""

    QUICK = "quick"
    CAREFUL = "careful"
    WAVERING = "wavering"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Habits:
    """Probabilities, and the share of the time for a question after which an answer comes."""

    silent: float
    changes_mind: float
    argues: float
    chats: float
    earliest: float
    latest: float


HABITS = {
    Temper.QUICK: Habits(0.03, 0.10, 0.95, 0.5, 0.08, 0.35),
    Temper.CAREFUL: Habits(0.05, 0.05, 0.85, 0.3, 0.35, 0.80),
    Temper.WAVERING: Habits(0.05, 0.50, 0.7, 0.4, 0.15, 0.60),
    Temper.QUIET: Habits(0.25, 0.05, 0.4, 0.1, 0.30, 0.85),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """A stance as it is ticked on the form."""

    standing: str
    certainty: int | None


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody in the class. ``ability`` is on the logit scale: 0 knows half of the items of difficulty 3."""

    person: Person
    temper: Temper
    ability: float
    rng: random.Random

    @property
    def habits(self) -> Habits:
        """What comes with the temper."""
        return HABITS[self.temper]

    def knows(self, item: Item, *, talked_over: bool = False) -> bool:
        """Whether the right answer comes to mind: a logistic curve of ability less difficulty.

        It does more often once the class has talked the question over.
        """
        ability = self.ability + (CONVINCED if talked_over else 0)
        return self.rng.random() < 1 / (1 + math.exp(0.7 * (item.difficulty - 3) - ability))

    def pick(self, item: Item | None, options: Sequence[str], *, talked_over: bool = False) -> str:
        """One of the options on offer."""
        right = "" if item is None else item.right_answer()
        if item is not None and right in options and self.knows(item, talked_over=talked_over):
            return right
        return self.rng.choice([text for text in options if text != right] or list(options))

    def respond(self, item: Item, *, talked_over: bool = False) -> Response:
        """An answer that is given in a form; now and then a text that nobody can read as an answer."""
        at_a_loss = self.rng.random() < 0.04
        response = filled_in_with(item, self.knows(item, talked_over=talked_over), self.rng)
        return in_writing(response, NO_IDEA) if at_a_loss else response

    def how_sure(self, certainties: Sequence[str]) -> str | None:
        """How sure the student says to be, surer the more is known; None where the question is passed over."""
        if self.rng.random() >= SAYS_HOW_SURE:
            return None
        return certainties[
            min(max(round(self.rng.gauss(1 + self.ability / 2, 0.7)), 0), len(certainties) - 1)
        ]

    def moments(self, seconds: float) -> list[float]:
        """After how many seconds of ``seconds`` an answer is given: never, once, or a second time."""
        habits, rng = self.habits, self.rng
        if rng.random() < habits.silent:
            return []
        first = seconds * rng.uniform(habits.earliest, habits.latest)
        if rng.random() < habits.changes_mind:
            return [first, rng.uniform(first, seconds * 0.93)]
        return [first]

    def stand_before(self) -> Stand:
        """A stance on a motion; a few would rather not say."""
        if self.rng.random() < 0.05:
            return Stand("declined", None)
        return Stand(self.rng.choices(STANDINGS, (4, 3, 4))[0], self.rng.choice(CERTAINTIES))

    def stand_after(self, before: Stand | None) -> Stand:
        """A stance after the arguments: mostly the same as before, now and then one step away."""
        if before is None or before.standing not in STANDINGS:
            return self.stand_before()
        at = STANDINGS.index(before.standing)
        if self.rng.random() < 0.25:
            at = min(max(at + self.rng.choice((-1, 1)), 0), len(STANDINGS) - 1)
        return Stand(STANDINGS[at], self.rng.choice(CERTAINTIES))

    def opinion(self, statement: str) -> str:
        """What the student says to a statement. The class has two camps, which mostly lean to opposite sides."""
        camp = random.Random(f"camp of {self.person.user_id}").random() < LARGER_CAMP
        leans = (random.Random(statement).random() < 0.5) == camp
        if self.rng.random() < PASSES:
            return "Pass"
        return "Agree" if leans == (self.rng.random() < LOYAL) else "Disagree"

    def happens(self, probability: float) -> bool:
        """Whether something of that probability happens this time."""
        return self.rng.random() < probability


def in_writing(response: Response, text: str) -> Response:
    """The same sort of answer with this text instead, if it is a written one."""
    match response:
        case Typed():
            return Typed(text)
        case Bounds():
            return Bounds(text, text)
        case _:
            return response


def make_students(people: Sequence[Person], seed: int) -> list[Student]:
    """Students of all tempers for these people, the same for the same seed."""
    students: list[Student] = []
    for at, person in enumerate(people):
        rng = random.Random(f"{seed}/student/{at}")
        temper = rng.choices(list(Temper), (3, 4, 2, 2))[0]
        students.append(Student(person, temper, rng.gauss(0.5, 0.9), rng))
    return students
