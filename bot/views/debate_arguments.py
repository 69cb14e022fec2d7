"""The messages of arguments in a debate: each of them, and their map. Pure rendering."""

import discord

from bot.actions.debate_reports import ArgumentBoard, MapBoard
from bot.debate.argument_map import map_extract
from bot.debate.debate import DebateState
from bot.debate.options import SideMode
from bot.debate.sides import Side
from bot.debate.stance import Phase
from bot.insight.charts.picture import Picture
from bot.views.debate_buttons import AnswerArgument
from bot.views.debate_stances import StanceButton
from bot.views.evidence_cards import card_lines
from bot.views.hiding import HIDDEN
from bot.views.layout import (
    DEBATE_COLOUR,
    DIVIDER,
    LONGEST_TEXT,
    QUIET_COLOUR,
    Button,
    Layout,
    card,
    learner_text,
    quoted,
    soon,
)
from bot.views.whole_map import WholeMap, map_line

MAP_CLAIM = 100
MOST_OPEN = 40


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
    doors: list[Button] = []
    if board.debate.takes_answers:
        doors.append(AnswerArgument(debate_id, given.number, label=f"Answer argument {given.number}"))
    if board.debate.takes_stance_after and board.debate.state is not DebateState.CLOSED:
        after = StanceButton(
            debate_id, Phase.AFTER.value, label="My stance after", style=discord.ButtonStyle.secondary
        )
        doors.append(after)
    changed = "" if given.edited_at is None else f" Changed {soon(given.edited_at)}."
    chosen = board.debate.options.sides is SideMode.CHOSEN
    side = "their side in this debate" if chosen else "the side that was assigned"
    title = f"### Argument {given.number} · {given.side.words} the motion"
    text = given.text
    claim, evidence = f"**Claim**\n{quoted(text.claim)}", f"**Evidence**\n{quoted(text.evidence)}"
    reasoning = f"**Reasoning**\n{quoted(text.reasoning)}"
    author = (
        f"-# By <@{given.user_id}>, for {side}.{changed}"
        if board.debate.format.has_sides
        else f"-# By <@{given.user_id}>; the argument, not its author, speaks that way.{changed}"
    )
    taken = sum(map(len, (title, answers or "", claim, evidence, reasoning, author)))
    return card(
        title,
        answers,
        DIVIDER,
        claim,
        evidence,
        *card_lines(board.cards, LONGEST_TEXT - taken),
        reasoning,
        author,
        buttons=[doors],
        colour=DEBATE_COLOUR,
    )


def argument_map(board: MapBoard, drawn: Picture | None) -> Layout:
    """The map of a debate: a picture, the same as text, and the arguments that nobody has challenged.

    Where there are too many arguments, both are an extract; the button below has all of them.
    """
    shown = map_extract(board.trees)
    lines = [map_line(placed, MAP_CLAIM) for side in Side for placed in shown[side]]
    more = sum(len(board.trees[side]) for side in Side) - len(lines)
    return card(
        "### Map of the arguments",
        drawn,
        "\n".join(lines) or "No argument stands at the moment.",
        f"-# And {more} more: **Whole map** has all of them." if more else None,
        _unchallenged(board),
        buttons=[[WholeMap(board.debate.debate_id, 0)]] if lines else [],
        colour=DEBATE_COLOUR,
    )


def _unchallenged(board: MapBoard) -> str | None:
    if not (board.unchallenged and board.names_unchallenged):
        return None
    open_ones = ", ".join(str(argument.number) for argument in board.unchallenged[-MOST_OPEN:])
    older = len(board.unchallenged) - MOST_OPEN
    return f"**Not challenged yet:** {open_ones}{f' and {older} older' if older > 0 else ''}."
