"""The public messages of a debate: motion, cases, arguments, outcome. Pure rendering."""

from collections.abc import Mapping, Sequence

import discord

from bot.actions.debate_reports import ArgumentBoard, MapBoard, MotionBoard, OutcomeBoard, StageBoard
from bot.actions.joint_statement import STAGES as STATEMENT_STAGES
from bot.debate.argument_map import Placed, shared_room
from bot.debate.debate import Argument, CloseReason, Debate, DebateState
from bot.debate.formats import Stage
from bot.debate.judging import Strength
from bot.debate.knowledge import KnowledgeShift, KnowledgeVerdict
from bot.debate.options import SideMode
from bot.debate.participation import Participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Phase, Standing
from bot.debate.swing import FEWEST_PER_ORIGIN, Verdict
from bot.ids import ArgumentId
from bot.insight.bars import tally_bar
from bot.insight.charts.picture import Picture
from bot.views.debate_buttons import AddArgument, AnswerArgument
from bot.views.debate_place import MyPlace
from bot.views.debate_stances import StanceButton
from bot.views.debate_words import CONTENT_NOTE, course_line, how_it_goes, stage_task, stage_title, until_when
from bot.views.evidence import MyEvidence
from bot.views.evidence_cards import card_line
from bot.views.hiding import HIDDEN
from bot.views.judging import CompareReasons
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Button,
    Layout,
    card,
    learner_text,
    plural,
    quoted,
    rows,
    shorten,
    soon,
)
from bot.views.own_arguments import MyArguments, SeeOpenings
from bot.views.provenance import source_line
from bot.views.statements import EditStatement

BANNER = "**Sides are assigned; arguments are not personal views.**"
BANNER_OF_CHOSEN = "**Sides are for this debate; arguments are not personal views.**"
BANNER_WITHOUT_SIDES = "**Arguments are not personal views: each says which way it speaks.**"
SIDES_TELL = (
    "In this debate everybody argues the opposite of what they think, so a side tells something of a view. "
    "Choose “Rather not say” to be given a side by lot."
)

TOTALS_ONLY = "Only totals are shown, and only when enough people voted."
"""A text of its own: in the line below a list it would belong to the last point."""

JUDGED = frozenset(
    {
        Stage.FLOOR,
        Stage.REBUTTAL,
        Stage.CLOSING,
        Stage.SWITCHED,
        Stage.FISHBOWL,
        Stage.STATEMENT,
        Stage.VOTING,
    }
)
"""The stages in which there is something to judge: not while people join, nor while openings are written."""

BEST_CLAIM = 120
BEST_FIGURE = (
    " Each figure is the chance to be found better than the average argument of the same side; the sides are not "
    "compared."
)

MAP_LINES = 24
MAP_CLAIM = 100
MOST_OPEN = 40
MAP_DEPTH = 2
"""Discord indents lists so far."""

SWITCH_BAR = 5
"""Blocks: a longer bar does not fit beside its numbers on a phone, within a list."""

NOTHING_SHOWN = "Where they stood and who moved is not broken down, because that could tell on somebody."
NOT_SHOWN = "not broken down, because that could tell on somebody."


def motion(board: MotionBoard) -> Layout:
    """The message that the debate starts from, with its buttons."""
    debate, claim = board.debate, board.debate.claim
    joined = plural(board.members, "person has", "people have") if board.members else "Nobody has"
    standing = f"{joined} joined · {plural(board.arguments, 'argument')}"
    if debate.state is DebateState.CLOSED:
        cancelled = debate.close_reason is CloseReason.CANCELLED
        return card(
            f"## Motion: {debate.motion}",
            f"This debate was cancelled. {standing}." if cancelled else f"This debate is closed. {standing}.",
            None if cancelled else "-# The outcome is at the end of this thread.",
            colour=QUIET_COLOUR,
        )
    return card(
        f"## Motion: {debate.motion}",
        _banner(debate),
        SIDES_TELL if debate.options.sides is SideMode.OPPOSITE and debate.format.has_sides else None,
        DIVIDER,
        None if claim is None else claim.background,
        DIVIDER,
        how_it_goes(debate),
        TOTALS_ONLY,
        DIVIDER,
        CONTENT_NOTE,
        course_line(debate),
        f"-# {standing}.",
        buttons=rows(_doors(debate)),
        colour=DEBATE_COLOUR,
    )


