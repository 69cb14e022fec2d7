"""A question answered by typing a word or a name. How near is near enough is ``spelling``'s business."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from bot.bank import limits
from bot.bank.fault import Fault, refuse
from bot.bank.form import Filled, FormField
from bot.bank.grade import Grade, right, wrong
from bot.bank.item import FileModel, ItemBase, Row, typed, typed_field
from bot.bank.response import Response, Typed
from bot.bank.spelling import compare, plain
from bot.bank.texts import AnswerText, Feedback, one_line
from bot.errors import Invalid, UnreadableAnswer

_HINT = "A word or a few words."


class KnownAnswer(FileModel):
    """A wrong answer that many give, and the misconception behind it."""

    answer: AnswerText = Field(description="the wrong answer")
    text: Feedback = Field(description="the misconception behind it")


def _all_different(accepted: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    faults: list[Fault] = []
    for at, answer in enumerate(accepted):
        first = seen.setdefault(plain(answer), at)
        if first != at:
            what = f"“{answer}” is accepted already: case, articles and punctuation do not count"
            faults.append(Fault("equal-answers", what, "leave it out", (at,)))
    refuse(faults)
    return accepted


class ShortText(ItemBase):
    """A question answered by typing a short text; small slips of spelling are forgiven."""

    kind: Literal["short_text"] = Field(description="short_text")
    accepted: Annotated[tuple[AnswerText, ...], AfterValidator(_all_different)] = Field(
        min_length=1,
        max_length=limits.ACCEPTED,
        description="the right answers; the first is shown to students",
    )
    feedback: tuple[KnownAnswer, ...] = Field(
        (), max_length=limits.KNOWN_WRONG, description="well-known wrong answers, each with answer and text"
    )

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        accepted = {plain(answer) for answer in self.accepted}
        for at, known in enumerate(self.feedback):
            if plain(known.answer) in accepted:
                what = f"“{known.answer}” counts as right here"
                yield Fault("feedback-on-right", what, "give a wrong answer", ("feedback", at, "answer"))

    def hint(self) -> str | None:
        return _HINT

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[FormField, ...]:
        return (typed_field(self.hint(), given),)

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        return typed(filled)

    def rows(self) -> tuple[Row, ...]:
        return ()

    def grade(self, response: Response) -> Grade:
        text = self._typed(response)
        if len(text) > limits.TYPED or not text.strip():
            raise UnreadableAnswer(text[: limits.ANSWER], _HINT)
        written = plain(text)
        best = max((compare(answer, written) for answer in self.accepted), key=lambda match: match.rank)
        known = max(
            ((compare(known.answer, written), known.text) for known in self.feedback),
            key=lambda pair: pair[0].rank,
            default=None,
        )
        # A text that is as near to a well-known wrong answer as to a right one is not a slip of spelling.
        if known is not None and known[0].within and not (best.within and best.distance < known[0].distance):
            return wrong(known[1])
        return right() if best.within else wrong(near_miss=best.near)

    def with_key(self, response: Response) -> Self:
        self.grade(response)  # raises for what cannot be read
        key = one_line(self._typed(response))
        if len(key) > limits.ANSWER:
            raise Invalid(
                "right answer",
                "nobody could be expected to type such a right answer",
                f"Give {limits.ANSWER} characters at most.",
            )
        known = tuple(known for known in self.feedback if plain(known.answer) != plain(key))
        return self.model_copy(update={"accepted": (key,), "feedback": known})

    def normal(self, response: Response) -> str:
        return plain(self._typed(response))

    def right_answer(self) -> str:
        return self.accepted[0]

    def describe(self, response: Response) -> str:
        return one_line(self._typed(response))[: limits.TYPED]

    def _typed(self, response: Response) -> str:
        if isinstance(response, Typed):
            return response.text
        raise ValueError(f"{self.id} is answered with a text, not with an option: {response}")
