"""Uploads from strangers: whatever the bytes are, the answer is a list of problems, soon."""

import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.bank.reading import read_upload
from bot.bank.sources import LARGEST_FILE

GOOD = """\
set: {format: 1, id: my-set, title: T, description: D, source: {title: S, date: 2019-08-01}}
category: statistic
items:
  - id: a
    kind: choice
    prompt: "What?"
    options:
      - {text: 'a', right: true}
      - text: "b\u00e9"
        feedback: >-
          c
    as_of: 2018
    correction: {text: x, confidence: low}
  - {id: b, kind: numeric, prompt: How many?, answer: 1.5, tolerance: {relative: 0.1}, feedback: [{value: 3, text: x}]}
  - {id: c, kind: short_text, prompt: Who?, accepted: [x, y], not_with: [a]}
  - {id: d, kind: true_false, prompt: So?, answer: true}
"""
KEYS = (
    "set", "items", "category", "format", "id", "title", "description", "source", "kind", "prompt", "options", "text",
    "right", "feedback", "answer", "tolerance", "absolute", "accepted", "not_with", "reasons", "since", "date", "tags",
    "correction", "motion", "case_for", "questions", "paragraph", "as_of", "label", "difficulty", "value", "unit",
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["choice", "numeric", "short_text", "true_false", "claim", "statistic", "a", "1e9", "2018-03"]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_problems(data: bytes):
    assert read_upload("x.yaml", data).errors


@given(st.text(alphabet=" \n\t-:?[]{}&*!|>'\"%@`#,~<=a1\\\u2028\ufeff\x85", max_size=60))
def test_any_row_of_yaml_signs_ends_in_problems(text: str):
    assert read_upload("x.yaml", text.encode()).errors


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=8))
def test_a_good_file_with_a_piece_replaced_never_raises(at: int, length: int, piece: str):
    text = GOOD[:at] + piece + GOOD[at + length :]
    for problem in read_upload("x.yaml", text.encode("utf-8", "replace")).problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)


@given(VALUES)
def test_any_values_under_known_keys_never_raise(value: Any):
    for shaped in (value, {"set": value, "items": [value]}, {"set": {"format": 1}, "items": value}):
        _ = read_upload("x.yaml", as_yaml(shaped)).problems


@given(st.sampled_from(["choice", "numeric", "short_text", "true_false", "claim"]), st.data())
def test_any_values_in_an_item_never_raise(kind: str, data: st.DataObject):
    item = data.draw(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=12))
    _ = read_upload("x.yaml", as_yaml({"set": {}, "items": [item | {"kind": kind}]})).problems


def as_yaml(value: Any) -> bytes:
    stream = BytesIO()
    YAML(typ="safe", pure=True).dump(value, stream)
    return stream.getvalue()


@given(st.text(max_size=200))
def test_any_file_name_is_shown_on_one_line(name: str):
    (problem,) = read_upload(name, b"").errors
    assert problem.file
    assert len(problem.file) <= 100
    assert problem.file.isprintable()


def test_the_good_file_is_good():
    assert read_upload("x.yaml", GOOD.encode()).errors == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\x00" * 100, "bad-character"),
        (b"\x89PNG\r\n\x1a\n", "not-utf-8"),
        (b"PK\x03\x04", "bad-character"),
        ("set: 1".encode("utf-16"), "not-utf-8"),
        ("items: é".encode("latin-1"), "not-utf-8"),
        (b"x" * (LARGEST_FILE + 1), "too-large"),
        (b"[" * 100_000, "too-deep"),
        (b"- " * 100_000, "too-deep"),
        (b"? " * 100_000, "too-deep"),
        (b"{a: " * 100_000, "too-deep"),
        (b"!" * 1_000_000, "bad-text"),
        (b"*a " * 100_000, "not-yaml"),
        (b"items: [" + b"*a, " * 100_000 + b"]", "too-many-errors"),
        (b"items:\n" + b"- {}\n" * 11_000, "too-many-items"),
        (b"---\n" * 100_000, "two-documents"),
        (b"%YAML 9.9\n---\na: b\n", "not-yaml"),
    ],
)
def test_hostile_files_are_refused_soon(data: bytes, code: str):
    start = time.perf_counter()
    codes = {problem.code for problem in read_upload("x.yaml", data).errors}
    assert time.perf_counter() - start < 5
    assert code in codes


def test_a_bomb_of_aliases_goes_off_nowhere():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, next_one in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{next_one}: &{next_one} [{', '.join([f'*{one}'] * 9)}]\n"
    reading = read_upload("bomb.yaml", bomb.encode())
    aliases = [problem for problem in reading.errors if problem.code == "alias"]
    assert (aliases[0].line, aliases[0].column) == (2, 8)
    assert aliases[0].remedy == "write the text out"


def test_thousands_of_wrong_keys_and_references_are_answered_soon():
    head = GOOD.split("items:")[0] + "items:\n"
    wrong_keys = "  - {id: a, kind: choice, " + ", ".join(f"k{at}: 1" for at in range(20_000)) + "}\n"
    references = "".join(
        f"  - {{id: i{at}, kind: true_false, prompt: So {at}?, answer: true, not_with: [n{at}, m{at}]}}\n"
        for at in range(2_000)
    )
    start = time.perf_counter()
    problems = read_upload("x.yaml", (head + wrong_keys + references).encode()).errors
    assert time.perf_counter() - start < 10
    assert sum(problem.code == "broken-reference" for problem in problems) == 4_000
    assert 1 <= sum(problem.code == "unknown-key" for problem in problems) <= 50