def stage(board: StageBoard) -> Layout:
    """The message that opens a stage: what people do in it, until when, and the buttons for it."""
    debate, record = board.debate, board.stage
    if record.ended_at is not None:
        return card(f"### {stage_title(debate, record.position)}", "This stage is over.", colour=QUIET_COLOUR)
    return card(
        f"### {stage_title(debate, record.position)}",
        stage_task(debate),
        until_when(debate),
        buttons=rows(_doors(debate)),
        colour=DEBATE_COLOUR,
    )


def _banner(debate: Debate) -> str:
    if not debate.format.has_sides:
        return BANNER_WITHOUT_SIDES
    return BANNER_OF_CHOSEN if debate.options.sides is SideMode.CHOSEN else BANNER


def _doors(debate: Debate) -> list[Button]:
    """The buttons that make sense at the present stage."""
    debate_id = debate.debate_id
    doors: list[Button] = []
    # Where people join first, most have given it when the arguments begin.
    late = debate.has_joining and debate.stage is not Stage.JOINING
    before = StanceButton(
        debate_id,
        Phase.BEFORE.value,
        label="My stance before",
        style=discord.ButtonStyle.secondary if late else None,
    )
    if debate.takes_stance_before and not late:
        doors.append(before)
    if debate.stage.takes_arguments:
        doors.append(AddArgument(debate_id))
    if debate.stage is Stage.STATEMENT:
        doors.append(EditStatement(debate_id, style=discord.ButtonStyle.primary))
    if debate.takes_stance_after:
        doors.append(StanceButton(debate_id, Phase.AFTER.value, label="My stance after"))
    doors.append(MyPlace(debate_id))
    if debate.stage is not Stage.JOINING:
        doors.append(MyArguments(debate_id, 0))
        if debate.claim is not None:
            doors.append(MyEvidence(debate_id, 0))
    if debate.options.hide_openings and debate.stage is Stage.OPENING:
        doors.append(SeeOpenings(debate_id, 0))
    if debate.stage in STATEMENT_STAGES and debate.stage is not Stage.STATEMENT:
        doors.append(EditStatement(debate_id))
    if debate.stage in JUDGED:
        doors.append(CompareReasons(debate_id))
    if debate.takes_stance_before and late:
        doors.append(before)
    return doors


def cases(board: MotionBoard) -> Layout:
    """The case cards: the strongest case on either side, equally long, and what would settle it."""
    claim = board.debate.claim
    if claim is None or board.info is None:
        return card(f"## Motion: {board.debate.motion}", colour=DEBATE_COLOUR)
    questions = "\n".join(f"- {question}" for question in claim.questions)
    return card(
        f"## Two cases on: {claim.motion}",
        "### The case for",
        f"{claim.case_for.text}\n-# Held by: {claim.case_for.holders}",
        "### The case against",
        f"{claim.case_against.text}\n-# Held by: {claim.case_against.holders}",
        f"### What would settle it\n{claim.evidence}",
        f"### To think about\n{questions}",
        source_line(claim, board.info),
        colour=DEBATE_COLOUR,
    )


