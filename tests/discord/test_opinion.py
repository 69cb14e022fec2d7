"""``/opinion`` from the preview to the result, as a class sees it."""

import re
from datetime import UTC, datetime

import discord
import pytest

from bot.bank.question_set import QuestionSet
from bot.debate.opinion import PROPOSED_STATEMENTS
from tests.classroom import claim, question_set
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.lessons import LESSONS
from tests.discord.opining import (
    AGREE,
    DISAGREE,
    PASS,
    ask_to_close,
    begin,
    class_answers,
    close,
    invitation,
    preview,
    result,
    say,
)
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import edits
from tests.discord.test_pictures import NO_FILES, alts
from tests.opinions import SIZE, VIEWS

TAKE_OUT = "Take my answers out"
MANY = question_set(
    *(claim(f"c-{number}", motion=f"Motion {number}. " + "So it is said. " * 8) for number in range(1, 40)),
    key="many",
    title="Many claims",
)


@pytest.fixture
def question_sets() -> list[QuestionSet]:
    return [*LESSONS, VIEWS, MANY]


# The preview


async def test_preview_says_what_will_happen_and_asks_nobody(classroom: Classroom) -> None:
    shown = await preview(classroom, closes="in 2 days")
    said = texts(shown)
    assert (
        "**Views of towns** · **10 of 16 statements**, about 4 minutes for each person, in an order" in said
    )
    assert "1. City number 1 should publish its scores.\n2. City number 2" in said
    assert re.search(r"It appears in <#\d+> and closes <t:\d+:R> \(<t:\d+:f>\)\.", said)
    assert "no opinion map, which takes 15 statements." in said
    assert list(buttons(shown)) == ["Post it", "Choose statements", "Take all 16", "Do not post"]
    assert classroom.posted() == []


async def test_all_statements_can_be_taken_and_are_read_in_full_page_by_page(classroom: Classroom) -> None:
    shown = await preview(classroom, set="many")
    every = reply(await classroom.instructor.click(shown, label="Take all 39"))
    assert "**39 statements**, about 13 minutes" in texts(every)
    assert "an opinion map if 20 people answer 7 statements or more" in texts(every)
    assert classroom.posted() == []
    numbers: list[str] = []
    for labels in (
        ["More statements"],
        ["Earlier statements", "More statements"],
        ["Earlier statements", "More statements"],
        ["Earlier statements"],
    ):
        assert list(buttons(every)) == [*labels, "Post it", "Choose statements", "Do not post"]
        assert "…" not in texts(every)
        numbers += re.findall(r"^(\d+)\. Motion \d+\. So it is said\.", texts(every), re.MULTILINE)
        every = reply(await classroom.instructor.click(every, label=labels[-1]))
    assert numbers == [str(number) for number in range(1, 40)]
    assert "Statements 21 to 30:" in texts(every)


async def test_preview_of_few_statements_says_that_there_will_be_no_map(classroom: Classroom) -> None:
    said = texts(await preview(classroom, tag="odd"))
    assert "**Views of towns** on “odd” · **8 statements**" in said
    assert "no opinion map, which takes 15 statements." in said
    assert "stays open until you close it" in said


async def test_statements_are_chosen_in_a_form(classroom: Classroom) -> None:
    shown = await preview(classroom, set="many")
    form = await classroom.instructor.click(shown, label="Choose statements")
    assert form.modal is not None
    lists = [label["component"] for label in form.modal["components"]]
    assert [len(each["options"]) for each in lists] == [25, 14]
    chosen = [option["label"][:8] for each in lists for option in each["options"] if option["default"]]
    assert chosen == [f"Motion {number}"[:8] for number in range(1, 11)], (
        "the form begins with what is proposed"
    )
    first = lists[0]["options"][0]
    assert first["label"].startswith("Motion 1. So it is said.")
    assert first["description"].startswith("… ")
    picked = [lists[0]["options"][3]["value"], lists[1]["options"][0]["value"]]
    changed = reply(
        await classroom.instructor.submit_modal(
            form, {"statements-0": picked[:1], "statements-1": picked[1:]}
        )
    )
    assert "**2 of 39 statements**" in texts(changed)
    assert "1. Motion 4." in texts(changed)
    assert "2. Motion 26." in texts(changed)
    await classroom.instructor.click(changed, label="Post it")
    assert "There are **2 short statements**. Answering takes about 1 minute." in texts(classroom.newest())


