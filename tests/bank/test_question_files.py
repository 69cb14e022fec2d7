"""Every error of a question file, with its exact place.

In the texts below ``§code§`` stands right before the place where the error with that code is expected; the test
takes the marks out and compares all errors, so that nothing is found too often either.
"""

import re

import pytest

from bot.bank.problem import Problem, Severity
from bot.bank.reading import Reading, read_upload

MARK = re.compile("§([a-z-]+)§")
HEAD = """\
set:
  format: 1
  id: my-set
  title: A set
  description: What it is about.
  source: {title: A source}
"""
ITEM = """\
  - id: first
    kind: true_false
    category: history
    prompt: Is it so?
    answer: true
    explanation: It is.
    feedback: It was.
"""


def read(text: str) -> Reading:
    return read_upload("set.yaml", text.encode())


def places(problems: tuple[Problem, ...]) -> list[tuple[int, int, str]]:
    return sorted((problem.line, problem.column, problem.code) for problem in problems)


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and the line, column and code of each mark."""
    expected: list[tuple[int, int, str]] = []
    while found := MARK.search(text):
        before = text[: found.start()]
        column = found.start() - (before.rfind("\n") + 1) + 1
        expected.append((before.count("\n") + 1, column, found[1]))
        text = before + text[found.end() :]
    return text, sorted(expected)


def item(*lines: str, kind: str = "choice", rest: str = "") -> str:
    """A file with one item: the usual keys, then these lines."""
    keys = [
        f"  - id: an-item\n    kind: {kind}\n    category: history\n    prompt: What?\n    explanation: So.\n"
    ]
    return HEAD + "items:\n" + "".join([*keys, *(f"    {line}\n" for line in lines)]) + rest


OPTIONS = "options: [{text: a, right: true}, {text: b, feedback: c}]"
CASES = "case_for: {text: a, holders: b}\n    case_against: {text: a, holders: b}"

# fmt: off
WRONG = {
    # the head
    "no set": "§missing-set§items:\n" + ITEM,
    "unknown key at the top": HEAD + "§unknown-key§itmes: []\nitems:\n" + ITEM,
    "no items": "§missing-key§" + HEAD,
    "empty items": HEAD + "items: §no-items§[]\n",
    "items is a mapping": HEAD + "items:\n  §no-items§a: 1\n",
    "items left blank": HEAD + "§no-items§items:\n",
    "set is a text": "set: §wrong-type§yes\nitems:\n" + ITEM,
    "unknown format": HEAD.replace("format: 1", "format: §unknown-format§2") + "items:\n" + ITEM,
    "format in quotes": HEAD.replace("format: 1", 'format: §unknown-format§"1"') + "items:\n" + ITEM,
    "format is true": HEAD.replace("format: 1", "format: §unknown-format§true") + "items:\n" + ITEM,
    "set id too short": HEAD.replace("my-set", "§too-short§ab") + "items:\n" + ITEM,
    "set id with blanks": HEAD.replace("my-set", "§bad-name§My set") + "items:\n" + ITEM,
    "set without title": HEAD.replace("  title: A set\n", "").replace("  format", "  §missing-key§format")
    + "items:\n"
    + ITEM,
    "unknown key in the source": HEAD.replace("{title: A source}", "{title: A source, §unknown-key§url: x}")
    + "items:\n"
    + ITEM,
    "bad language": HEAD + "  language: §bad-name§English\nitems:\n" + ITEM,
    "bad date of the source": HEAD.replace("A source}", "A source, date: §bad-date§August}") + "items:\n" + ITEM,
    "wrong default category": HEAD + "category: §unknown-value§statistics\nitems:\n" + ITEM,
    # YAML
    "empty": "§empty-file§",
    "only a comment": "§empty-file§# nothing yet\n",
    "a text": "§wrong-top§hello\n",
    "a list at the top": "§wrong-top§- a\n- b\n",
    "html": "<!DOCTYPE html>\n<html§not-yaml§: x>",
    "colon in a text": HEAD + "items:\n  - id: a\n    prompt: So§not-yaml§: what?\n",
    "tab": HEAD + "items:\n§not-yaml§\t- id: a\n",
    "unclosed quote": HEAD + "items:\n  - id: §not-yaml§'a\n",
    "unclosed bracket": HEAD + "items:\n  - id: a\n    tags: [b, c\n    kind§not-yaml§: choice\n",
    "misaligned": HEAD + "items:\n  - id: a\n   §not-yaml§kind: choice\n",
    "backslash": HEAD + 'items:\n  - id: "a\\§not-yaml§q"\n',
    "text after a quote": HEAD + "items:\n  - id: 'a' §not-yaml§b\n",
    "at sign": HEAD + "items:\n  - id: §not-yaml§@a\n",
    "two documents": HEAD + "items:\n" + ITEM + "§two-documents§---\na: b\n",
    "tag": HEAD.replace("A set", "§tag§!!python/object:os.system ls") + "items:\n" + ITEM,
    "alias": HEAD.replace("A set", "&t A set").replace("What it is about.", "§alias§*t") + "items:\n" + ITEM,
    "alias as key": HEAD.replace("A set", "&t A set") + "§alias§*t : 1\nitems:\n" + ITEM,
    "merge key": HEAD + "items:\n" + ITEM.replace("id: first", "&a\n    id: first") + "  - §unknown-key§<<: §alias§*a\n"
    "    id: b\n    kind: true_false\n    category: history\n    prompt: Another?\n    answer: true\n",
    "duplicate key": HEAD + "items:\n" + ITEM + "    §duplicate-key§prompt: Again?\n",
    "duplicate key at the top": HEAD + "items:\n" + ITEM + "§duplicate-key§items: []\n",
    "list as key": HEAD + "? §bad-key§[a]\n: b\nitems:\n" + ITEM,
    "template braces": HEAD.replace("A set", "§wrong-type§{§bad-key§{ title }}") + "items:\n" + ITEM,
    "control character": HEAD.replace("A set", "A§bad-character§\x07 set") + "items:\n" + ITEM,
    "escaped control character": HEAD.replace("A set", '§bad-character§"A\\0 set"') + "items:\n" + ITEM,
    "escaped surrogate": HEAD.replace("A set", '§bad-character§"\\ud800"') + "items:\n" + ITEM,
    # items
    "an entry that is a text": HEAD + "items:\n" + ITEM + "  - §wrong-type§hello\n",
    "an empty item": HEAD + "items:\n" + ITEM + "  - §missing-key§§missing-key§§missing-key§§missing-key§{}\n",
    "no kind": HEAD + "items:\n  - §missing-key§id: a\n    category: history\n    prompt: What?\n",
    "unknown kind": item("options: []", kind="§unknown-value§chioce"),
    "kind is a number": item(kind="§unknown-value§5"),
    "other errors beside an unknown kind": item("difficulty: §out-of-range§9", kind="§unknown-value§riddle"),
    "unknown key": item(OPTIONS, "§unknown-key§promt: What?"),
    "key of another kind": item(OPTIONS, "§unknown-key§answer: 5"),
    "a number for a text": item(OPTIONS, "source: §wrong-type§1984"),
    "true for a text": item(OPTIONS, "source: §wrong-type§true"),
    "a list for a text": item(OPTIONS, "source:\n      §wrong-type§- a"),
    "a text for a list": item(OPTIONS, "tags: §wrong-type§surveys"),
    "a text for a mapping": item(OPTIONS, "since: §wrong-type§2022"),
    "a text for a number": item(OPTIONS, "difficulty: §wrong-type§hard"),
    "a fraction for a whole number": item(OPTIONS, "difficulty: §wrong-type§2.5"),
    "a quoted number for a whole number": item(OPTIONS, 'difficulty: §wrong-type§"2"'),
    "true for a number": item(OPTIONS, "difficulty: §wrong-type§true"),
    "too difficult": item(OPTIONS, "difficulty: §out-of-range§6"),
    "paragraph in words": item(OPTIONS, "paragraph: §wrong-type§eight"),
    "paragraph 0": item(OPTIONS, "paragraph: [8, §out-of-range§0]"),
    "unknown label": item(OPTIONS, "label: §unknown-value§establishd"),
    "bad date": item(OPTIONS, "as_of: §bad-date§2018-02-30"),
    "date as a fraction": item(OPTIONS, "as_of: §wrong-type§2018.5"),
    "bad tag": item(OPTIONS, "tags: [ok, §bad-name§Not ok]"),
    "too many tags": item(OPTIONS, "tags: §too-many§[a, b, c, d, e, f, g, h, i]"),
    "blank prompt": HEAD + "items:\n" + ITEM.replace("prompt: Is it so?", "§empty§prompt:"),
    "prompt of blanks": HEAD + "items:\n" + ITEM.replace("Is it so?", '§empty§"  "'),
    "long prompt": HEAD + "items:\n" + ITEM.replace("Is it so?", "§too-long§" + "x" * 601),
    "long prompt in a block": HEAD + "items:\n" + ITEM.replace("Is it so?", "§too-long§>\n      " + "x" * 601),
    "long explanation": item(OPTIONS).replace("So.", "§too-long§" + "x" * 901),
    "bad confidence": item(OPTIONS, "correction: {text: a, confidence: §unknown-value§hgh}"),
    "correction without confidence": item(OPTIONS, "correction: §missing-key§{text: a}"),
    "bad reason": item(OPTIONS, "reasons: {§bad-name§No_Date: a}"),
    "empty reason": item(OPTIONS, "reasons: {no-as-of: §empty§''}"),
    # choice
    "no options": item().replace("- id", "- §missing-key§id"),
    "one option": item("options: §too-few§[{text: a, right: true}]"),
    "eleven options": item(
        "options: §too-many§[" + ", ".join(f"{{text: o{at}, right: {str(at == 0).lower()}}}" for at in range(11)) + "]"
    ),
    "no right option": item("options: §no-right-option§[{text: a}, {text: b}]"),
    "two right options": item("options: [{text: a, right: true}, {text: b, right: §two-right-options§true}]"),
    "equal options": item("options: [{text: Yes , right: true}, {text: §equal-options§yes}, {text: c}]"),
    "equal and none right": item("options: §no-right-option§[{text: a}, {text: §equal-options§A}]"),
    "right is a word": item("options: [{text: a, right: §wrong-type§yes}, {text: b}]"),
    "option is a text": item("options: [§wrong-type§a, {text: b, right: true}, {text: c}]"),
    "unknown key and no right option": item(
        "options: §no-right-option§[{text: a, §unknown-key§rigth: true}, {text: b}]"
    ),
    "long option and no right option": item(
        f"options: §no-right-option§[{{text: §too-long§{'x' * 201}}}, {{text: b}}]"
    ),
    "number for an option": item("options: [{text: §wrong-type§80, right: true}, {text: b}]"),
    "no for an option is a text": item("options: [{text: no, right: true}, {text: 12:30}, {text: §wrong-type§1.10}]"),
    "long feedback": item(f"options: [{{text: a, right: true}}, {{text: b, feedback: §too-long§{'x' * 301}}}]"),
    "too long together": item(
        "options: [" + ", ".join(f"{{text: {at}{'x' * 199}, right: {str(at == 0).lower()}}}" for at in range(10)) + "]",
        "correction: {text: " + "x" * 500 + ", confidence: low}",
        "since: {date: 2022, text: " + "x" * 500 + "}",
    ).replace("What?", "x" * 600).replace("- id", "- §too-long-together§id"),
    # true_false
    "answer is a word": item("answer: §wrong-type§yes", kind="true_false"),
    # numeric
    "answer in words": item("answer: §bad-number§eighty", kind="numeric"),
    "answer with unit": item('answer: §bad-number§"80%"', kind="numeric"),
    "answer is true": item("answer: §bad-number§true", kind="numeric"),
    "answer is a list": item("answer: §bad-number§[80]", kind="numeric"),
    "answer is infinite": item("answer: §bad-number§.inf", kind="numeric"),
    "answer is endless": item("answer: §bad-number§0.1234567890123", kind="numeric"),
    "tolerance is a number": item("answer: 80", "tolerance: §wrong-type§2", kind="numeric"),
    "two tolerances": item("answer: 80", "tolerance: §bad-tolerance§{absolute: 2, relative: 1}", kind="numeric"),
    "no tolerance in the tolerance": item("answer: 80", "tolerance: §bad-tolerance§{}", kind="numeric"),
    "tolerance of 0": item("answer: 80", "tolerance: {absolute: §bad-tolerance§0}", kind="numeric"),
    "relative to 0": item("answer: 0", "tolerance: §bad-tolerance§{relative: 0.1}", kind="numeric"),
    "feedback on the right number": item(
        "answer: 80", "tolerance: {absolute: 2}", "feedback: [{value: §feedback-on-right§81, text: a}]", kind="numeric"
    ),
    "feedback twice": item(
        "answer: 80", "feedback: [{value: 7, text: a}, {value: §equal-feedback§7.0, text: b}]", kind="numeric"
    ),
    # short_text
    "nothing accepted": item("accepted: §too-few§[]", kind="short_text"),
    "accepted is a number": item("accepted: [a, §wrong-type§1984]", kind="short_text"),
    "accepted twice": item('accepted: [Sesame Credit, §equal-answers§"the sesame credit!"]', kind="short_text"),
    "feedback on an accepted text": item(
        "accepted: [a]", "feedback: [{answer: §feedback-on-right§A, text: b}]", kind="short_text"
    ),
    # claim
    "claim without cases": item(
        "motion: M", "background: B", "evidence: E", "questions: [a, b]", kind="claim"
    ).replace("- id", "- §missing-key§§missing-key§id"),
    "claim with one question": item(
        "motion: M", "background: B", "evidence: E", CASES, "questions: §too-few§[a]", kind="claim"
    ),
    "case without holders": item(
        "motion: M", "background: B", "evidence: E", "questions: [a, b]",
        "case_for: §missing-key§{text: a}", "case_against: {text: a, holders: b}", kind="claim",
    ),
    "card on both sides": item(
        "motion: M", "background: B", "evidence: E", "questions: [a, b]", "not_with: []",
        "case_for: {text: a, holders: b, cards: [§broken-reference§other]}",
        "case_against: {text: a, holders: b, cards: [§equal-cards§§broken-reference§other]}", kind="claim",
    ),
    "claim as its own card": item(
        "motion: M", "background: B", "evidence: E", "questions: [a, b]",
        "case_for: {text: a, holders: b, cards: [§equal-cards§an-item]}",
        "case_against: {text: a, holders: b}", kind="claim",
    ),
    "cards are a text": item(
        "motion: M", "background: B", "evidence: E", "questions: [a, b]",
        "case_for: {text: a, holders: b, cards: §wrong-type§other}",
        "case_against: {text: a, holders: b}", kind="claim",
    ),
    # between items
    "duplicate id": HEAD + "items:\n" + ITEM + ITEM.replace("first", "§duplicate-id§first").replace("so", "really so"),
    "broken reference": item(OPTIONS, "not_with: [§broken-reference§no-such-item]"),
    "reference to itself": item(OPTIONS, "not_with: [§self-reference§an-item]"),
    "reference is a number": item(OPTIONS, "not_with: [§wrong-type§5]"),
}
# fmt: on


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_each_error_is_found_at_its_place_and_nothing_else(text: str):
    text, expected = marked(text)
    reading = read(text)
    assert places(reading.errors) == expected, "\n".join(map(str, reading.errors))
    for problem in reading.errors:
        assert problem.what, problem
        assert problem.remedy, problem
        assert "\n" not in str(problem)
        assert str(problem).startswith(f"set.yaml:{problem.line}:{problem.column}: {problem.what}: ")


def test_all_errors_of_a_file_are_found_at_once():
    marks = item(
        OPTIONS, "§unknown-key§promt: a", "label: §unknown-value§true-ish", "as_of: §bad-date§13-2018"
    ) + (
        "  - id: §bad-name§An item\n    kind: numeric\n    category: §unknown-value§stats\n    prompt: How many?\n"
        "    answer: §bad-number§many\n    tolerance: §bad-tolerance§{}\n    explanation: So.\n"
    )
    text, expected = marked(marks)
    assert places(read(text).errors) == expected


def test_a_good_file_is_read_whole():
    reading = read(HEAD + "category: history\nitems:\n" + ITEM.replace("    category: history\n", ""))
    assert reading.problems == ()
    (question_set,) = reading.sets
    assert question_set.info.id == "my-set"
    assert [(each.id, each.category) for each in question_set.items] == [("first", "history")]
    assert question_set.item("first") is question_set.items[0]
    assert question_set.item("second") is None


def test_items_without_errors_are_kept_beside_those_with_errors():
    reading = read(HEAD + "items:\n" + ITEM + "  - id: second\n")
    assert [each.id for each in reading.sets[0].items] == ["first"]
    assert reading.errors


def test_items_that_rely_on_a_wrong_default_category_are_left_out():
    bare = ITEM.replace("    category: history\n", "").replace("first", "second").replace("so", "like that")
    reading = read(HEAD + "category: histroy\nitems:\n" + ITEM + bare)
    assert [problem.code for problem in reading.errors] == ["unknown-value"]
    assert [each.id for each in reading.sets[0].items] == ["first"]


def test_a_reference_to_an_item_with_errors_is_not_broken():
    reading = read(item(OPTIONS, "not_with: [second]", rest="  - id: second\n"))
    assert {problem.code for problem in reading.errors} == {"missing-key"}


def test_yaml_is_read_as_version_1_2():
    lines = ("accepted: [no, yes, on, 12:30, 2018-03-11, 1_000, 0o17x, =]",)
    reading = read(item(*lines, kind="short_text"))
    assert reading.errors == ()
    item_read = reading.sets[0].items[0]
    assert getattr(item_read, "accepted", ()) == (
        "no",
        "yes",
        "on",
        "12:30",
        "2018-03-11",
        "1_000",
        "0o17x",
        "=",
    )


def test_json_is_a_question_file_too():
    head = (
        '{"set": {"format": 1, "id": "my-set", "title": "T", "description": "D", "source": {"title": "S"}},'
    )
    body = '"items": [{"id": "a", "kind": "numeric", "category": "history", "prompt": "P", "answer": 1.50,'
    reading = read(head + body + '"explanation": "E", "feedback": [{"value": 2, "text": "F"}]}]}')
    assert reading.problems == ()
    assert reading.sets[0].items[0].right_answer() == "1.5"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(ends: str):
    text = HEAD + "items:\n" + ITEM
    assert read_upload("a.yaml", b"\xef\xbb\xbf" + text.replace("\n", ends).encode()).problems == ()
    wrong = text.replace("kind: true_false", "kind: riddle").replace("\n", ends)
    (error,) = read_upload("a.yaml", b"\xef\xbb\xbf" + wrong.encode()).errors
    assert (error.line, error.column) == (9, 11)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ("    §promt: a\n", "did you mean “prompt:”?"),
        ("    §zzz: a\n", "known here are id, category"),
        ("    label: §establishd\n", "did you mean established?"),
        ("    label: §good\n", "write established, contested,"),
        ("    source: §1984\n", 'put it in quotes: "1984"'),
    ],
)
def test_remedies_say_what_would_be_right(wrong: str, remedy: str):
    text = HEAD + "items:\n" + ITEM + wrong.replace("§", "")
    assert read(text).errors[0].remedy.startswith(remedy)


def test_a_number_in_words_is_offered_in_digits():
    assert "write 1400000000;" in read(item("answer: 1.4 billion", kind="numeric")).errors[0].remedy


def test_warnings_are_no_errors():
    reading = read(HEAD + "items:\n" + ITEM.replace("    explanation: It is.\n", ""))
    assert reading.errors == ()
    (warning,) = reading.warnings
    assert (warning.severity, warning.code, warning.line, warning.column) == (
        Severity.WARNING,
        "no-explanation",
        8,
        5,
    )
    assert len(reading.sets[0].items) == 1
