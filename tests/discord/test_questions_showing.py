"""/questions list and show: for instructors, in private, with the key."""

import re

import pytest
from simcord import MemberActor, ResponseMessage

from tests.discord.lessons import RIGHT
from tests.discord.room import Classroom, buttons, reply, texts

FOR_INSTRUCTORS = "Only instructors (the server's instructor role, or anybody who may manage the server) can "


async def show(classroom: Classroom, member: MemberActor | None = None, **options: str) -> str:
    shown = await (member or classroom.instructor).slash(classroom.channel, "questions show", **options)
    return texts(reply(shown))


async def upload(classroom: Classroom, text: str) -> None:
    """Load this set for the server at once."""
    loaded = await classroom.instructor.slash(
        classroom.channel, "questions load", file=("lakes.yaml", text.encode()), check_first=False
    )
    assert "### Loaded" in texts(reply(loaded))


async def turn(classroom: Classroom, message: ResponseMessage, label: str) -> ResponseMessage:
    return reply(await classroom.instructor.click(message, label=label))


async def test_list_names_every_set_with_what_is_in_it(classroom: Classroom) -> None:
    listed = texts(reply(await classroom.instructor.slash(classroom.channel, "questions list")))
    assert listed.startswith("### Question sets\n")
    assert (
        "**All kinds of questions** (`kinds`, bundled): 4 quiz questions (1 on statistics, 3 on history), "
        "1 claim to debate.\n-# A set for tests."
    ) in listed
    assert "**Rivers of Europe** (`rivers`, bundled): 5 quiz questions (5 on statistics), 0 claims" in listed


async def test_set_is_shown_item_by_item(classroom: Classroom) -> None:
    shown = await show(classroom, set="kinds")
    assert shown.startswith("### All kinds of questions\nA set for tests.\n")
    for line in (
        "Which river has number 9?\n-# `river-9` · Statistic\n",
        "The lake froze in 1963.\n-# `lake` · Historical fact\n",
        "Should scores be public?\n-# `lists` · Contested claim\n",
    ):
        assert line in shown
    assert RIGHT not in shown, "the key is for one item at a time"
    assert shown.endswith("-# See one in full: choose it under `item`.")


async def test_one_category_of_a_set_can_be_shown(classroom: Classroom) -> None:
    shown = await show(classroom, set="kinds", category="history")
    assert "The lake froze in 1963.\n-# `lake`\n" in shown
    assert "`lists`" not in shown
    assert "-# 3 items · historical facts only · page 1 of 1" in shown
    assert "There is nothing of this category in the set." in await show(
        classroom, set="rivers", category="claim"
    )


def long_set(count: int) -> str:
    item = "  - {{id: lake-{at}, kind: true_false, category: {category}, prompt: {prompt}, answer: true}}\n"
    head = "set: {format: 1, id: lakes, title: Lakes, description: D, source: {title: S}}\nitems:\n"
    return head + "".join(
        item.format(
            at=at, category=("history", "statistic")[at % 2], prompt=f"Lake {at} froze " + "hard " * 12
        )
        for at in range(count)
    )


async def test_pages_of_a_long_set_can_be_turned(classroom: Classroom) -> None:
    await upload(classroom, long_set(40))
    message = reply(await classroom.instructor.slash(classroom.channel, "questions show", set="lakes"))
    seen: list[str] = []
    for page in (1, 2, 3):
        shown = texts(message)
        assert f"-# 40 items · page {page} of 3" in shown
        seen += re.findall(r"`(lake-[0-9]+)`", shown)
        labels = set(buttons(message))
        assert labels == {1: {"Next"}, 2: {"Earlier", "Next"}, 3: {"Earlier"}}[page]
        if page < 3:
            message = await turn(classroom, message, "Next")
    assert seen == [f"lake-{at}" for at in range(40)]
    message = await turn(classroom, message, "Earlier")
    assert "page 2 of 3" in texts(message)


