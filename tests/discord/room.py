"""A class on a simulated Discord: who is there, what can be seen, and what people do in a quiz."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import discord
import simcord
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage
from simcord.backend import serializers
from simcord.interactions import base_payload

from bot.app import new_bot, open_office
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot
from bot.office import Office
from tests.wire.shapes import walk

Json = dict[str, Any]
Message = discord.Message | ResponseMessage

BUTTON, SECTION, TEXT = 2, 9, 10
ANSWERING = ("qa", "qt")
"""How the custom ids of the buttons begin that answer a live question: by an option, or in writing."""
GRACE = 1.5
"""Seconds after its end at which a question is closed."""


def parts(message: Message) -> Iterator[Json]:
    """Every component of a message as plain JSON, from top to bottom."""
    plain = [each if isinstance(each, dict) else each.to_dict() for each in message.components]
    yield from walk(cast("list[Json]", plain))


def texts(message: Message) -> str:
    """All text of a message, block by block."""
    return "\n".join(part["content"] for part in parts(message) if part["type"] == TEXT)


def buttons(message: Message) -> dict[str, str]:
    """The buttons of a message from their labels to their custom ids, in order."""
    return {part["label"]: part["custom_id"] for part in parts(message) if part["type"] == BUTTON}


def answer_buttons(message: Message) -> dict[str, str]:
    """The buttons of a live question that answer it, from their labels to their custom ids, in order."""
    return {label: custom_id for label, custom_id in buttons(message).items() if custom_id[:2] in ANSWERING}


def reply(result: InteractionResult) -> ResponseMessage:
    """The last private message in answer to a press, a form or a command; fails if there is none."""
    assert result.acknowledged, "nobody answered"
    found = result.followups[-1] if result.followups else result.response
    assert found is not None, f"acknowledged without words: {result}"
    assert found.ephemeral, "everybody can see this answer"
    return found


def contents(room: "Classroom") -> list[str]:
    """All that the file holds."""
    with closing(sqlite3.connect(f"file:{room.path}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def option_id(message: Message, option: str) -> str:
    """The custom id of the button that stands for an option, by its text or by its letter before the text."""
    labels = buttons(message)
    if option in labels:
        return labels[option]
    line = next(line for line in texts(message).splitlines() if line.endswith(f"** · {option}"))
    letter = line[2]
    return next(custom_id for label, custom_id in labels.items() if label.split(" ")[0] == letter)


@dataclass
class Classroom:
    """A server with a class, its channel, and the bot on a database file."""

    env: simcord.Env
    path: Path
    sets: Sequence[QuestionSet]
    bot: SeminarBot
    guild: simcord.GuildHandle
    channel: ChannelHandle
    manager: MemberActor
    """May manage the server; has no instructor role."""
    instructor: MemberActor
    """Has the instructor role, and no permission of Discord's beyond the students'."""
    students: list[MemberActor]

    @property
    def office(self) -> Office:
        """The desk of the bot that is running."""
        assert isinstance(self.bot.desk, Office)
        return self.bot.desk

    # What can be seen

    def rows(self, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query on the file, as another process would see them."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return connection.execute(statement, parameters).fetchall()

    def value(self, statement: str, **parameters: object) -> Any:
        """The one value of a query that gives one."""
        ((value,),) = self.rows(statement, **parameters)
        return value

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """The bot's public messages, oldest first; in the class's channel unless another is given."""
        return [
            message
            for message in (channel or self.channel).history()
            if message.author.id == self.env.backend.bot_user.id
            and not message.flags.ephemeral
            and message.type is discord.MessageType.default
        ]

    def newest(self, channel: ChannelHandle | None = None) -> discord.Message:
        """The bot's newest public message."""
        return self.posted(channel)[-1]

    def now(self, message: discord.Message) -> discord.Message:
        """A public message as it stands now."""
        history = self._handle(message.channel.id).history()
        return next(each for each in history if each.id == message.id)

    def direct_messages(self, member: MemberActor) -> list[str]:
        """What the bot has written to somebody in private messages."""
        return [texts(message) for message in self.posted(member.user.dm_channel)]

    # What happens to the server and to the bot

    def allow(self, permissions: discord.Permissions) -> None:
        """Change what the bot may do in the whole server."""
        backend = self.env.backend
        (role_id,) = backend.get_member(self.guild.id, backend.bot_user.id).role_ids
        backend.edit_role(self.guild.id, role_id, {"permissions": permissions.value})

    async def restart(self, *, away: float = 0) -> None:
        """End the process and start another one on the same file, ``away`` seconds later."""
        await self.env.settle()
        if away:
            await self.bot.close()
            await self.env.advance_time(away)
        self.office.close()
        self.bot = new_bot(open_office(self.path, random.Random(5)), self.sets)
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    async def until(self, holds: Callable[[], bool], *, seconds: int = 120) -> None:
        """Let time pass, second by second, until something holds; fails after so many seconds."""
        for _ in range(seconds):
            if holds():
                return
            await self.env.advance_time(1)
        raise AssertionError(f"it does not hold after {seconds} seconds")

    # What people do in a quiz

    async def lobby(
        self, name: str = "rivers", *, questions: int = 2, seconds: int = 20, **more: Any
    ) -> discord.Message:
        """The instructor opens a live quiz in the class's channel; gives the lobby's message."""
        opened = await self.instructor.slash(
            self.channel, "quiz live", set=name, questions=questions, seconds=seconds, **more
        )
        assert "The lobby is open" in texts(reply(opened))
        return self.newest()

    async def first_question(self, name: str = "rivers", **more: Any) -> discord.Message:
        """The instructor opens a live quiz and starts it; gives the first question's message."""
        await self.instructor.click(await self.lobby(name, **more), label="Start")
        return self.newest()

    async def close(self, question: discord.Message, *, seconds: int = 20) -> discord.Message:
        """The time of a question that has just been posted passes; gives its result's message."""
        await self.env.advance_time(seconds + GRACE + 2)
        return self.now(question)

    async def next_question(self) -> discord.Message:
        """Time passes until the bot posts something; gives it."""
        before = self.newest().id
        await self.until(lambda: self.newest().id != before)
        return self.newest()

    async def answer(self, member: MemberActor, question: Message, option: str) -> ResponseMessage:
        """Somebody presses the button of an option; gives the private reply."""
        return reply(await member.click(question, custom_id=option_id(question, option)))

    async def press_late(
        self, member: MemberActor, message: discord.Message, custom_id: str
    ) -> ResponseMessage:
        """Somebody presses a button of a message as it was seen earlier: the press was on its way while the
        message changed. Gives the private reply.
        """
        return (await self.press_at_once((member, message, custom_id)))[0]

    async def press_at_once(self, *presses: tuple[MemberActor, Message, str]) -> list[ResponseMessage]:
        """Presses that reach the bot before it has answered any of them: who, where, and the button's custom id.

        Gives the private replies.
        """
        records = [self._press(*press) for press in presses]
        await self.env.settle()
        return [reply(InteractionResult(self.env, record)) for record in records]

    def _press(self, member: MemberActor, message: Message, custom_id: str) -> Any:
        backend = self.env.backend
        channel_id = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
        record, payload = base_payload(
            backend,
            type=discord.InteractionType.component.value,
            channel_id=channel_id,
            guild_id=self.guild.id,
            user_id=member.id,
            data={"custom_id": custom_id, "component_type": BUTTON},
        )
        stored = backend.get_message(channel_id, message.id)
        record.source_message_id = stored.id
        plain = [each if isinstance(each, dict) else each.to_dict() for each in message.components]
        payload["message"] = {**serializers.message_payload(backend, stored), "components": plain}
        backend.emit("INTERACTION_CREATE", payload)
        return record

    async def deliver_again(self) -> None:
        """Discord delivers the last press, form or command once more, as it is."""
        payload = next(
            payload
            for kind, name, payload in reversed(self.env.backend.transcript)
            if (kind, name) == ("GATEWAY", "INTERACTION_CREATE")
        )
        self.env.backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()

    async def type_answer(self, member: MemberActor, question: Message, text: str) -> ResponseMessage:
        """Somebody opens the form and writes; gives the private reply."""
        form = await member.click(question, label="Answer")
        return reply(await member.submit_modal(form, {"answer-0": text}))

    async def host(self, action: str | None = None, member: MemberActor | None = None, **more: Any) -> str:
        """The instructor (or somebody else) uses ``/quiz host``; gives the reply's text."""
        if action is not None:
            more["action"] = action
        return texts(reply(await (member or self.instructor).slash(self.channel, "quiz host", **more)))

    def _handle(self, channel_id: int) -> ChannelHandle:
        places = [*self.guild.channels.values()]
        places += [thread for place in places for thread in place.threads]
        return next(place for place in places if place.id == channel_id)
