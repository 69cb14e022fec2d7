"""What a set makes of its source: the source file, the report, its table and its JSON."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.bank.check import check
from bot.bank.coverage import as_json, as_table, coverage, named_numbers, summary
from bot.bank.kinds import KINDS, Item
from bot.bank.source_text import read_source

TEXT = """\
1\tStart\tOf those asked, 80% agreed in 2018.
2\tStart\tMore than a million took part, in 31 towns.

3\tEnd\tNothing is counted here.
"""


def made(kind: str, item_id: str, paragraph: list[int], **fields: Any) -> Item:
    common = {"id": item_id, "category": "history", "kind": kind, "prompt": "P?", "explanation": "E."}
    return KINDS[kind].model_validate(common | {"paragraph": paragraph} | fields)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "source.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


ITEMS = [
    made("numeric", "agreed", [1], answer="80"),
    made("true_false", "when", [1, 2], answer=True, prompt="It was in 2018, with a million people."),
    made("short_text", "astray", [7], accepted=["31"]),
    made("short_text", "other-book", [2], accepted=["31"], source="Another book"),
]


def test_items_and_unused_figures_of_each_paragraph(tmp_path: Path):
    report = coverage("lakes", ITEMS, read_source(written(tmp_path, TEXT)))
    found = [
        (each.paragraph.number, each.items, [one.written for one in each.unused]) for each in report.covered
    ]
    assert found == [
        (1, ("agreed", "when"), []),
        (2, ("when",), ["31"]),
        (3, (), []),
    ]  # fmt: skip
    assert report.astray == ("astray",)
    assert summary(report).startswith("2 of 3 paragraphs have items; 3 of 4 figures are used.")


def named(kind: str, **fields: Any) -> set[int]:
    return {int(value) for value in named_numbers(made(kind, "i", [1], **fields))}


def test_every_part_of_an_item_names_numbers_and_its_hint_does_not():
    """“90% sure”, “from 1 (first)” and the places of events are no figures of a source."""
    options = [{"text": "11", "right": True}, {"text": "22", "right": True}, {"text": "33"}]
    assert named("multiple", options=options) == {11, 22, 33}
    assert named("estimate", answer="43", unit="cities", widest=20) == {43}
    assert named("ordering", events=["the plan", "the law of 44", "the end"]) == {44}
    pairs = [{"left": "11", "right": "22"}, {"left": "33", "right": "44"}]
    assert named("matching", pairs=pairs, extra=["55"]) == {11, 22, 33, 44, 55}
    statements = [{"text": "11", "belongs_to": "over 5"}, {"text": "2", "belongs_to": "up to 6"}]
    assert named("sorting", into=["over 5", "up to 6"], statements=statements) == {2, 5, 6, 11}


def test_every_text_that_a_learner_meets_counts_as_use(tmp_path: Path):
    source = read_source(written(tmp_path, "1. There were 11, 22, 33, 44, 55 and 66, and once 77.\n"))
    case = {"text": "It was 33. So it was.", "holders": "H"}
    items = [
        made("claim", "c", [1], category="claim", motion="It was 11.", background="Or 22.", case_for=case,
             case_against=case, evidence="There were 44.", questions=["Q?", "R?"]),
        made("numeric", "n", [1], answer="55", feedback=[{"value": 66, "text": "Not that."}]),
    ]  # fmt: skip
    (covered,) = coverage("lakes", items, source).covered
    assert [figure.written for figure in covered.unused] == ["77"]


def test_the_report_as_json_keeps_every_digit(tmp_path: Path):
    source = read_source(written(tmp_path, "1. It was 1.4 billion, or 0.125.\n"))
    report = json.loads(as_json(coverage("lakes", [], source)))
    assert report["set"] == "lakes"
    (paragraph,) = report["paragraphs"]
    assert paragraph["figures"] == ["1400000000", "0.125"]
    assert paragraph["unused_figures"] == ["1.4 billion", "0.125"]


def test_the_table_fits_a_narrow_terminal(tmp_path: Path):
    console = Console(width=80, record=True, file=(tmp_path / "out").open("w"))
    items = [made("numeric", f"a-rather-long-name-{at}", [2], answer="31") for at in range(30)]
    console.print(as_table(coverage("lakes", items, read_source(written(tmp_path, TEXT)))))
    text = console.export_text()
    assert all(len(line) <= 80 for line in text.splitlines())
    assert all(f"a-rather-long-name-{at}" in text for at in range(30)), "no name is cut"


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("8\tSigns\tThe text.", "Signs", "The text."),
        ("8\tThe text.", "", "The text."),
        ("8. The text.", "", "The text."),
        ("  8) The text.", "", "The text."),
        ("[8] The text.", "", "The text."),
        ("8: The text.", "", "The text."),
    ],
)
def test_ways_of_numbering_paragraphs(tmp_path: Path, line: str, heading: str, text: str):
    (paragraph,) = read_source(written(tmp_path, line)).paragraphs
    assert (paragraph.number, paragraph.heading, paragraph.text) == (8, heading, text)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"", 1, "there is no paragraph in it"),
        (b"1. One\nThe text.\n", 2, "this line does not begin with the number of a paragraph"),
        (b"1966 was the year.\n", 1, "this line does not begin"),
        (b"1. One\n\n1. Two\n", 3, "there is a paragraph 1 already"),
        (b"1. caf\xe9\n", 1, "not text in UTF-8"),
    ],
)
def test_what_is_no_source_says_so_with_its_line(tmp_path: Path, content: bytes, line: int, what: str):
    source = read_source(written(tmp_path, content))
    assert source.paragraphs == ()
    assert source.trouble is not None
    assert source.trouble.at[0] == line
    assert what in source.trouble.what
    assert source.trouble.remedy


def test_a_source_that_is_not_there_says_so(tmp_path: Path):
    trouble = read_source(tmp_path / "nowhere.txt").trouble
    assert trouble is not None
    assert trouble.code == "no-such-file"


def test_checking_with_the_source_looks_up_numbers_and_paragraphs(tmp_path: Path):
    head = "set: {format: 1, id: lakes, title: T, description: D, source: {title: S}}\nitems:\n"
    item = "  - {id: a, kind: true_false, category: history, prompt: P, answer: true, feedback: F, paragraph: %s,\n"
    path = tmp_path / "lakes.yaml"
    path.write_text(head + item % "[1, 9]" + "     explanation: It was 80% in 2017.}\n", encoding="utf-8")
    assert check([path]).warnings == 0
    problems = check([path], read_source(written(tmp_path, TEXT))).problems
    assert {problem.code for problem in problems} == {"number-not-in-source", "no-such-paragraph"}
    assert all(problem.line >= 3 for problem in problems)
