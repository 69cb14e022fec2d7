"""``seminar play`` in a real browser: a headless Chromium presses what a visitor presses."""

import asyncio
import re
import shutil
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.bank.kinds import KINDS
from bot.rehearsal.stage import Stage
from tests.rehearsal.every_kind import write_questions
from tests.rehearsal.house import free_port, open_house

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
expect.set_options(timeout=15_000)
COUNT = re.compile(r"(\d+) (?:person has|people have) answered")


@asynccontextmanager
async def browser() -> AsyncGenerator[Page]:
    """A page the size of a phone's. Errors of the page's scripts fail the test."""
    faults: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await chromium.new_context(viewport={"width": 420, "height": 900})
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_default_timeout(20_000)
        yield page
        await chromium.close()
    assert faults == []


def timeline(page: Page) -> Locator:
    """The messages of the room that is shown."""
    return page.locator("#channel-timeline")


async def enter(page: Page, address: str, room: str, person: str) -> None:
    """Go into a room from the start page."""
    await page.goto(address)
    await page.get_by_label("Go in as").select_option(label=person)
    await page.get_by_role("link", name=room).click()
    await expect(page.get_by_label("Viewing as")).to_have_value(re.compile(r"\d+"))
    await expect(page.locator("#preview-app")).to_have_attribute("aria-busy", "false")


async def use_command(page: Page, command: str, typed: str, option: str, *, named: str | None = None) -> None:
    """Use a slash command whose first option is looked up; ``named`` where it has to be chosen, being optional."""
    await page.get_by_placeholder("Message #").fill(f"/{command}")
    found = page.locator(".command-popup").get_by_role("option")
    await found.first.wait_for()
    await page.keyboard.press("Enter")
    if named is not None:
        await expect(found.first).to_contain_text(named)
        await page.keyboard.press("Enter")
    await page.locator(".command-option-input").press_sequentially(typed)
    await found.filter(has_text=option).click()
    await page.get_by_role("button", name="Send").click()


