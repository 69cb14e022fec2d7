"""What goes wrong in the middle of a quiz: nobody answers, messages and channels vanish, Discord refuses."""

import discord
import pytest
from sqlite_utils import Database

from bot.actions.boards import message_missing
from bot.ids import BoardId
from bot.publisher import MOST_ATTEMPTS
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import open_debate
from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts
from tests.discord.sent import messages_in, posts

SILENT = discord.Permissions(BOT_PERMISSIONS.value & ~discord.Permissions(send_messages=True).value)
SILENT_IN_THREADS = discord.Permissions(
    BOT_PERMISSIONS.value & ~discord.Permissions(send_messages_in_threads=True).value
)
BLIND = discord.Permissions(BOT_PERMISSIONS.value & ~discord.Permissions(view_channel=True).value)


def standing(classroom: Classroom) -> tuple[str, str | None, str | None]:
    ((state, paused, ended),) = classroom.rows("select state, pause_reason, end_reason from run")
    return state, paused, ended


def answers(classroom: Classroom) -> int:
    return classroom.value("select count(*) from answer")


# Nobody answers


async def until_quiet_pause(classroom: Classroom, pace: str = "auto") -> discord.Message:
    question = await classroom.first_question(questions=4, pace=pace)
    await classroom.close(question)
    if pace == "host":
        await classroom.instructor.click(classroom.now(question), label="Next question")
        await classroom.close(classroom.newest())
    else:
        await classroom.close(await classroom.next_question())
    return classroom.newest()


@pytest.mark.parametrize("pace", ["auto", "host"])
async def test_two_questions_without_answers_pause_the_quiz(classroom: Classroom, pace: str) -> None:
    pause = await until_quiet_pause(classroom, pace=pace)
    host = classroom.instructor.id
    assert "Paused: nobody answered the last 2 questions." in texts(pause)
    assert f"<@{host}>, press **Go on** when the class is ready." in texts(pause)
    assert list(buttons(pause)) == ["Go on", "End the quiz"]
    assert standing(classroom) == ("paused", "nobody", None)
    await classroom.env.advance_time(600)
    assert classroom.newest().id == pause.id


async def test_only_the_pause_mentions_and_only_the_host(classroom: Classroom) -> None:
    pause = await until_quiet_pause(classroom)
    host = classroom.instructor.id
    assert classroom.env.backend.get_message(classroom.channel.id, pause.id).ping_user_ids == [host]
    await classroom.instructor.click(pause, label="Go on")
    await classroom.close(classroom.newest())
    mentions = [message["allowed_mentions"] for _, message in messages_in(classroom.env.http_requests)]
    assert all(each["parse"] == [] and not each.get("roles") for each in mentions)
    assert [each["users"] for each in mentions if each.get("users")] in ([[host]], [[str(host)]])


async def test_edited_pause_mentions_nobody(classroom: Classroom) -> None:
    pause = await until_quiet_pause(classroom)
    await classroom.instructor.click(pause, label="Go on")
    await classroom.env.advance_time(3)
    assert texts(classroom.now(pause)) == "The quiz went on."
    assert buttons(classroom.now(pause)) == {}


async def test_quiz_goes_on_after_the_pause(classroom: Classroom) -> None:
    pause = await until_quiet_pause(classroom)
    refused = reply(await classroom.students[0].click(pause, label="Go on"))
    assert "Only the host" in texts(refused)
    await classroom.instructor.click(pause, label="Go on")
    third = classroom.newest()
    assert texts(third).startswith("### Question 3 of 4")
    await classroom.answer(classroom.students[0], third, RIGHT)
    await classroom.close(third)
    assert texts(await classroom.next_question()).startswith("### Question 4 of 4")


async def test_one_quiet_question_does_not_pause(classroom: Classroom) -> None:
    first = await classroom.first_question(questions=4)
    await classroom.close(first)
    second = await classroom.next_question()
    await classroom.answer(classroom.students[0], second, RIGHT)
    await classroom.close(second)
    await classroom.close(await classroom.next_question())
    assert texts(await classroom.next_question()).startswith("### Question 4 of 4")


