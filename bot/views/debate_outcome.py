"""How a debate came out, as its class reads it. Pure rendering."""

from collections.abc import Mapping, Sequence

from bot.actions.debate_reports import OutcomeBoard
from bot.debate.debate import Argument, CloseReason
from bot.debate.judging import Strength
from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict
from bot.debate.participation import Participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Standing
from bot.debate.swing import FEWEST_PER_ORIGIN, Verdict
from bot.ids import ArgumentId
from bot.insight.bars import tally_bar
from bot.views.debate_words import WAYS_AFTERWARDS
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Layout,
    card,
    learner_text,
    plural,
    quoted,
    shorten,
)

BEST_CLAIM = 120
BEST_FIGURE = (
    " Each figure is the chance to be found better than the average argument of the same side; the sides are not "
    "compared."
)
SWITCH_BAR = 5
"""Blocks: a longer bar does not fit beside its numbers on a phone, within a list."""
NOTHING_SHOWN = "Where they stood and who moved is not broken down, because that could tell on somebody."
NOT_SHOWN = "not broken down, because that could tell on somebody."


def outcome(board: OutcomeBoard) -> Layout:
    """How the debate came out: arguments by side, participation, and what may honestly be said of stances.

    Of a cancelled one, only that it was cancelled.
    """
    if board.debate.close_reason is CloseReason.CANCELLED:
        return card(
            "## The debate was cancelled",
            f"Motion: **{board.debate.motion}**",
            "There is no outcome. What stands in this thread stays, and stances stay private.",
            WAYS_AFTERWARDS,
            colour=QUIET_COLOUR,
        )
    chat = (
        f"Beside the arguments, {plural(board.chatters, 'person', 'people')} posted "
        f"{plural(board.messages, 'message')} here."
        if board.messages
        else None
    )
    return card(
        "## Outcome of the debate",
        f"Motion: **{board.debate.motion}**",
        DIVIDER,
        f"### Taking part\n{_taking_part(board.participation)}",
        chat,
        "Taking part was spread more unevenly than chance explains." if board.uneven else None,
        DIVIDER,
        f"### Stances\n{_totals(board)}",
        *_switches(board),
        DIVIDER,
        verdict(board),
        None if board.knowledge is None else knowledge_words(board.knowledge),
        DIVIDER,
        _best_block(board),
        None if board.statement is None else f"### Joint statement\n{quoted(board.statement.text)}",
        "-# Stances are private. What could tell on a single person is not shown.",
        WAYS_AFTERWARDS,
        colour=RESULT_COLOUR,
    )


def verdict(board: OutcomeBoard) -> str:
    """What may honestly be said of a shift: what the persuasion figure compares, and no more than that."""
    swing, figure = board.swing, ""
    if swing.figure is not None and swing.interval is not None and board.switches_shown:
        low, high = swing.interval
        figure = f" Persuasion figure {swing.figure:+.2f}, plausibly between {low:+.2f} and {high:+.2f}."
    match swing.verdict:
        case Verdict.TOO_FEW:
            return (
                f"**Too few voted twice to speak of a shift: it takes {FEWEST_PER_ORIGIN} people who began for, "
                f"{FEWEST_PER_ORIGIN} against and {FEWEST_PER_ORIGIN} undecided.**"
            )
        case Verdict.NO_CLEAR_SHIFT if board.switches_shown and swing.is_mixed:
            return f"**No clear shift: the numbers of people and the shares do not say the same.**{figure}"
        case Verdict.NO_CLEAR_SHIFT:
            return f"**No clear shift. That is the usual outcome, and no defeat for anybody.**{figure}"
        case Verdict.SHIFT_FOR:
            return f"**A shift towards the motion, beyond what chance explains.** {_shift('against', 'for')}{figure}"
        case Verdict.SHIFT_AGAINST:
            return f"**A shift away from the motion, beyond what chance explains.** {_shift('for', 'against')}{figure}"


def _shift(origin: str, end: str) -> str:
    return (
        f"Of those who began {origin} or undecided, a larger share ended {end} than the other way round; moves to "
        "undecided do not count here. This says that people moved, not that the debate moved them."
    )


