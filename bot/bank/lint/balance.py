"""Checks over a whole set: whether length, place or habit give right answers away.

A count is called too high where chance alone, with every option equally likely, would reach it in fewer than
one set in fifty.
"""

from collections.abc import Iterator, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final

from bot.bank.fault import Fault
from bot.bank.kinds import Choice, TrueFalse
from bot.bank.lint.register import HEAD, Examined, set_check
from bot.bank.wording import listing

_TOO_RARE: Final = 0.02
_MANY: Final = 300
_NAMED: Final = 5


def chance_of(at_least: int, chances: Sequence[float]) -> float:
    """The probability that at least so many of independent events happen, with the chance of each.

    The exact tail of the Poisson binomial distribution, by adding one event after the other; the normal
    distribution with the same mean and variance, corrected for continuity, beyond 300 events.
    """
    if len(chances) > _MANY:
        mean = sum(chances)
        deviation = sqrt(sum(chance * (1 - chance) for chance in chances))
        return 1 - NormalDist(mean, deviation).cdf(at_least - 0.5)
    distribution = [1.0]
    for chance in chances:
        longer = [0.0, *(probability * chance for probability in distribution)]
        for count, probability in enumerate(distribution):
            longer[count] += probability * (1 - chance)
        distribution = longer
    return sum(distribution[at_least:])


@set_check("right-often-longest", "right-often-shortest")
def _length_over_the_set(examined: Examined) -> Iterator[tuple[int, Fault]]:
    choices = [item for item in examined.items if isinstance(item, Choice)]
    longest = [item for item in choices if _right_length(item) > max(_wrong_lengths(item))]
    shortest = [item for item in choices if _right_length(item) < min(_wrong_lengths(item))]
    yield from _too_often("right-often-longest", "longest", longest, choices)
    yield from _too_often("right-often-shortest", "shortest", shortest, choices)


@set_check("unbalanced-positions")
def _position_over_the_set(examined: Examined) -> Iterator[tuple[int, Fault]]:
    """First the items whose options keep their order; then all, as people read the file itself as well."""
    choices = [item for item in examined.items if isinstance(item, Choice)]
    for group, of_which in (
        ([item for item in choices if item.keeps_order()], "choice questions in fixed order"),
        (choices, "choice questions"),
    ):
        places = range(max((len(item.options) for item in group), default=0))
        for place in places:
            able = [item for item in group if len(item.options) > place]
            hits = sum(item.options[place].right for item in able)
            chance = chance_of(hits, [1 / len(item.options) for item in able])
            if chance * len(places) < _TOO_RARE:
                what = f"the right option stands in place {place + 1} in {hits} of {len(able)} {of_which}"
                yield HEAD, Fault("unbalanced-positions", what, "move some of them to other places")
                return


@set_check("unbalanced-truth")
def _truth_over_the_set(examined: Examined) -> Iterator[tuple[int, Fault]]:
    statements = [item for item in examined.items if isinstance(item, TrueFalse)]
    true = sum(item.answer for item in statements)
    for count, word in ((true, "true"), (len(statements) - true, "false")):
        if 2 * chance_of(count, [0.5] * len(statements)) < _TOO_RARE:
            what = f"{count} of {len(statements)} statements are {word}"
            yield HEAD, Fault("unbalanced-truth", what, "turn some of them round")


def _too_often(
    code: str, word: str, found: Sequence[Choice], choices: Sequence[Choice]
) -> Iterator[tuple[int, Fault]]:
    chances = [1 / len(item.options) for item in choices]
    if found and chance_of(len(found), chances) < _TOO_RARE:
        what = (
            f"the right option is the {word} in {len(found)} of {len(choices)} choice questions, "
            f"where {sum(chances):.0f} would be chance"
        )
        names = [item.id for item in found[:_NAMED]]
        yield HEAD, Fault(code, what, f"make the options alike in length, for instance in {listing(names)}")


def _right_length(item: Choice) -> int:
    return len(item.right_answer())


def _wrong_lengths(item: Choice) -> list[int]:
    return [len(option.text) for option in item.options if not option.right]
