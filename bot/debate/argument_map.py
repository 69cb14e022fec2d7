"""The arguments of a debate as a tree, and which of them nobody of another side has answered. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.debate.argument import Relation
from bot.debate.debate import Argument
from bot.debate.sides import Side


@dataclass(frozen=True, slots=True)
class Placed:
    """An argument at its place: ``depth`` 0 speaks to the motion itself; an answer stands one deeper, below it.

    ``unanswered`` says that no argument of the other side that stands answers it.
    """

    argument: Argument
    depth: int
    unanswered: bool


def argument_tree(arguments: Iterable[Argument], side: Side) -> list[Placed]:
    """The arguments that speak to the motion for one side, each followed by what answers it, whoever does.

    In the order of their numbers. A withdrawn argument keeps its place as long as something answers it.
    """
    everything = sorted(arguments, key=lambda each: each.number)
    below: dict[int | None, list[Argument]] = defaultdict(list)
    for each in everything:
        below[each.parent_number].append(each)
    open_to_answers = {each.argument_id for each in unanswered(everything)}
    placed: list[Placed] = []
    # A stack instead of recursion: a thread of answers may be as deep as Python's own stack.
    waiting = [(each, 0) for each in reversed(below[None]) if each.side is side]
    while waiting:
        argument, depth = waiting.pop()
        answers = below[argument.number]
        if argument.stands or answers:
            placed.append(Placed(argument, depth, argument.argument_id in open_to_answers))
        waiting.extend((each, depth + 1) for each in reversed(answers))
    return placed


def unanswered(arguments: Sequence[Argument]) -> list[Argument]:
    """The arguments that stand and that no standing argument of the other side answers, by number.

    One that only supports another is not counted: whoever answers that one has answered it.
    """
    answered = {
        each.parent_number
        for each in arguments
        if each.stands and each.parent_number is not None and each.relation is not Relation.SUPPORTS
    }
    return [
        each
        for each in arguments
        if each.stands and each.relation is not Relation.SUPPORTS and each.number not in answered
    ]
