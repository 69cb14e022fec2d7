"""What people read of their own side, by the way in which sides are given. Rendered from plain values."""

from dataclasses import replace

import pytest

from bot.actions.debate_joining import Place
from bot.actions.leaving import Leaving, Traces
from bot.debate.debate import Debate, Debater, DebateState
from bot.debate.formats import Format, Stage, timetable
from bot.debate.options import DebateOptions, SideMode
from bot.debate.sides import Reason, Side
from bot.debate.timetable import begin, go_on
from bot.ids import ChannelId, DebateId, GuildId, LearnerId, UserId
from bot.views.debate_place import leaving_card, place_card, side_words
from tests.discord.layouts import NOW, buttons_of, texts_of

JOINING = Debate(
    debate_id=DebateId(1),
    guild_id=GuildId(1),
    revision_id=None,
    claim=None,
    motion="Lists should be public.",
    channel_id=ChannelId(1),
    thread_id=ChannelId(1),
    opened_by=UserId(1),
    state=DebateState.OPEN,
    format=Format.OXFORD,
    course=begin(timetable(Format.OXFORD, None), NOW),
    options=DebateOptions(),
    seed=1,
    opened_at=NOW,
    closed_at=None,
    close_reason=None,
)
ME = Debater(
    learner_id=LearnerId(1),
    user_id=UserId(2),
    side=None,
    reason=None,
    wish=None,
    joined_at=NOW,
    left_at=None,
    gate_run_id=None,
    gate_done=False,
    speaks_in=None,
    named=False,
)


def place(
    mode: SideMode, reason: Reason | None = None, *, late: bool = False, wish: Side | None = None
) -> Place:
    """Somebody's place, with a side for that reason or without one yet."""
    debate = replace(JOINING, options=DebateOptions(sides=mode))
    if late or reason is not None:
        begun = go_on(debate.course, NOW)
        assert begun is not None
        debate = replace(debate, course=begun)
    side = None if reason is None else Side.FOR
    return Place(debate, replace(ME, side=side, reason=reason, wish=wish), argues=side)


@pytest.mark.parametrize("mode", [SideMode.BALANCED, SideMode.RANDOM])
def test_assigned_side_is_no_view(mode: SideMode) -> None:
    assert side_words(place(mode, Reason.SMALLER_SIDE)) == (
        "You argue **for** the motion (this side had fewer people). Sides are assigned; nobody takes yours for your "
        "own view."
    )


def test_chosen_side_is_not_called_assigned() -> None:
    assert side_words(place(SideMode.CHOSEN, Reason.CHOSEN)) == (
        "You argue **for** the motion (you chose it). Sides are for this debate; arguments are not personal views."
    )


@pytest.mark.parametrize(("reason", "why"), [(Reason.OPPOSITE, "here, people argue"), (Reason.LOT, "by lot")])
def test_side_opposite_to_a_view_is_said_to_tell_of_it(reason: Reason, why: str) -> None:
    said = side_words(place(SideMode.OPPOSITE, reason))
    assert why in said
    assert "A side tells something of a view here, unless it was drawn by lot" in said
    assert "nobody takes yours" not in said


@pytest.mark.parametrize("late", [False, True])
def test_who_may_choose_is_asked_and_has_the_buttons(late: bool) -> None:
    shown = place(SideMode.CHOSEN, late=late)
    said = side_words(shown)
    assert ("Sides are given when joining ends." in said) != late
    assert "you would like to argue" in said
    assert ("If you argue before you say so, you get the one with fewer." in said) == late
    labels = [button["label"] for button in buttons_of(place_card(shown))]
    assert labels[:2] == ["I would argue for", "I would argue against"]


def test_wish_is_told_again_while_people_join() -> None:
    assert side_words(place(SideMode.CHOSEN, wish=Side.AGAINST)) == (
        "You have joined. Sides are given when joining ends. You would like to argue **against**."
    )


@pytest.mark.parametrize("mode", [each for each in SideMode if each is not SideMode.CHOSEN])
def test_nobody_else_is_asked_which_side_they_would_choose(mode: SideMode) -> None:
    shown = place(mode)
    assert shown.debate.stage is Stage.JOINING
    assert side_words(shown) == "You have joined. Sides are given when joining ends."
    assert not any(button["label"].startswith("I would") for button in buttons_of(place_card(shown)))


@pytest.mark.parametrize("late", [False, True])
def test_wish_is_told_before_the_questions_are_tried(late: bool) -> None:
    for wish, told in (
        (None, " Say which side you would like to argue, too."),
        (Side.AGAINST, " You would like to argue **against**."),
    ):
        shown = place(SideMode.CHOSEN, late=late, wish=wish)
        gated = replace(shown.debate, options=DebateOptions(sides=SideMode.CHOSEN, gate=2))
        assert side_words(replace(shown, debate=gated)) == (
            "You have joined. Before you are given a side, try 2 questions on the topic: trying is enough, and you see "
            f"what the bank knows.{told}"
        )


def in_a_fishbowl(position: int, speaks_in: int, *, listens: bool) -> str:
    course = replace(JOINING.course, timetable=timetable(Format.FISHBOWL, None), position=position)
    debate = replace(JOINING, format=Format.FISHBOWL, course=course)
    me = replace(ME, side=Side.FOR, reason=Reason.LOT, speaks_in=speaks_in)
    return side_words(Place(debate, me, argues=Side.FOR, listens=listens)).partition("own view.")[2]


def test_everybody_is_told_which_round_is_theirs() -> None:
    assert in_a_fishbowl(1, 2, listens=True) == (
        " **You argue in round 2 of 3**; in this round you listen and judge."
    )
    assert in_a_fishbowl(2, 2, listens=False) == " In this round **you argue**: yours is round 2 of 3."
    assert in_a_fishbowl(3, 2, listens=True) == (
        " You argued in round 2 of 3; in this round you listen and judge."
    )
    assert in_a_fishbowl(4, 2, listens=False) == ""


def test_in_a_round_that_is_nobodys_everybody_may_argue() -> None:
    for position, when in ((1, "is"), (3, "was")):
        assert in_a_fishbowl(position, 2, listens=False) == (
            f" This round is nobody’s own, so **you may argue** in it; yours {when} round 2 of 3."
        )


@pytest.mark.parametrize("state", DebateState)
def test_stance_after_is_not_given_yet_only_while_it_can_be_given(state: DebateState) -> None:
    shown = replace(place(SideMode.BALANCED), debate=replace(JOINING, state=state))
    closed = state is DebateState.CLOSED
    assert f"After: **{'not given' if closed else 'not given yet'}**." in texts_of(place_card(shown))


def test_whether_a_transcript_may_name_one_stands_in_words() -> None:
    shown = place(SideMode.BALANCED)
    assert "A transcript does not name you." in texts_of(place_card(shown))
    named = replace(shown, me=replace(ME, named=True))
    assert "A transcript may name you." in texts_of(place_card(named))


@pytest.mark.parametrize("has_statement", [False, True])
def test_statement_stays_where_there_is_one(has_statement: bool) -> None:
    traces = Traces(1, 0, 0, 0, 0, 0, 0)
    said = texts_of(leaving_card(Leaving(JOINING, traces, has_statement=has_statement)))
    assert ("The joint statement stays, as it is everybody’s." in said) == has_statement
