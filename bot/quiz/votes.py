"""Which vote counts, where a question was voted on twice. Pure; answers are whatever the caller keeps of them.

One's own result goes by the latest vote that one gave: whoever voted only the first time keeps that answer. What
was known at the first try is said by the first one. The class's result goes by the last vote that anybody gave.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from bot.ids import RoundId
from bot.quiz.run import Round

Given = TypeVar("Given")

Votes = Sequence[Round]
"""The votes on one question, in order: one, or a first and a second one."""


def by_question(rounds: Iterable[Round]) -> list[Votes]:
    """The rounds of a run, question by question."""
    ordered = sorted(rounds, key=lambda each: (each.position, each.vote))
    return [tuple(votes) for _, votes in groupby(ordered, key=lambda each: each.position)]


def counting(votes: Votes, given: Mapping[RoundId, Given]) -> tuple[Round, Given | None]:
    """The vote that counts of a learner's ``given`` answers, with the answer; None where there is none."""
    for vote in reversed(votes):
        answer = given.get(vote.round_id)
        if answer is not None:
            return vote, answer
    return votes[-1], None


def last_cast(votes: Votes, given: Mapping[RoundId, Sequence[Given]]) -> tuple[Round, Sequence[Given]]:
    """The last vote of a class that anybody took part in, with its answers."""
    vote, answers = counting(votes, {round_id: each for round_id, each in given.items() if each})
    return vote, answers or ()