async def test_quiet_pause_of_an_hour_ends_the_quiz_with_its_results(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=4)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.close(question)
    for _ in range(2):
        await classroom.close(await classroom.next_question())
    assert standing(classroom) == ("paused", "nobody", None)
    await classroom.env.advance_time(3_600)
    assert standing(classroom)[0::2] == ("ended", "paused_too_long")
    summary = classroom.newest()
    assert "The quiz was paused for an hour, so it has ended. All answers are kept." in texts(summary)
    assert "1 person, 1 of 1 answers right." in texts(summary)
    mine = reply(await classroom.students[0].click(summary, label="My result"))
    assert "**1 of 3 questions right.**" in texts(mine)


# Messages that are deleted


async def delete(classroom: Classroom, message: discord.Message) -> None:
    classroom.env.backend.delete_message(message.channel.id, message.id)
    await classroom.env.settle()


async def test_deleted_question_is_posted_again_with_its_answers(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(seconds=30)
    await classroom.answer(one, question, RIGHT)
    await classroom.env.advance_time(5)
    closes = classroom.value("select closes_at from round where state = 'open'")
    await delete(classroom, question)
    await classroom.env.advance_time(3)
    again = classroom.newest()
    assert again.id != question.id
    assert texts(again).splitlines()[:5] == texts(question).splitlines()[:5]
    assert "1 person has answered." in texts(again)
    assert classroom.value("select closes_at from round where state = 'open'") == closes
    await classroom.answer(two, again, WRONG)
    result = await classroom.close(again, seconds=30)
    assert "1 of 2" in texts(result)
    assert answers(classroom) == 2


async def test_question_deleted_in_bulk_is_posted_again(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=30)
    chat = await classroom.students[0].send(classroom.channel, "Hello")
    classroom.env.backend.bulk_delete_messages(classroom.channel.id, [question.id, chat.id])
    await classroom.env.advance_time(3)
    assert texts(classroom.newest()).startswith("### Question 1")


async def test_question_deleted_while_the_bot_was_away_is_posted_again(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=600)
    await classroom.env.advance_time(5)
    path = f"/channels/{classroom.channel.id}/messages/{question.id}"
    classroom.env.inject_error("PATCH", path, status=404, code=10008, message="Unknown Message")
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.advance_time(3)
    again = classroom.newest()
    assert again.id != question.id
    assert "1 person has answered." in texts(again)


async def test_question_that_keeps_being_deleted_is_left_at_last(classroom: Classroom) -> None:
    await classroom.first_question(questions=1, seconds=120)
    deleted = 0
    while classroom.posted() and texts(classroom.newest()).startswith("### Question 1") and deleted < 10:
        await delete(classroom, classroom.newest())
        deleted += 1
        await classroom.env.advance_time(3)
    assert deleted == 4
    await classroom.env.advance_time(120)
    assert texts(classroom.newest()).startswith("## Results")


async def test_deleted_lobby_is_posted_again(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    await delete(classroom, lobby)
    await classroom.env.advance_time(3)
    again = classroom.newest()
    assert again.id != lobby.id
    await classroom.instructor.click(again, label="Start")
    assert texts(classroom.newest()).startswith("### Question 1")


async def test_deleted_summary_is_posted_again(classroom: Classroom) -> None:
    await classroom.close(await classroom.first_question(questions=1))
    summary = classroom.newest()
    await delete(classroom, summary)
    await classroom.env.advance_time(3)
    assert texts(classroom.newest()) == texts(summary)
    assert "My result" in buttons(classroom.newest())


async def test_old_results_may_be_deleted(classroom: Classroom) -> None:
    first = await classroom.first_question(questions=3)
    await classroom.answer(classroom.students[0], first, RIGHT)
    await classroom.close(first)
    await classroom.next_question()
    posted = len(classroom.posted())
    await delete(classroom, first)
    await classroom.env.advance_time(5)
    assert len(classroom.posted()) == posted - 1
    assert answers(classroom) == 1


# Channels that are deleted


async def test_deleted_channel_ends_the_quiz_and_keeps_its_answers(classroom: Classroom) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.settle()
    assert standing(classroom) == ("ended", None, "channel_lost")
    assert answers(classroom) == 1
    assert classroom.direct_messages(classroom.instructor) == [
        "Your live quiz has ended, because its channel was deleted. All answers are kept."
    ]
    asked = len(posts(classroom.env.http_requests, classroom.channel.id))
    await classroom.env.advance_time(120)
    assert len(posts(classroom.env.http_requests, classroom.channel.id)) == asked


async def test_channel_deleted_while_the_bot_was_away_ends_the_quiz(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=30)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.settle()
    await classroom.bot.close()
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.restart(away=60)
    await classroom.env.advance_time(60)
    assert standing(classroom) == ("ended", None, "channel_lost")
    assert answers(classroom) == 1
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_deleted_thread_ends_its_quiz(classroom: Classroom) -> None:
    await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=2, seconds=20, place="thread"
    )
    (thread,) = classroom.channel.threads
    await classroom.instructor.click(classroom.newest(thread), label="Start")
    await classroom.answer(classroom.students[0], classroom.newest(thread), RIGHT)
    classroom.env.backend.delete_channel(thread.id)
    await classroom.env.settle()
    assert standing(classroom) == ("ended", None, "channel_lost")
    assert len(classroom.direct_messages(classroom.instructor)) == 1
    assert texts(await classroom.lobby()).startswith("## Live quiz")


async def test_another_deleted_channel_does_not_matter(classroom: Classroom) -> None:
    other = classroom.guild.create_text_channel("other")
    await classroom.first_question()
    classroom.env.backend.delete_channel(other.id)
    await classroom.env.settle()
    assert standing(classroom)[0] == "asking"


async def test_host_without_private_messages_is_no_trouble(classroom: Classroom) -> None:
    question = await classroom.first_question()
    await classroom.answer(classroom.students[0], question, RIGHT)
    dm = classroom.instructor.user.dm_channel
    classroom.env.inject_error(
        "POST",
        f"/channels/{dm.id}/messages",
        status=403,
        code=50007,
        message="Cannot send messages to this user",
        times=None,
    )
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.advance_time(700)
    assert standing(classroom) == ("ended", None, "channel_lost")
    assert len(posts(classroom.env.http_requests, dm.id)) == 1, "it is tried once"
    assert classroom.rows("select sent_at, failed_at is not null from notice") == [(None, 1)]


async def test_host_who_is_gone_is_no_trouble(classroom: Classroom) -> None:
    await classroom.first_question()
    path = f"/users/{classroom.instructor.id}"
    classroom.env.inject_error("GET", path, status=404, code=10013, message="Unknown User", times=None)
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.advance_time(60)
    assert standing(classroom)[0] == "ended"


@pytest.mark.parametrize(("status", "times"), [(503, 4), (429, 2)])
async def test_notice_is_sent_again_after_a_passing_error(
    classroom: Classroom, status: int, times: int
) -> None:
    await classroom.first_question()
    dm = classroom.instructor.user.dm_channel
    classroom.env.inject_error("POST", f"/channels/{dm.id}/messages", status=status, times=times)
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.settle()
    assert classroom.rows("select sent_at, failed_at from notice") == [(None, None)]
    await classroom.env.advance_time(120)
    assert len(classroom.direct_messages(classroom.instructor)) == 1
    assert classroom.rows("select sent_at is not null, failed_at from notice") == [(1, None)]


async def test_notice_that_never_gets_through_is_given_up(classroom: Classroom) -> None:
    await classroom.first_question()
    dm = classroom.instructor.user.dm_channel
    classroom.env.inject_error("POST", f"/channels/{dm.id}/messages", status=500, times=None)
    classroom.env.backend.delete_channel(classroom.channel.id)
    await classroom.env.advance_time(1_200)
    assert classroom.rows("select sent_at, failed_at is not null from notice") == [(None, 1)]


async def test_publisher_goes_on_after_work_that_failed(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = await classroom.first_question(seconds=600)
    await classroom.env.advance_time(5)
    tries: list[int] = []

    def fails_twice(db: Database, *, board_id: BoardId) -> None:
        tries.append(board_id)
        if len(tries) <= 2:
            raise OSError("the disk is full")
        message_missing(db, board_id=board_id)

    monkeypatch.setattr("bot.publisher.message_missing", fails_twice)
    path = f"/channels/{classroom.channel.id}/messages/{question.id}"
    classroom.env.inject_error("PATCH", path, status=404, code=10008, message="Unknown Message", times=None)
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert len(tries) == 1, "it rests before it is tried again"
    await classroom.env.advance_time(25)
    assert classroom.newest().id != question.id
    assert "1 person has answered." in texts(classroom.newest())
    assert len(tries) == 3


# Permissions that are revoked


async def test_revoked_permission_pauses_the_quiz_and_tells_the_host(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=3, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.close(question)
    classroom.allow(SILENT)
    await classroom.env.advance_time(60)
    assert standing(classroom) == ("paused", "cannot_post", None)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert told.startswith("Your live quiz is paused, because I may no longer write in <#")
    assert f"<#{classroom.channel.id}> (I need Send Messages" in told
    assert "All answers are kept." in told
    assert "`/quiz host action:Go on`" in told


async def test_quiz_goes_on_when_the_permission_is_back(classroom: Classroom) -> None:
    one = classroom.students[0]
    question = await classroom.first_question(questions=3, seconds=20)
    await classroom.answer(one, question, RIGHT)
    await classroom.close(question)
    classroom.allow(SILENT)
    await classroom.env.advance_time(60)
    classroom.allow(BOT_PERMISSIONS)
    assert "Question 2 of 3 is open." in await classroom.host("resume")
    await classroom.env.advance_time(1)
    second = classroom.newest()
    assert texts(second).startswith("### Question 2 of 3")
    await classroom.env.advance_time(15)
    await classroom.answer(one, second, RIGHT)
    await classroom.env.advance_time(10)
    assert "1 of 1" in texts(classroom.now(second)), "it had its whole time"
    third = await classroom.next_question()
    assert texts(third).startswith("### Question 3 of 3")
    await classroom.answer(one, third, WRONG)
    await classroom.close(third)
    assert "1 person, 2 of 3 answers right." in texts(classroom.newest())
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_going_on_too_early_tells_the_host_again(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=3, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.close(question)
    classroom.allow(SILENT)
    await classroom.env.advance_time(60)
    await classroom.host("resume")
    await classroom.env.advance_time(60)
    assert standing(classroom) == ("paused", "cannot_post", None)
    assert len(classroom.direct_messages(classroom.instructor)) == 2


async def test_channel_that_is_hidden_from_the_bot_pauses_the_quiz(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=3, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.close(question)
    classroom.allow(BLIND)
    await classroom.env.advance_time(60)
    assert standing(classroom) == ("paused", "cannot_post", None)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert told.startswith("Your live quiz is paused, because I ")
    classroom.allow(BOT_PERMISSIONS)
    await classroom.host("resume")
    await classroom.env.advance_time(3)
    assert texts(classroom.newest()).startswith("### Question 2 of 3")


async def test_quiz_paused_for_want_of_permission_ends_after_an_hour(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=3, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.close(question)
    classroom.allow(SILENT)
    await classroom.env.advance_time(3_700)
    assert standing(classroom)[0::2] == ("ended", "paused_too_long")
    assert answers(classroom) == 1
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_summary_that_cannot_be_posted_is_told_as_what_it_is(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    classroom.allow(SILENT)
    await classroom.close(question)
    assert standing(classroom) == ("ended", None, "finished")
    (told,) = classroom.direct_messages(classroom.instructor)
    assert "paused" not in told
    assert "Go on" not in told
    assert f"<#{classroom.channel.id}>" in told
    assert answers(classroom) == 1


async def test_summary_that_is_refused_is_tried_once(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    before = len(posts(classroom.env.http_requests, classroom.channel.id))
    classroom.allow(SILENT)
    await classroom.close(question)
    await classroom.env.advance_time(60)
    assert len(posts(classroom.env.http_requests, classroom.channel.id)) == before + 1
    assert len(classroom.direct_messages(classroom.instructor)) == 1


async def test_summary_is_posted_when_the_channel_takes_messages_again(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1, seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    classroom.allow(SILENT)
    await classroom.close(question)
    classroom.allow(BOT_PERMISSIONS)
    await classroom.lobby()
    await classroom.env.advance_time(5)
    assert any(texts(message).startswith("## Results") for message in classroom.posted())


async def test_permission_lost_in_the_middle_of_a_question_keeps_its_answers(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(questions=2, seconds=20)
    await classroom.answer(one, question, RIGHT)
    classroom.allow(SILENT)
    assert "Your answer is in" in texts(await classroom.answer(two, question, RIGHT))
    await classroom.env.advance_time(60)
    assert "2 of 2" in texts(classroom.now(question))
    assert standing(classroom) == ("paused", "cannot_post", None)
    assert answers(classroom) == 2


async def test_lobby_is_refused_where_the_bot_may_not_write(classroom: Classroom) -> None:
    classroom.allow(SILENT)
    refused = await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers")
    assert texts(reply(refused)) == (
        f"I lack Send Messages in {classroom.channel.mention}. "
        "Ask somebody who manages the server to allow it."
    )
    assert classroom.value("select count(*) from run") == 0


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (SILENT_IN_THREADS, "I lack Send Messages in Threads in"),
        (
            discord.Permissions(
                SILENT_IN_THREADS.value & ~discord.Permissions(create_public_threads=True).value
            ),
            "I lack Create Public Threads and Send Messages in Threads in",
        ),
    ],
)
async def test_thread_is_not_made_where_the_bot_could_not_write(
    classroom: Classroom, lacking: discord.Permissions, words: str
) -> None:
    classroom.allow(lacking)
    refused = await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", place="thread")
    assert words in texts(reply(refused))
    assert classroom.channel.threads == []


# Discord has trouble


@pytest.mark.parametrize(("status", "times"), [(500, 1), (500, 3), (503, 1), (429, 2)])
async def test_passing_error_on_posting_is_tried_again(classroom: Classroom, status: int, times: int) -> None:
    lobby = await classroom.lobby()
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=status, times=times)
    await classroom.instructor.click(lobby, label="Start")
    assert len(classroom.posted()) == 1
    await classroom.env.advance_time(16)
    question = classroom.newest()
    assert texts(question).startswith("### Question 1 of 2")
    assert len(classroom.posted()) == 2
    assert standing(classroom)[0] == "asking"


async def test_time_of_a_question_begins_when_it_is_seen(classroom: Classroom) -> None:
    lobby = await classroom.lobby(seconds=20)
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=503, times=3)
    await classroom.instructor.click(lobby, label="Start")
    await classroom.until(lambda: len(classroom.posted()) == 2)
    await classroom.env.advance_time(19)
    question = classroom.newest()
    assert "Your answer is in" in texts(await classroom.answer(classroom.students[0], question, RIGHT))
    await classroom.env.advance_time(5)
    assert "Right answer" in texts(classroom.now(question))


async def test_server_error_on_editing_is_tried_again(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=60)
    await classroom.env.advance_time(5)
    path = f"/channels/{classroom.channel.id}/messages/{question.id}"
    classroom.env.inject_error("PATCH", path, status=502, times=2)
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "Nobody has answered yet." in texts(classroom.now(question))
    await classroom.env.advance_time(15)
    assert "1 person has answered." in texts(classroom.now(question))


async def test_posting_that_fails_for_long_pauses_the_quiz(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=500, times=MOST_ATTEMPTS)
    await classroom.instructor.click(lobby, label="Start")
    await classroom.env.advance_time(900)
    assert standing(classroom) == ("paused", "cannot_post", None)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert f"Discord has not taken my message in <#{classroom.channel.id}> for minutes" in told
    await classroom.host("resume")
    await classroom.env.advance_time(3)
    assert texts(classroom.newest()).startswith("### Question 1 of 2")


async def test_message_that_discord_refuses_pauses_the_quiz(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=400, code=50035, message="Invalid Form Body")
    await classroom.instructor.click(lobby, label="Start")
    await classroom.env.advance_time(5)
    assert standing(classroom) == ("paused", "cannot_post", None)
    assert "Discord did not take my message" in classroom.direct_messages(classroom.instructor)[0]


async def test_old_message_that_may_not_be_edited_now_is_edited_later(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=600, pace="host")
    await classroom.env.advance_time(5)
    path = f"/channels/{classroom.channel.id}/messages/{question.id}"
    times = MOST_ATTEMPTS + 1
    classroom.env.inject_error(
        "PATCH", path, status=429, code=30046, message="Maximum number of edits", times=times
    )
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.advance_time(60 * times - 5)
    assert "Nobody has answered yet." in texts(classroom.now(question))
    await classroom.env.advance_time(10)
    assert "Right answer" in texts(classroom.now(question))
    assert standing(classroom)[0] == "revealing", "it never counts as a failure"


async def test_quiz_in_an_archived_thread_takes_it_out_of_the_archive(classroom: Classroom) -> None:
    await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=2, seconds=20, place="thread"
    )
    (thread,) = classroom.channel.threads
    await classroom.instructor.click(classroom.newest(thread), label="Start")
    question = classroom.newest(thread)
    await classroom.answer(classroom.students[0], question, RIGHT)
    # SimCord asks for Manage Channels here; Discord takes Send Messages in Threads for one's way out of the archive.
    classroom.allow(BOT_PERMISSIONS | discord.Permissions(manage_channels=True))
    classroom.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    path = f"/channels/{thread.id}/messages/{question.id}"
    classroom.env.inject_error("PATCH", path, status=400, code=50083, message="Thread is archived")
    await classroom.env.advance_time(30)
    assert "Right answer" in texts(classroom.now(question))
    await classroom.env.advance_time(20)
    assert texts(classroom.newest(thread)).startswith("### Question 2 of 2")


async def test_quiz_in_a_closed_thread_that_the_bot_may_not_open_is_paused(classroom: Classroom) -> None:
    await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=2, seconds=20, place="thread"
    )
    (thread,) = classroom.channel.threads
    await classroom.instructor.click(classroom.newest(thread), label="Start")
    await classroom.answer(classroom.students[0], classroom.newest(thread), RIGHT)
    classroom.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True, "locked": True})
    path = f"/channels/{thread.id}/messages/*"
    classroom.env.inject_error(
        "PATCH", path, status=400, code=50083, message="Thread is archived", times=None
    )
    await classroom.env.advance_time(30)
    assert standing(classroom) == ("paused", "cannot_post", None)
    assert "is closed and I may not open it again" in classroom.direct_messages(classroom.instructor)[0]


async def test_lost_reply_does_not_lose_the_answer(classroom: Classroom) -> None:
    question = await classroom.first_question()
    classroom.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    pressed = await classroom.students[0].click(question, custom_id=option_id(question, RIGHT))
    assert not pressed.acknowledged
    assert answers(classroom) == 1


async def test_new_argument_does_not_wait_for_an_edit_of_the_motion(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    student = classroom.students[0]
    await debate.stance(student, "undecided")
    await debate.argue_now()
    await classroom.env.advance_time(10)
    motion = f"/channels/{debate.thread.id}/messages/{debate.motion.id}"
    before = len(classroom.env.http_requests)
    await debate.argue(student)
    shown = [
        request.method
        for request in classroom.env.http_requests[before:]
        if request.path in (motion, f"/channels/{debate.thread.id}/messages")
    ]
    assert shown == ["POST", "POST", "PATCH"], "the argument, the first map, and then the motion"


async def test_one_channel_in_trouble_does_not_hold_up_another(classroom: Classroom) -> None:
    other = classroom.guild.create_text_channel("other")
    lobby = await classroom.lobby()
    await classroom.instructor.slash(other, "quiz live", set="rivers", questions=2, seconds=20)
    path = f"/channels/{classroom.channel.id}/messages"
    classroom.env.inject_error("POST", path, status=500, times=4)
    await classroom.instructor.click(lobby, label="Start")
    await classroom.instructor.click(classroom.newest(other), label="Start")
    assert len(classroom.posted()) == 1
    assert texts(classroom.newest(other)).startswith("### Question 1 of 2")
