"""What the server of ``seminar play`` answers, and whom it does not answer."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp
import pytest

from bot.rehearsal.play import PortTaken, served
from tests.rehearsal.house import open_house


async def test_start_page_and_state_are_there(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        async with client.get(house.address) as page:
            assert page.status == 200
            assert "a classroom to try" in await page.text()
            assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        async with client.get(f"{house.address}/seminar/state") as answer:
            state = await answer.json()
        assert [room["name"] for room in state["rooms"]] == ["class", "debates"]
        assert state["people"][0]["name"] == "Dr. Amara Okafor (instructor)"
        assert len(state["people"]) == 6
        assert state["open"] is None
        assert state["classmates"] is False


@pytest.mark.parametrize(
    "host", ["rebinding.example", "rebinding.example:{port}", "127.0.0.1", "127.0.0.1:1"]
)
async def test_other_host_names_are_refused(tmp_path: Path, host: str) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        headers = {"Host": host.format(port=house.port)}
        for path in ("/", "/seminar/state", "/app.js"):
            async with client.get(house.address + path, headers=headers) as answer:
                assert answer.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}"])
async def test_requests_of_foreign_pages_are_refused(tmp_path: Path, origin: str) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        headers = {"Origin": origin.format(port=house.port)}
        for path in ("/seminar/classmates", "/api/action", "/api/pages"):
            async with client.post(house.address + path, headers=headers, json={"on": True}) as answer:
                assert answer.status == 403
        assert house.stage.classmates is False


async def test_classmates_are_switched_on_and_off_by_our_own_page(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        address, own = f"{house.address}/seminar/classmates", {"Origin": house.address}
        async with client.post(address, headers=own, json={"on": True}) as answer:
            assert await answer.json() == {"classmates": True}
        async with client.post(address, headers=own, data={"on": "false"}) as answer:
            assert answer.status == 415
        async with client.post(address, headers=own, json={"on": False}) as answer:
            assert await answer.json() == {"classmates": False}


async def test_a_room_that_does_not_exist_leads_back_to_the_start(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        for path in ("/open/12345", "/open/class", "/room/12345"):
            async with client.get(house.address + path) as answer:
                assert answer.status == 200
                assert str(answer.url) == f"{house.address}/"
        async with client.get(f"{house.address}/api/state") as answer:
            assert answer.status == 410


async def test_without_the_secret_of_the_room_nothing_can_be_pressed(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, aiohttp.ClientSession() as client:
        await house.stage.open(house.stage.room.lesson_channel.id)
        async with client.post(f"{house.address}/api/pages", json={}) as answer:
            assert answer.status == 401


async def test_a_second_house_on_the_same_port_says_so(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with pytest.raises(PortTaken, match="--port"):
            async with served(house.stage, house.port, tmp_path / "play.db"):
                pass
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "play", "--port", str(house.port)), stdout=PIPE, stderr=PIPE
        )
        _, errors = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 1
        assert f"Port {house.port} is taken" in errors.decode()
        assert b"Traceback" not in errors
