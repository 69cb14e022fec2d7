"""Several right options among several. Knows nothing of how options are shuffled or shown."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool

from bot.bank import limits
from bot.bank.fault import Fault, refuse
from bot.bank.form import Filled, PickField, chosen_places
from bot.bank.grade import Grade, graded
from bot.bank.item import ItemBase, Row
from bot.bank.kinds.choice import Option, equal_options, with_right
from bot.bank.response import Chosen, Response
from bot.errors import UnreadableAnswer

_HINT = "More than one may be right. Choose all that are."


def _faults(options: tuple[Option, ...]) -> Iterator[Fault]:
    right_ones = sum(option.right for option in options)
    if right_ones < 2:
        what = f"{('no option is', 'only one option is')[right_ones]} marked as right"
        yield Fault("too-few-right", what, "mark at least two, or make it a “choice”")
    if right_ones == len(options):
        yield Fault("all-right", "every option is marked as right", "add one that is wrong")
    yield from equal_options(options)


def _consistent(options: tuple[Option, ...]) -> tuple[Option, ...]:
    refuse(_faults(options))
    return options


class Multiple(ItemBase):
    """A question with 3 to 10 options, two or more of them right.

    Partial credit as Canvas gives it: right picks less wrong picks, over the number of right options, not
    below 0. The feedback of an option is for those who misjudge it: who choose a wrong one, or leave a right
    one out.
    """

    kind: Literal["multiple"] = Field(description="multiple")
    options: Annotated[tuple[Option, ...], AfterValidator(_consistent)] = Field(
        min_length=3,
        max_length=limits.OPTIONS,
        description="3 to 10 options, at least two with “right: true”",
    )
    shuffle: StrictBool = Field(True, description="false keeps the options in this order")
    all_or_nothing: StrictBool = Field(
        False, description="true gives no credit for a part of the right options"
    )

    def choices(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options)

    def keeps_order(self) -> bool:
        return not self.shuffle

    def hint(self) -> str | None:
        return f"{_HINT} Only exactly these count." if self.all_or_nothing else _HINT

    def form(self, order: Sequence[int], given: Response | None = None) -> tuple[PickField, ...]:
        texts = self.choices()
        chosen = given.options if isinstance(given, Chosen) else ()
        slots = tuple(slot for slot, option in enumerate(order) if option in chosen)
        shown = tuple(texts[option] for option in order)
        return (PickField("All that are right", shown, several=True, given=slots, lettered=True),)

    def from_form(self, order: Sequence[int], filled: Filled) -> Response:
        (values,) = filled
        slots = chosen_places(values, len(order))
        if not slots:
            raise UnreadableAnswer("", "Choose at least one option.")
        return Chosen(tuple(sorted(order[slot] for slot in slots)))

    def rows(self) -> tuple[Row, ...]:
        return tuple(_row(at, option) for at, option in enumerate(self.options))

    def grade(self, response: Response) -> Grade:
        chosen = self._chosen(response)
        right_ones = {at for at, option in enumerate(self.options) if option.right}
        hits = len(right_ones.intersection(chosen))
        fraction = max(0.0, (hits - (len(chosen) - hits)) / len(right_ones))
        if self.all_or_nothing and fraction < 1:
            fraction = 0.0
        misjudged = (option for at, option in enumerate(self.options) if (at in chosen) != option.right)
        feedback = " ".join(option.feedback for option in misjudged if option.feedback is not None)
        return graded(fraction, feedback or None)

    def with_key(self, response: Response) -> Self:
        key = self._chosen(response)
        options = tuple(with_right(option, right=at in key) for at, option in enumerate(self.options))
        return self.model_copy(update={"options": options})

    def comments(self) -> tuple[str, ...]:
        return tuple(option.feedback for option in self.options if option.feedback is not None)

    def right_answer(self) -> str:
        return "; ".join(option.text for option in self.options if option.right)

    def describe(self, response: Response) -> str:
        return "; ".join(self.options[at].text for at in self._chosen(response))

    def _chosen(self, response: Response) -> tuple[int, ...]:
        if isinstance(response, Chosen) and response.options:
            rising = tuple(sorted(set(response.options)))
            if rising == response.options and rising[0] >= 0 and rising[-1] < len(self.options):
                return response.options
        raise ValueError(f"{self.id} has no such options: {response}")


def _row(at: int, option: Option) -> Row:
    def holds(response: Response) -> bool:
        return isinstance(response, Chosen) and at in response.options

    return Row(option.text, holds, option.right, at)
