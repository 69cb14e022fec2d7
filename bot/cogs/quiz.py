"""``/quiz``: opening a live quiz with a class; ``take`` and ``host`` have modules of their own."""

from datetime import timedelta

import discord
from discord import app_commands

from bot.actions.open_live import LivePlan, check_live, open_live
from bot.bank.item import Category
from bot.cogs.explained import explained
from bot.cogs.quiz_alone import alone_commands
from bot.cogs.quiz_assign import assignment_commands
from bot.cogs.quiz_host import host_commands
from bot.cogs.suggestions import CATEGORIES, LEVELS, narrowed, suggest_set, suggest_tag
from bot.ids import ChannelId
from bot.quiz.options import RunOptions
from bot.quiz.revote import Revote
from bot.quiz.run import Pace
from bot.quiz.teams import FEWEST_TEAMS, MOST_TEAMS, TeamChoice
from bot.views.authority import require_instructor
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.places import Place, check_place, chosen_place, make_thread
from bot.views.replies import reply, take_time

PACES = [
    app_commands.Choice(name="automatic: the next question comes by itself", value=Pace.AUTO.value),
    app_commands.Choice(name="host: you go on to the next question", value=Pace.HOST.value),
]
REVOTES = [
    app_commands.Choice(name="off: one vote a question", value=Revote.OFF.value),
    app_commands.Choice(name="host decides: you choose after each first vote", value=Revote.HOST.value),
    app_commands.Choice(
        name="automatic: if 30% to 70% are right, 2 minutes to discuss", value=Revote.AUTO.value
    ),
]
TEAM_CHOICES = [
    app_commands.Choice(name="balanced: everybody comes into the smallest", value=TeamChoice.BALANCED.value),
    app_commands.Choice(name="chosen: people choose until the quiz begins", value=TeamChoice.CHOSEN.value),
]
PLACES = [
    app_commands.Choice(name="in the channel", value="channel"),
    app_commands.Choice(name="in a thread of its own", value="thread"),
]


class Quiz(app_commands.Group):
    """Quizzes, with a class or alone."""

    def __init__(self) -> None:
        super().__init__(name="quiz", description="Quizzes, with your class or on your own")
        for command in (*alone_commands(), *assignment_commands(), *host_commands()):
            self.add_command(command)

    @app_commands.command(name="live", description="Instructors: run a quiz with your class")
    @app_commands.describe(
        set="The question set",
        category="Only questions of one category (all if left out)",
        tag="Only questions on one topic",
        difficulty="Only easy, medium or hard questions",
        questions="How many questions (10 if left out)",
        seconds="How long each question is open (30 seconds if left out)",
        pace="Who goes on to the next question (automatic if left out)",
        revote="Discuss a question and vote again, before its result is shown (off if left out)",
        certainty="Ask how sure they are after each answer, privately (not if left out)",
        teams="How many teams play (no teams if left out)",
        team_choice="How people come into teams (balanced if left out)",
        speed_points="Whether quicker right answers earn more points (no if left out)",
        board="Whether the best five are shown at the end, by alias (no if left out)",
        place="Where the questions appear (in the channel if left out)",
        channel="Another channel than this one, or than the server's default channel",
    )
    @app_commands.choices(
        category=CATEGORIES,
        difficulty=LEVELS,
        pace=PACES,
        revote=REVOTES,
        team_choice=TEAM_CHOICES,
        place=PLACES,
    )
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
        revote: str = Revote.OFF.value,
        certainty: bool = False,
        teams: app_commands.Range[int, FEWEST_TEAMS, MOST_TEAMS] | None = None,
        team_choice: str = TeamChoice.BALANCED.value,
        speed_points: bool = False,
        board: bool = False,
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
            focus=narrowed(tag, difficulty),
            questions=questions,
            time_limit=timedelta(seconds=seconds),
            pace=Pace(pace),
            own_thread=own_thread,
            options=RunOptions(
                certainty=certainty,
                revote=Revote(revote),
                teams=teams or 0,
                team_choice=TeamChoice(team_choice),
                speed_points=speed_points,
                board=board,
            ),
        )
        await _open(interaction, where, plan)


async def _open(interaction: discord.Interaction, where: Place, plan: LivePlan) -> None:
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    channel_id = ChannelId(where.id)
    await desk.read(check_live, guild_id=guild_id, channel_id=channel_id, plan=plan)
    if plan.own_thread:
        await take_time(interaction)
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
