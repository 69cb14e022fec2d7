"""What can be chosen in commands, and what comes up while somebody types: sets, items, claims, quizzes, debates and
class opinions of the server they are in.
"""

import discord
from discord import app_commands
from rapidfuzz import fuzz, process, utils

from bot.actions.debating import debates_open
from bot.actions.opinions import claim_tags, opinions_open
from bot.actions.questions import claims_for, items_for, set_titles, tags_for
from bot.actions.quiz_reports import live_runs
from bot.errors import NotFound
from bot.ids import ChannelId
from bot.quiz.focus import Focus, Level, Which
from bot.quiz.run import RunState
from bot.views.authority import is_instructor
from bot.views.desk import desk_of, guild_of
from bot.views.layout import shorten
from bot.views.provenance import CATEGORY_WORDS

MOST_CHOICES = 25
LONGEST_NAME = 100

Choices = list[app_commands.Choice[str]]

CATEGORIES: Choices = [
    app_commands.Choice(name=words, value=category.value) for category, words in CATEGORY_WORDS.items()
]

LEVELS: Choices = [
    app_commands.Choice(name="easy (1 or 2 of 5)", value=Level.EASY.value),
    app_commands.Choice(name="medium (3 of 5)", value=Level.MEDIUM.value),
    app_commands.Choice(name="hard (4 or 5 of 5)", value=Level.HARD.value),
]

STATE_WORDS = {
    RunState.LOBBY: "not started",
    RunState.ASKING: "running",
    RunState.DISCUSSING: "running",
    RunState.REVEALING: "running",
    RunState.PAUSED: "paused",
    RunState.ENDED: "ended",
}


def narrowed(tag: str | None, difficulty: str | None, only: str | None = None) -> Focus:
    """What a quiz is narrowed down to by a command's options."""
    return Focus(
        tag,
        None if difficulty is None else Level(difficulty),
        None if only is None else Which(only),
    )


async def suggest_set(interaction: discord.Interaction, current: str) -> Choices:
    """Question sets."""
    titles = await desk_of(interaction).read(set_titles, guild_id=guild_of(interaction))
    return _choices(current, {key: f"{title} ({key})" for key, title in titles.items()})


async def suggest_tag(interaction: discord.Interaction, current: str) -> Choices:
    """Topics of the set that has been chosen in the same command, the most frequent first."""
    set_key = str(getattr(interaction.namespace, "set", "") or "")
    try:
        tags = await desk_of(interaction).read(tags_for, guild_id=guild_of(interaction), set_key=set_key)
    except NotFound:
        return []
    return _choices(current, {tag: f"{tag} ({count})" for tag, count in tags.items()})


async def suggest_claim_tag(interaction: discord.Interaction, current: str) -> Choices:
    """Topics of the claims of the set that has been chosen in the same command, the most frequent first."""
    set_key = str(getattr(interaction.namespace, "set", "") or "")
    try:
        tags = await desk_of(interaction).read(claim_tags, guild_id=guild_of(interaction), set_key=set_key)
    except NotFound:
        return []
    return _choices(current, {tag: f"{tag} ({count})" for tag, count in tags.items()})


async def suggest_item(interaction: discord.Interaction, current: str) -> Choices:
    """Items of the set that has been chosen in the same command; for instructors only, as prompts are shown."""
    if not await is_instructor(interaction):
        return []
    set_key = str(getattr(interaction.namespace, "set", "") or "")
    try:
        _, items = await desk_of(interaction).read(items_for, guild_id=guild_of(interaction), set_key=set_key)
    except NotFound:
        return []
    return _choices(current, {item.id: f"{item.id}: {item.prompt}" for _, item in items})


async def suggest_claim(interaction: discord.Interaction, current: str) -> Choices:
    """Claims that can be debated; the value is the revision."""
    claims = await desk_of(interaction).read(claims_for, guild_id=guild_of(interaction))
    return _choices(current, {str(listed.revision_id): listed.claim.motion for listed in claims})


async def suggest_run(interaction: discord.Interaction, current: str) -> Choices:
    """Live quizzes that have not ended."""
    runs = await desk_of(interaction).read(live_runs, guild_id=guild_of(interaction))
    return _choices(
        current,
        {
            str(
                run.run_id
            ): f"{run.set_title}{_in_channel(interaction, run.channel_id)} ({STATE_WORDS[run.state]})"
            for run in runs
        },
    )


async def suggest_debate(interaction: discord.Interaction, current: str) -> Choices:
    """Open debates."""
    debates = await desk_of(interaction).read(debates_open, guild_id=guild_of(interaction))
    return _choices(current, {str(debate.debate_id): debate.claim.motion for debate in debates})


async def suggest_opinion(interaction: discord.Interaction, current: str) -> Choices:
    """Open class opinions."""
    found = await desk_of(interaction).read(opinions_open, guild_id=guild_of(interaction))
    return _choices(
        current,
        {
            str(each.opinion_id): f"{each.set_title}{_in_channel(interaction, each.channel_id)}"
            for each in found
        },
    )


def _in_channel(interaction: discord.Interaction, channel_id: ChannelId | None) -> str:
    if interaction.guild is None or channel_id is None:
        return ""
    channel = interaction.guild.get_channel_or_thread(channel_id)
    return "" if channel is None else f" in #{channel.name}"


def _choices(current: str, options: dict[str, str]) -> Choices:
    if current.strip():
        found = process.extract(
            current,
            options,
            scorer=fuzz.partial_ratio,
            processor=utils.default_process,
            limit=MOST_CHOICES,
            score_cutoff=60,
        )
        picked = [value for _, _, value in found]
    else:
        picked = list(options)[:MOST_CHOICES]
    return [app_commands.Choice(name=shorten(options[value], LONGEST_NAME), value=value) for value in picked]
