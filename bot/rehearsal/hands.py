"""What a student does with what is on the screen: presses, fills in, writes; and notes what was acknowledged.

Nothing is read but the screen, and nothing is done but what a person can do.
"""

import re
from dataclasses import dataclass
from datetime import datetime

import simcord

from bot.bank.kinds import Item
from bot.bank.response import Bounds, Response, Typed
from bot.rehearsal.filling import fill_in, fill_in_anyhow
from bot.rehearsal.knowledge import Book, form_of
from bot.rehearsal.ledger import ALONE, LIVE, Answer, Argued, Ledger, Vote, in_words
from bot.rehearsal.screen import Button, Screen, answer_to, look_at_form
from bot.rehearsal.speech import Words, restatement
from bot.rehearsal.students import NO_IDEA, Stand, Student, in_writing

ANSWER_IS_IN = "Your answer is in:"
SECOND_VOTE = " · second vote"
YOU_ANSWERED = "You answered:"
STANCES = {"for": "2", "against": "-2", "undecided": "0"}
"""The options of the form for a stance that stand for the plain views."""

STANCE_IS_KEPT = "Kept, privately:"
ARGUMENT_IS_IN = re.compile(r"Your argument is in, as number \*\*(\d+)\*\*")
GIVE_OPINION = "Give my opinion"
STATEMENT = re.compile(r"^\*\*(.+)\*\*$", re.MULTILINE)
AT_ONE_SITTING = 8
CLAIM = re.compile(r"\*\*Claim\*\*\n> (.+)")
RESTATE_FIRST = "First restate argument"
ONWARD = ("Next question", "See my result")
OWN_RESULT = "### Your result"
MOST_PRESSES = 30
NOT_OPTIONS = ("Host controls", "Finish now", "Discuss", "Go on")
CERTAINTIES = ("Guess", "Fairly sure", "Certain")
FORM_LABEL = "Answer"
SECOND_TRY = "42"


