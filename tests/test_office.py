"""The desk draws pictures beside everything else, and no failure of a drawing goes any further."""

import asyncio
import logging
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest

from bot.insight.charts.picture import Picture
from bot.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "class.db", discord.utils.utcnow, random.Random(1))
    yield office
    office.close()


def drawn_in_thread(name: str, *, alt: str) -> Picture:
    """A picture that says in which thread it was drawn."""
    return Picture(name, threading.current_thread().name.encode(), alt)


async def test_picture_is_drawn_in_a_thread_of_its_own(office: Office) -> None:
    drawn = await office.draw(drawn_in_thread, "a.png", alt="Words")
    assert drawn is not None
    assert (drawn.name, drawn.alt) == ("a.png", "Words")
    assert drawn.png.startswith(b"pictures")


async def test_pictures_are_drawn_one_after_the_other(office: Office) -> None:
    at_work: list[int] = []

    def chart(number: int) -> Picture:
        at_work.append(number)
        assert len(at_work) == 1
        at_work.remove(number)
        return Picture(f"{number}.png", b"", "Words")

    drawn = await asyncio.gather(*(office.draw(chart, number) for number in range(20)))
    assert [each and each.name for each in drawn] == [f"{number}.png" for number in range(20)]


async def test_picture_that_cannot_be_drawn_is_none_and_the_log_says_why(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert await office.draw(drawn_in_thread, "no name", alt="Words") is None
    assert "drawn_in_thread could not be drawn" in caplog.text
    assert "no name for a picture" in caplog.text
    assert await office.draw(drawn_in_thread, "a.png", alt="Words") is not None


async def test_closed_office_draws_nothing(office: Office) -> None:
    office.close()
    assert await office.draw(drawn_in_thread, "a.png", alt="Words") is None
