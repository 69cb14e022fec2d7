"""The lesson of a demonstration, on virtual time: what the instructor does, and waiting until it has happened.

The students are ``crowd``'s business.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import simcord

from bot.rehearsal.crowd import Crowd
from bot.rehearsal.hands import Hands
from bot.rehearsal.screen import Screen, answer_to, look_at
from bot.rehearsal.students import Student
from bot.rehearsal.world import Classroom, Person

STEP = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=2)
"""Simulated time after which a lesson that does not go on is given up."""

SETTLE_AFTERWARDS = timedelta(seconds=30)

Tell = Callable[[str], None]

DEBATE_STEPS = ((2, timedelta(seconds=40)), (2, timedelta(seconds=155)))
"""The host of a debate goes on so many stages after such a time: to the rebuttals, then to the stances afterwards."""


class LessonStuck(Exception):
    """Something that was to happen did not; the text says what."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. ``tell`` is called with what is going on, for somebody who watches."""

    room: Classroom
    crowd: Crowd
    hands: Hands
    tell: Tell

    async def live_quiz(self, set_key: str, questions: int, seconds: int) -> None:
        """A live quiz from the lobby to the summary, with second votes where the class is divided."""
        room, host = self.room, self.room.instructor
        await self._command(
            host,
            room.lesson_channel,
            "quiz live",
            set=set_key,
            questions=questions,
            seconds=seconds,
            pace="auto",
            revote="auto",
            certainty=True,
        )
        await self._press_public(host, room.lesson_channel, "Start")
        shown = 0

        def over() -> bool:
            nonlocal shown
            screens = self._screens(room.lesson_channel)
            headings = {screen.text.split(" · ")[0] for screen in screens}  # the same one for both votes
            asked = sum(1 for heading in headings if heading.startswith("### Question "))
            if asked != shown:
                shown = asked
                self.tell(f"Live quiz: question {asked} of {questions}")
            return screens[-1].button("My result") is not None

        await self._until(over, "the live quiz ended", keep_going=host)
        await self._let_pass(SETTLE_AFTERWARDS)

    async def private_quiz(self, student: Student, set_key: str, questions: int) -> None:
        """One student takes a quiz alone."""
        self.tell(f"Private quiz: {student.person.name}")
        result = await student.person.actor.slash(
            self.room.lesson_channel, "quiz take", set=set_key, questions=questions
        )
        screen = answer_to(result)
        for _ in range(2 * questions + 1):
            if screen is None or screen.text.startswith("### Your result"):
                return
            following = next(
                (b for b in screen.buttons if b.label in ("Next question", "See my result")), None
            )
            if following is None:
                await self.room.env.advance_time(student.rng.uniform(4, 20))
                screen = await self.hands.answer_alone(student, screen)
            else:
                screen = await self.hands.press(student, screen, following.label)
        raise LessonStuck("a private quiz did not come to its end")

    async def debate(self, words: str) -> tuple[int, str]:
        """A debate on the claim that these words find first, from its motion to its outcome.

        Gives the id of its thread, and the outcome as the class reads it.
        """
        room, host = self.room, self.room.instructor
        found = await host.actor.autocomplete(room.debate_channel, "debate open", "claim", words)
        if not found:
            raise LessonStuck(f"no claim to debate was found for “{words}”")
        self.tell("Debate: stances, arguments, stances again")
        preview = await host.actor.slash(
            room.debate_channel,
            "debate open",
            claim=found[0]["value"],
            minutes=0,
            channel=room.debate_channel,
        )
        if preview.response is None:
            raise LessonStuck("/debate open was not answered")
        await host.actor.click(preview.response, label="Open it")
        thread = room.debate_channel.threads[-1]
        await self._until(
            lambda: any(s.button("My stance before") for s in self._screens(thread)), "the motion came up"
        )
        for stages, then in DEBATE_STEPS:
            await self._let_pass(then)
            for _ in range(stages):
                await self._command(host, thread, "debate advance")
        await self._until(lambda: self.crowd.next_at() is None, "the debate calmed down")
        await self._command(host, thread, "debate close")

        def outcomes() -> list[str]:
            return [screen.text for screen in self._screens(thread) if screen.text.startswith("## Outcome")]

        await self._until(lambda: bool(outcomes()), "the outcome came up")
        return thread.id, outcomes()[-1]

    async def _until(self, reached: Callable[[], bool], what: str, keep_going: Person | None = None) -> None:
        """Let time pass, and the class act, until something is so."""
        deadline = self.room.now() + LONGEST_WAIT
        while True:
            self.crowd.look_around()
            if reached():
                return
            if self.room.now() > deadline:
                raise LessonStuck(f"it was not to be seen that {what}")
            await self._step(STEP)
            if (
                keep_going is not None
                and self._screens(self.room.lesson_channel)[-1].button("Go on") is not None
            ):
                # Two questions without an answer pause a quiz: a small or silent class.
                await self._press_public(keep_going, self.room.lesson_channel, "Go on")

    async def _let_pass(self, time: timedelta) -> None:
        end = self.room.now() + time
        while self.room.now() < end:
            self.crowd.look_around()
            await self._step(min(STEP, end - self.room.now()))

    async def _step(self, longest: timedelta) -> None:
        """Move the clock to the next thing that somebody has in mind, or by ``longest``."""
        following, now = self.crowd.next_at(), self.room.now()
        wait = longest if following is None else min(max(following - now, timedelta(0)), longest)
        if wait > timedelta(0):
            # A hair more than asked for: the clock counts in floating point.
            await self.room.env.advance_time(wait.total_seconds() + 1e-6)
        await self.crowd.act()

    async def _command(
        self, person: Person, where: simcord.ChannelHandle, name: str, **options: object
    ) -> None:
        result = await person.actor.slash(where, name, **options)
        if answer_to(result) is None:
            raise LessonStuck(f"/{name} was not answered")

    async def _press_public(self, person: Person, where: simcord.ChannelHandle, label: str) -> None:
        for screen in reversed(self._screens(where)):
            button = screen.button(label)
            if button is not None:
                await person.actor.click(screen.message, custom_id=button.custom_id)
                return
        raise LessonStuck(f"there is no button “{label}”")

    def _screens(self, where: simcord.ChannelHandle) -> list[Screen]:
        return [look_at(message) for message in self.room.public_messages(where)]