async def test_pages_keep_to_the_category(classroom: Classroom) -> None:
    await upload(classroom, long_set(60))
    message = reply(
        await classroom.instructor.slash(
            classroom.channel, "questions show", set="lakes", category="statistic"
        )
    )
    message = await turn(classroom, message, "Next")
    shown = texts(message)
    assert "-# 30 items · statistics only · page 2 of 2" in shown
    assert "Historical fact" not in shown


async def test_a_page_of_a_set_that_has_shrunk_is_the_last_one(classroom: Classroom) -> None:
    await upload(classroom, long_set(40))
    message = reply(await classroom.instructor.slash(classroom.channel, "questions show", set="lakes"))
    await upload(classroom, long_set(10))
    shown = texts(await turn(classroom, message, "Next"))
    assert "`lake-9`" in shown
    assert "page" not in shown


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (
            "river-9",
            ["Which river has number 9?", f"- {RIGHT}\n- The Rhine\n- The Po", f"**Right answer: {RIGHT}**"],
        ),
        (
            "lake",
            [
                "- True\n- False",
                "**Right answer: True**",
                "**What is known better** (this is probable): Only",
            ],
        ),
        (
            "towns",
            ["How many towns took part?", "**Right answer: 80 towns**", "**Since then** (2022-11): Two have"],
        ),
        ("city", ["**Right answer: Rongcheng**", "Source: A town chronicle, paragraphs 3, 4."]),
        (
            "lists",
            [
                "**Motion: Scores should be public.**",
                "For: It makes rules visible.",
                "Against: It shames",
                "-# Held by: ",
                "What would settle it: ",
                "\n- ",
            ],
        ),
    ],
)
async def test_item_is_shown_in_full_with_its_key(classroom: Classroom, item: str, told: list[str]) -> None:
    shown = await show(classroom, set="kinds", item=item)
    for part in told:
        assert part in shown
    assert f" · `{item}`\n" in shown
    assert "Source: " in shown
    assert shown.endswith(" · Only you can see this.")
    if item == "lists":
        assert "Right answer" not in shown


async def test_sets_and_items_come_up_while_typing(classroom: Classroom) -> None:
    sets = await classroom.instructor.autocomplete(classroom.channel, "questions show", "set", "rivres")
    assert sets[0] == {"name": "Rivers of Europe (rivers)", "value": "rivers"}
    offered = await classroom.instructor.autocomplete(
        classroom.channel, "questions show", "item", "froze", set="kinds"
    )
    assert offered == [{"name": "lake: The lake froze in 1963.", "value": "lake"}]
    for unknown in ("no-such-set", "", "' or 1=1 --"):
        assert (
            await classroom.instructor.autocomplete(
                classroom.channel, "questions show", "item", "", set=unknown
            )
            == []
        )
    assert await classroom.instructor.autocomplete(classroom.channel, "questions show", "item", "") == []


async def test_unknown_set_or_item_is_said_to_be_unknown(classroom: Classroom) -> None:
    pick = "Pick one from the list that comes up while you type."
    assert await show(classroom, set="rivres") == f"I cannot find a question set named “rivres” here. {pick}"
    assert await show(classroom, set="kinds", item="<@1>") == (
        f"I cannot find a question named “<\u200b@1>” here. {pick}"
    )
    assert (await show(classroom, set="x" * 3000)).startswith("I cannot find a question set named “xxx")


async def test_questions_are_hidden_from_students(classroom: Classroom) -> None:
    """Neither the commands nor what comes up while typing may show tomorrow's quiz."""
    student = classroom.students[0]
    listed = await student.slash(classroom.channel, "questions list")
    assert texts(reply(listed)) == f"{FOR_INSTRUCTORS}list the question sets."
    for options in ({"set": "kinds"}, {"set": "kinds", "item": "lake"}):
        assert await show(classroom, student, **options) == f"{FOR_INSTRUCTORS}look at the questions."
    offered = await student.autocomplete(classroom.channel, "questions show", "item", "lake", set="kinds")
    assert offered == []
