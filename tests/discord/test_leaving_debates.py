"""The ways out of a debate: leaving, deleting what one wrote, and what the thread then shows."""

import json

import pytest

from tests.discord.fair_lesson import FairLesson, fair_lesson
from tests.discord.room import Classroom, buttons, reply, texts

SECRET = "Zebrafinch"
DELETE = "Leave and delete what I wrote"
SURE = "Yes, delete it for good"


async def lived_in(classroom: Classroom) -> FairLesson:
    lesson = await fair_lesson(classroom)
    one, two = classroom.students[:2]
    await lesson.stance(one, "2")
    await lesson.argue(one, f"{SECRET} first.")
    await lesson.stance(two, "declined")
    form = await two.click(lesson.argument(1), label="Answer argument 1")
    fields = {"claim": "No.", "evidence": "E.", "reasoning": "R.", "side": "against"}
    await two.submit_modal(form, fields)
    await lesson.settle()
    return lesson


def public(lesson: FairLesson) -> str:
    """All that can be read in the thread now."""
    messages = lesson.room.posted(lesson.thread)
    return json.dumps([[part.to_dict() for part in each.components] for each in messages])


async def test_it_asks_first_and_says_what_goes(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one = classroom.students[0]
    place = await lesson.my_place(one)
    asked = reply(await one.click(place, label=DELETE))
    assert texts(asked).startswith("### Leave and delete what you wrote?")
    assert "**1 argument, what you said of where you stand**" in texts(asked)
    assert "keep their numbers" in texts(asked)
    assert list(buttons(asked)) == [SURE, "No, keep it"]
    kept = reply(await one.click(asked, label="No, keep it"))
    assert texts(kept) == texts(place)
    assert SECRET in public(lesson)


async def test_deleted_words_go_from_the_thread_and_the_answer_stays(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one = classroom.students[0]
    assert SECRET in public(lesson)
    asked = reply(await one.click(await lesson.my_place(one), label=DELETE))
    gone = reply(await one.click(asked, label=SURE))
    assert "Nothing that you wrote or voted in it is kept." in texts(gone)
    assert list(buttons(gone)) == ["Come back"]
    await lesson.settle()
    shown = public(lesson)
    assert SECRET not in shown
    assert str(one.id) not in shown
    assert "Its author has withdrawn this argument." in texts(lesson.argument(1))
    assert "Attacks argument 1 (for): withdrawn since." in texts(lesson.argument(2))
    assert "1 person has joined" in texts(lesson.motion)
    mine = reply(await one.click(lesson.motion, label="My arguments"))
    assert "You have added no argument yet." in texts(mine)


async def test_plain_leaving_keeps_the_words_and_offers_to_delete_them_later(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one = classroom.students[0]
    left = reply(await one.click(await lesson.my_place(one), label="Leave the debate"))
    assert "What you wrote stays, and your stance counts in the totals." in texts(left)
    await lesson.settle()
    assert SECRET in public(lesson)
    again = await lesson.my_place(one)
    assert list(buttons(again)) == ["Come back", "Delete what I wrote"]
    asked = reply(await one.click(again, label="Delete what I wrote"))
    await one.click(asked, label=SURE)
    await lesson.settle()
    assert SECRET not in public(lesson)


async def test_after_the_close_it_goes_by_the_command(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one, stranger = classroom.students[0], classroom.students[4]
    await lesson.host("advance")
    await lesson.settle()
    await lesson.stance(one, "-1", when="after")
    await lesson.host("close")
    await lesson.settle()
    place = reply(await one.slash(classroom.channel, "debate status", debate=str(lesson.debate_id)))
    assert "This debate is closed." in texts(place)
    asked = reply(await one.click(place, label="Delete what I wrote"))
    assert texts(asked).startswith("### Delete what you wrote?")
    assert "What the outcome has shown stays as it is" in texts(asked)
    outcome = texts(lesson.message("## Outcome"))
    assert "1 person voted before the debate" in outcome
    await classroom.restart()
    await one.click(asked, label=SURE)
    await lesson.settle()
    assert SECRET not in public(lesson)
    assert "1 person voted before the debate" in texts(lesson.message("## Outcome"))
    other = reply(await stranger.slash(lesson.thread, "debate status"))
    assert texts(other) == "You did not take part in this debate."


async def test_closed_debates_come_up_while_typing_for_status(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one = classroom.students[0]
    await lesson.host("close")
    offered = await one.autocomplete(classroom.channel, "debate status", "debate", "scores")
    assert [(each["name"], each["value"]) for each in offered] == [
        ("Scores should be public. (closed)", str(lesson.debate_id))
    ]
    assert await one.autocomplete(classroom.channel, "debate advance", "debate", "scores") == []
    told = texts(reply(await one.slash(classroom.channel, "debate status")))
    assert told.startswith("This debate is closed."), "the only one in the server"


async def test_learners_see_their_place_and_instructors_the_controls(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    mine = reply(await classroom.students[0].slash(lesson.thread, "debate status"))
    assert "Your stance before: **For**." in texts(mine)
    assert "Next stage" not in buttons(mine)
    for member in (classroom.instructor, classroom.manager):
        shown = reply(await member.slash(lesson.thread, "debate status"))
        assert "### Debate: Scores should be public." in texts(shown)
        assert "Your stance" not in texts(shown)


async def test_pressed_or_delivered_twice_it_is_done_once(classroom: Classroom) -> None:
    lesson = await lived_in(classroom)
    one = classroom.students[0]
    asked, on_another_device = [
        reply(await one.click(await lesson.my_place(one), label=DELETE)) for _ in range(2)
    ]
    await one.click(asked, label=SURE)
    await classroom.deliver_again()
    once_more = reply(await one.click(on_another_device, label=SURE))
    assert "Nothing that you wrote or voted in it is kept." in texts(once_more)
    assert classroom.rows("select count(*) from argument") == [(2,)]


@pytest.mark.parametrize("label", [SURE, "No, keep it"])
async def test_nobody_deletes_for_somebody_else(classroom: Classroom, label: str) -> None:
    lesson = await lived_in(classroom)
    one, three = classroom.students[0], classroom.students[2]
    asked = reply(await one.click(await lesson.my_place(one), label=DELETE))
    said = await classroom.press_late(three, asked.message, buttons(asked)[label])
    assert SECRET in public(lesson)
    assert classroom.value("select count(*) from stance") == 2
    assert ("cannot find this place" in texts(said)) == (label == SURE)