async def test_choosing_nothing_says_what_to_do(classroom: Classroom) -> None:
    shown = await preview(classroom)
    form = await classroom.instructor.click(shown, label="Choose statements")
    told = texts(reply(await classroom.instructor.submit_modal(form, {"statements-0": []})))
    assert told == "The choice has no statements. Choose one at least."
    assert classroom.value("select count(*) from opinion_statement") == PROPOSED_STATEMENTS


async def test_preview_can_be_set_aside(classroom: Classroom) -> None:
    shown = await preview(classroom)
    gone = reply(await classroom.instructor.click(shown, label="Do not post"))
    assert texts(gone) == "Nothing was posted."
    assert classroom.value("select count(*) from opinion") == 0
    assert classroom.posted() == []


async def test_pressing_post_twice_posts_once(classroom: Classroom) -> None:
    shown = await preview(classroom)
    ids = buttons(shown)
    await classroom.instructor.click(shown, custom_id=ids["Post it"])
    await classroom.deliver_again()
    assert len(classroom.posted()) == 1


async def test_preview_that_was_left_too_long_is_not_posted(classroom: Classroom) -> None:
    shown = await preview(classroom, closes="in 10 minutes")
    await classroom.env.advance_time(700)
    told = texts(reply(await classroom.instructor.click(shown, label="Post it")))
    assert told == "The end has passed. Make a new preview with `/opinion open`."
    assert classroom.posted() == []


async def test_end_is_suggested_by_the_servers_clock(classroom: Classroom) -> None:
    await classroom.manager.slash(classroom.channel, "settings", time_zone="Europe/Berlin")
    offered = await classroom.instructor.autocomplete(
        classroom.channel, "opinion open", "closes", "friday 18:00"
    )
    assert [each["name"] for each in offered] == ["Friday, 02 January 2026, 18:00 (Europe/Berlin time)"]
    shown = await preview(classroom, closes=offered[0]["value"])
    assert f"closes <t:{int(datetime(2026, 1, 2, 17, tzinfo=UTC).timestamp())}:R>" in texts(shown)
    assert len(await classroom.instructor.autocomplete(classroom.channel, "opinion open", "closes", "")) == 4


async def test_topics_of_claims_are_suggested(classroom: Classroom) -> None:
    offered = await classroom.instructor.autocomplete(
        classroom.channel, "opinion open", "tag", "", set="views"
    )
    assert [each["name"] for each in offered] == ["odd (8)", "even (8)", "all-even (8)"]
    unknown = await classroom.instructor.autocomplete(
        classroom.channel, "opinion open", "tag", "", set="nothing"
    )
    assert unknown == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"set": "rivers"}, "The question set has no claims. Statements are the motions"),
        ({"tag": "weather"}, "The question set has no claims on “weather”."),
        ({"set": "nowhere"}, "I cannot find a question set named “nowhere” here."),
        (
            {"closes": "whenever"},
            "I cannot read “whenever” as a date. Write it like ",
        ),
        ({"closes": "2020-01-01 10:00"}, "The end has passed. Choose a later one."),
    ],
)
async def test_wrong_options_are_explained(classroom: Classroom, options: dict[str, str], told: str) -> None:
    assert texts(await preview(classroom, **options)).startswith(told)
    assert classroom.value("select count(*) from opinion") == 0


