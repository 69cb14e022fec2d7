"""What people are told and what there is: the README and the pages it links to, the bot's own texts, the program.

Only code is read for names: spans between backticks, fenced and indented blocks. Prose may say what it likes.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import discord
import pytest
from click.testing import CliRunner
from discord import app_commands

from bot.app import new_bot, open_office
from bot.cli import main
from bot.config import Settings, load_settings, setting_names
from bot.views.help import EVERYBODY, INSTRUCTORS
from tests.test_architecture import LAYERS

REPOSITORY = Path(__file__).parents[1]
README = REPOSITORY / "README.md"

SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCE = re.compile(r"^( *)(```+|~~~+)[^\n]*\n(.*?)^\1\2", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[((?:[^][]|\[[^]]*\])*)\]\(([^()\s]+)\)")
SLASH = re.compile(r"^/([a-z_]+)(?= |$)(?: ([a-z_]+)(?= |$))?(.*)$", re.DOTALL)
OPTION = re.compile(r"\b([a-z][a-z_]*):")
PROGRAM = re.compile(r"(?:^|[ &|;])(?:seminar|python3? -m bot)((?: +(?![&|;#])\S+)*)", re.MULTILINE)
SETTING = re.compile(r"\b(?:SEMINAR|DISCORD)_[A-Z][A-Z_]*[A-Z]\b")
OURS = re.compile(r"(?<![\w./-])(?:bot|tests|benchmarks|docs|\.ci)/[\w./-]*[\w/]")

FOR_TESTS = frozenset({"DISCORD_OPENAPI"})
"""Read by the tests, not by the program: see tests/openapi.py."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown, split into its code and the rest."""

    path: Path
    text: str
    code: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.path.relative_to(REPOSITORY))


def read_page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    fenced = [match[3] for match in FENCE.finditer(text)]
    rest = FENCE.sub("\n", text)
    indented = re.findall(r"(?:(?:^ {4,}(?![-*\d]).*\n)+)", rest, re.MULTILINE)
    spans = SPAN.findall(re.sub(r"\\\n", " ", rest))
    return Page(path, text, (*fenced, *indented, *spans))


def linked_files(page: Page) -> Iterator[tuple[str, Path]]:
    """Each local link with the file that it leads to."""
    for _, _, target in LINK.findall(page.text):
        if not re.match(r"[a-z]+:|#|<", target):
            yield target, (page.path.parent / target.partition("#")[0]).resolve()


def read_pages() -> dict[str, Page]:
    """The README and every page of Markdown that can be reached from it."""
    pages: dict[str, Page] = {}
    waiting = [README]
    while waiting:
        page = read_page(waiting.pop())
        pages[page.name] = page
        waiting += [
            path
            for _, path in linked_files(page)
            if path.suffix == ".md" and path.is_file() and str(path.relative_to(REPOSITORY)) not in pages
        ]
    return pages


PAGES = read_pages()


def every_code() -> Iterator[tuple[str, str]]:
    for page in PAGES.values():
        for code in page.code:
            yield page.name, code


def slash_commands(tmp_path: Path) -> dict[str, app_commands.Command[Any, ..., Any]]:
    """The bot's commands by their name with the group's, such as "quiz live"."""
    office = open_office(tmp_path / "seminar.db")
    try:
        tree = new_bot(office, ()).tree
    finally:
        office.close()
    return {
        command.qualified_name: command
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }


def named_commands(code: str) -> list[tuple[str, str]]:
    """The slash commands that code names, each with the options behind it; a path such as `/var/lib` is none."""
    found: list[tuple[str, str]] = []
    for line in code.splitlines():
        match = SLASH.match(line.strip())
        if match is not None:
            first, second, options = match[1], match[2] or "", match[3]
            if second and OPTION.match(f"{second}{options}"):  # "/settings default_channel:#quiz"
                second, options = "", f"{second}{options}"
            found.append((f"{first} {second}".strip(), options))
    return found


