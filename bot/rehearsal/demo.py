"""``seminar demo``: a class takes quizzes and holds a debate on virtual time, and the file is checked afterwards."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import new_bot, open_office, read_questions
from bot.rehearsal.crowd import Crowd
from bot.rehearsal.evidence import Evidence, read_evidence
from bot.rehearsal.hands import Hands
from bot.rehearsal.knowledge import Book
from bot.rehearsal.ledger import Ledger
from bot.rehearsal.lesson import Lesson, LessonStuck
from bot.rehearsal.students import make_students
from bot.rehearsal.world import open_classroom

SET = "social-credit"
QUESTIONS = 8
SECONDS = 30
PRIVATE_QUIZZES = 3
PRIVATE_QUESTIONS = 4
CLAIM = "raise trust between strangers"
STEPS = 1 + QUESTIONS + PRIVATE_QUIZZES + 2
"""How often ``tell`` is called in a full class."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a demonstration. ``problems`` are errors of the bot that a person would not have seen."""

    database: Path
    seed: int
    students: int
    thread_id: int
    debate_outcome: str
    ledger: Ledger
    evidence: Evidence
    seconds: float
    problems: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """What was acknowledged and is not in the file."""
        return self.evidence.missing(self.ledger)

    @property
    def good(self) -> bool:
        """Whether all that was acknowledged is in the file, and something was."""
        return bool(self.ledger.answers) and not self.missing and not self.problems

    def as_json(self) -> dict[str, Any]:
        """The figures, for programs."""
        return {
            "database": str(self.database),
            "seed": self.seed,
            "students": self.students,
            "rounds": self.evidence.rounds,
            "answers_acknowledged": len(self.ledger.answers),
            "answers_changed": self.ledger.changed,
            "answers_stored": self.evidence.answers.total(),
            "debate": {
                "thread_id": self.thread_id,
                "arguments": self.evidence.arguments.total(),
                "stances_before": self.evidence.votes_in("before"),
                "stances_after": self.evidence.votes_in("after"),
            },
            "missing": self.missing,
            "problems": list(self.problems),
            "seconds": round(self.seconds, 2),
        }


def run_demo(
    *, students: int, seed: int, database: Path, questions: Path, tell: Callable[[str], None]
) -> Outcome:
    """Run the lesson; the same seed gives the same lesson. ``questions`` is the folder of the question sets.

    Raises ``LessonStuck`` if the bot does not do what it should, and what ``open_office`` raises.
    """
    return asyncio.run(_lesson(students, seed, database, questions, tell))


async def _lesson(
    count: int, seed: int, database: Path, questions: Path, tell: Callable[[str], None]
) -> Outcome:
    began = time.perf_counter()
    sets = read_questions([questions])
    ledger, problems, thread_id, outcome = Ledger(), (), 0, ""
    office = open_office(database, random.Random(f"{seed}/bot"))
    try:
        tell("The bot arrives")
        async with open_classroom(
            new_bot(office, sets), students=count, rng=random.Random(f"{seed}/names")
        ) as room:
            class_ = make_students(room.students, seed)
            hands = Hands(Book(sets), ledger)
            crowd = Crowd(room, class_, hands, random.Random(f"{seed}/class"))
            lesson = Lesson(room, crowd, hands, tell)
            await lesson.live_quiz(SET, QUESTIONS, SECONDS)
            for student in class_[:PRIVATE_QUIZZES]:
                await lesson.private_quiz(student, SET, PRIVATE_QUESTIONS)
            thread_id, outcome = await lesson.debate(CLAIM)
    except ExceptionGroup as group:
        # Unlike a lesson that stops, these were noticed only afterwards: the account is given all the same.
        if group.subgroup(LessonStuck):
            raise
        problems = tuple(repr(error) for error in group.exceptions)
    finally:
        office.close()
    tell("The file is checked")
    evidence = read_evidence(database)
    return Outcome(
        database, seed, count, thread_id, outcome, ledger, evidence, time.perf_counter() - began, problems
    )
