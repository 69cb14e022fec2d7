"""The phases of `scale.py` with open attempts: all are begun, answered, and due at the same moment.

Between beginning and end the process is killed. While they fall due, a class elsewhere answers a live question.
"""

import asyncio
import random
import time
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlite_utils import Database

from benchmarks.reports import question_set
from benchmarks.scale_live import question_at
from benchmarks.stand import (
    AT,
    BUSY,
    CHANNEL,
    GUILD,
    HOST,
    IDLE,
    OPTIONS,
    Report,
    Stand,
    bare_rows,
    everybody,
    standing,
    standing_again,
)
from bot.actions.answering import answer_round
from bot.actions.hosting import start_run
from bot.actions.open_live import LivePlan, askable, draw_rounds, open_live
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import create_own_run
from bot.actions.questions import publish_bundled
from bot.actions.schedule import do_what_is_due
from bot.bank.question_set import QuestionSet
from bot.ids import RoundId, RunId, UserId
from bot.quiz.focus import EVERYTHING
from bot.quiz.options import RunOptions
from bot.quiz.pacing import GRACE
from bot.quiz.run import Pace, RunMode
from bot.quiz.showing import Showing, When
from bot.scheduler import Scheduler
from bot.store.learners import learner_for
from bot.store.runs import rounds_of

QUESTIONS = 10
ENDS_AT = AT + timedelta(days=7)
AFTER_DUE = Showing(marks=When.AFTER_DUE, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
OPTIONS_OF_RUN = RunOptions(certainty=True, showing=AFTER_DUE)

CLASS_ELSEWHERE = 30
BETWEEN_ANSWERS_SECONDS = 0.005
ANSWERS_IN_PEACE = 200

BEGIN, ANSWER = "begin an attempt", "answer"
END = do_what_is_due.__name__
IN_PEACE, MEANWHILE = "live, before", "live, meanwhile"
ALL_ENDED = "all ended"

COUNTS = """
    SELECT (SELECT COUNT(*) FROM run WHERE mode = 'assignment' AND state <> 'ended'),
           (SELECT COUNT(*) FROM answer AS a JOIN round AS o ON o.round_id = a.round_id
            JOIN run AS r ON r.run_id = o.run_id WHERE r.mode = 'assignment')
"""


def begin_attempt(db: Database, *, user_id: UserId, rng: random.Random) -> RunId:
    """A learner's attempt at the ten questions, in an order of its own; it ends at ``ENDS_AT``."""
    learner_for(db, GUILD, user_id, AT)
    stored_set, items = askable(db, GUILD, "bench", None, EVERYTHING)
    return create_own_run(
        db,
        guild_id=GUILD,
        user_id=user_id,
        mode=RunMode.ASSIGNMENT,
        set_id=stored_set.set_id,
        category=None,
        focus=EVERYTHING,
        options=OPTIONS_OF_RUN,
        seed=rng.getrandbits(48),
        rounds=draw_rounds(items, QUESTIONS, rng),
        at=AT,
        closes_at=ENDS_AT,
        due_at=ENDS_AT + GRACE,
    )


async def attempt(path: Path, people: int, parent: Connection) -> None:
    """So many learners begin at once, then answer at once, each a question of their own; then they are interrupted."""
    report = Report()
    with standing(path, report) as stand:
        await stand.run(publish_bundled, sets=[ten_questions()], at=AT)
        stand.note_memory(IDLE)
        crowd = everybody(people)
        begun = await asyncio.gather(
            *(stand.act(BEGIN, begin_attempt, user_id=user_id, rng=stand.rng) for user_id in crowd)
        )
        sheets = [await stand.read(questions_of, run_id) for run_id in begun]
        for sheet in sheets:
            stand.rng.shuffle(sheet)
        for number in range(QUESTIONS):
            await answer_all(stand, crowd, [sheet[number] for sheet in sheets])
        stand.note_memory(BUSY)
        report.bare = bare_rows(path, people)
        parent.send(report)
        while True:
            await answer_all(stand, crowd, [stand.rng.choice(sheet) for sheet in sheets])


async def fall_due(path: Path, people: int, parent: Connection) -> None:
    """After the restart all attempts fall due at the same moment, and the scheduler ends them."""
    report = Report()
    async with standing_again(path, report) as stand:
        stand.note_memory(IDLE)
        require(await stand.read(open_and_answered), (people, people * QUESTIONS))
        elsewhere = await live_question(stand)
        for _ in range(ANSWERS_IN_PEACE):
            await live_answer(stand, IN_PEACE, elsewhere)
        stand.moment = ENDS_AT + GRACE
        stand.scheduler = Scheduler(stand)
        begun = time.perf_counter()
        stand.scheduler.aim(stand.pulse.due_at)
        while stand.pulse.due_at is not None:
            await live_answer(stand, MEANWHILE, elsewhere)
        report.once[ALL_ENDED] = time.perf_counter() - begun
        await stand.scheduler.close()
        require(await stand.read(open_and_answered), (0, people * QUESTIONS))
        stand.note_memory(BUSY)
    parent.send(report)


async def answer_all(stand: Stand, crowd: list[UserId], questions: list[RoundId]) -> None:
    """Everybody answers a question of their own attempt at the same moment."""
    presses = (
        stand.act(
            ANSWER,
            answer_own,
            guild_id=GUILD,
            user_id=user_id,
            round_id=round_id,
            answer=stand.rng.randrange(OPTIONS),
            interaction_id=stand.click(),
            at=stand.moment,
        )
        for user_id, round_id in zip(crowd, questions, strict=True)
    )
    await asyncio.gather(*presses)


async def live_question(stand: Stand) -> RoundId:
    """An open question of a live quiz that waits for its host."""
    plan = LivePlan("bench", None, 1, timedelta(minutes=10), Pace.HOST, own_thread=False)
    run_id = await stand.run(
        open_live,
        guild_id=GUILD,
        host_id=HOST,
        channel_id=CHANNEL,
        plan=plan,
        in_thread=False,
        rng=stand.rng,
        at=stand.moment,
    )
    await stand.run(start_run, guild_id=GUILD, run_id=run_id, at=stand.moment)
    return await question_at(stand, run_id, 0)


async def live_answer(stand: Stand, what: str, asked: RoundId) -> None:
    """One of the class answers, a moment after the one before."""
    await asyncio.sleep(BETWEEN_ANSWERS_SECONDS)
    await stand.act(
        what,
        answer_round,
        guild_id=GUILD,
        round_id=asked,
        user_id=UserId(stand.rng.randrange(CLASS_ELSEWHERE) + 1),
        answer=stand.rng.randrange(OPTIONS),
        interaction_id=stand.click(),
        at=stand.moment,
    )


def ten_questions() -> QuestionSet:
    """The questions that all of them answer."""
    every = question_set()
    return replace(every, items=every.items[:QUESTIONS])


def questions_of(db: Database, run_id: RunId) -> list[RoundId]:
    """The questions of an attempt."""
    return [asked.round_id for asked in rounds_of(db, run_id)]


def open_and_answered(db: Database) -> tuple[int, int]:
    """How many attempts are open, and how many answers there are to their questions."""
    [row] = db.conn.execute(COUNTS).fetchall()
    return int(row[0]), int(row[1])


def require(found: tuple[int, int], wanted: tuple[int, int]) -> None:
    """Raise SystemExit unless as many attempts are open, and as many answers stored, as there must be."""
    if found != wanted:
        raise SystemExit(f"Attempts open and answers stored: {found} instead of {wanted}.")
