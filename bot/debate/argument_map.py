"""The arguments of a debate as a tree, and which of them nobody has challenged. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.debate.argument import Relation
from bot.debate.debate import Argument
from bot.debate.sides import Side

MAP_ROOM = 24
"""So many arguments are on the map that everybody sees, in its picture and in its text."""

SURE_SHARE = 4
"""One in so many places of a tree is for its newest arguments, whether they are challenged or not."""

Trees = Mapping[Side, Sequence["Placed"]]
"""The arguments by the side of the one that they stand below: see ``argument_tree``."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An argument at its place: ``depth`` 0 speaks to the motion itself; an answer stands one deeper, below it.

    ``unchallenged`` says that it stands and no argument that stands attacks or undercuts it.
    """

    argument: Argument
    depth: int
    unchallenged: bool


def argument_tree(arguments: Iterable[Argument], side: Side) -> list[Placed]:
    """The arguments that speak to the motion for one side, each followed by what answers it, whoever does.

    In the order of their numbers. A withdrawn argument keeps its place as long as one that stands is below it.
    """
    everything = sorted(arguments, key=lambda each: each.number)
    below: dict[int | None, list[Argument]] = defaultdict(list)
    for each in everything:
        below[each.parent_number].append(each)
    kept: set[int] = set()
    for each in reversed(everything):  # an answer has a greater number than what it answers
        if each.stands or not kept.isdisjoint(answer.number for answer in below[each.number]):
            kept.add(each.number)
    open_ones = {each.number for each in unchallenged(everything)}
    placed: list[Placed] = []
    # A stack instead of recursion: a thread of answers may be as deep as Python's own stack.
    waiting = [(each, 0) for each in reversed(below[None]) if each.side is side]
    while waiting:
        argument, depth = waiting.pop()
        if argument.number in kept:
            placed.append(Placed(argument, depth, argument.number in open_ones))
            waiting.extend((each, depth + 1) for each in reversed(below[argument.number]))
    return placed


def unchallenged(arguments: Sequence[Argument]) -> list[Argument]:
    """The arguments that stand and that no argument that stands attacks or undercuts, by number.

    One that only supports another is not counted: whoever challenges that one has challenged it.
    """
    challenged = {
        each.parent_number
        for each in arguments
        if each.stands and each.parent_number is not None and each.relation is not Relation.SUPPORTS
    }
    return sorted(
        (
            each
            for each in arguments
            if each.stands and each.relation is not Relation.SUPPORTS and each.number not in challenged
        ),
        key=lambda each: each.number,
    )


def standing_counts(trees: Trees) -> dict[Side, int]:
    """How many arguments of either side stand, wherever they are placed."""
    everything = [placed.argument for side in Side for placed in trees[side] if placed.argument.stands]
    return {side: sum(each.side is side for each in everything) for side in Side}


def map_extract(trees: Trees, most: int = MAP_ROOM) -> dict[Side, Sequence[Placed]]:
    """As much of either tree as has room: each has half of it, and what one does not use is the other's.

    Of a tree without room for all, the newest are kept, then those that nobody has challenged, then others, the newest
    first. An answer to one that is left out stands at the margin, like those that speak to the motion itself.
    """
    half = most // 2
    shares = {side: half + max(half - len(trees[side.opposite]), 0) for side in Side}
    return {side: _extract(trees[side], shares[side]) for side in Side}


def _extract(tree: Sequence[Placed], room: int) -> Sequence[Placed]:
    if len(tree) <= room:
        return tree
    by_age = sorted(tree, key=lambda each: (each.argument.stands, each.argument.number), reverse=True)
    sure = max(room // SURE_SHARE, 1)
    others = sorted(by_age[sure:], key=lambda each: each.unchallenged, reverse=True)
    kept = {each.argument.number for each in [*by_age[:sure], *others][:room]}
    below: dict[int | None, list[Placed]] = defaultdict(list)
    for each in tree:
        if each.argument.number in kept:
            parent = each.argument.parent_number
            below[parent if parent in kept else None].append(each)
    placed: list[Placed] = []
    waiting = [(each, 0) for each in reversed(below[None])]
    while waiting:
        each, depth = waiting.pop()
        placed.append(replace(each, depth=depth))
        waiting.extend((answer, depth + 1) for answer in reversed(below[each.argument.number]))
    return placed
