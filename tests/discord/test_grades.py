"""/debate grade and /debate grades: who may, what is shown, and how each learner is told alone."""

import re

from simcord import MemberActor, ResponseMessage

from tests.discord.fair_lesson import FairLesson, fair_lesson
from tests.discord.room import Classroom, buttons, reply, texts

MARKS = {"evidence": "80", "reasoning": "60", "engaging": "40", "civility": "100", "timeliness": "50"}
NEVER = re.compile(r"\b(stance|swing|won|win|wins|winning|winner|lost|persua\w+)\b", re.IGNORECASE)


async def at_its_vote(classroom: Classroom) -> FairLesson:
    lesson = await fair_lesson(classroom)
    one, two = classroom.students[:2]
    await lesson.stance(one, "3")
    await lesson.argue(one, evidence="See https://example.org.")
    await lesson.argue(two, side="against")
    await lesson.host("advance")
    await lesson.settle()
    await lesson.stance(one, "-3", when="after")
    return lesson


async def grade(lesson: FairLesson, member: MemberActor, **marks: str) -> ResponseMessage:
    """The instructor grades somebody; gives the card after it."""
    room = lesson.room
    sheet = await lesson.host("grade", learner=member.user)
    label = next(each for each in buttons(sheet) if each.endswith("marks"))
    form = await room.instructor.click(sheet, label=label)
    return reply(await room.instructor.submit_modal(form, MARKS | marks))


async def released(classroom: Classroom) -> FairLesson:
    lesson = await at_its_vote(classroom)
    await grade(lesson, classroom.students[0])
    await lesson.host("close")
    shown = await lesson.host("grades")
    await classroom.instructor.click(shown, label="Tell 1 person their grade")
    await lesson.settle()
    return lesson


