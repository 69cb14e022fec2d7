"""Temporary: pictures."""

from pathlib import Path
from playwright.async_api import BrowserType
from tests.discord.fair_lesson import *
from tests.discord.room import *
from tests.discord.test_grades import MARKS, grade
from tests.discord.test_reported_messages import inbox, press, opened_report

OUT = Path("/tmp/pictures/fairness")
orig = BrowserType.launch


async def launch(self, **kw):
    return await orig(self, executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"], **kw)


BrowserType.launch = launch


async def shot(room, channel, viewer, target, name, width=420, height=1500):
    target = getattr(target, "message", target)
    async with room.env.preview(
        channel, viewers=[viewer], layout="message", width=width, height=height, display="fixed"
    ) as pre:
        await pre.screenshot(OUT / f"{name}.png", viewer=viewer, target=target, allow_incomplete=True)


async def test_reports(classroom):
    c = classroom
    await c.students[1].send(c.channel, "You are all idiots")
    msg = c.channel.history()[-1]
    form = await report_form(c.students[0], c.channel, msg)
    await shot(c, c.channel, c.students[0], form, "01-report-form")
    thanks = reply(
        await c.students[0].submit_modal(
            form, {"text": "It insults the whole class, and **nobody** stopped it."}
        )
    )
    await shot(c, c.channel, c.students[0], thanks, "02-report-thanks")
    await report(c.students[2], c.channel, msg)
    lesson = await fair_lesson(c)
    await lesson.argue(c.students[1], "Those people are bad.")
    await report(c.students[0], lesson.thread, lesson.argument(1), "It is about a whole people.")
    await report(c.students[3], lesson.thread, lesson.motion)
    box = await inbox(c)
    await shot(c, c.channel, c.instructor, box, "03-inbox")
    op = await press(c, box, "Open 2")
    await shot(c, c.channel, c.instructor, op, "04-entry-argument")
    op = await press(c, op, "Pause the debate")
    await shot(c, c.channel, c.instructor, op, "05-entry-paused")
    st = await lesson.host("status")
    await shot(c, lesson.thread, c.instructor, st, "06-status-with-reports")
    op = await press(c, op, "Let the debate go on")
    done = await press(c, op, "Dealt with")
    await shot(c, c.channel, c.instructor, done, "07-dealt-with")
    op = await press(c, await inbox(c), "Open 2")
    await shot(c, c.channel, c.instructor, op, "08-entry-message-two-reporters")
    await press(c, op, "Nothing to do")
    await c.env.settle()
    dm = c.posted(c.students[0].user.dm_channel)
    await shot(c, c.students[0].user.dm_channel, c.students[0].user, dm[0], "09-news-dealt-with")
    await shot(c, c.students[0].user.dm_channel, c.students[0].user, dm[1], "10-news-nothing-to-do")
    again = reply(await report_form(c.students[0], c.channel, msg))
    await shot(c, c.channel, c.students[0], again, "11-report-decided-already")
    op = await press(c, await inbox(c), "Open 1")
    await shot(c, c.channel, c.instructor, op, "12-entry-motion")


async def test_nudges(classroom):
    c = classroom
    from tests.discord.test_private_nudges import uneven

    await uneven(c)
    await c.env.advance_time(21 * 60)
    for n, who in ((20, 0), (21, 5)):
        s = c.students[who]
        await shot(
            c,
            s.user.dm_channel,
            s.user,
            c.posted(s.user.dm_channel)[0],
            f"{n}-nudge-{'dominant' if who == 0 else 'silent'}",
        )
    s = c.students[5]
    await s.user.click(c.posted(s.user.dm_channel)[0], label="No more such messages")
    await shot(c, s.user.dm_channel, s.user, c.posted(s.user.dm_channel)[0], "22-nudges-stopped")


async def test_leaving(classroom):
    c = classroom
    from tests.discord.test_leaving_debates import lived_in, DELETE, SURE

    lesson = await lived_in(c)
    one, two = c.students[:2]
    place = await lesson.my_place(one)
    await shot(c, lesson.thread, one, place, "30-my-side")
    asked = reply(await one.click(place, label=DELETE))
    await shot(c, lesson.thread, one, asked, "31-delete-question")
    left = reply(await two.click(await lesson.my_place(two), label="Leave the debate"))
    await shot(c, lesson.thread, two, left, "32-left")
    gone = reply(await one.click(asked, label=SURE))
    await shot(c, lesson.thread, one, gone, "33-deleted")
    await lesson.settle()
    await shot(c, lesson.thread, one, lesson.argument(1), "34-tombstone")
    await shot(c, lesson.thread, one, lesson.argument(2), "35-answer-to-tombstone")
    await lesson.host("close")
    place = reply(await two.slash(c.channel, "debate status", debate=str(lesson.debate_id)))
    await shot(c, c.channel, two, place, "36-status-of-a-learner-closed")
    asked = reply(await two.click(place, label="Delete what I wrote"))
    await shot(c, c.channel, two, asked, "37-delete-question-closed")


async def test_grades(classroom):
    c = classroom
    from tests.discord.test_grades import at_its_vote

    lesson = await at_its_vote(c)
    one, two, three = c.students[:3]
    sheet = await lesson.host("grade", learner=one.user)
    await shot(c, lesson.thread, c.instructor, sheet, "40-sheet")
    form = await c.instructor.click(sheet, label="Give marks")
    await shot(c, lesson.thread, c.instructor, form, "41-marks-form")
    graded = reply(await c.instructor.submit_modal(form, MARKS))
    form = await c.instructor.click(graded, label="Comment")
    await shot(c, lesson.thread, c.instructor, form, "42-comment-form")
    graded = reply(
        await c.instructor.submit_modal(
            form,
            {"comment": "Well argued. Your evidence is strong;\nnext time, answer the other side sooner."},
        )
    )
    await shot(c, lesson.thread, c.instructor, graded, "43-sheet-graded")
    await lesson.stance(three, "0", when="after")
    await grade(lesson, two, evidence="33")
    await shot(c, lesson.thread, c.instructor, await lesson.host("grades"), "44-list-open")
    await lesson.host("close")
    listed = await lesson.host("grades")
    await shot(c, lesson.thread, c.instructor, listed, "45-list-closed")
    done = reply(await c.instructor.click(listed, label="Tell 2 people their grades"))
    await shot(c, lesson.thread, c.instructor, done, "46-list-told")
    await lesson.settle()
    await shot(c, one.user.dm_channel, one.user, c.posted(one.user.dm_channel)[0], "47-grade-message")
    await grade(lesson, one, evidence="100")
    await lesson.settle()
    await shot(c, one.user.dm_channel, one.user, c.posted(one.user.dm_channel)[1], "48-grade-changed")
    place = reply(await one.slash(lesson.thread, "debate status"))
    await shot(c, lesson.thread, one, place, "49-status-with-grade")
    await shot(
        c, lesson.thread, one, reply(await one.slash(lesson.thread, "help")), "60-help-learner", height=2400
    )
    await shot(
        c,
        lesson.thread,
        c.instructor,
        reply(await c.instructor.slash(lesson.thread, "help")),
        "61-help-instructor",
        height=3000,
    )
