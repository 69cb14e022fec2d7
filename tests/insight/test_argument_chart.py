"""The picture of the map: what it says in words, and that any text and any depth can be drawn."""

import io
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PIL import Image

from bot.debate.argument import ArgumentText, Relation
from bot.debate.argument_map import MAP_ROOM, Trees, argument_tree
from bot.debate.debate import Argument
from bot.debate.sides import Side
from bot.ids import ArgumentId, DebateId, UserId
from bot.insight.charts.argument_chart import argument_picture
from bot.insight.charts.face import MISSING, face
from bot.insight.charts.picture import LONGEST_ALT

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
F, A = Side.FOR, Side.AGAINST
HOSTILE = "Cost in $2014$? 社会信用 \\frac{1}{0} 🦄\u202e @everyone _a_ ^b^ " + "long " * 50
MOTION = "Scores should be public."


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    """matplotlib warns of characters that it cannot draw, and of much else."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def argued(
    number: int,
    side: Side,
    answers: int | None = None,
    *,
    claim: str | None = None,
    relation: Relation = Relation.ATTACKS,
    withdrawn: bool = False,
) -> Argument:
    return Argument(
        argument_id=ArgumentId(number),
        debate_id=DebateId(1),
        number=number,
        user_id=UserId(7),
        side=side,
        text=ArgumentText(claim or f"Point {number}", "A survey.", "It shows so."),
        parent_number=answers,
        relation=None if answers is None else relation,
        at=MONDAY,
        withdrawn_at=MONDAY if withdrawn else None,
    )


def trees(*arguments: Argument) -> Trees:
    return {side: argument_tree(arguments, side) for side in Side}


def size_of(png: bytes) -> tuple[int, int]:
    opened = Image.open(io.BytesIO(png))
    opened.load()
    assert opened.format == "PNG"
    return opened.size


def test_words_say_all_that_is_drawn() -> None:
    drawn = argument_picture(
        MOTION,
        trees(
            argued(1, F, withdrawn=True),
            argued(2, A, 1, relation=Relation.UNDERCUTS),
            argued(3, A),
            argued(4, F, 3),
            argued(5, A, 3, relation=Relation.SUPPORTS),
        ),
    )
    assert drawn.alt == (
        "Map of the arguments: 1 for, 3 against the motion. Not challenged yet: 2, 4. 1 (for): withdrawn. "
        "3 (against): Point 3. 2 (against) undercuts 1: Point 2. 4 (for) attacks 3: Point 4. "
        "5 (against) supports 3: Point 5."
    )


def test_nothing_is_called_unchallenged_while_nobody_can_challenge_it() -> None:
    openings = trees(argued(1, F), argued(2, A))
    early, later = (argument_picture(MOTION, openings, names_unchallenged=named) for named in (False, True))
    assert (
        early.alt
        == "Map of the arguments: 1 for, 1 against the motion. 1 (for): Point 1. 2 (against): Point 2."
    )
    assert "Not challenged yet: 1, 2." in later.alt
    assert early.png != later.png, "neither in its key nor beside an argument"


def test_debate_of_hundreds_has_both_sides_in_its_picture_and_its_words() -> None:
    many = [
        argued(number, (F, A)[number > 200], claim="So it is and so it has always been")
        for number in range(1, 401)
    ]
    drawn = argument_picture(MOTION, trees(*many))
    assert drawn.alt.startswith("Map of the arguments: 200 for, 200 against the motion.")
    assert ("390 (against)" in drawn.alt, "190 (for)" in drawn.alt) == (True, True)
    assert drawn.alt.endswith("The text below has others.")
    assert len(drawn.alt) <= LONGEST_ALT
    full = argument_picture(MOTION, trees(*many[: MAP_ROOM // 2], *many[200 : 200 + MAP_ROOM // 2]))
    assert size_of(drawn.png) == size_of(full.png), "it is no higher than its most rows"


def test_depth_has_an_end() -> None:
    thread = [argued(1, F), *(argued(number, (F, A)[number % 2], number - 1) for number in range(2, 26))]
    flat = [argued(number, F) for number in range(1, 26)]
    assert size_of(argument_picture(MOTION, trees(*thread)).png) == size_of(
        argument_picture(MOTION, trees(*flat)).png
    )


@pytest.mark.parametrize("side", Side)
def test_any_text_can_be_drawn_on_either_side_alone(side: Side) -> None:
    drawn = argument_picture(
        HOSTILE, trees(argued(1, side, claim=HOSTILE), argued(2, side, 1, claim="社会信用体系"))
    )
    width, height = size_of(drawn.png)
    assert (width, height > 0) == (1_200, True)
    assert "Cost in $2014$?" in drawn.alt


def test_signs_are_in_the_typeface() -> None:
    assert MISSING not in face(bold=False).legible("+ supports ✗ attacks ? undercuts · not challenged yet …")


def test_nothing_to_draw_is_said_so() -> None:
    with pytest.raises(ValueError, match="no argument"):
        argument_picture(MOTION, trees())
    with pytest.raises(ValueError, match="no argument"):
        argument_picture(MOTION, trees(argued(1, F, withdrawn=True)))
