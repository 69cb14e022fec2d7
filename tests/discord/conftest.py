"""A class on a simulated Discord (SimCord): the real bot, the real discord.py client, people who press and type.

The surface, all of it:

- ``classroom``: the fixture. People (``instructor``, ``students``, ``manager``), places (``channel``), ``env``
  (SimCord's, whose clock is moved with ``await env.advance_time(seconds)``), ``rows(sql)`` to look into the file,
  ``newest(channel)``/``refreshed(message)`` to read, ``restart()`` for a new process on the same file.
- ``question_sets``: a fixture that a test module may override with its own sets.
- ``texts(message)`` and ``buttons(message)``: what stands in a message; ``reply(result)``: what a person was
  answered privately.

After each test the fixture checks what holds for all of them: Discord would take every request, nothing pinged
anybody but a host, no private reply was shown in public, and the bot raised nothing.
"""

import random
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord import ResponseMessage

from bot.app import new_bot, open_office
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot
from bot.office import Office
from tests.discord.lessons import LESSONS
from tests.discord.requests import pings
from tests.openapi import complaints, specification

Json = dict[str, Any]
Message = discord.Message | ResponseMessage

ROW, BUTTON, TEXT = 1, 2, 10

BOT_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""What the README asks for, and no more."""

PEOPLE_PERMISSIONS = BOT_PERMISSIONS | discord.Permissions(use_application_commands=True)


@dataclass
class Classroom:
    """A server with a class, its channel, and the bot on a database file."""

    env: simcord.Env
    path: Path
    sets: Sequence[QuestionSet]
    office: Office
    bot: SeminarBot
    guild: simcord.GuildHandle
    bot_role_id: int
    channel: simcord.ChannelHandle
    manager: simcord.MemberActor
    instructor: simcord.MemberActor
    students: list[simcord.MemberActor]
    hosts: set[int] = field(default_factory=set)
    """Ids of those whom the bot may mention: the hosts, when nobody answers."""

    def rows(self, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query on the file, as another process would see them."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return connection.execute(statement, parameters).fetchall()

    def value(self, statement: str, **parameters: object) -> Any:
        """The one value of a query that gives one."""
        ((value,),) = self.rows(statement, **parameters)
        return value

    def newest(self, channel: simcord.ChannelHandle | None = None) -> discord.Message:
        """The newest public message of the bot, in the class's channel unless another is given."""
        return self.posted(channel)[-1]

    def posted(self, channel: simcord.ChannelHandle | None = None) -> list[discord.Message]:
        """The bot's public messages, oldest first."""
        return [
            message
            for message in (channel or self.channel).history()
            if message.author.id == self.env.backend.bot_user.id
            and not message.flags.ephemeral
            and message.type is discord.MessageType.default
        ]

    def refreshed(self, message: Message) -> discord.Message:
        """The message as it stands now."""
        channel_id = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
        handle = next(
            each for each in self._channels() if each.id == channel_id
        )
        return next(each for each in handle.history() if each.id == message.id)

    def allow(self, permissions: discord.Permissions) -> None:
        """Change what the bot may do in the whole server."""
        self.env.backend.edit_role(self.guild.id, self.bot_role_id, {"permissions": permissions.value})

    async def restart(self, *, away: float = 0) -> None:
        """End the process and start another one on the same file, ``away`` seconds later."""
        await self.env.settle()
        if away:
            await self.bot.close()
            await self.env.advance_time(away)
        self.office.close()
        self.office = open_office(self.path, random.Random(5))
        self.bot = new_bot(self.office, self.sets)
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    def _channels(self) -> Iterator[simcord.ChannelHandle]:
        for channel in self.guild.channels.values():
            yield channel
            yield from channel.threads


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    """The sets that every server may use. A test module may have its own."""
    return LESSONS


@pytest.fixture
async def simcord_bot(tmp_path: Path, question_sets: Sequence[QuestionSet]) -> SeminarBot:
    """The bot of ``simcord_env``, on a new database file. Its office is ``bot.desk``."""
    return new_bot(open_office(tmp_path / "class.db", random.Random(4)), question_sets)


@pytest.fixture
async def classroom(
    simcord_env: simcord.Env, simcord_bot: SeminarBot, tmp_path: Path, question_sets: Sequence[QuestionSet]
) -> AsyncIterator[Classroom]:
    """A class whose instructor has the role that was chosen with ``/settings``."""
    env = simcord_env
    office = simcord_bot.desk
    guild = env.create_guild("School")
    backend = env.backend
    bot_role_id = backend.get_member(guild.id, backend.bot_user.id).role_ids[0]
    backend.edit_role(guild.id, bot_role_id, {"permissions": BOT_PERMISSIONS.value})
    backend.edit_role(guild.id, guild.id, {"permissions": 0})  # @everyone
    people = guild.create_role("People", permissions=PEOPLE_PERMISSIONS)
    teaching = guild.create_role("Teaching")
    managing = guild.create_role("Managing", permissions=discord.Permissions(manage_guild=True))
    manager = guild.add_member(env.create_user("manager"), roles=[people, managing])
    instructor = guild.add_member(env.create_user("instructor"), roles=[people, teaching])
    students = [guild.add_member(env.create_user(f"student{n}"), roles=[people]) for n in range(6)]
    room = Classroom(
        env=env,
        path=tmp_path / "class.db",
        sets=question_sets,
        office=office,
        bot=simcord_bot,
        guild=guild,
        bot_role_id=bot_role_id,
        channel=guild.create_text_channel("class"),
        manager=manager,
        instructor=instructor,
        students=students,
        hosts={instructor.id, manager.id},
    )
    await manager.slash(room.channel, "settings", instructor_role=teaching)
    yield room
    await env.settle()
    room.office.close()
    assert pings(env.http_requests, room.hosts) == []
    if specification() is not None:
        assert complaints(env.http_requests) == []


def parts(message: Message) -> Iterator[Json]:
    """Every component of a message as plain JSON, from top to bottom."""

    def walk(components: Sequence[Any]) -> Iterator[Json]:
        for component in components:
            plain: Json = component if isinstance(component, dict) else component.to_dict()
            yield plain
            yield from walk(plain.get("components") or [])
            if "accessory" in plain:
                yield from walk([plain["accessory"]])

    yield from walk(message.components)


def texts(message: Message) -> str:
    """All text of a message, block by block."""
    return "\n".join(part["content"] for part in parts(message) if part["type"] == TEXT)


def buttons(message: Message) -> dict[str, str]:
    """The buttons of a message from their labels to their custom ids, in order."""
    return {part["label"]: part["custom_id"] for part in parts(message) if part["type"] == BUTTON}


def reply(result: simcord.InteractionResult) -> ResponseMessage:
    """The last private message in answer to a press, a form or a command. Fails if there is none or it is public."""
    assert result.acknowledged, "nobody answered"
    found = result.followups[-1] if result.followups else result.response
    assert found is not None, f"acknowledged without words: {result}"
    assert found.ephemeral, "everybody can see this answer"
    return found
