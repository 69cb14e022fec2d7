"""Extra time on Discord: set by instructors, private from end to end, and kept in a live quiz."""

import json
import logging

import pytest
from simcord import MemberActor

from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, answer_buttons, reply, texts
from tests.discord.sent import messages_in

SECONDS = 20


async def accommodate(classroom: Classroom, by: MemberActor | None = None, **options: object) -> str:
    return texts(reply(await (by or classroom.instructor).slash(classroom.channel, "accommodate", **options)))


# Setting it and looking it up


async def test_instructor_sets_looks_up_and_takes_back(classroom: Classroom) -> None:
    one = classroom.students[0]
    said = await accommodate(classroom, learner=one.user, factor=1.5)
    assert said.startswith(f"<@{one.id}> has **1.5 times the usual time** from now on, in every quiz")
    assert "press **Join** in the lobby" in said
    assert await accommodate(classroom, learner=one.user) == (
        f"<@{one.id}> has **1.5 times the usual time**.\n"
        "-# Only instructors can look this up, and nothing public says it."
    )
    assert (
        await accommodate(classroom, learner=one.user, remove=True)
        == f"<@{one.id}> has the usual time again."
    )
    assert "has **the usual time**" in await accommodate(classroom, learner=one.user)
    gone = await accommodate(classroom, learner=one.user, remove=True)
    assert gone == "This person has no extra time, so there is nothing to take back."


async def test_list_is_of_everybody_in_this_server(classroom: Classroom) -> None:
    assert "Nobody in this server has extra time." in await accommodate(classroom)
    one, two = classroom.students[:2]
    await accommodate(classroom, learner=one.user, factor=2)
    await accommodate(classroom, learner=two.user, no_limits=True)
    said = await accommodate(classroom)
    assert said.startswith("### 2 people have extra time")
    assert f"<@{one.id}>: 2 times the usual time" in said
    assert f"<@{two.id}>: no time limit" in said


async def test_students_neither_set_nor_see_it(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    await accommodate(classroom, learner=one.user, factor=2)
    for options in (
        {},
        {"learner": one.user},
        {"learner": two.user, "factor": 2.0},
        {"learner": one.user, "remove": True},
    ):
        said = await accommodate(classroom, by=two, **options)
        assert said.startswith("Only instructors (")
        assert "2 times" not in said
    assert classroom.rows("select factor from accommodation") == [(2.0,)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"factor": 1.5, "no_limits": True}, "The command says several things at once."),
        ({"factor": 1.5, "remove": True}, "The command says several things at once."),
    ],
)
async def test_two_things_at_once_are_refused(
    classroom: Classroom, options: dict[str, object], words: str
) -> None:
    assert words in await accommodate(classroom, learner=classroom.students[0].user, **options)
    assert classroom.rows("select * from accommodation") == []


async def test_it_must_be_for_somebody(classroom: Classroom) -> None:
    assert "The command names nobody." in await accommodate(classroom, factor=1.5)


async def test_usual_factors_come_up(classroom: Classroom) -> None:
    offered = await classroom.instructor.autocomplete(classroom.channel, "accommodate", "factor", "1")
    assert [choice["value"] for choice in offered] == [1.25, 1.5]


# In a live quiz


async def held_open(classroom: Classroom, *, factor: float = 1.5) -> tuple[MemberActor, int]:
    """A question that waits for the first student alone; gives the student and the question's message id."""
    one = classroom.students[0]
    await accommodate(classroom, learner=one.user, factor=factor)
    lobby = await classroom.lobby(questions=1, seconds=SECONDS)
    said = texts(reply(await one.click(lobby, label="Join")))
    assert "Your time: 30 seconds (class: 20 seconds)." in said
    await classroom.instructor.click(lobby, label="Start")
    question = classroom.newest()
    await classroom.answer(classroom.students[1], question, RIGHT)
    await classroom.env.advance_time(SECONDS + 4)
    return one, question.id


async def test_class_sees_that_time_is_up_and_the_result_follows(classroom: Classroom) -> None:
    one, question_id = await held_open(classroom)
    question = classroom.newest()
    assert question.id == question_id
    said = texts(question)
    assert said.endswith("Time is up. The result follows shortly.")
    assert "answered" not in said
    assert answer_buttons(question), "who has time left answers with these"
    late = texts(await classroom.answer(classroom.students[1], question, WRONG))
    assert late == f"Time is up for this question. Your answer counts: **{RIGHT}**."
    confirmed = texts(await classroom.answer(one, question, RIGHT))
    assert "You can change it until the question closes." in confirmed
    assert "Your time: 30 seconds (class: 20 seconds)." in confirmed
    await classroom.until(lambda: "Right answer" in texts(classroom.now(question)), seconds=10)
    assert "2 of 2" in texts(classroom.now(question))


async def test_result_comes_when_ones_own_time_is_over(classroom: Classroom) -> None:
    await held_open(classroom)
    question = classroom.newest()
    await classroom.env.advance_time(3)
    assert "Time is up." in texts(classroom.now(question))
    await classroom.env.advance_time(7)
    assert "Right answer" in texts(classroom.now(question))


async def test_waiting_survives_a_restart(classroom: Classroom) -> None:
    one, _ = await held_open(classroom)
    await classroom.restart()
    question = classroom.newest()
    assert "Your time: 30 seconds" in texts(await classroom.answer(one, question, RIGHT))
    await classroom.until(lambda: "Right answer" in texts(classroom.now(question)), seconds=10)


async def test_host_closes_a_question_that_waits(classroom: Classroom) -> None:
    await held_open(classroom)
    question = classroom.newest()
    await classroom.host("close")
    await classroom.env.advance_time(3)
    assert "Right answer" in texts(classroom.now(question))


async def test_nothing_public_and_nothing_in_the_log_tells_who_has_extra_time(
    classroom: Classroom, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        one, _ = await held_open(classroom)
        question = classroom.newest()
        await classroom.answer(one, question, RIGHT)
        await classroom.env.advance_time(10)
        shown = reply(await one.click(classroom.newest(), label="My result"))
    assert "time" not in texts(shown).lower()
    for request, message in messages_in(classroom.env.http_requests):
        if request.path.startswith("/channels/"):
            said = json.dumps(message)
            for word in (str(one.id), one.user.name, "1.5", "30 seconds", "extra", "own time", "accommodat"):
                assert word not in said, f"{word} in {said}"
    told = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert told
    assert not [line for line in told if str(one.id) in line and "accommodat" in line]
    assert not [line for line in told if "1.5" in line]


async def test_public_message_is_not_edited_when_somebody_answers_in_extra_time(classroom: Classroom) -> None:
    one, question_id = await held_open(classroom)
    question = classroom.newest()
    path = f"/messages/{question_id}"

    def edits() -> int:
        return sum(request.path.endswith(path) for request, _ in messages_in(classroom.env.http_requests))

    before = edits()
    await classroom.answer(one, question, RIGHT)
    await classroom.env.advance_time(2.5)
    assert edits() == before
