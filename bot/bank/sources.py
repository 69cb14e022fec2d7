"""Which files make up a set, and their text. The only part of the bank that touches the disk."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.bank.yaml_words import Trouble

LARGEST_FILE: Final = 5 * 1024 * 1024
SET_FILE: Final = "set.yaml"
_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SPLIT: Final = "make it two files"


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text; None where it could not be had, and ``trouble`` says why."""

    name: str
    text: str | None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with question files, ``set.yaml`` among them if it is a set's."""

    path: Path
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A file that should hold a whole set."""

    path: Path


@dataclass(frozen=True, slots=True)
class Unusable:
    """A path where no set can be."""

    path: Path
    trouble: Trouble


def find_sets(path: Path) -> Iterator[Folder | Single | Unusable]:
    """What there is at ``path``: a set's folder, a single file, or a folder of such. Never raises."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _in_folder(path)
        else:
            yield Single(path)
    except (OSError, ValueError) as error:
        yield Unusable(path, _unreadable(path, error))


def _in_folder(path: Path) -> Iterator[Folder | Unusable]:
    files, folders = _listed(path)
    if files:
        yield Folder(path, tuple(files))
    if path / SET_FILE in files:
        return
    found = bool(files)
    for folder in folders:
        try:
            inside = _listed(folder)[0]
        except OSError as error:
            found = True
            yield Unusable(folder, _unreadable(folder, error))
        else:
            if inside:
                found = True
                yield Folder(folder, tuple(inside))
    if not found:
        what = "there is no question set in this folder"
        trouble = Trouble("no-sets", what, f"a set is a folder with {SET_FILE} and files of items", (1, 1))
        yield Unusable(path, trouble)


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """Question files and folders in ``folder``, by name; hidden ones are left out."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "_")))
    # A link that leads nowhere is neither file nor folder, and is kept so that it gets reported.
    files = [entry for entry in entries if entry.suffix.lower() in _SUFFIXES and not entry.is_dir()]
    return files, [entry for entry in entries if entry.is_dir()]


def read_file(path: Path) -> Text:
    """The text of one file; never raises, and never waits on a pipe or a device."""
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            trouble = Trouble(
                "not-a-file", "this is not a regular file", "give a YAML file or a folder", (1, 1)
            )
            return Text(name, None, trouble)
        with path.open("rb") as file:
            return decode(name, file.read(LARGEST_FILE + 1))
    except (OSError, ValueError) as error:
        return Text(name, None, _unreadable(path, error))


def decode(name: str, data: bytes) -> Text:
    """The text in ``data``, if it is UTF-8 of at most 5 MiB; a byte order mark is taken off."""
    if len(data) > LARGEST_FILE:
        what = f"the file is larger than {LARGEST_FILE // 1024**2} MiB"
        return Text(name, None, Trouble("too-large", what, _SPLIT, (1, 1)))
    try:
        return Text(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(b"\xef\xbb\xbf")
        start = before.rfind(b"\n") + 1
        at = (before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1)
        wide = data.startswith(_WIDE_MARKS)
        what = "the file is in UTF-16, not in UTF-8" if wide else "the file is not text in UTF-8"
        return Text(name, None, Trouble("not-utf-8", what, "save it with the encoding UTF-8", at))


def _unreadable(path: Path, error: Exception) -> Trouble:
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises for the paths that got here
            return Trouble("no-such-file", "this link leads nowhere", "mend the link or delete it", (1, 1))
        return Trouble("no-such-file", "there is nothing of this name", "check the spelling", (1, 1))
    reason = (error.strerror if isinstance(error, OSError) else None) or "not a usable name"
    return Trouble("unreadable", f"this cannot be read ({reason})", "check its name and permissions", (1, 1))
