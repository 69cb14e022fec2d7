"""All kinds of items, and how an item is written as JSON.

Adding a kind is one module here and one line in ``Item``. Knows nothing of question files.
"""

import hashlib
import json
from typing import Annotated, Final, get_args

from pydantic import Field, TypeAdapter

from bot.bank.kinds.choice import Choice, Option
from bot.bank.kinds.claim import Case, Claim
from bot.bank.kinds.estimate import Estimate
from bot.bank.kinds.matching import Matching, Pair
from bot.bank.kinds.multiple import Multiple
from bot.bank.kinds.numeric import Numeric
from bot.bank.kinds.ordering import Ordering
from bot.bank.kinds.short_text import ShortText
from bot.bank.kinds.sorting import Sorting, Statement
from bot.bank.kinds.true_false import TrueFalse

_AnyKind = (
    Choice | TrueFalse | Multiple | Numeric | Estimate | ShortText | Ordering | Matching | Sorting | Claim
)
Item = Annotated[_AnyKind, Field(discriminator="kind")]

KINDS: Final[dict[str, type[_AnyKind]]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(_AnyKind)
}
"""The model of each kind by its name in the files."""

_adapter: Final[TypeAdapter[Item]] = TypeAdapter(Item)


def item_to_json(item: Item) -> str:
    """The item in one canonical text: sorted keys, no blanks, nothing that equals its default.

    Leaving defaults out keeps revisions the same when a later version adds an optional field.
    """
    return _canonical(item, frozenset())


def item_from_json(stored: str) -> Item:
    """The item that :func:`item_to_json` wrote; ValueError (pydantic's) for anything else."""
    return _adapter.validate_json(stored)


def revision_hash(item: Item) -> str:
    """16 hexadecimal digits of the SHA-256 of the content: what students see or are graded by.

    ``reasons`` are a note to the checker and do not count.
    """
    return hashlib.sha256(_canonical(item, frozenset({"reasons"})).encode()).hexdigest()[:16]


def _canonical(item: Item, without: frozenset[str]) -> str:
    data = item.model_dump(mode="json", exclude_defaults=True, exclude_none=True, exclude=set(without))
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


__all__ = [
    "KINDS",
    "Case",
    "Choice",
    "Claim",
    "Estimate",
    "Item",
    "Matching",
    "Multiple",
    "Numeric",
    "Option",
    "Ordering",
    "Pair",
    "ShortText",
    "Sorting",
    "Statement",
    "TrueFalse",
    "item_from_json",
    "item_to_json",
    "revision_hash",
]
