"""Assignments as learners take them: Start, every kind of question, looking over, handing in, coming back."""

import re

import discord
import pytest

from tests.discord.assigning import (
    HOUR,
    answer,
    assigned,
    begin,
    done,
    draft,
    press,
    status,
    work,
)
from tests.discord.lessons import OTHER, RIGHT, WRONG
from tests.discord.room import Classroom, buttons, option_id, reply, texts


def answers(classroom: Classroom) -> list[tuple[str, str]]:
    """What is stored: the response and its outcome, in the order in which they came."""
    return classroom.rows("select response, outcome from answer order by answer_id")


# Beginning


async def test_start_shows_everything_privately_and_begins_nothing(classroom: Classroom) -> None:
    announcement = await assigned(classroom, questions=2, attempts=2, minutes=10)
    overview = await press(classroom.students[0], announcement, "Start")
    said = texts(overview)
    assert said.startswith("### Assignment · Rivers of Europe\n**Due <t:")
    assert "2 questions\n2 attempts, the best one counts\n10 minutes for each attempt\n" in said
    assert "The clock starts when you begin: you then have 10 minutes." in said
    assert said.endswith("-# Only you can see this.")
    assert "Which river" not in said
    assert list(buttons(overview)) == ["Begin", "Do not remind me"]
    assert classroom.rows("select * from run") == []
    assert [message.id for message in classroom.posted()] == [announcement.id]


async def test_question_tells_what_to_do_and_gives_nothing_away(classroom: Classroom) -> None:
    question = await begin(classroom, await assigned(classroom, questions=2, minutes=10))
    said = texts(question)
    assert re.match(r"### Question 1 of 2 · Statistic\nWhich river has number \d\?\n", said)
    assert "Your time ends <t:" in said
    assert "Each answer is kept at once." in said
    assert "**Start** or `/quiz status` goes on here later." in said
    assert "ten countries" not in said
    assert list(buttons(question))[3:] == ["Skip for now", "Look over my answers"]


async def test_nobody_else_reaches_an_attempt(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    announcement = await assigned(classroom, questions=2)
    question = await begin(classroom, announcement)
    right = option_id(question, RIGHT)
    for custom_id in (right, *buttons(question).values()):
        refused = texts(await classroom.press_late(two, question.message, custom_id))
        assert refused == "Only the learner who began it can answer in this private quiz."
    assert answers(classroom) == []
    theirs = await begin(classroom, announcement, student=1)
    assert "### Question 1 of 2" in texts(theirs)
    await classroom.answer(one, question, RIGHT)
    assert len(answers(classroom)) == 1


# Every kind of question


async def test_all_kinds_are_answered_skipped_looked_over_changed_and_handed_in(classroom: Classroom) -> None:
    student = classroom.students[0]
    message = await begin(classroom, await assigned(classroom, set="kinds", questions=4))
    for number in range(1, 5):
        assert texts(message).startswith(f"### Question {number} of 4")
        if number == 2:
            message = await press(student, message, "Skip for now")
            continue
        kept = await answer(student, message, right=number == 1)
        assert kept.id == message.id, "one message from the first question to the result"
        assert "Your answer is in: **" in texts(kept)
        assert not re.search(r"[Rr]ight|[Ww]rong", texts(kept))
        assert len(answers(classroom)) == number - (number > 2), "kept the moment it is given"
        message = await press(student, kept, "Next question")
    assert texts(message).startswith("### Question 2 of 4"), "what was skipped comes again at the end"
    sheet = await press(student, message, "Look over my answers")
    assert "**1 question not answered yet.**" in texts(sheet)
    assert re.search(r"^2\. .+\n-# \*\*Not answered\*\*$", texts(sheet), re.MULTILINE)
    assert list(buttons(sheet)) == [*(f"Question {number}" for number in range(1, 5)), "Hand in"]
    question = await press(student, sheet, "Question 2")
    kept = await answer(student, question)
    assert "Next question" not in buttons(kept)
    sheet = await press(student, kept, "Look over my answers")
    assert "All questions are answered." in texts(sheet)
    for label in ("Question 3", "Question 4"):
        question = await press(student, sheet, label)
        assert "Your answer so far: **" in texts(question)
        sheet = await press(student, await answer(student, question), "Look over my answers")
    result = await press(student, sheet, "Hand in")
    assert "**4 of 4 questions right.**" in texts(result)
    assert [outcome for _, outcome in answers(classroom)] == ["right"] * 4


async def test_form_holds_the_answer_so_far(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, set="numbers", questions=1))
    sheet = await press(student, await answer(student, question, right=False), "Look over my answers")
    form = await student.click(await press(student, sheet, "Question 1"), label="Answer")
    assert form.modal is not None
    assert '"value": "5"' in str(form.modal).replace("'", '"')
    refused = reply(await student.submit_modal(form, {"answer-0": "a lot"}))
    assert texts(refused).startswith("I could not read “a lot” as an answer, so nothing was changed.")
    assert [outcome for _, outcome in answers(classroom)] == ["wrong"]


