"""A class votes, talks it over and votes again: what it sees, what its host sees, and what nobody sees too early."""

import pytest
from simcord import ResponseMessage

from tests.discord.lessons import OTHER, RIGHT, WRONG
from tests.discord.room import Classroom, Message, answer_buttons, buttons, option_id, parts, reply, texts

GALLERY = 12

LEAKS = ("Right answer", "(right)", "%", "█", "ten countries")
"""What stands in a result and nowhere else."""


async def first_vote(
    classroom: Classroom, *, right: int = 3, revote: str = "host", **more: object
) -> Message:
    """The first vote of six people is over; gives its message."""
    question = await classroom.first_question(questions=2, revote=revote, **more)
    for at, student in enumerate(classroom.students):
        await classroom.answer(student, question, RIGHT if at < right else WRONG)
    return await classroom.close(question)


async def panel(classroom: Classroom, message: Message) -> ResponseMessage:
    return reply(await classroom.instructor.click(message, label="Host controls"))


async def press(classroom: Classroom, message: Message, label: str) -> None:
    """The host presses a button of the private panel."""
    pressed = await classroom.instructor.click(await panel(classroom, message), label=label)
    assert pressed.acknowledged
    await classroom.env.advance_time(3)


# The lobby


async def test_lobby_says_that_there_may_be_a_second_vote(classroom: Classroom) -> None:
    said = texts(await classroom.lobby(revote="auto"))
    assert "Where the class is divided, you have 2 minutes to talk it over, then you vote again." in said
    assert "your latest vote counts." in said


async def test_lobby_of_a_hosts_choice(classroom: Classroom) -> None:
    said = texts(await classroom.lobby(revote="host"))
    assert "You may be asked to talk a question over and vote again." in said


async def test_lobby_without_second_votes_does_not_speak_of_them(classroom: Classroom) -> None:
    assert "vote" not in texts(await classroom.lobby())


# The first vote stays hidden


async def test_first_vote_says_how_many_voted_and_not_how(classroom: Classroom) -> None:
    message = await first_vote(classroom)
    said = texts(message)
    assert said.startswith("### Question 1 of 2 · Statistic · first vote")
    assert "The first vote is over: 6 people voted." in said
    assert "The host opens the second vote, or shows the result." in said
    assert all(option in said for option in (RIGHT, WRONG, OTHER)), "what one talks about can be read"
    assert [leak for leak in LEAKS if leak in said] == []
    assert list(buttons(message)) == ["Discuss", "Host controls"]


async def test_host_alone_sees_the_share_and_what_it_suggests(classroom: Classroom) -> None:
    message = await first_vote(classroom, right=3)
    shown = await panel(classroom, message)
    assert "**3 of 6 right, 50% (few answers: 19% to 81% is plausible)**" in texts(shown)
    assert "now a discussion pays" in texts(shown)
    assert list(buttons(shown)) == ["Second vote", "Show the result", "Pause", "End the quiz"]
    refused = reply(await classroom.students[0].click(message, label="Host controls"))
    assert texts(refused) == "Only the host and other instructors can use the host controls."


@pytest.mark.parametrize(("right", "advice"), [(1, "explain first"), (6, "show the result and go on")])
async def test_host_is_told_where_a_discussion_does_not_pay(
    classroom: Classroom, right: int, advice: str
) -> None:
    assert advice in texts(await panel(classroom, await first_vote(classroom, right=right)))


async def test_students_learn_nothing_of_the_first_vote(classroom: Classroom) -> None:
    message = await first_vote(classroom)
    student = classroom.students[5]
    missed = reply(await student.slash(classroom.channel, "quiz take", set="rivers", only="missed"))
    assert "You have missed no such question." in texts(missed)
    for label in ("Second vote", "Show the result"):
        shown = await panel(classroom, message)
        refused = await classroom.press_late(student, shown.message, buttons(shown)[label])
        assert texts(refused) == "Only the host and other instructors can run this quiz."
    assert classroom.value("select state from run") == "discussing"


# The second vote


