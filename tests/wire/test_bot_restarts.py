"""The real bot's process killed at the worst moments, and stopped in the middle of its work."""

import asyncio
import random
from pathlib import Path

from tests.wire.interactions import Interaction
from tests.wire.lesson import (
    CONFIRMED,
    Lesson,
    answers,
    at_message,
    confirmed,
    new_process,
    option_buttons,
    soundness,
)
from tests.wire.process import BotProcess
from tests.wire.server import LoopbackDiscord, all_settled
from tests.wire.world import Message

SEED = 20260302
KILLS = 3


def lost_answers(database: Path, clicks: list[Interaction]) -> list[Interaction]:
    """The confirmed clicks whose answer, or a later one of the same person, is not in the file."""
    newest = {given.user_id: given.interaction_id for given in answers(database)}
    return [click for click in confirmed(clicks) if newest.get(click.user_id, 0) < click.id]


async def kill_in_the_middle(
    server: LoopbackDiscord, bot: BotProcess, question: Message, students: list[int], rng: random.Random
) -> list[Interaction]:
    """Everybody changes an answer over and over, until the bot dies at some moment; gives all the clicks."""
    buttons, clicks = option_buttons(question), list[Interaction]()

    async def waver(student: int) -> None:
        answered = True
        while answered:
            clicks.append(server.click(question, rng.choice(buttons), student))
            answered = await clicks[-1].settled()

    with at_message(server, rng.randint(1, 3 * len(students)), "", bot.process.kill):
        class_ = [asyncio.create_task(waver(student)) for student in students]
        await bot.ended()
    for each in class_:
        each.cancel()
    await asyncio.gather(*class_, return_exceptions=True)
    return clicks


async def test_kill_under_load_loses_no_confirmed_answer_and_the_quiz_goes_on(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    rng, students, clicks = random.Random(SEED), server.add_people(300), list[Interaction]()
    async with new_process(server, tmp_path) as bot:
        await server.gateway.ready()
        question = await lesson.open(questions=1, seconds=5, pace="auto")
        for kill in range(1, KILLS + 1):
            clicks += await kill_in_the_middle(server, bot, question, students, rng)
            await bot.start()
            await server.gateway.ready(identified=kill + 1)
        # Nobody touches it any more: the clock closes the question, and the quiz ends.
        await server.wait_for_message("## Results", within=25)
        assert await bot.stop() == 0
    assert len(confirmed(clicks)) < len(clicks)
    assert lost_answers(tmp_path / "class.db", clicks) == []
    assert soundness(tmp_path / "class.db") == []
    assert len(lesson.messages(1)) == 1
    assert "Traceback" not in bot.output()


async def test_kill_right_after_posting_posts_the_question_once(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    student = server.add_person("Ada")
    async with new_process(server, tmp_path) as bot:
        await server.gateway.ready()
        lesson.total = 1
        # The question is there, but the bot dies before it hears of it.
        with at_message(server, 1, lesson.heading(1), bot.process.kill):
            question = await lesson.open(questions=1)
            await bot.ended()
        await bot.start()
        await server.gateway.ready(identified=2)
        assert CONFIRMED in (await server.click(question, option_buttons(question)[0], student)).text
        await lesson.end(1)
    assert [message.id for message in lesson.messages(1)] == [question.id]
    posts = [request.body["nonce"] for request in server.sent("POST", f"/channels/{server.channel}/messages")]
    assert len(posts) - len(set(posts)) == 1


async def test_sigterm_in_the_middle_of_a_batch_ends_cleanly(
    server: LoopbackDiscord, lesson: Lesson, tmp_path: Path
) -> None:
    rng, students = random.Random(SEED), server.add_people(300)
    async with new_process(server, tmp_path) as bot:
        await server.gateway.ready()
        question = await lesson.open(questions=1)
        with at_message(server, rng.randint(1, 250), CONFIRMED, bot.process.terminate):
            clicks = [server.click(question, rng.choice(option_buttons(question)), who) for who in students]
            assert await bot.ended() == 0
        # Whoever closes the file last folds the log of writes into it.
        assert not (tmp_path / "class.db-wal").exists()
        await all_settled(clicks)
    assert confirmed(clicks)
    assert lost_answers(tmp_path / "class.db", clicks) == []
    assert "SIGTERM" in bot.output()
    assert "Traceback" not in bot.output()
