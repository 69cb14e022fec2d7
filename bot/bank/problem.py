"""What is wrong or weak in a question file, with its place, for people to read."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps an item out; a warning is advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; ``line`` and ``column`` count from 1, ``code`` names its kind and never changes."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """``file:line:column: what is wrong: what would be right``, as compilers put it."""
        return f"{self.file}:{self.line}:{self.column}: {self.what}: {self.remedy}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By file, then place; errors before warnings at the same place."""
        return (self.file, self.line, self.column, self.severity, self.code)
