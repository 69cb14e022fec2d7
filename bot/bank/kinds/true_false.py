"""A statement that is true or false. Knows nothing of how it is shown."""

from typing import Literal, Self

from pydantic import Field, StrictBool

from bot.bank.grade import Grade, right, wrong
from bot.bank.item import ItemBase, Row, picked_row
from bot.bank.response import Picked, Response
from bot.bank.texts import Feedback

_WORDS = ("True", "False")


class TrueFalse(ItemBase):
    """A statement to call true or false; option 0 is true, option 1 false."""

    kind: Literal["true_false"] = Field(description="true_false")
    answer: StrictBool = Field(description="true or false")
    feedback: Feedback | None = Field(None, description="shown to those who picked the wrong one")

    def choices(self) -> tuple[str, ...]:
        return _WORDS

    def keeps_order(self) -> bool:
        return True

    def rows(self) -> tuple[Row, ...]:
        return tuple(picked_row(at, word, right=(at == 0) == self.answer) for at, word in enumerate(_WORDS))

    def grade(self, response: Response) -> Grade:
        says_true = self._picked(response) == 0
        return right() if says_true == self.answer else wrong(self.feedback)

    def with_key(self, response: Response) -> Self:
        answer = self._picked(response) == 0
        return self if answer == self.answer else self.model_copy(update={"answer": answer, "feedback": None})

    def right_answer(self) -> str:
        return _WORDS[0 if self.answer else 1]

    def describe(self, response: Response) -> str:
        return _WORDS[self._picked(response)]

    def _picked(self, response: Response) -> int:
        if isinstance(response, Picked) and response.option in (0, 1):
            return response.option
        raise ValueError(f"{self.id} has no such option: {response}")
