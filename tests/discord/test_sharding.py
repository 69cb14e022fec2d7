"""A bot with several connections does the same as one with a single connection."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.app import open_office
from bot.bank.question_set import QuestionSet
from bot.client import SeminarBot, ShardedSeminarBot
from tests.discord.lessons import RIGHT
from tests.discord.room import Classroom, texts


@pytest.fixture
async def simcord_bot(tmp_path: Path, question_sets: Sequence[QuestionSet]) -> SeminarBot:
    office = open_office(tmp_path / "class.db", random.Random(4))
    return ShardedSeminarBot(office, question_sets, shard_count=2)


async def test_quiz_runs_on_a_bot_with_two_shards(classroom: Classroom) -> None:
    question = await classroom.first_question(questions=1)
    await classroom.answer(classroom.students[0], question, RIGHT)
    assert "1 of 1" in texts(await classroom.close(question))
    assert texts(classroom.newest()).startswith("## Results")
