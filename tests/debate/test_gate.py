"""Which questions of the bank have to do with a claim, and which of them are asked at its gate."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.bank.item import ItemBase
from bot.debate.gate import gate_questions, linked
from tests.classroom import choice, claim, numeric


@dataclass(frozen=True)
class Kept:
    """Something that stands for an item, as a stored one does."""

    item: ItemBase


CLAIM = claim("lists").model_copy(update={"tags": ("lists", "courts"), "paragraph": (4, 7)})


def question(
    key: str,
    *,
    tags: Iterable[str] = (),
    paragraph: Iterable[int] = (),
    not_with: Iterable[str] = (),
) -> Kept:
    plain = choice(key, not_with=tuple(not_with))
    return Kept(plain.model_copy(update={"tags": tuple(tags), "paragraph": tuple(paragraph)}))


def keys(found: Iterable[Kept]) -> list[str]:
    return [each.item.id for each in found]


def test_shared_paragraph_counts_more_than_a_shared_topic() -> None:
    found = linked(
        CLAIM,
        [
            question("topic", tags=["courts", "money"]),
            question("paragraph", paragraph=[7]),
            question("both", tags=["courts"], paragraph=[7, 4]),
            question("topics", tags=["courts", "lists"]),
            question("elsewhere", tags=["money"], paragraph=[5]),
            question("nothing"),
        ],
    )
    assert keys(found) == ["both", "paragraph", "topics", "topic"]


def test_equally_close_questions_stand_in_the_order_of_their_ids() -> None:
    found = [question(key, tags=["lists"]) for key in ("c", "a", "b")]
    assert keys(linked(CLAIM, found)) == ["a", "b", "c"]


def test_what_is_asked_beside_them_counts_and_excludes_like_the_others() -> None:
    bank = [
        question("a", tags=["lists"]),
        question("b", tags=["lists"], not_with=["a"]),
        question("c", tags=["lists"]),
        question("d", tags=["lists"]),
    ]
    beside = [bank[0]]
    assert keys(gate_questions(CLAIM, bank, 2, random.Random(1), beside=beside)) == ["c"]
    assert set(keys(gate_questions(CLAIM, bank, 5, random.Random(1), beside=beside))) == {"c", "d"}
    assert gate_questions(CLAIM, bank, 1, random.Random(1), beside=beside) == []


def test_claims_are_not_asked() -> None:
    other = claim("courts").model_copy(update={"tags": ("lists",)})
    number = numeric("towns").model_copy(update={"tags": ("lists",)})
    assert keys(linked(CLAIM, [Kept(other), Kept(number), Kept(CLAIM)])) == ["towns"]


def test_claim_without_topics_has_no_questions() -> None:
    found = [question("a", tags=["lists"], paragraph=[1]), question("b")]
    assert linked(claim("lists"), found) == []


def test_closest_questions_are_asked_in_an_order_that_is_drawn() -> None:
    there = [question(key, tags=["lists"]) for key in "abcdefgh"] + [question("near", paragraph=[4])]
    orders = {tuple(keys(gate_questions(CLAIM, there, 4, random.Random(seed)))) for seed in range(20)}
    assert {frozenset(order) for order in orders} == {frozenset(("near", "a", "b", "c"))}
    assert len(orders) > 5
    again = [keys(gate_questions(CLAIM, reversed(there), 4, random.Random(3))) for _ in range(2)]
    assert again[0] == again[1] == keys(gate_questions(CLAIM, there, 4, random.Random(3)))


def test_questions_that_exclude_each_other_are_not_asked_together() -> None:
    there = [
        question("a", tags=["lists"]),
        question("b", tags=["lists"], not_with=["a"]),
        question("c", tags=["lists"]),
        question("d", tags=["lists"], not_with=["e"]),
        question("e", tags=["lists"]),
    ]
    assert sorted(keys(gate_questions(CLAIM, there, 5, random.Random(1)))) == ["a", "c", "d"]
    assert sorted(keys(gate_questions(CLAIM, there, 2, random.Random(1)))) == ["a", "c"]


def test_fewer_questions_than_wanted_are_all_asked() -> None:
    there = [question("a", tags=["lists"]), question("b")]
    assert keys(gate_questions(CLAIM, there, 5, random.Random(1))) == ["a"]
    assert gate_questions(CLAIM, [], 5, random.Random(1)) == []


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(("lists", "courts", "money"))), st.sets(st.integers(3, 8))),
        max_size=12,
    ),
    st.integers(0, 5),
    st.integers(),
)
def test_no_question_that_is_asked_is_farther_than_one_that_is_not(
    made: list[tuple[set[str], set[int]]], count: int, seed: int
) -> None:
    there = [
        question(f"q{number}", tags=sorted(tags), paragraph=sorted(paragraphs))
        for number, (tags, paragraphs) in enumerate(made)
    ]
    close = linked(CLAIM, there)
    asked = gate_questions(CLAIM, there, count, random.Random(seed))
    assert len(asked) == min(count, len(close))
    assert sorted(keys(asked)) == sorted(keys(close[: len(asked)]))
