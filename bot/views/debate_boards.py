"""The public messages of a debate: motion, cases, arguments, outcome. Pure rendering."""

from collections.abc import Mapping

import discord

from bot.actions.debate_reports import ArgumentBoard, MotionBoard, OutcomeBoard
from bot.debate.argument import Relation
from bot.debate.debate import DebateState
from bot.debate.participation import Participation
from bot.debate.sides import Side
from bot.debate.stance import VOTES, Phase, Standing
from bot.debate.swing import FEWEST_PER_ORIGIN, Verdict
from bot.insight.bars import tally_bar
from bot.views.debate_buttons import AddArgument, AnswerArgument, MyPlace, StanceButton
from bot.views.evidence import MyEvidence
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    QUIET_COLOUR,
    RESULT_COLOUR,
    Layout,
    card,
    learner_text,
    plural,
    quoted,
)
from bot.views.provenance import source_line

BANNER = "**Sides are assigned; arguments are not personal views.**"

HOW_IT_GOES = """**How it goes**
1. Say privately where you stand now. You are then given a side to argue.
2. Add arguments for your side, and answer those of others.
3. Say privately where you stand afterwards."""

TOTALS_ONLY = "Only totals are shown, and only when enough people voted."
"""A text of its own: in the line below a list it would belong to the last point."""

CONTENT_NOTE = (
    "-# This debate is about a question on which serious people disagree. Taking part is free: you can read "
    "along, choose “Rather not say”, or leave at any time, and nobody will hold it against you."
)

SWITCH_BAR = 5
"""Blocks: a longer bar does not fit beside its numbers on a phone, within a list."""

NOT_SHOWN = "not broken down, because that could tell on somebody."


def motion(board: MotionBoard) -> Layout:
    """The message that the debate starts from, with its buttons."""
    claim, debate = board.debate.claim, board.debate
    joined = plural(board.members, "person has", "people have") if board.members else "Nobody has"
    standing = f"{joined} joined · {plural(board.arguments, 'argument')}"
    if debate.state is DebateState.CLOSED:
        return card(
            f"## Motion: {claim.motion}",
            f"This debate is closed. {standing}.",
            "-# The outcome is at the end of this thread.",
            colour=QUIET_COLOUR,
        )
    return card(
        f"## Motion: {claim.motion}",
        BANNER,
        DIVIDER,
        claim.background,
        DIVIDER,
        HOW_IT_GOES,
        TOTALS_ONLY,
        DIVIDER,
        CONTENT_NOTE,
        f"-# {standing}.",
        buttons=[
            [
                StanceButton(debate.debate_id, Phase.BEFORE.value, label="My stance before"),
                AddArgument(debate.debate_id),
                StanceButton(debate.debate_id, Phase.AFTER.value, label="My stance after"),
                MyPlace(debate.debate_id),
                MyEvidence(debate.debate_id, 0),
            ]
        ],
        colour=DEBATE_COLOUR,
    )


def cases(board: MotionBoard) -> Layout:
    """The case cards: the strongest case on either side, equally long, and what would settle it."""
    claim = board.debate.claim
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
    answers = None
    if board.parent is not None and given.relation is not None:
        verb = "Supports" if given.relation is Relation.SUPPORTS else "Attacks"
        answers = (
            f"{verb} argument {board.parent.number} ({board.parent.side.words.lower()}): "
            f"“{learner_text(board.parent.text.claim)}”"
        )
    debate_id = board.debate.debate_id
    answer = AnswerArgument(debate_id, given.number, label=f"Answer argument {given.number}")
    after = StanceButton(
        debate_id, Phase.AFTER.value, label="My stance after", style=discord.ButtonStyle.secondary
    )
    return card(
        f"### Argument {given.number} · {given.side.words} the motion",
        answers,
        DIVIDER,
        f"**Claim**\n{quoted(given.text.claim)}",
        f"**Evidence**\n{quoted(given.text.evidence)}",
        f"**Reasoning**\n{quoted(given.text.reasoning)}",
        f"-# By <@{given.user_id}>, for the side that was assigned.",
        buttons=[[answer, after]],
        colour=DEBATE_COLOUR,
    )


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
        f"Motion: **{board.debate.claim.motion}**",
        DIVIDER,
        f"### Taking part\n{_taking_part(board.participation)}",
        chat,
        DIVIDER,
        f"### Stances\n{_totals(board)}",
        *_switches(board),
        DIVIDER,
        f"**{verdict(board)}**",
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
        f"{figures.replies_across} of them across the sides."
    )


def _totals(board: OutcomeBoard) -> str:
    twice = board.swing.matrix.voters
    return "\n".join(
        (
            f"{plural(board.voted_before, 'person', 'people')} voted before the debate, {board.voted_after} "
            f"after it, {twice} both times.",
            f"Those who voted both times, before: {_standings(board.before)}",
            f"The same people, after: {_standings(board.after)}",
        )
        if twice
        else ("Nobody voted both before and after the debate.",)
    )


def _standings(counts: Mapping[Standing, int] | None) -> str:
    if counts is None:
        return NOT_SHOWN
    return ", ".join(f"{counts[standing]} {standing.words.lower()}" for standing in VOTES) + "."


def _switches(board: OutcomeBoard) -> list[str]:
    """Where those who began at each vote ended, a text each; or why that is not shown."""
    matrix = board.swing.matrix
    if not matrix.voters:
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
