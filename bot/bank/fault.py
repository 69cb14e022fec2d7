"""What the models find wrong in an item, placed by a path of keys rather than by line and column.

``reading`` turns a fault into a :class:`~bot.bank.problem.Problem` once it knows the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding at ``path`` (keys and indexes from the value that was checked).

    With ``key``, not the value at the path is wrong, but its key.
    """

    code: str
    what: str
    remedy: str
    path: Path = ()
    key: bool = False


class Faults(ValueError):
    """Raised in pydantic validators, so that one validator can report several things with their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.what}: {fault.remedy}" for fault in self.faults))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise :class:`Faults` if there are any."""
    found = tuple(faults)
    if found:
        raise Faults(found)
