"""Question files to sets, with every problem of every file at once, each at its line and column.

Nothing here raises for what stands in a file: a stranger's upload ends in a list of problems at worst.
Knows nothing of what becomes of the sets.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from bot.bank.fault import Fault
from bot.bank.file import File
from bot.bank.gathering import Gathered, gather_folder, gather_headless, gather_single
from bot.bank.problem import Problem, Severity
from bot.bank.question_set import QuestionSet
from bot.bank.source_text import SourceText
from bot.bank.sources import SET_FILE, Folder, Single, Text, Unusable, decode, find_sets, read_file

_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files hold: the sets, without the items that have errors, and what is wrong or weak.

    A set whose head has errors, and one without a single good item, is not among the sets.
    """

    sets: tuple[QuestionSet, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps items or sets out."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Advice."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


def read_paths(paths: Iterable[Path], source: SourceText | None = None) -> Reading:
    """Read sets: folders of a set, folders that hold several sets, or files that hold a whole set each.

    With the source that the items come from, the numbers of their explanations are looked up in it.
    """
    gathered: list[Gathered] = []
    seen: set[str] = set()
    for path in paths:
        for found in find_sets(path):
            name = _real_name(found.path)
            if name not in seen:  # a folder and a set in it may both be named
                seen.add(name)
                gathered += _gather(found, source)
    return _reading(gathered)


def read_upload(name: str, data: bytes) -> Reading:
    """Read a file that holds a whole set, as an instructor uploads it; ``name`` is only shown."""
    shown = "".join(sign if sign.isprintable() else " " for sign in PurePath(name).name)[:_LONGEST_NAME]
    return _reading([gather_single(File.of(decode(shown.strip() or "upload", data)))])


def _gather(found: Folder | Single | Unusable, source: SourceText | None) -> list[Gathered]:
    match found:
        case Unusable(path, trouble):
            return [Gathered([File.of(Text(str(path), None, trouble))])]
        case Single(path):
            return [gather_single(File.of(read_file(path)), source)]
        case Folder(path, paths):
            files = [File.of(read_file(file)) for file in paths if file.name != SET_FILE]
            if path / SET_FILE in paths:
                name = PurePath(_real_name(path)).name
                return [gather_folder(name, File.of(read_file(path / SET_FILE)), files, source)]
            return gather_headless(str(path), files, source)


def _real_name(path: Path) -> str:
    try:
        return str(path.resolve())
    except (OSError, ValueError, RuntimeError):
        return str(path)


def _reading(gathered: Iterable[Gathered]) -> Reading:
    sets: dict[str, QuestionSet] = {}
    first: dict[str, File] = {}
    problems: list[Problem] = []
    for each in gathered:
        found, head = each.set, each.head
        if found is not None and head is not None:
            set_id = found.info.id
            if set_id in sets:
                what = f"another set has the id “{set_id}” already ({first[set_id].name})"
                head.report(Fault("duplicate-set", what, "give each set its own id", each.id_path))
            else:
                sets[set_id], first[set_id] = found, head
        problems += [problem for file in each.files for problem in file.problems]
    return Reading(tuple(sets.values()), tuple(sorted(problems, key=lambda problem: problem.order)))
