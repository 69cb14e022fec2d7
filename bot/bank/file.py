"""One question file that was read: its values, and the list of problems that grows as they are judged.

Knows how a path of keys becomes a line and a column; knows nothing of items and sets.
"""

from dataclasses import dataclass, field

from bot.bank.fault import Fault, Path
from bot.bank.problem import Problem, Severity
from bot.bank.sources import Text
from bot.bank.tree import Mapping, Place, Sequence, Tree, find_place, read_tree


@dataclass(slots=True)
class File:
    """A file by the name that people see, its YAML, and its problems so far."""

    name: str
    tree: Tree
    problems: list[Problem] = field(default_factory=list[Problem])
    _settled: set[Place] = field(default_factory=set[Place])

    @classmethod
    def of(cls, text: Text) -> "File":
        """The file with this text; what keeps it from being read is among its problems."""
        tree = Tree() if text.text is None else read_tree(text.text)
        file = cls(text.name, tree)
        for trouble in tree.troubles if text.trouble is None else (text.trouble,):
            file.add(Fault(trouble.code, trouble.what, trouble.remedy), trouble.at)
            file._settled.add(trouble.at)
        return file

    def top(self) -> Mapping | None:
        """The mapping at the top, or None; then a problem says what stands there instead."""
        root = self.tree.root
        if isinstance(root, Mapping):
            return root
        if root is None:
            if not self.problems:
                self.add(Fault("empty-file", "there is nothing in this file", "write a question set into it"))
        elif isinstance(root, Sequence):
            remedy = "put “items:” above it and indent the list"
            self.add(Fault("wrong-top", "a list stands at the top of the file", remedy), root.at)
        else:
            what = "the file is one text, without any “key: value”"
            self.add(Fault("wrong-top", what, "begin with “set:” or “items:”"), self.tree.at)
        return None

    def report(self, fault: Fault, base: Path = (), severity: Severity = Severity.ERROR) -> None:
        """Add a fault at its path below ``base``."""
        at = find_place(self.tree.root, base + fault.path, key=fault.key)
        # Where YAML itself was in trouble (an alias, say), the value that stands in for it is not to blame.
        if at not in self._settled:
            self.add(fault, at, severity)

    def add(self, fault: Fault, at: Place = (1, 1), severity: Severity = Severity.ERROR) -> None:
        """Add a fault at a place."""
        self.problems.append(Problem(self.name, *at, severity, fault.code, fault.what, fault.remedy))
