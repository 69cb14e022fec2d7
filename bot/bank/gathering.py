"""Files that belong together to one set: its head, its items, and the rules that hold between them.

Works on files that were read already; knows nothing of the disk.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import PurePath
from typing import Final, cast

from bot.bank import tree
from bot.bank.fault import Fault, Path
from bot.bank.file import File
from bot.bank.item import Category, FileModel, ItemFields
from bot.bank.kinds import KINDS, Item
from bot.bank.lint import HEAD, Examined, warnings_of
from bot.bank.problem import Severity
from bot.bank.question_set import QuestionSet, SetInfo
from bot.bank.source_text import SourceText
from bot.bank.sources import SET_FILE, Text
from bot.bank.validating import validate
from bot.bank.wording import listing, nearest, unknown_key
from bot.bank.yaml_words import Trouble


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a list of items: where it stands, and the item if it has no errors."""

    file: File
    path: Path
    id: str | None
    raw: Mapping[str, object]
    item: Item | None


@dataclass(slots=True)
class Gathered:
    """The files of one set and what they gave; ``set`` is None if its head has errors."""

    files: list[File]
    head: File | None = None
    id_path: Path = ()
    set: QuestionSet | None = None


_MOST_ITEMS: Final = 10_000
_MOST_UNKNOWN: Final = 50
_MOST_SUGGESTIONS: Final = 20  # each is a search through all ids


class _Default(FileModel):
    category: Category | None = None


def gather_folder(
    folder: str, head: File, files: Sequence[File], source: SourceText | None = None
) -> Gathered:
    """The set of a folder of this name: ``head`` is its set.yaml, ``files`` hold its items.

    With its source, the numbers of explanations are compared with that rather than with the head's list.
    """
    info = _head(head, head.top(), ())
    if info is not None and info.id != folder:
        what = f"the set calls itself “{info.id}”, but its folder is “{folder}”"
        head.report(Fault("set-id", what, "give both the same name", ("id",)))
    if not files:
        remedy = "add a file with “items:” beside it"
        head.add(Fault("no-items", "this set has no questions", remedy))
    entries = [entry for file in files for entry in _entries(file, ("category", "items"))]
    return _gathered([head, *files], head, ("id",), info, entries, source)


def gather_single(file: File, source: SourceText | None = None) -> Gathered:
    """The set that one file holds whole; ``source`` as in :func:`gather_folder`."""
    top = file.top()
    info = None
    if top is not None and "set" in top:
        info = _head(file, top["set"], ("set",))
    elif top is not None:
        remedy = f"add “set:” (what {SET_FILE} holds in a folder), or name the folder instead of the file"
        file.report(Fault("missing-set", "this file has no “set:”, so it is no set by itself", remedy))
    entries = list(_entries(file, ("set", "category", "items"))) if top is not None else []
    return _gathered([file], file, ("set", "id"), info, entries, source)


def gather_headless(folder: str, files: Sequence[File], source: SourceText | None = None) -> list[Gathered]:
    """The sets in a folder without set.yaml: each file may hold one; the other files want a set.yaml."""
    roots = [(file, file.tree.root) for file in files]
    whole = [
        file for file, root in roots if root is None or (isinstance(root, tree.Mapping) and "set" in root)
    ]
    parts = [file for file in files if file not in whole]
    gathered = [gather_single(file, source) for file in whole]
    if parts:
        what = f"this folder has questions ({listing([PurePath(file.name).name for file in parts])})"
        trouble = Trouble(
            "missing-set-file", f"{what}, but no {SET_FILE}", "add one with the set's title", (1, 1)
        )
        head = File.of(Text(str(PurePath(folder) / SET_FILE), None, trouble))
        entries = [entry for file in parts for entry in _entries(file, ("category", "items"))]
        gathered.append(_gathered([head, *parts], None, (), None, entries, source))
    return gathered


def _gathered(
    files: list[File],
    head: File | None,
    id_path: Path,
    info: SetInfo | None,
    entries: list[_Entry],
    source: SourceText | None,
) -> Gathered:
    _check_ids(entries)
    if info is not None:
        _check_references(entries)
    good = [(entry, entry.item) for entry in entries if entry.item is not None]
    items = tuple(item for _, item in good)
    examined = _examined(items, info, source)
    for at, fault in warnings_of(examined, info.reasons if info is not None else None):
        if at != HEAD:
            good[at][0].file.report(fault, good[at][0].path, Severity.WARNING)
        elif head is not None:
            head.report(fault, id_path[:-1], Severity.WARNING)
    question_set = QuestionSet(info, items) if info is not None and items else None
    return Gathered(files, head, id_path, question_set)


def _examined(items: tuple[Item, ...], info: SetInfo | None, source: SourceText | None) -> Examined:
    if source is not None:
        found = {each.number: {figure.value for figure in each.figures} for each in source.paragraphs}
        return Examined(items, found, whole=True, dates=_dates(info))
    if info is None or info.source.figures is None:
        return Examined(items)
    listed = {number: set(values) for number, values in info.source.figures.items()}
    return Examined(items, listed, dates=_dates(info))


