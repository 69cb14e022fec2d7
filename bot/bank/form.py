"""The form in which an answer is given that one press cannot give. Knows nothing of how it is shown.

What comes back from a form is ``Filled``: for each field, in order, the texts typed or the places of what was
chosen among the field's options, as they were shown.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextField:
    """A line to type in; ``given`` is what stands there at first."""

    label: str
    hint: str | None = None
    given: str = ""


@dataclass(frozen=True, slots=True)
class PickField:
    """A list to choose from, one or ``several``; ``given`` are the places chosen at first.

    ``part`` is the slot of the part of the question that the field is about, and ``lettered`` says that the
    options are the question's own, which have letters.
    """

    label: str
    options: tuple[str, ...]
    several: bool = False
    given: tuple[int, ...] = ()
    part: int | None = None
    lettered: bool = False


FormField = TextField | PickField
Filled = tuple[tuple[str, ...], ...]
"""Field by field what was filled in; an empty tuple where nothing was."""


def chosen_places(values: tuple[str, ...], options: int) -> tuple[int, ...]:
    """The places that were chosen in a list of so many options; ValueError for any other text."""
    known = [str(place) for place in range(options)]
    if len(set(values)) != len(values) or not set(values) <= set(known):
        raise ValueError(f"not places among {options} options: {values}")
    return tuple(map(known.index, values))
