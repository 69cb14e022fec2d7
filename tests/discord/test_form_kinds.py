"""Questions that are answered in a form of several choices: live and alone, right, partly right, changed, hostile."""

import re
from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor

from bot.bank.kinds import Item, item_from_json
from bot.bank.question_set import QuestionSet, SetInfo, SourceInfo
from bot.bank.reading import read_upload
from tests.discord.room import Classroom, buttons, reply, texts

HEAD = "set: {format: 1, id: lakes, title: Lakes, description: D, source: {title: S}}\ncategory: history\nitems:\n"
KINDS: dict[str, str] = {
    "multiple": """
    prompt: Which of these are lakes?
    options: [{text: Como, right: true}, {text: Garda, right: true}, {text: Arno, feedback: A river.}, {text: Po}]
    """,
    "estimate": """
    prompt: How deep is the lake?
    answer: 43
    unit: metres
    feedback: It is deeper than it looks.
    """,
    "ordering": """
    prompt: In which order did it go?
    events: [It froze, It thawed, It dried up]
    feedback: Think of the seasons.
    """,
    "matching": """
    prompt: Which town lies at which lake?
    pairs: [{left: Lecco, right: Como}, {left: Riva, right: Garda}]
    extra: [Iseo]
    feedback: Look at a map.
    """,
    "sorting": """
    prompt: Of which kind are these?
    into: [A statistic, A claim]
    statements: [{text: 43 metres deep, belongs_to: A statistic}, {text: Ice is best, belongs_to: A claim}]
    """,
}
RIGHT: dict[str, list[str]] = {
    "multiple": ["Como", "Garda"],
    "ordering": ["1 (first)", "2", "3 (last)"],
    "matching": ["Como", "Garda"],
    "sorting": ["A statistic", "A claim"],
    "estimate": ["40", "50"],
}
PARTLY: dict[str, list[str]] = {
    "multiple": ["Como"],
    "ordering": ["2", "1 (first)", "3 (last)"],
    "matching": ["Como", "Iseo"],
    "sorting": ["A claim", "A claim"],
}
WRONG: dict[str, list[str]] = {
    "multiple": ["Arno"],
    "ordering": ["3 (last)", "2", "1 (first)"],
    "matching": ["Iseo", "Como"],
    "sorting": ["A claim", "A statistic"],
    "estimate": ["1", "2"],
}
SHARE = {"multiple": "50%", "ordering": "67%", "matching": "50%", "sorting": "50%"}
every_kind = pytest.mark.parametrize("kind", KINDS)


def text_of(kind: str) -> str:
    return (
        f"  - id: {kind}\n    kind: {kind}\n    explanation: Because it is so." + KINDS[kind].rstrip() + "\n"
    )


@pytest.fixture
def question_sets() -> list[QuestionSet]:
    """A set for each kind, and one with all of them."""
    reading = read_upload("lakes.yaml", (HEAD + "".join(map(text_of, KINDS))).encode())
    assert not reading.errors
    (whole,) = reading.sets
    return [whole, *(_alone(item) for item in whole.items)]


def _alone(item: Item) -> QuestionSet:
    info = SetInfo(format=1, id=item.id, title=item.id, description="D", source=SourceInfo(title="S"))
    return QuestionSet(info, (item,))


def fields_of(form: InteractionResult) -> list[dict[str, Any]]:
    """Label and component of each field, in order."""
    assert form.modal is not None
    return [part for part in form.modal["components"] if part["type"] == 18]


def label_of(field: dict[str, Any]) -> str:
    return str(field["label"]).partition(" · ")[2] or str(field["label"])


def words_of(option: dict[str, Any]) -> str:
    """The option without its letter."""
    return str(option["label"]).partition(" · ")[2] or str(option["label"])


def filled(form: InteractionResult, item: Item, wanted: list[str]) -> dict[str, Any]:
    """What somebody fills in who wants these answers, part by part in the file's order."""
    fields = fields_of(form)
    if item.kind == "multiple":
        component = fields[0]["component"]
        return {
            component["custom_id"]: [
                each["value"] for each in component["options"] if words_of(each) in wanted
            ]
        }
    if item.kind == "estimate":
        return {field["component"]["custom_id"]: text for field, text in zip(fields, wanted, strict=True)}
    parts = {
        "ordering": lambda: item.choices(),
        "sorting": lambda: item.choices(),
        "matching": lambda: [pair.left for pair in item.pairs],  # type: ignore[union-attr]
    }[item.kind]()
    by_part = dict(zip(parts, wanted, strict=True))
    sent: dict[str, Any] = {}
    for field in fields:
        component = field["component"]
        want = by_part[label_of(field)]
        sent[component["custom_id"]] = [o["value"] for o in component["options"] if words_of(o) == want]
    return sent


