"""What people do in a class opinion on the simulated Discord, and what they see there."""

from typing import Any

import discord
from simcord import MemberActor, ResponseMessage

from bot.actions.opining import give_opinion
from bot.debate.opinion import Vote
from bot.ids import GuildId, InteractionId, StatementId, UserId
from tests.discord.room import Classroom, buttons, reply, texts

AGREE, DISAGREE, PASS = "Agree", "Disagree", "Pass"


async def preview(room: Classroom, **options: Any) -> ResponseMessage:
    """``/opinion open`` by the instructor; gives the private preview."""
    return reply(await room.instructor.slash(room.channel, "opinion open", **({"set": "views"} | options)))


async def invitation(room: Classroom, **options: Any) -> discord.Message:
    """``/opinion open``, and post it with all statements; gives the public message."""
    shown = await preview(room, **options)
    every = next((label for label in buttons(shown) if label.startswith("Take all ")), None)
    if every is not None:
        shown = reply(await room.instructor.click(shown, label=every))
    posted = reply(await room.instructor.click(shown, label="Post it"))
    assert "The class opinion is open in <#" in texts(posted)
    return room.newest()


async def begin(member: MemberActor, message: discord.Message) -> ResponseMessage:
    """Press "Give my opinion"; gives the private card."""
    return reply(await member.click(message, label="Give my opinion"))


async def say(member: MemberActor, card: ResponseMessage, *answers: str) -> ResponseMessage:
    """Answer the statements that come up, one after the other; gives the card after the last one."""
    for answer in answers:
        card = reply(await member.click(card, label=answer))
    return card


async def class_answers(room: Classroom, people: int, *, size: int = 16) -> None:
    """A class of two camps answers everything; the last statement has the same answer from all, the first from few."""
    ids = [statement_id for (statement_id,) in room.rows("select statement_id from opinion_statement")][
        -size:
    ]
    for number in range(people):
        for at, statement_id in enumerate(ids):
            camp = 1 if number < people / 2 else -1
            odd_one = (number * 7 + at * 3) % 11 == 0
            vote = camp * (1 if at % 2 else -1) * (-1 if odd_one else 1)
            if at == size - 1:
                vote = 1
            if at == 0 and number >= 3:
                continue
            await room.office.run(
                give_opinion,
                guild_id=GuildId(room.guild.id),
                statement_id=StatementId(statement_id),
                user_id=UserId(700_000 + number),
                vote=Vote(vote),
                interaction_id=InteractionId(1_000 + number * 100 + at),
                at=room.office.now(),
            )


async def ask_to_close(room: Classroom, **options: Any) -> ResponseMessage:
    """``/opinion close`` by the instructor; gives the question whether to."""
    where = options.pop("where", room.channel)
    return reply(await room.instructor.slash(where, "opinion close", **options))


async def close(room: Classroom, **options: Any) -> str:
    """``/opinion close`` by the instructor, and yes; gives the private answer, which may be a refusal at once."""
    asked = await ask_to_close(room, **options)
    if "Yes, close it" in buttons(asked):
        asked = reply(await room.instructor.click(asked, label="Yes, close it"))
    return texts(asked)


async def result(room: Classroom) -> list[str]:
    """Close it; gives the texts of what is posted below the invitation."""
    before = {message.id for message in room.posted()}
    assert "The class opinion is closed." in await close(room)
    await room.env.advance_time(5)
    return [texts(message) for message in room.posted() if message.id not in before]
