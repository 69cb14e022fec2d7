"""How the class takes part in a debate: stances, arguments that answer one another, talk, stances again.

Plans only; ``crowd`` sees to the time. Sides are read from the bot's private answer, as a student would.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import simcord

from bot.rehearsal.hands import Hands, say
from bot.rehearsal.screen import Screen, look_at
from bot.rehearsal.speech import CHAT, answer, argument
from bot.rehearsal.students import Stand, Student
from bot.rehearsal.world import Classroom

Planner = Callable[[timedelta, Callable[[], Awaitable[object]]], None]

MOTION = "## Motion:"
"""How the message begins that a debate is held from."""

NOT_YET_SECONDS = (10.0, 20.0)
MOST_WAITS = 60
"""Where a stage has not come yet, one looks again a little later, but not for ever."""

BEFORE = (3.0, 35.0)
ARGUING = (40.0, 190.0)
AFTER = (200.0, 280.0)
"""Seconds after the motion is read, for each part."""

ANSWERS_ANOTHER = 0.6
CROSSES_SIDES = 0.75
VOTES_AFTER = 0.9
ANSWER_LABEL = "Answer argument "


@dataclass(slots=True)
class DebatePlan:
    """One debate as the class follows it: its thread, its motion, and who stood where at the start."""

    room: Classroom
    thread: simcord.ChannelHandle
    motion: Screen
    hands: Hands
    rng: random.Random
    plan: Planner
    began: dict[int, Stand] = field(default_factory=dict[int, Stand])

    def now(self) -> Screen:
        """The motion as it stands now, with the buttons of the present stage."""
        screens = [look_at(message) for message in self.room.public_messages(self.thread)]
        return next((each for each in reversed(screens) if each.text.startswith(MOTION)), self.motion)


def plan_debate(debate: DebatePlan, students: Sequence[Student], plan: Planner) -> None:
    """Plan what each student does in this debate."""
    for student in students:
        rng, habits = student.rng, student.habits
        plan(_between(BEFORE, rng), lambda student=student: _vote_before(debate, student))
        if student.happens(habits.argues):
            plan(_between(ARGUING, rng), lambda student=student: _argue(debate, student))
        if student.happens(habits.chats):
            plan(_between(ARGUING, rng), lambda student=student: _chat(debate, student))
        if student.happens(VOTES_AFTER):
            plan(_between(AFTER, rng), lambda student=student: _vote_after(debate, student))


async def _vote_before(debate: DebatePlan, student: Student) -> None:
    stand = student.stand_before()
    debate.began[student.person.user_id] = stand
    await debate.hands.vote(student, debate.now(), "before", stand)


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
        await debate.hands.argue(student, chosen, ANSWER_LABEL, words)
    else:
        await debate.hands.argue(student, motion, "Add argument", argument(claim, side, related, rng))


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
    screens = [look_at(message) for message in debate.room.public_messages(debate.thread)]
    return [screen for screen in screens if screen.button(ANSWER_LABEL) is not None]


def _side_of(argument_shown: Screen) -> str:
    return "for" if "· For the motion" in argument_shown.text else "against"


def _between(span: tuple[float, float], rng: random.Random) -> timedelta:
    return timedelta(seconds=rng.uniform(*span))