async def test_second_vote_shows_what_changed(classroom: Classroom) -> None:
    first = await first_vote(classroom, right=3)
    await press(classroom, first, "Second vote")
    second = classroom.newest()
    assert texts(second).startswith("### Question 1 of 2 · Statistic · second vote")
    assert len(answer_buttons(second)) == 3
    assert "The second vote stands below." in texts(classroom.now(first))
    assert buttons(classroom.now(first)) == {}
    for at, student in enumerate(classroom.students):
        await classroom.answer(student, second, RIGHT if at < 5 else OTHER)
    result = await classroom.close(second)
    said = texts(result)
    assert "Right answer" in said
    assert "-# 5 of 6, 83% (at first 3) ████████" in said
    assert "-# 0 of 6, 0% (at first 3)" in said
    assert "First vote: 3 of 6 right, 50% ████" in said
    assert "Second vote: 5 of 6 right, 83% ███████" in said
    assert "is not shown where it could tell on a single person" in said
    (picture,) = [part for part in parts(result) if part["type"] == GALLERY]
    assert "The Danube (the right answer): 3, then 5." in picture["items"][0]["description"]
    assert "The result stands below, with the second vote." in texts(classroom.now(first))
    assert [leak for leak in LEAKS if leak in texts(classroom.now(first))] == []


async def test_divided_class_votes_again_by_itself(classroom: Classroom) -> None:
    first = await first_vote(classroom, right=3, revote="auto")
    assert "The second vote opens <t:" in texts(first)
    assert "One minute more to discuss" in buttons(await panel(classroom, first))
    await classroom.env.advance_time(60)
    assert classroom.newest().id == first.id
    second = await classroom.next_question()
    assert "· second vote" in texts(second)


async def test_agreed_class_goes_on_as_usual(classroom: Classroom) -> None:
    result = await first_vote(classroom, right=6, revote="auto")
    assert "Right answer" in texts(result)
    assert texts(result).startswith("### Question 1 of 2 · Statistic\n")


async def test_host_gives_one_minute_more(classroom: Classroom) -> None:
    first = await first_vote(classroom, revote="auto")
    await press(classroom, first, "One minute more to discuss")
    await classroom.env.advance_time(130)
    assert classroom.newest().id == first.id
    assert "· second vote" in texts(await classroom.next_question())


async def test_host_shows_the_result_without_a_second_vote(classroom: Classroom) -> None:
    first = await first_vote(classroom)
    await press(classroom, first, "Show the result")
    said = texts(classroom.now(first))
    assert "Right answer" in said
    assert "first vote" not in said


async def test_commands_do_the_same(classroom: Classroom) -> None:
    await first_vote(classroom)
    assert "3 of 6 right" in await classroom.host()
    said = await classroom.host("second")
    assert "Question 1 of 2 is open." in said
    assert await classroom.host("reveal") == "The quiz is not between two votes, so nothing was changed."
    await classroom.env.advance_time(3)
    assert "· second vote" in texts(classroom.newest())
    assert "The result of question 1 of 2 is shown." in await classroom.host("close")


async def test_two_hosts_press_at_once(classroom: Classroom) -> None:
    first = await first_vote(classroom)
    one, other = (
        await panel(classroom, first),
        reply(await classroom.manager.click(first, label="Host controls")),
    )
    await classroom.instructor.click(one, label="Second vote")
    late = reply(await classroom.manager.click(other, label="Show the result"))
    assert texts(late) == "The quiz is not between two votes, so nothing was changed."
    assert classroom.value("select count(*) from round where vote = 2") == 1


async def test_panel_of_the_first_vote_does_not_close_the_second(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=2, revote="host")
    await classroom.answer(classroom.students[0], question, RIGHT)
    old = await panel(classroom, question)
    first = await classroom.close(question)
    await press(classroom, first, "Second vote")
    late = reply(await classroom.instructor.click(old, label="Close the question now"))
    assert texts(late) == "The quiz is at another vote by now, so nothing was changed."
    await press(classroom, classroom.newest(), "Close the question now")
    assert "Nobody voted a second time." in texts(classroom.newest())


# Clicks on the first vote


