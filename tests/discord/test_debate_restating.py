"""Restating an argument in Discord: the form before the form, its author's two buttons, silence, where text goes."""

import pytest
from simcord import MemberActor

from tests.discord.debating import DebateRoom, open_debate, said_in, title
from tests.discord.room import Classroom, buttons, reply, texts
from tests.discord.sent import edits, posts

WORDS = "Lists help those who follow rules."


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its rebuttals with restating, one student on either side, the first of whom has argued."""
    debate = await open_debate(classroom, steelman=True)
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.argue_now()
    await debate.argue(classroom.students[0], claim="Lists *work*.")
    await debate.room.env.advance_time(3)
    return debate


async def restate(debate: DebateRoom, member: MemberActor, text: str = WORDS) -> str:
    """Press Answer argument 1 and restate it; gives the private answer."""
    form = await member.click(debate.argument(1), label="Answer argument 1")
    assert form.modal is not None
    assert form.modal["title"] == "First restate argument 1"
    told = texts(reply(await member.submit_modal(form, {"text": text})))
    await debate.room.env.advance_time(3)
    return told


async def test_fair_words_open_the_form_for_the_answer(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]
    told = await restate(debate, other)
    assert told.startswith("Your words for argument 1 come up in the thread.")
    shown = debate.newest
    assert texts(shown).splitlines()[:2] == ["### Argument 1, in other words", f"> {WORDS}"]
    assert list(buttons(shown)) == ["Fair", "Not yet"]
    for stranger in (other, debate.room.students[2]):
        refused = texts(reply(await stranger.click(shown, label="Fair")))
        assert refused == "Only the author of the argument can say whether this is fair."
    await author.click(shown, label="Fair")
    await debate.room.env.advance_time(3)
    assert list(buttons(debate.room.now(shown))) == []
    assert f"<@{other.id}> may now answer" in texts(debate.room.now(shown))
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert title(form) == "Answer to argument 1"
    assert "as number **2**" in await debate.write(other, form)


async def test_form_shows_the_whole_argument_as_far_as_a_form_has_room(debate: DebateRoom) -> None:
    other = debate.room.students[1]
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert said_in(form)[:3] == [
        "**Claim**\n> Lists \\*work\\*.",
        "**Evidence**\n> A survey of 2018.",
        "**Reasoning**\n> It shows so.",
    ]
    await debate.argue(debate.room.students[0], claim="_" * 300, evidence="*" * 1000, reasoning="`" * 1000)
    await debate.room.env.advance_time(3)
    form = await other.click(debate.argument(2), label="Answer argument 2")
    assert [len(text) > 600 for text in said_in(form)] == [True, True, True, False]
    assert sum(map(len, said_in(form))) <= 4000


async def test_form_says_what_one_waits_for(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]

    async def said() -> str:
        form = await other.click(debate.argument(1), label="Answer argument 1")
        return said_in(form)[-1]

    assert await said() == "Its author then says whether that is fair, and you can answer."
    await restate(debate, other)
    assert "has not said yet whether your words are fair. You can try others, or answer <t:" in await said()
    await author.click(debate.newest, label="Not yet")
    assert "does not find your words fair yet" in await said()


async def test_only_its_author_is_notified_and_only_when_it_is_posted(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]
    await restate(debate, other)
    message = debate.newest
    [posted] = [each for each in posts(debate.room.env.http_requests, debate.thread.id) if WORDS in str(each)]
    assert posted["allowed_mentions"]["users"] == [author.id]
    assert posted["allowed_mentions"]["parse"] == []
    await author.click(message, label="Fair")
    await debate.room.env.advance_time(3)
    changed = edits(debate.room.env.http_requests, message.id)
    assert changed
    assert all(not each["allowed_mentions"].get("users") for each in changed)


async def test_wait_is_named_and_short_in_a_short_stage(classroom: Classroom) -> None:
    debate = await open_debate(classroom, steelman=True, minutes=8)
    one, other = classroom.students[:2]
    for student in (one, other):
        await debate.stance(student, "undecided")
    await debate.argue_now()
    await debate.argue(one)
    await classroom.env.advance_time(3)
    assert "or has said nothing for 2 minutes, **Answer argument** opens" in await restate(debate, other)
    await classroom.env.advance_time(120)
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert title(form) == "Answer to argument 1"


async def test_silence_of_five_minutes_is_enough(debate: DebateRoom) -> None:
    other = debate.room.students[1]
    await restate(debate, other)
    await debate.room.env.advance_time(240)
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert form.modal is not None
    assert form.modal["title"] == "First restate argument 1"
    await debate.room.env.advance_time(60)
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert "as number **2**" in await debate.write(other, form)


async def test_answer_by_its_number_is_sent_back_until_it_is_restated(debate: DebateRoom) -> None:
    other = debate.room.students[1]
    told = await debate.argue(other, claim="They do not.", answers="1")
    assert told.startswith(
        "The argument is to be restated first, so nothing was changed. Press **Answer argument**"
    )
    assert "> They do not." in told
    assert debate.room.value("select count(*) from argument") == 1


async def test_words_come_back_when_the_argument_was_withdrawn_meanwhile(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]
    form = await other.click(debate.argument(1), label="Answer argument 1")
    mine = reply(await author.click(debate.motion, label="My arguments"))
    await author.click(reply(await author.click(mine, label="Open")), label="Withdraw it")
    told = texts(reply(await other.submit_modal(form, {"text": WORDS})))
    assert told.startswith("The argument is withdrawn, so nothing was changed.")
    assert f"> {WORDS}" in told


async def test_words_come_back_when_the_stage_ended_meanwhile(debate: DebateRoom) -> None:
    other = debate.room.students[1]
    form = await other.click(debate.argument(1), label="Answer argument 1")
    await debate.vote_now()
    told = texts(reply(await other.submit_modal(form, {"text": WORDS})))
    assert f"> {WORDS}" in told
    assert debate.room.value("select count(*) from restatement") == 0


async def test_second_restatement_of_a_double_delivery_is_the_first(debate: DebateRoom) -> None:
    await restate(debate, debate.room.students[1])
    await debate.room.deliver_again()
    assert debate.room.value("select count(*) from restatement") == 1


async def test_restatement_survives_a_restart(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]
    await restate(debate, other)
    await debate.room.restart()
    await author.click(debate.newest, label="Fair")
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert title(form) == "Answer to argument 1"


async def test_without_sides_the_answer_finds_its_way_too(classroom: Classroom) -> None:
    debate = await open_debate(classroom, format="open", steelman=True)
    author, other = classroom.students[:2]
    await debate.argue(author, side="for")
    await debate.room.env.advance_time(3)
    await debate.stance(other, "declined")
    await restate(debate, other)
    await author.click(debate.newest, label="Fair")
    form = await other.click(debate.argument(1), label="Answer argument 1")
    assert "as number **2**" in await debate.write(other, form, side="against")
