"""/progress: what a learner sees, what an instructor sees of a learner, and what nobody sees."""

from collections.abc import Sequence

import pytest
import simcord
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.bank.question_set import QuestionSet
from tests.classroom import question_set
from tests.discord.lessons import LESSONS, RIGHT, WRONG, river
from tests.discord.room import Classroom, Message, buttons, parts, reply, texts

MANY = question_set(
    *(river(number).model_copy(update={"tags": ("danube",)}) for number in range(12)),
    key="many",
    title="Many",
)
GALLERY = 12


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    return (*LESSONS, MANY)


async def progress(classroom: Classroom, who: MemberActor, **options: object) -> ResponseMessage:
    return reply(await who.slash(classroom.channel, "progress", **options))


async def practise(
    classroom: Classroom, student: MemberActor, *answers: str, sure: str | None = None, name: str = "many"
) -> None:
    """A student takes a private quiz with these answers."""
    more = {} if sure is None else {"certainty": True}
    message = reply(
        await student.slash(classroom.channel, "quiz take", set=name, questions=len(answers), **more)
    )
    for answer in answers:
        message = await classroom.answer(student, message, answer)
        if sure is not None:
            message = reply(await student.click(message, label=sure))
        label = next(iter(buttons(message)))
        message = reply(await student.click(message, label=label))


def pictures(message: Message) -> list[str]:
    """The words of the pictures in a message."""
    return [
        item["description"] for part in parts(message) if part["type"] == GALLERY for item in part["items"]
    ]


async def test_without_an_answer_it_says_how_to_begin(classroom: Classroom) -> None:
    shown = await progress(classroom, classroom.students[0])
    assert texts(shown) == (
        "### Your progress · all question sets\n"
        "You have no answered question here yet; questions that are still open do not count. "
        "Take some in private, at your own pace: `/quiz take`"
    )
    assert buttons(shown) == {}
    of_set = await progress(classroom, classroom.students[0], set="many")
    assert "`/quiz take set:many`" in texts(of_set)
    assert "no answered question of this set" in texts(of_set)


async def test_summary_topics_and_history_in_one_message(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, *[RIGHT] * 8, *[WRONG] * 4)
    shown = await progress(classroom, student)
    assert texts(shown).startswith(
        "### Your progress · all question sets\n"
        "**12 answers to 12 questions**: 0 in class, 12 alone.\n"
        "Right at the first try: **8 of 12, 67%** (few questions: 39% to 86% is plausible).\n"
        "**Right at the first try, by category**\n"
        "Statistic · 8 of 12, 67% ███████\n"
        "-# 39% to 86% is plausible; 4 to go over\n"
        "**What to study next**\n"
        "1. **danube**: 4 of 12 questions were missed the last time.\n"
        "`/quiz take set:many tag:danube only:only what you missed`"
    )
    assert list(buttons(shown)) == ["By topic", "Over time", "How sure I am"]
    summary = texts(shown)
    topics = reply(await student.click(shown, label="By topic"))
    assert topics.id == shown.id, "pages turn in one message"
    assert "danube · 8 of 12, 67% ███████\n-# 39% to 86% is plausible; 4 to go over" in texts(topics)
    history = reply(await student.click(topics, label="Over time"))
    assert "Answers that were right, week by week**\nWeek of " in texts(history)
    assert "· 8 of 12, 67% ███████" in texts(history)
    again = reply(await student.click(history, label="Summary"))
    assert texts(again) == summary


async def test_a_page_can_be_asked_for_at_once(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT, RIGHT)
    assert "by difficulty" in texts(await progress(classroom, student, view="topics"))
    assert "week by week" in texts(await progress(classroom, student, view="history"))


async def test_pages_of_one_set_stay_with_it(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT, RIGHT)
    await practise(classroom, student, WRONG, name="rivers")
    shown = await progress(classroom, student, set="rivers")
    assert "### Your progress · Rivers of Europe\n**1 answer to 1 question**" in texts(shown)
    turned = reply(await student.click(shown, label="Over time"))
    assert "### Your progress · Rivers of Europe" in texts(turned)
    assert "· 0 of 1" in texts(turned)


async def test_how_sure_with_its_picture_and_its_words(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, *[RIGHT] * 3, *[WRONG] * 3, sure="Certain")
    shown = await progress(classroom, student, view="certainty")
    assert "### How sure you are · all question sets\n**6 answers in all**\nWhen you are certain" in texts(
        shown
    )
    assert "(3 of 6" in texts(shown)
    assert "Nobody else sees this, instructors included." in texts(shown)
    (words,) = pictures(shown)
    assert "3 of 6" in words
    assert "All of these answers are from this time" in texts(shown)
    pressed = await student.click(await progress(classroom, student), label="How sure I am")
    assert texts(reply(pressed)) == texts(shown)
    assert pictures(reply(pressed)) == [words]