def argument(board: ArgumentBoard) -> Layout:
    """One argument in its thread.

    The stance afterwards can be given here too: in a long thread the motion's own button is far up.
    """
    given = board.argument
    if not given.stands:
        return card(
            f"### Argument {given.number} · {given.side.words} the motion",
            HIDDEN if given.withdrawn_at is None else "Its author has withdrawn this argument.",
            colour=QUIET_COLOUR,
        )
    answers = None
    if board.parent is not None and given.relation is not None:
        answers = (
            f"{given.relation.words} argument {board.parent.number} ({board.parent.side.words.lower()}): "
            + (
                f"“{learner_text(board.parent.text.claim)}”"
                if board.parent.stands
                else f"{board.parent.absence} since."
            )
        )
    debate_id = board.debate.debate_id
    doors: list[Button] = [AnswerArgument(debate_id, given.number, label=f"Answer argument {given.number}")]
    if board.debate.takes_stance_after:
        after = StanceButton(
            debate_id, Phase.AFTER.value, label="My stance after", style=discord.ButtonStyle.secondary
        )
        doors.append(after)
    changed = "" if given.edited_at is None else f" Changed {soon(given.edited_at)}."
    chosen = board.debate.options.sides is SideMode.CHOSEN
    side = "their side in this debate" if chosen else "the side that was assigned"
    return card(
        f"### Argument {given.number} · {given.side.words} the motion",
        answers,
        DIVIDER,
        f"**Claim**\n{quoted(given.text.claim)}",
        f"**Evidence**\n{quoted(given.text.evidence)}",
        *(card_line(each) for each in board.cards),
        f"**Reasoning**\n{quoted(given.text.reasoning)}",
        f"-# By <@{given.user_id}>, for {side}.{changed}"
        if board.debate.format.has_sides
        else f"-# By <@{given.user_id}>; the argument, not its author, speaks that way.{changed}",
        buttons=[doors],
        colour=DEBATE_COLOUR,
    )


def argument_map(board: MapBoard, drawn: Picture | None) -> Layout:
    """The map of a debate: a picture, the same as text, and the arguments that nobody has answered."""
    shown = shared_room(board.trees, MAP_LINES)
    lines = [_map_line(placed) for side in Side for placed in shown[side]]
    more = sum(len(board.trees[side]) for side in Side) - len(lines)
    open_ones = ", ".join(str(argument.number) for argument in board.unanswered[:MOST_OPEN])
    more_open = len(board.unanswered) - MOST_OPEN
    return card(
        "### Map of the arguments",
        drawn,
        "\n".join(lines) or "No argument stands at the moment.",
        f"-# And {more} more." if more > 0 else None,
        f"**No answer yet:** {open_ones}{f' and {more_open} more' if more_open > 0 else ''}."
        if open_ones
        else None,
        colour=DEBATE_COLOUR,
    )


def _map_line(placed: Placed) -> str:
    argument = placed.argument
    words = learner_text(shorten(argument.text.claim, MAP_CLAIM)) if argument.stands else argument.absence
    how = argument.side.words.lower()
    if argument.relation is not None:
        how = f"{how}, {argument.relation.value} {argument.parent_number}"
    indent = "  " * min(placed.depth, MAP_DEPTH)
    return f"{indent}- **{argument.number}** ({how}): {words}"


def outcome(board: OutcomeBoard) -> Layout:
    """How the debate came out: arguments by side, participation, and what may honestly be said of stances."""
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
        f"**{verdict(board)}**",
        None if board.knowledge is None else knowledge_words(board.knowledge),
        DIVIDER,
        _best_block(board),
        None if board.statement is None else f"### Joint statement\n{quoted(board.statement.text)}",
        "-# Stances are private. What could tell on a single person is not shown.",
        colour=RESULT_COLOUR,
    )


def verdict(board: OutcomeBoard) -> str:
    """What may honestly be said of a shift: that people moved, never that the debate moved them."""
    swing, interval = board.swing, ""
    if swing.figure is not None and swing.interval is not None and board.switches_shown:
        low, high = swing.interval
        interval = f" Persuasion figure {swing.figure:+.2f}, plausibly between {low:+.2f} and {high:+.2f}."
    match swing.verdict:
        case Verdict.TOO_FEW:
            return (
                f"Too few voted twice to speak of a shift: it takes {FEWEST_PER_ORIGIN} people who began for, "
                f"{FEWEST_PER_ORIGIN} against and {FEWEST_PER_ORIGIN} undecided."
            )
        case Verdict.NO_CLEAR_SHIFT:
            return f"No clear shift. That is the usual outcome, and no defeat for anybody.{interval}"
        case Verdict.SHIFT_FOR:
            return f"More moved towards the motion than away from it, beyond what chance explains.{interval}"
        case Verdict.SHIFT_AGAINST:
            return f"More moved away from the motion than towards it, beyond what chance explains.{interval}"


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
        return "Nobody voted both before and after the debate."
    voted = (
        f"{plural(board.voted_before, 'person', 'people')} voted before the debate, {board.voted_after} "
        f"after it, {twice} both times."
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