def _dates(info: SetInfo | None) -> frozenset[Decimal]:
    date = info.source.date if info is not None else None
    return frozenset() if date is None else frozenset(Decimal(part) for part in date.split("-"))


def _head(file: File, value: object, path: Path) -> SetInfo | None:
    if isinstance(value, tree.Mapping):
        info, faults = validate(SetInfo, value)
        for fault in faults:
            file.report(fault, path)
        return info
    if path:
        what = "“set:” is no mapping"
        file.report(
            Fault("wrong-type", what, "write what set.yaml holds, such as title and id, below it", path)
        )
    return None


def _entries(file: File, known: tuple[str, ...]) -> Iterator[_Entry]:
    """The items of a file, each judged by itself."""
    root = file.tree.root
    if isinstance(root, tree.Sequence):  # “items:” was forgotten; its items deserve a look all the same
        file.top()
        yield from _judged(file, root, (), None)
        return
    top = file.top()
    if top is None:
        return
    for key in islice((key for key in top if key not in known), _MOST_UNKNOWN):
        file.report(unknown_key(key, known))
    default, faults = validate(_Default, {key: value for key, value in top.items() if key == "category"})
    for fault in faults:
        file.report(fault)
    items = top.get("items")
    if isinstance(items, tree.Sequence) and items:
        if default is not None:
            yield from _judged(file, items, ("items",), default.category)
        else:  # judged with another category in place of the wrong one, and left out then
            for entry in _judged(file, items, ("items",), Category.STATISTIC):
                yield entry if "category" in entry.raw else replace(entry, item=None)
    elif "items" not in top:
        file.report(Fault("missing-key", "“items:” is missing", "add it, with the list of questions below"))
    else:
        what = "“items:” has no questions" if not items else "“items:” is no list"
        file.report(Fault("no-items", what, "begin each question with “- id: …”", ("items",)))


def _judged(file: File, items: tree.Sequence, path: Path, category: Category | None) -> Iterator[_Entry]:
    for at, value in enumerate(items[:_MOST_ITEMS]):
        here = (*path, at)
        if isinstance(value, tree.Mapping):
            needs_category = category is not None and "category" not in value
            item, faults = _item({**value, "category": category} if needs_category else value)
            for fault in faults:
                file.report(fault, here)
            item_id = value.get("id")
            yield _Entry(file, here, item_id if isinstance(item_id, str) else None, value, item)
        else:
            what = "this entry is no question"
            file.report(Fault("wrong-type", what, "write “- id: …” and the other keys below it", here))

    if len(items) > _MOST_ITEMS:
        what = (
            f"the file has {len(items):,} questions, and those after the first {_MOST_ITEMS:,} are not read"
        )
        file.report(Fault("too-many-items", what, "make it several files", (*path, _MOST_ITEMS)))


def _item(raw: Mapping[str, object]) -> tuple[Item | None, list[Fault]]:
    kind = raw.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is not None:
        return validate(model, raw)
    names = sorted(KINDS)
    if "kind" not in raw:
        fault = Fault("missing-key", "“kind:” is missing", f"add it: {listing(names, 'or')}", ("kind",))
    else:
        meant = nearest(kind, names) if isinstance(kind, str) else None
        remedy = f"did you mean {meant}?" if meant else f"write {listing(names, 'or')}"
        fault = Fault("unknown-value", f"there is no kind “{str(kind)[:60]}”", remedy, ("kind",))
    # Without its kind, an item can still be judged by what all kinds have in common.
    common = {key: value for key, value in raw.items() if key in ItemFields.model_fields}
    return None, [fault, *validate(ItemFields, common)[1]]


def _check_ids(entries: Sequence[_Entry]) -> None:
    first: dict[str, _Entry] = {}
    for entry in entries:
        if entry.id is None:
            continue
        before = first.setdefault(entry.id, entry)
        if before is not entry:
            line = tree.find_place(before.file.tree.root, before.path)[0]
            where = f"line {line}" if before.file is entry.file else f"{before.file.name}, line {line}"
            what = f"another item has the id “{entry.id[:60]}” already ({where})"
            entry.file.report(
                Fault("duplicate-id", what, "give each item of a set its own id", ("id",)), entry.path
            )


def _check_references(entries: Sequence[_Entry]) -> None:
    ids = {entry.id for entry in entries if entry.id is not None}
    broken = 0
    for entry in entries:
        for path, other in _references(entry.raw):
            if other not in ids:
                broken += 1
                meant = nearest(other, ids) if broken <= _MOST_SUGGESTIONS else None
                remedy = f"did you mean {meant}?" if meant else "name the id of an item of this set"
                what = f"no item of this set has the id “{other[:60]}”"
                entry.file.report(Fault("broken-reference", what, remedy, path), entry.path)


def _references(raw: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    """The ids of other items that an entry names, each with its place."""
    lists: list[tuple[Path, object]] = [(("not_with",), raw.get("not_with"))]
    for name in ("case_for", "case_against"):
        case = raw.get(name)
        if isinstance(case, tree.Mapping):
            lists.append(((name, "cards"), case.get("cards")))
    for path, others in lists:
        for at, other in enumerate(cast("list[object]", others) if isinstance(others, list) else ()):
            if isinstance(other, str):
                yield (*path, at), other
