"""The pictures: what they say in words, and that nothing in them overlaps, is cut off, or upsets the drawing."""

import gc
import io
import subprocess
import sys
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.insight.certainty import calibration
from bot.insight.charts.calibration_chart import calibration_picture
from bot.insight.charts.class_chart import HEAD, class_picture
from bot.insight.charts.face import MISSING, face
from bot.insight.charts.picture import LONGEST_ALT, Picture, first_that_fits
from bot.insight.charts.sheet import GROUND, NARROW, WIDE, Sheet
from bot.insight.charts.shift_chart import Shift, shift_picture
from bot.insight.run_summary import QuestionResult, RunSummary, summarise_run
from bot.quiz.certainty import Certainty

GUESS, FAIRLY, CERTAIN = Certainty
HOSTILE = "Cost in $2014$? 社会信用 \\frac{1}{0} $\\unknown$ 🦄\u202e\x00 @everyone _a_ ^b^ " + "long " * 60


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    """matplotlib warns of characters that it cannot draw, and of much else."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def result(
    number: int, right: int, answers: int, partly: int = 0, prompt: str | None = None
) -> QuestionResult:
    return QuestionResult(number, prompt or f"What is asked in {number}?", right, answers, partly)


def summary(*questions: QuestionResult) -> RunSummary:
    return summarise_run(questions, max(each.answers for each in questions))


def pixels(picture: Picture) -> Image.Image:
    """The picture as a reader of PNG files sees it; fails if it is none."""
    opened = Image.open(io.BytesIO(picture.png))
    opened.load()
    assert opened.format == "PNG"
    return opened.convert("RGB")


def is_empty(
    image: Image.Image, left: float, top: float, right: float, bottom: float, *, width: float = NARROW
) -> bool:
    """Whether nothing is drawn in a part of a picture that is so many units wide."""
    scale = image.width / width
    part = image.crop(tuple(round(each * scale) for each in (left, top, right, bottom)))
    ground = tuple(int(GROUND[at : at + 2], 16) for at in (1, 3, 5))
    return part.getcolors() == [(part.width * part.height, ground)]


# Pictures in general


@pytest.mark.parametrize("name", ["a b.png", "../a.png", "a.jpg", "", "Ä.png"])
def test_name_must_be_one_that_a_message_can_refer_to(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Picture(name, b"", "Words")


@pytest.mark.parametrize("alt", ["", "x" * (LONGEST_ALT + 1)])
def test_picture_has_words_and_not_too_many(alt: str) -> None:
    with pytest.raises(ValueError, match="words of a picture"):
        Picture("a.png", b"", alt)


def test_words_are_the_longest_version_that_fits() -> None:
    assert first_that_fits([["a" * 2_000], ["b", "c"], ["d"]], "more") == "b c"
    cut = first_that_fits([[f"{n} is a sentence." for n in range(200)]], "There is more.")
    assert len(cut) <= LONGEST_ALT
    assert cut.startswith("0 is a sentence. 1 is")
    assert cut.endswith(". There is more.")


def test_text_is_cut_to_its_room_and_says_so() -> None:
    sheet = Sheet(100)
    short = sheet.shortened(HOSTILE, 25, 300)
    assert short.startswith("Cost in $2014$?")
    assert short.endswith("…")
    assert sheet.width_of(short, 25) <= 300
    assert sheet.shortened("fits", 25, 300) == "fits"


def test_width_is_that_of_the_drawn_text() -> None:
    sheet = Sheet(70)
    words = "How many people lived there in $2014$?"
    sheet.text(10, 35, words, 25)
    image = pixels(Picture("a.png", sheet.png(), "Words"))
    width = sheet.width_of(words, 25)
    assert not is_empty(image, 0.95 * width, 0, 10 + width, 70), "it is not much narrower"
    assert is_empty(image, 12 + width, 0, NARROW, 70), "nor wider"


def test_characters_that_the_typeface_lacks_become_boxes_and_a_row_of_boxes_nothing() -> None:
    assert face(bold=False).legible("a\n b\t🦄") == f"a b {MISSING}"
    assert Sheet(100).shortened("社会信用体系建设", 25, 300) == ""


def test_finished_picture_leaves_nothing_behind() -> None:
    """Each would leave some 10 MB of pixels, and the bot looks for rubbish seldom."""
    from matplotlib.figure import Figure

    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(each, Figure) for each in gc.get_objects())
        for _ in range(3):
            class_picture(summary(result(1, 7, 12)), "Results")
        assert sum(isinstance(each, Figure) for each in gc.get_objects()) == before
    finally:
        gc.enable()


def test_a_bot_that_draws_nothing_does_not_load_matplotlib() -> None:
    program = "import sys, bot.app, bot.cli; sys.exit('matplotlib' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# The class


def test_class_in_words() -> None:
    picture = class_picture(
        summary(result(1, 7, 12, partly=2), result(2, 0, 0), result(4, 10, 10)), "Results"
    )
    assert picture.alt == (
        "Bars of 3 questions: 12 people, 17 of 22 answers right, 77%, 2 partly right. "
        "1 “What is asked in 1?”: 7 right, 2 partly right, 3 not right. "
        "2 “What is asked in 2?”: nobody answered. 4 “What is asked in 4?”: 10 right."
    )
    assert picture.name == "class.png"
    image = pixels(picture)
    assert image.width == 1_200


def test_words_name_every_question_of_a_long_quiz() -> None:
    every = [result(n, 888, 2_000, 555) for n in range(1, 51)]
    alt = class_picture(summary(*every), "Results").alt
    assert len(alt) <= LONGEST_ALT
    for n in range(1, 51):
        assert f" {n}: 888/555/557;" in alt


@pytest.mark.parametrize("answers", [1, 30, 1_000])
@pytest.mark.parametrize("count", [10, 25, 26, 50])
def test_nothing_overlaps(count: int, answers: int) -> None:
    """Between the rows, between the columns and at the edges there is nothing."""
    every = [
        result(n, n * 7 % (answers + 1), answers, n % 2 if n * 7 % (answers + 1) < answers else 0)
        for n in range(1, count + 1)
    ]
    image = pixels(class_picture(summary(*every), "R" * 100))
    width = NARROW if count <= 25 else WIDE
    height = image.height * width / image.width
    assert is_empty(image, 0, 0, 12, height, width=width)
    assert is_empty(image, width - 12, 0, width, height, width=width)
    if count > 25:
        assert is_empty(image, width / 2 - 10, HEAD, width / 2 + 10, height, width=width)
    if count > 10:
        for line in range(1, count if count <= 25 else (count + 1) // 2):
            bottom = HEAD + line * 46
            assert is_empty(image, 0, bottom - 5, width, bottom - 1, width=width)


def test_picture_of_a_few_questions_is_no_taller_than_it_needs_to_be() -> None:
    few, many = (
        pixels(class_picture(summary(*[result(n, 1, 2) for n in range(1, of + 1)]), "R")) for of in (3, 50)
    )
    assert few.height < many.height <= 2 * many.width


def test_no_question_is_no_picture() -> None:
    with pytest.raises(ValueError, match="no question"):
        class_picture(summarise_run([], 0), "Results")
    with pytest.raises(ValueError, match="no option"):
        shift_picture("Why?", [])


# How sure


def marked(certainty: Certainty, right: int, of: int) -> list[tuple[Certainty, float]]:
    return [(certainty, 1.0)] * right + [(certainty, 0.0)] * (of - right)


def test_calibration_in_words() -> None:
    profile = calibration(marked(GUESS, 2, 3) + marked(CERTAIN, 17, 24))
    assert calibration_picture(profile).alt == (
        "Chart: how sure, against how often right. Guess: 2 of 3 right; this step earns most at 0% to 67%. "
        "Fairly sure: no answers; this step earns most at 67% to 80%. "
        "Certain: 17 of 24 right, 71% (51% to 85% is plausible); this step earns most at 80% to 100%."
    )


@pytest.mark.parametrize("right", [0, 1, 30])
def test_calibration_stays_on_its_sheet(right: int) -> None:
    every = [pair for certainty in Certainty for pair in marked(certainty, right, 30)]
    image = pixels(calibration_picture(calibration(every), "T" * 90))
    assert is_empty(image, NARROW - 8, 0, NARROW, 800)
    assert is_empty(image, 0, 0, 8, 800)


def test_empty_calibration_is_drawn_too() -> None:
    assert "Certain: no answers" in calibration_picture(calibration([])).alt


# Two votes


def test_two_votes_in_words() -> None:
    shifts = [Shift("A · 2007", 3, 0, right=False), Shift("B · 2014", 9, 12, right=True)]
    picture = shift_picture("In what year?", shifts)
    assert picture.alt == (
        "Two votes on “In what year?”, the first and then the second. A · 2007: 3, then 0. "
        "B · 2014 (the right answer): 9, then 12."
    )
    pixels(picture)


def test_right_answer_is_not_given_away_before_it_is_to_be_seen() -> None:
    hidden = shift_picture("In what year?", [Shift("A", 1, 2), Shift("B", 2, 1)])
    assert "right" not in hidden.alt
    shown = shift_picture("In what year?", [Shift("A", 1, 2, right=True), Shift("B", 2, 1, right=False)])
    assert hidden.png != shown.png


def test_many_long_options_keep_to_the_longest_words_of_a_picture() -> None:
    picture = shift_picture(HOSTILE, [Shift(f"{n} {HOSTILE}", n, 9_999, n == 3) for n in range(25)])
    assert len(picture.alt) <= LONGEST_ALT
    image = pixels(picture)
    assert is_empty(image, NARROW - 12, 0, NARROW, image.height * NARROW / image.width)


# Hostile texts


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.just(HOSTILE))
def test_any_text_can_be_drawn(text: str) -> None:
    for picture in (
        class_picture(summary(result(1, 1, 3, prompt=text)), text),
        shift_picture(text, [Shift(text, 1, 0, right=True)]),
        calibration_picture(calibration(marked(CERTAIN, 1, 6)), text),
    ):
        assert 1 <= len(picture.alt) <= LONGEST_ALT
        assert picture.png.startswith(b"\x89PNG")
