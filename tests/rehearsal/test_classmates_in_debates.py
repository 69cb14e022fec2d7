"""The simulated classmates in a debate with all its options: they try the questions, restate, judge and sign."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.discord.room import reply
from tests.rehearsal.house import House, open_house

PASSED = """
    SELECT COUNT(*) FROM debater AS m JOIN run AS r ON r.run_id = m.gate_run_id
    WHERE r.end_reason = 'finished' AND m.side IS NOT NULL
"""


def count(folder: Path, query: str) -> int:
    with closing(sqlite3.connect(folder / "play.db")) as file:
        return int(file.execute(query).fetchone()[0])


async def opened(house: House, **options: object) -> None:
    """Open a debate that goes on by hand, and let people join."""
    room = house.stage.room
    host, channel = room.instructor.actor, room.debate_channel
    found = await host.autocomplete(channel, "debate open", "claim", "raise trust")
    async with house.stage.turn():
        planned = await host.slash(channel, "debate open", claim=found[0]["value"], minutes=0, **options)
        await host.click(reply(planned), label="Open it")


async def let_pass(house: House, seconds: int) -> None:
    for _ in range(seconds // 2):
        await house.stage.tick(2)


async def test_classmates_come_through_the_questions_restate_judge_and_sign(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.stage.let_in_classmates(True)
        await opened(house, gate=2, steelman=True)
        await let_pass(house, 60)
        (thread,) = house.stage.room.debate_channel.threads
        for _ in range(2):
            await house.as_instructor(thread, "debate advance")
        await let_pass(house, 160)
        assert count(tmp_path, PASSED) >= 8
        assert count(tmp_path, "SELECT COUNT(*) FROM argument") >= 5
        assert count(tmp_path, "SELECT COUNT(*) FROM restatement WHERE verdict = 'fair'") >= 1
        assert count(tmp_path, "SELECT COUNT(*) FROM argument WHERE relation = 'attacks'") >= 1
        for _ in range(2):
            await house.as_instructor(thread, "debate advance")
        await let_pass(house, 160)
        assert count(tmp_path, "SELECT COUNT(*) FROM comparison WHERE better IS NOT NULL") >= 3
        assert count(tmp_path, "SELECT COUNT(*) FROM signature") >= 2
        assert count(tmp_path, "SELECT COUNT(*) FROM stance WHERE phase = 'after'") >= 5
