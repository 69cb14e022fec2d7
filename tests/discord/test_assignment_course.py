"""An assignment from its opening to its end: announced, looked at by instructors, moved, closed, withdrawn."""

import pytest

from bot.store.learners import learner_for
from tests.discord.assigning import DAY, HOUR, SILENT, assigned, begin, done, draft, due_at, press, status
from tests.discord.lessons import RIGHT
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import edits

# Opening and announcing


async def test_it_is_announced_in_another_channel(classroom: Classroom) -> None:
    news = classroom.guild.create_text_channel("news")
    told = await press(classroom.instructor, await draft(classroom, channel=news), "Set it")
    assert f"announced in <#{news.id}>" in texts(told)
    await classroom.env.advance_time(2)
    assert classroom.posted() == []
    overview = reply(await classroom.students[0].click(classroom.newest(news), label="Start"))
    assert "Begin" in buttons(overview)


async def test_it_opens_and_is_announced_by_the_clock(classroom: Classroom) -> None:
    student = classroom.students[0]
    preview = await draft(classroom, opens="tomorrow 8:00")
    assert "as soon as" not in texts(preview)
    assert "Opens <t:1767340800:f>" in texts(preview)
    told = await press(classroom.instructor, preview, "Set it")
    assert f"and is announced then in <#{classroom.channel.id}>." in texts(told)
    shown = await press(classroom.instructor, told, "Status")
    assert "not open yet" in texts(shown)
    assert list(buttons(shown)) == ["Refresh", "One day more", "Withdraw"]
    await classroom.env.advance_time(32 * HOUR - 5)
    assert classroom.posted() == []
    assert await student.autocomplete(classroom.channel, "quiz status", "assignment", "") == []
    assert "There is no assignment" in texts(await status(classroom, student))
    assert "I cannot find this assignment here." in texts(await status(classroom, student, assignment="1"))
    await classroom.env.advance_time(10)
    (announcement,) = classroom.posted()
    assert "Opens" not in texts(announcement)
    assert "Begin" in buttons(await press(student, announcement, "Start"))


async def test_opening_that_was_missed_is_made_up_for(classroom: Classroom) -> None:
    await press(classroom.instructor, await draft(classroom, opens="in 1 hour"), "Set it")
    await classroom.restart(away=DAY)
    await classroom.env.advance_time(5)
    assert texts(classroom.newest()).startswith("## Assignment")


async def test_assignment_that_has_not_opened_can_be_withdrawn(classroom: Classroom) -> None:
    told = await press(classroom.instructor, await draft(classroom, opens="tomorrow"), "Set it")
    before = await press(classroom.instructor, told, "Status")
    asked = await press(classroom.instructor, before, "Withdraw")
    assert "It will not open, and nobody gets to see it." in texts(asked)
    kept = await press(classroom.instructor, asked, "No, leave it")
    assert "not open yet" in texts(kept)
    asked = await press(classroom.instructor, kept, "Withdraw")
    gone = await press(classroom.instructor, asked, "Yes, withdraw it")
    assert texts(gone) == "### Withdrawn · Rivers of Europe\nIt does not open, and nobody gets to see it."
    again = await status(classroom, assignment="1")
    assert texts(again).startswith("### Assignment · Rivers of Europe · withdrawn")
    assert buttons(again) == {}
    await classroom.env.advance_time(2 * DAY)
    assert classroom.posted() == []
    assert "Nothing is assigned here." in texts(await status(classroom))


async def test_deleted_announcement_comes_back_while_it_is_open(classroom: Classroom) -> None:
    announcement = await assigned(classroom, due="in 2 hours")
    classroom.env.backend.delete_message(classroom.channel.id, announcement.id)
    await classroom.env.advance_time(3)
    again = classroom.newest()
    assert again.id != announcement.id
    assert texts(again) == texts(announcement)
    await begin(classroom, again)
    await classroom.env.advance_time(3 * HOUR)
    assert "This assignment is over" in texts(classroom.newest())
    classroom.env.backend.delete_message(classroom.channel.id, again.id)
    await classroom.env.advance_time(60)
    assert classroom.posted() == []


