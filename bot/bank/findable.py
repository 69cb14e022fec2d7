"""What a question is found by, and whether it says something about the world. Knows nothing of how it is searched."""

from dataclasses import dataclass

from bot.bank.item import Category, ItemBase, Label
from bot.bank.kinds.claim import Claim
from bot.bank.kinds.true_false import TrueFalse


@dataclass(frozen=True, slots=True)
class Findable:
    """The texts of an item that are searched; words of the title weigh more than those of the body."""

    title: str
    body: str
    tags: str


def findable(item: ItemBase) -> Findable:
    """What an item is found by: what it asks or claims with its answer, what explains it, its topics."""
    better = [part.text for part in (item.correction, item.since) if part is not None]
    if isinstance(item, Claim):
        title = [item.motion, item.prompt]
        body = [item.background, item.case_for.text, item.case_against.text, item.evidence]
    else:
        # “True” and “False” are the answers to a statement, not what it is about.
        title = [item.prompt] if isinstance(item, TrueFalse) else [item.prompt, item.right_answer()]
        body = []
    return Findable("\n".join(title), "\n".join([*body, item.explanation, *better]), " ".join(item.tags))


def can_be_touched(item: ItemBase) -> bool:
    """Whether a message can touch an item: a claim or a fact."""
    return isinstance(item, Claim) or is_evidence(item)


def is_evidence(item: ItemBase) -> bool:
    """Whether an item says something about the world that can speak for or against a claim.

    Not so what is to be judged by one's values, tasks to order, match or sort, and questions about what kind of
    statement a sentence is.
    """
    return (
        item.graded
        and not item.has_parts
        and item.category is not Category.CLAIM
        and item.label is not Label.VALUE
    )
