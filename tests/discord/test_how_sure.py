"""How sure are you? Three buttons below the private confirmation of an answer."""

from simcord import ResponseMessage

from tests.discord.lessons import RIGHT, WRONG
from tests.discord.room import Classroom, Message, buttons, reply, texts
from tests.discord.sent import edits

STEPS = ["Guess", "Fairly sure", "Certain"]


def stored(classroom: Classroom) -> list[int | None]:
    return [row[0] for row in classroom.rows("select certainty from answer order by answer_id")]


async def answered(classroom: Classroom, option: str = RIGHT) -> tuple[Message, ResponseMessage]:
    """The question, and the first student's confirmation."""
    question = await classroom.first_question(questions=1, certainty=True)
    return question, await classroom.answer(classroom.students[0], question, option)


async def test_lobby_says_what_is_asked_and_who_sees_it(classroom: Classroom) -> None:
    said = texts(await classroom.lobby(certainty=True))
    assert "**How sure are you?** You are asked after each answer" in said
    assert "only you see it" in said


async def test_lobby_of_a_quiz_that_does_not_ask_is_silent(classroom: Classroom) -> None:
    assert "how sure" not in texts(await classroom.lobby()).lower()


async def test_confirmation_asks_and_never_blocks(classroom: Classroom) -> None:
    question, confirmed = await answered(classroom)
    assert texts(confirmed).startswith("Your answer is in:")
    assert "How sure are you? This is private" in texts(confirmed)
    assert list(buttons(confirmed)) == STEPS
    result = await classroom.close(question)
    assert "1 of 1" in texts(result)
    assert stored(classroom) == [None]


async def test_press_changes_the_same_message(classroom: Classroom) -> None:
    _, confirmed = await answered(classroom)
    said = reply(await classroom.students[0].click(confirmed, label="Certain"))
    assert said.id == confirmed.id
    assert "How sure you are: **certain**." in texts(said)
    assert texts(said).startswith("Your answer is in:")
    assert list(buttons(said)) == STEPS
    changed = reply(await classroom.students[0].click(said, label="Guess"))
    assert changed.id == confirmed.id
    assert "**guess**" in texts(changed)
    assert stored(classroom) == [1]


async def test_changed_answer_asks_again(classroom: Classroom) -> None:
    question, confirmed = await answered(classroom, WRONG)
    one = classroom.students[0]
    await one.click(confirmed, label="Certain")
    again = await classroom.answer(one, question, RIGHT)
    assert "How sure are you?" in texts(again)
    assert stored(classroom) == [None]
    refused = reply(await one.click(confirmed, label="Guess"))
    assert "You have changed your answer since: it is **The Danube** now." in texts(refused)
    assert stored(classroom) == [None]


async def test_late_press_changes_nothing_and_says_so(classroom: Classroom) -> None:
    question, confirmed = await answered(classroom)
    await classroom.close(question)
    late = reply(await classroom.students[0].click(confirmed, label="Certain"))
    assert texts(late) == "The question is closed, so nothing was changed."
    assert stored(classroom) == [None]


async def test_press_of_somebody_else_changes_nothing(classroom: Classroom) -> None:
    _, confirmed = await answered(classroom)
    forged = buttons(confirmed)["Certain"]
    refused = await classroom.press_late(classroom.students[1], confirmed.message, forged)
    assert texts(refused).startswith("I cannot find this answer here.")
    assert stored(classroom) == [None]


async def test_press_delivered_twice_is_one(classroom: Classroom) -> None:
    _, confirmed = await answered(classroom)
    await classroom.students[0].click(confirmed, label="Fairly sure")
    await classroom.deliver_again()
    assert stored(classroom) == [2]


async def test_quiz_that_does_not_ask_confirms_as_ever(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1)
    confirmed = await classroom.answer(classroom.students[0], question, RIGHT)
    assert buttons(confirmed) == {}


async def test_typed_answer_asks_too(classroom: Classroom) -> None:
    question = await classroom.first_question("numbers", questions=1, certainty=True)
    confirmed = await classroom.type_answer(classroom.students[0], question, "80")
    assert list(buttons(confirmed)) == STEPS
    await classroom.students[0].click(confirmed, label="Fairly sure")
    assert stored(classroom) == [2]


async def test_own_result_shows_it_and_nothing_public_does(classroom: Classroom) -> None:
    question, confirmed = await answered(classroom)
    await classroom.students[0].click(confirmed, label="Fairly sure")
    await classroom.answer(classroom.students[1], question, WRONG)
    await classroom.close(question)
    summary = classroom.newest()
    mine = texts(reply(await classroom.students[0].click(summary, label="My result")))
    assert "**Right**" in mine
    assert "(fairly sure)" in mine
    assert "**How sure you were: 2 of at most 3 marks.**" in mine
    assert "When you are fairly sure: 1 of 1 right." in mine
    other = texts(reply(await classroom.students[1].click(summary, label="My result")))
    assert "sure" not in other
    public = "\n".join(texts(message) for message in classroom.posted()[1:])
    assert "sure" not in public.lower()


async def test_certainty_never_changes_a_public_message(classroom: Classroom) -> None:
    question, confirmed = await answered(classroom)
    await classroom.env.advance_time(3)
    before = len(edits(classroom.env.http_requests, question.id))
    await classroom.students[0].click(confirmed, label="Certain")
    await classroom.env.advance_time(3)
    assert len(edits(classroom.env.http_requests, question.id)) == before


async def test_buttons_work_after_a_restart(classroom: Classroom) -> None:
    _, confirmed = await answered(classroom)
    await classroom.restart()
    await classroom.students[0].click(confirmed, label="Certain")
    assert stored(classroom) == [3]
