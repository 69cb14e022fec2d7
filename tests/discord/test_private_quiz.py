"""A private quiz: what one learner sees, and nobody else."""

import re

import discord
import pytest
import simcord
from simcord import ResponseMessage

from tests.discord.lessons import OTHER, RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts


async def take(classroom: Classroom, student: int = 0, **options: object) -> ResponseMessage:
    """A student asks for a private quiz; gives the private message."""
    wanted: dict[str, object] = {"set": "rivers", "questions": 2, **options}
    return reply(await classroom.students[student].slash(classroom.channel, "quiz take", **wanted))


async def press(
    classroom: Classroom, message: ResponseMessage, label: str, student: int = 0
) -> ResponseMessage:
    return reply(await classroom.students[student].click(message, label=label))


def outcomes(classroom: Classroom) -> list[str]:
    return [outcome for (outcome,) in classroom.rows("select outcome from answer order by answer_id")]


async def test_anybody_may_take_a_quiz(classroom: Classroom) -> None:
    asked = await take(classroom)
    assert re.match(r"### Question 1 of 2 · Statistic\nWhich river has number \d\?\n", texts(asked))
    assert sorted(label[4:] for label in list(buttons(asked))[:3]) == sorted([RIGHT, WRONG, OTHER])
    assert list(buttons(asked))[3:] == ["Finish now"]
    assert "Only you can see this." in texts(asked)
    assert "that you began" not in texts(asked)


async def test_nothing_of_it_is_public(classroom: Classroom) -> None:
    asked = await take(classroom)
    await classroom.answer(classroom.students[0], asked, RIGHT)
    assert classroom.posted() == []
    others = classroom.channel.history(viewer=classroom.students[1])
    assert asked.id not in {message.id for message in others}


async def test_whole_quiz_with_feedback(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom)
    right = await classroom.answer(student, asked, RIGHT)
    assert right.id == asked.id, "one message from the first question to the result"
    assert re.search(rf"\*\*Right!\*\* You answered: [ABC] · {RIGHT}", texts(right))
    assert "It is the river that flows through ten countries." in texts(right)
    assert "Status: well established, as of 2018-03. Source: An atlas" in texts(right)
    assert list(buttons(right)) == ["Next question", "Something wrong with this question?"]
    second = await press(classroom, right, "Next question")
    assert texts(second).startswith("### Question 2 of 2")
    wrong = await classroom.answer(student, second, WRONG)
    assert re.search(rf"\*\*Not right\.\*\* You answered: [ABC] · {WRONG}", texts(wrong))
    assert "The Rhine flows north." in texts(wrong)
    assert re.search(rf"\*\*Right answer: [ABC] · {RIGHT}\*\*", texts(wrong))
    assert list(buttons(wrong)) == ["See my result", "Something wrong with this question?"]
    result = await press(classroom, wrong, "See my result")
    assert "**1 of 2 questions right.** Only you can see this." in texts(result)
    assert list(buttons(result)) == ["Retake what I missed", "Look through the questions"]
    assert outcomes(classroom) == ["right", "wrong"]


async def test_missed_questions_are_asked_again_until_none_is_left(classroom: Classroom) -> None:
    student = classroom.students[0]
    message = await take(classroom)
    for option in (WRONG, WRONG):
        message = await press(classroom, await classroom.answer(student, message, option), _go_on(message))
    again = await press(classroom, message, "Retake what I missed")
    assert texts(again).startswith("### Question 1 of 2")
    again = await press(classroom, await classroom.answer(student, again, RIGHT), "Next question")
    again = await press(classroom, await classroom.answer(student, again, WRONG), "See my result")
    last = await press(classroom, again, "Retake what I missed")
    assert texts(last).startswith("### Question 1 of 1")
    last = await press(classroom, await classroom.answer(student, last, RIGHT), "See my result")
    assert list(buttons(last)) == ["Look through the questions"]
    assert outcomes(classroom) == ["wrong", "wrong", "right", "wrong", "right"]


def _go_on(message: ResponseMessage) -> str:
    return "See my result" if "Question 2 of 2" in texts(message) else "Next question"


async def test_quiz_is_taken_up_where_it_was_left(classroom: Classroom) -> None:
    await classroom.answer(classroom.students[0], await take(classroom, questions=3), RIGHT)
    again = await take(classroom, questions=5)
    assert texts(again).startswith("### Question 2 of 3")
    assert "You go on with the quiz of " in texts(again)
    theirs = await take(classroom, student=1)
    assert texts(theirs).startswith("### Question 1 of 2")


async def test_quiz_of_another_category_is_another_quiz(classroom: Classroom) -> None:
    await classroom.answer(
        classroom.students[0], await take(classroom, set="kinds", category="statistic"), RIGHT
    )
    history = await take(classroom, set="kinds", category="history")
    assert texts(history).startswith("### Question 1 of 2 · Historical fact")


