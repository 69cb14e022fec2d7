"""How a question looks, in a live run and in a private one: its text, its options, and its answer buttons.

A kind is answered either by a press on one of its ``choices`` or in a form; that is all a view must know.
"""

from collections.abc import Iterator, Sequence

from bot.bank.grade import Outcome
from bot.bank.item import ItemBase
from bot.bank.kinds import Matching, Multiple, Ordering, Sorting, TrueFalse
from bot.bank.response import Assigned, Chosen, Picked, Response
from bot.insight.distribution import Distribution, Share
from bot.quiz.run import Round
from bot.views.layout import DIVIDER, Part, learner_text, letter, shorten
from bot.views.provenance import CATEGORY_WORDS

SHORT_OPTION = 24
"""Options up to this length, in characters, stand on their buttons too; longer ones only in the text."""
SAID_ROOM = 240
"""Characters for the words of an answer of several parts, shared among them."""
SPREAD_ROOM = 1_800
"""Characters for the names of all options in a result, so that no option and no number falls off its end."""


def heading(item: ItemBase, number: int, total: int) -> str:
    """The first line of a question: ``### Question 3 of 10 · Statistic``."""
    return f"### Question {number} of {total} · {CATEGORY_WORDS[item.category]}"


def option_list(asked: Round) -> str | None:
    """The options with their letters, one a line; None where the buttons say it all, or it is typed."""
    options = asked.shown_options()
    if not options or not _lettered(asked.item):
        return None
    return "\n".join(f"**{letter(slot)}** · {text}" for slot, text in enumerate(options))


def button_labels(asked: Round) -> list[str]:
    """What stands on each answer button: the letter, with the option's text where all are short.

    Nothing where the answer is given in a form.
    """
    if asked.form():
        return []
    options = asked.shown_options()
    if not _lettered(asked.item):
        return list(options)
    if all(len(text) <= SHORT_OPTION for text in options):
        return [f"{letter(slot)} · {text}" for slot, text in enumerate(options)]
    return [letter(slot) for slot in range(len(options))]


def said(asked: Round, response: Response) -> str:
    """A response in words, with the letter that the class saw: ``B · 76%``.

    Where it has several parts, each of them, in the order of the screen and shortened: ``A · Como; C · Arno``.
    """
    words = asked.item.describe(response)
    match response:
        case Picked(option) if option in asked.option_order:
            return _with_letter(asked, option, words)
        case Chosen(options):
            room = SAID_ROOM // len(options)
            return "; ".join(
                _choice(asked, option, room) for option in asked.option_order if option in options
            )
        case Assigned(places):
            return "; ".join(_parts_said(asked, places))
        case _:
            return learner_text(words)


def _parts_said(asked: Round, places: Sequence[int]) -> Iterator[str]:
    """Each part as it was answered: ``1. B · It thawed``, ``Riva: A · Garda`` or ``B · Ice is best: A claim``."""
    item, each = asked.item, SAID_ROOM // len(places)
    match item:
        case Ordering():
            # With the places, because two events may have been given the same one.
            for place, slot in sorted(
                (place, asked.option_order.index(at)) for at, place in enumerate(places)
            ):
                yield f"{place + 1}. {_choice(asked, asked.option_order[slot], each)}"
        case Matching():
            for pair, place in zip(item.pairs, places, strict=True):
                yield f"{shorten(pair.left, each // 2)}: {_choice(asked, place, each // 2)}"
        case Sorting():
            for at in asked.option_order:
                yield f"{_choice(asked, at, each // 2)}: {shorten(item.into[places[at]], each // 2)}"
        case _:
            yield shorten(item.describe(Assigned(tuple(places))), SAID_ROOM)


def _choice(asked: Round, option: int, room: int) -> str:
    return _with_letter(asked, option, shorten(asked.item.choices()[option], room))


def result_blocks(asked: Round, spread: Distribution | None) -> tuple[Part, ...]:
    """How the answers are spread, and the right answer. Where it has parts, both at once, each part once."""
    if spread is None or not spread.answers:
        return "Nobody answered this question.", DIVIDER, right_answer_block(asked)
    if not asked.item.has_parts:
        return spread_lines(asked, spread), DIVIDER, right_answer_block(asked)
    return "**Right answer, and how many got each part right:**", spread_lines(asked, spread)


def right_answer_block(asked: Round) -> str:
    """The right answer as it stands in a result: in bold, or part by part where it has several."""
    if asked.item.has_parts:
        mark = "" if isinstance(asked.item, Ordering) else "- "  # an order has numbers of its own
        return "\n".join(["**Right answer:**", *(f"{mark}{row.text}" for row in asked.item.rows())])
    return f"**Right answer: {right_answer(asked)}**"


def right_answer(asked: Round) -> str:
    """The right answer in words, with its letter where it has one."""
    words = asked.item.right_answer()
    options = asked.shown_options()
    if isinstance(asked.item, Multiple):
        return "; ".join(
            f"{letter(slot)} · {options[slot]}"
            for slot, option in enumerate(asked.option_order)
            if asked.item.options[option].right
        )
    if _lettered(asked.item) and words in options:
        return f"{letter(options.index(words))} · {words}"
    return words


def spread_lines(asked: Round, spread: Distribution) -> str:
    """How the answers are spread: each option, and below it how many chose it, numbers first, then a bar.

    Where an answer has several parts: each part as it is right, and below it how many got it so.
    """
    room = SPREAD_ROOM // max(len(spread.rows), 1)
    lines = [_spread_line(asked, spread, row, room) for row in spread.rows]
    return "\n".join([*lines, *([spread.note] if spread.note else [])])


def result_line(
    asked: Round, response: Response | None, outcome: Outcome | None, room: int, note: str | None = None
) -> str:
    """One question of a learner's result in a line or two, within about ``room`` characters and the note."""
    number = asked.position + 1
    if asked.dropped:
        return f"{number}. **Does not count**: {shorten(asked.item.prompt, room // 2)}"
    right = shorten(right_answer(asked), room // 2)
    if response is None or outcome is None:
        return f"{number}. Not answered. Right answer: {right}"
    answer = shorten(said(asked, response), room // 2)
    match outcome:
        case Outcome.RIGHT:
            line = f"{number}. **Right**: {answer}"
        case Outcome.PARTIAL:
            line = f"{number}. **Partly right**: {answer}. Right answer: {right}"
        case Outcome.WRONG:
            line = f"{number}. **Not right**: {answer}. Right answer: {right}"
    return line if note is None else f"{line}. {note}"


def _spread_line(asked: Round, spread: Distribution, row: Share, room: int) -> str:
    if row.quoted:
        name = f"“{learner_text(row.text)}”"
    elif row.option is None:
        name = row.text
    else:
        name = _with_letter(asked, row.option, row.text)
    name = shorten(name, room)
    if row.right and row.option is not None:
        name = f"**{name} (right)**"
    return f"{name}\n-# {spread.bar_of(row)}"


def _with_letter(asked: Round, option: int, words: str) -> str:
    return f"{letter(asked.option_order.index(option))} · {words}" if _lettered(asked.item) else words


def _lettered(item: ItemBase) -> bool:
    # "A · True" would make two words out of one that needs no letter.
    return bool(item.choices()) and not isinstance(item, TrueFalse)
