"""YAML 1.2 as plain values that know their places, made to be fed with files from strangers.

ruamel.yaml reads the events; the tree is built here rather than by ruamel, because then each key and value
has its line and column at no extra cost, a number keeps its exact decimals, nesting cannot exhaust the stack,
and nothing is ever expanded. Values are text, int, Decimal, bool, None, :class:`Mapping` and
:class:`Sequence`. Knows nothing of questions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Protocol, cast

from ruamel.yaml import YAML

from bot.bank.fault import Path
from bot.bank.yaml_words import Trouble, explain_yaml_error, show_character

Place = tuple[int, int]
"""Line and column, from 1."""

_DEEPEST: Final = 20
_MOST_VALUES: Final = 500_000  # well above what fits into 5 MiB of real questions
_MOST_TROUBLES: Final = 100
# ruamel.yaml takes minutes over a tag of some megabytes; no question has such a run of characters.
_ENDLESS_TAG: Final = re.compile(r"![0-9A-Za-z\-;/?:@&=+$,_.!~*'()\[\]%#]{4096}")
_UNSHOWABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,40}")
_DECIMAL: Final = re.compile(r"[-+]?(?=\.?[0-9])[0-9]{0,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,2})?")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Mapping(dict[str, object]):
    """Keys and values; ``places`` has the place of each key and of its value."""

    __slots__ = ("at", "places")

    def __init__(self, at: Place) -> None:
        super().__init__()
        self.at = at
        self.places: dict[str, tuple[Place, Place]] = {}


class Sequence(list[object]):
    """A list; ``places`` has the place of each entry."""

    __slots__ = ("at", "places")

    def __init__(self, at: Place) -> None:
        super().__init__()
        self.at = at
        self.places: list[Place] = []


@dataclass(slots=True)
class Tree:
    """What was read; ``root`` is None where nothing could be, and ``troubles`` says what went wrong."""

    root: object = None
    at: Place = (1, 1)
    troubles: list[Trouble] = field(default_factory=list[Trouble])


def find_place(root: object, path: Path, *, key: bool = False) -> Place:
    """The place of the value at ``path``, or of the innermost thing on the way there; ``key``: of its key."""
    at = root.at if isinstance(root, Mapping | Sequence) else (1, 1)
    value = root
    for left, step in zip(range(len(path) - 1, -1, -1), path, strict=True):
        if isinstance(value, Mapping) and isinstance(step, str) and step in value.places:
            of_key, of_value = value.places[step]
            at = of_key if key and left == 0 else of_value
            value = value[step]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            at = value.places[step]
            value = value[step]
        else:
            break
    return at


class _Mark(Protocol):
    line: int
    column: int


class _Event(Protocol):
    """What is used of ruamel.yaml's events, which have no types of their own."""

    start_mark: _Mark
    value: str
    implicit: tuple[bool, bool]
    style: str | None
    tag: object
    anchor: str | None


class _GivenUp(Exception):
    """The file is not worth reading on; the last trouble says why."""


def read_tree(text: str) -> Tree:
    """Read one YAML document. Never raises: after a trouble that YAML cannot get over, ``root`` is None."""
    tree = Tree()
    if found := _UNSHOWABLE.search(text):
        what = f"the file holds a character that cannot be shown ({show_character(found[0])})"
        tree.troubles.append(Trouble("bad-character", what, "delete it", _place_in(text, found.start())))
        return tree
    if found := _ENDLESS_TAG.search(text):
        what = "thousands of characters without a blank begin here"
        tree.troubles.append(Trouble("bad-text", what, "delete them", _place_in(text, found.start())))
        return tree
    builder = _Builder(tree)
    try:
        for event in _events(text):
            builder.take(event)
            if builder.documents > 1:
                break
    except _GivenUp:
        tree.root = None
    except Exception as error:
        # ruamel.yaml raises more than its own errors on malformed input (IndexError, ValueError, …), and
        # a file from a stranger must never end in a traceback.
        tree.root = None
        tree.troubles.append(explain_yaml_error(error, text, builder.last))
    return tree


def _events(text: str) -> Iterator[_Event]:
    return cast("Iterator[_Event]", YAML(typ="safe", pure=True).parse(text))  # pyright: ignore[reportUnknownMemberType]


def _place_in(text: str, index: int) -> Place:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


