import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.argument import (
    LONGEST_CLAIM,
    LONGEST_EVIDENCE,
    LONGEST_REASONING,
    ArgumentText,
    Relation,
    card_numbers,
    default_relation,
    number_typed,
    read_argument,
    with_card,
)
from bot.debate.sides import Side
from bot.errors import Invalid

GOOD = {"claim": "Pilots differ.", "evidence": "Forty cities, forty rules.", "reasoning": "So no one score."}


def test_parts_are_trimmed_and_lines_kept() -> None:
    text = read_argument("  Pilots differ.\n", "One.\r\nTwo.", "\tSo no one score. ")
    assert text == ArgumentText("Pilots differ.", "One.\nTwo.", "So no one score.")


@pytest.mark.parametrize("part", ["claim", "evidence", "reasoning"])
@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u200b\u200d", "\x00", "\u3164", "\ud800"])
def test_no_part_may_be_empty(part: str, blank: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_argument(**(GOOD | {part: blank}))
    assert caught.value.what == part
    assert caught.value.reason == "it is empty"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("part", "longest"),
    [("claim", LONGEST_CLAIM), ("evidence", LONGEST_EVIDENCE), ("reasoning", LONGEST_REASONING)],
)
def test_longest_part_fits_and_one_character_more_does_not(part: str, longest: int) -> None:
    assert getattr(read_argument(**(GOOD | {part: " " + "é" * longest + " "})), part) == "é" * longest
    with pytest.raises(Invalid) as caught:
        read_argument(**(GOOD | {part: "é" * (longest + 1)}))
    assert (caught.value.what, caught.value.reason) == (part, f"it has {longest + 1} characters")
    assert str(longest) in caught.value.remedy


@given(st.text(st.characters(), max_size=400))
def test_any_text_is_refused_or_can_be_stored(text: str) -> None:
    try:
        read = read_argument(text, "evidence", "reasoning")
    except Invalid:
        return
    assert read.claim.encode("utf-8").decode("utf-8") == read.claim
    assert read.claim == read.claim.strip() != ""
    assert "\x00" not in read.claim
    assert read_argument(read.claim, "evidence", "reasoning") == read


@pytest.mark.parametrize("text", ["信用", "😀", "1", "e\u0301"])
def test_any_script_is_an_argument(text: str) -> None:
    assert read_argument(text, text, text) == ArgumentText(text, text, text)


def test_own_side_is_supported_and_the_other_attacked() -> None:
    assert default_relation(Side.FOR, Side.FOR) is Relation.SUPPORTS
    assert default_relation(Side.AGAINST, Side.AGAINST) is Relation.SUPPORTS
    assert default_relation(Side.FOR, Side.AGAINST) is Relation.ATTACKS
    assert default_relation(Side.AGAINST, Side.FOR) is Relation.ATTACKS


@pytest.mark.parametrize(
    ("evidence", "numbers"),
    [
        ("Card 12", (12,)),
        ("card 12: the survey.", (12,)),
        ("See this:\n- Card #7 and\n  CARD 8, too", (7, 8)),
        ("Card 3.\nCard 3 again.\nCard 1", (3, 1)),
        ("An identity card 12 is not one, nor Cards 4, nor card twelve.", ()),
        ("Card 1234567890", ()),
        ("Cardinal 5", ()),
        ("", ()),
    ],
)
def test_cards_are_named_at_the_beginning_of_a_line(evidence: str, numbers: tuple[int, ...]) -> None:
    assert card_numbers(evidence) == numbers


@pytest.mark.parametrize(
    ("evidence", "after"),
    [
        ("", "Card 5: "),
        ("A survey.\n", "A survey.\nCard 5: "),
        ("Card 5: it says so.", "Card 5: it says so."),
    ],
)
def test_card_is_named_once_on_a_line_of_its_own(evidence: str, after: str) -> None:
    assert with_card(evidence, 5) == after
    assert card_numbers(after) == (5,)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4", "4"),
        (" #4 ", "4"),
        ("argument 12", "12"),
        ("Argument No. 4", "4"),
        ("No.4", "4"),
        ("no 4", "4"),
        ("none", "none"),
        ("number one", "one"),
        ("4 or 5", "4 or 5"),
        ("#", ""),
        ("", ""),
    ],
)
def test_words_before_a_number_are_left_out(typed: str, number: str) -> None:
    assert number_typed(typed) == number
