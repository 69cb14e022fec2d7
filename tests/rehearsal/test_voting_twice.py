"""The simulated classmates in a quiz whose host has them vote twice and asks how sure they are."""

import re
from pathlib import Path

from tests.rehearsal.house import House, open_house

SHIFT = re.compile(r"First vote: \d+ of (\d+) right.*\n-# Second vote: \d+ of (\d+) right")


async def until(house: House, words: str) -> str:
    """Let time pass until somebody can read these words in the lesson's room; gives the whole message."""
    room = house.stage.room.lesson_channel
    for _ in range(300):
        found = [text for text in house.texts(room) if words in text]
        if found:
            return found[-1]
        await house.stage.tick(1)
    raise AssertionError(f"“{words}” did not come up")


async def test_classmates_vote_a_second_time_and_answer_nothing_in_between(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        room = house.stage.room.lesson_channel
        await house.stage.let_in_classmates(True)
        await house.as_instructor(
            room, "quiz live", set="social-credit", questions=1, revote="host", certainty=True
        )
        await house.as_instructor(room, "quiz host", action="start")
        await until(house, "The first vote is over")
        for _ in range(30):
            await house.stage.tick(1)
        assert "The first vote is over" in await until(house, "The first vote is over")
        await house.as_instructor(room, "quiz host", action="second")
        result = await until(house, "Before and after the discussion")
        voted = SHIFT.search(result)
        assert voted is not None
        assert min(map(int, voted.groups())) > 5, result
