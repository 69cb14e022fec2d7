"""How the answers to one question are spread over its options. Counts only; knows nothing of who answered."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.bank.grade import Outcome
from bot.bank.item import ItemBase, Row
from bot.bank.response import Response, Typed
from bot.bank.texts import one_line, same_text
from bot.insight.bars import tally_bar

FEWEST_QUOTED = 2
"""A typed wrong answer is quoted only if several gave it: one person's words could give that person away."""
MOST_QUOTED = 4
LONGEST_QUOTE = 60

Marked = tuple[Response, Outcome]
"""A response with how it was graded when it was given."""


@dataclass(frozen=True, slots=True)
class Share:
    """One row: so many gave this answer.

    ``option`` is its place in the file for an option, None for a typed answer. ``quoted`` texts were written
    by students.
    """

    text: str
    count: int
    right: bool
    option: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """The rows in the order in which they are shown, how many answered, and a sentence that belongs to them."""

    rows: tuple[Share, ...]
    answers: int
    note: str | None = None

    def bar_of(self, row: Share) -> str:
        """The row's count, percentage and bar: ``"7 of 12, 58% ██████"``."""
        return tally_bar(row.count, self.answers)

    def with_right(self, options: Container[int | None]) -> "Distribution":
        """The same, with these options (by their places in the file) right as well."""
        rows = tuple(replace(row, right=True) if row.option in options else row for row in self.rows)
        return replace(self, rows=rows)


def distribution(item: ItemBase, answers: Iterable[Marked], order: Sequence[int] = ()) -> Distribution:
    """How the answers are spread: over the item's rows, or for a typed kind over right and common wrong answers.

    ``order`` holds the options' places in the file in the order in which they were shown (else the file's).
    Raises ``ValueError`` for an option that the item does not have.
    """
    marked = list(answers)
    rows = item.rows()
    responses = [response for response, _ in marked]
    shares = _counted(item, rows, responses, order) if rows else _typed(marked)
    return Distribution(tuple(shares), len(marked), item.class_note(responses))


def _counted(
    item: ItemBase, rows: Sequence[Row], responses: Sequence[Response], order: Sequence[int]
) -> list[Share]:
    for response in responses:
        item.describe(response)  # raises ValueError for one that the item does not have
    if all(row.option is not None for row in rows):
        shown = order or range(len(rows))
        if sorted(shown) != list(range(len(rows))):
            raise ValueError(f"{list(order)} is not an order of {len(rows)} options")
        rows = [rows[option] for option in shown]
    return [Share(row.text, sum(map(row.holds, responses)), row.right, row.option) for row in rows]


def _typed(marked: Iterable[Marked]) -> list[Share]:
    outcomes: Counter[Outcome] = Counter()
    wrong: Counter[str] = Counter()
    as_written: dict[str, str] = {}
    for response, outcome in marked:
        outcomes[outcome] += 1
        if outcome is Outcome.WRONG and isinstance(response, Typed):
            key = same_text(response.text)
            wrong[key] += 1
            as_written.setdefault(key, one_line(response.text))
    rows = [Share("Right", outcomes[Outcome.RIGHT], right=True)]
    if outcomes[Outcome.PARTIAL]:
        rows.append(Share("Partly right", outcomes[Outcome.PARTIAL], right=False))
    common = [(key, n) for key, n in wrong.most_common(MOST_QUOTED) if n >= FEWEST_QUOTED]
    rows += [Share(_shortened(as_written[key]), n, right=False, quoted=True) for key, n in common]
    others = outcomes[Outcome.WRONG] - sum(n for _, n in common)
    if others:
        rows.append(Share("Other answers" if common else "Wrong", others, right=False))
    return rows


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