async def test_how_sure_is_asked_and_kept(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=2, certainty=True))
    kept = await answer(student, question)
    assert list(buttons(kept)) == ["Guess", "Fairly sure", "Certain", "Next question", "Look over my answers"]
    kept = await press(student, kept, "Certain")
    assert "(certain)" in texts(kept)
    sheet = await press(student, kept, "Look over my answers")
    assert "(certain)" in texts(sheet)
    assert classroom.rows("select certainty from answer") == [(3,)]


@pytest.mark.parametrize("at_once", [False, True])
async def test_handing_in_with_open_questions_is_asked_first(classroom: Classroom, at_once: bool) -> None:
    student = classroom.students[0]
    showing = dict.fromkeys(("marks", "answers", "explanations"), "during") if at_once else {}
    message = await begin(classroom, await assigned(classroom, questions=2, **showing))
    if not at_once:
        message = await press(student, message, "Look over my answers")
    asked = await press(student, message, "Hand in")
    assert texts(asked).startswith("### Hand in now? · Rivers of Europe\n**2 questions not answered yet**")
    assert "nothing can be changed" in texts(asked)
    message = await press(student, asked, "No, go on" if at_once else "No, back to my answers")
    assert classroom.value("select state from run") != "ended"
    result = await press(student, await press(student, message, "Hand in"), "Yes, hand in")
    assert "**0 of 2 questions right.**" in texts(result)
    assert "1. Not answered" in texts(result) or "Right answer" in texts(result)
    assert classroom.value("select state from run") == "ended"


async def test_answer_after_handing_in_changes_nothing(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=1))
    before, wrong = question.message, option_id(question, WRONG)
    sheet = await work(student, question, True)
    await press(student, sheet, "Hand in")
    late = texts(await classroom.press_late(student, before, wrong))
    assert late == f"You have handed this in. Your answer counts: **{RIGHT}**."
    assert [outcome for _, outcome in answers(classroom)] == ["right"]


async def test_press_that_is_delivered_twice_counts_once(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=1, attempts=3)
    overview = await press(student, announcement, "Start")
    before, again = overview.message, buttons(overview)["Begin"]
    await press(student, overview, "Begin")
    await classroom.deliver_again()
    await classroom.press_late(student, before, again)
    assert classroom.value("select count(*) from run") == 1
    question = await begin(classroom, announcement)
    await press(student, await work(student, question, True), "Hand in")
    late = await classroom.press_late(student, before, again)
    assert texts(late).startswith("### Your result"), "attempt 1, not another one"
    assert classroom.value("select count(*) from run") == 1


# Leaving and coming back


async def test_restart_loses_nothing_and_start_goes_on(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=3, minutes=60)
    question = await begin(classroom, announcement)
    await answer(student, question)
    await classroom.restart(away=120)
    announcement = classroom.newest()
    overview = await press(student, announcement, "Start")
    assert "Attempt 1: under way, 1 of 3 answered; ends <t:" in texts(overview)
    assert list(buttons(overview)) == ["Go on", "Do not remind me"]
    question = await press(student, overview, "Go on")
    assert texts(question).startswith("### Question 2 of 3")
    assert "You go on with the attempt of 3 questions that you began." in texts(question)
    listed = await status(classroom, student)
    assert "**Rivers of Europe** · under way, 1 of 3 answered" in texts(listed)
    question = await press(student, await press(student, listed, "Go on"), "Go on")
    result = await press(student, await work(student, question, True, False), "Hand in")
    assert "**2 of 3 questions right.**" in texts(result)
    assert classroom.value("select count(*) from run") == 1


