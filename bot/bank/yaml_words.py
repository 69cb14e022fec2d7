"""What is wrong with a file that is not YAML, in words for people who never read YAML's specification."""

import unicodedata
from dataclasses import dataclass
from typing import Protocol, cast

from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True, slots=True)
class Trouble:
    """One finding at a line and column (from 1) of a file's text."""

    code: str
    what: str
    remedy: str
    at: tuple[int, int]


class _Mark(Protocol):
    line: int
    column: int


class _Marked(Protocol):
    """What is used of ruamel.yaml's error, which has no types of its own."""

    context: str | None
    problem: str | None
    context_mark: _Mark | None
    problem_mark: _Mark | None


_QUOTE = "put the whole text in double quotes"
_PHRASES = (
    # Part of ruamel.yaml's message, what is wrong, what would be right; the first that fits is taken.
    ("directive", "a line that begins with “%” means something else in YAML", _QUOTE),
    ("mapping values are not allowed", "a colon stands where no key can be", f"{_QUOTE}, or indent the key"),
    ("found character '\\t'", "a tab stands here", "indent with blanks, not with tabs"),
    ("cannot start any token", "no text can begin with this character", _QUOTE),
    ("found unexpected end of stream", "a quoted text begins here and never ends", "add the closing quote"),
    ("found unexpected document separator", "a quoted text is cut off by “---” or “...”", "close the quotes"),
    ("unknown escape character", "a backslash means something else in double quotes", "use single quotes"),
    ("hexadecimal", "a backslash means something else in double quotes", "use single quotes"),
    ("expected ',' or ']'", "a list in brackets is not closed before this", "add “]” or a comma"),
    ("expected ',' or '}'", "a mapping in braces is not closed before this", "add “}” or a comma"),
    (
        "could not find expected ':'",
        "this is neither “key: value” nor part of a text",
        "add a colon or indent it",
    ),
    (
        "while scanning a simple key",
        "this is neither “key: value” nor part of a text",
        "add a colon or indent it",
    ),
    (
        "expected <block end>",
        "this is not aligned with the lines above",
        "give it the indent of its neighbours",
    ),
    (
        "expected chomping or indentation",
        "“|” or “>” begins a text of several lines",
        f"{_QUOTE}, if not meant so",
    ),
    ("expected alphabetic or numeric character", "“&” and “*” mean something else in YAML", _QUOTE),
)
_AT_THE_START = ("found unexpected end of stream", "found unexpected document separator")


def explain_yaml_error(error: Exception, text: str, last: tuple[int, int]) -> Trouble:
    """The trouble behind an exception of ruamel.yaml; ``last`` is the last place that was understood."""
    if not isinstance(error, MarkedYAMLError):
        return Trouble(
            "not-yaml", "the file cannot be read as YAML beyond this", "look for a stray character", last
        )
    marked = cast("_Marked", cast("object", error))
    said = f"{marked.context or ''} {marked.problem or ''}"
    mark = marked.problem_mark or marked.context_mark
    if any(phrase in said for phrase in _AT_THE_START) and marked.context_mark is not None:
        mark = marked.context_mark
    at = last if mark is None else (mark.line + 1, mark.column + 1)
    if _indented_with_tab(text, at[0]):
        return Trouble(
            "not-yaml", "this line is indented with a tab", "indent with blanks, not with tabs", at
        )
    for phrase, what, remedy in _PHRASES:
        if phrase in said:
            return Trouble("not-yaml", what, remedy, at)
    return Trouble("not-yaml", "this is not YAML", "look for a missing quote, colon or bracket", at)


def _indented_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n", line)
    content = lines[line - 1] if line <= len(lines) else ""
    return "\t" in content[: len(content) - len(content.lstrip())]


def show_character(character: str) -> str:
    """A character by its number and name, such as ``U+0007`` or ``U+00A0 NO-BREAK SPACE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