async def test_quiz_can_be_ended_early(classroom: Classroom) -> None:
    asked = await take(classroom, questions=3)
    feedback = await classroom.answer(classroom.students[0], asked, WRONG)
    second = await press(classroom, feedback, "Next question")
    result = await press(classroom, second, "Finish now")
    assert "**0 of 1 question right.**" in texts(result)
    assert "Retake what I missed" in buttons(result)
    fresh = await take(classroom)
    assert texts(fresh).startswith("### Question 1 of 2")


async def test_quiz_can_be_ended_before_the_first_answer(classroom: Classroom) -> None:
    result = await press(classroom, await take(classroom), "Finish now")
    assert "You ended this quiz before the first answer. Start another with `/quiz take`." in texts(result)
    assert buttons(result) == {}


async def test_typed_answer(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom, set="numbers", questions=1)
    form = await student.click(asked, label="Answer")
    feedback = reply(await student.submit_modal(form, {"answer-0": "about 80"}))
    assert feedback.id == asked.id
    assert "**Right!**" in texts(feedback)
    assert "**Right answer: 80 towns**" in texts(feedback)


async def test_unreadable_answer_leaves_the_question_open(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom, set="numbers", questions=1)
    said = await classroom.type_answer(student, asked, "a lot")
    assert texts(said).startswith("I could not read “a lot” as an answer, so nothing was changed.")
    assert said.id != asked.id, "the question stays"
    assert outcomes(classroom) == []
    assert "**Right!**" in texts(await classroom.type_answer(student, asked, "80"))


async def test_first_answer_counts(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom)
    before, right = asked.message, option_id(asked, RIGHT)
    await classroom.answer(student, asked, WRONG)
    second = await classroom.press_late(student, before, right)
    assert "You answered this question before; your first answer counts." in texts(second)
    assert "**Not right.**" in texts(second)
    assert outcomes(classroom) == ["wrong"]


async def test_press_that_is_delivered_twice_counts_once(classroom: Classroom) -> None:
    asked = await take(classroom)
    await classroom.answer(classroom.students[0], asked, RIGHT)
    before = classroom.rows("select * from answer")
    await classroom.deliver_again()
    assert classroom.rows("select * from answer") == before


async def test_retake_that_is_pressed_twice_goes_on_with_the_same_quiz(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom, questions=1)
    result = await press(classroom, await classroom.answer(student, asked, WRONG), "See my result")
    await press(classroom, result, "Retake what I missed")
    await press(classroom, result, "Retake what I missed")
    await classroom.deliver_again()
    assert classroom.value("select count(*) from run where state <> 'ended'") == 1


async def test_private_quiz_of_somebody_else_is_out_of_reach(classroom: Classroom) -> None:
    asked = await take(classroom)
    with pytest.raises(simcord.SetupError, match="not visible"):
        await classroom.students[1].click(asked, custom_id=option_id(asked, RIGHT))
    refused = await classroom.press_late(classroom.students[1], asked.message, option_id(asked, RIGHT))
    assert texts(refused) == "Only the learner who began it can answer in this private quiz."
    assert outcomes(classroom) == []


async def test_question_gives_nothing_away(classroom: Classroom) -> None:
    asked = await take(classroom)
    assert "ten countries" not in texts(asked)
    assert [custom_id.rsplit(":", 1)[1] for custom_id in list(buttons(asked).values())[:3]] == ["0", "1", "2"]


async def test_private_and_live_quizzes_do_not_mix(classroom: Classroom) -> None:
    student = classroom.students[0]
    live = await classroom.first_question(questions=1)
    private = await take(classroom)
    await classroom.answer(student, private, WRONG)
    await classroom.answer(student, live, RIGHT)
    assert "1 of 1" in texts(await classroom.close(live))
    assert "1 person, 1 of 1 answers right." in texts(classroom.newest())


async def test_claims_are_not_asked(classroom: Classroom) -> None:
    refused = await take(classroom, category="claim")
    assert "This set has no quiz question of that category" in texts(refused)
    every = await take(classroom, set="kinds", questions=50)
    assert texts(every).startswith("### Question 1 of 4")


async def test_unknown_set_is_explained(classroom: Classroom) -> None:
    assert "I cannot find a question set named “nothing” here." in texts(await take(classroom, set="nothing"))


async def test_private_quiz_in_a_thread(classroom: Classroom) -> None:
    made = classroom.env.backend.create_thread(classroom.channel.id, "Side talk", classroom.instructor.id)
    thread = next(each for each in classroom.channel.threads if each.id == made.id)
    student = classroom.students[0]
    asked = reply(await student.slash(thread, "quiz take", set="rivers", questions=1))
    assert "**Right!**" in texts(await classroom.answer(student, asked, RIGHT))


async def test_private_quiz_needs_no_permission_in_the_channel(classroom: Classroom) -> None:
    classroom.allow(discord.Permissions.none())
    asked = await take(classroom, questions=1)
    assert "**Right!**" in texts(await classroom.answer(classroom.students[0], asked, RIGHT))


# Narrowed down