class _Builder:
    """Puts the tree together, event by event, with its own stack."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[
            tuple[str, Place] | None
        ] = []  # of each mapping on the stack, the key without a value
        self.documents = 0
        self.values = 0
        self.last: Place = (1, 1)

    def take(self, event: _Event) -> None:
        at = self.last = (event.start_mark.line + 1, event.start_mark.column + 1)
        match type(event).__name__:
            case "ScalarEvent":
                self._refuse_tag(event, at)
                self._scalar(event, at)
            case "MappingStartEvent":
                self._refuse_tag(event, at)
                self._open(Mapping(at), at)
            case "SequenceStartEvent":
                self._refuse_tag(event, at)
                self._open(Sequence(at), at)
            case "MappingEndEvent" | "SequenceEndEvent":
                self.stack.pop()
                self.keys.pop()
            case "AliasEvent":
                what = f"“*{event.anchor}” is an alias, and question files have none"
                self._trouble("alias", what, "write the text out", at)
                self._put(None, at)
            case "DocumentStartEvent":
                self.documents += 1
                if self.documents > 1:
                    what = "a second document begins here"
                    self._trouble("two-documents", what, "delete the line “---”, or make it two files", at)
            case _:
                pass

    def _trouble(self, code: str, what: str, remedy: str, at: Place) -> None:
        self.tree.troubles.append(Trouble(code, what, remedy, at))
        if len(self.tree.troubles) == _MOST_TROUBLES:
            what = f"there are {_MOST_TROUBLES} errors up to here, so reading stops"
            self.tree.troubles.append(Trouble("too-many-errors", what, "mend those first", at))
            raise _GivenUp

    def _refuse_tag(self, event: _Event, at: Place) -> None:
        if event.tag is not None:
            self._trouble("tag", "a tag (“!…”) stands here", "leave it out; quotes make a value a text", at)

    def _open(self, container: Mapping | Sequence, at: Place) -> None:
        if len(self.stack) >= _DEEPEST:
            self._trouble("too-deep", f"more than {_DEEPEST} levels of nesting", "questions need 5 or so", at)
            raise _GivenUp
        if self._awaits_key():
            self._trouble("bad-key", "a list or a mapping stands where a key belongs", "put it in quotes", at)
            self.keys[-1] = (f"\0{at}", at)  # no key of a file can be equal to this: it has a NUL
        else:
            self._put(container, at)
        self.stack.append(container)
        self.keys.append(None)

    def _scalar(self, event: _Event, at: Place) -> None:
        text = event.value
        if not text.isprintable() and (found := _UNSHOWABLE.search(text)):
            what = f"the text holds a character that cannot be shown ({show_character(found[0])})"
            self._trouble("bad-character", what, "delete it", at)
            text = _UNSHOWABLE.sub("", text)
        if self._awaits_key():
            self.keys[-1] = (text, at)
        elif event.implicit[0]:
            if not text and (pending := self.keys[-1] if self.keys else None):
                at = pending[1]  # ruamel.yaml places a missing value at whatever comes next
            self._put(_resolved(text), at)
        else:
            self._put(text, at)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], Mapping) and self.keys[-1] is None

    def _put(self, value: object, at: Place) -> None:
        self.values += 1
        if self.values > _MOST_VALUES:
            self._trouble("too-many-values", f"more than {_MOST_VALUES:,} values in one file", "split it", at)
            raise _GivenUp
        if not self.stack:
            if self.documents == 1:
                self.tree.root, self.tree.at = value, at
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.places.append(at)
        elif (pending := self.keys[-1]) is None:
            self.keys[-1] = ("", at)  # an alias as a key: the alias is reported, the key is as good as empty
        else:
            self._pair(parent, pending, value, at)
            self.keys[-1] = None

    def _pair(self, parent: Mapping, pending: tuple[str, Place], value: object, at: Place) -> None:
        key, key_at = pending
        if key in parent:
            first = parent.places[key][0][0]
            what = f"“{key[:40]}:” stands here a second time; the first is in line {first}"
            self._trouble("duplicate-key", what, "keep one of them", key_at)
        elif not key.startswith("\0"):
            parent[key] = value
            parent.places[key] = (key_at, at)


def _resolved(text: str) -> object:
    """The value of an unquoted scalar in YAML 1.2: “no” and “12:30” and “2018-03-11” are texts."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
