"""How a debate moves through its stages: what comes next, when, and what a pause or more time does. Pure decisions.

Whoever calls says at which place the debate was when the person saw it: two instructors who go on at once move it once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.debate.formats import Planned, Stage, Timetable

SHORTEST_LENGTH = timedelta(minutes=1)
LONGEST_LENGTH = timedelta(days=30)
LONGEST_EXTENSION = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Course:
    """Where a debate is in its timetable: ``position`` counts from 0.

    ``due_at`` is when the stage ends by the clock. ``remaining`` is what was left of it when the debate was paused;
    ``paused`` says that it is.
    """

    timetable: Timetable
    position: int
    due_at: datetime | None = None
    paused: bool = False
    remaining: timedelta | None = None

    @property
    def planned(self) -> Planned:
        """The present stage as it was planned."""
        return self.timetable[self.position]

    @property
    def stage(self) -> Stage:
        """The present stage."""
        return self.planned.stage

    @property
    def is_last(self) -> bool:
        """Whether the debate closes after the present stage."""
        return self.position + 1 == len(self.timetable)

    @property
    def end_mark(self) -> int:
        """A number that changes when the end of the stage is moved: its moment, or what is left of it; seconds."""
        if self.due_at is not None:
            return int(self.due_at.timestamp())
        return 0 if self.remaining is None else int(self.remaining.total_seconds())


def begin(timetable: Timetable, at: datetime) -> Course:
    """A debate at its first stage."""
    return _at_place(timetable, 0, at)


def go_on(course: Course, at: datetime) -> Course | None:
    """The next stage; None after the last one. A paused debate goes on running with it."""
    return None if course.is_last else _at_place(course.timetable, course.position + 1, at)


def extend(course: Course, more: timedelta, at: datetime) -> Course:
    """The same stage for so much longer; a stage without an end gets one, counted from now."""
    if course.paused:
        return replace(course, remaining=(course.remaining or timedelta(0)) + more)
    start = at if course.due_at is None else max(course.due_at, at)
    return replace(course, due_at=start + more)


def pause(course: Course, at: datetime) -> Course:
    """The same stage with its clock stopped."""
    left = None if course.due_at is None else max(course.due_at - at, timedelta(0))
    return replace(course, due_at=None, paused=True, remaining=left)


def resume(course: Course, at: datetime) -> Course:
    """The same stage with its clock going on where it stopped."""
    due_at = None if course.remaining is None else at + course.remaining
    return replace(course, due_at=due_at, paused=False, remaining=None)


def _at_place(timetable: Timetable, position: int, at: datetime) -> Course:
    length = timetable[position].length
    return Course(timetable, position, None if length is None else at + length)
