"""A class with assignments: steps for tests of setting one and of taking attempts at it."""

import random
from dataclasses import replace
from datetime import timedelta

from bot.actions.assigning import AssignmentPlan, draft_assignment, set_assignment
from bot.actions.attempts import Overview, assignment_overview, begin_attempt, hand_in
from bot.actions.own_answers import answer_own
from bot.actions.own_runs import (
    OwnFeedback,
    OwnKept,
    OwnQuestion,
    OwnResult,
    OwnSheet,
    OwnStep,
    next_step,
    own_result,
)
from bot.bank.form import Filled
from bot.ids import AssignmentId, GuildId, InteractionId, RoundId, RunId, UserId
from bot.quiz.assignment import Assignment
from bot.quiz.options import RunOptions
from bot.quiz.run import Round
from bot.quiz.showing import Showing, When
from bot.store.assignments import find_assignment
from tests.classroom import (
    ANNA,
    GUILD,
    HOST,
    Classroom,
    as_given,
    right_answer,
    wrong_answer,
)

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

AFTER = RunOptions(showing=Showing(marks=When.AFTER, answers=When.AFTER, explanations=When.AFTER))
AFTER_DUE = RunOptions(
    showing=Showing(marks=When.AFTER_DUE, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
)
MARKS_FIRST = RunOptions(
    showing=Showing(marks=When.AFTER, answers=When.AFTER_DUE, explanations=When.AFTER_DUE)
)


def asked_for(room: Classroom, **plan: object) -> AssignmentPlan:
    """What an instructor asks for: all four questions of the set, due in a week, feedback after an attempt."""
    usual = AssignmentPlan("geography", room.now + 7 * DAY, questions=4, options=AFTER)
    return replace(usual, **plan)  # type: ignore[arg-type]


def assign(room: Classroom, *, guild_id: GuildId = GUILD, seed: int = 1, **plan: object) -> Assignment:
    """Draft and set an assignment, and let the clock open it if it opens at once."""
    preview = room.do(
        draft_assignment,
        guild_id=guild_id,
        user_id=HOST,
        plan=asked_for(room, **plan),
        rng=random.Random(seed),
        at=room.now,
    )
    assignment_id = preview.assignment.assignment_id
    room.do(set_assignment, guild_id=guild_id, assignment_id=assignment_id, at=room.now)
    room.tick()
    return stored(room, assignment_id)


def stored(room: Classroom, assignment_id: AssignmentId) -> Assignment:
    """The assignment as it stands."""
    found = find_assignment(room.db, assignment_id)
    assert found is not None
    return found


def overview(room: Classroom, assignment: Assignment, user_id: UserId = ANNA) -> Overview:
    """How it stands for a learner."""
    return assignment_overview(
        room.db,
        guild_id=assignment.guild_id,
        user_id=user_id,
        assignment_id=assignment.assignment_id,
        at=room.now,
    )


def press_begin(
    room: Classroom, assignment: Assignment, user_id: UserId = ANNA, *, number: int = 1, seed: int = 7
) -> OwnStep:
    """Press the button for an attempt of that number."""
    return room.do(
        begin_attempt,
        guild_id=assignment.guild_id,
        user_id=user_id,
        assignment_id=assignment.assignment_id,
        number=number,
        rng=random.Random(seed),
        at=room.now,
    )


def begin(
    room: Classroom, assignment: Assignment, user_id: UserId = ANNA, *, number: int = 1, seed: int = 7
) -> OwnQuestion:
    """Begin an attempt; gives its first question."""
    shown = press_begin(room, assignment, user_id, number=number, seed=seed)
    assert isinstance(shown, OwnQuestion)
    return shown


def give(
    room: Classroom,
    round_id: RoundId,
    answer: int | str | Filled,
    user_id: UserId = ANNA,
    *,
    interaction_id: InteractionId | None = None,
    seconds_ago: float = 0,
) -> OwnKept | OwnFeedback:
    """Answer a question; the click was made so long ago."""
    return room.do(
        answer_own,
        guild_id=GUILD,
        user_id=user_id,
        round_id=round_id,
        answer=as_given(answer),
        interaction_id=interaction_id or room.click(),
        at=room.now - timedelta(seconds=seconds_ago),
    )


def onward(room: Classroom, run_id: RunId, user_id: UserId = ANNA, *, past: int = -1) -> OwnStep:
    """Where the learner goes on."""
    return next_step(room.db, guild_id=GUILD, user_id=user_id, run_id=run_id, at=room.now, past=past)


def work(
    room: Classroom, run_id: RunId, user_id: UserId = ANNA, *, miss: frozenset[str] = frozenset()
) -> OwnSheet | OwnResult:
    """Answer all that is open, the items of ``miss`` wrongly, and stop before handing in."""
    shown = onward(room, run_id, user_id)
    while isinstance(shown, OwnQuestion):
        asked = shown.asked
        give(
            room,
            asked.round_id,
            wrong_answer(asked) if asked.item.id in miss else right_answer(asked),
            user_id,
        )
        shown = onward(room, run_id, user_id)
    assert isinstance(shown, (OwnSheet, OwnResult))
    return shown


def hand(room: Classroom, run_id: RunId, user_id: UserId = ANNA) -> OwnResult:
    """Hand an attempt in."""
    return room.do(hand_in, guild_id=GUILD, user_id=user_id, run_id=run_id, at=room.now)


def attempt(
    room: Classroom,
    assignment: Assignment,
    user_id: UserId = ANNA,
    *,
    number: int = 1,
    seed: int = 7,
    miss: frozenset[str] = frozenset(),
) -> OwnResult:
    """Begin an attempt, answer everything and hand it in."""
    first = begin(room, assignment, user_id, number=number, seed=seed)
    work(room, first.run.run_id, user_id, miss=miss)
    return hand(room, first.run.run_id, user_id)


def result(room: Classroom, run_id: RunId, user_id: UserId = ANNA) -> OwnResult:
    """How an attempt has gone, as far as it is shown now."""
    return own_result(room.db, guild_id=GUILD, user_id=user_id, run_id=run_id, at=room.now)


def keys(rounds: list[Round]) -> list[str]:
    """The ids of the items that were asked, in order."""
    return [asked.item.id for asked in rounds]