def _best_block(board: OutcomeBoard) -> str | None:
    """The arguments that stand out among those of their own side, with how sure that is. The sides are not compared."""
    if not board.comparisons:
        return None
    judged = f"{plural(board.judges, 'person', 'people')} compared {plural(board.comparisons, 'pair')}"
    return "\n".join(
        (
            "### Best reasons within each side",
            *(line for side in Side for line in _best_lines(side, board.best[side])),
            f"-# {judged}.{BEST_FIGURE if any(board.best.values()) else ''}",
        )
    )


def _best_lines(side: Side, best: Sequence[tuple[Argument, Strength[ArgumentId]]]) -> list[str]:
    if not best:
        return [
            f"- {side.words}: no argument of this side stands out from the others; all are worth reading."
        ]
    return [
        f"- {side.words}: **{argument.number}** “{learner_text(shorten(argument.text.claim, BEST_CLAIM))}” "
        f"({strength.chance:.0%}, plausibly {strength.low:.0%} to {strength.high:.0%}; "
        f"{plural(strength.comparisons, 'pair')})"
        for argument, strength in best
    ]


def knowledge_words(found: KnowledgeShift) -> str:
    """Whether those who moved knew more, with counts where these may be shown."""
    counts = (
        f"Of those with {found.at_least:.0%} or more of the gate's questions right, {found.more_moved} of "
        f"{found.knew_more} changed their stance; of the others {found.others_moved} of {found.others}."
    )
    match found.verdict:
        case KnowledgeVerdict.TOO_FEW:
            return "Knowledge and change of stance: too few, or too alike, to say anything without telling on somebody."
        case KnowledgeVerdict.NO_CLEAR_DIFFERENCE:
            return f"{counts} That is no clear difference."
        case KnowledgeVerdict.KNEW_MORE_MOVED_MORE:
            return f"{counts} Those who knew more moved more often, beyond what chance explains; this does not say why."
        case KnowledgeVerdict.KNEW_MORE_MOVED_LESS:
            return f"{counts} Those who knew more moved less often, beyond what chance explains; this does not say why."


def _taking_part(figures: Participation) -> str:
    joined = plural(figures.members, "person", "people")
    if not figures.arguments:
        return f"{joined} joined, and nobody added an argument."
    by_side = figures.by_side
    argued = (
        f"{joined} joined and {figures.participants} of them argued: "
        f"{plural(by_side[Side.FOR], 'argument')} for, {by_side[Side.AGAINST]} against."
    )
    if not figures.replies:
        return argued
    return (
        f"{argued} {plural(figures.replies, 'argument answers', 'arguments answer')} another one, "
        f"{figures.replies_across} of these across the sides."
    )


def _totals(board: OutcomeBoard) -> str:
    twice = board.swing.matrix.voters
    if not twice:
        return "Nobody voted in time before the debate and again after it."
    voted = (
        f"{plural(board.voted_before, 'person', 'people')} voted before the debate, {board.voted_after} "
        f"after it, {twice} both times and in time."
    )
    if _all_withheld(board):
        return f"{voted}\n{NOTHING_SHOWN}"
    return "\n".join(
        (
            voted,
            f"Those who voted both times, before: {_standings(board.before)}",
            f"The same people, after: {_standings(board.after)}",
        )
    )


def _all_withheld(board: OutcomeBoard) -> bool:
    """Whether nothing of the stances may be broken down, as in a small class: said once, not thrice."""
    return board.before is None and board.after is None and not board.switches_shown


def _standings(counts: Mapping[Standing, int] | None) -> str:
    if counts is None:
        return NOT_SHOWN
    return ", ".join(f"{counts[standing]} {standing.words.lower()}" for standing in VOTES) + "."


def _switches(board: OutcomeBoard) -> list[str]:
    """Where those who began at each vote ended, a text each; or why that is not shown."""
    matrix = board.swing.matrix
    if not matrix.voters or _all_withheld(board):
        return []
    if not board.switches_shown:
        return [f"Who moved from where: {NOT_SHOWN}"]
    texts: list[str] = []
    for origin in VOTES:
        began = matrix.began(origin)
        if began:
            row = matrix.row(origin)
            ended = "\n".join(
                f"- {end.words.lower()}: {tally_bar(row[end], began, SWITCH_BAR)}" for end in VOTES
            )
            people = plural(began, "person", "people")
            texts.append(f"{people} began **{origin.words.lower()}**, and ended:\n{ended}")
    return texts
