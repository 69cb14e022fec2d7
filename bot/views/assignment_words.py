"""Assignments in words: how many, until when, which attempt counts, and what is shown when. Pure, without buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import discord

from bot.quiz.assignment import Assignment, Counting, Drawn
from bot.quiz.focus import EVERYTHING
from bot.quiz.showing import Showing, Shown, When
from bot.views.layout import duration, plural, soon
from bot.views.provenance import scope_words

COUNTING_WORDS = {
    Counting.HIGHEST: "the best one counts",
    Counting.FIRST: "the first one counts",
    Counting.LAST: "the last one counts",
    Counting.AVERAGE: "their average counts",
}

WHEN_WORDS = {
    When.DURING: "after each answer",
    When.AFTER: "when an attempt is handed in",
    When.AFTER_DUE: "after the due date",
}


def moment(at: datetime) -> str:
    """A moment on each person's own device, with how far away it is: ``1 December 2026 18:00 (in 5 days)``."""
    return f"{discord.utils.format_dt(at, 'f')} ({soon(at)})"


def size_words(assignment: Assignment) -> str:
    """How many questions on what: ``10 questions (statistic, easy), drawn anew for each attempt``."""
    narrowed = assignment.category is not None or assignment.focus != EVERYTHING
    scope = f" ({scope_words(assignment.category, assignment.focus)})" if narrowed else ""
    drawn = ", drawn anew for each attempt" if assignment.drawn is Drawn.EACH else ""
    return f"{plural(assignment.questions, 'question')}{scope}{drawn}"


def attempts_words(assignment: Assignment) -> str:
    """How many attempts there are, and which counts."""
    if assignment.attempts == 1:
        return "One attempt"
    count = "Any number of attempts" if assignment.attempts is None else f"{assignment.attempts} attempts"
    return f"{count}, {COUNTING_WORDS[assignment.counting]}"


def limit_words(base: timedelta | None, own: timedelta | None) -> str:
    """The time for an attempt; with extra time, both limits, as only the person is told."""
    if base is None:
        return "No time limit"
    if own is None:
        return f"No time limit for you (class: {duration(base)} for each attempt)"
    if own != base:
        return f"Your time for each attempt: {duration(own)} (class: {duration(base)})"
    return f"{duration(base)} for each attempt"


def showing_words(showing: Showing) -> str:
    """What is shown when, a line a moment: ``Shown after the due date: right answers and explanations``."""
    named = {
        "marks": showing.marks,
        "right answers": showing.answers,
        "explanations": showing.explanations,
    }
    return "\n".join(
        f"Shown {WHEN_WORDS[when]}: {_listed([name for name, each in named.items() if each is when])}"
        for when in When
        if when in named.values()
    )


def when_shown(shown: Shown, due_at: datetime) -> str | None:
    """What is not shown yet, and when it will be; None where all is shown."""
    later = [
        name
        for name, seen in (
            ("marks", shown.marks),
            ("right answers", shown.answers),
            ("explanations", shown.explanations),
        )
        if not seen
    ]
    return f"-# You see {_listed(later)} after the due date: {moment(due_at)}." if later else None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
