"""The message command "Submit as argument": one's own message becomes the draft, whatever the bot may read else."""

import random
from collections.abc import Sequence
from pathlib import Path

import discord
import pytest
import simcord
from simcord import MemberActor

from bot.app import open_office
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot
from tests.discord.debating import DebateRoom, argument, filled_in, open_debate
from tests.discord.room import Classroom, reply, texts

COMMAND = "Submit as argument"
TEXT = "Lists help people. A survey of 2018 says so. It asked thousands."


@pytest.fixture(params=["without the intent", "with it"])
async def simcord_bot(
    request: pytest.FixtureRequest, tmp_path: Path, question_sets: Sequence[QuestionSet]
) -> SeminarBot:
    """The bot without the intent for the text of messages, as it is shipped, and with it."""
    bot = SeminarBot(open_office(tmp_path / "class.db", random.Random(4)), question_sets)
    if request.param == "with it":
        # Seminar asks for nothing privileged; whoever runs it with more still has the same bot.
        bot._connection._intents.message_content = True
    return bot


@pytest.fixture
async def debate(classroom: Classroom) -> DebateRoom:
    """A debate at its rebuttals that two students have joined."""
    debate = await open_debate(classroom)
    for student in classroom.students[:2]:
        await debate.stance(student, "undecided")
    await debate.argue_now()
    return debate


async def submit(
    debate: DebateRoom, member: MemberActor, message: discord.Message
) -> simcord.InteractionResult:
    return await member.context_menu(debate.thread, COMMAND, message)


async def test_own_message_fills_in_the_form(debate: DebateRoom, request: pytest.FixtureRequest) -> None:
    author = debate.room.students[0]
    message = await author.send(debate.thread, TEXT)
    form = await submit(debate, author, message)
    assert filled_in(form) == {
        "claim": "Lists help people.",
        "evidence": "A survey of 2018 says so. It asked thousands.",
        "reasoning": "",
        "answers": "",
        "relation": "",
    }
    told = await debate.write(author, form, claim="Lists help people.")
    assert "as number **1**" in told
    await debate.room.env.advance_time(3)
    assert "> Lists help people." in texts(debate.argument(1))
    assert debate.room.value("select count(*) from message") == 1, (
        "the message itself stays, and only its facts"
    )
    # The intent is really the one that was asked for: with it, the length of each message is known.
    known = debate.room.value("select length from message")
    assert known == (len(TEXT) if "with it" in request.node.name else None)


@pytest.mark.parametrize(
    ("text", "claim", "evidence"),
    [
        ("Lists help people", "Lists help people", ""),
        ("x" * 1_500, "x" * 300, "x" * 1_000),
        ("y" * 301 + ". More.", "y" * 300, "y. More."),
        ("One. " + "z" * 1_800, "One.", "z" * 1_000),
    ],
)
async def test_as_much_as_the_form_takes(debate: DebateRoom, text: str, claim: str, evidence: str) -> None:
    author = debate.room.students[0]
    form = await submit(debate, author, await author.send(debate.thread, text))
    shown = filled_in(form)
    assert (shown["claim"], shown["evidence"]) == (claim, evidence)


async def test_message_without_words_opens_the_form_as_it_was_kept(debate: DebateRoom) -> None:
    author = debate.room.students[0]
    await debate.argue(author, claim="Kept.", answers="77")
    message = await author.send(debate.thread, "", attachments=[("a.png", b"x")])
    assert filled_in(await submit(debate, author, message))["claim"] == "Kept."


async def test_message_of_somebody_else_stays_theirs(debate: DebateRoom) -> None:
    author, other = debate.room.students[:2]
    message = await author.send(debate.thread, TEXT)
    told = texts(reply(await submit(debate, other, message)))
    assert told == "Only its author can submit this message as an argument."


async def test_message_elsewhere_says_where_it_works(debate: DebateRoom) -> None:
    author, channel = debate.room.students[0], debate.room.channel
    message = await author.send(channel, TEXT)
    told = texts(reply(await author.context_menu(channel, COMMAND, message)))
    assert told.startswith("The message is not in the thread of a debate.")


async def test_message_of_a_debate_that_takes_no_arguments_says_why(debate: DebateRoom) -> None:
    author = debate.room.students[0]
    message = await author.send(debate.thread, TEXT)
    await debate.vote_now()
    assert "It takes no more arguments." in texts(reply(await submit(debate, author, message)))
    await debate.close()
    assert texts(reply(await submit(debate, author, message))).startswith("The debate is closed")


async def test_whoever_has_not_joined_is_asked_first(debate: DebateRoom) -> None:
    author = debate.room.students[3]
    message = await author.send(debate.thread, TEXT)
    asked = reply(await submit(debate, author, message))
    await author.click(asked, label="Rather not say")
    form = await submit(debate, author, message)
    assert "as number **1**" in texts(reply(await author.submit_modal(form, argument())))
    assert debate.room.value("select count(*) from debater") == 3
