import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.stance import Certainty, Phase, Stance, Standing, nearest_step


def test_stored_words_never_change() -> None:
    assert [phase.value for phase in Phase] == ["before", "after"]
    assert {standing.value for standing in Standing} == {"for", "against", "undecided", "declined"}


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        (Stance(Standing.FOR, 75), "For, fairly sure"),
        (Stance(Standing.AGAINST, 25), "Against, a guess"),
        (Stance(Standing.UNDECIDED, 50), "Undecided, leaning"),
        (Stance(Standing.FOR, 100), "For, certain"),
        (Stance(Standing.UNDECIDED), "Undecided"),
        (Stance(Standing.DECLINED), "Rather not say"),
    ],
)
def test_stance_reads_as_a_person_would_say_it(stance: Stance, words: str) -> None:
    assert stance.describe() == words


@pytest.mark.parametrize("certainty", [-1, 101])
def test_certainty_outside_the_scale_is_refused(certainty: int) -> None:
    with pytest.raises(ValueError, match="0-100"):
        Stance(Standing.FOR, certainty)


def test_to_decline_takes_no_certainty() -> None:
    with pytest.raises(ValueError, match="declines"):
        Stance(Standing.DECLINED, 50)


@given(st.integers(0, 100))
def test_each_certainty_is_read_as_a_nearest_step(certainty: int) -> None:
    step = nearest_step(certainty)
    assert abs(step - certainty) == min(abs(other - certainty) for other in Certainty)


def test_certainty_between_two_steps_is_not_made_surer() -> None:
    assert nearest_step(63) is Certainty.FAIRLY_SURE
    assert nearest_step(62) is Certainty.LEANING
    assert nearest_step(0) is Certainty.GUESS