def item_of(classroom: Classroom, kind: str) -> Item:
    content = classroom.value(
        "select content from revision join item using (item_id) join question_set using (set_id) "
        "where question_set.key = :key",
        key=kind,
    )
    return item_from_json(content)


async def give(classroom: Classroom, member: MemberActor, question: Any, kind: str, wanted: list[str]) -> str:
    form = await member.click(question, label="Answer")
    return texts(reply(await member.submit_modal(form, filled(form, item_of(classroom, kind), wanted))))


def outcomes(classroom: Classroom) -> list[tuple[str, float]]:
    return [tuple(row) for row in classroom.rows("select outcome, fraction from answer order by answer_id")]


@every_kind
async def test_live_question_has_one_button_and_lists_what_it_is_about(
    classroom: Classroom, kind: str
) -> None:
    question = await classroom.first_question(kind, questions=1)
    assert list(buttons(question)) == ["Answer", "Host controls"]
    said = texts(question)
    for choice in item_of(classroom, kind).choices():
        assert f"** · {choice}" in said, "each choice with its letter"
    hint = item_of(classroom, kind).hint()
    assert hint is not None
    assert hint in said


@every_kind
async def test_right_and_wrong_answers_of_a_class_and_their_result(classroom: Classroom, kind: str) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(kind, questions=1)
    assert "Your answer is in: **" in await give(classroom, one, question, kind, RIGHT[kind])
    assert "Your answer is in: **" in await give(classroom, two, question, kind, WRONG[kind])
    assert outcomes(classroom) == [("right", 1.0), ("wrong", 0.0)]
    said = texts(await classroom.close(question))
    assert "**Right answer" in said
    assert "1 of 2" in said


@pytest.mark.parametrize("kind", ["ordering", "matching", "sorting"])
async def test_result_names_each_part_once_with_how_many_got_it_right(
    classroom: Classroom, kind: str
) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(kind, questions=1)
    await give(classroom, one, question, kind, RIGHT[kind])
    await give(classroom, two, question, kind, PARTLY[kind])
    lines = texts(await classroom.close(question)).splitlines()
    begin = lines.index("**Right answer, and how many got each part right:**") + 1
    rows = item_of(classroom, kind).rows()
    assert lines[begin : begin + 2 * len(rows) : 2] == [row.text for row in rows]
    counts = [line.partition(" ")[2].split(" █")[0] for line in lines[begin + 1 : begin + 2 * len(rows) : 2]]
    assert sorted(set(counts)) == ["1 of 2", "2 of 2"]
    for row in rows:
        assert sum(row.text in line for line in lines) == 1


@pytest.mark.parametrize("kind", ["ordering", "matching", "sorting"])
async def test_result_that_nobody_answered_still_says_every_part(classroom: Classroom, kind: str) -> None:
    said = texts(await classroom.close(await classroom.first_question(kind, questions=1)))
    assert "Nobody answered this question." in said
    mark = "" if kind == "ordering" else "- "
    for row in item_of(classroom, kind).rows():
        assert f"\n{mark}{row.text}\n" in f"{said}\n"


@pytest.mark.parametrize("kind", PARTLY)
async def test_a_part_of_the_credit_is_said_in_private(classroom: Classroom, kind: str) -> None:
    student = classroom.students[0]
    asked = reply(await student.slash(classroom.channel, "quiz take", set=kind))
    said = await give(classroom, student, asked, kind, PARTLY[kind])
    assert f"**Partly right: {SHARE[kind]} of the credit.** You answered: " in said
    assert [outcome for outcome, _ in outcomes(classroom)] == ["partial"]


@every_kind
async def test_private_question_is_answered_in_the_same_form(classroom: Classroom, kind: str) -> None:
    student = classroom.students[0]
    asked = reply(await student.slash(classroom.channel, "quiz take", set=kind))
    assert list(buttons(asked)) == ["Answer", "Finish now"]
    said = await give(classroom, student, asked, kind, RIGHT[kind])
    assert "**Right!** You answered: " in said
    assert "Because it is so." in said


