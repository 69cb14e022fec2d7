"""Joining a live quiz on Discord: buttons, teams, speed points, and a public board that tells on nobody."""

import logging
import re
from collections.abc import Iterator

import discord
import pytest
from simcord import MemberActor

from bot.quiz.aliases import ADJECTIVES, BIRDS
from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, answer_buttons, buttons, reply, texts
from tests.discord.sent import messages_in

ALIAS = re.compile(rf"({'|'.join(ADJECTIVES)}) ({'|'.join(BIRDS)})")


async def join(classroom: Classroom, member: MemberActor, lobby: discord.Message, label: str = "Join") -> str:
    return texts(reply(await member.click(classroom.now(lobby), label=label)))


async def play(
    classroom: Classroom, right: int = 3, *, questions: int = 2, **options: object
) -> discord.Message:
    """A quiz in which all six answer each question, the first ``right`` of them rightly; gives its summary."""
    question = await classroom.first_question(questions=questions, **options)
    for number in range(questions):
        for place, member in enumerate(classroom.students):
            await classroom.answer(member, question, RIGHT if place < right else WRONG)
        await classroom.close(question)
        if number < questions - 1:
            question = await classroom.next_question()
    return classroom.newest()


async def result_of(classroom: Classroom, member: MemberActor, summary: discord.Message) -> str:
    return texts(reply(await member.click(summary, label="My result")))


def public(classroom: Classroom) -> Iterator[str]:
    """Every message that everybody can see, as it was sent or edited, as plain JSON text."""
    for request, message in messages_in(classroom.env.http_requests):
        if request.path.startswith("/channels/"):
            yield str(message)


# The lobby


async def test_join_is_confirmed_privately_and_counted_in_public(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    assert "Nobody has joined yet. Who answers a question takes part, too." in texts(lobby)
    said = await join(classroom, classroom.students[0], lobby)
    assert said == "You take part.\nThe quiz begins when the host presses **Start**."
    await classroom.env.advance_time(3)
    assert "1 person has joined." in texts(classroom.now(lobby))
    assert await join(classroom, classroom.students[0], lobby) == "You take part already."


async def test_lobby_says_that_speed_does_not_count(classroom: Classroom) -> None:
    assert "nobody is ranked, and speed does not count." in texts(await classroom.lobby())


async def test_lobby_says_what_counts(classroom: Classroom) -> None:
    said = texts(await classroom.lobby(teams=3, speed_points=True, board=True))
    assert "everybody sees a board of the best, and speed counts." in said
    assert "- **Speed:** a right answer earns up to 1,000 points" in said
    assert "- **3 teams:** you come into the smallest." in said
    assert "You can hide, or show your server name, at any time." in said


async def test_choice_of_teams_needs_teams(classroom: Classroom) -> None:
    refused = await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", team_choice="chosen"
    )
    assert "There are no teams to choose from" in texts(reply(refused))
    assert classroom.posted() == []


