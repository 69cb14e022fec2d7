"""questions/README.md: its examples are items without a fault, and its list of warnings is the checker's."""

import re
import textwrap
from pathlib import Path

from bot.bank.kinds import KINDS
from bot.bank.lint import CODES
from bot.bank.reading import read_upload

GUIDE = (Path(__file__).parents[2] / "questions" / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    textwrap.dedent(found)
    for found in re.findall(r"^ *```yaml\n(.*?)^ *```", GUIDE, re.MULTILINE | re.DOTALL)
]
HEAD = next(block for block in BLOCKS if block.startswith("# yaml-language-server") and "title:" in block)
ITEMS = [block for block in BLOCKS if block.startswith("- id:")]


def test_every_example_is_an_item_without_a_fault():
    head = "set:\n" + textwrap.indent(HEAD, "  ")
    items = "items:\n" + "".join(textwrap.indent(block, "  ") for block in ITEMS)
    reading = read_upload("guide.yaml", (head + items).encode())
    assert reading.problems == (), "\n".join(map(str, reading.problems))
    (read,) = reading.sets
    assert len(read.items) == len(ITEMS)


def test_every_kind_has_an_example():
    assert {match[1] for block in ITEMS if (match := re.search(r"kind: (\w+)", block))} == set(KINDS)


def test_every_warning_is_explained():
    table = GUIDE[GUIDE.index("| code | what it means |") :]
    listed = re.findall(r"^\|(.*?)\|", table, re.MULTILINE)[2:]
    assert {code for cell in listed for code in re.findall(r"`([a-z-]+)`", cell)} == CODES


def test_the_keys_of_an_item_are_listed():
    common = set.intersection(*(set(model.model_fields) for model in KINDS.values()))
    table = GUIDE[GUIDE.index("| key | meaning |") : GUIDE.index("A text with a colon")]
    listed = re.findall(r"^\|(.*?)\|", table, re.MULTILINE)[2:]
    assert {key for cell in listed for key in re.findall(r"`([a-z_]+)`", cell)} == common