async def test_start_page_lists_people_and_rooms_as_they_come(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, browser() as page:
        await page.goto(house.address)
        people = page.get_by_label("Go in as").locator("option")
        await expect(people).to_have_count(6)
        await expect(people.first).to_have_text("Dr. Amara Okafor (instructor)")
        rooms = page.locator("#rooms li")
        await expect(rooms).to_have_text([re.compile("#class"), re.compile("#debates")])
        room = house.stage.room
        claim = (
            await room.instructor.actor.autocomplete(room.debate_channel, "debate open", "claim", "trust")
        )[0]
        await house.debate(claim["value"])
        await expect(rooms).to_have_count(3)
        await expect(rooms.nth(2)).to_contain_text("Debate: ")
        await rooms.nth(2).get_by_role("link").click()
        await expect(timeline(page)).to_contain_text("Sides are assigned")
        await expect(timeline(page).get_by_role("button", name="My stance before")).to_be_visible()


async def test_a_lone_visitor_holds_a_quiz_and_sees_a_class(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, browser() as page:
        await enter(page, house.address, "#class", "Dr. Amara Okafor (instructor)")
        await use_command(page, "quiz live", "social", "social credit systems")
        await timeline(page).get_by_role("button", name="Start", exact=True).click()
        question = timeline(page).get_by_role("article").filter(has_text="Question 1 of 10 ·")
        await question.wait_for()
        await expect(timeline(page)).to_contain_text("Nobody has answered yet")

        student = house.stage.cast[1].name
        await page.get_by_label("Viewing as").select_option(label=student)
        answers = question.locator("button.component-button").filter(has_not_text="Host controls")
        await answers.first.click()
        form = page.locator("#modal-root")
        confirmed = timeline(page).get_by_text("Your answer is in:")
        await expect(confirmed.or_(form.get_by_role("button", name="Submit"))).to_be_visible()
        if not await confirmed.is_visible():
            await fill_in(form, house.stage)
        await confirmed.wait_for()

        await house.stage.let_in_classmates(True)
        counts: list[int] = []
        while house.stage.room.now() and len(counts) < 8:
            await house.stage.tick(3)
            found = COUNT.search("\n".join(house.texts(house.stage.room.lesson_channel)))
            counts.append(int(found[1]) if found else 0)
        assert counts == sorted(counts)
        assert counts[-1] >= 4
        await expect(timeline(page)).to_contain_text(re.compile(f"{counts[-1]} people have answered"))
        await house.stage.tick(12)
        await expect(timeline(page)).to_contain_text("Right answer:")


async def test_a_debate_is_opened_as_the_start_page_says(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, browser() as page:
        await page.goto(house.address)
        step = page.get_by_role("listitem").filter(has_text="A debate.")
        typed = await step.locator("kbd").all_inner_texts()
        assert typed == ["/debate open", "claim", "trust"]
        await expect(step).to_contain_text("Press Enter again, which takes the option claim.")
        await enter(page, house.address, "#debates", "Dr. Amara Okafor (instructor)")
        await use_command(page, typed[0].removeprefix("/"), typed[2], "raise trust", named=typed[1])
        await timeline(page).get_by_role("button", name="Open it", exact=True).click()
        await page.get_by_role("link", name="All rooms").click()
        await expect(page.locator("#rooms li").nth(2)).to_contain_text("Debate: ")


async def fill_in(form: Locator, stage: Stage) -> None:
    """Something into each field of a form, whatever it is: a line of text, a list, boxes to tick.

    The room is brought up to date meanwhile, and what was filled in stays.
    """
    await form.get_by_role("button", name="Submit").wait_for()
    lines, boxes = form.get_by_role("textbox"), form.get_by_role("checkbox")
    for line in await lines.all():
        await line.fill("4")
    for closed in await form.get_by_role("combobox").all():
        await closed.click()
        await form.get_by_role("option").last.click()
    for box in (await boxes.all())[:2]:
        await box.check()
    await stage.tick(6)
    for line in await lines.all():
        await expect(line).to_have_value("4")
        await line.fill("42")
    for box in (await boxes.all())[:2]:
        await expect(box).to_be_checked()
    await form.get_by_role("button", name="Submit").click()


async def test_a_visitor_answers_every_kind_by_hand(tmp_path: Path) -> None:
    async with open_house(tmp_path, questions=write_questions(tmp_path)) as house, browser() as page:
        await enter(page, house.address, "#class", house.stage.cast[1].name)
        await use_command(page, "quiz take", "every", "Every kind")
        shown = timeline(page).get_by_role("article").last
        total = len(KINDS) - 1  # a claim is no question
        for number in range(1, total + 1):
            await expect(shown).to_contain_text(f"Question {number} of {total}")
            onward = shown.get_by_role("button", name="Next question" if number < total else "See my result")
            await expect(onward).to_have_count(0)
            form = page.locator("#modal-root")
            if await shown.get_by_role("button", name="Answer", exact=True).is_visible():
                await shown.get_by_role("button", name="Answer", exact=True).click()
                await fill_in(form, house.stage)
            else:
                await shown.locator("button.component-button").first.click()
            await expect(shown).to_contain_text("You answered: ")
            await expect(form).to_be_hidden()
            await onward.click()
        await expect(shown).to_contain_text(f"of {total} questions right")
        await expect(shown).to_contain_text("42 to 42 cities")


async def test_an_old_tab_says_that_another_room_is_open(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, browser() as page:
        await enter(page, house.address, "#class", "Dr. Amara Okafor (instructor)")
        other = await page.context.new_page()
        await enter(other, house.address, "#debates", "Dr. Amara Okafor (instructor)")
        await expect(other.locator("#channel-name")).to_have_text("debates")
        note = page.get_by_role("alert").filter(has_text="One room is open at a time")
        await expect(note).to_contain_text("debates")
        await note.get_by_role("link", name="Open this room again").click()
        await expect(page.locator("#channel-name")).to_have_text("class")
        await expect(other.get_by_role("alert").filter(has_text="class")).to_be_visible()
        await page.get_by_role("link", name="All rooms").click()
        await expect(page).to_have_url(f"{house.address}/")


async def test_the_switch_on_the_start_page_lets_classmates_in(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, browser() as page:
        await page.goto(house.address)
        switch = page.get_by_role("switch", name="Simulated classmates")
        await expect(switch).not_to_be_checked()
        async with page.expect_response("**/seminar/classmates"):
            await switch.check()
        assert house.stage.classmates
        await page.reload()
        await expect(switch).to_be_checked()


async def test_the_command_itself_keeps_time_and_ends_cleanly(tmp_path: Path) -> None:
    port, path = free_port(), tmp_path / "play.db"
    command = [sys.executable, "-m", "bot", "play", "--port", str(port), "--database", str(path)]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    try:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}/" in (await process.stdout.readline()).decode()
        async with browser() as page:
            await enter(page, f"http://127.0.0.1:{port}/", "#class", "Dr. Amara Okafor (instructor)")
            await use_command(page, "quiz live", "social", "social credit systems")
            await timeline(page).get_by_role("button", name="Start", exact=True).click()
            await expect(timeline(page)).to_contain_text(re.compile("Closes in 2[0-6] seconds"))
        process.send_signal(signal.SIGINT)
        rest, errors = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == 0
    assert b"The classroom is closed" in rest
    assert errors == b""
    assert path.stat().st_size > 0
