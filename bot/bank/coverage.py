"""How a set draws on its source: which items belong to each paragraph, and which of its figures none uses.

Pure, apart from the drawing of the table. Knows nothing of how files are read.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.table import Table

from bot.bank.figures import Figure, figures_in
from bot.bank.kinds import Claim, Estimate, Item, Matching, Numeric, Ordering, Sorting
from bot.bank.numbers import plain_digits
from bot.bank.source_text import Paragraph, SourceText


@dataclass(frozen=True, slots=True)
class Covered:
    """A paragraph, the ids of the items that draw on it, and its figures that none of them names."""

    paragraph: Paragraph
    items: tuple[str, ...]
    unused: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The paragraphs of a source in order; ``astray`` are ids of items that name none of them."""

    set_id: str
    covered: tuple[Covered, ...]
    astray: tuple[str, ...]


def coverage(set_id: str, items: Sequence[Item], source: SourceText) -> Coverage:
    """What the items make of the source. Items with a source of their own are left out."""
    ours = [item for item in items if item.source is None]
    covered = tuple(_covered(paragraph, ours) for paragraph in source.paragraphs)
    numbers = {paragraph.number for paragraph in source.paragraphs}
    astray = tuple(item.id for item in ours if numbers.isdisjoint(item.paragraph))
    return Coverage(set_id, covered, astray)


def _covered(paragraph: Paragraph, items: Sequence[Item]) -> Covered:
    drawing = [item for item in items if paragraph.number in item.paragraph]
    used = {value for item in drawing for value in named_numbers(item)}
    unused = tuple(figure for figure in paragraph.figures if figure.value not in used)
    return Covered(paragraph, tuple(item.id for item in drawing), unused)


def named_numbers(item: Item) -> frozenset[Decimal]:
    """Every number that a learner meets in the item: in its texts, its options, its answers."""
    values = {figure.value for text in _texts(item) for figure in figures_in(text)}
    if isinstance(item, Numeric):
        values |= {item.answer, *(known.value for known in item.feedback)}
    elif isinstance(item, Estimate):
        values.add(item.answer)
    return frozenset(values)


def _texts(item: Item) -> Iterator[str]:
    # Neither hints nor the numbers of places count: “90% sure” and “1. The plan” name no figures of a source.
    yield from (item.prompt, item.explanation, *item.choices())
    yield from (part.text for part in (item.correction, item.since) if part is not None)
    match item:
        case Claim():
            yield from (
                item.motion,
                item.background,
                item.case_for.text,
                item.case_against.text,
                item.evidence,
            )
        case Matching():
            yield from (pair.left for pair in item.pairs)
        case Sorting():
            yield from item.into
        case Ordering():
            pass
        case _:
            yield item.right_answer()


def as_json(report: Coverage) -> str:
    """The report as one JSON object; numbers as plain digits, so that nothing is rounded."""
    return json.dumps(
        {
            "set": report.set_id,
            "paragraphs": [
                {
                    "number": each.paragraph.number,
                    "heading": each.paragraph.heading,
                    "items": each.items,
                    "figures": [plain_digits(figure.value) for figure in each.paragraph.figures],
                    "unused_figures": [figure.written for figure in each.unused],
                }
                for each in report.covered
            ],
            "items_without_paragraph": report.astray,
        },
        ensure_ascii=False,
        indent=2,
    )


def as_table(report: Coverage) -> Table:
    """The report as a table for a terminal."""
    table = Table()
    table.add_column("Paragraph", justify="right")
    table.add_column("Items", justify="right")
    table.add_column("Which", ratio=1)
    table.add_column("Figures not used")
    for each in report.covered:
        unused = ", ".join(figure.written for figure in each.unused)
        table.add_row(str(each.paragraph.number), str(len(each.items) or "–"), ", ".join(each.items), unused)
    return table


def summary(report: Coverage) -> str:
    """What the table comes to, in a sentence or two."""
    reached = sum(bool(each.items) for each in report.covered)
    figures = sum(len(each.paragraph.figures) for each in report.covered)
    unused = sum(len(each.unused) for each in report.covered)
    text = f"{reached} of {len(report.covered)} paragraphs have items; "
    text += f"{figures - unused} of {figures} figures are used."
    if report.astray:
        text += f" Items that name no paragraph of this source: {', '.join(report.astray)}."
    return text
