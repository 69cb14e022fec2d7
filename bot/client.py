"""The Discord client: commands, buttons, forms and events, each handed on to the room that knows it."""

import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.actions.questions import publish_bundled
from bot.bank.question_set import QuestionSet
from bot.cogs import events
from bot.cogs.accommodate import accommodation_commands
from bot.cogs.debate import DebateCommands
from bot.cogs.evidence import evidence_commands
from bot.cogs.inbox import inbox_commands
from bot.cogs.opinion import OpinionCommands
from bot.cogs.progress import progress_commands
from bot.cogs.questions import Questions
from bot.cogs.quiz import Quiz
from bot.cogs.reported import report_commands
from bot.cogs.review import review_commands
from bot.cogs.server import server_commands
from bot.cogs.submitted import message_commands
from bot.errors import SeminarError
from bot.office import Office
from bot.publisher import Publisher
from bot.scheduler import Scheduler
from bot.views.assignments import (
    AskToClose,
    AssignmentStatusPage,
    CloseAssignment,
    DiscardDraft,
    MoreTime,
    NoMoreDueReminders,
    SetAssignment,
)
from bot.views.checking import ShowCheck
from bot.views.debate_buttons import ARGUMENT, AddArgument, AnswerArgument
from bot.views.debate_host import (
    Advance,
    DebatePanel,
    DiscardPlan,
    EndDebate,
    MoreDebateTime,
    OpenPlanned,
    PauseOrResume,
)
from bot.views.debate_place import (
    ComeBack,
    LeaveAndDelete,
    LeaveDebate,
    LetName,
    MyPlace,
    TryGate,
    WishForSide,
)
from bot.views.debate_stances import STANCE, RatherNotSay, StanceButton
from bot.views.evidence import ArgueWithCard, CiteCard, MyEvidence, TurnEvidence
from bot.views.forms import Form, submit
from bot.views.grading import (
    MARKS,
    WITH_MARKS,
    GiveComment,
    GiveMarks,
    GradesPage,
    MyGrade,
    ReleaseGrades,
)
from bot.views.help import help_card
from bot.views.host import HostButton, HostPanel
from bot.views.how_sure import SayCertainty
from bot.views.inbox import (
    RIGHT_ANSWER,
    AcceptAnswer,
    Apply,
    ChangeKey,
    DecideMessage,
    DropQuestion,
    HiddenTexts,
    HideReported,
    LeaveAsIs,
    OpenEntry,
    OpenInbox,
    OpenMessage,
    PastDecisions,
    PauseReported,
    PickKey,
    ShowAgain,
    TakeBack,
)
from bot.views.joining import Join, JoinTeam, ShowAs
from bot.views.judging import CompareReasons, JudgePair
from bot.views.live_buttons import TYPED_ANSWER, AnswerButton, Discuss, MyResultButton, TypeButton
from bot.views.message_reports import MESSAGE_REPORT
from bot.views.nudges import NoMoreNudges
from bot.views.opining import GiveOpinion, OpinionStep, OpinionVote
from bot.views.opinion_draft import STATEMENTS, OpinionChoose, OpinionDiscard, OpinionPost
from bot.views.own_arguments import (
    REVISION,
    EditArgument,
    MyArguments,
    OneOfMine,
    SeeOpenings,
    WithdrawArgument,
)
from bot.views.own_assignment import BeginAttempt, RemindMe, StartAssignment
from bot.views.own_look import LookThrough
from bot.views.own_run import (
    OWN_ANSWER,
    AskToHandIn,
    ChangeRecall,
    HandIn,
    HowSure,
    OwnAnswer,
    OwnLeave,
    OwnLookOver,
    OwnNext,
    OwnOnward,
    OwnType,
    RetakeMissed,
    ShowFeedback,
    ToQuestion,
)
from bot.views.press import Press
from bot.views.progress import ProgressPage
from bot.views.question_sets import CancelLoad, ConfirmLoad, ItemPage
from bot.views.replies import guarded, reply
from bot.views.report import REPORT, ReportQuestion
from bot.views.restatements import RESTATE, SayFair
from bot.views.review import (
    AgreeReview,
    BeginReview,
    ConfirmStop,
    DeclineReview,
    KeepReview,
    NoMoreReminders,
    StopReview,
)
from bot.views.statements import STATEMENT, EditStatement, SignStatement
from bot.views.whole_map import WholeMap

