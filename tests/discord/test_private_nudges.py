"""Private nudges in a debate: who gets one, that nobody else sees it, and the button that stops them."""

from simcord import MemberActor

from tests.discord.fair_lesson import FairLesson, fair_lesson
from tests.discord.room import Classroom, buttons, reply, texts

TITLE = "### A private word on a debate"


async def uneven(classroom: Classroom, minutes: int = 30) -> FairLesson:
    """One student argues eight times, three once, and two only say where they stand."""
    lesson = await fair_lesson(classroom, minutes=minutes)
    for student in classroom.students:
        await lesson.stance(student, "0")
    for _ in range(8):
        await lesson.argue(classroom.students[0])
    for student in classroom.students[1:4]:
        await lesson.argue(student)
    return lesson


def nudges(classroom: Classroom, member: MemberActor) -> list[str]:
    return [each for each in classroom.direct_messages(member) if each.startswith(TITLE)]


async def test_silent_and_dominant_get_a_kind_word_and_nobody_else_anything(classroom: Classroom) -> None:
    lesson = await uneven(classroom)
    await classroom.env.advance_time(15 * 60)
    assert [nudges(classroom, each) for each in classroom.students] == [[]] * 6
    before = len(classroom.posted(lesson.thread)), len(classroom.posted())
    await classroom.env.advance_time(6 * 60)
    loud, *others = [nudges(classroom, each) for each in classroom.students]
    assert "You have put a lot into it: thank you." in loud[0]
    assert others[:3] == [[], [], []]
    for silent in others[3:]:
        assert "You have not said anything in it so far." in silent[0]
        assert "**Just reading along is fine, too:** nobody counts it against you." in silent[0]
        assert f"https://discord.com/channels/{classroom.guild.id}/{lesson.thread.id}" in silent[0]
    assert (len(classroom.posted(lesson.thread)), len(classroom.posted())) == before, "nothing public"
    assert nudges(classroom, classroom.instructor) == []


async def test_messages_in_the_thread_count(classroom: Classroom) -> None:
    lesson = await uneven(classroom)
    await classroom.students[4].send(lesson.thread, "I am listening.")
    await classroom.env.advance_time(21 * 60)
    assert nudges(classroom, classroom.students[4]) == []
    assert len(nudges(classroom, classroom.students[5])) == 1


async def test_without_a_clock_they_come_when_the_instructor_goes_on(classroom: Classroom) -> None:
    lesson = await fair_lesson(classroom, format="oxford")
    for student in classroom.students:
        await lesson.stance(student, "0")
    await lesson.host("advance")
    await lesson.settle()
    for _ in range(8):
        form = await classroom.students[0].click(lesson.message("### Openings"), label="Add argument")
        fields = {"claim": "It works.", "evidence": "A survey.", "reasoning": "So it is."}
        await classroom.students[0].submit_modal(form, fields)
    await classroom.env.advance_time(3600)
    assert nudges(classroom, classroom.students[5]) == []
    await lesson.host("advance")
    await lesson.settle()
    assert [len(nudges(classroom, each)) for each in classroom.students] == [1] * 6


async def test_button_stops_them_for_good(classroom: Classroom) -> None:
    await uneven(classroom)
    await classroom.env.advance_time(21 * 60)
    silent = classroom.students[5]
    [message] = classroom.posted(silent.user.dm_channel)
    assert list(buttons(message)) == ["No more such messages"]
    await classroom.restart()
    await silent.user.click(message, label="No more such messages")
    [message] = classroom.posted(silent.user.dm_channel)
    assert texts(message).startswith("You get no more such messages from that server.")
    assert buttons(message) == {}
    await uneven(classroom)
    await classroom.env.advance_time(21 * 60)
    assert nudges(classroom, silent) == []
    assert len(nudges(classroom, classroom.students[4])) == 2


async def test_who_takes_no_direct_messages_is_left_alone(classroom: Classroom) -> None:
    lesson = await uneven(classroom)
    classroom.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=3)
    await classroom.env.advance_time(21 * 60)
    assert [nudges(classroom, each) for each in classroom.students] == [[]] * 6
    assert "waits" not in texts(await lesson.host("status"))
    await classroom.env.advance_time(60)
    assert classroom.rows("select 1 from notice where sent_at is null and failed_at is null") == []


async def test_restart_within_the_stage_loses_no_nudge_and_doubles_none(classroom: Classroom) -> None:
    await uneven(classroom)
    await classroom.restart(away=19 * 60)
    await classroom.env.advance_time(2 * 60)
    await classroom.restart()
    await classroom.env.advance_time(60)
    assert [len(nudges(classroom, each)) for each in classroom.students] == [1, 0, 0, 0, 1, 1]


async def test_whoever_has_left_is_left_alone(classroom: Classroom) -> None:
    lesson = await uneven(classroom)
    for student in classroom.students[4:]:
        left = reply(await student.click(await lesson.my_place(student), label="Leave the debate"))
        assert "nobody holds that against you" in texts(left)
    await classroom.env.advance_time(21 * 60)
    assert nudges(classroom, classroom.students[4]) == nudges(classroom, classroom.students[5]) == []
