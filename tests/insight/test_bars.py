import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.bars import BLOCK, bar, percent, tally_bar


@pytest.mark.parametrize(
    ("share", "blocks"), [(0, 0), (0.001, 1), (0.24, 2), (0.25, 3), (0.5, 5), (0.96, 9), (0.999, 9), (1, 10)]
)
def test_bar_is_as_long_as_the_share(share: float, blocks: int) -> None:
    assert bar(share) == BLOCK * blocks


@given(st.floats(0, 1), st.floats(0, 1), st.integers(2, 40))
def test_larger_share_never_has_the_shorter_bar(one: float, other: float, width: int) -> None:
    small, large = sorted((one, other))
    assert len(bar(small, width)) <= len(bar(large, width)) <= width
    assert (bar(one, width) == "") is (one == 0)
    assert (len(bar(one, width)) == width) is (one == 1)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), float("inf")])
def test_what_is_no_share_has_no_bar(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        bar(share)


def test_bar_too_narrow_to_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="width"):
        bar(0.5, 1)


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (7, 12, "7 of 12, 58% ██████"),
        (3, 4, "3 of 4 ████████"),
        (0, 12, "0 of 12, 0%"),
        (12, 12, "12 of 12, 100% ██████████"),
        (0, 0, "0 of 0"),
    ],
)
def test_numbers_come_before_the_bar(count: int, of: int, words: str) -> None:
    assert tally_bar(count, of) == words


def test_percent_is_at_hand_with_the_bars() -> None:
    assert percent(1, 4) == "25%"
