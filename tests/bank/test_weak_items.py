"""Warnings: each has an item or a set that earns it, one that does not, and a reason that answers it."""

import time
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.fault import Fault
from bot.bank.kinds import KINDS, Item
from bot.bank.lint import CODES, HEAD, Examined, balance
from bot.bank.lint import warnings_of as warnings_of_set
from bot.bank.lint.framing import framing_faults
from bot.bank.reading import read_upload

CASE = {"text": "It works well. It costs little.", "holders": "Some"}
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
    "kind": "claim", "category": "claim", "motion": "Every city should keep the system.", "background": "B",
    "case_for": CASE, "case_against": CASE, "evidence": "E", "questions": ["Q1?", "Q2?"],
}  # fmt: skip
SHORT: dict[str, Any] = COMMON | {
    "kind": "short_text", "accepted": ["it"], "feedback": [{"answer": "that", "text": "That is another."}],
}  # fmt: skip
NUMBER: dict[str, Any] = COMMON | {
    "kind": "numeric", "answer": 80, "feedback": [{"value": 20, "text": "That is the rest."}],
}  # fmt: skip
TRUE: dict[str, Any] = COMMON | {"kind": "true_false", "answer": True, "feedback": "It was so indeed."}


def warnings_of(items: Sequence[Item], **source: Any) -> list[tuple[int, Fault]]:
    return list(warnings_of_set(Examined(items, **source)))


def case(text: str) -> dict[str, str]:
    return {"text": text, "holders": "Some"}


def codes(items: Sequence[Item]) -> list[tuple[int, str]]:
    return [(at, fault.code) for at, fault in warnings_of(items)]


def made(fields: dict[str, Any], **changes: Any) -> Item:
    return KINDS[fields["kind"]].model_validate(fields | changes)


def options(*wrong: dict[str, str], right: str = "one thing") -> list[dict[str, Any]]:
    return [{"text": right, "right": True}, *wrong]


WEAK = [
    ("no-feedback", ("options", 1), made(CHOICE, options=options({"text": "b"}))),
    ("no-feedback", ("options", 2), made(CHOICE, options=options({"text": "b", "feedback": "x"}, {"text": "c"}))),
    ("no-feedback", (), made(SHORT, feedback=[])),
    ("no-feedback", (), made(NUMBER, feedback=[])),
    ("no-feedback", (), made(TRUE, feedback=None)),
    ("right-is-longest", ("options", 1, "text"), made(COMMON | {"kind": "multiple"}, options=[
        {"text": "a city", "right": True}, {"text": "a city that kept a list of its own for years", "right": True},
        {"text": "a town", "feedback": "x"}])),
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
    ("no-as-of", (), made(SHORT, label="outdated", since={"date": "2020", "text": "It ended."})),
    ("no-correction", ("label",), made(SHORT, label="misconception")),
    ("no-correction", ("label",), made(SHORT, label="outdated", as_of="2019")),
    ("no-explanation", (), made(SHORT, explanation="")),
    ("empty-explanation", ("explanation",), made(SHORT, explanation="what was it")),
    ("motion-is-question", ("motion",), made(CLAIM, motion="Should every city keep it?")),
    ("motion-is-long", ("motion",), made(CLAIM, motion="Every city should keep the system " + "for ever " * 15)),
    ("motion-is-several", ("motion",), made(CLAIM, motion="Every city has one. It should be kept.")),
    ("motion-is-several", ("motion",), made(CLAIM, motion="Every city should keep it because it works.")),
    ("motion-is-several", ("motion",), made(CLAIM, motion="Every city should keep it, but with a court.")),
    ("motion-is-several", ("motion",), made(CLAIM, motion="Every city should keep it and must pay for it.")),
    ("motion-is-double-negative", ("motion",), made(CLAIM, motion="No city should keep it without courts.")),
    ("motion-is-double-negative", ("motion",), made(CLAIM, motion="China should never ask why it doesn’t work.")),
    ("motion-is-loaded", ("motion",), made(CLAIM, motion="Every city should end this Orwellian system.")),
    ("motion-is-loaded", ("motion",), made(CLAIM, motion="Every city should of course keep the system.")),
    ("motion-names-people", ("motion",), made(CLAIM, motion="In Asia, the Chinese should keep it.")),
    ("motion-names-people", ("motion",), made(CLAIM, motion="In Europe, Westerners should keep it.")),
    ("motion-on-dignity", ("motion",), made(CLAIM, motion="In China, those who lie should be told what they deserve.")),
    ("motion-without-place", ("motion",), made(CLAIM, motion="The police should keep the system.")),
    ("motion-without-time", ("motion",), made(CLAIM, motion="Every city gains from the system.")),
    ("motion-has-unknown-term", ("motion",), made(CLAIM, motion="Every city should ask the NDRC.")),
    ("claim-is-settled", ("label",), made(CLAIM, label="established")),
    ("case-length", ("case_for", "text"), made(CLAIM, case_for=case("It works well and it costs."))),
    ("case-length", ("case_against", "text"), made(
        CLAIM, case_for=case("It works. Yes, it does."), case_against=case("I. Do. Not. Know. It."),
    )),
    ("cases-uneven", ("case_against", "text"), made(CLAIM, case_for=case("It works very well. " * 3))),
    ("unknown-reason", ("reasons", "no-asof"), made(SHORT, reasons={"no-asof": "It does not age."})),
]  # fmt: skip
OF_SETS = {
    "near-same-prompt", "gives-answer-away", "number-not-in-source", "no-such-paragraph", "right-often-longest",
    "right-often-shortest", "unbalanced-positions", "unbalanced-truth",
}  # fmt: skip


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
        made(NUMBER, id="n", prompt="How many were there?"),
        made(TRUE, id="t", prompt="It was there."),
    )
    assert warnings_of([made(CHOICE), *others]) == []