def complaints_about(code: str, commands: dict[str, app_commands.Command[Any, ..., Any]]) -> Iterator[str]:
    for name, rest in named_commands(code):
        if name not in commands:
            if not any(known.startswith(f"{name} ") for known in commands):
                yield f"there is no command /{name}"
            continue
        parameters = {parameter.display_name: parameter for parameter in commands[name].parameters}
        for option in OPTION.findall(rest):
            if option not in parameters:
                yield f"/{name} has no option {option}"
        for option, parameter in parameters.items():
            chosen = re.search(rf"\b{option}:([A-Za-z][^:`]*?)(?= \w+:|$)", rest)
            labels = [choice.name for choice in parameter.choices]
            if chosen is not None and labels and chosen[1] not in labels:
                yield f"/{name} {option}: has no choice {chosen[1]!r}, only {labels}"


# Slash commands


def test_every_slash_command_is_documented(tmp_path: Path) -> None:
    named = {name for _, code in every_code() for name, _ in named_commands(code)}
    missing = sorted(f"/{name}" for name in slash_commands(tmp_path) if name not in named)
    assert not missing, (
        f"neither README.md nor a page that it links to names {', '.join(missing)} in backticks"
    )


def test_no_slash_command_is_documented_that_does_not_exist(tmp_path: Path) -> None:
    commands = slash_commands(tmp_path)
    wrong = [
        f"{name}: {complaint}"
        for name, code in every_code()
        for complaint in complaints_about(code, commands)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_bots_own_texts_name_only_commands_that_exist(tmp_path: Path) -> None:
    commands = slash_commands(tmp_path)
    wrong: list[str] = []
    for path in sorted((REPOSITORY / "bot").rglob("*.py")):
        for text in texts_of(path):
            wrong += [
                f"{path.relative_to(REPOSITORY)}: {complaint}"
                for code in SPAN.findall(text)
                for complaint in complaints_about(code, commands)
            ]
    assert not wrong, "\n".join(wrong)


def test_help_names_every_slash_command(tmp_path: Path) -> None:
    told = {
        name
        for text in (*EVERYBODY, *INSTRUCTORS)
        for code in SPAN.findall(text)
        for name, _ in named_commands(code)
    }
    missing = sorted(f"/{name}" for name in slash_commands(tmp_path) if name not in {*told, "help"})
    assert not missing, f"/help does not name {', '.join(missing)}"


def test_every_command_on_messages_is_documented_and_in_help(tmp_path: Path) -> None:
    office = open_office(tmp_path / "seminar.db")
    try:
        menu = new_bot(office, ()).tree.get_commands(type=discord.AppCommandType.message)
    finally:
        office.close()
    table = re.findall(r"^\| \*Apps > ([^*]+)\*", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(table) == sorted(command.name for command in menu)
    for command in menu:
        assert any(command.name in text for text in EVERYBODY), f"/help does not name “{command.name}”"


def texts_of(path: Path) -> Iterator[str]:
    """Every text in a module; what is filled in stands as "…"."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node.value


def test_every_command_and_option_explains_itself(tmp_path: Path) -> None:
    for name, command in slash_commands(tmp_path).items():
        assert 10 <= len(command.description) <= 100, f"/{name}: {command.description!r}"
        for parameter in command.parameters:
            said = str(parameter.description)
            assert 10 <= len(said) <= 100, f"/{name} {parameter.display_name}: {said!r}"


# The program


def program_calls(code: str) -> list[list[str]]:
    """Each call of the program with its words: `uv run seminar demo --seed 3` is ["demo", "--seed", "3"]."""
    return [match[1].split() for match in PROGRAM.finditer(code)]


def complaints_about_call(words: list[str]) -> Iterator[str]:
    command: click.Command = main
    name = "seminar"
    for word in words:
        bare = word.strip("[](),.…").partition("=")[0]
        if bare.startswith("-"):
            options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
            if bare not in options | {"-h", "--help"}:
                yield f"{name} has no option {bare}"
        elif isinstance(command, click.Group) and re.fullmatch(r"[a-z][a-z-]*", bare):
            found = command.commands.get(bare)
            if found is None:
                yield f"there is no command `{name} {bare}`"
                return
            command, name = found, f"{name} {bare}"


def test_every_command_of_the_program_is_documented() -> None:
    named = {words[0] for _, code in every_code() for words in program_calls(code) if words}
    missing = sorted(f"seminar {name}" for name in main.commands if name not in named)
    assert not missing, f"neither README.md nor a page that it links to names {', '.join(missing)} in code"


def test_no_command_of_the_program_is_documented_that_does_not_exist() -> None:
    wrong = [
        f"{name}: {complaint} (in {' '.join(['seminar', *words])!r})"
        for name, code in every_code()
        for words in program_calls(code)
        for complaint in complaints_about_call(words)
    ]
    assert not wrong, "\n".join(wrong)


def test_help_of_the_program_is_not_cut_off() -> None:
    _, _, commands = CliRunner().invoke(main, ["--help"]).output.partition("Commands:\n")
    assert commands
    for line in commands.splitlines():
        assert not line.endswith("..."), f"say in fewer words what this does: {line.strip()}"


# Settings


def test_every_setting_is_documented() -> None:
    for name in setting_names():
        assert any(f"`{name}`" in page.text for page in PAGES.values()), f"no page names `{name}`"


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {*setting_names(), *FOR_TESTS}
    wrong = [
        f"{page.name}: there is no setting {name}"
        for page in PAGES.values()
        for name in sorted(set(SETTING.findall(page.text)) - known)
    ]
    assert not wrong, "\n".join(wrong)


def test_documented_defaults_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a table `| setting | default | … |` a default in backticks is what holds without the setting."""
    table = dict(re.findall(r"^\| `([A-Z_]+)` \|([^|]*)\|", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(table) == set(setting_names())
    settings = load_settings({}, None)
    for field, about in Settings.model_fields.items():
        documented = re.fullmatch(r"`([^`/]+)`", table[about.alias or ""].strip())
        if documented is not None:
            assert str(getattr(settings, field)) == documented[1], about.alias


# Addresses, files and pictures


def test_every_local_link_leads_somewhere() -> None:
    missing = [
        f"{page.name}: {target}"
        for page in PAGES.values()
        for target, path in linked_files(page)
        if not path.exists()
    ]
    assert not missing, "these links lead nowhere:\n" + "\n".join(missing)


def test_every_named_file_exists() -> None:
    missing = [
        f"{name}: {path}"
        for name, code in every_code()
        for path in OURS.findall(code)
        if not any((REPOSITORY / f"{path}{suffix}").exists() for suffix in ("", ".py"))
    ]
    assert not missing, "these files do not exist:\n" + "\n".join(missing)


def test_every_picture_says_what_it_shows() -> None:
    for page in PAGES.values():
        for mark, words, target in LINK.findall(page.text):
            if mark:
                assert len(words.split()) >= 5, (
                    f"{page.name}: {target} needs a text for those who cannot see it"
                )


def test_the_table_of_rooms_is_that_of_the_architecture() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\|([^|]*`bot/[^|]*)\|", text, re.MULTILINE)
    assert [set(re.findall(r"`bot/(\w+)(?:\.py)?`", cell)) for cell in cells] == list(LAYERS)


def test_nothing_is_left_to_be_filled_in() -> None:
    for page in PAGES.values():
        left = re.findall(r"^(?:BENCHMARKS|TODO\b.*|FIXME\b.*|XXX\b.*|TBD\b.*)$", page.text, re.MULTILINE)
        assert not left, f"{page.name} still has {left}"


def test_invitation_grants_what_it_says() -> None:
    text = README.read_text(encoding="utf-8")
    given = re.search(r"oauth2/authorize\?\S*permissions=(\d+)", text)
    assert given is not None, "README.md has no invitation with permissions"
    said = re.search(r"[Tt]hat grants [\w ]+: ([^.]+)\.", text)
    assert said is not None, "README.md does not say what the invitation grants"
    names = re.split(r",\s+and\s+|,\s+|\s+and\s+", said[1])
    words = {" ".join(name.split()).lower().replace(" ", "_"): True for name in names}
    assert discord.Permissions(int(given[1])) == discord.Permissions(**words)
