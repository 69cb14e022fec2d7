"""``/evidence search``, citing in a debate, the cards of one's side, and checking a message: as people do it."""

from collections.abc import Sequence

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from bot.bank.item import Correction
from bot.bank.question_set import QuestionSet
from tests.classroom import choice, claim, numeric, question_set
from tests.discord.conftest import BOT_PERMISSIONS
from tests.discord.debating import DebateRoom, open_debate
from tests.discord.lessons import RIVERS
from tests.discord.room import Classroom, buttons, parts, reply, texts

CHECK = "Check against the bank"
HOSTILE = "<@1> @everyone **bold** [x](https://x.example) # Lighthouses"

LIGHTHOUSES = numeric("lighthouses", answer=80).model_copy(
    update={
        "prompt": "How many keepers of lighthouses approved?",
        "unit": "%",
        "as_of": "2018",
        "explanation": "It was asked in a survey of keepers.",
        "correction": Correction(text="Only keepers by the sea were asked.", confidence="high"),  # type: ignore[arg-type]
        "not_with": ("light",),
    }
)
SEA = question_set(
    LIGHTHOUSES,
    *(choice(f"harbour-{number}", explanation=f"Harbour {number} has a pier.") for number in range(5)),
    choice("hostile", explanation=HOSTILE).model_copy(update={"prompt": f"{HOSTILE} or what?"}),
    claim("light", motion="Lighthouses should be lit by day.").model_copy(
        update={
            "case_for": claim("x").case_for.model_copy(update={"cards": ("harbour-0", "harbour-1")}),
            "case_against": claim("x").case_against.model_copy(update={"cards": ("harbour-2", "harbour-3")}),
        }
    ),
    key="sea",
    title="By the sea",
)
SAYING_90 = "I read that 90% of the keepers of lighthouses approved."


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    return (SEA, RIVERS, question_set(claim("lists"), key="bare", title="One claim"))


async def search(room: Classroom, member: MemberActor, words: str, **more: object) -> ResponseMessage:
    return reply(await member.slash(more.pop("channel", room.channel), "evidence search", words=words))


async def debate_on_light(room: Classroom) -> DebateRoom:
    offered = await room.instructor.autocomplete(room.channel, "debate open", "claim", "lit by day")
    return await open_debate(room, claim=offered[0]["value"])


async def check(room: Classroom, member: MemberActor, message: discord.Message) -> ResponseMessage:
    places = [*room.guild.channels.values()]
    places += [thread for place in places for thread in place.threads]
    (place,) = (place for place in places if place.id == message.channel.id)
    return reply(await member.context_menu(place, CHECK, message))


# Searching


async def test_anybody_finds_cards_with_their_status_and_source(classroom: Classroom) -> None:
    found = await search(classroom, classroom.students[0], "lighthouses keepers")
    number = classroom.value("select item_id from item where key = 'lighthouses'")
    assert texts(found) == (
        "### Evidence in the bank\n"
        f"**Card {number} · Question in the bank**\nHow many keepers of lighthouses approved?\n**Answer:** 80%\n"
        "It was asked in a survey of keepers.\n"
        "**Who says it:** An atlas (A press, 2019-08-01)\n"
        "**What others say** (this is well supported): Only keepers by the sea were asked.\n"
        "**Status:** not verified: the source gives no evidence for it. **As of** 2018.\n"
        "-# 1 card found. Only you can see this."
    )
    assert buttons(found) == {}


async def test_pages_are_turned_in_place_and_after_a_restart(classroom: Classroom) -> None:
    student = classroom.students[0]
    found = await search(classroom, student, "harbour pier")
    pages = [texts(found)]
    assert "5 cards found · page 1 of 2" in pages[0]
    assert list(buttons(found)) == ["Next"]
    turned = reply(await student.click(found, label="Next"))
    pages.append(texts(turned))
    assert "5 cards found · page 2 of 2" in pages[1]
    assert list(buttons(turned)) == ["Back"]
    cards = [{line for line in page.splitlines() if "has a pier" in line} for page in pages]
    assert [len(lines) for lines in cards] == [3, 2]
    assert not cards[0] & cards[1]
    await classroom.restart()
    assert texts(reply(await student.click(turned, label="Back"))) == pages[0]


async def test_an_older_list_says_that_there_is_a_newer_one(classroom: Classroom) -> None:
    student = classroom.students[0]
    first = await search(classroom, student, "harbour pier")
    await search(classroom, student, "harbour")
    told = texts(reply(await student.click(first, label="Next")))
    assert told == "I do not have this list any more. Search again with `/evidence search`."