def test_every_code_has_an_example_here():
    assert {code for code, _, _ in WEAK} | OF_SETS == CODES


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Which city began in 2014?", "which city began in 2014", True),
        ("Which city began the pilot first?", "Which city began this pilot first?", True),
        ("Which city was the first with a pilot?", "With a pilot, which city was the first?", True),
        ("How many cities had a pilot in 2014?", "How many cities had a pilot in 2018?", False),
        ("Which city began the pilot?", "Who wrote the plan of the council?", False),
    ],
)
def test_prompts_that_differ_by_little(one: str, other: str, same: bool):
    items = [made(CHOICE, id="a", prompt=one), made(CHOICE, id="b", prompt=other)]
    found = warnings_of(items)
    assert [(at, fault.code) for at, fault in found] == ([(1, "near-same-prompt")] if same else [])
    if same:
        assert "“a”" in found[0][1].what
        answered = [items[0], items[1].model_copy(update={"reasons": {"near-same-prompt": "A retest."}})]
        assert warnings_of(answered) == []


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
    _ = warnings_of(items)
    assert time.perf_counter() - start < 5


# Items that give away another's answer


def test_an_item_that_names_the_typed_answer_of_another_gives_it_away():
    asked = made(SHORT, id="owner", prompt="Who made the app?", accepted=["Tencent", "TX"])
    told = made(CHOICE, id="story", explanation="The app of Tencent was first.")
    ((at, fault),) = warnings_of([asked, told])
    assert (at, fault.code) == (1, "gives-answer-away")
    assert "“owner”" in fault.what
    assert "owner" in fault.remedy
    for apart in ([asked, told.model_copy(update={"not_with": ("owner",)})],
                  [asked.model_copy(update={"not_with": ("story",)}), told]):  # fmt: skip
        assert warnings_of(apart) == []


@pytest.mark.parametrize(
    "told",
    ["The app of Tencents was first.", "A TX is a thing.", "It was written in ten centuries."],
    ids=["another word", "too short to tell", "something else"],
)
def test_a_word_that_only_looks_alike_gives_nothing_away(told: str):
    asked = made(SHORT, id="owner", prompt="Who made the app?", accepted=["Tencent", "TX"])
    assert warnings_of([asked, made(CHOICE, id="story", explanation=told)]) == []


def test_a_name_that_is_the_topic_of_a_set_is_no_secret():
    asked = made(SHORT, id="owner", prompt="Who made the app?", accepted=["Tencent"])
    letters = "abcdefghijklm"
    told = [
        made(CHOICE, id=f"i-{one}", prompt=f"What is {one * 9}?", explanation="Tencent.") for one in letters
    ]
    assert sum(code == "gives-answer-away" for _, code in codes([asked, *told[:12]])) == 12
    assert "gives-answer-away" not in {code for _, code in codes([asked, *told])}


# Numbers of the source


