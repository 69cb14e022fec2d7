"""The phases of `scale.py` with one live quiz: a class plays it with all that costs time, and its process is killed."""

import asyncio
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.reports import question_set
from benchmarks.stand import (
    BUSY,
    CHANNEL,
    GUILD,
    HOST,
    IDLE,
    OPTIONS,
    OTHER_CHANNEL,
    Report,
    Stand,
    bare_rows,
    everybody,
    standing,
    standing_again,
)
from bot.actions.accommodating import accommodate
from bot.actions.answering import Answered, answer_round, say_certainty
from bot.actions.hosting import start_run
from bot.actions.joining import join_run
from bot.actions.open_live import LivePlan, open_live
from bot.actions.questions import publish_bundled
from bot.actions.quiz_reports import live_runs, my_result, round_board, run_board, summary_board
from bot.ids import ChannelId, RoundId, RunId, UserId
from bot.quiz.accommodation import Accommodation
from bot.quiz.certainty import Certainty
from bot.quiz.options import RunOptions
from bot.quiz.run import Pace
from bot.store.answers import count_answers
from bot.store.runs import round_at

QUESTIONS = 10
TIME_LIMIT = timedelta(seconds=30)
COSTLY = RunOptions(certainty=True, teams=6, speed_points=True, board=True)
EXTRA_TIME = Accommodation(factor=1.5)
ONE_IN = 20
"""One person of so many has extra time."""

JOIN, ANSWER, CERTAINTY, LATE = "join", "answer", "say how sure", "late answer"
OVERTIME, CLOSE, NEXT = "wait for the late", "close a question", "ask the next one"
LOBBY, OPEN_BOARD, RESULT_BOARD = "read: lobby", "read: question", "read: its result"
SUMMARY, MY_RESULT = "read: summary", "read: my result"


async def play(path: Path, people: int, parent: Connection) -> None:
    """A class plays a live quiz to its end; in the middle of a second one it is interrupted."""
    report = Report()
    with standing(path, report) as stand:
        await stand.run(publish_bundled, sets=[question_set()], at=stand.moment)
        stand.note_memory(IDLE)
        crowd = everybody(people)
        for user_id in crowd[::ONE_IN]:
            await stand.run(
                accommodate,
                guild_id=GUILD,
                person=user_id,
                accommodation=EXTRA_TIME,
                by=HOST,
                at=stand.moment,
            )
        run_id = await begin_quiz(stand, CHANNEL, crowd)
        for position in range(QUESTIONS):
            await one_question(stand, run_id, position, crowd)
        await look_back(stand, run_id, crowd)
        stand.note_memory(BUSY)
        report.bare = bare_rows(path, people)
        asked = await question_at(stand, await begin_quiz(stand, OTHER_CHANNEL, crowd), 0)
        await answer_all(stand, ANSWER, asked, crowd)
        parent.send(report)
        while True:
            await answer_all(stand, ANSWER, asked, crowd)


async def go_on(path: Path, people: int, parent: Connection) -> None:
    """The second quiz after the restart: every answer is there."""
    report = Report()
    async with standing_again(path, report) as stand:
        [run] = await stand.read(live_runs, guild_id=GUILD)
        asked = await question_at(stand, run.run_id, 0)
        if await stand.read(count_answers, asked) != people:
            raise SystemExit("Answers were lost.")
    parent.send(report)


async def begin_quiz(stand: Stand, channel_id: ChannelId, crowd: list[UserId]) -> RunId:
    """Open a quiz, let everybody join, and ask the first question."""
    plan = LivePlan("bench", None, QUESTIONS, TIME_LIMIT, Pace.AUTO, own_thread=False, options=COSTLY)
    run_id = await stand.run(
        open_live,
        guild_id=GUILD,
        host_id=HOST,
        channel_id=channel_id,
        plan=plan,
        in_thread=False,
        rng=stand.rng,
        at=stand.moment,
    )
    presses = (
        stand.act(JOIN, join_run, guild_id=GUILD, run_id=run_id, user_id=user_id, at=stand.moment)
        for user_id in crowd
    )
    await asyncio.gather(*presses)
    await stand.look(LOBBY, run_board, run_id=run_id)
    await stand.run(start_run, guild_id=GUILD, run_id=run_id, at=stand.moment)
    await stand.publish()
    return run_id


async def one_question(stand: Stand, run_id: RunId, position: int, crowd: list[UserId]) -> None:
    """All answer and say how sure they are, those with extra time late; then comes the next question."""
    asked = await question_at(stand, run_id, position)
    slow = crowd[::ONE_IN]
    quick = [user_id for user_id in crowd if user_id not in slow]
    given = await answer_all(stand, ANSWER, asked, quick)
    await asyncio.gather(
        *(say_how_sure(stand, user_id, each) for user_id, each in zip(quick, given, strict=True))
    )
    await stand.look(OPEN_BOARD, round_board, round_id=asked)
    await stand.tick(OVERTIME)
    await answer_all(stand, LATE, asked, slow)
    await stand.tick(CLOSE)
    await stand.look(RESULT_BOARD, round_board, round_id=asked)
    await stand.publish()
    if position + 1 < QUESTIONS:
        await stand.tick(NEXT)
        await stand.publish()


async def answer_all(stand: Stand, what: str, asked: RoundId, crowd: list[UserId]) -> list[Answered]:
    """All answer at the same moment."""
    presses = (
        stand.act(
            what,
            answer_round,
            guild_id=GUILD,
            round_id=asked,
            user_id=user_id,
            answer=stand.rng.randrange(OPTIONS),
            interaction_id=stand.click(),
            at=stand.moment,
        )
        for user_id in crowd
    )
    return await asyncio.gather(*presses)


async def say_how_sure(stand: Stand, user_id: UserId, given: Answered) -> None:
    """One person says how sure the answer is."""
    await stand.act(
        CERTAINTY,
        say_certainty,
        guild_id=GUILD,
        round_id=given.asked.round_id,
        user_id=user_id,
        given_by=given.given_by,
        certainty=stand.rng.choice(list(Certainty)),
        interaction_id=stand.click(),
        at=stand.moment,
    )


async def look_back(stand: Stand, run_id: RunId, crowd: list[UserId]) -> None:
    """The summary is shown, and everybody looks at their own result at the same moment."""
    for _ in range(QUESTIONS):
        await stand.look(SUMMARY, summary_board, run_id=run_id)
    looks = (
        stand.look(MY_RESULT, my_result, guild_id=GUILD, run_id=run_id, user_id=user_id) for user_id in crowd
    )
    await asyncio.gather(*looks)


async def question_at(stand: Stand, run_id: RunId, position: int) -> RoundId:
    """The question at that place of a run."""
    asked = await stand.read(round_at, run_id, position)
    if asked is None:
        raise SystemExit(f"There is no question {position + 1}.")
    return asked.round_id