async def test_sheet_has_facts_and_what_to_read(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    shown = await lesson.host("grade", learner=classroom.students[0].user)
    said = texts(shown)
    assert f"### Grade of <@{classroom.students[0].id}>" in said
    assert "- **Evidence** (30%): 1 argument, 1 with a link as evidence" in said
    assert "- **Timeliness** (10%): " in said
    message = lesson.argument(1)
    assert (
        f"[argument 1](https://discord.com/channels/{classroom.guild.id}/{lesson.thread.id}/{message.id})"
        in said
    )
    assert "**Not graded yet.**" in said
    assert list(buttons(shown)) == ["Give marks", "All grades"]


async def test_form_shows_the_facts_and_the_marks_so_far(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    shown = await grade(lesson, classroom.students[0])
    assert "- Evidence: **80** (weighs 30%)" in texts(shown)
    assert "- Together: **64 of 100**" in texts(shown)
    form = await classroom.instructor.click(shown, label="Change the marks")
    assert form.modal is not None
    fields = {each["component"]["custom_id"]: each for each in form.modal["components"]}
    assert {name: each["component"]["value"] for name, each in fields.items()} == MARKS
    assert fields["evidence"]["description"] == "Counted: 1 argument, 1 with a link as evidence."
    assert all(len(each["description"]) <= 100 for each in fields.values())


async def test_comment_goes_with_the_marks(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    shown = await grade(lesson, classroom.students[0])
    form = await classroom.instructor.click(shown, label="Comment")
    commented = reply(await classroom.instructor.submit_modal(form, {"comment": "Well *argued*."}))
    assert "> Well \\*argued\\*." in texts(commented)
    assert f"Given by <@{classroom.instructor.id}>. Nobody has been told yet." in texts(commented)


async def test_wrong_mark_is_explained_and_nothing_is_kept(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    said = texts(await grade(lesson, classroom.students[0], civility="very"))
    assert said == (
        "The mark for civility is “very”, which is no whole number from 0 to 100. Open the form again and "
        "write one. This is what you wrote; only you can see it.\n> Evidence: 80\n> Reasoning: 60\n"
        "> Engaging the other case: 40\n> Civility: very\n> Timeliness: 50"
    )
    assert classroom.rows("select * from debate_grade") == []


async def test_grades_are_told_after_the_close_each_to_one_person(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    one, two, three = classroom.students[:3]
    await lesson.stance(three, "0", when="after")
    await grade(lesson, one)
    await grade(lesson, two, evidence="0")
    listed = await lesson.host("grades")
    assert "### Grades: 2 of 3 people" in texts(listed)
    assert f"- <@{three.id}>: not graded yet" in texts(listed)
    assert "Grades can be told when the debate is closed." in texts(listed)
    assert buttons(listed) == {}
    await lesson.host("close")
    listed = await lesson.host("grades")
    done = reply(await classroom.instructor.click(listed, label="Tell 2 people their grades"))
    assert f"- <@{one.id}>: **64 of 100**, told" in texts(done)
    assert buttons(done) == {}
    await lesson.settle()
    assert "- Together: **64 of 100**" in classroom.direct_messages(one)[0]
    assert "- Together: **40 of 100**" in classroom.direct_messages(two)[0]
    assert classroom.direct_messages(three) == []
    assert "64" not in "".join(texts(each) for each in classroom.posted(lesson.thread))


async def test_change_after_the_release_is_told(classroom: Classroom) -> None:
    lesson = await released(classroom)
    await grade(lesson, classroom.students[0], evidence="100")
    await lesson.settle()
    first, second = classroom.direct_messages(classroom.students[0])
    assert first.startswith("### Your grade for a debate")
    assert second.startswith("### Your grade has changed")
    assert "**70 of 100**" in second


async def test_who_takes_no_direct_messages_finds_the_grade(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    one = classroom.students[0]
    await grade(lesson, one)
    await lesson.host("close")
    classroom.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await classroom.instructor.click(await lesson.host("grades"), label="Tell 1 person their grade")
    await lesson.settle()
    assert classroom.direct_messages(one) == []
    place = reply(await one.slash(classroom.channel, "debate status", debate=str(lesson.debate_id)))
    assert "My grade" in buttons(place)
    mine = reply(await one.click(place, label="My grade"))
    assert "- Together: **64 of 100**" in texts(mine)


async def test_nobody_reads_or_gives_grades_but_instructors(classroom: Classroom) -> None:
    lesson = await released(classroom)
    one, two = classroom.students[:2]
    sheet = await lesson.host("grade", learner=one.user)
    listed = await lesson.host("grades")
    for command, options in (("grade", {"learner": one.user}), ("grades", {})):
        refused = texts(reply(await two.slash(lesson.thread, f"debate {command}", **options)))
        assert refused.startswith("Only instructors (")
    for message in (sheet, listed):
        for custom_id in buttons(message).values():
            said = await classroom.press_late(two, message.message, custom_id)
            assert texts(said).startswith("Only instructors (")
    place = reply(await one.slash(lesson.thread, "debate status"))
    said = await classroom.press_late(two, place.message, buttons(place)["My grade"])
    assert "I cannot find this grade of yours here." in texts(said)


async def test_before_the_vote_and_for_strangers_there_is_an_explanation(classroom: Classroom) -> None:
    lesson = await fair_lesson(classroom)
    await lesson.argue(classroom.students[0])
    early = texts(await lesson.host("grade", learner=classroom.students[0].user))
    assert early == ("The debate is still being argued: grades come at its vote, or when it is closed.")
    await lesson.host("advance")
    stranger = texts(await lesson.host("grade", learner=classroom.students[3].user))
    assert stranger.startswith("I cannot find this learner in that debate here.")
    place = await lesson.my_place(classroom.students[0])
    await classroom.students[0].click(place, label="Leave the debate")
    left = texts(await lesson.host("grade", learner=classroom.students[0].user))
    assert left.startswith("The learner is out of this debate: whoever leaves is not graded")


async def test_two_instructors_at_once_do_not_overwrite_each_other(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    one = classroom.students[0]
    mine = await classroom.instructor.click(await lesson.host("grade", learner=one.user), label="Give marks")
    theirs = reply(await classroom.manager.slash(lesson.thread, "debate grade", learner=one.user))
    form = await classroom.manager.click(theirs, label="Give marks")
    await classroom.manager.submit_modal(form, MARKS)
    late = texts(reply(await classroom.instructor.submit_modal(mine, MARKS | {"evidence": "1"})))
    assert "somebody has changed it. Look at it again first" in late
    assert late.splitlines()[1:] == [
        "> Evidence: 1",
        "> Reasoning: 60",
        "> Engaging the other case: 40",
        "> Civility: 100",
        "> Timeliness: 50",
    ]
    assert classroom.value("select evidence from debate_grade") == 80


async def test_comment_that_is_not_taken_is_given_back_whole(classroom: Classroom) -> None:
    lesson = await at_its_vote(classroom)
    one = classroom.students[0]
    shown = await grade(lesson, one)
    form = await classroom.instructor.click(shown, label="Comment")
    await grade(lesson, one, evidence="70")
    words = "You listened well. " * 52 + "Go on so."
    late = texts(reply(await classroom.instructor.submit_modal(form, {"comment": words})))
    assert "somebody has changed it. Look at it again first" in late
    assert late.endswith(f"This is what you wrote; only you can see it.\n> {words}")
    assert classroom.value("select comment from debate_grade") == ""


async def test_forms_and_buttons_work_after_a_restart_and_once_when_delivered_twice(
    classroom: Classroom,
) -> None:
    lesson = await at_its_vote(classroom)
    one = classroom.students[0]
    sheet = await lesson.host("grade", learner=one.user)
    form = await classroom.instructor.click(sheet, label="Give marks")
    await classroom.restart()
    graded = reply(await classroom.instructor.submit_modal(form, MARKS))
    await classroom.deliver_again()
    await lesson.host("close")
    listed = reply(await classroom.instructor.click(graded, label="All grades"))
    await classroom.instructor.click(listed, label="Tell 1 person their grade")
    await classroom.deliver_again()
    await lesson.settle()
    assert len(classroom.direct_messages(one)) == 1


async def test_no_text_on_grades_tells_of_stances_swings_or_winning(classroom: Classroom) -> None:
    lesson = await released(classroom)
    one = classroom.students[0]
    sheet = await lesson.host("grade", learner=one.user)
    form = await classroom.instructor.click(sheet, label="Change the marks")
    comment = await classroom.instructor.click(sheet, label="Comment")
    place = reply(await one.slash(lesson.thread, "debate status"))
    mine = reply(await one.click(place, label="My grade"))
    said = [
        texts(sheet),
        texts(await lesson.host("grades")),
        texts(mine),
        str(form.modal),
        str(comment.modal),
        *classroom.direct_messages(one),
    ]
    assert [NEVER.findall(each) for each in said] == [[]] * len(said)
    for words in ("for the motion", "against the motion", "Strongly", "Undecided"):
        assert not any(words.lower() in each.lower() for each in said), words