async def test_deleted_channel_is_told_and_the_assignment_goes_on(classroom: Classroom) -> None:
    news = classroom.guild.create_text_channel("news")
    await press(classroom.instructor, await draft(classroom, channel=news), "Set it")
    await classroom.env.advance_time(2)
    classroom.env.backend.delete_channel(news.id)
    await classroom.env.advance_time(5)
    assert classroom.direct_messages(classroom.instructor) == [
        "The channel in which your assignment “Rivers of Europe” was announced was deleted. It goes on all the same: "
        "people find it with `/quiz status`."
    ]
    found = await status(classroom, classroom.students[0])
    assert "Begin" in buttons(await press(classroom.students[0], found, "Start"))


async def test_announcement_that_cannot_be_posted_is_told(classroom: Classroom) -> None:
    await press(classroom.instructor, await draft(classroom, opens="in 1 hour"), "Set it")
    classroom.allow(SILENT)
    await classroom.env.advance_time(HOUR + 60)
    (told,) = classroom.direct_messages(classroom.instructor)
    assert told.startswith("Your assignment could not be announced, because I may no longer write in <#")
    assert told.endswith("people find it with `/quiz status`.")
    found = await status(classroom, classroom.students[0])
    assert "Start" in buttons(found)


# How far everybody is


async def test_status_tells_who_is_how_far(classroom: Classroom) -> None:
    one, two, three = classroom.students[:3]
    announcement = await assigned(classroom, questions=2, attempts=2)
    empty = texts(await status(classroom, assignment="1"))
    assert "**0 finished · 0 under way · 0 not begun**" in empty
    assert "Nobody has begun yet." in empty
    await done(classroom, announcement, True, True, student=0)
    await done(classroom, announcement, False, False, student=1)
    await begin(classroom, announcement, student=1)
    question = await begin(classroom, announcement, student=2)
    await classroom.answer(three, question, RIGHT)
    alone = reply(await classroom.students[3].slash(classroom.channel, "quiz take", set="rivers"))
    await classroom.answer(classroom.students[3], alone, RIGHT)
    shown = await status(classroom, assignment="1")
    assert texts(shown).startswith("### Assignment · Rivers of Europe · open\n**Due <t:")
    assert "**2 finished · 1 under way · 1 not begun**\nMean result of those who have finished: 50%" in texts(
        shown
    )
    lines = [line for line in texts(shown).splitlines() if line.startswith("<@")]
    assert lines == [
        f"<@{one.id}> · finished: 100% (1 attempt)",
        f"<@{two.id}> · finished: 0% (2 attempts, another under way (0 of 2))",
        f"<@{three.id}> · under way: 1 of 2 answered",
        f"<@{classroom.students[3].id}> · not begun",
    ]
    assert "Only instructors see this." in texts(shown)


async def test_status_turns_pages(classroom: Classroom) -> None:
    await assigned(classroom)
    for number in range(60):
        member = classroom.guild.add_member(classroom.env.create_user(f"more{number}"))
        await classroom.office.run(learner_for, classroom.guild.id, member.id, classroom.office.now())
    first = await status(classroom, assignment="1")
    assert "**0 finished · 0 under way · 60 not begun**" in texts(first)
    assert "-# Page 1 of 3" in texts(first)
    assert list(buttons(first)) == ["Next", "Refresh", "One day more", "Close now"]
    pages = [texts(first)]
    for _ in range(2):
        pages.append(texts(await press(classroom.instructor, first, "Next")))
    assert "-# Page 3 of 3" in pages[2]
    named = [line for page in pages for line in page.splitlines() if line.startswith("<@")]
    assert (len(named), len(set(named))) == (60, 60)
    assert list(buttons(first)) == ["Back", "Refresh", "One day more", "Close now"]
    assert "-# Page 2 of 3" in texts(await press(classroom.instructor, first, "Back"))


async def test_one_day_more_is_one_day_more(classroom: Classroom) -> None:
    announcement = await assigned(classroom, due="2026-01-03 12:00")
    shown = await status(classroom, assignment="1")
    before, more = shown.message, buttons(shown)["One day more"]
    shown = await press(classroom.instructor, shown, "One day more")
    assert due_at(classroom).startswith("2026-01-04T12:00")
    assert "<t:1767528000:f>" in texts(shown)
    await classroom.deliver_again()
    late = await classroom.press_late(classroom.instructor, before, more)
    assert "<t:1767528000:f>" in texts(late)
    assert due_at(classroom).startswith("2026-01-04T12:00")
    await press(classroom.instructor, shown, "One day more")
    assert due_at(classroom).startswith("2026-01-05T12:00")
    await classroom.env.advance_time(5)
    assert "<t:1767614400:f>" in texts(classroom.now(announcement))