async def test_buttons_of_before_a_restart_work(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await begin(classroom, await assigned(classroom, questions=1))
    await classroom.restart()
    kept = await answer(student, question)
    sheet = await press(student, kept, "Look over my answers")
    assert "**1 of 1 question right.**" in texts(await press(student, sheet, "Hand in"))


# What is shown when

EARLY = {"marks": "after", "answers": "after", "explanations": "after"}
LATE = {"marks": "after_due", "answers": "after_due", "explanations": "after_due"}
EXPLAINED, TOLD = "ten countries", "Right answer"


@pytest.mark.parametrize(
    ("showing", "marks", "told", "explained"),
    [
        ({}, True, False, False),
        (LATE, False, False, False),
        (EARLY, True, True, True),
        (EARLY | {"explanations": "after_due"}, True, True, False),
        (LATE | {"explanations": "after"}, False, False, True),
    ],
)
async def test_result_shows_what_is_to_be_seen_by_then(
    classroom: Classroom, showing: dict[str, str], marks: bool, told: bool, explained: bool
) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=2, due="in 2 hours", **showing)
    result = await done(classroom, announcement, True, False)
    said = texts(result)
    assert ("**1 of 2 questions right.**" in said) == marks
    assert ("**Handed in: 2 of 2 questions answered.**" in said) == (not marks)
    assert (TOLD in said) == told
    everything = marks and told and explained
    assert ("after the due date: <t:" in said) == (not everything)
    assert ("Retake what I missed" in buttons(result)) == everything
    look = await press(student, result, "Look through the questions")
    seen = [texts(look), texts(await press(student, look, "Next"))]
    assert list(buttons(look))[:2] == ["Back", "My result"]
    assert any("Not right." in each for each in seen) == marks
    assert all((TOLD in each) == told for each in seen)
    assert all((EXPLAINED in each) == explained for each in seen)
    overview = await press(student, await press(student, look, "My result"), "Back to the assignment")
    assert ("**Your result: 50%**" in texts(overview)) == marks
    assert ("Attempt 1: 1 of 2 points" in texts(overview)) == marks
    assert "No attempt is left." in texts(overview)
    await classroom.env.advance_time(2 * HOUR + 5)
    over = await press(student, classroom.now(announcement), "See mine")
    assert "It was due <t:" in texts(over)
    assert "**Your result: 50%**" in texts(over)
    result = await press(student, over, "Result of attempt 1")
    assert "**1 of 2 questions right.**" in texts(result)
    assert TOLD in texts(result)
    assert "after the due date" not in texts(result)
    assert list(buttons(result)) == [
        "Retake what I missed",
        "Look through the questions",
        "Back to the assignment",
    ]
    look = await press(student, result, "Look through the questions")
    assert EXPLAINED in texts(look)
    assert "Something wrong with this question?" in buttons(look)


async def test_feedback_at_once_and_the_first_answer_counts(classroom: Classroom) -> None:
    student = classroom.students[0]
    showing = dict.fromkeys(("marks", "answers", "explanations"), "during")
    announcement = await assigned(classroom, questions=2, **showing)
    question = await begin(classroom, announcement)
    assert list(buttons(question))[3:] == ["Hand in"]
    before, right = question.message, option_id(question, RIGHT)
    feedback = await answer(student, question, right=False)
    assert "**Not right.**" in texts(feedback)
    assert "The Rhine flows north." in texts(feedback)
    second = await classroom.press_late(student, before, right)
    assert "You answered this question before; your first answer counts." in texts(second)
    question = await press(student, feedback, "Next question")
    result = await work(student, question, True)
    assert "**1 of 2 questions right.**" in texts(result)
    assert "Retake what I missed" in buttons(result)


async def test_unanswered_questions_can_be_looked_through_when_it_is_over(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=2, due="in 1 hour")
    await begin(classroom, announcement)
    await classroom.env.advance_time(HOUR + 5)
    over = await press(student, classroom.now(announcement), "See mine")
    result = await press(student, over, "Result of attempt 1")
    look = await press(student, result, "Look through the questions")
    assert "You did not answer this question." in texts(look)
    assert TOLD in texts(look)


# Attempts


