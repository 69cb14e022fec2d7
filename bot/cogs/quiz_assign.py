"""``/quiz assign`` and ``/quiz status``: quizzes that each learner takes alone, by a date."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.actions.assigning import AssignmentPlan, draft_assignment
from bot.actions.assignment_reports import assignments_in
from bot.actions.attempts import own_assignments
from bot.actions.settings import time_zone_for
from bot.bank.item import Category
from bot.cogs.explained import explained
from bot.cogs.suggestions import (
    CATEGORIES,
    LEVELS,
    moment_typed,
    narrowed,
    suggest_assignment,
    suggest_due,
    suggest_opening,
    suggest_set,
    suggest_tag,
)
from bot.errors import NotFound
from bot.ids import AssignmentId, ChannelId
from bot.quiz.assignment import Counting, Drawn
from bot.quiz.options import RunOptions
from bot.quiz.showing import Showing, When
from bot.quiz.typed_moment import END_OF_DAY, START_OF_DAY
from bot.views.assignment_words import COUNTING_WORDS, WHEN_WORDS
from bot.views.assignments import instructors_list, learners_list, preview_of, status_of
from bot.views.authority import is_instructor, require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.own_assignment import overview_of
from bot.views.places import check_place, chosen_place
from bot.views.replies import reply

DRAWS = [
    app_commands.Choice(name="the same questions for everybody", value=Drawn.SAME.value),
    app_commands.Choice(name="each attempt draws its own", value=Drawn.EACH.value),
]
COUNTS = [app_commands.Choice(name=words, value=each.value) for each, words in COUNTING_WORDS.items()]
WHENS = [app_commands.Choice(name=words, value=when.value) for when, words in WHEN_WORDS.items()]


@app_commands.command(
    name="assign", description="Instructors: set a quiz that people take on their own, by a date"
)
@app_commands.describe(
    set="The question set",
    due="Until when, for instance: friday 18:00, in 3 days, 1 December",
    category="Only questions of one category (all if left out)",
    tag="Only questions on one topic",
    difficulty="Only easy, medium or hard questions",
    questions="How many questions (10 if left out)",
    items="Just these questions, by their ids, separated by commas",
    draw="Whether everybody gets the same questions (yes if left out)",
    opens="From when on (at once if left out)",
    attempts="How many attempts each learner has (1 if left out; 0 for any number)",
    counts="Which attempt counts, if there are several (the best one if left out)",
    minutes="The time for an attempt, in minutes (no limit if left out)",
    marks="When marks are shown (when handed in, if left out)",
    answers="When right answers are shown (after the due date if left out)",
    explanations="When explanations are shown (after the due date if left out)",
    certainty="Ask how sure people are of each answer (no if left out)",
    channel="Where it is announced (here, or in the default channel, if left out)",
    remind="Remind people privately before it is due (yes if left out)",
)
@app_commands.choices(
    category=CATEGORIES,
    difficulty=LEVELS,
    draw=DRAWS,
    counts=COUNTS,
    marks=WHENS,
    answers=WHENS,
    explanations=WHENS,
)
@app_commands.autocomplete(set=suggest_set, tag=suggest_tag, due=suggest_due, opens=suggest_opening)
@explained
async def assign(
    interaction: discord.Interaction,
    set: str,
    due: str,
    category: str | None = None,
    tag: str | None = None,
    difficulty: str | None = None,
    questions: app_commands.Range[int, 1, 50] = 10,
    items: str | None = None,
    draw: str = Drawn.SAME.value,
    opens: str | None = None,
    attempts: app_commands.Range[int, 0, 20] = 1,
    counts: str = Counting.HIGHEST.value,
    minutes: app_commands.Range[int, 1, 720] | None = None,
    marks: str = When.AFTER.value,
    answers: str = When.AFTER_DUE.value,
    explanations: str = When.AFTER_DUE.value,
    certainty: bool = False,
    channel: discord.TextChannel | None = None,
    remind: bool = True,
) -> None:
    """Show a preview of the assignment; its buttons set or discard it."""
    await require_instructor(interaction, "set assignments")
    desk, guild_id, at = desk_of(interaction), guild_of(interaction), desk_of(interaction).now()
    zone = await desk.read(time_zone_for, guild_id=guild_id)
    place = await chosen_place(interaction, channel)
    check_place(place, thread=False)
    plan = AssignmentPlan(
        set_key=set,
        due_at=await moment_typed(due, what="due date", zone=zone, at=at, day_means=END_OF_DAY),
        opens_at=None
        if opens is None
        else await moment_typed(opens, what="opening", zone=zone, at=at, day_means=START_OF_DAY),
        category=None if category is None else Category(category),
        focus=narrowed(tag, difficulty),
        items=() if items is None else tuple(items.replace(",", " ").split()),
        questions=questions,
        drawn=Drawn(draw),
        attempts=attempts or None,
        counting=Counting(counts),
        time_limit=None if minutes is None else timedelta(minutes=minutes),
        options=RunOptions(
            certainty=certainty,
            showing=Showing(marks=When(marks), answers=When(answers), explanations=When(explanations)),
        ),
        channel_id=ChannelId(place.id),
        reminds=remind,
    )
    preview = await desk.run(
        draft_assignment, guild_id=guild_id, user_id=user_of(interaction), plan=plan, rng=desk.rng, at=at
    )
    await reply(interaction, preview_of(preview, zone.key, at))


@app_commands.command(name="status", description="Your assignments; for instructors, how far everybody is")
@app_commands.describe(assignment="Which assignment (a list of them if left out)")
@app_commands.autocomplete(assignment=suggest_assignment)
@explained
async def status(interaction: discord.Interaction, assignment: str | None = None) -> None:
    """Show a learner their assignments, and an instructor how far everybody is; privately."""
    desk, guild_id, at = desk_of(interaction), guild_of(interaction), desk_of(interaction).now()
    instructs = await is_instructor(interaction)
    if assignment is not None:
        if not assignment.isascii() or not assignment.isdigit():
            raise NotFound("assignment", assignment)
        chosen = AssignmentId(int(assignment))
        shown = await status_of(interaction, chosen) if instructs else await overview_of(interaction, chosen)
    elif instructs:
        shown = instructors_list(await desk.read(assignments_in, guild_id=guild_id, at=at))
    else:
        own = await desk.read(own_assignments, guild_id=guild_id, user_id=user_of(interaction), at=at)
        shown = learners_list(own)
    await reply(interaction, shown)


def assignment_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The commands of ``/quiz`` for assignments."""
    return [assign, status]
