"""The ``classroom`` fixture: a class on a simulated Discord (SimCord), with the real bot and the real discord.py.

What a test can use, all of it:

- ``classroom`` (``room.Classroom``): people, places, ``env`` (SimCord's: ``await env.advance_time(seconds)``),
  ``rows(sql)`` on the database file, ``posted()``/``newest()``/``now(message)`` to read what is public,
  ``allow(permissions)``, ``restart()`` for another process on the same file, and what people do in a quiz.
- ``question_sets``: a fixture that a test module may override with its own sets.
- from ``room``: ``texts(message)``, ``buttons(message)``, ``reply(result)``; from ``sent``: ``posts``, ``edits``.

After each test it is checked that Discord would have taken every request, that nothing could ping anybody but a
host, that every answer was private, that custom ids hold no words, and that the bot raised nothing.
"""

import random
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import discord
import pytest
import simcord

from bot.app import new_bot, open_office
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot
from bot.insight.charts.sheet import Sheet
from tests.discord.lessons import LESSONS
from tests.discord.room import Classroom
from tests.discord.sent import faults
from tests.openapi import complaints, specification

BOT_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    attach_files=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""What the README asks for, and no more."""


@pytest.fixture(scope="session", autouse=True)
def _drawing_is_at_hand() -> None:
    """The first picture of a process loads matplotlib, which on a busy machine takes as long as SimCord waits."""
    Sheet(100).png()


@pytest.fixture
def question_sets() -> Sequence[QuestionSet]:
    """The sets that every server may use. A test module may have its own."""
    return LESSONS


@pytest.fixture
async def simcord_bot(tmp_path: Path, question_sets: Sequence[QuestionSet]) -> SeminarBot:
    """The bot of SimCord's fixture ``simcord_env``, on a new database file."""
    return new_bot(open_office(tmp_path / "class.db", random.Random(4)), question_sets)


@pytest.fixture
async def classroom(
    simcord_env: simcord.Env, simcord_bot: SeminarBot, tmp_path: Path, question_sets: Sequence[QuestionSet]
) -> AsyncIterator[Classroom]:
    """A class whose instructor has the role that was chosen with ``/settings``."""
    env = simcord_env
    guild = env.create_guild("School")
    people = guild.create_role(
        "People", permissions=BOT_PERMISSIONS | discord.Permissions(use_application_commands=True)
    )
    teaching = guild.create_role("Teaching")
    managing = guild.create_role("Managing", permissions=discord.Permissions(manage_guild=True))
    room = Classroom(
        env=env,
        path=tmp_path / "class.db",
        sets=question_sets,
        bot=simcord_bot,
        guild=guild,
        channel=guild.create_text_channel("class"),
        manager=guild.add_member(env.create_user("manager"), roles=[people, managing]),
        instructor=guild.add_member(env.create_user("instructor"), roles=[people, teaching]),
        students=[guild.add_member(env.create_user(f"student{n}"), roles=[people]) for n in range(6)],
    )
    env.backend.edit_role(guild.id, guild.default_role.id, {"permissions": 0})
    room.allow(BOT_PERMISSIONS)
    await room.manager.slash(room.channel, "settings", instructor_role=teaching)
    yield room
    await env.settle()
    room.office.close()
    assert faults(env.http_requests, hosts=[room.instructor.id, room.manager.id]) == []
    if specification() is not None:
        assert complaints(env.http_requests) == []