log = logging.getLogger(__name__)

BUTTONS: Sequence[type[Press]] = (
    AnswerButton,
    TypeButton,
    SayCertainty,
    MyResultButton,
    Discuss,
    Join,
    JoinTeam,
    ShowAs,
    HostPanel,
    HostButton,
    OwnAnswer,
    OwnType,
    HowSure,
    ShowFeedback,
    OwnNext,
    OwnLeave,
    RetakeMissed,
    OwnOnward,
    OwnLookOver,
    ToQuestion,
    AskToHandIn,
    HandIn,
    LookThrough,
    StartAssignment,
    BeginAttempt,
    RemindMe,
    SetAssignment,
    DiscardDraft,
    AssignmentStatusPage,
    MoreTime,
    AskToClose,
    CloseAssignment,
    NoMoreDueReminders,
    ChangeRecall,
    AgreeReview,
    DeclineReview,
    BeginReview,
    StopReview,
    ConfirmStop,
    KeepReview,
    NoMoreReminders,
    StanceButton,
    AddArgument,
    AnswerArgument,
    MyPlace,
    OpinionPost,
    OpinionChoose,
    OpinionDiscard,
    GiveOpinion,
    OpinionVote,
    OpinionStep,
    MyEvidence,
    TurnEvidence,
    CiteCard,
    ArgueWithCard,
    ShowCheck,
    LeaveDebate,
    RatherNotSay,
    ComeBack,
    WishForSide,
    TryGate,
    LetName,
    EditStatement,
    SignStatement,
    MyArguments,
    OneOfMine,
    EditArgument,
    WithdrawArgument,
    SeeOpenings,
    SayFair,
    WholeMap,
    CompareReasons,
    JudgePair,
    NoMoreNudges,
    LeaveAndDelete,
    GiveMarks,
    GiveComment,
    GradesPage,
    ReleaseGrades,
    MyGrade,
    OpenPlanned,
    DiscardPlan,
    DebatePanel,
    Advance,
    MoreDebateTime,
    PauseOrResume,
    EndDebate,
    ConfirmLoad,
    CancelLoad,
    ItemPage,
    ProgressPage,
    ReportQuestion,
    OpenInbox,
    OpenEntry,
    OpenMessage,
    DecideMessage,
    HideReported,
    ShowAgain,
    HiddenTexts,
    PauseReported,
    AcceptAnswer,
    ChangeKey,
    PickKey,
    DropQuestion,
    LeaveAsIs,
    Apply,
    PastDecisions,
    TakeBack,
)

FORMS: dict[str, Form] = {
    form.prefix: form
    for form in (
        TYPED_ANSWER,
        OWN_ANSWER,
        STANCE,
        ARGUMENT,
        REVISION,
        RESTATE,
        STATEMENT,
        STATEMENTS,
        REPORT,
        MESSAGE_REPORT,
        MARKS,
        WITH_MARKS,
        RIGHT_ANSWER,
    )
}

LONGEST_HOLD_UP_SECONDS = 30
"""What Discord asks to wait longer for is refused as ``discord.RateLimited`` instead of waiting in the library."""

SETTLED_AFTER_SECONDS = 0.5
"""How long a start waits for one more server to come in. Nothing here needs all of them at once."""


