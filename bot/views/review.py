"""Spaced review: the question whether to remember, where it stands, and the way out; all private to the learner."""

from typing import ClassVar

import discord

from bot.actions.reminding import no_more_reminders
from bot.actions.reviewing import (
    ReviewHome,
    agree_to_review,
    begin_review,
    cards_kept,
    review_home,
    stop_review,
)
from bot.ids import LearnerId
from bot.views.desk import desk_of, guild_of, user_of
from bot.views.layout import QUIET_COLOUR, Button, Layout, card, plural
from bot.views.own_run import own_card
from bot.views.press import ID, Press
from bot.views.replies import replace
from bot.views.review_words import following

OFFER = """Shall I remember what you miss or only guess, and ask you again just before you would forget it?

For each such question I keep a card: how you answered, and when it comes next. Your quizzes so far count, too. Only \
you can see it, and you can have it all deleted at any time."""

UNREACHABLE = """**Your reminders are off**, because I could not send you a direct message. To get them again, \
allow direct messages from this server (in Discord's privacy settings for it), then choose an hour with \
`/review reminder:`."""


class AgreeReview(Press, prefix="va"):
    """Agrees, once, that cards are kept."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Yes, remember for me"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        home = await desk.run(
            agree_to_review, guild_id=guild_of(interaction), user_id=user_of(interaction), at=desk.now()
        )
        await replace(interaction, home_or_offer(home))


class DeclineReview(Press, prefix="vn"):
    """Declines; nothing is noted, not even that."""

    default_label: ClassVar[str] = "No, thanks"

    async def pressed(self, interaction: discord.Interaction) -> None:
        words = "All right: I keep no cards. If you change your mind, use `/review`."
        await replace(interaction, card(words, colour=QUIET_COLOUR))


class BeginReview(Press, prefix="vb"):
    """Begins today's review, or goes on with it."""

    style = discord.ButtonStyle.primary
    default_label: ClassVar[str] = "Begin"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        shown = await desk.run(
            begin_review,
            guild_id=guild_of(interaction),
            user_id=user_of(interaction),
            rng=desk.rng,
            at=desk.now(),
        )
        if shown is None or isinstance(shown, ReviewHome):
            await replace(interaction, home_or_offer(shown))
        else:
            await replace(interaction, own_card(shown))


class StopReview(Press, prefix="vs"):
    """Asks whether all cards are to be deleted."""

    default_label: ClassVar[str] = "Stop and delete"

    async def pressed(self, interaction: discord.Interaction) -> None:
        count = await desk_of(interaction).read(
            cards_kept, guild_id=guild_of(interaction), user_id=user_of(interaction)
        )
        words = (
            f"This deletes {plural(count, 'card')} and your reminder. It cannot be undone. Your answers in quizzes "
            "stay as they are."
        )
        buttons: list[Button] = [ConfirmStop(), KeepReview()]
        await replace(interaction, card("### Delete your review?", words, buttons=[buttons]))


class ConfirmStop(Press, prefix="vx"):
    """Deletes all cards and the agreement."""

    style = discord.ButtonStyle.danger
    default_label: ClassVar[str] = "Yes, delete"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            stop_review, guild_id=guild_of(interaction), user_id=user_of(interaction), at=desk.now()
        )
        words = "Deleted: I keep no cards of yours any more. If you want to begin anew, use `/review`."
        await replace(interaction, card(words, colour=QUIET_COLOUR))


class KeepReview(Press, prefix="vk"):
    """Goes back without deleting anything."""

    default_label: ClassVar[str] = "Keep it"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        home = await desk.run(
            review_home, guild_id=guild_of(interaction), user_id=user_of(interaction), at=desk.now()
        )
        await replace(interaction, home_or_offer(home))


class NoMoreReminders(Press, prefix="vo", parts=(ID,)):
    """Switches reminders off from within a direct message; its id names the learner, who alone may do so."""

    default_label: ClassVar[str] = "No more reminders"

    async def pressed(self, interaction: discord.Interaction) -> None:
        desk = desk_of(interaction)
        await desk.run(
            no_more_reminders,
            learner_id=LearnerId(self.number(0)),
            user_id=user_of(interaction),
            at=desk.now(),
        )
        words = "No more reminders. You can still review whenever you like, with `/review` in your server."
        await replace(interaction, card(words, colour=QUIET_COLOUR))


def home_or_offer(home: ReviewHome | None, note: str | None = None) -> Layout:
    """Where a learner's review stands; for one who has not agreed yet, the question whether to."""
    if home is None:
        buttons: list[Button] = [AgreeReview(), DeclineReview()]
        return card("### Spaced review", OFFER, note, buttons=[buttons])
    onward: list[Button] = []
    if home.upcoming.today:
        onward.append(BeginReview(label="Go on" if home.begun or home.done else None))
    return card(
        "### Your review",
        _today(home),
        UNREACHABLE if home.unreachable else None,
        f"-# At most {home.daily} a day: another number with `/review daily:`. {_reminder(home)}",
        buttons=[onward, [StopReview()]],
    )


def reminder_card(guild_id: int, learner_id: int, count: str) -> Layout:
    """A reminder, as a direct message."""
    return card(
        "### Time for your review",
        f"**{plural(int(count), 'question')}** for today. Open [your server](https://discord.com/channels/{guild_id}) "
        "and type `/review`.",
        buttons=[[NoMoreReminders(learner_id)]],
    )


def _today(home: ReviewHome) -> str:
    if not home.cards:
        return "**Nothing to review yet.** What you miss or guess in a quiz from now on comes back here."
    done = f" You have answered {home.done} today." if home.done else ""
    if home.upcoming.today:
        return f"**{plural(home.upcoming.today, 'question')} for today.**{done}"
    first = "**Done for today.**" if home.done else "**Nothing is due today.**"
    return f"{first}{done} {following(home.upcoming)}"


def _reminder(home: ReviewHome) -> str:
    if home.reminder_hour is None:
        return "Reminder: off; choose an hour with `/review reminder:`."
    when = f"at {home.reminder_hour:02}:00 ({home.zone})"
    return f"Reminder: {when}, if something is due; change it with `/review reminder:`."
