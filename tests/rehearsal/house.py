"""The classroom of ``seminar play`` for tests: served on a free port, its clock moved by hand."""

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import simcord

from bot.config import bundled_questions
from bot.rehearsal.play import on_stage, served
from bot.rehearsal.screen import look_at
from bot.rehearsal.stage import Stage
from tests.discord.room import reply


@dataclass(frozen=True, slots=True)
class House:
    """The open classroom and its address."""

    stage: Stage
    port: int

    @property
    def address(self) -> str:
        """Where the start page is."""
        return f"http://127.0.0.1:{self.port}"

    async def as_instructor(self, room: simcord.ChannelHandle, command: str, **options: object) -> None:
        """Have the instructor use a command."""
        async with self.stage.turn():
            await self.stage.room.instructor.actor.slash(room, command, **options)

    async def debate(self, claim: str) -> None:
        """Have the instructor open a debate on a claim."""
        room = self.stage.room
        async with self.stage.turn():
            planned = await room.instructor.actor.slash(room.debate_channel, "debate open", claim=claim)
            await room.instructor.actor.click(reply(planned), label="Open it")

    def texts(self, room: simcord.ChannelHandle) -> list[str]:
        """What everybody reads in a room."""
        return [look_at(message).text for message in self.stage.room.public_messages(room)]


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def open_house(folder: Path, seed: int = 5, questions: Path | None = None) -> AsyncGenerator[House]:
    """Open the classroom, with the bundled questions or those of a folder."""
    port, path = free_port(), folder / "play.db"
    async with on_stage(path, questions or bundled_questions(), seed) as stage, served(stage, port, path):
        yield House(stage, port)
