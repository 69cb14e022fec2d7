"""Makes the pictures of the documentation from a rehearsal: ``uv run docs/images/make_images.py``.

It needs Chromium. The pictures lie beside this file; the class, its answers and its arguments are scripted.
"""

import asyncio
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import simcord
from PIL import Image
from playwright.async_api import FloatRect, Locator, Page, async_playwright

from bot.config import bundled_questions
from bot.rehearsal.play import on_stage, served
from bot.rehearsal.screen import look_at
from bot.rehearsal.stage import Stage

FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH, HEIGHT, SCALE = 420, 2400, 2
SEED = 4
CLASSMATES = 30
COLOURS = 64
GAP = 24
MARGIN = 16
GROUND = "#313338"
LONGEST_WAIT = 600
"""Simulated seconds."""

BARE = """
    #toolbar, #channel-composer, .message-actions, [role=toolbar], .history-button { display: none !important; }
    article { background: transparent !important; }
"""


async def main() -> None:
    """Hold a short lesson, and take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.db"
        async with (
            on_stage(path, bundled_questions(), SEED, CLASSMATES) as stage,
            served(stage, port, Path("play.db")),
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            context = await browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, bypass_csp=True
            )
            page = await context.new_page()
            address = f"http://127.0.0.1:{port}"
            await stage.let_in_classmates(True)
            await quiz(stage, page, address)
            await debate(stage, page, address)
            await start_page(page, address)
            await browser.close()


async def quiz(stage: Stage, page: Page, address: str) -> None:
    """A live question with options, and its result."""
    room, host = stage.room.lesson_channel, stage.room.instructor.actor
    await command(stage, host.slash, room, "quiz live", set="social-credit", questions=5)
    lobby = next(m for m in stage.room.public_messages(room) if look_at(m).button("Start"))
    await command(stage, host.click, lobby, label="Start")
    options = r"(Question \d of 5 ·)[\s\S]*\*\*D\*\* · [\s\S]*1[2-9] people have answered"
    await until(stage, lambda: found(stage, room, options) is not None)
    heading = found(stage, room, options) or ""
    await look(stage, page, address, room.id)
    await save("live-question.png", await card(page, heading).screenshot())
    await until(stage, lambda: found(stage, room, rf"({heading})[\s\S]*Right answer") is not None)
    await look(stage, page, address, room.id)
    await save("result.png", await card(page, heading).screenshot())


async def debate(stage: Stage, page: Page, address: str) -> None:
    """A motion with the first arguments, and the outcome."""
    room, host = stage.room.debate_channel, stage.room.instructor.actor
    claims = await host.autocomplete(room, "debate open", "claim", "raise trust between strangers")
    await command(stage, host.slash, room, "debate open", claim=claims[0]["value"])
    thread = room.threads[-1]
    await until(stage, lambda: found(stage, thread, r"(### Argument 5 )") is not None)
    await look(stage, page, address, thread.id)
    motion = await card(page, "Sides are assigned").screenshot()
    await save("debate.png", side_by_side(motion, await card(page, "Attacks argument").screenshot()))
    for _ in range(150):
        await stage.tick(2)
    await command(stage, host.slash, thread, "debate close")
    await until(stage, lambda: found(stage, thread, "(## Outcome)") is not None)
    await look(stage, page, address, thread.id)
    await save("outcome.png", await card(page, "Outcome of the debate").screenshot())


async def start_page(page: Page, address: str) -> None:
    """Who, with whom and where: the start page down to its list of rooms."""
    await page.goto(address)
    await page.locator("#rooms li").nth(2).wait_for()
    rooms = await page.locator("section").filter(has=page.locator("#rooms")).bounding_box()
    height = HEIGHT if rooms is None else rooms["y"] + rooms["height"] + MARGIN
    clip: FloatRect = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    await save("start-page.png", await page.screenshot(clip=clip))


async def command(stage: Stage, act: Callable[..., Any], *given: object, **options: object) -> None:
    """Do something when nothing else moves."""
    async with stage.turn():
        await act(*given, **options)


async def until(stage: Stage, reached: Callable[[], bool]) -> None:
    """Let simulated time pass until something is to be seen."""
    for _ in range(LONGEST_WAIT):
        if reached():
            return
        await stage.tick(1)
    sys.exit("The lesson did not come to the moment of the next picture.")


def found(stage: Stage, room: simcord.ChannelHandle, pattern: str) -> str | None:
    """The first group of a pattern, if everybody can read it in a room now."""
    for message in stage.room.public_messages(room):
        match = re.search(pattern, look_at(message).text)
        if match is not None:
            return match[1]
    return None


async def look(stage: Stage, page: Page, address: str, room_id: int) -> None:
    """Go into a room, as a student, without the frame around it."""
    await page.goto("about:blank")
    await page.goto(f"{address}/open/{room_id}?as={stage.cast[1].user_id}")
    await page.locator("#preview-app[aria-busy=false]").wait_for()
    await page.add_style_tag(content=BARE)


def card(page: Page, words: str) -> Locator:
    """The frame of the first message with these words."""
    return page.locator("#channel-timeline .component-container").filter(has_text=words).first


def side_by_side(*pictures: bytes) -> bytes:
    """One picture of several, on the ground on which Discord shows them."""
    images = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    width = sum(image.width for image in images) + GAP * (len(images) - 1)
    whole = Image.new("RGB", (width, max(image.height for image in images)), GROUND)
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width + GAP
    written = BytesIO()
    whole.save(written, "PNG")
    return written.getvalue()


async def save(name: str, picture: bytes) -> None:
    """Write a picture with few colours, which is enough for text and keeps it small."""
    small = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS)
    path = FOLDER / name
    small.save(path, optimize=True)
    print(f"{path.name}: {small.width} x {small.height}, {path.stat().st_size / 1024:.0f} KiB")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
