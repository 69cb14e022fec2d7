"""The public messages that open a debate and its stages: motion, cases, what to do now. Pure rendering."""

import discord

from bot.actions.debate_reports import MotionBoard, StageBoard
from bot.actions.joint_statement import STAGES as STATEMENT_STAGES
from bot.debate.debate import CloseReason, Debate, DebateState
from bot.debate.formats import Stage
from bot.debate.options import SideMode
from bot.debate.stance import Phase
from bot.views.debate_buttons import AddArgument
from bot.views.debate_place import MyPlace
from bot.views.debate_stances import StanceButton
from bot.views.debate_words import (
    CONTENT_NOTE,
    ELSEWHERE,
    SIDES_TELL,
    WAYS_AFTERWARDS,
    course_line,
    how_it_goes,
    rules_here,
    stage_task,
    stage_title,
    until_when,
)
from bot.views.evidence import MyEvidence
from bot.views.judging import CompareReasons
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    QUIET_COLOUR,
    Button,
    Layout,
    card,
    plural,
    rows,
)
from bot.views.own_arguments import MyArguments, SeeOpenings
from bot.views.provenance import source_line
from bot.views.statements import EditStatement

BANNER = "**Sides are assigned; arguments are not personal views.**"
BANNER_OF_CHOSEN = "**Sides are for this debate; arguments are not personal views.**"
BANNER_WITHOUT_SIDES = "**Arguments are not personal views: each says which way it speaks.**"

TOTALS_ONLY = "Of stances only totals are shown, and only when enough people voted."
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
            WAYS_AFTERWARDS,
            colour=QUIET_COLOUR,
        )
    return card(
        f"## Motion: {debate.motion}",
        _banner(debate),
        SIDES_TELL if debate.sides_tell else None,
        DIVIDER,
        None if claim is None else claim.background,
        DIVIDER,
        how_it_goes(debate),
        rules_here(debate),
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
        stage_task(debate, board.speakers),
        until_when(debate),
        buttons=rows(_doors(debate)),
        colour=DEBATE_COLOUR,
    )


def rest(board: StageBoard) -> Layout:
    """Says, where people are, that the debate rests; and afterwards, that it did."""
    if board.debate.state is not DebateState.PAUSED or board.stage.ended_at is not None:
        return card("-# The debate was paused here.", colour=QUIET_COLOUR)
    return card(
        "### The debate is paused",
        f"What you have written and voted is kept. {ELSEWHERE}",
        colour=QUIET_COLOUR,
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
    if debate.hides_arguments:
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