@pytest.mark.parametrize(
    ("explanation", "strange"),
    [
        ("It was 80% in 2017.", []),
        ("It was 81% in 2017.", ["81%"]),
        ("It began in 2019, the year of the article.", []),
        ("There were two of them, or three.", []),
        ("There were 3 of them, or a dozen.", ["3", "a dozen"]),
        ("It was 1.4 billion, or 1,400,000,000.", ["1.4 billion", "1,400,000,000"]),
    ],
)
def test_numbers_that_the_paragraph_does_not_have(explanation: str, strange: list[str]):
    source = {"figures": {8: {Decimal(80), Decimal(2017)}}, "dates": {Decimal(2019)}}
    found = warnings_of([made(CHOICE, paragraph=8, explanation=explanation)], **source)
    assert [(fault.code, fault.path) for _, fault in found] == [
        ("number-not-in-source", ("explanation",))
    ] * bool(strange)
    assert all(number in found[0][1].what for number in strange)
    elsewhere = made(CHOICE, paragraph=8, source="Another book", explanation=explanation)
    assert warnings_of([elsewhere], **source) == []
    assert warnings_of([made(CHOICE, explanation=explanation)], **source) == [], "it names no paragraph"
    assert warnings_of([made(CHOICE, paragraph=8, explanation=explanation)]) == [], "the source is not known"


def test_a_number_may_stand_in_any_of_the_paragraphs_named():
    item = made(CHOICE, paragraph=[8, 9], explanation="It was 80% and 76%.")
    assert warnings_of([item], figures={8: {Decimal(80)}, 9: {Decimal(76)}}) == []
    ((_, fault),) = warnings_of([item], figures={8: {Decimal(80)}})
    assert fault.what == "the explanation names 76%, and paragraphs 8 and 9 of the source do not"


def test_paragraphs_are_known_only_from_a_whole_source():
    item = made(CHOICE, paragraph=[8, 90])
    ((_, fault),) = warnings_of([item], figures={8: set[Decimal]()}, whole=True)
    assert (fault.code, fault.path) == ("no-such-paragraph", ("paragraph", 1))
    assert warnings_of([item], figures={8: set[Decimal]()}) == []


# Balance over a set


def choices(
    count: int, right_at: int | None = None, *, right: str = "right thing", **more: Any
) -> list[Item]:
    """So many choice questions with four options each; the right one at a place, or at each place in turn."""
    items: list[Item] = []
    for at in range(count):
        wrong: list[dict[str, Any]] = [
            {"text": f"{word} thing", "feedback": "No."} for word in ("wrong", "other", "small")
        ]
        wrong.insert(at % 4 if right_at is None else right_at, {"text": right, "right": True})
        prompt = f"What is {''.join('abcdefghij'[int(digit)] * 5 for digit in str(at))}?"
        items.append(made(CHOICE, id=f"q{at}", prompt=prompt, options=wrong, **more))
    return items


def test_length_that_gives_answers_away_over_the_set():
    assert codes(choices(20)) == []
    assert codes(choices(20, right="right thing, longer")) == [(HEAD, "right-often-longest")]
    assert codes(choices(20, right="it")) == [(HEAD, "right-often-shortest")]
    assert codes([*choices(7, right="right thing, longer"), *choices(20)[7:]]) == []


def test_place_that_gives_answers_away_over_the_set():
    assert codes(choices(20)) == []
    assert codes(choices(20, 2)) == [(HEAD, "unbalanced-positions")]
    assert codes([*choices(20, 2, shuffle=False), *choices(60)[20:]]) == [(HEAD, "unbalanced-positions")]
    assert codes(choices(3, 2)) == [], "three questions may fall like this by chance"


def test_truth_that_gives_answers_away_over_the_set():
    prompts = [
        a + b for a, b in product(("mnopq" * 2, "rstuv" * 2), ("abcde", "fghij", "klmno", "pqrst", "uvwxy"))
    ]
    statements = [made(TRUE, id=f"t{at}", prompt=prompt) for at, prompt in enumerate(prompts)]
    assert codes(statements) == [(HEAD, "unbalanced-truth")]
    turned = [made(TRUE, id=f"t{at}", prompt=prompt, answer=False) for at, prompt in enumerate(prompts[:4])]
    assert codes([*turned, *statements[4:]]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.integers(0, 9))
def test_the_tail_of_chance_is_what_counting_all_cases_gives(chances: list[float], at_least: int):
    counted = 0.0
    for outcome in product((0, 1), repeat=len(chances)):
        if sum(outcome) >= at_least:
            probability = 1.0
            for happened, chance in zip(outcome, chances, strict=True):
                probability *= chance if happened else 1 - chance
            counted += probability
    assert balance.chance_of(at_least, chances) == pytest.approx(counted, abs=1e-9)


def test_the_tail_of_chance_for_many_events_is_close_to_the_exact_one():
    exact = balance.chance_of(90, [0.25] * 300)
    assert balance.chance_of(90, [0.25] * 301) == pytest.approx(exact, rel=0.1)


