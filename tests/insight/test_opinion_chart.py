"""The picture of the opinion map: its words, that nobody leaves the frame, and that shapes tell groups apart, too."""

import io

import pytest
from PIL import Image

from bot.insight.charts.opinion_chart import FRAME, MARGIN, MARKS, SIDE, TOP, letter_of, opinion_picture
from bot.insight.charts.picture import LONGEST_ALT, Picture
from bot.insight.charts.sheet import GROUND, NARROW
from bot.insight.opinion_map import Group, OpinionMap

LEFT = tuple((-3 + 0.1 * at, 0.2 * at) for at in range(7))
RIGHT = tuple((3.0, 0.1 * at) for at in range(5))


def group(points: tuple[tuple[float, float], ...]) -> Group:
    return Group(len(points), (1,), (2,), points)


def found(*groups: Group, left_out: int = 0) -> OpinionMap:
    counted = left_out + sum(each.size for each in groups)
    return OpinionMap(counted, groups, left_out, (0,), 0, 99)


def pixels(picture: Picture) -> Image.Image:
    opened = Image.open(io.BytesIO(picture.png))
    opened.load()
    return opened.convert("RGB")


def is_empty(image: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    scale = image.width / NARROW
    part = image.crop(tuple(round(each * scale) for each in (left, top, right, bottom)))
    ground = tuple(int(GROUND[at : at + 2], 16) for at in (1, 3, 5))
    return part.getcolors() == [(part.width * part.height, ground)]


def test_map_in_words() -> None:
    picture = opinion_picture(found(group(LEFT), group(RIGHT), left_out=3), "Opinion map")
    assert picture.alt == (
        "Map of 12 people: those who answered alike stand close together. Group A, 7 people, at the left. "
        "Group B, 5 people, at the right. Not on it: 3 in smaller groups."
    )
    assert (picture.name, pixels(picture).width) == ("opinion-map.png", 1_200)


def test_words_say_where_a_group_stands_up_and_down_too() -> None:
    corners = [((-1.0, 1.0),) * 5, ((1.0, -1.0),) * 5, ((0.0, 0.0),) * 5]
    alt = opinion_picture(found(*map(group, corners)), "Map").alt
    assert "Group A, 5 people, at the top left. Group B, 5 people, at the bottom right." in alt
    assert "Group C, 5 people, in the middle." in alt


@pytest.mark.parametrize("spread", [1e-12, 1, 1e6])
def test_everybody_stands_within_the_frame(spread: float) -> None:
    points = tuple((spread * at, -spread * at * at) for at in range(9))
    image = pixels(opinion_picture(found(group(points), group(((0.0, 0.0),) * 5)), "Map " * 60))
    inner = FRAME - 14
    for left, top, right, bottom in (
        (MARGIN + 3, TOP + 3, MARGIN + inner, TOP + SIDE - 3),
        (MARGIN + SIDE - inner, TOP + 3, MARGIN + SIDE - 3, TOP + SIDE - 3),
        (MARGIN + 3, TOP + 3, MARGIN + SIDE - 3, TOP + inner),
        (0, 0, MARGIN - 4, image.height * NARROW / image.width),
        (NARROW - MARGIN + 4, 0, NARROW, image.height * NARROW / image.width),
    ):
        assert is_empty(image, left, top, right, bottom), (left, top, right, bottom)


def test_each_of_five_groups_has_a_shape_a_colour_and_a_letter_of_its_own() -> None:
    assert len({mark for mark, _ in MARKS}) == len({colour for _, colour in MARKS}) == 5
    assert [letter_of(place) for place in range(5)] == list("ABCDE")
    groups = [group(tuple((float(place), float(at)) for at in range(6))) for place in range(5)]
    picture = opinion_picture(found(*groups), "Map")
    assert len(picture.alt) <= LONGEST_ALT
    drawn = {colour for _, colour in pixels(picture).getcolors(1 << 24) or []}
    for _, colour in MARKS:
        assert tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) in drawn


def test_people_in_one_place_are_drawn_too() -> None:
    picture = opinion_picture(found(group(((0.0, 0.0),) * 9), group(((0.0, 0.0),) * 5)), "Map")
    assert "in the middle" in picture.alt