async def test_lobby_keeps_its_button_for_late_joiners(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    await classroom.instructor.click(lobby, label="Start")
    await classroom.env.advance_time(3)
    assert "You can join at any question" in texts(classroom.now(lobby))
    said = await join(classroom, classroom.students[0], lobby)
    assert "For you it counts from question 1 on; nothing before counts against you." in said


async def test_button_is_gone_when_the_quiz_is_over(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    pressed = buttons(lobby)["Join"]
    await classroom.instructor.click(lobby, label="Start")
    await classroom.host("stop")
    await classroom.env.advance_time(3)
    assert buttons(classroom.now(lobby)) == {}
    late = await classroom.press_late(classroom.students[0], lobby, pressed)
    assert texts(late) == "The quiz is over, so nothing was changed."


async def test_join_works_after_a_restart(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=2, team_choice="chosen")
    await classroom.restart()
    assert "You are in team **Green**." in await join(classroom, classroom.students[0], lobby, "Join Green")


async def test_joining_is_no_news_in_the_log(classroom: Classroom, caplog: pytest.LogCaptureFixture) -> None:
    lobby = await classroom.lobby()
    with caplog.at_level(logging.INFO):
        await join(classroom, classroom.students[0], lobby)
    assert "join_run" not in caplog.text


# Teams


async def test_teams_are_chosen_and_changed_in_the_lobby(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=6, team_choice="chosen")
    assert list(buttons(lobby)) == [
        *(f"Join {team}" for team in ("Blue", "Green", "Orange", "Purple", "Silver", "Yellow")),
        "Start",
        "Host controls",
    ]
    one = classroom.students[0]
    first = await join(classroom, one, lobby, "Join Silver")
    assert "You are in team **Silver**. You can change it until the quiz begins." in first
    assert "team **Blue**" in await join(classroom, one, lobby, "Join Blue")
    await classroom.env.advance_time(3)
    assert "1 person has joined. Blue 1, Green 0, Orange 0, Purple 0" in texts(classroom.now(lobby))


async def test_team_cannot_be_changed_once_the_quiz_has_begun(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=2, team_choice="chosen")
    one = classroom.students[0]
    green = buttons(lobby)["Join Green"]
    await join(classroom, one, lobby, "Join Blue")
    await classroom.instructor.click(lobby, label="Start")
    late = await classroom.press_late(one, lobby, green)
    assert texts(late) == "The choice of teams is over since the quiz began, so nothing was changed."


async def test_who_never_chose_is_told_the_team_privately(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=2, team_choice="chosen")
    await join(classroom, classroom.students[0], lobby, "Join Blue")
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    said = texts(await classroom.answer(classroom.students[1], question, RIGHT))
    assert said.endswith("You are in team **Green**, the smallest so far.")
    assert "team" not in texts(await classroom.answer(classroom.students[1], question, WRONG))


async def test_small_teams_have_no_figures(classroom: Classroom) -> None:
    summary = await play(classroom, teams=2)
    assert "**Teams**\n-# Not shown: Blue, Green. With under 5 people" in texts(summary)
    assert "Your team: **" in await result_of(classroom, classroom.students[0], summary)


async def test_large_enough_teams_have_figures(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=2, team_choice="chosen", questions=1)
    for member in classroom.students[:5]:
        await join(classroom, member, lobby, "Join Green")
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    for place, member in enumerate(classroom.students[:5]):
        await classroom.answer(member, question, RIGHT if place < 3 else WRONG)
    await classroom.close(question)
    said = texts(classroom.newest())
    assert "**Teams**\nGreen: 3 of 5 answers right, 60% (5 people)" in said
    assert "so a larger team has no advantage. With so few answers, a difference may be chance." in said


# Late joiners


async def test_own_result_counts_since_joining(classroom: Classroom) -> None:
    one, late = classroom.students[:2]
    question = await classroom.first_question(questions=3)
    await classroom.answer(one, question, WRONG)
    await classroom.close(question)
    for _ in range(2):
        question = await classroom.next_question()
        await classroom.answer(one, question, WRONG)
        await classroom.answer(late, question, RIGHT)
        await classroom.close(question)
    summary = classroom.newest()
    said = await result_of(classroom, late, summary)
    assert (
        "**2 of 2 questions right** since you joined at question 2; nothing before counts against you."
        in said
    )
    assert "\n1. " not in said
    assert "**0 of 3 questions right.**" in await result_of(classroom, one, summary)


async def test_who_joins_after_the_last_question_is_told_so(classroom: Classroom) -> None:
    lobby = await classroom.lobby(questions=1, pace="host")
    pressed = buttons(lobby)["Join"]
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    await classroom.host("pause")
    await join(classroom, classroom.students[1], lobby)
    await classroom.host("resume")
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.advance_time(20.5)
    late = await classroom.press_late(classroom.students[2], lobby, pressed)
    assert "This was the last question, so nothing is left to answer." in texts(late)
    await classroom.env.advance_time(5)
    said = await result_of(classroom, classroom.students[2], classroom.newest())
    assert "You joined after the last question, so there is nothing to count." in said


# Speed points


async def test_speed_points_are_private(classroom: Classroom) -> None:
    summary = await play(classroom, questions=1, speed_points=True)
    said = await result_of(classroom, classroom.students[0], summary)
    points = re.search(r"Your speed points: \*\*([\d,]+)\*\* \(up to 1,000 for each right answer\)", said)
    assert points is not None
    assert 500 <= int(points[1].replace(",", "")) <= 1_000
    assert "speed points: **0**" in await result_of(classroom, classroom.students[5], summary)
    assert not any("speed points" in message for message in public(classroom))


# The board


async def test_board_names_the_upper_half_by_alias(classroom: Classroom) -> None:
    summary = await play(classroom, right=3, board=True)
    lines = texts(summary).partition("**Board**\n")[2].splitlines()
    assert lines[3:] == ["-# Only you see your own result."]
    for line in lines[:3]:  # no list: Discord would number those who share a place 1, 2, 3
        assert re.fullmatch(rf"Place 1: \*\*{ALIAS.pattern}\*\*, 2 of 2 right", line)


async def test_everybody_sees_their_own_place_alone(classroom: Classroom) -> None:
    summary = await play(classroom, right=2, board=True)
    best = await result_of(classroom, classroom.students[0], summary)
    assert "Your place: **1 of 6**, shared with 1 other." in best
    alias = ALIAS.search(best)
    assert alias is not None
    assert alias[0] in texts(summary)
    last = await result_of(classroom, classroom.students[5], summary)
    assert "Your place: **3 of 6**, shared with 3 others." in last
    alias = ALIAS.search(last)
    assert alias is not None
    assert alias[0] not in texts(summary)


async def test_board_of_too_few_says_why_it_is_not_there(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, board=True)
    for member in classroom.students[:4]:
        await classroom.answer(member, question, RIGHT)
    await classroom.close(question)
    summary = classroom.newest()
    assert "No board this time: it takes at least 5 people" in texts(summary)
    said = await result_of(classroom, classroom.students[0], summary)
    assert "There is no board this time, because too few took part." in said


async def test_person_hides_and_shows_the_server_name_from_the_result(classroom: Classroom) -> None:
    summary = await play(classroom, right=1, board=True)
    best = classroom.students[0]
    result = reply(await best.click(summary, label="My result"))
    assert {"Hide me", "Show my server name"} <= set(buttons(result))
    hidden = reply(await best.click(result, label="Hide me"))
    assert texts(hidden) == "The board never names you, not even by an alias."
    assert list(buttons(hidden)) == ["Show my alias", "Show my server name"]
    await classroom.env.advance_time(3)
    assert "Place 1: somebody who stays unnamed, 2 of 2 right" in texts(classroom.now(summary))
    await best.click(hidden, label="Show my server name")
    await classroom.env.advance_time(3)
    assert f"Place 1: <@{best.id}>, 2 of 2 right" in texts(classroom.now(summary))
    await best.click(result, label="Hide me")
    await classroom.env.advance_time(3)
    assert f"<@{best.id}>" not in texts(classroom.now(summary))


async def test_person_hides_before_the_quiz_begins(classroom: Classroom) -> None:
    lobby = await classroom.lobby(board=True)
    joined = reply(await classroom.students[0].click(lobby, label="Join"))
    assert ALIAS.search(texts(joined)) is not None
    await classroom.students[0].click(joined, label="Hide me")
    assert classroom.rows("select showing from participant") == [("hidden",)]
    assert "The board never names you" in await join(classroom, classroom.students[0], lobby)


async def test_without_a_board_nobody_is_ranked(classroom: Classroom) -> None:
    summary = await play(classroom)
    assert "Board" not in texts(summary)
    said = await result_of(classroom, classroom.students[0], summary)
    assert "place" not in said
    assert ALIAS.search(said) is None


# Privacy


async def test_no_public_message_names_a_person(classroom: Classroom) -> None:
    lobby = await classroom.lobby(teams=2, speed_points=True, board=True, questions=1)
    for member in classroom.students:
        await join(classroom, member, lobby)
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    for member in classroom.students:
        await classroom.answer(member, question, RIGHT)
    await classroom.close(question)
    summary = classroom.newest()
    for member in classroom.students:
        await result_of(classroom, member, summary)
    said = list(public(classroom))
    assert len(said) >= 4
    for member in classroom.students:
        assert not any(str(member.id) in message or member.user.name in message for message in said)


async def test_no_alias_is_public_before_the_end(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, board=True)
    for member in classroom.students:
        await classroom.answer(member, question, RIGHT)
    await classroom.env.advance_time(3)
    assert answer_buttons(classroom.now(question))
    assert not any(ALIAS.search(message) for message in public(classroom))
