"""How near a typed text must be to an accepted answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.spelling import allowance, compare, plain


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The  Sesame Credit!", "sesame credit"),
        ("an apple", "Apple"),
        ("Róngchéng", "rongcheng"),
        ("ＲＯＮＧＣＨＥＮＧ", "rongcheng"),
        ("people's bank", "peoples bank"),
        ("people’s bank", "People's Bank"),
        ("trust-breaking", "trust breaking"),
        ("research & development", "Research and Development"),
        ("STRASSE", "straße"),
        ("\u200bcredit", "credit"),
        ("“credit”", "credit"),
        ("F.I.C.O.", "fico"),
        ("G C H Q", "GCHQ"),
        ("the U.K. agency", "uk agency"),
    ],
)
def test_what_does_not_count_is_ignored(text: str, same: str):
    assert plain(text) == plain(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("C++", "C"),
        ("C#", "C"),
        ("vitamin a", "vitamin"),
        ("कि", "क"),
        ("type I", "type II"),
        ("?!", "!?"),
        ("plan a b", "plan ab"),
        ("v. 2", "v2"),
    ],
)
def test_what_counts_is_kept(text: str, other: str):
    assert plain(text) != plain(other)


@pytest.mark.parametrize(
    ("answer", "edits"),
    [
        ("dog", 0),
        ("bank", 0),
        ("score", 1),
        ("Rongchen", 1),
        ("Rongcheng", 2),
        ("Sesame Credit", 2),
        ("type II error", 0),
        ("type ii error", 0),
        ("Covid 19", 0),
        ("version two2", 0),
        ("not a score", 0),
        ("no single system", 0),
        ("信用", 0),
    ],
)
def test_allowance_by_what_a_slip_could_change(answer: str, edits: int):
    assert allowance(answer) == edits


@pytest.mark.parametrize(
    ("answer", "typed", "within", "near"),
    [
        ("Rongcheng", "rongcheng", True, False),
        ("Rongcheng", "rongchen", True, False),
        ("Rongcheng", "Rogncheng", True, False),
        ("Rongcheng", "rongcehgn", True, False),
        ("Rongcheng", "rong", False, False),
        ("Rongcheng", "ronche", False, True),
        ("score", "scroe", True, False),
        ("score", "scare", True, False),
        ("score", "stare", False, True),
        ("bank", "banc", False, True),
        ("bank", "tuna", False, False),
        ("type II error", "type I error", False, True),
        ("type II error", "type 2 error", False, False),
        ("reliable", "unreliable", False, False),
        ("unverified", "verified", False, False),
        ("centralised", "decentralised", False, False),
        ("a score", "no score", False, False),
        ("not a score", "a score", False, False),
        ("Sesame Credit", "Sesame Credit 2", False, False),
        ("Rongcheng", "", False, False),
        ("typical score", "atypical score", False, False),
        ("trade and affairs", "trade nd affairs", True, False),
        ("trade and affairs", "trade and ffairs", True, False),
        ("Alibaba Group", "Alibab aGroup", True, False),
    ],
)
def test_slips_are_forgiven_and_opposites_are_not(answer: str, typed: str, within: bool, near: bool):
    match = compare(answer, plain(typed))
    assert (match.within, match.near) == (within, near)


@given(st.text(min_size=1, max_size=100))
def test_a_text_equals_itself_however_strange(text: str):
    assert compare(text, plain(text)).within
