"""``/debate``: open a debate on a motion in a thread of its own, lead it through its stages, end it."""

import contextlib
import logging
from datetime import timedelta

import discord
from discord import app_commands

from bot.actions.debate_course import (
    advance_debate,
    close_debate,
    extend_debate,
    pause_debate,
    resume_debate,
)
from bot.actions.debate_joining import look_at_place
from bot.actions.debate_planning import DebatePlan, plan_debate
from bot.actions.debates import debate_here, debates_held, debates_open, held_debate
from bot.actions.grading import grade_sheet
from bot.actions.transcripts import transcript_of
from bot.cogs.explained import explained
from bot.cogs.suggestions import suggest_claim, suggest_debate, suggest_held_debate
from bot.debate.debate import Debate, DebateState
from bot.debate.formats import Format
from bot.debate.options import MOST_GATE_ITEMS, MOST_QUOTA, DebateOptions, SideMode
from bot.errors import Invalid, NotFound, WrongState
from bot.ids import ChannelId, DebateId, UserId
from bot.views.authority import is_instructor, require_host, require_instructor
from bot.views.debate_host import (
    HAS_GONE_ON,
    cancelling_question,
    closing_question,
    panel_of,
    preview_of_plan,
)
from bot.views.debate_host_cards import SIDE_WORDS
from bot.views.debate_place import place_card
from bot.views.debate_words import FORMAT_WORDS
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.grading import WHAT, grades_of_debate, sheet_of
from bot.views.places import DebatePlace, debate_place, options_lacking
from bot.views.replies import reply, reply_with_file, take_time
from bot.views.transcript import transcript_text

log = logging.getLogger(__name__)

FORMATS = [app_commands.Choice(name=words, value=each.value) for each, words in FORMAT_WORDS.items()]
SIDES = [app_commands.Choice(name=words, value=each.value) for each, words in SIDE_WORDS.items()]


LONGEST_ID = 18
"""More digits than these are no id."""


class ChannelOrForum(app_commands.Transformer):
    """A text channel or a forum. discord.py's own annotation for forums offers media channels, too."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord asks for."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Which channels it offers."""
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(
        self, interaction: discord.Interaction, value: app_commands.AppCommandChannel, /
    ) -> DebatePlace:
        """The channel as it is known here. Raises ``NotFound`` for one that the bot cannot see."""
        known = None if interaction.guild is None else interaction.guild.get_channel(value.id)
        if not isinstance(known, (discord.TextChannel, discord.ForumChannel)):
            raise NotFound("channel")
        return known


