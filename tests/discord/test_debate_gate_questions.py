"""The knowledge gate in Discord: the questions in private, with feedback, and the side that comes after them."""

from collections.abc import Sequence

import pytest
from simcord import MemberActor, ResponseMessage

from bot.bank.question_set import QuestionSet
from tests.classroom import choice, claim, question_set
from tests.discord.debating import DebateRoom, open_debate
from tests.discord.room import Classroom, buttons, reply, texts


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    """One set with a claim and two questions on its topic."""
    items = [
        item.model_copy(update={"tags": ("lists",)})
        for item in (choice("lake"), choice("river"), claim("lists"))
    ]
    return [question_set(*items, key="kinds")]


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate with a gate of two questions, which two students have joined."""
    debate = await open_debate(classroom, gate=2)
    for student in classroom.students[:2]:
        assert "Before you are given a side, try 2 questions" in await debate.stance(student, "undecided")
    return debate


async def try_all(
    debate: DebateRoom, member: MemberActor, label: str = "Try the questions"
) -> ResponseMessage:
    """Answer every question with its first option; gives the result."""
    shown = reply(await member.click(reply(await member.click(debate.motion, label="My place")), label=label))
    while "Your result" not in texts(shown):
        pressed = next(label for label in buttons(shown) if label.startswith("A"))
        feedback = reply(await member.click(shown, label=pressed))
        assert "Right answer" in texts(feedback) or "Right!" in texts(feedback)
        onward = next(label for label in buttons(feedback) if label in ("Next question", "See my result"))
        shown = reply(await member.click(feedback, label=onward))
    return shown


async def test_trying_opens_the_way_to_a_side(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    result = texts(await try_all(debate, one))
    assert "**You are through**, with " in result
    assert "**My place** below the motion" in result
    await debate.advance()
    assert "You argue **" in await debate.press(one, "My place")
    assert "try 2 questions on the topic" in await debate.press(other, "My place")
    first = reply(await other.click(debate.motion, label="Add argument"))
    assert texts(first) == (
        "Before you are given a side, try 2 questions on the topic: trying is enough. Then do once more what brought "
        "you here."
    )
    assert list(buttons(first)) == ["Try the questions"]
    assert "You answered" not in texts(reply(await other.click(first, label="Try the questions")))
    first = reply(await other.click(debate.motion, label="Add argument"))
    assert list(buttons(first)) == ["Go on with the questions"]
    await try_all(debate, other, "Go on with the questions")
    assert "You argue **" in await debate.press(other, "My place")
    assert "as number **1**" in await debate.argue(other)


async def test_questions_go_on_after_a_break_and_a_restart(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    shown = reply(
        await one.click(reply(await one.click(debate.motion, label="My place")), label="Try the questions")
    )
    first = next(label for label in buttons(shown) if label.startswith("A"))
    await one.click(shown, label=first)
    await debate.room.restart()
    assert "Go on with the questions" in buttons(reply(await one.click(debate.motion, label="My place")))
    result = texts(await try_all(debate, one, "Go on with the questions"))
    assert "**You are through**" in result


async def test_who_finishes_early_is_told_and_can_begin_anew(debate: DebateRoom) -> None:
    one = debate.room.students[0]
    shown = reply(
        await one.click(reply(await one.click(debate.motion, label="My place")), label="Try the questions")
    )
    left = reply(await one.click(shown, label="Finish now"))
    assert "You stopped before the last question. **Begin anew** asks them again: trying is enough." in texts(
        left
    )
    assert "Begin anew" in buttons(left)
    asked = reply(await one.click(left, label="Begin anew"))
    assert any(label.startswith("A") for label in buttons(asked))
    result = await try_all(debate, one, "Go on with the questions")
    assert "**You are through**" in texts(result)
    assert "Sides are given when joining ends." in texts(reply(await one.click(result, label="My place")))


async def test_plan_with_more_questions_than_there_are_is_refused(classroom: Classroom) -> None:
    offered = await classroom.instructor.autocomplete(classroom.channel, "debate open", "claim", "public")
    asked = await classroom.instructor.slash(
        classroom.channel, "debate open", claim=str(offered[0]["value"]), gate=3
    )
    assert "The bank has only 2 of 3 questions on this claim's topics" in texts(reply(asked))


async def test_instructor_is_told_who_waits_at_the_gate_and_can_give_them_sides(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    host = debate.room.instructor
    panel = reply(await host.slash(debate.thread, "debate status"))
    assert "**2 people have not tried the questions yet**, and get no side before." in texts(panel)
    assert "Give them sides all the same" not in buttons(panel), "while people join, they can still try"
    await try_all(debate, one)
    await debate.advance()
    panel = reply(await host.slash(debate.thread, "debate status"))
    assert "1 without a side yet\n**1 person has not tried the questions yet**" in texts(panel)
    asked = reply(await host.click(panel, label="Give them sides all the same"))
    assert "1 person without a side can argue at once, and need not try the questions any more." in texts(
        asked
    )
    panel = reply(await host.click(asked, label="No, wait for them"))
    assert debate.room.value("select count(*) from debater where side is null") == 1
    asked = reply(await host.click(panel, label="Give them sides all the same"))
    panel = reply(await host.click(asked, label="Yes, give them sides"))
    assert "They have their sides now." in texts(panel)
    assert "2 people take part: 1 for, 1 against\n" in texts(panel)
    assert "Give them sides all the same" not in buttons(panel)
    assert "You argue **" in await debate.press(other, "My place")
    assert "as number **1**" in await debate.argue(other)
    late = debate.room.students[2]
    assert "Before you are given a side, try 2 questions" in await debate.stance(late, "undecided")
