from hypothesis import given
from hypothesis import strategies as st

from bot.bank.looked_for import MOST_WORDS, content_words, search_words, words_of


def test_words_are_taken_once_as_they_stand_there():
    assert words_of("Scores, scores and SCORES!") == ("Scores", "and")


def test_figures_keep_their_separators():
    assert words_of("19,000 of 1.4 billion, 80% in 2018") == (
        "19,000",
        "of",
        "1.4",
        "billion",
        "80",
        "in",
        "2018",
    )


def test_single_letters_are_no_words_but_digits_and_signs_of_other_scripts_are():
    assert words_of("a I 7 信") == ("7", "信")


def test_accents_and_letters_of_other_scripts_stay():
    assert words_of("Straße, Uyğur, 社会信用") == ("Straße", "Uyğur", "社会信用")


def test_words_without_content_are_left_out():
    assert content_words("I think that this is a bad idea about the survey") == ("idea", "survey")


def test_a_search_for_empty_words_alone_takes_them():
    assert search_words("the which") == ("the", "which")


def test_a_search_of_signs_has_no_words():
    assert search_words("*** ... !!") == ()


@given(st.text(max_size=300))
def test_words_of_any_text_hold_no_signs(text: str):
    found = search_words(text)
    assert len(found) <= MOST_WORDS
    assert all(sign.isalnum() or sign in ".," for word in found for sign in word)
