"""What every question has in common, whatever its kind.

Knows nothing of particular kinds, of files or of Discord. The members of :class:`ItemBase` are all that the
rest of the program asks of an item.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, model_validator

from bot.bank import limits
from bot.bank.fault import Fault, refuse
from bot.bank.form import Filled, FormField, TextField
from bot.bank.grade import Grade
from bot.bank.response import Picked, Response, Typed, response_to_json
from bot.bank.texts import Explanation, KnownBetter, PartialDate, Prompt, Reason, Slug, Source, Tag


class Category(StrEnum):
    """What a question is about."""

    STATISTIC = "statistic"
    HISTORY = "history"
    CLAIM = "claim"


class Label(StrEnum):
    """How well the answer is known."""

    ESTABLISHED = "established"
    CONTESTED = "contested"
    OUTDATED = "outdated"
    MISCONCEPTION = "misconception"
    VALUE = "value"
    UNVERIFIED = "unverified"


class Confidence(StrEnum):
    """How sure a correction is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Scope(StrEnum):
    """What the statement holds for."""

    NATIONAL = "national"
    PILOT = "pilot"
    FIRM = "firm"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a class's result: which answers count for it.

    ``option`` is the place of the choice that the line is about, if it is about one; ``right`` says that the
    line is (a part of) the right answer.
    """

    text: str
    holds: Callable[[Response], bool]
    right: bool
    option: int | None = None


class FileModel(BaseModel):
    """The base of everything that stands in a question file: unchangeable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Correction(FileModel):
    """What is known better than the source says."""

    text: KnownBetter = Field(description="what is known better, in a sentence or two")
    confidence: Confidence = Field(description="how sure this is: high, medium or low")


class Since(FileModel):
    """What changed after the source was written."""

    date: PartialDate = Field(description="when it changed, such as 2022-11")
    text: KnownBetter = Field(description="what changed, in a sentence or two")


def _listed(value: object) -> object:
    # "paragraph: 8" is the usual case; a list of one would be a burden to write.
    return [value] if isinstance(value, str | int | Decimal) else value


_Paragraph = Annotated[StrictInt, Field(ge=1, le=9999)]


