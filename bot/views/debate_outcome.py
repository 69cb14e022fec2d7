"""How a debate came out, as its class reads it. Pure rendering."""

from collections.abc import Mapping, Sequence

from bot.actions.debate_reports import OutcomeBoard
from bot.debate.debate import Argument, CloseReason
from bot.debate.judging import Strength
from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict
from bot.debate.participation import Participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Standing
from bot.debate.suppression import FEWEST_SHOWN
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
NOT_SHOWN = "too few, or too much alike, to show without giving somebody’s vote away."
FIGURE_MEANS = (
    "It compares the shares of people who moved each way: +1 if all ended for, -1 if all ended against, 0 if the "
    "shares are the same."
)
NEVER_ASKED = "The debate was closed before anybody was asked where they stand now."
NOBODY_TWICE = "Nobody voted in time before the debate and again after it."


def outcome(board: OutcomeBoard) -> Layout:
    """How the debate came out: what may honestly be said of stances, the numbers, participation, arguments by side.

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
        verdict(board),
        DIVIDER,
        f"### Stances\n{_totals(board)}",
        *_switches(board),
        _figure(board),
        knowledge_words(board.knowledge) if board.knowledge and board.swing.matrix.voters else None,
        DIVIDER,
        f"### Taking part\n{_taking_part(board.participation)}",
        chat,
        "Taking part was spread more unevenly than chance explains." if board.uneven else None,
        DIVIDER,
        _best_block(board),
        None if board.statement is None else f"### Joint statement\n{quoted(board.statement.text)}",
        None if board.statement is None else f"-# {_signed(board.statement.signatures)}",
        "-# Stances stay private.",
        WAYS_AFTERWARDS,
        colour=RESULT_COLOUR,
    )


def verdict(board: OutcomeBoard) -> str:
    """What may honestly be said of a shift: what the persuasion figure compares, and no more than that."""
    swing = board.swing
    if not swing.matrix.voters:
        return f"**{NOBODY_TWICE if board.debate.takes_stance_after else NEVER_ASKED}**"
    match swing.verdict:
        case Verdict.TOO_FEW:
            return f"**{_too_few(board.before)}**"
        case Verdict.NO_CLEAR_SHIFT if board.switches_shown and swing.is_mixed:
            return "**No clear shift: the numbers of people and the shares do not say the same.**"
        case Verdict.NO_CLEAR_SHIFT:
            return "**No clear shift. That is the usual outcome, and no defeat for anybody.**"
        case Verdict.SHIFT_FOR:
            return f"**A shift towards the motion, beyond what chance explains.** {_shift(board, 'against', 'for')}"
        case Verdict.SHIFT_AGAINST:
            return f"**A shift away from the motion, beyond what chance explains.** {_shift(board, 'for', 'against')}"


def _too_few(before: Mapping[Standing, int] | None) -> str:
    """Which side lacked people; without counts where they are not shown: of a few, or of people who began alike."""
    lacking = {
        side: count
        for side, count in (before or {}).items()
        if side is not Standing.UNDECIDED and count < FEWEST_PER_ORIGIN
    }
    enough = f"It takes {FEWEST_PER_ORIGIN} people on each side."
    if not lacking:
        return f"Too few began on one side or the other to tell a shift from chance. {enough}"
    began = " and ".join(
        (f"only {plural(count, 'person', 'people')}" if count else "nobody") + f" began {side.words.lower()}"
        for side, count in lacking.items()
    )
    return f"{began[0].upper()}{began[1:]}, so a shift cannot be told from chance. {enough}"


def _shift(board: OutcomeBoard, origin: str, end: str) -> str:
    nobody_undecided = board.before is not None and not board.before[Standing.UNDECIDED]
    began = origin if nobody_undecided else f"{origin} or undecided"
    return (
        f"Of those who began {began}, a larger share ended {end} than the other way round; moves to "
        "undecided do not count here. This says that people moved, not that the debate moved them."
    )


def _figure(board: OutcomeBoard) -> str | None:
    """The persuasion figure and what it means, where it may be shown."""
    swing = board.swing
    if swing.figure is None or swing.interval is None or not board.switches_shown:
        return None
    low, high = swing.interval
    return (
        f"Persuasion figure {swing.figure:+.2f}, plausibly between {low:+.2f} and {high:+.2f}. {FIGURE_MEANS}"
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


def _signed(signatures: int) -> str:
    if signatures < FEWEST_SHOWN:
        return f"It stands as last written; fewer than {FEWEST_SHOWN} people have signed it."
    return f"Signed by {signatures} people."


def knowledge_words(found: KnowledgeShift) -> str:
    """Whether those who moved knew more, with counts where these may be shown."""
    counts = (
        f"Of those with {found.at_least:.0%} or more of the gate's questions right, {found.more_moved} of "
        f"{found.knew_more} changed their stance; of the others {found.others_moved} of {found.others}."
    )
    match found.verdict:
        case KnowledgeVerdict.TOO_FEW:
            return "Whether those who knew more moved more often cannot be said: too few, or too much alike."
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
    match figures.replies, figures.replies_across:
        case 0, _:
            return argued
        case 1, across:
            return f"{argued} 1 argument answers another one, {'across the sides' if across else 'of its own side'}."
        case replies, across:
            return f"{argued} {replies} arguments answer another one, {across or 'none'} of them across the sides."


def _totals(board: OutcomeBoard) -> str:
    twice = board.swing.matrix.voters
    before = f"{plural(board.voted_before, 'person', 'people')} voted before the debate"
    declined = _declined(board)
    if not twice:
        after = f", {board.voted_after} after it" if board.debate.takes_stance_after else ""
        return f"{before}{after}.{declined}"
    voted = f"{before}, {board.voted_after} after it, {twice} both times and in time.{declined}"
    if board.before is None:
        return f"{voted}\nWhere they stood, and who moved: {NOT_SHOWN}"
    began = f"{voted}\nThose who voted both times, before: {_standings(board.before)}"
    if board.after is None:
        return f"{began}\nWhere they stood after, and who moved: {NOT_SHOWN}"
    return f"{began}\nThe same people, after: {_standings(board.after)}"


def _declined(board: OutcomeBoard) -> str:
    """Why fewer voted than said anything, which is what an instructor reads while a debate goes on."""
    counts = {"before": board.declined_before, "after": board.declined_after}
    shown = ", ".join(f"{count} {when}" for when, count in counts.items() if count)
    return f" {Standing.DECLINED.words}: {shown}." if shown else ""


def _standings(counts: Mapping[Standing, int]) -> str:
    return ", ".join(f"{counts[standing]} {standing.words.lower()}" for standing in VOTES) + "."


def _switches(board: OutcomeBoard) -> list[str]:
    """Where those who began at each vote ended, a text each; none where that is not shown."""
    if not board.switches_shown:
        return []
    matrix = board.swing.matrix
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
