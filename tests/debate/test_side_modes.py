"""How sides are given to a whole class: balanced over debates, by lot, as chosen, opposite to stances; and turns."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.options import SideMode
from bot.debate.sides import (
    Assignment,
    Reason,
    Seat,
    Side,
    as_chosen,
    assign_side,
    at_random,
    balanced,
    opposite_to_stances,
    side_of_latecomer,
    speaking_turns,
)
from bot.debate.stance import Standing

Mode = Callable[[Sequence[Seat[int]], random.Random], dict[int, Assignment]]

MODES: Sequence[Mode] = (balanced, at_random, as_chosen, opposite_to_stances)
EVEN_MODES: Sequence[Mode] = (balanced, at_random, as_chosen)

seeds = st.integers(0, 2**48 - 1)


@st.composite
def classes(draw: st.DrawFn) -> list[Seat[int]]:
    """A class of any size, each with a past, a wish and a stance, or without."""
    return [
        Seat(
            person,
            draw(st.integers(0, 6)),
            draw(st.integers(0, 6)),
            draw(st.none() | st.sampled_from(Side)),
            draw(st.none() | st.sampled_from(Standing)),
        )
        for person in range(draw(st.integers(0, 25)))
    ]


def counts(placed: Mapping[int, Assignment]) -> Counter[Side]:
    return Counter(each.side for each in placed.values())


def apart(placed: Mapping[int, Assignment]) -> int:
    return abs(counts(placed)[Side.FOR] - counts(placed)[Side.AGAINST])


def debates(mode: Mode, people: int, rounds: int, seed: int) -> list[dict[int, Assignment]]:
    """The same people hold so many debates, each with a seed of its own; their past goes along."""
    past = {person: dict.fromkeys(Side, 0) for person in range(people)}
    held: list[dict[int, Assignment]] = []
    for number in range(rounds):
        seats = [Seat(person, sides[Side.FOR], sides[Side.AGAINST]) for person, sides in past.items()]
        placed = mode(seats, random.Random(seed + number))
        for person, each in placed.items():
            past[person][each.side] += 1
        held.append(placed)
    return held


# What holds of every way


@pytest.mark.parametrize("mode", MODES)
@given(seats=classes(), seed=seeds)
def test_everybody_is_given_one_side_and_the_same_seed_gives_the_same(
    mode: Mode, seats: list[Seat[int]], seed: int
) -> None:
    placed = mode(seats, random.Random(seed))
    assert placed.keys() == {seat.person for seat in seats}
    assert mode(seats, random.Random(seed)) == placed


@pytest.mark.parametrize("mode", EVEN_MODES)
@given(seats=classes(), seed=seeds)
def test_sides_are_never_more_than_one_apart(mode: Mode, seats: list[Seat[int]], seed: int) -> None:
    assert apart(mode(seats, random.Random(seed))) == len(seats) % 2


# Balanced


def test_eleven_students_over_six_debates_argue_three_times_each_side() -> None:
    for seed in range(100):
        held = debates(balanced, 11, 6, seed * 1_000)
        for person in range(11):
            assert Counter(placed[person].side for placed in held) == {Side.FOR: 3, Side.AGAINST: 3}
        assert [apart(placed) for placed in held] == [1] * 6


@given(st.integers(1, 24), st.integers(1, 4), seeds)
def test_after_an_even_number_of_debates_everybody_is_even(people: int, pairs: int, seed: int) -> None:
    held = debates(balanced, people, 2 * pairs, seed)
    for person in range(people):
        assert Counter(placed[person].side for placed in held)[Side.FOR] == pairs


def test_by_lot_the_past_does_not_count() -> None:
    told = [
        Counter(placed[0].side for placed in debates(at_random, 11, 6, seed * 1_000))[Side.FOR]
        for seed in range(200)
    ]
    assert set(told) - {3}, "some argue one side more often than the other"


def test_whose_past_is_most_one_sided_comes_first() -> None:
    often, once = Seat("often", 4, 1), Seat("once", 3, 2)
    for seed in range(50):
        placed = balanced([once, often], random.Random(seed))
        assert placed["often"] == Assignment(Side.AGAINST, Reason.TURNS)
        assert placed["once"] == Assignment(Side.FOR, Reason.SMALLER_SIDE), "the other side is full"


def test_cost_is_four_times_the_square_of_the_lead() -> None:
    seat = Seat("one", 5, 2)
    assert (seat.cost(Side.FOR), seat.cost(Side.AGAINST)) == (36, 0)
    assert Seat("new").cost(Side.FOR) == Seat("new").cost(Side.AGAINST) == 0


def test_odd_one_out_is_drawn_fairly() -> None:
    larger = Counter(
        counts(balanced([Seat(person) for person in range(5)], random.Random(seed))).most_common(1)[0][0]
        for seed in range(1_000)
    )
    # Five standard deviations of a fair coin are 79.
    assert abs(larger[Side.FOR] - 500) < 79


def test_new_people_are_drawn_fairly_wherever_they_sit() -> None:
    seats = [Seat(person) for person in range(6)]
    draws = [balanced(seats, random.Random(seed)) for seed in range(1_000)]
    for person in range(6):
        assert abs(sum(placed[person].side is Side.FOR for placed in draws) - 500) < 79


# Chosen


def test_first_to_join_get_what_they_chose_until_half_of_all() -> None:
    seats = [Seat(person, wish=Side.FOR) for person in range(5)]
    placed = as_chosen(seats, random.Random(1))
    assert [placed[person] for person in range(5)] == [
        Assignment(Side.FOR, Reason.CHOSEN),
        Assignment(Side.FOR, Reason.CHOSEN),
        Assignment(Side.FOR, Reason.CHOSEN),
        Assignment(Side.AGAINST, Reason.CHOSEN_FULL),
        Assignment(Side.AGAINST, Reason.CHOSEN_FULL),
    ]


def test_who_chose_nothing_fills_up_whenever_they_came() -> None:
    seats = [Seat(0), Seat(1), Seat(2, wish=Side.FOR), Seat(3, wish=Side.FOR)]
    placed = as_chosen(seats, random.Random(1))
    assert placed[2] == placed[3] == Assignment(Side.FOR, Reason.CHOSEN)
    assert placed[0] == placed[1] == Assignment(Side.AGAINST, Reason.SMALLER_SIDE)


@given(classes(), seeds)
def test_nobody_is_moved_from_what_they_chose_while_there_is_room(seats: list[Seat[int]], seed: int) -> None:
    placed = as_chosen(seats, random.Random(seed))
    half = -(-len(seats) // 2)
    for seat in seats:
        reason = placed[seat.person].reason
        if seat.wish is None:
            assert reason in (Reason.SMALLER_SIDE, Reason.DRAWN)
        elif placed[seat.person].side is seat.wish:
            assert reason is Reason.CHOSEN
        else:
            assert reason is Reason.CHOSEN_FULL
            assert counts(placed)[seat.wish] == half


# Opposite


@given(classes(), seeds)
def test_each_argues_the_other_side_than_they_think(seats: list[Seat[int]], seed: int) -> None:
    placed = opposite_to_stances(seats, random.Random(seed))
    views = {Standing.FOR: Side.AGAINST, Standing.AGAINST: Side.FOR}
    for seat in seats:
        if seat.standing in views:
            assert placed[seat.person] == Assignment(views[seat.standing], Reason.OPPOSITE)
        else:
            assert placed[seat.person].reason is Reason.LOT


@pytest.mark.parametrize("silent", [Standing.DECLINED, Standing.UNDECIDED, None])
def test_side_of_who_has_told_no_view_is_a_fair_coin_whatever_others_think(silent: Standing | None) -> None:
    """Six are for the motion and argue against it: evened out, both others would argue for it each time."""
    seats = [Seat(person, standing=Standing.FOR) for person in range(6)]
    seats += [Seat(person, standing=silent) for person in (6, 7)]
    told: Counter[tuple[Side, Side]] = Counter()
    for seed in range(1_000):
        placed = opposite_to_stances(seats, random.Random(seed))
        told[placed[6].side, placed[7].side] += 1
    # Five standard deviations of a quarter of 1,000 are 69.
    assert len(told) == 4
    assert all(abs(count - 250) < 69 for count in told.values())


# Late


def late(
    mode: SideMode, seat: Seat[int], on_for: int, on_against: int, *, seed: int = 1, argues: bool = False
) -> Assignment | None:
    held = {Side.FOR: on_for, Side.AGAINST: on_against}
    return side_of_latecomer(mode, seat, held, random.Random(seed), argues=argues)


@pytest.mark.parametrize("mode", [SideMode.BALANCED, SideMode.RANDOM])
@given(st.integers(0, 20), st.integers(0, 20), seeds)
def test_latecomer_is_put_on_the_smaller_side(
    mode: SideMode, on_for: int, on_against: int, seed: int
) -> None:
    placed = late(mode, Seat(1, 5, 0, Side.FOR, Standing.FOR), on_for, on_against, seed=seed)
    if on_for != on_against:
        smaller = Side.FOR if on_for < on_against else Side.AGAINST
        assert placed == Assignment(smaller, Reason.SMALLER_SIDE), "whatever they argued, wish or think"


def test_latecomer_between_equal_sides_takes_turns_only_where_sides_are_balanced() -> None:
    often_for = Seat(1, 3, 1)
    assert {late(SideMode.BALANCED, often_for, 4, 4, seed=seed) for seed in range(50)} == {
        Assignment(Side.AGAINST, Reason.TURNS)
    }
    drawn = {late(SideMode.RANDOM, often_for, 4, 4, seed=seed) for seed in range(50)}
    assert drawn == {Assignment(side, Reason.DRAWN) for side in Side}


@pytest.mark.parametrize(
    ("on_for", "on_against", "given_side", "reason"),
    [
        (2, 2, Side.FOR, Reason.CHOSEN),
        (1, 2, Side.FOR, Reason.CHOSEN),
        (3, 2, Side.AGAINST, Reason.CHOSEN_FULL),
    ],
)
def test_latecomer_gets_the_side_they_wish_for_unless_it_is_the_larger_one(
    on_for: int, on_against: int, given_side: Side, reason: Reason
) -> None:
    for argues in (False, True):
        placed = late(SideMode.CHOSEN, Seat(1, wish=Side.FOR), on_for, on_against, argues=argues)
        assert placed == Assignment(given_side, reason)


@given(st.integers(0, 20), st.integers(0, 20), seeds)
def test_latecomer_who_has_not_chosen_gets_the_smaller_side_when_they_argue(
    on_for: int, on_against: int, seed: int
) -> None:
    assert late(SideMode.CHOSEN, Seat(1), on_for, on_against, seed=seed) is None
    placed = late(SideMode.CHOSEN, Seat(1), on_for, on_against, seed=seed, argues=True)
    assert placed == assign_side({Side.FOR: on_for, Side.AGAINST: on_against}, random.Random(seed))


@given(st.integers(0, 20), st.integers(0, 20), seeds)
def test_latecomer_argues_the_opposite_of_what_they_think_or_by_lot(
    on_for: int, on_against: int, seed: int
) -> None:
    mode = SideMode.OPPOSITE
    for standing, side in ((Standing.FOR, Side.AGAINST), (Standing.AGAINST, Side.FOR)):
        placed = late(mode, Seat(1, standing=standing), on_for, on_against)
        assert placed == Assignment(side, Reason.OPPOSITE)
    for silent in (Standing.UNDECIDED, Standing.DECLINED, None):
        placed = late(mode, Seat(1, standing=silent), on_for, on_against, seed=seed)
        same = late(mode, Seat(1, standing=silent), on_against, on_for + 3, seed=seed)
        assert placed == same, "how many each side has says nothing of it"
        assert placed is not None
        assert placed.reason is Reason.LOT


# A fishbowl's turns


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 5), seeds)
def test_all_argue_once_and_each_side_is_spread_evenly(
    on_for: int, on_against: int, rounds: int, seed: int
) -> None:
    sides = {person: Side.FOR if person < on_for else Side.AGAINST for person in range(on_for + on_against)}
    places = list(range(1, rounds + 1))
    turns = speaking_turns(sides, places, random.Random(seed))
    assert turns.keys() == sides.keys()
    for side in Side:
        spread = Counter(turns[person] for person, own in sides.items() if own is side)
        numbers = [spread[place] for place in places]
        assert set(spread) <= set(places)
        assert max(numbers) - min(numbers) <= 1
    assert speaking_turns(sides, places, random.Random(seed)) == turns


def test_a_small_class_is_heard_in_the_first_rounds_on_both_sides() -> None:
    sides = {0: Side.FOR, 1: Side.FOR, 2: Side.AGAINST, 3: Side.AGAINST}
    turns = speaking_turns(sides, (1, 2, 3), random.Random(3))
    for place in (1, 2):
        assert {sides[person] for person, own in turns.items() if own == place} == set(Side)
