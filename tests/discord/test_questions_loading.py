"""/questions load: a look first, every error with its line, and a set that only this server has."""

import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from tests.discord.room import Classroom, buttons, reply, texts

FILE = """\
set:
  format: 1
  id: our-town
  title: Our town
  description: What our class collected.
  source: {title: Our notes}
items:
  - id: bridge
    kind: true_false
    category: history
    prompt: The bridge is older than the town hall.
    answer: true
    feedback: The bridge came first.
    explanation: It was built in 1840, and the hall in 1902.
    paragraph: 1
    label: established
    as_of: 2020
    difficulty: 2
    tags: [town]
  - id: cars
    kind: numeric
    category: statistic
    prompt: How many cars cross it each day?
    answer: "4000"
    unit: cars
    tolerance: {relative: 0.1}
    feedback: [{value: 40000, text: That is ten times as many.}]
    explanation: They were counted for a week.
    paragraph: 2
    label: established
    as_of: 2021
    difficulty: 3
    tags: [town]
"""
FILE_WITH_CHANGES = (
    FILE.replace('"4000"', '"4500"').replace("  - id: bridge", "  - id: old-bridge") + "    difficulty_: 3\n"
).replace("    difficulty_: 3\n", "")
BROKEN = FILE.replace("answer: true", "answer: maybe").replace("category: statistic", "category: gossip")

NOTHING_YET = "Nothing has been changed yet. Loading it would mean, for this server only:"


async def load(
    classroom: Classroom,
    text: str | bytes = FILE,
    *,
    name: str = "our-town.yaml",
    member: MemberActor | None = None,
    **options: object,
) -> ResponseMessage:
    """Use the command; gives the private answer."""
    data = text if isinstance(text, bytes) else text.encode()
    result: InteractionResult = await (member or classroom.instructor).slash(
        classroom.channel, "questions load", file=(name, data), **options
    )
    return reply(result)


async def load_for_good(classroom: Classroom, text: str = FILE) -> str:
    answer = await load(classroom, text, check_first=False)
    assert texts(answer).startswith("### Loaded"), texts(answer)
    return texts(answer)


def items(classroom: Classroom) -> list[str]:
    """The items of the uploaded set that are in use."""
    return [
        key
        for (key,) in classroom.rows(
            "select item.key from item join question_set using (set_id) "
            "where question_set.key = 'our-town' and item.retired_at is null order by item.key"
        )
    ]


async def shown(classroom: Classroom, answer: ResponseMessage) -> str:
    """What stands in a private answer now."""
    await classroom.env.settle()
    return texts(answer.message)


# A look first


async def test_file_is_only_looked_at_first(classroom: Classroom) -> None:
    answer = await load(classroom)
    assert texts(answer) == "\n".join(
        (
            "### our-town.yaml: Our town",
            NOTHING_YET,
            "**2** added: `bridge`, `cars`",
            "**0** changed (earlier answers keep the old wording)",
            "**0** retired (their answers are kept)",
            "**0** unchanged",
        )
    )
    assert list(buttons(answer)) == ["Load it", "Do not load"]
    assert items(classroom) == []
    listed = await classroom.instructor.slash(classroom.channel, "questions list")
    assert "our-town" not in texts(reply(listed))


async def test_press_of_the_button_loads_it(classroom: Classroom) -> None:
    answer = await load(classroom)
    await classroom.instructor.click(answer, label="Load it")
    assert await shown(classroom, answer) == "\n".join(
        (
            "### Loaded",
            "**Our town** (`our-town`, this server's own): 2 quiz questions (1 on statistics, 1 on history), "
            "0 claims to debate.",
            "-# What our class collected.",
            "Run it with `/quiz live set:our-town`, or try it alone with `/quiz take set:our-town`.",
        )
    )
    assert buttons(answer) == {}
    assert items(classroom) == ["bridge", "cars"]


async def test_file_can_be_set_aside(classroom: Classroom) -> None:
    answer = await load(classroom)
    await classroom.instructor.click(answer, label="Do not load")
    assert await shown(classroom, answer) == "The file was set aside. Nothing was changed."
    assert buttons(answer) == {}
    assert items(classroom) == []


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("Load it", "lc", "The file is already loaded, so nothing was changed."),
        ("Load it", "lx", "The file is already loaded, so nothing was changed."),
        ("Do not load", "lc", "The file is already set aside, so nothing was changed."),
        ("Do not load", "lx", "The file is already set aside, so nothing was changed."),
    ],
)
async def test_second_press_changes_nothing(classroom: Classroom, first: str, then: str, said: str) -> None:
    answer = await load(classroom)
    before = answer.message
    second = next(custom_id for custom_id in buttons(before).values() if custom_id.startswith(then))
    await classroom.instructor.click(answer, label=first)
    after = items(classroom)
    told = await classroom.press_late(classroom.instructor, before, second)
    assert texts(told) == said
    assert items(classroom) == after


