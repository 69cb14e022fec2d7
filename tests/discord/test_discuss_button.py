"""The button "Discuss": a thread a question, and the metadata of what is written there."""

from collections.abc import Sequence

import discord
import pytest

from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.lessons import RIGHT
from tests.discord.room import Classroom, buttons, reply, texts

NO_THREADS = discord.Permissions(
    BOT_PERMISSIONS.value & ~discord.Permissions(create_public_threads=True).value
)


@pytest.fixture
async def result(classroom: Classroom) -> discord.Message:
    """The result of a question that somebody answered."""
    question = await classroom.first_question(questions=2)
    await classroom.answer(classroom.students[0], question, RIGHT)
    return await classroom.close(question)


def noted(classroom: Classroom) -> Sequence[tuple[object, ...]]:
    columns = "message_id, user_id, reply_to, length, edited_at is not null, deleted_at is not null"
    return classroom.rows(f"select {columns} from message order by message_id")


async def test_discuss_opens_a_thread_on_the_result(classroom: Classroom, result: discord.Message) -> None:
    told = reply(await classroom.students[0].click(result, label="Discuss"))
    (thread,) = classroom.channel.threads
    assert thread.id == result.id, "the thread starts from the question's message"
    assert str(thread.name).startswith("Question 1: Which river has number")
    assert texts(told) == f"The discussion of this question is in <#{thread.id}>."
    await classroom.env.advance_time(3)
    shown = classroom.now(result)
    assert f"Discussion: <#{thread.id}>" in texts(shown)
    assert RIGHT in texts(shown)
    assert "Discuss" in buttons(shown)


async def test_second_press_points_to_the_thread(classroom: Classroom, result: discord.Message) -> None:
    for student in classroom.students[:3]:
        told = reply(await student.click(result, label="Discuss"))
        assert texts(told) == f"The discussion of this question is in <#{result.id}>."
    assert len(classroom.channel.threads) == 1
    assert classroom.rows("select thread_id, kind from thread") == [(result.id, "discussion")]


async def test_thread_that_somebody_else_has_just_made_is_used(
    classroom: Classroom, result: discord.Message
) -> None:
    path = f"/channels/{classroom.channel.id}/messages/{result.id}/threads"
    classroom.env.inject_error(
        "POST", path, status=400, code=160004, message="A thread has already been created"
    )
    told = reply(await classroom.students[0].click(result, label="Discuss"))
    assert texts(told) == f"The discussion of this question is in <#{result.id}>."
    assert classroom.rows("select thread_id from thread") == [(result.id,)]


async def test_missing_permission_is_explained(classroom: Classroom, result: discord.Message) -> None:
    classroom.allow(NO_THREADS)
    told = reply(await classroom.students[0].click(result, label="Discuss"))
    assert texts(told) == "I may not open threads here. Ask the server to let me create public threads."
    assert classroom.channel.threads == []
    assert classroom.value("select count(*) from thread") == 0
    classroom.allow(BOT_PERMISSIONS)
    assert "The discussion" in texts(reply(await classroom.students[0].click(result, label="Discuss")))


async def test_question_that_is_open_cannot_be_discussed(classroom: Classroom) -> None:
    question = await classroom.first_question()
    assert "Discuss" not in buttons(question)


async def test_messages_are_kept_as_metadata_only(classroom: Classroom, result: discord.Message) -> None:
    one, two = classroom.students[:2]
    await one.click(result, label="Discuss")
    (thread,) = classroom.channel.threads
    first = await one.send(thread, "The Rhine, surely; secret words")
    second = await two.send(thread, "No, the Danube", reply_to=first)
    assert noted(classroom) == [
        (first.id, one.id, None, None, 0, 0),
        (second.id, two.id, first.id, None, 0, 0),
    ]
    assert b"secret words" not in classroom.path.read_bytes()


async def test_edits_and_deletions_are_followed(classroom: Classroom, result: discord.Message) -> None:
    one = classroom.students[0]
    await one.click(result, label="Discuss")
    (thread,) = classroom.channel.threads
    kept, gone = await one.send(thread, "One"), await one.send(thread, "Two")
    await one.edit(kept, "One, corrected")
    await one.delete(gone)
    assert noted(classroom) == [(kept.id, one.id, None, None, 1, 0), (gone.id, one.id, None, None, 0, 1)]


async def test_many_deletions_at_once_are_followed(classroom: Classroom, result: discord.Message) -> None:
    one = classroom.students[0]
    await one.click(result, label="Discuss")
    (thread,) = classroom.channel.threads
    sent = [await one.send(thread, word) for word in ("One", "Two", "Three")]
    classroom.env.backend.bulk_delete_messages(thread.id, [message.id for message in sent])
    await classroom.env.settle()
    assert [row[-1] for row in noted(classroom)] == [1, 1, 1]


async def test_messages_elsewhere_are_not_kept(classroom: Classroom, result: discord.Message) -> None:
    await classroom.students[0].send(classroom.channel, "Hello")
    backend = classroom.env.backend
    other = backend.create_thread(classroom.channel.id, "Gossip", classroom.students[0].id)
    gossip = next(each for each in classroom.channel.threads if each.id == other.id)
    await classroom.students[0].send(gossip, "Hello")
    assert noted(classroom) == []


async def test_discussions_go_on_after_a_restart(classroom: Classroom, result: discord.Message) -> None:
    one = classroom.students[0]
    await one.click(result, label="Discuss")
    (thread,) = classroom.channel.threads
    message = await one.send(thread, "Before")
    await classroom.restart()
    await one.send(thread, "After")
    await one.delete(message)
    assert [row[-1] for row in noted(classroom)] == [1, 0]
    assert f"<#{thread.id}>" in texts(reply(await one.click(result, label="Discuss")))


async def test_discuss_works_after_the_end(classroom: Classroom, result: discord.Message) -> None:
    await classroom.host("stop")
    assert "The discussion" in texts(reply(await classroom.students[5].click(result, label="Discuss")))
