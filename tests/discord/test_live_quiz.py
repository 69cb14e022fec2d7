"""A live quiz as a class lives it: lobby, questions, answers, results."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
from simcord import MemberActor

from tests.discord.lessons import OTHER, RIGHT, WRONG
from tests.discord.room import SECTION, Classroom, answer_buttons, buttons, option_id, parts, reply, texts
from tests.discord.sent import edits

ANSWERS = "select count(*) from answer"


def correct(classroom: Classroom) -> int:
    return classroom.value("select count(*) from answer where outcome = 'right'")


# The lobby


async def test_lobby_says_what_will_happen(classroom: Classroom) -> None:
    lobby = await classroom.lobby(questions=3, seconds=45, category="statistic")
    said = texts(lobby)
    assert said.startswith("## Live quiz · Rivers of Europe")
    assert "**3 questions** (statistic), **45 seconds** each; the next question comes by itself." in said
    assert "Your answers are private" in said
    assert "nobody is ranked" in said
    assert f"Host: <@{classroom.instructor.id}>" in said
    assert list(buttons(lobby)) == ["Join", "Start", "Host controls"]


async def test_lobby_says_that_the_host_goes_on(classroom: Classroom) -> None:
    assert "the host goes on to the next question" in texts(await classroom.lobby(pace="host"))


async def test_only_instructors_may_open_a_quiz(classroom: Classroom) -> None:
    refused = await classroom.students[0].slash(classroom.channel, "quiz live", set="rivers")
    assert texts(reply(refused)).startswith("Only instructors (")
    assert "can run a live quiz." in texts(reply(refused))
    assert classroom.posted() == []
    assert classroom.value("select count(*) from run") == 0


async def test_who_may_manage_the_server_may_open_a_quiz(classroom: Classroom) -> None:
    opened = await classroom.manager.slash(classroom.channel, "quiz live", set="rivers")
    assert "The lobby is open" in texts(reply(opened))


async def test_students_may_not_start_a_quiz(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    refused = await classroom.students[0].click(lobby, label="Start")
    assert texts(reply(refused)) == "Only the host and other instructors can run this quiz."
    assert len(classroom.posted()) == 1
    assert classroom.value("select state from run") == "lobby"


async def test_another_instructor_may_start_it(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    started = await classroom.manager.click(lobby, label="Start")
    assert started.acknowledged
    assert texts(classroom.newest()).startswith("### Question 1 of 2")
    await classroom.env.advance_time(3)
    assert "Question 1 of 2. The questions are below." in texts(classroom.now(lobby))
    assert list(buttons(classroom.now(lobby))) == ["Join", "Host controls"]


async def test_two_presses_start_it_once(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    start = buttons(lobby)["Start"]
    await classroom.instructor.click(lobby, label="Start")
    late = await classroom.press_late(classroom.instructor, lobby, start)
    assert texts(late) == "The quiz is already started, so nothing was changed."
    assert len(classroom.posted()) == 2


async def test_lobby_that_nobody_starts_closes_after_an_hour(classroom: Classroom) -> None:
    lobby = await classroom.lobby()
    await classroom.env.advance_time(3_590)
    assert "Start" in buttons(classroom.now(lobby))
    await classroom.env.advance_time(15)
    assert "was not started within an hour" in texts(classroom.now(lobby))
    assert buttons(classroom.now(lobby)) == {}
    assert classroom.rows("select state, end_reason from run") == [("ended", "never_started")]
    assert len(classroom.posted()) == 1


# A whole quiz


async def test_whole_quiz_that_goes_on_by_itself(classroom: Classroom) -> None:
    one, two, three = classroom.students[:3]
    first = await classroom.first_question(questions=2, seconds=20)
    await classroom.answer(one, first, RIGHT)
    await classroom.answer(two, first, WRONG)
    result = await classroom.close(first)
    assert "Right answer" in texts(result)
    second = await classroom.next_question()
    assert texts(second).startswith("### Question 2 of 2")
    await classroom.answer(one, second, RIGHT)
    await classroom.answer(three, second, RIGHT)
    await classroom.close(second)
    summary = classroom.newest()
    assert texts(summary).startswith("## Results · Rivers of Europe\nThe quiz is over.")
    assert "3 people, 3 of 4 answers right" in texts(summary)
    assert len(classroom.posted()) == 4
    assert classroom.rows("select state, end_reason, due_at from run") == [("ended", "finished", None)]
    assert (classroom.value(ANSWERS), correct(classroom)) == (4, 3)


async def test_whole_quiz_at_the_hosts_pace(classroom: Classroom) -> None:
    first = await classroom.first_question(questions=2, pace="host")
    await classroom.answer(classroom.students[0], first, RIGHT)
    result = await classroom.close(first)
    assert list(buttons(result)) == [
        "Discuss",
        "Next question",
        "Host controls",
        "Something wrong with this question?",
    ]
    await classroom.env.advance_time(300)
    assert len(classroom.posted()) == 2
    refused = await classroom.students[0].click(result, label="Next question")
    assert texts(reply(refused)) == "Only the host and other instructors can run this quiz."
    await classroom.instructor.click(result, label="Next question")
    second = classroom.newest()
    assert texts(second).startswith("### Question 2 of 2")
    await classroom.env.advance_time(3)
    assert list(buttons(classroom.now(first))) == ["Discuss", "Something wrong with this question?"]
    await classroom.close(second)
    assert texts(classroom.newest()).startswith("## Results")


async def test_next_pressed_twice_moves_on_once(classroom: Classroom) -> None:
    result = await classroom.close(await classroom.first_question(questions=3, pace="host"))
    following = buttons(result)["Next question"]
    await classroom.instructor.click(result, custom_id=following)
    late = await classroom.press_late(classroom.instructor, result, following)
    assert "so nothing was changed" in texts(late)
    assert classroom.value("select position from run") == 1


async def test_quiz_of_all_kinds(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("kinds", questions=4)
    for _ in range(4):
        if "Answer" in buttons(question):
            written = "eighty" if "How many" in texts(question) else "rongcheng"
            await classroom.type_answer(student, question, written)
        else:
            await classroom.answer(student, question, "True" if "froze" in texts(question) else RIGHT)
        await classroom.close(question)
        if classroom.value("select state from run") != "ended":
            question = await classroom.next_question()
    assert "1 person, 4 of 4 answers right." in texts(classroom.newest())
    assert correct(classroom) == 4


# Answers


async def test_question_shows_letters_and_time(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=20)
    lines = texts(question).splitlines()
    assert [line[:6] for line in lines if line.startswith("**")] == ["**A** ", "**B** ", "**C** "]
    assert sorted(label[4:] for label in answer_buttons(question)) == sorted([RIGHT, WRONG, OTHER])
    assert list(buttons(question)) == [*answer_buttons(question), "Host controls"]
    (beside,) = [part for part in parts(question) if part["type"] == SECTION]
    assert beside["accessory"]["label"] == "Host controls"
    (line,) = beside["components"]
    closes = re.fullmatch(r"Closes <t:(\d+):R>\. Nobody has answered yet\.", line["content"])
    assert closes is not None
    assert int(closes[1]) == pytest.approx(classroom.env.now().timestamp() + 20, abs=1)


async def test_time_left_is_the_time_until_it_closes(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=20)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.advance_time(3)
    closes = re.search(r"Closes <t:(\d+):R>", texts(classroom.now(question)))
    assert closes is not None
    stored = datetime.fromisoformat(classroom.value("select closes_at from round where state = 'open'"))
    assert int(closes[1]) == int(stored.timestamp())


async def test_answer_is_confirmed_in_private(classroom: Classroom) -> None:
    question = await classroom.first_question()
    confirmed = await classroom.answer(classroom.students[0], question, WRONG)
    assert re.fullmatch(
        rf"Your answer is in: \*\*[ABC] · {WRONG}\*\*\. "
        r"You can change it until the question closes, <t:\d+:R>\.",
        texts(confirmed),
    )
    assert confirmed.ephemeral
    others = classroom.channel.history(viewer=classroom.students[1])
    assert confirmed.id not in {message.id for message in others}


async def test_confirmation_says_nothing_of_right_or_wrong(classroom: Classroom) -> None:
    question = await classroom.first_question()
    right, wrong = [
        texts(await classroom.answer(student, question, option))
        for student, option in zip(classroom.students, (RIGHT, WRONG), strict=False)
    ]
    assert re.sub(r"\*\*.*\*\*", "", right) == re.sub(r"\*\*.*\*\*", "", wrong)


async def test_answer_can_be_changed_until_the_end(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question()
    for option in (WRONG, OTHER, RIGHT):
        assert option in texts(await classroom.answer(student, question, option))
    result = await classroom.close(question)
    assert f"{RIGHT} (right)**\n-# 1 of 1 ██████████\n" in texts(result)
    for option in (WRONG, OTHER):
        assert f" · {option}\n-# 0 of 1\n" in texts(result)
    assert (classroom.value(ANSWERS), correct(classroom)) == (1, 1)


async def test_pressing_twice_changes_nothing(classroom: Classroom) -> None:
    question = await classroom.first_question()
    for _ in range(2):
        assert RIGHT in texts(await classroom.answer(classroom.students[0], question, RIGHT))
    assert classroom.value(ANSWERS) == 1


async def test_press_that_is_delivered_twice_counts_once(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question()
    await classroom.answer(student, question, WRONG)
    before = classroom.rows("select * from answer")
    await classroom.deliver_again()
    assert classroom.rows("select * from answer") == before


async def test_old_press_does_not_undo_a_newer_one(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question()
    await classroom.answer(student, question, WRONG)
    old = classroom.env.backend.transcript[:]
    await classroom.answer(student, question, RIGHT)
    payload = next(payload for _, name, payload in reversed(old) if name == "INTERACTION_CREATE")
    classroom.env.backend.emit("INTERACTION_CREATE", payload)
    await classroom.env.settle()
    assert correct(classroom) == 1


async def test_answer_in_the_last_moment_counts(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=20)
    await classroom.env.advance_time(19.5)
    assert "Your answer is in" in texts(await classroom.answer(classroom.students[0], question, RIGHT))


async def test_answer_after_the_end_is_refused_before_the_message_shows_it(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question(seconds=20)
    await classroom.answer(one, question, WRONG)
    await classroom.env.advance_time(20.5)
    assert texts(await classroom.answer(two, question, RIGHT)) == (
        "Time is up for this question, so this answer could not be taken."
    )
    late = await classroom.answer(one, question, RIGHT)
    assert texts(late).startswith("Time is up for this question. Your answer counts: **")
    assert WRONG in texts(late)
    await classroom.env.advance_time(5)
    assert "1 of 1" in texts(classroom.now(question))


async def test_press_on_a_closed_question_changes_nothing(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question()
    right, wrong = option_id(question, RIGHT), option_id(question, WRONG)
    await classroom.answer(one, question, WRONG)
    await classroom.close(question)
    before = classroom.rows("select * from answer")
    assert "could not be taken" in texts(await classroom.press_late(two, question, right))
    assert "Your answer counts" in texts(await classroom.press_late(one, question, right))
    assert "Your answer counts" in texts(await classroom.press_late(one, question, wrong))
    assert classroom.rows("select * from answer") == before


# Typed answers


async def test_typed_answer_comes_from_a_form_with_a_hint(classroom: Classroom) -> None:
    question = await classroom.first_question("numbers", questions=1)
    assert list(buttons(question)) == ["Answer", "Host controls"]
    assert "A number, in towns" in texts(question)
    form = await classroom.students[0].click(question, label="Answer")
    assert form.modal is not None
    assert form.modal["title"] == "Your answer"
    assert form.modal["components"][0]["content"] == "How many towns took part?"
    assert "number" in form.modal["components"][1]["description"]
    confirmed = reply(await classroom.students[0].submit_modal(form, {"answer-0": "80 towns"}))
    assert "Your answer is in: **80 towns**" in texts(confirmed)
    result = await classroom.close(question)
    assert "(right)" not in texts(result)
    assert "\nRight\n-# 1 of 1 ██████████\n" in texts(result)
    assert "**Right answer: 80 towns**" in texts(result)


async def test_form_holds_the_answer_so_far(classroom: Classroom) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("words", questions=1)
    await classroom.type_answer(student, question, "Suining")
    form = await student.click(question, label="Answer")
    assert form.modal is not None
    assert form.modal["components"][1]["component"]["value"] == "Suining"
    await student.submit_modal(form, {"answer-0": "Rongcheng"})
    assert (classroom.value(ANSWERS), correct(classroom)) == (1, 1)


async def test_unreadable_answer_is_explained(classroom: Classroom) -> None:
    question = await classroom.first_question("numbers", questions=1)
    said = texts(await classroom.type_answer(classroom.students[0], question, "a *lot*"))
    assert said.startswith(r"I could not read “a \*lot\*” as an answer, so nothing was changed.")
    assert "Please press the button and try again." in said
    assert classroom.value(ANSWERS) == 0


@pytest.mark.parametrize("nonsense", ["many", "80 or 90", "ß¹", "@everyone", "<@1>", "   "])
async def test_unreadable_answer_leaves_the_earlier_one(classroom: Classroom, nonsense: str) -> None:
    student = classroom.students[0]
    question = await classroom.first_question("numbers", questions=1)
    await classroom.type_answer(student, question, "80")
    said = texts(await classroom.type_answer(student, question, nonsense))
    assert "I could not read" in said
    assert "<@1>" not in said
    assert (classroom.value(ANSWERS), correct(classroom)) == (1, 1)


async def test_form_sent_after_the_end_is_refused(classroom: Classroom) -> None:
    one, two = classroom.students[:2]
    question = await classroom.first_question("numbers", questions=1)
    await classroom.type_answer(one, question, "12")
    forms = [(student, await student.click(question, label="Answer")) for student in (one, two)]
    await classroom.close(question)
    said = [texts(reply(await student.submit_modal(form, {"answer-0": "80"}))) for student, form in forms]
    given_back = "This is what you wrote; only you can see it.\n> 80"
    assert said[0] == f"Time is up for this question. Your answer counts: **12 towns**. {given_back}"
    assert said[1] == f"Time is up for this question, so this answer could not be taken. {given_back}"
    assert correct(classroom) == 0


async def test_form_that_is_delivered_twice_counts_once(classroom: Classroom) -> None:
    question = await classroom.first_question("numbers", questions=1)
    await classroom.type_answer(classroom.students[0], question, "80")
    before = classroom.rows("select * from answer")
    await classroom.deliver_again()
    assert classroom.rows("select * from answer") == before


async def test_words_of_one_person_are_not_quoted(classroom: Classroom) -> None:
    question = await classroom.first_question("words", questions=1)
    for student, word in zip(
        classroom.students, ["Suining", "suining", "My secret", "Rongcheng"], strict=False
    ):
        await classroom.type_answer(student, question, word)
    result = texts(await classroom.close(question))
    assert (
        "\nRight\n-# 1 of 4 ███\n“Suining”\n-# 2 of 4 █████\nOther answers\n-# 1 of 4 ███\n**Right answer: "
    ) in result
    assert "secret" not in result


# What is public while a question is open


async def test_count_of_answers_is_shown(classroom: Classroom) -> None:
    question = await classroom.first_question()
    assert "Nobody has answered yet." in texts(question)
    await classroom.answer(classroom.students[0], question, RIGHT)
    await classroom.env.advance_time(3)
    assert "1 person has answered." in texts(classroom.now(question))
    await classroom.answer(classroom.students[0], question, WRONG)
    await classroom.answer(classroom.students[1], question, WRONG)
    await classroom.env.advance_time(3)
    assert "2 people have answered." in texts(classroom.now(question))


async def test_message_is_edited_at_most_every_two_seconds(classroom: Classroom) -> None:
    question = await classroom.first_question(seconds=60)
    requests = classroom.env.http_requests
    seen: list[datetime] = [question.created_at]
    for turn in range(80):
        member = classroom.students[turn % 6]
        await classroom.answer(member, question, (RIGHT, WRONG, OTHER)[turn % 3])
        await classroom.env.advance_time(0.25)
        now = classroom.now(question)
        if len(edits(requests, question.id)) == len(seen):
            assert now.edited_at is not None
            seen.append(now.edited_at)
        assert len(edits(requests, question.id)) == len(seen) - 1, "two edits in a quarter of a second"
    gaps = [(after - before).total_seconds() for before, after in pairwise(seen)]
    assert min(gaps) >= 2
    assert len(seen) >= 8, "the count is kept up to date all the same"


async def test_nothing_gives_the_answer_away_before_the_end(classroom: Classroom) -> None:
    question = await classroom.first_question()
    for student in classroom.students:
        await classroom.answer(student, question, RIGHT)
    await classroom.env.advance_time(10)
    shown = classroom.now(question)
    assert "ten countries" not in texts(shown)
    assert "right" not in texts(shown).lower()
    styles = {
        part["style"] for part in parts(shown) if part["type"] == 2 and part["label"] != "Host controls"
    }
    assert len(styles) == 1
    slots = [custom_id.rsplit(":", 1) for custom_id in answer_buttons(shown).values()]
    assert [slot for _, slot in slots] == ["0", "1", "2"]
    assert len({stem for stem, _ in slots}) == 1


async def test_options_are_in_another_order_each_time(classroom: Classroom) -> None:
    orders = set()
    question = await classroom.first_question(questions=5)
    for _ in range(4):
        orders.add(tuple(buttons(question)))
        await classroom.host("skip")
        question = classroom.newest()
    orders.add(tuple(buttons(question)))
    assert len(orders) > 1


# The result of a question


async def test_result_tells_everything(classroom: Classroom) -> None:
    question = await classroom.first_question()
    letter = option_id(question, RIGHT)[-1]
    for student, option in zip(classroom.students, [RIGHT] * 3 + [WRONG] * 2 + [OTHER], strict=True):
        await classroom.answer(student, question, option)
    said = texts(await classroom.close(question)).splitlines()
    assert said[0].startswith("### Question 1 of 2 · Statistic")
    assert said[1].startswith("Which river has number")
    names, numbers = said[2:8:2], said[3:8:2]
    assert {name.partition(" · ")[2]: number for name, number in zip(names, numbers, strict=True)} == {
        f"{RIGHT} (right)**": "-# 3 of 6, 50% █████",
        WRONG: "-# 2 of 6, 33% ███",
        OTHER: "-# 1 of 6, 17% ██",
    }
    assert [name[:2] for name in names].count("**") == 1, "only the right one is bold"
    assert said[8] == f"**Right answer: {'ABC'[int(letter)]} · {RIGHT}**"
    assert said[9] == "It is the river that flows through ten countries."
    assert said[10] == (
        "-# Status: well established, as of 2018-03. Source: An atlas (A press, 2019-08-01), paragraph 8."
    )


async def test_result_keeps_the_letters_of_the_question(classroom: Classroom) -> None:
    question = await classroom.first_question()
    labels = list(answer_buttons(question))
    await classroom.answer(classroom.students[0], question, RIGHT)
    said = texts(await classroom.close(question))
    names = [line.removeprefix("**").removesuffix(" (right)**") for line in said.splitlines()[2:8:2]]
    assert names == labels


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("numbers", ["**Since then** (2022-11): Two have left.", "contested, serious people disagree"]),
        ("words", ["Status: out of date. Source: A town chronicle, paragraphs 3, 4."]),
        ("statements", ["**What is known better** (this is probable): Only a part of it froze."]),
    ],
)
async def test_result_tells_what_is_known_better(
    classroom: Classroom, name: str, expected: list[str]
) -> None:
    question = await classroom.first_question(name, questions=1)
    said = texts(await classroom.close(question))
    for words in expected:
        assert words in said


async def test_question_without_answers_says_so(classroom: Classroom) -> None:
    result = await classroom.close(await classroom.first_question())
    assert "Nobody answered this question." in texts(result)
    assert f" · {RIGHT}**" in texts(result)


# The end


async def finished_quiz(classroom: Classroom) -> tuple[MemberActor, MemberActor, MemberActor]:
    one, two, absent = classroom.students[:3]
    first = await classroom.first_question(questions=2)
    await classroom.answer(one, first, RIGHT)
    await classroom.answer(two, first, WRONG)
    await classroom.close(first)
    second = await classroom.next_question()
    await classroom.answer(one, second, WRONG)
    await classroom.close(second)
    return one, two, absent


async def test_summary_is_by_question_and_names_nobody(classroom: Classroom) -> None:
    await finished_quiz(classroom)
    said = texts(classroom.newest())
    assert "2 people, 1 of 3 answers right." in said
    assert re.search(r"1\. Which river has number \d\?\n-# 1 of 2 right", said)
    assert re.search(r"2\. Which river has number \d\?\n-# 0 of 1 right", said)
    for member in [*classroom.students, classroom.instructor]:
        assert str(member.id) not in said
        assert member.name not in said


async def test_own_result_is_private(classroom: Classroom) -> None:
    one, two, absent = await finished_quiz(classroom)
    summary = classroom.newest()
    mine = reply(await one.click(summary, label="My result"))
    assert "**1 of 2 questions right.** Only you can see this." in texts(mine)
    assert re.search(rf"1\. \*\*Right\*\*: [ABC] · {RIGHT}", texts(mine))
    assert re.search(rf"2\. \*\*Not right\*\*: [ABC] · {WRONG}\. Right answer: [ABC] · {RIGHT}", texts(mine))
    theirs = reply(await two.click(summary, label="My result"))
    assert "**0 of 2 questions right.**" in texts(theirs)
    assert re.search(rf"2\. Not answered\. Right answer: [ABC] · {RIGHT}", texts(theirs))
    nothing = reply(await absent.click(summary, label="My result"))
    assert "You did not answer a question of this quiz." in texts(nothing)
    assert buttons(nothing) == {}


async def test_missed_questions_can_be_asked_again(classroom: Classroom) -> None:
    one, _, _ = await finished_quiz(classroom)
    mine = reply(await one.click(classroom.newest(), label="My result"))
    again = reply(await one.click(mine, label="Retake what I missed"))
    assert texts(again).startswith("### Question 1 of 1 · Statistic")
    feedback = await classroom.answer(one, again, RIGHT)
    assert "**Right!**" in texts(feedback)
    ended = reply(await one.click(feedback, label="See my result"))
    assert "**1 of 1 question right.**" in texts(ended)
    assert list(buttons(ended)) == ["Look through the questions"]


# Where it is held


async def test_quiz_in_its_own_thread(classroom: Classroom) -> None:
    opened = await classroom.instructor.slash(
        classroom.channel, "quiz live", set="rivers", questions=1, seconds=20, place="thread"
    )
    (thread,) = classroom.channel.threads
    assert f"<#{thread.id}>" in texts(reply(opened))
    assert thread.name == "Live quiz: rivers"
    await classroom.instructor.click(classroom.newest(thread), label="Start")
    question = classroom.newest(thread)
    await classroom.students[0].send(thread, "I think it is the Rhine")
    await classroom.answer(classroom.students[0], question, RIGHT)
    result = await classroom.close(question)
    assert "Discuss" not in buttons(result), "Discord has no threads within threads"
    assert texts(classroom.newest(thread)).startswith("## Results")
    assert classroom.posted() == []
    assert classroom.rows("select thread_id, user_id, length from message") == [
        (thread.id, classroom.students[0].id, None)
    ]


async def test_quiz_in_another_channel(classroom: Classroom) -> None:
    other = classroom.guild.create_text_channel("other")
    await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", channel=other)
    assert classroom.posted() == []
    assert texts(classroom.newest(other)).startswith("## Live quiz")


async def test_quiz_opens_in_the_default_channel(classroom: Classroom) -> None:
    quizzes = classroom.guild.create_text_channel("quizzes")
    await classroom.manager.slash(classroom.channel, "settings", default_channel=quizzes)
    await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers")
    assert classroom.posted() == []
    assert len(classroom.posted(quizzes)) == 1


async def test_second_quiz_in_the_channel_is_refused(classroom: Classroom) -> None:
    await classroom.lobby()
    refused = await classroom.manager.slash(classroom.channel, "quiz live", set="kinds")
    assert texts(reply(refused)).startswith("A quiz is already running in this channel.")
    assert len(classroom.posted()) == 1
    elsewhere = await classroom.manager.slash(classroom.channel, "quiz live", set="kinds", place="thread")
    assert "The lobby is open" in texts(reply(elsewhere))


async def test_next_quiz_may_begin_after_the_end(classroom: Classroom) -> None:
    await classroom.close(await classroom.first_question(questions=1))
    assert texts(await classroom.lobby()).startswith("## Live quiz")


async def test_unknown_set_is_explained(classroom: Classroom) -> None:
    refused = await classroom.instructor.slash(classroom.channel, "quiz live", set="riverz")
    assert texts(reply(refused)).startswith("I cannot find a question set named “riverz” here.")
    empty = await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", category="claim")
    assert "This set has no quiz question of that category" in texts(reply(empty))


async def test_sets_come_up_while_one_types(classroom: Classroom) -> None:
    every = await classroom.instructor.autocomplete(classroom.channel, "quiz live", "set", "")
    assert {choice["value"] for choice in every} == {each.info.id for each in classroom.sets}
    found = await classroom.instructor.autocomplete(classroom.channel, "quiz live", "set", "river")
    assert found[0] == {"name": "Rivers of Europe (rivers)", "value": "rivers"}


async def test_fewer_questions_than_asked_for_are_no_trouble(classroom: Classroom) -> None:
    assert "**5 questions**" in texts(await classroom.lobby(questions=30))
