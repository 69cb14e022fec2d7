import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.prose import clean_prose, read_optional_prose, read_prose
from bot.errors import Invalid
from tests.written import BLANK, CLEAN, DIRTY


@pytest.mark.parametrize("blank", ["", *BLANK])
def test_what_nobody_can_see_is_empty(blank: str) -> None:
    assert read_optional_prose("comment", blank, 10) == ""
    with pytest.raises(Invalid) as caught:
        read_prose("comment", blank, 10, "Say something.")
    assert (caught.value.what, caught.value.reason, caught.value.remedy) == (
        "comment",
        "it is empty",
        "Say something.",
    )


def test_what_cannot_be_stored_is_left_out_and_lines_are_kept() -> None:
    assert read_prose("comment", DIRTY, 100, "") == clean_prose(DIRTY) == CLEAN


def test_signs_that_join_others_stay_within_a_text() -> None:
    family = "👩\u200d👩\u200d👧"
    assert read_prose("comment", family, 10, "") == family


def test_longest_text_fits_and_one_character_more_is_not_cut() -> None:
    assert read_optional_prose("comment", " " + "é" * 10 + "\n", 10) == "é" * 10
    with pytest.raises(Invalid) as caught:
        read_optional_prose("comment", "é" * 11, 10)
    assert caught.value.reason == "it has 11 characters"


@given(st.text(st.characters(), max_size=100))
def test_any_text_can_be_stored_and_is_read_alike_again(text: str) -> None:
    read = read_optional_prose("comment", text, 100)
    assert read.encode("utf-8").decode("utf-8") == read == read.strip()
    assert read_optional_prose("comment", read, 100) == read
