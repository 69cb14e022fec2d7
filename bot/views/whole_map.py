"""The whole map of a debate as text, for one person, page by page: every argument that has been made."""

from collections.abc import Iterator
from typing import ClassVar

import discord

from bot.actions.debate_reports import MapBoard, whole_map
from bot.debate.argument_map import Placed
from bot.debate.sides import Side
from bot.ids import DebateId
from bot.views.desk import desk_of, guild_of
from bot.views.layout import DEBATE_COLOUR, Layout, card, learner_text, shorten
from bot.views.press import ID, NUMBER, Press, turning
from bot.views.replies import show_privately

PAGE_LINES = 20
PAGE_ROOM = 3_600
"""So many arguments on a page, and so many characters: a page is a message."""

MAP_DEPTH = 2
"""Discord indents lists so far."""


class WholeMap(Press, prefix="dd", parts=(ID, NUMBER)):
    """Shows a page of the whole map, counted from 0."""

    default_label: ClassVar[str] = "Whole map"

    async def pressed(self, interaction: discord.Interaction) -> None:
        board = await desk_of(interaction).read(
            whole_map, guild_id=guild_of(interaction), debate_id=DebateId(self.number(0))
        )
        shown = whole_map_card(board, self.number(1))
        await show_privately(interaction, shown)


def whole_map_card(board: MapBoard, page: int = 0) -> Layout:
    """A page of the whole map; the last one where there is none such."""
    pages = _pages(board)
    page = min(page, len(pages) - 1)
    return card(
        "### Whole map of the arguments",
        *(pages[page] or ["No argument stands at the moment."]),
        f"-# Page {page + 1} of {len(pages)}." if len(pages) > 1 else None,
        "-# Only you can see this.",
        buttons=[turning(WholeMap, board.debate.debate_id, page=page, pages=len(pages))],
        colour=DEBATE_COLOUR,
    )


def map_line(placed: Placed, longest: int | None = None) -> str:
    """An argument on the map: its number, which way it speaks, what it does to which other one, and its claim.

    The claim is shortened where it is longer than ``longest``.
    """
    argument = placed.argument
    claim = argument.text.claim if longest is None else shorten(argument.text.claim, longest)
    words = learner_text(" ".join(claim.split())) if argument.stands else argument.absence
    how = argument.side.words.lower()
    if argument.relation is not None:
        how = f"{how}, {argument.relation.value} {argument.parent_number}"
    indent = "  " * min(placed.depth, MAP_DEPTH)
    return f"{indent}- **{argument.number}** ({how}): {words}"


def _pages(board: MapBoard) -> list[list[str]]:
    """The texts of each page: of each side on it, a heading and its arguments. At least one page."""
    pages: list[list[str]] = [[]]
    lines, length = 0, 0
    headed: Side | None = None
    for side, line in _lines(board):
        if lines == PAGE_LINES or (lines and length + len(line) > PAGE_ROOM):
            pages.append([])
            lines, length, headed = 0, 0, None
        if side is headed:
            pages[-1][-1] += f"\n{line}"
        else:
            pages[-1] += [f"**{side.words} the motion, with the answers**", line]
            headed = side
        lines, length = lines + 1, length + len(line) + 1
    return pages


def _lines(board: MapBoard) -> Iterator[tuple[Side, str]]:
    for side in Side:
        for placed in board.trees[side]:
            open_one = board.names_unchallenged and placed.unchallenged
            yield side, map_line(placed) + (" (not challenged yet)" if open_one else "")
