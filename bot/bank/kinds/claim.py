"""A contested claim: both cases, and no right answer. Knows nothing of how debates run."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from bot.bank import limits
from bot.bank.fault import Fault
from bot.bank.grade import Grade
from bot.bank.item import FileModel, ItemBase, Row
from bot.bank.response import Response, Typed
from bot.bank.texts import Slug, one_line

_Motion = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.MOTION),
    AfterValidator(one_line),
]
_Background = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.BACKGROUND)
]
_CaseText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.CASE)]
_Holders = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.HOLDERS)]
_Evidence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.EVIDENCE)]
_Question = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.QUESTION),
    AfterValidator(one_line),
]


class Case(FileModel):
    """One side of a claim at its strongest, and who holds it."""

    text: _CaseText = Field(description="the case in two to four sentences")
    holders: _Holders = Field(description="who holds it")
    cards: tuple[Slug, ...] = Field(
        (), max_length=limits.CARDS, description="ids of items that support this case, for debates"
    )


class Claim(ItemBase):
    """A proposition on which reasonable people differ; made for debates."""

    graded: ClassVar[bool] = False

    kind: Literal["claim"] = Field(description="claim")
    motion: _Motion = Field(description="one neutral proposition that one can be for or against")
    background: _Background = Field(description="what both sides should know, in neutral words")
    case_for: Case = Field(description="the case for the motion: text and holders")
    case_against: Case = Field(description="the case against the motion: text and holders")
    evidence: _Evidence = Field(description="what evidence would settle it")
    questions: tuple[_Question, ...] = Field(
        min_length=2, max_length=3, description="2 or 3 questions to think about"
    )

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        seen = {self.id}
        for name, case in (("case_for", self.case_for), ("case_against", self.case_against)):
            for at, card in enumerate(case.cards):
                if card in seen:
                    what = (
                        f"“{card}” is named already" if card != self.id else "a claim is no card for itself"
                    )
                    yield Fault("equal-cards", what, "name each card once, on one side", (name, "cards", at))
                seen.add(card)

    def rows(self) -> tuple[Row, ...]:
        return ()

    def grade(self, response: Response) -> Grade:
        raise ValueError(f"{self.id} is a claim: it has no right answer")

    def right_answer(self) -> str:
        return ""

    def describe(self, response: Response) -> str:
        if isinstance(response, Typed):
            return one_line(response.text)
        raise ValueError(f"{self.id} has no such option: {response}")