async def test_only_instructors_open_look_and_close(classroom: Classroom) -> None:
    student = classroom.students[0]
    shown = await preview(classroom)
    for command, options in (("open", {"set": "views"}), ("status", {})):
        told = texts(reply(await student.slash(classroom.channel, f"opinion {command}", **options)))
        assert told.startswith("Only instructors ("), command
    await classroom.instructor.click(shown, label="Post it")
    told = texts(reply(await student.slash(classroom.channel, "opinion close")))
    assert told == "Only the host and other instructors can close this class opinion."
    assert classroom.value("select state from opinion") == "open"


async def test_channel_where_i_may_not_write_is_refused_before_the_preview(classroom: Classroom) -> None:
    less = discord.Permissions(BOT_PERMISSIONS.value)
    less.update(send_messages=False)
    classroom.allow(less)
    told = texts(await preview(classroom))
    assert "I lack Send Messages in <#" in told
    assert classroom.value("select count(*) from opinion") == 0


# Giving one's opinion


async def test_statements_come_privately_one_by_one(classroom: Classroom) -> None:
    student = classroom.students[0]
    posted = await invitation(classroom)
    assert "Nobody has answered yet." in texts(posted)
    card = await begin(student, posted)
    said = texts(card)
    assert said.startswith("### Statement 1 of 16\n**City number ")
    assert "-# Some cities published lists." in said
    assert "-# 0 of 16 answered. Only you can see this: no answer is ever shown with a name." in said
    assert list(buttons(card)) == [AGREE, DISAGREE, PASS, "Skip for now"]
    card = await say(student, card, AGREE)
    assert texts(card).startswith(
        "### Statement 2 of 16\n-# Kept: you said **agree** to the statement before."
    )
    assert list(buttons(card)) == [AGREE, DISAGREE, PASS, "Back", "Skip for now", TAKE_OUT]
    card = await say(student, card, *[DISAGREE] * 5, *[PASS] * 10)
    assert "### You have answered all 16 statements" in texts(card)
    assert "Your answers: 1 agree, 5 disagree, 10 pass. Only you can see this." in texts(card)
    await classroom.env.advance_time(3)
    assert "1 person has answered." in texts(classroom.now(posted))
    assert len(classroom.posted()) == 1


async def test_answer_can_be_changed(classroom: Classroom) -> None:
    student = classroom.students[0]
    card = await say(student, await begin(student, await invitation(classroom)), AGREE)
    back = reply(await student.click(card, label="Back"))
    assert "You have said: **Agree**." in texts(back)
    assert list(buttons(back)) == [AGREE, DISAGREE, PASS, "Next", TAKE_OUT]
    changed = await say(student, back, DISAGREE)
    assert "Kept: you said **disagree**" in texts(changed)
    assert texts(changed).startswith("### Statement 2 of 16")
    assert classroom.rows("select vote from opinion_vote") == [(-1,)]


async def test_person_goes_on_after_leaving_and_after_a_restart(classroom: Classroom) -> None:
    student = classroom.students[0]
    posted = await invitation(classroom)
    card = await say(student, await begin(student, posted), AGREE, PASS)
    await classroom.restart(away=60)
    again = await begin(student, posted)
    assert texts(again).startswith("### Statement 3 of 16")
    assert texts(again).splitlines()[1] == texts(card).splitlines()[2]
    moved = await say(student, card, DISAGREE)
    assert texts(moved).startswith("### Statement 4 of 16"), "the card from before the restart works too"


async def test_everybody_has_another_order(classroom: Classroom) -> None:
    posted = await invitation(classroom)
    first = {texts(await begin(student, posted)).splitlines()[1] for student in classroom.students}
    assert len(first) > 1
    again = texts(await begin(classroom.students[0], posted)).splitlines()[1]
    assert again == texts(await begin(classroom.students[0], posted)).splitlines()[1]


