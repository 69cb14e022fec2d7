"""How the class takes part in a debate: stances, the questions before sides, arguments that answer one another, talk,
fair words, comparing reasons, a joint statement, stances again.

Plans only; ``crowd`` sees to the time. Sides are read from the bot's private answer, as a student would.
"""

import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import simcord

from bot.rehearsal.hands import Hands, say
from bot.rehearsal.screen import Screen, look_at
from bot.rehearsal.speech import CHAT, STATEMENT, Words, answer, argument
from bot.rehearsal.students import Stand, Student
from bot.rehearsal.world import Classroom

Planner = Callable[[timedelta, Callable[[], Awaitable[object]]], None]

MOTION = "## Motion:"
"""How the message begins that a debate is held from."""

NOT_YET_SECONDS = (10.0, 20.0)
MOST_WAITS, MOST_WAITS_FOR_WORD = 60, 25
"""Where a stage has not come yet, one looks again a little later, but not for ever."""

BEFORE = (3.0, 35.0)
ARGUING = (40.0, 190.0)
AFTER = (200.0, 280.0)
SIGNING = (285.0, 320.0)
"""Seconds after the motion is read, for each part."""

TRYING = (2.0, 12.0)
"""Seconds after joining until the questions before sides are tried."""
AUTHORS_WORD = (4.0, 15.0)
"""Seconds until the author of an argument looks at how it was restated."""

ANSWERS_ANOTHER = 0.6
CROSSES_SIDES = 0.75
VOTES_AFTER = 0.9
JUDGES, MOST_PAIRS = 0.6, 3
SIGNS = 0.7
ANSWER_LABEL = "Answer argument "
JUDGE_LABEL, SIGN_LABEL = "Judge the reasons", "I can sign this"
JOINT_STATEMENT = "### Joint statement"
AUTHOR_OF_RESTATED = re.compile(
    r"^### Argument \d+, in other words$(?:.|\n)*Only the author, <@(\d+)>", re.MULTILINE
)
"""The message of a restatement whose author has not said yet whether it is fair."""


@dataclass(slots=True)
class DebatePlan:
    """One debate as the class follows it: its thread, its motion, and who stood where at the start."""

    room: Classroom
    thread: simcord.ChannelHandle
    motion: Screen
    hands: Hands
    rng: random.Random
    plan: Planner
    students: Sequence[Student]
    began: dict[int, Stand] = field(default_factory=dict[int, Stand])

    def now(self) -> Screen:
        """The motion as it stands now, with the buttons of the present stage."""
        screens = [look_at(message) for message in self.room.public_messages(self.thread)]
        return next((each for each in reversed(screens) if each.text.startswith(MOTION)), self.motion)


def plan_debate(debate: DebatePlan) -> None:
    """Plan what each student does in this debate."""
    plan = debate.plan
    for student in debate.students:
        rng, habits = student.rng, student.habits
        plan(_between(BEFORE, rng), lambda student=student: _vote_before(debate, student))
        if student.happens(habits.argues):
            plan(_between(ARGUING, rng), lambda student=student: _argue(debate, student))
        if student.happens(habits.chats):
            plan(_between(ARGUING, rng), lambda student=student: _chat(debate, student))
        if student.happens(VOTES_AFTER):
            plan(_between(AFTER, rng), lambda student=student: _vote_after(debate, student))
        if student.happens(JUDGES):
            plan(_between(AFTER, rng), lambda student=student: _judge(debate, student))
        if student.happens(SIGNS):
            plan(_between(SIGNING, rng), lambda student=student: _sign(debate, student))


async def _vote_before(debate: DebatePlan, student: Student) -> None:
    stand = student.stand_before()
    debate.began[student.person.user_id] = stand
    await debate.hands.vote(student, debate.now(), "before", stand)
    debate.plan(_between(TRYING, student.rng), lambda: _try_questions(debate, student))


async def _try_questions(debate: DebatePlan, student: Student) -> None:
    """Try the questions that come before sides, where there are any."""
    place = await debate.hands.press(student, debate.now(), "My place")
    if place is not None and place.button("Try the questions") is not None:
        await debate.hands.take_alone(student, await debate.hands.press(student, place, "Try the questions"))


async def _vote_after(debate: DebatePlan, student: Student, waits: int = 0) -> None:
    motion = debate.now()
    if motion.button("My stance after") is None:
        _look_again(debate, student, _vote_after, waits)
        return
    stand = student.stand_after(debate.began.get(student.person.user_id))
    await debate.hands.vote(student, motion, "after", stand)


