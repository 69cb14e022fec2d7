"""The simulated classroom: a server with its channels, roles and people, and the bot with few permissions.

Only what SimCord offers to everybody is used, so that a newer one can take its place. Knows nothing of quizzes.
"""

import random
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
import simcord

from bot.rehearsal.names import person_names

NEEDED_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    attach_files=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""All that the bot is given, here and by the link that invites it."""

SERVER_NAME = "Social Credit Seminar"
BOT_NAME = "Seminar"
SETTLE_SECONDS = 30.0
"""Real time that the bot may take to come to rest after something happened, on a busy machine."""

SIMULATION_BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
"""SimCord's clock starts here and can only be moved forwards."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the server: the name that everybody sees, and the hands to act with."""

    name: str
    actor: simcord.MemberActor

    @property
    def user_id(self) -> int:
        """Discord's id of the person."""
        return self.actor.id


@dataclass(frozen=True, slots=True)
class Classroom:
    """The server with its people. ``owner`` may manage it; ``instructor`` has the role Instructor."""

    env: simcord.Env
    lesson_channel: simcord.ChannelHandle
    debate_channel: simcord.ChannelHandle
    owner: Person
    instructor: Person
    students: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody but the bot."""
        return (self.instructor, *self.students, self.owner)

    def rooms(self) -> Iterator[simcord.ChannelHandle]:
        """Each channel, followed by its threads, the oldest first."""
        for channel in (self.lesson_channel, self.debate_channel):
            yield channel
            yield from channel.threads

    def public_messages(self, room: simcord.ChannelHandle) -> list[discord.Message]:
        """What everybody sees in a room, the oldest first."""
        return [message for message in room.history(viewer=self.owner.actor) if not message.flags.ephemeral]

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        user = self.env.bot.user
        return 0 if user is None else user.id

    def now(self) -> datetime:
        """The moment on the simulated clock."""
        return self.env.now()


@asynccontextmanager
async def open_classroom(
    bot: discord.Client, *, students: int, rng: random.Random, begin: datetime = SIMULATION_BEGINS
) -> AsyncGenerator[Classroom]:
    """Build the server, bring the bot into it, and choose the instructor role as its owner would.

    The clock starts at ``begin``, or where SimCord starts if that is later. Errors of the bot that nobody saw are
    raised at the end, as an ``ExceptionGroup``.
    """
    # The server is older than the bot's arrival: an idle client holds the place while the clock is moved.
    idle = discord.Client(intents=discord.Intents.none())
    async with simcord.run(idle, settle_timeout=SETTLE_SECONDS) as env:
        if idle.user is not None:
            await idle.user.edit(username=BOT_NAME)
        await env.advance_time(max((begin - SIMULATION_BEGINS) / timedelta(seconds=1), 0.0))
        room = _build(env, students, rng)
        await env.restart_bot(bot)
        await room.owner.actor.slash(
            room.lesson_channel,
            "settings",
            instructor_role=room.owner.actor.guild.roles["Instructor"],
        )
        yield room


def _build(env: simcord.Env, students: int, rng: random.Random) -> Classroom:
    owner = env.create_user("head", global_name="Ingrid Vos (head of department)")
    guild = env.create_guild(SERVER_NAME, owner=owner)
    lesson = _channel(guild, "class", "Quizzes, live and together")
    debates = _channel(guild, "debates", "Each debate has a thread of its own")
    instructor = guild.add_member(
        env.create_user("dr.okafor", global_name="Dr. Amara Okafor (instructor)"),
        roles=[guild.create_role("Instructor")],
    )
    names = person_names(students, rng)
    return Classroom(
        env=env,
        lesson_channel=lesson,
        debate_channel=debates,
        owner=Person("Ingrid Vos (head of department)", simcord.MemberActor(env, guild, owner)),
        instructor=Person("Dr. Amara Okafor (instructor)", instructor),
        students=tuple(
            Person(name, guild.add_member(env.create_user(_user_name(name, at), global_name=name)))
            for at, name in enumerate(names, start=1)
        ),
    )


def _channel(guild: simcord.GuildHandle, name: str, topic: str) -> simcord.ChannelHandle:
    """A text channel in which the bot may do what it needs and nothing else."""
    few = discord.PermissionOverwrite.from_pair(NEEDED_PERMISSIONS, ~NEEDED_PERMISSIONS)
    return guild.create_text_channel(name, overwrites={guild.roles[BOT_NAME]: few}, topic=topic)


def _user_name(name: str, number: int) -> str:
    return f"{name.split()[0].lower()}{number}"
