"""People compare the reasons of arguments: never their own, always of both sides, one pair after the other."""

import random

import pytest

from bot.actions.debate_reports import outcome_board
from bot.actions.judging import NoPair, Pair, compare_next, judge_pair
from bot.debate.formats import Format, Stage
from bot.debate.judging import Better
from bot.debate.options import DebateOptions
from bot.debate.sides import Side
from bot.errors import NotAllowed, NotFound, WrongState
from bot.ids import ComparisonId, UserId
from bot.store.arguments import arguments_of
from bot.store.comparisons import judged_in
from bot.views import debate_outcome
from tests.classroom import ANNA, BEN, CEM, GUILD, OTHER_GUILD, Classroom
from tests.debate_class import DebateClass, debate_in, students
from tests.debate_deeds import two_sides, withdraw
from tests.discord.layouts import texts_of

LEFT, RIGHT, EQUAL, SKIPPED = Better.LEFT, Better.RIGHT, Better.EQUAL, Better.SKIPPED


def shown(debate: DebateClass, user_id: UserId, *, seed: int = 1) -> Pair | NoPair:
    return debate.room.do(
        compare_next,
        guild_id=GUILD,
        debate_id=debate.debate_id,
        user_id=user_id,
        rng=random.Random(seed),
        at=debate.room.now,
    )


def pair_for(debate: DebateClass, user_id: UserId, *, seed: int = 1) -> Pair:
    found = shown(debate, user_id, seed=seed)
    assert isinstance(found, Pair)
    return found


def say(
    debate: DebateClass, user_id: UserId, pair: Pair, better: Better = LEFT, *, seed: int = 1
) -> Pair | NoPair:
    return debate.room.do(
        judge_pair,
        guild_id=GUILD,
        comparison_id=pair.comparison_id,
        user_id=user_id,
        better=better,
        rng=random.Random(seed),
        at=debate.room.now,
    )


def numbers(pair: Pair | NoPair) -> set[int]:
    assert isinstance(pair, Pair)
    return {pair.left.number, pair.right.number}


@pytest.fixture
def debate(room: Classroom) -> DebateClass:
    """An open debate with two arguments on either side: 1 and 2 for, 3 and 4 against, by Anna and Ben in turns."""
    made = debate_in(room, format=Format.OPEN)
    for author, side in ((ANNA, "for"), (BEN, "for"), (ANNA, "against"), (BEN, "against")):
        made.argue(author, f"By {author} {side}.", side=side)
    return made


def test_pair_is_of_both_sides_and_never_ones_own(debate: DebateClass) -> None:
    for seed in range(10):
        judge = UserId(700 + seed)
        while isinstance(found := shown(debate, judge, seed=seed), Pair):
            assert {found.left.side, found.right.side} == set(Side)
            say(debate, judge, found, seed=seed)
        assert found.judged == 4
    seen: list[set[int]] = []
    while isinstance(found := shown(debate, ANNA), Pair):
        assert ANNA not in (found.left.user_id, found.right.user_id)
        seen.append(numbers(found))
        say(debate, ANNA, found)
    assert seen == [{2, 4}]