async def test_nothing_found_says_what_to_try(classroom: Classroom) -> None:
    told = texts(await search(classroom, classroom.students[0], "*football* <@x>"))
    assert told.startswith("The bank has nothing with “\\*football\\* <\u200b@x>”. Try fewer or other words")


async def test_words_that_only_begin_alike_are_told_as_such(classroom: Classroom) -> None:
    assert "this has some of them" in texts(
        await search(classroom, classroom.students[0], "lighthouses pier")
    )
    assert "words that begin alike" in texts(await search(classroom, classroom.students[0], "lighthousex"))


async def test_texts_of_a_set_cannot_format_or_mention(classroom: Classroom) -> None:
    said = texts(await search(classroom, classroom.students[0], "bold"))
    assert "<@1>" not in said
    assert "**bold**" not in said
    assert "\\[x](https://x.example)" in said
    assert "Lighthouses" in said


async def test_a_question_of_a_running_quiz_is_not_found(classroom: Classroom) -> None:
    student = classroom.students[0]
    assert "flows through ten countries" in texts(await search(classroom, student, "ten countries"))
    question = await classroom.first_question("rivers", questions=5)
    told = texts(await search(classroom, student, "Danube"))
    assert "ten countries" not in told
    assert "are not shown until they are over" in told
    assert "are not shown until they are over" in texts(await search(classroom, student, "football"))
    assert "Only you can see this" in texts(await search(classroom, student, "harbour"))
    await classroom.answer(student, question, "The Danube")


# In a debate


async def test_cards_of_ones_side_are_seen_and_cited(classroom: Classroom) -> None:
    debate = await debate_on_light(classroom)
    student, other = classroom.students[:2]
    await debate.stance(student, "for")
    await debate.stance(other, "against")
    await debate.advance()
    onlooker = classroom.students[2]
    assert (await debate.press(onlooker, "My evidence")).startswith("You have not joined this debate.")
    shown = reply(await student.click(debate.motion, label="My evidence"))
    said = texts(shown)
    assert "Each side was dealt 2 cards from the bank." in said
    assert "That is fewer than 3: the bank has too few facts on this motion for equally many more." in said
    assert said.count("**Status:**") == 2
    theirs = texts(reply(await other.click(debate.motion, label="My evidence")))
    assert not {line for line in said.splitlines() if "pier" in line} & set(theirs.splitlines())
    first_card = next(line for line in said.splitlines() if "pier" in line)
    cited = await student.click(shown, custom_id=next(iter(cite_buttons(shown))))
    assert texts(reply(cited)) == "The card comes up in the thread in a moment, with your name."
    posted = texts(debate.newest)
    assert posted.startswith("### Evidence card\n**Card ")
    assert first_card in posted
    side = "for" if "### Evidence cards for the motion" in said else "against"
    assert posted.endswith(f"-# Cited by <@{student.id}>, who argues **{side}** the motion.")
    again = await student.click(shown, custom_id=next(iter(cite_buttons(shown))))
    assert texts(reply(again)) == "The card is in this thread already, so nothing was changed."
    assert texts(debate.newest) == posted


def cite_buttons(message: discord.Message | ResponseMessage) -> list[str]:
    """The custom ids of the buttons that cite, which have one label."""
    return [part["custom_id"] for part in parts(message) if part.get("custom_id", "").startswith("ec:")]


async def test_too_few_cards_are_said_plainly(classroom: Classroom) -> None:
    debate = await open_debate(classroom)
    student = classroom.students[0]
    await debate.stance(student, "for")
    await debate.advance()
    said = await debate.press(student, "My evidence")
    assert "No cards were dealt: the bank has too few facts on this motion" in said


async def test_search_in_the_thread_lets_those_who_take_part_cite(classroom: Classroom) -> None:
    debate = await debate_on_light(classroom)
    member, onlooker = classroom.students[:2]
    await debate.stance(member, "for")
    assert not cite_buttons(await search(classroom, onlooker, "keepers", channel=debate.thread))
    assert not cite_buttons(await search(classroom, member, "keepers"))
    found = await search(classroom, member, "keepers", channel=debate.thread)
    (cite,) = cite_buttons(found)
    await member.click(found, custom_id=cite)
    assert "Only keepers by the sea were asked." in texts(debate.newest)
    await classroom.env.advance_time(3)
    await debate.close()
    assert texts(reply(await member.click(found, custom_id=cite))).startswith("The debate is closed")


