"""The simulated classmates when the class is asked what it thinks."""

import re
from pathlib import Path

from tests.discord.room import reply
from tests.rehearsal.house import House, open_house

PAGE = re.compile(r"(\d+) people answered\. The bar is the share that agrees\.")


async def opened(house: House) -> None:
    """Post a class opinion on one topic."""
    room, host = house.stage.room.lesson_channel, house.stage.room.instructor.actor
    async with house.stage.turn():
        shown = await host.slash(room, "opinion open", set="social-credit", tag="privacy")
        assert shown.response is not None
        await host.click(shown.response, label="Post it")


async def test_classmates_answer_all_statements_and_the_result_shows_it(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        room = house.stage.room.lesson_channel
        await house.stage.let_in_classmates(True)
        await opened(house)
        for _ in range(60):
            await house.stage.tick(2)
        async with house.stage.turn():
            asked = await house.stage.room.instructor.actor.slash(room, "opinion close")
            await house.stage.room.instructor.actor.click(reply(asked), label="Yes, close it")
        for _ in range(5):
            await house.stage.tick(2)
        bars, no_map = house.texts(room)[-2:]
        answered = PAGE.search(bars)
        assert answered is not None, bars
        assert 6 <= int(answered[1]) <= 10
        assert bars.count("\nAgree: ") >= 3
        assert "There is no map this time." in no_map


async def test_classmates_who_stay_out_say_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        room = house.stage.room.lesson_channel
        await opened(house)
        for _ in range(5):
            await house.stage.tick(2)
        assert "Nobody has answered yet." in house.texts(room)[-1]
