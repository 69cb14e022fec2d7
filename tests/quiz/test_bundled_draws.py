"""Draws from the bundled set: what gives an answer away is kept apart, and there is enough to draw from."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from bot.bank.item import Category
from bot.bank.kinds import Item
from bot.bank.reading import read_paths
from bot.quiz.drawing import Candidate, draw

(SOCIAL_CREDIT,) = [
    each
    for each in read_paths([Path(__file__).parents[2] / "questions"]).sets
    if each.info.id == "social-credit"
]
GRADED = [item for item in SOCIAL_CREDIT.items if item.graded]


def drawn(items: list[Item], count: int, seed: int) -> list[Item]:
    candidates = [Candidate(item.id, frozenset(item.not_with), item) for item in items]
    return draw(candidates, count, random.Random(seed))


@pytest.mark.parametrize("seed", range(25))
def test_no_two_items_of_a_draw_give_each_other_away(seed: int):
    for one, other in combinations(drawn(GRADED, len(GRADED), seed), 2):
        assert other.id not in one.not_with
        assert one.id not in other.not_with


@pytest.mark.parametrize("category", [None, *Category])
def test_links_leave_enough_for_a_lesson(category: Category | None):
    items = [item for item in GRADED if category in (None, item.category)]
    least = {None: 40, Category.STATISTIC: 15, Category.HISTORY: 20, Category.CLAIM: 12}[category]
    for seed in range(25):
        assert len(drawn(items, len(items), seed)) >= least


def test_every_item_is_drawn_sometimes():
    seen = {item.id for seed in range(400) for item in drawn(GRADED, 20, seed)}
    assert seen == {item.id for item in GRADED}