@dataclass(frozen=True, slots=True)
class Hands:
    """Acts for students. ``book`` is what they have learned from, ``ledger`` where acknowledgements are noted."""

    book: Book
    ledger: Ledger

    async def answer_live(self, student: Student, screen: Screen) -> None:
        """Answer the question on the screen, in a live quiz; and now and then say how sure, where that is asked."""
        seen, words = await self._answer(student, screen)
        self._note(student, screen, seen, words, ANSWER_IS_IN, LIVE)
        if seen is not None and seen.button(CERTAINTIES[0]) is not None:
            certainty = student.how_sure(CERTAINTIES)
            if certainty is not None:
                await self.press(student, seen, certainty)

    async def answer_alone(self, student: Student, screen: Screen) -> Screen | None:
        """Answer the question on the screen in a quiz of one's own; gives what comes up then."""
        seen, words = await self._answer(student, screen)
        self._note(student, screen, seen, words, YOU_ANSWERED, ALONE)
        return seen

    async def take_alone(self, student: Student, screen: Screen | None) -> None:
        """Go through a quiz of one's own, from what is on the screen to its result."""
        for _ in range(MOST_PRESSES):
            if screen is None or not screen.buttons or screen.text.startswith(OWN_RESULT):
                return
            onward = next((button.label for button in screen.buttons if button.label in ONWARD), None)
            if onward is None:
                screen = await self.answer_alone(student, screen)
            else:
                screen = await self.press(student, screen, onward)

    async def press(self, student: Student, screen: Screen, label: str) -> Screen | None:
        """Press a button that is answered with a private message; None where there is no such button."""
        button = screen.button(label)
        if button is None:
            return None
        return answer_to(await student.person.actor.click(screen.message, custom_id=button.custom_id))

    async def vote(self, student: Student, screen: Screen, phase: str, stand: Stand) -> None:
        """Give a stance before or after a debate."""
        fields = {"stance": STANCES.get(stand.standing, stand.standing)}
        if stand.certainty is not None:
            fields["certainty"] = str(stand.certainty)
        seen = await self._fill_in(student, screen, f"My stance {phase}", fields)
        if seen is not None and STANCE_IS_KEPT in seen.text:
            vote = Vote(student.person.user_id, phase, stand.standing, stand.certainty)
            self.ledger.voted(screen.message.id, vote)
        else:
            self.ledger.refused("" if seen is None else seen.text)

    async def restate(self, student: Student, screen: Screen, label: str) -> bool:
        """Say an argument in one's own words, if the button of that label asks for that before an answer."""
        button, claim = screen.button(label), CLAIM.search(screen.text)
        if button is None or claim is None:
            return False
        actor = student.person.actor
        shown = await actor.click(screen.message, custom_id=button.custom_id)
        sheet = look_at_form(shown)
        if sheet is None or not sheet.title.startswith(RESTATE_FIRST):
            return False
        await actor.submit_modal(shown, {sheet.fields[0].name: restatement(claim[1], student.rng)})
        return True

    async def argue(self, student: Student, screen: Screen, label: str, words: Words) -> bool:
        """Add an argument with the button of that label. False where that is refused, or one has to restate first."""
        fields = {"claim": words.claim, "evidence": words.evidence, "reasoning": words.reasoning}
        seen = await self._fill_in(student, screen, label, fields)
        number = None if seen is None else ARGUMENT_IS_IN.search(seen.text)
        if number is None:
            self.ledger.refused("" if seen is None else seen.text)
            return False
        self.ledger.argued(Argued(student.person.user_id, int(number[1]), **fields))
        return True

    async def write_statement(self, student: Student, screen: Screen, text: str) -> None:
        """Write the joint statement."""
        button = screen.button("Joint statement")
        if button is None:
            return
        actor = student.person.actor
        shown = await actor.click(screen.message, custom_id=button.custom_id)
        sheet = look_at_form(shown)
        if sheet is not None:
            await actor.submit_modal(shown, {sheet.fields[0].name: text})

    async def opine(self, student: Student, screen: Screen) -> None:
        """Say something to the next statements of a class opinion, as many as one has patience for at a time."""
        seen = await self.press(student, screen, GIVE_OPINION)
        for _ in range(AT_ONE_SITTING):
            statement = None if seen is None else STATEMENT.search(seen.text)
            if seen is None or statement is None:
                return
            seen = await self.press(student, seen, student.opinion(statement[1]))

    async def side(self, student: Student, screen: Screen) -> str | None:
        """Look up the side that one argues; None before joining."""
        seen = await self.press(student, screen, "My place")
        found = None if seen is None else re.search(r"You argue \*\*(for|against)\*\*", seen.text)
        return None if found is None else found[1]

    async def _answer(self, student: Student, screen: Screen) -> tuple[Screen | None, str | None]:
        """What came up, and the answer in words; None for one that was only guessed at."""
        item = self.book.question(screen.text)
        offered = {
            text: button for text, button in screen.options().items() if button.label not in NOT_OPTIONS
        }
        button = offered.get(FORM_LABEL)
        if button is not None and (item is None or form_of(item)):
            return await self._answer_in_form(student, screen, button, item)
        words = student.pick(item, list(offered), talked_over=SECOND_VOTE in screen.text)
        result = await student.person.actor.click(screen.message, custom_id=offered[words].custom_id)
        return answer_to(result), words

    async def _answer_in_form(
        self, student: Student, screen: Screen, button: Button, item: Item | None
    ) -> tuple[Screen | None, str | None]:
        response = None if item is None else student.respond(item, talked_over=SECOND_VOTE in screen.text)
        seen, given = await self._hand_in(student, screen, button, item, response, NO_IDEA)
        understood = seen is None or any(words in seen.text for words in (ANSWER_IS_IN, YOU_ANSWERED))
        if seen is not None and not understood and isinstance(response, Typed | Bounds | None):
            # It was not understood: a person reads why, and tries once more.
            self.ledger.refused(seen.text)
            response = None if response is None else in_writing(response, SECOND_TRY)
            seen, given = await self._hand_in(student, screen, button, item, response, SECOND_TRY)
        return seen, None if item is None or given is None else in_words(item, given)

    async def _hand_in(
        self,
        student: Student,
        screen: Screen,
        button: Button,
        item: Item | None,
        response: Response | None,
        guess: str,
    ) -> tuple[Screen | None, Response | None]:
        """Give this response in the form; where it does not fit the form, or there is none, a guess."""
        actor = student.person.actor
        shown = await actor.click(screen.message, custom_id=button.custom_id)
        sheet = look_at_form(shown)
        if sheet is None:
            return answer_to(shown), None
        entries = None
        if item is not None and response is not None:
            entries = fill_in(sheet, form_of(item, response), screen.lettered)
        given = None if entries is None else response
        entries = entries or fill_in_anyhow(sheet, guess, student.rng)
        return answer_to(await actor.submit_modal(shown, dict(entries))), given

    async def _fill_in(
        self, student: Student, screen: Screen, label: str, fields: dict[str, str]
    ) -> Screen | None:
        button = screen.button(label)
        return None if button is None else await self._submit(student, screen, button, fields)

    async def _submit(
        self, student: Student, screen: Screen, button: Button, fields: dict[str, str]
    ) -> Screen | None:
        actor = student.person.actor
        shown = await actor.click(screen.message, custom_id=button.custom_id)
        sheet = look_at_form(shown)
        if sheet is None or sheet.title.startswith(RESTATE_FIRST):
            return answer_to(shown)
        return answer_to(await actor.submit_modal(shown, dict(sheet.filled_in(fields))))

    def _note(
        self, student: Student, screen: Screen, seen: Screen | None, words: str | None, sign: str, mode: str
    ) -> None:
        item = self.book.question(screen.text)
        if seen is None or sign not in seen.text:
            self.ledger.refused("" if seen is None else seen.text)
        elif item is not None and words is not None:
            question = (screen.message.id, item.id)
            self.ledger.answered(question, Answer(student.person.user_id, mode, item.id, words))


async def say(
    student: Student, room: simcord.ChannelHandle, text: str, reply_to: Screen | None = None
) -> None:
    """Write a message into a room."""
    await student.person.actor.send(room, text, reply_to=None if reply_to is None else reply_to.message)


def still_open(screen: Screen, now: datetime) -> bool:
    """Whether the question on the screen takes answers."""
    until = screen.until
    asks = any(button.label not in NOT_OPTIONS for button in screen.buttons)
    return until is not None and until > now and asks and screen.button("Host controls") is not None