async def test_one_can_go_through_all_answers_again(classroom: Classroom) -> None:
    student = classroom.students[0]
    posted = await invitation(classroom, tag="odd")
    await say(student, await begin(student, posted), *[AGREE] * 8)
    done = await begin(student, posted)
    assert "You have answered all 8 statements" in texts(done)
    card = reply(await student.click(done, label="Go through my answers"))
    for number in range(1, 9):
        assert texts(card).startswith(f"### Statement {number} of 8")
        assert "You have said: **Agree**." in texts(card)
        card = reply(await student.click(card, label="Next"))
    assert "You have answered all 8 statements" in texts(card)


async def test_one_takes_ones_answers_out_and_may_begin_anew(classroom: Classroom) -> None:
    posted = await invitation(classroom)
    student, other = classroom.students[:2]
    await say(other, await begin(other, posted), PASS)
    card = await begin(student, posted)
    assert TAKE_OUT not in buttons(card), "there is nothing yet"
    card = await say(student, card, AGREE, DISAGREE)
    asked = reply(await student.click(card, label=TAKE_OUT))
    assert "This deletes your **2 answers** here for good" in texts(asked)
    assert "Once it is closed, answers stay in the totals" in texts(asked)
    kept = reply(await student.click(asked, label="No, keep them"))
    assert texts(kept).startswith("### Statement 3 of 16")
    asked = reply(await student.click(kept, label=TAKE_OUT))
    gone = reply(await student.click(asked, label="Yes, take them out"))
    assert "No answer of yours is in this class opinion any more." in texts(gone)
    assert classroom.rows("select vote from opinion_vote") == [(0,)]
    await classroom.env.advance_time(3)
    assert "1 person has answered." in texts(classroom.now(posted))
    assert texts(await begin(student, posted)).startswith("### Statement 1 of 16")


async def test_taking_out_after_the_end_says_that_it_is_closed(classroom: Classroom) -> None:
    student = classroom.students[0]
    posted = await invitation(classroom)
    card = await say(student, await begin(student, posted), AGREE)
    asked = reply(await student.click(card, label=TAKE_OUT))
    await close(classroom)
    told = reply(await student.click(asked, label="Yes, take them out"))
    assert "closed" in texts(told)
    assert classroom.value("select count(*) from opinion_vote") == 1


async def test_same_press_delivered_twice_is_one_answer(classroom: Classroom) -> None:
    student = classroom.students[0]
    card = await begin(student, await invitation(classroom))
    ids = buttons(card)
    await student.click(card, custom_id=ids[AGREE])
    await classroom.deliver_again()
    assert classroom.rows("select vote from opinion_vote") == [(1,)]


async def test_late_press_is_told_that_it_is_closed(classroom: Classroom) -> None:
    student = classroom.students[0]
    posted = await invitation(classroom, closes="in 30 minutes")
    card = await begin(student, posted)
    late_button = buttons(posted)["Give my opinion"]
    await classroom.env.advance_time(1_801)
    await classroom.env.advance_time(5)
    told = texts(reply(await student.click(card, label=AGREE)))
    assert told == "The class opinion is closed, so nothing was changed."
    assert texts(await classroom.press_late(student, posted, late_button)) == "The class opinion is closed."
    assert classroom.value("select count(*) from opinion_vote") == 0


# How far it is


async def test_status_says_how_many_and_nothing_else(classroom: Classroom) -> None:
    nothing = await classroom.instructor.slash(classroom.channel, "opinion status")
    assert texts(reply(nothing)) == "No class opinion is open. Open one with `/opinion open`."
    one, two = classroom.students[:2]
    posted = await invitation(classroom, tag="odd")
    await say(one, await begin(one, posted), *[AGREE] * 8)
    await say(two, await begin(two, posted), DISAGREE)
    said = texts(reply(await classroom.instructor.slash(classroom.channel, "opinion status")))
    assert "2 people have answered, 1 of them to all 8 statements. It stays open until you close it" in said
    assert not re.search(r"[Aa]gree|[Dd]isagree", said)
    assert str(one.id) not in said


# The result


