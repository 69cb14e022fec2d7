"""Teams, boards and extra time as messages: they fit, whatever stands in them, and say all in words."""

import dataclasses

import pytest

from bot.actions.joining import Allowance, Joined, Participant
from bot.actions.quiz_reports import MyResult, RunBoard, SummaryBoard
from bot.actions.standings import OwnStanding, Ranking
from bot.bank import limits
from bot.bank.grade import Outcome
from bot.ids import UserId
from bot.insight.run_summary import question_result, summarise_run
from bot.insight.standing import Score, TeamScore, standing
from bot.quiz.accommodation import LARGEST_FACTOR, LONGEST_WAIT, Accommodation
from bot.quiz.aliases import ADJECTIVES, BIRDS, Appearance
from bot.quiz.options import RunOptions
from bot.quiz.run import EndReason, RunState
from bot.quiz.teams import Team, TeamChoice
from bot.views import live
from bot.views.accommodations import everybody_with_extra_time, was_set
from bot.views.joining import allowance_words, join_reply
from bot.views.live_buttons import own_result
from tests.discord.layouts import BIG, INFO, buttons_of, long, refusals, texts_of
from tests.discord.test_layouts import STATEMENT, asked, given, run

LONGEST_ALIAS = f"{max(ADJECTIVES, key=len)} {max(BIRDS, key=len)} 1000"
EVERYTHING = RunOptions(teams=6, team_choice=TeamChoice.CHOSEN, speed_points=True, board=True)
PEOPLE = [UserId(BIG + number) for number in range(12)]
SOMEBODY = Participant(0, Team.YELLOW, LONGEST_ALIAS, Appearance.ALIAS)


def ranking(points: list[int], appearance: Appearance = Appearance.ALIAS) -> Ranking:
    scores = [Score(person, 50, 50, 50, each) for person, each in zip(PEOPLE, points, strict=False)]
    people = {person: dataclasses.replace(SOMEBODY, showing=appearance) for person in PEOPLE}
    return Ranking(standing(scores, 50), people)


ALL_DIFFERENT = ranking([50_000 - 100 * number for number in range(12)])


def summary(count: int, board: Ranking | None, *, shown: bool = True) -> str:
    results = [question_result(n + 1, long(limits.PROMPT), [Outcome.RIGHT] * 1_000) for n in range(count)]
    teams = tuple(TeamScore(team, 1_000, 49_999, 50_000, shown) for team in Team)
    ended = run(state=RunState.ENDED, end_reason=EndReason.FINISHED, options=EVERYTHING)
    layout = live.summary(SummaryBoard(ended, summarise_run(results, 1_000), teams, board))
    assert refusals(layout) == []
    return texts_of(layout)


@pytest.mark.parametrize("count", [1, 10, 50])
@pytest.mark.parametrize("appearance", list(Appearance))
def test_summary_with_everything_fits_and_nothing_falls_off(count: int, appearance: Appearance) -> None:
    said = summary(count, ranking([50_000 - 100 * number for number in range(12)], appearance))
    for number in range(1, count + 1):
        assert f"\n{number}. " in said
    assert "Yellow: 49999 of 50000 answers right" in said
    assert "Place 5: " in said
    assert "Place 6" not in said
    assert said.count(LONGEST_ALIAS) == (5 if appearance is Appearance.ALIAS else 0)
    assert said.count("<@92") == (5 if appearance is Appearance.NAME else 0)


def test_crowd_is_counted_and_not_named() -> None:
    said = summary(1, ranking([50_000, *[40_000] * 11]))
    assert "Place 2: shared by 11 people, each 800 points a question" in said
    assert said.count(LONGEST_ALIAS) == 1


def test_withheld_teams_are_named_without_figures() -> None:
    said = summary(1, None, shown=False)
    assert "Not shown: Blue, Green, Orange, Purple, Silver, Yellow." in said
    assert "49999" not in said
    assert "advantage" not in said


@pytest.mark.parametrize("state", list(RunState))
@pytest.mark.parametrize("choice", list(TeamChoice))
def test_lobby_with_everything_fits(state: RunState, choice: TeamChoice) -> None:
    options = EVERYTHING.model_copy(update={"team_choice": choice})
    sizes = dict.fromkeys(Team, 1_000)
    for position in (-1, 0):
        shown = run(state=state, end_reason=EndReason.STOPPED, options=options, position=position)
        assert refusals(live.lobby(RunBoard(shown, INFO, 6_000, sizes))) == []


@pytest.mark.parametrize("count", [1, 50])
def test_own_result_with_everything_fits(count: int) -> None:
    best = ALL_DIFFERENT.standing.places[0]
    own = OwnStanding(dataclasses.replace(SOMEBODY, joined_position=2), 50_000, best, 12)
    rounds = tuple(
        (asked(STATEMENT, position=place), given(STATEMENT, Outcome.WRONG)) for place in range(count)
    )
    layout = own_result(MyResult(run(state=RunState.ENDED, options=EVERYTHING), rounds, 0, own=own))
    assert refusals(layout) == []
    said = texts_of(layout)
    assert "Your place: **1 of 12**." in said
    assert f"\n{count}. " in said
    assert [button["label"] for button in buttons_of(layout)][1:] == ["Show my server name", "Hide me"]


def test_reply_to_join_fits() -> None:
    allowance = Allowance(LONGEST_WAIT, LONGEST_WAIT, untimed=True)
    for state, position in ((RunState.LOBBY, -1), (RunState.ASKING, 3)):
        joined = Joined(run(state=state, position=position, options=EVERYTHING), SOMEBODY, True, allowance)
        assert refusals(join_reply(joined)) == []


def test_extra_time_is_said_in_words() -> None:
    half_more = Allowance(LONGEST_WAIT * 1.5, LONGEST_WAIT, untimed=False)
    assert allowance_words(half_more).startswith("Your time: 15 minutes (class: 10 minutes).")
    untimed = Allowance(LONGEST_WAIT, LONGEST_WAIT / 8, untimed=True)
    assert allowance_words(untimed).startswith("Your time: no limit (class: 1 minute 15 seconds).")


@pytest.mark.parametrize("count", [0, 1, 61, 1_000])
def test_list_of_extra_time_fits(count: int) -> None:
    found = [(UserId(BIG + number), Accommodation(LARGEST_FACTOR)) for number in range(count)]
    layout = everybody_with_extra_time(found)
    assert refusals(layout) == []
    assert (f"…and {count - 60} more" in texts_of(layout)) == (count > 60)


@pytest.mark.parametrize("accommodation", [Accommodation(1.25), Accommodation(untimed=True)])
def test_confirmation_of_extra_time_fits(accommodation: Accommodation) -> None:
    assert refusals(was_set(UserId(BIG), accommodation)) == []
