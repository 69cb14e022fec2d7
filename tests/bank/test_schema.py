"""The JSON Schema for editors: current, valid, and of one mind with the reader."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from bot.bank.schema import json_schema, schema_text

QUESTIONS = Path(__file__).parents[2] / "questions"
HEAD = {"format": 1, "id": "my-set", "title": "T", "description": "D", "source": {"title": "S"}}
ITEM: dict[str, Any] = {
    "id": "a",
    "kind": "numeric",
    "prompt": "P",
    "answer": 80,
    "tolerance": {"absolute": "2"},
}


def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json_schema())


def test_the_schema_in_the_repository_is_current():
    written = (QUESTIONS / "schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "write bot.bank.schema.schema_text() to questions/schema.json"


def test_the_schema_is_a_schema():
    jsonschema_rs.meta.validate(json_schema())


@pytest.mark.parametrize(
    "document",
    [
        HEAD,
        {"items": [ITEM]},
        {
            "category": "statistic",
            "items": [ITEM | {"paragraph": 8}, ITEM | {"paragraph": [8, 9], "as_of": 2018}],
        },
        {"set": HEAD, "items": [ITEM]},
        {"items": [{"id": "a", "kind": "true_false", "prompt": "P", "answer": True}]},
        {"items": [{"id": "a", "kind": "short_text", "prompt": "P", "accepted": ["a"]}]},
        {
            "items": [
                {
                    "id": "a",
                    "kind": "choice",
                    "prompt": "P",
                    "options": [{"text": "a", "right": True}, {"text": "b"}],
                }
            ]
        },
    ],
)
def test_all_three_shapes_are_accepted(document: dict[str, Any]):
    validator().validate(document)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        HEAD | {"format": 2},
        HEAD | {"titel": "T"},
        {"set": HEAD},
        {"items": []},
        {"set": HEAD, "items": [ITEM], "more": 1},
        {"items": [ITEM | {"kind": "riddle"}]},
        {"items": [ITEM | {"promt": "P"}]},
        {"items": [ITEM | {"difficulty": 6}]},
        {"items": [{key: value for key, value in ITEM.items() if key != "prompt"}]},
        {"category": "statistics", "items": [ITEM]},
    ],
)
def test_what_the_reader_refuses_is_refused(document: Any):
    assert not validator().is_valid(document)


def test_every_bundled_file_agrees_with_the_schema():
    for file in QUESTIONS.rglob("*.yaml"):
        document = YAML(typ="safe", pure=True).load(file)
        errors = [
            error.message for error in validator().iter_errors(json.loads(json.dumps(document, default=str)))
        ]
        assert not errors, f"{file}: {errors[:3]}"