class DebateCommands(app_commands.Group):
    """Debates on contested claims."""

    def __init__(self) -> None:
        super().__init__(name="debate", description="Debates on contested claims")

    @app_commands.command(name="open", description="Instructors: open a debate on a contested claim")
    @app_commands.describe(
        claim="The claim, by its motion",
        motion="A motion in your own words, instead of a claim from the bank",
        format="How it is held (oxford if left out)",
        minutes="How long a main stage lasts (10 minutes if left out; 0: you go on by hand)",
        sides="How people come to a side (balanced if left out)",
        gate="So many questions from the bank to try before a side is given (none if left out)",
        hide_openings="Hide others' openings until one's own is in (no if left out)",
        steelman="Restate an argument fairly before rebutting it (no if left out)",
        quota="At most so many arguments a person and stage (any number if left out)",
        slowmode="Seconds between two messages of one person in the thread (none if left out)",
        caucus="A private thread for each side, where the server allows it (no if left out)",
        channel="Another channel or a forum than this one, or than the server's default channel",
    )
    @app_commands.choices(format=FORMATS, sides=SIDES)
    @app_commands.autocomplete(claim=suggest_claim)
    @explained
    async def open(
        self,
        interaction: discord.Interaction,
        claim: str | None = None,
        motion: str | None = None,
        format: str = Format.OXFORD.value,
        minutes: app_commands.Range[int, 0, 43_200] = 10,
        sides: str = SideMode.BALANCED.value,
        gate: app_commands.Range[int, 0, MOST_GATE_ITEMS] = 0,
        hide_openings: bool = False,
        steelman: bool = False,
        quota: app_commands.Range[int, 0, MOST_QUOTA] = 0,
        slowmode: app_commands.Range[int, 0, 21_600] = 0,
        caucus: bool = False,
        channel: app_commands.Transform[DebatePlace, ChannelOrForum] | None = None,
    ) -> None:
        """Show a preview of the debate; its buttons open or discard it."""
        await require_instructor(interaction, "open a debate")
        desk = desk_of(interaction)
        plan = DebatePlan(
            revision_id=None if claim is None else _claim_meant(claim),
            motion=None if motion is None else " ".join(motion.split()),
            format=Format(format),
            minutes=minutes or None,
            options=DebateOptions(
                sides=SideMode(sides),
                gate=gate,
                hide_openings=hide_openings,
                steelman=steelman,
                quota=quota,
                slowmode=slowmode,
                caucus=caucus,
            ),
        )
        where = await debate_place(interaction, channel)
        preview = await desk.run(
            plan_debate,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            channel_id=ChannelId(where.id),
            plan=plan,
            at=desk.now(),
        )
        lacking = options_lacking(where, plan.options, has_sides=plan.format.has_sides)
        await reply(interaction, preview_of_plan(preview, lacking))

    @app_commands.command(
        name="status", description="Your place in a debate; for instructors, where it is, with its controls"
    )
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_held_debate)
    @explained
    async def status(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Show the controls privately, or to a learner their own place."""
        found = await _debate_meant(interaction, debate, closed=True)
        if interaction.user.id == found.opened_by or await is_instructor(interaction):
            await reply(interaction, await panel_of(interaction, found.debate_id))
            return
        place = await desk_of(interaction).run(
            look_at_place,
            guild_id=found.guild_id,
            debate_id=found.debate_id,
            user_id=user_of(interaction),
        )
        await reply(interaction, place_card(place))

    @app_commands.command(name="advance", description="Instructors: go on to the next stage of a debate")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def advance(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Go on from the stage that the debate is at."""
        found = await _hosted(interaction, debate, "lead this debate")
        desk = desk_of(interaction)
        gone_on = await desk.run(
            advance_debate,
            guild_id=found.guild_id,
            debate_id=found.debate_id,
            user_id=user_of(interaction),
            at=desk.now(),
        )
        news = None if gone_on.moved else HAS_GONE_ON
        await reply(interaction, await panel_of(interaction, found.debate_id, news))

    @app_commands.command(name="extend", description="Instructors: more time for the present stage")
    @app_commands.describe(
        minutes="How many minutes more",
        debate="Which debate (left out: the one in this thread, or the only one)",
    )
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def extend(
        self,
        interaction: discord.Interaction,
        minutes: app_commands.Range[int, 1, 10_080] = 5,
        debate: str | None = None,
    ) -> None:
        """Give the stage so much more time."""
        found = await _hosted(interaction, debate, "lead this debate")
        desk = desk_of(interaction)
        await desk.run(
            extend_debate,
            guild_id=found.guild_id,
            debate_id=found.debate_id,
            position=found.course.position,
            more=timedelta(minutes=minutes),
            at=desk.now(),
        )
        await reply(interaction, await panel_of(interaction, found.debate_id))

    @app_commands.command(name="pause", description="Instructors: pause a debate; its clock stops")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def pause(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Stop the clock of a debate; one that is paused already stays so."""
        found = await _hosted(interaction, debate, "lead this debate")
        desk = desk_of(interaction)
        await desk.run(pause_debate, guild_id=found.guild_id, debate_id=found.debate_id, at=desk.now())
        await reply(interaction, await panel_of(interaction, found.debate_id))

    @app_commands.command(name="resume", description="Instructors: let a paused debate go on")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def resume(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Start the clock of a paused debate again."""
        found = await _hosted(interaction, debate, "lead this debate")
        desk = desk_of(interaction)
        await desk.run(resume_debate, guild_id=found.guild_id, debate_id=found.debate_id, at=desk.now())
        await reply(interaction, await panel_of(interaction, found.debate_id))

    @app_commands.command(name="close", description="Instructors: close a debate and post its outcome")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def close(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Close a debate; its outcome comes up in its thread. Before the last stage, ask first."""
        found = await _hosted(interaction, debate, "close this debate")
        desk = desk_of(interaction)
        if found.state is not DebateState.CLOSED and not found.course.is_last:
            await reply(interaction, closing_question(found))
            return
        closed = await desk.run(
            close_debate,
            guild_id=found.guild_id,
            debate_id=found.debate_id,
            user_id=user_of(interaction),
            at=desk.now(),
        )
        await reply(interaction, f"The debate is closed. Its outcome comes up in <#{closed.thread_id}>.")

    @app_commands.command(name="cancel", description="Instructors: end a debate without an outcome")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_debate)
    @explained
    async def cancel(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Ask whether to end a debate; what stands in its thread stays."""
        found = await _hosted(interaction, debate, "cancel this debate")
        if found.state is DebateState.CLOSED:
            raise WrongState("debate", "closed")
        await reply(interaction, cancelling_question(found))

    @app_commands.command(name="transcript", description="Instructors: the arguments of a debate as a file")
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_held_debate)
    @explained
    async def transcript(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """Send the transcript privately, as Markdown."""
        found = await _debate_meant(interaction, debate, closed=True)
        await require_host(interaction, found.opened_by, "read this transcript")
        written = await desk_of(interaction).read(
            transcript_of, guild_id=found.guild_id, debate_id=found.debate_id
        )
        await take_time(interaction)
        named = written.named.intersection(each.user_id for each in written.arguments)
        names = {user_id: name for user_id in named if (name := await _name_of(interaction, user_id))}
        await reply_with_file(
            interaction,
            "The arguments that stand, and the names of those who agreed to be named.",
            f"debate-{found.debate_id}.md",
            transcript_text(written, names),
        )

    @app_commands.command(
        name="grade", description="Instructors: grade how somebody has argued in a debate, privately"
    )
    @app_commands.describe(
        learner="Whose arguments are graded",
        debate="Which debate (left out: the one in this thread, or the only one)",
    )
    @app_commands.autocomplete(debate=suggest_held_debate)
    @explained
    async def grade(
        self, interaction: discord.Interaction, learner: discord.User, debate: str | None = None
    ) -> None:
        """Show what the bot has counted, with the forms for marks and a comment."""
        await require_instructor(interaction, WHAT)
        found = await _debate_meant(interaction, debate, closed=True)
        sheet = await desk_of(interaction).read(
            grade_sheet, guild_id=found.guild_id, debate_id=found.debate_id, user_id=UserId(learner.id)
        )
        await reply(interaction, sheet_of(sheet))

    @app_commands.command(
        name="grades", description="Instructors: who is graded in a debate, and telling everybody their grade"
    )
    @app_commands.describe(debate="Which debate (left out: the one in this thread, or the only one)")
    @app_commands.autocomplete(debate=suggest_held_debate)
    @explained
    async def grades(self, interaction: discord.Interaction, debate: str | None = None) -> None:
        """List the grades privately."""
        await require_instructor(interaction, WHAT)
        found = await _debate_meant(interaction, debate, closed=True)
        await reply(interaction, await grades_of_debate(interaction, found.debate_id))


async def _name_of(interaction: discord.Interaction, user_id: UserId) -> str | None:
    """The name that the server shows for somebody, or that of the person where they have left it.

    None where Discord does not tell: a transcript without a name is better than none.
    """
    try:
        if interaction.guild is not None:
            with contextlib.suppress(discord.NotFound):
                return (await interaction.guild.fetch_member(user_id)).display_name
        return (await interaction.client.fetch_user(user_id)).display_name
    except discord.HTTPException as error:
        log.warning("no name for %s: %s", user_id, error)
        return None


async def _hosted(interaction: discord.Interaction, debate: str | None, what: str) -> Debate:
    try:
        found = await _debate_meant(interaction, debate)
    except (Invalid, NotFound, WrongState):
        await require_instructor(interaction, what)  # others are not asked which one they mean
        raise
    await require_host(interaction, found.opened_by, what)
    return found


async def _debate_meant(
    interaction: discord.Interaction, debate: str | None, *, closed: bool = False
) -> Debate:
    """The debate that was named, or that of this thread, or the only one that is open (or was ``closed``) here."""
    desk, guild_id = desk_of(interaction), guild_of(interaction)
    if debate is None:
        thread_id = ChannelId(interaction.channel_id or 0)
        found = await desk.read(debate_here, guild_id=guild_id, thread_id=thread_id)
    elif debate.isascii() and debate.isdigit() and len(debate) <= LONGEST_ID:
        found = await desk.read(held_debate, guild_id=guild_id, debate_id=DebateId(int(debate)))
    else:
        raise NotFound("debate", debate)
    if found is not None and found.state is DebateState.CLOSED and not closed:
        raise WrongState("debate", "closed")
    if found is not None:
        return found
    running = await desk.read(debates_open, guild_id=guild_id)
    if not running and closed:
        running = await desk.read(debates_held, guild_id=guild_id)
    match running:
        case [only]:
            return only
        case []:
            raise Invalid("command", "no debate is open in this server", "Open one with `/debate open`.")
        case _:
            raise Invalid(
                "command",
                "there are several debates in this server",
                "Use the command in the debate's own thread, or tap the box `debate` and choose one from the list.",
            )


def _claim_meant(claim: str) -> int:
    # Whoever types instead of choosing may type anything.
    if not (claim.isascii() and claim.isdigit() and len(claim) <= LONGEST_ID):
        raise NotFound("claim", claim)
    return int(claim)