class ItemFields(FileModel):
    """The fields that every item has."""

    id: Slug = Field(description="a short name that never changes, such as approval-80")
    category: Category = Field(description="statistic, history or claim")
    prompt: Prompt = Field(description="the question as students read it")
    explanation: Explanation = Field("", description="why the answer is right, shown after the question")
    paragraph: Annotated[
        tuple[_Paragraph, ...],
        BeforeValidator(_listed, json_schema_input_type=int | tuple[_Paragraph, ...]),
    ] = Field((), max_length=limits.PARAGRAPHS, description="the paragraph of the source, or a list of them")
    source: Source | None = Field(
        None, description="where this item comes from, if not from the set's source"
    )
    label: Label = Field(Label.UNVERIFIED, description="how well the answer is known")
    as_of: PartialDate | None = Field(None, description="the date that the answer holds for, such as 2018-03")
    difficulty: Annotated[StrictInt, Field(ge=1, le=5)] = Field(
        3, description="from 1 (easy) to 5 (hard); 3 if left out"
    )
    tags: tuple[Tag, ...] = Field((), max_length=limits.TAGS, description="topics, such as surveys")
    scope: Scope | None = Field(None, description="what it holds for: national, pilot, firm or other")
    not_with: tuple[Slug, ...] = Field(
        (), max_length=limits.NOT_WITH, description="ids of items that give this one's answer away"
    )
    correction: Correction | None = Field(None, description="what is known better than the source says")
    since: Since | None = Field(None, description="what changed after the source was written")
    reasons: dict[Slug, Reason] = Field(
        default_factory=dict,
        max_length=limits.REASONS,
        description="why a warning of the checker is all right here, by its code",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        refuse(self.faults())
        return self

    def faults(self) -> Iterator[Fault]:
        """What is wrong between fields that are right by themselves; kinds add to it."""
        for at, other in enumerate(self.not_with):
            if other == self.id:
                what = f"“{other}” cannot be kept apart from itself"
                yield Fault("self-reference", what, "name other items", ("not_with", at))


class ItemBase(ItemFields, ABC):
    """A question of any kind: what it shows, and how it judges an answer."""

    graded: ClassVar[bool] = True
    """Whether there is a right answer."""

    has_parts: ClassVar[bool] = False
    """Whether the rows are parts of one answer, each with its right place; they then say the right answer."""

    def choices(self) -> tuple[str, ...]:
        """The texts of the options in the file's order; empty where there are none to pick from."""
        return ()

    def keeps_order(self) -> bool:
        """Whether the options must be shown in the file's order."""
        return False

    def hint(self) -> str | None:
        """How to answer, where that does not go without saying."""
        return None

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[FormField, ...]:
        """The form that an answer is given in, filled with what was answered so far; empty where one press on
        an option answers. ``order[slot]`` is the place in the file of the choice shown at that slot."""
        return ()

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        """The answer in a form of the same order. Raises UnreadableAnswer where something is missing,
        ValueError for what the form cannot hold."""
        raise ValueError(f"{self.id} is not answered in a form")

    @abstractmethod
    def rows(self) -> tuple[Row, ...]:
        """What the answers of a class are counted by; empty where the typed texts themselves are."""

    def comments(self) -> tuple[str, ...]:
        """The feedback that one answer can earn all at once; empty where it is one text at most."""
        return ()

    def own_note(self, response: Response, responses: Sequence[Response] = ()) -> str | None:
        """A sentence on one's own answer, beside all answers of the class where these are given; None where
        right or wrong says it all."""
        return None

    def class_note(self, responses: Sequence[Response]) -> str | None:
        """A sentence on a class's answers that its rows do not say, or None."""
        return None

    @abstractmethod
    def grade(self, response: Response) -> Grade:
        """Judge an answer. Raises UnreadableAnswer for a text that cannot be read, ValueError for an option
        that does not exist or an answer of another sort."""

    def with_key(self, response: Response) -> Self:
        """The same question with this as its right answer; what was said of the right answer till then is left out.

        It need not be one that a file may hold. Raises UnreadableAnswer and ValueError as :meth:`grade` does, and
        Invalid for an answer that cannot be the right one."""
        raise ValueError(f"{self.id} has no right answer: {response}")

    def normal(self, response: Response) -> str:
        """A text that is the same for all answers that say the same."""
        return response_to_json(response)

    @abstractmethod
    def right_answer(self) -> str:
        """The right answer in words; empty where there is none."""

    @abstractmethod
    def describe(self, response: Response) -> str:
        """What was answered, in words; ValueError as in :meth:`grade`."""

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        known_better = (part.text for part in (self.correction, self.since) if part is not None)
        # Everybody's result names the rows, and one's own feedback has the comments instead. Where the rows are
        # the right answer themselves, it stands there once.
        rows = sum(len(row.text) for row in self.rows())
        comments = sum(map(len, self.comments()))
        told = sum(map(len, (self.prompt, self.explanation, *known_better)))
        length = told + (
            rows + comments if self.has_parts else len(self.right_answer()) + max(rows, comments)
        )
        if self.graded and length > limits.TOGETHER:
            what = f"the texts of this item have {length:,} characters together"
            remedy = f"Discord shows them in one message; keep them within {limits.TOGETHER:,}"
            yield Fault("too-long-together", what, remedy)


def picked_row(option: int, text: str, *, right: bool) -> Row:
    """The line of an option that is picked alone."""
    return Row(text, lambda response: response == Picked(option), right, option)


def typed_field(hint: str | None, given: Response | None) -> TextField:
    """The one field of a question that is answered in writing."""
    return TextField("Answer", hint, given.text if isinstance(given, Typed) else "")


def typed(filled: Filled) -> Typed:
    """What was written into that field."""
    ((text,),) = filled
    return Typed(text)
