"""One right option among several. Knows nothing of how options are shuffled or shown."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StrictBool

from bot.bank import limits
from bot.bank.fault import Fault, refuse
from bot.bank.grade import Grade, right, wrong
from bot.bank.item import FileModel, ItemBase, Row, picked_row
from bot.bank.response import Picked, Response
from bot.bank.texts import Feedback, OptionText, same_text


class Option(FileModel):
    """One option; a wrong one can say which misconception it stands for."""

    text: OptionText = Field(description="the option as students read it")
    right: StrictBool = Field(False, description="true for the right option, and only for that")
    feedback: Feedback | None = Field(None, description="the misconception behind this option")


def _faults(options: tuple[Option, ...]) -> Iterator[Fault]:
    right_ones = [at for at, option in enumerate(options) if option.right]
    if not right_ones:
        yield Fault("no-right-option", "no option is marked as right", "add “right: true” to the right one")
    for at in right_ones[1:]:
        what = f"option {at + 1} is marked as right, and so is option {right_ones[0] + 1}"
        yield Fault("two-right-options", what, "leave “right: true” on one option only", (at, "right"))
    yield from equal_options(options)


def equal_options(options: tuple[Option, ...]) -> Iterator[Fault]:
    """A fault for each option that says the same as an earlier one."""
    seen: dict[str, int] = {}
    for at, option in enumerate(options):
        first = seen.setdefault(same_text(option.text), at)
        if first != at:
            what = f"option {at + 1} says the same as option {first + 1}"
            yield Fault("equal-options", what, "make each option different", (at, "text"))


def with_right(option: Option, *, right: bool) -> Option:
    """The option, right or wrong; its feedback goes if that has changed, because it says the opposite."""
    return option if option.right == right else Option(text=option.text, right=right, feedback=None)


def _consistent(options: tuple[Option, ...]) -> tuple[Option, ...]:
    refuse(_faults(options))
    return options


class Choice(ItemBase):
    """A question with 2 to 10 options, one of them right."""

    kind: Literal["choice"] = Field(description="choice")
    options: Annotated[tuple[Option, ...], AfterValidator(_consistent)] = Field(
        min_length=2, max_length=limits.OPTIONS, description="2 to 10 options, exactly one with “right: true”"
    )
    shuffle: StrictBool = Field(True, description="false keeps the options in this order")

    graded: ClassVar[bool] = True

    def choices(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options)

    def keeps_order(self) -> bool:
        return not self.shuffle

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            picked_row(at, option.text, right=option.right) for at, option in enumerate(self.options)
        )

    def grade(self, response: Response) -> Grade:
        option = self._picked(response)
        return right(option.feedback) if option.right else wrong(option.feedback)

    def with_key(self, response: Response) -> Self:
        key = self._picked(response)
        options = tuple(with_right(option, right=option.text == key.text) for option in self.options)
        return self.model_copy(update={"options": options})

    def right_answer(self) -> str:
        return next(option.text for option in self.options if option.right)

    def describe(self, response: Response) -> str:
        return self._picked(response).text

    def _picked(self, response: Response) -> Option:
        if isinstance(response, Picked) and 0 <= response.option < len(self.options):
            return self.options[response.option]
        raise ValueError(f"{self.id} has no such option: {response}")