@every_kind
async def test_form_shows_the_answer_so_far_and_takes_another(classroom: Classroom, kind: str) -> None:
    student = classroom.students[0]
    question = await classroom.first_question(kind, questions=1)
    await give(classroom, student, question, kind, WRONG[kind])
    form = await student.click(question, label="Answer")
    for field in fields_of(form):
        component = field["component"]
        given = component.get("value") or [
            each for each in component.get("options", ()) if each.get("default")
        ]
        assert given, "every field holds what was answered"
    await classroom.restart()
    assert "Your answer is in" in await give(classroom, student, question, kind, RIGHT[kind])
    assert outcomes(classroom) == [("right", 1.0)]


@every_kind
async def test_nothing_in_a_question_or_its_form_tells_the_answer(classroom: Classroom, kind: str) -> None:
    """The values of a form are the places on the screen, so they differ from shuffle to shuffle."""
    question = await classroom.first_question(kind, questions=1)
    form = await classroom.students[0].click(question, label="Answer")
    for field in fields_of(form):
        values = [each["value"] for each in field["component"].get("options", ())]
        assert values == [str(slot) for slot in range(len(values))]
        assert field["component"]["custom_id"].startswith("answer-")
    assert not any("right" in custom_id for custom_id in buttons(question).values())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "estimate"])
@pytest.mark.parametrize("change", ["out of range", "nothing", "words", "a field less"])
async def test_form_that_was_tampered_with_changes_nothing(
    classroom: Classroom, kind: str, change: str
) -> None:
    student = classroom.students[0]
    question = await classroom.first_question(kind, questions=1)
    await give(classroom, student, question, kind, RIGHT[kind])
    round_id = classroom.value("select round_id from round")
    names = [
        field["component"]["custom_id"] for field in fields_of(await student.click(question, label="Answer"))
    ]
    values = {"out of range": ["99"], "nothing": [], "words": ["DROP TABLE"], "a field less": ["0"]}[change]
    components = [
        {"type": 18, "component": {"type": 3, "custom_id": name, "values": values}}
        for name in (names if change != "a field less" else names[1:])
    ]
    said = await submit_raw(classroom, student, question, f"qt!{round_id}!77", components)
    assert said.startswith("Something is missing, so nothing was changed. ")
    assert said.endswith(" Please press the button and try again.")
    assert outcomes(classroom) == [("right", 1.0)]


async def submit_raw(
    classroom: Classroom,
    member: MemberActor,
    question: discord.Message,
    custom_id: str,
    components: list[Any],
) -> str:
    """A form as nobody's Discord would send it."""
    from simcord.backend.serializers import message_payload
    from simcord.interactions import base_payload

    backend = classroom.env.backend
    record, payload = base_payload(
        backend,
        type=discord.InteractionType.modal_submit.value,
        channel_id=question.channel.id,
        guild_id=classroom.guild.id,
        user_id=member.id,
        data={"custom_id": custom_id, "components": components},
    )
    payload["message"] = message_payload(backend, backend.get_message(question.channel.id, question.id))
    backend.emit("INTERACTION_CREATE", payload)
    await classroom.env.settle()
    return texts(reply(InteractionResult(classroom.env, record)))


@pytest.mark.parametrize(("low", "high"), [("many", "50"), ("40-50", "60")])
async def test_range_that_cannot_be_read_is_explained(classroom: Classroom, low: str, high: str) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("estimate", questions=1)
    await give(classroom, student, question, "estimate", RIGHT["estimate"])
    said = await give(classroom, student, question, "estimate", [low, high])
    assert "could not read" in said
    assert outcomes(classroom) == [("right", 1.0)]


def letters_of(question: discord.Message) -> dict[str, str]:
    """The letter of each text of the question."""
    return {
        text: letter
        for letter, text in re.findall(r"^\*\*([A-Z])\*\* · (.+)$", texts(question), re.MULTILINE)
    }


