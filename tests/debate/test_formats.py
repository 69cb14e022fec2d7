from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.debate.formats import FLOOR_SHARE, STAGES, Format, Planned, Stage, timetable
from bot.debate.options import (
    NO_DEBATE_OPTIONS,
    DebateOptions,
    SideMode,
    debate_options_from_text,
    debate_options_to_text,
)

MINUTE = timedelta(minutes=1)


def test_stored_words_never_change() -> None:
    assert [each.value for each in Format] == ["open", "oxford", "switch", "fishbowl"]
    assert [each.value for each in Stage] == [
        "joining", "floor", "opening", "rebuttal", "closing", "switched", "fishbowl", "statement", "voting",
    ]  # fmt: skip
    assert [each.value for each in SideMode] == ["balanced", "random", "chosen", "opposite"]


def test_each_format_goes_through_its_stages() -> None:
    assert {each: [planned.stage.value for planned in timetable(each, None)] for each in Format} == {
        Format.OPEN: ["floor", "voting"],
        Format.OXFORD: ["joining", "opening", "rebuttal", "closing", "voting"],
        Format.SWITCH: ["joining", "opening", "switched", "statement", "voting"],
        Format.FISHBOWL: ["joining", "fishbowl", "fishbowl", "fishbowl", "voting"],
    }


@pytest.mark.parametrize("format", Format)
def test_each_format_asks_for_stances_and_takes_arguments_between(format: Format) -> None:
    stages = STAGES[format]
    assert stages[-1] is Stage.VOTING
    assert any(stage.takes_arguments for stage in stages)
    assert (stages[0] is Stage.JOINING) == format.has_sides, "sides are given when joining ends"
    assert not any(stage is Stage.JOINING for stage in stages[1:]), "nobody is given a side twice"
    assert set(stages) <= FLOOR_SHARE.keys()


def test_only_what_people_say_to_one_another_answers() -> None:
    taking = {stage for stage in Stage if stage.takes_arguments}
    assert set(Stage) - taking == {Stage.JOINING, Stage.STATEMENT, Stage.VOTING}
    assert taking - {stage for stage in Stage if stage.takes_answers} == {Stage.OPENING}


def test_main_stages_last_as_long_as_was_asked_for_and_the_others_half() -> None:
    planned = timetable(Format.OXFORD, timedelta(minutes=10))
    assert [each.length for each in planned] == [minutes * MINUTE for minutes in (5, 10, 10, 5, 5)]
    assert [each.length for each in timetable(Format.OPEN, timedelta(days=7))] == [
        timedelta(days=7),
        timedelta(days=3.5),
    ]
    assert timetable(Format.OPEN, None) == (Planned(Stage.FLOOR), Planned(Stage.VOTING))


@given(st.sampled_from(Format), st.integers(1, 43_200))
def test_no_stage_is_shorter_than_a_minute_nor_anything_but_whole_minutes(
    format: Format, minutes: int
) -> None:
    for each in timetable(format, minutes * MINUTE):
        assert each.length is not None
        assert each.length >= MINUTE
        assert each.length % MINUTE == timedelta(0)
        assert each.length <= minutes * MINUTE


# Options


@given(
    st.builds(
        DebateOptions,
        sides=st.sampled_from(SideMode),
        gate=st.integers(0, 5),
        hide_openings=st.booleans(),
        steelman=st.booleans(),
        quota=st.integers(0, 20),
        slowmode=st.integers(0, 21_600),
        caucus=st.booleans(),
    )
)
def test_options_come_back_as_they_were_stored(options: DebateOptions) -> None:
    assert debate_options_from_text(debate_options_to_text(options)) == options


def test_defaults_are_not_stored() -> None:
    assert debate_options_to_text(NO_DEBATE_OPTIONS) == "{}"
    assert debate_options_from_text("{}") == NO_DEBATE_OPTIONS


@pytest.mark.parametrize("stored", ['{"gate":6}', '{"quota":21}', '{"slowmode":-1}', '{"mood":"good"}', "[]"])
def test_options_that_cannot_be_are_refused(stored: str) -> None:
    with pytest.raises(ValidationError):
        debate_options_from_text(stored)
