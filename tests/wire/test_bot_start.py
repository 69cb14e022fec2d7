"""The real bot's process where it cannot start."""

from pathlib import Path

from bot.supervisor import MISCONFIGURED
from tests.wire.lesson import new_process
from tests.wire.server import LoopbackDiscord

WRONG = "wrong.token.of-somebody"


async def test_wrong_token_ends_the_process_with_a_clear_message(
    server: LoopbackDiscord, tmp_path: Path
) -> None:
    async with new_process(server, tmp_path, DISCORD_TOKEN=WRONG) as bot:
        assert await bot.ended() == MISCONFIGURED
    assert "Discord refused the token" in bot.output()
    assert "DISCORD_TOKEN" in bot.output()
    assert WRONG not in bot.output()
    assert "Traceback" not in bot.output()