async def test_how_sure_without_a_word_on_certainty_has_no_picture(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT)
    shown = await progress(classroom, student, view="certainty")
    assert "You have not said yet how sure you are of an answer." in texts(shown)
    assert "`/quiz take certainty:True`" in texts(shown)
    assert pictures(shown) == []


async def test_misconceptions_are_told_to_the_learner_alone(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, *[WRONG] * 10, sure="Certain")
    own = await progress(classroom, student)
    assert "1. **danube**: you were certain of 10 answers that were wrong." in texts(own)
    theirs = await progress(classroom, classroom.instructor, learner=student)
    for label in ("By topic", "Over time", "Summary"):
        shown = reply(await classroom.instructor.click(theirs, label=label))
        assert "ertain" not in texts(shown)
        assert "sure" not in texts(shown)
        assert "How sure I am" not in buttons(shown)


async def test_instructors_see_a_learners_results(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, *[RIGHT] * 8, *[WRONG] * 4, sure="Guess")
    for member in (classroom.instructor, classroom.manager):
        shown = await progress(classroom, member, learner=student)
        assert texts(shown).startswith(
            f"### Progress of <@{student.id}> · all question sets\n**12 answers to 12 questions**"
        )
        assert list(buttons(shown)) == ["By topic", "Over time"]
        summary = texts(shown)
        turned = reply(await member.click(shown, label="Over time"))
        assert f"### Progress of <@{student.id}>" in texts(turned)
        sure = await progress(classroom, member, learner=student, view="certainty")
        assert texts(sure) == summary


async def test_students_see_nobody_elses(classroom: Classroom) -> None:
    student, other = classroom.students[:2]
    await practise(classroom, student, RIGHT)
    for view in ("summary", "certainty"):
        refused = await progress(classroom, other, learner=student, view=view)
        assert texts(refused).startswith("Only instructors (")
    assert "Your progress" in texts(await progress(classroom, student, learner=student))


async def test_an_instructor_who_is_none_any_more_turns_no_page(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT)
    shown = await progress(classroom, classroom.instructor, learner=student)
    backend, teaching = classroom.env.backend, classroom.guild.roles["Teaching"]
    backend.remove_member_role(classroom.guild.id, classroom.instructor.id, teaching.id)
    refused = reply(await classroom.instructor.click(shown, label="By topic"))
    assert texts(refused).startswith("Only instructors (")


async def test_instructors_have_progress_of_their_own(classroom: Classroom) -> None:
    own = await progress(classroom, classroom.instructor, learner=classroom.instructor)
    assert texts(own).startswith("### Your progress")
    await practise(classroom, classroom.instructor, RIGHT)
    own = await progress(classroom, classroom.instructor, learner=classroom.instructor)
    assert "How sure I am" in buttons(own)


async def test_learner_without_an_answer(classroom: Classroom) -> None:
    shown = await progress(classroom, classroom.instructor, learner=classroom.students[3])
    assert texts(shown).endswith(
        "There is no answered question here yet. Questions that are still open do not count."
    )
    assert buttons(shown) == {}


async def test_a_bot_has_no_progress(classroom: Classroom) -> None:
    robot = classroom.guild.add_member(classroom.env.create_user("robot", bot=True))
    refused = await progress(classroom, classroom.instructor, learner=robot)
    assert texts(refused) == "The learner is a bot. Choose a person."


async def test_results_of_somebody_who_left_can_be_seen(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT)
    classroom.env.backend.remove_member(classroom.guild.id, student.id)
    shown = await progress(classroom, classroom.instructor, learner=student.user)
    assert "**1 answer to 1 question**" in texts(shown)
    turned = reply(await classroom.instructor.click(shown, label="Over time"))
    assert f"### Progress of <@{student.id}>" in texts(turned)


async def test_other_servers_see_nothing_of_it(classroom: Classroom, simcord_env: simcord.Env) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT)
    elsewhere = simcord_env.create_guild("Other school")
    channel = elsewhere.create_text_channel("class")
    there = elsewhere.add_member(student.user)
    shown: InteractionResult = await there.slash(channel, "progress")
    assert "You have no answered question here yet" in texts(reply(shown))


async def test_unknown_set_is_explained(classroom: Classroom) -> None:
    refused = await progress(classroom, classroom.students[0], set="nowhere")
    assert texts(refused).startswith("I cannot find a question set named “nowhere” here.")


async def test_pages_turn_after_a_restart(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, RIGHT)
    shown = await progress(classroom, student)
    await classroom.restart()
    assert "week by week" in texts(reply(await student.click(shown, label="Over time")))


async def test_nothing_of_it_is_public(classroom: Classroom) -> None:
    student = classroom.students[0]
    await practise(classroom, student, WRONG, sure="Certain")
    await progress(classroom, student)
    await progress(classroom, student, view="certainty")
    await progress(classroom, classroom.instructor, learner=student)
    assert classroom.posted() == []