async def test_confirmation_works_after_a_restart(classroom: Classroom) -> None:
    answer = await load(classroom)
    await classroom.restart(away=3600)
    await classroom.instructor.click(answer, label="Load it")
    assert (await shown(classroom, answer)).startswith("### Loaded")
    assert items(classroom) == ["bridge", "cars"]


async def test_who_is_no_instructor_any_more_cannot_confirm(classroom: Classroom) -> None:
    answer = await load(classroom)
    teaching = classroom.guild.roles["Teaching"]
    classroom.env.backend.remove_member_role(classroom.guild.id, classroom.instructor.id, teaching.id)
    told = reply(await classroom.instructor.click(answer, label="Load it"))
    assert texts(told).startswith("Only instructors (")
    assert items(classroom) == []


async def test_without_the_check_it_is_loaded_at_once(classroom: Classroom) -> None:
    assert "**Our town** (`our-town`, this server's own)" in await load_for_good(classroom)
    assert items(classroom) == ["bridge", "cars"]


# What it would change


async def test_changes_are_named_item_by_item(classroom: Classroom) -> None:
    await load_for_good(classroom)
    answer = await load(classroom, FILE_WITH_CHANGES)
    for line in (
        "**1** added: `old-bridge`",
        "**1** changed (earlier answers keep the old wording): `cars`",
        "**1** retired (their answers are kept): `bridge`",
        "**0** unchanged",
    ):
        assert line in texts(answer)
    await classroom.instructor.click(answer, label="Load it")
    assert items(classroom) == ["cars", "old-bridge"]
    answer = await load(classroom, FILE_WITH_CHANGES)
    assert "**2** unchanged" in texts(answer)


async def test_set_in_place_of_a_bundled_one_says_so(classroom: Classroom) -> None:
    answer = await load(classroom, FILE.replace("id: our-town", "id: rivers"))
    assert "It takes the place of the bundled set `rivers` in this server." in texts(answer)
    await classroom.instructor.click(answer, label="Load it")
    listed = await classroom.instructor.slash(classroom.channel, "questions list")
    assert "**Our town** (`rivers`, this server's own)" in texts(reply(listed))
    assert "Rivers of Europe" not in texts(reply(listed))


async def test_warnings_are_shown_and_do_not_stand_in_the_way(classroom: Classroom) -> None:
    weak = FILE.replace("    explanation: They were counted for a week.\n", "")
    answer = await load(classroom, weak)
    assert "1 warning:\n- our-town.yaml:20:" in texts(answer)
    assert "nothing explains the answer: say in “explanation:” why it is right" in texts(answer)
    await classroom.instructor.click(answer, label="Load it")
    assert items(classroom) == ["bridge", "cars"]


async def test_many_items_fit_into_the_message(classroom: Classroom) -> None:
    head, _, first = FILE.partition("items:\n")
    one = first.partition("  - id: cars")[0]
    many = [
        one.replace("id: bridge", f"id: bridge-{n}").replace("The bridge", f"Bridge {n}") for n in range(300)
    ]
    answer = await load(classroom, f"{head}items:\n{''.join(many)}")
    assert "**300** added: `bridge-0`, `bridge-1`" in texts(answer)
    assert " and 288 more" in texts(answer)


# The set in use


async def test_loaded_set_can_be_used_right_away(classroom: Classroom) -> None:
    await load_for_good(classroom)
    offered = await classroom.instructor.autocomplete(classroom.channel, "quiz live", "set", "town")
    assert {"name": "Our town (our-town)", "value": "our-town"} in offered
    question = await classroom.first_question("our-town", questions=1, category="history")
    assert "The bridge is older than the town hall." in texts(question)
    await classroom.answer(classroom.students[0], question, "True")
    await classroom.close(question)
    taken = await classroom.students[0].slash(
        classroom.channel, "quiz take", set="our-town", category="statistic"
    )
    assert "How many cars cross it each day?" in texts(reply(taken))


