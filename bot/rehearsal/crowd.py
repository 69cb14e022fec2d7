"""The class as a whole: it looks into the rooms, plans who does what and when, and does it when the moment comes.

It never moves the clock: whoever does asks ``next_at`` and calls ``act``. So the same class fills a demonstration
on virtual time and the rooms of a lone visitor.
"""

import heapq
import itertools
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import simcord

from bot.rehearsal.debating import MOTION, DebatePlan, plan_debate
from bot.rehearsal.hands import GIVE_OPINION, Hands, say, still_open
from bot.rehearsal.screen import Screen, look_at
from bot.rehearsal.speech import DISCUSSION
from bot.rehearsal.students import Student
from bot.rehearsal.world import Classroom

Deed = Callable[[], Awaitable[object]]

PAST_MATTERS = {"discuss": "Discuss", "result": "My result"}
"""What is made of a message once, and the button by which it is known."""

DISCUSSED = 0.3
"""The share of questions that somebody wants to discuss."""

LOOKS_UP_RESULT = 0.5

SITTINGS, SECONDS_OF_OPINIONS = 7, 90.0
"""So often, within so much time, somebody answers some statements of a class opinion."""


@dataclass(order=True, slots=True)
class _Intent:
    at: datetime
    number: int
    deed: Deed = field(compare=False)


class Crowd:
    """The scripted part of a class. ``rng`` decides what no single student decides."""

    def __init__(
        self, room: Classroom, students: Sequence[Student], hands: Hands, rng: random.Random
    ) -> None:
        self._room = room
        self._students = students
        self._hands = hands
        self._rng = rng
        self._intents: list[_Intent] = []
        self._numbers = itertools.count()
        self._planned: set[tuple[int, str]] = set()
        self._answered: set[tuple[int, int]] = set()

    def next_at(self) -> datetime | None:
        """When somebody does something next; None where nobody has anything in mind."""
        return self._intents[0].at if self._intents else None

    def come_in(self) -> None:
        """Begin with what is going on now: what is over already is not talked about any more."""
        self._intents.clear()
        self._planned.clear()
        for _, screen in self._screens():
            for phase, label in PAST_MATTERS.items():
                if screen.button(label) is not None:
                    self._first_time(screen, phase)

    def look_around(self) -> None:
        """Read what is new in every room, and plan what comes of it."""
        for place, screen in self._screens():
            self._take_in(place, screen)

    async def act(self) -> int:
        """Do what is due; gives how many things were done."""
        done = 0
        while self._intents and self._intents[0].at <= self._room.now():
            await heapq.heappop(self._intents).deed()
            done += 1
        return done

    def plan(self, after: timedelta, deed: Deed) -> None:
        """Have something done after some time."""
        heapq.heappush(self._intents, _Intent(self._room.now() + after, next(self._numbers), deed))

    def _screens(self) -> Iterator[tuple[simcord.ChannelHandle, Screen]]:
        for place in self._room.rooms():
            for message in self._room.public_messages(place):
                if message.author.id == self._room.bot_id:
                    yield place, look_at(message)

    def _take_in(self, place: simcord.ChannelHandle, screen: Screen) -> None:
        if still_open(screen, self._room.now()):
            if self._first_time(screen, f"question until {screen.until}"):
                self._plan_answers(screen)
        elif screen.button("Discuss") is not None:
            if self._first_time(screen, "discuss") and self._rng.random() < DISCUSSED:
                self._plan_discussion(place, screen)
        elif screen.text.startswith(MOTION) and screen.button("My stance before") is not None:
            if self._first_time(screen, "motion"):
                plan_debate(
                    DebatePlan(self._room, place, screen, self._hands, self._rng, self.plan, self._students)
                )
        elif screen.button(GIVE_OPINION) is not None:
            if self._first_time(screen, "opinion"):
                self._plan_opinions(screen)
        elif screen.button("My result") is not None and self._first_time(screen, "result"):
            for student in self._students:
                if student.happens(LOOKS_UP_RESULT):
                    after = timedelta(seconds=student.rng.uniform(1, 20))
                    self.plan(after, self._deed(self._hands.press, student, screen, "My result"))

    def _first_time(self, screen: Screen, phase: str) -> bool:
        key = (screen.message.id, phase)
        known = key in self._planned
        self._planned.add(key)
        return not known

    def _plan_answers(self, screen: Screen) -> None:
        if screen.until is None:
            return
        seconds = (screen.until - self._room.now()).total_seconds()
        for student in self._students:
            if (screen.message.id, student.person.user_id) in self._answered:
                continue
            for moment in student.moments(seconds):
                self.plan(timedelta(seconds=moment), self._deed(self._answer, student, screen))

    async def _answer(self, student: Student, screen: Screen) -> None:
        self._answered.add((screen.message.id, student.person.user_id))
        await self._hands.answer_live(student, screen)

    def _plan_opinions(self, screen: Screen) -> None:
        for student in self._students:
            if student.happens(student.habits.silent):
                continue
            for _ in range(SITTINGS):
                after = timedelta(seconds=student.rng.uniform(2, SECONDS_OF_OPINIONS))
                self.plan(after, self._deed(self._hands.opine, student, screen))

    def _plan_discussion(self, place: simcord.ChannelHandle, screen: Screen) -> None:
        talkers = [student for student in self._students if student.happens(student.habits.chats)][:3]
        for at, student in enumerate(talkers):
            after = timedelta(seconds=2 + 4 * at + student.rng.random())
            self.plan(after, self._deed(self._discuss, student, place, screen))

    async def _discuss(self, student: Student, place: simcord.ChannelHandle, screen: Screen) -> None:
        seen = await self._hands.press(student, screen, "Discuss")
        thread = next(
            (thread for thread in place.threads if seen is not None and thread.mention in seen.text), None
        )
        if thread is not None:
            await say(student, thread, student.rng.choice(DISCUSSION))

    @staticmethod
    def _deed(act: Callable[..., Awaitable[object]], *arguments: object) -> Deed:
        return lambda: act(*arguments)