# Checking a message


async def test_author_sees_what_a_message_touches_and_shows_it(classroom: Classroom) -> None:
    student = classroom.students[0]
    message = await student.send(classroom.channel, SAYING_90)
    checked = await check(classroom, student, message)
    said = texts(checked)
    assert said.startswith(
        "### What the bank has on your message\n"
        "The bank has **80%** (as of 2018); your message says **90%**. They may not count the same thing: compare what "
        "was counted, and when.\n"
    )
    assert "**What others say** (this is well supported): Only keepers by the sea were asked." in said
    assert "false" not in said.lower()
    assert classroom.posted()[-1:] == []
    await classroom.restart()
    told = await student.click(checked, label="Show it in the channel")
    assert texts(reply(told)) == "It comes up here in a moment, with your name."
    posted = texts(classroom.newest())
    link = f"https://discord.com/channels/{classroom.guild.id}/{classroom.channel.id}/{message.id}"
    assert f"<@{student.id}> checked [this message]({link}) against the bank" in posted
    assert "Only keepers by the sea were asked." in posted
    assert "90%" not in posted


async def test_it_is_shown_once(classroom: Classroom) -> None:
    student = classroom.students[0]
    message = await student.send(classroom.channel, SAYING_90)
    first, second = await check(classroom, student, message), await check(classroom, student, message)
    told = texts(reply(await student.click(first, label="Show it in the channel")))
    assert told == "I do not have the result of this check any more. Use the command on the message again."
    await student.click(second, label="Show it in the channel")
    third = await check(classroom, student, message)
    told = texts(reply(await student.click(third, label="Show it in the channel")))
    assert told.startswith("The result of this check is shown already")
    assert len(classroom.posted()) == 1


async def test_only_author_and_instructors_may_check(classroom: Classroom) -> None:
    author, other = classroom.students[:2]
    message = await author.send(classroom.channel, SAYING_90)
    told = texts(await check(classroom, other, message))
    assert told == "Only its author and instructors can check this message against the bank."
    for instructor in (classroom.instructor, classroom.manager):
        checked = await check(classroom, instructor, message)
        assert "the message says **90%**" in texts(checked)
        assert buttons(checked) == {}
    assert classroom.rows("select * from finding") == []


async def test_a_message_that_touches_nothing_is_not_judged(classroom: Classroom) -> None:
    student = classroom.students[0]
    told = texts(
        await check(classroom, student, await student.send(classroom.channel, "Who brings the cake?"))
    )
    assert told.startswith(
        "I found nothing in the bank that this message touches. That says nothing about whether"
    )
    assert classroom.rows("select * from finding") == []


async def test_nothing_of_a_message_is_kept(classroom: Classroom) -> None:
    student = classroom.students[0]
    await check(classroom, student, await student.send(classroom.channel, SAYING_90))
    for (table,) in classroom.rows(
        "select name from sqlite_master where type = 'table' and name not like '%index%'"
    ):
        assert "I read that" not in str(classroom.rows(f"select * from {table}")), table


async def test_own_messages_of_the_bot_are_not_checked_but_arguments_are(classroom: Classroom) -> None:
    debate = await debate_on_light(classroom)
    author, other = classroom.students[:2]
    await debate.stance(author, "for")
    await debate.argue_now()
    await debate.argue(author, evidence=SAYING_90)
    await classroom.env.advance_time(3)
    argument = debate.argument(1)
    assert "Only its author and instructors" in texts(await check(classroom, other, argument))
    checked = await check(classroom, author, argument)
    assert "your message says **90%**" in texts(checked)
    await author.click(checked, label="Show it in the thread")
    assert f"<@{author.id}> checked [this message]" in texts(debate.newest)
    assert "I wrote this message myself" in texts(await check(classroom, author, debate.motion))


async def test_where_the_bot_may_not_post_nothing_is_shown(classroom: Classroom) -> None:
    student = classroom.students[0]
    checked = await check(classroom, student, await student.send(classroom.channel, SAYING_90))
    permissions = discord.Permissions(BOT_PERMISSIONS.value)
    permissions.update(send_messages=False)
    classroom.allow(permissions)
    told = texts(reply(await student.click(checked, label="Show it in the channel")))
    assert "I lack Send Messages here" in told
    assert classroom.rows("select * from citation") == []
