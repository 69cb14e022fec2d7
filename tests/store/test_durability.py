import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.answers import answers_of_round
from tests.classroom import Classroom, choice, plan, question_set

ROUNDS = 3


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path / "class.db", question_set(choice("river"), choice("lake")))


def kill_in_the_middle(room: Classroom, round_id: int, begin: int, lines: int) -> dict[int, int]:
    """Let a process answer, kill it with -9; gives the last interaction acknowledged for each learner."""
    script = Path(__file__).with_name("answering_process.py")
    command = [sys.executable, str(script), str(room.path), str(round_id), str(begin)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        heard += process.stdout.readlines()  # what it had said before it died
    said = [line.split() for line in heard if line.endswith("\n")]
    assert len(said) >= lines
    return {int(user): int(interaction) for user, interaction in said}


def test_every_acknowledged_answer_outlives_a_kill(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(questions=1))
    asked = room.start(run_id)
    rng = random.Random(20260302)
    for turn in range(1, ROUNDS + 1):
        room.close()
        acknowledged = kill_in_the_middle(room, asked.round_id, turn * 1_000_000, rng.randint(1, 400))
        room.reopen()
        stored = {given.user_id: given.interaction_id for given in answers_of_round(room.db, asked.round_id)}
        for user_id, interaction_id in acknowledged.items():
            assert stored[user_id] >= interaction_id
        assert room.rows("PRAGMA integrity_check") == [("ok",)]
        assert room.rows("PRAGMA foreign_key_check") == []


def test_a_run_goes_on_after_a_kill(room: Classroom) -> None:
    run_id = room.open_live(asked_for=plan(questions=2))
    asked = room.start(run_id)
    room.close()
    kill_in_the_middle(room, asked.round_id, 1, 50)
    room.reopen()
    room.run_out(run_id)
    assert room.go_on(run_id).position == 1
