"""``/quiz``: a live quiz with a class, a private quiz alone, and the host's controls."""

from datetime import timedelta

import discord
from discord import app_commands

from bot.actions.open_live import LivePlan, check_live, open_live
from bot.actions.practice import begin_practice
from bot.actions.quiz_reports import live_runs, run_board
from bot.bank.item import Category
from bot.cogs.explained import explained
from bot.cogs.places import Place, check_place, chosen_place, make_thread
from bot.cogs.suggestions import CATEGORIES, suggest_run, suggest_set, suggest_tag
from bot.errors import Invalid, NotFound
from bot.ids import ChannelId
from bot.quiz.focus import Focus, Level, Which
from bot.quiz.options import RunOptions
from bot.quiz.run import Pace, Run
from bot.views.authority import require_host, require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.host import CONTROL_LABELS, Control, control_run, panel
from bot.views.own_run import own_card
from bot.views.provenance import WHICH_WORDS
from bot.views.replies import reply

LEVELS = [
    app_commands.Choice(name="easy (1 or 2 of 5)", value=Level.EASY.value),
    app_commands.Choice(name="medium (3 of 5)", value=Level.MEDIUM.value),
    app_commands.Choice(name="hard (4 or 5 of 5)", value=Level.HARD.value),
]
ONLY = [app_commands.Choice(name=words, value=which.value) for which, words in WHICH_WORDS.items()]
PACES = [
    app_commands.Choice(name="automatic: the next question comes by itself", value=Pace.AUTO.value),
    app_commands.Choice(name="host: you go on to the next question", value=Pace.HOST.value),
]
PLACES = [
    app_commands.Choice(name="in the channel", value="channel"),
    app_commands.Choice(name="in a thread of its own", value="thread"),
]
CONTROLS = [app_commands.Choice(name=label, value=control.value) for control, label in CONTROL_LABELS.items()]


class Quiz(app_commands.Group):
    """Quizzes, with a class or alone."""

    def __init__(self) -> None:
        super().__init__(name="quiz", description="Quizzes, with your class or on your own")

    @app_commands.command(name="live", description="Instructors: run a quiz with your class")
    @app_commands.describe(
        set="The question set",
        category="Only questions of one category (all if left out)",
        tag="Only questions on one topic",
        difficulty="Only easy, medium or hard questions",
        questions="How many questions (10 if left out)",
        seconds="How long each question is open (30 seconds if left out)",
        pace="Who goes on to the next question (automatic if left out)",
        place="Where the questions appear (in the channel if left out)",
        channel="Another channel than this one, or than the server's default channel",
    )
    @app_commands.choices(category=CATEGORIES, difficulty=LEVELS, pace=PACES, place=PLACES)
    @app_commands.autocomplete(set=suggest_set, tag=suggest_tag)
    @explained
    async def live(
        self,
        interaction: discord.Interaction,
        set: str,
        category: str | None = None,
        tag: str | None = None,
        difficulty: str | None = None,
        questions: app_commands.Range[int, 1, 50] = 10,
        seconds: app_commands.Range[int, 5, 600] = 30,
        pace: str = Pace.AUTO.value,
        place: str = "channel",
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Open the lobby of a live quiz."""
        await require_instructor(interaction, "run a live quiz")
        where = await chosen_place(interaction, channel)
        own_thread = place == "thread" and not isinstance(where, discord.Thread)
        check_place(where, thread=own_thread)
        plan = LivePlan(
            set_key=set,
            category=None if category is None else Category(category),
            focus=_focus(tag, difficulty),
            questions=questions,
            time_limit=timedelta(seconds=seconds),
            pace=Pace(pace),
            own_thread=own_thread,
        )
        await _open(interaction, where, plan)

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
        self,
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
            focus=_focus(tag, difficulty, only),
            questions=questions,
            options=RunOptions(certainty=certainty),
            rng=desk.rng,
            at=desk.now(),
        )
        await reply(interaction, own_card(shown))

    @app_commands.command(name="host", description="Hosts: control a live quiz that is running")
    @app_commands.describe(
        action="What to do (the control panel if left out)",
        run="Which quiz (the one in this channel if left out)",
    )
    @app_commands.choices(action=CONTROLS)
    @app_commands.autocomplete(run=suggest_run)
    @explained
    async def host(
        self, interaction: discord.Interaction, action: str | None = None, run: str | None = None
    ) -> None:
        """Show the host's panel, or do one thing."""
        found = await _run_meant(interaction, run, acting=action is not None)
        await require_host(interaction, found.owner_id, "control this quiz")
        desk, guild_id = desk_of(interaction), guild_of(interaction)
        if action is not None:
            await control_run(desk, guild_id, found.run_id, found.position, Control(action))
        board = await desk.read(run_board, run_id=found.run_id)
        await reply(interaction, panel(found if board is None else board.run))


def _focus(tag: str | None, difficulty: str | None, only: str | None = None) -> Focus:
    return Focus(
        tag,
        None if difficulty is None else Level(difficulty),
        None if only is None else Which(only),
    )


async def _open(interaction: discord.Interaction, where: Place, plan: LivePlan) -> None:
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    channel_id = ChannelId(where.id)
    await desk.read(check_live, guild_id=guild_id, channel_id=channel_id, plan=plan)
    if plan.own_thread:
        await interaction.response.defer(ephemeral=True, thinking=True)
        channel_id = await make_thread(where, f"Live quiz: {plan.set_key}")
    await desk.run(
        open_live,
        guild_id=guild_id,
        host_id=user_of(interaction),
        channel_id=channel_id,
        plan=plan,
        in_thread=plan.own_thread or isinstance(where, discord.Thread),
        rng=desk.rng,
        at=desk.now(),
    )
    await reply(
        interaction,
        f"The lobby is open in <#{channel_id}>. Press **Start** there when the class is ready; you find pause, "
        "skip, more time and end under **Host controls**.",
    )


async def _run_meant(interaction: discord.Interaction, run: str | None, *, acting: bool) -> Run:
    """The quiz that is named, or the one of this channel; the panel (but no action) also finds an only one."""
    runs = await desk_of(interaction).read(live_runs, guild_id=guild_of(interaction))
    if run is not None:
        found = [each for each in runs if str(each.run_id) == run]
    else:
        found = [each for each in runs if each.channel_id == interaction.channel_id]
        if not found and runs and (acting or len(runs) > 1):
            raise Invalid("command", "no quiz is running in this channel", "Say which one under `run`.")
        found = found or runs
    if not found:
        raise NotFound("running quiz", run or "")
    return found[0]
