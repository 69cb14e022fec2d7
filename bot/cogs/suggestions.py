"""What can be chosen in commands, and what comes up while somebody types: sets, items, claims, quizzes, assignments,
debates and class opinions of the server they are in, dates and time zones.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from rapidfuzz import fuzz, process, utils

from bot.actions.assignment_reports import assignments_in
from bot.actions.debates import debates_held, debates_open
from bot.actions.opinions import claim_tags, opinions_open
from bot.actions.questions import claims_for, items_for, set_titles, tags_for
from bot.actions.quiz_reports import live_runs
from bot.actions.settings import time_zone_for, time_zones
from bot.debate.debate import DebateState
from bot.errors import Invalid, NotFound
from bot.ids import ChannelId
from bot.quiz.assignment import Phase
from bot.quiz.focus import Focus, Level, Which
from bot.quiz.run import RunState
from bot.quiz.typed_moment import END_OF_DAY, START_OF_DAY, read_moment
from bot.views.assignment_cards import PHASE_WORDS
from bot.views.authority import is_instructor
from bot.views.desk import desk_of, guild_of
from bot.views.layout import shorten
from bot.views.provenance import CATEGORY_WORDS

MOST_CHOICES = 25
LONGEST_NAME = 100

USUAL_ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Australia/Sydney",
    "UTC",
)

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


async def suggest_assignment(interaction: discord.Interaction, current: str) -> Choices:
    """Assignments of the server; learners are not told of those that open later."""
    desk = desk_of(interaction)
    found = await desk.read(assignments_in, guild_id=guild_of(interaction), at=desk.now())
    zone = await desk.read(time_zone_for, guild_id=guild_of(interaction))
    instructs = await is_instructor(interaction)
    names = {
        str(
            each.assignment_id
        ): f"{each.set_title}, due {each.due_at.astimezone(zone):%d %b} ({PHASE_WORDS[phase]})"
        for each, phase in found
        if instructs or phase in (Phase.OPEN, Phase.CLOSED)
    }
    return _choices(current, names)


async def moment_typed(text: str, *, what: str, zone: ZoneInfo, at: datetime, day_means: time) -> datetime:
    """What ``read_moment`` gives or raises, without holding up a class: the first one loads a large library."""
    return await asyncio.to_thread(read_moment, text, what=what, zone=zone, at=at, day_means=day_means)


async def suggest_due(interaction: discord.Interaction, current: str) -> Choices:
    """What a due date is read as, while it is typed; some usual ones before."""
    usual = ("tomorrow", "in 3 days", "in 1 week", "in 2 weeks")
    return await _moments(interaction, current, "due date", END_OF_DAY, usual)


async def suggest_opening(interaction: discord.Interaction, current: str) -> Choices:
    """What an opening is read as, while it is typed; some usual ones before."""
    usual = ("in 1 hour", "tomorrow 8:00", "monday 8:00")
    return await _moments(interaction, current, "opening", START_OF_DAY, usual)


async def suggest_closing(interaction: discord.Interaction, current: str) -> Choices:
    """What the end of a class opinion is read as, while it is typed; some usual ones before."""
    usual = ("in 15 minutes", "in 1 hour", "tomorrow", "in 1 week")
    return await _moments(interaction, current, "end", END_OF_DAY, usual)


async def suggest_time_zone(interaction: discord.Interaction, current: str) -> Choices:
    """Time zones by name."""
    if not current.strip():
        return [app_commands.Choice(name=zone, value=zone) for zone in USUAL_ZONES]
    return _choices(current, {zone: zone for zone in time_zones()})


async def _moments(
    interaction: discord.Interaction, current: str, what: str, day_means: time, usual: Sequence[str]
) -> Choices:
    desk = desk_of(interaction)
    at, zone = desk.now(), await desk.read(time_zone_for, guild_id=guild_of(interaction))
    choices: Choices = []
    for text in [current] if current.strip() else usual:
        try:
            moment = await moment_typed(text, what=what, zone=zone, at=at, day_means=day_means)
        except Invalid:
            continue
        moment = moment.astimezone(zone)
        name = f"{moment:%A, %d %B %Y, %H:%M} ({zone.key} time)"
        choices.append(app_commands.Choice(name=name, value=f"{moment:%Y-%m-%d %H:%M}"))
    return choices


async def suggest_debate(interaction: discord.Interaction, current: str) -> Choices:
    """Open debates."""
    debates = await desk_of(interaction).read(debates_open, guild_id=guild_of(interaction))
    return _choices(current, {str(debate.debate_id): debate.motion for debate in debates})


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


async def suggest_held_debate(interaction: discord.Interaction, current: str) -> Choices:
    """Debates, those that are closed too."""
    debates = await desk_of(interaction).read(debates_held, guild_id=guild_of(interaction))
    return _choices(
        current,
        {
            str(debate.debate_id): debate.motion + (" (closed)" if debate.state is DebateState.CLOSED else "")
            for debate in debates
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
