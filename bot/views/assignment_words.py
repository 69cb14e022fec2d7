"""Assignments in words: how many, until when, which attempt counts, and what is shown when. Pure, without buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import discord

from bot.quiz.assignment import Assignment, Counting, Drawn
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
    When.AFTER: "when you have handed in",
    When.AFTER_DUE: "after the due date",
}


def moment(at: datetime) -> str:
    """A moment on each person's own device, with how far away it is: ``1 December 2026 18:00 (in 5 days)``."""
    return f"{discord.utils.format_dt(at, 'f')} ({soon(at)})"


def size_words(assignment: Assignment) -> str:
    """How many questions on what: ``10 questions (all categories), other ones in each attempt``."""
    scope = scope_words(assignment.category, assignment.focus)
    drawn = ", drawn anew for each attempt" if assignment.drawn is Drawn.EACH else ""
    return f"{plural(assignment.questions, 'question')} ({scope}){drawn}"


def attempts_words(assignment: Assignment) -> str:
    """How many attempts there are, and which counts."""
    if assignment.attempts == 1:
        return "one attempt"
    count = "any number of attempts" if assignment.attempts is None else f"{assignment.attempts} attempts"
    return f"{count}, {COUNTING_WORDS[assignment.counting]}"


def limit_words(base: timedelta | None, own: timedelta | None) -> str:
    """The time for an attempt; with extra time, both limits, as only the person is told."""
    if base is None:
        return "no time limit"
    if own is None:
        return f"no time limit for you (others have {duration(base)})"
    if own != base:
        return f"{duration(own)} for you (others have {duration(base)})"
    return f"{duration(base)} for an attempt"


def showing_words(showing: Showing) -> str:
    """What is shown when: ``Marks when you have handed in; right answers and explanations after the due date.``"""
    named = {
        "marks": showing.marks,
        "right answers": showing.answers,
        "explanations": showing.explanations,
    }
    parts = [
        f"{_listed([name for name, each in named.items() if each is when])} {WHEN_WORDS[when]}"
        for when in When
        if when in named.values()
    ]
    words = "; ".join(parts)
    return f"You see {words}."


def when_shown(showing: Showing, shown: Shown, due_at: datetime) -> str | None:
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