async def test_late_click_on_the_first_vote_is_told_where_to_vote(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=2, revote="host")
    one, two = classroom.students[:2]
    button = option_id(question, RIGHT)
    await classroom.answer(one, question, WRONG)
    first = await classroom.close(question)
    early = texts(await classroom.press_late(one, question, button))
    assert early.startswith("The first vote is over. You answered: **The Rhine**. Talk it over;")
    await press(classroom, first, "Second vote")
    second = classroom.newest()
    told = texts(await classroom.press_late(two, question, button))
    assert told == f"The first vote is over. The second vote is open: [answer there]({second.jump_url})."
    await classroom.answer(one, second, RIGHT)
    await classroom.close(second)
    after = texts(await classroom.press_late(one, question, button))
    assert after == "Time is up for this question. Your answer counts: **The Danube**."


# The end


async def test_own_result_and_summary_say_which_vote_counts(classroom: Classroom) -> None:
    first = await first_vote(classroom, right=2)
    await press(classroom, first, "Second vote")
    second = classroom.newest()
    for student in classroom.students[:5]:
        await classroom.answer(student, second, RIGHT)
    await classroom.close(second)
    await classroom.host("stop")
    await classroom.env.advance_time(3)
    summary = classroom.newest()
    assert "5 of 5 right, 100%" in texts(summary)
    assert "after discussion (before: 2 of 6)" in texts(summary)
    better = texts(reply(await classroom.students[3].click(summary, label="My result")))
    assert "**1 of 1 question right.**" in better
    assert "You voted on 1 question before a discussion: 0 right at first." in better
    only_first = texts(reply(await classroom.students[5].click(summary, label="My result")))
    assert "**0 of 1 question right.**" in only_first


# Pause, restart, trouble


async def test_pause_keeps_the_rest_of_a_discussion(classroom: Classroom) -> None:
    first = await first_vote(classroom, revote="auto")
    await classroom.env.advance_time(40)
    await press(classroom, first, "Pause")
    said = texts(classroom.now(first))
    assert "The quiz is paused; after that the discussion goes on." in said
    assert [leak for leak in LEAKS if leak in said] == []
    assert list(buttons(classroom.now(first))) == ["Go on", "Discuss", "Host controls"]
    shown = await panel(classroom, first)
    assert "The quiz is paused. The first vote on question 1 of 2 is over: **3 of 6 right" in texts(shown)
    assert list(buttons(shown)) == ["Go on", "End the quiz"]
    await classroom.env.advance_time(500)
    await classroom.instructor.click(classroom.now(first), label="Go on")
    await classroom.env.advance_time(60)
    assert classroom.newest().id == first.id
    assert "· second vote" in texts(await classroom.next_question())


@pytest.mark.parametrize("away", [0, 300])
async def test_restart_in_a_discussion(classroom: Classroom, away: float) -> None:
    first = await first_vote(classroom, revote="auto")
    await classroom.restart(away=away)
    await classroom.until(lambda: "· second vote" in texts(classroom.newest()))
    second = classroom.newest()
    await classroom.restart()
    await classroom.answer(classroom.students[0], second, RIGHT)
    assert "1 of 1" in texts(await classroom.close(second, seconds=25))
    assert len([each for each in classroom.posted() if each.id == first.id]) == 1


async def test_first_vote_is_discussed_in_a_thread(classroom: Classroom) -> None:
    first = await first_vote(classroom)
    opened = reply(await classroom.students[0].click(first, label="Discuss"))
    assert "The discussion of this question is in <#" in texts(opened)
    await press(classroom, first, "Second vote")
    result = await classroom.close(classroom.newest())
    assert "Discussion: <#" in texts(result)
    again = reply(await classroom.students[1].click(result, label="Discuss"))
    assert texts(again) == texts(opened)
    assert len(classroom.channel.threads) == 1


async def test_deleted_message_of_a_discussion_is_posted_again(classroom: Classroom) -> None:
    first = await first_vote(classroom)
    await first.delete()
    await classroom.env.advance_time(3)
    assert "The first vote is over" in texts(classroom.newest())
    await press(classroom, classroom.newest(), "Second vote")
    assert "· second vote" in texts(classroom.newest())
