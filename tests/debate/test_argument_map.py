"""The arguments of a debate as two trees: what is withdrawn, how deep they go, what has no answer, what has room."""

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.debate.argument import ArgumentText, Relation
from bot.debate.argument_map import argument_tree, map_extract, standing_counts, unchallenged
from bot.debate.debate import Argument
from bot.debate.sides import Side
from bot.ids import ArgumentId, DebateId, UserId

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
F, A = Side.FOR, Side.AGAINST
SUPPORTS, ATTACKS, UNDERCUTS = Relation.SUPPORTS, Relation.ATTACKS, Relation.UNDERCUTS


def argued(
    number: int,
    side: Side,
    answers: int | None = None,
    relation: Relation | None = None,
    *,
    withdrawn: bool = False,
) -> Argument:
    return Argument(
        argument_id=ArgumentId(900 + number),
        debate_id=DebateId(1),
        number=number,
        user_id=UserId(7),
        side=side,
        text=ArgumentText(f"Point {number}.", "A survey.", "It shows so."),
        parent_number=answers,
        relation=relation if answers is None or relation is not None else ATTACKS,
        at=MONDAY,
        withdrawn_at=MONDAY if withdrawn else None,
    )


def shape(arguments: Iterable[Argument], side: Side) -> list[tuple[int, int]]:
    """The numbers of a tree with their depths, in order."""
    return [(placed.argument.number, placed.depth) for placed in argument_tree(arguments, side)]


def numbers(arguments: Iterable[Argument]) -> list[int]:
    return [each.number for each in arguments]


def test_answers_stand_below_what_they_answer_whoever_gives_them() -> None:
    debate = [
        argued(1, F),
        argued(2, A),
        argued(3, A, 1),
        argued(4, F),
        argued(5, F, 3),
        argued(6, F, 1, SUPPORTS),
    ]
    assert shape(debate, F) == [(1, 0), (3, 1), (5, 2), (6, 1), (4, 0)]
    assert shape(debate, A) == [(2, 0)]
    assert shape(reversed(debate), F) == shape(debate, F)
    assert shape([], F) == []


def test_withdrawn_argument_keeps_its_place_while_something_that_stands_is_below_it() -> None:
    parent, child, grandchild = argued(1, F, withdrawn=True), argued(2, A, 1), argued(3, F, 2)
    assert shape([parent, child], F) == [(1, 0), (2, 1)]
    assert shape([parent], F) == []
    gone = argued(2, A, 1, withdrawn=True)
    assert shape([parent, gone], F) == [], "nothing that stands hangs on either of them"
    assert shape([parent, gone, grandchild], F) == [(1, 0), (2, 1), (3, 2)]


def test_withdrawn_answer_disappears_alone() -> None:
    debate = [argued(1, F), argued(2, A, 1, withdrawn=True), argued(3, A, 1)]
    assert shape(debate, F) == [(1, 0), (3, 1)]


def test_what_nobody_attacks_or_undercuts_has_no_answer() -> None:
    debate = [
        argued(1, F),
        argued(2, A),
        argued(3, A, 1),
        argued(4, F, 2, UNDERCUTS),
        argued(5, F, 1, SUPPORTS),
    ]
    assert numbers(unchallenged(debate)) == [3, 4]
    assert numbers(unchallenged(debate[::-1])) == [3, 4]


def test_withdrawn_answer_answers_nothing_any_more() -> None:
    assert numbers(unchallenged([argued(1, F), argued(2, A, 1, withdrawn=True)])) == [1]
    assert numbers(unchallenged([argued(1, F, withdrawn=True), argued(2, A, 1)])) == [2]


def test_support_neither_answers_nor_waits_for_an_answer() -> None:
    assert numbers(unchallenged([argued(1, F), argued(2, F, 1, SUPPORTS)])) == [1]


def test_tree_says_of_each_whether_it_has_an_answer() -> None:
    debate = [argued(1, F), argued(2, A, 1), argued(3, F, 1, SUPPORTS)]
    assert [placed.unchallenged for placed in argument_tree(debate, F)] == [False, True, False]