@pytest.mark.parametrize(
    ("counts", "words", "score"),
    [
        ("highest", "the best one counts", "100%"),
        ("first", "the first one counts", "50%"),
        ("last", "the last one counts", "0%"),
        ("average", "their average counts", "50%"),
    ],
)
async def test_attempt_that_counts(classroom: Classroom, counts: str, words: str, score: str) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=2, attempts=3, counts=counts)
    assert f"3 attempts, {words}" in texts(announcement)
    for right in ((True, False), (True, True), (False, False)):
        await done(classroom, announcement, *right)
    overview = await press(student, announcement, "Start")
    assert "Attempt 1: 1 of 2 points\nAttempt 2: 2 of 2 points\nAttempt 3: 0 of 2 points" in texts(overview)
    assert f"**Your result: {score}**" in texts(overview)
    assert list(buttons(overview))[1:] == [f"Result of attempt {number}" for number in (1, 2, 3)]
    assert f"**Rivers of Europe** · your result: {score}" in texts(await status(classroom, student))
    shown = texts(await status(classroom, assignment="1"))
    assert f"<@{student.id}> · finished: {score} (3 attempts)" in shown


async def test_any_number_of_attempts_goes_on_and_on(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, set="statements", questions=1, attempts=0)
    for number in range(1, 18):
        overview = await press(student, announcement, "Start")
        question = await press(student, overview, "Begin" if number == 1 else f"Begin attempt {number}")
        await press(student, await work(student, question, False), "Hand in")
    overview = await press(student, announcement, "Start")
    assert "The last 15 of 17 attempts:\nAttempt 3: 0 of 1 point\n" in texts(overview)
    assert next(iter(buttons(overview))) == "Begin attempt 18"
    assert list(buttons(overview))[-1] == "Result of attempt 17"


async def test_each_attempt_draws_its_own_questions(classroom: Classroom) -> None:
    announcement = await assigned(classroom, questions=1, draw="each", attempts=0)
    asked: set[str] = set()
    for _ in range(12):
        question = await begin(classroom, announcement)
        asked.add(texts(question).splitlines()[1])
        await press(classroom.students[0], await work(classroom.students[0], question, True), "Hand in")
    assert len(asked) > 2


async def test_everybody_gets_the_same_questions(classroom: Classroom) -> None:
    announcement = await assigned(classroom, questions=2)
    asked = []
    for student in range(4):
        question = await begin(classroom, announcement, student)
        member = classroom.students[student]
        said = [texts(question).splitlines()[1]]
        said.append(texts(await press(member, question, "Skip for now")).splitlines()[1])
        asked.append(frozenset(said))
    assert len(set(asked)) == 1


# A learner's list


async def test_learner_finds_assignments_and_results(classroom: Classroom) -> None:
    student = classroom.students[0]
    assert "There is no assignment here for you." in texts(await status(classroom, student))
    first = await assigned(classroom, due="in 2 hours", questions=1)
    await assigned(classroom, due="in 3 hours", set="numbers", questions=1, marks="after_due")
    await press(classroom.instructor, await draft(classroom, opens="in 5 hours", set="words"), "Set it")
    listed = texts(await status(classroom, student))
    assert listed.startswith(
        "### Your assignments\n**Rivers of Europe** · not begun\n-# 1 question · due <t:"
    )
    assert "**Towns by number** · not begun" in listed
    assert "Cities" not in listed
    await done(classroom, first, True)
    await done(classroom, classroom.newest(), True)
    listed = texts(await status(classroom, student))
    assert "**Rivers of Europe** · your result: 100%" in listed
    assert "**Towns by number** · handed in\n" in listed
    await classroom.env.advance_time(4 * HOUR)
    assert "**Towns by number** · your result: 100%" in texts(await status(classroom, student))
    other = await status(classroom, classroom.students[1])
    assert texts(other).count("over, not begun") == 2
    opened = await status(classroom, classroom.students[1], assignment="1")
    assert "This assignment is over; you did not begin it." in texts(opened)
    assert buttons(opened) == {}
    assert str(student.id) not in texts(other) + texts(opened)


async def test_learner_needs_no_permission_of_the_bot(classroom: Classroom) -> None:
    student = classroom.students[0]
    announcement = await assigned(classroom, questions=1)
    classroom.allow(discord.Permissions.none())
    question = await press(student, await press(student, announcement, "Start"), "Begin")
    assert OTHER in texts(question)
    assert "Your answer is in" in texts(await answer(student, question))