async def test_answers_stay_with_the_wording_that_was_answered(classroom: Classroom) -> None:
    await load_for_good(classroom)
    question = await classroom.first_question("our-town", questions=1, category="statistic")
    await classroom.type_answer(classroom.students[0], question, "4000")
    await load_for_good(classroom, FILE_WITH_CHANGES)
    await classroom.type_answer(classroom.students[1], question, "4500")
    result = await classroom.close(question)
    assert "Right answer: 4,000 cars" in texts(result) or "Right answer: 4000 cars" in texts(result)
    assert classroom.rows("select outcome from answer order by answer_id") == [("right",), ("wrong",)]


# Errors


async def test_errors_come_with_their_lines_and_nothing_is_changed(classroom: Classroom) -> None:
    for options in ({}, {"check_first": False}):
        answer = await load(classroom, BROKEN, **options)
        head, summary, first, second, remedy = texts(answer).splitlines()
        assert head == "### our-town.yaml cannot be loaded"
        assert summary == "2 things to put right; nothing was changed."
        assert first.startswith("- our-town.yaml:12:")
        assert second.startswith("- our-town.yaml:22:")
        assert remedy == "-# Correct the file and send it again with `/questions load`."
        assert buttons(answer) == {}
    assert items(classroom) == []
    assert classroom.rows("select * from upload") == []


async def test_one_error_is_one_thing(classroom: Classroom) -> None:
    answer = await load(classroom, FILE.replace("answer: true", "answer: maybe"))
    assert "1 thing to put right; nothing was changed." in texts(answer)


async def test_very_many_errors_are_cut_off_with_their_number(classroom: Classroom) -> None:
    broken = FILE + "".join(f"  - {{id: item-{number}, kind: riddle}}\n" for number in range(80))
    answer = await load(classroom, broken)
    assert len(texts(answer)) <= 4000
    assert "240 things to put right" in texts(answer)
    assert "… and 225 more. `seminar check` lists all of them." in texts(answer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "- our-town.yaml:1:1: "),
        (b"\xff\xfes\x00e\x00t\x00", "the file is in UTF-16, not in UTF-8: save it with the encoding UTF-8"),
        (
            FILE.replace("Our town", "Unser Städtchen").encode("latin-1"),
            "- our-town.yaml:4:18: the file is not text",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not text in UTF-8"),
        (b"set: [", "- our-town.yaml:1:"),
        (b"@everyone: <@1>", "- our-town.yaml:1:"),
    ],
)
async def test_file_that_cannot_be_read_is_an_answer(classroom: Classroom, content: bytes, said: str) -> None:
    answer = await load(classroom, content)
    assert said in texts(answer)
    assert "cannot be loaded" in texts(answer)
    assert "<@" not in texts(answer).replace("<\u200b@", "")


async def test_byte_order_mark_does_no_harm(classroom: Classroom) -> None:
    answer = await load(classroom, b"\xef\xbb\xbf" + FILE.encode())
    assert "**2** added" in texts(answer)


async def test_file_of_six_mebibytes_is_refused_before_it_is_read(classroom: Classroom) -> None:
    answer = await load(classroom, FILE.encode() + b"# " + b"x" * (6 * 2**20))
    assert texts(answer) == (
        "The file has 6.0 MiB. A question file may have 5 MiB at most: split it into several sets."
    )


@pytest.mark.parametrize(
    "name", ["slides.pdf", "our-town", "our-town.yaml.exe", "notes.docx", "our-town.txt"]
)
async def test_file_of_another_sort_is_refused_by_its_name(classroom: Classroom, name: str) -> None:
    answer = await load(classroom, name=name)
    assert texts(answer) == (
        "The name of the file does not end in .yaml. Write the questions in a text file in YAML, "
        "and give it such a name."
    )


@pytest.mark.parametrize("name", ["our-town.yml", "OUR-TOWN.YAML"])
async def test_other_spellings_of_the_ending_are_fine(classroom: Classroom, name: str) -> None:
    assert "**2** added" in texts(await load(classroom, name=name))


async def test_name_of_a_file_is_shown_harmlessly(classroom: Classroom) -> None:
    answer = await load(classroom, "set: [", name="**a**_@everyone_.yaml")
    assert "**a**" not in texts(answer)


# Who


async def test_only_instructors_load(classroom: Classroom) -> None:
    answer = await load(classroom, member=classroom.students[0])
    assert texts(answer) == (
        "Only instructors (the server's instructor role, or anybody who may manage the server) can load questions."
    )
    assert classroom.rows("select * from upload") == []
    assert "**2** added" in texts(await load(classroom, member=classroom.manager))
