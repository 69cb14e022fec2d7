"""The readable account of a demonstration: tables for a person at a terminal. Changes nothing."""

import re

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.rehearsal.demo import Outcome
from bot.rehearsal.evidence import TABLES
from bot.rehearsal.invocation import typed

BAR_CELLS = 10
MARKS = re.compile(r"\*\*|^#+ |^-# ", re.MULTILINE)


WIDEST = 100


def print_account(console: Console, outcome: Outcome) -> None:
    """Print what happened, what is in the file, and what to try next."""
    debate = Panel(
        MARKS.sub("", outcome.debate_outcome), title="The debate, as the class reads it", title_align="left"
    )
    for part in (
        f"A class of {outcome.students} took part ({outcome.seconds:.1f} seconds). "
        f"The seed {outcome.seed} gives the same class again.\n",
        _by_question(outcome),
        debate,
        _in_the_file(outcome),
        _verdict(outcome),
    ):
        console.print(part, width=min(console.width, WIDEST))
    # Long lines are left to the terminal, so that a command can be copied whole.
    console.print(_what_next(outcome), soft_wrap=True, markup=False)


def _by_question(outcome: Outcome) -> Table:
    table = Table(title="The live quiz, question by question", title_justify="left", expand=True)
    table.add_column("", justify="right")
    table.add_column("Question", ratio=1)
    table.add_column("Right", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for asked in outcome.evidence.questions:
        share = asked.right / asked.answered if asked.answered else 0.0
        table.add_row(
            str(asked.number) if asked.vote == 1 else "",
            Text(asked.prompt if asked.vote == 1 else "The same, after talking it over"),
            f"{asked.right} of {asked.answered}",
            "█" * round(share * BAR_CELLS),
        )
    return table


def _in_the_file(outcome: Outcome) -> Table:
    table = Table(title="What is in the file now", title_justify="left")
    table.add_column("Table")
    table.add_column("Rows", justify="right")
    table.add_column("What it holds")
    for name, words in TABLES.items():
        table.add_row(name, str(outcome.evidence.counts[name]), words)
    return table


def _verdict(outcome: Outcome) -> Text:
    ledger = outcome.ledger
    confirmed = (
        f"{len(ledger.answers)} answers ({ledger.changed} of them changed before the end), {len(ledger.votes)} "
        f"stances and {len(ledger.arguments)} arguments"
    )
    if outcome.good:
        return Text(
            f"Confirmed to students: {confirmed}. All of it is in the file, word for word.", "bold green"
        )
    lost = [f"not in the file as it was confirmed: {entry}" for entry in outcome.missing]
    errors = [f"an error that nobody was told of: {problem}" for problem in outcome.problems]
    return Text(
        "\n".join((f"Confirmed to students: {confirmed}. But:", *lost, *errors)),
        "bold red",
    )


def _what_next(outcome: Outcome) -> str:
    path = str(outcome.database)
    rows = typed(f"sqlite-utils rows '{path}' answer --limit 5 -t")
    argued = typed(f"sqlite-utils '{path}' 'select number, side, claim from argument' -t")
    return "\n".join(
        (
            f"\nThe file: {path}",
            "\nWhat to try next",
            f"  Look into the file:           {rows}",
            f"  Who argued what:              {argued}",
            f"  Be in the class yourself:     {typed('seminar play')}  (in your browser)",
            f"  Run the bot on Discord:       {typed('seminar run')}  (with a token in .env; see the README)",
        )
    )
