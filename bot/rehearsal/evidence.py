"""What is really in the file: read apart from the bot, on a connection that cannot write, and compared with what was
acknowledged. Beside ``bot.store``, the only place that reads the tables, so that the bot does not vouch for itself.
"""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.bank.kinds import item_from_json
from bot.bank.response import response_from_json
from bot.rehearsal.ledger import Answer, Argued, Ledger, Vote, in_words

TABLES = {
    "question_set": "Question sets",
    "item": "Items",
    "learner": "Learners",
    "run": "Quizzes, live and private",
    "round": "Questions asked",
    "answer": "Answers",
    "debate": "Debates",
    "stance": "Stances, each change kept",
    "argument": "Arguments",
    "thread": "Threads",
    "message": "Messages in threads (who and when, not what)",
}
"""The tables a teacher may want to look into, and what they hold."""

ANSWERS = """
    SELECT l.user_id, r.mode, v.content, a.response
    FROM answer AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
    JOIN round AS o ON o.round_id = a.round_id
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
"""
# The newest event of a learner and phase: SQLite takes the other columns from the row of the maximum.
VOTES = """
    SELECT l.user_id, s.phase, s.standing, s.certainty, MAX(s.stance_id)
    FROM stance AS s
    JOIN learner AS l ON l.learner_id = s.learner_id
    GROUP BY s.debate_id, s.learner_id, s.phase
"""
ARGUMENTS = """
    SELECT l.user_id, a.number, a.claim, a.evidence, a.reasoning
    FROM argument AS a
    JOIN learner AS l ON l.learner_id = a.learner_id
"""

QUESTIONS = """
    SELECT o.position + 1, o.vote, v.content, COUNT(a.answer_id), COALESCE(SUM(a.outcome = 'right'), 0)
    FROM round AS o
    JOIN run AS r ON r.run_id = o.run_id
    JOIN revision AS v ON v.revision_id = o.revision_id
    LEFT JOIN answer AS a ON a.round_id = o.round_id
    WHERE r.mode = 'live'
    GROUP BY o.round_id
    ORDER BY o.run_id, o.position, o.vote
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A vote on a question of a live quiz: its place, first or second, how many answered, and how many rightly."""

    number: int
    vote: int
    prompt: str
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The file's content, as far as people were told that it is there; ``counts`` are rows by table."""

    answers: Counter[Answer]
    votes: Counter[Vote]
    arguments: Counter[Argued]
    questions: tuple[Asked, ...]
    counts: dict[str, int]
    rounds: int

    def missing(self, ledger: Ledger) -> list[str]:
        """What was acknowledged and is not there with the same content, in words."""
        lost: list[Answer | Vote | Argued] = [
            *(Counter(ledger.answers.values()) - self.answers).elements(),
            *(Counter(ledger.votes.values()) - self.votes).elements(),
            *(Counter(ledger.arguments) - self.arguments).elements(),
        ]
        return [str(entry) for entry in lost]

    def votes_in(self, phase: str) -> int:
        """How many people gave a stance in a phase."""
        return sum(count for vote, count in self.votes.items() if vote.phase == phase)


def read_evidence(path: Path) -> Evidence:
    """Read the file. Raises ``sqlite3.Error`` if it cannot be read."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        return Evidence(
            answers=Counter(_answer(*row) for row in file.execute(ANSWERS)),
            votes=Counter(Vote(*row[:4]) for row in file.execute(VOTES)),
            arguments=Counter(Argued(*row) for row in file.execute(ARGUMENTS)),
            questions=tuple(
                Asked(number, vote, item_from_json(content).prompt, answered, right)
                for number, vote, content, answered, right in file.execute(QUESTIONS)
            ),
            counts={table: _count(file, f"SELECT COUNT(*) FROM {table}") for table in TABLES},
            rounds=_count(file, "SELECT COUNT(*) FROM round WHERE state = 'closed'"),
        )


def _count(file: sqlite3.Connection, statement: str) -> int:
    return int(file.execute(statement).fetchone()[0])


def _answer(user_id: int, mode: str, content: str, response: str) -> Answer:
    item = item_from_json(content)
    return Answer(user_id, mode, item.id, in_words(item, response_from_json(response)))
