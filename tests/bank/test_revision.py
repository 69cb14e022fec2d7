"""The canonical form of an item, and the revision made from it."""

import json
from typing import Any

import pytest

from bot.bank.kinds import KINDS, Item, item_from_json, item_to_json, revision_hash

FIELDS: dict[str, Any] = {
    "id": "approval-80",
    "kind": "choice",
    "category": "statistic",
    "prompt": "How many approved?",
    "options": [{"text": "80%", "right": True}, {"text": "50%", "feedback": "Only strongly."}],
    "explanation": "A survey found it.",
    "paragraph": 8,
    "label": "established",
    "as_of": 2018,
    "difficulty": 2,
    "tags": ["surveys", "opinion"],
}
NUMERIC: dict[str, Any] = {
    "id": "n", "kind": "numeric", "category": "statistic", "prompt": "How many?", "answer": "80.50",
    "tolerance": {"relative": "0.05"}, "feedback": [{"value": 3, "text": "No."}],
}  # fmt: skip


def made(fields: dict[str, Any]) -> Item:
    return KINDS[fields["kind"]].model_validate(fields)


@pytest.mark.parametrize("fields", [FIELDS, NUMERIC])
def test_items_survive_storing(fields: dict[str, Any]):
    item = made(fields)
    stored = item_to_json(item)
    assert item_from_json(stored) == item
    assert item_to_json(item_from_json(stored)) == stored
    assert stored == json.dumps(json.loads(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "null" not in stored


def test_the_revision_is_sixteen_hexadecimal_digits_that_never_change():
    # Stored answers point to this: if it changes, the history of every class is torn from its questions.
    assert revision_hash(made(FIELDS)) == "16c6290523cdc0de"


def test_the_order_of_keys_does_not_count():
    assert revision_hash(made(dict(reversed(FIELDS.items())))) == revision_hash(made(FIELDS))


def test_reasons_for_the_checker_do_not_count():
    explained = made(FIELDS | {"reasons": {"no-as-of": "It does not age."}})
    assert revision_hash(explained) == revision_hash(made(FIELDS))
    assert item_to_json(explained) != item_to_json(made(FIELDS))


def test_writing_out_a_default_does_not_count():
    assert revision_hash(made(FIELDS | {"shuffle": True, "source": None})) == revision_hash(made(FIELDS))


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "How many did approve?"},
        {"options": [{"text": "80%"}, {"text": "50%", "right": True}]},
        {"explanation": "Another."},
        {"label": "contested"},
        {"as_of": "2018-03"},
        {"difficulty": 3},
        {"tags": ["opinion", "surveys"]},
        {"shuffle": False},
        {"correction": {"text": "It was 79.", "confidence": "low"}},
    ],
)
def test_any_change_of_content_makes_another_revision(change: dict[str, Any]):
    assert revision_hash(made(FIELDS | change)) != revision_hash(made(FIELDS))


def test_a_number_and_its_text_are_the_same_answer():
    assert revision_hash(made(NUMERIC | {"answer": 80})) == revision_hash(made(NUMERIC | {"answer": "80"}))


@pytest.mark.parametrize("stored", ["", "{}", '{"kind":"riddle"}', "[1]", '{"kind":"choice","id":"a"}'])
def test_other_texts_are_no_items(stored: str):
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic's error is a ValueError with words of its own
        item_from_json(stored)
