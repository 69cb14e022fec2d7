"""Warnings: each has an item that earns it, one that does not, and a reason that answers it."""

import time
from typing import Any

import pytest

from bot.bank import lint
from bot.bank.kinds import KINDS, Item
from bot.bank.lint import CODES, warnings_of

CASE = {"text": "Because.", "holders": "Some"}
COMMON: dict[str, Any] = {
    "id": "a",
    "category": "history",
    "prompt": "What was it?",
    "explanation": "It was so.",
}
CHOICE: dict[str, Any] = COMMON | {
    "kind": "choice",
    "options": [{"text": "one thing", "right": True}, {"text": "another thing", "feedback": "No."}],
}
CLAIM: dict[str, Any] = COMMON | {
    "kind": "claim", "category": "claim", "motion": "The system should be kept.", "background": "B", "case_for": CASE,
    "case_against": CASE, "evidence": "E", "questions": ["Q1?", "Q2?"],
}  # fmt: skip
SHORT: dict[str, Any] = COMMON | {"kind": "short_text", "accepted": ["it"]}


def made(fields: dict[str, Any], **changes: Any) -> Item:
    return KINDS[fields["kind"]].model_validate(fields | changes)


def options(*wrong: dict[str, str], right: str = "one thing") -> list[dict[str, Any]]:
    return [{"text": right, "right": True}, *wrong]


WEAK = [
    ("no-feedback", ("options", 1), made(CHOICE, options=options({"text": "b"}))),
    ("no-feedback", ("options", 2), made(CHOICE, options=options({"text": "b", "feedback": "x"}, {"text": "c"}))),
    ("right-is-longest", ("options", 0, "text"), made(CHOICE, options=options(
        {"text": "another thing", "feedback": "No."}, right="one thing that is described at great length and with care"
    ))),
    ("of-the-above", ("options", 1, "text"), made(CHOICE, options=options(
        {"text": "None of the above", "feedback": "x"}, right="one thing or so")
    )),
    ("of-the-above", ("options", 0, "text"), made(CHOICE, options=options(
        {"text": "this one thing", "feedback": "x"}, right="All of the above")
    )),
    ("no-as-of", (), made(SHORT, category="statistic")),
    ("no-explanation", (), made(SHORT, explanation="")),
    ("empty-explanation", ("explanation",), made(SHORT, explanation="what was it")),
    ("motion-is-question", ("motion",), made(CLAIM, motion="Should it be kept?")),
    ("motion-is-long", ("motion",), made(CLAIM, motion="The system should be kept " + "and kept " * 15)),
    ("motion-is-several", ("motion",), made(CLAIM, motion="The system works. It should be kept.")),
    ("motion-is-double-negative", ("motion",), made(CLAIM, motion="The system should not be kept without courts.")),
    ("motion-is-double-negative", ("motion",), made(CLAIM, motion="Nobody’s score shouldn’t never count.")),
    ("unknown-reason", ("reasons", "no-asof"), made(SHORT, reasons={"no-asof": "It does not age."})),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "item"), WEAK)
def test_each_weakness_is_found_alone_and_at_its_place(code: str, path: tuple[str | int, ...], item: Item):
    ((at, fault),) = warnings_of([item])
    assert (at, fault.code, fault.path) == (0, code, path)
    assert fault.what
    assert fault.remedy


@pytest.mark.parametrize(("code", "path", "item"), WEAK)
def test_a_reason_answers_a_warning(code: str, path: tuple[str | int, ...], item: Item):
    answered = item.model_copy(update={"reasons": dict(item.reasons) | {code: "It is all right here."}})
    assert [fault.code for _, fault in warnings_of([answered]) if fault.code == code] == []


def test_good_items_earn_no_warning():
    others = (
        made(CLAIM, explanation="", prompt="Where do you stand?"),
        made(SHORT, id="s", prompt="Who did it?"),
    )
    assert list(warnings_of([made(CHOICE), *others])) == []


def test_every_code_has_an_example_here():
    assert {code for code, _, _ in WEAK} | {"near-same-prompt"} == CODES


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Which city began in 2014?", "which city began in 2014", True),
        ("Which city began the pilot first?", "Which city began this pilot first?", True),
        ("How many cities had a pilot in 2014?", "How many cities had a pilot in 2018?", False),
        ("Which city began the pilot?", "Who wrote the plan of the council?", False),
    ],
)
def test_prompts_that_differ_by_little(one: str, other: str, same: bool):
    items = [made(SHORT, id="a", prompt=one), made(SHORT, id="b", prompt=other)]
    found = list(warnings_of(items))
    assert [(at, fault.code) for at, fault in found] == ([(1, "near-same-prompt")] if same else [])
    if same:
        assert "“a”" in found[0][1].what
        answered = [items[0], items[1].model_copy(update={"reasons": {"near-same-prompt": "A retest."}})]
        assert list(warnings_of(answered)) == []


def test_comparing_prompts_does_not_grow_quadratically():
    # Thousands of prompts from one template: each shares almost all words with each other.
    word = "abcdefghijklmnop"
    items = [
        made(
            SHORT,
            id=f"i{at}",
            prompt=f"Which of the rules was it that {word[at % 16]}{word[at // 16 % 16]}x{at} made?",
        )
        for at in range(5_000)
    ]
    start = time.perf_counter()
    _ = list(lint.warnings_of(items))
    assert time.perf_counter() - start < 5
