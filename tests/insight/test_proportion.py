import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.proportion import percent, plausible_range, tally, wilson

SHARES = st.integers(0, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_against_published_numbers(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(SHARES)
def test_wilson_interval_holds_the_share_and_mirrors(share: tuple[int, int]) -> None:
    count, of = share
    low, high = wilson(count, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low <= count / of <= high
        assert wilson(of - count, of) == (pytest.approx(1 - high), pytest.approx(1 - low))


def test_nothing_is_known_of_nobody() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (7, 12, "58%"),
        (1, 8, "13%"),
        (0, 9, "0%"),
        (9, 9, "100%"),
        (1, 1000, "under 1%"),
        (999, 1000, "over 99%"),
        (1, 200, "1%"),
        (0, 0, "no answers"),
    ],
)
def test_percent_rounds_halves_up_and_never_to_nobody_or_everybody(count: int, of: int, words: str) -> None:
    assert percent(count, of) == words


@given(SHARES)
def test_only_nobody_is_0_and_only_everybody_is_100_percent(share: tuple[int, int]) -> None:
    count, of = share
    if of:
        assert (percent(count, of) == "0%") is (count == 0)
        assert (percent(count, of) == "100%") is (count == of)


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [(3, 4, "3 of 4"), (0, 0, "0 of 0"), (3, 5, "3 of 5, 60%"), (7, 12, "7 of 12, 58%")],
)
def test_under_five_there_is_no_percentage(count: int, of: int, words: str) -> None:
    assert tally(count, of) == words


def test_range_is_told_where_it_is_needed() -> None:
    assert plausible_range(3, 4) is None
    assert plausible_range(7, 12) == "32% to 81%"
    assert plausible_range(5, 5) == "57% to 100%"
    assert plausible_range(11, 19) is not None
    assert plausible_range(12, 20) is None


@pytest.mark.parametrize(("count", "of"), [(-1, 4), (5, 4), (1, 0)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    for told in (wilson, percent, tally):
        with pytest.raises(ValueError, match="not a share"):
            told(count, of)
