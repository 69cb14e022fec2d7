"""A source in numbered paragraphs, as a file gives it. Knows nothing of items.

One paragraph a line: its number, then a tab, a dot, a colon or a bracket, then the text. In a file with three
columns between tabs, the middle one is the heading that the paragraph stands under.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from bot.bank.figures import Figure, figures_in
from bot.bank.sources import read_file
from bot.bank.yaml_words import Trouble

_NUMBERED: Final = re.compile(r"\s*(?:\[(\d{1,4})\]|(\d{1,4})(?:[.:)]|(?=\t)))\s+(\S.*)")
_ONE_A_LINE: Final = "write one paragraph a line, such as “1. The text”"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a source."""

    number: int
    heading: str
    text: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, each value once, in the order of the text."""
        first: dict[Decimal, Figure] = {}
        for figure in figures_in(self.text):
            first.setdefault(figure.value, figure)
        return tuple(first.values())


@dataclass(frozen=True, slots=True)
class SourceText:
    """The paragraphs of a file in its order; none where ``trouble`` says why."""

    name: str
    paragraphs: tuple[Paragraph, ...] = ()
    trouble: Trouble | None = None


def read_source(path: Path) -> SourceText:
    """The source in a file. Never raises: what keeps it from being read is its ``trouble``."""
    file = read_file(path)
    if file.text is None:
        return SourceText(file.name, trouble=file.trouble)
    paragraphs: dict[int, Paragraph] = {}
    for line, content in enumerate(file.text.splitlines(), start=1):
        if not content.strip():
            continue
        matched = _NUMBERED.fullmatch(content)
        if matched is None:
            what = "this line does not begin with the number of a paragraph"
            return SourceText(file.name, trouble=Trouble("not-numbered", what, _ONE_A_LINE, (line, 1)))
        number = int(matched[1] or matched[2])
        if number in paragraphs:
            what = f"there is a paragraph {number} already"
            remedy = "give each paragraph a number of its own"
            return SourceText(file.name, trouble=Trouble("duplicate-paragraph", what, remedy, (line, 1)))
        heading, tab, text = matched[3].partition("\t")
        paragraphs[number] = Paragraph(number, heading if tab else "", text if tab else heading)
    if not paragraphs:
        return SourceText(
            file.name, trouble=Trouble("no-paragraphs", "there is no paragraph in it", _ONE_A_LINE, (1, 1))
        )
    return SourceText(file.name, tuple(paragraphs.values()))
