"""How a live run moves: what follows a closed question, a pause, a resumption. Pure decisions.

Whoever calls says what has happened; the answer says where the run stands next and when it is due again.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.quiz.run import EndReason, Pace, PauseReason, RunState

LOBBY_LIMIT = timedelta(hours=1)
PAUSE_LIMIT = timedelta(hours=1)
WAITING_LIMIT = timedelta(hours=1)
QUIET_LIMIT = 2
"""So many questions in a row without any answer pause the run."""

GRACE = timedelta(seconds=1.5)
"""A click made in time may arrive this much later; the question is closed only then."""

SLOWEST_POST = timedelta(seconds=10)
"""A question's message is not taken to be older than this when it is first known to be there."""

EXTENSION = timedelta(seconds=30)
"""What one press of "more time" adds."""

READING_SPEED = 18
"""Characters a second at which an explanation is read on a phone: about 200 words a minute."""

SHORTEST_REVEAL = timedelta(seconds=10)
LONGEST_REVEAL = timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a run is: rounds count from 0; ``quiet_rounds`` in a row had no answer."""

    position: int
    total: int
    pace: Pace
    quiet_rounds: int


@dataclass(frozen=True, slots=True)
class Step:
    """Where the run stands next; ``due_in`` is the time until it must be looked at again (None: never)."""

    state: RunState
    position: int
    quiet_rounds: int
    due_in: timedelta | None = None
    pause_reason: PauseReason | None = None
    end_reason: EndReason | None = None


def after_question(course: Course, *, answers: int, explanation: str) -> Step:
    """What follows a question that has just closed with so many answers.

    After the last question the run ends. After ``QUIET_LIMIT`` questions without an answer it pauses.
    """
    quiet = 0 if answers else course.quiet_rounds + 1
    if course.position + 1 >= course.total:
        return Step(RunState.ENDED, course.position, quiet, end_reason=EndReason.FINISHED)
    if quiet >= QUIET_LIMIT:
        return Step(
            RunState.PAUSED, course.position, quiet, due_in=PAUSE_LIMIT, pause_reason=PauseReason.NOBODY
        )
    match course.pace:
        case Pace.AUTO:
            due_in = reading_time(explanation)
        case Pace.HOST:
            due_in = WAITING_LIMIT
    return Step(RunState.REVEALING, course.position, quiet, due_in=due_in)


def next_question(course: Course) -> Step:
    """The next question opens. It is due only once it has been posted, so ``due_in`` is None."""
    if course.position + 1 >= course.total:
        return Step(RunState.ENDED, course.position, course.quiet_rounds, end_reason=EndReason.FINISHED)
    return Step(RunState.ASKING, course.position + 1, course.quiet_rounds)


def waited_too_long(course: Course, state: RunState) -> Step:
    """What a run becomes that nobody has moved on in time, by the state it waited in."""
    match state:
        case RunState.LOBBY:
            reason = EndReason.NEVER_STARTED
        case RunState.PAUSED:
            reason = EndReason.PAUSED_TOO_LONG
        case RunState.REVEALING | RunState.DISCUSSING | RunState.ASKING | RunState.ENDED:
            reason = EndReason.LEFT_WAITING
    return Step(RunState.ENDED, course.position, course.quiet_rounds, end_reason=reason)


def reading_time(explanation: str) -> timedelta:
    """How long a result stays before the next question of an automatic run: by the length of its text."""
    needed = timedelta(seconds=5 + len(explanation) / READING_SPEED)
    return min(max(needed, SHORTEST_REVEAL), LONGEST_REVEAL)
