"""``/quiz take``: a quiz alone, in private and at one's own pace."""

from typing import Any

import discord
from discord import app_commands

from bot.actions.practice import begin_practice
from bot.bank.item import Category
from bot.cogs.explained import explained
from bot.cogs.suggestions import CATEGORIES, LEVELS, narrowed, suggest_set, suggest_tag
from bot.quiz.options import RunOptions
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.own_run import own_card
from bot.views.provenance import WHICH_WORDS
from bot.views.replies import reply

ONLY = [app_commands.Choice(name=words, value=which.value) for which, words in WHICH_WORDS.items()]


@app_commands.command(name="take", description="Take a quiz on your own: private, and at your own pace")
@app_commands.describe(
    set="The question set",
    category="Only questions of one category (all if left out)",
    tag="Only questions on one topic",
    difficulty="Only easy, medium or hard questions",
    only="Only what you missed, or only what is new to you",
    questions="How many questions (10 if left out)",
    certainty="Be asked how sure you are after each answer (no if left out)",
)
@app_commands.choices(category=CATEGORIES, difficulty=LEVELS, only=ONLY)
@app_commands.autocomplete(set=suggest_set, tag=suggest_tag)
@explained
async def take(
    interaction: discord.Interaction,
    set: str,
    category: str | None = None,
    tag: str | None = None,
    difficulty: str | None = None,
    only: str | None = None,
    questions: app_commands.Range[int, 1, 50] = 10,
    certainty: bool = False,
) -> None:
    """Begin a private quiz, or take it up where it was left."""
    desk = desk_of(interaction)
    shown = await desk.run(
        begin_practice,
        guild_id=guild_of(interaction),
        user_id=user_of(interaction),
        set_key=set,
        category=None if category is None else Category(category),
        focus=narrowed(tag, difficulty, only),
        questions=questions,
        options=RunOptions(certainty=certainty),
        rng=desk.rng,
        at=desk.now(),
    )
    await reply(interaction, own_card(shown))


def alone_commands() -> list[app_commands.Command[Any, ..., Any]]:
    """The commands of ``/quiz`` for quizzes alone."""
    return [take]