def intents() -> discord.Intents:
    """What the bot asks Discord for: servers, channels, and the metadata of messages. Nothing privileged."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    return wanted


class SeminarTree(app_commands.CommandTree[discord.Client]):
    """The slash commands. Outside a server each one says where it works; every error is put into words."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Refuse commands in direct messages, kindly; ``/help`` answers everywhere."""
        if interaction.guild_id is not None:
            return True
        if interaction.type is discord.InteractionType.application_command:
            await reply(interaction, help_card(in_server=False, instructor=False))
        return False

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what went wrong."""
        name = "command" if interaction.command is None else f"/{interaction.command.qualified_name}"
        if interaction.type is discord.InteractionType.autocomplete:
            log.warning("suggestions for %s failed", name, exc_info=error)
            return
        match error:
            case app_commands.CommandInvokeError():
                cause: Exception = error.original
            case app_commands.TransformerError(__cause__=SeminarError() as said):
                cause = said
            case _:
                cause = error

        async def fail() -> None:
            raise cause

        await guarded(interaction, name, fail)


class SeminarBot(discord.Client):
    """The bot. ``desk`` is where its buttons and commands go; ``connected`` is whether Discord is there."""

    def __init__(
        self,
        office: Office,
        sets: Sequence[QuestionSet],
        *,
        guild_ready_timeout: float = SETTLED_AFTER_SECONDS,
        **options: Any,
    ) -> None:
        discord.VoiceClient.warn_nacl = (
            False  # Seminar never speaks: that it cannot is no news to the operator
        )
        super().__init__(
            intents=intents(),
            guild_ready_timeout=guild_ready_timeout,
            max_ratelimit_timeout=LONGEST_HOLD_UP_SECONDS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            **options,
        )
        self.desk = office
        self.connected = False
        self._shards_down: set[int] = set()
        self._sets = sets
        self._publisher = Publisher(self, office)
        self._scheduler = Scheduler(office)
        self.tree = SeminarTree(self, allowed_contexts=_everywhere())
        for group in (Quiz(), DebateCommands(), OpinionCommands(), Questions()):
            self.tree.add_command(group)
        for command in (
            *review_commands(),
            *progress_commands(),
            *accommodation_commands(),
            *inbox_commands(),
            *evidence_commands(),
            *message_commands(),
            *report_commands(),
            *server_commands(),
        ):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Prepare what works before the first event: buttons, bundled questions, commands."""
        self.add_dynamic_items(*BUTTONS)
        await self.desk.run(publish_bundled, sets=self._sets, at=self.desk.now())
        try:
            await self.tree.sync()
        except discord.RateLimited as error:
            log.warning("Discord takes no new commands for %.0f s; those it knows go on", error.retry_after)

    async def on_ready(self) -> None:
        """Go on with whatever waits to be done. Discord repeats this event; that does no harm."""
        self._note_connection()
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        self.desk.staff(self._publisher, self._scheduler)
        await self.desk.look()

    async def on_resumed(self) -> None:
        """The connection is back, or that of one shard."""
        self._note_connection()

    async def on_disconnect(self) -> None:
        """The connection is gone; discord.py tries again by itself."""
        self.connected = False

    def _note_connection(self) -> None:
        self.connected = self.is_ready() and not self._shards_down

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was submitted; discord.py dispatches buttons and commands itself."""
        await submit(FORMS, interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Note a message in a tracked thread."""
        await events.message_posted(self.desk, message, text_visible=self.intents.message_content)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Follow an edit."""
        await events.message_edited(self.desk, event, text_visible=self.intents.message_content)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Follow a deletion."""
        await events.messages_deleted(self.desk, [event.message_id])

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Follow many deletions."""
        await events.messages_deleted(self.desk, event.message_ids)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End what ran in the channel."""
        await events.channel_deleted(self.desk, channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """End what ran in the thread."""
        await events.channel_deleted(self.desk, event.guild_id, event.thread_id)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """An event that fails is logged; the bot goes on."""
        log.exception("the event %s failed", event_method)

    async def close(self) -> None:
        """Leave Discord. The office stays open: whoever opened it closes it."""
        self.desk.staff(None, None)
        await self._publisher.close()
        await self._scheduler.close()
        await super().close()


class ShardedSeminarBot(SeminarBot, discord.AutoShardedClient):
    """The same bot, for more servers than one connection may serve. Connected is it with all of them."""

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """One connection is gone."""
        self._shards_down.add(shard_id)
        self._note_connection()

    async def on_shard_resumed(self, shard_id: int) -> None:
        """One connection is back."""
        self._shards_down.discard(shard_id)
        self._note_connection()

    async def on_shard_ready(self, shard_id: int) -> None:
        """One connection was made anew."""
        self._shards_down.discard(shard_id)
        self._note_connection()


def _everywhere() -> app_commands.AppCommandContext:
    # In direct messages too: a command that is not offered there could not say where it works.
    return app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
