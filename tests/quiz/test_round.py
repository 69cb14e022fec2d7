import pytest

from bot.bank.response import Picked
from bot.ids import GuildId, RevisionId, RoundId, RunId
from bot.quiz.run import Round, RoundState, RunMode
from tests.classroom import choice, numeric


def shown(order: tuple[int, ...]) -> Round:
    return Round(
        round_id=RoundId(1),
        run_id=RunId(1),
        guild_id=GuildId(1),
        mode=RunMode.LIVE,
        position=0,
        revision_id=RevisionId(1),
        item=choice("river") if order else numeric("towns"),
        option_order=order,
        state=RoundState.OPEN,
        opened_at=None,
        closes_at=None,
    )


def test_pressed_place_is_read_as_the_option_that_stood_there() -> None:
    asked = shown((2, 0, 1))
    assert asked.shown_options() == ("Also wrong", "Right", "Wrong")
    assert [asked.picked(slot) for slot in range(3)] == [Picked(2), Picked(0), Picked(1)]


@pytest.mark.parametrize("slot", [-1, 3, 99])
def test_place_without_an_option_is_refused(slot: int) -> None:
    with pytest.raises(IndexError):
        shown((2, 0, 1)).picked(slot)


def test_typed_question_has_no_places() -> None:
    asked = shown(())
    assert asked.shown_options() == ()
    with pytest.raises(IndexError):
        asked.picked(0)
