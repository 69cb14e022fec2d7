"""Reports on messages: the form for one, its entry in the inbox, and what its reporter is told. Never the text of the
message, and never who reported it.
"""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.actions.message_reporting import LONGEST_MESSAGE_REPORT, message_to_report, report_message
from bot.actions.message_reports import MessageEntry, MessageReportNews, MessageVerdict, OpenedMessage
from bot.debate.debate import DebateState
from bot.errors import NotFound
from bot.ids import ChannelId, MessageId, UserId
from bot.views.desk import desk_of, guild_of, stamp, user_of
from bot.views.forms import Fields, Form, first, labelled
from bot.views.hiding import to_hide
from bot.views.layout import (
    DIVIDER,
    QUIET_COLOUR,
    Button,
    Layout,
    card,
    learner_text,
    message_link,
    plural,
    quoted,
    shorten,
)
from bot.views.replies import reply, show_form

TEXT = "text"
NOBODY_IN_PARTICULAR = 0
"""Stands in the id of a form for the author of what the bot itself has posted."""

WORDS_ROOM = 150
REPORT_ROOM = 400
MOST_SHOWN = 6

Rows = Sequence[Sequence[Button]]


async def show_report_form(interaction: discord.Interaction, message: discord.Message) -> None:
    """Open the form for a report on a message, with what this person has said of it already."""
    before = await desk_of(interaction).read(
        message_to_report,
        guild_id=guild_of(interaction),
        message_id=MessageId(message.id),
        user_id=user_of(interaction),
    )
    own = interaction.client.user
    by_the_bot = own is not None and message.author.id == own.id
    author = NOBODY_IN_PARTICULAR if by_the_bot else message.author.id
    text = ui.TextInput[Any](
        custom_id=TEXT,
        style=discord.TextStyle.paragraph,
        default=before or None,
        required=False,
        max_length=LONGEST_MESSAGE_REPORT,
    )
    await show_form(
        interaction,
        MESSAGE_REPORT.modal(
            interaction,
            (message.channel.id, message.id, author),
            "Report to the instructors",
            ui.TextDisplay(
                "Instructors get a link to this message and what you write here, **without your name**. I keep no text "
                "of the message, and its author is told nothing."
            ),
            labelled("What is wrong?", text, "A few words help, but you can leave it empty."),
        ),
    )


async def _reported(interaction: discord.Interaction, ids: tuple[int, ...], fields: Fields) -> None:
    interaction_id, at = stamp(interaction)
    channel_id, message_id, author_id = ids
    if channel_id not in _channels_here(interaction):
        raise NotFound("message")
    await desk_of(interaction).run(
        report_message,
        guild_id=guild_of(interaction),
        channel_id=ChannelId(channel_id),
        message_id=MessageId(message_id),
        author_id=None if author_id == NOBODY_IN_PARTICULAR else UserId(author_id),
        user_id=user_of(interaction),
        text=first(fields, TEXT),
        interaction_id=interaction_id,
        at=at,
    )
    await reply(
        interaction,
        "Thank you: your report is in the instructors’ inbox, without your name. When one of them has looked at it, I "
        "tell you in a private message. To change what you wrote, report the same message again.",
    )


def _channels_here(interaction: discord.Interaction) -> set[int | None]:
    """Where a message can be that is reported here: in a thread, the message that it began with is in its channel."""
    here = interaction.channel
    return {interaction.channel_id, here.parent_id if isinstance(here, discord.Thread) else None}


def entry_lines(number: int, entry: MessageEntry) -> str:
    """The entry in the list of the inbox."""
    words = f"“{learner_text(shorten(' '.join(entry.words.split()), WORDS_ROOM))}”" if entry.words else ""
    return f"**{number}. {_title(entry)}:** {words or 'nothing was written with it'}\n-# {_whose(entry)}"


def message_card(opened: OpenedMessage, buttons: Rows) -> Layout:
    """The entry in full."""
    entry, debate = opened.entry, opened.debate
    paused = debate is not None and debate.state is DebateState.PAUSED
    said = [quoted(shorten(text, REPORT_ROOM)) for text in opened.said[:MOST_SHOWN]]
    more = len(opened.said) - len(said)
    return card(
        f"### {_title(entry)}",
        _whose(entry),
        None if debate is None else f"Debate: **{debate.motion}**",
        "**This debate is paused.**" if paused else None,
        "**The message is gone:** it has been deleted since." if opened.gone else None,
        None if opened.written is None else to_hide(opened.written),
        DIVIDER,
        *(said or ["Nothing was written with the report."]),
        f"-# … and {more} more." if more > 0 else None,
        DIVIDER,
        "-# I keep no text of messages: please read it in its place. Whoever reported it hears what you decide; its "
        "author is told nothing, so speak with them yourself where that is needed."
        + (" **Hide it** takes it out of the debate, and tells its author that." if opened.written else ""),
        buttons=buttons,
    )


def decided_card(told: int, verdict: MessageVerdict, buttons: Sequence[Button]) -> Layout:
    """What an instructor reads after deciding."""
    title = "### Dealt with" if verdict is MessageVerdict.DEALT_WITH else "### Nothing to do"
    who = "The person who reported it is" if told == 1 else f"The {told} people who reported it are"
    return card(title, f"{who} told so, privately.", buttons=[buttons], colour=QUIET_COLOUR)


def message_report_news(news: MessageReportNews) -> str:
    """A private message to somebody who reported a message."""
    match news.verdict:
        case MessageVerdict.DEALT_WITH:
            words = "An instructor has looked at it and dealt with it."
        case MessageVerdict.NOTHING_TO_DO:
            words = (
                "An instructor has looked at it and found nothing that had to be done. If it still troubles you, "
                "please speak with one of them."
            )
    return f"Thank you for reporting {message_link('this message', news.link)}. {words} Nobody was told your name."


def _title(entry: MessageEntry) -> str:
    what = "Message" if entry.argument is None else f"Argument {entry.argument.number}"
    return f"{what} reported by {plural(entry.people, 'person', 'people')}"


def _whose(entry: MessageEntry) -> str:
    message = entry.message
    who = "Posted by me" if message.author_id is None else f"By <@{message.author_id}>"
    path = f"{message.guild_id}/{message.channel_id}/{message.message_id}"
    return f"{who} in <#{message.channel_id}>: {message_link('look at it', path)}"


MESSAGE_REPORT = Form("fr", _reported)