async def test_topics_come_up_while_typing_with_how_many_questions_they_have(classroom: Classroom) -> None:
    await load(classroom, TOPICS)
    student = classroom.students[0]
    offered = await student.autocomplete(classroom.channel, "quiz take", "tag", "", set="lakes")
    assert offered == [{"name": "ice (2)", "value": "ice"}, {"name": "fish (1)", "value": "fish"}]
    assert await student.autocomplete(classroom.channel, "quiz take", "tag", "", set="no-such-set") == []


async def test_quiz_can_be_on_one_topic_and_level(classroom: Classroom) -> None:
    await load(classroom, TOPICS)
    asked = await take(classroom, set="lakes", questions=10, tag="ice", difficulty="easy")
    assert "### Question 1 of 1 · Historical fact\nThe small lake froze." in texts(asked)
    refused = await classroom.students[0].slash(
        classroom.channel, "quiz take", set="lakes", tag="fish", difficulty="easy"
    )
    assert texts(reply(refused)) == (
        "This set has no such question. Leave out `tag` or `difficulty`, or choose another."
    )


async def test_only_what_was_missed_and_only_what_is_new(classroom: Classroom) -> None:
    await load(classroom, TOPICS)
    first = await take(classroom, set="lakes", questions=10, tag="ice", difficulty="easy")
    assert "Not right." in texts(await press(classroom, first, "False"))
    missed = await take(classroom, set="lakes", questions=10, only="missed")
    assert "### Question 1 of 1" in texts(missed)
    assert "The small lake froze." in texts(missed)
    new = await take(classroom, set="lakes", questions=10, only="new")
    assert "### Question 1 of 2" in texts(new)
    assert "The small lake froze." not in texts(new)
    other = await classroom.students[1].slash(classroom.channel, "quiz take", set="lakes", only="missed")
    assert "You have missed no such question." in texts(reply(other))


async def test_lobby_says_what_a_live_quiz_is_about(classroom: Classroom) -> None:
    await load(classroom, TOPICS)
    await classroom.instructor.slash(
        classroom.channel,
        "quiz live",
        set="lakes",
        category="history",
        tag="ice",
        difficulty="hard",
        questions=5,
    )
    assert "**1 question** (historical fact, topic ice, hard)" in texts(classroom.newest())


TOPICS = """\
set: {format: 1, id: lakes, title: Lakes, description: D, source: {title: S}}
category: history
items:
  - {id: small, kind: true_false, prompt: The small lake froze., answer: true, difficulty: 1, tags: [ice]}
  - {id: large, kind: true_false, prompt: The large lake froze., answer: true, difficulty: 5, tags: [ice]}
  - {id: trout, kind: true_false, prompt: Trout live there., answer: true, difficulty: 3, tags: [fish]}
"""


async def load(classroom: Classroom, text: str) -> None:
    """Load this set for the server."""
    loaded = await classroom.instructor.slash(
        classroom.channel, "questions load", file=("lakes.yaml", text.encode()), check_first=False
    )
    assert "### Loaded" in texts(reply(loaded))


# How sure


async def test_feedback_comes_after_saying_how_sure(classroom: Classroom) -> None:
    student = classroom.students[0]
    asked = await take(classroom, certainty=True)
    kept = await classroom.answer(student, asked, RIGHT)
    assert kept.id == asked.id
    assert re.search(rf"Your answer is in: \*\*[ABC] · {RIGHT}\*\*", texts(kept))
    assert "How sure are you?" in texts(kept)
    assert list(buttons(kept)) == ["Guess", "Fairly sure", "Certain", "Just show me"]
    assert "Right" not in texts(kept)
    feedback = await press(classroom, kept, "Certain")
    assert feedback.id == asked.id
    assert re.search(rf"\*\*Right!\*\* You answered: [ABC] · {RIGHT} \(certain\)", texts(feedback))
    assert classroom.rows("select outcome, certainty from answer") == [("right", 3)]


async def test_feedback_comes_without_saying_how_sure(classroom: Classroom) -> None:
    kept = await classroom.answer(classroom.students[0], await take(classroom, certainty=True), WRONG)
    feedback = await press(classroom, kept, "Just show me")
    assert "**Not right.**" in texts(feedback)
    assert classroom.rows("select outcome, certainty from answer") == [("wrong", None)]


async def test_how_sure_pressed_after_the_feedback_changes_nothing(classroom: Classroom) -> None:
    student = classroom.students[0]
    kept = await classroom.answer(student, await take(classroom, certainty=True), WRONG)
    before, certain = kept.message, buttons(kept)["Certain"]
    await press(classroom, kept, "Guess")
    late = await classroom.press_late(student, before, certain)
    assert "You answered this question before" in texts(late)
    assert classroom.rows("select outcome, certainty from answer") == [("wrong", 1)]


async def test_answer_without_its_feedback_is_there_after_a_restart(classroom: Classroom) -> None:
    await classroom.answer(classroom.students[0], await take(classroom, certainty=True), RIGHT)
    await classroom.restart()
    again = await take(classroom, certainty=True)
    assert "Your answer is in" in texts(again)
    assert "**Right!**" in texts(await press(classroom, again, "Fairly sure"))