async def test_small_class_sees_bars_where_they_give_nobody_away_and_why_there_is_no_map(
    classroom: Classroom,
) -> None:
    posted = await invitation(classroom)
    await class_answers(classroom, 7)
    bars, no_map = await result(classroom)
    assert bars.startswith("## What the class thinks · Views of towns\n7 people answered.")
    blocks = bars.split("\n\n")
    assert len(blocks) == SIZE - 2
    assert blocks[-1].endswith(
        "\n-# Not shown (too few answers, or all alike, which could give somebody away): 1, 16."
    )
    assert "City number 1 " not in bars
    assert "City number 16 " not in bars, "all of them said the same"
    assert "The bar is the share that agrees.\n**2.** City number 2" in bars
    assert re.fullmatch(
        r"\*\*2\.\*\* City number 2 should publish its scores\.\n"
        r"Agree: \d of 7, \d+% █+\n-# \d disagree, \d pass",
        blocks[0].partition("agrees.\n")[2],
    )
    assert no_map == (
        "## Opinion map · Views of towns\nThere is no map this time. It takes 20 people who answer 7 statements or "
        "more; 7 people did. A map of fewer would show groups where there are none, and could give people away."
    )
    await classroom.env.advance_time(3)
    assert texts(classroom.now(posted)).endswith("This is closed. 7 people answered. The result is below.")
    assert buttons(classroom.now(posted)) == {}


async def test_class_with_two_camps_sees_the_map_in_words_and_as_a_picture(classroom: Classroom) -> None:
    await invitation(classroom)
    await class_answers(classroom, 24)
    _, said = await result(classroom)
    assert "24 people answered enough to be counted, and those who answered alike make 2 groups." in said
    assert re.search(r"in (none|[1-4]) of 99 tries, so this is more than chance", said)
    assert re.search(r"\*\*Group A of 12 people\*\* agrees most on\n- \*\*\d+\.\*\* City number", said)
    assert re.search(r"It disagrees most on\n- \*\*\d+\.\*\* City number", said)
    assert "**Group B of 12 people**" in said
    assert "**What the groups share**" in said
    assert "City number 16 " not in said, "everybody agreed: that is withheld"
    (alt,) = alts(classroom.newest())
    assert alt.startswith(
        "Map of 24 people: those who answered alike stand close together. Group A, 12 people, "
    )
    for student in range(24):
        assert str(700_000 + student) not in said + alt


async def test_map_says_the_same_where_i_may_attach_no_files(classroom: Classroom) -> None:
    await invitation(classroom)
    await class_answers(classroom, 24)
    classroom.allow(NO_FILES)
    _, said = await result(classroom)
    assert "**Group A of 12 people** agrees most on" in said
    assert alts(classroom.newest()) == []


async def test_clock_closes_it_and_posts_the_result(classroom: Classroom) -> None:
    posted = await invitation(classroom, closes="in 1 hour")
    student = classroom.students[0]
    await say(student, await begin(student, posted), AGREE)
    await classroom.restart(away=3_700)
    await classroom.env.advance_time(5)
    assert texts(classroom.now(posted)).endswith("The time is up. 1 person answered. The result is below.")
    assert [texts(message).splitlines()[0] for message in classroom.posted()[1:]] == [
        "## What the class thinks · Views of towns",
        "## Opinion map · Views of towns",
    ]


async def test_long_result_comes_in_several_messages(classroom: Classroom) -> None:
    student = classroom.students[0]
    await say(student, await begin(student, await invitation(classroom, set="many")), AGREE)
    *pages, _ = await result(classroom)
    ranges = [re.findall(r"Statements (\d+) to (\d+) of 39", page) for page in pages]
    assert [len(each) for each in ranges] == [1, 1, 1]
    bounds = [int(number) for ((first, last),) in ranges for number in (first, last)]
    assert bounds == [1, bounds[1], bounds[1] + 1, bounds[3], bounds[3] + 1, 39]
    named = [
        number for page in pages for number in re.findall(r"\d+", page.partition("give somebody away): ")[2])
    ]
    assert named == [str(number) for number in range(1, 40)]
    assert "…" not in "".join(pages)


