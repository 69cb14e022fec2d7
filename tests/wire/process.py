"""A bot as a process of its own, to be killed without warning and started again."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

REPOSITORY = Path(__file__).parents[2]


class BotProcess:
    """`async with BotProcess(server.environment, "bot", "run", log=tmp_path / "bot.log") as bot:`.

    Starts `python -m <module> <arguments>`; whatever still runs at the end is killed.
    """

    def __init__(self, settings: Mapping[str, str], module: str, *arguments: str, log: Path) -> None:
        self.command = [sys.executable, "-m", module, *arguments]
        self.settings = dict(settings)
        self.log = log
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            await self.kill()

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    @property
    def pid(self) -> int:
        return self.process.pid

    async def start(self) -> None:
        """Starts it, again if need be; its output goes on in the same log."""
        with self.log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, cwd=REPOSITORY, env=os.environ | self.settings, stdout=output, stderr=output
            )

    async def kill(self) -> None:
        """SIGKILL: no chance to write anything."""
        self.process.kill()
        await self.process.wait()

    async def stop(self, *, within: float = 10.0) -> int:
        """SIGTERM; gives the exit status."""
        self.process.terminate()
        return await self.ended(within=within)

    async def ended(self, *, within: float = 10.0) -> int:
        return await asyncio.wait_for(self.process.wait(), within)

    def output(self) -> str:
        return self.log.read_text(errors="replace")
