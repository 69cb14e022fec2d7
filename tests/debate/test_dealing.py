"""Evidence cards for both sides: equally many, none twice, and none that could only help by being wrong."""

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.bank.item import Category, Correction, ItemBase, Label, Since
from bot.bank.kinds import Claim, Ordering
from bot.debate.evidence import HAND, LEAST_CLOSE, closeness, deal, may_be_dealt
from bot.debate.sides import Side
from tests.classroom import choice, claim, numeric, true_false

KNOWN = Correction(text="It was fewer.", confidence="high")  # type: ignore[arg-type]


def debated(cards_for: Sequence[str] = (), cards_against: Sequence[str] = (), **more: object) -> Claim:
    plain = claim("lists")
    return plain.model_copy(
        update={
            "case_for": plain.case_for.model_copy(update={"cards": tuple(cards_for)}),
            "case_against": plain.case_against.model_copy(update={"cards": tuple(cards_against)}),
            **more,
        }
    )


def facts(*keys: str, **update: object) -> dict[str, ItemBase]:
    return {key: choice(key).model_copy(update=update) for key in keys}


def hands(dealt_from: Claim, items: dict[str, ItemBase], seed: int = 1) -> tuple[set[str], set[str]]:
    dealt = deal(dealt_from, items, random.Random(seed)).hands
    return set(dealt[Side.FOR]), set(dealt[Side.AGAINST])


def test_each_side_is_dealt_the_cards_chosen_for_it():
    chosen = debated(["a", "b", "c"], ["d", "e", "f"])
    assert hands(chosen, facts(*"abcdefgh")) == ({"a", "b", "c"}, {"d", "e", "f"})


def test_neither_side_is_dealt_more_of_its_own_than_the_other():
    chosen = debated(["a", "b", "c"], ["d"])
    on_for, on_against = hands(chosen, facts(*"abcd"))
    assert len(on_for) == len(on_against) == 1
    assert on_for < {"a", "b", "c"}
    assert on_against == {"d"}


def test_what_is_missing_is_made_up_from_facts_that_are_linked():
    chosen = debated(["a"], ["b"], not_with=("c", "d", "e", "f"))
    on_for, on_against = hands(chosen, facts(*"abcdefgh"))
    assert "a" in on_for
    assert "b" in on_against
    assert (on_for | on_against) == set("abcdef")


def test_the_closest_facts_come_first():
    topical = debated(tags=("trust", "pilots", "surveys", "cities"), paragraph=(8,))
    near = facts("near", "close", tags=("trust", "pilots", "surveys", "cities"))
    far = facts("far", tags=("trust", "pilots"))
    assert hands(topical, far | near) in (({"near"}, {"close"}), ({"close"}, {"near"}))


def test_closeness_counts_links_on_either_side_paragraphs_and_topics():
    one = debated(tags=("trust", "pilots"), paragraph=(8, 9))
    assert closeness(one, choice("a")) == 0
    assert closeness(one, choice("a").model_copy(update={"not_with": ("lists",)})) >= LEAST_CLOSE
    alike = choice("a").model_copy(update={"tags": ("trust", "pilots"), "paragraph": (9,)})
    assert closeness(one, alike) == 3
    assert closeness(one, alike.model_copy(update={"source": "Elsewhere"})) == 2


def test_cards_that_say_nearly_the_same_are_not_dealt_together():
    linked = debated(not_with=tuple("abc"))
    items = facts("a", "b") | facts("c", not_with=("a",))
    for seed in range(10):
        on_for, on_against = hands(linked, items, seed)
        assert on_for | on_against in ({"a", "b"}, {"c", "b"})


def test_nothing_is_dealt_where_there_is_nothing_for_both():
    assert hands(debated(["a"]), facts("a")) == (set(), set())
    assert deal(debated(), {}, random.Random(1)).size == 0


def test_cards_that_are_gone_are_not_missed():
    assert hands(debated(["a", "gone"], ["b"]), facts("a", "b")) == ({"a"}, {"b"})


def test_same_seed_deals_the_same_and_another_one_differs():
    chosen = debated([f"for-{n}" for n in range(9)], [f"against-{n}" for n in range(9)])
    items = facts(*chosen.case_for.cards, *chosen.case_against.cards)
    assert hands(chosen, items, 1) == hands(chosen, items, 1)
    assert len({frozenset(hands(chosen, items, seed)[0]) for seed in range(20)}) > 1


def test_a_misconception_is_dealt_with_what_is_known_better_only():
    wrong = choice("a").model_copy(update={"label": Label.MISCONCEPTION})
    assert not may_be_dealt(wrong)
    assert may_be_dealt(wrong.model_copy(update={"correction": KNOWN}))
    old = choice("a").model_copy(update={"label": Label.OUTDATED})
    assert not may_be_dealt(old)
    assert may_be_dealt(old.model_copy(update={"since": Since(date="2022", text="It rose.")}))


def test_judgements_tasks_and_questions_about_statements_are_no_cards():
    assert may_be_dealt(numeric("towns"))
    assert may_be_dealt(true_false("lake", answer=False))
    assert not may_be_dealt(claim("lists"))
    assert not may_be_dealt(choice("a").model_copy(update={"label": Label.VALUE}))
    assert not may_be_dealt(choice("a", category=Category.CLAIM))
    order = Ordering(
        id="order",
        kind="ordering",
        category=Category.HISTORY,
        prompt="In which order?",
        events=("a", "b", "c"),
    )
    assert not may_be_dealt(order)


@given(
    st.lists(st.integers(0, 20), unique=True, max_size=10),
    st.lists(st.integers(20, 40), unique=True, max_size=10),
    st.sets(st.integers(41, 60), max_size=12),
    st.sets(st.integers(0, 60), max_size=30),
    st.integers(0, 2**32),
)
def test_sides_have_equally_many_cards_and_none_twice(
    chosen_for: list[int], chosen_against: list[int], linked: set[int], there: set[int], seed: int
) -> None:
    chosen = debated(
        [f"c{n}" for n in chosen_for],
        [f"c{n}" for n in chosen_against if n not in chosen_for],
        not_with=tuple(f"c{n}" for n in sorted(linked)),
    )
    items = facts(*(f"c{n}" for n in sorted(there)))
    dealt = deal(chosen, items, random.Random(seed))
    on_for, on_against = dealt.hands[Side.FOR], dealt.hands[Side.AGAINST]
    assert len(on_for) == len(on_against) == dealt.size <= HAND
    assert len({*on_for, *on_against}) == 2 * dealt.size
    assert not set(on_for) & set(chosen.case_against.cards)
    assert not set(on_against) & set(chosen.case_for.cards)