async def _argue(debate: DebatePlan, student: Student, waits: int = 0) -> None:
    motion = debate.now()
    if motion.button("Add argument") is None:
        if motion.button("My stance before") is not None:  # people are still joining
            _look_again(debate, student, _argue, waits)
        return
    side = await debate.hands.side(student, motion)
    if side is None:
        return
    claim, rng = debate.hands.book.motion(motion.text), student.rng
    related = [] if claim is None else debate.hands.book.related(claim)
    others = [screen for screen in _arguments(debate) if f"<@{student.person.user_id}>" not in screen.text]
    other_side = [screen for screen in others if _side_of(screen) != side]
    if others and rng.random() < ANSWERS_ANOTHER:
        chosen = rng.choice(other_side if other_side and rng.random() < CROSSES_SIDES else others)
        words = answer(claim, side, related, attacks=_side_of(chosen) != side, rng=rng)
        if await debate.hands.restate(student, chosen, ANSWER_LABEL):
            debate.plan(_between(AUTHORS_WORD, rng), lambda: _find_fair(debate))
            debate.plan(_between(NOT_YET_SECONDS, rng), lambda: _answer(debate, student, chosen, words))
        else:
            await debate.hands.argue(student, chosen, ANSWER_LABEL, words)
    else:
        await debate.hands.argue(student, motion, "Add argument", argument(claim, side, related, rng))


async def _answer(
    debate: DebatePlan, student: Student, restated: Screen, words: Words, waits: int = 0
) -> None:
    """Answer an argument that one has restated, as soon as its author, who may be a visitor, has said a word."""
    if not await debate.hands.argue(student, restated, ANSWER_LABEL, words) and waits < MOST_WAITS_FOR_WORD:
        later = _between(NOT_YET_SECONDS, student.rng)
        debate.plan(later, lambda: _answer(debate, student, restated, words, waits + 1))


async def _find_fair(debate: DebatePlan) -> None:
    """Have classmates say that their arguments were restated fairly."""
    by_id = {student.person.user_id: student for student in debate.students}
    for screen in _screens(debate):
        author = AUTHOR_OF_RESTATED.search(screen.text)
        student = None if author is None else by_id.get(int(author[1]))
        if student is not None:
            await debate.hands.press(student, screen, "Fair")


async def _judge(debate: DebatePlan, student: Student, waits: int = 0) -> None:
    """Compare a few pairs of arguments."""
    motion = debate.now()
    if motion.button(JUDGE_LABEL) is None:
        _look_again(debate, student, _judge, waits)
        return
    pair = await debate.hands.press(student, motion, JUDGE_LABEL)
    for _ in range(MOST_PAIRS):
        if pair is None or not pair.buttons:
            return
        pair = await debate.hands.press(student, pair, student.rng.choice(pair.buttons[:2]).label)


async def _sign(debate: DebatePlan, student: Student, waits: int = 0) -> None:
    """Sign the joint statement, or write it where nobody has."""
    for screen in _screens(debate):
        if screen.text.startswith(JOINT_STATEMENT) and screen.button(SIGN_LABEL) is not None:
            await debate.hands.press(student, screen, SIGN_LABEL)
            return
    motion = debate.now()
    if motion.button("Joint statement") is None:
        _look_again(debate, student, _sign, waits)
        return
    await debate.hands.write_statement(student, motion, STATEMENT)


def _look_again(
    debate: DebatePlan,
    student: Student,
    deed: Callable[[DebatePlan, Student, int], Awaitable[None]],
    waits: int,
) -> None:
    if waits < MOST_WAITS:
        debate.plan(_between(NOT_YET_SECONDS, student.rng), lambda: deed(debate, student, waits + 1))


async def _chat(debate: DebatePlan, student: Student) -> None:
    arguments = _arguments(debate)
    about = student.rng.choice(arguments) if arguments and student.happens(0.5) else None
    await say(student, debate.thread, student.rng.choice(CHAT), about)


def _arguments(debate: DebatePlan) -> list[Screen]:
    return [screen for screen in _screens(debate) if screen.button(ANSWER_LABEL) is not None]


def _screens(debate: DebatePlan) -> list[Screen]:
    return [look_at(message) for message in debate.room.public_messages(debate.thread)]


def _side_of(argument_shown: Screen) -> str:
    return "for" if "· For the motion" in argument_shown.text else "against"


def _between(span: tuple[float, float], rng: random.Random) -> timedelta:
    return timedelta(seconds=rng.uniform(*span))