def test_warnings_about_a_set_stand_at_its_head_and_are_answered_there():
    head = "set: {format: 1, id: lakes, title: T, description: D, source: {title: S}%s}\nitems:\n"
    item = (
        "  - {id: q%d, kind: true_false, category: history, prompt: %s froze., answer: true, "
        "feedback: F, explanation: E}\n"
    )
    items = "".join(
        item % (at, name * 5)
        for at, name in enumerate(("Abc", "Def", "Ghi", "Jkl", "Mno", "Pqr", "Stu", "Vwx"))
    )
    (problem,) = read_upload("lakes.yaml", (head % "" + items).encode()).problems
    assert (problem.code, problem.line, problem.severity) == ("unbalanced-truth", 1, "warning")
    answered = head % ", reasons: {unbalanced-truth: All of them froze.}"
    assert read_upload("lakes.yaml", (answered + items).encode()).problems == ()
    mistyped = head % ", reasons: {unbalanced-truht: All of them froze.}"
    problems = read_upload("lakes.yaml", (mistyped + items).encode()).problems
    assert {problem.code for problem in problems} == {"unbalanced-truth", "unknown-reason"}


# Motions


NEUTRAL = [
    "Every state should issue an identity card at the age of 16.",
    "Up to 2019, social credit in China was chiefly Xi Jinping's own project.",
    "The Chinese government should publish the rules of its local pilots.",
    "US states should stop giving lists of voters to campaigns.",
    "China should have an equal part in setting global standards for surveillance technology.",
    "Police in democracies should be allowed to search driver's licence photos by face.",
    "The Cultural Revolution explains most of the distrust that people in China reported in the 2010s.",
    "Adults in China trusted strangers less in 2018 than adults in Japan did.",
]  # fmt: skip


ON_GROUPS = [
    "The Chinese are dishonest in business today.",
    "Chinese are dishonest in business today.",
    "Black people are less intelligent in the US today.",
    "Women in China should stay at home.",
    "Women do not belong in the army of any state.",
    "Migrants should be deported from the EU.",
    "migrants should be deported from the EU",
    "The EU should deport all illegal migrants.",
    "The Han should rule China.",
    "Homosexuality is wrong in Russia today.",
    "Islam is a religion of violence in Europe today.",
    "The poor are lazy in the US today.",
    "Disabled people in Japan should not have children.",
    "Trans women are not women in the UK today.",
    "Muslims should not be allowed to vote in India.",
    "Japan should ban foreigners from its shrines.",
    "Gay couples should be allowed to marry in Japan.",
    "Refugees are a burden to Germany today.",
]  # fmt: skip
"""On what groups of people are worth, or whether their rights hold."""

ON_POLICY = [
    "The EU should admit more migrants in 2027.",
    "Germany should let refugees work from their first day.",
    "Japan should recognise same-sex marriage.",
    "China should raise the retirement age of women to that of men.",
    "Every state should guarantee equal pay for women and men.",
    "Schools in the UK should teach boys and girls together.",
    "The English language should be taught in every Chinese school.",
    "The Dutch government should close its gas field.",
    "The EU should separate its budget from its banks.",
    "White papers of the UK government should be open to comment.",
    "Black markets in China grew in the 1960s.",
    "Up to 2019, men in China trusted the police more than women did.",
]  # fmt: skip
"""On what institutions do, or what was the case, with some of the same words."""


@pytest.mark.parametrize("motion", [*NEUTRAL, *ON_POLICY])
def test_neutral_motions_pass(motion: str):
    assert [fault.code for fault in framing_faults(motion)] == []


@pytest.mark.parametrize(
    ("motion", "code"),
    [
        ("The Communist regime in China should end the pilots.", "motion-is-loaded"),
        ("Western hypocrisy made the coverage of China unfair up to 2019.", "motion-is-loaded"),
        ("China clearly gained from social credit up to 2019.", "motion-is-loaded"),
        ("Up to 2019, the Chinese trusted strangers less than others did.", "motion-names-people"),
        ("Up to 2019, Chinese people trusted the police.", "motion-names-people"),
        ("Up to 2019, Americans had less privacy than Germans.", "motion-names-people"),
        ("China was right to persecute its opponents in 1966.", "motion-on-dignity"),
        ("Every government has a right to exist.", "motion-on-dignity"),
        ("The Chinese are dishonest in business today.", "motion-names-people"),
        ("The Han should rule China.", "motion-names-people"),
        *((motion, "motion-on-dignity") for motion in ON_GROUPS),
    ],
)
def test_loaded_words_of_both_sides_and_whole_peoples_are_found(motion: str, code: str):
    found = {fault.code: fault for fault in framing_faults(motion)}
    assert code in found
    assert "“" in found[code].what, "it says which word"
