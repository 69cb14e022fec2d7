"""Assignments as instructors set them: the preview, the dates, what is refused."""

import pytest

from tests.discord.assigning import SILENT, assigned, draft, due_at, press, status
from tests.discord.room import Classroom, buttons, reply, texts

# Setting


async def test_preview_is_the_instructors_alone_until_it_is_set(classroom: Classroom) -> None:
    preview = await draft(classroom, questions=3, attempts=2, minutes=90, certainty=True)
    said = texts(preview)
    assert said.startswith(
        "### Preview of your assignment · Rivers of Europe\nOpens as soon as you press **Set it**"
    )
    for line in (
        "3 questions",
        "2 attempts, the best one counts",
        "90 minutes for each attempt",
        "Shown when an attempt is handed in: marks",
        "Shown after the due date: right answers and explanations",
        "After each answer you may say how sure you are",
        f"It is announced in <#{classroom.channel.id}>.",
    ):
        assert line in said.splitlines()
    assert said.count("Which river has number ") == 3
    assert "Nobody but you has seen this yet." in said
    assert list(buttons(preview)) == ["Set it", "Discard"]
    await classroom.env.advance_time(60)
    assert classroom.posted() == []
    assert "There is no assignment here for you." in texts(await status(classroom, classroom.students[0]))
    told = await press(classroom.instructor, preview, "Set it")
    assert told.id == preview.id
    assert f"It is open now, and announced in <#{classroom.channel.id}>." in texts(told)
    (announcement,) = classroom.posted()
    assert texts(announcement).startswith("## Assignment · Rivers of Europe\n**Due <t:")
    assert f"-# Set by <@{classroom.instructor.id}>" in texts(announcement)
    assert "Which river" not in texts(announcement)
    assert list(buttons(announcement)) == ["Start"]


async def test_discarded_draft_is_gone(classroom: Classroom) -> None:
    preview = await draft(classroom)
    before, set_it = preview.message, buttons(preview)["Set it"]
    assert texts(await press(classroom.instructor, preview, "Discard")) == "Discarded: nobody has seen it."
    late = await classroom.press_late(classroom.instructor, before, set_it)
    assert texts(late).startswith("I cannot find this assignment here.")
    await classroom.env.advance_time(60)
    assert classroom.posted() == []


async def test_set_twice_is_announced_once(classroom: Classroom) -> None:
    await assigned(classroom)
    await classroom.env.advance_time(10)
    count = len(classroom.posted())
    await press(classroom.instructor, await draft(classroom), "Set it")
    await classroom.deliver_again()
    await classroom.env.advance_time(60)
    assert len(classroom.posted()) == count + 1
    assert classroom.value("select count(*) from assignment where state = 'set'") == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"questions": 6}, "Only 5 questions of this kind can be asked."),
        ({"answers": "after"}, "are seen before the due date"),
        ({"answers": "after", "attempts": 2}, "are seen before the next attempt"),
        ({"marks": "after_due", "answers": "after"}, "are seen before the marks, and so tell them."),
        ({"due": "in 1 hour", "minutes": 90}, "The time limit is longer than the time from opening"),
    ],
)
async def test_preview_warns_of_what_may_not_be_meant(
    classroom: Classroom, options: dict[str, object], words: str
) -> None:
    assert "Please note" not in texts(await draft(classroom, questions=5))
    said = texts(await draft(classroom, **{"questions": 5, **options}))
    assert any(words in line for line in said.splitlines() if line.startswith("**Please note:** "))


async def test_preview_says_what_is_as_the_instructor_chose(classroom: Classroom) -> None:
    said = texts(
        await draft(
            classroom,
            set="kinds",
            category="history",
            questions=2,
            draw="each",
            attempts=0,
            counts="average",
            marks="after_due",
            remind=False,
        )
    )
    for words in (
        "2 questions (historical fact), drawn anew for each attempt",
        "Any number of attempts, their average counts",
        "No time limit",
        "Shown after the due date: marks, right answers and explanations",
        "There is no reminder.",
        "Each attempt draws 2 of 3 questions.",
    ):
        assert words in said
    assert "Which river" not in said


async def test_named_questions_are_asked(classroom: Classroom) -> None:
    said = texts(await draft(classroom, items="river-2, river-5 river-2", questions=50))
    assert "Which river has number 2?" in said
    assert "Which river has number 5?" in said
    assert said.count("Which river") == 2
    assert "\n2 questions\n" in said
    assert "fewer" not in said


async def test_long_preview_names_the_first_questions(classroom: Classroom) -> None:
    items = "".join(
        f"  - {{id: s{n}, kind: true_false, prompt: Statement {n} of them., answer: true}}\n"
        for n in range(50)
    )
    head = "set: {format: 1, id: many, title: Many, description: D, source: {title: S}}\ncategory: history\nitems:\n"
    file = ("many.yaml", (head + items).encode())
    await classroom.instructor.slash(classroom.channel, "questions load", file=file, check_first=False)
    said = texts(await draft(classroom, set="many", questions=50))
    assert said.count("Statement") == 15
    assert "… and 35 more." in said


