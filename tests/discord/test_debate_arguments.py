"""Arguments: new points and answers, what is refused and where the text goes, and text that means mischief."""

import re

import pytest
from sqlite_utils import Database

from bot.views.debate_words import CONTENT_NOTE
from tests.discord.debating import (
    DebateRoom,
    argument,
    filled_in,
    newcomers,
    open_debate,
    said_in,
    title,
)
from tests.discord.room import Classroom, buttons, parts, reply, texts

EMPTY_FORM = {"claim": "", "evidence": "", "reasoning": "", "answers": "", "relation": ""}
ANSWER_FORM = {key: text for key, text in EMPTY_FORM.items() if key != "answers"}
KEPT = "Your text is kept: press **Add argument** to find it again."


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its rebuttals that the first students have joined, two on either side."""
    debate = await open_debate(classroom)
    for student in classroom.students[:4]:
        await debate.stance(student, "undecided")
    await debate.argue_now()
    return debate


def refuse_writing(db: Database) -> None:
    """From now on the file takes nothing, as on a disk that is full."""
    db.conn.execute("PRAGMA query_only = ON")


def stored(classroom: Classroom) -> list[tuple[object, ...]]:
    return classroom.rows("select number, claim, parent_id, relation from argument order by number")


def sides(classroom: Classroom) -> list[str]:
    """The sides of those who joined, in the order of joining."""
    return [side for (side,) in classroom.rows("select side from debater order by joined_at, debater.rowid")]


# A new point


async def test_argument_comes_up_in_the_thread_with_its_three_parts(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    side = sides(debate.room)[0]
    told = await debate.argue(student, claim="Lists work.", evidence="One.\nTwo.", reasoning="So.")
    assert told.startswith("Your argument is in, as number **1**. The thread shows it in a moment")
    assert texts(debate.argument(1)) == (
        f"### Argument 1 · {side.capitalize()} the motion\n**Claim**\n> Lists work.\n**Evidence**\n> One.\n> Two.\n"
        f"**Reasoning**\n> So.\n-# By <@{student.id}>, for the side that was assigned."
    )
    assert list(buttons(debate.argument(1))) == ["Answer argument 1"]
    await debate.room.env.advance_time(3)
    assert "-# 4 people have joined · 1 argument." in texts(debate.motion)


async def test_form_says_which_side_it_is_for_and_asks_for_three_parts(debate: DebateRoom) -> None:
    for student, side in zip(debate.room.students, sides(debate.room), strict=False):
        form = await student.click(debate.motion, label="Add argument")
        assert form.modal is not None
        assert form.modal["title"] == f"Argument {side} the motion"
        assert filled_in(form) == EMPTY_FORM
        fields = [label["component"] for label in form.modal["components"]]
        assert [field["custom_id"] for field in fields if field["required"]] == [
            "claim",
            "evidence",
            "reasoning",
        ]


async def test_whoever_would_argue_is_told_first_what_taking_part_means(debate: DebateRoom) -> None:
    (late,) = newcomers(debate.room, 1)
    asked = reply(await late.click(debate.motion, label="Add argument"))
    assert CONTENT_NOTE in texts(asked)
    assert list(buttons(asked)) == ["My stance before", "Rather not say"]
    assert debate.room.value("select count(*) from debater") == 4, "looking at it is not joining"
    joined = await late.click(asked, label="Rather not say")
    assert "You argue **" in texts(reply(joined))
    assert "Leave the debate" in buttons(reply(joined))
    assert "is in" in await debate.argue(late)
    assert debate.room.value("select count(*) from debater") == 5
    await late.click(reply(await late.click(debate.motion, label="My place")), label="Leave the debate")
    back = reply(await late.click(debate.motion, label="Add argument"))
    assert list(buttons(back)) == ["Come back"]
    assert "You argue **" in texts(reply(await late.click(back, label="Come back")))
    assert "is in" in await debate.argue(late)


# Answers


async def test_argument_answers_another_by_its_number(debate: DebateRoom) -> None:
    one, other, ally, _ = debate.room.students[:4]
    side = sides(debate.room)[0]
    await debate.argue(one, claim="Lists work.")
    await debate.argue(other, claim="They do not.", answers="1", relation="attacks")
    await debate.argue(ally, claim="They do.", answers=" #1 ", relation="supports")
    said = [texts(debate.argument(number)).splitlines()[1] for number in (2, 3)]
    assert said == [
        f"Attacks argument 1 ({side}): “Lists work.”",
        f"Supports argument 1 ({side}): “Lists work.”",
    ]
    first = debate.room.value("select argument_id from argument where number = 1")
    assert [row[2:] for row in stored(debate.room)] == [(None, None), (first, "attacks"), (first, "supports")]


async def test_form_of_an_answer_shows_what_one_answers(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    side, mine = sides(debate.room)[:2]
    for number in (1, 2):
        await debate.argue(one, claim=f"Point *{number}*.")
    form = await other.click(debate.argument(2), label="Answer argument 2")
    assert title(form) == "Answer to argument 2"
    assert said_in(form) == [f"**Argument 2**, {side} the motion; you argue {mine} it:\n> Point \\*2\\*."]
    assert form.modal is not None
    assert "content" in form.modal["components"][0], "it comes first"
    assert filled_in(form) == ANSWER_FORM
    told = await debate.write(other, form, claim="No.")
    assert "as number **3**" in told
    assert "argument 2 (" in texts(debate.argument(3))
    assert "“Point \\*2\\*.”" in texts(debate.argument(3))


async def test_changing_an_answer_shows_what_it_answers(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one, claim="Lists work.")
    await debate.argue(other, claim="No.", answers="1")
    opened = reply(
        await other.click(reply(await other.click(debate.motion, label="My arguments")), label="Open")
    )
    side = sides(debate.room)[0]
    shown = said_in(await other.click(opened, label="Change it"))
    assert shown == [f"**Argument 1**, {side} the motion:\n> Lists work."]
    mine = reply(await one.click(reply(await one.click(debate.motion, label="My arguments")), label="Open"))
    assert said_in(await one.click(mine, label="Change it")) == []
    await one.click(mine, label="Withdraw it")
    shown = said_in(await other.click(opened, label="Change it"))
    assert shown == [f"**Argument 1**, {side} the motion, was withdrawn."]


@pytest.mark.parametrize(
    "typed", ["argument 1", "Argument 1", "#1", "No. 1", "no 1", "argument #1", "number 1"]
)
async def test_number_may_have_a_word_before_it(debate: DebateRoom, typed: str) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one)
    assert "as number **2**" in await debate.argue(other, answers=typed)
    assert "argument 1 (" in texts(debate.argument(2))


async def test_what_it_does_to_another_one_needs_its_number(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    await debate.argue(one)
    told = await debate.argue(other, claim="A long thought.", relation="undercuts")
    assert told == (
        "The argument speaks of another one and does not say which. Give the number of that "
        f"argument, or choose an answer that speaks of none. {KEPT}"
    )
    assert len(stored(debate.room)) == 1
    form = await other.click(debate.motion, label="Add argument")
    assert filled_in(form) == argument(claim="A long thought.", answers="", relation="")


async def test_without_sides_an_argument_that_undercuts_needs_a_number(classroom: Classroom) -> None:
    debate = await open_debate(classroom, format="open")
    one, other = classroom.students[:2]
    await debate.argue(one, claim="Lists work.", side="for")
    told = await debate.argue(other, claim="A long thought.", side="against undercuts")
    assert told.startswith("The argument speaks of another one and does not say which.")
    assert told.endswith(KEPT)
    kept = filled_in(await other.click(debate.motion, label="Add argument"))
    assert (kept["claim"], kept["side"]) == ("A long thought.", "against")
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert said_in(form) == ["**Argument 1**, for the motion:\n> Lists work."]
    assert "the evidence of argument 1 does not show it" in str(form.modal)
    assert "as number **2**" in await debate.write(other, form, side="against undercuts")
    assert stored(classroom)[1][3] == "undercuts"


async def test_relation_that_is_left_out_goes_by_the_sides(debate: DebateRoom) -> None:
    people, assigned = debate.room.students[:4], sides(debate.room)
    await debate.argue(people[0], claim="Lists work.")
    for person in people[1:]:
        await debate.argue(person, answers="1")
    relations = [row[3] for row in stored(debate.room)][1:]
    assert relations == ["supports" if side == assigned[0] else "attacks" for side in assigned[1:]]
    await debate.argue(people[0], answers="1")
    assert stored(debate.room)[-1][3] == "supports", "going on from one's own argument"


# What is refused


@pytest.mark.parametrize("number", ["7", "0", "-1", "one", "１", "1.0", "<@1>"])
async def test_unknown_number_keeps_the_text_for_the_next_try(debate: DebateRoom, number: str) -> None:
    student, other = debate.room.students[:2]
    await debate.argue(other)
    typed = argument(claim="A long thought.", answers=number, relation="attacks")
    told = await debate.argue(student, **typed)
    assert told.startswith("There is no argument “")
    assert (
        "Your text is kept: press **Add argument** to find it again, and give another number or none." in told
    )
    assert len(stored(debate.room)) == 1
    await debate.room.restart()
    form = await student.click(debate.motion, label="Add argument")
    assert filled_in(form) == typed
    form = await student.click(debate.argument(1), label="Answer argument 1")
    assert filled_in(form) == {key: text for key, text in typed.items() if key != "answers"}
    assert filled_in(await other.click(debate.motion, label="Add argument")) == EMPTY_FORM
    assert "as number **2**" in await debate.write(student, form, claim="A long thought.")
    assert filled_in(await student.click(debate.motion, label="Add argument")) == EMPTY_FORM


@pytest.mark.parametrize("part", ["claim", "evidence", "reasoning"])
async def test_empty_part_is_named_and_the_rest_is_kept(debate: DebateRoom, part: str) -> None:
    student = debate.room.students[0]
    for nothing in (" ", "\n\t ", "\u200b", "\u2800\u3164"):
        told = await debate.argue(student, **{part: nothing})
        assert told.startswith(f"The {part} is empty. ")
        assert told.endswith(KEPT)
    assert stored(debate.room) == []
    kept = filled_in(await student.click(debate.motion, label="Add argument"))
    assert {key: kept[key] for key in argument() if key != part} == {
        key: text for key, text in argument().items() if key != part
    }


async def test_text_written_while_the_debate_was_closed_goes_back_to_its_author(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    form = await student.click(debate.motion, label="Add argument")
    await debate.close()
    told = await debate.write(student, form, claim="A long *thought*.", evidence="Page 7.", reasoning="So.")
    assert told == (
        "The debate is closed, so nothing was changed. This is what you wrote; only you can see it.\n"
        "> A long \\*thought\\*.\n> Page 7.\n> So."
    )
    assert stored(debate.room) == []
    assert "A long *thought*." in debate.room.value("select content from draft")


async def test_text_that_could_not_be_saved_goes_back_to_its_author(debate: DebateRoom) -> None:
    student = debate.room.students[0]
    form = await student.click(debate.motion, label="Add argument")
    await debate.room.office.run(refuse_writing)
    told = await debate.write(student, form, claim="A long thought.")
    assert told.startswith("I could not save this, so nothing was changed.")
    assert "> A long thought.\n> A survey of 2018.\n> It shows so." in told


async def test_button_of_an_argument_after_the_end_says_so(debate: DebateRoom) -> None:
    await debate.argue(debate.room.students[0])
    shown = debate.argument(1)
    await debate.close()
    told = reply(await debate.room.students[1].click(shown, label="Answer argument 1"))
    assert texts(told) == "The debate is closed, so nothing was changed."
    await debate.room.env.advance_time(3)
    assert list(buttons(debate.argument(1))) == []


# Several at once


async def test_arguments_written_at_the_same_time_get_different_numbers(debate: DebateRoom) -> None:
    people = debate.room.students[:4]
    forms = [await person.click(debate.motion, label="Add argument") for person in people]
    told = [await debate.write(person, form) for person, form in zip(people, forms, strict=True)]
    assert [re.findall(r"\*\*(\d)\*\*", each) for each in told] == [["1"], ["2"], ["3"], ["4"]]
    assert [row[0] for row in stored(debate.room)] == [1, 2, 3, 4]
    posted = [texts(each).splitlines()[0] for each in debate.room.posted(debate.thread)]
    arguments = [line.split(" · ")[0] for line in posted if line.startswith("### Argument ")]
    assert arguments == [f"### Argument {number}" for number in (1, 2, 3, 4)]


async def test_argument_that_is_delivered_twice_is_one_argument(debate: DebateRoom) -> None:
    await debate.argue(debate.room.students[0])
    await debate.room.deliver_again()
    assert len(stored(debate.room)) == 1
    posted = [texts(each) for each in debate.room.posted(debate.thread)]
    assert sum(each.startswith("### Argument ") for each in posted) == 1


async def test_numbers_count_in_each_debate_for_itself(debate: DebateRoom) -> None:
    await debate.argue(debate.room.students[0])
    second = await open_debate(debate.room)
    await second.argue_now()
    assert "as number **1**" in await second.argue(debate.room.students[0])
    await debate.room.env.settle()
    assert "There is no argument “2”" in await second.argue(debate.room.students[0], answers="2")


# Mischief

MISCHIEF = [
    "@everyone @here",
    "<@{id}> <@!{id}> <@&{id}> <#{id}>",
    "**bold** __under__ ~~gone~~ ||hidden|| `code`",
    "[click me](https://example.org/trap)",
    "# Heading",
    "> quoted",
    "-# small",
    "- a list",
]


async def test_mentions_and_markdown_are_shown_as_they_were_typed(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    typed = [mischief.format(id=debate.room.manager.id) for mischief in MISCHIEF]
    for number, text in enumerate(typed):
        await debate.argue(one, claim=text, evidence=f"first line\n{text}", reasoning=text)
        await debate.argue(other, answers=str(2 * number + 1))
    await debate.room.env.advance_time(3)
    for number in range(1, 2 * len(typed) + 1):
        message = debate.argument(number)
        body = texts(message).rpartition("\n-# By ")[0]
        assert not re.search(r"<[@#]", body), "a mention"
        assert not re.search(r"(?<!\\)(\*\*bold|__under|~~gone|\|\|hidden|`code)", body), "formatting"
        assert not re.search(r"(?<!\\)\[click me\]\(", body), "a link under other words"
        assert not re.search(r"^(> )(#{1,3} |-# |- |> )", body, re.MULTILINE), "a heading or a list"
        assert {user.id for user in message.mentions} <= {one.id, other.id}, "only the author's own name"
        assert not message.mention_everyone
    assert [row[1] for row in stored(debate.room)][::2] == typed, "the file keeps what was written"


async def test_longest_argument_fits_into_a_message(debate: DebateRoom) -> None:
    one, other = debate.room.students[:2]
    longest = {"claim": "*" * 300, "evidence": "_" * 1000, "reasoning": "`" * 1000}
    await debate.argue(one, **longest)
    assert "as number **2**" in await debate.argue(other, **longest, answers="1")
    shown = debate.argument(2)
    assert sum(len(part.get("content", "")) for part in parts(shown)) <= 4000
    assert list(buttons(shown)) == ["Answer argument 2"]
    assert debate.room.rows("select claim, evidence, reasoning from argument where number = 2") == [
        tuple(longest.values())
    ]


async def test_line_breaks_of_every_kind_stay_within_the_quotation(debate: DebateRoom) -> None:
    await debate.argue(debate.room.students[0], evidence="one\r\ntwo\u2028three\x0bfour\rfive")
    (body,) = [
        part["content"] for part in parts(debate.argument(1)) if part.get("content", "").startswith("**Evi")
    ]
    assert all(line.startswith("> ") for line in body.splitlines()[1:])