async def test_closing_is_asked_first_and_ends_what_is_under_way(classroom: Classroom) -> None:
    announcement = await assigned(classroom, questions=2)
    question = await begin(classroom, announcement)
    kept = await classroom.answer(classroom.students[0], question, RIGHT)
    second = await press(classroom.students[0], kept, "Next question")
    asked = await press(classroom.instructor, await status(classroom, assignment="1"), "Close now")
    assert "It cannot be opened again." in texts(asked)
    shown = await press(classroom.instructor, asked, "No, leave it")
    assert "· open" in texts(shown)
    asked = await press(classroom.instructor, shown, "Close now")
    before, yes = asked.message, buttons(asked)["Yes, close it now"]
    told = await press(classroom.instructor, asked, "Yes, close it now")
    assert texts(told) == (
        "### Closed · Rivers of Europe\nAll answers so far are kept and count. People can see their results now."
    )
    await classroom.env.advance_time(5)
    refused = await classroom.answer(classroom.students[0], second, RIGHT)
    assert texts(refused) == "Time is up for this question, so this answer could not be taken."
    shown = await press(classroom.instructor, told, "Status")
    assert "· closed" in texts(shown)
    assert f"<@{classroom.students[0].id}> · finished: 50% (1 attempt)" in texts(shown)
    assert list(buttons(shown)) == ["Refresh"]
    again = await classroom.press_late(classroom.instructor, before, yes)
    assert texts(again) == "The assignment is closed, so nothing was changed."
    over = classroom.now(announcement)
    assert "This assignment is over: it was due <t:" in texts(over)
    assert list(buttons(over)) == ["See mine"]


async def test_buttons_of_a_status_are_the_instructors(classroom: Classroom) -> None:
    await assigned(classroom)
    shown = await status(classroom, assignment="1")
    asked = await press(classroom.instructor, shown, "Close now")
    ids = {**buttons(shown), **buttons(asked)}.values()
    before = classroom.rows("select * from assignment")
    for custom_id in ids:
        pressed = await classroom.press_late(classroom.students[0], asked.message, custom_id)
        assert texts(pressed).startswith("Only instructors (")
    assert classroom.rows("select * from assignment") == before


async def test_list_names_each_assignment_and_what_it_is_about(classroom: Classroom) -> None:
    assert texts(await status(classroom)) == (
        "### Assignments\nNothing is assigned here. `/quiz assign` sets something."
    )
    await assigned(classroom, due="in 1 hour")
    await classroom.env.advance_time(2 * HOUR)
    await assigned(classroom, due="in 5 days", set="kinds", category="history")
    await press(classroom.instructor, await draft(classroom, opens="in 2 days", due="in 4 days"), "Set it")
    shown = await status(classroom)
    lines = [line for line in texts(shown).splitlines() if "**" in line or "due" in line]
    assert [line.partition(" · due")[0] for line in lines] == [
        "**All kinds of questions** · open",
        "-# 3 questions (historical fact)",
        "**Rivers of Europe** · not open yet",
        "-# 5 questions",
        "**Rivers of Europe** · closed",
        "-# 5 questions",
    ]
    offered = await classroom.instructor.autocomplete(classroom.channel, "quiz status", "assignment", "")
    assert [each["name"].rpartition("(")[2] for each in offered] == ["open)", "not open yet)", "closed)"]
    opened = reply(await classroom.instructor.click(shown, custom_id="ap:2:0"))
    assert opened.id == shown.id
    assert "All kinds of questions · open" in texts(opened)


@pytest.mark.parametrize("name", ["nonsense", "99", "-1", "²"])
async def test_assignment_that_there_is_not_is_explained(classroom: Classroom, name: str) -> None:
    for member in (classroom.instructor, classroom.students[0]):
        told = texts(await status(classroom, member, assignment=name))
        assert told.startswith(("I cannot find this assignment here.", "I cannot find an assignment named “"))


async def test_announcement_is_edited_no_more_than_it_must(classroom: Classroom) -> None:
    announcement = await assigned(classroom, questions=2)
    await done(classroom, announcement, True, False)
    await classroom.env.advance_time(10)
    assert edits(classroom.env.http_requests, announcement.id) == []