# Dates


async def test_dates_come_up_as_they_are_read(classroom: Classroom) -> None:
    async def offered(option: str, typed: str) -> list[tuple[str, str]]:
        found = await classroom.instructor.autocomplete(classroom.channel, "quiz assign", option, typed)
        return [(each["name"], each["value"]) for each in found]

    assert await offered("due", "friday 18:00") == [
        ("Friday, 02 January 2026, 18:00 (UTC time)", "2026-01-02 18:00")
    ]
    assert await offered("due", "soonish") == []
    assert [value for _, value in await offered("due", "")] == [
        "2026-01-02 23:59",
        "2026-01-04 23:59",
        "2026-01-08 23:59",
        "2026-01-15 23:59",
    ]
    assert [value for _, value in await offered("opens", "")] == [
        "2026-01-01 01:00",
        "2026-01-02 08:00",
        "2026-01-05 08:00",
    ]


async def test_dates_count_by_the_servers_time_zone(classroom: Classroom) -> None:
    zones = await classroom.manager.autocomplete(classroom.channel, "settings", "time_zone", "new york")
    assert {"name": "America/New_York", "value": "America/New_York"} in zones
    usual = await classroom.manager.autocomplete(classroom.channel, "settings", "time_zone", "")
    assert "UTC" in {each["value"] for each in usual}
    shown = await classroom.manager.slash(classroom.channel, "settings", time_zone="America/New_York")
    assert "**Time zone for due dates and reminders:** America/New_York." in texts(reply(shown))
    offered = await classroom.instructor.autocomplete(classroom.channel, "quiz assign", "due", "friday 23:30")
    (choice,) = offered
    assert choice["name"] == "Friday, 02 January 2026, 23:30 (America/New_York time)"
    preview = await draft(classroom, due=choice["value"])
    assert "-# Typed dates count by America/New_York time (`/settings time_zone:`)" in texts(preview)
    assert due_at(classroom).startswith("2026-01-03T04:30")
    await press(classroom.instructor, preview, "Set it")
    (named,) = await classroom.instructor.autocomplete(classroom.channel, "quiz status", "assignment", "")
    assert named["name"] == "Rivers of Europe, due 02 Jan (open)"


async def test_time_zone_can_be_taken_back_and_must_exist(classroom: Classroom) -> None:
    refused = await classroom.manager.slash(classroom.channel, "settings", time_zone="Europe/Nowhere")
    assert texts(reply(refused)) == (
        "I cannot find a time zone named “Europe/Nowhere” here. Pick one from the list that comes up while you type."
    )
    await classroom.manager.slash(classroom.channel, "settings", time_zone="Asia/Kolkata")
    shown = await classroom.manager.slash(classroom.channel, "settings", forget="time_zone")
    assert "UTC (nothing chosen)" in texts(reply(shown))


# What is refused


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"due": "soonish"},
            "I cannot read “soonish” as a date. Write it like `friday",
        ),
        ({"due": "yesterday"}, "The due date has passed. Choose a later one."),
        ({"due": "in 2 years"}, "The due date is more than a year away."),
        ({"opens": "whenever"}, "I cannot read “whenever” as a date."),
        ({"opens": "in 4 days"}, "The due date comes before the assignment opens."),
        (
            {"items": "river-1, lists"},
            "No such question can be asked here: lists. Look ids up with `/questions show`",
        ),
        ({"set": "nothing"}, "I cannot find a question set named “nothing” here."),
        ({"category": "claim"}, "This set has no quiz question of that category"),
        ({"tag": "ice"}, "Leave out `tag` or `difficulty`"),
    ],
)
async def test_wrong_input_is_explained(classroom: Classroom, options: dict[str, object], words: str) -> None:
    refused = await draft(classroom, **options)
    assert words in texts(refused)
    assert buttons(refused) == {}
    assert classroom.rows("select * from assignment") == []


async def test_only_instructors_set_assignments(classroom: Classroom) -> None:
    refused = await draft(classroom, classroom.students[0])
    assert texts(refused).startswith("Only instructors (")
    preview = await draft(classroom)
    for label in ("Set it", "Discard"):
        pressed = await classroom.press_late(classroom.students[0], preview.message, buttons(preview)[label])
        assert texts(pressed).startswith("Only instructors (")
    assert classroom.rows("select state from assignment") == [("draft",)]


async def test_it_is_announced_only_where_the_bot_may_write(classroom: Classroom) -> None:
    classroom.allow(SILENT)
    refused = texts(await draft(classroom))
    assert f"I lack Send Messages in <#{classroom.channel.id}>." in refused
    assert classroom.rows("select * from assignment") == []
