"""The JSON Schema of question files, for editors. Made from the models, so that it cannot drift from them."""

import json
from typing import Any, cast

from pydantic.json_schema import models_json_schema

from bot.bank.question_set import SetInfo
from bot.bank.shapes import ItemFile, SetFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """One schema for all three shapes: the keys at the top of a file tell which it is."""
    _, generated = models_json_schema(
        [(SetInfo, "validation"), (ItemFile, "validation"), (SetFile, "validation")],
        ref_template="#/$defs/{model}",
    )
    definitions = cast("dict[str, dict[str, Any]]", generated["$defs"])
    for definition in definitions.values():
        # An item's category may come from its file, which a schema cannot follow.
        if {"kind", "category"} <= definition.get("properties", {}).keys():
            definition["required"] = [name for name in definition["required"] if name != "category"]
    return {
        "$schema": _DIALECT,
        "title": "Seminar question file",
        "description": "set.yaml, a file of items, or a set in one file",
        "type": "object",
        "if": {"required": ["set"]},
        "then": {"$ref": "#/$defs/SetFile"},
        "else": {
            "if": {"anyOf": [{"required": ["items"]}, {"required": ["category"]}]},
            "then": {"$ref": "#/$defs/ItemFile"},
            "else": {"$ref": "#/$defs/SetInfo"},
        },
        "$defs": definitions,
    }


def schema_text() -> str:
    """The content of ``questions/schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
