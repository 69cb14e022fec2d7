"""The account of ``seminar check``: every problem of every file, and what was read. Prints nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.bank.problem import Problem, Severity
from bot.bank.reading import read_paths
from bot.bank.source_text import SourceText


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Problems by file and line, and how many good sets and items there are."""

    problems: tuple[Problem, ...]
    sets: int
    items: int

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many of the problems are warnings."""
        return len(self.problems) - self.errors

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.errors == 0


def check(paths: Iterable[Path], source: SourceText | None = None) -> CheckReport:
    """Read what is at the paths and report on all of it; with their source, on the numbers as well."""
    reading = read_paths(paths, source)
    items = sum(len(question_set.items) for question_set in reading.sets)
    return CheckReport(reading.problems, len(reading.sets), items)


def format_report(report: CheckReport) -> str:
    """One line a problem, as compilers put it (a warning says so), and a summary as the last line."""
    lines = [_line(problem) for problem in report.problems]
    counts = [_count(report.errors, "error"), _count(report.warnings, "warning")]
    read = f"{_count(report.items, 'question')} in {_count(report.sets, 'set')}"
    return "\n".join([*lines, f"{read}: {' and '.join(counts)}."])


def _line(problem: Problem) -> str:
    if problem.severity is Severity.ERROR:
        return str(problem)
    place = f"{problem.file}:{problem.line}:{problem.column}"
    return f"{place}: warning: {problem.what}: {problem.remedy} [{problem.code}]"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