async def test_answers_are_confirmed_part_by_part_with_letters(classroom: Classroom) -> None:
    """In the order of the screen."""
    student = classroom.students[0]
    confirmed: dict[str, str] = {}
    letters: dict[str, dict[str, str]] = {}
    wanted_of = {kind: PARTLY[kind] for kind in ("matching", "sorting")} | {"multiple": ["Como", "Arno"]}
    for kind, wanted in wanted_of.items():
        question = await classroom.first_question(kind, questions=1)
        letters[kind] = letters_of(question)
        confirmed[kind] = await give(classroom, student, question, kind, wanted)
        await classroom.close(question)
    chosen = sorted((letters["multiple"][text], text) for text in ("Como", "Arno"))
    assert f"**{'; '.join(f'{letter} · {text}' for letter, text in chosen)}**" in confirmed["multiple"]
    pairs = [
        f"{town}: {letters['matching'][lake]} · {lake}"
        for town, lake in (("Lecco", "Como"), ("Riva", "Iseo"))
    ]
    assert f"**{'; '.join(pairs)}**" in confirmed["matching"]
    sorted_in = sorted(f"{letters['sorting'][text]} · {text}: A claim" for text in letters["sorting"])
    assert f"**{'; '.join(sorted_in)}**" in confirmed["sorting"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["1 (first)", "2", "3 (last)"], {1: "It froze", 2: "It thawed", 3: "It dried up"}),
        (["2", "1 (first)", "3 (last)"], {2: "It froze", 1: "It thawed", 3: "It dried up"}),
    ],
)
async def test_order_is_confirmed_with_its_places(
    classroom: Classroom, given: list[str], said: dict[int, str]
) -> None:
    question = await classroom.first_question("ordering", questions=1)
    confirmed = await give(classroom, classroom.students[0], question, "ordering", given)
    letters = letters_of(question)
    assert (
        f"**{'; '.join(f'{place}. {letters[said[place]]} · {said[place]}' for place in (1, 2, 3))}**"
        in confirmed
    )


async def test_two_events_at_one_place_are_confirmed_as_such(classroom: Classroom) -> None:
    question = await classroom.first_question("ordering", questions=1)
    confirmed = await give(classroom, classroom.students[0], question, "ordering", ["1 (first)"] * 3)
    assert re.search(r"\*\*1\. A · [^;]+; 1\. B · [^;]+; 1\. C · [^;]+\*\*", confirmed)
    assert outcomes(classroom) == [("wrong", 0.0)]


@pytest.mark.parametrize("names", [["answer-²"], ["answer-7"], ["answer"], ["answer-0", "answer-2"], []])
async def test_form_with_other_fields_changes_nothing(classroom: Classroom, names: list[str]) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("ordering", questions=1)
    await give(classroom, student, question, "ordering", RIGHT["ordering"])
    round_id = classroom.value("select round_id from round")
    components = [
        {"type": 18, "component": {"type": 3, "custom_id": name, "values": ["0"]}} for name in names
    ]
    said = await submit_raw(classroom, student, question, f"qt!{round_id}!77", components)
    assert said.startswith("Something is missing, so nothing was changed. ")
    assert outcomes(classroom) == [("right", 1.0)]


async def test_result_of_an_estimate_says_how_wide_the_class_guessed(classroom: Classroom) -> None:
    question = await classroom.first_question("estimate", questions=1)
    for student, (low, high) in zip(
        classroom.students, (("40", "50"), ("43", "44"), ("1", "2"), ("50", "90"), ("30", "60")), strict=False
    ):
        await give(classroom, student, question, "estimate", [low, high])
    said = texts(await classroom.close(question))
    assert "The figure is inside\n-# 3 of 5, 60%" in said
    assert "The range is too low\n-# 1 of 5, 20%" in said
    assert "Half of the ranges were at most 10 metres wide." in said
    inside, outside = [
        texts(reply(await classroom.students[at].click(classroom.newest(), label="My result")))
        for at in (0, 2)
    ]
    assert (
        "**Right**: 40 to 50 metres. The figure is inside your range, which is 10 metres wide. "
        "Half of the class's ranges are at most 10 metres wide."
    ) in inside
    assert "The figure is outside: 41 metres above your range, which is 1 wide." in outside
    assert "so yours weighs like a range 821 metres wide." in outside


async def test_own_result_of_an_estimate_tells_nothing_of_a_small_class(classroom: Classroom) -> None:
    question = await classroom.first_question("estimate", questions=1)
    for student in classroom.students[:4]:
        await give(classroom, student, question, "estimate", ["40", "50"])
    assert "Half of" not in texts(await classroom.close(question))
    mine = texts(reply(await classroom.students[0].click(classroom.newest(), label="My result")))
    assert mine.endswith("The figure is inside your range, which is 10 metres wide.")


async def test_private_estimate_is_told_inside_or_outside(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = reply(await student.slash(classroom.channel, "quiz take", set="estimate"))
    said = await give(classroom, student, asked, "estimate", WRONG["estimate"])
    assert "**Not right.** You answered: 1 to 2 metres" in said
    assert (
        "The figure is outside: 41 metres above your range, which is 1 wide. It is deeper than it looks."
        in said
    )
    assert "class" not in said


async def test_instructor_sees_every_kind_with_its_key(classroom: Classroom) -> None:
    for kind in KINDS:
        shown = await classroom.instructor.slash(classroom.channel, "questions show", set="lakes", item=kind)
        assert "**Right answer: " in texts(reply(shown))