async def test_nobody_s_opinion_is_no_result(classroom: Classroom) -> None:
    posted = await invitation(classroom)
    assert await result(classroom) == []
    assert texts(classroom.now(posted)).endswith("This is closed. Nobody answered, so there is no result.")


async def test_closing_asks_first_and_says_what_it_does(classroom: Classroom) -> None:
    posted = await invitation(classroom)
    student, other = classroom.students[:2]
    await say(student, await begin(student, posted), AGREE)
    asked = await ask_to_close(classroom)
    assert "1 person has answered, 0 of them to all 16 statements." in texts(asked)
    assert "Nobody can answer afterwards, and it cannot be opened again." in texts(asked)
    kept = reply(await classroom.instructor.click(asked, label="No, keep it open"))
    assert texts(kept) == "The class opinion stays open."
    await say(other, await begin(other, posted), AGREE)
    asked, late, later = [await ask_to_close(classroom) for _ in range(3)]
    told = reply(await classroom.instructor.click(asked, label="Yes, close it"))
    assert texts(told) == f"The class opinion is closed. Its result comes up in <#{classroom.channel.id}>."
    twice = reply(await classroom.instructor.click(late, label="Yes, close it"))
    assert "closed already" in texts(twice)
    kept = reply(await classroom.instructor.click(later, label="No, keep it open"))
    assert texts(kept) == "The class opinion is closed already."


async def test_close_finds_the_one_that_is_meant(classroom: Classroom) -> None:
    assert "No class opinion is open in this server. Open one with `/opinion open`." in await close(classroom)
    await invitation(classroom)
    other = classroom.guild.create_text_channel("other")
    await invitation(classroom, channel=other)
    assert "I cannot find a class opinion named “12345” here." in await close(classroom, opinion="12345")
    offered = await classroom.instructor.autocomplete(classroom.channel, "opinion close", "opinion", "")
    assert [each["name"] for each in offered] == ["Views of towns in #other", "Views of towns in #class"]
    assert f"there is no result in <#{classroom.channel.id}>." in await close(classroom)
    assert f"there is no result in <#{other.id}>." in await close(classroom, opinion=offered[0]["value"])


async def test_several_in_one_channel_have_to_be_named(classroom: Classroom) -> None:
    await invitation(classroom)
    await invitation(classroom, tag="odd")
    assert "Several class opinions are open. Say which one under `opinion`." in await close(classroom)
    assert classroom.value("select count(*) from opinion where state = 'open'") == 2


async def test_only_one_in_the_server_is_meant_from_any_channel(classroom: Classroom) -> None:
    await invitation(classroom)
    other = classroom.guild.create_text_channel("other")
    told = await close(classroom, where=other)
    assert (
        told
        == f"The class opinion is closed. Nobody answered, so there is no result in <#{classroom.channel.id}>."
    )


async def test_class_opinion_can_be_held_in_a_thread(classroom: Classroom) -> None:
    question = await classroom.close(await classroom.first_question("numbers", questions=1))
    await classroom.students[0].click(question, label="Discuss")
    (thread,) = classroom.channel.threads
    shown = reply(await classroom.instructor.slash(thread, "opinion open", set="views"))
    await classroom.instructor.click(shown, label="Post it")
    assert "## Class opinion · Views of towns" in texts(classroom.newest(thread))


async def test_invitation_is_edited_seldom(classroom: Classroom) -> None:
    posted = await invitation(classroom)
    before = len(edits(classroom.env.http_requests, posted.id))
    for student in classroom.students:
        await say(student, await begin(student, posted), AGREE, AGREE, AGREE)
    await classroom.env.advance_time(5)
    assert len(edits(classroom.env.http_requests, posted.id)) - before <= 2
    assert "6 people have answered." in texts(classroom.now(posted))
