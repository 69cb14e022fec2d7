"""Joining a live quiz, by the button or by an answer: once each, into a team, under an alias."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from bot.actions.answering import Answered, answer_round
from bot.actions.hosting import close_now, pause_run, start_run, stop_run
from bot.actions.joining import Joined, join_run, show_as
from bot.actions.open_live import check_live
from bot.actions.quiz_reports import my_result, run_board, summary_board
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import RunId, UserId
from bot.quiz.aliases import Appearance
from bot.quiz.options import RunOptions
from bot.quiz.pacing import PAUSE_LIMIT
from bot.quiz.run import Round
from bot.quiz.teams import Team, TeamChoice
from bot.store.boards import BoardKind
from bot.store.participants import Record, count_participants, records_of, team_sizes
from bot.store.writer import Store
from tests.classroom import (
    ANNA,
    BEN,
    CEM,
    CHANNEL,
    GUILD,
    MIXED,
    OTHER_GUILD,
    Classroom,
    plan,
    right_answer,
    wrong_answer,
)

TWO_TEAMS = RunOptions(teams=2)
CHOSEN = RunOptions(teams=3, team_choice=TeamChoice.CHOSEN)
EVERYTHING = RunOptions(teams=2, speed_points=True, board=True)


def lobby(room: Classroom, options: RunOptions = TWO_TEAMS, **more: int) -> RunId:
    return room.open_live(asked_for=plan(questions=more.get("questions", 3), options=options))


def records(room: Classroom, run_id: RunId) -> dict[UserId, Record]:
    return {record.user_id: record for record in records_of(room.db, run_id)}


def revision(room: Classroom, kind: BoardKind, subject_id: int) -> object:
    ((number,),) = room.rows(
        "SELECT revision FROM board WHERE kind = :kind AND subject_id = :subject_id",
        kind=kind.value,
        subject_id=subject_id,
    )
    return number


# The button


def test_joining_in_the_lobby_counts_from_the_first_question(room: Classroom) -> None:
    run_id = lobby(room)
    joined = room.join(run_id, ANNA)
    assert joined.new
    assert joined.participant.joined_position == 0
    assert joined.allowance is None
    board = run_board(room.db, run_id=run_id)
    assert board is not None
    assert board.joined == 1
    assert sum(board.teams.values()) == 1


def test_joining_twice_is_joining_once(room: Classroom) -> None:
    run_id = lobby(room)
    first, second = room.join(run_id, ANNA), room.join(run_id, ANNA)
    assert (first.new, second.new) == (True, False)
    assert first.participant == second.participant
    assert count_participants(room.db, run_id) == 1


def test_lobby_shows_each_who_joins(room: Classroom) -> None:
    run_id = lobby(room)
    before = revision(room, BoardKind.RUN, run_id)
    room.join(run_id, ANNA)
    assert revision(room, BoardKind.RUN, run_id) != before


def test_nobody_joins_a_quiz_that_is_over(room: Classroom) -> None:
    run_id = lobby(room)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    before = room.contents()
    with pytest.raises(WrongState):
        room.join(run_id, ANNA)
    assert room.contents() == before


def test_nobody_joins_from_another_server(room: Classroom) -> None:
    run_id = lobby(room)
    before = room.contents()
    with pytest.raises(NotFound):
        room.join(run_id, ANNA, guild_id=OTHER_GUILD)
    assert room.contents() == before


def test_same_person_in_two_servers_is_two(room: Classroom) -> None:
    here = lobby(room)
    there = room.open_live(guild_id=OTHER_GUILD, channel_id=CHANNEL + 50, asked_for=plan(options=TWO_TEAMS))  # type: ignore[arg-type]
    room.join(here, ANNA)
    room.join(there, ANNA, guild_id=OTHER_GUILD)
    assert count_participants(room.db, here) == count_participants(room.db, there) == 1
    assert room.rows("SELECT COUNT(DISTINCT learner_id) FROM participant") == [(2,)]


def test_participants_are_there_after_a_restart(room: Classroom) -> None:
    run_id = lobby(room, EVERYTHING)
    joined = room.join(run_id, ANNA)
    room.reopen()
    again = room.join(run_id, ANNA)
    assert (again.new, again.participant) == (False, joined.participant)


# Late


def test_joining_while_a_question_is_open_counts_from_that_question(room: Classroom) -> None:
    run_id = lobby(room)
    room.start(run_id)
    room.run_out(run_id)
    room.go_on(run_id)
    assert room.join(run_id, ANNA).participant.joined_position == 1


def test_joining_while_a_result_is_shown_counts_from_the_next_question(room: Classroom) -> None:
    run_id = lobby(room)
    asked = room.start(run_id)
    room.answer(asked, BEN, 0)
    room.run_out(run_id)
    assert room.join(run_id, ANNA).participant.joined_position == 1


def test_joining_when_time_is_up_counts_from_the_next_question(room: Classroom) -> None:
    run_id = lobby(room)
    room.start(run_id)
    room.later(20.5)
    assert room.join(run_id, ANNA).participant.joined_position == 1


def test_joining_in_a_pause_counts_from_the_question_that_is_held(room: Classroom) -> None:
    run_id = lobby(room)
    room.start(run_id)
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.later(5))
    assert room.join(run_id, ANNA).participant.joined_position == 0


def test_first_answer_joins(room: Classroom) -> None:
    run_id = lobby(room)
    room.start(run_id)
    room.run_out(run_id)
    asked = room.go_on(run_id)
    answered = room.answer(asked, ANNA, right_answer(asked))
    again = room.answer(asked, ANNA, wrong_answer(asked))
    assert answered.team is not None
    assert again.team is None, "it is told once"
    assert records(room, run_id)[ANNA].participant.joined_position == 1


def test_answer_that_is_refused_joins_nobody(room: Classroom) -> None:
    run_id = lobby(room)
    asked = room.start(run_id)
    before = room.contents()
    with pytest.raises(NotFound):
        room.answer(asked, ANNA, 17)
    assert room.contents() == before
    assert count_participants(room.db, run_id) == 0


def test_nothing_before_joining_counts_against_anybody(room: Classroom) -> None:
    run_id = lobby(room, questions=4)
    asked = room.start(run_id)
    for _ in range(2):
        room.answer(asked, BEN, wrong_answer(asked))
        room.run_out(run_id)
        asked = room.go_on(run_id)
    for last in (False, True):
        room.answer(asked, ANNA, right_answer(asked))
        room.answer(asked, BEN, wrong_answer(asked))
        room.run_out(run_id)
        asked = asked if last else room.go_on(run_id)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert mine.own is not None
    assert mine.own.participant.joined_position == 2
    assert [each.position for each, _ in mine.rounds] == [2, 3]
    assert (mine.right, mine.missed) == (2, 0)
    ben = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=BEN)
    assert len(ben.rounds) == 4


def test_who_took_no_part_finds_every_question(room: Classroom) -> None:
    run_id = lobby(room)
    asked = room.start(run_id)
    room.answer(asked, BEN, 0)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=ANNA)
    assert mine.own is None
    assert len(mine.rounds) == 1


# Teams


def test_balanced_teams_fill_up_evenly(room: Classroom) -> None:
    run_id = lobby(room)
    for number in range(7):
        room.join(run_id, UserId(100 + number))
    assert sorted(team_sizes(room.db, run_id).values()) == [3, 4]


def test_team_is_chosen_and_changed_until_the_quiz_begins(room: Classroom) -> None:
    run_id = lobby(room, CHOSEN)
    assert room.join(run_id, ANNA, Team.GREEN).participant.team is Team.GREEN
    assert room.join(run_id, ANNA, Team.ORANGE).participant.team is Team.ORANGE
    assert team_sizes(room.db, run_id) == {Team.ORANGE: 1}
    room.start(run_id)
    with pytest.raises(WrongState) as over:
        room.join(run_id, ANNA, Team.BLUE)
    assert over.value.what == "choice of teams"
    assert room.join(run_id, ANNA, Team.ORANGE).participant.team is Team.ORANGE, "that changes nothing"


def test_press_on_a_teams_old_button_brings_a_late_joiner_into_the_smallest(room: Classroom) -> None:
    run_id = lobby(room, CHOSEN)
    room.join(run_id, ANNA, Team.BLUE)
    room.join(run_id, BEN, Team.GREEN)
    room.start(run_id)
    assert room.join(run_id, CEM, Team.BLUE).participant.team is Team.ORANGE


def test_who_never_chose_comes_into_the_smallest_with_the_first_answer(room: Classroom) -> None:
    run_id = lobby(room, CHOSEN)
    room.join(run_id, ANNA, Team.BLUE)
    room.join(run_id, BEN, Team.GREEN)
    assert room.join(run_id, CEM).participant.team is None
    asked = room.start(run_id)
    assert room.answer(asked, CEM, 0).team is Team.ORANGE
    assert records(room, run_id)[CEM].participant.team is Team.ORANGE
    assert room.answer(asked, ANNA, 0).team is None, "who has a team is told nothing"


@pytest.mark.parametrize(
    ("options", "team"), [(CHOSEN, Team.PURPLE), (TWO_TEAMS, Team.BLUE), (RunOptions(), Team.BLUE)]
)
def test_no_other_team_can_be_chosen(room: Classroom, options: RunOptions, team: Team) -> None:
    run_id = lobby(room, options)
    with pytest.raises(NotFound):
        room.join(run_id, ANNA, team)
    assert count_participants(room.db, run_id) == 0


def test_quiz_without_teams_gives_none(room: Classroom) -> None:
    run_id = lobby(room, RunOptions())
    assert room.join(run_id, ANNA).participant.team is None
    asked = room.start(run_id)
    assert room.answer(asked, BEN, 0).team is None


@pytest.mark.parametrize("options", [RunOptions(teams=1), RunOptions(team_choice=TeamChoice.CHOSEN)])
def test_one_team_and_a_choice_of_none_are_refused(room: Classroom, options: RunOptions) -> None:
    with pytest.raises(Invalid):
        check_live(room.db, guild_id=GUILD, channel_id=CHANNEL, plan=plan(options=options))


# The board's aliases


def test_alias_is_given_only_where_there_is_a_board(room: Classroom) -> None:
    assert room.join(lobby(room), ANNA).participant.alias is None


def test_appearance_can_be_changed_at_any_time(room: Classroom) -> None:
    run_id = lobby(room, EVERYTHING)
    room.join(run_id, ANNA)
    for appearance in (Appearance.HIDDEN, Appearance.NAME, Appearance.ALIAS, Appearance.ALIAS):
        shown = room.do(show_as, guild_id=GUILD, run_id=run_id, user_id=ANNA, showing=appearance)
        assert shown.showing is appearance
    room.start(run_id)
    room.do(stop_run, guild_id=GUILD, run_id=run_id, at=room.now)
    before = revision(room, BoardKind.SUMMARY, run_id)
    room.do(show_as, guild_id=GUILD, run_id=run_id, user_id=ANNA, showing=Appearance.HIDDEN)
    assert revision(room, BoardKind.SUMMARY, run_id) != before, "the public board is shown anew"
    assert records(room, run_id)[ANNA].participant.showing is Appearance.HIDDEN


@pytest.mark.parametrize(("options", "user_id"), [(EVERYTHING, BEN), (TWO_TEAMS, ANNA)])
def test_nobody_else_has_an_appearance(room: Classroom, options: RunOptions, user_id: UserId) -> None:
    run_id = lobby(room, options)
    room.join(run_id, ANNA)
    with pytest.raises(NotFound):
        room.do(show_as, guild_id=GUILD, run_id=run_id, user_id=user_id, showing=Appearance.NAME)


def test_appearance_of_another_server_is_not_changed(room: Classroom) -> None:
    run_id = lobby(room, EVERYTHING)
    room.join(run_id, ANNA)
    with pytest.raises(NotFound):
        room.do(show_as, guild_id=OTHER_GUILD, run_id=run_id, user_id=ANNA, showing=Appearance.NAME)
    assert records(room, run_id)[ANNA].participant.showing is Appearance.ALIAS


# A lecture hall

HALL = 300


def hall(room: Classroom, run_id: RunId, asked: Round, *, right: int) -> None:
    for number in range(HALL):
        answer = right_answer(asked) if number < right else wrong_answer(asked)
        room.answer(asked, UserId(10_000 + number), answer)
    room.do(close_now, guild_id=GUILD, run_id=run_id, at=room.now)


def test_three_hundred_join_by_answering(room: Classroom) -> None:
    run_id = lobby(room, EVERYTHING, questions=2)
    asked = room.start(run_id)
    hall(room, run_id, asked, right=200)
    hall(room, run_id, room.go_on(run_id), right=3)
    people = records(room, run_id)
    assert len(people) == HALL
    assert len({record.participant.alias for record in people.values()}) == HALL
    assert Counter(record.participant.team for record in people.values()) == {Team.BLUE: 150, Team.GREEN: 150}
    assert Counter(record.right for record in people.values()) == {2: 3, 1: 197, 0: 100}
    board = summary_board(room.db, run_id=run_id)
    assert board is not None
    assert board.ranking is not None
    assert board.ranking.standing.of == HALL
    assert sum(score.members for score in board.teams) == HALL
    assert sum(score.answers for score in board.teams) == 2 * HALL
    assert sum(score.right for score in board.teams) == 203
    mine = my_result(room.db, guild_id=GUILD, run_id=run_id, user_id=UserId(10_000))
    assert mine.own is not None
    assert mine.own.placed == HALL


def test_everybody_at_once_joins_once(tmp_path: Path) -> None:
    """Presses of Join and first answers of the same people race each other through the one writer."""
    room = Classroom(tmp_path / "class.db", MIXED)
    run_id = lobby(room, EVERYTHING)
    asked = room.start(run_id)
    clicks = [room.click() for _ in range(60)]
    now = room.now
    room.close()
    store = Store.open(tmp_path / "class.db")

    async def race() -> list[Joined | Answered]:
        presses = [
            store.run(join_run, guild_id=GUILD, run_id=run_id, user_id=UserId(1 + number % 30), at=now)
            for number in range(60)
        ]
        answers = [
            store.run(
                answer_round,
                guild_id=GUILD,
                round_id=asked.round_id,
                user_id=UserId(1 + number % 30),
                answer=0,
                interaction_id=click,
                at=now,
            )
            for number, click in enumerate(clicks)
        ]
        mixed = [each for pair in zip(presses, answers, strict=True) for each in pair]
        return list(await asyncio.gather(*mixed))

    try:
        done = asyncio.run(race())
    finally:
        store.close()
    room = Classroom(tmp_path / "class.db")
    try:
        assert sum(isinstance(each, Joined) and each.new for each in done) == 30
        assert count_participants(room.db, run_id) == 30
        assert set(team_sizes(room.db, run_id).values()) == {15}
        assert room.rows("SELECT COUNT(DISTINCT alias) FROM participant") == [(30,)]
    finally:
        room.close()


def test_pause_so_long_is_known_by_when_the_run_is_due(room: Classroom) -> None:
    """What the time to think after a pause is worked out from."""
    run_id = lobby(room)
    room.start(run_id)
    room.do(pause_run, guild_id=GUILD, run_id=run_id, at=room.later(5))
    assert room.run(run_id).due_at == room.now + PAUSE_LIMIT


def test_start_shows_a_lobby_that_can_still_be_joined(room: Classroom) -> None:
    run_id = lobby(room)
    room.do(start_run, guild_id=GUILD, run_id=run_id, at=room.now)
    before = revision(room, BoardKind.RUN, run_id)
    room.join(run_id, ANNA)
    assert revision(room, BoardKind.RUN, run_id) == before, "it does not say who has joined any more"
