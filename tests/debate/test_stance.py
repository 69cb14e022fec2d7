import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debate.stance import FURTHEST, Certainty, Phase, Stance, Standing, nearest_step, value_words


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


@pytest.mark.parametrize(
    ("value", "standing", "words"),
    [
        (3, Standing.FOR, "Strongly for"),
        (2, Standing.FOR, "For"),
        (1, Standing.FOR, "Slightly for"),
        (0, Standing.UNDECIDED, "Undecided"),
        (-1, Standing.AGAINST, "Slightly against"),
        (-2, Standing.AGAINST, "Against"),
        (-3, Standing.AGAINST, "Strongly against"),
    ],
)
def test_each_degree_is_a_standing_and_has_words(value: int, standing: Standing, words: str) -> None:
    stance = Stance.of(value, 50)
    assert (stance.standing, stance.value, stance.certainty) == (standing, value, 50)
    assert value_words(value) == words
    assert stance.describe() == f"{words}, leaning"


def test_to_decline_has_no_degree() -> None:
    assert Stance.of(None) == Stance(Standing.DECLINED)


@pytest.mark.parametrize("value", [FURTHEST + 1, -FURTHEST - 1])
def test_degree_beyond_the_scale_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="-3 to 3"):
        Stance.of(value)


@pytest.mark.parametrize(
    ("standing", "value"), [(Standing.FOR, -1), (Standing.UNDECIDED, 1), (Standing.DECLINED, 0)]
)
def test_degree_that_does_not_go_with_the_standing_is_refused(standing: Standing, value: int) -> None:
    with pytest.raises(ValueError, match="is not"):
        Stance(standing, None, value)


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
