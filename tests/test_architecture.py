"""Who may import whom, and that each module says what it is for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "bot"
MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = (
    {"errors", "ids"},
    {"bank", "config"},
    {"debate", "quiz", "review"},
    {"insight"},
    {"store"},
    {"actions"},
    {"views"},
    {"client", "cogs", "keeper", "office", "publisher", "refusals", "scheduler", "supervisor", "watch"},
    {"app"},
    {"rehearsal"},
    {"__main__", "cli"},
)
"""Each room may import the rooms of the layers before its own, and of its own among the last three."""

SHELL = LAYERS[7] | LAYERS[8] | LAYERS[10]
ABOVE_THE_STORE = {
    "views",
    "cogs",
    "client",
    "keeper",
    "publisher",
    "refusals",
    "scheduler",
    "supervisor",
    "watch",
}

ONLY_FOR = {
    "discord": {
        "app",
        "client",
        "cogs",
        "keeper",
        "publisher",
        "refusals",
        "rehearsal",
        "supervisor",
        "views",
        "watch",
    },
    "simcord": {"rehearsal"},
    "sqlite3": {"store", "rehearsal.evidence"},  # the evidence reads the file as an outsider would
    "sqlite_utils": {"actions", "office", "store", "views.desk"},  # for the type of their first argument
    "fsrs": {"review"},
    "bot.config": {"app", "cli"},
    "bot.rehearsal": {"cli", "rehearsal"},
}


SQL = re.compile(r"\b(SELECT|INSERT INTO|DELETE FROM|CREATE (TABLE|INDEX)|UPDATE \w+ SET)\b")
WRITES_SQL = {"store", "rehearsal.evidence"}


def name_of(module: Path) -> str:
    """``store.writer`` for ``bot/store/writer.py``."""
    return ".".join(module.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imports_of(module: Path) -> Iterator[str]:
    """The names that a module imports from, wherever in it."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            names = [alias.name for alias in node.names if not alias.name.startswith("__")]
            yield from (f"bot.{name}" for name in names if node.module == "bot")


def layer_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def within(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_imports_only_what_it_may(module: Path) -> None:
    name = name_of(module)
    for imported in imports_of(module):
        for kept, rooms in ONLY_FOR.items():
            assert not within(imported, {kept}) or within(name, rooms), f"{name} imports {imported}"
        if imported.startswith("bot.") and name != "__init__":
            own, other = name.split(".")[0], imported.split(".")[1]
            lower = layer_of(other) < layer_of(own) or (layer_of(other) == layer_of(own) and own in SHELL)
            assert own == other or lower, f"{name} imports {imported}"
            assert own not in ABOVE_THE_STORE or other != "store", f"{name} imports {imported}"


@pytest.mark.parametrize(
    "module", [each for each in MODULES if not within(name_of(each), WRITES_SQL)], ids=name_of
)
def test_module_writes_no_sql(module: Path) -> None:
    texts = [node.value for node in ast.walk(_tree(module)) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and SQL.search(text)] == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_opens_with_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(_tree(module))


RESPONDS = {"views.replies"}


@pytest.mark.parametrize(
    "module",
    [each for each in MODULES if within(name_of(each), {"views", "cogs"}) and name_of(each) not in RESPONDS],
    ids=name_of,
)
def test_module_answers_interactions_through_the_one_responder(module: Path) -> None:
    touched = {
        ast.unparse(node)
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Attribute)
        and node.attr in {"response", "followup", "edit_original_response"}
        and ast.unparse(node.value) in {"interaction", "self.interaction"}
    }
    assert touched == set()