def test_thread_of_two_thousand_answers() -> None:
    debate = [argued(1, F), *(argued(number, (F, A)[number % 2], number - 1) for number in range(2, 2_001))]
    tree = argument_tree(debate, F)
    assert [(placed.argument.number, placed.depth) for placed in tree] == [
        (at + 1, at) for at in range(2_000)
    ]
    assert numbers(unchallenged(debate)) == [2_000]
    withdrawn = [argued(each.number, each.side, each.parent_number, withdrawn=True) for each in debate[:-1]]
    assert len(argument_tree([*withdrawn, debate[-1]], F)) == 2_000
    assert argument_tree([*withdrawn, argued(2_000, A, 1_999, withdrawn=True)], F) == []


@st.composite
def debates(draw: st.DrawFn) -> list[Argument]:
    made: list[Argument] = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        answers = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        relation = None if answers is None else draw(st.sampled_from(Relation))
        side, withdrawn = draw(st.sampled_from(Side)), draw(st.booleans())
        made.append(argued(number, side, answers, relation, withdrawn=withdrawn))
    return made


@given(debates())
def test_all_that_stand_have_one_place_below_their_parent(debate: list[Argument]) -> None:
    trees = {side: argument_tree(debate, side) for side in Side}
    placed = [*trees[F], *trees[A]]
    seen = numbers(each.argument for each in placed)
    assert len(seen) == len(set(seen))
    assert {each.number for each in debate if each.stands} <= set(seen)
    for tree in trees.values():
        path: list[int] = []
        for each in tree:
            del path[each.depth :]
            assert each.argument.parent_number == (path[-1] if path else None)
            path.append(each.argument.number)
    parents = {each.argument.parent_number for each in placed}
    assert all(each.argument.stands or each.argument.number in parents for each in placed)
    assert [
        each.argument.number
        for each in sorted(placed, key=lambda one: one.argument.number)
        if each.unchallenged
    ] == (numbers(unchallenged(debate)))
    assert standing_counts(trees) == {
        side: sum(each.stands and each.side is side for each in debate) for side in Side
    }


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 15))
def test_sides_share_the_room_fairly(on_for: int, on_against: int, half: int) -> None:
    debate = [argued(number + 1, F if number < on_for else A) for number in range(on_for + on_against)]
    trees = {side: argument_tree(debate, side) for side in Side}
    shown = map_extract(trees, 2 * half)
    assert sum(map(len, shown.values())) == min(on_for + on_against, 2 * half)
    for side, tree in trees.items():
        assert list(shown[side]) == tree[len(tree) - len(shown[side]) :], "the newest"
        assert len(shown[side]) >= min(len(tree), half)


@given(debates(), st.integers(1, 4))
def test_extract_of_a_map_has_the_newest_and_each_at_its_place(debate: list[Argument], half: int) -> None:
    trees = {side: argument_tree(debate, side) for side in Side}
    shown = map_extract(trees, 2 * half)
    for side, tree in trees.items():
        places = {each.argument.number for each in shown[side]}
        assert len(places) == len(shown[side]) >= min(len(tree), half)
        standing = [each.argument.number for each in tree if each.argument.stands]
        assert not standing or max(standing) in places
        path: list[int] = []
        for each in shown[side]:
            del path[each.depth :]
            parent = each.argument.parent_number
            assert parent == path[-1] if path else parent not in places
            path.append(each.argument.number)
        if len(tree) == len(shown[side]):
            assert list(shown[side]) == tree


def test_unchallenged_go_before_challenged_where_there_is_no_room_for_all() -> None:
    thread = [argued(number, F, number - 1 if number > 1 else None) for number in range(1, 41)]
    debate = [*thread, *(argued(number, F) for number in range(41, 44)), argued(44, F, 41, SUPPORTS)]
    shown = map_extract({F: argument_tree(debate, F), A: []}, 8)[F]
    assert [(each.argument.number, each.depth) for each in shown] == [
        (37, 0), (38, 1), (39, 2), (40, 3), (41, 0), (44, 1), (42, 0), (43, 0),
    ]  # fmt: skip
    fewer = map_extract({F: argument_tree(debate, F), A: []}, 4)[F]
    assert [(each.argument.number, each.depth) for each in fewer] == [(41, 0), (44, 1), (42, 0), (43, 0)]
