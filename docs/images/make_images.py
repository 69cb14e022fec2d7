"""Makes the pictures of the documentation from a rehearsal: ``uv run docs/images/make_images.py``.

It needs Chromium. The pictures lie beside this file; the class, its answers and its arguments are scripted.
"""

import asyncio
import random
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import simcord
from PIL import Image
from playwright.async_api import FloatRect, Locator, Page, async_playwright

from bot.app import read_questions
from bot.config import bundled_questions
from bot.rehearsal.hands import Hands
from bot.rehearsal.knowledge import Book
from bot.rehearsal.ledger import Ledger
from bot.rehearsal.play import on_stage, served
from bot.rehearsal.screen import answer_to, look_at
from bot.rehearsal.stage import Stage
from bot.rehearsal.students import make_students

FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH, HEIGHT, SCALE = 420, 2400, 2
SEED = 4
CLASSMATES = 30
COLOURS = 64
GAP = 24
MARGIN = 16
EDGE = 6
GROUND = "#313338"
LONGEST_WAIT = 600
"""Simulated seconds."""

ABILITIES = {"Guess": -1.2, "Fairly sure": 0.6, "Certain": 1.3}
"""How much the one who practises alone knows of what they are so sure of, as ``students`` reckons it."""

BARE = """
    #toolbar, #channel-composer, .message-actions, [role=toolbar], .history-button { display: none !important; }
    .channel-header { visibility: hidden !important; }
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
            await second_vote(stage, page, address)
            await certainty(stage, page, address)
            await debate(stage, page, address)
            await start_page(page, address)
            await browser.close()


async def quiz(stage: Stage, page: Page, address: str) -> None:
    """A live question with options, its result, and the class at the end."""
    room = stage.room.lesson_channel
    await start_quiz(stage, questions=5)
    options = r"(Question \d of 5 ·)[\s\S]*\*\*D\*\* · [\s\S]*1[2-9] people have answered"
    await until(stage, lambda: found(stage, room, options) is not None)
    heading = found(stage, room, options) or ""
    await look(stage, page, address, room.id)
    await save("live-question.png", await card(page, heading).screenshot())
    await until(stage, lambda: found(stage, room, rf"({heading})[\s\S]*Right answer") is not None)
    await look(stage, page, address, room.id)
    await save("result.png", await card(page, heading).screenshot())
    await until(stage, lambda: found(stage, room, "(The quiz is over)") is not None)
    await look(stage, page, address, room.id)
    await save("class.png", await down_to_its_chart(page, card(page, "Results ·"), "Results ·"))


async def second_vote(stage: Stage, page: Page, address: str) -> None:
    """What a discussion changed: the lower part of a result, from its heading to its picture."""
    room, host = stage.room.lesson_channel, stage.room.instructor.actor
    await start_quiz(stage, questions=1, tag="reasoning", revote="host")
    await until(stage, lambda: found(stage, room, "(The first vote is over)") is not None)
    await command(stage, host.slash, room, "quiz host", action="second")
    heading = "Before and after the discussion"
    await until(stage, lambda: found(stage, room, f"({heading})") is not None)
    await look(stage, page, address, room.id)
    await save("second-vote.png", await down_to_its_chart(page, card(page, heading), heading))


async def certainty(stage: Stage, page: Page, address: str) -> None:
    """What a learner sees who practised alone and said how sure they were."""
    room, person = stage.room.lesson_channel, stage.cast[1]
    hands = Hands(Book(read_questions([bundled_questions()])), Ledger())
    (student,) = make_students([person], SEED)
    rng, sure = random.Random(SEED), "Guess"
    async with stage.turn():
        begun = await person.actor.slash(room, "quiz take", set="social-credit", questions=50, certainty=True)
        seen = answer_to(begun)
        while seen is not None and not seen.text.startswith("### Your result"):
            onward = next((b for b in seen.buttons if b.label in ("Next question", "See my result")), None)
            if onward is not None:
                seen = await hands.press(student, seen, onward.label)
            elif seen.button("Guess") is not None:
                seen = await hands.press(student, seen, sure)
            else:
                sure = rng.choices(list(ABILITIES), (1, 2, 2))[0]
                seen = await hands.answer_alone(replace(student, ability=ABILITIES[sure]), seen)
        await person.actor.slash(room, "progress", view="certainty")
    await look(stage, page, address, room.id)
    heading = "How sure you are"
    await save("certainty.png", await down_to_its_chart(page, card(page, heading), heading))


async def start_quiz(stage: Stage, **options: object) -> None:
    """Open a live quiz, and press its button."""
    room, host = stage.room.lesson_channel, stage.room.instructor.actor
    await command(stage, host.slash, room, "quiz live", set="social-credit", **options)
    lobby = next(m for m in reversed(stage.room.public_messages(room)) if look_at(m).button("Start"))
    await command(stage, host.click, lobby, label="Start")


async def debate(stage: Stage, page: Page, address: str) -> None:
    """A motion with an argument, the map, and the outcome."""
    room, host = stage.room.debate_channel, stage.room.instructor.actor
    claims = await host.autocomplete(room, "debate open", "claim", "raise trust between strangers")
    async with stage.turn():
        preview = await host.slash(room, "debate open", claim=claims[0]["value"], minutes=0)
        await host.click(preview.response, label="Open it")
    thread = room.threads[-1]
    await go_on(stage, thread, to="Rebuttals", after=60)
    await until(stage, lambda: found(stage, thread, "(Attacks argument)") is not None)
    await look(stage, page, address, thread.id)
    motion = await card(page, "Sides are assigned").screenshot()
    await save("debate.png", side_by_side(motion, await card(page, "Attacks argument").screenshot()))
    await go_on(stage, thread, to="Your stance after", after=150)
    await stage.tick(3)
    await look(stage, page, address, thread.id)
    heading = "Map of the arguments"
    await save("map.png", await down_to_its_chart(page, card(page, heading), heading))
    for _ in range(120):
        await stage.tick(1)
    await command(stage, host.slash, thread, "debate close")
    await until(stage, lambda: found(stage, thread, "(## Outcome)") is not None)
    await look(stage, page, address, thread.id)
    await save("outcome.png", await card(page, "Outcome of the debate").screenshot())


async def go_on(stage: Stage, thread: simcord.ChannelHandle, *, to: str, after: int) -> None:
    """Let so many seconds pass, and lead the debate to a stage."""
    for _ in range(after):
        await stage.tick(1)
    while found(stage, thread, rf"(### {to} \()") is None:
        await command(stage, stage.room.instructor.actor.slash, thread, "debate advance")
        await stage.tick(3)


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


async def down_to_its_chart(page: Page, whole: Locator, words: str) -> bytes:
    """A message from the text with these words down to the end of its picture."""
    shown = Image.open(BytesIO(await whole.screenshot()))
    frame = await whole.bounding_box()
    first = await whole.get_by_text(words).first.bounding_box()
    chart = await whole.locator("img").first.bounding_box()
    if frame is None or first is None or chart is None:
        sys.exit(f"There is no picture below “{words}”.")
    top, bottom = first["y"] - EDGE, chart["y"] + chart["height"] + EDGE
    upper, lower = (round((edge - frame["y"]) * SCALE) for edge in (top, bottom))
    written = BytesIO()
    shown.crop((0, max(upper, 0), shown.width, lower)).save(written, "PNG")
    return written.getvalue()


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
