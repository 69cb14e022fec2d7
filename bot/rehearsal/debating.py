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
    began: dict[int, Stand] = field(default_factory=dict[int, Stand])


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
    await debate.hands.vote(student, debate.motion, "before", stand)


async def _vote_after(debate: DebatePlan, student: Student) -> None:
    stand = student.stand_after(debate.began.get(student.person.user_id))
    await debate.hands.vote(student, debate.motion, "after", stand)


async def _argue(debate: DebatePlan, student: Student) -> None:
    side = await debate.hands.side(student, debate.motion)
    if side is None:
        return
    claim, rng = debate.hands.book.motion(debate.motion.text), student.rng
    related = [] if claim is None else debate.hands.book.related(claim)
    others = [screen for screen in _arguments(debate) if f"<@{student.person.user_id}>" not in screen.text]
    other_side = [screen for screen in others if _side_of(screen) != side]
    if others and rng.random() < ANSWERS_ANOTHER:
        chosen = rng.choice(other_side if other_side and rng.random() < CROSSES_SIDES else others)
        words = answer(claim, side, related, attacks=_side_of(chosen) != side, rng=rng)
        await debate.hands.argue(student, chosen, ANSWER_LABEL, words)
    else:
        await debate.hands.argue(student, debate.motion, "Add argument", argument(claim, side, related, rng))


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