def test_pair_waits_for_its_judge(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    debate.room.reopen()
    debate.argue(BEN, side="for")
    assert pair_for(debate, CEM, seed=9) == first
    assert numbers(pair_for(debate, UserId(701), seed=2)) != set()
    assert debate.room.rows("SELECT COUNT(*) FROM comparison") == [(2,)]
    following = say(debate, CEM, first)
    assert isinstance(following, Pair)
    assert (following.judged, following.comparison_id != first.comparison_id) == (1, True)


def test_all_pairs_come_once_and_then_there_is_none(debate: DebateClass) -> None:
    seen: list[set[int]] = []
    while isinstance(found := shown(debate, CEM), Pair):
        seen.append(numbers(found))
        say(debate, CEM, found, SKIPPED if len(seen) == 2 else EQUAL)
    assert sorted(map(sorted, seen)) == [[1, 3], [1, 4], [2, 3], [2, 4]]
    assert (found.judged, len(judged_in(debate.room.db, debate.debate_id))) == (3, 3), (
        "a skipped pair says nothing"
    )
    debate.argue(BEN, side="for")
    assert numbers(shown(debate, CEM)) & {5} == {5}, "until there is something new"


def test_least_compared_arguments_come_first(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    say(debate, CEM, first)
    assert numbers(pair_for(debate, UserId(701))) == {1, 2, 3, 4} - numbers(first)


def test_second_press_changes_nothing_and_shows_the_same_next_pair(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    following = say(debate, CEM, first, LEFT)
    before = debate.room.contents()
    assert say(debate, CEM, first, RIGHT, seed=5) == following
    assert debate.room.contents() == before
    [(_, said)] = judged_in(debate.room.db, debate.debate_id)
    assert (said.better, {said.left, said.right}) == (LEFT, {first.left.argument_id, first.right.argument_id})


def test_judgement_of_a_withdrawn_argument_does_not_count(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    following = say(debate, CEM, first)
    assert isinstance(following, Pair)
    withdraw(debate, first.left)
    assert judged_in(debate.room.db, debate.debate_id) == []
    withdraw(debate, first.left, withdrawn=False)
    assert len(judged_in(debate.room.db, debate.debate_id)) == 1


def test_pair_whose_argument_is_withdrawn_is_replaced_and_comes_back_with_it(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    withdraw(debate, first.left)
    other = pair_for(debate, CEM)
    assert first.left.number not in numbers(other)
    withdraw(debate, first.left, withdrawn=False)
    assert pair_for(debate, CEM) == first


def test_nobody_judges_the_pair_of_another(debate: DebateClass) -> None:
    first = pair_for(debate, CEM)
    before = debate.room.contents()
    with pytest.raises(NotAllowed):
        say(debate, ANNA, first)
    with pytest.raises(NotFound):
        debate.room.do(
            judge_pair,
            guild_id=OTHER_GUILD,
            comparison_id=first.comparison_id,
            user_id=CEM,
            better=LEFT,
            rng=random.Random(1),
            at=debate.room.now,
        )
    with pytest.raises(NotFound):
        debate.room.do(
            judge_pair,
            guild_id=GUILD,
            comparison_id=ComparisonId(99),
            user_id=CEM,
            better=LEFT,
            rng=random.Random(1),
            at=debate.room.now,
        )
    assert debate.room.contents() == before


@pytest.mark.parametrize("how", ["close", "pause"])
def test_nothing_is_judged_in_a_debate_that_does_not_go_on(debate: DebateClass, how: str) -> None:
    first = pair_for(debate, CEM)
    getattr(debate, how)()
    before = debate.room.contents()
    with pytest.raises(WrongState):
        say(debate, CEM, first)
    with pytest.raises(WrongState):
        shown(debate, CEM)
    assert debate.room.contents() == before


def test_hidden_openings_are_not_judged(room: Classroom) -> None:
    debate, on_for, on_against = two_sides(room, Stage.OPENING, options=DebateOptions(hide_openings=True))
    debate.argue(on_for)
    debate.argue(on_against)
    assert shown(debate, CEM) == NoPair(debate.debate, 0)
    debate.advance()
    assert numbers(shown(debate, CEM)) == {1, 2}


def test_one_side_alone_is_no_pair(room: Classroom) -> None:
    debate = debate_in(room, format=Format.OPEN)
    for author in students(4):
        debate.argue(author, side="for")
    assert shown(debate, CEM) == NoPair(debate.debate, 0)


def test_outcome_names_what_stands_out_on_its_own_side_and_how_many_judged(debate: DebateClass) -> None:
    """Number 2 wins all its pairs and 1 loses all of them; 3 and 4 are equally good."""
    for judge in (CEM, *(UserId(701 + number) for number in range(7))):
        _prefer_number_2(debate, judge)
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert (board.comparisons, board.judges) == (32, 8)
    [(argument, strength)] = board.best[Side.FOR]
    assert (argument.number, strength.comparisons) == (2, 16)
    assert 0.5 < strength.low < strength.chance < strength.high
    assert board.best[Side.AGAINST] == ()


def test_side_that_is_always_found_better_has_no_argument_that_stands_out(debate: DebateClass) -> None:
    for judge in (CEM, *(UserId(701 + number) for number in range(7))):
        while isinstance(found := shown(debate, judge), Pair):
            say(debate, judge, found, LEFT if found.left.side is Side.FOR else RIGHT)
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert (board.comparisons, board.best) == (32, {Side.FOR: (), Side.AGAINST: ()})


@pytest.mark.parametrize("judges", range(6))
def test_nothing_of_the_comparisons_of_fewer_than_five_is_shown(debate: DebateClass, judges: int) -> None:
    """All agree that number 2 is the better of those for, over all pairs: three comparisons of an argument and more."""
    for judge in range(judges):
        _prefer_number_2(debate, UserId(701 + judge))
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert (board.comparisons, board.judges) == ((4 * judges, judges) if judges >= 5 else (0, 0))
    said = texts_of(debate_outcome.outcome(board))
    assert ("Best reasons" in said, "compared" in said) == (judges >= 5, judges >= 5)
    debate.close()
    [(kept,)] = debate.room.rows("SELECT content FROM debate_figures")
    assert ('"comparisons":0,"judges":0' in str(kept)) == (judges < 5)


def test_who_only_skips_is_not_counted_among_the_judges(debate: DebateClass) -> None:
    for judge in range(4):
        _prefer_number_2(debate, UserId(701 + judge))
    say(debate, CEM, pair_for(debate, CEM), SKIPPED)
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert (board.comparisons, board.judges) == (0, 0)


def test_argument_that_only_few_compared_is_not_named_among_many_judges(room: Classroom) -> None:
    """Number 2 is the better of two by far; four people have compared it, twelve times each."""
    debate = debate_in(room, format=Format.OPEN)
    authors = students(14)
    for number, author in enumerate(authors):
        debate.argue(author, f"Number {number + 1}.", side="for" if number < 2 else "against")
    for judge in range(4):
        _prefer_number_2(debate, UserId(701 + judge))
    withdrawn = [each for each in arguments_of(room.db, debate.debate_id) if each.number == 2]
    withdraw(debate, withdrawn[0])
    for judge in range(4):
        say(debate, UserId(801 + judge), pair_for(debate, UserId(801 + judge)), EQUAL)
    withdraw(debate, withdrawn[0], withdrawn=False)
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert (board.comparisons, board.judges) == (100, 8)
    assert board.best[Side.FOR] == ()
    say(debate, CEM, found := pair_for(debate, CEM), LEFT if found.left.number == 2 else RIGHT)
    assert 2 in numbers(found)
    board = outcome_board(debate.room.db, debate_id=debate.debate_id)
    assert board is not None
    assert [argument.number for argument, _ in board.best[Side.FOR]] == [2]


def _prefer_number_2(debate: DebateClass, judge: UserId) -> None:
    """Judge all pairs: number 2 always wins, and number 1 always loses."""
    while isinstance(found := shown(debate, judge), Pair):
        mine = found.left if found.left.side is Side.FOR else found.right
        say(debate, judge, found, LEFT if (mine is found.left) is (mine.number == 2) else RIGHT)
